"""The year that a text speaks from, where no masthead or front matter gives it.

A month or day is never guessed; a year may be, from what the text itself makes plain: an anniversary, a campaign of known
years, a year in the title, the year it reports on.
"""

from __future__ import annotations

import datetime
import re

from kg import lexicon
from kg.chinese import numerals

_ISO = re.compile(r"(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?")
_FULL = r"20\d\d年(?:1[0-2]|0?[1-9])月(?:3[01]|[12]\d|0?[1-9])日"
_IMPRINT = re.compile(
    rf"""
    (?m:^（?(?P<alone>{_FULL}|20\d\d年(?:1[0-2]|0?[1-9])月)）?$)  # （2024年5月） under the speaker's line
    |(?P<paper>{_FULL})\s*(?:星期.\s?)?(?:第?[A-Z]?\d{{1,3}}版|责任?编|编辑)
    |(?P<issue>{_FULL})\s*星期[一二三四五六日天]
    """,
    re.VERBOSE,
)
# （《甲日报》2024年6月18日第3版） under the text.
_REPRINT = re.compile(rf"（(?:原载)?《[^《》]{{2,10}}》[，\s]?(?P<paper>{_FULL})[^（）。]{{0,12}}）\s*\Z")
_SPOKEN_ON = re.compile(rf"(?:\A|[\s（—])(?P<day>{_FULL})(?:在|）|\Z)")
_DATELINE = re.compile(r"(?<![年\d])(?P<month>1[0-2]|[1-9])月(?P<day>3[01]|[12]\d|[1-9])日[讯电]")

_YEAR = re.compile(r"(?<![\d—－~至-])(20\d\d|19\d\d)年(?!规划|远景|目标|前)")
_PLANNED = re.compile(r"(?:(?<!截)[到至]|力争|争取|预计|展望)$")
_DAY = re.compile(r"(?<![\d年])(?P<month>1[0-2]|[1-9])月(?:3[01]|[12]\d|[1-9])日")
_MONTH = re.compile(r"(?P<year>20\d\d)年(?P<month>1[0-2]|[1-9])月")
_NEWS_DAY = re.compile(r"(?<![\d年])(?P<month>1[0-2]|[1-9])月(?:(?:3[01]|[12]\d|[1-9])日|[上中下]旬)")
_AGE = re.compile(
    rf"(?P<whose>{lexicon.alternation(lexicon.words('anniversaries'))})[^。；]{{0,12}}?(?P<age>\d{{1,3}}|[{numerals.CHINESE}]{{2,5}})(?:周年|华诞|年华诞)"
)
# （本文刊于2025年第8期《甲》杂志） under the text.
_PRINTED = re.compile(r"[刊载发]于[^。（）]{0,16}?(20\d\d)年(?:第|\d{1,2}月)[^。]{0,24}）?\s*\Z")
# 交流2024年工作打算: of the first months of that year, or of the last of the year before.
_TALKS_AHEAD = re.compile(
    r"(?:交流|部署|安排|谋划|研究)(20\d\d)年(?:的)?(?:工作|重点)[^，。；]{0,4}(?:打算|思路|安排|任务|计划)"
)
_ISSUE = re.compile(r"(20\d\d)年(?:第\d+期|\d{1,2}月号)")
# 县政府2025年第8次常务会议: sittings are counted within the year that speaks of them.
_NTH = re.compile(r"(20\d\d)年(?:度)?第[一二三四五六七八九十\d]+次(?!党代会|代表大会)")
# 7月29日，2025年甲县—乙区协作会议举行: what bears a year and is held on a day without one dates the text.
_OF_THIS_YEAR = re.compile(
    r"(?<![\d年])(?:1[0-2]|[1-9])月(?:3[01]|[12]\d|[1-9])日(?:[上下]午)?，(20\d\d)年[^，。；《]{2,24}(?:会|仪式|活动|论坛)"
)
# 这是2025年县人大常委会的重点监督项目; 今年（2025年）; 2025年是…, behind which the text speaks of 今年.
# 今年初，印发《2025年监督工作要点》.
_THIS = re.compile(
    r"(?:这是|今年（|本年度（|今年(?:年?初)?，[^。；《]{0,24}《)(20\d\d)年(?!以来|[^，。；]{0,12}(?:启动|开始|推出))"
)
_THIS_YEAR_IS = re.compile("今年(?:是|系|作为|正值|恰逢|适逢)([^。；\n]{4,60})")
_PLANS = re.compile(r"(20\d\d)年(?:要|将|计划)")
# 2月26日，大会票决出2025年10件民生实事: what is set for a year is set in its first months.
_SET_FOR = re.compile(
    r"(20\d\d)年度?(?:\d+[件项])?(?:民生实事|重点工作|工作要点|工作任务|工作计划|协商计划|重点提案|重点协商)"
)
_THIS_YEAR = re.compile(r"今年(?P<month>1[0-2]|[1-9])月(?:3[01]|[12]\d|[1-9])日")
_PART = re.compile(
    r"(20\d\d)年(?:(?P<half>上半年)|(?P<quarter>[一二三])季度|前(?P<months>1[01]|[2-9]|[三四五六七八九十])个月)"
)
# 一、2024年工作回顾 … 二、2025年主要任务.
_REVIEWED = re.compile(r"(20\d\d)年(?:主要)?工作(?:的)?(?:回顾|情况|总结)|过去的(20\d\d)年|回顾(20\d\d)年(?:的)?工作")
_AHEAD = re.compile(r"(20\d\d)年(?:的)?(?:主要|重点|总体|工作)(?:目标|任务|工作|安排|打算|思路|计划|要求)")
# 总结2025年工作，谋划明年任务.
_TURNS = re.compile(
    r"(?:总结|交流|回顾)(20\d\d)年(?:的)?[^，。；]{0,8}，[^。；]{0,6}(?:谋划|部署|安排|研究)(明年|20\d\d年)"
)
# 2025年11月，县政协又报送…，计划明年再建12个: what lies ahead of a month of that year.
_NEXT = re.compile(r"(20\d\d)年(?:1[0-2]|[6-9])月[^。；\n]{4,60}明年")
# 2023年，全县共排查矛盾1875起: a whole year reported on.
_WHOLE = re.compile(r"(20\d\d)年(?:度|全年)?(?!以来|\d|底|末|初|再|将|要|拟|计划|力争|[春夏秋冬])[^。；\n]{0,40}?\d")
# 2023年至2025年，全县累计开展活动1386场.
_RANGE = re.compile(r"20\d\d年?(?:至|—|-|到)(20\d\d)年(?:期间)?，[^。；]{0,8}(?:累计|共)")
_PLENARIES = re.compile(r"(?P<n>十九|二十)届[一二三四五六]中(?:(?:全会)?[、和](?P<last>[二三四五六])中)+")
_EARLY = 4
"""The last month of a year in which a text reports on the year before."""
_LATE = 11
"""The first month of a year in which a text sums it up."""


