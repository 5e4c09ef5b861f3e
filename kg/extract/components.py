"""The parts of a formula or method, wherever the text spells them out."""

from __future__ import annotations

import re

from kg import lexicon
from kg.chinese import numerals
from kg.extract import explained
from kg.extract.counts import COUNT, TALLY, Parts, count_of, counts_of, groups_of, split, stop_of
from kg.extract.draft import Draft
from kg.extract.page import HAN, NUMERAL, Page, Quoted, Span, plain

_SAYS = "即|包括|指"
_LEADS = re.compile(f"^(?:{_SAYS})[：，]?")
_ASIDE = re.compile(r"[^，。；：（“”]{0,6}（(?P<words>[^（）]{4,80})）")
_BRACKETS = re.compile(rf"[（(](?:{_SAYS})?[^）)]{{4,120}}[）)]")
_OPENS = re.compile(
    r"""
    (?:[^，。；：（“”]{0,14}，)?[，：（(]?
    (?:即|包括|分别是|分别为|具体为|也就是|主要包括|内容为|指的是|是指)[：，]?
    |[（(]
    """,
    re.VERBOSE,
)
_ORDINAL = re.compile(f"{NUMERAL}+是|第{NUMERAL}+[，、]|其{NUMERAL}+[，、]?")
_STOPS = frozenset(lexicon.words("stops")) | {"深入", "大力", "全面", "实施好", "推动", "切实"}
_MADE = re.compile(
    rf"""
    ^.*?(?:形成了?|创新形成了?|建立了?|推行|实行|探索出?了?|总结出?了?|采取|实施|按照|通过|坚持)(?=[{HAN}])
    """,
    re.VERBOSE,
)
_REACHED = re.compile("^.*?(?:实现|聚焦|做到|坚持|推进|落实|确保)+")
_STEPS = re.compile(
    r"""
    (?:按照|分)“(?P<parts>[^“”]{6,60}|.(?:、.){2,7})”的?
    (?P<n>[两三四五六七八九十])[个大]?(?:步骤|环节|流程|步|阶段)
    """,
    re.VERBOSE,
)


_BODIES = ("局", "厅", "政府", "政协", "党委", "委员会")


def behind(page: Page, end: int, name: str) -> Parts | None:
    """Parts enumerated right behind a name: ，即：甲、乙、丙; （即甲+乙+丙）; ，包括甲、乙和丙."""
    flow = page.flow
    if aside := _ASIDE.match(flow, end, end + 100):
        items = split(_LEADS.sub("", aside["words"]))
        if len(items) in counts_of(name):
            return items, Span(*aside.span("words"))
    m = _OPENS.match(flow, end)
    bare = m is not None and m[0] in "（("
    if m is None or (bare and not _BRACKETS.match(flow, end, end + 140)):
        return None
    start = m.end()
    stop = flow.find("）", start, len(flow) if bare else start + 160) if m[0][0] in "（(" else -1
    stop = stop if bare or stop >= 0 else stop_of(flow, start)
    words = flow[start:stop]
    if bare and not _LEADS.match(words) and "、" not in words and "+" not in words:
        return None
    words = _LEADS.sub("", words)
    if len(_ORDINAL.findall(words)) >= 2:
        return _by_ordinals(words), Span(start, stop)
    first, *others = words.split("，")
    if others and len(words.split("，")) in counts_of(name) and "、" not in first:
        items = words.split("，")
    elif not others or any(c in first for c in "、+＋"):
        items, stop = split(first), start + len(first)
    else:
        items = split(words)
    every = split(words.replace("，", "、"))
    if others and len(items) < len(every) and counts_of(name) and len(every) == max(counts_of(name)):
        items, stop = every, start + len(words)
    if len(items) < 2 and others:
        items = [clause for clause in (first, *others) if clause]
    if others and (whole := groups_of(name, words, len(items))):
        items, stop = whole, start + len(words)
    return (items, Span(start, stop)) if 2 <= len(items) <= 12 else None


# “甲、乙、丙”的协商“三步法”: what stands between the parts and the name.
_JOINT = re.compile(f"”的[{HAN}]{{1,6}}$")


