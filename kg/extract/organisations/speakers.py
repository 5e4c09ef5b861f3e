"""The body each section speaks for, and the one the whole document is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from kg.chinese import places
from kg.extract.bodies import Bodies, Body
from kg.extract.page import HAN
from kg.extract.scope import TOWNSHIPS, Geography, Place

_WEIGHT = {"title": 5, "subtitle": 5, "heading": 2}
_MAIN_KINDS = frozenset({"CPPCC", "PartyCommittee", "Government", "Congress", "Department"})

_BELOW = frozenset({"Committee", "Station"})
_ADDRESSED = re.compile("(?:^|[。！!\n])各位(委员|代表)(?=[，！!、：:])")
_ITS_COMMITTEE = re.compile(f"(?:^|[。；\n])常委会(?!会?议)[{HAN}]")
# What a title calls an account of somebody's work, behind its name: 2023年工作情况报告, 履职纪实.
_ACCOUNT = re.compile(
    r"(?:\d{4}年度?|[一二〇○零三四五六七八九]{4}年度?|上半年|五年来|年度)*(?:工作|履职|活动|协商|建设)*(?:情况)?的?"
    r"(?:报告|总结|综述|纪实|纪事|记事|见闻|掠影|侧记|回眸|回顾|扫描|速写|小记|汇报|特写|巡礼|亮点)(?=[（(\s]|$)",
    re.MULTILINE,
)
# 市委书记甲，市委常委乙: who is there says little of whom a text is about.
_NAMES_OFFICER = re.compile("(?:副?书记|副?秘书长|常委|副?主席|副?主任|副?部长)(?!会)")
# ——记“甲委员工作室”负责人甲.
_ITS_HEAD = re.compile("”?(?:负责人|召集人|领办人|主持人|牵头人)")
# Whom a portrait is of: 委员甲和他的工作室.
_PORTRAIT = re.compile(rf"(?P<who>[{HAN}]{{2,3}})(?:和|与)[她他]的[{HAN}“”]{{0,8}}(?:工作室|工作站|联络站)")


def of_sections(bodies: Bodies, geography: Geography) -> list[Body | None]:
    """The body each section speaks for: named by its speaker line, its heading, or its opening words."""
    page = bodies.page
    out: list[Body | None] = [None] * len(page.document.sections)
    speech = False
    for rank in ("speaker", "heading", "paragraph"):
        for body in bodies.mentions:
            line = page.line(body.start)
            if line.kind != rank or out[line.section] is not None or body.place is None or body.kind == "Media":
                continue
            # A speech is its speaker's throughout; elsewhere a section may name its body in its opening words.
            opening = page.openings.get(line.section, body.start)
            late = line.section == 0 or body.start - opening > 12 or "是" in page.flow[opening : body.start]
            # A paragraph of another district than its section's says nothing of the section.
            if rank == "paragraph" and (speech or late or line.start in geography.paragraphs):
                continue
            if rank == "paragraph" and not bodies.opens(body):
                continue
            longest = max(bodies.within(body.start, body.start + 1), key=lambda b: b.end)
            # 党组书记 speaks for the body, not for its party group.
            headed = page.flow.startswith(("书记", "副书记", "成员"), longest.end)
            if longest.kind == "PartyGroup" and longest.parent and headed:
                longest = longest.parent
            out[line.section] = longest
        speech = out[0] is not None
    return page.inherited(out)


def with_committees(bodies: Bodies, committees: Mapping[int, Body]) -> Sequence[Body | None]:
    """The bodies of the sections, with the committees that head some of them and what is below these."""
    if not committees:
        return bodies.sections
    own = bodies.page.inherited([committees.get(index) for index in range(len(bodies.sections))])
    return [committee or body for committee, body in zip(own, bodies.sections, strict=True)]


def main(bodies: Bodies, geography: Geography) -> Body | None:
    """The body the whole document is about: the one of its home district spoken of most."""
    home = geography.home
    if bodies.sections and bodies.sections[0]:
        return bodies.sections[0]
    if accounted := _accounted(bodies) or _of_township(bodies, geography) or _reporting(bodies, home):
        return accounted
    count: Counter[str] = Counter()
    first: dict[str, Body] = {}
    for body in bodies.mentions:
        root = body.root
        if root.place is None or root.kind not in _MAIN_KINDS or _above(root.place, home):
            continue
        line = bodies.page.line(body.start)
        # A page of several bodies is about none of them, but about what their parts leave.
        if bodies.sections and bodies.sections[line.section] is not None and len(set(bodies.sections)) > 2:
            continue
        before = bodies.page.flow[body.start - 1] if body.start > line.start else "。"
        if before in "，、：" and _NAMES_OFFICER.match(bodies.page.flow, body.end):
            continue
        opens = before in "，。；"
        at_home = home is not None and root.place.id == home.id
        in_passing = root.kind == "PartyCommittee" and not opens
        count[root.id] += _WEIGHT.get(line.kind, 1) + 2 * opens + 2 * at_home - in_passing
        first.setdefault(root.id, root)
    return first[min(count, key=lambda i: (-count[i], first[i].start, i))] if count else None


def _accounted(bodies: Bodies) -> Body | None:
    """The committee or station whose work the title or the line under it gives an account of."""
    flow = bodies.page.flow
    for line in bodies.page.document.lines:
        if line.kind not in ("title", "subtitle"):
            continue
        for body in bodies.within(line.start, line.end):
            told = body.parent and _ACCOUNT.match(flow, body.end)
            if body.kind in _BELOW and (told or _ITS_HEAD.match(flow, body.end)):
                return body
        if portrait := _PORTRAIT.search(flow, line.start, line.end):
            stations = (b for b in bodies.mentions if b.kind == "Station" and portrait["who"] in b.name)
            return next(stations, None)
    return None


def _reporting(bodies: Bodies, home: Place | None) -> Body | None:
    """The conference or congress whose standing committee reports to 各位委员 or 各位代表, where the head of the report is cut off."""
    addressed = _ADDRESSED.search(bodies.page.flow)
    if addressed is None or not _ITS_COMMITTEE.search(bodies.page.flow):
        return None
    return bodies.of("CPPCC" if addressed[1] == "委员" else "Congress", home)


def _of_township(bodies: Bodies, geography: Geography) -> Body | None:
    """The committee or government of the township whose undertaking the title tells of: ——甲县乙镇“丙”行动观察."""
    lines = [line for line in bodies.page.document.lines if line.kind in ("title", "subtitle")]
    if not lines or any(bodies.within(line.start, line.end) for line in lines):
        return None
    hits = [hit for line in lines for hit in geography.hits_within(line.start, line.end)]
    towns = {hit.place.id for hit in hits if hit.place and hit.place.name.endswith(TOWNSHIPS)}
    if len(towns) != 1:
        return None
    own = [b.root for b in bodies.mentions if b.root.place and b.root.place.id in towns]
    kinds = ("PartyCommittee", "Government")
    return next((b for kind in kinds for b in own if b.kind == kind), None)


def of_paragraphs(bodies: Bodies, geography: Geography) -> dict[int, Body]:
    """The body of each paragraph that speaks for a district of its own, and of those in sections that only name a district.

    It is of the kind that the document is about: the conference of the county where the page is of conferences.
    """
    out: dict[int, Body] = {}
    kind = bodies.main.root.kind if bodies.main else "CPPCC"
    for line in bodies.page.document.lines:
        own = geography.paragraphs.get(line.start)
        section, speaker = geography.sections[line.section], bodies.sections[line.section]
        place = own or (section if section and (speaker is None or _is_sister(speaker, section)) else None)
        if place is None or line.kind not in ("paragraph", "heading"):
            continue
        if body := bodies.of(kind, place):
            out[line.start] = body
    return out


def _is_sister(body: Body, place: Place) -> bool:
    """Whether a body is of another county than *place*."""
    other = body.root.place
    return bool(other and other.is_county and place.is_county and other.near != place.near) and not (
        places.is_within(place.near, other.near if other else "")
        or places.is_within(other.near if other else "", place.near)
    )


def _above(place: Place, home: Place | None) -> bool:
    """Whether a place lies above the one the document speaks from: what 省政协 does is not what a county's text is about."""
    known = home is not None and home.code and place.code and place.code != home.near
    return bool(known and home and places.is_within(home.near, place.code or ""))
