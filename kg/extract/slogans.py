"""Formulae of political language (提法): quoted, national, doctrines; who uses them; what they are made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kg import lexicon
from kg.extract import components
from kg.extract.bodies import OFFICER, Bodies, Body
from kg.extract.draft import Draft, Drafts
from kg.extract.page import HAN, Page
from kg.extract.people import Person
from kg.extract.quotes import Judged, segments
from kg.identity import iri, normal

_FORMULAE = {row[0]: row[1] for row in lexicon.rows("formulae")}
_PARTS = {row[0]: row[2].split("|") for row in lexicon.rows("formulae") if len(row) > 2}
_SLOGAN_KINDS = frozenset({"Numeric", "Goal", "Theme", "Doctrine", "Metaphor", "Motto"})
# Unquoted, only what is a name whatever stands around it: a numbered shorthand, a doctrine.
_KNOWN = re.compile(
    lexicon.alternation(
        [n for n, k in _FORMULAE.items() if k in ("Numeric", "Doctrine") and len(n) >= 4 and not n.endswith("规定")]
    )
)
# Long formulae are recognised even where only part of them is in quotation marks: 建言资政和凝聚共识“双向发力”.
_LONG = re.compile(
    "|".join(
        "“?".join(map(re.escape, name)) + "”?"
        for name, kind in _FORMULAE.items()
        if kind == "Motto" and re.fullmatch(f"[{HAN}]{{10,}}", name)
    )
)
_DOCTRINE = re.compile(
    rf"""
    习近平(?:总书记|主席)?
    (?:关于[{HAN}]{{2,24}}?的?(?:重要思想|重要论述)|新时代中国特色社会主义思想|[{HAN}]{{2,6}}?思想)
    |新时代党的治[疆藏]方略
    """,
    re.VERBOSE,
)
_BARE_NUMERIC = re.compile(
    rf"""
    (?<=紧扣|围绕|推进|聚焦|落实|做到|践行|构建|打造|锚定)
    (?P<name>[两三四五六七八九十]个[{HAN}]{{2}})
    (?=建设|体系|要求|目标|战略|工程)
    """,
    re.VERBOSE,
)
# 坚持党委领导、政府支持、政协搭台的原则; 以建强队伍、建活机制、建优品牌为目标: unquoted, but announced and built alike.
_ANNOUNCED = re.compile(
    rf"""
    (?:(?P<as>以)|坚持|按照|遵循|秉持|秉承|本着|围绕|锚定|落实|践行|确立|树立|确定|明确)
    (?P<name>[{HAN}]{{3,8}}(?:[、，][{HAN}]{{3,8}}){{1,5}})
    (?(as)为(?:奋斗|总体|工作|发展)?(?:目标|原则|主线|思路|理念|宗旨)|的(?:奋斗|总体|工作|发展|基本|总)?(?:目标|原则|思路|理念|方针))
    """,
    re.VERBOSE,
)
_PROPOSERS = frozenset({"PartyCommittee", "CPPCC", "Government", "Congress"})
_COUNTED = lexicon.words("generic", "counted")
_PROPOSED = re.compile(r"(?:提出|确定|明确|制定|部署|倡导|作出|要求)(?:的|了)?$")


# 甲州政协副主席某某表示，将…; 甲市市长某某批示，要求….
_SAYS = re.compile(
    rf"[^，。；：“”]{{0,12}}?(?:、[^，。；：“”]{{2,30}})?(?:{lexicon.alternation(lexicon.words('verbs', 'say'))})[^，。；]{{0,4}}[，：]"
)


def _quoted_body(page: Page, bodies: Bodies, at: int) -> Body | None:
    """The body whose officer opens the sentence and says what stands at *at*."""
    start = page.sentence(at).start
    first = next((b for b in bodies.within(start, min(start + 4, at))), None)
    if first and OFFICER.match(page.flow, first.end) and _SAYS.match(page.flow, first.end, at):
        return first.root
    return None


class _Scene(NamedTuple):
    """One document, who acts and who speaks in it, and where to write."""

    page: Page
    bodies: Bodies
    speakers: dict[int, str]
    """The person whose speech a section is, by section."""
    drafts: Drafts


def find(page: Page, bodies: Bodies, people: Sequence[Person], judged: Sequence[Judged], drafts: Drafts) -> None:
    """Note every formula with its users and parts."""
    flow = page.flow
    scene = _Scene(page, bodies, _speakers(page, people), drafts)
    taken = page.in_titles()
    for j in judged:
        if j.sort == "initiative":
            taken.mark(j.quoted.start, j.end)
    for draft in drafts.of("Initiative"):
        for start, end, rule in draft.evidence:
            if rule == "initiative.campaign":
                taken.mark(start, end)
    for m in _DOCTRINE.finditer(flow):
        if not taken[m.start()]:
            _note(scene, m[0], "Doctrine", m.span(), "slogan.doctrine")
            taken.mark(*m.span())
    for j in judged:
        span = (j.quoted.start, j.quoted.end)
        if j.sort == "slogan" and (not taken[span[0]] or j.quoted.depth):
            kind = _FORMULAE.get(j.name, j.kind)
            draft = _note(scene, j.name, kind if kind in _SLOGAN_KINDS else j.kind, span, j.rule)
            parts = segments(j.name)
            if j.rule == "slogan.parallel" or len(parts) > 1:
                draft.state(span, "parts.parallel", *(("components", part) for part in parts))
        if j.sort != "none" or j.quoted.words in _FORMULAE:
            taken.mark(*span)
    for m in _KNOWN.finditer(flow):
        if not taken[m.start()] and page.boundaries[m.start()]:
            _note(scene, m[0], _FORMULAE[m[0]], m.span(), "slogan.national")
            taken.mark(*m.span())
    for m in _LONG.finditer(flow):
        if not taken[m.start()]:
            name = re.sub("[“”]", "", m[0])
            draft = _note(scene, name, _FORMULAE[name], m.span(), "slogan.national")
            parts = [part for part in _PARTS.get(name, ()) if part and part in name]
            if len(parts) > 1:
                draft.state(m.span(), "parts.parallel", *(("components", part) for part in parts))
    for m in _BARE_NUMERIC.finditer(flow):
        if not taken[m.start()] and not m["name"].endswith(_COUNTED):
            _note(scene, m["name"], "Numeric", m.span("name"), "slogan.bare-numeric")
    for m in _ANNOUNCED.finditer(flow):
        parts = segments(m["name"])
        if not taken[m.start("name")] and not taken[m.end("name") - 1] and len({len(part) for part in parts}) == 1:
            draft = _note(
                scene, m["name"], "Goal" if m[0].endswith("目标") else "Motto", m.span("name"), "slogan.unquoted"
            )
            draft.state(m.span("name"), "parts.parallel", *(("components", part) for part in parts))
            taken.mark(*m.span("name"))
    known = {d.name: d for d in drafts.of("Slogan") if len(d.name) >= 4}
    for m in re.finditer(lexicon.alternation(list(known)), flow) if known else ():
        if not taken[m.start()] and not taken[m.end() - 1]:
            _note(scene, m[0], known[m[0]].values.get("kind", "Motto"), m.span(), "slogan.again")


def _speakers(page: Page, people: Sequence[Person]) -> dict[int, str]:
    """The person whose speech a section is, by section."""
    out: dict[int, str] = {}
    for person in people:
        line = page.line(person.start)
        if line.kind == "speaker":
            out.setdefault(line.section, person.name)
    return out


def _note(scene: _Scene, name: str, kind: str, span: tuple[int, int], rule: str) -> Draft:
    """Note a formula, the body and the speaker that use it, the bodies that propose it, and its parts."""
    page, bodies, speakers, drafts = scene
    draft = drafts.note("Slogan", iri("slogan", normal(name)), name, span, rule)
    draft.add("kind", kind)
    section = page.section(span[0])
    maker = bodies.maker(span[0])
    proposer = maker if maker and maker.parent is None and maker.kind in _PROPOSERS else None
    # A formula is used by whose text it stands in, and by the body whose own it is there (区委“一城两区”发展布局).
    speaking = _quoted_body(page, bodies, span[0]) or bodies.own(span[0])
    used = (proposer, speaking) if proposer or speaking else (bodies.subject(span[0]),)
    for user in dict.fromkeys(used):
        if user is None:
            continue
        draft.state(span, rule, ("users", user.name))
        # The words that say who speaks: the section's line, or the subject of the sentence.
        draft.state((user.start, user.end), "slogan.user", ("users", user.name))
    draft.state(span, rule, ("users", speakers.get(section)))
    clause = page.clause(*span)
    if _PROPOSED.search(page.flow[clause.start : span[0]]):
        for body in bodies.within(clause.start, span[0]):
            draft.state((body.start, span[1]), "slogan.proposer", ("users", body.root.name))
    components.note(page, draft, name, span)
    return draft
