"""The parts of a formula or method, wherever the text spells them out."""

from __future__ import annotations

import re

from kg import lexicon
from kg.chinese import numerals
from kg.extract.draft import Draft
from kg.extract.page import HAN, Page, Quoted, Span, plain

Parts = tuple[list[str], Span]
"""Parts in order, and the words that enumerate them."""

_OPENS = re.compile(
    r"(?:[^，。；：（“”]{0,14}，)?[，：（(]?(?:即|包括|分别是|分别为|具体为|也就是|主要包括|内容为|指的是|是指)(?:：|，)?|[（(]"
)
_ORDINAL = re.compile(r"(?:[一二三四五六七八九十]+是|第[一二三四五六七八九十]+[，、]|其[一二三四五六七八九十]+[，、]?)")
_STOPS = frozenset(lexicon.words("stops")) | {"深入", "大力", "全面", "实施好", "推动", "切实"}
_CLOSE = "。；\n"


def count_of(name: str) -> int | None:
    """How many parts a numbered name promises: 3 for 三个引领, 4 for 四有四抓's first numeral; None if it has none.

    >>> count_of("六步选题法"), count_of("同心圆")
    (6, None)
    """
    m = re.match(r"[一二两三四五六七八九十双]+", name)
    if not m:
        return None
    n = numerals.value(m[0].replace("双", "两"))
    return int(n) if n and n >= 2 else None


def counts_of(name: str) -> set[int]:
    """Numbers of parts a numbered name may promise: 双联双评双促 two, three (its groups) or six."""
    if "+" in name:
        return {len(re.sub(r"[^\dA-Za-z+].*", "", name).split("+"))} - {1}
    if digits := re.match(r"\d{2,5}", name):
        return {len(digits[0])}
    groups = [numerals.value(g.replace("双", "两")) for g in re.findall("[一二两三四五六七八九十双]+", name)]
    sizes = [int(g) for g in groups if g]
    return {sizes[0], len(sizes), sum(sizes)} - {0, 1} if sizes else set()


def split(words: str) -> list[str]:
    """Items of an enumeration, split at 、 ； or + outside quotation marks, 和 before the last."""
    items: list[str] = []
    depth, current = 0, ""
    plus = "+" in words or "＋" in words
    for c in words:
        if c in "“‘《（":
            depth += 1
        elif c in "”’》）":
            depth -= 1
        if depth <= 0 and (c in "、；" or (plus and c in "+＋")):
            items.append(current)
            current = ""
        else:
            current += c
    items.append(current)
    return [item for i in items if (item := i.strip(" ，：。（）()"))]


def behind(page: Page, end: int, name: str = "") -> Parts | None:
    """Parts enumerated right behind a name: ，即：甲、乙、丙; （即甲+乙+丙）; ，包括甲、乙和丙."""
    flow = page.flow
    aside = re.match(r"[^，。；：（“”]{0,6}（(?P<words>[^（）]{4,80})）", flow[end : end + 100])
    if aside and name:
        items = split(re.sub("^(?:即|包括|指)[：，]?", "", aside["words"]))
        if len(items) in counts_of(name):
            return items, Span(end + aside.start("words"), end + aside.end("words"))
    m = _OPENS.match(flow, end)
    if not m or (m[0] in "（(" and not re.match(r"[（(](?:即|包括|指)?[^）)]{4,120}[）)]", flow[end : end + 140])):
        return None
    if m[0] in ("（", "("):
        stop = flow.find("）", m.end())
    else:
        closing = flow.find("）", m.end(), m.end() + 160) if m[0][0] in "（(" else -1
        stop = closing if closing >= 0 else _end(flow, m.end())
    words = flow[m.end() : stop]
    if m[0] in ("（", "(") and not re.match("即|包括|指", words) and "、" not in words and "+" not in words:
        return None
    words = re.sub("^(?:即|包括|指)[：，]?", "", words)
    ordinals = list(_ORDINAL.finditer(words))
    if len(ordinals) >= 2:
        return _by_ordinals(words), Span(m.end(), stop)
    cut = words.split("，")
    head = cut[0] if "、" in cut[0] or "+" in cut[0] or "＋" in cut[0] else words
    items = split(head)
    if len(items) < 2 and len(cut) >= 2:
        items = [c for c in cut if c]
    return (items, Span(m.end(), m.end() + len(head) if head is cut[0] else stop)) if 2 <= len(items) <= 12 else None


def _end(flow: str, at: int) -> int:
    while at < len(flow) and flow[at] not in _CLOSE:
        at += 1
    return at


