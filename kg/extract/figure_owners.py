"""Whose a figure is: the body or district that it tells of, and the words that say so."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg import lexicon
from kg.extract.bodies import Bodies, Body
from kg.extract.page import HAN, Page, Span
from kg.extract.scope import Geography
from kg.extract.topics import Topic, Topics

CHANGES = re.compile("同比|环比|(?<!新)增长|下降|上升|较上年|比上年|增幅|降幅|提高|降低|总数达|总量达")
"""A change, whose indicator stands in the clause before it."""
_INDICATORS = re.compile(lexicon.alternation(lexicon.words("indicators", "district")))
_REPORTED = re.compile(lexicon.alternation(lexicon.words("indicators")))
"""The indicators that are the district's also where its government speaks of its own work."""
_LEVEL = re.compile(r"(?<![于占居])[全我](省|市|区|县|旗|州|盟|镇|乡|村|街道)(?!平均)")
_MEMBERS = re.compile("(?:[省市区县旗州盟]?政协|[省市区县旗州盟]?人大)?(委员|代表)(?!会|工作|之家|联络|小组|[企所])")
_ALL_MEMBERS = re.compile(
    "(?:目前|如今|[今去]年(?:以来)?)?全([省市区县旗州盟])(?:各级|各|的)?(政协|委员|人大|代表)(?!会)"
)
_OFFICES = ("局", "厅", "公司", "法院", "检察院")
_WENT = ("走遍", "走遍了", "跑遍", "跑遍了", "走访", "走访了", "走进", "走完")
_SET_UP = re.compile(
    rf"[{HAN}]{{0,3}}(?:（[{HAN}、]{{2,8}}）)?[{HAN}]{{0,2}}(?:建立|设立|建成|成立|建起|设置|组建|挂牌)"
)
_AT_OPENING = re.compile(r"[，；：。！？\n](?:目前|截至目前|去年|今年|当年|现在)?$")
_NOT_SUBJECT = tuple("委直属情")
_OF_BODY = re.compile("政协|委员|人大|代表|工作[站室]|界别|党员|提案|履职")
_OWN_WORK = {
    "CPPCC": re.compile("协商|议事|社情民意|建言"),
    "Congress": re.compile("选民|议案|建议|联络站"),
    "Department": re.compile("线索|立案|处分|留置|信访|谈话|巡察"),
}
"""What a body of a kind counts, though it says 全市: 全市立案126件 in a text of the commission for discipline inspection."""
_OF_CONFERENCE = re.compile(
    "政协委员|专题协商|视察调研|协商活动|立案提案|提案\\d|社情民意|个界别|委员工作[站室]|民主监督"
)
_OF_PARTY = re.compile(
    "党组(?:会|成员)|中心组|集[体中]学习|专题研讨|读书[班会]|授课|廉[洁政]|讲党|检视|谈心|党支部|党组织|党课|党建|宣讲|轮训|委委员|候补|干部"
)
# What a survey tells of without a subject is its district's.
_SURVEY = re.compile("(?:调研|调查|考察)(?:情况)?(?:的)?报告")
_SHOWN = re.compile(f"[{HAN}]{{0,16}}(?:显示|表明|反映出|统计)，")
_RULES = re.compile("(?<![管直])[下所]?辖(?!区)")
_PART = re.compile(rf"(?:其中|分别是|分别为|[：:]|\d(?:余|多)?[{HAN}]{{1,2}}[、，；])$")


class Scene(NamedTuple):
    """One document with its districts, its bodies and who its clauses speak of."""

    page: Page
    geography: Geography
    bodies: Bodies
    topics: Topics


Owner = tuple[str, tuple[int, int]]
"""A body or district, and the words that say that a figure is its."""


