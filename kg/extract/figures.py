"""Figures: what a body did or has, in numbers, with unit, bound, measure, body and period."""

from __future__ import annotations

import re

from kg import lexicon
from kg.chinese import numerals
from kg.extract.bodies import Bodies
from kg.extract.draft import Drafts
from kg.extract.figure_owners import CHANGES, Scene, owner
from kg.extract.page import HAN, Marks, Page
from kg.extract.scope import Geography
from kg.extract.topics import Topics
from kg.identity import iri

_BOUNDS = lexicon.table("bounds")
_FIGURE = re.compile(
    rf"""
    (?P<before>{lexicon.alternation(list(_BOUNDS))})?
    (?P<number>(?<![\d.第A-Za-z+\-—])(?<!\d\ )(?<!\.\ )\d+(?:,\d{{3}})*(?:\.\d+)?
      |(?<![{numerals.CHINESE}第])[{numerals.CHINESE}]+
      |上[百千]|数[十百千]|半数)
    (?P<scale>百万|千万|万|亿|百亿|千亿)?
    (?P<odd>余|多|来)?
    (?P<scale2>万|亿)?
    (?P<odd2>余|多)?
    (?P<unit>{lexicon.alternation(lexicon.words("measures"))})
    (?P<odd3>多|余)?
    (?P<after>以上|以下|左右|上下|以内)?
    """,
    re.VERBOSE,
)
_PERCENT = re.compile(
    rf"""
    (?P<before>超过|超|近|约|不足|达到?)?
    百分之(?P<number>[{numerals.CHINESE}]+(?:点[{numerals.CHINESE}]+)?)
    (?P<odd>多)?
    (?P<after>以上|以下|左右)?
    """,
    re.VERBOSE,
)
_TENTHS = re.compile(
    rf"""
    (?:(?P<before>{lexicon.alternation(list(_BOUNDS))})|(?P<share>(?<=[率占少加长减增升降为到简缩低省高]))
      |(?=.成(?:多|余)?(?:以上|以下|左右|上下)))
    (?P<number>[一二两三四五六七八九])成
    (?P<odd>多|余)?
    (?P<after>以上|以下|左右|上下)?
    (?(share)(?![{HAN}]))
    """,
    re.VERBOSE,
)
_MASSES = re.compile(
    rf"""
    (?P<before>{lexicon.alternation(list(_BOUNDS))})?
    (?P<number>(?<![\d.第])\d+(?:\.\d+)?)万
    (?P<odd>余|多)?
    (?=农民|农户|群众|居民|村民|牧民|职工|学生|师生|人口|百姓|老人|党员|[{HAN}]农)
    (?P<after>)
    """,
    re.VERBOSE,
)
_AFTER = {"以上": "more", "以下": "less", "以内": "less", "左右": "about", "上下": "about"}
_NOT_AFTER = re.compile("月|日(?!均)|届|周年|世纪|年代|号|时(?!段)|点钟|季度")
_ACTS = re.compile(lexicon.alternation(lexicon.words("verbs", "act")))
_STARTS = lexicon.words("verbs", "start")
_BEFORE_COUNT = lexicon.words("verbs", "count")
_OF_TEXT = lexicon.words("generic", "ordinary")
# Measure words that are nouns as often: a figure only with Arabic numerals (2个部, 三部).
_ALSO_NOUNS = frozenset(
    {"点", "届", "站", "村", "镇", "街", "部", "度", "单", "对", "组", "队", "款", "遍", "副", "讲", "块"}
)
_NEVER = frozenset({"点", "届", "度"})
_VAGUE = frozenset({"个", "张", "个月", "天", "种", "类", "位", "条", "支", "项", "组", "处"})
_NOT_PEOPLE = re.compile(r"(?!大代)[民大才口员均物工行士生事文类间群体权]|\Z")
_SPANS = frozenset({"个月", "天", "个工作日"})
_FIRST = ("头", "今年前", "会前", "会后")
_NOT_PARTS = tuple("门委队长署分")
_ADDED = re.compile(rf"[{HAN}]{{0,8}}[+＋]")  # 1名党组成员+1个专委会 is a formula
_SITTING = re.compile("全会|规定|会议|全体会议|代表大会|党代会|常委会|主席会")
_DIGITS = re.compile(r"[零一二三四五六七八九][一二三四五六七八九]")
_AROUND_THE_CLOCK = re.compile("[^，。]{0,4}(?:不间断|值班|在线|开放|服务|热线|两班)")
_EACH_MORE = re.compile(r"分别(?:超过|突破|超|逾)[^，。；]*[、和]$")
_EACH_LESS = re.compile(r"分别(?:近|接近|不足)[^，。；]*[、和]$")
_ACT_BEHIND_COUNT = re.compile(rf"\d[^，。；]*?[{HAN}](?P<act>{lexicon.alternation(lexicon.words('verbs', 'act'))})")
_ONWARDS = re.compile("[^，。；]{0,8}以来")
_SINCE = re.compile(rf"[一二三四五六七八九十]+届[{HAN}]{{0,4}}以来|五年来|三年来|近年来|换届以来|过去五年")
_NUMBER_ON = re.compile(rf"(?:达到?|为|实现|突破|超过|近|约)?(?:\d|[{numerals.CHINESE}]{{2}}).*$")
_PLAIN_MEASURE = re.compile(
    r"^(?:并|共计?|累计|已|先后|其中|还|也|全年|目前|截至目前|今年以来|一年来|近年来|五年来)+|[共达]$"
)


