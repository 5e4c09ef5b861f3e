"""An atlas as columns: what the page carries as JSON, each sentence, rule and name in it once.

The shape is read by ``static/model.mjs``; the two change together.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from kg.explore.atlas import LEVELS, RELATIONS, Atlas, Quote
from kg.explore.conflicts import conflicts
from kg.explore.search import keys
from kg.model import TYPES

Item = TypeVar("Item", bound=Hashable)


class Table(Generic[Item]):
    """Distinct values by number, in the order in which they came."""

    def __init__(self, values: Sequence[Item] = ()) -> None:
        """A table that holds *values* from the beginning."""
        self._places = {value: place for place, value in enumerate(values)}

    def place(self, value: Item) -> int:
        """The number of a value; a new one is added."""
        return self._places.setdefault(value, len(self._places))

    @property
    def values(self) -> list[Item]:
        """All values in the order of their numbers."""
        return list(self._places)


def columns(atlas: Atlas, positions: Mapping[str, tuple[float, float]]) -> dict[str, Any]:
    """The columns of an atlas whose entities stand at *positions*."""
    known = {node.id: place for place, node in enumerate(atlas.nodes)}
    articles = {article.doc: place for place, article in enumerate(atlas.articles)}
    fields, rules, sections = Table[str](), Table[str](), Table[str]()
    sentences, quotes = Table[str](), Table[Quote]()

    def places(items: tuple[Quote, ...]) -> list[int]:
        return [quotes.place(quote) for quote in items]

    nodes = {
        "id": [node.id for node in atlas.nodes],
        "label": [node.name for node in atlas.nodes],
        "group": [TYPES.index(node.type) for node in atlas.nodes],
        "x": [round(positions[node.id][0], 1) for node in atlas.nodes],
        "y": [round(positions[node.id][1], 1) for node in atlas.nodes],
        "names": [list(node.names) for node in atlas.nodes],
        "keys": [_readings((node.name, *node.names)) for node in atlas.nodes],
        "jurisdiction": [known.get(node.jurisdiction, -1) for node in atlas.nodes],
        "level": [LEVELS.index(node.level) if node.level else -1 for node in atlas.nodes],
        "attributes": [
            [[fields.place(item.field), item.value, places(item.quotes)] for item in node.attributes]
            for node in atlas.nodes
        ],
        "quotes": [places(node.quotes) for node in atlas.nodes],
        "reasons": [[list(reason) for reason in node.reasons] for node in atlas.nodes],
    }
    edges = {
        "from": [known[edge.source] for edge in atlas.edges],
        "to": [known[edge.target] for edge in atlas.edges],
        "group": [RELATIONS.index(edge.relation) for edge in atlas.edges],
        "label": [edge.title for edge in atlas.edges],
        "quotes": [places(edge.quotes) for edge in atlas.edges],
    }
    each: Mapping[str, Callable[[Quote], Any]] = {
        "article": lambda quote: articles[quote.doc],
        "start": lambda quote: quote.start,
        "end": lambda quote: quote.end,
        "sentence": lambda quote: sentences.place(quote.sentence),
        "first": lambda quote: quote.first,
        "last": lambda quote: quote.last,
        "section": lambda quote: sections.place(quote.section),
        "rule": lambda quote: rules.place(quote.rule),
        "confidence": lambda quote: quote.confidence,
    }
    found = {name: [value(quote) for quote in quotes.values] for name, value in each.items()}
    return {
        "base": atlas.base,
        "above": sum(node.listed for node in atlas.nodes),
        "types": list(TYPES),
        "relations": list(RELATIONS),
        "levels": list(LEVELS),
        "fields": fields.values,
        "rules": rules.values,
        "sections": sections.values,
        "articles": [
            [item.doc, item.title, item.date, item.date_basis, item.publisher, dict(item.citations)]
            for item in atlas.articles
        ],
        "sentences": sentences.values,
        "quotes": found,
        "nodes": nodes,
        "edges": edges,
        "conflicts": [
            [item.reason, list(item.edges), [list(pair) for pair in item.attributes]] for item in conflicts(atlas)
        ],
    }


def _readings(names: Sequence[str]) -> list[str]:
    """How each name is read, one string a name; the words that a key begins with stand in the page already."""
    return [key.partition(" ")[2] for key in keys(names)]
