"""Projections of slogans (提法): who uses them, which go together, which districts share them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Annotated, Literal

from kg.analyse.cut import WHOLE, Cut
from kg.analyse.ground import Ground, refuse_empty
from kg.analyse.registry import projection, warn_if_slow
from kg.analyse.ties import Ties, joined, linked
from kg.builds.opened import Build

if TYPE_CHECKING:
    import networkx as nx

Scope = Literal["all", "national", "local"]
"""Which slogans count: all, the national formulae of ``ontology/tifa.ttl``, or the others."""


def within_scope(ground: Ground, slogan: str, scope: str) -> bool:
    """Whether a slogan counts in a scope."""
    return scope == "all" or (slogan in ground.national) == (scope == "national")


@projection(
    "bodies-slogans",
    title_zh="机构—提法",
    title_en="Bodies and the slogans they use",
    edges={
        "weight": "number of documents in which the body or person uses the slogan",
        "statements": "number of uses",
        "evidence": "IRIs of the uses",
    },
    source="two-mode network: Borgatti and Everett (1997)",
)
def bodies_slogans(build: Build, *, cut: Cut = WHOLE) -> nx.Graph:
    """Two-mode graph of the bodies and persons that use slogans (side 0) and the slogans (side 1).

    Only uses whose user the text tells. The user's district decides of level and place.
    """
    ground = Ground(build, cut)
    ties = Ties()
    for use, slogan, user, _, article, _ in ground.uses():
        ties.add(user, slogan, use, article)
    if not ties.evidence:
        raise refuse_empty("use of a slogan by a body", cut)
    return ties.graph(ground, parts=lambda id: int(id.startswith("slogan/")))


@projection(
    "districts-slogans",
    title_zh="地区—提法",
    title_en="Districts and the slogans their bodies use",
    edges={
        "weight": "number of documents in which bodies or persons of the district use the slogan",
        "statements": "number of uses",
        "evidence": "IRIs of the uses",
    },
    source="two-mode network: Borgatti and Everett (1997)",
)
def districts_slogans(
    build: Build,
    *,
    scope: Annotated[Scope, "Which slogans count: all, the national formulae, or the local ones."] = "all",
    cut: Cut = WHOLE,
) -> nx.Graph:
    """Two-mode graph of districts (side 0) and the slogans that a body or person of the district uses (side 1).

    A use by a user without a district of its own counts for no district.
    """
    ground = Ground(build, cut)
    ties = Ties()
    for use, slogan, user, _, article, _ in ground.uses():
        code = ground.district(user)
        if code and within_scope(ground, slogan, scope):
            ties.add(f"district/{code}", slogan, use, article)
    if not ties.evidence:
        raise refuse_empty("use of a slogan by a body of a district", cut)
    return ties.graph(ground, parts=lambda id: int(id.startswith("slogan/")))


@projection(
    "slogan-co-use",
    title_zh="提法共用",
    title_en="Slogans used by the same bodies",
    edges={
        "weight": "number of bodies and persons that use both slogans",
        "shared": "identities of these users",
        "evidence": "IRIs of their uses of either slogan",
    },
    source="one-mode projection: Breiger (1974)",
)
def slogan_co_use(build: Build, *, cut: Cut = WHOLE) -> nx.Graph:
    """Graph of slogans, joined where one body or person uses both, in whatever documents.

    More shared users than chance would give is another question: see ``significance``.
    """
    return _shared(build, bodies_slogans(build, cut=cut), 1)


@projection(
    "districts-shared-formulae",
    title_zh="地区共用提法",
    title_en="Districts that share slogans",
    edges={
        "weight": "number of slogans that bodies of both districts use",
        "shared": "identities of these slogans",
        "evidence": "IRIs of the uses in either district",
    },
    source="one-mode projection: Breiger (1974)",
)
def districts_shared_formulae(
    build: Build,
    *,
    scope: Annotated[Scope, "Which slogans count: all, the national formulae, or the local ones."] = "all",
    cut: Cut = WHOLE,
) -> nx.Graph:
    """Graph of districts, joined where bodies or persons of both use one slogan.

    A district that shares nothing is no part of it. More than chance would give is another question: see ``significance``.
    """
    return _shared(build, districts_slogans(build, scope=scope, cut=cut), 0)


def _shared(build: Build, graph: nx.Graph, side: int) -> nx.Graph:
    """The one-mode projection of *graph* on one side, with what is shared."""
    ground = Ground(build)
    pairs = sum(len(graph[id]) * (len(graph[id]) - 1) // 2 for id, own in graph.nodes(data="bipartite") if own != side)
    warn_if_slow(f"a projection of {pairs:,} pairs", pairs * 3e-5, "cut it by period, level or place")
    neighbours: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for id, other in graph.nodes(data="bipartite"):
        if other != side:
            for pair in combinations(sorted(graph[id]), 2):
                neighbours[pair].append(id)
    if not neighbours:
        raise refuse_empty("two things that share one", WHOLE)
    edges = {
        (first, second): {
            "weight": len(shared),
            "shared": joined(shared),
            "evidence": joined(_evidence(graph, ((end, id) for id in shared for end in (first, second)))),
        }
        for (first, second), shared in neighbours.items()
    }
    return linked(ground, edges)


def _evidence(graph: nx.Graph, pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for first, second in pairs:
        yield from graph.edges[first, second]["evidence"].split()


@projection(
    "slogan-co-occurrence",
    title_zh="提法共现",
    title_en="Slogans that stand together",
    edges={
        "weight": "number of sections (or articles) in which both slogans stand",
        "documents": "number of articles among them",
        "evidence": "IRIs of the passages that name either there",
    },
    source="co-word analysis: Callon et al. (1983)",
)
def slogan_co_occurrence(
    build: Build,
    *,
    within: Annotated[Literal["section", "article"], "Stand together in one section, or in one article."] = "section",
    cut: Cut = WHOLE,
) -> nx.Graph:
    """Graph of slogans, joined where both stand in one section of an article, or in one article.

    What stands before the first heading is one section; sections of one name in one article are taken together. The
    article's district and date decide of the cut.
    """
    ground = Ground(build, cut)
    places: defaultdict[tuple[str, str], defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for passage, thing, article, _, _, section in ground.ask("naming"):
        if thing.startswith("slogan/") and article in ground.articles:
            places[article, section if within == "section" else ""][thing].append(passage)
    found: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for place, slogans in places.items():
        for pair in combinations(sorted(slogans), 2):
            found[pair].append(place)
    if not found:
        raise refuse_empty(f"two slogans in one {within}", cut)
    edges = {
        pair: {
            "weight": len(where),
            "documents": len({article for article, _ in where}),
            "evidence": joined(passage for place in where for end in pair for passage in places[place][end]),
        }
        for pair, where in found.items()
    }
    return linked(ground, edges)
