"""Authors and photographers: bylines, （记者 甲 通讯员 乙）, （甲 乙）at the end of a text, 甲/摄."""

from __future__ import annotations

import re

from kg import lexicon
from kg.chinese import names, transcribed
from kg.extract.page import HAN, Page, near
from kg.extract.persons.mentions import Mentions
from kg.extract.persons.posts import Held
from kg.model import Line

_CREDIT = re.compile(r"[（(](?P<names>[^（）()。，]{2,60})[）)]")
_ROLE = re.compile(rf"(?:{lexicon.alternation(lexicon.words('credits'))})+[：:/]?")
_REPORTERS = lexicon.words("credits", "reporter")
_OFFICES = tuple(sorted((*_REPORTERS, *lexicon.words("credits", "office")), key=len, reverse=True))
_WORK = sorted(lexicon.words("credits", "work"), key=len, reverse=True)
_ANY_MEDIUM = ("全媒体记者", "融媒体记者", "全媒记者", "融媒记者")
# Who sent in a page, before the names: （本版稿件由甲、乙采写）.
_SENT_BY = re.compile(rf"本[版组期]?[{HAN}]{{2,4}}?均?由")
_PAPER = re.compile(
    rf"(?P<paper>[{HAN}]{{2,6}}?(?:日报|晚报|晨报|时报|报|[晨晚周]刊|电视台|融媒体中心|融媒|新闻网|新闻|客户端|广播电视台|在线)社?)(?:讯|全媒体|首席|见习|融媒)*[ （(]?(?:[{HAN}]{{0,6}}记者)?[ ：:]?"
)
# 《潍坊日报》通讯员
_SOURCE_BEFORE = re.compile(rf"《(?P<paper>[{HAN}]{{2,8}})》(?:社|讯)?[ （(]?$")
_NEWSPAPER = re.compile(
    rf"[{HAN}]{{2,10}}(?:报社?|[晨晚周]刊|电视台|融媒体中心|新闻网)|今日[{HAN}]{{2,4}}|[{HAN}]{{2,6}}(?:人大|政协)"
)
_EDITORS = ("编辑", "责编", "责任编辑", "校对", "主持人", "栏目主持")
_LABEL = re.compile("(?:单位|供稿单位|来源|联系电话)[：:]")
_LAYOUT = frozenset({"组版", "视觉", "检校", "制图"})
_SOURCES = ("来源：", "来源:", "来源： ", "来源: ")
_BEFORE_PHOTO = re.compile("(?:全媒体|见习|首席)?(?:记者|通讯员) ?$")
_HEAD_LINES = 12
_SALUTES = re.compile("各位|同志们|尊敬的")
_DATED = re.compile(r"[（(].{0,4}\d{4}年.{2,10}[）)]|\d{4}年.{2,8}日(?:在.{4,40}会议?上)?")
_PHOTO = re.compile(
    r"""
    (?P<name>[^，。；：“”（）\s/]{2,4}(?:\ [^，。；：“”（）\s/])?|(?<![\u4e00-\u9fff])[\u4e00-\u9fff]\ [\u4e00-\u9fff]{1,2})
    [ /]?(?:摄|供图|摄影)(?=$|[\n）。 ])
    """,
    re.VERBOSE,
)


# Who sends in a piece, before the name: （县纪委监委宣传部 甲）.
_UNIT = re.compile(rf"[{HAN}]{{3,24}}?(?:部|室|委|局|办|中心|政协|政府|法院|检察院|公司|学校|社|组)\s")
_MASTHEAD = re.compile(
    rf"(?P<role>责任编辑|美术编辑|执行主编|责编|编辑|版式|美编|校对|审核|终审|值班主任|值班编委|编审|组版|视觉|检校|制图)[：:/ ]\s?(?P<name>[{HAN}]{{2,4}}|[{HAN}] [{HAN}])(?=$|[\s，、；|）/])"
)


def mastheads(found: Mentions) -> None:
    """责任编辑 甲 版式 乙: the editors that a page names at its head or foot."""
    for m in _MASTHEAD.finditer(found.flow):
        written = m["name"].replace(" ", "")
        if names.surname_at(written, 0) or (
            found.page.line(m.start()).kind == "byline" and not names.is_common(written)
        ):
            posts = [] if m["role"] in _LAYOUT else [Held(_of_page(found.page), None, m["role"])]
            found.add(m.span("name"), written, posts, "person.byline", m.span())


def authors(found: Mentions) -> None:
    """The authors that the metadata name, in the byline."""
    document = found.page.document
    for line in document.lines:
        words = found.flow[line.start : line.end]
        for author in document.meta.authors if line.kind == "byline" else ():
            plain = author.replace(" ", "")
            spot = re.search(r"\s?".join(map(re.escape, plain)), words)
            if spot:
                credited = list(_ROLE.finditer(words, 0, spot.start()))
                posts = _posts(found.page, credited[-1][0], line.start + credited[-1].start()) if credited else []
                span = (line.start + spot.start(), line.start + spot.end())
                found.add(span, plain, posts, "person.byline", (line.start, line.end))


def signed(found: Mentions) -> None:
    """A name alone on a line over 各位委员： or under a date in brackets: who gives the report."""
    lines = found.page.document.lines[:_HEAD_LINES]
    for before, line, after in zip((None, *lines), lines, (*lines[1:], None), strict=False):
        words = found.flow[line.start : line.end]
        written = words.replace(" ", "")
        alone = 2 <= len(written) <= 4 and names.is_name(written) and found.shadow[line.start] == found.flow[line.start]
        addressed = after and _SALUTES.match(found.flow, after.start)
        dated = before and _DATED.fullmatch(found.flow, before.start, before.end)
        # 泽郎旺青 between the date of a report and 各位委员 is a name, whatever its characters.
        between = addressed and dated and re.fullmatch(f"[{HAN}]{{2,5}}", written) and not names.is_common(written)
        if (alone and (addressed or dated)) or between:
            found.add((line.start, line.end), written, [], "person.signed", (line.start, line.end))


