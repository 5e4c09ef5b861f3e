r"""The dataset in other formats.

=========  =====================================================================================================
``nq``     N-Quads: everything, sorted; the build's own form
``trig``   TriG: everything, with prefixes
``ttl``    Turtle: entities and gazetteer, for people
``jsonld`` JSON-LD: everything, with the context of ``ontology/context.jsonld``
``graphml``, ``gexf``  the property-graph view of :mod:`kg.graph.view`, for graph tools
``csv``    the same view as ``nodes.csv`` and ``edges.csv``: in a folder, or in a zip if the name ends in ``.zip``
=========  =====================================================================================================

XML 1.0 cannot hold most control characters. In GraphML and GEXF they, and the backslash of anything that looks like
such an escape, are written visibly as ``\uXXXX``: see :func:`visible` and :func:`invisible`. CSV follows RFC 4180; a
cell that a spreadsheet would take for a formula gets an apostrophe before it: see :func:`guarded`.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import BuildError
from kg.graph.turtle import quads, relative, trig, turtle
from kg.graph.view import COLUMNS, Edge, Node, value, view
from kg.graph.writing import replacing, unwritable
from kg.vocab import BASE, RDF, XSD, ontology_path

if TYPE_CHECKING:
    import pyoxigraph

FORMATS: tuple[str, ...] = ("csv", "gexf", "graphml", "jsonld", "nq", "trig", "ttl")
"""Names of the formats, sorted."""

_NOT_XML = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]|\\(?=u[0-9A-F]{4})")
_VISIBLE = re.compile(r"\\u([0-9A-F]{4})")


def visible(text: str) -> str:
    r"""Text with what XML cannot hold written as ``\uXXXX``.

    >>> visible("两个\x00维护")
    '两个\\u0000维护'
    """
    return _NOT_XML.sub(lambda found: f"\\u{ord(found[0]):04X}", text)


def invisible(text: str) -> str:
    r"""The text that :func:`visible` was given.

    >>> invisible(visible("\x00 \\u0000")) == "\x00 \\u0000"
    True
    """
    return _VISIBLE.sub(lambda found: chr(int(found[1], 16)), text)


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; take one leading apostrophe away to get the words back.

    >>> guarded("=1+1"), guarded("'名"), guarded("两个维护")
    ("'=1+1", "''名", '两个维护')
    """
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r", "'")) else cell


def export(source: Path, format: str, out: Path, *, base: str = BASE) -> None:
    """Write the dataset of a build, or of a file of N-Quads, to *out*; the same dataset gives the same bytes.

    *source* is the folder of a build (its ``graph.nq`` is read) or an N-Quads file. A file that stands at *out* is
    replaced only by a whole one. Raises
    :class:`~kg.errors.BuildError` for a format that is not in :data:`FORMATS`, a source that cannot be read, a place
    that cannot be written.
    """
    writers: dict[str, Callable[[Path, Path, str], None]] = {
        "gexf": _gexf,
        "graphml": _graphml,
        "jsonld": _jsonld,
        "nq": _nq,
        "trig": _trig,
        "ttl": _ttl,
    }
    if format not in FORMATS:
        raise BuildError(f"{format}: no such format; choose one of {', '.join(FORMATS)}")
    path = source / "graph.nq" if source.is_dir() else source
    if not path.is_file():
        raise BuildError(f"{path}: no such file; name a finished build or a file of N-Quads")
    try:
        if format == "csv":
            _csv(path, out, base)
        else:
            with replacing(out) as fresh:
                writers[format](path, fresh, base)
    except (SyntaxError, ValueError) as error:
        raise BuildError(f"{path} cannot be written to {out} as {format}: {' '.join(str(error).split())}") from error


def _quads(path: Path) -> Iterator[pyoxigraph.Quad]:
    import pyoxigraph

    return pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.N_QUADS)


def _nq(path: Path, out: Path, base: str) -> None:
    with path.open("rb") as read, out.open("wb") as written:
        while piece := read.read(1 << 20):
            written.write(piece)


def _ttl(path: Path, out: Path, base: str) -> None:
    graphs = {f"<{base}graph/{name}>" for name in ("entities", "gazetteer")}
    with path.open(encoding="utf-8", newline="\n") as lines:
        _write(out, turtle((quad for quad in quads(lines, str(path)) if quad.graph in graphs), base))


def _trig(path: Path, out: Path, base: str) -> None:
    with path.open(encoding="utf-8", newline="\n") as lines:
        _write(out, trig(quads(lines, str(path)), base))


def _write(out: Path, pieces: Iterable[str]) -> None:
    with out.open("w", encoding="utf-8", newline="\n") as written:
        written.writelines(pieces)


