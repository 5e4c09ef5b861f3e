"""Write docs/ontology.md, the reference page of the vocabulary, from ontology/kg.ttl and ontology/tifa.ttl.

Usage: python scripts/build_ontology_page.py [OUT]
"""

from __future__ import annotations

import sys
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.vocab import KG, PREFIXES, ontology_path

HEAD = """<!-- Written by scripts/build_ontology_page.py from ontology/*.ttl. Do not edit here. -->

# The vocabulary

The terms that the graph adds to W3C ORG, FOAF, schema.org, PROV-O, Web Annotation, SKOS and Dublin Core.
Namespace: `https://w3id.org/tifa-kg/ontology#`, prefix `kg:`. How graphs, nodes and claims fit together stands in
[ontology/README.md](../ontology/README.md).

"""
MAPPINGS = (RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, SKOS.closeMatch)


def short(term: Node) -> str:
    """A term with its prefix."""
    for prefix, iri in (*PREFIXES.items(), ("owl", str(OWL))):
        if str(term).startswith(iri):
            return f"{prefix}:{str(term)[len(iri) :]}"
    return str(term)


def words(graph: Graph, term: Node, predicate: URIRef, language: str) -> str:
    """The literal of a term in a language."""
    found = (str(o) for o in graph.objects(term, predicate) if getattr(o, "language", None) == language)
    return next(found, "").replace("|", "\\|")


def mapping(graph: Graph, term: Node) -> str:
    """What a term is mapped to, one clause a mapping."""
    return ", ".join(
        f"{short(predicate).split(':')[1]} `{short(object)}`"
        for predicate in MAPPINGS
        for object in sorted(graph.objects(term, predicate))
    )


def ends(graph: Graph, term: Node) -> str:
    """Domain and range of a property."""
    domain, range_ = graph.value(term, RDFS.domain), graph.value(term, RDFS.range)
    return f"{f'`{short(domain)}`' if domain else ''} → {f'`{short(range_)}`' if range_ else ''}".strip()


def table(graph: Graph, kind: URIRef, *, with_ends: bool) -> str:
    """A table of all terms of one kind."""
    rows = ["| Term | 中文 | English | Definition | Example |" + (" From → to |" if with_ends else "") + " Mapping |"]
    rows.append("|---" * (rows[0].count("|") - 1) + "|")
    for term in sorted(graph.subjects(RDF.type, kind)):
        definition = f"{words(graph, term, SKOS.definition, 'en')} {words(graph, term, SKOS.definition, 'zh')}"
        cells = [
            f"`{short(term)}`",
            words(graph, term, RDFS.label, "zh"),
            words(graph, term, RDFS.label, "en"),
            definition,
            words(graph, term, SKOS.example, "zh"),
            *([ends(graph, term)] if with_ends else []),
            mapping(graph, term),
        ]
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows) + "\n"


def page() -> str:
    """The whole page."""
    graph = Graph().parse(ontology_path("kg.ttl"), format="turtle")
    formulae = Graph().parse(ontology_path("tifa.ttl"), format="turtle")
    parts = [HEAD]
    for title, kind, with_ends in (
        ("Classes", OWL.Class, False),
        ("Relations between things", OWL.ObjectProperty, True),
        ("Attributes", OWL.DatatypeProperty, True),
    ):
        parts.append(f"## {title}\n\n{table(graph, kind, with_ends=with_ends)}\n")
    for scheme in sorted(graph.subjects(RDF.type, SKOS.ConceptScheme)):
        name = words(graph, scheme, RDFS.label, "en")
        parts.append(
            f"## {name[0].upper()}{name[1:]} (`{short(scheme)}`, {words(graph, scheme, RDFS.label, 'zh')})\n\n"
        )
        parts.append("| Concept | 中文 | English | Definition | Example |\n|---|---|---|---|---|\n")
        for concept in sorted(graph.subjects(SKOS.inScheme, scheme)):
            definition = (
                f"{words(graph, concept, SKOS.definition, 'en')} {words(graph, concept, SKOS.definition, 'zh')}"
            )
            labels = f"{words(graph, concept, RDFS.label, 'zh')} | {words(graph, concept, RDFS.label, 'en')}"
            parts.append(
                f"| `{short(concept)}` | {labels} | {definition} | {words(graph, concept, SKOS.example, 'zh')} |\n"
            )
        parts.append("\n")
    parts.append("## National formulae (`tifa:`, 全国性提法)\n\n")
    parts.append(
        "Namespace: `https://w3id.org/tifa-kg/formula/`. A year stands only where the origin is beyond doubt.\n\n"
    )
    parts.append("| Formula | Kind | Parts | Year | Note |\n|---|---|---|---|---|\n")
    rows = []
    for formula in formulae.subjects(RDF.type, URIRef(KG.Formula)):
        head = formulae.value(formula, URIRef(KG.components))
        items = [] if head is None else [str(item) for item in Collection(formulae, head)]
        kind = str(formulae.value(formula, URIRef(KG.kind))).rpartition("#")[2]
        year = formulae.value(formula, URIRef(KG.year)) or ""
        cells = (words(formulae, formula, SKOS.prefLabel, "zh"), kind, "；".join(items), str(year))
        rows.append(f"| {' | '.join(cells)} | {words(formulae, formula, SKOS.note, 'zh')} |\n")
    return "".join((*parts, *sorted(rows)))


if __name__ == "__main__":
    default = Path(__file__).resolve().parent.parent / "docs" / "ontology.md"
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    out.write_text(page(), encoding="utf-8", newline="\n")
    print(f"{out}: {out.stat().st_size} bytes")