def before(page: Page, start: int, name: str, count: int | None) -> Parts | None:
    """Parts enumerated right before a name: 甲、乙、丙的“三步工作法”; “甲”“乙”“丙”的“三进”活动."""
    flow = page.flow
    if not count or start < 4:
        return None
    stop = start - 1 if flow[start - 1] == "的" else start
    if flow[start - 1] not in "的”":
        listed = re.search(
            rf"(?P<items>[{HAN}]{{2,14}}(?:、[{HAN}]{{2,10}}){{{count - 1}}})$",
            flow[max(page.sentence(start).start, start - 40) : start],
        )
        if not listed:
            return None
        begin = start - len(listed["items"])
        begin = _without_verbs(page, begin, begin + listed["items"].index("、"))
        return flow[begin:start].split("、"), Span(begin, start)
    quotes = [q for q in page.quoted_within(stop - 200, stop) if q.depth == 0 and q.end <= stop]
    chain: list[Quoted] = []
    edge = stop
    for q in reversed(quotes):
        if q.end == edge or flow[q.end : edge] in ("、", "和"):
            chain.append(q)
            edge = q.start
        else:
            break
    if len(chain) == 1:
        items = [part for part in re.split("[、，；]", chain[0].words) if part]
        if len(items) == count or (len(items) > 2 and len(items) in counts_of(name)):
            return items, Span(chain[0].start, chain[0].end)
    if len(chain) == count:
        return [q.words for q in reversed(chain)], Span(chain[-1].start, chain[0].end)
    floor = max(page.sentence(start).start, flow.rfind("，", 0, stop) + 1)
    items = split(re.sub("和(?=[^、]*$)", "、", flow[floor:stop]))
    if len(items) == count:
        items[0] = re.sub(
            rf"^.*?(?:形成了?|创新形成了?|建立了?|推行|实行|探索出?了?|总结出?了?|采取|实施|按照|通过|坚持)(?=[{HAN}])",
            "",
            items[0],
        )
        return items, Span(floor, stop)
    return None


def _without_verbs(page: Page, start: int, end: int) -> int:
    """Start of the last run of words in ``flow[start:end]`` that no verb or function word opens."""
    at = start
    for i in range(start + 1, end):
        if page.boundaries[i]:
            if page.flow[at:i] in _STOPS:
                start = i
            elif at == start and not page.boundaries[start]:
                start = i
            at = i
    return start


def _by_ordinals(words: str) -> list[str]:
    marks = list(_ORDINAL.finditer(words))
    out = []
    for i, m in enumerate(marks):
        stop = marks[i + 1].start() if i + 1 < len(marks) else len(words)
        out.append(re.split("[，；。：]", words[m.end() : stop])[0].strip("、，；"))
    return [o for o in out if o]


def following(page: Page, end: int, count: int) -> Parts | None:
    """Parts listed by 一是…二是… in the rest of the paragraph after a name."""
    stop = page.around(end, 0, 1200).end
    rest = page.flow[end:stop]
    marks = list(_ORDINAL.finditer(rest))
    if len(marks) != count:
        return None
    return _by_ordinals(rest), Span(end + marks[0].start(), stop)


def colon(page: Page, end: int, name: str) -> Parts | None:
    """Parts behind a colon in the same sentence: 推行“五步工作法”：听民声、集民意…"""
    m = re.match(r"[^，。；：]{0,8}：", page.flow[end : page.sentence(end).end + 1])
    if not m:
        return None
    start = end + m.end()
    stop = _end(page.flow, start)
    items = split(page.flow[start:stop])
    if len(items) not in counts_of(name):
        items = [i for i in re.split("[，；]", page.flow[start:stop]) if i]
    return (items, Span(start, stop)) if len(items) in counts_of(name) else None


def repeated(page: Page, end: int, name: str, count: int) -> Parts | None:
    """Parts that open clauses with the formula's own verb: 三个聚焦 … 聚焦甲, … 聚焦乙, … 聚焦丙."""
    m = re.match(rf"[一二两三四五六七八九十双]+个?(?P<key>[{HAN}]{{2}})$", name)
    section = page.document.sections[page.section(end)]
    if not m or end >= section.end:
        return None
    found = list(
        re.finditer(
            rf"(?<=[，。；：\n、是])(?:要)?(?P<part>{m['key']}[{HAN}]{{2,16}}?)(?=[，。；、])",
            page.flow[end : min(section.end, end + 1500)],
        )
    )
    if len(found) != count:
        return None
    return [f["part"] for f in found], Span(end + found[0].start(), end + found[-1].end())


