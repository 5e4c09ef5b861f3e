"""Official documents: what stands in 《》 and is no newspaper, with issuers and status."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg import lexicon
from kg.extract.bodies import OFFICER, Bodies, Body, base_body, outermost
from kg.extract.draft import Drafts
from kg.extract.page import HAN, NAMED_BODY, Page, Quoted, plain
from kg.extract.scope import Geography
from kg.identity import NATION, iri, normal

_BRACKETED = re.compile(
    r"""
    [（(](?P<status>[^（）()]*?
      (?:征求意见稿|送审稿|讨论稿|审议稿|草案|试行|暂行|修订|修正|修订稿|初稿|草案二次审议稿)
    [^（）()]*)[）)]$
    """,
    re.VERBOSE,
)
_BEHIND = re.compile(r"[（(](征求意见稿|送审稿|讨论稿|草案|试行|暂行)[）)]")
_IN_TITLE = re.compile("征求意见稿|草案|试行|暂行")
_RULES = ("办法", "规定", "条例", "细则", "制度", "规则", "方案", "意见")
_PERIODICAL = re.compile(r"(?:[日晚早周时]报|(?<![汇通举预情快简公喜海年月专])报(?!告)|周刊|月刊|杂志|新闻网|电视台)$")
# 《协商论坛》杂志.
_MAGAZINE = re.compile("[》”]?(?:杂志|周刊|期刊|月刊)")
_HAN = re.compile(f"[{HAN}]")
# Verbs by which a body makes a document, and those by which it only reads or follows one.
_MAKES = re.compile(f"(?:{lexicon.alternation(lexicon.words('verbs', 'make'))})")
_FOLLOWS = re.compile(lexicon.alternation(lexicon.words("verbs", "follow")))
_GIVES = re.compile(rf"[^，。；、《]{{0,6}}?{_MAKES.pattern}[^，。；、《]{{0,6}}")
_BY = re.compile(rf"[^，。；]{{0,4}}?由(?={NAMED_BODY})")
_JOINTLY = re.compile(rf"(?:共同|联合|牵头|负责|正式|组织){{1,2}}{_MAKES.pattern}")
_OWN_WORK = lexicon.words("papers")
_NATIONAL = ("中华人民共和国", "中国共产党", "中国人民政治协商会议章程", "国务院", "习近平")
# 《甲县文史资料》, 《甲县人大代表…办法》: whose work it is tells who makes it, before the kind of regulation does.
_BY_MATTER = (
    (re.compile("文史(?:资料|集萃|丛书|选辑|书系)"), "政协"),
    (re.compile("纪检监察|容错纠错|政务处分"), "纪委监委"),
    (re.compile("人大代表|人大常委会|代表建议|代表票决"), "人大常委会"),
    (re.compile("政协委员|委员履职"), "政协"),
)
_HISTORY = re.compile("(?:文史|史料)[^，。；、《]{0,10}")
# What is adopted or praised is the speaker's own: 《…的建议》获市委领导批示.
_ADOPTED = re.compile(
    r"(?:《[^》]*》[、和]?)*等?(?:[^，。；《]{0,6}?(?:得到|获得?|被|引起|受到)[^。；《]{0,24}?(?:批示|采用|采纳|转化|列为|评为|高度重视|刊发|转发)|(?:正式|相继|先后)?(?:编辑)?(?:出版|付梓|刊印))"
)
_SUNG = re.compile(
    "(?:唱|演唱|齐唱|合唱|朗诵|弹奏|演奏|跳起|舞蹈|歌曲|歌舞)[了着起响]?(?:一曲|一首)?(?:歌曲)?$|(?:创作|绘制|拍摄|编排|编演|排演|自编自演)的(?:[\u4e00-\u9fff]{1,6})?$"
)
_CLAUSE_OPENS = re.compile("(?:^|[，；。：、》]|其中)$")
_DISCUSSED = re.compile("审议|讨论|协商|研究|听取|通过")
_DRAFTS = ("讨论稿", "送审稿", "审议稿", "草案")
# Who does not make it: 推动出台, 建议被采纳，县里出台, 双方签订.
_PIVOTS = re.compile("推动|促成|促进|促使|助推|助力|催生|采纳|吸收|转化|纳入|写[进入]|[省市县区州旗]里|[双三各]方")
_OWN_AFFAIRS = re.compile("政协|提案|协商|委员|履职|监督|民意|文史|调研|视察|议政|建言")
# Who puts a proposal forward: never the office that answers it (市民政局承办的《…提案》).
_ANSWERS = frozenset({"PartyCommittee", "Government", "Department", "Company", "Court"})
# 市政协主席某某作了题为《…》的发言.
_ENTITLED = re.compile("题为$")
_TO = re.compile("[向给]$")
_PAREN = re.compile("[（(][^（）()]*[）)]$")
_TITLE_BEFORE = re.compile(r"《[^》]*》[、和及，]*")
# Who makes the regulations that bear a district's name: its people's congress makes 条例 (Legislation Law, art. 81), its government the rest.
_BY_DISTRICT = (
    (("条例",), "人大常委会"),
    (
        (
            "办法",
            "规定",
            "细则",
            "规划",
            "规程",
            "通告",
            "行动方案",
            "行动计划",
            "攻坚方案",
            "若干政策",
            "若干措施",
            "条措施",
        ),
        "政府",
    ),
)


class _Issued(NamedTuple):
    """The bodies that made a document, the words that say so, and the rule that reads them."""

    bodies: list[Body]
    words: tuple[int, int]
    rule: str


def find(page: Page, geography: Geography, bodies: Bodies, drafts: Drafts) -> None:
    """Note every document named in 《》."""
    ids: dict[str, str] = {}
    for title in page.titled:
        if title.depth or len(title.words) <= 2 or _PERIODICAL.search(title.words) or not _HAN.search(title.words):
            continue
        if _MAGAZINE.match(page.flow, title.end) or _SUNG.search(page.flow, max(0, title.start - 10), title.start):
            continue
        name, status = _status(page, title)
        issued = _issued(page, geography, bodies, title, name, status)
        near = (issued and issued.bodies[0].near) or NATION
        id_ = ids.setdefault(normal(name), iri("document", near, normal(name)))
        span = (title.start, title.end)
        draft = drafts.note("Document", id_, name, span, "document.title")
        draft.state(span, "document.title", ("status", status))
        if issued:
            draft.state(issued.words, issued.rule, *(("issuers", body.name) for body in issued.bodies))


def _status(page: Page, title: Quoted) -> tuple[str, str | None]:
    """Name without quotation marks and bracketed status; the status itself."""
    words = title.words
    if m := _BRACKETED.search(words):
        return plain(words[: m.start()]), m["status"]
    if behind := _BEHIND.match(page.flow, title.end, title.end + 12):
        return plain(words), behind[1]
    inside = _IN_TITLE.search(words) if words.endswith(_RULES) else None
    return plain(words), inside[0] if inside else None


def _issued(
    page: Page, geography: Geography, bodies: Bodies, title: Quoted, name: str, status: str | None
) -> _Issued | None:
    """The body that made a document: named in its title, before it, or the subject of a verb of making."""
    start, end = title.start, title.end
    inside = next((b for b in bodies.within(start + 1, end) if b.start <= start + 1 and not b.parent), None)
    if inside and not page.flow.startswith("章程", inside.end):
        return _Issued([inside], (start, end), "document.issuer-in-title")
    if issued := _issued_behind(page, bodies, start, end):
        return issued
    if name.startswith(_NATIONAL):
        return None
    sentence = page.sentence(start)
    if name.endswith("提案"):
        answering = bodies.ending(start) or next(iter(bodies.acting(start)), None)
        if answering and answering.kind in _ANSWERS:
            own = bodies.around(start)
            whole = own.root if own and own.root.kind == "CPPCC" else None
            return _Issued([whole], (start, end), "document.issuer-subject") if whole else None
    direct = bodies.ending(start)
    if direct:
        issuer = direct.root if direct.kind == "Other" else direct
        return _Issued([issuer], (direct.start, end), "document.issuer-before-title")
    lead = _TITLE_BEFORE.sub("", page.flow[sentence.start : start])
    before = list(reversed(outermost(bodies.within(sentence.start, start))))
    if before and _ENTITLED.search(lead) and OFFICER.match(page.flow, before[0].end):
        return _Issued([before[0].root], (before[0].start, end), "document.issuer-before-title")
    for body in before:
        gives = _GIVES.fullmatch(page.flow, body.end, start) or _HISTORY.fullmatch(page.flow, body.end, start)
        makers = bodies.joined(body)
        opens = makers[0].start
        moved = _TO.search(page.flow, max(0, opens - 1), opens) or _PIVOTS.search(page.flow, body.end, start)
        if gives and not moved:
            return _Issued(makers, (makers[0].start, end), "document.issuer-before-title")
    acting = bodies.acting(start)
    hit = geography.at(start + 1)
    core = _maker_of(name)
    made_here = bool(acting) and bool(_MAKES.search(re.split("[，；]", lead)[-1])) and not _PIVOTS.search(lead)
    # A conference makes rules of its own work only.
    made_here = made_here and (acting[0].root.kind != "CPPCC" or bool(_OWN_AFFAIRS.search(name)))
    home = geography.home
    place = hit.place if hit else home if home and name.startswith(home.name) else None
    if place and core and not inside and not made_here:
        return _Issued([base_body(place, core, (start, end))], (start, end), "document.issuer-district")
    owner = acting[0] if acting else bodies.around(start)
    if owner is None or not (_is_made(lead, name) or _is_own(page, title, lead, status)):
        return None
    first = owner.start if sentence.start <= owner.start < start else sentence.start
    if OFFICER.match(page.flow, owner.end) or (
        owner.kind == "PartyGroup" and name.endswith(("提案", "建议", "建议案"))
    ):
        acting, owner = [], owner.root
    return _Issued(acting or [owner], (first, end), "document.issuer-subject")


def _issued_behind(page: Page, bodies: Bodies, start: int, end: int) -> _Issued | None:
    """The bodies behind a title of which it says that they made it: 《…》由县政府印发."""
    passive = _BY.match(bodies.shadow, end)
    if not passive:
        return None
    makers = bodies.joint(max(bodies.within(passive.end(), passive.end() + 1), key=lambda b: b.end), len(page.flow))
    made = _MAKES.match(page.flow, makers[-1].end) or _JOINTLY.match(page.flow, makers[-1].end)
    if not made or makers[-1].name.endswith("出版社"):
        return None
    return _Issued(makers, (start, makers[-1].end), "document.issuer-behind")


def _maker_of(name: str) -> str | None:
    """The core word of the body that makes what a title with a district names, by its matter or its kind."""
    kind = _PAREN.sub("", name)
    by_matter = next((core for pattern, core in _BY_MATTER if pattern.search(name)), None)
    return by_matter or next((core for endings, core in _BY_DISTRICT if kind.endswith(endings)), None)


def _is_own(page: Page, title: Quoted, lead: str, status: str | None) -> bool:
    """Whether a document is the speaker's own because it is adopted somewhere, or is a draft of its own meeting."""
    if _CLAUSE_OPENS.search(lead) and _ADOPTED.match(page.flow, title.end):
        return True
    return bool(status and status.endswith(_DRAFTS) and _DISCUSSED.search(lead))


def _is_made(lead: str, name: str) -> bool:
    """Whether the words before a title have it made rather than read or followed."""
    makes = max((m.start() for m in _MAKES.finditer(lead)), default=-1)
    follows = max((m.start() for m in _FOLLOWS.finditer(lead)), default=-1)
    if _PIVOTS.search(lead) and not _OWN_AFFAIRS.search(name):
        return False
    return makes >= follows if makes >= 0 else follows < 0 and name.endswith(_OWN_WORK)
