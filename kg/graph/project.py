"""Readings and links, projected to the quads of one dataset.

``{base}graph/entities``
    every triple between entities, and their labels, once
``{base}graph/doc/STEM``
    what one document is and says: metadata, claims, passages, uses of slogans
``{base}graph/gazetteer``
    the districts used, and those above them
``{base}graph/formulae``
    the nationally known formulae among the slogans and initiatives
``{base}graph/identities``
    what was linked and why; names and pairs left open, with their candidates
``{base}graph/coverage``
    how many articles of which jurisdiction, month and publisher there are
``{base}graph/build``
    software, reader, rules and the digests of what was read
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from types import MappingProxyType

from kg.errors import BuildError
from kg.graph.documents import DocumentGraph
from kg.graph.statements import coded_district
from kg.graph.surroundings import (
    Gazetteer,
    Links,
    Maker,
    coverage,
    formulae,
    gazetteer,
    identities,
    labels,
    provenance,
    uncoded_levels,
)
from kg.graph.terms import node
from kg.model import TYPES, Reading
from kg.vocab import BASE

GRAPHS: tuple[str, ...] = ("entities", "gazetteer", "formulae", "identities", "coverage", "build")
"""The named graphs beside the documents', each ``{base}graph/NAME``."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a graph holds."""

    quads: int
    documents: int
    claims: int
    passages: int
    entities: Mapping[str, int]
    """Entities by type, in the order of :data:`kg.model.TYPES`."""


@dataclass(frozen=True, slots=True)
class Projection:
    """A dataset as canonical N-Quads: sorted by bytes, distinct."""

    blocks: tuple[str, ...]
    """Single quads, and blocks of all quads of one subject, joined by line breaks; in order."""
    counts: Counts
    base: str = BASE

    @property
    def lines(self) -> Iterator[str]:
        """Quads one by one, without line breaks."""
        for block in self.blocks:
            yield from block.split("\n")


def project(
    readings: Sequence[Reading],
    links: Links,
    *,
    maker: Maker,
    base: str = BASE,
    places: Gazetteer | None = None,
) -> Projection:
    """The dataset that *readings* make under *links*; the order of readings does not matter.

    *places* is the gazetteer, by default :mod:`kg.chinese.places`. Raises :class:`~kg.errors.BuildError` where two
    readings bear one name or an identity is no IRI.
    """
    if not base.endswith("/"):
        raise BuildError(f"the base {base!r} does not end in /; end it so")
    node(base)
    readings = sorted(readings, key=lambda reading: reading.doc)
    for first, second in pairwise(readings):
        if first.doc == second.doc:
            raise BuildError(f"{first.path} and {second.path} are both named {first.doc}; rename one of them")

    if places is None:
        from kg.chinese import places
    blocks: list[str] = []
    triples: set[str] = set()
    open_names: set[str] = set()
    entities: dict[str, str] = {}
    rules: set[str] = set()
    codes: set[str] = set()
    given: defaultdict[str, Counter[str]] = defaultdict(Counter)
    preferred: defaultdict[str, Counter[str]] = defaultdict(Counter)
    claims = passages = 0
    for reading in readings:
        document = DocumentGraph(reading, links.canonical, base)
        blocks += document.blocks
        triples |= document.triples
        for subject, name, is_first in document.labels:
            given[subject][name] += 1
            if is_first:
                preferred[subject][name] += 1
        open_names.update(document.identities)
        entities |= document.entities
        rules.update(document.rules)
        codes |= document.districts
        claims += document.claims
        passages += document.passages

    names, said = _districts(readings, links)
    divisions, official = gazetteer(codes, said, places, base)
    triples |= uncoded_levels(entities, names, base)
    triples |= labels(given, preferred, official)
    for name, found in (
        ("entities", triples),
        ("gazetteer", divisions),
        ("formulae", formulae(entities, base)),
        ("identities", identities(readings, links, base) | open_names),
        ("coverage", coverage(readings, base)),
        ("build", provenance(readings, rules, maker, base)),
    ):
        suffix = f" {node(f'{base}graph/{name}')} ."
        blocks += [triple + suffix for triple in found]
    # Code points of UTF-8 sort as its bytes do.
    blocks.sort()
    distinct = tuple(block for block, _ in groupby(blocks))
    tally = Counter(entities.values())
    by_type = MappingProxyType({type: tally[type] for type in TYPES if tally[type]})
    return Projection(
        distinct,
        Counts(sum(block.count("\n") + 1 for block in distinct), len(readings), claims, passages, by_type),
        base,
    )


def _districts(readings: Sequence[Reading], links: Links) -> tuple[dict[str, str], dict[str, tuple[str, str | None]]]:
    """Names of districts by identity; name and code of the parent by code, as the readings have them."""
    names: dict[str, str] = {}
    said: dict[str, tuple[str, str | None]] = {}
    for reading in readings:
        ids = {entity.name: links.canonical(entity.id) for entity in reading.entities if entity.type == "District"}
        for entity in reading.entities:
            if entity.type != "District":
                continue
            id = ids[entity.name]
            names.setdefault(id, entity.name)
            if coded_district(id):
                parent = ids.get(entity.parent or "", "")
                code = parent.removeprefix("district/") if coded_district(parent) else None
                known = said.get(id.removeprefix("district/"))
                if known is None or known[1] is None:
                    said[id.removeprefix("district/")] = (entity.name, code)
    return names, said
