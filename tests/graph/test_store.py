"""The dataset in a store, on disk and in memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import BuildError
from kg.graph import store
from kg.graph.project import Projection
from kg.graph.terms import write_nquads

QUERY = "PREFIX kg: <https://w3id.org/tifa-kg/ontology#> SELECT ?n { ?o a kg:Organisation ; rdfs:label ?n }"
PREFIX = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "


@pytest.fixture
def file(projection: Projection, tmp_path: Path) -> Path:
    write_nquads(projection.blocks, tmp_path / "graph.nq")
    return tmp_path / "graph.nq"


def test_a_store_holds_what_was_loaded(file: Path, projection: Projection, tmp_path: Path) -> None:
    store.load(file, tmp_path / "store")
    assert len(store.open_readonly(tmp_path / "store")) == projection.counts.quads
    assert len(store.in_memory(file)) == projection.counts.quads


def test_two_readers_open_one_store(file: Path, tmp_path: Path) -> None:
    store.load(file, tmp_path / "store")
    one, other = store.open_readonly(tmp_path / "store"), store.open_readonly(tmp_path / "store")
    assert len(one) == len(other) > 0


def test_the_view_of_rdflib_is_the_union(file: Path, projection: Projection, tmp_path: Path) -> None:
    store.load(file, tmp_path / "store")
    dataset = store.dataset(store.open_readonly(tmp_path / "store"))
    assert [str(row[0]) for row in dataset.query(PREFIX + QUERY)] == ["西湖区政协"]  # type: ignore[index, union-attr]
    graphs = {str(row[0]) for row in dataset.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")}  # type: ignore[index, union-attr]
    assert "https://w3id.org/tifa-kg/graph/doc/001-湖畔" in graphs
    assert len(graphs) == 8
    assert dict(dataset.namespace_manager.namespaces())["kg"].toPython() == "https://w3id.org/tifa-kg/ontology#"


def test_the_view_cannot_write(file: Path, tmp_path: Path) -> None:
    store.load(file, tmp_path / "store")
    opened = store.open_readonly(tmp_path / "store")
    with pytest.raises(RuntimeError, match="read-write"):
        opened.clear()


def test_a_folder_that_holds_something_is_refused(file: Path, tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "mine").write_text("x", encoding="utf-8")
    with pytest.raises(BuildError, match="not empty"):
        store.load(file, tmp_path / "store")
    assert (tmp_path / "store" / "mine").is_file()


@pytest.mark.parametrize("text", ["no quads at all\n", '<http://a> <http://b> "unclosed <http://g> .\n'])
def test_what_is_no_nquads_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "bad.nq").write_text(text, encoding="utf-8")
    with pytest.raises(BuildError, match=r"bad\.nq: cannot be loaded") as caught:
        store.load(tmp_path / "bad.nq", tmp_path / "store")
    assert "\n" not in str(caught.value)
    with pytest.raises(BuildError, match=r"bad\.nq: cannot be loaded"):
        store.in_memory(tmp_path / "bad.nq")


def test_a_missing_store_is_named(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="there is no store here"):
        store.open_readonly(tmp_path)
    assert list(tmp_path.iterdir()) == []
