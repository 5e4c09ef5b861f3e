"""The list of the W3C's tests of the SPARQL 1.1 Protocol as a table, and what they leave out."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

from kg.serve.formats import GRAPHS, ROWS, negotiate

from .conftest import Running

FORM = {"content-type": "application/x-www-form-urlencoded"}
DIRECT = {"content-type": "application/sparql-query"}
ENTITIES = "https://w3id.org/tifa-kg/graph/entities"
GAZETTEER = "https://w3id.org/tifa-kg/graph/gazetteer"
ASK = "query=ASK%20%7B%7D"
LABEL = "七大都市"
SLOGAN = f"https://w3id.org/tifa-kg/slogan/{LABEL}"
IN_ENTITIES = f"ASK {{ <{SLOGAN}> a kg:Slogan }}"


def send(server: Running, method: str, search: str, body: bytes, headers: dict[str, str]) -> httpx.Response:
    return server.client.request(method, f"/sparql{search}", content=body or None, headers=headers)


# https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/: queries that must be answered.
@pytest.mark.parametrize(
    ("name", "method", "search", "body", "headers"),
    [
        ("query-get", "GET", f"?{ASK}", b"", {}),
        ("query-post-form", "POST", "", ASK.encode(), FORM),
        ("query-post-direct", "POST", "", b"ASK {}", DIRECT),
        ("query-head", "HEAD", f"?{ASK}", b"", {}),
        ("query-charset", "POST", "", b"ASK {}", {"content-type": "application/sparql-query; charset=UTF-8"}),
    ],
)
def test_queries(server: Running, name: str, method: str, search: str, body: bytes, headers: dict[str, str]) -> None:
    found = send(server, method, search, body, headers)
    assert found.status_code == 200, name
    assert found.headers["content-type"] == "application/sparql-results+json"
    assert found.content == (b"" if method == "HEAD" else b'{"head":{},"boolean":true}')
    assert found.headers["content-length"] == "26"


@pytest.mark.parametrize("way", ["get", "form", "direct"])
@pytest.mark.parametrize(
    ("name", "graphs", "query", "expected"),
    [
        ("query-dataset-default-graph", [("default-graph-uri", ENTITIES)], IN_ENTITIES, True),
        ("query-dataset-default-graph, another", [("default-graph-uri", GAZETTEER)], IN_ENTITIES, False),
        ("query-dataset-default-graphs", [("default-graph-uri", GAZETTEER), ("default-graph-uri", ENTITIES)],
         IN_ENTITIES, True),
        ("query-dataset-named-graphs", [("named-graph-uri", ENTITIES)], f"ASK {{ GRAPH ?g {{ <{SLOGAN}> ?p ?o }} }}", True),
        ("query-dataset-named-graphs: the default one is empty", [("named-graph-uri", ENTITIES)], IN_ENTITIES, False),
        ("query-dataset-full", [("default-graph-uri", GAZETTEER), ("named-graph-uri", ENTITIES)],
         f"ASK {{ ?d a kg:District . GRAPH <{ENTITIES}> {{ <{SLOGAN}> ?p ?o }} FILTER NOT EXISTS {{ <{SLOGAN}> ?p ?o }} }}", True),
        ("query-multiple-dataset: the request wins", [("default-graph-uri", ENTITIES)],
         f"ASK FROM <{GAZETTEER}> {{ <{SLOGAN}> a kg:Slogan }}", True),
        ("FROM", [], f"ASK FROM <{GAZETTEER}> {{ <{SLOGAN}> a kg:Slogan }}", False),
        ("FROM a relative IRI", [], f"ASK FROM <graph/entities> {{ <slogan/{LABEL}> a kg:Slogan }}", True),
        ("FROM NAMED", [], f"ASK FROM NAMED <{GAZETTEER}> {{ GRAPH ?g {{ <{SLOGAN}> a kg:Slogan }} }}", False),
        ("no dataset: the union", [], f"ASK {{ <{SLOGAN}> a kg:Slogan . ?d kg:code ?code }}", True),
    ],
)  # fmt: skip
def test_datasets(
    server: Running, way: str, name: str, graphs: list[tuple[str, str]], query: str, expected: bool
) -> None:
    pairs = [*graphs, ("query", query)]
    if way == "get":
        found = server.client.get("/sparql", params=pairs)
    elif way == "form":
        found = server.client.post("/sparql", content=str(httpx.QueryParams(pairs)), headers=FORM)
    else:
        found = server.client.post("/sparql", params=graphs, content=query.encode(), headers=DIRECT)
    assert (found.status_code, found.json()["boolean"]) == (200, expected), name


@pytest.mark.parametrize(
    ("name", "method", "search", "body", "headers", "status"),
    [
        ("bad-query-method", "PUT", f"?{ASK}", b"", {}, 405),
        ("bad-query-method", "DELETE", f"?{ASK}", b"", {}, 405),
        ("bad-multiple-queries", "GET", f"?{ASK}&{ASK}", b"", {}, 400),
        ("bad-multiple-queries", "POST", "", f"{ASK}&{ASK}".encode(), FORM, 400),
        ("two queries, body and address", "POST", f"?{ASK}", b"ASK {}", DIRECT, 400),
        ("bad-query-wrong-media-type", "POST", "", b"ASK {}", {"content-type": "text/plain"}, 415),
        ("bad-query-missing-form-type", "POST", "", ASK.encode(), {}, 415),
        ("bad-query-missing-direct-type", "POST", "", b"ASK {}", {}, 415),
        ("bad-query-non-utf8", "POST", "", "ASK {}".encode("utf-16"),
         {"content-type": "application/sparql-query; charset=utf-16"}, 415),
        ("not UTF-8 after all", "POST", "", "ASK { ?s ?p '政协' }".encode("gb18030"), DIRECT, 400),
        ("not UTF-8 in per cents", "GET", "?query=ASK%20%7B%20%FF%7D", b"", {}, 400),
        ("bad-query-syntax", "GET", "?query=ASK%20%7B", b"", {}, 400),
        ("no query", "GET", "?default-graph-uri=x", b"", {}, 400),
        ("no query", "POST", "", b"", FORM, 400),
        ("unknown graph", "GET", f"?{ASK}&default-graph-uri=http://example.org/", b"", {}, 400),
        ("no IRI", "GET", f"?{ASK}&default-graph-uri=%3C%3E", b"", {}, 400),
        ("nothing it takes", "GET", f"?{ASK}", b"", {"accept": "image/png"}, 406),
        ("too large", "POST", "", b"ASK { # " + b"x" * 2_000_000 + b"\n}", DIRECT, 413),
        ("much too large", "POST", "", b"ASK { # " + b"x" * 6_000_000 + b"\n}", DIRECT, 413),
        ("update-post-form", "POST", "", b"update=CLEAR%20ALL", FORM, 403),
        ("update-post-direct", "POST", "", b"CLEAR ALL", {"content-type": "application/sparql-update"}, 403),
        ("bad-update-get", "GET", "?update=CLEAR%20ALL", b"", {}, 403),
        ("update-dataset", "POST", "?using-graph-uri=x", b"CLEAR ALL", {"content-type": "application/sparql-update"}, 403),
        ("bad-update-as-query", "POST", "", b"CLEAR ALL", DIRECT, 400),
    ],
)  # fmt: skip
def test_refusals(
    server: Running, name: str, method: str, search: str, body: bytes, headers: dict[str, str], status: int
) -> None:
    found = send(server, method, search, body, headers)
    assert found.status_code == status, (name, found.text)
    assert found.headers["content-type"].startswith("text/plain")
    if status == 405:
        assert found.headers["allow"] == "GET, HEAD, POST, OPTIONS"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("INSERT DATA { <a:b> <a:c> <a:d> }", "INSERT would change the graph"),
        ("PREFIX x: <a:> # SELECT\nDELETE WHERE { ?s ?p ?o }", "DELETE would change the graph"),
        ("LOAD <http://127.0.0.1:9/>", "LOAD would change the graph"),
        ("SELECT * {\n  SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "line 2, column 3: SERVICE asks another server"),
        ("ASK { SERVICESILENT<http://127.0.0.1:9/>{} }", "line 1, column 7: SERVICE asks another server"),
        ("ASK FROM <file:///etc/passwd> {}", "line 1, column 10: the build has no graph <file:///etc/passwd>"),
        ("ASK FROM NAMED <http://127.0.0.1:9/> {}", "line 1, column 16: the build has no graph <http://127.0.0.1:9/>"),
        (
            "PREFIX x: <file:///etc/>\nASK FROM x:passwd {}",
            "line 2, column 10: the build has no graph <file:///etc/passwd>",
        ),
        ("SELECT *\n{ ?s 政协 ?o }", "line 2, column 6: “政协” is no word"),
        ("ASK { ?s nn:x ?o }", "the prefix nn: is not declared"),
        ("ASK { ?s ?p ?o\n  FILTER(?o > 1 }", "line 2, column 17: “}” closes nothing that is open"),
        ("ASK {\n ?s ?p 'a", "line 2, column 8: the string that begins here does not end"),
        ("ASK {\n { ?s ?p ?o }", "line 1, column 5: “{” is not closed"),
        ("ASK {\n ?s ?p }", "line 2, column 9 or shortly before: something is missing"),
        ("SELECT * { ?s ?p ?o } GROUP BY ?s", "SELECT * is not authorized with GROUP BY"),
        ("SELECT (<a:f>(1) AS ?x) {}", "custom function <a:f>"),
    ],
)
def test_errors_say_where(server: Running, query: str, words: str) -> None:
    found = server.ask(query)
    assert (found.status_code, words in found.text) == (400, True), found.text
    assert found.text.count("\n") == 1


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml; charset=utf-8"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values, text/csv;q=0.9", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.8", "application/sparql-results+xml; charset=utf-8"),
        ("application/sparql-results+json;q=0, */*", "application/sparql-results+xml; charset=utf-8"),
        ("text/*", "text/csv; charset=utf-8"),
        ("text/turtle, */*;q=0.1", "application/sparql-results+json"),
        ("TEXT/CSV;Q=1.0", "text/csv; charset=utf-8"),
    ],
)
def test_rows_come_as_asked(server: Running, accept: str, media: str) -> None:
    found = server.ask(f"SELECT ?label {{ <{SLOGAN}> rdfs:label ?label }}", accept=accept)
    assert (found.status_code, found.headers["content-type"], found.headers["vary"]) == (200, media, "Accept")
    assert LABEL in found.text
    if "csv" in media:
        assert list(csv.reader(io.StringIO(found.text))) == [["label"], [LABEL]]
    if "tab" in media:
        assert found.text == f'?label\n"{LABEL}"\n'


@pytest.mark.parametrize(
    ("accept", "media", "format"),
    [
        ("*/*", "text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", "application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", "application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", "application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
@pytest.mark.parametrize("form", ["DESCRIBE <{}>", "CONSTRUCT {{ <{0}> ?p ?o }} {{ <{0}> ?p ?o }}"])
def test_triples_come_as_asked(server: Running, form: str, accept: str, media: str, format: Any) -> None:
    found = server.ask(form.format(SLOGAN), accept=accept)
    assert found.headers["content-type"].partition(";")[0] == media
    triples = [str(quad.triple) for quad in ox.parse(found.content, format=format)]
    assert f'<{SLOGAN}> <http://www.w3.org/2000/01/rdf-schema#label> "{LABEL}"' in triples


def test_an_endpoint_describes_itself(server: Running) -> None:
    found = server.client.get("/sparql", headers={"accept": "text/turtle"})
    described = {str(quad.object) for quad in ox.parse(found.content, format=ox.RdfFormat.TURTLE)}
    assert f"<{server.url}/sparql>" in described
    assert "<http://www.w3.org/ns/sparql-service-description#SPARQL11Query>" in described
    people = server.client.get("/sparql", headers={"accept": "text/html,*/*;q=0.8"})
    assert (people.status_code, people.headers["location"]) == (303, "/")
    assert server.client.get("/sparql", headers={"accept": "image/png"}).status_code == 406


def test_options_and_no_cors(server: Running) -> None:
    found = server.client.options("/sparql")
    assert (found.status_code, found.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")
    answered = server.ask("ASK {}", origin=server.url)
    assert answered.status_code == 200
    assert not [name for name in answered.headers if name.startswith("access-control")]


def test_percent_encoded_chinese(server: Running) -> None:
    query = f"SELECT ?s {{ ?s rdfs:label '{LABEL}' }}"
    got = server.client.get("/sparql", params={"query": query})
    posted = server.client.post("/sparql", data={"query": query})
    assert got.json() == posted.json()
    assert json.dumps(SLOGAN, ensure_ascii=False) in got.text


def test_no_quality_means_no() -> None:
    assert negotiate("text/turtle;q=0", GRAPHS) is None
    assert negotiate("nonsense, text/csv", ROWS) == (ROWS[2], "text/csv")
