"""Turtle and TriG for people: grouped by subject, with prefixes and a base, the same bytes for the same graph."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from kg.errors import BuildError
from kg.vocab import BASE, PREFIXES, RDF, TIFA

_QUAD = re.compile(
    r"""
    (?P<subject><[^>]*>) [ ] (?P<predicate><[^>]*>) [ ]
    (?P<object>
        <[^>]*>
      | "(?:[^"\\]|\\.)*" (?: \^\^<[^>]*> | @[A-Za-z0-9-]+ )?
    )
    [ ] (?P<graph><[^>]*>) [ ] \.
    """,
    re.VERBOSE,
)
_TYPED = re.compile(r"(?<=\^\^)<[^>]*>$")
_LOCAL = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_PATH = re.compile(r"[a-z]+(?:/(?!/|\.{1,2}(?:/|$))[^/]+)*(?<!/)$")
_TYPE = f"<{RDF.type}>"


class Quad(NamedTuple):
    """A line of N-Quads, as terms."""

    graph: str
    subject: str
    predicate: str
    object: str


def quads(lines: Iterable[str], where: str = "N-Quads") -> Iterator[Quad]:
    """The terms of each line; raises :class:`~kg.errors.BuildError` naming the line that is none of ours."""
    for number, line in enumerate(lines, 1):
        found = _QUAD.fullmatch(line.rstrip("\n"))
        if found is None:
            raise BuildError(f"{where}: line {number}: not a quad as this package writes them; build again")
        yield Quad(found["graph"], found["subject"], found["predicate"], found["object"])


def relative(iri: str, base: str) -> str:
    """An IRI relative to *base* where that surely resolves to it, else as it is.

    >>> relative("https://w3id.org/tifa-kg/slogan/两个维护", BASE), relative("https://w3id.org/tifa-kg/slogan/..", BASE)
    ('slogan/两个维护', 'https://w3id.org/tifa-kg/slogan/..')
    """
    short = iri.removeprefix(base)
    return short if short != iri and _PATH.match(short) else iri


def turtle(found: Iterable[Quad], base: str = BASE) -> Iterator[str]:
    """Turtle of the triples of *found*, whatever their graph: pieces of text."""
    shorten = _shortener(base)
    yield from _header(base)
    triples = sorted({(quad.subject, quad.predicate, quad.object) for quad in found})
    yield from _subjects(triples, shorten, "")


def trig(found: Iterable[Quad], base: str = BASE) -> Iterator[str]:
    """TriG of *found*: pieces of text."""
    shorten = _shortener(base)
    yield from _header(base)
    for graph, inside in groupby(sorted(set(found)), key=lambda quad: quad.graph):
        yield f"\n{shorten(graph)} {{\n"
        yield from _subjects((tuple(quad[1:]) for quad in inside), shorten, "  ")
        yield "}\n"


def _header(base: str) -> Iterator[str]:
    yield f"@base <{base}> .\n"
    for prefix, iri in PREFIXES.items():
        if iri != TIFA:
            yield f"@prefix {prefix}: <{iri}> .\n"


def _subjects(triples: Iterable[tuple[str, ...]], shorten: Callable[[str], str], indent: str) -> Iterator[str]:
    for subject, described in groupby(triples, key=lambda triple: triple[0]):
        parts = []
        for predicate, group in groupby(described, key=lambda triple: triple[1]):
            objects = ", ".join(shorten(triple[2]) for triple in group)
            parts.append(f"{'a' if predicate == _TYPE else shorten(predicate)} {objects}")
        # The class of a thing is what a reader wants to see first.
        parts.sort(key=lambda part: not part.startswith("a "))
        yield f"\n{indent}{shorten(subject)} " + f" ;\n{indent}    ".join(parts) + " .\n"


def _shortener(base: str) -> Callable[[str], str]:
    prefixes = [(iri, prefix) for prefix, iri in PREFIXES.items() if iri != TIFA]
    known: dict[str, str] = {}

    def name(iri: str) -> str:
        for start, prefix in prefixes:
            if iri.startswith(start) and _LOCAL.fullmatch(iri, len(start)):
                return f"{prefix}:{iri[len(start) :]}"
        return f"<{relative(iri, base)}>"

    def shorten(term: str) -> str:
        short = known.get(term)
        if short is None:
            if term.startswith("<"):
                short = name(term[1:-1])
            else:
                # A literal is rarely met twice: only IRIs are remembered.
                return _TYPED.sub(lambda found: name(found[0][1:-1]), term)
            known[term] = short
        return short

    return shorten
