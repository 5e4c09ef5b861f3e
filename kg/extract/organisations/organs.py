"""Organs that a text hangs on a body: committees, departments, party groups, branches, offices, stations."""

from __future__ import annotations

import re

from kg import lexicon
from kg.chinese import places, tokens
from kg.extract.bodies import Body
from kg.extract.organisations.findings import Findings
from kg.extract.page import HAN, NUMERAL, PLACE, PLACE_REST
from kg.extract.scope import Place, place_of
from kg.identity import iri

_ABBREVIATED = lexicon.table("committees")
# 市政协常委、经济委员会主任: an office before 、 is no part of the committee's name.
_NO_OFFICE = f"(?!(?:原|兼职)?(?:{lexicon.alternation(lexicon.words('generic', 'office'))})、)"
_COMMITTEE = rf"""(?P<committee>
    {_NO_OFFICE}(?!副?主席|副?秘书长)[{HAN}、]{{2,14}}?委员会(?![议员客])
    |{lexicon.alternation(list(_ABBREVIATED))}
    |[{HAN}]{{2,12}}?(?<![专工常党区县市省州])委(?![员托派任会屈办])
)"""
_TOPIC = lexicon.alternation(lexicon.words("generic", "topic"))
_DEPARTMENT = lexicon.alternation(lexicon.words("departments"))
_NOT_OFFICE = "(?!公|理|好|事|实|法|成|学|医|案|会|展)"

_ANY = re.compile(
    rf"""
    (?P<standing>常委会(?!议)|常务委员会(?!会议))
    |(?P<group>(?:机关)?党组(?!会))
    |(?P<party>机关党委|临时党委|(?:委员)?联合党委)
    |(?P<branch>(?:履职|功能型|联合|流动|机关|第{NUMERAL}+|临时)?(?:党总支|党支部))
    |(?P<office>办公室|办公厅|秘书处|研究室)
    """,
    re.VERBOSE,
)
_WORDS = f"[{HAN}]{{2,8}}?"
# What tells a branch from its body: 市生态环境局某县分局, 县法院某镇人民法庭.
_BELOW = f"[{HAN}{PLACE}{PLACE_REST}]{{2,6}}?"
_OF_KIND = {
    "CPPCC": rf"""
        {_COMMITTEE}
        |(?P<chamber>(?!委员工)(?:{_TOPIC}|[和与])+工作室)
        |(?P<other>[{HAN}]{{2,12}}?(?:领导|协调)小组|[{HAN}]{{2,8}}?工作专班|[{HAN}]{{0,6}}?(?:工委|工作委员会|联络组|联络室|联络处)
          |书画院|书画社|艺术团|理论研究会|联谊会|[{HAN}]{{0,6}}?服务中心|[{HAN}]{{2,12}}?工作办公室)
        |(?P<branch>[{HAN}]{{2,10}}?(?:党支部|党总支|联合党委))
        |(?P<station>(?!整合|打造|依托|组建|设立|成立|建立|建成|推进|推动|借助|通过|利用){_WORDS}委员(?:工作[站室]|联络站|活动室))
    """,
    "PartyCommittee": rf"""
        (?P<department>{_DEPARTMENT}|办{_NOT_OFFICE})
        |(?P<other>[{HAN}]{{2,14}}?(?:领导|协调)小组(?:办公室)?|[{HAN}]{{2,10}}?(?:委员会|工委)(?![议员]))
    """,
    "Congress": rf"""
        (?P<office>办公室|机关)
        |(?P<presidium>主席团)
        |{_COMMITTEE}
        |(?P<department>[{HAN}]{{2,8}}?工作委员会)
    """,
    "Government": rf"""
        (?P<department>[{HAN}]{{0,8}}?(?:局|委员会|办公室|办公厅|督办室|督查室|厅|(?<![主领交督承协会举包查帮])办{_NOT_OFFICE}))(?![长主])
    """,
    "Department": rf"""
        (?P<office>
            第{NUMERAL}+[{HAN}]{{2,6}}?室
            |[{HAN}]{{2,6}}?(?:监督室|审理室|监督检查室|审查调查室|信访室|案管室)
            |派驻[{HAN}]{{2,12}}?纪检监察组
        )
        |(?P<department>(?:{_BELOW}分局|{_BELOW}派出所|[{HAN}]{{2,6}}?(?:大队|支队|中队|站)))(?![长点])
    """,
    "Company": f"(?P<company>{_BELOW}(?:支行|分行|支公司|分公司|营业部|供电所))",
    "Court": f"(?P<court>{_BELOW}人民法庭)",
    "Committee": "(?P<branch>(?:履职|功能型|联合)?(?:党总支|党支部))|(?P<office>办公室)",
}
_ORGANS = {kind: re.compile(pattern, re.VERBOSE) for kind, pattern in _OF_KIND.items()}
_COMMITTEES = re.compile(_COMMITTEE, re.VERBOSE)
# 区政协三届委员会 is the body itself in its third term, not a committee of it.
_TERM = re.compile(f"第?{NUMERAL}+届")
_KIND_OF_GROUP = {
    "standing": "", "group": "PartyGroup", "party": "PartyCommittee", "branch": "PartyBranch", "office": "Department",
    "committee": "Committee", "other": "Other", "station": "Station", "department": "Department", "presidium": "Congress",
    "company": "Company", "court": "Court", "chamber": "Committee",
}  # fmt: skip
# 区政协界别党支部, 各委员联合党委: classes of organs, none of them by name.
_CLASS = re.compile("(?:各|所属|下属|界别|专委会|委员)(?:党支部|党总支|委员会|委员工作室)")
_REPORTS = re.compile("(?:所?作的?|，?向大会|(?:工作)?报告)")
_OFFICES = ("办公室", "办")
_BRANCH = re.compile("(?:分局|支行|分行|支公司|分公司)$")
_SURE = frozenset({"standing", "group", "party", "branch", "office"})