_LONGEST = 20
"""Characters of the longest number that is a figure: longer ones are codes and accounts."""


def find(page: Page, geography: Geography, bodies: Bodies, drafts: Drafts) -> None:
    """Note every figure of a document."""
    scene = Scene(page, geography, bodies, Topics(page, geography, bodies))
    blocked = _blocked(page, geography)
    for m in _FIGURE.finditer(page.flow):
        if blocked[m.start("number")] or blocked[m.end() - 1] or _is_no_figure(page, m):
            continue
        value = _value(m["number"])
        bound = _bound(m)
        if value is None or _is_vague(page, m, value, bound):
            continue
        if bound == "exact":
            bound = _bound_of_chain(page, m)
        rule = "figure.arabic" if numerals.is_arabic(m["number"]) else "figure.chinese"
        _write(scene, drafts, m, value, (m["scale"] or "") + (m["scale2"] or "") + m["unit"], bound, rule)
    for pattern, unit in ((_PERCENT, "%"), (_TENTHS, "成"), (_MASSES, "万")):
        for m in pattern.finditer(page.flow):
            value = 100.0 if m["number"] == "百" else numerals.value(m["number"])
            if value is not None and not blocked[m.start("number")]:
                bound = "more" if m["odd"] else _bound_of(m["before"], m["after"])
                rule = "figure.arabic" if numerals.is_arabic(m["number"]) else "figure.chinese"
                _write(scene, drafts, m, value, unit, bound, rule)


def _blocked(page: Page, geography: Geography) -> Marks:
    """Where numbers belong to names and dates: titles, coded formulae in quotation marks, dates, districts (三台县)."""
    out = page.in_titles()
    for q in page.quoted:
        if len(q.words) <= 24 and not re.search("[。！？]", q.words):
            out.mark(q.start, q.end)
    for start, end in (*((d.start, d.end) for d in page.dates), *((h.start, h.end) for h in geography.hits)):
        out.mark(start, end)
    return out


