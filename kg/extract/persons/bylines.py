"""Authors and photographers: bylines, （记者 甲 通讯员 乙）, （甲 乙）at the end of a text, 甲/摄."""

from __future__ import annotations

import re

from kg import lexicon
from kg.chinese import names
from kg.extract.page import HAN, Page
from kg.extract.persons.mentions import Mentions
from kg.extract.persons.posts import Held
from kg.model import Line

_CREDIT = re.compile(r"[（(](?P<names>[^（）()。，]{2,60})[）)]")
_ROLE = re.compile(rf"(?:{lexicon.alternation(lexicon.words('credits'))})+[：:/]?")
_PAPER = re.compile(
    rf"(?P<paper>[{HAN}]{{2,6}}?(?:日报|晚报|晨报|时报|报|电视台|融媒体中心|新闻网|新闻|客户端|广播电视台|在线))(?:社)?(?:讯|全媒体|首席|见习|融媒)*[ （(]?(?:[{HAN}]{{0,6}}记者)?[ ：:]?"
)
_HEAD_LINES = 12
_SALUTES = re.compile("各位|同志们|尊敬的")
_DATED = re.compile(r"[（(].{0,4}\d{4}年.{2,10}[）)]|\d{4}年.{2,8}日")
_PHOTO = re.compile(
    r"""
    (?P<name>[^，。；：“”（）\s/]{2,4}(?:\ [^，。；：“”（）\s/])?)
    [ /]?(?:摄|供图|摄影)(?=$|[\n）。 ])
    """,
    re.VERBOSE,
)


# Who sends in a piece, before the name: （县纪委监委宣传部 甲）.
_UNIT = re.compile(rf"[{HAN}]{{3,24}}?(?:部|室|委|局|办|中心|政协|政府|法院|检察院|公司|学校|社|组)\s")
_MASTHEAD = re.compile(
    rf"(?P<role>责任编辑|责编|编辑|版式|美编|校对|审核|终审|值班主任|值班编委|编审)[：: ]\s?(?P<name>[{HAN}]{{2,4}}|[{HAN}] [{HAN}])(?=$|[\s，、；|）/])"
)


def mastheads(found: Mentions) -> None:
    """责任编辑 甲 版式 乙: the editors that a page names at its head or foot."""
    for m in _MASTHEAD.finditer(found.flow):
        written = m["name"].replace(" ", "")
        if names.surname_at(written, 0):
            found.add(m.span("name"), written, [Held(None, None, m["role"])], "person.byline", m.span())


def authors(found: Mentions) -> None:
    """The authors that the metadata name, in the byline."""
    document = found.page.document
    for line in document.lines:
        words = found.flow[line.start : line.end]
        for author in document.meta.authors if line.kind == "byline" else ():
            plain = author.replace(" ", "")
            spot = re.search(r"\s?".join(map(re.escape, plain)), words)
            if spot:
                role = max(("记者", "通讯员", "实习生"), key=lambda r: words.rfind(r, 0, spot.start()))
                paper = _paper(found.page, line.start + spot.start()) if role == "记者" else None
                post = Held(paper, None, role)
                span = (line.start + spot.start(), line.start + spot.end())
                found.add(span, plain, [post], "person.byline", (line.start, line.end))


def signed(found: Mentions) -> None:
    """A name alone on a line over 各位委员： or under a date in brackets: who gives the report."""
    lines = found.page.document.lines[:_HEAD_LINES]
    for before, line, after in zip((None, *lines), lines, (*lines[1:], None), strict=False):
        words = found.flow[line.start : line.end]
        written = words.replace(" ", "")
        alone = 2 <= len(written) <= 4 and names.is_name(written) and found.shadow[line.start] == found.flow[line.start]
        addressed = after and _SALUTES.match(found.flow, after.start)
        dated = before and _DATED.fullmatch(found.flow, before.start, before.end)
        if alone and (addressed or dated):
            found.add((line.start, line.end), written, [], "person.signed", (line.start, line.end))


def credits(found: Mentions) -> None:
    """Names in brackets with a role or at the end of a text, and names of photographers."""
    for m in _CREDIT.finditer(found.flow):
        roles = bool(_ROLE.search(m["names"]))
        if roles or _ends_text(found.page, m):
            _in_brackets(found, m, roles=roles)
    for m in _PHOTO.finditer(found.flow):
        name = names.match(found.flow, m.start("name"), found.page.boundaries, sure=True)
        if name and name.end <= m.end("name") and found.page.boundaries[m.start()]:
            found.add(m.span("name"), m["name"].replace(" ", ""), [], "person.byline", m.span())


def _paper(page: Page, at: int) -> str | None:
    """The newspaper whose reporters a byline names: 浏阳日报讯（记者…, 瑞金报全媒体记者; None for 本报."""
    line = page.line(at)
    m = _PAPER.search(page.flow, line.start, at + 1)
    return m["paper"] if m and m.end() >= at - 1 and not m["paper"].startswith(("本报", "据")) else None


def _ends_text(page: Page, m: re.Match[str]) -> bool:
    """Whether brackets stand behind the last sentence of a section."""
    line = page.line(m.start())
    return m.end() >= line.end - 1 and page.flow[m.start() - 1] in "。！？”…" and _closes(page, line)


def _closes(page: Page, line: Line) -> bool:
    """Whether a line is the last of its section."""
    later = next((other for other in page.document.lines if other.start > line.start), None)
    return later is None or later.section != line.section


def _in_brackets(found: Mentions, m: re.Match[str], *, roles: bool) -> None:
    """The names of one pair of brackets, each with the role that stands before it."""
    flow, (at, end) = found.flow, m.span("names")
    role, paper = "记者", _paper(found.page, at)
    while at < end:
        if r := _ROLE.match(flow, at):
            role = next((word for word in ("通讯员", "实习生") if word in r[0]), "记者")
            at = r.end()
            continue
        if flow[at] in " 、/，:：":
            at += 1
            continue
        if ((unit := _UNIT.match(flow, at, end)) and not names.surname_at(unit[0].rstrip(), 0)) or (
            unit and len(unit[0]) > 5
        ):
            at = unit.end()
            continue
        # What stands between separators is a whole name, whatever the dictionary says.
        stop = next((i for i in range(at, end + 1) if flow[i] in " 、/，）)"), end)
        name = names.match(flow, at, found.page.boundaries, sure=True)
        han = 2 <= stop - at <= 4 and names.surname_at(flow, at)
        foreign = 3 <= stop - at <= 8 and sum(map(names.transcribes, flow[at:stop])) * 3 >= 2 * (stop - at)
        if found.masked(at) or not (name or han or foreign) or (name and name.end > end):
            break
        whole = han or foreign or name is None
        written = flow[at:stop] if whole or name is None else name.name
        stop = stop if whole or name is None else name.end
        post = Held(paper if role == "记者" else None, None, role)
        found.add((at, stop), written, [post] if roles else [], "person.byline", m.span("names"))
        at = stop
