"""Where every node of a graph stands: a seeded map of two levels, the same each time.

Communities (Louvain: Blondel et al. 2008, J. Stat. Mech. P10008) are the rooms of the map. Each is laid out by itself
with forces after Fruchterman and Reingold (1991), pulled towards the rooms it has to do with; the rooms are then placed
among each other in the same way, as discs that must not overlap. Components are packed side by side, the largest in
the middle; nodes without any edge stand in a band below.

A unit is about a pixel at full zoom; y grows downwards, as on a screen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kg.explore.forces import place_discs, place_nodes
from kg.explore.packing import band, join, pack

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np

    Array = np.ndarray[Any, Any]

Point = tuple[float, float]

SPACE = 26.0
"""Half the distance that two nodes of one edge each keep."""

_ROOM = 360
"""Nodes that a room holds at most, because a larger one is a hairball: it is split into communities again."""

_SMALL = 12
"""Nodes of a component that is one room, whatever its communities."""


def layout(graph: nx.Graph[Any], *, previous: Mapping[str, Point] | None = None, seed: int = 0) -> dict[str, Point]:
    """Positions of all nodes of *graph*, rounded to 0.1, in the order of the nodes' names.

    The same nodes, edges, weights and *seed* give the same positions, whatever their order. Direction and loops are
    ignored; of parallel edges the attributes ``weight`` (1 where there is none) add up. With *previous*, known nodes
    stay exactly where they were, and new ones stand at a free place near their neighbours.
    """
    nodes = sorted(graph.nodes)
    kept = {name: previous[name] for name in nodes if name in previous} if previous else {}
    if not kept:
        return _rounded(nodes, _map(nodes, _edges(graph, nodes), seed))
    edges = _edges(graph, nodes)
    new = join(nodes, edges, kept, SPACE)
    lost = [name for name in nodes if name not in kept and name not in new]
    if lost:
        # What touches nothing that is known becomes a map of its own, below.
        stands = {*kept.values(), *new.values()}
        inner = {name: place for place, name in enumerate(lost)}
        own = {
            (inner[nodes[a]], inner[nodes[b]]): weight
            for (a, b), weight in edges.items()
            if nodes[a] in inner and nodes[b] in inner
        }
        points = _map(lost, own, seed)
        left, bottom = min(x for x, _ in stands), max(y for _, y in stands)
        shift = left - points[:, 0].min(), bottom + 6 * SPACE - points[:, 1].min()
        new |= _rounded(lost, points + shift)
    return {name: kept[name] if name in kept else new[name] for name in nodes}


def _rounded(nodes: Sequence[str], points: Array) -> dict[str, Point]:
    # Zero is added because -0.0 and 0.0 are two strings.
    return {
        name: (round(float(x), 1) + 0.0, round(float(y), 1) + 0.0) for name, (x, y) in zip(nodes, points, strict=True)
    }


def _edges(graph: nx.Graph[Any], nodes: Sequence[str]) -> dict[tuple[int, int], float]:
    """Weights of the edges between numbered nodes, the smaller number first, in the order of the numbers."""
    number = {name: place for place, name in enumerate(nodes)}
    pieces: dict[tuple[int, int], list[float]] = {}
    for a, b, weight in graph.edges(data="weight", default=1.0):
        i, j = number[a], number[b]
        if i != j:
            pieces.setdefault((min(i, j), max(i, j)), []).append(float(weight))
    # Sorted before they are added, because sums of floats depend on the order.
    return {pair: sum(sorted(pieces[pair])) for pair in sorted(pieces)}


def _map(nodes: Sequence[str], edges: Mapping[tuple[int, int], float], seed: int) -> Array:
    """Points of numbered nodes: an array (nodes, 2)."""
    import networkx as nx
    import numpy as np

    points = np.zeros((len(nodes), 2))
    whole: nx.Graph[int] = nx.Graph()
    whole.add_nodes_from(range(len(nodes)))
    whole.add_weighted_edges_from((a, b, weight) for (a, b), weight in edges.items())
    components = sorted((sorted(part) for part in nx.connected_components(whole)), key=lambda part: (-len(part), part))
    alone = [part[0] for part in components if len(part) == 1]
    parts = [part for part in components if len(part) > 1]
    known: dict[tuple[tuple[int, int], ...], Array] = {}
    shapes = [_shape(whole, part, seed, known) for part in parts]
    for part, shape in zip(parts, pack(shapes, SPACE), strict=True):
        points[part] = shape
    if alone:
        points[alone] = band(len(alone), points[[i for part in parts for i in part]], SPACE)
    return points


def _shape(whole: nx.Graph[int], part: list[int], seed: int, known: dict[tuple[tuple[int, int], ...], Array]) -> Array:
    """Points of one component; small ones of one form, of which there may be thousands, are laid out once."""
    if len(part) > _SMALL:
        return _component(whole.subgraph(part), seed)
    row = {node: place for place, node in enumerate(part)}
    form = tuple(sorted((row[a], row[b]) for a in part for b in whole[a] if a < b))
    if form not in known:
        known[form] = _component(whole.subgraph(part), seed)
    return known[form]


def _component(graph: nx.Graph[int], seed: int) -> Array:
    """Points of the nodes of one component, in the order of their numbers, around the middle of the largest room."""
    import numpy as np

    nodes = sorted(graph)
    row = {node: place for place, node in enumerate(nodes)}
    rooms = _rooms(graph, seed)
    room_of = {node: number for number, room in enumerate(rooms) for node in room}
    degrees = np.array([graph.degree(node) for node in nodes])
    pairs = np.array([(row[a], row[b]) for a, b in sorted((min(e), max(e)) for e in graph.edges)])
    at = np.array([room_of[node] for node in nodes])
    sizes = SPACE * (0.55 + 0.28 * np.sqrt(np.minimum(degrees, 100)) / 2)
    between = pairs[at[pairs[:, 0]] != at[pairs[:, 1]]]
    members = [np.array([row[node] for node in room]) for room in rooms]
    first = np.sqrt([float((sizes[room] ** 2).sum()) for room in members]) * 1.5
    centres = place_discs(first, at[between], SPACE, seed)
    points = np.zeros((len(nodes), 2))
    inside = pairs[at[pairs[:, 0]] == at[pairs[:, 1]]]
    outward = _outward(between, at, centres, degrees)
    local = np.zeros(len(nodes), dtype=int)
    for room in members:
        local[room] = np.arange(len(room))
    room_of_pair = at[inside[:, 0]]
    order = np.argsort(room_of_pair, kind="stable")
    cuts = np.searchsorted(room_of_pair[order], np.arange(len(rooms) + 1))
    radii = np.zeros(len(rooms))
    for number, room in enumerate(members):
        own = local[inside[order[cuts[number] : cuts[number + 1]]]]
        shape = place_nodes(len(room), own, sizes[room], outward[room], seed)
        points[room] = shape
        radii[number] = np.sqrt((shape**2).sum(axis=1)).max() + sizes[room].max()
    centres = place_discs(radii, at[between], SPACE, seed, start=centres)
    placed: Array = points + centres[at]
    return placed


def _outward(pairs: Array, at: Array, centres: Array, degrees: Array) -> Array:
    """Where each node is drawn by the other rooms it has to do with: vectors of length 0 to 1."""
    import numpy as np

    total = len(degrees)
    pull = np.zeros((total, 2))
    for a, b in ((0, 1), (1, 0)):
        way = centres[at[pairs[:, b]]] - centres[at[pairs[:, a]]]
        way /= np.maximum(np.sqrt((way**2).sum(axis=1)), 1e-9)[:, None]
        for axis in (0, 1):
            pull[:, axis] += np.bincount(pairs[:, a], weights=way[:, axis], minlength=total)
    # By the share of its edges, so that a hub with a few edges elsewhere stays in the middle of its own room.
    drawn: Array = pull / (1 + degrees)[:, None]
    return drawn


def _rooms(graph: nx.Graph[int], seed: int) -> list[list[int]]:
    """Communities of a component, the largest first; one that is too large for a room is split again."""
    import networkx as nx

    ordered: nx.Graph[int] = nx.Graph()
    ordered.add_nodes_from(sorted(graph))
    ordered.add_weighted_edges_from(
        sorted((min(a, b), max(a, b), weight) for a, b, weight in graph.edges(data="weight"))
    )
    if len(ordered) <= _SMALL:
        return [list(ordered)]
    rooms: list[list[int]] = []
    for found in nx.community.louvain_communities(ordered, weight="weight", seed=seed):
        room = sorted(found)
        if len(room) <= _ROOM or len(room) == len(ordered):
            rooms.append(room)
        else:
            rooms.extend(_rooms(ordered.subgraph(room), seed))
    return sorted(rooms, key=lambda room: (-len(room), room))