def organs(found: Findings, body: Body) -> int:
    """Follow the chain of organs that the text hangs on a body; note each; return where it ends."""
    at = body.end
    while m := _organ(found, body, at):
        kind = _KIND_OF_GROUP[str(m.lastgroup)]
        at = m.end()
        if not kind:
            if _REPORTS.match(found.flow, at):
                # A standing committee counts as a body of its own where it reports in its own name.
                id_ = f"{body.id}/{iri('常委会')}"
                standing = Body(body.start, at, id_, body.name + "常委会", body.kind, body.place, body.name, body)
                found.note(standing, "body.organ")
            continue
        words = found.flow[m.start() : at]
        if kind == "Committee" and words.endswith("委"):
            words = _ABBREVIATED.get(words, words + "员会")
        id_ = f"{body.id}/{iri(words)}"
        joint = _joint(found, body) if kind == "Department" else None
        name = body.name + words
        if joint and words in _OFFICES:
            # 县委、县政府办公室: each has its own, but one 督查室 serves both.
            own = Body(
                joint.start, at, f"{joint.id}/{iri(words)}", joint.name + words, kind, joint.place, joint.name, joint
            )
            found.note(own, "body.coordinated")
        elif joint:
            name = f"{joint.name}、{body.name[-3:]}{words}"
        hit = found.geography.at(m.start())
        place = hit.place if hit and hit.place else _of_branch(words, body) or body.place
        body = found.note(Body(body.start, at, id_, name, kind, place, body.name, body), "body.organ")
        if kind == "Committee" and body.parent and body.parent.kind == "CPPCC":
            further = _further(found, body, at)
            if further > at:
                return further
    return at


def _of_branch(words: str, body: Body) -> Place | None:
    """The county that a branch is named after, where its short name is a word elsewhere: 市生态环境局高明分局."""
    branch = body.place and _BRANCH.search(words)
    named = places.named(words[: branch.start()], within=body.place.near, level=3) if branch and body.place else ()
    return place_of(named[0].code) if len(named) == 1 else None


def _further(found: Findings, body: Body, at: int) -> int:
    """The further committees of one conference that 、 and 和 join to the first (区政协社法委、提案委)."""
    while body.parent and found.flow[at : at + 1] in ("、", "和") and (m := _COMMITTEES.match(found.shadow, at + 1)):
        # 县政协学习委、县教委: the second has a level of its own.
        if m[0][0] in "省市区县旗州盟" or not found.page.borders[m.end()] or not found.nouns(at + 1, m.end()):
            break
        words = m[0] if m[0].endswith("会") else _ABBREVIATED.get(m[0], m[0] + "员会")
        parent = body.parent
        id_ = f"{parent.id}/{iri(words)}"
        found.note(
            Body(at + 1, m.end(), id_, parent.name + words, "Committee", body.place, parent.name, parent), "body.organ"
        )
        at = m.end()
    return at


def _organ(found: Findings, body: Body, at: int) -> re.Match[str] | None:
    """The organ that stands at *at*, if its words are a name."""
    for pattern in (_ANY, _ORGANS.get(body.kind)):
        m = pattern.match(found.shadow, at) if pattern else None
        if m and (_TERM.match(m[0]) or m[0][0] in "与和同及" or _CLASS.match(m[0])):
            return None
        if m and tokens.tag(m[0][:2]) in ("t", "r"):
            return None  # 县财政局|每年安排联络站经费
        sure = m and m.lastgroup in _SURE and pattern is not _ORGANS.get("CPPCC")
        if m and (sure or found.nouns(m.start(), m.end() - (4 if m[0].endswith("协调小组") else 0))):
            return m
    return None


def _joint(found: Findings, body: Body) -> Body | None:
    """The committee that shares an office with the government named behind it: 区委、区政府督查室."""
    before = found.bodies[-2] if len(found.bodies) > 1 else None
    joint = (
        before
        and (before.kind, body.kind) == ("PartyCommittee", "Government")
        and before.end + 1 == body.start
        and found.flow[before.end] == "、"
    )
    return before if joint else None