def owner(scene: Scene, m: re.Match[str]) -> Owner | None:
    """The body or district a figure tells of, and the words that say so.

    A district that takes its part of a sum; the district whose statistics these are, or of which 全市 tells; who the clause
    speaks of; else the one that the section speaks for.
    """
    page, at, end = scene.page, *m.span()
    sentence, clause = page.sentence(at), page.clause(at, end)
    topic = scene.topics.at(at)
    if topic and topic.name.endswith(_OFFICES) and _of_members(scene, m):
        topic = None
    if topic and _of_own_work(scene, topic, clause, m):
        topic = None
    found = _each(page, scene.geography, m) or _of_all_members(scene, clause)
    found = found or _of_statistics(scene, m, topic) or _of_level(scene, m, topic)
    if found:
        return found
    # 召开党组会议61次、主席会议44次: each tells of its own.
    begin = max(clause.start, page.flow.rfind("、", clause.start, at) + 1)
    of_party = bool(_OF_PARTY.search(page.flow, begin, min(end + 8, sentence.end)))
    if topic is None:
        return _of_section(scene, at, of_party=of_party)
    # What a party group does beside the party's own affairs is its body's, unless the text is one of an office's group.
    own = scene.bodies.around(at)
    itself = own is not None and own.name == topic.name and not _leads(topic.name, topic.root)
    beside = topic.of_group and not of_party and not itself and topic.start < clause.start
    inside = sentence.start <= topic.start < at and end - topic.start < 200
    return topic.root if beside else topic.name, (topic.start, end if inside else topic.end)


def _of_members(scene: Scene, m: re.Match[str]) -> bool:
    """Whether a figure counts the members or deputies of the section's own body: 7名委员先后发言."""
    own = scene.bodies.around(m.start())
    member = _MEMBERS.match(scene.page.flow, m.end()) if own else None
    return bool(own and member and own.root.kind == ("CPPCC" if member[1] == "委员" else "Congress"))


def _of_all_members(scene: Scene, clause: Span) -> Owner | None:
    """The conference or congress of all whose members a clause tells of: 全县委员工作室接待群众1.1万人次."""
    m = _ALL_MEMBERS.match(scene.page.flow, clause.start, clause.end)
    place = scene.topics.place(m[1], clause.start) if m else None
    if m is None or place is None:
        return None
    body = scene.bodies.of("CPPCC" if m[2] in ("政协", "委员") else "Congress", place)
    return (body.name, m.span()) if body else None


def _of_own_work(scene: Scene, topic: Topic, clause: Span, m: re.Match[str]) -> bool:
    """Whether a clause about the whole district counts the work of the section's body: 某市各镇共建成代表联络站20个."""
    own = scene.bodies.around(m.start())
    if own is None or own.place is None or topic.name != own.place.name:
        return False
    about = scene.page.flow[clause.start : min(m.end() + 8, clause.end)]
    return own.root.kind in ("CPPCC", "Congress") and _tells_of_work(own, about)


def _tells_of_work(own: Body | None, about: str) -> bool:
    """Whether words tell of what bodies, or those of this one's kind, do themselves rather than of their district."""
    work = _OWN_WORK.get(own.root.kind) if own else None
    return bool(_OF_BODY.search(about) or (work and work.search(about)))


def _of_statistics(scene: Scene, m: re.Match[str], topic: Topic | None) -> Owner | None:
    """The district whose indicator a figure states, unless a village or an enterprise is spoken of; what it has below it."""
    page, geography, (at, end) = scene.page, scene.geography, m.span()
    sentence, clause = page.sentence(at), page.clause(at, end)
    # Only a change has its indicator in the clause before: 地区生产总值120亿元，同比增长5.2%.
    changed = CHANGES.search(page.flow, clause.start, end)
    own = scene.bodies.around(at)
    reported = own is not None and own.kind == "Government" and (topic is None or topic.name == own.name)
    terms = _REPORTED if reported else _INDICATORS
    if indicator := _indicator(page, terms, max(sentence.start if changed else clause.start, at - 40), end):
        first = indicator.start()
        level = _LEVEL.search(page.flow, max(sentence.start, first - 32), first)
        near = [hit.place for hit in geography.hits_within(max(clause.start, first - 8), first) if hit.place]
        place = scene.topics.place(level[1], first) if level else near[-1] if near else geography.around(at)
        of_topic = topic and topic.lower and not level and not near
        if place and not of_topic and not _OF_BODY.search(page.flow, clause.start, end):
            return place.name, (first, end)
    if _RULES.search(page.flow, clause.start, at) and (place := geography.around(at)):
        return place.name, (clause.start, end)
    return None


