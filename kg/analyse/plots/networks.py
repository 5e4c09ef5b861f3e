"""A network on paper: types by colour, weighted degree by size, the best-connected by name."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from kg.analyse.plots.canvas import COLOURS, halo, note, page, shown, styled, title

if TYPE_CHECKING:
    import networkx as nx
    from matplotlib.figure import Figure

MOST = 200
"""Most nodes that a page has room for; of more, those of the highest weighted degree are drawn."""
NAMED = 45
TYPES = {
    "District": "地区", "Organisation": "机构", "Person": "人物", "Initiative": "举措", "Slogan": "提法",
    "OfficialDocument": "文件", "Article": "文章",
}  # fmt: skip


def network(graph: nx.Graph) -> Figure:
    """A projection as a picture. The layout is Kamada and Kawai's (1989) of each component, side by side.

    Distance in the picture is no measure: nothing may be concluded from it.
    """
    import networkx

    weights: dict[str, float] = dict(graph.degree(weight="weight"))
    kept = sorted(graph, key=lambda id: (-weights[id], id))[:MOST]
    part = networkx.Graph()
    part.add_nodes_from((id, graph.nodes[id]) for id in sorted(kept))
    part.add_edges_from(
        sorted((*sorted(edge[:2]), edge[2]) for edge in graph.edges(kept, data=True) if edge[1] in part)
    )
    places = _layout(part)
    types = sorted({str(data.get("type", "")) for _, data in part.nodes(data=True)})
    top = max(weights.values(), default=1.0) or 1.0
    with styled():
        from matplotlib.collections import LineCollection

        figure, axes = page(9.0, 7.4)
        name = str(graph.graph.get("title", graph.graph.get("name", "")))
        title(axes, "网络图", name)
        lines = [(places[first], places[second]) for first, second in part.edges()]
        heaviest = max((float(data.get("weight", 1)) for *_, data in part.edges(data=True)), default=1.0)
        widths = [0.4 + 2.2 * float(data.get("weight", 1)) / heaviest for *_, data in part.edges(data=True)]
        axes.add_collection(LineCollection(lines, linewidths=widths, colors="#9A9A9A", alpha=0.45, zorder=1))
        for place, type in enumerate(types):
            ids = [id for id in part if str(part.nodes[id].get("type", "")) == type]
            axes.scatter(
                [places[id][0] for id in ids], [places[id][1] for id in ids],
                s=[22 + 320 * weights[id] / top for id in ids], color=COLOURS[place % len(COLOURS)], edgecolors="white",
                linewidths=0.8, zorder=2, label=shown(f"{TYPES.get(type, type)} {type}"),
            )  # fmt: skip
        _name(axes, part, places, weights, top)
        axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), markerscale=0.7)
        axes.set_axis_off()
        axes.margins(0.08)
        left = len(graph) - len(part)
        note(
            figure,
            "Size: weighted degree. Distance is no measure."
            + (f" {left} nodes of lower degree are left out." if left else ""),
            str(graph.graph.get("citation", "")),
        )
    return figure


def _name(
    axes: Any, part: nx.Graph, places: dict[str, tuple[float, float]], weights: dict[str, float], top: float
) -> None:
    """Name the best-connected nodes, as long as no name covers another."""
    taken: list[tuple[float, float, float]] = []
    for id in sorted(part, key=lambda id: (-weights[id], id))[:NAMED]:
        x, y = places[id]
        words = shown(part.nodes[id].get("label", id), 12)
        width = 0.021 * len(words)
        if any(abs(y - other[1]) < 0.034 and x < other[0] + other[2] and other[0] < x + width for other in taken):
            continue
        taken.append((x, y, width))
        away = 3 + math.sqrt(22 + 320 * weights[id] / top) / 2
        axes.annotate(
            words, (x, y), (away, 0), textcoords="offset points", va="center", fontsize=8, zorder=3, path_effects=halo()
        )


def _layout(part: nx.Graph) -> dict[str, tuple[float, float]]:
    """Places in the unit square, rounded so that the last bits of arithmetic do not show."""
    import networkx

    components = sorted(networkx.connected_components(part), key=lambda ids: (-len(ids), min(ids)))
    total = sum(math.sqrt(len(ids)) for ids in components) or 1.0
    found: dict[str, tuple[float, float]] = {}
    left = 0.0
    for ids in components:
        width = math.sqrt(len(ids)) / total
        component = networkx.Graph()
        component.add_nodes_from(sorted(ids))
        component.add_edges_from(sorted(tuple(sorted(edge)) for edge in part.subgraph(ids).edges()))
        drawn = networkx.kamada_kawai_layout(component, weight=None)
        height = 1.0 if width > 0.25 else max(0.3, width * 3)
        for id, (x, y) in drawn.items():
            across, up = (float(x) + 1) / 2, (float(y) + 1) / 2
            found[id] = (round(left + width * (0.06 + 0.88 * across), 3), round(0.5 + (up - 0.5) * height, 3))
        left += width
    return found
