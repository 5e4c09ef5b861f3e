"""Edges gathered from statements, and graphs made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

    from kg.analyse.ground import Ground

SHOWN = 20
"""How many evidence IRIs an edge or row names at most: more than a reader checks, few enough for a spreadsheet's cell."""


def joined(evidence: Iterable[str]) -> str:
    """The first :data:`SHOWN` IRIs in the order of their names, joined by blanks."""
    return " ".join(sorted(set(evidence))[:SHOWN])


class Ties:
    """Pairs of things, with the statements and documents that tie them."""

    __slots__ = ("documents", "evidence")

    def __init__(self) -> None:
        self.evidence: dict[tuple[str, str], set[str]] = {}
        self.documents: dict[tuple[str, str], set[str]] = {}

    def add(self, first: str, second: str, evidence: str, article: str) -> None:
        """One statement of one article ties *first* to *second*."""
        pair = (first, second)
        self.evidence.setdefault(pair, set()).add(evidence)
        self.documents.setdefault(pair, set()).add(article)

    def graph(self, ground: Ground, *, parts: Callable[[str], int] | None = None, directed: bool = False) -> nx.Graph:
        """A graph whose weight is the number of documents; *parts* gives the side of a node of a two-mode graph."""
        import networkx

        graph = networkx.DiGraph() if directed else networkx.Graph()
        for id in sorted({id for pair in self.evidence for id in pair}):
            sides = {"bipartite": parts(id)} if parts else {}
            graph.add_node(id, **ground.attributes(id), **sides)
        for pair in sorted(self.evidence):
            graph.add_edge(
                *pair,
                weight=len(self.documents[pair]),
                statements=len(self.evidence[pair]),
                evidence=joined(self.evidence[pair]),
            )
        return graph


def linked(ground: Ground, edges: dict[tuple[str, str], dict[str, Any]]) -> nx.Graph:
    """An undirected graph of edges with their attributes; nodes without an edge are no part of it."""
    import networkx

    graph = networkx.Graph()
    for id in sorted({id for pair in edges for id in pair}):
        graph.add_node(id, **ground.attributes(id))
    graph.add_edges_from((*pair, edges[pair]) for pair in sorted(edges))
    return graph
