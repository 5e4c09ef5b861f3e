"""The named questions asked over HTTP: in a worker, as any query; a page with a form, or a file."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.ask import GROUPS, Question, ask, find, questions
from kg.ask.answers import Thing
from kg.ask.writing import write
from kg.errors import QuestionError
from kg.graph.statements import CLASS
from kg.vocab import RDF, RDFS

if TYPE_CHECKING:
    import pyoxigraph

MEDIA = {"html": "application/json", "csv": "text/csv", "tsv": "text/tab-separated-values", "json": "application/json",
         "md": "text/markdown"}  # fmt: skip
"""What an answer comes as: ``html`` is JSON for the page, the others are files."""
SHOWN = 1000
"""Rows that a page shows."""
_BODIES = frozenset({"user", "endorser", "who"})
"""Columns of words that may be the name of a body."""
_KINDS = frozenset({CLASS["Organisation"][0], CLASS["District"][0]})


def menu() -> list[tuple[dict[str, str], list[Question]]]:
    """The questions that can be asked here, by groups."""
    here = [question for question in questions() if askable(question)]
    found = [(GROUPS[group], [question for question in here if question.group == group]) for group in GROUPS]
    return [(title, listed) for title, listed in found if listed]


def askable(question: Question) -> bool:
    """Whether a question can be asked of a server: one that reads another folder cannot."""
    return all(parameter.type != "build" for parameter in question.parameters)


def answered(
    folder: Path, store: pyoxigraph.Store, name: str, values: dict[str, str], format: str
) -> tuple[bytes, int]:
    """The answer of a build to a question, and its number of rows; raises as :func:`kg.ask.ask` does."""
    question = find(name)
    if not askable(question):
        raise QuestionError(f"{name} compares folders, which a server does not open; ask it with `kg ask`")
    given = {key: value for key, value in values.items() if key != "quotes" and value != ""}
    for key in given:
        # A parameter of the address is no option of the function: only what the question has goes through.
        question.parameter(key)
    answer = ask(_build(folder), question, quotes=values.get("quotes") == "1", store=store, **given)
    if format != "html":
        out = io.StringIO(newline="")
        write(answer, format, out)
        return out.getvalue().encode(), len(answer.rows)
    called = _called(store, _build(folder).base)
    page = {
        "columns": [{"name": column.name, "meaning": column.meaning, "type": column.type} for column in answer.columns],
        "rows": [
            [
                _cell(cell, called if column.name in _BODIES else None)
                for column, cell in zip(answer.columns, row, strict=True)
            ]
            for row in answer.rows[:SHOWN]
        ],
        "quotes": None
        if answer.quotes is None
        else [[quote.as_dict() for quote in quotes] for quotes in answer.quotes[:SHOWN]],
        "total": len(answer.rows),
    }
    return json.dumps(page, ensure_ascii=False).encode(), len(answer.rows)


def _cell(cell: Any, called: Callable[[str], str] | None) -> dict[str, str]:
    if isinstance(cell, Thing):
        return {"words": cell.name, "id": cell.id}
    words = "" if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell)
    return {"words": words, "id": called(words) if called and words else ""}


def _called(store: pyoxigraph.Store, base: str) -> Callable[[str], str]:
    """Says which body has a name, by its identity; empty where none has it, or several."""
    import pyoxigraph

    label, type = pyoxigraph.NamedNode(RDFS.label), pyoxigraph.NamedNode(RDF.type)

    @cache
    def found(name: str) -> str:
        named = {quad.subject for quad in store.quads_for_pattern(None, label, pyoxigraph.Literal(name), None)}
        bodies = [thing for thing in named if any(
            getattr(quad.object, "value", "") in _KINDS for quad in store.quads_for_pattern(thing, type, None, None)
        )]  # fmt: skip
        return str(getattr(bodies[0], "value", "")).removeprefix(base) if len(bodies) == 1 else ""

    return found


@lru_cache(maxsize=1)
def _build(folder: Path) -> Any:
    from kg.builds.opened import Build

    return Build(folder)
