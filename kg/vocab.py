"""The closed vocabulary of the graph: every term the code may use, as a plain IRI string.

A mistyped term raises at once. The terms of :data:`KG` are exactly those that ``ontology/kg.ttl`` defines;
the other namespaces list only what this package reuses of them.

>>> KG.usedBy
'https://w3id.org/tifa-kg/ontology#usedBy'
>>> KG["Slogan"] == KG.Slogan
True
>>> KG.usedby
Traceback (most recent call last):
AttributeError: 'usedby' is no term of https://w3id.org/tifa-kg/ontology#
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.errors import BuildError

BASE = "https://w3id.org/tifa-kg/"
"""Default base of everything a build names."""


class Namespace:
    """A closed set of terms under one IRI; attribute and item access give the full IRI."""

    __slots__ = ("_terms", "iri")

    def __init__(self, iri: str, terms: str) -> None:
        """A namespace of the terms in *terms*, separated by white space."""
        self.iri = iri
        self._terms = {term: iri + term for term in terms.split()}

    def __getattr__(self, name: str) -> str:
        """Full IRI of a term."""
        if not name.startswith("__") and name in self._terms:
            return self._terms[name]
        raise AttributeError(f"{name!r} is no term of {self.iri}")

    __getitem__ = __getattr__

    def __contains__(self, name: object) -> bool:
        """Whether a local name is a term."""
        return name in self._terms

    def __iter__(self) -> Iterator[str]:
        """Local names, in the order in which they were given."""
        return iter(self._terms)

    def __repr__(self) -> str:
        """The namespace and its size."""
        return f"Namespace({self.iri!r}, {len(self._terms)} terms)"


CLASSES = """Article Claim Component Coverage District Figure Formula Initiative Meeting OfficialDocument Organisation
    Passage Person Rule Slogan SloganUse UnresolvedName"""

PROPERTIES = """article articles attestedIn attestedOn bound candidate characters code component components confidence
    dateBasis expectedType heldOn host hostName identifiedWith issuer issuerName jurisdiction kind level measure
    organisation organisationName owner ownerName parent parentName partOfName passage period place placeName position
    postTitle quote reason rule section sha256 slogan status term unit usedBy user userName value year"""

ORGANISATION_KINDS = """CPPCC PartyCommittee Government PartyGroup Committee PartyBranch Station Congress Party Court
    Media Company Rescue Sector Department Other"""
INITIATIVE_KINDS = "Activity Method Mechanism Platform Brand Project Plan"
SLOGAN_KINDS = "Numeric Goal Theme Doctrine Metaphor Motto"
BOUNDS = "exact more less about"
LEVELS = "nation province prefecture county township village zone"
BASES = "stated inferred unknown"
SCHEMES = "OrganisationKinds InitiativeKinds SloganKinds Bounds Levels DateBases"

KG = Namespace(
    BASE + "ontology#",
    " ".join((CLASSES, PROPERTIES, ORGANISATION_KINDS, INITIATIVE_KINDS, SLOGAN_KINDS, BOUNDS, LEVELS, BASES, SCHEMES)),
)
"""Our own terms, for what the vocabularies below lack."""

TIFA = BASE + "formula/"
"""Where the nationally known formulae of ``ontology/tifa.ttl`` stand, by their words."""

RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "type subject predicate object")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#", "label")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#", "integer decimal gYear gYearMonth date")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#", "Concept altLabel exactMatch")
ORG = Namespace(
    "http://www.w3.org/ns/org#",
    "Organization Membership hasMembership member organization subOrganizationOf",
)
FOAF = Namespace("http://xmlns.com/foaf/0.1/", "Person Project Document")
SCHEMA = Namespace(
    "https://schema.org/",
    "AdministrativeArea Article Event QuantitativeValue alternativeHeadline jobTitle mentions softwareVersion",
)
PROV = Namespace(
    "http://www.w3.org/ns/prov#",
    "Activity Plan SoftwareAgent used wasAssociatedWith",
)
OA = Namespace("http://www.w3.org/ns/oa#", "start end exact")
DC = Namespace("http://purl.org/dc/elements/1.1/", "creator publisher coverage source")
DCTERMS = Namespace("http://purl.org/dc/terms/", "title date language")

PREFIXES: dict[str, str] = {
    "dc": DC.iri,
    "dcterms": DCTERMS.iri,
    "foaf": FOAF.iri,
    "kg": KG.iri,
    "oa": OA.iri,
    "org": ORG.iri,
    "prov": PROV.iri,
    "rdf": RDF.iri,
    "rdfs": RDFS.iri,
    "schema": SCHEMA.iri,
    "skos": SKOS.iri,
    "tifa": TIFA,
    "xsd": XSD.iri,
}
"""Prefixes used in every serialisation and query, sorted."""


def ontology_path(name: str) -> Path:
    """Path of a file of the ontology: in a wheel inside the package, in a checkout beside it.

    >>> ontology_path("kg.ttl").name
    'kg.ttl'

    Raises :class:`~kg.errors.BuildError` if there is no such file.
    """
    here = Path(__file__).resolve().parent
    for folder in (here / "ontology", here.parent / "ontology"):
        if (folder / name).is_file():
            return folder / name
    raise BuildError(f"ontology/{name}: no such file beside or inside the package; reinstall tifa-kg")
