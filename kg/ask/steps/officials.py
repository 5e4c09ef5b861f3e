"""People in office: what documents attest, and what bounds it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

from kg.ask.context import Context, Row, document
from kg.ask.dates import first_day, lag, last_day, overlap, surely_before

_BEGINS = re.compile(r"当选|选举产生|任命|就任|上任|出任|履新|接任")
_ENDS = re.compile(r"卸任|离任|辞去|免去|不再担任|调离|退休")
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_SINGLE = re.compile(r"(?:党组)?书记|主席|主任|[省市区县州旗镇乡]长|会长|院长|检察长|局长|队长|秘书长")
"""Posts that one person at a time holds in a body."""


@dataclass
class Tenure:
    """One person in one post of one body: the dates and documents that attest it."""

    person: str
    post: str
    body: str
    rows: list[Row] = field(default_factory=list)

    @property
    def dates(self) -> list[str]:
        """Dates that attest it, in order."""
        return sorted({row["date"] for row in self.rows if row["date"]})

    @property
    def first(self) -> str | None:
        """The first of them."""
        return next(iter(self.dates), None)

    @property
    def last(self) -> str | None:
        """The one that reaches furthest."""
        return max(self.dates, key=last_day, default=None)

    @property
    def articles(self) -> set[str]:
        """The documents that attest it."""
        return {row["article"] for row in self.rows}

    @property
    def evidence(self) -> tuple[object, ...]:
        """What it rests on."""
        return tuple(dict.fromkeys(handle for row in self.rows for handle in row.get("evidence", ())))


def tenures(rows: Iterable[Row], person: str = "person") -> list[Tenure]:
    """The tenures of *rows*, in the order of first dates."""
    found: dict[tuple[str, str, str], Tenure] = {}
    for row in rows:
        key = row[person], row["post"], row["body"]
        found.setdefault(key, Tenure(*key)).rows.append(row)
    return sorted(found.values(), key=lambda item: (item.first or "9", item.person, item.body, item.post))


def holders(rows: list[Row], at: Context) -> list[Row]:
    """Holders of posts with the boundaries of their time, at the date asked for or at any."""
    wanted, on = at.values["title"], at.values["on"]
    posts: defaultdict[tuple[str, str], list[Tenure]] = defaultdict(list)
    # Others in the same post bound a tenure, also where only one person is asked for.
    everyone = tenures(at.placed(rows))
    if at.values["person"]:
        bodies = sorted({item.body for item in everyone})
        evidence = {row["passage"]: row.get("evidence", ()) for row in rows}
        posts_of = (row for body in bodies for row in at.placed(at.select("posts", body=body)))
        everyone = tenures(row | {"evidence": evidence.get(row["passage"], ())} for row in posts_of)
    for item in everyone:
        posts[item.body, item.post].append(item)
    found = []
    for (body, post), held in posts.items():
        for item in held:
            if wanted not in post or at.values["person"] not in (None, item.person):
                continue
            others = [other for other in held if other is not item] if is_single(post) else []
            start, not_before = _boundary(item, others, at, begins=True)
            end, not_after = _boundary(item, others, at, begins=False)
            held_then = _held(item, on, not_before, not_after) if on else None
            if on and held_then is None:
                continue
            found.append(
                {
                    "person": item.person,
                    "post": post,
                    "body": body,
                    "first": item.first,
                    "start": start,
                    "not_before": not_before,
                    "last": item.last,
                    "end": end,
                    "not_after": not_after,
                    "held": held_then,
                    "documents": len(item.articles),
                    "evidence": item.evidence,
                }
            )
    return sorted(found, key=lambda row: (at.label(row["body"]), row["post"], row["first"] or "9", row["person"]))


def _boundary(item: Tenure, others: list[Tenure], at: Context, *, begins: bool) -> tuple[str, str | None]:
    """Whether the beginning or end is exact, bounded or only attested; the day itself, or the other holder's."""
    cue = _BEGINS if begins else _ENDS
    for row in item.rows:
        doc = document(row["article"])
        start, end = at.sentence(doc, row["start"], row["end"])
        words = at.text(doc)[start:end]
        if cue.search(words):
            day = _DAY.search(words)
            if day:
                return "exact", f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"
    if item.first is None or item.last is None:
        return "attested", None
    if begins:
        before = [last_day(o.last) for o in others if o.last and surely_before(o.last, item.first)]
        bound = max(before, default=None)
    else:
        after = [first_day(o.first) for o in others if o.first and surely_before(item.last, o.first)]
        bound = min(after, default=None)
    return ("bounded" if bound else "attested"), bound