def year_of(flow: str, title: str, stated: str | None) -> tuple[str | None, str]:
    """The year a text speaks from, and on what grounds: ``("2024", "inferred")``, ``(None, "unknown")``.

    In order: the stated date; the imprint of a reprint or under the title; a year in the title; what the text says of
    this year (:file:`lexicon/years.tsv`); an anniversary being kept (``75华诞``); a campaign whose years are known
    (:file:`lexicon/events.tsv`), narrowed by the latest past year the text names; the year it reports on; the first
    day it names after the last national event it speaks of (:file:`lexicon/milestones.tsv`). The day of a dateline
    (``5月28日讯``) is added to the year.
    """
    if stated:
        return stated, "stated"
    if imprint := _imprint(flow, title):
        return imprint, "stated"
    if spoken := _YEAR.search(title) or _ISSUE.search(flow[:200]) or _PRINTED.search(flow):
        return spoken[1], "inferred"
    year = _inferred(flow)
    if year is None:
        return None, "unknown"
    line = _DATELINE.search(flow[:400])
    day = _iso(f"{year}年{line[0][:-1]}") if line else None
    return day or year, "inferred"


def _iso(words: str) -> str | None:
    """2024年5月 and 2024年5月28日 in ISO 8601, if there is such a day."""
    m = _ISO.fullmatch(words)
    if not m:
        return None
    try:
        day = datetime.date(int(m[1]), int(m[2]), int(m[3] or 1)).isoformat()
    except ValueError:
        return None
    return day if m[3] else day[:7]


def _imprint(flow: str, title: str) -> str | None:
    """The date that stands in the title of a speech, alone on a line under it, or with a newspaper's page."""
    m = _SPOKEN_ON.search(title)
    if m:
        return _iso(m["day"])
    m = _IMPRINT.search(flow[:400]) or _REPRINT.search(flow[-80:])
    return _iso(next(words for words in m.groups() if words)) if m else None


