"""From a build to an atlas: every statement of every entity, each with its quotes in their sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.chinese.places import by_code
from kg.cite import STYLES
from kg.explore.atlas import KIND_ORDER, LEVELS, Article, Atlas, Attribute, Edge, Node, Quote
from kg.explore.opened import Opened, Profile, Said
from kg.explore.sentences import Sentences
from kg.graph.statements import coded
from kg.graph.surroundings import level_of_name
from kg.identity import NATION

_RELATIONS = frozenset({"parent", "place", "part_of", "posts", "owners", "users", "issuers", "host", "org"})

_NATION = Node(
    f"district/{NATION}", "中华人民共和国", "District", jurisdiction=f"district/{NATION}", level="nation", listed=True
)


def gather(build: Opened) -> Atlas:
    """The atlas of a build.

    Districts above those of the texts come from the gazetteer, and so do the edges between the districts it lists;
    these have no quotes. A thing that nothing ties to another is tied to the district its identity rests on.
    """
    texts = _Texts(build)
    nodes: dict[str, Node] = {}
    quotes: defaultdict[tuple[str, str, str, str], list[Quote]] = defaultdict(list)
    for profile in build.entities():
        nodes[profile.id] = _node(profile, texts)
        for said in profile.said:
            if said.predicate in _RELATIONS and said.object is not None and said.object != said.subject:
                title = said.value.rpartition("@")[0] if said.predicate == "posts" else ""
                found = quotes[said.subject, said.object, said.predicate, title]
                if not _listed(said.subject, said.predicate, said.object):
                    found.extend(texts.quotes(said))
    edges = {
        key: Edge(*key, quotes=_distinct(found)) for key, found in quotes.items() if key[0] in nodes and key[1] in nodes
    }
    _above(nodes, edges)
    tied = {id for source, target, _, _ in edges for id in (source, target)}
    for node in list(nodes.values()):
        if node.jurisdiction in nodes and node.id not in tied and node.type != "District":
            key = (node.id, node.jurisdiction, "jurisdiction", "")
            edges[key] = Edge(*key, quotes=node.quotes)
    return Atlas(
        nodes=tuple(sorted(nodes.values(), key=lambda node: (KIND_ORDER[node.type], node.name, node.id))),
        edges=tuple(edges[key] for key in sorted(edges)),
        articles=tuple(
            Article(
                doc=reading.doc,
                title="：".join(part for part in (reading.meta.title, reading.meta.subtitle) if part) or reading.doc,
                date=reading.meta.date or "",
                date_basis=reading.meta.date_basis,
                publisher=reading.meta.publisher,
                citations={style: cite(reading.meta, reading.doc) for style, cite in sorted(STYLES.items())},
            )
            for reading in build.readings
        ),
        base=build.base,
    )


class _Texts:
    """The sentences of every text, cut when they are first asked for."""

    def __init__(self, build: Opened) -> None:
        self._build = build
        self._cut: dict[str, Sentences] = {}

    def quotes(self, said: Said) -> Iterator[Quote]:
        sentences = self._cut.get(said.doc)
        if sentences is None:
            sentences = self._cut[said.doc] = Sentences(self._build.text(said.doc))
        for evidence in sorted(said.evidence, key=lambda evidence: (evidence.start, evidence.end)):
            sentence, first, last = sentences.around(evidence.start, evidence.end)
            yield Quote(
                said.doc, evidence.start, evidence.end, sentence, first, last,
                evidence.section, evidence.rule, said.confidence,
            )  # fmt: skip


def _node(profile: Profile, texts: _Texts) -> Node:
    naming: list[Quote] = []
    attributes: defaultdict[tuple[str, str], list[Quote]] = defaultdict(list)
    for said in profile.said:
        if said.predicate == "name":
            naming.extend(texts.quotes(said))
        elif said.object is None and said.predicate != "code":
            attributes[said.predicate, said.value].extend(texts.quotes(said))
    code = coded(profile.id)
    return Node(
        id=profile.id,
        name=profile.name,
        type=profile.type,
        names=profile.surfaces,
        attributes=tuple(Attribute(*key, _distinct(found)) for key, found in attributes.items()),
        quotes=_distinct(naming),
        jurisdiction=f"district/{code}" if code else "",
        level=_level(profile.id, profile.name) if profile.type == "District" else "",
        reasons=tuple(profile.reasons.items()),
    )


def _distinct(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    return tuple(dict.fromkeys(quotes))


def _level(id: str, name: str) -> str:
    code = id.removeprefix("district/")
    if code == NATION:
        return "nation"
    try:
        return LEVELS[by_code(code).level]
    except KeyError:
        return level_of_name(name) or ""


def _listed(subject: str, predicate: str, object: str) -> bool:
    """Whether a statement is the gazetteer's: texts name the district, but do not say what it belongs to."""
    try:
        division = by_code(subject.removeprefix("district/"))
    except KeyError:
        return False
    return predicate == "parent" and object == f"district/{division.parent}"


def _above(nodes: dict[str, Node], edges: dict[tuple[str, str, str, str], Edge]) -> None:
    """Add the districts on which identities rest, those above them, and what belongs to what."""
    waiting = {node.jurisdiction for node in nodes.values() if node.jurisdiction}
    waiting |= {id for id, node in nodes.items() if node.type == "District"}
    done: set[str] = set()
    while waiting:
        id = min(waiting)
        waiting.remove(id)
        done.add(id)
        if id == _NATION.id:
            nodes.setdefault(id, _NATION)
            continue
        try:
            division = by_code(id.removeprefix("district/"))
        except KeyError:
            continue
        if id not in nodes:
            level = LEVELS[division.level]
            nodes[id] = Node(id, division.name, "District", jurisdiction=id, level=level, listed=True)
        above = f"district/{division.parent}"
        if division.parent and above != id:
            edges.setdefault((id, above, "parent", ""), Edge(id, above, "parent"))
            if above not in done:
                waiting.add(above)
