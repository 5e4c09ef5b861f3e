"""Forces between nodes of a room, and between rooms: each a few hundred points, all pairs at once.

Points are quantised after every step, because machines differ in the last bit of a float and a step would make more of
it: equal input gives equal points everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.explore.packing import TURN

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

_GRID = 2.0**-16

_FLAT = (0.5, 1.6)
"""The pull to the middle, across and down: the map becomes wider than high, as screens are."""


_FORCES = 700
"""Nodes of a room that forces are reckoned for; above, a spiral does, because pairs grow with the square."""


def place_nodes(total: int, pairs: Array, sizes: Array, outward: Array, seed: int) -> Array:
    """Points of the nodes of one room around (0, 0): an array (total, 2).

    *pairs* are the edges within the room, *sizes* the radii that nodes keep free, *outward* where the other rooms draw
    each node: vectors of length 0 to 1. Nodes of high degree begin, and mostly stay, in the middle.
    """
    import numpy as np

    degrees = np.bincount(pairs.ravel(), minlength=total)
    points = _spiral(sizes, degrees, seed)
    if total == 1 or total > _FORCES:
        return points
    length = float(sizes.mean()) * 2.1
    reach = float(np.sqrt((sizes**2).sum())) * 1.2
    weight = 1 + np.minimum(degrees, 24) / 6
    charge = 0.45 * length**2 * weight[:, None] * weight[None, :]
    gravity = (0.5 + 0.05 * np.sqrt(weight))[:, None]
    drawn = outward * (0.3 * reach)
    steps = 120 if total <= 200 else 80
    for step in range(steps):
        x, y = points[:, 0, None] - points[None, :, 0], points[:, 1, None] - points[None, :, 1]
        push = charge / (x * x + y * y + 0.05 * length**2)
        force = np.stack(((x * push).sum(axis=1), (y * push).sum(axis=1)), axis=1)
        # To the middle, the more so the more edges a node has; and towards what it has to do with elsewhere.
        pull, stiffness = _springs(points, pairs, total, length, degrees)
        force += pull - points * gravity + drawn
        points = _step(points, force / (0.5 + stiffness)[:, None], reach * 0.35 * (1 - step / steps) ** 1.5)
    points = _apart(points, sizes, 150)
    return points - _middle(points)


def place_discs(radii: Array, pairs: Array, gap: float, seed: int, *, start: Array | None = None) -> Array:
    """Centres of discs that do not overlap, near those they share edges with: an array (discs, 2).

    *pairs* are edges between discs, one row an edge; *start* are centres to begin from.
    """
    import numpy as np

    total = len(radii)
    if total == 1:
        return np.zeros((1, 2))
    ties = _ties(pairs, total)
    grown = radii + gap
    scale = float(np.sqrt((grown**2).sum() / total))
    points = _spiral(grown, ties.sum(axis=1), seed) * (1.7, 1.1) if start is None else start * 1.15
    strength = np.log1p(ties)
    strength /= max(float(strength.max()), 1e-9)
    # The more a room has to do with others, the nearer it stands to the middle.
    central = (0.3 + 1.5 * strength.sum(axis=1) / max(float(strength.sum(axis=1).max()), 1e-9))[:, None]
    span = float(np.sqrt((grown**2).sum()))
    # Fewer steps for many rooms, because pairs grow with the square: 50,000 nodes have some 800 rooms.
    steps = max(min(260, 40_000 // total), 90) // (1 if start is None else 2)
    touching = grown[:, None] + grown[None, :]
    np.fill_diagonal(touching, 0.0)
    for step in range(steps):
        x, y = points[:, 0, None] - points[None, :, 0], points[:, 1, None] - points[None, :, 1]
        distance = np.sqrt(x * x + y * y)
        np.fill_diagonal(distance, 1.0)
        push = np.where(distance < touching, 3 * (touching - distance), 0.12 * touching**2 / (distance + touching))
        share = (push - strength * np.maximum(distance - touching, 0)) / np.maximum(distance, 1e-9)
        force = np.stack(((x * share).sum(axis=1), (y * share).sum(axis=1)), axis=1)
        force -= points * _FLAT * central
        stiffness = strength.sum(axis=1) + 3 * (distance < touching).sum(axis=1) + 0.5
        heat = span * 0.25 * (1 - step / steps) ** 1.5 * (1.0 if start is None else 0.2) + 0.01 * scale
        points = _step(points, force / stiffness[:, None], heat)
    return _closer(_apart(points, grown, 400), grown)


def _ties(pairs: Array, total: int) -> Array:
    """How many edges each two discs share: an array (total, total)."""
    import numpy as np

    flat = np.bincount(pairs[:, 0] * total + pairs[:, 1], minlength=total * total) if len(pairs) else None
    ties = np.zeros((total, total)) if flat is None else flat.reshape(total, total).astype(float)
    return ties + ties.T


def _spiral(sizes: Array, importance: Array, seed: int) -> Array:
    """Discs on a sunflower's spiral (Vogel 1979), the most important in the middle; *seed* turns it."""
    import numpy as np

    order = np.argsort(-importance, kind="stable")
    area = np.cumsum(sizes[order] ** 2)
    radius, angle = np.empty(len(sizes)), np.empty(len(sizes))
    # Each disc stands where the area of those before it ends; 1.25, because discs do not fill a plane.
    radius[order] = 1.25 * np.sqrt(area - sizes[order] ** 2 / 2)
    radius[order[0]] = 0
    angle[order] = np.arange(len(sizes)) * TURN + np.random.default_rng(seed).random() * 6.283185307179586
    return _quantised(np.stack((radius * np.cos(angle), radius * np.sin(angle)), axis=1))


