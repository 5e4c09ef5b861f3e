"""Officials: careers as the documents attest them, and who served in one body at one time.

A post is attested by the documents that speak of it. Their dates are bounds: the post was held by the first, and still
at the last, of these days; when it began and ended stands nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Annotated, Literal

from kg.analyse.cut import WHOLE, Cut
from kg.analyse.ground import Ground, refuse_empty
from kg.analyse.registry import measure
from kg.analyse.themes.diffusion import frame
from kg.analyse.ties import joined
from kg.analyse.times import Span, span
from kg.builds.opened import Build
from kg.errors import CannotMeasureError, NotFoundError

if TYPE_CHECKING:
    import pandas as pd

PAIRS = 2_000_000
"""More pairs of officials than this fill no table that anybody reads, and the memory of a small machine."""


@dataclass(frozen=True, slots=True)
class Attested:
    """What the documents attest of one post, or of all posts that a person holds in one body."""

    spans: tuple[Span, ...]
    """When the dated documents are from, sorted."""
    articles: frozenset[str]

    @property
    def outer(self) -> tuple[date, date] | None:
        """First and last day that the documents may be from; None without a dated one."""
        if not self.spans:
            return None
        return min(one.first for one in self.spans), max(one.last for one in self.spans)

    @property
    def inner(self) -> tuple[date, date] | None:
        """The days on which the post was surely held, if it was held without a break; None where there are none."""
        if not self.spans:
            return None
        first, last = min(one.last for one in self.spans), max(one.first for one in self.spans)
        return (first, last) if first <= last else None

    @property
    def words(self) -> tuple[str, str]:
        """First and last attestation, as precise as they are known; empty without a date."""
        if not self.spans:
            return "", ""
        return str(min(self.spans)), str(max(self.spans, key=lambda one: (one.last, one.first)))


Overlap = Literal["one document", "attested", "possible", ""]


def overlap(first: Attested, second: Attested) -> Overlap:
    """Whether two posts were held at one time.

    *one document* attests both; *attested*: a date of one lies between two of the other, or their sure days meet
    (held without a break); *possible*: the dates leave it open; empty: they show no common day.
    """
    if first.articles & second.articles:
        return "one document"
    if not (first.outer and second.outer):
        return ""
    for one, other in ((first, second), (second, first)):
        inner = one.inner
        if inner and any(inner[0] <= when.first and when.last <= inner[1] for when in other.spans):
            return "attested"
    if _meet(first.inner, second.inner):
        return "attested"
    return "possible" if _meet(first.outer, second.outer) else ""


def _meet(first: tuple[date, date] | None, second: tuple[date, date] | None) -> bool:
    return first is not None and second is not None and max(first[0], second[0]) <= min(first[1], second[1])


@dataclass(frozen=True, slots=True)
class Row:
    """One claim of a post."""

    claim: str
    person: str
    body: str
    title: str
    article: str
    when: Span | None


def posts(ground: Ground) -> list[Row]:
    """Every claim that a person holds a post in a body, within the cut; the body's district decides of it.

    Raises :class:`~kg.errors.CannotMeasureError` where there is none.
    """
    rows = [
        Row(claim, person, body, title, article, span(words))
        for claim, person, body, title, article, words in ground.ask("posts")
        if ground.keeps(ground.district(body), words)
    ]
    if not rows:
        raise refuse_empty("post of a person in a body", ground.cut)
    return rows


def attested(rows: Iterable[Row]) -> Attested:
    """What several claims attest together."""
    known = list(rows)
    dated = {row.article: row.when for row in known if row.when is not None}
    return Attested(tuple(sorted(dated.values())), frozenset(row.article for row in known))


CAREERS = {
    "person": "identity of the person",
    "name": "name",
    "title": "title of the post, as the text has it",
    "body": "identity of the body",
    "body_name": "its name",
    "district": "code of its district",
    "level": "level of the district",
    "first": "first attestation: the post began on this day or before it",
    "last": "last attestation: the post ended on this day or after it",
    "documents": "documents that speak of it",
    "gap_days": "least days before it in which no post of the person is attested; empty where there is no earlier one",
    "overlaps": "other posts of the person attested at the same time: 主席@道里区政协",
    "flags": "gap, overlap",
    "evidence": "IRIs of the claims",
}


@measure(
    "careers",
    title_zh="任职经历",
    title_en="Careers, with gaps and overlaps",
    columns=CAREERS,
    source="attested intervals: bounds of what documents show, never dates of appointment",
    plot="careers",
)
def careers(
    build: Build,
    *,
    person: Annotated[str, "Name or identity of a person; of several of one name, all."] = "",
    least: Annotated[int, "Leave out people with fewer posts."] = 1,
    gap: Annotated[int, "Flag gaps of at least so many days."] = 366,
    cut: Cut = WHOLE,
) -> pd.DataFrame:
    """The posts of each person in the order of their first attestation, gaps and overlaps flagged.

    A gap is what the corpus does not show: the person may have held any post in it. Two titles in one document
    (党组书记、主席) overlap.
    """
    ground = Ground(build, cut)
    wanted = person.removeprefix(build.base)
    by_person: defaultdict[str, defaultdict[tuple[str, str], list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in posts(ground):
        if not wanted or wanted in (row.person, ground.label(row.person)):
            by_person[row.person][row.body, row.title].append(row)
    if not by_person:
        raise NotFoundError(f"no post in a body is stated of {person!r}; without a name, all people are listed")
    rows = []
    for id in sorted(by_person):
        held = {post: attested(claims) for post, claims in by_person[id].items()}
        if len(held) < least:
            continue
        latest: date | None = None
        for post in sorted(held, key=lambda post: (held[post].spans or _UNDATED, post)):
            body, title = post
            one, outer = held[post], held[post].outer
            days = max(0, (outer[0] - latest).days - 1) if outer and latest else None
            same = [
                f"{other[1]}@{ground.label(other[0])}"
                for other in sorted(held)
                if other != post and overlap(one, held[other]) in ("one document", "attested")
            ]
            flags = [*(["gap"] if days is not None and days >= gap else []), *(["overlap"] if same else [])]
            attributes = ground.attributes(body)
            rows.append(
                (
                    id, ground.label(id), title, body, ground.label(body), attributes["district"], attributes["level"],
                    *one.words, len(one.articles), days, " | ".join(same), ", ".join(flags),
                    joined(row.claim for row in by_person[id][post]),
                )
            )  # fmt: skip
            if outer:
                latest = max(latest, outer[1]) if latest else outer[1]
    if not rows:
        raise CannotMeasureError(f"nobody has {least} posts in bodies; ask for fewer")
    return frame(rows, " ".join(CAREERS)).astype({"gap_days": "Int64"})


_UNDATED = (Span(date.max, date.max),)

COLLEAGUES = {
    "body": "identity of the body",
    "body_name": "its name",
    "first": "identity of a person",
    "first_name": "name",
    "first_posts": "titles in the body",
    "second": "identity of another person",
    "second_name": "name",
    "second_posts": "titles in the body",
    "overlap": "one document attests both; attested: by dates, if posts were held without a break; possible: the dates leave "
    "it open",
    "since": "first day on which both may be attested",
    "until": "last such day",
    "documents": "documents that attest both",
    "evidence": "IRIs of the claims",
}


@measure(
    "colleagues",
    title_zh="同期任职",
    title_en="Who served in one body at one time",
    columns=COLLEAGUES,
    source="overlap of attested intervals (Allen 1983, under dates of unequal precision)",
)
def colleagues(
    build: Build,
    *,
    sure: Annotated[bool, "Only pairs that documents or dates attest, not the possible ones."] = True,
    cut: Cut = WHOLE,
) -> pd.DataFrame:
    """Pairs of people whose posts in one body are attested for one time.

    By default only what one document or the dates attest: two people of 2022 need not have met. Raises
    :class:`~kg.errors.CannotMeasureError` where there is no such pair, or there are more than can be listed.
    """
    ground = Ground(build, cut)
    by_body: defaultdict[str, defaultdict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in posts(ground):
        by_body[row.body][row.person].append(row)
    pairs = sum(len(people) * (len(people) - 1) // 2 for people in by_body.values())
    if pairs > PAIRS:
        raise CannotMeasureError(
            f"{pairs:,} pairs of people held posts in one body, more than the {PAIRS:,} that can be compared; cut by place, "
            "level or period"
        )
    rows = [row for body in sorted(by_body) for row in _pairs(ground, body, by_body[body], sure)]
    if not rows:
        dates = "no two people are attested in one body at one time"
        more = (
            "; ask for the possible ones too (--no-sure)"
            if sure and pairs
            else "; build from texts that name more posts"
        )
        raise CannotMeasureError(dates + more)
    return frame(rows, " ".join(COLLEAGUES))


def _pairs(ground: Ground, body: str, people: dict[str, list[Row]], sure: bool) -> Iterator[tuple[object, ...]]:
    known = {person: attested(people[person]) for person in people}
    for first, second in combinations(sorted(people), 2):
        one, other = known[first], known[second]
        how = overlap(one, other)
        if not how or (sure and how == "possible"):
            continue
        since, until = _common(one, other)
        yield (
            body, ground.label(body), first, ground.label(first), _titles(people[first]), second, ground.label(second),
            _titles(people[second]), how, since, until, len(one.articles & other.articles),
            joined(row.claim for person in (first, second) for row in people[person]),
        )  # fmt: skip


def _common(one: Attested, other: Attested) -> tuple[str, str]:
    if not (one.outer and other.outer):
        return "", ""
    first, last = max(one.outer[0], other.outer[0]), min(one.outer[1], other.outer[1])
    return first.isoformat(), last.isoformat()


def _titles(rows: Sequence[Row]) -> str:
    return " | ".join(sorted({row.title for row in rows}))
