"""Which months the documents of a build cover: for districts they speak from, and for bodies they name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from kg.model import Reading

_MOST_MONTHS = 36
"""Months in columns of their own; a longer time has a column a year."""

_MOST_ROWS = 24

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?")

LEVELS = 5
"""Shades of the map."""


@dataclass(frozen=True, slots=True)
class Row:
    """One district or body."""

    id: str
    name: str
    cells: tuple[int, ...]
    """Documents in each column."""
    levels: tuple[int, ...]
    """Shade of each cell, from 0 for none to :data:`LEVELS`."""
    total: int


@dataclass(frozen=True, slots=True)
class Heat:
    """Documents by row and time."""

    columns: tuple[str, ...]
    """``2022-05``; ``2022`` for what is dated by its year alone, or for whole years; empty for no date."""
    yearly: bool
    """Whether a column is a whole year."""
    rows: tuple[Row, ...]
    more: int
    """Rows that are left out."""

    @property
    def years(self) -> tuple[tuple[str, int], ...]:
        """Years and the number of their columns, in the order of the columns."""
        return tuple(Counter(column[:4] for column in self.columns).items())


def heat(counts: Mapping[tuple[str, str], int], names: Mapping[str, str], dates: Iterable[str]) -> Heat:
    """The map of *counts* by identity and date; rows in the order of their totals, then of identities, the unknown last.

    *dates* are those of all documents, so that every map of a build has the same columns.
    """
    columns, yearly = _columns(dates)
    rows: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (id, date), number in counts.items():
        rows[id][_column(date, yearly)] += number
    most = max((number for row in rows.values() for number in row.values()), default=0)
    # So few documents that one is a shade each are pale: a map is to glow where there is much.
    most = max(most, LEVELS**2)
    ordered = sorted(rows, key=lambda id: (-rows[id].total(), not id, id))
    made = []
    for id in ordered[:_MOST_ROWS]:
        cells = tuple(rows[id][column] for column in columns)
        levels = tuple(ceil(LEVELS * sqrt(number / most)) for number in cells)
        made.append(Row(id, names[id], cells, levels, sum(cells)))
    return Heat(columns, yearly, tuple(made), max(len(ordered) - _MOST_ROWS, 0))


def date_of(reading: Reading) -> str:
    """Year and month of a document as far as they are known; empty if they are not."""
    found = _DATE.match(reading.meta.date or "")
    return "-".join(part for part in found.groups() if part) if found else ""


def _column(date: str, yearly: bool) -> str:
    return date[:4] if yearly else date


def _columns(dates: Iterable[str]) -> tuple[tuple[str, ...], bool]:
    given = set(dates)
    months = sorted(date for date in given if "-" in date)
    span = _months(months[0], months[-1]) if months else ()
    undated = ("",) if "" in given else ()
    if len(span) > _MOST_MONTHS:
        years = sorted(int(date[:4]) for date in given if date)
        return (*(f"{year:04}" for year in range(years[0], years[-1] + 1)), *undated), True
    return (*sorted({*span, *given} - {""}), *undated), False


def _months(first: str, last: str) -> Sequence[str]:
    begin, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(begin, end + 1)]
