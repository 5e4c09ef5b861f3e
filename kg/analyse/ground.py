"""What measures and projections stand on: rows of the graph, names of things, districts with those above them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

from kg.analyse.cut import WHOLE, Cut
from kg.errors import CannotMeasureError, NotFoundError
from kg.graph.statements import coded
from kg.vocab import KG

if TYPE_CHECKING:
    from kg.builds.opened import Build


@dataclass(frozen=True, slots=True)
class District:
    """A district of the gazetteer."""

    code: str
    name: str
    level: str
    parent: str
    """Code of the district directly above; empty for the nation."""


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity or article under its canonical identity."""

    id: str
    """Relative IRI."""
    type: str
    label: str
    kind: str


class Ground:
    """The rows of one build under one cut. Everything is read from the store when it is asked for, in sorted order."""

    def __init__(self, build: Build, cut: Cut = WHOLE) -> None:
        """Read *build*; raises :class:`~kg.errors.NotFoundError` where the cut names a place that is not in it."""
        self.build, self.cut = build, cut
        self._within = self.code(cut.place) if cut.place else ""
        self._kept: dict[str, bool] = {}

    def ask(self, name: str) -> list[tuple[str, ...]]:
        """The rows that the query ``queries/NAME.rq`` gives, sorted: relative IRIs, words, or an empty string for none."""
        from kg.graph.store import open_readonly

        query = files("kg.analyse").joinpath("queries", f"{name}.rq").read_text(encoding="utf-8")
        store = open_readonly(self.build.path / "store")
        base, terms = self.build.base, KG.iri
        found = store.query(query, use_default_graph_as_union=True)
        cells = (tuple(cell.value if cell else "" for cell in row) for row in found)  # type: ignore[union-attr]
        return sorted(tuple(cell.removeprefix(terms).removeprefix(base) for cell in row) for row in cells)

    @cached_property
    def districts(self) -> dict[str, District]:
        """The districts with a code, by code."""
        rows = {code: row for row in self.ask("districts") if (code := _code(row[0]))}
        return {code: District(code, label, level, _code(parent)) for code, (_, label, level, parent) in rows.items()}

    @cached_property
    def things(self) -> dict[str, Thing]:
        """Everything that has a name, by identity."""
        return {id: Thing(id, type, label, kind) for id, type, label, kind in self.ask("things")}

    @cached_property
    def national(self) -> frozenset[str]:
        """The slogans that are national formulae."""
        return frozenset(row[0] for row in self.ask("formulae"))

    @cached_property
    def articles(self) -> dict[str, tuple[str, str]]:
        """Date and code of the district of each article within the cut; both may be empty."""
        rows = ((article, date, _code(district)) for article, date, district in self.ask("articles"))
        return {article: (date, code) for article, date, code in rows if self.keeps(code, date)}

    def code(self, place: str) -> str:
        """Code of the district that *place* names, or is the code of.

        Raises :class:`~kg.errors.NotFoundError` where no district of the build is named so, or several are.
        """
        place = place.removeprefix(self.build.base).removeprefix("district/")
        if place in self.districts:
            return place
        named = [one for one in self.districts.values() if one.name == place]
        if len(named) == 1:
            return named[0].code
        if named:
            listed = ", ".join(f"{one.code} ({'/'.join(self.names_above(one.code))})" for one in named)
            raise NotFoundError(f"{place!r} may be any of these {len(named)}: {listed}; give a code")
        raise NotFoundError(f"{place!r} is no district of this build; give its full name or its code")

    def above(self, code: str) -> Iterator[str]:
        """Codes of the districts above, the nearest first."""
        seen = {code}
        while (one := self.districts.get(code)) and one.parent and one.parent not in seen:
            code = one.parent
            seen.add(code)
            yield code

    def names_above(self, code: str) -> list[str]:
        """Names of the districts above, the highest first."""
        return [self.districts[one].name for one in self.above(code) if one in self.districts][::-1]

    def keeps(self, code: str, date: str | None) -> bool:
        """Whether what a district says at a time lies within the cut."""
        return self.cut.holds(date) and self.keeps_place(code)

    def keeps_place(self, code: str) -> bool:
        """Whether a district is of the level and in the place of the cut; what has no district (an empty code) is not."""
        if not (self.cut.level or self._within):
            return True
        if code not in self._kept:
            one = self.districts.get(code)
            level = not self.cut.level or (one is not None and one.level == self.cut.level)
            self._kept[code] = level and (not self._within or self._within in (code, *self.above(code)))
        return self._kept[code]

    def district(self, id: str) -> str:
        """Code of the district on which an identity rests; empty if it rests on none."""
        return coded(id) or ""

    def uses(self) -> Iterator[tuple[str, str, str, str, str, str]]:
        """use, slogan, user, code of the user's district or of the article's, article, date: within the cut."""
        for use, slogan, user, district, article, date in self.ask("uses"):
            code = _code(district)
            if self.keeps(code, date):
                yield use, slogan, user, code, article, date

    def relations(self, predicate: str) -> Iterator[tuple[str, str, str, str, str]]:
        """claim, subject, object, article, date of each claim of *predicate*; the object's district decides of the cut."""
        for claim, subject, found, object, article, date in self.ask("relations"):
            if found == predicate and self.keeps(self.district(object), date):
                yield claim, subject, object, article, date

    def label(self, id: str) -> str:
        """Name of a thing; the last part of its identity where it has none."""
        thing = self.things.get(id)
        return thing.label if thing else id.rpartition("/")[2]

    def attributes(self, id: str) -> dict[str, str]:
        """What every node of a projection has: label, type, kind, district, level."""
        thing = self.things.get(id) or Thing(id, "", id.rpartition("/")[2], "")
        code = self.district(id)
        one = self.districts.get(code)
        return {
            "label": thing.label,
            "type": thing.type,
            "kind": thing.kind,
            "district": code,
            "level": one.level if one else "",
        }


def _code(district: str) -> str:
    code = district.removeprefix("district/")
    return code if code.isdigit() else ""


def refuse_empty(what: str, cut: Cut) -> CannotMeasureError:
    """The error for a projection or measure that nothing of the build goes into."""
    limits = f" within the cut ({cut})" if str(cut) else ""
    remedy = "widen the cut" if limits else "build from texts that state them"
    return CannotMeasureError(f"the build states no {what}{limits}; {remedy}")