def _is_no_figure(page: Page, m: re.Match[str]) -> bool:
    """Whether the words around a number make it part of a date, a name, an ordinal or a word."""
    flow, unit, arabic, end = page.flow, m["unit"], numerals.is_arabic(m["number"]), m.end()
    if m["number"] == "半数" or page.line(m.start("number")).kind in ("title", "subtitle", "byline", "dateline"):
        return True
    if unit == "%":
        return not arabic
    if _ADDED.match(flow, end):
        return True
    # 今年头4个月, 会前7天: when, not how many.
    if unit in _SPANS and flow.endswith(_FIRST, 0, m.start()):
        return True
    if (flow.startswith("年", end) and not flow.startswith(("年轻", "年长", "年老"), end)) or (
        _NOT_AFTER.match(flow, end) and not m["after"]
    ):
        return True
    if (unit == "人" and _NOT_PEOPLE.match(flow, end)) or (unit == "部" and flow.startswith(_NOT_PARTS, end)):
        return True
    if unit in _ALSO_NOUNS and (not arabic or unit in _NEVER):
        return True
    if unit == "个" and flow.startswith(_OF_TEXT, end):
        return True
    if arabic:
        around_the_clock = unit in ("小时", "分钟") and _AROUND_THE_CLOCK.match(flow, end, end + 8)
        return bool(around_the_clock) or (unit == "年" and bool(re.match(r"(?:19|20)\d\d$", m["number"])))
    if _SITTING.match(flow, end, end + 6):
        return True
    return bool(_DIGITS.search(m["number"])) and not re.search("[十百千]", m["number"])


def _value(number: str) -> float | None:
    """Value of the digits, without what makes them more (上百, 数十); None for more digits than any count has."""
    if len(number) > _LONGEST:
        return None
    return numerals.value(number.lstrip("上数") if number[0] in "上数" else number)


def _is_vague(page: Page, m: re.Match[str], value: float, bound: str) -> bool:
    """Whether a Chinese numeral only counts in passing: 一项工作, 三个方面."""
    at, end, unit = m.start("number"), m.end(), m["unit"]
    if numerals.is_arabic(m["number"]):
        return False
    odd = m["odd"] or m["odd2"] or m["odd3"]
    if not page.boundaries[at] and value <= 10 and not (m["before"] or odd):
        return True
    if m["scale"] or m["scale2"]:
        return bound == "exact" and unit == "次" and value <= 3 and not _acts(page, at, end)
    if value < 2:
        return True
    if bound != "exact" or value > 10:
        return False
    return not _acts(page, at, end) or (unit in _VAGUE and not _object_before(page, max(0, at - 8), at))


def _write(scene: Scene, drafts: Drafts, m: re.Match[str], value: float, unit: str, bound: str, rule: str) -> None:
    """Note one figure with its measure, body and period, each with the words that say so."""
    page, bodies = scene.page, scene.bodies
    start, end = _extent(page, bodies, m)
    opening = next((b for b in bodies.within(start, m.start()) if b.start == start), None)
    measure = _measure(page, m, opening.end if opening and opening.end < m.start() else start, end)
    id_ = iri("figure", page.document.stem, f"{m.start('number')}-{value:g}{unit}")
    span = (start, end)
    draft = drafts.note("Figure", id_, f"{measure}{value:g}{unit}", span, rule)
    draft.state(span, rule, ("value", value), ("unit", unit), ("measure", measure), ("bound", bound))
    draft.add("quote", drafts.quote(span))
    if org := owner(scene, m):
        draft.state(org[1], "figure.body", ("org", org[0]))
    if period := _period(page, m.start("number")):
        draft.state(period[1], "figure.period", ("period", period[0]))


def _bound(m: re.Match[str]) -> str:
    """Whether a figure is exact, or more, less or about what the number says."""
    if m["odd"] == "来":
        return "about"
    if m["odd"] or m["odd2"] or m["odd3"] or m["number"][0] in "上数":
        return "more"
    return _bound_of(m["before"], m["after"])


def _bound_of(before: str | None, after: str | None) -> str:
    """What the words before and behind a number make of it; *more* wins over *less*, *less* over *about*."""
    said = {_BOUNDS.get(before or ""), _AFTER.get(after or "")}
    return next((bound for bound in ("more", "less", "about") if bound in said), "exact")


