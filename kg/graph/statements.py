"""What one record states: triples between entities, each with the evidence it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from kg.graph.names import Names
from kg.graph.terms import decimal, integer, literal, node, point
from kg.identity import iri, normal
from kg.model import Entity, Evidence
from kg.vocab import FOAF, KG, ORG, RDF, RDFS, SCHEMA, SKOS

CLASS: dict[str, tuple[str, str]] = {
    "District": (KG.District, SCHEMA.AdministrativeArea),
    "Organisation": (KG.Organisation, ORG.Organization),
    "Person": (KG.Person, FOAF.Person),
    "Initiative": (KG.Initiative, FOAF.Project),
    "Slogan": (KG.Slogan, SKOS.Concept),
    "Document": (KG.OfficialDocument, FOAF.Document),
    "Meeting": (KG.Meeting, SCHEMA.Event),
    "Figure": (KG.Figure, SCHEMA.QuantitativeValue),
}
"""Class of each type of record: our own, and the one of a common vocabulary that everybody can query."""

TYPE = node(RDF.type)
LABEL = node(RDFS.label)
ALT_LABEL = node(SKOS.altLabel)


class Statement(NamedTuple):
    """A triple that a record states, as N-Quads terms."""

    subject: str
    predicate: str
    object: str
    evidence: tuple[Evidence, ...]


# field, predicate to an entity, predicate to a bare name
_RELATIONS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "District": (("parent", KG.parent, KG.parentName),),
    "Organisation": (("place", KG.place, KG.placeName), ("part_of", ORG.subOrganizationOf, KG.partOfName)),
    "Person": (),
    "Initiative": (("owners", KG.owner, KG.ownerName),),
    "Slogan": (("users", KG.usedBy, KG.userName),),
    "Document": (("issuers", KG.issuer, KG.issuerName),),
    "Meeting": (("host", KG.host, KG.hostName),),
    "Figure": (("org", KG.organisation, KG.organisationName),),
}


def _concept(name: str) -> str:
    # A kind outside the schemes is kept as words; the shapes then report it.
    return node(KG[name]) if name in KG else literal(name)


# field, predicate, how its value is written
_VALUES: dict[str, tuple[tuple[str, str, Callable[[str], str]], ...]] = {
    "District": (),
    "Organisation": (("kind", KG.kind, _concept), ("terms", KG.term, literal)),
    "Person": (),
    "Initiative": (("kind", KG.kind, _concept),),
    "Slogan": (("kind", KG.kind, _concept),),
    "Document": (("status", KG.status, literal),),
    "Meeting": (("date", KG.heldOn, point),),
    "Figure": (
        ("unit", KG.unit, literal),
        ("measure", KG.measure, literal),
        ("period", KG.period, point),
        ("bound", KG.bound, _concept),
    ),
}
_RELATION_NODES = {
    type: tuple((attribute, node(known), node(bare)) for attribute, known, bare in rows)
    for type, rows in _RELATIONS.items()
}
_VALUE_NODES = {
    type: tuple((attribute, node(predicate), write) for attribute, predicate, write in rows)
    for type, rows in _VALUES.items()
}
_CLASS_NODES = {type: (node(own), node(common)) for type, (own, common) in CLASS.items()}
_VALUE, _COMPONENT = node(KG.value), node(KG.component)
_COMPONENT_CLASS, _POSITION, _JURISDICTION = node(KG.Component), node(KG.position), node(KG.jurisdiction)
_MEMBERSHIP, _HAS_MEMBERSHIP, _MEMBER = node(ORG.Membership), node(ORG.hasMembership), node(ORG.member)
_ORGANIZATION, _ORGANISATION_NAME = node(ORG.organization), node(KG.organisationName)
_QUOTE = node(KG.quote)
_POST_TITLE, _JOB_TITLE = node(KG.postTitle), node(SCHEMA.jobTitle)


@lru_cache(maxsize=65536)
def coded(id: str) -> str | None:
    """Code of the district in an identity, if it has one.

    >>> coded("body/230112/CPPCC"), coded("slogan/七大都市")
    ('230112', None)
    """
    kind, _, rest = id.partition("/")
    code = rest.partition("/")[0]
    if kind not in ("slogan", "figure") and len(code) in (6, 9, 12) and code.isascii() and code.isdigit():
        return code
    return None


@dataclass(slots=True)
class Description:
    """What the graph says of one record: plain triples of the thing, and statements with evidence."""

    triples: list[str] = field(default_factory=list)
    """``s p o`` as text, without a graph, for which the statements vouch."""
    statements: list[Statement] = field(default_factory=list)
    labels: list[tuple[str, str, bool]] = field(default_factory=list)
    """(node, name, whether it is the first choice for a label): a node named in two ways gets one label."""
    memberships: list[str] = field(default_factory=list)
    """Nodes of the posts held, for the document to attest."""
    users: list[tuple[str | None, str, tuple[Evidence, ...]]] = field(default_factory=list)
    """Of a slogan: (identity or None, name, evidence) of each user."""


def describe(entity: Entity, names: Names, canonical: Callable[[str], str], base: str) -> Description:
    """All that *entity* states under the identities that *canonical* gives."""
    out = Description()
    id = canonical(entity.id)
    subject = node(base + id)
    own, common = _CLASS_NODES[entity.type]
    support = _Support(entity)
    out.statements.append(Statement(subject, TYPE, own, support.naming))
    triples = out.triples
    triples.append(f"{subject} {TYPE} {common}")
    out.labels.append((subject, entity.name, id == entity.id))
    out.labels.extend((subject, words, False) for words in entity.surfaces if words != entity.name)
    code = coded(id)
    if code and entity.type != "District":
        triples.append(f"{subject} {_JURISDICTION} {node(f'{base}district/{code}')}")

    # Code and superior of a district with a code are the gazetteer's statements, not the text's.
    relations = () if coded_district(entity.id) else _RELATION_NODES[entity.type]
    for attribute, known, bare in relations:
        value = getattr(entity, attribute)
        for name in value if isinstance(value, tuple) else (value,) if value else ():
            # A slogan is used wherever it stands; any other attribute is stated once.
            evidence = (
                support.pointed("users", name) or support.naming
                if attribute == "users"
                else support.of(attribute, name)
            )
            target = names.resolve(attribute, name)
            target = canonical(target) if target else None
            if attribute == "users":
                out.users.append((target, name, evidence))
            if target:
                out.statements.append(Statement(subject, known, node(base + target), evidence))
            else:
                out.statements.append(Statement(subject, bare, literal(name), evidence))
    for attribute, predicate, write in _VALUE_NODES[entity.type]:
        value = getattr(entity, attribute)
        for words in value if isinstance(value, tuple) else (value,) if value else ():
            out.statements.append(Statement(subject, predicate, write(words), support.of(attribute, words)))
    if entity.quote and entity.type == "Figure":
        triples.append(f"{subject} {_QUOTE} {literal(entity.quote)}")
    if entity.value is not None and entity.type == "Figure":
        evidence = support.of("value", f"{entity.value:g}", repr(entity.value), str(entity.value).removesuffix(".0"))
        out.statements.append(Statement(subject, _VALUE, decimal(entity.value), evidence))
    if entity.components:
        out.statements.extend(_components(entity, id, base, support, out))
    if entity.posts:
        _posts(entity, id, names, canonical, base, support, out)
    return out


def coded_district(id: str) -> bool:
    """Whether an identity is that of a district with a code, which the gazetteer describes."""
    return id.startswith("district/") and id.count("/") == 1 and coded(id) is not None


def _components(entity: Entity, id: str, base: str, support: _Support, out: Description) -> Iterator[Statement]:
    for position, words in enumerate(entity.components, 1):
        part = node(f"{base}{id}/{iri('component', f'{position}-{normal(words) or words}')}")
        out.labels.append((part, words, True))
        out.triples.append(f"{part} {TYPE} {_COMPONENT_CLASS}")
        out.triples.append(f"{part} {_POSITION} {integer(position)}")
        yield Statement(node(base + id), _COMPONENT, part, support.of("components", words))


def _posts(
    entity: Entity,
    id: str,
    names: Names,
    canonical: Callable[[str], str],
    base: str,
    support: _Support,
    out: Description,
) -> None:
    subject = node(base + id)
    person = id.removeprefix("person/")
    for post in entity.posts:
        if not post.org:
            evidence = support.of("posts", f"{post.title}@", post.title, f"{post.title}@None")
            out.statements.append(Statement(subject, _JOB_TITLE, literal(post.title), evidence))
            continue
        evidence = support.of("posts", f"{post.title}@{post.org}")
        body = names.resolve("posts", post.org)
        body = canonical(body) if body else None
        path = body.removeprefix("body/") if body else iri(post.org)
        membership = node(f"{base}membership/{person}/{path}/{iri(post.title)}")
        out.labels.append((membership, post.org + post.title, True))
        out.triples.append(f"{membership} {TYPE} {_MEMBERSHIP}")
        out.triples.append(f"{membership} {_MEMBER} {subject}")
        if body:
            out.triples.append(f"{membership} {_ORGANIZATION} {node(base + body)}")
        else:
            out.triples.append(f"{membership} {_ORGANISATION_NAME} {literal(post.org)}")
        out.triples.append(f"{membership} {_POST_TITLE} {literal(post.title)}")
        out.statements.append(Statement(subject, _HAS_MEMBERSHIP, membership, evidence))
        out.memberships.append(membership)


class _Support:
    """Which evidence of a record vouches for which of its attribute values."""

    __slots__ = ("_explicit", "naming")

    def __init__(self, entity: Entity) -> None:
        self._explicit: dict[str, tuple[Evidence, ...]] = {}
        naming: list[Evidence] = []
        for evidence in entity.evidence:
            if not evidence.supports:
                naming.append(evidence)
            for words in evidence.supports:
                self._explicit[words] = (*self._explicit.get(words, ()), evidence)
        self.naming = tuple(naming) or entity.evidence

    def of(self, field: str, *values: str) -> tuple[Evidence, ...]:
        """Evidence that says it supports the value under one of its spellings, else the first that names the thing."""
        return self.pointed(field, *values) or self.naming[:1]

    def pointed(self, field: str, *values: str) -> tuple[Evidence, ...]:
        """Evidence that says it supports the value under one of its spellings."""
        if self._explicit:
            for value in values:
                found = self._explicit.get(f"{field}={value}")
                if found:
                    return found
        return ()