def before(page: Page, start: int, name: str, count: int | None) -> Parts | None:
    """Parts enumerated right before a name: 甲、乙、丙的“三步工作法”; “甲”“乙”“丙”的“三进”活动."""
    flow = page.flow
    if not count or start < 4:
        return None
    joint = _JOINT.search(flow, max(0, start - 10), start)
    if joint is None and flow[start - 1] not in "的”":
        return _before_directly(page, start, count)
    stop = joint.start() + 1 if joint else start - 1 if flow[start - 1] == "的" else start
    chain: list[Quoted] = []
    edge = stop
    for q in reversed([q for q in page.quoted_within(stop - 200, stop) if q.depth == 0 and q.end <= stop]):
        if q.end != edge and flow[q.end : edge] not in ("、", "和"):
            break
        chain.insert(0, q)
        edge = q.start
    if len(chain) == 1:
        items = [part for part in re.split("[、，；+＋]|—+", chain[0].words) if part]
        if len(items) == count or (len(items) > 2 and len(items) in counts_of(name)):
            return items, Span(chain[0].start, chain[0].end)
    if len(chain) == count:
        return [q.words for q in chain], Span(chain[0].start, chain[-1].end)
    floor = max(page.sentence(start).start, flow.rfind("，", 0, stop) + 1)
    items = split(re.sub("和(?=[^、]*$)", "、", flow[floor:stop]))
    if len(items) != count:
        return None
    return [_MADE.sub("", items[0]), *items[1:]], Span(floor, stop)


def _before_directly(page: Page, start: int, count: int) -> Parts | None:
    """Parts that run into a name without 的: the first of them begins behind the verb that governs them."""
    pattern = rf"(?P<items>[{HAN}]{{2,14}}(?:、[{HAN}]{{2,10}}){{{count - 1}}})$"
    listed = re.search(pattern, page.flow[max(page.sentence(start).start, start - 40) : start])
    if not listed:
        return None
    begin = start - len(listed["items"])
    begin = _without_verbs(page, begin, begin + listed["items"].index("、"))
    return page.flow[begin:start].split("、"), Span(begin, start)


def _without_verbs(page: Page, start: int, end: int) -> int:
    """Start of the last run of words in ``flow[start:end]`` that no verb or function word opens."""
    at = start
    for i in range(start + 1, end):
        if page.boundaries[i]:
            if page.flow[at:i] in _STOPS or (at == start and not page.boundaries[start]):
                start = i
            at = i
    return start


def _by_ordinals(words: str) -> list[str]:
    """What follows each 一是, 二是, 第一， up to the next punctuation or the next of them."""
    marks = list(_ORDINAL.finditer(words))
    stops = [*(m.start() for m in marks[1:]), len(words)]
    parts = (words[m.end() : stop] for m, stop in zip(marks, stops, strict=True))
    return [part for p in parts if (part := re.split("[，；。：]", p)[0].strip("、，；"))]


def following(page: Page, end: int, count: int) -> Parts | None:
    """Parts listed by 一是…二是… in the rest of the paragraph after a name."""
    stop = page.around(end, 0, 1200).end
    marks = list(_ORDINAL.finditer(page.flow, end, stop))
    return (_by_ordinals(page.flow[end:stop]), Span(marks[0].start(), stop)) if len(marks) == count else None


def colon(page: Page, end: int, name: str) -> Parts | None:
    """Parts behind a colon in the same sentence: 推行“五步工作法”：听民声、集民意…"""
    m = re.match(r"[^，。；：]{0,8}：", page.flow[end : page.sentence(end).end + 1])
    if not m:
        return None
    start = end + m.end()
    stop = stop_of(page.flow, start)
    if _ORDINAL.match(page.flow, start):
        return None
    items = split(page.flow[start:stop])
    if len(items) not in counts_of(name):
        items = [i for i in re.split("[，；]", page.flow[start:stop]) if i] if counts_of(name) else items
    # Without a number in the name, what is built alike: 一线工作法：情况在一线掌握、问题在一线解决.
    alike = not counts_of(name) and 3 <= len(items) <= 8 and len({len(i) for i in items}) == 1
    return (items, Span(start, stop)) if len(items) in counts_of(name) or alike else None


def repeated(page: Page, end: int, name: str, count: int) -> Parts | None:
    """Parts that open clauses with the formula's own verb: 三个聚焦 … 聚焦甲, … 聚焦乙, … 聚焦丙."""
    m = re.match(rf"{COUNT}+个?(?P<key>[{HAN}]{{2}})$", name)
    section = page.document.sections[page.section(end)]
    if not m or end >= section.end:
        return None
    if page.flow.count(m["key"], end, min(section.end, end + 1500)) < count:
        return None  # cheaper than the pattern
    part = re.compile(rf"(?<=[，。；：\n、是])(?:要)?(?P<part>{m['key']}[{HAN}]{{2,16}}?)(?=[，。；、])")
    found = list(part.finditer(page.flow[end : min(section.end, end + 1500)]))
    if len(found) != count:
        return None
    return [f["part"] for f in found], Span(end + found[0].start(), end + found[-1].end())


