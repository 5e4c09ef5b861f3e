"""Date expressions in a text, counted from the date it speaks from (:mod:`kg.chinese.years`)."""

from __future__ import annotations

import re
from typing import NamedTuple


class Date(NamedTuple):
    """A date expression ``flow[start:end]`` and what it comes to: ISO 8601, as precise as it is known."""

    start: int
    end: int
    iso: str


_DATE = re.compile(
    r"""
    (?:(?P<year>(?:19|20)\d\d)年|(?P<relative>今年|本年|去年|上年|前年|明年|同年|本年度))?
    (?:(?P<month>1[0-2]|0?[1-9])月(?:份)?(?:(?P<day>3[01]|[12]\d|0?[1-9])日)?)?
    """,
    re.VERBOSE,
)
_OPENS = re.compile(
    r"(?<![\d.])(?:(?:19|20)\d\d年|今年|本年|去年|上年|前年|明年|同年|(?:1[0-2]|[1-9])月(?!球|饼|亮|光))"
)
# 将于9月召开, 力争10月建成: what a month lies ahead of.
_AHEAD = re.compile("(?:将|拟|计划|力争|争取|预计|打算|年内)[^，。；]{0,6}$|[到至在]$")
_BY_THEN = ("底前", "前", "份前", "底之前")
_SHIFT = {"今年": 0, "本年": 0, "本年度": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}


def find(
    flow: str, year: int | None, start: int = 0, end: int | None = None, *, spoken: str | None = None
) -> list[Date]:
    """Date expressions in ``flow[start:end]``; relative ones are counted from *year*, the document's.

    A month later than the one the text is of (*spoken*, its date in ISO 8601) is of the year before, unless it lies ahead.

    >>> [d.iso for d in find("今年5月7日，会议召开。8月，2019年", 2022)]
    ['2022-05-07', '2022-08', '2019']
    """
    found: list[Date] = []
    last: int | None = None
    end = len(flow) if end is None else end
    now = int(spoken[5:7]) if spoken and len(spoken) > 4 else 12
    for opening in _OPENS.finditer(flow, start, end):
        at = opening.start()
        if found and at < found[-1].end:
            continue
        m = _DATE.match(flow, at, end)
        if not m or m.end() == at:
            continue
        y: int | None
        if m["year"]:
            y = int(m["year"])
        elif m["relative"] == "同年":
            y = last
        elif m["relative"]:
            y = None if year is None else year + _SHIFT[m["relative"]]
        else:
            goes_on = last is not None and bool(found) and _goes_on(flow, found[-1].end, at)
            y = last if goes_on else year
            if y and not goes_on and m["month"] and int(m["month"]) > now and not _is_ahead(flow, at, m.end()):
                y -= 1
        if y is None:
            continue
        last = y
        iso = (
            f"{y:04d}"
            + (f"-{int(m['month']):02d}" if m["month"] else "")
            + (f"-{int(m['day']):02d}" if m["day"] else "")
        )
        found.append(Date(at, m.end(), iso))
    return found


def _is_ahead(flow: str, start: int, end: int) -> bool:
    """Whether the month ``flow[start:end]`` is one that a text plans for."""
    return bool(_AHEAD.search(flow, max(0, start - 10), start)) or flow.startswith(_BY_THEN, end)


def _goes_on(flow: str, end: int, at: int) -> bool:
    """Whether a month at *at* is of the year named before it: not beyond its line or quotation, nor behind 截至2024年底."""
    between = flow[end:at]
    closed = "\n" in between or ("”" in between and "“" not in between)
    return at - end < 40 and not closed and not flow.startswith(("底", "末"), end)
