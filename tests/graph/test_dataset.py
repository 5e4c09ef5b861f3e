"""The dataset of a build as rdflib sees it: read only, offline, answered in the order asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.plugins.sparql import prepareQuery

from kg.errors import BuildError
from kg.graph import store
from kg.graph.project import Projection
from kg.graph.sparql import asks_elsewhere
from kg.graph.terms import write_nquads

# rdflib uses its own deprecated attribute when it adds to a dataset.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
IRI = rdflib.URIRef("https://example.org/a")


@pytest.fixture
def dataset(projection: Projection, tmp_path: Path) -> rdflib.Dataset:
    write_nquads(projection.blocks, tmp_path / "graph.nq")
    store.load(tmp_path / "graph.nq", tmp_path / "store")
    return store.dataset(store.open_readonly(tmp_path / "store"))


@pytest.mark.parametrize(
    "write",
    [
        lambda found: found.update("INSERT DATA { <a:b> <a:c> <a:d> }"),
        lambda found: found.update("LOAD <http://127.0.0.1:9/>"),
        lambda found: found.update("CLEAR ALL"),
        lambda found: found.add((IRI, IRI, IRI)),
        lambda found: found.addN([(IRI, IRI, IRI, found.graph(IRI))]),
        lambda found: found.remove((None, None, None)),
        lambda found: found.remove_graph(IRI),
        lambda found: found.parse(data="<a:b> <a:c> <a:d> .", format="turtle"),
    ],
)
def test_nothing_is_written(write: Callable[[rdflib.Dataset], Any], dataset: rdflib.Dataset) -> None:
    before = len(dataset)
    with pytest.raises(BuildError, match="a build is read only"):
        write(dataset)
    assert len(dataset) == before


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "select * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "ASK { ?s ?p '''it's'''. SERVICE ?g { ?s ?p ?o } }",
        "# a comment with a ' in it\nASK { SERVICE ?g { ?s ?p ?o } }",
        "ASK { \\u0053ERVICE ?g { ?s ?p ?o } }",
    ],
)
def test_no_other_server_is_asked(query: str, dataset: rdflib.Dataset) -> None:
    with pytest.raises(BuildError, match="SERVICE asks another server"):
        dataset.query(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?p ?o }",
        "ASK { ?s ?p 'SERVICE' }",
        'ASK { ?s ?p """a "SERVICE" b""" }',
        "ASK { ?s ?p <https://example.org/SERVICE> } # SERVICE",
        "PREFIX service: <a:> ASK { ?s service:SERVICE ?o }",
        r"ASK { ?s ?p 'it\'s SERVICE' }",
    ],
)
def test_the_word_service_may_stand_in_names(query: str, dataset: rdflib.Dataset) -> None:
    assert not asks_elsewhere(query)
    assert dataset.query(query).type in ("ASK", "SELECT")


def test_a_prepared_query_is_refused_since_rdflib_would_answer_it(dataset: rdflib.Dataset) -> None:
    with pytest.raises(BuildError, match="give the query as text"):
        dataset.query(prepareQuery("SELECT * { ?s ?p ?o }"))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("SELECT ?z ?p ?a { ?z ?p ?a }", ["z", "p", "a"]),
        ("SELECT * { ?z ?p ?a }", ["z", "p", "a"]),
        ("SELECT DISTINCT * { GRAPH ?y { ?z ?p ?a } }", ["y", "z", "p", "a"]),
        ("SELECT ?p (COUNT(*) AS ?n) { ?z ?p ?a } GROUP BY ?p", ["p", "n"]),
        ("SELECT ?z ?a { { SELECT * { ?a ?p ?z } } }", ["z", "a"]),
    ],
)
def test_variables_come_in_the_order_asked(query: str, names: list[str], dataset: rdflib.Dataset) -> None:
    result = dataset.query(f"{query} LIMIT 2")
    assert [str(name) for name in result.vars or ()] == names
    assert [[str(name) for name in row] for row in result.bindings] == [names, names]
    for row, binding in zip(result, result.bindings, strict=True):
        assert list(row) == list(binding.values())


def test_a_graph_is_read_by_its_name(dataset: rdflib.Dataset) -> None:
    assert len(dataset.graph(rdflib.URIRef("https://w3id.org/tifa-kg/graph/entities"))) > 0
    assert len(dataset.graph(IRI)) == 0
