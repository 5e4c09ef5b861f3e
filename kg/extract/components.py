"""The parts of a formula or method, wherever the text spells them out."""

from __future__ import annotations

import re

from kg import lexicon
from kg.chinese import numerals
from kg.extract.draft import Draft
from kg.extract.page import HAN, NUMERAL, Page, Quoted, Span, plain

Parts = tuple[list[str], Span]
"""Parts in order, and the words that enumerate them."""

_COUNT = "[一二两三四五六七八九十双]"
_COUNTS = re.compile(f"{_COUNT}+")
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
_TALLY = re.compile(f"等?{NUMERAL}[个大项](?:环节|步骤|方面|阶段|部分|内容|流程)$")
_TALLIED = re.compile(f"{NUMERAL}(?:步|环节|阶段|流程)(?:推进|实施|落实|闭环|走)$")
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
_DASH = re.compile("[^，。；：—]{0,10}——")
_ORDINAL = re.compile(f"{NUMERAL}+是|第{NUMERAL}+[，、]|其{NUMERAL}+[，、]?")
_STOPS = frozenset(lexicon.words("stops")) | {"深入", "大力", "全面", "实施好", "推动", "切实"}
_CLOSE = re.compile("[。；\n]")
_MADE = re.compile(
    rf"""
    ^.*?(?:形成了?|创新形成了?|建立了?|推行|实行|探索出?了?|总结出?了?|采取|实施|按照|通过|坚持)(?=[{HAN}])
    """,
    re.VERBOSE,
)
_REACHED = re.compile("^.*?(?:实现|聚焦|做到|坚持|推进|落实|确保)+")
_STEPS = re.compile(
    r"""
    按照“(?P<parts>[^“”]{6,60})”的?
    (?P<n>[两三四五六七八九十])[个大]?(?:步骤|环节|流程|步|阶段)
    """,
    re.VERBOSE,
)


def count_of(name: str) -> int | None:
    """How many parts a numbered name promises: 3 for 三个引领, 4 for 四有四抓's first numeral; None if it has none.

    >>> count_of("六步选题法"), count_of("同心圆")
    (6, None)
    """
    m = _COUNTS.match(name)
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
    if re.fullmatch("[一二三四五六七八九]{2,5}", name):
        return {len(name)}
    groups = [numerals.value(g.replace("双", "两")) for g in _COUNTS.findall(name)]
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
    stop = stop if bare or stop >= 0 else _end(flow, start)
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
    if others and (whole := _groups(name, words, len(items))):
        items, stop = whole, start + len(words)
    return (items, Span(start, stop)) if 2 <= len(items) <= 12 else None


def _groups(name: str, words: str, least: int) -> list[str]:
    """Items of all the groups that a name of several numerals counts: 三查三改 is 查甲、改乙，查丙、改丁，查戊、改己."""
    promised = sum(int(n) for g in _COUNTS.findall(name) if (n := numerals.value(g.replace("双", "两"))))
    items: list[str] = []
    for clause in re.split("[，；]", words):
        items += split(_TALLIED.sub("", clause))
        if len(items) >= promised:
            break
    return items if least < promised == len(items) else []


def _end(flow: str, at: int) -> int:
    """Where the sentence or item that runs on from *at* stops."""
    m = _CLOSE.search(flow, at)
    return m.start() if m else len(flow)


def before(page: Page, start: int, name: str, count: int | None) -> Parts | None:
    """Parts enumerated right before a name: 甲、乙、丙的“三步工作法”; “甲”“乙”“丙”的“三进”活动."""
    flow = page.flow
    if not count or start < 4:
        return None
    if flow[start - 1] not in "的”":
        return _before_directly(page, start, count)
    stop = start - 1 if flow[start - 1] == "的" else start
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
    stop = _end(page.flow, start)
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
    m = re.match(rf"{_COUNT}+个?(?P<key>[{HAN}]{{2}})$", name)
    section = page.document.sections[page.section(end)]
    if not m or end >= section.end:
        return None
    part = re.compile(rf"(?<=[，。；：\n、是])(?:要)?(?P<part>{m['key']}[{HAN}]{{2,16}}?)(?=[，。；、])")
    found = list(part.finditer(page.flow[end : min(section.end, end + 1500)]))
    if len(found) != count:
        return None
    return [f["part"] for f in found], Span(end + found[0].start(), end + found[-1].end())


