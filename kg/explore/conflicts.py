"""Statements that cannot all hold at once, or that follow one another in time: two holders of one post, two owners.

A conflict is a question to the reader, never a verdict: a successor in office and a contradiction look alike here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from kg.explore.atlas import Atlas

# Offices that one person holds at a time; 副主席, 委员, 常委 and the like are held by many.
_SINGLE = re.compile(
    r"(?:党组|党委|县委|区委|市委|省委)?书记|主席|市长|区长|县长|镇长|乡长|州长|旗长|省长|局长|院长|校长|检察长|秘书长|董事长|会长|主任"
)
_ONE_ONLY = {"parent": "places", "place": "places", "part_of": "places", "host": "hosts", "owners": "owners"}


@dataclass(frozen=True, slots=True)
class Conflict:
    """Statements that stand against one another."""

    reason: str
    """``holders``, ``places``, ``hosts``, ``owners``, ``values`` or ``dates``."""
    edges: tuple[int, ...] = ()
    """Places in :attr:`Atlas.edges`."""
    attributes: tuple[tuple[int, int], ...] = ()
    """Places of a node in :attr:`Atlas.nodes` and of its attribute there."""


def conflicts(atlas: Atlas) -> tuple[Conflict, ...]:
    """All conflicts of an atlas, in the order of its edges and nodes."""
    return (*_edges(atlas), *_dates(atlas), *_figures(atlas))


def _edges(atlas: Atlas) -> Iterator[Conflict]:
    holders: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    only: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, edge in enumerate(atlas.edges):
        if not edge.quotes:
            continue
        if edge.relation == "posts" and _SINGLE.fullmatch(edge.title):
            holders[edge.target, edge.title].append(place)
        elif edge.relation in _ONE_ONLY:
            only[edge.source, edge.relation].append(place)
    for found in holders.values():
        if len({atlas.edges[place].source for place in found}) > 1:
            yield Conflict("holders", tuple(found))
    for (_, relation), found in only.items():
        articles = [{quote.doc for quote in atlas.edges[place].quotes} for place in found]
        # What one article says in one breath are several owners; what different articles say may be a conflict.
        if len(found) > 1 and not set.intersection(*articles):
            yield Conflict(_ONE_ONLY[relation], tuple(found))


def _dates(atlas: Atlas) -> Iterator[Conflict]:
    for place, node in enumerate(atlas.nodes):
        dated = [(place, at) for at, attribute in enumerate(node.attributes) if attribute.field == "date"]
        values = [node.attributes[at].value for _, at in dated]
        # 2022 and 2022-05 are one date, known more or less precisely.
        if any(not (one.startswith(two) or two.startswith(one)) for one in values for two in values):
            yield Conflict("dates", attributes=tuple(dated))


def _figures(atlas: Atlas) -> Iterator[Conflict]:
    told = {edge.source: edge.target for edge in atlas.edges if edge.relation == "org"}
    same: defaultdict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for place, node in enumerate(atlas.nodes):
        fields = {attribute.field: (at, attribute.value) for at, attribute in enumerate(node.attributes)}
        if node.type == "Figure" and {"value", "measure", "period"} <= fields.keys() and node.id in told:
            key = (told[node.id], *(fields[name][1] for name in ("measure", "period")), fields.get("unit", (0, ""))[1])
            same[key].append((place, fields["value"][0]))
    for found in same.values():
        if len({atlas.nodes[place].attributes[at].value for place, at in found}) > 1:
            yield Conflict("values", attributes=tuple(found))
