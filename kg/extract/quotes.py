"""What a quotation is: the name of an undertaking, a formula, a metaphor, or just somebody's words.

The words around decide first (“…”活动, 以“…”为主线, “…”的目标), then the form of the words themselves
(a numeral with a noun, parallel clauses), then a list of stock metaphors. What none of these claims is left alone.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from kg import lexicon
from kg.chinese import tokens
from kg.extract.page import HAN, Page, Quoted

Sort = Literal["initiative", "slogan", "none"]


class Judged(NamedTuple):
    """A quotation and what it was judged to be."""

    quoted: Quoted
    sort: Sort
    kind: str
    rule: str
    name: str
    end: int
    """Where its surface ends, head noun included: ``“四进”活动``."""


_NUMERAL = "一二两三四五六七八九十百千双"
_NUMERIC = re.compile(
    rf"(?:[{_NUMERAL}]+(?:个|大|项|步|条|次|张|种|方面)[^，。、\d]{{1,7}}|[{_NUMERAL}]+[^，。、\d]{{1,4}}|(?:[{_NUMERAL}\d][^，。、\d]{{1,3}}){{2,4}})$"
)
_CODE = re.compile(r"[\dA-Za-zXN]+(?:[+＋\-·][\dA-Za-zXNn]+)*$|\d{2,5}$")
_YEAR_OF = re.compile(rf"[{HAN}]{{2,14}}年$")
_HEADS = lexicon.table("heads")
_HEAD = re.compile(
    rf"(?P<of>的|这一|这个)?(?P<mod>[{HAN}·]{{0,9}}?)(?P<head>{lexicon.alternation(list(_HEADS))})(?![{HAN}]?[化性])"
)
_ENDS_IN_HEAD = re.compile(rf"(?:{lexicon.alternation([h for h in _HEADS if len(h) > 1])})$")
_MODIFIERS = frozenset(lexicon.words("generic", "modifier"))
_ANNOUNCED = lexicon.table("announced")
_ANNOUNCES = re.compile(
    rf"(?:的|这一|这个)?(?P<mod>[{HAN}]{{0,6}}?)(?P<noun>{lexicon.alternation(list(_ANNOUNCED))})(?![{HAN}]?[者家师])"
)
_FRAMED = re.compile(r"为(?P<noun>主线|主题|目标|引领|抓手|牵引|导向|统领|载体|核心|重点|宗旨|遵循)")
_BEFORE_GOAL = re.compile(
    r"(?:打造|建设|实现|锚定|瞄准|建成|争创|创建|迈向|奋进|冲刺|推进|构建|加快|加快打造|加快建设|落实|实施|服务|融入|聚力|助力|围绕|推动|勾勒|描绘)(?:好|了)?$"
)
_BEFORE_MOTTO = re.compile(
    r"(?:坚持|践行|围绕|聚焦|突出|做到|增强|坚定|拥护|捍卫|坚决拥护|坚决捍卫|坚决做到|树立|秉持|秉承|秉承着|弘扬|按照|本着|遵循|恪守|紧扣|强化|贯彻|履行|发挥|牢记|倡导|叫响|喊出|提出|传承|深化|破解|突破|落实|实现|推动|在|真正实现|切实做到|以)(?:了|好|着)?$"
)
_RUNS = re.compile(
    r"(?:成立|组建|结成|办起|建起|进行|实行|开展|组织开展|深入开展|扎实开展|创新开展|广泛开展|启动|推行|推出|举办|实施|创新|探索|打响|擦亮|创建|设立|搭建|开设|开通|建立|首创|通过|依托|利用|借助|用好|开办|推广)(?:了|的|好)?(?:[^，。；：“”]{0,12})$"
)
_SPEECH = re.compile(r"(?:说|道|问|答|表示|告诉记者|介绍|感叹|坦言|笑着说|喊)?[：]$")
_METAPHORS = frozenset(lexicon.words("metaphors"))
_FUNCTION = frozenset(lexicon.words("stops", "function")) | {"的", "召开", "举行", "提出", "要求", "表示", "成为"}
# Heads that are as often verbs: they do not lengthen a name that has a head already.
_LIGHT = frozenset({"协商", "调研", "专题调研", "视察", "节目", "直播", "做法"})
_LINK = re.compile("[、和及与]|以及")


def judge(page: Page) -> list[Judged]:
    """Judge every quotation of a document that is not speech, in reading order."""
    flow = page.flow
    inside = [(t.start, t.end) for t in page.titled if t.depth == 0]
    starts = {q.start: q for q in page.quoted}
    counts: dict[str, int] = {}
    for q in page.quoted:
        counts[q.words] = counts.get(q.words, 0) + 1
    out: list[Judged] = []
    i = 0
    for q in page.quoted:
        while i < len(inside) and inside[i][1] <= q.start:
            i += 1
        judged = _judge(page, q, starts, counts, flow)
        if i < len(inside) and inside[i][0] < q.start and judged.rule != "initiative.head":
            continue
        out.append(judged)
    return _agree(out)


# What settles it when one quotation is judged differently at different places; the clearest sign first.
_CLARITY = (
    "initiative.head", "initiative.own-head", "initiative.day", "initiative.year", "slogan.metaphor", "initiative.carrier", "initiative.run",
    "slogan.numeric", "slogan.parallel", "slogan.framed", "slogan.announced", "slogan.proposed", "slogan.governed", "slogan.repeated",
)  # fmt: skip


def _agree(judged: list[Judged]) -> list[Judged]:
    """The same words are the same thing throughout: the clearest naming decides all the others."""
    clear: dict[str, Judged] = {}
    for j in judged:
        known = clear.get(j.quoted.words)
        if j.sort != "none" and (known is None or _CLARITY.index(j.rule) < _CLARITY.index(known.rule)):
            clear[j.quoted.words] = j
    out = []
    for j in judged:
        first = clear.get(j.quoted.words)
        if first and j.sort != first.sort:
            j = j._replace(
                sort=first.sort, kind=first.kind, rule=first.sort + ".again", name=first.name, end=j.quoted.end
            )
        elif first:
            j = j._replace(name=first.name, kind=first.kind)
        out.append(j)
    return out


def plain(words: str) -> str:
    """The words without inner quotation marks."""
    return re.sub("[“”‘’]", "", words)


def _judge(page: Page, q: Quoted, starts: dict[int, Quoted], counts: dict[str, int], flow: str) -> Judged:
    words, name = q.words, plain(q.words)
    nothing = Judged(q, "none", "", "none", name, q.end)
    if re.search("[。！？；…]", words) or len(words) > 110 or len(name.strip()) < 2:
        return nothing
    line = page.line(q.start)
    before = flow[max(line.start, q.start - 24) : q.start]
    after = flow[q.end : q.end + 24].split("\n")[0]
    if _SPEECH.search(before) and len(words) > 8:
        return nothing
    if re.search(r"(?:会议|座谈会|分析会|研讨会|论坛|推进会)$", words) and len(words) > 6:
        return nothing

    shared = _behind_list(flow, q, starts)
    head = _head(shared if shared is not None else after)
    if head and (
        name in _METAPHORS
        or re.match(r"(?:等)?(?:\d+|[一二三四五六七八九十])?个?(?:委员)?(?:工作[室站]|联络站)", shared or after)
    ):
        head = None
    if head and _NUMERIC.fullmatch(name) and re.match("建设", shared if shared is not None else after):
        head = None
    if head:
        kind, text = head
        end = q.end + len(text) if shared is None else q.end
        return Judged(q, "initiative", kind, "initiative.head", _named(name, text), end)
    if re.fullmatch(rf"[{HAN}]{{3,8}}(?:日|周|月)", name) and re.search(
        "接待|服务|活动|开放|民声|宣传|协商|履职|学习|读书|述职|走访|建言|议事|联系|下访|普法", name
    ):
        return Judged(q, "initiative", "Activity", "initiative.day", name, q.end)
    if _YEAR_OF.match(name) and not re.search(r"[一二三四五六七八九十百\d]年$", name):
        return Judged(q, "initiative", "Activity", "initiative.year", name, q.end)
    if _ENDS_IN_HEAD.search(name) and len(name) >= 4 and "，" not in name and not _parallel(name):
        kind = _HEADS[max((h for h in _HEADS if name.endswith(h)), key=len)]
        if (
            not re.search(r"(?:平台|模式|机制|制度|工程|项目|行动|计划|活动|阵地|系统|客厅|调研|视察|协商)$", name)
            or len(name) >= 5
        ):
            return Judged(q, "initiative", kind, "initiative.own-head", name, q.end)

    if re.match("为(?:载体|平台)", after) and re.search("以[^，。]{0,10}$", before) and not _parallel(name):
        return Judged(q, "initiative", "Platform", "initiative.carrier", name, q.end)
    announced = _ANNOUNCES.match(after)
    framed = _FRAMED.match(after) if re.search("以[^，。]{0,14}$", before) else None
    parallel = _parallel(name)
    numeric = (
        bool(_NUMERIC.fullmatch(name))
        and name not in _METAPHORS
        and not re.fullmatch(r"(?:第|一)[一二三四五六七八九十]*[^，]{1,4}", name)
    )
    if re.fullmatch(r"第[一二三四五六七八九十].{1,4}", name):
        numeric = False
    coded = bool(_CODE.match(name)) and any(c.isdigit() for c in name)
    if coded:
        return nothing
    if name in _METAPHORS:
        return Judged(q, "slogan", "Metaphor", "slogan.metaphor", name, q.end)
    goal = bool(_BEFORE_GOAL.search(before)) or bool(announced and _ANNOUNCED[announced["noun"]] == "Goal")
    if numeric:
        return Judged(q, "slogan", "Goal" if goal else "Numeric", "slogan.numeric", name, q.end)
    if parallel:
        kind = (
            "Theme"
            if (framed and framed["noun"] in ("主题", "主线"))
            or (announced and _ANNOUNCED[announced["noun"]] == "Theme")
            else "Goal"
            if goal
            else "Motto"
        )
        return Judged(q, "slogan", kind, "slogan.parallel", name, q.end)
    if framed and len(name) >= 4:
        return Judged(
            q, "slogan", "Theme" if framed["noun"] in ("主题", "主线") else "Motto", "slogan.framed", name, q.end
        )
    if announced and _noun_run(announced["mod"]) and len(name) >= 3:
        return Judged(q, "slogan", _ANNOUNCED[announced["noun"]], "slogan.announced", name, q.end)
    if re.search(r"(?:主题|口号|目标|主线|理念|精神|宗旨)(?:为|是|：)$", before) and len(name) >= 4:
        return Judged(q, "slogan", "Theme", "slogan.announced", name, q.end)
    if re.search(r"提出(?:了|的)?$|确定(?:了|的)$", before) and 4 <= len(name) <= 24:
        return Judged(q, "slogan", "Goal", "slogan.proposed", name, q.end)
    if (
        _RUNS.search(before)
        and 3 <= len(name) <= 16
        and "，" not in name
        and re.match(r"[，。；、“和等]|$|活动|[、和]“", after)
    ):
        return Judged(q, "initiative", "Activity", "initiative.run", name, q.end)
    if (_BEFORE_GOAL.search(before) or _BEFORE_MOTTO.search(before)) and 4 <= len(name) <= 20:
        return Judged(q, "slogan", "Goal" if _BEFORE_GOAL.search(before) else "Motto", "slogan.governed", name, q.end)
    if counts[q.words] > 1 and len(name) >= 3:
        return Judged(q, "slogan", "Motto", "slogan.repeated", name, q.end)
    return nothing


def _behind_list(flow: str, q: Quoted, starts: dict[int, Quoted]) -> str | None:
    """What follows the last of a run of quotations (“甲”“乙”和“丙”等活动); None if *q* stands alone."""
    at, steps = q.end, 0
    while steps < 12:
        m = _LINK.match(flow, at)
        nxt = m.end() if m else at
        following = starts.get(nxt)
        if following is None:
            break
        at, steps = following.end, steps + 1
    if not steps:
        return None
    rest = flow[at : at + 24].split("\n")[0]
    return (
        rest if re.match(r"等|常态化|系列|主题|专题|活动|品牌|制度|机制|\d+个|[两三四五六七八九十]个", rest) else None
    )


def _noun_run(words: str) -> bool:
    """Whether the words between a quotation and its head noun only modify that noun."""
    if words in _MODIFIERS or words == "":
        return True
    parts = tokens.cut(words)
    return all(
        p in _MODIFIERS or (p not in _FUNCTION and tokens.tag(p) not in ("p", "c", "d", "r", "uj", "ul", "f"))
        for p in parts
    )


def _head(after: str) -> tuple[str, str] | None:
    """Kind of undertaking named by the head noun that follows, and the words up to its end."""
    found = _HEAD.match(after)
    if not found or not _noun_run(found["mod"].removeprefix("等")):
        return None
    if found["of"] and found["head"] in (
        "工作站",
        "工作室",
        "系统",
        "项目",
        "方案",
        "计划",
        "阵地",
        "做法",
        "协商",
        "论坛",
    ):
        return None
    kind, end = _HEADS[found["head"]], found.end()
    rest = _HEAD.match(after, end)
    if rest and rest["mod"] in ("", "创建", "工作", "建设") and not rest["of"] and rest["head"] not in _LIGHT:
        end = rest.end()
        if found["head"] in _LIGHT:
            kind = _HEADS[rest["head"]]
    return kind, after[:end]


def _named(name: str, tail: str) -> str:
    """A name that says enough alone, or with its head noun if it is a number or a date."""
    if _CODE.match(name) or re.fullmatch(rf"[{_NUMERAL}\d·]{{1,4}}", name):
        return name + tail.removeprefix("的").removeprefix("等")
    return name


def segments(words: str) -> list[str]:
    """The parallel parts of a formula, split at its commas.

    >>> segments("懂政协、会协商、善议政，守纪律、讲规矩、重品行")
    ['懂政协', '会协商', '善议政', '守纪律', '讲规矩', '重品行']
    """
    return [s for s in re.split("[、，,·；]| (?=[\u4e00-\u9fff])", words) if s]


def _parallel(words: str) -> bool:
    """Whether the words are two or more clauses built alike."""
    parts = segments(words)
    if len(parts) < 2:
        return False
    sizes = [len(p) for p in parts]
    if min(sizes) < 2:
        return False
    return max(sizes) - min(sizes) <= max(2, min(sizes) // 3)
