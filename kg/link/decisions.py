"""People's decisions about identities: a plain text file, one decision a line.

::

    # what people know and rules cannot
    same      person/230104/李明   person/230100/李明   # promoted in 2023
    not-same  person/230104/张军   person/230100/张军
    reject    slogan/大数据                              # a common word
    rename    body/230104/CPPCC    政协道外区委员会

An entity is given by its identity, by its full IRI, or by its name where only one entity bears it. A name with a
space in it stands in straight double quotes. ``same A B`` keeps the identity A.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, get_args

from kg.errors import DecisionError
from kg.model import Decision

Verb = Literal["same", "not-same", "reject", "rename"]
_ARGUMENTS = {"same": 2, "not-same": 2, "reject": 1, "rename": 2}
_SHAPES = "same A B, not-same A B, reject A or rename A NAME"
_WORD = re.compile(
    r"""
      "(?P<quoted>[^"]*)"(?=\s|$)   # a name with spaces in it
    | (?P<plain>[^\s"]\S*)
    """,
    re.VERBOSE,
)
_NOTE = re.compile(r"(?:^|\s)\#")


def parse_decisions(text: str, *, where: str = "decisions") -> tuple[Decision, ...]:
    """The decisions in *text*, in the order of lines; raises :class:`~kg.errors.DecisionError` naming the line.

    >>> parse_decisions("reject slogan/大数据  # a common word")[0].subject
    'slogan/大数据'
    """
    return tuple(
        decision
        for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1)
        if (decision := _parse(line, number, where)) is not None
    )


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions in a UTF-8 file; raises :class:`~kg.errors.DecisionError` where it cannot be read."""
    try:
        return parse_decisions(path.read_text(encoding="utf-8"), where=str(path))
    except UnicodeDecodeError as error:
        raise DecisionError(f"{path}: offset {error.start}: not UTF-8; save the decisions as UTF-8") from error
    except OSError as error:
        raise DecisionError(f"{path}: {error.strerror}; name a file of decisions that can be read") from error


def _parse(line: str, number: int, where: str) -> Decision | None:
    mark = _unquoted_note(line)
    body, note = (line, "") if mark is None else (line[:mark], line[mark:].strip().removeprefix("#").strip())
    words = _words(body, f"{where}: line {number}")
    if not words:
        return None
    verb, *arguments = words
    if verb not in get_args(Verb):
        raise DecisionError(f"{where}: line {number}: {verb!r} is no decision; write {_SHAPES}")
    if len(arguments) != _ARGUMENTS[verb]:
        raise DecisionError(
            f"{where}: line {number}: {verb} takes {_ARGUMENTS[verb]} of an entity or name, not {len(arguments)}; "
            f'write {_SHAPES}, and "…" round a name with spaces'
        )
    known: Verb = verb  # type: ignore[assignment]  # because membership in the literal was tested above
    return Decision(known, arguments[0], arguments[1] if len(arguments) > 1 else "", note, number)


def _unquoted_note(line: str) -> int | None:
    return next((found.start() for found in _NOTE.finditer(line) if line.count('"', 0, found.start()) % 2 == 0), None)


def _words(body: str, where: str) -> list[str]:
    words: list[str] = []
    position = 0
    while position < len(body):
        if body[position].isspace():
            position += 1
            continue
        found = _WORD.match(body, position)
        if found is None:
            raise DecisionError(f'{where}: a quotation mark is not closed; write "…" round the whole name')
        words.append(found["plain"] if found["quoted"] is None else found["quoted"])
        position = found.end()
    return words
