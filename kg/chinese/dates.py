"""Dates in a text, and what year a text that leaves it open speaks from.

A month or day is never guessed; a year may be, from what the text itself makes plain (GUIDELINES of the gold say the
same): an anniversary, a campaign of known years, a year in the title.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kg import lexicon
from kg.chinese import numerals


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
_SHIFT = {"今年": 0, "本年": 0, "本年度": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}


def find(flow: str, year: int | None, start: int = 0, end: int | None = None) -> list[Date]:
    """Date expressions in ``flow[start:end]``; relative ones are counted from *year*, the document's.

    >>> [d.iso for d in find("今年5月7日，会议召开。8月，2019年", 2022)]
    ['2022-05-07', '2022-08', '2019']
    """
    found: list[Date] = []
    last: int | None = None
    end = len(flow) if end is None else end
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
            y = last if last is not None and found and _goes_on(flow, found[-1].end, at) else year
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


def _goes_on(flow: str, end: int, at: int) -> bool:
    """Whether a month at *at* is of the year named before it: not beyond its line, nor behind 截至2024年底."""
    return at - end < 40 and "\n" not in flow[end:at] and not flow.startswith(("底", "末"), end)


_YEAR = re.compile(r"(?<![\d—－~至-])(20\d\d|19\d\d)年(?!规划|远景|目标|前)")
_DAY = re.compile(r"(?<![\d年])(?P<month>1[0-2]|[1-9])月(?:3[01]|[12]\d|[1-9])日")
_AGE = re.compile(
    rf"(?P<whose>{lexicon.alternation(lexicon.words('anniversaries'))})[^。；]{{0,12}}?(?P<age>\d{{1,3}}|[{numerals.CHINESE}]{{2,5}})(?:周年|华诞|年华诞)"
)


_ISSUE = re.compile(r"(20\d\d)年(?:第\d+期|\d{1,2}月号)")
# 县政府2025年第8次常务会议: sittings are counted within the year that speaks of them.
_NTH = re.compile(r"(20\d\d)年(?:度)?第[一二三四五六七八九十\d]+次(?!党代会|代表大会)")
# 7月29日，2025年甲县—乙区协作会议举行: what bears a year and is held on a day without one dates the text.
_OF_THIS_YEAR = re.compile(
    r"(?<![\d年])(?:1[0-2]|[1-9])月(?:3[01]|[12]\d|[1-9])日(?:[上下]午)?，(20\d\d)年[^，。；《]{2,24}(?:会|仪式|活动|论坛)"
)
_PLANS = re.compile(r"(20\d\d)年(?:要|将|计划)")
# 2月26日，大会票决出2025年10件民生实事: what is set for a year is set in its first months.
_SET_FOR = re.compile(r"(20\d\d)年度?(?:\d+[件项])?(?:民生实事|重点工作|工作要点|工作任务|工作计划|协商计划)")
_THIS_YEAR = re.compile(r"今年(?P<month>1[0-2]|[1-9])月(?:3[01]|[12]\d|[1-9])日")
_PART = re.compile(
    r"(20\d\d)年(?:(?P<half>上半年)|(?P<quarter>[一二三])季度|前(?P<months>1[01]|[2-9]|[三四五六七八九十])个月)"
)


def _after_part(flow: str, low: int) -> str | None:
    """The year of which a text reports a part (2025年上半年), if the first day it names lies behind that part."""
    day = _DAY.search(flow)
    found = [m for m in _PART.finditer(flow) if int(m[1]) == low]
    if not day or not found:
        return None
    m = found[-1]
    months = (
        6 if m["half"] else 3 * (numerals.value(m["quarter"]) or 0) if m["quarter"] else numerals.value(m["months"])
    )
    return str(low) if months and int(day["month"]) > months else None


def _planned(flow: str, low: int) -> str | None:
    """The year that a text plans (2025年要实施), if it looks back on the year before and names none later."""
    planned = any(int(m[1]) == low for m in _PLANS.finditer(flow))
    day = _DAY.search(flow)
    if day and int(day["month"]) <= 3 and any(int(m[1]) == low for m in _SET_FOR.finditer(flow)):
        planned = True
    return str(low) if planned and f"{low - 1}年" in flow else None


def _after_milestone(flow: str, low: int) -> tuple[str | None, str]:
    """The year of the first day a text names, counted from the last national event it speaks of."""
    spoken = [date for words, date in lexicon.rows("milestones") if words in flow]
    day = _DAY.search(flow[:600]) or _THIS_YEAR.search(flow)
    if not spoken or not day:
        return None, "unknown"
    year, month = (int(part) for part in max(spoken).split("-"))
    year += int(day["month"]) < month
    # A year that the text names as past or planned must not lie beyond.
    return (str(year), "inferred") if low <= year + 1 else (None, "unknown")


def year_of(flow: str, title: str, stated: str | None) -> tuple[str | None, str]:
    """The year a text speaks from, and on what grounds: ``("2024", "inferred")``, ``(None, "unknown")``.

    In order: the stated date; a year in the title; an anniversary being kept (``75华诞``); a campaign whose
    years are known (:file:`lexicon/events.tsv`), narrowed by the latest past year the text names; a part of a year it
    reports on (2025年上半年), before the first day it names; the first day it names after the last national event it speaks of (:file:`lexicon/milestones.tsv`).
    """
    if stated:
        return stated, "stated"
    spoken = _YEAR.search(title) or _ISSUE.search(flow[:200]) or _NTH.search(flow) or _OF_THIS_YEAR.search(flow)
    if spoken:
        return spoken[1], "inferred"
    named = [int(m[1]) for m in _YEAR.finditer(flow)]
    low = max((y for y in named if y <= 2100), default=0)
    for m in _AGE.finditer(flow):
        age = numerals.value(m["age"])
        if age and not re.search(r"(?:19|20)\d\d年", flow[max(0, m.start() - 8) : m.start()]):
            kept = int(lexicon.table("anniversaries")[m["whose"]]) + int(age)
            if kept >= low:
                return str(kept), "inferred"
    first, last = 0, 9999
    for words, begin, finish in lexicon.rows("events"):
        if words in flow:
            first, last = max(first, int(begin)), min(last, int(finish))
    if not first or first > last:
        part = _after_part(flow, low) or _planned(flow, low)
        return (part, "inferred") if part else _after_milestone(flow, low)
    if first == last:
        return str(first), "inferred"
    year = max(first, low)
    return (str(year), "inferred") if low and year <= last else (None, "unknown")
