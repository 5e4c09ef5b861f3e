"""Asking: values are bound as terms, the query runs, the step finishes it; the answer is a table."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.ask.context import Context, Corpus, Row, document, select
from kg.ask.names import resolve
from kg.ask.passages import Quote, quotes
from kg.ask.question import ENTITIES, NUMBERS, Column, Question, find, names_variable, step_of
from kg.errors import QuestionError

if TYPE_CHECKING:
    import pandas as pd
    import pyoxigraph


@dataclass(frozen=True, slots=True)
class Thing:
    """A cell that names a thing of the graph."""

    id: str
    """Relative to the base."""
    name: str

    def __str__(self) -> str:
        """Its name."""
        return self.name


Cell = str | int | float | Thing | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question: columns, rows, and the passages of each row where they were asked for."""

    question: Question
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    quotes: tuple[tuple[Quote, ...], ...] | None = None
    """As many as rows; None where they were not asked for."""
    notes: tuple[str, ...] = ()
    """What to know of the answer as a whole: how a name was understood, why there is nothing."""

    def records(self) -> Iterator[dict[str, Any]]:
        """Rows as plain values: a thing is its name, and its identity stands beside it as ``COLUMN_id``."""
        for place, row in enumerate(self.rows):
            record: dict[str, Any] = {}
            for column, cell in zip(self.columns, row, strict=True):
                record[column.name] = cell.name if isinstance(cell, Thing) else cell
                if column.type == "entity":
                    record[f"{column.name}_id"] = cell.id if isinstance(cell, Thing) else None
            if self.quotes is not None:
                record["quotes"] = [quote.as_dict() for quote in self.quotes[place]]
            yield record

    def names(self) -> list[str]:
        """The keys of :meth:`records` in their order."""
        names = []
        for column in self.columns:
            names += [column.name, f"{column.name}_id"] if column.type == "entity" else [column.name]
        return names + (["quotes"] if self.quotes is not None else [])

    def frame(self) -> pd.DataFrame:
        """The rows as a pandas DataFrame."""
        from kg.tables import table

        return table(self.records(), self.names())


def bind(question: Question, values: Mapping[str, Any], store: pyoxigraph.Store, base: str) -> dict[str, Any]:
    """The RDF terms, by variable, that the query of *question* is asked with, names resolved and defaults filled in.

    Raises :class:`~kg.errors.QuestionError` for a parameter or value the question does not know or lacks, and
    :class:`~kg.errors.NotFoundError` for a name that means nothing, or several things.
    """
    return _terms(question, settle(question, values, store, base), base)


def settle(
    question: Question, values: Mapping[str, Any], store: pyoxigraph.Store, base: str, notes: list[str] | None = None
) -> dict[str, Any]:
    """The values of all parameters: identities, words and numbers; None where nothing is given. Raises as :func:`bind`.

    *notes* takes what a name was read as where only a part of it was given.
    """
    given = {name: value for name, value in values.items() if value is not None}
    for name in given:
        question.parameter(name)
    settled: dict[str, Any] = {}
    for parameter in question.parameters:
        value = given.get(parameter.name, parameter.default)
        if isinstance(value, str) and not _is_utf8(value):
            raise QuestionError(f"{question.name}: --{parameter.name}: {value!r} is not UTF-8; write it in UTF-8")
        if value is None or (value == "" and parameter.is_entity):
            if parameter.required:
                raise QuestionError(f"{question.name}: say --{parameter.name}: {parameter.help}")
            settled[parameter.name] = None
        elif parameter.is_entity:
            settled[parameter.name] = resolve(str(value), ENTITIES[parameter.type], store, base, notes)
        elif parameter.type in NUMBERS:
            settled[parameter.name] = _number(value, parameter.type, f"{question.name}: --{parameter.name}")
        elif parameter.choices and str(value) not in parameter.choices:
            known = ", ".join(parameter.choices)
            raise QuestionError(f"{question.name}: --{parameter.name}: {value!r} is none of {known}")
        elif parameter.type == "date" and value and not _is_date(str(value)):
            raise QuestionError(
                f"{question.name}: --{parameter.name}: {value!r} is no date; write 2022, 2022-05 or 2022-05-07"
            )
        elif parameter.type == "build":
            settled[parameter.name] = value
        else:
            if parameter.required and not str(value).strip():
                raise QuestionError(f"{question.name}: say --{parameter.name}: {parameter.help}")
            settled[parameter.name] = str(value)
    return settled


def _is_utf8(words: str) -> bool:
    try:
        words.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _number(value: Any, type: str, where: str) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError) as error:
        raise QuestionError(f"{where}: {value!r} is no number") from error
    if not math.isfinite(number) or (type == "whole" and (number < 0 or number != int(number))):
        raise QuestionError(f"{where}: {value!r} is not {NUMBERS[type]}")
    if type == "share" and not 0 <= number <= 1:
        raise QuestionError(f"{where}: {value!r} is not {NUMBERS[type]}")
    return number


def _is_date(words: str) -> bool:
    from kg.graph.terms import point

    return "^^" in point(words)


def _terms(question: Question, settled: Mapping[str, Any], base: str) -> dict[str, Any]:
    import pyoxigraph

    terms: dict[str, Any] = {}
    for parameter in question.parameters:
        value = settled[parameter.name]
        if value is not None and parameter.type != "build" and names_variable(question, parameter.name):
            named = parameter.is_entity
            terms[parameter.name] = pyoxigraph.NamedNode(base + value) if named else pyoxigraph.Literal(value)
    return terms


def ask(
    build: Corpus,
    name: str | Question,
    *,
    quotes: bool = False,
    questions_dir: Path | str | None = None,
    store: pyoxigraph.Store | None = None,
    **parameters: Any,
) -> Answer:
    """The answer of a build to a question, by its name or number.

    With *quotes* every row carries the passages it rests on; *store* asks another store of the same graph, such as one in
    memory. Raises :class:`~kg.errors.NotFoundError` and :class:`~kg.errors.QuestionError` as :func:`bind` and
    :func:`~kg.ask.question.find` do.
    """
    question = name if isinstance(name, Question) else find(name, questions_dir)
    store = build.store if store is None else store
    notes: list[str] = []
    settled = settle(question, parameters, store, build.base, notes)
    terms = _terms(question, settled, build.base)
    evidence = question.evidence if quotes else ()
    at = Context(build, store, settled, notes)
    rows = select(store, question.text, build.base, terms, evidence)
    if question.step:
        rows = step_of(question)(rows, at)
    return table(question, rows, at, with_quotes=quotes)


def table(question: Question, rows: list[Row], at: Context, *, with_quotes: bool) -> Answer:
    """The answer that the rows of a query or a step are."""
    shown = [column.name for column in question.columns if column.type == "article"]
    known = {row["article"] for row in at.documents} if shown else set()
    for article in sorted({row[name] for row in rows for name in shown if row.get(name) in known}):
        at.text(document(article))  # which raises where the text is no longer the one that was read
    cells = tuple(tuple(_cell(column, row.get(column.name), at) for column in question.columns) for row in rows)
    passages = tuple(quotes(row.get("evidence", ()), at) for row in rows) if with_quotes else None
    return Answer(question, question.columns, cells, passages, tuple(at.notes))


def _cell(column: Column, value: Any, at: Context) -> Cell:
    if value is None or value == "":
        return None
    if column.type == "entity":
        return Thing(str(value), at.label(str(value)))
    if column.type == "article":
        return document(str(value))
    if column.type == "number" and isinstance(value, float) and value == int(value):
        return int(value)
    if column.type == "text":
        return str(value)
    found: Cell = value
    return found
