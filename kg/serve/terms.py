"""What terms are called in Chinese and English, and how IRIs are written short."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.vocab import PREFIXES, RDFS, ontology_path


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a vocabulary."""

    iri: str
    zh: str
    en: str


@lru_cache(maxsize=1)
def terms() -> dict[str, Term]:
    """All terms with names: ours, and those that we use of other vocabularies, by IRI."""
    import pyoxigraph as ox

    names: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for quad in ox.parse(path=str(ontology_path("kg.ttl")), format=ox.RdfFormat.TURTLE):
        if quad.predicate.value == RDFS.label and isinstance(quad.object, ox.Literal):
            names[getattr(quad.subject, "value", "")][quad.object.language or ""] = quad.object.value
    for line in (Path(__file__).parent / "terms.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, zh, en = line.split("\t")
            prefix, _, local = name.partition(":")
            names[PREFIXES[prefix] + local] = {"zh": zh, "en": en}
    return {iri: Term(iri, found.get("zh", short(iri)), found.get("en", short(iri))) for iri, found in names.items()}


def term(iri: str) -> Term:
    """The term with this IRI; one that has no names is called by its IRI.

    >>> term("http://www.w3.org/ns/org#hasMembership").zh
    '任职'
    """
    return terms().get(iri) or Term(iri, short(iri), short(iri))


def short(iri: str) -> str:
    """An IRI with its prefix where it has one.

    >>> short("https://w3id.org/tifa-kg/ontology#usedBy")
    'kg:usedBy'
    """
    found = next((prefix for prefix, start in PREFIXES.items() if iri.startswith(start)), None)
    return iri if found is None else f"{found}:{iri[len(PREFIXES[found]) :]}"