def _inferred(flow: str) -> str | None:
    if spoken := _NTH.search(flow) or _OF_THIS_YEAR.search(flow) or _THIS.search(flow):
        return spoken[1]
    if said := _said(flow):
        return said
    named = [int(m[1]) for m in _YEAR.finditer(flow) if not _PLANNED.search(flow, m.start() - 2, m.start())]
    named += [int(m[1]) for m in _RANGE.finditer(flow)]
    low = max((y for y in named if y <= 2100), default=0)
    for m in _AGE.finditer(flow):
        age = numerals.value(m["age"])
        if age and not re.search(r"(?:19|20)\d\d年", flow[max(0, m.start() - 8) : m.start()]):
            kept = int(lexicon.table("anniversaries")[m["whose"]]) + int(age)
            if kept >= low:
                return str(kept)
    first, last = 0, 9999
    for words, begin, finish in lexicon.rows("events"):
        if words in flow:
            first, last = max(first, int(begin)), min(last, int(finish))
    if first and first == last:
        return str(first)
    since = max(first, (_milestone(flow) or (0, 0))[0])
    reported = _turning(flow) or _after_part(flow, low) or _planned(flow, low) or _reported(flow, low)
    if reported and since <= int(reported):
        return reported
    if not first or first > last:
        return _after_milestone(flow, low)
    if low:
        year = max(first, low)
        return str(year) if year <= last else None
    counted = _after_milestone(flow, low)
    return counted if counted and first <= int(counted) <= last else None


def _said(flow: str) -> str | None:
    """The year of which a text says that it is the present one: 今年是“十四五”规划收官之年."""
    for m in _THIS_YEAR_IS.finditer(flow):
        said = re.sub("[“”的、]", "", m[1])
        for words, year in lexicon.rows("years"):
            if words in said:
                return year
    return None


def _turning(flow: str) -> str | None:
    """The year of a text that sums up one year and plans the next."""
    day = _NEWS_DAY.search(flow)
    month = int(day["month"]) if day else None
    if m := _TURNS.search(flow):
        if m[2] == "明年" or (month and month >= _LATE):
            return m[1]
        if month and month <= _EARLY:
            return str(int(m[1]) + 1)
    m = _TALKS_AHEAD.search(flow)
    if m and month and (month <= _EARLY or month >= _LATE):
        return m[1] if month <= _EARLY else str(int(m[1]) - 1)
    reviewed = {int(next(y for y in m.groups() if y)) for m in _REVIEWED.finditer(flow)}
    ahead = {int(m[1]) for m in _AHEAD.finditer(flow)}
    years = [y for y in reviewed if y + 1 in ahead]
    if years:
        return str(max(years) + 1)
    m = _NEXT.search(flow)
    return m[1] if m else None


def _reported(flow: str, low: int) -> str | None:
    """The year of a text that calls its year 今年 and names the one before, or the last of those it counts over."""
    if not low:
        return None
    ranges = any(int(m[1]) == low for m in _RANGE.finditer(flow))
    if ranges and "今年" in flow:
        return str(low)
    day = _NEWS_DAY.search(flow[:800])
    early = bool(day) and int(day["month"]) <= _EARLY if day else False
    if early and any(int(m[1]) == low for m in _WHOLE.finditer(flow)):
        return str(low + 1)
    months = [int(m["month"]) for m in _MONTH.finditer(flow) if int(m["year"]) == low]
    if day and early and len(months) > 1 and all(month > int(day["month"]) for month in months):
        return str(low + 1)
    return None


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
    day = _NEWS_DAY.search(flow)
    if day and int(day["month"]) <= 6 and any(int(m[1]) == low for m in _SET_FOR.finditer(flow)):
        planned = True
    return str(low) if planned and f"{low - 1}年" in flow else None


def _milestone(flow: str) -> tuple[int, int] | None:
    """Year and month of the last national event a text speaks of."""
    spoken = [date for words, date in lexicon.rows("milestones") if words in flow]
    known = lexicon.table("milestones")
    # 二十届二中、三中全会: the last of a list.
    spoken += [known[f"{m['n']}届{m['last']}中"] for m in _PLENARIES.finditer(flow)]
    if not spoken:
        return None
    year, month = max(spoken).split("-")
    return int(year), int(month)


def _after_milestone(flow: str, low: int) -> str | None:
    """The year of the first day a text names, counted from the last national event it speaks of."""
    event = _milestone(flow)
    day = _DAY.search(flow[:600]) or _THIS_YEAR.search(flow)
    if not event or not day:
        return None
    year = event[0] + (int(day["month"]) < event[1])
    # A year that the text names as past or planned must not lie beyond.
    return str(year) if low <= year + 1 else None
