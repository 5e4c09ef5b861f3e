"""Named undertakings of bodies: quoted, known nationwide, or unquoted fixed designations that the text says are run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg import lexicon
from kg.extract import components
from kg.extract.bodies import OFFICER, Bodies, Body
from kg.extract.draft import Draft, Drafts
from kg.extract.page import HAN, NAMED_BODY, Page
from kg.extract.quotes import Judged, segments
from kg.identity import NATION, iri, normal

_CAMPAIGNS = lexicon.table("campaigns")
_CAMPAIGN = re.compile(lexicon.alternation(list(_CAMPAIGNS)))
_NATIONWIDE = {normal(spelling): name for spelling, name in _CAMPAIGNS.items()}
_CAMPAIGN_RUN = re.compile("开展|梳理|巩固|深化|组织|确保|推进|推动|扎实|抓好|部署")
_STOPS = frozenset(lexicon.words("stops")) - {"联系", "服务", "学习", "报告", "建设", "指导", "调研", "提升"}
# Names of systems end in 制 and a word before it: 票决制, 领办制; not 体制, 改制, 控制.
_BY_TURNS = f"[{HAN}]{{2}}(?<![体机改控编限抑管强研定绘录印复牵节克自])"
# The first that fits wins: 建立 before 建立健全.
_SET_UP = """
    建立了?|建立健全|推行的|推行了?|试行|实行了?|落实|严格落实|执行|创立了?|首创了?|设立了?|出台了?|实施了?|创新实施|创新推行
    |探索建立了?|探索实行|率先建立|率先实行|率先推行|构建了?|构建起|形成了?
