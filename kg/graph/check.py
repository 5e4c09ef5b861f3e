"""The dataset against its shapes: conforms, violates, or was not checked; never silently passed.

The shapes are ``ontology/shapes.ttl``; pyshacl, an optional extra, does the work.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kg.errors import BuildError
from kg.vocab import BASE, RDFS, ontology_path

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib

Status = Literal["conforms", "violations", "not checked"]
_SH = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that is not as the shapes want it."""

    focus: str
    """IRI of the thing, relative to the base where it stands under it."""
    label: str
    """Its name, or empty."""
    what: str
    """What is wrong with it, as the end of a sentence."""
    value: str = ""
    """The value at fault, if there is one."""
    documents: tuple[str, ...] = ()
    """Names of the documents that speak of it."""

    def __str__(self) -> str:
        """One line for people."""
        name = f"{self.label} ({self.focus})" if self.label else self.focus
        value = f": {self.value}" if self.value else ""
        where = f" [{', '.join(self.documents)}]" if self.documents else ""
        return f"{name} {self.what}{value}{where}"


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found."""

    status: Status
    quads: int
    violations: tuple[Violation, ...] = ()
    reason: str = ""
    """Why nothing was checked; empty if it was."""

    @property
    def conforms(self) -> bool | None:
        """True or False as the check found; None if nothing was checked."""
        return None if self.status == "not checked" else self.status == "conforms"

    def __str__(self) -> str:
        """The report as lines for people: the verdict, then each violation."""
        if self.status == "not checked":
            return f"NOT CHECKED: {self.reason}"
        if self.status == "conforms":
            return f"conforms ({self.quads} quads)"
        count = len(self.violations)
        return "\n".join(
            (f"{count} violation{'s' if count > 1 else ''} ({self.quads} quads)", *map(str, self.violations))
        )


def check(source: Path | Iterable[str], *, limit: int | None = None, base: str = BASE) -> CheckReport:
    """Check a dataset, given as a file of N-Quads or as its lines (or blocks of lines).

    A dataset of more than *limit* quads is not checked, and the report says so. Without pyshacl nothing is checked.
    Raises :class:`~kg.errors.BuildError` where *source* is no N-Quads.
    """
    import pyoxigraph

    try:
        if isinstance(source, Path):
            quads = pyoxigraph.parse(path=str(source), format=pyoxigraph.RdfFormat.N_QUADS)
        else:
            text = "".join(block + "\n" for block in source).encode()
            quads = pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_QUADS)
        found = list(islice(quads, limit + 1 if limit is not None else None))
        more = sum(1 for _ in quads)
    except (OSError, SyntaxError, ValueError) as error:
        raise BuildError(f"{source if isinstance(source, Path) else 'N-Quads'}: cannot be read ({error})") from error
    total = len(found) + more
    if limit is not None and total > limit:
        return CheckReport("not checked", total, reason=f"{total} quads are more than {limit}; run kg check")
    try:
        import pyshacl
    except ImportError:
        return CheckReport("not checked", total, reason="pyshacl is not installed; pip install 'tifa-kg[check]'")
    graph = _union(found)
    import rdflib

    shapes = rdflib.Graph().parse(ontology_path("shapes.ttl"), format="turtle")
    conforms, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none", meta_shacl=False)
    if conforms:
        return CheckReport("conforms", total)
    if not isinstance(report, rdflib.Graph):
        raise BuildError(f"the shapes could not be applied: {report}")
    return CheckReport("violations", total, tuple(_violations(report, graph, found, base)))


def _union(quads: Iterable[pyoxigraph.Quad]) -> rdflib.Graph:
    """All triples in one rdflib graph; much quicker than rdflib's own parser, since each term is made once."""
    import pyoxigraph
    import rdflib

    graph = rdflib.Graph()
    terms: dict[object, rdflib.term.Identifier] = {}

    def term(value: object) -> rdflib.term.Identifier:
        known = terms.get(value)
        if known is None:
            if isinstance(value, pyoxigraph.NamedNode):
                known = rdflib.URIRef(value.value)
            elif isinstance(value, pyoxigraph.Literal):
                kind = None if value.language or value.datatype.value.endswith("#string") else value.datatype.value
                known = rdflib.Literal(
                    value.value, lang=value.language, datatype=rdflib.URIRef(kind) if kind else None, normalize=False
                )
            else:
                known = rdflib.BNode(str(value)[2:])
            terms[value] = known
        return known

    add = graph.store.add
    for quad in quads:
        add((term(quad.subject), term(quad.predicate), term(quad.object)), graph)
    return graph


def _violations(
    report: rdflib.Graph, graph: rdflib.Graph, quads: Iterable[pyoxigraph.Quad], base: str
) -> list[Violation]:
    import rdflib

    def sh(name: str) -> rdflib.URIRef:
        return rdflib.URIRef(_SH + name)

    results = [
        (focus, str(report.value(result, sh("resultMessage")) or ""), report.value(result, sh("value")))
        for result in report.subjects(rdflib.RDF.type, sh("ValidationResult"))
        if (focus := report.value(result, sh("focusNode"))) is not None
    ]
    documents = _documents({str(focus) for focus, _, _ in results}, quads, base)
    found = set()
    for focus, what, value in results:
        label = next(iter(sorted(str(words) for words in graph.objects(focus, rdflib.URIRef(RDFS.label)))), "")
        shown = "" if value is None or value == focus else str(value).removeprefix(base)
        where = tuple(sorted(documents.get(str(focus), ())))
        found.add(Violation(str(focus).removeprefix(base), label, what, shown, where))
    return sorted(found)


def _documents(focuses: set[str], quads: Iterable[pyoxigraph.Quad], base: str) -> dict[str, set[str]]:
    """Names of the documents in whose graphs a thing is described, or spoken of by a claim or a mention."""
    found: dict[str, set[str]] = {}
    prefix = f"{base}graph/doc/"
    for quad in quads:
        graph = getattr(quad.graph_name, "value", "")
        if graph.startswith(prefix):
            for term in (quad.subject, quad.object):
                value = getattr(term, "value", "")
                if value in focuses:
                    found.setdefault(value, set()).add(graph.removeprefix(prefix))
    return found