def _bound_of_chain(page: Page, m: re.Match[str]) -> str:
    """What 分别 makes of every number behind it (分别超过3万、2万)."""
    at = m.start("number")
    before = page.flow[max(page.line(at).start, at - 28) : at]
    return "more" if _EACH_MORE.search(before) else "less" if _EACH_LESS.search(before) else "exact"


def _acts(page: Page, start: int, end: int) -> bool:
    """Whether the clause tells what somebody did or has."""
    clause = page.clause(start, end)
    return bool(_ACTS.search(page.flow, clause.start, clause.end))


def _extent(page: Page, bodies: Bodies, m: re.Match[str]) -> tuple[int, int]:
    """The words of a figure: the noun phrase around the number, within its clause."""
    flow = page.flow
    floor = max(page.sentence(m.start()).start, *(flow.rfind(c, 0, m.start()) + 1 for c in "，、；：。"))
    # “没想到3天就解决了: what is said begins with its quotation mark.
    said = flow.rfind("“", floor, m.start())
    floor = said + 1 if said > flow.rfind("”", floor, m.start()) else floor
    closed = flow.rfind("）", floor, m.start())
    floor = closed + 1 if closed >= 0 and "（" not in flow[floor:closed] else floor
    start = max(floor, m.start() - 24)
    ceiling = m.end()
    limit = page.sentence(m.start()).end
    while ceiling < limit and flow[ceiling] not in "，、；：。（）“《" and ceiling - m.end() < 16:
        begins = ceiling > m.end() and page.boundaries[ceiling] and flow.startswith(_STARTS, ceiling)
        if flow[ceiling].isdigit() or begins:
            break
        ceiling += 1
    while ceiling > m.end() and flow[ceiling - 1] in "和与及":
        ceiling -= 1
    holder = max((b.end for b in bodies.within(start, m.start()) if b.end <= m.start()), default=start)
    before = _object_before(page, holder, m.start())
    if start < m.start() and ceiling > m.end() and before:
        ceiling = m.end()
    # What an earlier number counts is not part of this figure: 71个社区|建立协商议事室82个.
    if earlier := list(_ACT_BEHIND_COUNT.finditer(flow, start, m.start())):
        start = earlier[-1].start("act")
    while start < m.start() and not page.boundaries[start]:
        start += 1
    return start, ceiling


def _object_before(page: Page, start: int, end: int) -> bool:
    """Whether what is counted stands before the number (收集信息108条) rather than behind it (组织14名常委)."""
    words = page.flow[start:end]
    return bool(re.search(rf"[{HAN}]{{3,}}$", words)) and not words.endswith((*_BEFORE_COUNT, "等", "其中"))


def _measure(page: Page, m: re.Match[str], start: int, end: int) -> str:
    """What is counted, in the text's words: the words around the number without it."""
    words = (page.flow[start : m.start()] + page.flow[m.end() : end]).strip(" ，、。；：的了")
    words = _PLAIN_MEASURE.sub("", words)
    if CHANGES.match(words) and page.flow[start - 1 : start] == "，":
        # 地区生产总值120亿元，同比增长5.2%: what grew stands in the clause before.
        clause = page.clause(start - 2, start - 1)
        return _NUMBER_ON.sub("", page.flow[clause.start : start - 1]) + words
    return words


def _period(page: Page, at: int) -> tuple[str, tuple[int, int]] | None:
    """When: the date or period the sentence names last before the number."""
    sentence = page.sentence(at)
    # 雷某某（男，1968年生）: when somebody was born.
    if found := [d for d in page.dates_within(sentence.start, at) if not page.flow.startswith(("生", "出生"), d.end)]:
        last = found[-1]
        on = _ONWARDS.match(page.flow, last.end)
        if on and (page.flow[last.start - 1 : last.start] in ("自", "从") or page.flow[last.start].isdigit()):
            start = last.start - (page.flow[last.start - 1 : last.start] in ("自", "从"))
            return page.flow[start : on.end()], (start, on.end())
        return last.iso, (last.start, last.end)
    since = _SINCE.search(page.flow, sentence.start, at)
    return (since[0], since.span()) if since else None
