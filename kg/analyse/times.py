"""Times of unequal precision: a date is all the days it may mean, and a lag all the numbers of days it may be."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple

Step = Literal["year", "month"]
"""What time is counted in."""

_ISO = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")


class Span(NamedTuple):
    """The days between which something happened, both included."""

    first: date
    last: date

    def __str__(self) -> str:
        """ISO 8601: ``2022``, ``2022-05``, ``2022-05-07``, or an interval ``2022-01-01/2022-05-07``."""
        first, last = self
        if first == last:
            return first.isoformat()
        if first.day == 1 and (first.year, first.month) == (last.year, last.month) and _is_last(last):
            return f"{first:%Y-%m}"
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
            return f"{first:%Y}"
        return f"{first.isoformat()}/{last.isoformat()}"


def _is_last(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def span(words: str) -> Span | None:
    """The days that a date may mean; None for what is no date.

    >>> span("2022"), str(span("2022-05")), span("十四届以来")
    (Span(first=datetime.date(2022, 1, 1), last=datetime.date(2022, 12, 31)), '2022-05', None)
    """
    found = _ISO.fullmatch(words)
    if not found:
        return None
    year, month, day = int(found["year"]), int(found["month"] or 0), int(found["day"] or 0)
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return Span(first, first)
    return Span(first, date(year, month or 12, monthrange(year, month or 12)[1]))


def earliest(spans: Iterable[Span]) -> Span:
    """When the first of several things happened: none of them need be known to be it.

    >>> str(earliest([span("2022"), span("2022-05-07")]))
    '2022-01-01/2022-05-07'
    """
    known = list(spans)
    return Span(min(one.first for one in known), min(one.last for one in known))


def lag(earlier: Span, later: Span) -> tuple[int, int]:
    """Least and most days from one time to another; negative where the second may come first.

    >>> lag(span("2021"), span("2022")), lag(span("2022-05-07"), span("2022"))
    ((1, 729), (-126, 238))
    """
    return (later.first - earlier.last).days, (later.last - earlier.first).days


def number(day: date, step: Step) -> int:
    """Number of the period that a day falls in: years, or months, counted from the year 0."""
    return day.year if step == "year" else day.year * 12 + day.month - 1


def name(period: int, step: Step) -> str:
    """The ISO name of a numbered period.

    >>> name(2022, "year"), name(2022 * 12 + 4, "month")
    ('2022', '2022-05')
    """
    return f"{period:04d}" if step == "year" else f"{period // 12:04d}-{period % 12 + 1:02d}"


def whole(one: Span, step: Step) -> bool:
    """Whether a time is known precisely enough to fall into one period.

    >>> whole(span("2022"), "year"), whole(span("2022"), "month")
    (True, False)
    """
    return number(one.first, step) == number(one.last, step)
