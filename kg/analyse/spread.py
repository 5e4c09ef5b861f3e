"""What the measures of diffusion stand on: who uses what in which document, and what was read of whom.

An *item* is a slogan, or all initiatives of one name; a *unit* is a district, or a body or person. A unit is observed
by a document that speaks from it, or in which a body or person of it uses any slogan or owns any initiative: these
documents are the denominator of "first used" and "not used".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from kg.analyse.cut import WHOLE, Cut
from kg.analyse.ground import Ground, refuse_empty
from kg.analyse.times import Span, earliest, span
from kg.errors import CannotMeasureError, NotFoundError
from kg.identity import normal

if TYPE_CHECKING:
    from kg.builds.opened import Build

What = Literal["slogan", "initiative"]
"""What spreads: slogans, or initiatives of one name."""

By = Literal["district", "body"]
"""Who takes it up: districts, or single bodies and persons."""


@dataclass(frozen=True, slots=True)
class Use:
    """One unit uses one item in one document."""

    item: str
    unit: str
    article: str
    evidence: str
    """Relative IRI of the use, or of the claim of ownership."""


@dataclass(frozen=True, slots=True)
class First:
    """The first use of an item by a unit, as far as the documents show it."""

    item: str
    unit: str
    span: Span
    """When it happened: the earliest of all dated uses."""
    uses: tuple[Use, ...]
    """The uses that may be it."""
    documents: int
    """Documents in which the unit uses the item, undated ones included."""


@dataclass(frozen=True)
class Spread:
    """Uses and documents, in whatever order: everything asked of it is sorted."""

    uses: tuple[Use, ...]
    read: Mapping[str, frozenset[str]]
    """The documents that observe each unit."""
    dates: Mapping[str, Span]
    """When each document with a date is from."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Name of each item and unit."""
    districts: Mapping[str, str] = field(default_factory=dict)
    """Code of the district of each unit."""
    above: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The districts above each district, the nearest first."""
    levels: Mapping[str, str] = field(default_factory=dict)
    """Level of each district."""
    origins: Mapping[str, tuple[Span, str]] = field(default_factory=dict)
    """Year in which an item that is a national formula was put forward, and the IRI of the formula."""

    def place(self, unit: str) -> tuple[str, str, str]:
        """Code, name and level of the district of a unit."""
        code = self.districts.get(unit, unit)
        return code, self.label(code), self.levels.get(code, "")

    def label(self, id: str) -> str:
        """Name of an item or unit."""
        return self.labels.get(id, id)

    @cached_property
    def by_pair(self) -> dict[tuple[str, str], list[Use]]:
        """Uses by item and unit, sorted."""
        found: defaultdict[tuple[str, str], list[Use]] = defaultdict(list)
        for use in sorted(set(self.uses), key=lambda use: (use.item, use.unit, use.article, use.evidence)):
            found[use.item, use.unit].append(use)
        return dict(found)

    @cached_property
    def firsts(self) -> dict[tuple[str, str], First]:
        """The first dated use by item and unit."""
        found: dict[tuple[str, str], First] = {}
        for pair, uses in self.by_pair.items():
            dated = [use for use in uses if use.article in self.dates]
            if not dated:
                continue
            when = earliest(self.dates[use.article] for use in dated)
            maybe = tuple(use for use in dated if self.dates[use.article].first <= when.last)
            found[pair] = First(*pair, when, maybe, len({use.article for use in uses}))
        return found

    @cached_property
    def undated(self) -> Counter[str]:
        """How many units use an item in undated documents alone, by item."""
        return Counter(item for item, unit in self.by_pair if (item, unit) not in self.firsts)

    @cached_property
    def spans(self) -> dict[str, list[Span]]:
        """When the dated documents of each unit are from, sorted."""
        return {
            unit: sorted(self.dates[article] for article in articles if article in self.dates)
            for unit, articles in sorted(self.read.items())
        }

    def of_item(self, item: str) -> dict[str, First]:
        """The first use of one item by unit."""
        return {unit: first for (one, unit), first in self.firsts.items() if one == item}

    def item(self, name: str) -> str:
        """The item that *name* is, by its words; without a name the one that most units use, in dated documents.

        Raises :class:`~kg.errors.NotFoundError` where no item is named so, and
        :class:`~kg.errors.CannotMeasureError` where nothing is dated.
        """
        counts = Counter(item for item, _ in self.firsts)
        if not name:
            if not counts:
                raise CannotMeasureError(
                    "no use is dated, and nothing spreads without a date; give the documents dates in their front matter"
                )
            return min(counts, key=lambda item: (-counts[item], item))
        wanted = normal(name)
        items = sorted({item for item, _ in self.by_pair})
        found = next((item for item in items if item == name or normal(self.label(item)) == wanted), None)
        if found is None:
            near = get_close_matches(name, [self.label(item) for item in items], n=3, cutoff=0.4)
            hint = f"did you mean {' or '.join(near)}?" if near else "`first-use` lists what is used"
            raise NotFoundError(f"{name!r} is used by nobody whose district the texts tell; {hint}")
        if not counts[found]:
            raise CannotMeasureError(
                f"{self.label(found)} stands in undated documents alone; give them dates in their front matter"
            )
        return found

    def selected(self, name: str) -> Iterator[First]:
        """The first uses of the item *name*, or of all items, sorted by item, time and unit."""
        item = self.item(name) if name else ""
        firsts = (first for first in self.firsts.values() if not item or first.item == item)
        yield from sorted(firsts, key=lambda first: (self.label(first.item), first.item, first.span, first.unit))


def observe(build: Build, what: What = "slogan", by: By = "district", cut: Cut = WHOLE) -> Spread:
    """The uses and documents of a build within a cut.

    A use counts for the district on which its user rests: who has none (a paper, an unnamed speaker) takes up nothing.
    Raises :class:`~kg.errors.CannotMeasureError` where nobody uses anything.
    """
    ground = Ground(build, cut)
    slogans = [(slogan, user, article, use) for use, slogan, user, _, article, _ in ground.uses()]
    owners = [(thing, body, article, claim) for claim, thing, body, article, _ in ground.relations("owner")]
    names = _initiatives(ground, (thing for thing, *_ in owners))
    read: defaultdict[str, set[str]] = defaultdict(set)
    districts: dict[str, str] = {}
    uses: list[Use] = []
    for kind, rows in (("slogan", slogans), ("initiative", owners)):
        for thing, user, article, evidence in rows:
            code = ground.district(user)
            unit = code if by == "district" else user
            if not code:
                continue
            districts[unit] = code
            read[unit].add(article)
            if kind == what:
                uses.append(Use(names.get(thing, thing), unit, article, evidence))
    if not uses:
        raise refuse_empty(f"use of {'a slogan' if what == 'slogan' else 'an initiative'} by a body of a district", cut)
    if by == "district":
        for article, (_, code) in ground.articles.items():
            if code:
                districts[code] = code
                read[code].add(article)
    dates = {article: when for article, words, _ in ground.ask("articles") if (when := span(words))}
    labels = {thing.id: thing.label for thing in ground.things.values()}
    labels |= {code: one.name for code, one in ground.districts.items()}
    labels |= _names_of_initiatives(ground, names)
    return Spread(
        tuple(uses),
        {unit: frozenset(articles) for unit, articles in read.items()},
        dates,
        labels,
        districts,
        {code: tuple(ground.above(code)) for code in set(districts.values())},
        {code: one.level for code, one in ground.districts.items()},
        _origins(ground, names),
    )


def _initiatives(ground: Ground, things: Iterable[str]) -> dict[str, str]:
    """The item of each initiative: its name alone, whosever it is."""
    return {thing: f"initiative/*/{normal(ground.things[thing].label)}" for thing in set(things)}


def _names_of_initiatives(ground: Ground, items: Mapping[str, str]) -> dict[str, str]:
    """The label of each such item: the one that most initiatives bear, the first of equals in the order of characters."""
    labels: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for thing, item in items.items():
        labels[item][ground.things[thing].label] += 1
    return {item: min(found, key=lambda label: (-found[label], label)) for item, found in labels.items()}


def _origins(ground: Ground, items: Mapping[str, str]) -> dict[str, tuple[Span, str]]:
    found: dict[str, tuple[Span, str]] = {}
    for thing, formula, year in ground.ask("origins"):
        when = span(year)
        if when is not None:
            found[items.get(thing, thing)] = (when, formula)
    return found
