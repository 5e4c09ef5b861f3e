"""Bodies that the text names by their last words alone, because what they belong to stands before: 县委常委、组织部部长."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg import lexicon
from kg.extract.bodies import Bodies, Body, base_body, body_id, outermost
from kg.extract.organisations.findings import Findings
from kg.extract.page import HAN, NUMERAL
from kg.extract.scope import Place, short_form
from kg.identity import iri

_BEFORE = "(?<=[、，；：。（兼“\n])"
_OFFICE = "(?=(?:常务)?副?(?:书记|部长|主任|校长|局长)|负责)"
_DEPARTMENT = re.compile(f"{_BEFORE}(?P<words>{lexicon.alternation(lexicon.words('departments'))}){_OFFICE}")
_GOVERNMENT = re.compile("(?<=委)、(?P<words>政府|行署)(?![部采工购投性职主引门府])")
_TOPIC = lexicon.alternation(lexicon.words("generic", "topic"))
_FULL = lexicon.table("committees")
_NAME = f"(?:{_TOPIC}|[和与、])+委(?:员会)?"
_COMMITTEE = re.compile(
    f"{_BEFORE}(?P<words>{_NAME}(?:、{_NAME})*|{lexicon.alternation(list(_FULL))})"
    "(?=(?:专职)?副?主任|负责|牵头|承办|会同|组织|轮流|分别|主持|历时|编[辑印]|开展|赴|围绕|联合)"
)
_HEADING = re.compile(f"(?:{_TOPIC}|[和与、])+委员会|{lexicon.alternation(list(_FULL))}")
_OF_TOWN = re.compile(f"{_BEFORE}(?:办事处|政协(?:委员)?(?:工作)?(?:联络[组室处站]|工委|委员会))(?=副?[主组站]?[任长])")
_STREET = re.compile(f"(?:{_BEFORE}|(?<=[由向与和]))街道办事处")
_GROUP = re.compile("政协(?P<organ>机关党组|机关党委|党组)|(?<![政协关])(?P<office>机关(?:党组|党委))")
_OWN_GROUP = re.compile(f"{_BEFORE}党组(?=(?:副书记|书记|成员)、副?(?:主席|秘书长))")
_SECTOR = rf"[{HAN}]{{2,5}}?"
_SECTORS = re.compile(f"{_SECTOR}(?:、{_SECTOR})+$")
_BRANCHES = re.compile(r"等?(?:\d+|[两三四五六七八九十]+)个界别(?P<words>党支部|党小组)")
_BRANCH = re.compile(f"{_BEFORE}(?P<words>{_SECTOR}界别?(?:联合|功能型)?(?:党支部|党小组))(?!书记)")
_STATIONED = re.compile(f"(?:派驻|(?<![{HAN}])驻|(?<=[由与和])驻)[{HAN}]{{2,14}}?纪检监察组")
_COMMISSION = re.compile("(?:纪委|监委)$")
_BUREAU = f"(?:{lexicon.alternation(lexicon.words('generic', 'bureau'))})"
_BUREAUS = re.compile(f"(?:{_BEFORE}|(?<=[由同动织请合和与])){_BUREAU}(?:[、和]{_BUREAU})+(?![长面])")
_ROOM = re.compile(
    f"(?:{_BEFORE}|(?<=[由向与和]))第{NUMERAL}+(?:纪检监察|(?:纪检)?(?:监督检查|审查调查))室(?![主任长])"
)
_ONE_BUREAU = re.compile(_BUREAU)


def stationed(found: Findings) -> None:
    """派驻县财政局纪检监察组: of the district's discipline commission, before anything else takes the bureau it is stationed at."""
    for m in _STATIONED.finditer(found.flow):
        own = found.geography.around(m.start())
        before = _COMMISSION.search(found.flow, max(0, m.start() - 4), m.start())
        if own and own.is_county and not before and found.free(*m.span()):
            _organ(found, base_body(own, "纪委监委", m.span()), m.span(), m[0], "Department")


