"""Shared more than chance would give: by hand, against the package bicm, and as properties."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analyse.themes.significance import compared, configuration, curveball
from kg.errors import CannotMeasureError


def two_mode(table: dict[str, str]) -> nx.Graph:
    """A two-mode graph from rows and the letters that each has."""
    graph = nx.Graph()
    for row, letters in table.items():
        graph.add_node(row, bipartite=0)
        for letter in letters:
            graph.add_node(letter, bipartite=1)
            graph.add_edge(row, letter, weight=1, evidence=f"use/{row}{letter}")
    return graph


def test_all_degrees_equal_leaves_one_probability() -> None:
    # Four rows of two, four columns of two: every tie has the probability 1/2, what two rows share is binomial (4, 1/4).
    graph = two_mode({"r1": "ab", "r2": "ab", "r3": "cd", "r4": "cd"})
    frame = compared(graph)
    assert list(zip(frame["first"], frame["second"], frame["shared"], strict=True)) == [
        ("r1", "r2", 2),
        ("r3", "r4", 2),
    ]
    assert frame.expected.tolist() == pytest.approx([1, 1])
    # P(2 or more of 4) = 1 - (3/4)^4 - 4 (1/4) (3/4)^3
    p = 1 - 0.75**4 - 0.75**3
    assert frame.p_value.tolist() == pytest.approx([p, p])
    # Two equal p-values among six comparisons: p * 6 / 2.
    assert frame.q_value.tolist() == pytest.approx([p * 3, p * 3])
    assert frame.things[0] == "a b"
    assert frame.evidence[0] == "use/r1a use/r1b use/r2a use/r2b"


@pytest.mark.parametrize(
    ("pair", "p_value"),
    [
        # bicm 3.4.0: PoiBin(matrix[i] * matrix[j]).pval(shared), with the matrix of BipartiteGraph.get_bicm_matrix()
        (("Flora Price", "Olivia Carleton"), 0.0883723462),
        (("Katherina Rogers", "Sylvia Avondale"), 0.0935130146),
        (("Evelyn Jefferson", "Theresa Anderson"), 0.1866880686),
        (("Brenda Rogers", "Eleanor Nye"), 0.2231620610),
        (("Dorothy Murchison", "Pearl Oglethorpe"), 0.1631395706),
    ],
)
def test_exact_p_values_are_those_of_bicm(pair: tuple[str, str], p_value: float) -> None:
    frame = compared(nx.davis_southern_women_graph()).set_index(["first", "second"])
    assert frame.loc[pair].p_value == pytest.approx(p_value, rel=1e-4)


def test_the_other_side_is_compared_alike() -> None:
    graph = nx.davis_southern_women_graph()
    turned = nx.davis_southern_women_graph()
    for _, data in turned.nodes(data=True):
        data["bipartite"] = 1 - data["bipartite"]
    first, second = compared(graph, side=1), compared(turned, side=0)
    assert first.drop(columns=["evidence"]).equals(second.drop(columns=["evidence"]))


def test_drawn_networks_agree_with_an_enumeration() -> None:
    # Rows of 2, 1, 1 and columns of 2, 1, 1: five networks have these degrees. In two of them the first two rows share
    # the column of two: r1 = {a, b}, r2 = {a}, r3 = {c}, and the same with b and c exchanged.
    graph = two_mode({"r1": "ab", "r2": "a", "r3": "c"})
    frame = compared(graph, method="sampled", sample=4000, seed=1)
    assert frame[["first", "second", "shared"]].to_numpy().tolist() == [["r1", "r2", 1]]
    assert frame.expected[0] == pytest.approx(2 / 5, abs=0.03)
    assert frame.p_value[0] == pytest.approx(2 / 5, abs=0.03)


def test_the_poisson_approximation_is_near_for_rare_ties() -> None:
    generator = np.random.default_rng(2)
    table = {
        f"r{i:02}": "".join(chr(0x4E00 + one) for one in generator.choice(400, 8, replace=False)) for i in range(30)
    }
    exact, near = compared(two_mode(table)), compared(two_mode(table), method="poisson")
    both = exact.merge(near, on=["first", "second"])
    assert (both.p_value_x - both.p_value_y).abs().max() < 0.01


ROWS = st.lists(st.sets(st.integers(0, 7), min_size=0, max_size=8), min_size=2, max_size=8)


@given(ROWS)
def test_the_model_keeps_every_degree_on_average(rows: list[set[int]]) -> None:
    matrix = np.array([[int(column in row) for column in range(8)] for row in rows])
    lengths, widths = matrix.sum(axis=1), matrix.sum(axis=0)
    chances = configuration(lengths, widths)
    row_of = np.unique(lengths, return_inverse=True)[1]
    column_of = np.unique(widths, return_inverse=True)[1]
    p = chances[np.ix_(row_of, column_of)]
    assert np.abs(p.sum(axis=1) - lengths).max() < 1e-4
    assert np.abs(p.sum(axis=0) - widths).max() < 1e-4
    assert ((p >= 0) & (p <= 1)).all()


@given(ROWS, st.integers(0, 1000))
def test_trades_keep_every_degree(rows: list[set[int]], seed: int) -> None:
    sets = [set(row) for row in rows]
    curveball(sets, 20, np.random.default_rng(seed))
    assert [len(row) for row in sets] == [len(row) for row in rows]
    count = lambda all: sorted(one for row in all for one in row)  # noqa: E731 because it is said twice below
    assert count(sets) == count(rows)


@given(ROWS)
def test_corrected_values_are_those_of_all_comparisons(rows: list[set[int]]) -> None:
    graph = two_mode({f"r{i}": "".join("abcdefgh"[one] for one in sorted(row)) for i, row in enumerate(rows)})
    try:
        frame = compared(graph, method="poisson")
    except CannotMeasureError:
        return
    known = {(one, other): p for one, other, p in zip(frame["first"], frame["second"], frame.p_value, strict=True)}
    nodes = sorted(id for id, side in graph.nodes(data="bipartite") if side == 0)
    ps = sorted(known.get(pair, 1.0) for pair in combinations(nodes, 2))
    steps = [p * len(ps) / rank for rank, p in enumerate(ps, 1)]
    by_hand = [min([1.0, *steps[i:]]) for i in range(len(frame))]
    assert sorted(frame.q_value) == pytest.approx(by_hand)


@pytest.mark.parametrize(
    ("table", "options", "words"),
    [
        ({"r1": "ab"}, {}, "1 by 2 things leave nothing to chance"),
        ({"r1": "a", "r2": "b"}, {}, "no two of these things share anything"),
        ({"r1": "ab", "r2": "ac"}, {"method": "sampled", "sample": 0}, "0 networks tell nothing"),
    ],
)
def test_what_cannot_be_compared_is_refused(table: dict[str, str], options: dict[str, Any], words: str) -> None:
    with pytest.raises(CannotMeasureError, match=words):
        compared(two_mode(table), **options)
