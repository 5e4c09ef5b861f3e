"""Word lists as plain TSV: general knowledge of the language and the system, nothing read off a corpus.

A line that starts with ``#`` is a comment; the first one says what the list is and where its facts come from.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Rows of ``name.tsv`` as tuples of columns, comments and blank lines left out."""
    lines = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").split("\n")
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


@cache
def words(name: str, mark: str | None = None) -> tuple[str, ...]:
    """First column of ``name.tsv``, longest first so that an alternation matches greedily.

    With *mark*, only the rows whose second column holds it.
    """
    found = {row[0] for row in rows(name) if mark is None or mark in row[1].split("|")}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@cache
def table(name: str) -> dict[str, str]:
    """First column to second column of ``name.tsv``."""
    return {row[0]: row[1] for row in rows(name)}


_FEW = 6
"""Words that are as fast tried one by one."""


def alternation(found: tuple[str, ...] | list[str]) -> str:
    """The words as one branch of a regular expression, longest first.

    Grouped by their first character, with a glance at it, so that few are tried where none can begin.
    """
    import re

    ordered = sorted(set(found), key=lambda word: (-len(word), word))
    if len(ordered) < _FEW or not ordered[-1]:
        return "|".join(map(re.escape, ordered))
    by_first: dict[str, list[str]] = {}
    for word in ordered:
        by_first.setdefault(re.escape(word[0]), []).append(re.escape(word[1:]))
    first = "".join(sorted(by_first))
    branch = "|".join(
        head + (rest[0] if len(rest) == 1 else f"(?:{'|'.join(rest)})") for head, rest in by_first.items()
    )
    return f"(?=[{first}])(?:{branch})"
