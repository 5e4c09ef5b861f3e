"""What readings become in the graph."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import BuildError
from kg.graph.project import Projection, project
from kg.graph.surroundings import level_of_name
from kg.graph.terms import write_nquads
from kg.model import Entity, Evidence, Reading
from kg.vocab import PREFIXES

BASE = "https://w3id.org/tifa-kg/"
# rdflib uses its own deprecated attribute when it parses N-Quads.
OWN_DEPRECATION = pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
HEAD = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())


def ask(projection: Projection, query: str, *, base: str = BASE) -> list[tuple[str, ...]]:
    """Rows of a query over the union of all graphs, IRIs relative to the base, sorted."""
    store = pyoxigraph.Store()
    text = "".join(line + "\n" for line in projection.lines)
    store.bulk_load(text.encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    found: Any = store.query(f"BASE <{base}>\n{HEAD}{query}", use_default_graph_as_union=True)

    def words(term: Any) -> str:
        value: str = "" if term is None else term.value
        return value.removeprefix(PREFIXES["kg"]).removeprefix(base)

    return sorted(tuple(words(term) for term in row) for row in found)


BODY, PERSON = "body/330106/CPPCC", "person/330106/张三"


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT ?o { <body/330106/CPPCC> rdfs:label ?o }", [("西湖区政协",)]),
        ("SELECT ?o { <body/330106/CPPCC> skos:altLabel ?o }", [("区政协",)]),
        ("SELECT ?o { <body/330106/CPPCC> kg:kind ?o }", [("CPPCC",)]),
        ("SELECT ?o { <body/330106/CPPCC> kg:term ?o }", [("第四届",)]),
        ("SELECT ?o { <body/330106/CPPCC> kg:place ?o }", [("district/330106",)]),
        ("SELECT ?o { <body/330106/CPPCC> kg:jurisdiction ?o }", [("district/330106",)]),
        # A name that no record bears stays a name.
        ("SELECT ?o { <body/330106/CPPCC> org:subOrganizationOf ?o }", []),
        ("SELECT ?o { <body/330106/CPPCC> kg:partOfName ?o }", [("浙江省政协",)]),
        # Posts
        (
            "SELECT ?o ?t { <person/330106/张三> org:hasMembership ?m . ?m org:organization ?o ; kg:postTitle ?t }",
            [(BODY, "主席")],
        ),
        ("SELECT ?n ?t { ?m org:member <person/330106/张三> ; kg:organisationName ?n ; kg:postTitle ?t }", [("湖畔协会", "会长")]),
        ("SELECT ?l { ?m org:member <person/330106/张三> ; rdfs:label ?l }", [("湖畔协会会长",), ("西湖区政协主席",)]),
        ("SELECT ?a ?d { ?m kg:postTitle '主席' ; kg:attestedIn ?a ; kg:attestedOn ?d }", [("article/001-湖畔", "2023-05")]),
        ("SELECT ?t { <person/330106/李四> schema:jobTitle ?t }", [("村民",)]),
        ("SELECT ?m { <person/330106/李四> org:hasMembership ?m }", []),
        # Initiatives and their parts, in order
        ("SELECT ?o { <initiative/330106/湖畔议事> kg:owner ?o }", [(BODY,)]),
        (
            "SELECT ?n ?l { <initiative/330106/湖畔议事> kg:component ?c . ?c kg:position ?n ; rdfs:label ?l }",
            [("1", "一事一议"), ("2", "一月一评")],
        ),
        # Slogans and their uses
        ("SELECT ?o { <slogan/同心向前> kg:usedBy ?o }", [(BODY,), (PERSON,)]),
        ("SELECT ?o { <slogan/同心向前> kg:userName ?o }", [("与会者",)]),
        (
            "SELECT ?u ?n ?d ?b ?a { ?s kg:slogan <slogan/同心向前> ; kg:article ?a ; kg:dateBasis ?b OPTIONAL { ?s kg:user ?u } "
            "OPTIONAL { ?s kg:userName ?n } OPTIONAL { ?s dcterms:date ?d } }",
            [
                ("", "与会者", "2023-05", "stated", "article/001-湖畔"),
                (BODY, "", "", "unknown", "article/002"),
                (BODY, "", "2023-05", "stated", "article/001-湖畔"),
                (PERSON, "", "2023-05", "stated", "article/001-湖畔"),
            ],
        ),
        ("SELECT ?j ?q { ?s kg:slogan <slogan/两个维护> ; kg:jurisdiction ?j ; kg:passage/oa:exact ?q }", [("district/330106", "两个维护")]),
        ("SELECT ?y ?k { <slogan/两个维护> skos:exactMatch ?f . ?f kg:kind ?k ; kg:level kg:nation OPTIONAL { ?f kg:year ?y } }", [("", "Numeric")]),
        ("SELECT ?f { <slogan/同心向前> skos:exactMatch ?f }", []),
        # Documents, meetings, figures
        ("SELECT ?i ?s { <document/330106/委员履职办法> kg:issuer ?i ; kg:status ?s }", [(BODY, "试行")]),
        ("SELECT ?h ?d { ?m a kg:Meeting ; kg:host ?h ; kg:heldOn ?d }", [(BODY, "2023-05-07")]),
        (
            "SELECT ?v ?u ?m ?p ?b ?o { ?f a kg:Figure ; kg:value ?v ; kg:unit ?u ; kg:measure ?m ; kg:period ?p ; kg:bound ?b ; kg:organisation ?o }",
            [("100", "件", "立案提案", "2023", "more", BODY)],
        ),
        # Districts: the gazetteer knows what has a code, the text what has none
        ("SELECT ?l ?p { GRAPH <graph/gazetteer> { <district/330106> kg:level ?l ; kg:parent ?p } }", [("county", "district/330100")]),
        ("SELECT ?n { GRAPH <graph/gazetteer> { <district/330000> rdfs:label ?n ; kg:parent <district/100000> } }", [("浙江省",)]),
        ("SELECT ?l ?p { <district/330106/龙坞村> kg:level ?l ; kg:parent ?p }", [("village", "district/330106")]),
        # What stays open
        (
            "SELECT ?q ?c { ?n a kg:UnresolvedName ; kg:expectedType kg:District ; kg:passage/oa:exact ?q ; kg:candidate ?c }",
            [("鼓楼区", "district/320106"), ("鼓楼区", "district/320302")],
        ),
        # Coverage, build, articles
        (
            "SELECT ?j ?m ?n { ?c a kg:Coverage ; kg:jurisdiction ?j ; kg:articles ?n OPTIONAL { ?c kg:period ?m } }",
            [("district/330106", "", "1"), ("district/330106", "2023-05", "1")],
        ),
        ("SELECT ?v { GRAPH <graph/build> { <build> prov:wasAssociatedWith [ rdfs:label 'tifa-kg' ; schema:softwareVersion ?v ] } }", [("0.1.0",)]),
        ("SELECT ?s { GRAPH <graph/build> { <article/002> kg:sha256 ?s } }", [("cd" * 32,)]),
        (
            "SELECT ?t ?d ?b ?p ?c { GRAPH <graph/doc/001-湖畔> { <article/001-湖畔> dcterms:title ?t ; dcterms:date ?d ; kg:dateBasis ?b ; dc:publisher ?p ; dc:creator ?c } }",
            [("湖畔议事", "2023-05", "stated", "湖畔报", "王五")],
        ),
        ("SELECT ?a { ?a schema:mentions <body/330106/CPPCC> }", [("article/001-湖畔",), ("article/002",)]),
    ],
)  # fmt: skip
def test_the_graph_says(projection: Projection, query: str, rows: list[tuple[str, ...]]) -> None:
    assert ask(projection, query) == rows


@pytest.mark.parametrize(
    ("subject", "predicate", "object", "quotes"),
    [
        ("person/330106/张三", "org:hasMembership", "?o", {("西湖区政协主席张三",), ("张三",)}),
        ("body/330106/CPPCC", "kg:term", "'第四届'", {("第四届区政协",)}),
        ("body/330106/CPPCC", "rdf:type", "kg:Organisation", {("西湖区政协",), ("区政协",)}),
        ("initiative/330106/湖畔议事", "kg:component", "?o", {("即一事一议、一月一评",)}),
        # Nothing points at the owner: the words that name the thing vouch for it.
        ("initiative/330106/湖畔议事", "kg:owner", "<body/330106/CPPCC>", {("“湖畔议事”平台",)}),
        ("figure/001-湖畔/90-100-件", "kg:value", "'100'^^xsd:decimal", {("立案提案百余件",)}),
    ],
)
def test_a_statement_rests_on(
    projection: Projection, subject: str, predicate: str, object: str, quotes: set[Any]
) -> None:
    query = (
        f"SELECT DISTINCT ?q {{ <{subject}> {predicate} {object} . ?c a kg:Claim ; rdf:subject <{subject}> ; "
        f"rdf:predicate {predicate} ; rdf:object {object} ; kg:passage/oa:exact ?q }}"
    )
    assert set(ask(projection, query)) == quotes


def test_claims_keep_rule_and_confidence(projection: Projection) -> None:
    query = "SELECT ?r ?k { ?c rdf:subject <initiative/330106/湖畔议事> ; rdf:predicate kg:owner ; kg:rule ?r ; kg:confidence ?k }"
    assert ask(projection, query) == [("rule/initiative.quoted", "0.9")]


def test_two_rules_make_two_claims(make: Any, changed: Any) -> None:
    quote = Evidence(0, 5, "西湖区政协", "", "body.again")
    reading: Reading = changed("西湖区政协", evidence=(quote, replace(quote, rule="body.name")))
    query = "SELECT ?r ?q { ?c rdf:subject <body/330106/CPPCC> ; rdf:predicate rdf:type ; kg:rule ?r ; kg:passage/oa:exact ?q }"
    assert ask(make([reading]), query) == [("rule/body.again", "西湖区政协"), ("rule/body.name", "西湖区政协")]


def test_every_triple_a_document_states_stands_once_in_the_graph_of_entities(projection: Projection) -> None:
    unstated = "SELECT ?s ?p ?o { ?c rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o FILTER NOT EXISTS { GRAPH <graph/entities> { ?s ?p ?o } } }"
    assert ask(projection, unstated) == []
    relations = [line for line in projection.lines if f"<{BASE}{BODY}> <{PREFIXES['kg']}place>" in line]
    assert len([line for line in relations if line.endswith(f"<{BASE}graph/entities> .")]) == 1


def test_every_claim_has_a_passage_of_its_document(projection: Projection) -> None:
    query = "SELECT ?c { GRAPH ?g { ?c a kg:Claim FILTER NOT EXISTS { ?c kg:passage ?p . ?p kg:article ?a ; oa:exact ?q } } }"
    assert ask(projection, query) == []


def test_passages_are_shared(projection: Projection) -> None:
    query = "SELECT ?q (COUNT(?c) AS ?n) { ?c a kg:Claim ; kg:passage ?p . ?p oa:exact ?q } GROUP BY ?q HAVING (COUNT(?c) > 3)"
    assert ("立案提案百余件", "7") in [(quote, count) for quote, count in ask(projection, query)]


def test_counts(projection: Projection) -> None:
    lines = list(projection.lines)
    counts = projection.counts
    assert counts.quads == len(lines) == len(set(lines))
    assert counts.documents == 2
    assert (counts.claims,) == tuple(
        int(row[0]) for row in ask(projection, "SELECT (COUNT(*) AS ?n) { ?c a kg:Claim }")
    )
    assert (counts.passages,) == tuple(
        int(row[0]) for row in ask(projection, "SELECT (COUNT(*) AS ?n) { ?c a kg:Passage }")
    )
    assert dict(counts.entities) == {
        "District": 3, "Organisation": 1, "Person": 2, "Initiative": 1, "Slogan": 2, "Document": 1, "Meeting": 1, "Figure": 1,
    }  # fmt: skip


def test_quads_stand_in_the_order_of_their_bytes(projection: Projection) -> None:
    lines = [line.encode() for line in projection.lines]
    assert lines == sorted(lines)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(make: Any, readings: list[Reading], random: Any) -> None:
    many = [*readings, *(replace(readings[1], doc=f"00{n}", path=f"{n}") for n in range(3, 6))]
    wanted = make(many).blocks
    random.shuffle(many)
    assert make(many).blocks == wanted


@OWN_DEPRECATION
def test_both_parsers_read_what_went_in(projection: Projection, tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    write_nquads(projection.blocks, path)
    quads = list(pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.N_QUADS))
    assert [f"{quad} ." for quad in quads] == list(projection.lines)
    dataset = rdflib.Dataset()
    dataset.parse(path, format="nquads")
    found = {
        " ".join((s.n3(), p.n3(), o.n3(), rdflib.URIRef(str(g)).n3(), ".")) for s, p, o, g in dataset.quads() if g is not None
    }  # fmt: skip
    assert len(found) == projection.counts.quads
    iris = {line for line in projection.lines if '"' not in line}
    assert iris <= found


HOSTILE = ['a"b', "line\nbreak", "\x00\x1f\x7f", "\u202eright\u200f", "<script>", "back\\slash", "两个\u2028维护", "𠮷"]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_come_back_as_they_were(make: Any, words: str) -> None:
    evidence = Evidence(0, len(words), words, words, f"rule {words}")
    entity = Entity("Slogan", "slogan/x", words, (words + "!",), (evidence,), users=(words,), components=(words,))
    reading = _reading(f"stem {words}", entity)
    rows = ask(
        make([reading]),
        "SELECT ?n ?q ?s ?u { <slogan/x> rdfs:label ?n ; kg:userName ?u . ?p a kg:Passage ; oa:exact ?q ; kg:section ?s }",
    )
    assert rows == [(words, words, words, words)]


def _reading(stem: str, *entities: Entity) -> Reading:
    from kg.model import Metadata

    return Reading(stem, f"{stem}.txt", "utf-8", "ab" * 32, 10, Metadata(), None, (), entities)


def test_linked_identities_are_one_and_say_why(make: Any, readings: list[Reading], stub_links: Any, pair: Any) -> None:
    links = stub_links(
        {"person/330106/李四": "person/330106/张三"}, (pair("person/330106/张三", "person/330100/张三", "Same name, superior district."),)
    )  # fmt: skip
    found: Projection = make(readings, links)
    assert ask(found, "SELECT ?o { ?o a kg:Person }") == [(PERSON,)]
    # The name of the identity itself is the label; the other name is kept.
    assert ask(found, "SELECT ?l { <person/330106/张三> rdfs:label ?l }") == [("张三",)]
    assert ask(found, "SELECT ?l { <person/330106/张三> skos:altLabel ?l }") == [("李四",)]
    query = "SELECT ?o ?r { GRAPH <graph/identities> { <person/330106/李四> kg:identifiedWith ?o ; kg:reason ?r } }"
    assert ask(found, query) == [(PERSON, "A person decided so.")]
    assert ask(found, "SELECT ?o { <person/330106/张三> kg:candidate ?o }") == [("person/330100/张三",)]


def test_linking_never_renames_a_claim(make: Any, readings: list[Reading], stub_links: Any) -> None:
    query = "SELECT ?c { ?c a kg:Claim ; rdf:predicate schema:jobTitle }"
    apart, joined = make(readings), make(readings, stub_links({"person/330106/李四": "person/330106/张三"}))
    assert len(ask(apart, query)) == 1
    assert ask(apart, query) == ask(joined, query)


def test_adding_a_document_takes_nothing_away(make: Any, readings: list[Reading]) -> None:
    before = {line for line in make(readings[:1]).lines if "/graph/coverage>" not in line}
    assert before <= set(make(readings).lines)


def test_a_base_of_ones_own(make: Any, readings: list[Reading]) -> None:
    base = "http://localhost:8000/corpus/"
    found: Projection = make(readings, base=base)
    assert ask(found, "SELECT ?o { <body/330106/CPPCC> kg:place ?o }", base=base) == [("district/330106",)]
    assert not any(line.startswith(f"<{BASE}") for line in found.lines if "/formula/" not in line)


@pytest.mark.parametrize("base", ["http://x", "http://x y/", "<x>/", "http://x#"])
def test_a_base_that_is_none(make: Any, readings: list[Reading], base: str) -> None:
    with pytest.raises(BuildError):
        make(readings, base=base)


def test_a_name_given_twice_is_an_error(make: Any, readings: list[Reading]) -> None:
    with pytest.raises(BuildError, match=r"a/001-湖畔.txt and c/001.txt are both named 001-湖畔"):
        make([*readings, replace(readings[0], path="c/001.txt")])


def test_a_name_that_two_records_bear_is_not_settled(make: Any) -> None:
    evidence = (Evidence(0, 2, "政协", "", "body.name"),)
    reading = _reading(
        "x",
        Entity("Organisation", "body/330106/a", "政协", (), evidence, kind="CPPCC"),
        Entity("Organisation", "body/330122/a", "政协", (), evidence, kind="CPPCC"),
        Entity("Initiative", "initiative/330106/i", "i", (), evidence, owners=("政协",)),
    )
    found = make([reading])
    assert ask(found, "SELECT ?o { ?i kg:owner ?o }") == []
    assert ask(found, "SELECT ?o { ?i kg:ownerName ?o }") == [("政协",)]


@pytest.mark.parametrize(
    ("type", "field", "bearer", "resolves"),
    [
        ("Initiative", "owners", "Organisation", True),
        ("Initiative", "owners", "District", True),
        ("Initiative", "owners", "Person", False),
        ("Slogan", "users", "Person", True),
        ("Slogan", "users", "District", False),
        ("Document", "issuers", "Organisation", True),
        ("Document", "issuers", "District", False),
        ("Meeting", "host", "Organisation", True),
        ("Figure", "org", "District", True),
        ("Organisation", "place", "District", True),
        ("Organisation", "place", "Organisation", False),
        ("Organisation", "part_of", "Organisation", True),
    ],
)
def test_which_types_a_field_may_refer_to(make: Any, type: str, field: str, bearer: str, resolves: bool) -> None:
    evidence = (Evidence(0, 2, "甲县", "", "x"),)
    value: Any = ("甲县",) if field.endswith("s") else "甲县"
    reading = _reading(
        "x",
        Entity(bearer, "other/x", "甲县", (), evidence),
        Entity(type, "this/x", "乙", (), evidence, **{field: value}),
    )
    named = ask(make([reading]), "SELECT ?p { <this/x> ?p '甲县' }")
    linked = ask(make([reading]), "SELECT ?p { <this/x> ?p <other/x> }")
    assert (len(linked), len(named)) == ((1, 0) if resolves else (0, 1))


def test_an_organisation_wins_over_a_district_of_its_name(make: Any) -> None:
    evidence = (Evidence(0, 2, "甲县", "", "x"),)
    entities = [
        Entity("District", "district/330122", "甲县", (), evidence, code="330122"),
        Entity("Organisation", "body/330122/甲县", "甲县", (), evidence),
        Entity("Initiative", "initiative/330122/i", "i", (), evidence, owners=("甲县",)),
    ]
    assert ask(make([_reading("x", *entities)]), "SELECT ?o { ?i kg:owner ?o }") == [("body/330122/甲县",)]


@pytest.mark.parametrize(
    ("code", "name", "parent", "level", "above"),
    [
        ("330199", "甲区", "乙市", "county", "330100"),
        ("990100", "甲市", None, "prefecture", "990000"),
        ("990000", "甲省", None, "province", "100000"),
        ("330106999", "甲街道", None, "township", "330106"),
    ],
)
def test_a_code_the_gazetteer_does_not_know(
    make: Any, code: str, name: str, parent: str | None, level: str, above: str
) -> None:
    evidence = (Evidence(0, 2, name, "", "place.name"),)
    found = make([_reading("x", Entity("District", f"district/{code}", name, (), evidence, code=code, parent=parent))])
    query = f"SELECT ?n ?l ?p {{ <district/{code}> rdfs:label ?n ; kg:level ?l ; kg:parent ?p }}"
    assert ask(found, query) == [(name, level, f"district/{above}")]


def test_a_name_other_than_the_gazetteers_is_kept(make: Any) -> None:
    evidence = (Evidence(0, 2, "西湖", "", "place.name"),)
    found = make([_reading("x", Entity("District", "district/330106", "西湖", (), evidence, code="330106"))])
    assert ask(found, "SELECT ?l ?a { <district/330106> rdfs:label ?l ; skos:altLabel ?a }") == [("西湖区", "西湖")]


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("浙江省", "province"),
        ("广西壮族自治区", "province"),
        ("恩施土家族苗族自治州", "prefecture"),
        ("锡林郭勒盟", "prefecture"),
        ("阿拉善左旗", "county"),
        ("孟村回族自治县", "county"),
        ("甲新区", "zone"),
        ("甲经济开发区", "zone"),
        ("甲社区", "village"),
        ("甲嘎查", "village"),
        ("甲苏木", "township"),
        ("甲街道", "township"),
        ("义乌市", None),
        ("甲", None),
    ],
)
def test_level_of_a_name(name: str, level: str | None) -> None:
    assert level_of_name(name) == level


def test_the_gazetteer_is_ours_by_default(readings: list[Reading], stub_links: Callable[[], Any]) -> None:
    from kg.graph.surroundings import Maker

    found = project(readings, stub_links(), maker=Maker("0.1.0"))
    assert ask(found, "SELECT ?n { <district/320302> rdfs:label ?n }") == [("鼓楼区",)]
