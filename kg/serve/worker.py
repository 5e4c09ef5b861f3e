"""What runs in a worker: a read-only store in a process of its own, which can be killed in the middle of a query.

Started as ``python -P -m kg.serve.worker STORE MEMORY``. Requests come on standard input, answers leave on standard
output: four bytes of length, then that much JSON; an answer's body follows its JSON. A worker ends with its parent,
however that ended: a thread sees the pipe close (Oxigraph lets other threads run while it evaluates), and a timer of
the system, which needs no thread, is the second lock.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import re
import signal
import struct
import sys
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph as ox

from kg.errors import BuildError, KgError, LimitError, QueryError
from kg.graph.sparql import shape, tokens, written
from kg.graph.store import open_readonly
from kg.process import limit_memory
from kg.serve.explaining import explained, where
from kg.serve.formats import GRAPHS, ROWS, negotiate, of
from kg.vocab import PREFIXES

_ROWS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
_ROW_STARTS = {"json": re.compile(rb'[\[,]\{"(?![,}:])'), "xml": re.compile(rb"<result>"), "tsv": re.compile(rb"\n")}
_TAIL = 10
"""Bytes of one piece that the mark of a row may reach into the next."""


class Measured:
    """An answer as it is written: its rows and bytes are counted, and too many of either end it."""

    def __init__(self, format: str, rows: int, size: int) -> None:
        """At most *rows* rows and *size* bytes of a format."""
        self.pieces: list[bytes] = []
        # The head of CSV and TSV is no row.
        self.rows = -1 if format in ("csv", "tsv") else 0
        self._format, self._most, self._size = format, rows, size
        self._bytes, self._tail, self._quoted = 0, b"", False

    def write(self, piece: Any) -> int:
        """Take a piece; raises :class:`~kg.errors.LimitError` where it is one too many."""
        piece = bytes(piece)
        self.pieces.append(piece)
        self._bytes += len(piece)
        self._count(piece)
        if self.rows > self._most:
            raise LimitError(too_many(self._most), passing=False)
        if self._bytes > self._size:
            raise LimitError(too_large(self._size // 2**20), passing=False)
        return len(piece)

    def flush(self) -> None:
        """Nothing: pieces are kept as they come."""

    def _count(self, piece: bytes) -> None:
        if self._format == "csv":
            for place, part in enumerate(piece.split(b'"')):
                self._quoted ^= place > 0
                self.rows += 0 if self._quoted else part.count(b"\n")
            return
        joined = self._tail + piece
        kept = 0 if self._format == "tsv" else _TAIL
        # The last mark may need the bytes after it to be told: it is counted with the next piece.
        counted = [
            end
            for found in _ROW_STARTS[self._format].finditer(joined)
            if (end := found.end()) < len(joined) or not kept
        ]
        self.rows += len(counted)
        self._tail = joined[max(counted[-1] if counted else 0, len(joined) - kept) :] if kept else b""


def too_many(rows: int) -> str:
    """What to say of an answer of more than *rows* rows."""
    return f"the answer has more than {rows:,} rows; ask for fewer, with LIMIT, or count them"


def too_large(megabytes: int) -> str:
    """What to say of an answer of more than so many MB."""
    return f"the answer is larger than {megabytes} MB; ask for less, with LIMIT or fewer columns"


def answer(store: ox.Store, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The answer to one request: what it is, and its body. Raises :class:`~kg.errors.QueryError`.

    A request has the ``query``; what the client takes (``accept``) or one ``format``; ``default`` and ``named`` graphs
    (None: as the query says); ``bindings`` of variables, as N-Triples terms; ``base``, ``rows`` and ``size``.
    """
    if asked["question"]:
        return _question(store, Path(asked["folder"]), asked)
    query, base = asked["query"], asked["base"]
    found = shape(query, PREFIXES, base)
    _refuse(query, found.service, found.form if found.updates else "")
    chosen = _chosen(asked, found.form)
    default, named = asked.get("default"), asked.get("named")
    for iri, place in (*found.graphs, *((iri, None) for iri in (*(default or ()), *(named or ())))):
        _check_graph(store, iri, None if place is None else where(query, place))
    options: dict[str, Any] = {}
    if default is not None or named is not None:
        options["default_graph"] = [ox.NamedNode(iri) for iri in default or ()]
        options["named_graphs"] = [ox.NamedNode(iri) for iri in named or ()]
    elif not found.graphs:
        options["use_default_graph_as_union"] = True
    if asked.get("bindings"):
        options["substitutions"] = {ox.Variable(name): _term(words) for name, words in asked["bindings"].items()}
    try:
        query = _in_order(query, base)
        results = store.query(query, prefixes=PREFIXES, base_iri=base, **options)
        body, rows = _written(results, chosen[0], asked["rows"], asked["size"] * 2**20)
    except SyntaxError as error:
        raise QueryError(explained(query, str(error), PREFIXES)) from error
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(" ".join(str(error).split())) from error
    return {"form": found.form, "format": chosen[0], "media": chosen[1], "rows": rows}, body


