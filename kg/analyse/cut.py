"""A cut through a build: the period, the level and the place that a projection or a measure is limited to."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass

from kg.errors import CannotMeasureError
from kg.vocab import LEVELS


@dataclass(frozen=True, slots=True)
class Cut:
    """What to keep. The empty cut keeps everything, undated documents and bodies without a place included.

    A date is kept where all the time it may mean lies within the period: ``2022`` is no day of ``2022-03``, and a
    document without a date lies in no period.

    >>> Cut(since="2022-03").holds("2022"), Cut(since="2022").holds("2022-03-05"), Cut(until="2022-02").holds("2022-02")
    (False, True, True)
    """

    since: str = ""
    """First date kept: ``2022``, ``2022-05`` or ``2022-05-07``."""
    until: str = ""
    """Last date kept, as precise."""
    level: str = ""
    """Level of the district that speaks: one of :data:`kg.vocab.LEVELS`."""
    place: str = ""
    """Name or code of a district; it and all districts below it are kept."""

    def __post_init__(self) -> None:
        """Raise :class:`~kg.errors.CannotMeasureError` for what is no date, no level, or a period that is none."""
        for date in (self.since, self.until):
            if date and not _is_date(date):
                raise CannotMeasureError(f"{date!r} is no date; write 2022, 2022-05 or 2022-05-07")
        if self.since and self.until and _first(self.since) > _last(self.until):
            raise CannotMeasureError(f"the period {self.since} to {self.until} ends before it begins; exchange the two")
        if self.level and self.level not in LEVELS.split():
            raise CannotMeasureError(f"{self.level!r} is no level; the levels are {', '.join(LEVELS.split())}")

    def holds(self, date: str | None) -> bool:
        """Whether *date* lies within the period."""
        if not (self.since or self.until):
            return True
        if not date or not _is_date(date):
            return False
        return (not self.since or _first(date) >= _first(self.since)) and (
            not self.until or _last(date) <= _last(self.until)
        )

    def __str__(self) -> str:
        """The cut as it is cited: ``since 2022, level county``; empty for the whole."""
        return ", ".join(
            f"{name} {value}" for name in ("since", "until", "level", "place") if (value := getattr(self, name))
        )


WHOLE = Cut()
"""Nothing is cut away."""


def _is_date(date: str) -> bool:
    parts = date.split("-")
    if len(parts) > 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return False
    if [len(part) for part in parts] != [4, 2, 2][: len(parts)] or int(parts[0]) == 0:
        return False
    month = int(parts[1]) if len(parts) > 1 else 1
    return 1 <= month <= 12 and (len(parts) < 3 or 1 <= int(parts[2]) <= monthrange(int(parts[0]), month)[1])


def _first(date: str) -> str:
    return date + "0000-01-01"[len(date) :]


def _last(date: str) -> str:
    year, _, rest = date.partition("-")
    month, _, day = rest.partition("-")
    month = month or "12"
    return f"{year}-{month}-{day or monthrange(int(year), int(month))[1]:02}"