def find(found: Findings, bodies: Bodies) -> None:
    """Note what stands without the body it belongs to."""
    for pattern, read in _READ:
        for m in pattern.finditer(found.flow):
            if found.free(*m.span()):
                read(found, bodies, m)


def headings(found: Findings, bodies: Bodies) -> dict[int, Body]:
    """The committees that head sections by themselves (教科卫体委员会 over what it did), by section."""
    out: dict[int, Body] = {}
    for line in found.page.document.lines:
        m = _HEADING.fullmatch(found.flow, line.start, line.end) if line.kind in ("heading", "speaker") else None
        owner = _conference(bodies, line.start) if m else None
        if m and owner and found.free(line.start, line.end):
            _organ(found, owner, (line.start, line.end), _FULL.get(m[0], m[0]), "Committee")
            out[line.section] = found.bodies[-1]
    return out


def _department(found: Findings, bodies: Bodies, m: re.Match[str]) -> None:
    """县委副书记、政法委书记: of the party committee whose office stands before; 政协副主席、统战部部长 of its district's."""
    last = _last(bodies, found.page.clause(m.start(), m.end()).start, m.start())
    place = last.root.place if last else None
    if place and place.is_county and last and last.root.kind in ("PartyCommittee", "CPPCC", "Government", "Congress"):
        _organ(found, base_body(place, "委", m.span()), m.span(), m["words"], "Department")


def _government(found: Findings, bodies: Bodies, m: re.Match[str]) -> None:
    """县委、政府: the government of the same district."""
    body = bodies.ending(m.start())
    if body and body.kind == "PartyCommittee" and body.place and not body.parent:
        span = m.span("words")
        found.note(base_body(body.place, m["words"], span), "body.implied")


def _committee(found: Findings, bodies: Bodies, m: re.Match[str]) -> None:
    """县政协秘书长甲，提案委员会主任乙: of the conference or congress named before, else the section's."""
    sentence = found.page.sentence(m.start())
    before = [b.root for b in outermost(bodies.within(sentence.start, m.start()))]
    owner = next((b for b in reversed(before) if b.kind in ("CPPCC", "Congress")), None) or _conference(
        bodies, m.start()
    )
    if owner and owner.kind in ("CPPCC", "Congress"):
        start = m.start("words")
        # 提案委员会、社会和法制委员会轮流主持: two; 教科卫体和文化、文史委员会 is one.
        for words in re.split("(?<=委)、|(?<=委员会)、", m["words"]):
            name = words if words.endswith("会") else _FULL.get(words, words + "员会")
            _organ(found, owner, (start, start + len(words)), name, "Committee")
            start += len(words) + 1


def _of_town(found: Findings, bodies: Bodies, m: re.Match[str]) -> None:
    """甲街道党工委副书记、办事处主任, 乙镇党委副书记、政协工委主任: of the same street or town."""
    last = _last(bodies, found.page.clause(m.start(), m.end()).start, m.start())
    place = last.root.place if last else None
    if place and place.name.endswith("街道" if m[0] == "办事处" else ("街道", "镇", "乡", "苏木")):
        kind = "Government" if m[0] == "办事处" else "Station"
        found.note(Body(*m.span(), body_id(place, m[0]), place.name + m[0], kind, place), "body.implied")


def _street(found: Findings, bodies: Bodies, m: re.Match[str]) -> None:
    """街道办事处: of the street that the text speaks of."""
    place = found.geography.resolve("街道", m.start())
    if place:
        found.note(
            Body(*m.span(), body_id(place, "办事处"), place.name + "办事处", "Government", place), "body.implied"
        )


def _group(found: Findings, bodies: Bodies, m: re.Match[str]) -> None:
    """政协党组 without a district is the party group of the body its section speaks for."""
    words = m["organ"] or m["office"]
    if owner := _conference(bodies, m.start()):
        _organ(
            found,
            owner,
            m.span(),
            words,
            "PartyCommittee" if words.endswith("党委") else "PartyGroup",
            "body.bare-group",
        )


