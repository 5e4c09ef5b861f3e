"""Parts of a map side by side: components in shelves, lone nodes in a band, new nodes beside their neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import cos, hypot, sin, sqrt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

_WIDE = 1.5
"""Width of a map to its height: about that of a screen."""

TURN = 2.399963229728653
"""The golden angle, in radians."""


def pack(shapes: Sequence[Array], space: float) -> list[Array]:
    """The shapes moved so that none overlaps another: the first around (0, 0), the others in rows below it."""
    import numpy as np

    if not shapes:
        return []
    first, *rest = (shape - (shape.max(axis=0) + shape.min(axis=0)) / 2 for shape in shapes)
    gap = 3 * space
    boxes = [np.maximum(shape.max(axis=0) - shape.min(axis=0), space) + gap for shape in rest]
    area = float(sum(box[0] * box[1] for box in boxes))
    width = max(float(np.ptp(first[:, 0])), sqrt(area * _WIDE), *(float(box[0]) for box in boxes), space)
    top = float(first[:, 1].max()) + 2 * gap
    placed = [first]
    row: list[tuple[Array, Array]] = []
    taken = 0.0
    for shape, box in [*zip(rest, boxes, strict=True), (None, None)]:
        if row and (box is None or taken + box[0] > width):
            height = max(float(one[1]) for _, one in row)
            x = -taken / 2
            for one, size in row:
                placed.append(one + np.array((x + size[0] / 2, top + height / 2)))
                x += float(size[0])
            top += height
            row, taken = [], 0.0
        if shape is not None and box is not None:
            row.append((shape, box))
            taken += float(box[0])
    return placed


def band(total: int, points: Array, space: float) -> Array:
    """Points of nodes without an edge: rows below all other *points*, as wide as these, in the order of the nodes."""
    import numpy as np

    step = 2.4 * space
    columns = max(int(sqrt(total * _WIDE * 2)), 1)
    top, middle = 0.0, 0.0
    if len(points):
        left, right = float(points[:, 0].min()), float(points[:, 0].max())
        columns = max(int((right - left) / step) + 1, columns)
        top, middle = float(points[:, 1].max()) + 4 * space, (left + right) / 2
    columns = min(columns, total)
    place = np.arange(total)
    x = middle + (place % columns - (columns - 1) / 2) * step
    return np.stack((x, top + place // columns * step), axis=1)


def join(
    nodes: Sequence[str],
    edges: Mapping[tuple[int, int], float],
    kept: Mapping[str, tuple[float, float]],
    space: float,
) -> dict[str, tuple[float, float]]:
    """Free places for new nodes near their neighbours: those that any path leads to from a node that is kept.

    In turn, from nodes with a place to their neighbours: each new node stands at the first free point of a spiral
    around the middle of the neighbours that have a place.
    """
    near: dict[int, set[int]] = {}
    for a, b in edges:
        near.setdefault(a, set()).add(b)
        near.setdefault(b, set()).add(a)
    stands = {number: kept[name] for number, name in enumerate(nodes) if name in kept}
    cells: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for point in stands.values():
        cells.setdefault(_cell(point, space), []).append(point)
    found: dict[str, tuple[float, float]] = {}
    front = sorted({other for number in stands for other in near.get(number, ())} - stands.keys())
    while front:
        known = dict(stands)
        for number in front:
            around = [known[other] for other in sorted(near[number]) if other in known]
            middle = sum(x for x, _ in around) / len(around), sum(y for _, y in around) / len(around)
            point = _free(middle, cells, space)
            stands[number] = found[nodes[number]] = point
            cells.setdefault(_cell(point, space), []).append(point)
        front = sorted({other for number in front for other in near[number]} - stands.keys())
    return found


def _cell(point: tuple[float, float], space: float) -> tuple[int, int]:
    return int(point[0] // (2 * space)), int(point[1] // (2 * space))


def _free(
    middle: tuple[float, float], cells: Mapping[tuple[int, int], Sequence[tuple[float, float]]], space: float
) -> tuple[float, float]:
    """The first point of a spiral around *middle* that keeps its distance from all others."""
    step = 0
    while True:
        radius = 0.6 * space * sqrt(step)
        point = (
            round(middle[0] + radius * cos(step * TURN), 1) + 0.0,
            round(middle[1] + radius * sin(step * TURN), 1) + 0.0,
        )
        x, y = _cell(point, space)
        around = (other for i in (x - 1, x, x + 1) for j in (y - 1, y, y + 1) for other in cells.get((i, j), ()))
        if all(hypot(point[0] - a, point[1] - b) >= 1.6 * space for a, b in around):
            return point
        step += 1