def _springs(points: Array, pairs: Array, total: int, length: float, degrees: Array) -> tuple[Array, Array]:
    """The pull of edges on each node, and how stiffly they hold it: a step beyond force / stiffness would swing.

    An edge between two nodes of many is weak, so that two hubs keep what belongs to each apart.
    """
    import numpy as np

    force, stiffness = np.zeros((total, 2)), np.zeros(total)
    way = points[pairs[:, 1]] - points[pairs[:, 0]]
    strength = np.sqrt((way**2).sum(axis=1)) / length
    strength /= np.sqrt(np.maximum(np.minimum(degrees[pairs[:, 0]], degrees[pairs[:, 1]]), 1))
    way *= strength[:, None]
    for end, sign in ((0, 1), (1, -1)):
        stiffness += np.bincount(pairs[:, end], weights=strength, minlength=total)
        for axis in (0, 1):
            force[:, axis] += sign * np.bincount(pairs[:, end], weights=way[:, axis], minlength=total)
    return force, stiffness


def _step(points: Array, force: Array, most: float) -> Array:
    import numpy as np

    length = np.sqrt((force**2).sum(axis=1))
    return _quantised(points + force * (np.minimum(length, most) / np.maximum(length, 1e-9))[:, None])


def _apart(points: Array, sizes: Array, rounds: int) -> Array:
    """Push discs apart until none overlaps another, or for so many rounds."""
    import numpy as np

    total = len(points)
    least = 0.01 * float(sizes.min())
    for turn in range(rounds):
        if turn % 10 == 0:
            x, y = points[:, 0, None] - points[None, :, 0], points[:, 1, None] - points[None, :, 1]
            near = np.sqrt(x * x + y * y) < 1.4 * (sizes[:, None] + sizes[None, :])
            first, second = np.nonzero(np.triu(near, 1))
            touching = sizes[first] + sizes[second]
        way = points[first] - points[second]
        distance = np.sqrt((way**2).sum(axis=1))
        over = np.maximum(touching * 1.002 - distance, 0)
        if turn % 10 == 0 and (not len(over) or float(over.max()) < least):
            break
        # Two at one point part along a way of their own.
        same = distance < 1e-6
        way[same] = np.stack((np.cos(second[same] * TURN), np.sin(second[same] * TURN)), axis=1)
        way *= (0.45 * over / np.where(same, 1.0, np.maximum(distance, 1e-9)))[:, None]
        moved = [
            np.bincount(first, weights=way[:, axis], minlength=total)
            - np.bincount(second, weights=way[:, axis], minlength=total)
            for axis in (0, 1)
        ]
        points = _quantised(points + np.stack(moved, axis=1))
    return points


def _closer(points: Array, radii: Array) -> Array:
    """Discs drawn to the middle as far as none touches another: each in turn, the innermost first."""
    import numpy as np

    points = points - _middle(points)
    for _ in range(2):
        for i in np.argsort((points**2).sum(axis=1), kind="stable"):
            shares = np.linspace(0.5, 1.0, 26)
            places = points[i] * shares[:, None]
            way = np.sqrt(((places[:, None, :] - points[None, :, :]) ** 2).sum(axis=2)) - radii[i] - radii[None, :]
            way[:, i] = 1.0
            free = way.min(axis=1) >= 0
            if free.any():
                points[i] = places[int(np.argmax(free))]
    return _quantised(points)


def _middle(points: Array) -> Array:
    result: Array = (points.max(axis=0) + points.min(axis=0)) / 2
    return result


def _quantised(points: Array) -> Array:
    import numpy as np

    result: Array = np.round(points / _GRID) * _GRID
    return result
