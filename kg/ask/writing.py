"""Answers as text: CSV, TSV, JSON and Markdown. Words from documents can do no harm in any of them."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from typing import IO, Any

from kg.ask.answers import Answer
from kg.graph.export import guarded

FORMATS = ("csv", "tsv", "json", "md")
"""What :func:`write` writes."""

_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>|#~&]")
_BREAK = re.compile(r"\s*[\r\n\t\v\f\x85\u2028\u2029]\s*")


def write(answer: Answer, format: str, out: IO[str]) -> None:
    """Write *answer* in one of :data:`FORMATS`; *out* must be opened with ``newline=""``.

    CSV and TSV guard words that a spreadsheet would take for a formula, and hold passages as JSON; JSON is a list of
    objects; Markdown is a table for readers, with things by their names alone.
    """
    if format == "json":
        records = [json.dumps(record, ensure_ascii=False, allow_nan=False) for record in answer.records()]
        out.write("[\n " + ",\n ".join(records) + "\n]\n" if records else "[]\n")
    elif format == "md":
        out.writelines(line + "\n" for line in _markdown(answer))
    else:
        writer = csv.writer(out, delimiter="\t" if format == "tsv" else ",", lineterminator="\n")
        writer.writerow(answer.names())
        for record in answer.records():
            writer.writerow([_field(value, tabbed=format == "tsv") for value in record.values()])


def _field(value: Any, *, tabbed: bool) -> Any:
    if isinstance(value, list):
        value = json.dumps(value, ensure_ascii=False)
        return value.replace("\t", " ") if tabbed else value
    if isinstance(value, str):
        return guarded(_BREAK.sub(" ", value) if tabbed else value)
    return value


def words(answer: Answer) -> Iterator[list[str]]:
    """The rows as words, passages in one cell each: ``document 120-128 “…”``."""
    for place, row in enumerate(answer.rows):
        cells = ["" if cell is None else str(cell) for cell in row]
        if answer.quotes is not None:
            found = (f"{item.document} {item.start}-{item.end} “{item.quote}”" for item in answer.quotes[place])
            cells.append("; ".join(found))
        yield cells


def heads(answer: Answer) -> list[str]:
    """The heads of the columns of :func:`words`."""
    return [column.name for column in answer.columns] + (["quotes"] if answer.quotes is not None else [])


def _markdown(answer: Answer) -> Iterator[str]:
    yield "| " + " | ".join(heads(answer)) + " |"
    yield "|" + "---|" * len(heads(answer))
    for cells in words(answer):
        escaped = (_MARKDOWN.sub(lambda char: f"\\{char[0]}", _BREAK.sub(" ", cell)) for cell in cells)
        yield "| " + " | ".join(escaped) + " |"
