"""Dates of unequal precision: a year is all its days, a month all of its own; nothing is guessed between them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping

Months = tuple[int, int]
"""First and last month a date may mean, counted from year 0."""


def first_day(date: str) -> str:
    """The first day a date may mean.

    >>> first_day("2022"), first_day("2022-05"), first_day("2022-05-07")
    ('2022-01-01', '2022-05-01', '2022-05-07')
    """
    return (date + "-01-01"[len(date) - 4 :]) if len(date) in (4, 7) else date


def last_day(date: str) -> str:
    """The last day a date may mean.

    >>> last_day("2022"), last_day("2024-02"), last_day("2022-05-07")
    ('2022-12-31', '2024-02-29', '2022-05-07')
    """
    if len(date) == 4:
        return f"{date}-12-31"
    if len(date) == 7:
        return f"{date}-{monthrange(int(date[:4]), int(date[5:]))[1]:02}"
    return date


def surely_before(first: str, second: str) -> bool:
    """Whether every day of *first* lies before every day of *second*.

    >>> surely_before("2021-12-25", "2022"), surely_before("2022", "2022-05-07")
    (True, False)
    """
    return last_day(first) < first_day(second)


def overlap(first: str, second: str) -> bool:
    """Whether the two may mean the same day."""
    return not (surely_before(first, second) or surely_before(second, first))


def months(date: str) -> Months:
    """The months a date may mean.

    >>> months("2022"), months("2022-05-07")
    ((24264, 24275), (24268, 24268))
    """
    low, high = first_day(date), last_day(date)
    return int(low[:4]) * 12 + int(low[5:7]) - 1, int(high[:4]) * 12 + int(high[5:7]) - 1


def lag(earlier: str, later: str) -> Months:
    """Fewest and most months from one date to another; below zero where the second comes first.

    >>> lag("2021-12-25", "2022"), lag("2022", "2021-12-25"), lag("2022", "2022")
    ((1, 12), (-12, -1), (-11, 11))
    """
    (low, high), (first, last) = months(earlier), months(later)
    return first - high, last - low


def lag_of_firsts(earlier: Mapping[str, str], later: Mapping[str, str]) -> Months:
    """Fewest and most months from the first of some documents to the first of others; each are dates by document.

    A document has one date, however imprecise: what stands in both first is no month apart, and what the first of the one
    is not later than the other's cannot lag behind it.

    >>> lag_of_firsts({"a": "2022"}, {"b": "2022"}), lag_of_firsts({"a": "2022"}, {"a": "2022"})
    ((-11, 11), (0, 0))
    >>> lag_of_firsts({"a": "2022", "b": "2022"}, {"b": "2022"})
    (0, 11)
    """
    return -_most(later, earlier), _most(earlier, later)


def _most(earlier: Mapping[str, str], later: Mapping[str, str]) -> int:
    """Most months that the first of *later* may follow the first of *earlier*."""
    found = []
    for document, date in earlier.items():
        # The first of the one may be any of its documents, in its first month, while the others come as late as they can.
        low = months(date)[0]
        ends = [low if other == document else months(there)[1] for other, there in later.items()]
        found.append(min(ends) - low)
    return max(found)


def span(lag: Months) -> str:
    """A lag in words: ``5``, or ``1 to 12`` where the dates leave it open.

    >>> span((1, 12)), span((5, 5)), span((-11, 11))
    ('1 to 12', '5', '-11 to 11')
    """
    return str(lag[0]) if lag[0] == lag[1] else f"{lag[0]} to {lag[1]}"
