"""`kg query`: formats, limits, errors, and what it takes for a request to another server."""

from __future__ import annotations

import csv
import io
import json
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph import store
from kg.graph.sparql import asks_elsewhere, shape
from kg.vocab import PREFIXES

from .conftest import CROSS

LABEL = "七大都市"
QUERY = f"SELECT ?s ?label {{ ?s rdfs:label ?label FILTER(?label = '{LABEL}') }}"
IRI = f"https://w3id.org/tifa-kg/slogan/{LABEL}"


def query(*arguments: object, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "import kg.cli; kg.cli.main()", "query", *map(str, arguments)],
        input=stdin, capture_output=True, encoding="utf-8", timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("format", "expected"),
    [
        ("table", f"s                  label\n<slogan/{LABEL}>  {LABEL}\n1 row\n"),
        ("csv", f"s,label\n{IRI},{LABEL}\n"),
        ("tsv", f'?s\t?label\n<{IRI}>\t"{LABEL}"\n'),
        ("md", f"| s | label |\n|---|---|\n| \\<slogan/{LABEL}\\> | {LABEL} |\n"),
    ],
)
def test_rows(built: Path, format: str, expected: str) -> None:
    ran = query(built, QUERY, "--format", format)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, expected, "")


def test_json_and_xml(built: Path) -> None:
    found = json.loads(query(built, QUERY, "--format", "json").stdout)
    assert found["results"]["bindings"] == [
        {"s": {"type": "uri", "value": IRI}, "label": {"type": "literal", "value": LABEL}}
    ]
    assert f"<uri>{IRI}</uri>" in query(built, QUERY, "--format", "xml").stdout


@pytest.mark.parametrize("format", ["ttl", "nt", "jsonld", "rdfxml"])
def test_triples(built: Path, format: str) -> None:
    formats = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "jsonld": ox.RdfFormat.JSON_LD,
               "rdfxml": ox.RdfFormat.RDF_XML}  # fmt: skip
    first, second = (query(built, f"DESCRIBE <slogan/{LABEL}>", "--format", format).stdout for _ in range(2))
    assert first == second
    triples = [str(quad.triple) for quad in ox.parse(first.encode(), format=formats[format])]
    assert f'<{IRI}> <http://www.w3.org/2000/01/rdf-schema#label> "{LABEL}"' in triples


def test_truth_files_and_standard_input(built: Path, tmp_path: Path) -> None:
    assert query(built, "ASK { ?s a kg:Slogan }").stdout == "true\n"
    assert query(built, "-", stdin="ASK { ?s a <a:b> }").stdout == "false\n"
    (tmp_path / "q.rq").write_text("\ufeff" + QUERY, encoding="utf-8")
    assert LABEL in query(built, "--file", tmp_path / "q.rq").stdout
    assert query(built).returncode == 2
    assert query(built, "ASK {}", "--file", tmp_path / "q.rq").returncode == 2
    ran = query(built, "--file", tmp_path / "none.rq")
    assert (ran.returncode, "none.rq" in ran.stderr) == (2, True)


def test_a_spreadsheet_gets_no_formula(built: Path) -> None:
    text = query(built, "SELECT ('=1+1' AS ?a) ('a|b\\n<b>' AS ?b) {}", "--format", "csv").stdout
    assert list(csv.reader(io.StringIO(text)))[1] == ["'=1+1", "a|b\n<b>"]
    assert r"a\|b" in query(built, "SELECT ('a|b' AS ?b) {}", "--format", "md").stdout


@pytest.mark.parametrize(
    "words",
    [
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT (COUNT(DISTINCT *) AS ?n) { ?s a ?o }",
        "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n) ?p",
        "SELECT ?n { { SELECT (COUNT(*) AS ?n) { ?s a ?o } } }",
        "SELECT DISTINCT * { ?o a ?type } ORDER BY ?o ?type",
        "SELECT (2 * 3 AS ?six) { }",
    ],
)
def test_a_star_means_what_the_store_takes_it_for(built: Path, words: str) -> None:
    answer = store.open_readonly(built / "store").query(words, prefixes=PREFIXES, use_default_graph_as_union=True)
    names = [variable.value for variable in answer.variables]
    expected = [[getattr(row[name], "value", "") for name in names] for row in answer]
    head, *rows = csv.reader(io.StringIO(query(built, words, "--format", "csv").stdout))
    assert (head, rows) == (names, expected)


def test_limits_end_with_exit_code_1(built: Path) -> None:
    began = time.monotonic()
    ran = query(built, CROSS, "--timeout", "2")
    assert time.monotonic() - began < 20
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == "kg: the query took longer than 2 s and was ended; ask for less, or allow more time\n"
    ran = query(built, "SELECT * { ?s ?p ?o }", "--rows", "10")
    assert (ran.returncode, "more than 10 rows" in ran.stderr) == (1, True)