def _held(item: Tenure, on: str, not_before: str | None, not_after: str | None) -> str | None:
    """``yes``, ``open``, or None where another held the post then."""
    if item.first is None or item.last is None:
        return "open"
    spanned = last_day(item.first) <= first_day(on) and last_day(on) <= first_day(item.last)
    if spanned or on in item.dates:
        return "yes"
    if (not_before and last_day(on) <= not_before) or (not_after and first_day(on) >= not_after):
        return None
    return "open"


def career(rows: list[Row], at: Context) -> list[Row]:
    """Tenures of each person in the order of dates, with gaps and overlaps."""
    people: defaultdict[str, list[Tenure]] = defaultdict(list)
    for item in tenures(at.placed(rows)):
        people[item.person].append(item)
    found = []
    for person in sorted(people, key=lambda id: (at.label(id), id)):
        seen: list[Tenure] = []
        for item in people[person]:
            flags = []
            if item.first and item.last and seen:
                lasts = [other.last for other in seen if other.last]
                latest = max(lasts, key=last_day, default=None)
                if latest and lag(latest, item.first)[0] > at.values["gap"]:
                    flags.append("gap")
                if any(other.body != item.body and _overlaps(other, item) for other in people[person]):
                    flags.append("overlap")
            elif any(other.body != item.body and _overlaps(other, item) for other in people[person]):
                flags.append("overlap")
            row = item.rows[0]
            place = row["jurisdiction"]
            found.append(
                {
                    "person": person,
                    "post": item.post,
                    "body": item.body,
                    "kind": row["kind"],
                    "level": at.districts[place].level if place in at.districts else None,
                    "jurisdiction": place,
                    "first": item.first,
                    "last": item.last,
                    "flag": ", ".join(flags),
                    "documents": len(item.articles),
                    "evidence": item.evidence,
                }
            )
            seen.append(item)
    return found


def _overlaps(one: Tenure, other: Tenure) -> bool:
    """Whether the spans attested have a day in common for certain, or one document names both."""
    if one.articles & other.articles:
        return True
    if not (one.first and one.last and other.first and other.last):
        return False
    return max(last_day(one.first), last_day(other.first)) <= min(first_day(one.last), first_day(other.last))


def colleagues(rows: list[Row], at: Context) -> list[Row]:
    """Pairs of people with posts in one body at the same time, and what shows it."""
    bodies: defaultdict[str, defaultdict[str, list[Tenure]]] = defaultdict(lambda: defaultdict(list))
    wanted = at.values["person"]
    for item in tenures(at.placed(rows), "colleague"):
        bodies[item.body][item.person].append(item)
    found = []
    for body, people in bodies.items():
        if wanted and wanted not in people:
            continue
        spans = {person: _Span(held) for person, held in people.items()}
        for first, second in combinations(sorted(people), 2):
            if wanted and wanted not in (first, second):
                continue
            basis, since, until = spans[first].common(spans[second])
            if basis is None:
                continue
            one, other = people[first], people[second]
            found.append(
                {
                    "first": first,
                    "first_post": "、".join(sorted({item.post for item in one})),
                    "second": second,
                    "second_post": "、".join(sorted({item.post for item in other})),
                    "body": body,
                    "basis": basis,
                    "since": since,
                    "until": until,
                    "evidence": tuple(handle for item in (*one, *other) for handle in item.evidence),
                }
            )
    return sorted(found, key=lambda row: (at.label(row["body"]), row["since"] or "9", row["first"], row["second"]))


class _Span:
    """The time in which documents attest a person in a body."""

    __slots__ = ("articles", "first", "last")

    def __init__(self, held: list[Tenure]) -> None:
        self.articles = {row["article"]: row["date"] for item in held for row in item.rows}
        dates = sorted(date for date in self.articles.values() if date)
        self.first = dates[0] if dates else None
        self.last = max(dates, key=last_day) if dates else None

    def common(self, other: _Span) -> tuple[str | None, str | None, str | None]:
        """What shows the time in common, its beginning and its end."""
        shared = sorted(self.articles[article] or "" for article in self.articles.keys() & other.articles.keys())
        if self.first is None or self.last is None or other.first is None or other.last is None:
            return ("one document", None, None) if shared else (None, None, None)
        since, until = max(self.first, other.first), min(self.last, other.last, key=last_day)
        if shared:
            return "one document", since, until
        if max(last_day(self.first), last_day(other.first)) <= min(first_day(self.last), first_day(other.last)):
            return "overlap", since, until
        if since <= until or overlap(since, until):
            return "possible", since, until
        return None, None, None


def is_single(post: str) -> bool:
    """Whether one person at a time holds a post of this title in a body.

    >>> is_single("主席"), is_single("副主席"), is_single("委员")
    (True, False, False)
    """
    return _SINGLE.fullmatch(post) is not None