def closing(page: Page, at: int, name: str, count: int) -> Parts | None:
    """Parts that all end in the formula's noun (甲全覆盖、乙全覆盖 for 两个全覆盖), or a pair right before it."""
    m = re.match(rf"{_COUNT}+个?(?P<key>[{HAN}]{{2,4}})$", name)
    if not m:
        return None
    line = page.around(at, 300, 300)
    one = rf"[{HAN}]{{2,14}}?{m['key']}"
    listed = re.search(rf"{one}(?:[、，]{one}){{{count - 1}}}", page.flow[line.start : line.end])
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
    keys = re.findall(rf"{_COUNT}[个大项]?([{HAN}]{{1,4}}?)(?={_COUNT}|$)", name)
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
        items = [*items[:-1], _TALLY.sub("", items[-1]) or items[-1]]
        parts = (plain(i) if i.count("“") != i.count("”") else i for i in items)
        draft.state(where, "parts.enumerated", *(("components", part) for part in parts))
        return
    for words, where in headed(page, name, page.section(span[0])):
        draft.state(where, "parts.headed", ("components", words))


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
    groups = re.findall(
        f"{_COUNT}[{HAN}]{{1,3}}?(?={_COUNT}|、|[^{HAN}]|$)", re.sub("协商法|工作法|体系|机制", "", name)
    )
    for group in groups if len(groups) > 1 else ():
        m = re.compile(
            f"“?{group}”?，?(?:就是|则是|即|是指|指的是|指|包括|分别是|分别为|是)[：，]?(?P<items>[^。；：”]{{2,100}}?(?:”[^。；：，”]*)*)"
            f"(?=[。；]|，(?:“?{_COUNT}|其))"
        ).search(page.flow, at, min(page.line(end).end, at + 200))
        items = split(re.sub(r"(?<=.)和(?=[^、]*$)", "、", _TALLY.sub("", m["items"]))) if m else []
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
    pairs = re.findall(f"({_COUNT})个?([{HAN}]{{1,3}}?)(?={_COUNT}|$)", re.sub("机制|制度|工作法", "", name))
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
    items = split(page.flow[m.end() : _end(page.flow, m.end())]) if m else []
    return (items, Span(m.end(), _end(page.flow, m.end()))) if m and len(items) in counts_of(name) else None


def dashed(page: Page, end: int, name: str) -> Parts | None:
    """Parts behind a dash: “四问”机制——甲、乙、丙、丁."""
    m = _DASH.match(page.flow, end)
    if not m:
        return None
    words = page.flow[m.end() : _end(page.flow, m.end())]
    if whole := _groups(name, words, 1):
        return whole, Span(m.end(), m.end() + len(words))
    items = next((i for i in (split(words.split("，")[0]), split(words)) if len(i) in counts_of(name)), None)
    return (items, Span(m.end(), m.end() + len(words))) if items else None


def _enumerated(page: Page, name: str, span: tuple[int, int]) -> Parts | None:
    """Parts that the words around a mention enumerate, the nearest first."""
    start, end = span
    count = count_of(name)
    special = glossed(page, start, name) or grouped(page, end, name) or answered(page, end, name)
    special = special or dashed(page, end, name)
    found = special or behind(page, end, name) or before(page, start, name, count)
    found = found or told(page, end, name) or keyed(page, start, end, name)
    if found or not count:
        return found or colon(page, end, name)
    return (
        colon(page, end, name)
        or following(page, end, count)
        or repeated(page, end, name, count)
        or closing(page, start, name, count)
    )