def closing(page: Page, at: int, name: str, count: int) -> Parts | None:
    """Parts that all end in the formula's noun (甲全覆盖、乙全覆盖 for 两个全覆盖), or a pair right before it."""
    m = re.match(rf"{COUNT}+个?(?P<key>[{HAN}]{{2,4}})$", name)
    if not m:
        return None
    line = page.around(at, 300, 300)
    around = page.flow[line.start : line.end]
    one = rf"[{HAN}]{{2,14}}?{m['key']}"
    often = around.count(m["key"]) >= count  # cheaper than the pattern
    listed = re.search(rf"{one}(?:[、，]{one}){{{count - 1}}}", around) if often else None
    if listed:
        first, *others = re.split("[、，]", listed[0])
        span = Span(line.start + listed.start(), line.start + listed.end())
        return [_REACHED.sub("", first), *others], span
    pair = re.search(
        rf"(?:实现|做到|推动|坚持)(?P<items>[{HAN}]{{2,8}}(?:、[{HAN}]{{2,8}}?){{{count - 1}}})[在对][^，。、]{{0,10}}“?$",
        page.flow[line.start : at],
    )
    if not pair:
        return None
    return pair["items"].split("、"), Span(line.start + pair.start("items"), line.start + pair.end("items"))


def stepped(page: Page, end: int) -> Parts | None:
    """Parts of an undertaking that runs 按照“甲、乙、丙”四个步骤."""
    m = _STEPS.search(page.flow, end, page.sentence(end).end)
    items = split(m["parts"]) if m else []
    return (items, Span(*m.span("parts"))) if m and len(items) == numerals.value(m["n"]) else None


def headed(page: Page, name: str, section: int) -> list[tuple[str, Span]]:
    """Parts of a numbered formula that head the paragraphs of its section.

    三个引领: paragraphs that open with 制度引领, 实践引领; 四有四抓: 有态度, 抓站位 …; 四实: 政治坚实, 思想求实 ….
    """
    keys = re.findall(rf"{COUNT}[个大项]?([{HAN}]{{1,4}}?)(?={COUNT}|$)", name)
    if not keys or not count_of(name):
        return []
    parts: list[tuple[str, Span]] = []
    for line in page.lines_of(section):
        stop = page.flow.find("。", line.start, line.start + 61)
        end = min(stop, line.end) if stop >= 0 else line.end
        if line.kind == "paragraph" and end - line.start <= 60:
            spans = (_head(page, line.start, end, key, several=len(keys) > 1) for key in keys)
            parts += ((page.flow[span.start : span.end], span) for span in spans if span)
    return parts if len(parts) >= 2 else []


def _head(page: Page, start: int, end: int, key: str, *, several: bool) -> Span | None:
    """The part that *key* stands in, in the first sentence ``flow[start:end]`` of a paragraph."""
    head = page.flow[start:end]
    if key not in head:
        return None
    stops = "(?=[，、。：；]|$)"
    if len(key) > 1:
        found = re.search(rf"[{HAN}]{{2,4}}?{key}{stops}", head)
        # Two characters and the key: 制度引领 of 抓制度引领.
        return Span(start + max(found.start(), found.end() - len(key) - 2), start + found.end()) if found else None
    if several:
        found = re.search(rf"{key}[{HAN}]{{2}}{stops}", head)
    else:
        found = re.search(rf"[{HAN}]{{2,3}}{key}{stops}", head)
        if found and len(found[0]) == 4 and not page.boundaries[start + found.start()]:
            found = re.search(rf"[{HAN}]{{2}}{key}{stops}", head)
    return Span(start + found.start(), start + found.end()) if found else None


def note(page: Page, draft: Draft, name: str, span: tuple[int, int]) -> None:
    """Note the parts of a formula or undertaking that the text spells out around one mention of it."""
    if draft.values.get("components"):
        return
    found = _enumerated(page, name, span) or (stepped(page, span[1]) if draft.type == "Initiative" else None)
    if found:
        items, where = found
        items = [*items[:-1], TALLY.sub("", items[-1]) or items[-1]]
        parts = (plain(i) if i.count("“") != i.count("”") else i for i in items)
        draft.state(where, "parts.enumerated", *(("components", part) for part in parts))
        return
    for words, where in headed(page, name, page.section(span[0])):
        draft.state(where, "parts.headed", ("components", words))


def _enumerated(page: Page, name: str, span: tuple[int, int]) -> Parts | None:
    """Parts that the words around a mention enumerate, the nearest first."""
    start, end = span
    count = count_of(name)
    special = (
        explained.glossed(page, start, name)
        or explained.grouped(page, end, name)
        or explained.answered(page, end, name)
    )
    special = special or explained.dashed(page, end, name) or explained.shortened(page, start, name)
    special = special or explained.alike(page, end, name)
    found = special or behind(page, end, name) or before(page, start, name, count)
    if found and sum(part.endswith(_BODIES) for part in found[0]) > 1:
        found = None  # 县教育局、县水利局、县政府要落实“三宝”方案: who carries it out
    found = found or explained.told(page, end, name) or explained.keyed(page, start, end, name)
    if found or not count:
        return found or colon(page, end, name)
    return (
        colon(page, end, name)
        or following(page, end, count)
        or repeated(page, end, name, count)
        or closing(page, start, name, count)
    )
