"""Centralities and communities, by hand and against the published figures of the Southern Women."""

from __future__ import annotations

import warnings
from typing import Any

import networkx as nx
import pytest

from kg.analyse import SlowMeasureWarning
from kg.analyse.themes.networks import centralities, divided
from kg.errors import CannotMeasureError


@pytest.fixture
def women() -> nx.Graph:
    """Eighteen women at fourteen events (Davis, Gardner and Gardner 1941)."""
    return nx.davis_southern_women_graph()


def star(leaves: int) -> nx.Graph:
    graph = nx.Graph()
    for leaf in range(leaves):
        graph.add_edge("middle", f"leaf{leaf}", weight=2, evidence=f"claim/{leaf}")
    return graph


def test_a_star_has_one_centre() -> None:
    frame = centralities(star(4)).set_index("node")
    assert next(iter(frame.index)) == "middle"
    middle, leaf = frame.loc["middle"], frame.loc["leaf0"]
    # Four leaves: all six pairs of them meet in the middle; a leaf is 1 from it and 2 from the three others.
    assert (middle.degree, middle.strength, middle.degree_centrality) == (4, 8, 1)
    assert (middle.betweenness, middle.closeness) == (1, 1)
    assert (leaf.betweenness, leaf.closeness) == (0, pytest.approx(4 / 7))
    # The greatest eigenvector of a star: the middle is as strong as all its leaves are, by the root of their number.
    assert middle.eigenvector / leaf.eigenvector == pytest.approx(2)
    assert middle.evidence == "claim/0 claim/1 claim/2 claim/3"


def test_a_second_component_is_told_apart_and_has_no_eigenvector() -> None:
    graph = star(4)
    graph.add_edge("one", "two", weight=1, evidence="")
    frame = centralities(graph).set_index("node")
    assert frame.loc["one"].component == 2
    assert frame.eigenvector.isna().sum() == 2
    # Five of the six: closeness is scaled by the share of the others that are reached, 4 of 6 and 1 of 6.
    assert frame.loc["middle"].closeness == pytest.approx(4 / 6)
    assert frame.loc["one"].closeness == pytest.approx(1 / 6)


def test_two_mode_figures_are_those_published_for_the_southern_women(women: nx.Graph) -> None:
    frame = centralities(women).set_index("node")
    # Borgatti and Halgin (2011), "Analyzing Affiliation Networks": normalised degree, closeness, betweenness.
    for node, degree, closeness, betweenness in (
        ("Evelyn Jefferson", 0.57, 0.80, 0.10),
        ("Theresa Anderson", 0.57, 0.80, 0.09),
        ("Nora Fayette", 0.57, 0.80, 0.11),
        ("Pearl Oglethorpe", 0.21, 0.67, 0.01),
        ("E8", 0.78, 0.85, 0.24),
        ("E9", 0.67, 0.79, 0.23),
    ):
        row = frame.loc[node]
        assert (round(row.degree_centrality, 2), round(row.closeness, 2)) == (degree, closeness)
        assert row.betweenness == pytest.approx(betweenness, abs=0.006)


def test_a_sample_of_nearly_all_is_near_the_exact_figures(women: nx.Graph) -> None:
    exact = centralities(women).set_index("node")
    sampled = centralities(women, sample=31, seed=3).set_index("node").loc[exact.index]
    assert (sampled.closeness - exact.closeness).abs().max() < 0.05
    assert (sampled.betweenness - exact.betweenness).abs().max() < 0.05
    assert not (sampled.betweenness == exact.betweenness).all()


def test_one_mode_samples_are_near_the_exact_figures_too() -> None:
    graph = nx.karate_club_graph()
    graph = nx.relabel_nodes(graph, str)
    exact = centralities(graph).set_index("node")
    sampled = centralities(graph, sample=33, seed=1).set_index("node").loc[exact.index]
    assert (sampled.closeness - exact.closeness).abs().max() < 0.03
    assert (sampled.betweenness - exact.betweenness).abs().max() < 0.03


def test_directed_closeness_is_of_the_paths_that_lead_to_a_node() -> None:
    graph = nx.DiGraph()
    graph.add_edge("organ", "body", weight=1, evidence="")
    graph.add_edge("body", "superior", weight=1, evidence="")
    frame = centralities(graph).set_index("node")
    assert frame.loc["superior"].closeness == pytest.approx(2 / 3)
    assert frame.loc["organ"].closeness == 0
    assert frame.eigenvector.isna().all()


def barbell() -> nx.Graph:
    """Two groups of five, all tied within, with one tie between them."""
    graph = nx.Graph()
    for side in "ab":
        for one in range(5):
            for other in range(one):
                graph.add_edge(f"{side}{one}", f"{side}{other}", weight=1, evidence=f"use/{side}{one}{other}")
    graph.add_edge("a0", "b0", weight=1, evidence="use/between")
    return graph


def test_two_groups_are_found_under_every_seed() -> None:
    frame = divided(barbell())
    groups = frame.groupby("community").node.agg(set).tolist()
    assert groups == [{f"a{i}" for i in range(5)}, {f"b{i}" for i in range(5)}]
    # Ten of the 21 edges lie in each group, whose degrees sum to 21 of the 42: Q = 2 (10/21 - 1/4).
    assert frame.modularity.tolist() == pytest.approx([2 * (10 / 21 - 1 / 4)] * 10)
    assert set(frame.stability) == {1.0}
    assert set(frame.agreement) == {1.0}
    assert not frame.evidence.str.contains("use/between").any()


def test_what_has_no_division_is_unstable() -> None:
    ring = nx.relabel_nodes(nx.circulant_graph(30, [1]), str)
    frame = divided(ring)
    assert frame.stability[0] < 0.8
    assert frame.agreement.mean() < 0.9


def test_karate_club_has_the_modularity_that_is_known_of_louvain() -> None:
    # Blondel et al. (2008), table 1: 0.42, unweighted.
    graph = nx.relabel_nodes(nx.Graph(nx.karate_club_graph().edges), str)
    assert round(divided(graph).modularity[0], 2) == 0.42


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: centralities(nx.path_graph(2)), "a network of 2 nodes has no centre"),
        (lambda: centralities(star(4), sample=-1), "a sample of -1 nodes is none"),
        (lambda: divided(nx.path_graph(2)), "fewer than two edges"),
        (lambda: divided(barbell(), runs=1), "one seed tells nothing of stability"),
        (lambda: divided(barbell(), resolution=0), "give a positive number"),
    ],
)
def test_what_cannot_be_measured_is_refused(call: Any, words: str) -> None:
    with pytest.raises(CannotMeasureError, match=words):
        call()


def test_a_long_wait_is_said_beforehand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.analyse.registry.MINUTE", 1e-9)
    with pytest.warns(SlowMeasureWarning, match=r"5 nodes and 4 edges will take about .*--sample 200"):
        centralities(star(4))
    with pytest.warns(SlowMeasureWarning, match="give fewer seeds"):
        divided(barbell())
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        monkeypatch.undo()
        centralities(star(4))
