"""The block of YAML between two lines of dashes at the head of a file."""

from __future__ import annotations

import datetime
import re
from typing import Any

from kg.errors import SourceError
from kg.model import Metadata

_OPENING = re.compile(r"\ufeff?---[ \t]*(?:\r\n|\n|\r)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)", re.MULTILINE)
_CLOSING_CR = re.compile(r"(?<=\r)(?:---|\.\.\.)[ \t]*(?:\r|\Z)")
_KEY = re.compile(r"\s*(?:#.*\s+)*[\w-]+[ \t]*:(?:[ \t]|\r|\n|\Z)")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_LIMIT = 65_536  # characters: a front matter is a card, not a text
_CARD = "put 'key: value' lines between the two lines of dashes"


def split(text: str, path: str) -> tuple[Metadata, int]:
    """Metadata from the front matter of *text*, and the offset at which the text itself begins (0 without one).

    Keys that are read: title, subtitle, date, publisher, authors, place, source; others are ignored. A rule of dashes
    that no ``key:`` follows is no front matter. Raises SourceError with the line that does not parse.

    >>> split("---\\ntitle: 工作报告\\ndate: 2022-05\\n---\\n正文", "a.md")[0].date
    '2022-05'
    """
    opening = _OPENING.match(text)
    if not opening or not _KEY.match(text, opening.end()):
        return Metadata(), 0
    start = opening.end()
    closing = _CLOSING.search(text, start, start + _LIMIT) or _CLOSING_CR.search(text, start, start + _LIMIT)
    if not closing:
        raise SourceError(path, "line 1: the front matter is opened but never closed", "end it with a line ---")
    return _metadata(text[start : closing.start()], path), closing.end()


def _metadata(block: str, path: str) -> Metadata:
    import yaml

    try:
        card = yaml.safe_load(block)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = 1 if mark is None else mark.line + 2
        raise SourceError(path, f"line {line}: the front matter does not parse ({error.problem})", _CARD) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = str(error).split("\n", 1)[0]
        raise SourceError(path, f"line 2: the front matter does not parse ({reason})", _CARD) from None
    if not isinstance(card, dict):
        raise SourceError(path, "line 2: the front matter does not parse (no 'key: value' lines)", _CARD)

    def words(key: str) -> str:
        return _scalar(card.get(key), key, block, path)

    authors = card.get("authors", card.get("author"))
    names = authors if isinstance(authors, list) else re.split(r"[、，,;；]", _scalar(authors, "authors", block, path))
    date = _date(words("date"), block, path)
    return Metadata(
        title=words("title"),
        subtitle=words("subtitle"),
        date=date,
        date_basis="stated" if date else "unknown",
        publisher=words("publisher"),
        authors=tuple(name for one in names if (name := _scalar(one, "authors", block, path))),
        place=words("place"),
        source=words("source"),
    )


def _line(key: str, block: str) -> int:
    """Number of the line of the file on which *key* stands."""
    found = re.search(rf"^\s*{key}\s*:", block, re.MULTILINE)
    return 2 if found is None else len(block[: found.end()].splitlines()) + 1


def _scalar(value: Any, key: str, block: str, path: str) -> str:
    if value is None:
        return ""
    if isinstance(value, (dict, list, set, bytes)):
        what = f"line {_line(key, block)}: {key} in the front matter is not one line of words"
        raise SourceError(path, what, f"write {key}: words")
    if isinstance(value, datetime.datetime):
        value = value.date()
    return " ".join(str(value).split())


def _date(words: str, block: str, path: str) -> str | None:
    if not words:
        return None
    m = _DATE.fullmatch(words.replace("/", "-"))
    if m:
        try:
            datetime.date(int(m[1]), int(m[2] or 1), int(m[3] or 1))
        except ValueError:
            m = None
    if not m:
        what = f"line {_line('date', block)}: the date {words!r} in the front matter is not one"
        raise SourceError(path, what, "write 2022, 2022-05 or 2022-05-07")
    return m[0]
