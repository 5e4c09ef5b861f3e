"""Named undertakings of bodies: quoted, known nationwide, or unquoted fixed designations that the text says are run."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg import lexicon
from kg.extract import components
from kg.extract.draft import Drafts
from kg.extract.organisations import Bodies, Body
from kg.extract.page import HAN, Page
from kg.extract.quotes import Judged, segments
from kg.identity import NATION, iri, normal

_CAMPAIGNS = re.compile(lexicon.alternation([r[0] for r in lexicon.rows("campaigns")]))
_STOPS = frozenset(lexicon.words("stops"))
_SET_UP = "建立了?|建立健全|推行了?|实行了?|落实|严格落实|执行|创立了?|首创了?|设立了?|出台了?|实施了?|创新实施|创新推行|探索建立了?|探索实行|率先建立|率先实行|率先推行|构建了?|构建起|形成了?"
_RULED = re.compile(
    rf"(?:{_SET_UP})(?P<lead>[^，。；“”]{{0,12}}?)(?P<name>[{HAN}、]{{3,16}}?(?P<head>制度|机制|责任制|清单制|工作法))(?=[，。；、和及\n]|$)"
)
_CARRIED_OUT = re.compile(
    rf"(?:开展了?|部署的|部署开展|发起的?|深入开展|扎实开展|组织开展了?|启动了?|实施了?|推进了?|深化)(?P<name>[{HAN}]{{2,14}}?(?P<head>专项行动|攻坚行动|主题实践活动|主题教育活动|专项整治行动|三年行动|提升行动|百日行动|行动计划|述职活动|年活动))(?=[，。；、和及的\n]|$)"
)
_YEAR_LONG = re.compile(
    rf"(?P<name>[{HAN}]{{2,12}}(?:建设|提升|落实|执行|攻坚|创新|推进|服务|作风|突破|深化|整治|治理|改革|发展|项目)年)活动"
)
_LECTURE = re.compile(
    rf"(?P<name>(?:政协|委员|代表|人大|书香|同心|干部|机关)[{HAN}]{{0,3}}(?:大讲堂|会客厅|议事厅|直播间))"
)
_VAGUE = re.compile(
    r"^(?:工作|长效|有效|完善的?|各项|相关|有关|规章|内部|常态化|体制|管理|良性|科学|协调|协作|联动|沟通|保障|激励|考核|监督|运行|领导|学习|责任|基本|根本|各类|这一|一系列|系列|专项|一套|中国特色|政治|社会主义|新型|政党|民族区域自治|现代企业|长效常态|联席会议|联络|反馈|工作协调|各种)*(?:制度|机制|责任制|工作法|清单制)$"
)
_BY = re.compile("由$|在$")


def find(page: Page, bodies: Bodies, judged: Sequence[Judged], drafts: Drafts) -> None:
    """Note every named undertaking with its owners and parts."""
    taken = bytearray(len(page.flow) + 1)
    for title in page.titled:
        taken[title.start : title.end] = b"\1" * (title.end - title.start)
    for m in _CAMPAIGNS.finditer(page.flow):
        if taken[m.start()]:
            continue
        name = lexicon.table("campaigns")[m[0]]
        taken[m.start() : m.end()] = b"\1" * (m.end() - m.start())
        id_ = iri("initiative", NATION, normal(name))
        draft = drafts.note("Initiative", id_, name, m.span(), "initiative.campaign")
        draft.add("kind", "Activity")
        clause = page.clause(*m.span())
        if re.search("开展|组织|确保|推进|推动|扎实|抓好|部署", page.flow[clause.start : m.start()]):
            for owner, words in _owners(page, bodies, m.start()):
                stop = m.end() if words[1] == m.start() else words[1]
                drafts.note(
                    "Initiative",
                    id_,
                    name,
                    (words[0], stop),
                    "initiative.owner-subject",
                    supports=[("owners", owner.name)],
                    naming=False,
                )
    for j in judged:
        if j.sort == "initiative":
            _note(page, bodies, drafts, j.name, j.kind, (j.quoted.start, j.end), j.rule)
            taken[j.quoted.start : j.quoted.end] = b"\1" * (j.quoted.end - j.quoted.start)
    for j in judged:
        taken[j.quoted.start : j.quoted.end] = b"\1" * (j.quoted.end - j.quoted.start)
    for pattern, rule in (
        (_RULED, "initiative.ruled"),
        (_CARRIED_OUT, "initiative.carried-out"),
        (_YEAR_LONG, "initiative.year-long"),
        (_LECTURE, "initiative.lecture"),
    ):
        for m in pattern.finditer(page.flow):
            start, end = _trim(page, m.start("name"), m.end("name"))
            name = page.flow[start:end]
            if taken[start] or taken[end - 1] or len(name) < 4 or _VAGUE.match(name) or "的" in name:
                continue
            if rule == "initiative.ruled" and ("、" in name or len(name) < 6):
                continue
            head = m.groupdict().get("head") or ""
            kind = (
                "Mechanism"
                if head in ("制度", "机制", "责任制", "清单制")
                else "Method"
                if head == "工作法"
                else "Platform"
                if rule == "initiative.lecture"
                else "Activity"
            )
            _note(page, bodies, drafts, name, kind, (start, end), rule)
            taken[start:end] = b"\1" * (end - start)


def _trim(page: Page, start: int, end: int) -> tuple[int, int]:
    """Cut what a greedy match took before the name: up to the last stop word or comma among its tokens."""
    flow, boundaries = page.flow, page.boundaries
    at = begin = start
    for i in range(start + 1, end):
        if boundaries[i]:
            if flow[at:i] in _STOPS and flow[at:i] not in (
                "联系",
                "服务",
                "学习",
                "报告",
                "建设",
                "指导",
                "调研",
                "提升",
            ):
                begin = i
            at = i
    while begin < end - 4 and not boundaries[begin]:
        begin += 1
    return begin, end


def _owners(page: Page, bodies: Bodies, at: int) -> list[tuple[Body, tuple[int, int]]]:
    """Who runs what is named at *at*: the body before it that acts, else the body the section speaks for."""
    maker = bodies.maker(at)
    if maker:
        return [(maker, (maker.start, at))]
    owner = bodies.subject(at)
    own = bodies.of_section(page.section(at))
    sentence = page.sentence(at)
    if owner is None:
        return []
    if owner.kind == "PartyGroup" and owner.parent and own and own.id == owner.parent.id:
        owner = own
    if own and owner.place and own.place and owner.id != own.id and owner.start >= sentence.start:
        chain = own
        while chain.parent:
            chain = chain.parent
            if chain.id == owner.id:
                return [(owner, (owner.start, at)), (own, (own.start, own.end))]
    return [(owner, (owner.start, at) if sentence.start <= owner.start < at else (owner.start, owner.end))]


def _note(page: Page, bodies: Bodies, drafts: Drafts, name: str, kind: str, span: tuple[int, int], rule: str) -> None:
    owners = _owners(page, bodies, span[0])
    near = next((o.place.near for o, _ in owners if o.place), NATION)
    id_ = iri("initiative", near, normal(name))
    draft = drafts.note("Initiative", id_, name, span, rule)
    draft.add("kind", kind)
    draft.surfaces.setdefault(name, None)
    for owner, words in owners:
        stop = span[1] if words[1] == span[0] else words[1]
        drafts.note(
            "Initiative",
            id_,
            name,
            (words[0], stop),
            "initiative.owner-subject" if stop == span[1] else "initiative.owner-section",
            supports=[("owners", owner.name)],
            naming=False,
        )
    if "、" in name and kind in ("Mechanism", "Method", "Platform", "Brand"):
        parts = [("components", part) for part in segments(name)]
        drafts.note("Initiative", id_, name, span, "parts.parallel", supports=parts, naming=False)
    components.note(page, drafts, "Initiative", id_, name, span)
