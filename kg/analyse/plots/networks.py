"""A network on paper: types by colour, weighted degree by size, arrows where it is directed, the nodes by name."""

from __future__ import annotations

import math
import unicodedata
from typing import TYPE_CHECKING, Any, Literal

from kg.analyse.plots.canvas import COLOURS, halo, note, page, shown, styled, title
from kg.analyse.plots.placing import Box, Places, arrange, entry

if TYPE_CHECKING:
    import networkx as nx
    from matplotlib.figure import Figure

MOST = 200
"""Most nodes that a page has room for; of more, those of the highest weighted degree are drawn."""
NAMED = 60
"""Where no component has more nodes all are named, and room is made for it; else as many as there is room for."""
TYPE_SIZE = 8.0
LINE = 1.3 * TYPE_SIZE
"""Points from one line of a name to the next."""
LONG, LINES = 9, 3
"""Most characters of a line of a name, and most lines."""
NARROW = 6.4 * 72
"""Least width of what is drawn: the heading and the citation need so much."""
TYPES = {
    "District": "地区", "Organisation": "机构", "Person": "人物", "Initiative": "举措", "Slogan": "提法",
    "OfficialDocument": "文件", "Article": "文章",
}  # fmt: skip
RELATIONS = {
    "cites": "称引", "implements": "落实", "part of": "隶属", "superior": "上级",
}  # fmt: skip
LINE_COLOUR = "#8C8C8C"
DASHES: tuple[Literal["-", "--", ":", "-."], ...] = ("-", "--", ":", "-.")

Name = tuple[float, float, str, str, str]
"""Where a name stands, the name, and which side and edge of it stands there."""


def network(graph: nx.Graph) -> Figure:
    """A projection as a picture, as large as its names need. The layout is Kamada and Kawai's (1989) of each component.

    Distance in the picture is no measure: nothing may be concluded from it.
    """
    import networkx

    weights: dict[str, float] = dict(graph.degree(weight="weight"))
    part = _part(graph, weights)
    top = max(weights.values(), default=1.0)
    radii = {id: 3.0 + 6.0 * math.sqrt(weights[id] / max(top, 4.0)) for id in part}
    undirected = part.to_undirected(as_view=True)
    roomy = max(map(len, networkx.connected_components(undirected)), default=0) <= NAMED
    with styled():
        lines = {id: _lines(shown(part.nodes[id].get("label", id))) if roomy else [] for id in part}
        boxes = {id: _box(radii[id], lines[id]) for id in part}
        places, width, height = arrange(undirected, boxes, NARROW, roomy=roomy)
        if roomy:
            names = [_below(places[id], radii[id], lines[id]) for id in part]
        else:
            names = _best(part, places, radii, weights, (width, height))
        types = sorted({str(data.get("type", "")) for _, data in part.nodes(data=True)})
        relations = sorted({str(data.get("relation", "")) for *_, data in part.edges(data=True)})
        left, bare = len(graph) - len(part), len(part) - len(names)
        meaning = str(graph.graph.get("weight", ""))
        figure, axes = _canvas(
            width,
            height,
            _keys(types, relations),
            "Size: weighted degree. Distance is no measure."
            + (f" {left} nodes of lower degree are left out." if left else "")
            + (f" {bare} are not named for want of room." if bare else ""),
            f"Width of a line: {meaning}." if meaning else "",
            str(graph.graph.get("citation", "")),
        )
        english = str(graph.graph.get("title", graph.graph.get("name", "")))
        title(axes, str(graph.graph.get("title_zh", "网络图")), english)
        _join(axes, part, places, radii, lines, relations)
        for place, type in enumerate(types):
            ids = [id for id in part if str(part.nodes[id].get("type", "")) == type]
            axes.scatter(
                [places[id][0] for id in ids], [places[id][1] for id in ids], s=[4 * radii[id] ** 2 for id in ids],
                color=COLOURS[place % len(COLOURS)], edgecolors="white", linewidths=0.8, zorder=2,
            )  # fmt: skip
        for x, y, words, across, up in names:
            axes.text(
                x, y, words, ha=across, va=up, fontsize=TYPE_SIZE, linespacing=1.1, zorder=3, path_effects=halo(),
                multialignment="center",
            )  # fmt: skip
    return figure


def _part(graph: nx.Graph, weights: dict[str, float]) -> nx.Graph:
    """What there is room for, its nodes and edges in the order of their names."""
    kept = set(sorted(graph, key=lambda id: (-weights[id], id))[:MOST])
    part: nx.Graph = graph.__class__()
    part.add_nodes_from((id, graph.nodes[id]) for id in sorted(kept))
    inside = [edge for edge in graph.edges if edge[0] in kept and edge[1] in kept]
    for first, second in sorted(inside if graph.is_directed() else (sorted(edge) for edge in inside)):
        part.add_edge(first, second, **graph.edges[first, second])
    return part


def _keys(types: list[str], relations: list[str]) -> list[Any]:
    from matplotlib.lines import Line2D

    keys = [
        Line2D([], [], linestyle="", marker="o", markersize=8, color=COLOURS[place % len(COLOURS)],
               label=shown(f"{TYPES.get(type, type)} {type}"))
        for place, type in enumerate(types)
    ]  # fmt: skip
    if len(relations) > 1:
        keys += [
            Line2D([], [], color=LINE_COLOUR, linestyle=_dash(relations, relation),
                   label=shown(f"{RELATIONS.get(relation, '')} {relation}"))
            for relation in relations
        ]  # fmt: skip
    return keys


