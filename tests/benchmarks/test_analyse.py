"""Seconds that each measure takes on networks of 10,000 nodes and 100,000 edges.

Run with ``python tests/benchmarks/test_analyse.py [NODES EDGES]`` (prints the figures), or
``pytest tests/benchmarks --benchmark-enable``.
"""

from __future__ import annotations

import random
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import networkx as nx
import pytest

import kg
import kg.analyse


def one_mode(nodes: int, edges: int) -> nx.Graph:
    """A network in which few have many neighbours (Barabási and Albert 1999)."""
    graph = nx.relabel_nodes(nx.barabasi_albert_graph(nodes, edges // nodes, seed=1), lambda node: f"slogan/{node}")
    nx.set_edge_attributes(graph, 1, "weight")
    return graph


def two_mode(nodes: int, edges: int) -> nx.Graph:
    """A two-mode network in which few slogans and few bodies have many ties."""
    generator = random.Random(1)
    bodies, slogans = nodes // 2, nodes - nodes // 2
    graph = nx.Graph()
    graph.add_nodes_from((f"body/{i}" for i in range(bodies)), bipartite=0)
    graph.add_nodes_from((f"slogan/{i}" for i in range(slogans)), bipartite=1)
    ties: set[tuple[int, int]] = set()
    while len(ties) < edges:
        # Squares and cubes of an even number, so that a tenth of the slogans has nearly half of all ties.
        ties.add((int(bodies * generator.random() ** 2), int(slogans * generator.random() ** 3)))
    for body, slogan in sorted(ties):
        graph.add_edge(f"body/{body}", f"slogan/{slogan}", weight=1, evidence=f"use/{body}/{slogan}")
    return graph


def build(folder: Path, nodes: int, edges: int) -> kg.Build:
    """A build of about so many entities and uses: county committees that use slogans in articles of their own."""
    from kg.builds.manifest import Manifest, Source, file_digest
    from kg.chinese.places.divisions import divisions
    from kg.graph import store
    from kg.graph.project import project
    from kg.graph.surroundings import Maker
    from kg.graph.terms import write_nquads
    from kg.link import Links
    from kg.model import Entity, Evidence, Metadata, Reading

    generator = random.Random(1)
    codes = [one.code for one in divisions() if one.level in (2, 3) and one.last is None][:2000]
    readings, sources = [], []
    docs = max(1, edges // 40)
    for number in range(docs):
        code = codes[int(len(codes) * generator.random())]
        evidence = (Evidence(0, 1, "政", "", "toy"),)
        body = Entity("Organisation", f"body/{code}/CPPCC", f"{code}政协", (), evidence, kind="CPPCC")
        chosen = {int((nodes - len(codes)) * generator.random() ** 2) for _ in range(40)}
        slogans = [
            Entity("Slogan", f"slogan/提法{i}", f"提法{i}", (), evidence, kind="Theme", users=(body.name,))
            for i in sorted(chosen)
        ]
        meta = Metadata(title=str(number), date=str(2010 + number % 15), date_basis="stated")
        doc = f"{number:05}"
        readings.append(Reading(doc, f"{doc}.txt", "utf-8", "ab" * 32, 1, meta, code, (), (body, *slogans)))
        sources.append(Source(doc, f"{doc}.txt", "utf-8", "ab" * 32, 1, "", ""))
    base = "https://w3id.org/tifa-kg/"
    write_nquads(project(readings, Links(), maker=Maker("0", "toy", "1"), base=base).blocks, folder / "graph.nq")
    store.load(folder / "graph.nq", folder / "store")
    hashes = {"graph.nq": file_digest(folder / "graph.nq")}
    manifest = Manifest("0", base, {}, {}, {}, tuple(sources), (), {}, {}, hashes)
    (folder / "manifest.json").write_text(manifest.dumps(), encoding="utf-8")
    return kg.open(folder)


def networks(nodes: int, edges: int) -> Iterator[tuple[str, Callable[[], Any]]]:
    """What is timed on networks, by name."""
    from kg.analyse.themes.networks import centralities, divided
    from kg.analyse.themes.significance import compared

    one, two = one_mode(nodes, edges), two_mode(nodes, edges)
    yield "centrality --sample 200", lambda: centralities(one, sample=200)
    yield "centrality --sample 200, two-mode", lambda: centralities(two, sample=200)
    yield "communities --runs 2", lambda: divided(one, runs=2)
    yield "significance --method poisson", lambda: compared(two, method="poisson", top=10_000)
    yield "significance --method sampled --sample 20", lambda: compared(two, method="sampled", sample=20, top=10_000)
    yield "significance", lambda: compared(two, top=10_000)


def measured(made: kg.Build) -> Iterator[tuple[str, Callable[[], Any]]]:
    """What is timed on a build, by name."""
    for name, one in kg.analyse.measures().items():
        if one.kind == "projection" or "district" in one.columns or "first_name" in one.columns:
            yield name, lambda one=one: one.function(made)  # type: ignore[misc]


def seconds(run: Callable[[], Any]) -> tuple[float, float, str]:
    """How long it takes by the clock and of the processor, and what it says: of a long wait, or why it refuses."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        begin, used = time.perf_counter(), time.process_time()
        try:
            run()
            refusal = ""
        except kg.CannotMeasureError as error:
            refusal = f"refused: {error}"
        took = time.perf_counter() - begin, time.process_time() - used
        return *took, "; ".join([*(str(one.message) for one in said), refusal])


@pytest.mark.parametrize("name", ["centrality --sample 200", "communities --runs 2", "significance"])
def test_networks(benchmark: Any, name: str) -> None:
    benchmark.pedantic(dict(networks(1000, 5_000))[name], rounds=1)


def test_builds(benchmark: Any, tmp_path: Path) -> None:
    with build(tmp_path, 5000, 4000) as made:
        benchmark.pedantic(dict(measured(made))["district-similarity"], rounds=1)


def main() -> None:
    """Print the figures."""
    nodes, edges = (int(words) for words in sys.argv[1:3]) if len(sys.argv) > 2 else (10_000, 100_000)

    def show(jobs: Iterator[tuple[str, Callable[[], Any]]]) -> None:
        for name, run in jobs:
            took, used, said = seconds(run)
            sys.stdout.write(f"{name:45}{took:8.1f} s {used:8.1f} s of the processor  {said}\n")
            sys.stdout.flush()

    show(networks(nodes, edges))
    with TemporaryDirectory() as folder, build(Path(folder), nodes, edges) as made:
        show(measured(made))


if __name__ == "__main__":
    main()