def _jsonld(path: Path, out: Path, base: str) -> None:
    context: dict[str, Any] = json.loads(ontology_path("context.jsonld").read_text(encoding="utf-8"))["@context"]
    terms: dict[str, str] = {}
    for term, words in context.items():
        prefix, colon, name = words.partition(":")
        if colon and prefix in context:
            terms[context[prefix] + name] = term
    prefixes = sorted(
        ((iri, prefix) for prefix, iri in context.items() if iri.endswith(("/", "#"))), key=lambda pair: -len(pair[0])
    )

    def curie(iri: str) -> str | None:
        for start, prefix in prefixes:
            if iri.startswith(start) and re.fullmatch(r"\w+", iri[len(start) :], re.ASCII):
                return f"{prefix}:{iri[len(start) :]}"
        return None

    def compact(iri: str) -> str:
        return terms.get(iri) or curie(iri) or iri

    def reference(iri: str) -> str:
        return curie(iri) or relative(iri, base)

    ordered = sorted(_quads(path), key=lambda quad: str(quad.graph_name))
    with out.open("w", encoding="utf-8", newline="\n") as written:
        opening = json.dumps({"@base": base, **context}, ensure_ascii=False, indent=1)
        written.write(f'{{"@context": {opening},\n"@graph": [')
        comma = "\n"
        for graph, inside in groupby(ordered, key=lambda quad: value(quad.graph_name)):
            written.write(f'{comma}{{"id": {_json(reference(graph))}, "graph": [')
            comma, inner = ",\n", "\n"
            for subject, described in groupby(inside, key=lambda quad: value(quad.subject)):
                written.write(inner + _json(_object(subject, described, compact, reference)))
                inner = ",\n"
            written.write("]}")
        written.write("\n]}\n")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _object(
    subject: str, described: Iterable[pyoxigraph.Quad], compact: Callable[[str], str], reference: Callable[[str], str]
) -> dict[str, Any]:
    import pyoxigraph

    found: dict[str, Any] = {"id": reference(subject)}
    for predicate, group in groupby(described, key=lambda quad: quad.predicate.value):
        values: list[Any] = []
        for quad in group:
            words = value(quad.object)
            if isinstance(quad.object, pyoxigraph.Literal):
                kind = quad.object.datatype.value
                values.append(words if kind == f"{XSD.iri}string" else {"@value": words, "@type": compact(kind)})
            elif predicate == RDF.type:
                values.append(compact(words))
            else:
                values.append({"id": reference(words)})
        found["type" if predicate == RDF.type else compact(predicate)] = values[0] if len(values) == 1 else values
    return found


def _graphml(path: Path, out: Path, base: str) -> None:
    import networkx

    networkx.write_graphml(_network(*view(_quads(path), base)), out, named_key_ids=True)


def _gexf(path: Path, out: Path, base: str) -> None:
    import networkx

    text = "\n".join(networkx.generate_gexf(_network(*view(_quads(path), base))))
    # networkx writes the day into the file: the same graph would not give the same bytes.
    text = re.sub(r' lastmodifieddate="[0-9-]*"', "", text)
    out.write_text('<?xml version="1.0" encoding="utf-8"?>\n' + text + "\n", encoding="utf-8", newline="\n")


def _network(nodes: Iterable[Node], edges: Iterable[Edge]) -> Any:
    import networkx

    graph = networkx.MultiDiGraph()
    for node in nodes:
        attributes = {name: visible(value) for name, value in node.attributes}
        graph.add_node(node.id, label=visible(node.label), type=node.type, **attributes)
    for key, edge in enumerate(edges):
        attributes = {"relation": edge.relation, "title": visible(edge.title)}
        graph.add_edge(
            edge.source, edge.target, key=str(key), claims=edge.claims, documents=edge.documents, **attributes
        )
    return graph


def _csv(path: Path, out: Path, base: str) -> None:
    nodes, edges = view(_quads(path), base)
    tables = {
        "nodes.csv": _table(
            ("id", "label", "type", *COLUMNS),
            ((node.id, node.label, node.type, *(dict(node.attributes).get(name, "") for name in COLUMNS)) for node in nodes),
        ),
        "edges.csv": _table(
            ("source", "target", "relation", "title", "claims", "documents"),
            ((e.source, e.target, e.relation, e.title, str(e.claims), str(e.documents)) for e in edges),
        ),
    }  # fmt: skip
    if out.suffix == ".zip":
        with replacing(out) as fresh, zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in tables.items():
                # The earliest date a zip can hold, because a clock would change the bytes.
                archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
        return
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(out, error) from error
    for name, data in tables.items():
        with replacing(out / name) as fresh:
            fresh.write_bytes(data)


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    # A byte order mark, because spreadsheets take UTF-8 for a local code page without one.
    return b"\xef\xbb\xbf" + text.getvalue().encode()
