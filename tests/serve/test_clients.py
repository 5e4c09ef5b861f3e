"""Clients that people use, against the running server."""

from __future__ import annotations

import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, TSV, TURTLE, XML, SPARQLWrapper

from .conftest import Running

QUERY = "SELECT ?s ?label { ?s a kg:Slogan ; rdfs:label ?label } ORDER BY ?label LIMIT 3"
SLOGAN = rdflib.URIRef("https://w3id.org/tifa-kg/slogan/七大都市")


def test_sparqlwrapper(server: Running) -> None:
    client = SPARQLWrapper(f"{server.url}/sparql")
    client.setQuery(QUERY)
    for method in ("GET", POST):
        client.setMethod(method)
        client.setReturnFormat(JSON)
        rows = client.queryAndConvert()["results"]["bindings"]
        assert len(rows) == 3
        client.setReturnFormat(XML)
        assert len(client.queryAndConvert().getElementsByTagName("result")) == 3
        client.setReturnFormat(CSV)
        assert client.queryAndConvert().decode().splitlines()[0] == "s,label"
        client.setReturnFormat(TSV)
        assert client.queryAndConvert().decode().splitlines()[0] == "?s\t?label"
    client.setQuery(f"CONSTRUCT {{ <{SLOGAN}> ?p ?o }} {{ <{SLOGAN}> ?p ?o }}")
    client.setReturnFormat(TURTLE)
    graph = rdflib.Graph().parse(data=client.queryAndConvert(), format="turtle")
    assert graph.value(SLOGAN, rdflib.RDFS.label) == rdflib.Literal("七大都市")


def test_rdflib(server: Running) -> None:
    store = SPARQLStore(f"{server.url}/sparql")
    graph = rdflib.Graph(store)
    assert graph.value(SLOGAN, rdflib.RDFS.label) == rdflib.Literal("七大都市")
    assert {str(row.label) for row in graph.query("SELECT ?label { ?s rdfs:label ?label } LIMIT 5")}  # type: ignore[union-attr]
    assert len(list(graph.triples((SLOGAN, None, None)))) > 5


def test_linked_data_for_machines(server: Running) -> None:
    graph = rdflib.Graph().parse(f"{server.url}/entity/slogan/%E4%B8%83%E5%A4%A7%E9%83%BD%E5%B8%82", format="turtle")
    assert graph.value(SLOGAN, rdflib.RDFS.label) == rdflib.Literal("七大都市")
    quotes = {str(quote) for quote in graph.objects(None, rdflib.URIRef("http://www.w3.org/ns/oa#exact"))}
    assert "“七大都市”" in quotes
    same = server.client.get("/slogan/七大都市", headers={"accept": "application/n-triples"})
    assert same.headers["content-type"] == "application/n-triples; charset=utf-8"
    assert rdflib.Graph().parse(data=same.text, format="nt").isomorphic(graph)
    assert server.client.get("/entity/slogan/无", headers={"accept": "text/turtle"}).status_code == 404
    assert server.client.get("/entity/slogan/七大都市", headers={"accept": "image/png"}).status_code == 406
