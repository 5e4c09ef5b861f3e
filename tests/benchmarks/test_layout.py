"""CPU seconds that the map of a large graph takes, against networkx's spring layout of a small one in the same run.

Run with ``python tests/benchmarks/test_layout.py [NODES...]`` (prints the figures), or
``pytest tests/benchmarks --benchmark-enable``.
"""

from __future__ import annotations

import random
import sys
import time
from typing import Any

import networkx as nx
import pytest

from kg.explore.layout import layout


def synthetic(nodes: int, *, communities: bool = True, seed: int = 1) -> nx.Graph[str]:
    """A graph of four edges a node on average; with communities, 85 in a hundred edges stay within one."""
    draw = random.Random(seed)
    rooms = max(4, int(nodes**0.5 / 1.6))
    room = [min(rooms - 1, int(rooms * draw.random() ** 1.6)) for _ in range(nodes)]
    members: dict[int, list[int]] = {}
    for node, number in enumerate(room):
        members.setdefault(number, []).append(node)
    edges: set[tuple[str, str]] = set()
    while len(edges) < 2 * nodes:
        a = draw.randrange(nodes)
        near = members[room[a]] if communities and draw.random() < 0.85 else range(nodes)
        b = near[int(len(near) * draw.random() ** 3)]
        if a != b:
            edges.add((f"n{min(a, b):05}", f"n{max(a, b):05}"))
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(f"n{node:05}" for node in range(nodes))
    graph.add_edges_from(sorted(edges))
    return graph


def seconds(work: Any, graph: nx.Graph[str]) -> float:
    begin = time.process_time()
    work(graph)
    return time.process_time() - begin


@pytest.mark.parametrize("communities", [True, False], ids=["communities", "random"])
def test_ten_thousand_nodes(benchmark: Any, communities: bool) -> None:
    graph = synthetic(10_000, communities=communities)
    places = benchmark.pedantic(layout, args=(graph,), rounds=1)
    assert places.keys() == set(graph)


if __name__ == "__main__":
    peer = seconds(lambda graph: nx.spring_layout(graph, iterations=50, seed=0), synthetic(400))
    sys.stdout.write(f"networkx spring_layout, 400 nodes: {peer:.2f} s\n")
    for count in [int(argument) for argument in sys.argv[1:]] or [1_000, 10_000, 50_000]:
        for communities in (True, False):
            taken = seconds(layout, synthetic(count, communities=communities))
            kind = "communities" if communities else "random"
            sys.stdout.write(f"layout, {count:,} nodes, {kind}: {taken:.1f} s, {taken / peer:.0f} times\n")
