"""The property-graph view of a dataset: entities as nodes, relations as weighted edges.

Posts become edges from the person to the body, components become an attribute, and each edge carries how many claims
and documents state it. This is what graph tools and spreadsheets get.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.graph.statements import CLASS
from kg.vocab import BASE, DCTERMS, KG, ORG, RDF, RDFS, SCHEMA, SKOS

if TYPE_CHECKING:
    import pyoxigraph

_TYPES = {own: own.removeprefix(KG.iri) for own in (*(own for own, _ in CLASS.values()), KG.Article)}
_EDGES = {
    KG.parent: "parent",
    KG.place: "place",
    ORG.subOrganizationOf: "part of",
    KG.owner: "owner",
    KG.usedBy: "used by",
    KG.issuer: "issuer",
    KG.host: "host",
    KG.organisation: "organisation",
    KG.jurisdiction: "jurisdiction",
    KG.identifiedWith: "identified with",
    SCHEMA.mentions: "mentions",
}
_ATTRIBUTES = {
    KG.code: "code",
    KG.level: "level",
    KG.kind: "kind",
    KG.term: "term",
    KG.status: "status",
    KG.heldOn: "date",
    KG.value: "value",
    KG.unit: "unit",
    KG.measure: "measure",
    KG.period: "period",
    KG.bound: "bound",
    KG.quote: "quote",
    KG.dateBasis: "date_basis",
    SKOS.altLabel: "other_names",
    SCHEMA.jobTitle: "job_title",
    KG.ownerName: "owner_name",
    KG.userName: "user_name",
    KG.issuerName: "issuer_name",
    KG.hostName: "host_name",
    KG.organisationName: "organisation_name",
    KG.placeName: "place_name",
    KG.partOfName: "part_of_name",
    KG.parentName: "parent_name",
    DCTERMS.date: "date",
}
COLUMNS: tuple[str, ...] = tuple(dict.fromkeys((*_ATTRIBUTES.values(), "components")))
"""Attributes a node may have, in the order of columns; several values are joined by `` | ``."""


@dataclass(frozen=True, slots=True)
class Node:
    """An entity or an article."""

    id: str
    """Relative IRI."""
    label: str
    type: str
    attributes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation between two nodes."""

    source: str
    target: str
    relation: str
    title: str
    """Of a post; else empty."""
    claims: int
    documents: int


def value(term: object) -> str:
    """The IRI or the words of a term; empty for what has none (the default graph)."""
    found: str = getattr(term, "value", "")
    return found


def view(quads: Iterable[pyoxigraph.Quad], base: str = BASE) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """Nodes and edges of a dataset, both sorted. Edges to what is no node (a rejected entity, say) are left out."""
    types: dict[str, str] = {}
    labels: dict[str, str] = {}
    values: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    relations: set[tuple[str, str, str]] = set()
    parts: defaultdict[str, set[str]] = defaultdict(set)
    positions: dict[str, int] = {}
    posts: defaultdict[str, dict[str, str]] = defaultdict(dict)
    claims: defaultdict[str, dict[str, str]] = defaultdict(dict)
    documents: dict[str, str] = {}
    for quad in quads:
        subject, predicate, object = value(quad.subject), quad.predicate.value, value(quad.object)
        if predicate == RDF.type:
            if object in _TYPES:
                types[subject] = _TYPES[object]
        elif predicate == RDFS.label:
            labels[subject] = object
        elif predicate in _EDGES:
            relations.add((subject, predicate, object))
        elif predicate in (RDF.subject, RDF.predicate, RDF.object):
            claims[subject][predicate] = object
            documents[subject] = value(quad.graph_name)
        elif predicate in (ORG.member, ORG.organization, KG.postTitle):
            posts[subject][predicate] = object
        elif predicate == KG.component:
            parts[subject].add(object)
        elif predicate == KG.position:
            positions[subject] = int(object)
        if predicate in _ATTRIBUTES:
            values[subject][_ATTRIBUTES[predicate]].add(object.removeprefix(KG.iri))
    stated: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for claim, triple in claims.items():
        key = tuple(triple.get(part, "") for part in (RDF.subject, RDF.predicate, RDF.object))
        stated[key].append(documents[claim])

    nodes = []
    for id, type in types.items():
        attributes = {name: " | ".join(sorted(found)) for name, found in values[id].items()} if id in values else {}
        if id in parts:
            ordered = sorted(parts[id], key=lambda part: (positions.get(part, 0), part))
            attributes["components"] = " | ".join(labels.get(part, "") for part in ordered)
        pairs = tuple((name, attributes[name]) for name in COLUMNS if name in attributes)
        nodes.append(Node(id.removeprefix(base), labels.get(id, ""), type, pairs))

    edges = []

    def edge(source: str, target: str, relation: str, title: str, by: list[str]) -> None:
        if source in types and target in types:
            where = (source.removeprefix(base), target.removeprefix(base))
            edges.append(Edge(*where, relation, title, len(by), len(set(by))))

    for subject, predicate, object in relations:
        edge(subject, object, _EDGES[predicate], "", stated.get((subject, predicate, object), []))
    for membership, post in posts.items():
        if ORG.member in post and ORG.organization in post:
            by = stated.get((post[ORG.member], ORG.hasMembership, membership), [])
            edge(post[ORG.member], post[ORG.organization], "post", post.get(KG.postTitle, ""), by)
    return (
        tuple(sorted(nodes, key=lambda node: node.id)),
        tuple(sorted(edges, key=lambda edge: (edge.source, edge.relation, edge.target, edge.title))),
    )