def _canvas(width: float, height: float, keys: list[Any], *sentences: str) -> tuple[Figure, Any]:
    """A page on which a point of the data is a point of the paper: only so does nothing cover what it was kept from."""
    wide = max(width, NARROW) + 48
    columns = max(1, min(4, int(wide // 130)))
    figure, axes = page(wide / 72, 4)
    figure.set_layout_engine("none")
    words = note(figure, *sentences)
    foot = 14 + 8.6 * (words.get_text().count("\n") + 1)
    legend = 8 + 16 * -(-len(keys) // columns)
    tall = foot + legend + height + 28 + 46
    figure.set_size_inches(wide / 72, tall / 72)
    words.set(y=6 / tall, x=10 / wide, verticalalignment="bottom")
    figure.legend(
        handles=keys, loc="lower left", bbox_to_anchor=(4 / wide, foot / tall), ncols=columns, borderaxespad=0.2,
        handlelength=1.6, columnspacing=1.6,
    )  # fmt: skip
    axes.set_position((10 / wide, (foot + legend) / tall, (wide - 20) / wide, (height + 28) / tall))
    axes.set_xlim(width / 2 - (wide - 20) / 2, width / 2 + (wide - 20) / 2)
    axes.set_ylim(-14, height + 14)
    axes.set_axis_off()
    return figure, axes


def _join(
    axes: Any,
    part: nx.Graph,
    places: Places,
    radii: dict[str, float],
    lines: dict[str, list[str]],
    relations: list[str],
) -> None:
    """Draw the edges, from the rim of one node (or its name) to that of the other; arrows where they have a direction."""
    from matplotlib.collections import LineCollection
    from matplotlib.patches import FancyArrowPatch

    def reached(start: str, end: str) -> tuple[float, float]:
        (x, y), (u, v), radius = places[start], places[end], radii[end] + 1
        far = math.dist((x, y), (u, v)) or 1.0
        rim = u + (x - u) * radius / far, v + (y - v) * radius / far
        if not lines[end]:
            return rim
        half = max(_width(line) / 2 for line in lines[end]) + 2
        found = entry((x, y), (u, v), half, -radius - 3 - LINE * len(lines[end]), -radius)
        return rim if found == (u, v) else found

    edges = list(part.edges(data=True))
    heaviest = max((float(data.get("weight", 1)) for *_, data in edges), default=1.0) or 1.0
    widths = [0.6 + 1.8 * float(data.get("weight", 1)) / heaviest for *_, data in edges]
    faint = 0.8 if len(edges) < 100 else 0.4
    ends = [(reached(second, first), reached(first, second)) for first, second, _ in edges]
    if not part.is_directed():
        axes.add_collection(LineCollection(ends, linewidths=widths, colors=LINE_COLOUR, alpha=faint, zorder=1))
        return
    for (first, second, data), (start, end), width in zip(edges, ends, widths, strict=True):
        bend = 0.15 if part.has_edge(second, first) else 0.0
        axes.add_patch(
            FancyArrowPatch(
                start, end, arrowstyle="-|>", mutation_scale=11, shrinkA=0, shrinkB=0, linewidth=width, color=LINE_COLOUR,
                zorder=1, joinstyle="miter", linestyle=_dash(relations, str(data.get("relation", ""))),
                connectionstyle=f"arc3,rad={bend}",
            )
        )  # fmt: skip


def _dash(relations: list[str], relation: str) -> Literal["-", "--", ":", "-."]:
    return DASHES[relations.index(relation) % len(DASHES)]


def _width(words: str) -> float:
    """Points that words are wide: a Chinese character is as wide as it is high."""
    return TYPE_SIZE * sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.62 for char in words)


def _lines(words: str) -> list[str]:
    """A name in lines of about one length, the last one cut where there is too much of it."""
    words = words if len(words) <= LONG * LINES else words[: LONG * LINES - 1] + "…"
    count = max(1, -(-len(words) // LONG))
    long = -(-len(words) // count)
    return [words[start : start + long].strip() for start in range(0, len(words), long)]


def _box(radius: float, lines: list[str]) -> Box:
    side = max([radius, *(_width(line) / 2 for line in lines)]) + 3
    return Box(side, radius + 4, radius + 3 + (LINE * len(lines) + 4 if lines else 0))


def _below(place: tuple[float, float], radius: float, lines: list[str]) -> Name:
    return place[0], place[1] - radius - 2, "\n".join(lines), "center", "top"


def _best(
    part: nx.Graph, places: Places, radii: dict[str, float], weights: dict[str, float], size: tuple[float, float]
) -> list[Name]:
    """Names of the best-connected nodes, where they cover no other name and no mark, as many as there is room for."""
    taken = [(x - radii[id], y - radii[id], x + radii[id], y + radii[id]) for id, (x, y) in places.items()]
    names: list[Name] = []
    for id in sorted(part, key=lambda id: (-weights[id], id)):
        (x, y), away = places[id], radii[id] + 2
        words = shown(part.nodes[id].get("label", id), 12)
        wide = _width(words)
        for name, left, low in (
            ((x + away, y, words, "left", "center"), x + away, y - LINE / 2),
            ((x - away, y, words, "right", "center"), x - away - wide, y - LINE / 2),
            ((x, y - away, words, "center", "top"), x - wide / 2, y - away - LINE),
            ((x, y + away, words, "center", "bottom"), x - wide / 2, y + away),
        ):
            right, high = left + wide, low + LINE
            outside = left < -20 or right > size[0] + 20 or low < -12 or high > size[1] + 12
            if outside or any(left < one[2] and one[0] < right and low < one[3] and one[1] < high for one in taken):
                continue
            taken.append((left, low, right, high))
            names.append(name)
            break
    return names
