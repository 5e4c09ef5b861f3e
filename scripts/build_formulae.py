"""Write kg/lexicon/formulae.tsv, the plain table the reader uses, from ontology/tifa.ttl.

Usage: python scripts/build_formulae.py [OUT]
"""

from __future__ import annotations

import sys
from pathlib import Path

from rdflib import RDF, SKOS, Graph, URIRef
from rdflib.collection import Collection

from kg.vocab import KG, ontology_path

HEADER = """# National formulae of political language: name, kind, components separated by |, year of origin.
# Written by scripts/build_formulae.py from ontology/tifa.ttl, which also names each origin. Do not edit here.
"""


def table() -> str:
    """The whole table, sorted by name."""
    graph = Graph().parse(ontology_path("tifa.ttl"), format="turtle")
    rows = []
    for formula in graph.subjects(RDF.type, URIRef(KG.Formula)):
        (name,) = graph.objects(formula, SKOS.prefLabel)
        (kind,) = graph.objects(formula, URIRef(KG.kind))
        head = graph.value(formula, URIRef(KG.components))
        components = [] if head is None else [str(item) for item in Collection(graph, head)]
        year = graph.value(formula, URIRef(KG.year))
        rows.append("\t".join((str(name), str(kind).rpartition("#")[2], "|".join(components), str(year or ""))))
    return HEADER + "".join(row + "\n" for row in sorted(rows))


if __name__ == "__main__":
    default = Path(__file__).resolve().parent.parent / "kg" / "lexicon" / "formulae.tsv"
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    out.write_text(table(), encoding="utf-8", newline="\n")
    print(f"{out}: {out.read_text(encoding='utf-8').count(chr(10)) - 2} formulae")