def closing(page: Page, at: int, name: str, count: int) -> Parts | None:
    """Parts that all end in the formula's noun (甲全覆盖、乙全覆盖 for 两个全覆盖), or a pair right before it."""
    m = re.match(rf"[一二两三四五六七八九十双]+个?(?P<key>[{HAN}]{{2,4}})$", name)
    if not m:
        return None
    line = page.around(at, 300, 300)
    flow = page.flow
    one = rf"[{HAN}]{{2,14}}?{m['key']}"
    listed = re.search(rf"{one}(?:[、，]{one}){{{count - 1}}}", flow[line.start : line.end])
    if listed:
        items = re.split("[、，]", listed[0])
        items[0] = re.sub(r"^.*?(?:实现|聚焦|做到|坚持|推进|落实|确保)+", "", items[0])
        return items, Span(line.start + listed.start(), line.start + listed.end())
    pair = re.search(
        rf"(?:实现|做到|推动|坚持)(?P<items>[{HAN}]{{2,8}}(?:、[{HAN}]{{2,8}}?){{{count - 1}}})(?:在|对)[^，。、]{{0,10}}“?$",
        flow[line.start : at],
    )
    if pair:
        return pair["items"].split("、"), Span(line.start + pair.start("items"), line.start + pair.end("items"))
    return None


def stepped(page: Page, end: int) -> Parts | None:
    """Parts of an undertaking that runs 按照“甲、乙、丙”四个步骤."""
    rest = page.flow[end : page.sentence(end).end]
    m = re.search(
        r"按照“(?P<parts>[^“”]{6,60})”(?:的)?(?P<n>[两三四五六七八九十])(?:个|大)?(?:步骤|环节|流程|步|阶段)", rest
    )
    if not m:
        return None
    items = split(m["parts"])
    return (items, Span(end + m.start("parts"), end + m.end("parts"))) if len(items) == numerals.value(m["n"]) else None


def headed(page: Page, name: str, section: int) -> list[tuple[str, Span]]:
    """Parts of a numbered formula that head the paragraphs of its section.

    三个引领: paragraphs that open with 制度引领, 实践引领; 四有四抓: 有态度, 抓站位 …; 四实: 政治坚实, 思想求实 ….
    """
    keys = re.findall(
        rf"[一二两三四五六七八九十双](?:个|大|项)?([{HAN}]{{1,4}}?)(?=[一二两三四五六七八九十双]|$)", name
    )
    keys = [k for k in keys if k]
    if not keys or not count_of(name):
        return []
    parts: list[tuple[str, Span]] = []
    for line in page.lines_of(section):
        if line.kind != "paragraph":
            continue
        stop = page.flow.find("。", line.start, line.start + 61)
        head = page.flow[line.start : min(stop if stop >= 0 else line.end, line.end)]
        if len(head) > 60:
            continue
        for key in keys:
            if len(key) == 1 and len(keys) > 1:
                found = re.search(rf"{key}[{HAN}]{{2}}(?=[，、。：；]|$)", head)
            elif len(key) == 1:
                found = re.search(rf"[{HAN}]{{2,3}}{key}(?=[，、。：；]|$)", head)
                if found and len(found[0]) == 4:
                    found = (
                        found
                        if page.boundaries[line.start + found.start()]
                        else re.search(rf"[{HAN}]{{2}}{key}(?=[，、。：；]|$)", head)
                    )
            else:
                found = re.search(rf"[{HAN}]{{2,4}}?{key}(?=[，、。：；]|$)", head)
            if found:
                words = found[0]
                at = line.start + found.start()
                if len(key) >= 2 and len(words) > len(key) + 2:
                    trimmed = len(words) - len(key) - 2
                    words, at = words[trimmed:], at + trimmed
                parts.append((words, Span(at, at + len(words))))
    return parts if len(parts) >= 2 else []


def note(page: Page, draft: Draft, name: str, span: tuple[int, int]) -> None:
    """Note the parts of a formula or undertaking that the text spells out around one mention of it."""
    if draft.values.get("components"):
        return
    found = _enumerated(page, name, span) or (stepped(page, span[1]) if draft.type == "Initiative" else None)
    if found:
        items, where = found
        parts = (plain(i) if i.count("“") != i.count("”") else i for i in items)
        draft.state(where, "parts.enumerated", *(("components", part) for part in parts))
        return
    for words, where in headed(page, name, page.section(span[0])):
        draft.state(where, "parts.headed", ("components", words))


def _enumerated(page: Page, name: str, span: tuple[int, int]) -> Parts | None:
    """Parts that the words around a mention enumerate, the nearest first."""
    start, end = span
    count = count_of(name)
    found = behind(page, end, name) or before(page, start, name, count)
    if found or not count:
        return found or (colon(page, end, name) if counts_of(name) else None)
    return (
        following(page, end, count)
        or colon(page, end, name)
        or repeated(page, end, name, count)
        or closing(page, start, name, count)
    )