def _of_level(scene: Scene, m: re.Match[str], topic: Topic | None) -> Owner | None:
    """The district of which 全市 tells in the clause, or as the subject of a clause before it, unless of a body's own work."""
    page, bodies, (at, end) = scene.page, scene.bodies, m.span()
    sentence, clause = page.sentence(at), page.clause(at, end)
    # 工作室走访全镇900户: whoever the clause opens with did it.
    spoken = bodies.within(clause.start, at) or (topic and clause.start <= topic.start < at)
    level = None if spoken else _LEVEL.search(page.flow, clause.start, at)
    # 走遍全村8个村民组: whoever went there did it, and so did 乙镇联络站, which 在全镇建起12个.
    built = topic and level and sentence.start <= topic.start < clause.start and page.flow[level.start() - 1] == "在"
    if level and (
        (built and not page.flow[level.end()].isdigit()) or page.flow.endswith(_WENT, clause.start, level.start())
    ):
        return None
    if level is None:
        # 全市现有企业50家，带动就业800人: the clauses that follow tell of the same.
        after = max(topic.start if topic else 0, _statement(page, at))
        opens = (
            found
            for found in _LEVEL.finditer(page.flow, after, clause.start)
            if not page.flow.startswith(_NOT_SUBJECT, found.end())
            and _AT_OPENING.search(page.flow, max(0, found.start() - 6), found.start())
        )
        level = max(opens, key=lambda found: found.start(), default=None)
    if level is None:
        return None
    # 全市17个镇（街道）建立协商议事室: what is set up there tells whose doing it is.
    behind = clause.end if _SET_UP.match(page.flow, end) else min(end + 8, clause.end)
    about = page.flow[level.end() : at] + page.flow[end:behind]
    place = None if _tells_of_work(bodies.around(at), about) else scene.topics.place(level[1], at)
    return (place.name, level.span()) if place else None


def _statement(page: Page, at: int) -> int:
    """Where the sentence at *at* begins, or the one before a semicolon that says where all of it comes from.

    报告显示，全县产生垃圾28万吨；设收集点1172个: both are the report's.
    """
    start = first = page.sentence(at).start
    for _ in range(4):
        if first > 0 and page.flow[first - 1] == "；":
            first = page.sentence(first - 2).start
    return first if _SHOWN.match(page.flow, first, start) else start


def _of_section(scene: Scene, at: int, *, of_party: bool) -> Owner | None:
    """The body that the section speaks for, or the district where that is what it tells of."""
    page, bodies = scene.page, scene.bodies
    body = bodies.around(at)
    if body is None:
        return None
    survey = _SURVEY.search(page.document.meta.title) and page.section(at) and scene.geography.around(at)
    if survey:
        return survey.name, (body.start, body.end)
    if _leads(body.name, body.root.name) and not of_party:
        return body.root.name, (body.start, body.end)
    # What a committee tells without a subject happened in its district.
    news = body.kind == "Government" and bodies.sections[page.section(at)] is None
    of_district = (body.kind == "PartyCommittee" and not of_party) or news
    told = body.place if of_district and not body.parent else None
    clause = page.clause(at, at + 1)
    if told and _OF_CONFERENCE.search(page.flow, clause.start, clause.end):
        # 县委书记: 我县现有政协委员296名.
        body = bodies.of("CPPCC", told) or body
        return (body.name if body.kind == "CPPCC" else told.name), (body.start, body.end)
    return (told.name if told else body.name), (body.start, body.end)


def _leads(group: str, root: str) -> bool:
    """Whether a party group leads its whole body: 甲县政协党组, not 甲县政协机关党组."""
    return group == f"{root}党组"


def _each(page: Page, geography: Geography, m: re.Match[str]) -> Owner | None:
    """The district right before a number that takes its part of a sum: 建成议事室156个，其中甲市42个、乙县31个."""
    for hit in geography.hits_within(max(0, m.start() - 12), m.start()):
        if hit.place and hit.end == m.start() and _PART.search(page.flow, max(0, hit.start - 12), hit.start):
            return hit.place.name, (hit.start, hit.end)
    return None


def _indicator(page: Page, terms: re.Pattern[str], start: int, end: int) -> re.Match[str] | None:
    """The first of *terms* in ``flow[start:end]`` that is no part of a name in quotation marks."""
    for m in terms.finditer(page.flow, start, end):
        if not any(len(q.words) <= 24 and q.end > m.start() for q in page.quoted_within(m.start() - 24, m.start())):
            return m
    return None