def _question(store: ox.Store, folder: Path, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    # The questions bring half of the package along: only who asks one waits for that.
    from kg.serve.questions import MEDIA, answered

    body, rows = answered(folder, store, asked["question"], asked["bindings"], asked["format"])
    if len(body) > asked["size"] * 2**20:
        raise LimitError(too_large(asked["size"]), passing=False)
    return {"form": "question", "format": asked["format"], "media": MEDIA[asked["format"]], "rows": rows}, body


def _chosen(asked: dict[str, Any], form: str) -> tuple[str, str]:
    offered = of(form)
    if name := asked.get("format"):
        media = {format.name: format.media for format in (*ROWS, *GRAPHS) if format in offered or not form}
        if name not in media:
            raise QueryError(f"{form} has no answer in the format {name}; there is {', '.join(media)}")
        return name, media[name]
    chosen = negotiate(asked["accept"], offered)
    if chosen is None and form:
        kinds = ", ".join(format.media for format in offered)
        raise UnacceptableError(f"the answer to {form} comes as {kinds}; ask for one of them in Accept")
    return (chosen[0].name, chosen[1]) if chosen else ("json", ROWS[0].media)


class UnacceptableError(QueryError):
    """The client takes none of the formats that there are."""


def _written(results: Any, format: str, rows: int, size: int) -> tuple[bytes, int]:
    if isinstance(results, ox.QueryTriples):
        out = Measured("tsv", sys.maxsize, size)
        counted = _Counted(results, rows)
        ox.serialize(counted, cast(IO[bytes], out), _GRAPHS[format], prefixes=PREFIXES)
        return _ordered(b"".join(out.pieces)) if format == "ttl" else b"".join(out.pieces), counted.rows
    rowed = isinstance(results, ox.QuerySolutions)
    out = Measured(format, rows if rowed else sys.maxsize, size)
    results.serialize(cast(IO[bytes], out), _ROWS[format])
    return b"".join(out.pieces), out.rows if rowed else 1


def _ordered(turtle: bytes) -> bytes:
    """Turtle with its prefixes in order: Oxigraph writes them in another one each time."""
    lines = turtle.split(b"\n", len(PREFIXES))
    return b"\n".join([*sorted(lines[: len(PREFIXES)]), *lines[len(PREFIXES) :]])


class _Counted:
    """Triples, counted as they pass."""

    def __init__(self, triples: Iterable[ox.Triple], most: int) -> None:
        self._triples, self._most, self.rows = triples, most, 0

    def __iter__(self) -> Iterator[ox.Triple]:
        for triple in self._triples:
            self.rows += 1
            if self.rows > self._most:
                raise LimitError(too_many(self._most), passing=False)
            yield triple


def _in_order(query: str, base: str) -> str:
    """A query whose ``SELECT *`` names its variables as they are first written: the store has them by the alphabet.

    Raises :class:`SyntaxError` as the store does, for the query as it was given.
    """
    names = written(query)
    if not names:
        return query
    found = ox.Store().query(query, prefixes=PREFIXES, base_iri=base)
    known = {variable.value for variable in getattr(found, "variables", ())}
    star = next(mark.start() for mark in tokens(query, marks=True) if mark[0] == "*")
    chosen = " ".join(f"?{name}" for name in names if name in known)
    return f"{query[:star]} {chosen} {query[star + 1 :]}" if chosen else query


def _term(words: str) -> Any:
    try:
        return next(iter(ox.parse(f"<a:> <a:> {words} .".encode(), format=ox.RdfFormat.N_TRIPLES))).object
    except (SyntaxError, StopIteration) as error:
        raise QueryError(
            f"{words[:200]} is no IRI; an IRI has a scheme (https:) and no spaces or control characters"
        ) from error


def _refuse(query: str, service: int | None, update: str) -> None:
    if service is not None:
        raise QueryError(
            f"{where(query, service)}: SERVICE asks another server, and a build is asked offline; leave it out"
        )
    if update:
        raise QueryError(
            f"{update} would change the graph, and a build is read only; ask with SELECT, ASK, CONSTRUCT or DESCRIBE"
        )


def _check_graph(store: ox.Store, iri: str, place: str | None) -> None:
    try:
        known = store.contains_named_graph(ox.NamedNode(iri))
    except ValueError:
        known = False
    if not known:
        before = "" if place is None else f"{place}: "
        raise QueryError(
            f"{before}the build has no graph <{iri}>, and none is fetched from a file or an address; "
            "SELECT DISTINCT ?g { GRAPH ?g {} } lists its graphs"
        )


def _read(stream: IO[bytes]) -> dict[str, Any] | None:
    head = stream.read(4)
    if len(head) < 4:
        return None
    asked: dict[str, Any] = json.loads(stream.read(struct.unpack(">I", head)[0]))
    return asked


def _write(stream: IO[bytes], head: dict[str, Any], body: bytes = b"") -> None:
    words = json.dumps(head | {"size": len(body)}).encode()
    stream.write(struct.pack(">I", len(words)) + words + body)
    stream.flush()


def main(store: str, memory: int) -> None:
    """Answer requests until standard input closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        # The server itself, and whatever else runs here, comes first.
        with contextlib.suppress(OSError):
            os.nice(5)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    waiting: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()

    def listen() -> None:
        while (asked := _read(sys.stdin.buffer)) is not None:
            waiting.put(asked)
        os._exit(0)

    try:
        opened = open_readonly(Path(store))
    except BuildError as error:
        _write(out, {"failed": str(error)})
        return
    # Before the limit: a thread that finds no memory as it begins never says that it has begun, and would be waited for.
    threading.Thread(target=listen, daemon=True).start()
    limit_memory(memory)
    # Oxigraph and the system say there that memory is at an end; the parent notices, and says it in its own way.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    _write(out, {"ready": True})
    while True:
        asked = waiting.get() | {"folder": str(Path(store).parent)}
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, asked["seconds"] + 5)
        try:
            head, body = answer(opened, asked)
            _write(out, head, body)
        except LimitError as error:
            _write(out, {"error": "limit", "message": str(error)})
        except UnacceptableError as error:
            _write(out, {"error": "unacceptable", "message": str(error)})
        except KgError as error:
            _write(out, {"error": "query", "message": str(error)})
        except MemoryError:
            _write(out, {"error": "memory", "message": ""})
        except Exception as error:
            # A defect of ours, which the parent logs: here is where the process ends, and nobody else would say it.
            _write(out, {"error": "defect", "message": repr(error)})
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
