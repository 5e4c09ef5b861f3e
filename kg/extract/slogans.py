"""Formulae of political language (提法): quoted, national, doctrines; who uses them; what they are made of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg import lexicon
from kg.extract import components
from kg.extract.draft import Drafts
from kg.extract.organisations import Bodies, Body
from kg.extract.page import HAN, Page
from kg.extract.persons import Person
from kg.extract.quotes import Judged, segments
from kg.identity import iri, normal

_FORMULAE = {row[0]: row[1] for row in lexicon.rows("formulae")}
_SLOGAN_KINDS = frozenset({"Numeric", "Goal", "Theme", "Doctrine", "Metaphor", "Motto"})
# Unquoted, only what is a name whatever stands around it: a numbered shorthand, a doctrine.
_KNOWN = re.compile(
    lexicon.alternation([n for n, k in _FORMULAE.items() if k in ("Numeric", "Doctrine") and len(n) >= 4])
)
# Long formulae are recognised even where only part of them is in quotation marks: 建言资政和凝聚共识“双向发力”.
_LONG = re.compile(
    "|".join(
        "“?".join(map(re.escape, n)) + "”?"
        for n, k in _FORMULAE.items()
        if k == "Motto" and re.fullmatch(r"[\u4e00-\u9fff]{10,}", n)
    )
)
_PARTS: dict[str, list[str]] = {
    row[0]: row[2].split("|") if len(row) > 2 and row[2] else [] for row in lexicon.rows("formulae")
}
_DOCTRINE = re.compile(
    rf"习近平(?:总书记|主席)?(?:关于[{HAN}]{{2,24}}?的?(?:重要思想|重要论述)|新时代中国特色社会主义思想|[{HAN}]{{2,6}}?思想)"
)
_BARE_NUMERIC = re.compile(
    rf"(?<=紧扣|围绕|推进|聚焦|落实|做到|践行|构建|打造|锚定)(?P<name>[两三四五六七八九十]个[{HAN}]{{2}})(?=建设|体系|要求|目标|战略|工程)"
)
_PLAIN_NOUNS = re.compile(
    "(?:方面|环节|部分|层面|重点|阶段|方式|步骤|问题|项目|小时|单位|部门|街道|乡镇|地区|领域|维度|方向|关键)$"
)
_PROPOSED = re.compile(r"(?:提出|确定|明确|制定|部署|倡导|作出|要求)(?:的|了)?$")


def find(page: Page, bodies: Bodies, people: Sequence[Person], judged: Sequence[Judged], drafts: Drafts) -> None:
    """Note every formula with its users and parts."""
    taken = bytearray(len(page.flow) + 1)
    for title in page.titled:
        taken[title.start : title.end] = b"\1" * (title.end - title.start)
    for j in judged:
        if j.sort == "initiative":
            taken[j.quoted.start : j.end] = b"\1" * (j.end - j.quoted.start)
    for d in drafts.of("Initiative"):
        for start, end, rule in d.evidence:
            if rule == "initiative.campaign":
                taken[start:end] = b"\1" * (end - start)
    speakers = _speakers(page, people)
    for m in _DOCTRINE.finditer(page.flow):
        if not taken[m.start()]:
            _note(page, bodies, speakers, drafts, m[0], "Doctrine", m.span(), "slogan.doctrine")
            taken[m.start() : m.end()] = b"\1" * (m.end() - m.start())
    for j in judged:
        if j.sort == "slogan" and (not taken[j.quoted.start] or j.quoted.depth):
            kind = _FORMULAE.get(j.name, j.kind)
            kind = kind if kind in _SLOGAN_KINDS else j.kind
            _note(page, bodies, speakers, drafts, j.name, kind, (j.quoted.start, j.quoted.end), j.rule)
            if j.rule == "slogan.parallel" or len(segments(j.name)) > 1:
                id_ = iri("slogan", normal(j.name))
                parts = [("components", s) for s in segments(j.name)]
                drafts.note(
                    "Slogan",
                    id_,
                    j.name,
                    (j.quoted.start, j.quoted.end),
                    "parts.parallel",
                    supports=parts,
                    naming=False,
                )
        if j.sort != "none" or j.quoted.words in _FORMULAE:
            taken[j.quoted.start : j.quoted.end] = b"\1" * (j.quoted.end - j.quoted.start)
    for m in _KNOWN.finditer(page.flow):
        if not taken[m.start()] and page.boundaries[m.start()]:
            _note(page, bodies, speakers, drafts, m[0], _FORMULAE[m[0]], m.span(), "slogan.national")
            taken[m.start() : m.end()] = b"\1" * (m.end() - m.start())
    for m in _LONG.finditer(page.flow):
        if taken[m.start()]:
            continue
        name = re.sub("[“”]", "", m[0])
        _note(page, bodies, speakers, drafts, name, _FORMULAE[name], m.span(), "slogan.national")
        parts = [("components", p) for p in _PARTS[name] if p in name]
        if len(parts) > 1:
            id_ = iri("slogan", normal(name))
            drafts.note("Slogan", id_, name, m.span(), "parts.parallel", supports=parts, naming=False)
    for m in _BARE_NUMERIC.finditer(page.flow):
        if not taken[m.start()] and not _PLAIN_NOUNS.search(m["name"]):
            _note(page, bodies, speakers, drafts, m["name"], "Numeric", m.span("name"), "slogan.bare-numeric")
    _again(page, bodies, speakers, drafts, taken)


def _again(page: Page, bodies: Bodies, speakers: dict[int, str], drafts: Drafts, taken: bytearray) -> None:
    """Repetitions of a known formula without its quotation marks."""
    names = {d.name: d for d in drafts.of("Slogan") if len(d.name) >= 4}
    if not names:
        return
    for m in re.finditer(lexicon.alternation(list(names)), page.flow):
        if not taken[m.start()] and not taken[m.end() - 1]:
            _note(
                page, bodies, speakers, drafts, m[0], names[m[0]].values.get("kind", "Motto"), m.span(), "slogan.again"
            )


def _speakers(page: Page, people: Sequence[Person]) -> dict[int, str]:
    """The person whose speech a section is, by section."""
    out: dict[int, str] = {}
    for person in people:
        line = page.line(person.start)
        if line.kind == "speaker":
            out.setdefault(line.section, person.name)
    return out


def _note(
    page: Page,
    bodies: Bodies,
    speakers: dict[int, str],
    drafts: Drafts,
    name: str,
    kind: str,
    span: tuple[int, int],
    rule: str,
) -> None:
    id_ = iri("slogan", normal(name))
    draft = drafts.note("Slogan", id_, name, span, rule)
    draft.add("kind", kind)
    section = page.section(span[0])
    user: Body | None = bodies.sections[section] or bodies.subject(span[0])
    clause = page.clause(*span)
    if user:
        drafts.note("Slogan", id_, name, span, rule, supports=[("users", user.name)], naming=False)
    if section in speakers:
        drafts.note("Slogan", id_, name, span, rule, supports=[("users", speakers[section])], naming=False)
    before = page.flow[clause.start : span[0]]
    if _PROPOSED.search(before):
        for body in bodies.within(clause.start, span[0]):
            drafts.note(
                "Slogan",
                id_,
                name,
                (body.start, span[1]),
                "slogan.proposer",
                supports=[("users", body.root.name)],
                naming=False,
            )
    components.note(page, drafts, "Slogan", id_, name, span)
