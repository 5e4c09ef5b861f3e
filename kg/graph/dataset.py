"""The dataset of a build as rdflib sees it: read only, and offline.

Queries go to the store as text. What would reach out of the build is refused before it runs: ``SERVICE`` asks another
server, ``LOAD`` and every other update would write; ``FROM`` never loads a graph, since only the store answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

import pyoxigraph
import rdflib
from oxrdflib import OxigraphStore
from rdflib.query import Result

from kg.errors import BuildError
from kg.graph.sparql import asks_elsewhere, written
from kg.vocab import PREFIXES


class ReadOnlyStore(OxigraphStore):
    """An Oxigraph store that is never written."""

    def query(self, query: Any, initNs: Mapping[str, Any], initBindings: Any, queryGraph: Any, **more: Any) -> Result:  # noqa: N803
        """The answer of the store; :class:`~kg.errors.BuildError` for what it could not answer offline or read."""
        if not isinstance(query, str):
            raise BuildError("a prepared query cannot be asked of a build; give the query as text")
        if asks_elsewhere(query):
            raise BuildError(
                "SERVICE asks another server, and a build is asked offline; leave SERVICE out of the query"
            )
        result: Result = super().query(query, initNs, initBindings, queryGraph, **more)
        order = written(query) if result.type == "SELECT" else ()
        if order:
            rows = list(result.bindings)
            result.vars = sorted(result.vars or (), key=lambda name: order.index(str(name)))
            result.bindings = [{name: row[name] for name in result.vars} for row in rows]
        return result

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:
        """The triples that match; :class:`~kg.errors.BuildError` where the store is damaged."""
        try:
            yield from super().triples(triple_pattern, context)
        except OSError as error:
            raise BuildError(
                f"the store of the build is damaged ({' '.join(str(error).split())}); build again"
            ) from error

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise BuildError("a build is read only; copy its dataset into a graph of your own to change it")

    add = addN = remove = update = remove_graph = _refuse  # noqa: N815

    def add_graph(self, graph: rdflib.Graph) -> None:
        """Nothing: rdflib asks for this whenever a graph is named in order to read it."""


def dataset(store: pyoxigraph.Store) -> rdflib.Dataset:
    """An rdflib view of a store, read only, whose default graph is the union of all named graphs."""
    found = rdflib.Dataset(store=ReadOnlyStore(store=store), default_union=True)
    for prefix, iri in PREFIXES.items():
        found.namespace_manager.bind(prefix, iri, override=True)
    return found
