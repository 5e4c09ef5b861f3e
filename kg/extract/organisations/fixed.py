"""Bodies with names of their own: democratic parties, central bodies, newspapers and broadcasters."""

from __future__ import annotations

import re

from kg import lexicon
from kg.extract.bodies import Body
from kg.extract.organisations.findings import Findings
from kg.extract.page import DISTRICT, HAN, PLACE
from kg.extract.scope import Place, short_form
from kg.identity import NATION, iri, normal

_PARTIES = lexicon.table("parties") | {"共青团": "共青团", "团": "共青团"}
_PARTY = re.compile(
    rf"""
    (?P<party>{lexicon.alternation(lexicon.words("parties"))}|共青团|团)
    (?:(?P<centre>中央)
      |(?:(?P<place>{DISTRICT}+)[省市区县旗州盟]?|(?P<level>[省市区县旗州盟]))
       (?P<core>委员会|委会|基层委员会|基层委|总支部委员会|总支部|支社|直属小组|工委|委(?![员托派])|总支|支委会|支委|支部))
    """,
    re.VERBOSE,
)
_NATIONAL_BODIES = {spelling: (name, kind) for spelling, name, kind in lexicon.rows("national_bodies")}
_NATIONAL = re.compile(lexicon.alternation(list(_NATIONAL_BODIES)))
_NO_MINISTRY = ("门", "署", "分", "位")  # 民政部门, 公安部署
_CENTRE = re.compile(
    rf"(?<![共党团])中央(?=[{HAN}]{{2,6}}工作会议)|(?<![共党团])中央(?![电空企财广银厨军纪组宣统政办党]|人民)"
)
_MEDIA = re.compile(r"(?:[日晚早周时]报|(?<![汇通举预情快简公喜海专])报(?!告)|周刊|月刊|杂志|新闻网|电视台)$")

_OF_ASSEMBLY = re.compile("(?:政协|人大)$")
_PERIODICALS = ("杂志", "月刊", "双月刊", "周刊")
# A newspaper or site before its reporters or its dateline, at the head of a line or in brackets.
_BYLINE = re.compile(
    rf"""
    (?:(?<=[（\n\s●◎■□])|^)
    (?P<paper>(?![本我据])[{HAN}]{{2,8}}?
      (?:[日晚早时]报社?|(?:人大|政协)(?=[\s　]+[A-Z]{{4}})|(?<![汇通举预情快简公喜海专本])报社?|新闻网|电视台|新闻|网|融媒|客户端|杂志社?|[晨晚周]刊)|今日[{HAN}]{{2,4}}(?=[\s　]*\d{{4}}年))
    (?=[\s　]*[A-Z]{{4}}|[\s　]*[A-Z]?\d{{1,2}}版|(?:全媒体|融媒体)?(?:首席|见习|特约|特派|实习)?(?:记者|讯[\s（])|(?:[{HAN}]{{2,6}}?)?\d+月\d+日(?:讯|电)|全媒体[\s　]*记者|[\s　]*\d{{4}}年\d+月\d+日[\s　]*(?:星期|第))
    """,
    re.VERBOSE | re.MULTILINE,
)


def parties(found: Findings) -> None:
    """民盟哈尔滨市委, 团区委: the democratic parties and the youth league, of the centre or of a district."""
    for m in _PARTY.finditer(found.shadow):
        party = _PARTIES[m["party"]]
        if m["party"] == "团" and not (found.page.boundaries[m.start()] and m["level"]):
            continue
        kind = "Other" if party == "共青团" else "Party"
        if m["centre"]:
            if found.take(*m.span()):
                found.note(Body(*m.span(), iri("body", NATION, party), f"{party}中央", kind), "body.party")
            continue
        place = found.geography.of_match(m)
        if place is None or not found.take(*m.span()):
            continue
        core = "委会" if m["core"] == "委员会" else m["core"]
        written = found.flow[m.start("place") : m.start("core")] if m["place"] else short_form(place)
        id_ = iri("body", place.near, party + core.removesuffix("会").removesuffix("委"))
        found.note(Body(*m.span(), id_, f"{party}{written}{core}", kind, place), "body.party")


def national(found: Findings) -> None:
    """国务院, 全国政协, 中央: the central bodies of party and state."""
    for m in _NATIONAL.finditer(found.flow):
        at = m.start()
        alone = found.page.boundaries[at] or not at or not "\u4e00" <= found.flow[at - 1] <= "\u9fff"
        department = m[0].endswith("部") and found.flow.startswith(_NO_MINISTRY, m.end())
        # 国家统计局益阳调查队: a branch, named with its district.
        branch = m[0] == "国家统计局" and found.shadow.startswith(PLACE, m.end())
        if alone and not department and not branch and found.take(*m.span()):
            name, kind = _NATIONAL_BODIES[m[0]]
            found.note(Body(*m.span(), iri("body", NATION, name), name, kind), "body.national")
    for m in _CENTRE.finditer(found.flow):
        if found.page.boundaries[m.start()] and found.take(*m.span()):
            body = Body(*m.span(), iri("body", NATION, "中共中央"), "中共中央", "PartyCommittee")
            found.note(body, "body.national")


def media(found: Findings) -> None:
    """《哈尔滨日报》, 《协商》杂志: what stands in 《》 and is a periodical or a station."""
    publishers = {b.end: b.place for b in found.bodies}
    for title in found.page.titled:
        if title.depth or len(title.words) > 12:
            continue
        if not (_MEDIA.search(title.words) or found.flow.startswith(_PERIODICALS, title.end)):
            continue
        if found.take(title.start, title.end):
            span, publisher = (title.start, title.end), publishers.get(title.start)
            _medium(found, span, title.words, title.start + 1, publisher)


def bylines(found: Findings) -> None:
    """某某报记者, 《某某政协报》: the newspaper of a byline or in a title, before its words are read as 某某政协."""
    for title in found.page.titled:
        if title.depth or len(title.words) > 12:
            continue
        periodical = _OF_ASSEMBLY.search(title.words) and found.flow.startswith(_PERIODICALS, title.end)
        if (periodical or title.words.endswith("政协报")) and found.take(title.start, title.end):
            _medium(found, (title.start, title.end), title.words, title.start + 1, None)
    for m in _BYLINE.finditer(found.flow):
        start = m.start("paper")
        if found.take(start, m.end("paper")):
            of = start + 2 if m["paper"].startswith("今日") else start
            _medium(found, (start, m.end("paper")), m["paper"], of, None)


def _medium(found: Findings, span: tuple[int, int], name: str, at: int, publisher: Place | None) -> None:
    """Note a newspaper: of the district its name begins with, else of its publisher's."""
    hit = found.geography.at(at)
    place = hit.place if hit else publisher
    id_ = iri("body", place.near if place else NATION, normal(name))
    found.note(Body(*span, id_, name, "Media", place), "body.media")
