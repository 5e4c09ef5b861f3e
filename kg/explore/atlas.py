"""What a page of the explorer shows: entities, relations and articles, each statement with its quotes.

An atlas knows nothing of pages, and a page nothing of builds: :mod:`kg.explore.gathering` makes an atlas from a build,
and whoever has a graph from elsewhere may make one by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.model import TYPES

RELATIONS: tuple[str, ...] = (
    "parent", "place", "part_of", "posts", "owners", "users", "issuers", "host", "org", "jurisdiction",
)  # fmt: skip
"""Kinds of edges: the fields of records that refer to other entities, and the district an identity rests on."""

LEVELS: tuple[str, ...] = ("nation", "province", "prefecture", "county", "township", "village", "zone")
"""Levels of districts, highest first."""


@dataclass(frozen=True, slots=True)
class Article:
    """A text that was read."""

    doc: str
    title: str
    date: str = ""
    date_basis: str = "unknown"
    publisher: str = ""
    citations: Mapping[str, str] = field(default_factory=dict)
    """The citation of the article in each style of :data:`kg.cite.STYLES`."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of one article that a statement rests on, within the sentence they stand in."""

    doc: str
    start: int
    """Offset into the text as read, in characters."""
    end: int
    sentence: str
    first: int
    """Where the quote begins within *sentence*."""
    last: int
    section: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Attribute:
    """A value of an entity that is no relation: its kind, a component, the number of a figure."""

    field: str
    value: str
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """An entity."""

    id: str
    name: str
    type: str
    """One of :data:`kg.model.TYPES`."""
    names: tuple[str, ...] = ()
    """Other spellings and aliases."""
    attributes: tuple[Attribute, ...] = ()
    quotes: tuple[Quote, ...] = ()
    """What names it."""
    jurisdiction: str = ""
    """Identity of the district on which its own identity rests; empty if there is none."""
    level: str = ""
    """Of a district: one of :data:`LEVELS`."""
    reasons: tuple[tuple[str, str], ...] = ()
    """Other identities that are read as this one, and why."""
    listed: bool = False
    """Whether it is here because the gazetteer sets it above a district of the texts, which name it nowhere."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation between two entities."""

    source: str
    target: str
    relation: str
    """One of :data:`RELATIONS`."""
    title: str = ""
    """The office, of a post."""
    quotes: tuple[Quote, ...] = ()
    """None where the gazetteer says so, not an article."""


@dataclass(frozen=True, slots=True)
class Atlas:
    """A graph that can be shown. Edges refer to nodes by identity, quotes to articles by their names."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    articles: tuple[Article, ...] = ()
    base: str = ""
    """What full identities begin with."""

    def within(self, ids: frozenset[str]) -> Atlas:
        """The part of this atlas that lies between the entities *ids*, with the articles it rests on."""
        nodes = tuple(node for node in self.nodes if node.id in ids)
        edges = tuple(edge for edge in self.edges if edge.source in ids and edge.target in ids)
        quoted = {quote.doc for node in nodes for quote in node.quotes}
        quoted |= {quote.doc for edge in edges for quote in edge.quotes}
        quoted |= {quote.doc for node in nodes for attribute in node.attributes for quote in attribute.quotes}
        return Atlas(nodes, edges, tuple(article for article in self.articles if article.doc in quoted), self.base)


KIND_ORDER: Mapping[str, int] = {type: place for place, type in enumerate(TYPES)}
"""Types in the order in which they are shown."""
