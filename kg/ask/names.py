"""What a name that a person gives means in the graph: by identity, label, other name, spelling, or part of a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import NotFoundError
from kg.graph.statements import CLASS
from kg.identity import iri, normal
from kg.vocab import KG, RDF, RDFS, SKOS

if TYPE_CHECKING:
    import pyoxigraph

_LISTED = 12
_CODE = re.compile(r"[0-9]{6,12}")
_ENDINGS = ("区", "县", "市", "省", "自治区", "自治州", "地区", "盟", "旗", "镇", "乡", "街道", "村")
"""What a short name of a district leaves out."""


def resolve(words: str, type: str | None, store: pyoxigraph.Store, base: str, notes: list[str] | None = None) -> str:
    """The identity, relative to *base*, of the one thing of *type* that *words* mean.

    Tried in turn, the first that finds anything decides: an identity or IRI; a label; another name that a text uses, with
    and without quotation marks; a district's code, or its name without its ending (阿城); a part of a name, of which
    *notes* takes a word.
    Raises :class:`~kg.errors.NotFoundError` where there is none, or several.
    """
    of_type = f" of type {type}" if type else ""
    found = sorted(_found(words, type, store, base))
    is_part = not found
    if is_part:
        plain = normal(words)
        found = sorted(set(_canonical(_containing(plain, type, store), type, store, base))) if plain else []
    if not found:
        raise NotFoundError(f"{words!r}: nothing{of_type} in this build has this name; `kg facts` lists what there is")
    if len(found) > 1:
        listed = ", ".join(f"{label(id, store, base)} {id}" for id in found[:_LISTED])
        more = f" and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
        raise NotFoundError(
            f"{words!r} may be any of {len(found)} things{of_type}: {listed}{more}; give one of these identities"
        )
    if is_part and notes is not None:
        notes.append(f"{words} read as {label(found[0], store, base)} ({found[0]})")
    return found[0]


def label(id: str, store: pyoxigraph.Store, base: str) -> str:
    """The name of a thing; its identity where it has none."""
    import pyoxigraph

    for quad in store.quads_for_pattern(pyoxigraph.NamedNode(base + id), pyoxigraph.NamedNode(RDFS.label), None, None):
        return _value(quad.object)
    return id


def _found(words: str, type: str | None, store: pyoxigraph.Store, base: str) -> set[str]:
    words = words.strip()
    given = words.removeprefix(base)
    if "/" in given:
        known = set(_canonical([base + given], type, store, base))
        if known:
            return known
    plain = normal(words)
    if type in (None, "District") and _CODE.fullmatch(plain):
        known = set(_canonical([f"{base}{iri('district', plain)}"], type, store, base))
        if known:
            return known
    for predicates, names in (
        ((RDFS.label,), (words,)),
        ((RDFS.label, SKOS.altLabel), (words, plain, f"“{plain}”")),
        ((RDFS.label,), tuple(plain + ending for ending in _ENDINGS) if type in (None, "District") else ()),
    ):
        found = set(_canonical(_named(predicates, names, store), type, store, base))
        if found:
            return found
    if plain and type in (None, "Slogan"):
        # A slogan's identity is made of its words without punctuation, however they are written.
        return set(_canonical([f"{base}{iri('slogan', plain)}"], type, store, base))
    return set()


def _named(predicates: tuple[str, ...], names: tuple[str, ...], store: pyoxigraph.Store) -> Iterator[str]:
    import pyoxigraph

    for predicate in predicates:
        for name in names:
            if not name:
                continue
            pattern = (None, pyoxigraph.NamedNode(predicate), pyoxigraph.Literal(name), None)
            yield from (_value(quad.subject) for quad in store.quads_for_pattern(*pattern))


def _containing(words: str, type: str | None, store: pyoxigraph.Store) -> Iterator[str]:
    import pyoxigraph

    from kg.vocab import PREFIXES

    for own, _ in (CLASS[type],) if type else CLASS.values():
        answer: Any = store.query(
            (Path(__file__).parent / "containing.rq").read_text(encoding="utf-8"),
            prefixes=PREFIXES,
            use_default_graph_as_union=True,
            substitutions={
                pyoxigraph.Variable("words"): pyoxigraph.Literal(words),
                pyoxigraph.Variable("class"): pyoxigraph.NamedNode(own),
            },
        )
        yield from (_value(row["thing"]) for row in answer)


def _canonical(things: Any, type: str | None, store: pyoxigraph.Store, base: str) -> Iterator[str]:
    """Relative identities of the *things* that are of *type*; one that was linked gives the one it was linked to."""
    import pyoxigraph

    classes = {CLASS[type][0]} if type else {own for own, _ in CLASS.values()}
    for thing in things:
        try:
            node = pyoxigraph.NamedNode(thing)
        except ValueError:  # because what a person gives need not be an IRI, and then is no identity
            continue
        linked = pyoxigraph.NamedNode(KG.identifiedWith)
        for quad in store.quads_for_pattern(node, linked, None, None):
            node = pyoxigraph.NamedNode(_value(quad.object))
        kinds = store.quads_for_pattern(node, pyoxigraph.NamedNode(RDF.type), None, None)
        if node.value.startswith(base) and any(_value(quad.object) in classes for quad in kinds):
            yield node.value.removeprefix(base)


def _value(term: object) -> str:
    found: str = getattr(term, "value", "")
    return found
