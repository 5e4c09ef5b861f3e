"""Gold: what a careful reader would put in the graph after reading a document once, one JSON file a document."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from kg.errors import GoldError
from kg.model import FIELDS, TYPES, Entity, Post

BOUNDS = ("exact", "more", "less", "about")
"""What a figure's ``bound`` may be."""

_LISTS = frozenset({"terms", "owners", "users", "components", "issuers"})
_ANY = frozenset({"type", "name", "surfaces", "required", "also", "resolved_from"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that gold says a document names."""

    entity: Entity
    """In the shape of a reading's, without identity and evidence."""
    required: bool
    """Whether any competent reader must find it; what a reader could take either way is optional."""
    also: tuple[str, ...] = ()
    """Other types under which it may be found."""
    resolved_from: str = ""
    """The words it is resolved from, where no name of it stands in the text."""

    @property
    def label(self) -> str:
        """How lists call it: its name, or the words of a figure."""
        return self.entity.name or self.entity.quote or ""

    @property
    def types(self) -> tuple[str, ...]:
        """All types under which it may be found, its own first."""
        return (self.entity.type, *self.also)


@dataclass(frozen=True, slots=True)
class Gold:
    """The gold of one document."""

    doc: str
    """Name of the document, or how its name begins."""
    path: str
    title: str
    sha256: str
    """Of the bytes of the file."""
    entries: tuple[Entry, ...]


def load(path: str | Path) -> tuple[Gold, ...]:
    """The gold files of a folder, in the order of their names; or one file.

    Raises :class:`~kg.errors.GoldError`, which names the file and the entry, for what is not gold.
    """
    path = Path(path)
    files = [path] if path.is_file() else sorted(path.glob("*.json"))
    if not files:
        what = "the folder holds no gold (*.json)" if path.is_dir() else "there is no such file or folder"
        raise GoldError(path.as_posix(), what, "name a folder with one JSON file a document")
    found: dict[str, Gold] = {}
    for file in files:
        gold = _load(file)
        if gold.doc in found:
            raise GoldError(gold.path, f"{found[gold.doc].path} is already the gold of {gold.doc!r}", "drop one")
        found[gold.doc] = gold
    return tuple(found.values())


def _load(path: Path) -> Gold:
    where = path.as_posix()
    try:
        data = path.read_bytes()
        top = json.loads(data.decode("utf-8-sig"))
    except OSError as error:
        raise GoldError(where, f"the file cannot be read ({error.strerror})", "check its permissions") from error
    except UnicodeDecodeError as error:
        raise GoldError(where, f"offset {error.start}: not UTF-8", "save it as UTF-8") from error
    except json.JSONDecodeError as error:
        raise GoldError(where, f"line {error.lineno}, column {error.colno}: {error.msg}", "mend the JSON") from error
    if not isinstance(top, dict):
        raise GoldError(where, "not a JSON object", 'write {"doc": …, "entities": […]}')
    if not isinstance(top.get("doc"), str) or not top["doc"]:
        raise GoldError(where, 'no "doc"', "name the document it is the gold of")
    if not isinstance(top.get("entities"), list):
        raise GoldError(where, 'no list "entities"', "list the entities, an empty list if there is none")
    entries = tuple(_entry(row, where, number) for number, row in enumerate(top["entities"], 1))
    return Gold(top["doc"], where, str(top.get("title") or ""), sha256(data).hexdigest(), entries)


def _entry(row: object, path: str, number: int) -> Entry:
    if not isinstance(row, dict):
        raise GoldError(f"{path}: entry {number}", "not a JSON object", 'write {"type": …, "name": …, "required": …}')
    label = str(row.get("name") or row.get("quote") or "")
    reader = _Fields(row, f"{path}: entry {number}" + (f" ({label[:40]})" if label else ""))
    type = reader.one_of("type", TYPES)
    also = reader.strings("also")
    for other in also:
        if other not in TYPES:
            raise reader.wrong("also", "a list of types", f"the types are {', '.join(TYPES)}")
    known = _ANY.union(FIELDS[type], *(FIELDS[other] for other in also))
    for field in row:
        if field not in known:
            raise GoldError(
                reader.where, f"{field!r} is no field of {type}", f"the fields are {', '.join(FIELDS[type])}"
            )
    name, value = "", None
    required = row.get("required")
    if not isinstance(required, bool):
        raise reader.wrong("required", "true or false")
    if type == "Figure":
        value = reader.number("value")
        reader.string("quote")
        reader.one_of("bound", BOUNDS)
        if not isinstance(row.get("unit"), str):
            raise reader.wrong("unit", "words, empty for a bare number")
    else:
        name = reader.string("name")
    values: dict[str, Any] = {}
    for field in sorted(known - _ANY - {"value"}):
        if field == "posts":
            values[field] = reader.posts() if type == "Person" or field in row else ()
        elif field in _LISTS:
            values[field] = reader.strings(field)
        else:
            values[field] = reader.optional(field)
    surfaces = reader.strings("surfaces")
    entity = Entity(type, "", name, surfaces, (), value=value, **values)
    return Entry(entity, required, also, reader.optional("resolved_from") or "")


class _Fields:
    """The fields of one entry, each asked for as what it must be."""

    def __init__(self, row: Mapping[str, Any], where: str) -> None:
        self.row, self.where = row, where

    def wrong(self, field: str, wanted: str, remedy: str = "") -> GoldError:
        what = f"{field!r} is missing" if field not in self.row else f"{field!r} is {_shown(self.row[field])}"
        return GoldError(
            self.where, f"{what}, not {wanted}", remedy or "see the fields of each type in docs/quality.md"
        )

    def string(self, field: str) -> str:
        value = self.row.get(field)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(field, "words")
        return value

    def optional(self, field: str) -> str | None:
        value = self.row.get(field)
        if value is not None and not isinstance(value, str):
            raise self.wrong(field, "words or null")
        return value

    def one_of(self, field: str, allowed: Sequence[str]) -> str:
        value = self.row.get(field)
        if value not in allowed:
            raise self.wrong(field, f"one of {', '.join(allowed)}")
        return str(value)

    def number(self, field: str) -> float:
        value = self.row.get(field)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong(field, "a number")
        return float(value)

    def strings(self, field: str) -> tuple[str, ...]:
        value = self.row.get(field)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.wrong(field, "a list of words")
        return tuple(value)

    def posts(self) -> tuple[Post, ...]:
        value = self.row.get("posts")
        if not isinstance(value, list) or not all(_is_post(item) for item in value):
            raise self.wrong("posts", 'a list of {"title": words, "org": words or null}')
        return tuple(Post(item["title"], item.get("org")) for item in value)


def _is_post(item: object) -> bool:
    return (
        isinstance(item, dict)
        and isinstance(item.get("title"), str)
        and (item.get("org") is None or isinstance(item["org"], str))
    )


def _shown(value: object) -> str:
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 40 else f"{shown[:40]}…"