def credits(found: Mentions) -> None:
    """Names in brackets with a role or at the end of a text, and names of photographers."""
    for m in _CREDIT.finditer(found.flow):
        roles = bool(_ROLE.search(m["names"]))
        if roles or _ends_text(found.page, m):
            _in_brackets(found, m)
    for m in (m for mark in ("摄", "供图") for m in near(_PHOTO, found.flow, mark, 10, 6)):
        name = names.match(found.flow, m.start("name"), found.page.boundaries, sure=True)
        if (
            name
            and name.end <= m.end("name")
            and found.page.boundaries[m.start()]
            and not found.masked(m.start("name"))
        ):
            role = _BEFORE_PHOTO.search(found.flow, found.page.line(m.start()).start, m.start())
            posts = _posts(found.page, role[0], role.start()) if role else []
            found.add(m.span("name"), m["name"].replace(" ", ""), posts, "person.byline", m.span())


def _posts(page: Page, words: str, at: int) -> list[Held]:
    """The office that the words of a credit at position *at* name, with the newspaper it is held in; none for 作者, 摄影."""
    role = next((role for role in _OFFICES if role in words), "")
    if not role:
        return []
    if role in _ANY_MEDIUM:
        role = "记者"
    named = _SOURCE_BEFORE.search(page.flow, page.line(at).start, at)
    paper = _paper(page, at) or _of_page(page) if role in _REPORTERS else _of_page(page) if role in _EDITORS else None
    return [Held(named["paper"] if named else paper, None, role)]


def _of_page(page: Page) -> str | None:
    """The newspaper that a page is of, by its masthead, its metadata or its source."""
    meta = page.document.meta
    return next((name for name in (meta.publisher, meta.source) if _NEWSPAPER.fullmatch(name)), None)


def _paper(page: Page, at: int) -> str | None:
    """The newspaper whose reporters a byline names: 浏阳日报讯（记者…, 瑞金报全媒体记者; None for 本报."""
    start = page.line(at).start
    opening = max(start, page.flow.rfind("（", start, at) + 1)
    for m in _PAPER.finditer(page.flow, start, at + 1):
        # It heads the line or the brackets, or stands right before the office.
        if m.start() in (start, opening) or m.end() >= at - 1 or page.flow.endswith(_SOURCES, start, m.start()):
            return None if m["paper"].startswith(("本报", "据")) else m["paper"]
    return None


def _ends_text(page: Page, m: re.Match[str]) -> bool:
    """Whether brackets stand behind the last sentence of a section."""
    line = page.line(m.start())
    opens = m.start() == line.start and names.is_name(m["names"].split(" ")[0])
    return m.end() >= line.end - 1 and (opens or page.flow[m.start() - 1] in "。！？”…") and _closes(page, line)


def _closes(page: Page, line: Line) -> bool:
    """Whether a line is the last of its section."""
    later = next((other for other in page.document.lines if other.start > line.start), None)
    return later is None or later.section != line.section


def _in_brackets(found: Mentions, m: re.Match[str]) -> None:
    """The names of one pair of brackets, each with the role that stands before it."""
    flow, (at, end) = found.flow, m.span("names")
    posts: list[Held] = []
    if sent := _SENT_BY.match(flow, at, end):
        at = sent.end()
    while at < end:
        if r := _ROLE.match(flow, at, end):
            posts = _posts(found.page, r[0], at)
            at = r.end()
            continue
        if flow[at] in " 、/，:：":
            at += 1
            continue
        if outlet := _PAPER.match(flow, at, end):
            at = outlet.end("paper")
            continue
        if ((unit := _UNIT.match(flow, at, end)) and not names.surname_at(unit[0].rstrip(), 0)) or (
            unit and len(unit[0]) > 5
        ):
            at = unit.end()
            continue
        if label := _LABEL.match(flow, at, end):
            at = label.end()
            continue
        # What stands between separators is a whole name, whatever the dictionary says.
        stop = _separator(flow, at, end)
        if stop - at == 1 and names.surname_at(flow, at) and 2 <= _separator(flow, stop + 1, end) - stop <= 3:
            stop = _separator(flow, stop + 1, end)  # 余 浮生
        # 龙波|整理: what somebody did is no part of the name.
        if not names.is_no_name(flow[at:stop]):
            stop -= next((len(work) for work in _WORK if flow.endswith(work, at + 2, stop)), 0)
        written = flow[at:stop].replace(" ", "")
        name = names.match(flow, at, found.page.boundaries, sure=True)
        han = 2 <= len(written) <= 4 and names.surname_at(flow, at)
        foreign = 3 <= len(written) <= 8 and sum(map(transcribed.transcribes, written)) * 3 >= 2 * len(written)
        if found.masked(at) or names.is_no_name(written) or (name and names.is_no_name(name.name)):
            at = stop  # who sends it in, or what a picture is
            continue
        if not (name or han or foreign) or (name and name.end > end):
            break
        if not (han or foreign) and name is not None:
            written, stop = name.name, name.end
        found.add((at, stop), written, list(posts), "person.byline", m.span("names"))
        at = stop


def _separator(flow: str, at: int, end: int) -> int:
    """Where the next separator of names stands in ``flow[at:end]``, else *end*."""
    return next((i for i in range(at, end) if flow[i] in " 、/，）)"), end)
