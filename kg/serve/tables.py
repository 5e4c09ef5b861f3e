"""Solutions as tables for people: in a terminal, in a spreadsheet, in Markdown."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from kg.builds.report import visible
from kg.graph.export import guarded
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from rich.console import RenderableType

_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>|#~]")
_LOCAL = re.compile(r"[\w-]*")


@dataclass(frozen=True, slots=True)
class Table:
    """Solutions in words; an unbound variable is empty."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """IRIs and the words of literals, in full."""
    short: tuple[tuple[str, ...], ...]
    """The same, IRIs with a prefix or relative to the base."""


def table(body: bytes, base: str) -> Table | bool:
    """The table of an answer in SPARQL's JSON; the truth of ASK."""
    found = json.loads(body)
    if "boolean" in found:
        return bool(found["boolean"])
    head = tuple(found["head"]["vars"])
    terms = [[row.get(name) for name in head] for row in found["results"]["bindings"]]
    return Table(
        head,
        tuple(tuple(_whole(term) for term in row) for row in terms),
        tuple(tuple(_short(term, base) for term in row) for row in terms),
    )


def _whole(term: dict[str, Any] | None) -> str:
    if term is None:
        return ""
    if term["type"] == "bnode":
        return f"_:{term['value']}"
    return json.dumps(term["value"], ensure_ascii=False) if term["type"] == "triple" else str(term["value"])


def _short(term: dict[str, Any] | None, base: str) -> str:
    words = _whole(term)
    if term is None or term["type"] != "uri":
        return words
    for prefix, iri in PREFIXES.items():
        if words.startswith(iri) and _LOCAL.fullmatch(words, len(iri)):
            return f"{prefix}:{words[len(iri) :]}"
    return f"<{words.removeprefix(base)}>"


def write_csv(made: Table, out: IO[str]) -> None:
    """Rows for a spreadsheet: what it would take for a formula begins with an apostrophe."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(made.head)
    writer.writerows([guarded(cell) for cell in row] for row in made.rows)


def markdown(made: Table) -> Iterator[str]:
    """The lines of a table in Markdown; nothing in a cell is read as Markdown or HTML."""
    yield f"| {' | '.join(made.head)} |"
    yield f"|{'---|' * len(made.head)}"
    for row in made.short:
        yield f"| {' | '.join(_MARKDOWN.sub(lambda char: chr(92) + char[0], visible(cell)) for cell in row)} |"


def renderables(made: Table) -> Iterator[RenderableType]:
    """The table for a terminal."""
    from rich.table import Table as Rich
    from rich.text import Text

    grid = Rich(box=None, pad_edge=False, header_style="bold green", padding=(0, 2, 0, 0))
    for name in made.head:
        grid.add_column(Text(name), overflow="fold")
    for row in made.short:
        grid.add_row(*(Text(visible(cell)) for cell in row))
    yield grid
    yield Text(f"{len(made.rows):,} {'row' if len(made.rows) == 1 else 'rows'}", style="dim")