"""
_RULED = re.compile(
    rf"""
    (?:{_SET_UP})[^，。；“”]{{0,12}}?
    (?P<name>[{HAN}、]{{2,16}}?(?P<head>制度|机制|(?:{_BY_TURNS})制|工作法|[两三四五六七八九十]级[{HAN}]{{2,6}}体系))(?=[，。；：（、和及\n]|$)
    """,
    re.VERBOSE,
)
_CARRIED_OUT = re.compile(
    rf"""
    (?:开展了?|确定的|确定为|部署的|部署开展|发起的?|深入开展|扎实开展|组织开展了?|启动了?|实施了?|推进了?|深化)
    (?P<name>[{HAN}]{{2,14}}?
      (?:专项行动|攻坚行动|主题实践活动|主题教育活动|专项整治行动|三年行动|提升行动|百日行动|行动计划|述职活动|年活动|提质增效行动|提质行动|攻坚战|大讨论活动
      |(?:能力|素质|素养|质效|品质)提升(?:工程|计划)|三年计划|五年计划|倍增计划|行动方案|(?:{lexicon.alternation(lexicon.words("generic", "year"))})年)
    )(?=[，。；、和及的\n]|$)
    """,
    re.VERBOSE,
)
_YEAR_LONG = re.compile(rf"(?P<name>[{HAN}]{{2,12}}(?:{lexicon.alternation(lexicon.words('generic', 'year'))})年)活动")
_NEXT_RULED = re.compile(
    rf"[、和及](?P<name>[{HAN}]{{4,16}}?(?P<head>制度|机制|(?:{_BY_TURNS})制|工作法))(?=[，。；、和及\n]|$)"
)
_ALIKE = re.compile(rf"开展了?(?P<list>[{HAN}]{{3,10}}(?:、[{HAN}]{{3,10}})+)(?:等)?(?:系列|主题)?活动")
_GREAT = re.compile(rf"(?P<name>(?:大[{HAN}]{{2}}){{2,4}})活动")
# 百名委员进百企, 千企帮千村: built alike, whatever runs it.
_HUNDREDS = re.compile(
    rf"(?<![一二三四五六七八九十数几余近\d])(?P<name>(?P<n>[百千万])[{HAN}]{{2,6}}(?P=n)[{HAN}]{{1,2}}(?:、[百千万][{HAN}]{{3,8}}?)*)(?=(?:主题|专项|系列|大)?(?:活动|行动))"
)
# 第七届甲县石斛文化节; 2025年是甲业振兴三年行动决胜之年.
_FESTIVAL = re.compile(
    rf"第[一二三四五六七八九十\d]{{1,3}}届(?P<name>[{HAN}]{{2,12}}?(?:文化|旅游|艺术|美食|采摘|民俗|丰收|音乐|农民){{1,3}}节)(?=[，。；、和及的“\n]|期间|活动|开幕|举行|上)"
)
_LASTING = re.compile(
    rf"是(?P<name>[{HAN}]{{3,12}}?(?:三年|五年)行动)(?=的?(?:决胜|攻坚|首战|收官|开局|起步|深化|关键)(?:之年|[一之]年))"
)
_LECTURE = re.compile(
    rf"(?P<name>(?:政协|委员|代表|人大|书香|同心|干部|机关)[{HAN}]{{0,3}}(?:大讲堂|会客厅|议事厅|直播间))"
)
_VAGUE = re.compile(
    rf"^(?:{lexicon.alternation(lexicon.words('generic', 'rule'))})*(?:制度|机制|责任制|工作法|清单制)$"
)
# 在县博物馆举办“…”: where, not who.
_PLACED = re.compile("[在到赴于]")
_STATION = re.compile(
    "(?:^|[，。；：\n]|这是)(?:该|这[个间家])?(?P<word>工作室|工作站)(?=[“]|实行|推出|开展|创新|打造|推行|举办|设立|都|还|每)"
)
_BY = re.compile(rf"[^，。；]{{0,8}}?[是，]?由(?={NAMED_BODY})")
_SUM = re.compile(rf"[{HAN}]+(?:\+[{HAN}]+)+")
_BY_HEAD = (("工作法", "Method"), ("工程", "Project"), ("计划", "Plan"), ("方案", "Plan"))
_UNQUOTED = (
    (_RULED, "initiative.ruled", "Mechanism"),
    (_CARRIED_OUT, "initiative.carried-out", "Activity"),
    (_YEAR_LONG, "initiative.year-long", "Activity"),
    (_GREAT, "initiative.carried-out", "Activity"),
    (_HUNDREDS, "initiative.carried-out", "Activity"),
    (_FESTIVAL, "initiative.carried-out", "Activity"),
    (_LASTING, "initiative.carried-out", "Activity"),
    (_LECTURE, "initiative.lecture", "Platform"),
)


def find(page: Page, bodies: Bodies, judged: Sequence[Judged], drafts: Drafts) -> None:
    """Note every named undertaking with its owners and parts."""
    taken, campaigns = page.in_titles(), page.marks()
    for m in _CAMPAIGN.finditer(page.flow):
        if not taken[m.start()]:
            taken.mark(*m.span())
            campaigns.mark(*m.span())
            _campaign(page, bodies, drafts, _CAMPAIGNS[m[0]], m.span())
    for j in judged:
        if j.sort == "initiative" and (campaign := _NATIONWIDE.get(normal(j.name))):
            _campaign(page, bodies, drafts, campaign, (j.quoted.start, j.quoted.end))
        # “党史”学习教育 is the campaign, not an undertaking called 党史.
        elif j.sort == "initiative" and not campaigns[j.quoted.start]:
            _note(page, bodies, drafts, j.name, j.kind, (j.quoted.start, j.end), j.rule)
    for j in judged:
        taken.mark(j.quoted.start, j.quoted.end)
    for pattern, rule, kind in _UNQUOTED:
        for m in pattern.finditer(page.flow):
            span = _unquoted(page, m, rule)
            if span and not taken[span[0]] and not taken[span[1] - 1]:
                name = page.flow[slice(*span)]
                _note(page, bodies, drafts, name, next((k for w, k in _BY_HEAD if name.endswith(w)), kind), span, rule)
                taken.mark(*span)
            for further in _also_ruled(page, m) if rule == "initiative.ruled" else ():
                name = further["name"]
                if not _VAGUE.match(name) and len(name) >= 6 and not taken[further.start("name")]:
                    _note(page, bodies, drafts, name, kind, further.span("name"), rule)
                    taken.mark(*further.span("name"))
    for m in _ALIKE.finditer(page.flow):
        at = m.start("list")
        names = m["list"].split("、")
        alike = len({name[-1] for name in names}) == 1 and "的" not in m["list"]
        for name in names:
            if alike and not taken[at]:
                _note(page, bodies, drafts, name, "Activity", (at, at + len(name)), "initiative.carried-out")
            at += len(name) + 1


def _also_ruled(page: Page, m: re.Match[str]) -> Iterator[re.Match[str]]:
    """The further names that one verb sets up: 建立甲制度、乙制度和丙制度."""
    further = _NEXT_RULED.match(page.flow, m.end())
    while further:
        yield further
        further = _NEXT_RULED.match(page.flow, further.end())


def _unquoted(page: Page, m: re.Match[str], rule: str) -> tuple[int, int] | None:
    """Where the name of an unquoted designation stands, if it is more than a kind of thing."""
    start, end = _trim(page, *m.span("name"))
    name = page.flow[start:end]
    if len(name) < 4 or _VAGUE.match(name) or "的" in name or page.flow[start - 1].isdigit():
        return None
    if rule == "initiative.ruled" and len(name) < 6 and m["head"] != "工作法":
        return None
    if "、" in name and not _parallel(name.removesuffix(m["head"]).split("、")):
        return None
    return start, end


def _parallel(items: list[str]) -> bool:
    """Whether the items before one head are built alike: 周调度、月通报、季考核机制; 主席联系常委、常委联系委员制度."""
    sizes = [len(item) for item in items]
    shared = [c for c in {items[0][i : i + 2] for i in range(len(items[0]) - 1)} if all(c in item for item in items)]
    return min(sizes) >= 3 and (max(sizes) - min(sizes) <= 1 or bool(shared))


def _campaign(page: Page, bodies: Bodies, drafts: Drafts, name: str, span: tuple[int, int]) -> None:
    """Note a nationwide campaign, and who runs it where the clause says that somebody does."""
    draft = drafts.note("Initiative", iri("initiative", NATION, normal(name)), name, span, "initiative.campaign")
    draft.add("kind", "Activity")
    if _CAMPAIGN_RUN.search(page.flow, page.clause(*span).start, span[0]):
        _state_owners(draft, _owners(page, bodies, span), span, "initiative.campaign")


def _state_owners(draft: Draft, owners: list[tuple[Body, tuple[int, int]]], span: tuple[int, int], rule: str) -> None:
    """State who runs what is named at *span*: in one stretch of words, or where its section names who speaks."""
    known = draft.values.get("owners", ())
    for owner, (start, stop) in owners:
        # What an office does under the name is its body's undertaking still.
        if owner.parent and owner.root.name in known:
            continue
        if stop == span[0] or start == span[0]:
            draft.state((start, max(stop, span[1])), "initiative.owner-subject", ("owners", owner.name))
        else:
            draft.state((start, stop), "initiative.owner-section", ("owners", owner.name))
            draft.state(span, rule, ("owners", owner.name))


def _trim(page: Page, start: int, end: int) -> tuple[int, int]:
    """Cut what a greedy match took before the name: up to the last stop word or comma among its tokens."""
    flow, boundaries = page.flow, page.boundaries
    at = begin = start
    for i in range(start + 1, end):
        if boundaries[i]:
            if flow[at:i] in _STOPS or flow[at:i] == "好":  # 落实好|甲乙制度
                begin = i
            at = i
    while begin < end - 4 and not boundaries[begin]:
        begin += 1
    return begin, end


def _owners(page: Page, bodies: Bodies, span: tuple[int, int]) -> list[tuple[Body, tuple[int, int]]]:
    """Who runs what is named at *span*: the bodies beside it that act, else the body the section speaks for."""
    at = span[0]
    maker = bodies.maker(at)
    if maker and not _PLACED.search(page.flow, maker.start - 1, maker.start):
        makers = bodies.joined(maker)
        return _with_whole(page, maker, (maker.start, at)) if len(makers) == 1 else [(m, (m.start, at)) for m in makers]
    if passive := _BY.match(bodies.shadow, span[1]):
        first = max(bodies.within(passive.end(), passive.end() + 1), key=lambda b: b.end)
        return [(body, (at, body.end)) for body in bodies.joint(first, len(page.flow))]
    acting = bodies.acting(at)
    if len(acting) > 1:
        return [(body, (body.start, at)) for body in acting]
    owner, own = acting[0] if acting else bodies.around(at), bodies.around(at)
    if not acting and (station := _station(page, bodies, at)):
        return [(station, (station.start, station.end))]
    if owner is None:
        return []
    sentence = page.sentence(at)
    if owner.kind == "PartyGroup" and owner.parent and own and own.id == owner.parent.id:
        owner = own
    if own and owner.place and own.place and owner.start >= sentence.start and _is_organ_of(own, owner):
        return [(owner, (owner.start, at)), (own, (own.start, own.end))]
    return _with_whole(page, owner, (owner.start, at if sentence.start <= owner.start < at else owner.end))


def _with_whole(page: Page, owner: Body, words: tuple[int, int]) -> list[tuple[Body, tuple[int, int]]]:
    """*owner* and, if it is a committee or office, the conference or congress whose undertaking it is too."""
    if owner.parent is None or owner.kind not in ("Committee", "Department"):
        return [(owner, words)]
    whole = [(owner.root, words)] if owner.root.kind in ("CPPCC", "Congress") else []
    return whole if whole and OFFICER.match(page.flow, owner.end) else [(owner, words), *whole]


def _station(page: Page, bodies: Bodies, at: int) -> Body | None:
    """The station that a sentence calls 工作室 alone: 工作室实行“…”, 这是工作室“…”."""
    sentence = page.sentence(at)
    named = _STATION.search(page.flow, max(0, sentence.start - 1), at + 1)
    if not named:
        return None
    start = max(page.document.sections[page.section(at)].start, at - 2000)
    return next((b for b in reversed(bodies.within(start, named.start())) if b.name.endswith(named["word"])), None)


def _is_organ_of(organ: Body, body: Body) -> bool:
    """Whether one body is an organ of another, however deep."""
    return organ.parent is not None and (organ.parent.id == body.id or _is_organ_of(organ.parent, body))


def _note(page: Page, bodies: Bodies, drafts: Drafts, name: str, kind: str, span: tuple[int, int], rule: str) -> None:
    """Note an undertaking with its owners and parts."""
    owners = _owners(page, bodies, span)
    near = next((owner.near for owner, _ in owners if owner.near), NATION)
    draft = drafts.note("Initiative", iri("initiative", near, normal(name)), name, span, rule)
    draft.add("kind", kind)
    draft.surfaces.setdefault(name, None)
    _state_owners(draft, owners, span, rule)
    parts = name.split("+") if _SUM.fullmatch(name) else segments(name) if "、" in name else []
    draft.state(span, "parts.parallel", *(("components", part) for part in parts))
    components.note(page, draft, name, span)
