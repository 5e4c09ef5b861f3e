"""Official documents: what stands in 《》 and is no newspaper, with issuers and status."""

from __future__ import annotations

import re

from kg.extract.draft import Drafts
from kg.extract.geography import Geography
from kg.extract.organisations import Bodies, Body, base_body
from kg.extract.page import Page, Quoted
from kg.identity import NATION, iri, normal

_STATUS = re.compile(
    r"[（(](?P<status>[^（）()]*?(?:征求意见稿|送审稿|讨论稿|审议稿|草案|试行|暂行|修订|修正|修订稿|初稿|草案二次审议稿)[^（）()]*)[）)]$"
)
_IN_TITLE = re.compile("(?:征求意见稿|草案|试行|暂行)")
_PERIODICAL = re.compile(r"(?:[日晚早周时]报|(?<![汇通举预情快简公喜海年月])报(?!告)|周刊|月刊|杂志|新闻网|电视台)$")
# Verbs by which a body makes a document, and those by which it only reads or follows one.
_MAKES = re.compile(
    r"(?:制定|制订|出台|印发|下发|起草|发布|颁布|修订|修改|报送|提交|撰写|形成|提出|编制|编印|编发|审议通过|通过|编辑出版|出版|编纂|编撰|编写|编辑|签订|签署|转发|批转|公布|联合印发|推出)"
)
_FOLLOWS = re.compile(
    r"(?:贯彻|落实|学习|宣讲|依照|按照|依据|根据|遵守|执行|宣传|解读|传达|领会|对照|遵循|践行|刊发|阅读|研读|演唱|观看|诵读|围绕|听取|审议)"
)
_OWN_WORK = re.compile(
    r"(?:提案|建议|信息|调研报告|视察报告|协商报告|办法|细则|规则|方案|制度|意见|通知|规定|要点|计划|议案|决定|报告|规程|指南|清单|条例)$"
)
_GIVES = re.compile(rf"[^，。；、《]{{0,6}}?{_MAKES.pattern}[^，。；、《]{{0,6}}")
_NATIONAL = re.compile(r"^(?:中华人民共和国|中国共产党|中国人民政治协商会议章程|国务院|习近平)")


# Who makes the regulations that bear a district's name: its people's congress makes 条例 (Legislation Law, art. 81), its government the rest.
_BY_DISTRICT = ((re.compile("条例$"), "人大常委会"), (re.compile("(?:办法|规定|细则|规划|规程|通告)$"), "政府"))


def find(page: Page, geography: Geography, bodies: Bodies, drafts: Drafts) -> None:
    """Note every document named in 《》."""
    ids: dict[str, str] = {}
    for title in page.titled:
        if (
            title.depth
            or len(title.words) <= 2
            or _PERIODICAL.search(title.words)
            or not re.search(r"[\u4e00-\u9fff]", title.words)
        ):
            continue
        name, status = _status(page, title)
        issuers = _issuers(page, geography, bodies, title, name)
        near = next((b.place.near for b, _, _ in issuers if b.place), NATION) if issuers else NATION
        id_ = ids.setdefault(normal(name), iri("document", near, normal(name)))
        span = (title.start, title.end)
        drafts.note("Document", id_, name, span, "document.title")
        drafts.note("Document", id_, name, span, "document.title", supports=[("status", status)], naming=False)
        for body, words, rule in issuers:
            drafts.note("Document", id_, name, words, rule, supports=[("issuers", body.name)], naming=False)


def _status(page: Page, title: Quoted) -> tuple[str, str | None]:
    """Name without quotation marks and bracketed status; the status itself."""
    words = title.words
    m = _STATUS.search(words)
    if m:
        return _bare(words[: m.start()]), m["status"]
    behind = re.match(r"[（(](征求意见稿|送审稿|讨论稿|草案|试行|暂行)[）)]", page.flow[title.end : title.end + 12])
    if behind:
        return _bare(words), behind[1]
    m2 = _IN_TITLE.search(words)
    return _bare(words), m2[0] if m2 and words.endswith(
        ("办法", "规定", "条例", "细则", "制度", "规则", "方案", "意见")
    ) else None


def _bare(words: str) -> str:
    return re.sub("[“”‘’]", "", words)


def _issuers(
    page: Page, geography: Geography, bodies: Bodies, title: Quoted, name: str
) -> list[tuple[Body, tuple[int, int], str]]:
    """Bodies that made a document: named in its title, before it, or the subject of a verb of making."""
    inside = [b for b in bodies.within(title.start + 1, title.end) if b.start <= title.start + 1 and not b.parent]
    if inside and not page.flow.startswith("章程", inside[0].end):
        return [(inside[0], (title.start, title.end), "document.issuer-in-title")]
    if _NATIONAL.match(name):
        return []
    local = geography.at(title.start + 1)
    if local and local.place and not inside:
        core = next((c for ending, c in _BY_DISTRICT if ending.search(name)), None)
        if core:
            return [
                (
                    base_body(local.place, core, "", (title.start, title.end)),
                    (title.start, title.end),
                    "document.issuer-district",
                )
            ]
    sentence = page.sentence(title.start)
    before = page.flow[sentence.start : title.start]
    direct = bodies.ending(title.start)
    giver = next(
        (
            b
            for b in reversed(bodies.within(sentence.start, title.start))
            if _GIVES.fullmatch(page.flow, b.end, title.start)
        ),
        None,
    )
    if giver and not direct:
        return [(giver, (giver.start, title.end), "document.issuer-before-title")]
    if direct:
        return [
            (
                direct.root if direct.parent and direct.kind == "Other" else direct,
                (direct.start, title.end),
                "document.issuer-before-title",
            )
        ]
    lead = re.sub(r"《[^》]*》[、和及，]*", "", before)
    verb = list(_MAKES.finditer(lead))
    follows = list(_FOLLOWS.finditer(lead))
    if follows and (not verb or follows[-1].start() > verb[-1].start()):
        return []
    if not verb and not _OWN_WORK.search(name):
        return []
    owner = bodies.subject(title.start)
    if owner is None:
        return []
    start = owner.start if sentence.start <= owner.start < title.start else sentence.start
    return [(owner, (start, title.end), "document.issuer-subject")]
