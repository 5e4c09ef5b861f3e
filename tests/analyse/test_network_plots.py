"""Networks on paper: nothing covers anything, all of a small network is named, arrows show the direction."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import networkx
import pytest

import kg
import kg.analyse
from kg.analyse import plots
from kg.analyse.plots.placing import pack

LONG = "中共某某市委关于新时代加强和改进人民政协工作的实施意见"


def named(graph: networkx.Graph, label: str = "某某区政协第{}委员会") -> networkx.Graph:
    """The graph with nodes as projections have them."""
    found = networkx.relabel_nodes(graph, {id: f"body/{id:03}" for id in graph})
    for number, id in enumerate(sorted(found)):
        found.nodes[id].update(label=label.format(number), type="Organisation" if number % 3 else "Person")
    networkx.set_edge_attributes(found, 1, "weight")
    return found


NETWORKS = {
    "pairs": named(networkx.disjoint_union_all([networkx.path_graph(2)] * 3)),
    "many pairs": named(networkx.disjoint_union_all([networkx.path_graph(2)] * 15)),
    "path": named(networkx.path_graph(9)),
    "star": named(networkx.star_graph(24)),
    "star of long names": named(networkx.star_graph(14), LONG + "{}"),
    "complete": named(networkx.complete_graph(12)),
    "tree": named(networkx.balanced_tree(3, 3).subgraph(range(30)).copy()),
    "two-mode": named(networkx.complete_bipartite_graph(5, 9)),
    "mixed": named(
        networkx.disjoint_union_all([networkx.star_graph(9), networkx.cycle_graph(5), *[networkx.path_graph(2)] * 6])
    ),
    "many components": named(networkx.disjoint_union_all([networkx.star_graph(number % 9 + 1) for number in range(18)])),
    "directed star": named(networkx.DiGraph((0, number) for number in range(1, 12))),
    "both ways": named(networkx.DiGraph([(0, 1), (1, 0), (1, 2)])),
}  # fmt: skip
Rectangle = tuple[float, float, float, float]


def rectangles(figure: Any) -> tuple[list[Rectangle], list[Rectangle]]:
    """Names and marks as drawn, in pixels: left, low, right, high."""
    figure.canvas.draw()
    axes = figure.axes[0]
    names = [text.get_window_extent().extents for text in axes.texts if text.get_path_effects()]
    marks = []
    for points in axes.collections:
        for (x, y), size in zip(points.get_offsets(), getattr(points, "get_sizes", list)(), strict=False):
            radius = size**0.5 / 2 * figure.dpi / 72
            across, up = axes.transData.transform((x, y))
            marks.append((across - radius, up - radius, across + radius, up + radius))
    return [tuple(box) for box in names], marks


def touch(one: Rectangle, other: Rectangle) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("name", NETWORKS)
def test_in_a_small_network_all_are_named_and_nothing_covers_anything(name: str) -> None:
    graph = NETWORKS[name]
    figure = plots.network(graph)
    names, marks = rectangles(figure)
    assert len(names) == len(marks) == len(graph)
    assert not [pair for pair in combinations([*names, *marks], 2) if touch(*pair)]
    width, height = figure.canvas.get_width_height()
    assert all(box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height for box in (*names, *marks))
    heading = figure.axes[0]._left_title.get_window_extent().y0
    foot = figure._supxlabel.get_window_extent().y1
    key = figure.legends[0].get_window_extent()
    assert all(key.y1 < box[1] and box[3] < heading for box in (*names, *marks))
    assert foot <= key.y0
    assert width / height < 3.2


@pytest.mark.parametrize("name", NETWORKS)
def test_names_are_whole_but_for_the_longest(name: str) -> None:
    graph = NETWORKS[name]
    words = {text.get_text().replace("\n", "") for text in plots.network(graph).axes[0].texts}
    for _, label in graph.nodes(data="label"):
        assert (label if len(label) <= 27 else label[:26] + "…") in words


def test_arrows_where_there_is_a_direction_and_lines_where_there_is_none() -> None:
    from matplotlib.patches import FancyArrowPatch

    directed = NETWORKS["directed star"]
    axes = plots.network(directed).axes[0]
    arrows = [patch for patch in axes.patches if isinstance(patch, FancyArrowPatch)]
    assert len(arrows) == directed.number_of_edges() == 11
    assert {type(arrow.get_arrowstyle()).__name__ for arrow in arrows} == {"CurveFilledB"}
    assert not plots.network(NETWORKS["star"]).axes[0].patches


def test_an_arrow_ends_at_the_name_or_mark_of_what_it_points_to() -> None:
    axes = (figure := plots.network(NETWORKS["directed star"])).axes[0]
    names, marks = rectangles(figure)
    for arrow in axes.patches:
        start, end = (axes.transData.transform(point) for point in arrow._posA_posB)
        assert not [box for box in names if touch((*start, *start), box)]
        assert not [box for box in names if touch((*end, *end), box)], "its head would be under a name"
        x, y = end
        assert [box for box in (*names, *marks) if touch((x - 12, y - 12, x + 12, y + 12), box)], "it ends in the void"


def test_kinds_of_edges_are_told_apart() -> None:
    graph = NETWORKS["directed star"].copy()
    for number, edge in enumerate(sorted(graph.edges)):
        graph.edges[edge]["relation"] = "implements" if number % 2 else "cites"
    figure = plots.network(graph)
    assert {patch.get_linestyle() for patch in figure.axes[0].patches} == {"-", "--"}
    keys = [text.get_text() for text in figure.legends[0].get_texts()]
    assert keys[-2:] == ["称引 cites", "落实 implements"]


@pytest.mark.parametrize("name", ["organisation-hierarchy", "officials-shared-posts", "documents-cited"])
def test_a_figure_is_headed_by_its_projection(sample: kg.Build, name: str) -> None:
    one = kg.analyse.find(name)
    figure = plots.network(one.function(sample))
    axes = figure.axes[0]
    assert axes.get_title(loc="left") == one.title_zh
    assert one.title_en in [text.get_text() for text in axes.texts]
    assert f"Width of a line: {one.columns['weight']}." in figure.get_supxlabel().replace("\n", " ")


def test_in_a_large_network_names_cover_neither_names_nor_marks() -> None:
    graph = named(networkx.random_labeled_tree(120, seed=7), "提法第{}号")
    figure = plots.network(graph)
    names, marks = rectangles(figure)
    assert len(marks) == 120
    assert 40 < len(names) <= 120
    assert not [pair for pair in combinations([*names, *marks], 2) if touch(*pair)]
    foot = figure.get_supxlabel()
    assert (f"{120 - len(names)} are not named" in foot) == (len(names) < 120)


def test_components_fill_the_page_side_by_side() -> None:
    corners, width, height = pack([(100.0, 40.0)] * 12)
    assert 0.7 < width / height < 2.2
    boxes = [(x, y, x + 100, y + 40) for x, y in corners]
    assert not [pair for pair in combinations(boxes, 2) if touch(*pair)]
    assert min(min(corner) for corner in corners) == 0
