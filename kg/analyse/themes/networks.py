"""Centralities and communities of any projection."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Annotated, Any, Literal

from kg.analyse.cut import WHOLE, Cut
from kg.analyse.registry import find, measure, warn_if_slow
from kg.analyse.ties import joined
from kg.builds.opened import Build
from kg.errors import CannotMeasureError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import networkx as nx
    import pandas as pd

Network = Literal[
    "bodies-slogans",
    "districts-slogans",
    "slogan-co-use",
    "districts-shared-formulae",
    "slogan-co-occurrence",
    "bodies-initiatives",
    "officials-shared-posts",
    "organisation-hierarchy",
    "documents-cited",
]
"""The projections."""


def network(build: Build, name: str, cut: Cut = WHOLE) -> nx.Graph:
    """The projection *name* with its default options."""
    found = find(name)
    if found.kind != "projection":
        raise CannotMeasureError(f"{name!r} is no projection; `kg analyse BUILD` lists them")
    graph: nx.Graph = found.function(build, cut=cut)
    return graph


@measure(
    "centrality",
    title_zh="中心度",
    title_en="Centrality of the nodes of a projection",
    columns={
        "node": "identity",
        "label": "name",
        "type": "class",
        "district": "code of the district on which the identity rests",
        "component": "connected component, 1 is the largest",
        "degree": "number of neighbours",
        "strength": "sum of the weights of the edges",
        "degree_centrality": "degree divided by the largest possible; in a two-mode graph, by the size of the other side",
        "closeness": "inverse mean distance to the nodes it reaches, scaled by the share of nodes it reaches",
        "betweenness": "share of shortest paths between others that pass through it",
        "eigenvector": "weighted eigenvector centrality within the largest component; missing elsewhere and if directed",
        "pagerank": "weighted PageRank, damping 0.85",
        "evidence": "IRIs of what its edges rest on, the first 20",
    },
    source="Freeman (1979); two-mode: Borgatti and Everett (1997); Bonacich (1987); Page et al. (1999); "
    "sampled betweenness: Brandes and Pich (2007), sampled closeness: Eppstein and Wang (2004)",
    plot="centrality",
)
def centrality(
    build: Build,
    *,
    projection: Annotated[Network, "The network whose nodes are measured."] = "bodies-slogans",
    sample: Annotated[int, "Estimate closeness and betweenness from so many nodes; 0: exactly, from all."] = 0,
    seed: Annotated[int, "Seed of the sample."] = 0,
    cut: Cut = WHOLE,
) -> pd.DataFrame:
    """How central each node of a projection is, by the usual measures; the strongest first.

    Distances count edges, not weights: a weight is a strength, and no length. In a directed graph closeness is of the
    paths that lead to the node. Sampled figures are estimates: compare two seeds before ranking by them.
    """
    return centralities(network(build, projection, cut), sample=sample, seed=seed)


def centralities(graph: nx.Graph, *, sample: int = 0, seed: int = 0) -> pd.DataFrame:
    """The frame of :func:`centrality` for any graph whose edges have a weight."""
    import networkx
    import pandas

    if len(graph) < 3:
        raise CannotMeasureError(
            f"a network of {len(graph)} nodes has no centre; widen the cut or build from more texts"
        )
    if sample < 0:
        raise CannotMeasureError(f"a sample of {sample} nodes is none; give 0 for all, or a positive number")
    pivots = min(sample or len(graph), len(graph))
    warn_if_slow(
        f"centrality of {len(graph):,} nodes and {graph.number_of_edges():,} edges",
        pivots * (graph.number_of_edges() + len(graph)) * 1.5e-6,
        "give a sample (--sample 200) for an estimate",
    )
    sides = networkx.get_node_attributes(graph, "bipartite")
    degree = {id: len(graph[id]) for id in graph} if not graph.is_directed() else dict(graph.degree())
    parts = _components(graph)
    eigenvector = _eigenvector(graph, {id for id, part in parts.items() if part == 1})
    columns: list[Mapping[str, Any]] = [
        dict(graph.nodes(data="label", default="")),
        dict(graph.nodes(data="type", default="")),
        dict(graph.nodes(data="district", default="")),
        parts,
        degree,
        dict(graph.degree(weight="weight")),
        _degree_centrality(graph, sides),
        _closeness(graph, sides, pivots, seed),
        _betweenness(graph, sides, pivots, seed),
        eigenvector,
        networkx.pagerank(graph, weight="weight"),
        {id: joined(_edge_evidence(graph, id)) for id in graph},
    ]
    rows = [[id, *(column.get(id) for column in columns)] for id in graph]
    rows.sort(key=lambda row: (-row[6], -row[5], row[0]))
    frame: pd.DataFrame = pandas.DataFrame(rows, columns=list(find("centrality").columns))
    return frame


def _edge_evidence(graph: nx.Graph, id: str) -> set[str]:
    edges = [*graph.edges(id, data="evidence"), *(graph.in_edges(id, data="evidence") if graph.is_directed() else ())]
    return {iri for _, _, evidence in edges for iri in (evidence or "").split()}


def _components(graph: nx.Graph) -> dict[str, int]:
    import networkx

    of = networkx.weakly_connected_components if graph.is_directed() else networkx.connected_components
    found = sorted(of(graph), key=lambda part: (-len(part), min(part)))
    return {id: place for place, part in enumerate(found, 1) for id in part}


def _degree_centrality(graph: nx.Graph, sides: Mapping[str, int]) -> dict[str, float]:
    import networkx

    if sides:
        found: dict[str, float] = networkx.bipartite.degree_centrality(graph, _first(sides))
        return found
    usual: dict[str, float] = networkx.degree_centrality(graph)
    return usual


def _first(sides: Mapping[str, int]) -> list[str]:
    return [id for id, side in sides.items() if side == 0]


def _closeness(graph: nx.Graph, sides: Mapping[str, int], pivots: int, seed: int) -> dict[str, float]:
    import networkx

    if pivots == len(graph):
        exact = networkx.bipartite.closeness_centrality(graph, _first(sides)) if sides else None
        found: dict[str, float] = networkx.closeness_centrality(graph) if exact is None else exact
        return found
    return _sampled_closeness(graph, sides, pivots, seed)


def _sampled_closeness(graph: nx.Graph, sides: Mapping[str, int], pivots: int, seed: int) -> dict[str, float]:
    """Closeness from the distances between *pivots* random nodes and all others, scaled as networkx scales it."""
    import networkx
    import numpy
    from scipy.sparse.csgraph import dijkstra

    ids = list(graph)
    chosen = numpy.sort(numpy.random.default_rng(seed).choice(len(ids), size=pivots, replace=False))
    matrix = networkx.to_scipy_sparse_array(graph, nodelist=ids, weight=None, format="csr", dtype=float)
    total, reached = numpy.zeros(len(ids)), numpy.zeros(len(ids))
    for part in numpy.array_split(chosen, max(1, pivots // 256)):
        # Paths that lead to a node are those that leave it in the graph turned round; from the pivots they lead on.
        distances = dijkstra(matrix, directed=graph.is_directed(), indices=part, unweighted=True)
        found = numpy.isfinite(distances) & (distances > 0)
        total += numpy.where(found, distances, 0).sum(axis=0)
        reached += found.sum(axis=0)
    others = pivots - numpy.isin(numpy.arange(len(ids)), chosen)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        share = reached / others
        # The least sum of distances: 1 to each node reached; in a two-mode graph 1 to the other side and 2 to the own.
        least = share * (len(ids) - 1)
        if sides:
            own = numpy.where([sides[id] == 0 for id in ids], len(_first(sides)), len(ids) - len(_first(sides)))
            least = (len(ids) - own) + 2 * (own - 1)
        closeness = numpy.where(total > 0, least / (total / others * (len(ids) - 1)) * share, 0.0)
    return dict(zip(ids, closeness.tolist(), strict=True))


def _betweenness(graph: nx.Graph, sides: Mapping[str, int], pivots: int, seed: int) -> dict[str, float]:
    import networkx

    exactly = pivots == len(graph)
    if sides and exactly:
        two: dict[str, float] = networkx.bipartite.betweenness_centrality(graph, _first(sides))
        return two
    found: dict[str, float] = networkx.betweenness_centrality(
        graph, k=None if exactly else pivots, seed=seed, normalized=not sides
    )
    if not sides:
        return found
    own = len(_first(sides))
    most = [_most_between(own, len(graph) - own), _most_between(len(graph) - own, own)]
    return {id: value / most[sides[id]] if most[sides[id]] else 0.0 for id, value in found.items()}


def _most_between(own: int, other: int) -> float:
    """The most shortest paths that can pass through a node of a side of *own* nodes (Borgatti and Everett 1997)."""
    quotient, rest = divmod(own - 1, other)
    most = (
        other**2 * (quotient + 1) ** 2
        + other * (quotient + 1) * (2 * rest - quotient - 1)
        - rest * (2 * quotient - rest + 3)
    )
    return most / 2


def _eigenvector(graph: nx.Graph, largest: Collection[str]) -> dict[str, float]:
    import networkx

    if graph.is_directed() or len(largest) < 3:
        return {}
    found: dict[str, float] = networkx.eigenvector_centrality_numpy(graph.subgraph(largest), weight="weight")
    return found


@measure(
    "communities",
    title_zh="社群",
    title_en="Communities of a projection",
    columns={
        "node": "identity",
        "label": "name",
        "type": "class",
        "district": "code of the district on which the identity rests",
        "community": "number of its community, 1 is the largest",
        "size": "number of nodes of the community",
        "agreement": "mean overlap (Jaccard) of its community with the one it is in under the other seeds, 0 to 1",
        "modularity": "modularity of the partition: one figure for all rows",
        "stability": "mean adjusted mutual information of the partitions of all pairs of seeds: one figure for all rows",
        "evidence": "IRIs of what its edges within the community rest on, the first 20",
    },
    source="Louvain: Blondel et al. (2008); modularity: Newman and Girvan (2004); adjusted mutual information: Vinh, "
    "Epps and Bailey (2010)",
)
def communities(
    build: Build,
    *,
    projection: Annotated[Network, "The network that is divided."] = "slogan-co-use",
    resolution: Annotated[float, "Above 1: smaller communities; below 1: larger ones."] = 1.0,
    runs: Annotated[int, "Number of seeds: the partition of highest modularity is given, the others test it."] = 10,
    seed: Annotated[int, "First seed."] = 0,
    cut: Cut = WHOLE,
) -> pd.DataFrame:
    """Communities by Louvain under several seeds, with how far the seeds agree.

    Directions and the two sides of a two-mode graph are not regarded. Low stability (below about 0.8) says that the
    network has no one division, however high the modularity.
    """
    return divided(network(build, projection, cut), resolution=resolution, runs=runs, seed=seed)


def divided(graph: nx.Graph, *, resolution: float = 1.0, runs: int = 10, seed: int = 0) -> pd.DataFrame:
    """The frame of :func:`communities` for any graph whose edges have a weight."""
    import networkx
    import pandas

    if runs < 2:
        raise CannotMeasureError("one seed tells nothing of stability; give --runs of 2 or more")
    if resolution <= 0:
        raise CannotMeasureError(f"a resolution of {resolution} is none; give a positive number")
    if graph.number_of_edges() < 2:
        raise CannotMeasureError(
            "a network of fewer than two edges has no communities; widen the cut or build from more texts"
        )
    warn_if_slow(
        f"{runs} divisions of {graph.number_of_edges():,} edges",
        runs * graph.number_of_edges() * 1e-4,
        "give fewer seeds (--runs 2)",
    )
    ids = sorted(graph)
    # Numbers in place of names, because networkx goes through sets, whose order of strings changes from run to run.
    plain = networkx.Graph()
    plain.add_nodes_from(range(len(ids)))
    place = {id: number for number, id in enumerate(ids)}
    for first, second, weight in graph.edges(data="weight", default=1):
        known = plain.get_edge_data(place[first], place[second], {"weight": 0})["weight"]
        # An edge that only the gazetteer gives has no document; it still ties the two.
        plain.add_edge(place[first], place[second], weight=known + (weight or 1))
    found = [
        networkx.community.louvain_communities(plain, weight="weight", resolution=resolution, seed=seed + run)
        for run in range(runs)
    ]
    scores = [networkx.community.modularity(plain, parts, weight="weight", resolution=resolution) for parts in found]
    best = max(range(runs), key=lambda run: (round(scores[run], 12), -run))
    labels = [_labels(parts, len(ids)) for parts in found]
    stability = _stability(labels)
    parts = sorted(found[best], key=lambda part: (-len(part), min(part)))
    rows = []
    for number, part in enumerate(parts, 1):
        inside = {ids[node] for node in part}
        for node in sorted(part):
            id = ids[node]
            evidence = joined(
                iri
                for one, other, words in graph.edges(id, data="evidence")
                if one in inside and other in inside
                for iri in (words or "").split()
            )
            data = graph.nodes[id]
            others = [found[run][labels[run][node]] for run in range(runs) if run != best]
            agreement = sum(len(part & other) / len(part | other) for other in others) / len(others)
            rows.append([
                id, data.get("label", ""), data.get("type", ""), data.get("district", ""), number, len(part), agreement,
                scores[best], stability, evidence,
            ])  # fmt: skip
    frame: pd.DataFrame = pandas.DataFrame(rows, columns=list(find("communities").columns))
    return frame


def _labels(parts: Sequence[set[int]], size: int) -> list[int]:
    labels = [0] * size
    for number, part in enumerate(parts):
        for node in part:
            labels[node] = number
    return labels


def _stability(labels: Sequence[Sequence[int]]) -> float:
    from sklearn.metrics import adjusted_mutual_info_score

    scores = [adjusted_mutual_info_score(one, other) for one, other in combinations(labels, 2)]
    return float(sum(scores) / len(scores))
