"""The parts of a formula or method that the text explains: sign by sign, count by count, by a question or a dash."""

from __future__ import annotations

import re

from kg.chinese import numerals
from kg.extract.counts import COUNT, TALLY, Parts, counts_of, groups_of, split, stop_of
from kg.extract.page import HAN, NUMERAL, Page, Quoted, Span

_ANSWERS = re.compile("[^，。；？]{0,6}？(?:就是|即)[：，]?")
# 建好“三支队伍”，…问题。即甲、乙、丙
_NEXT = re.compile("[^。；\n]{0,24}。即(?![将使可便])")
# “双提升”行动，一手抓甲，一手抓乙
_HANDS = re.compile(f"[^。；]{{0,16}}，一手抓(?P<one>[{HAN}]{{2,12}})，一手(?:抓|强)(?P<two>[{HAN}]{{2,12}})")
# “甲圆桌会”是…平台，由“乙、丙、丁”三个环节组成
_COMPOSED = re.compile(
    rf"[^。；]{{0,40}}?由“?(?P<items>[^。；，”]{{4,60}})”?(?P<n>{NUMERAL}|\d)(?:个|大)?(?:环节|部分|步骤|方面|阶段|板块|平台|机制)(?:组成|构成)"
)
# “双评价”制度，由甲评乙、乙评甲; “三见面”制度，做到办前、办中、办后都见面
_BY_EACH = re.compile(r"[^，。；：“”]{0,6}，由(?P<items>[^，。；：“”]{4,60})")
_ALL_OF = re.compile(r"[^，。；：“”]{0,6}，(?:做到|实现|坚持)?(?P<items>[^，。；：“”]{4,24}?)(?:都|均)")
_SHORT = re.compile("（(?:以下|下称|下同|以下统称)?(?:简称)?[：“]*$")
_COUNTED_WORDS = re.compile(rf"(?P<n>{COUNT})个?(?P<key>[{HAN}]{{2,4}})")
_CLAUSE_BEHIND = re.compile(r"[^，。；：、]{0,6}[，：](?P<items>[^。；：“”\n]{6,120})")
_DASH = re.compile("[^，。；：—]{0,10}——")


def glossed(page: Page, end: int, name: str) -> Parts | None:
    """Parts of a coded name explained sign by sign: “1+3+N”…，“1”指甲，“3”指乙，“N”指丙."""
    found: list[tuple[str, int, int]] = []
    at, stop = end, min(page.line(end).end, page.sentence(end).end + 400)
    for sign in re.findall(rf"[\dA-Za-z]|{NUMERAL}", name):
        m = re.compile(
            rf"“{sign}”[^，；。“]{{0,4}}?(?:即|是指|是|指的是|指|为|代表)[：，]?(?P<part>[^，；。“”（）]{{2,40}})"
        ).search(page.flow, at, stop)
        if not m:
            return None
        found.append((m["part"], *m.span()))
        at = m.end()
    return ([part for part, _, _ in found], Span(found[0][1], found[-1][2])) if len(found) >= 2 else None


def grouped(page: Page, end: int, name: str) -> Parts | None:
    """Parts of a name of several counts, told count by count: “两问三步”法。“两问”，就是甲、乙；“三步”，包括丙、丁、戊."""
    found: list[str] = []
    at = first = end
    groups = re.findall(f"{COUNT}[{HAN}]{{1,3}}?(?={COUNT}|、|[^{HAN}]|$)", re.sub("协商法|工作法|体系|机制", "", name))
    stop = min(page.line(end).end, end + 200)
    if groups and page.flow.startswith(f"\n“{groups[0]}”", page.line(end).end):
        stop = min(page.line(page.line(end).end + 1).end, page.line(end).end + 300)
        at = page.line(end).end
    if len(groups) < 2 or any(group not in page.flow[at:stop] for group in groups):
        return None
    for group in groups:
        m = re.compile(
            f"“?{group}”?，?(?:就是|则是|即|是指|指的是|指|包括|分别是|分别为|是)[：，]?(?P<items>[^。；：”]{{2,100}}?(?:”[^。；：，”]*)*)"
            f"(?=[。；]|，(?:“?{COUNT}|其))"
        ).search(page.flow, at, stop)
        items = split(re.sub(r"(?<=.)和(?=[^、]*$)", "、", TALLY.sub("", m["items"]))) if m else []
        if m is None or len(items) != (numerals.value(group[0].replace("双", "两")) or 0):
            return None
        first, at = first if found else m.start(), m.end()
        found += items
    return (found, Span(first, at)) if found else None


