"""The code, the ontology and what is written from it agree."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection

from kg import vocab
from kg.errors import BuildError
from kg.identity import normal, segment
from kg.vocab import KG, Namespace, ontology_path

ROOT = Path(__file__).resolve().parent.parent
CODE = sorted((ROOT / "kg").rglob("*.py"))


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ontology_path("kg.ttl"), format="turtle")


@pytest.fixture(scope="module")
def formulae() -> Graph:
    return Graph().parse(ontology_path("tifa.ttl"), format="turtle")


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_code_and_ontology_have_the_same_terms(ontology: Graph) -> None:
    defined = {str(term).removeprefix(KG.iri) for term in ontology.subjects(RDF.type) if str(term).startswith(KG.iri)}
    assert defined == set(KG)


def test_every_term_the_code_names_is_in_its_namespace() -> None:
    spaces = {name: space for name, space in vars(vocab).items() if isinstance(space, Namespace)}
    pattern = re.compile(rf"(?<![\w.])({'|'.join(spaces)})\.([A-Za-z0-9]+)")
    named = {
        pair for path in CODE if path.name != "vocab.py" for pair in pattern.findall(path.read_text(encoding="utf-8"))
    }
    named = {pair for pair in named if pair[1] != "iri"}
    assert {(space, term) for space, term in named if term not in spaces[space]} == set()
    foreign = {(space, term) for space, terms in spaces.items() if space != "KG" for term in terms}
    assert foreign - named == set()


def test_every_property_and_class_of_ours_is_written_by_the_code() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in CODE if path.name != "vocab.py")
    terms = (vocab.CLASSES + " " + vocab.PROPERTIES).split()
    # The ordered list of parts stands in tifa.ttl alone.
    assert [term for term in terms if f"KG.{term}" not in text] == ["components"]


@pytest.mark.parametrize("predicate", [RDFS.label, SKOS.definition])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_term_speaks_chinese_and_english(ontology: Graph, predicate: URIRef, language: str) -> None:
    missing = [
        term for term in KG
        if [o.language for o in ontology.objects(URIRef(KG[term]), predicate)].count(language) != 1
    ]  # fmt: skip
    assert missing == []


def test_every_term_has_an_example(ontology: Graph) -> None:
    assert [term for term in KG if ontology.value(URIRef(KG[term]), SKOS.example) is None] == []


def test_every_class_and_property_is_mapped(ontology: Graph) -> None:
    mappings = (RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, SKOS.closeMatch)
    terms = (vocab.CLASSES + " " + vocab.PROPERTIES).split()
    assert [term for term in terms if not any(ontology.value(URIRef(KG[term]), m) for m in mappings)] == []


@pytest.mark.parametrize(
    ("scheme", "concepts"),
    [
        ("OrganisationKinds", vocab.ORGANISATION_KINDS),
        ("InitiativeKinds", vocab.INITIATIVE_KINDS),
        ("SloganKinds", vocab.SLOGAN_KINDS),
        ("Bounds", vocab.BOUNDS),
        ("Levels", vocab.LEVELS),
        ("DateBases", vocab.BASES),
    ],
)
def test_schemes_and_shapes_list_the_same_concepts(ontology: Graph, scheme: str, concepts: str) -> None:
    wanted = {URIRef(KG[concept]) for concept in concepts.split()}
    assert set(ontology.subjects(SKOS.inScheme, URIRef(KG[scheme]))) == wanted
    shapes = Graph().parse(ontology_path("shapes.ttl"), format="turtle")
    lists = [set(Collection(shapes, head)) for head in shapes.objects(None, URIRef("http://www.w3.org/ns/shacl#in"))]
    assert wanted in lists


def test_shapes_use_defined_terms_only() -> None:
    shapes = Graph().parse(ontology_path("shapes.ttl"), format="turtle")
    used = {str(term) for triple in shapes for term in triple if str(term).startswith(KG.iri)}
    assert {term for term in used if term.removeprefix(KG.iri) not in KG} == set()


def test_formulae_are_many_and_complete(formulae: Graph) -> None:
    terms = set(formulae.subjects(RDF.type, URIRef(KG.Formula)))
    assert len(terms) >= 80
    kinds = {URIRef(KG[kind]) for kind in (vocab.SLOGAN_KINDS + " " + vocab.INITIATIVE_KINDS).split()}
    for term in terms:
        (name,) = formulae.objects(term, SKOS.prefLabel)
        assert str(term) == vocab.TIFA + segment(normal(str(name)))
        assert formulae.value(term, URIRef(KG.kind)) in kinds
        assert formulae.value(term, SKOS.note), name
        year = formulae.value(term, URIRef(KG.year))
        assert year is None or (isinstance(year, Literal) and year.datatype == XSD.gYear)


@pytest.mark.parametrize(
    ("name", "parts", "year"),
    [
        ("两个确立", 2, "2021"),
        ("四个意识", 4, "2016"),
        ("四个自信", 4, "2016"),
        ("五位一体", 5, "2012"),
        ("五大发展理念", 5, "2015"),
        ("三农", 3, None),
        ("八项规定", 8, "2012"),
        ("社会主义核心价值观", 12, "2012"),
        ("懂政协会协商善议政", 3, None),
        ("枫桥经验", 0, "1963"),
        ("新质生产力", 0, "2023"),
    ],
)
def test_formula(formulae: Graph, name: str, parts: int, year: str | None) -> None:
    term = URIRef(vocab.TIFA + name)
    assert (term, RDF.type, URIRef(KG.Formula)) in formulae
    head = formulae.value(term, URIRef(KG.components))
    assert (0 if head is None else len(Collection(formulae, head))) == parts
    found = formulae.value(term, URIRef(KG.year))
    assert (None if found is None else str(found)) == year


@pytest.mark.parametrize("words", ["两个", "三个", "四个", "五个", "六个", "八项", "十四个"])
def test_a_number_in_a_name_counts_its_parts(formulae: Graph, words: str) -> None:
    number = {"两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "八": 8, "十四": 14}[words[:-1]]
    spelled = [
        (str(name), len(Collection(formulae, head)))
        for term, head in formulae.subject_objects(URIRef(KG.components))
        for name in formulae.objects(term, SKOS.prefLabel)
        if re.fullmatch(rf"{words}[^、]+", str(name)) and not str(name).endswith("一个合作")
    ]
    assert spelled
    assert [(name, parts) for name, parts in spelled if parts != number] == []


def test_the_readers_table_is_written_from_the_formulae() -> None:
    assert (ROOT / "kg/lexicon/formulae.tsv").read_text(encoding="utf-8") == script("build_formulae").table()


def test_the_reference_page_is_written_from_the_ontology() -> None:
    assert (ROOT / "docs/ontology.md").read_text(encoding="utf-8") == script("build_ontology_page").page()


def test_the_context_knows_our_prefixes() -> None:
    import json

    context = json.loads(ontology_path("context.jsonld").read_text(encoding="utf-8"))["@context"]
    assert {p: context.get(p) for p in vocab.PREFIXES if p != "tifa"} == {
        p: iri for p, iri in vocab.PREFIXES.items() if p != "tifa"
    }


def test_a_mistyped_term_raises() -> None:
    with pytest.raises(AttributeError, match="'usedby' is no term"):
        _ = KG.usedby


def test_a_missing_file_is_named() -> None:
    with pytest.raises(BuildError, match=r"ontology/none\.ttl"):
        ontology_path("none.ttl")


def test_graph_modules_are_cheap_to_import() -> None:
    heavy = "rdflib pyoxigraph pyshacl networkx oxrdflib pandas jieba"
    names = "project check export store terms turtle view"
    code = "; ".join(["import sys", *(f"import kg.graph.{name}" for name in names.split()), "import kg.vocab"])
    code += f"; print([m for m in {heavy.split()!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
