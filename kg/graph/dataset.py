"""The dataset of a build as rdflib sees it: read only, and offline.

Queries go to the store as text. What would reach out of the build is refused before it runs: ``SERVICE`` asks another
server, ``LOAD`` and every other update would write; ``FROM`` never loads a graph, since only the store answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

import pyoxigraph
import rdflib
from oxrdflib import OxigraphStore
from rdflib.query import Result

from kg.errors import BuildError
from kg.vocab import PREFIXES

_WORD = re.compile(
    r'''
      <[^<>"{}|^`\\\x00-\x20]*>            # an IRI
    | """(?:[^"\\]|\\.|"(?!""))*"""        # strings
    | \'\'\'(?:[^'\\]|\\.|'(?!\'\'))*\'\'\'
    | "(?:[^"\\\n\r]|\\.)*"
    | '(?:[^'\\\n\r]|\\.)*'
    | \#[^\n\r]*                           # a comment
    | [?$]\w+                              # a variable
    | @\w+                                 # a language
    | [\w.-]*:[\w.%-]*                     # a prefixed name
    | (?P<service>\bSERVICE\b)
    | (?P<select>\bSELECT\b)
    | \*
    ''',
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def asks_elsewhere(query: str) -> bool:
    """Whether a SPARQL query asks another server.

    >>> asks_elsewhere("SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }")
    True
    >>> asks_elsewhere("SELECT ?service { ?s ?p 'SERVICE' } # SERVICE")
    False
    """
    # SPARQL 1.1, section 19.2: escapes stand for their characters anywhere in a query.
    plain = _ESCAPE.sub(lambda found: chr(min(int(found[1] or found[2], 16), 0x10FFFF)), query)
    return any(found["service"] for text in (query, plain) for found in _WORD.finditer(text))


def _written(query: str) -> tuple[str, ...]:
    """The variables of a query for ``*`` as they are first written: the store has them in the order of the alphabet."""
    words = [found for found in _WORD.finditer(query) if found[0][0] in "?$*" or found["select"]]
    first = next((place for place, found in enumerate(words) if found["select"]), len(words))
    if [found[0] for found in words[first + 1 : first + 2]] != ["*"]:
        return ()
    return tuple(dict.fromkeys(found[0][1:] for found in words if found[0][0] in "?$"))


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
        order = _written(query) if result.type == "SELECT" else ()
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
