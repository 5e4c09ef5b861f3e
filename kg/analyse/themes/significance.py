"""Which two share more than chance would give: two-mode networks against models that keep every degree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from kg.analyse.cut import WHOLE, Cut
from kg.analyse.registry import find, measure, warn_if_slow
from kg.analyse.themes.networks import network
from kg.analyse.ties import joined
from kg.builds.opened import Build
from kg.errors import CannotMeasureError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]
    Numbers = NDArray[np.int64]

TwoMode = Literal["bodies-slogans", "districts-slogans", "bodies-initiatives"]
"""The projections with two sides."""


@measure(
    "significance",
    title_zh="共用的显著性",
    title_en="Pairs that share more than chance would give",
    columns={
        "first": "identity",
        "first_label": "name",
        "second": "identity",
        "second_label": "name",
        "shared": "number of things of the other side that both have",
        "expected": "number that the model expects",
        "p_value": "probability of sharing as many or more under the model",
        "q_value": "p-value corrected for all pairs that were compared, those that share nothing included",
        "things": "identities of what they share, the first 20",
        "evidence": "IRIs of what these ties rest on, the first 20",
    },
    source="bipartite configuration model: Saracco et al. (2017); sampled: curveball, Strona et al. (2014); "
    "Poisson-binomial distribution: Hong (2013); correction: Benjamini and Hochberg (1995)",
    plot="significance",
)
def significance(
    build: Build,
    *,
    projection: Annotated[TwoMode, "The two-mode network."] = "districts-slogans",
    side: Annotated[
        Literal["first", "second"], "Compare the things of this side: bodies or districts, or slogans."
    ] = "first",
    method: Annotated[
        Literal["exact", "poisson", "sampled"],
        "Exact p-values of the model; their Poisson approximation; or networks drawn with just the same degrees.",
    ] = "exact",
    sample: Annotated[int, "How many networks are drawn, where they are drawn."] = 1000,
    top: Annotated[int, "List so many pairs, the least likely first; 0: all that share something."] = 10_000,
    seed: Annotated[int, "Seed of the drawing."] = 0,
    cut: Cut = WHOLE,
) -> pd.DataFrame:
    """Pairs that share something, with how likely they would share as much by chance; the least likely first.

    By chance means: each district has as many slogans, and each slogan as many districts, as they have (exactly, where
    networks are drawn; on average in the model), and all else is random. Ties count, not weights.
    """
    graph = network(build, projection, cut)
    return compared(graph, side=0 if side == "first" else 1, method=method, sample=sample, top=top, seed=seed)


def compared(
    graph: nx.Graph, *, side: int = 0, method: str = "exact", sample: int = 1000, top: int = 0, seed: int = 0
) -> pd.DataFrame:
    """The frame of :func:`significance` for any graph whose nodes have ``bipartite`` 0 or 1."""
    import numpy
    import pandas
    from scipy.stats import false_discovery_control

    rows = sorted(id for id, own in graph.nodes(data="bipartite") if own == side)
    columns = sorted(id for id, own in graph.nodes(data="bipartite") if own != side)
    if len(rows) < 2 or len(columns) < 2:
        raise CannotMeasureError(
            f"{len(rows)} by {len(columns)} things leave nothing to chance; widen the cut or build from more texts"
        )
    place = {id: number for number, id in enumerate(columns)}
    held = [sorted(place[other] for other in graph[id]) for id in rows]
    first, second, observed = _shared(held, len(columns))
    if not len(observed):
        raise CannotMeasureError("no two of these things share anything; widen the cut or build from more texts")
    if method == "sampled":
        expected, p_values = _sampled(held, len(columns), first, second, observed, sample, seed)
    else:
        expected, p_values = _modelled(held, len(columns), first, second, observed, method)
    # The pairs that share nothing have a p-value of 1; they count among the comparisons, and need not be listed.
    comparisons = len(rows) * (len(rows) - 1) // 2
    q_values = numpy.minimum(1.0, false_discovery_control(p_values) * comparisons / len(p_values))
    # Rounded, because p-values that are equal must not be put in order by the last bit of a sum.
    order = numpy.lexsort((second, first, -observed, numpy.round(p_values, 12)))[: top or None]
    table = []
    for i in order.tolist():
        one, other = int(first[i]), int(second[i])
        things = [columns[number] for number in sorted(set(held[one]) & set(held[other]))]
        evidence = joined(
            iri
            for thing in things
            for end in (rows[one], rows[other])
            for iri in graph.edges[end, thing].get("evidence", "").split()
        )
        table.append([
            rows[one], graph.nodes[rows[one]].get("label", ""), rows[other], graph.nodes[rows[other]].get("label", ""),
            int(observed[i]), float(expected[i]), float(p_values[i]), float(q_values[i]), joined(things), evidence,
        ])  # fmt: skip
    frame: pd.DataFrame = pandas.DataFrame(table, columns=list(find("significance").columns))
    return frame


def _shared(held: Sequence[Sequence[int]], width: int) -> tuple[Numbers, Numbers, Numbers]:
    """The pairs of rows that share something, in order, and how many things they share."""
    import numpy
    from scipy.sparse import triu

    matrix = _matrix(held, width)
    pairs = triu(matrix @ matrix.T, k=1).tocoo()
    order = numpy.lexsort((pairs.col, pairs.row))
    return pairs.row[order].astype(numpy.int64), pairs.col[order].astype(numpy.int64), pairs.data[order]


def _matrix(held: Sequence[Sequence[int]], width: int) -> Any:
    import numpy
    from scipy.sparse import csr_array

    indices = numpy.fromiter((number for row in held for number in row), dtype=numpy.int64)
    starts = numpy.concatenate([[0], numpy.cumsum([len(row) for row in held])])
    return csr_array((numpy.ones(len(indices), dtype=numpy.int64), indices, starts), shape=(len(held), width))


def _modelled(
    held: Sequence[Sequence[int]], width: int, first: Numbers, second: Numbers, observed: Numbers, method: str
) -> tuple[Matrix, Matrix]:
    """Expected numbers and p-values under the bipartite configuration model."""
    import numpy
    from scipy.stats import poisson, poisson_binom

    lengths = numpy.array([len(row) for row in held])
    widths = numpy.bincount([number for row in held for number in row], minlength=width)
    # Under the model a probability depends on the two degrees alone, so that pairs of equal degrees have one distribution.
    degrees, row_of = numpy.unique(lengths, return_inverse=True)
    counts = numpy.unique(widths, return_counts=True)[1]
    chances = configuration(lengths, widths)
    one, other = row_of[first], row_of[second]
    groups, group_of = numpy.unique(
        numpy.minimum(one, other) * len(degrees) + numpy.maximum(one, other), return_inverse=True
    )
    if method == "exact":
        warn_if_slow(f"{len(groups):,} exact distributions", len(groups) * width**2 * 1e-9, "give --method poisson")
    expected, p_values = numpy.empty(len(observed)), numpy.empty(len(observed))
    members = numpy.split(numpy.argsort(group_of, kind="stable"), numpy.cumsum(numpy.bincount(group_of))[:-1])
    for group, inside in zip(groups.tolist(), members, strict=True):
        both = chances[group // len(degrees)] * chances[group % len(degrees)]
        mean = float(both @ counts)
        expected[inside] = mean
        below = observed[inside] - 1
        p_values[inside] = (
            poisson_binom.sf(below, numpy.repeat(both, counts)) if method == "exact" else poisson.sf(below, mean)
        )
    return expected, numpy.clip(p_values, 0.0, 1.0)


def configuration(lengths: Numbers, widths: Numbers) -> Matrix:
    """Probability of a tie by degree of row and of column: the bipartite configuration model.

    Entry (i, j) is for the i-th smallest distinct row degree and the j-th smallest distinct column degree. The model
    is the one of greatest entropy whose expected degrees are those of the network: p = xy / (1 + xy), with one x a row
    degree and one y a column degree (Saracco et al. 2015, Scientific Reports 5, 10595). A row that is tied to every
    column is so for certain, and takes no part. Raises :class:`~kg.errors.CannotMeasureError` where no solution is found.
    """
    import numpy
    from scipy.optimize import root
    from scipy.special import expit

    d, d_count = numpy.unique(lengths, return_counts=True)
    u, u_count = numpy.unique(widths, return_counts=True)
    chances = numpy.zeros((len(d), len(u)))
    rows, columns = numpy.ones(len(d), dtype=bool), numpy.ones(len(u), dtype=bool)
    left, right = d.astype(float), u.astype(float)
    while rows.any() and columns.any():
        full = rows & (left == u_count[columns].sum())
        if full.any():
            chances[numpy.ix_(full, columns)] = 1.0
            right[columns] -= d_count[full].sum()
            rows &= ~full
            continue
        full = columns & (right == d_count[rows].sum())
        if not full.any():
            break
        chances[numpy.ix_(rows, full)] = 1.0
        left[rows] -= u_count[full].sum()
        columns &= ~full
    rows &= left > 0
    columns &= right > 0
    if not (rows.any() and columns.any()):
        return chances
    left, right, many, wide = left[rows], right[columns], d_count[rows], u_count[columns]
    total = float(left @ many)

    def error(logs: Matrix) -> tuple[Matrix, Matrix]:
        p = expit(logs[: len(left), None] + logs[None, len(left) :])
        slope = p * (1 - p)
        across, down = slope * wide, (slope * many[:, None]).T
        jacobian = numpy.block([
            [numpy.diag(across.sum(axis=1)), across],
            [down, numpy.diag(down.sum(axis=1))],
        ])  # fmt: skip
        return numpy.concatenate([p @ wide - left, many @ p - right]), jacobian

    start = numpy.log(numpy.concatenate([left, right]) / numpy.sqrt(total))
    solution = root(error, start, jac=True, method="lm", options={"xtol": 1e-12, "maxiter": 10_000})
    if numpy.abs(solution.fun).max() > 1e-6 * max(1.0, float(right.max()), float(left.max())):
        raise CannotMeasureError(
            "the configuration model has no solution for these degrees that could be found; give --method sampled"
        )
    chances[numpy.ix_(rows, columns)] = expit(solution.x[: len(left), None] + solution.x[None, len(left) :])
    return chances


def _sampled(
    held: Sequence[Sequence[int]],
    width: int,
    first: Numbers,
    second: Numbers,
    observed: Numbers,
    sample: int,
    seed: int,
) -> tuple[Matrix, Matrix]:
    """Mean numbers and p-values over networks with the same degrees. The network as it is counts as one of them."""
    import numpy

    if sample < 1:
        raise CannotMeasureError(f"{sample} networks tell nothing; give --sample of 1 or more")
    # Trades go by the rows, the counting of what is shared by the paths of two steps.
    steps = sum(number * number for number in numpy.bincount([one for row in held for one in row]).tolist())
    warn_if_slow(
        f"{sample:,} networks of {len(held):,} rows",
        sample * (4e-5 * len(held) + 1.5e-7 * steps),
        "draw fewer networks (--sample)",
    )
    generator = numpy.random.default_rng(seed)
    sets = [set(row) for row in held]
    wanted = first * len(held) + second
    total, at_least = numpy.zeros(len(observed)), numpy.zeros(len(observed))
    for number in range(sample):
        # Five trades a row to forget the start (Strona et al. 2014), then one between two networks.
        curveball(sets, (5 if number == 0 else 1) * len(sets), generator)
        one, other, many = _shared([sorted(row) for row in sets], width)
        found = one * len(held) + other
        place = numpy.minimum(numpy.searchsorted(found, wanted), max(len(found) - 1, 0))
        shared = numpy.where(found[place] == wanted, many[place], 0) if len(found) else numpy.zeros(len(wanted))
        total += shared
        at_least += shared >= observed
    return total / sample, (1 + at_least) / (1 + sample)


def curveball(sets: list[set[int]], trades: int, generator: np.random.Generator) -> None:
    """Trade what only one of two rows has, at random, again and again; every degree stays as it is.

    Strona, Nappo, Boccacci, Fattorini and San-Miguel-Ayanz (2014), Nature Communications 5, 4114.
    """
    for _ in range(trades):
        one, other = generator.choice(len(sets), size=2, replace=False)
        only = sorted(sets[one] ^ sets[other])
        mine = len(sets[one] - sets[other])
        if mine in (0, len(only)):
            continue
        both = sets[one] & sets[other]
        mixed = generator.permutation(only).tolist()
        sets[one] = both | set(mixed[:mine])
        sets[other] = both | set(mixed[mine:])