def test_errors_are_one_line(built: Path, tmp_path: Path) -> None:
    for words, said in (
        ("SELECT * {\n ?s nn:x ?o }", "kg: line 2, column 5: the prefix nn: is not declared"),
        ("CLEAR ALL", "kg: CLEAR would change the graph"),
        ("ASK { SERVICE <http://127.0.0.1:9/> {} }", "kg: line 1, column 7: SERVICE asks another server"),
    ):
        ran = query(built, words)
        assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (2, "", 1)
        assert ran.stderr.startswith(said)
    assert query(tmp_path, "ASK {}").returncode == 2
    assert query(built, "DESCRIBE <a:b>", "--format", "csv").returncode == 2


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[bytes]]]:
    """A server that hears whether it is asked."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    heard.append(connection.recv(100))
                    connection.sendall(b"HTTP/1.1 500 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", heard
        server.shutdown(socket.SHUT_RDWR)


REACHING = [
    "ASK { SERVICE <URL> { ?s ?p ?o } }",
    "ASK { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "ASK { SERVICESILENT<URL>{ ?s ?p ?o } }",
    "ASK { ?a ?b 1SERVICE<URL>{ ?s ?p ?o } }",
    "ASK { ?a ?b 1.5e3SERVICE<URL>{ ?s ?p ?o } }",
    "PREFIX : <URL> ASK { SERVICE:{ ?s ?p ?o } }",
    "PREFIX : <URL> PREFIX SERVICE: <a:> ASK { SERVICE:#\n{ ?s ?p ?o } }",
    "ASK { # a comment\rSERVICE <URL> { ?s ?p ?o }\n}",
    r"PREFIX x: <a:> ASK { OPTIONAL { ?s x:a\'b ?o } SERVICE <URL> { ?s ?p ?o } OPTIONAL { ?s x:a\'b 'c' } }",
    "PREFIX x: <a:> ASK { OPTIONAL { ?s x:a\u203f\\'b ?o } SERVICE <URL> { ?s ?p ?o } OPTIONAL { ?s x:a\\'b 'c' } }",
]
"""Queries with which Oxigraph asks another server; some of them no other parser reads so."""


@pytest.mark.parametrize("text", REACHING)
def test_whatever_reaches_out_is_seen(text: str, listener: tuple[str, list[bytes]]) -> None:
    url, heard = listener
    text = text.replace("URL", url)
    heard.clear()
    one = ox.Store()
    for number in (
        ox.Literal(1),
        ox.Literal("1.5e3", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#double")),
    ):
        one.add(ox.Quad(ox.NamedNode("a:a"), ox.NamedNode("a:b"), number))
    with suppress(OSError):
        bool(one.query(text))
    assert heard
    assert asks_elsewhere(text)


@pytest.mark.parametrize("text", [
    "SELECT ?service { ?s ?p 'SERVICE' }", "PREFIX service: <a:> ASK { ?s service:SERVICE ?o }",
    "ASK { ?s <a:SERVICE> ?o } # SERVICE", 'ASK { ?s ?p """a "SERVICE" b""" }', "ASK { ?s ?p 'x'@service }",
])  # fmt: skip
def test_the_word_alone_does_nothing(text: str) -> None:
    assert not asks_elsewhere(text)


@pytest.mark.parametrize(("text", "form", "graphs"), [
    ("PREFIX select: <a:> ASK {}", "ASK", []),
    ("# SELECT\nCONSTRUCT { ?s ?p ?o } FROM <a> { ?s ?p ?o }", "CONSTRUCT", ["https://b.org/a"]),
    ("BASE <http://c.org/> PREFIX g: <d/> SELECT*FROM g:e FROM NAMED<f>{ ?s ?p 'FROM <x>' }", "SELECT",
     ["http://c.org/d/e", "http://c.org/f"]),
    ("WITH <a:> DELETE {} INSERT {} WHERE {}", "WITH", []),
    ("", "", []),
])  # fmt: skip
def test_shape(text: str, form: str, graphs: list[str]) -> None:
    found = shape(text, {}, "https://b.org/")
    assert (found.form, [iri for iri, _ in found.graphs]) == (form, graphs)


@pytest.mark.parametrize("text", [
    "a.b-" * 50_000, "'''" * 60_000, "<" * 200_000, '"""x\'' * 50_000, "\\" * 200_000, "'''" + "a'" * 100_000,
    "{" * 200_000, "a" * 200_000, ":" * 200_000,
])  # fmt: skip
def test_words_are_told_in_linear_time(text: str) -> None:
    began = time.process_time()
    shape(text, {}, "")
    assert time.process_time() - began < 2


def test_deep_nesting_ends_the_worker_and_not_the_command(built: Path, tmp_path: Path) -> None:
    (tmp_path / "deep.rq").write_text("ASK {" + "{" * 200_000 + "}" * 200_000 + "}", encoding="utf-8")
    ran = query(built, "--file", tmp_path / "deep.rq", "--timeout", "20")
    assert (ran.returncode, ran.stderr.count("\n")) == (1, 1), ran.stderr


@pytest.mark.parametrize("format", ["csv", "tsv", "md"])
def test_the_columns_of_a_star_stand_as_written(built: Path, format: str) -> None:
    words = "SELECT DISTINCT * { ?z kg:slogan ?m . ?m rdfs:label ?a { SELECT ?z { ?z ?k ?m } } } LIMIT 1"
    ran = query(built, words, "--format", format)
    assert re.findall(r"\w+", ran.stdout.splitlines()[0]) == ["z", "m", "a"]
    refused = query(built, "SELECT * { ?s 政协 ?o }", "--format", format)
    assert "line 1, column 15" in refused.stderr
