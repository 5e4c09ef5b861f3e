"""The passages that a row rests on: looked up only when quotes are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from kg.ask.context import Context, Handle, document
from kg.vocab import KG, OA, RDF

if TYPE_CHECKING:
    import pyoxigraph


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """Words of one document: ``text[start:end] == quote``."""

    document: str
    start: int
    end: int
    quote: str
    section: str

    def as_dict(self) -> dict[str, Any]:
        """Its fields."""
        return asdict(self)


def quotes(handles: Iterable[Handle], at: Context) -> tuple[Quote, ...]:
    """The distinct passages behind *handles*, in the order of documents and offsets."""
    found: set[Quote] = set()
    for handle in handles:
        if len(handle) == 3:
            subject, predicate, object = handle
            for claim in _claims(subject, predicate, object, at.store):
                found.update(_of_node(claim, at))
        else:
            found.update(_of_node(_node(handle[0]), at))
    for doc in sorted({quote.document for quote in found}):
        at.text(doc)  # which raises where the text is no longer the one that is quoted
    return tuple(sorted(found))


def _node(words: str) -> pyoxigraph.NamedNode:
    import pyoxigraph

    return pyoxigraph.NamedNode(words[1:-1])


def _claims(subject: str, predicate: str, object: str, store: pyoxigraph.Store) -> Iterator[Any]:
    import pyoxigraph

    said, of, to = (pyoxigraph.NamedNode(term) for term in (RDF.subject, RDF.predicate, RDF.object))
    for quad in store.quads_for_pattern(None, said, _node(subject), None):
        claim: Any = quad.subject
        if any(str(item.object) == object for item in store.quads_for_pattern(claim, to, None, None)) and any(
            str(item.object) == predicate for item in store.quads_for_pattern(claim, of, None, None)
        ):
            yield claim


def _of_node(node: Any, at: Context) -> Iterator[Quote]:
    import pyoxigraph

    passages: list[Any] = [
        quad.object for quad in at.store.quads_for_pattern(node, pyoxigraph.NamedNode(KG.passage), None, None)
    ]
    for passage in passages or [node]:
        fields = {
            quad.predicate.value: getattr(quad.object, "value", "")
            for quad in at.store.quads_for_pattern(passage, None, None, None)
        }
        if OA.exact in fields:
            yield Quote(
                document(fields[KG.article].removeprefix(at.corpus.base)),
                int(fields[OA.start]),
                int(fields[OA.end]),
                fields[OA.exact],
                fields.get(KG.section, ""),
            )
