"""Where the nodes of a drawn network stand: components side by side, nothing on top of another, all lengths in points."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

SHAPE = 1.3
"""Width of a page by its height."""
APART = 26.0
"""Between two components."""
EDGE = 78.0
"""A usual edge of a small network."""
ROOM = 52.0
"""The side of the square that a node of a large network has."""

Places = dict[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Box:
    """What a node takes up around its centre: its mark, and its name below."""

    side: float
    """Half the width."""
    above: float
    below: float


def arrange(graph: nx.Graph, boxes: dict[str, Box], least: float, *, roomy: bool) -> tuple[Places, float, float]:
    """Places of the nodes of an undirected *graph*, and the width and height of all of it.

    Each component is laid out after Kamada and Kawai (1989) and its boxes are pushed apart until none touches another;
    *roomy* gives edges a length that suits a small network. The components are then packed on shelves, which may be
    *least* points wide without loss.
    """
    import networkx

    components = sorted(networkx.connected_components(graph), key=lambda ids: (-len(ids), min(ids)))
    drawn = []
    for ids in components:
        places = _spread(_layout(graph, sorted(ids), boxes, roomy), boxes)
        left = min(x - boxes[id].side for id, (x, _) in places.items())
        low = min(y - boxes[id].below for id, (_, y) in places.items())
        width = max(x + boxes[id].side for id, (x, _) in places.items()) - left
        height = max(y + boxes[id].above for id, (_, y) in places.items()) - low
        drawn.append(({id: (x - left, y - low) for id, (x, y) in places.items()}, width, height))
    drawn.sort(key=lambda one: (-round(one[2], 1), -round(one[1], 1), min(one[0])))
    corners, width, height = pack([one[1:] for one in drawn], least)
    found = {
        id: (round(x + left, 2), round(y + low, 2))
        for (places, *_), (left, low) in zip(drawn, corners, strict=True)
        for id, (x, y) in places.items()
    }
    return found, width, height


def _layout(graph: nx.Graph, ids: list[str], boxes: dict[str, Box], roomy: bool) -> Places:
    import networkx

    if len(ids) == 1:
        return {ids[0]: (0.0, 0.0)}
    if len(ids) == 2:
        apart = max(EDGE, boxes[ids[0]].side + boxes[ids[1]].side + APART)
        return {ids[0]: (0.0, 0.0), ids[1]: (apart, 0.0)}
    component = networkx.Graph()
    component.add_nodes_from(ids)
    component.add_edges_from(sorted(tuple(sorted(edge)) for edge in graph.subgraph(ids).edges()))
    # Rounded, so that the last bits of arithmetic do not show.
    raw = {
        id: (round(float(x), 3), round(float(y), 3))
        for id, (x, y) in networkx.kamada_kawai_layout(component, weight=None).items()
    }
    if roomy:
        lengths = sorted(math.dist(raw[first], raw[second]) for first, second in component.edges)
        scale = EDGE / (lengths[len(lengths) // 2] or 1.0)
    else:
        scale = ROOM * math.sqrt(len(ids)) / 2
    return {id: (x * scale * SHAPE, y * scale) for id, (x, y) in raw.items()}


def _spread(places: Places, boxes: dict[str, Box]) -> Places:
    """The same with boxes that touch pushed apart, along the axis on which it takes less; all is widened where that fails."""
    ids = sorted(places)
    for _ in range(40):
        for _ in range(120):
            if not _push(ids, places, boxes):
                return places
        places = {id: (x * 1.12, y * 1.12) for id, (x, y) in places.items()}
    return places


def _push(ids: list[str], places: Places, boxes: dict[str, Box]) -> bool:
    moved = False
    for place, first in enumerate(ids):
        one = boxes[first]
        for second in ids[place + 1 :]:
            (x, y), (u, v), other = places[first], places[second], boxes[second]
            across = one.side + other.side - abs(u - x)
            up = (one.above + other.below if v >= y else one.below + other.above) - abs(v - y)
            if across <= 0 or up <= 0:
                continue
            moved = True
            if across < up:
                by = (across / 2 + 0.5) * (1 if u >= x else -1)
                places[first], places[second] = (x - by, y), (u + by, v)
            else:
                by = (up / 2 + 0.5) * (1 if v >= y else -1)
                places[first], places[second] = (x, y - by), (u, v + by)
    return moved


def pack(sizes: list[tuple[float, float]], least: float = 0.0) -> tuple[list[tuple[float, float]], float, float]:
    """Lower left corners of rectangles, tallest first, on shelves of a page of about the usual shape; width, height.

    >>> pack([(40.0, 30.0), (20.0, 10.0), (20.0, 10.0)])
    ([(0.0, 36.0), (0.0, 0.0), (46.0, 0.0)], 66.0, 66.0)
    """
    widest, total = max((width for width, _ in sizes), default=0.0), sum(width + APART for width, _ in sizes)
    tries = [_shelves(sizes, widest + (total - widest) * step / 30) for step in range(31)]
    return min(tries, key=lambda one: (max(one[1], one[2] * SHAPE, least), one[2]))


def _shelves(sizes: list[tuple[float, float]], room: float) -> tuple[list[tuple[float, float]], float, float]:
    """Shelves at most *room* wide, from the top; on a shelf, what is low stands in columns."""
    corners: list[tuple[float, float]] = []
    top = shelf = left = column = down = reached = 0.0
    for width, height in sizes:
        if corners and width <= column and down + APART + height <= shelf:
            down += APART
        elif corners and left + column + APART + width <= room + 0.01:
            left, column, down = left + column + APART, width, 0.0
        else:
            top, left = (top + shelf + APART, 0.0) if corners else (0.0, 0.0)
            shelf, column, down = height, width, 0.0
        corners.append((left, top + down))
        down += height
        reached = max(reached, left + width)
    tall = top + shelf
    return [(x, tall - y - height) for (x, y), (_, height) in zip(corners, sizes, strict=True)], reached, tall


def entry(
    start: tuple[float, float], end: tuple[float, float], half: float, low: float, high: float
) -> tuple[float, float]:
    """Where the way from *start* to *end* first meets a rectangle *half* to both sides of *end*, or else *end*.

    The rectangle reaches from *low* to *high*, seen from *end*.

    >>> entry((0.0, -50.0), (0.0, 0.0), 20.0, -30.0, -10.0), entry((-50.0, 0.0), (0.0, 0.0), 20.0, -30.0, -10.0)
    ((0.0, -30.0), (0.0, 0.0))
    """
    x, y = start[0] - end[0], start[1] - end[1]
    enters, leaves = 0.0, 1.0
    for begin, step, least, most in ((x, -x, -half, half), (y, -y, low, high)):
        if step == 0:
            if not least <= begin <= most:
                return end
            continue
        sides = sorted(((least - begin) / step, (most - begin) / step))
        enters, leaves = max(enters, sides[0]), min(leaves, sides[1])
    if enters >= leaves:
        return end
    return start[0] - enters * x, start[1] - enters * y
