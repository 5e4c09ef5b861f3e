"""Where nodes stand: the same each time, none upon another, what belongs together beside each other."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from itertools import combinations
from math import dist
from statistics import mean

import networkx as nx
import pytest

from kg.explore.layout import SPACE, layout


def villages(count: int = 6, size: int = 30, seed: int = 1) -> nx.Graph[str]:
    """Communities around a hub each, a few ways between them, three lone nodes, a pair."""
    draw = random.Random(seed)
    graph: nx.Graph[str] = nx.Graph()
    for village in range(count):
        for person in range(1, size):
            graph.add_edge(f"{village}-00", f"{village}-{person:02}")
            graph.add_edge(f"{village}-{draw.randrange(1, size):02}", f"{village}-{person:02}")
    for a, b in combinations(range(count), 2):
        graph.add_edge(f"{a}-{draw.randrange(size):02}", f"{b}-{draw.randrange(size):02}")
    graph.add_edge("pair-1", "pair-2")
    graph.add_nodes_from(["lone-1", "lone-2", "lone-3"])
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    return graph


GRAPH = villages()
PLACES = layout(GRAPH)


def nearest(places: dict[str, tuple[float, float]]) -> float:
    return min(dist(a, b) for a, b in combinations(places.values(), 2))


def test_the_order_of_nodes_and_edges_does_not_matter() -> None:
    draw = random.Random(3)
    nodes, edges = list(GRAPH), [tuple(reversed(edge)) for edge in GRAPH.edges]
    draw.shuffle(nodes)
    draw.shuffle(edges)
    other: nx.Graph[str] = nx.Graph()
    other.add_nodes_from(nodes)
    other.add_edges_from(edges)
    assert json.dumps(layout(other)) == json.dumps(PLACES)


@pytest.mark.parametrize("seed", ["0", "1234"])
def test_the_hash_seed_does_not_matter(seed: str) -> None:
    code = (
        "import json, sys, networkx as nx; from kg.explore.layout import layout; "
        "graph = nx.Graph(); graph.add_nodes_from(json.loads(sys.argv[1])); "
        "graph.add_edges_from(json.loads(sys.argv[2])); print(json.dumps(layout(graph)))"
    )
    given = [json.dumps(list(GRAPH)), json.dumps([list(edge) for edge in GRAPH.edges])]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    run = subprocess.run(
        [sys.executable, "-c", code, *given], capture_output=True, text=True, env=environment, check=True
    )
    assert run.stdout.strip() == json.dumps(PLACES)


def test_another_seed_is_another_map() -> None:
    assert layout(GRAPH, seed=1) != PLACES


def test_places_are_rounded_and_in_the_order_of_names() -> None:
    assert list(PLACES) == sorted(GRAPH)
    assert all(value == round(value, 1) and str(value) != "-0.0" for point in PLACES.values() for value in point)


def test_no_node_stands_upon_another() -> None:
    assert nearest(PLACES) >= SPACE


def test_communities_are_apart() -> None:
    middles = {
        village: tuple(mean(PLACES[f"{village}-{person:02}"][axis] for person in range(30)) for axis in (0, 1))
        for village in range(6)
    }
    own = [
        min(middles, key=lambda village: dist(middles[village], place)) == int(name[0])
        for name, place in PLACES.items()
        if name[0].isdigit()
    ]
    assert mean(own) > 0.97


def test_hubs_are_in_the_middle_of_their_community() -> None:
    for village in range(6):
        members = [PLACES[f"{village}-{person:02}"] for person in range(30)]
        middle = mean(x for x, _ in members), mean(y for _, y in members)
        ordered = sorted(members, key=lambda place: dist(place, middle))
        assert PLACES[f"{village}-00"] in ordered[:5]


def test_small_components_and_lone_nodes_stand_below_in_this_order() -> None:
    map_ends = max(y for name, (_, y) in PLACES.items() if name[0].isdigit())
    pair = [PLACES["pair-1"][1], PLACES["pair-2"][1]]
    lone = [PLACES[f"lone-{number}"] for number in (1, 2, 3)]
    assert map_ends < min(pair) <= max(pair) < lone[0][1] == lone[1][1] == lone[2][1]
    assert lone[0][0] < lone[1][0] < lone[2][0]


def test_known_nodes_stay_exactly_and_new_ones_join_their_neighbours() -> None:
    grown = GRAPH.copy()
    grown.add_edges_from(
        [("new-1", "2-00"), ("new-2", "2-00"), ("new-3", "new-2"), ("far-1", "far-2"), ("far-2", "far-3")]
    )
    grown.add_node("new-lone")
    odd = {**PLACES, "0-00": (0.12345, -7.5), "gone": (1.0, 1.0)}
    after = layout(grown, previous=odd)
    assert {name: after[name] for name in GRAPH} == {name: odd[name] for name in GRAPH}
    assert after.keys() == set(grown)
    others = sorted(dist(after["new-1"], place) for name, place in after.items() if name != "new-1")
    assert dist(after["new-1"], PLACES["2-00"]) < 8 * SPACE
    assert dist(after["new-3"], after["new-2"]) < 8 * SPACE
    assert others[0] > SPACE
    bottom = max(y for _, y in PLACES.values())
    assert min(after[name][1] for name in ("far-1", "far-2", "far-3", "new-lone")) > bottom
    assert dist(after["far-1"], after["far-2"]) < 8 * SPACE


def test_the_same_graph_with_its_own_map_is_unmoved() -> None:
    assert layout(GRAPH, previous=PLACES) == PLACES


@pytest.mark.parametrize(
    "graph",
    [nx.Graph(), nx.path_graph(1), nx.path_graph(2), nx.path_graph(400), nx.star_graph(1500), nx.complete_graph(40),
     nx.empty_graph(50), nx.disjoint_union_all([nx.path_graph(3)] * 40)],
    ids=["nothing", "one", "two", "path", "star", "complete", "lone", "threes"],
)  # fmt: skip
def test_odd_graphs(graph: nx.Graph[int]) -> None:
    named: nx.Graph[str] = nx.relabel_nodes(graph, {node: f"n{node}" for node in graph})
    places = layout(named)
    assert places.keys() == set(named)
    assert len(places) < 2 or nearest(places) >= SPACE


def test_direction_loops_parallel_edges_and_weights() -> None:
    directed: nx.MultiDiGraph[str] = nx.MultiDiGraph([("甲", "乙"), ("乙", "甲"), ("乙", "丙"), ("丙", "丙")])
    weighted: nx.Graph[str] = nx.Graph()
    weighted.add_edge("甲", "乙", weight=2.0)
    weighted.add_edge("乙", "丙")
    assert layout(directed) == layout(weighted)