def _own_group(found: Findings, bodies: Bodies, m: re.Match[str]) -> None:
    """党组书记、主席甲: of the conference that acts here."""
    owner = bodies.subject(m.start())
    if owner and owner.root.kind == "CPPCC":
        _organ(found, owner.root, m.span(), "党组", "PartyGroup")


def _branch(found: Findings, bodies: Bodies, m: re.Match[str]) -> None:
    """教育界别党支部: a branch of the section's conference."""
    owner = _conference(bodies, m.start())
    if owner and found.nouns(*m.span("words")):
        _organ(found, owner, m.span("words"), m["words"], "PartyBranch")


def _branches(found: Findings, bodies: Bodies, m: re.Match[str]) -> None:
    """教育、文艺2个界别党支部: one branch for each sector of the list."""
    owner, end = _conference(bodies, m.start()), m.start()
    listed = _SECTORS.search(found.flow, max(0, end - 60), end)
    if owner is None or listed is None:
        return
    # The list may begin with the verb that governs it: 下设|教育.
    first, last = listed.start(), found.flow.index("、", listed.start()) - 2
    at = next((i for i in range(last, first - 1, -1) if found.page.boundaries[i]), first)
    for sector in found.flow[at:end].split("、"):
        if found.free(at, at + len(sector)):
            _organ(found, owner, (at, at + len(sector)), f"{sector}界别{m['words']}", "PartyBranch")
        at += len(sector) + 1


def _bureaus(found: Findings, bodies: Bodies, m: re.Match[str]) -> None:
    """财政局、水利局: bureaus listed without their district are those of the section's county."""
    own = found.geography.around(m.start())
    if own is None or own.code is None or len(own.code) != 6 or own.code.endswith("0000"):
        return
    for one in _ONE_BUREAU.finditer(found.flow, *m.span()):
        body = Body(*one.span(), body_id(own, one[0]), short_form(own) + one[0], "Department", own)
        found.note(body, "body.implied")


def _room(found: Findings, bodies: Bodies, m: re.Match[str]) -> None:
    """由第二监督检查室核查: of the discipline commission of the section's district."""
    own = found.geography.around(m.start())
    if own and own.is_county:
        _organ(found, base_body(own, "纪委监委", m.span()), m.span(), m[0], "Department")


def _organ(
    found: Findings, owner: Body, span: tuple[int, int], words: str, kind: str, rule: str = "body.implied"
) -> None:
    """Note the organ of *owner* that *words* name at *span*."""
    found.taken.mark(*span)
    parent = owner._replace(start=span[0], end=span[1])
    place: Place | None = owner.place
    id_ = f"{owner.id}/{iri(words)}"
    found.note(Body(*span, id_, owner.name + words, kind, place, owner.name, parent), rule)


def _conference(bodies: Bodies, at: int) -> Body | None:
    """The conference that the section at position *at* speaks for."""
    around = bodies.around(at)
    return around.root if around and around.root.kind == "CPPCC" else None


def _last(bodies: Bodies, start: int, end: int) -> Body | None:
    """The last body named in ``flow[start:end]``."""
    return next((b for b in reversed(outermost(bodies.within(start, end))) if b.end <= end), None)


_READ: tuple[tuple[re.Pattern[str], Callable[[Findings, Bodies, re.Match[str]], None]], ...] = (
    (_GROUP, _group),
    (_OWN_GROUP, _own_group),
    (_DEPARTMENT, _department),
    (_GOVERNMENT, _government),
    (_OF_TOWN, _of_town),
    (_COMMITTEE, _committee),
    (_BRANCHES, _branches),
    (_BRANCH, _branch),
    (_BUREAUS, _bureaus),
    (_ROOM, _room),
    (_STREET, _street),
)
