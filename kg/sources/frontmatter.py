"""The block of YAML between two lines of dashes at the head of a file."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.errors import SourceError
from kg.model import Metadata

if TYPE_CHECKING:
    import yaml

_OPENING = re.compile(r"\ufeff?---[ \t]*(?:\r\n|\n|\r)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)", re.MULTILINE)
_CLOSING_CR = re.compile(r"(?<=\r)(?:---|\.\.\.)[ \t]*(?:\r|\Z)")
_KEY = re.compile(r"\s*(?:#.*\s+)*[\w-]+[ \t]*:(?:[ \t]|\r|\n|\Z)")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[ Tt]\d{1,2}:.*)?)?)?")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_KEYS = ("title", "subtitle", "date", "publisher", "place", "source")
_PLAIN = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "timestamp"))
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

    card = _card(block, path)
    words = {key: _words(card[key], key, path) for key in _KEYS if key in card}
    authors = card.get("authors", card.get("author"))
    if authors is None:
        names = []
    elif isinstance(authors, yaml.SequenceNode):
        names = [_words(one, "authors", path) for one in authors.value]
    else:
        names = re.split(r"[、，,;；]", _words(authors, "authors", path))
    date = _date(words.pop("date", ""), card, path)
    return Metadata(
        **words,
        date=date,
        date_basis="stated" if date else "unknown",
        authors=tuple(name for one in names if (name := one.strip())),
    )


def _card(block: str, path: str) -> dict[str, yaml.Node]:
    """The nodes of the card by key: each knows the line it stands on, and its words are still as written."""
    import yaml

    def broken(line: int, reason: str) -> SourceError:
        return SourceError(path, f"line {line}: the front matter does not parse ({reason})", _CARD)

    try:
        card = yaml.compose(block, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise broken(1 if mark is None else mark.line + 2, str(error.problem)) from None
    except yaml.reader.ReaderError as error:
        line = len(re.findall(r"\r\n|\r|\n", block[: error.position])) + 2
        raise broken(line, f"the character U+{error.character:04X} may not stand there") from None
    except RecursionError:
        raise broken(2, "brackets or lists are nested too deeply") from None
    if not isinstance(card, yaml.MappingNode):
        raise broken(2, "no 'key: value' lines")
    return {key.value: value for key, value in card.value if isinstance(key, yaml.ScalarNode)}


def _line(node: yaml.Node) -> int:
    """Number of the line of the file on which *node* stands."""
    return int(node.start_mark.line) + 2


def _words(node: yaml.Node, key: str, path: str) -> str:
    if node.tag == "tag:yaml.org,2002:null":
        return ""
    if node.tag not in _PLAIN:
        what = f"line {_line(node)}: {key} in the front matter is not one line of words"
        raise SourceError(path, what, f"write {key}: words")
    words = " ".join(node.value.split())
    if _SURROGATE.search(words):
        what = f"line {_line(node)}: {key} in the front matter holds half of a character (a lone surrogate)"
        raise SourceError(path, what, "write the character itself")
    return words


def _date(words: str, card: Mapping[str, yaml.Node], path: str) -> str | None:
    if not words:
        return None
    found = _DATE.fullmatch(words.replace("/", "-"))
    if found:
        year, month, day = (int(part or 1) for part in found.groups())
        try:
            return datetime.date(year, month, day).isoformat()[: 10 if found[3] else 7 if found[2] else 4]
        except ValueError:
            pass
    what = f"line {_line(card['date'])}: the date {words!r} in the front matter is not one"
    raise SourceError(path, what, "write 2022, 2022-05 or 2022-05-07")