def told(page: Page, end: int, name: str) -> Parts | None:
    """Parts that the clauses behind a name tell by other means: 一手抓甲，一手抓乙; 由甲、乙、丙三个环节组成; 由甲评乙、乙评甲."""
    flow = page.flow
    if (m := _HANDS.match(flow, end)) and 2 in counts_of(name):
        return [m["one"], m["two"]], Span(m.start("one"), m.end("two"))
    if m := _COMPOSED.match(flow, end):
        items = split(re.sub("和(?=[^、]*$)", "、", m["items"]))
        return (items, Span(*m.span("items"))) if len(items) == numerals.value(m["n"]) else None
    for pattern in (_BY_EACH, _ALL_OF):
        items = split(m["items"]) if (m := pattern.match(flow, end)) else []
        if m and len(items) in counts_of(name):
            return items, Span(*m.span("items"))
    return None


def keyed(page: Page, start: int, end: int, name: str) -> Parts | None:
    """Parts that bear the words a name counts: 甲必访、乙必访，丙必谈、丁必谈 for 两必访两必谈, “桥上说事”…“小站” for 一桥一站."""
    pairs = re.findall(f"({COUNT})个?([{HAN}]{{1,3}}?)(?={COUNT}|$)", re.sub("机制|制度|工作法", "", name))
    if len(pairs) < 2:
        return None
    quoted = [q for q in page.quoted_within(page.sentence(start).start, start) if q.depth == 0][-len(pairs) :]
    if len(quoted) == len(pairs) and all(
        n == "一" and key in q.words for (n, key), q in zip(pairs, quoted, strict=True)
    ):
        return [q.words for q in quoted], Span(quoted[0].start, quoted[-1].end)
    stop = page.sentence(end).end
    clauses = split(page.flow[end:stop].replace("，", "、"))
    found = [[c for c in clauses if c.endswith(key)] for _, key in pairs]
    fits = all(len(key) > 1 and len(f) == numerals.value(n) for (n, key), f in zip(pairs, found, strict=True))
    return ([c for f in found for c in f], Span(end, stop)) if fits else None


def answered(page: Page, end: int, name: str) -> Parts | None:
    """Parts that answer a question: 什么是“三前”工作法？就是甲、乙、丙; or that the next sentence names: 。即甲、乙、丙."""
    m = _ANSWERS.match(page.flow, end) or _NEXT.match(page.flow, end)
    items = split(page.flow[m.end() : stop_of(page.flow, m.end())]) if m else []
    return (items, Span(m.end(), stop_of(page.flow, m.end()))) if m and len(items) in counts_of(name) else None


def dashed(page: Page, end: int, name: str) -> Parts | None:
    """Parts behind a dash: “四问”机制——甲、乙、丙、丁."""
    m = _DASH.match(page.flow, end)
    if not m:
        return None
    words = page.flow[m.end() : stop_of(page.flow, m.end())]
    if whole := groups_of(name, words, 1):
        return whole, Span(m.end(), m.end() + len(words))
    items = next((i for i in (split(words.split("，")[0]), split(words)) if len(i) in counts_of(name)), None)
    return (items, Span(m.end(), m.end() + len(words))) if items else None


def shortened(page: Page, start: int, name: str) -> Parts | None:
    """The laws that one short name stands for: 《甲法》《乙条例》（以下简称“一法一条例”）."""
    opens = _SHORT.search(page.flow, max(0, start - 16), start)
    titles = [t for t in page.titled if t.depth == 0 and start - 160 < t.start < start] if opens else []
    chain: list[Quoted] = []
    edge = opens.start() if opens else start
    for title in reversed(titles):
        if page.flow[title.end : edge].strip("、和及"):
            break
        chain.insert(0, title)
        edge = title.start
    return ([t.words for t in chain], Span(edge, chain[-1].end)) if chain and len(chain) in counts_of(name) else None


def alike(page: Page, end: int, name: str) -> Parts | None:
    """Parts that all open with the words a name counts: “三个不脱离”，不脱离甲、不脱离乙、不脱离丙."""
    m = _COUNTED_WORDS.fullmatch(name)
    listed = _CLAUSE_BEHIND.match(page.flow, end) if m else None
    if not m or not listed:
        return None
    n = int(numerals.value(m["n"].replace("双", "两")) or 0)
    items = re.split("[、，]", listed["items"])[:n]
    fits = len(items) == n > 1 and all(item.startswith(m["key"]) and len(item) > len(m["key"]) for item in items)
    start = listed.start("items")
    return (items, Span(start, start + len("、".join(items)))) if fits else None
