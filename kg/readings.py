"""Readings as JSON: what ``BUILD/readings/`` holds, one file a document.

The file is one JSON object whose entities are the records of :func:`kg.model.record`, one to a line, so that a
difference between two builds is a difference of lines. Identities stay relative: a reading does not depend on the base.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg.errors import BuildError
from kg.model import FIELDS, TYPES, Entity, Evidence, Metadata, Post, Reading, Unresolved, record

_TUPLES = frozenset({"terms", "owners", "users", "components", "issuers"})
_ORDER = {name: position for position, name in enumerate(TYPES)}


def dumps(reading: Reading) -> str:
    """The JSON of one reading, ending in a line break; equal readings give equal text.

    >>> from kg.model import Metadata, Reading
    >>> reading = Reading("甲", "甲.txt", "utf-8", "00", 2, Metadata(title="标题"), "230102", ("A",))
    >>> loads(dumps(reading)) == reading
    True
    """
    meta = reading.meta
    head = {
        "doc": reading.doc,
        "path": reading.path,
        "encoding": reading.encoding,
        "sha256": reading.sha256,
        "length": reading.length,
        "meta": {
            "title": meta.title,
            "subtitle": meta.subtitle,
            "date": meta.date,
            "date_basis": meta.date_basis,
            "publisher": meta.publisher,
            "authors": list(meta.authors),
            "place": meta.place,
            "source": meta.source,
        },
        "home": reading.home,
        "sections": list(reading.sections),
    }
    lines = [f'"{key}": {_json(value)}' for key, value in head.items()]
    lines.append(f'"entities": {_rows(record(reading.doc, entity) for entity in reading.entities)}')
    lines.append(f'"unresolved": {_rows(_unresolved(name) for name in reading.unresolved)}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def loads(text: str, *, where: str = "reading") -> Reading:
    """The reading written by :func:`dumps`; *where* names the file in errors.

    Raises :class:`~kg.errors.BuildError` where the text is not such a file.
    """
    try:
        data = json.loads(text)
        meta = data["meta"]
        return Reading(
            doc=data["doc"],
            path=data["path"],
            encoding=data["encoding"],
            sha256=data["sha256"],
            length=data["length"],
            meta=Metadata(**(meta | {"authors": tuple(meta["authors"])})),
            home=data["home"],
            sections=tuple(data["sections"]),
            entities=tuple(entity(row) for row in data["entities"]),
            unresolved=tuple(
                Unresolved(row["type"], _evidence(row["evidence"]), tuple(row["candidates"]), row["reason"])
                for row in data["unresolved"]
            ),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BuildError(
            f"{where}: not a reading ({type(error).__name__}: {error}); build again to make it anew"
        ) from error


def entity(row: Mapping[str, Any]) -> Entity:
    """The entity of one record with a relative identity."""
    values: dict[str, Any] = {}
    for name in FIELDS[row["type"]]:
        value = row[name]
        if name == "posts":
            value = tuple(Post(post["title"], post["org"]) for post in value)
        elif name in _TUPLES:
            value = tuple(value)
        values[name] = value
    return Entity(
        type=row["type"],
        id=row["id"],
        name=row["name"],
        surfaces=tuple(row["surfaces"]),
        evidence=tuple(_evidence(item) for item in row["evidence"]),
        confidence=row["confidence"],
        **values,
    )


def sort_key(item: Entity) -> tuple[int, int, str, str]:
    """Order within a document: type as in :data:`kg.model.TYPES`, first evidence, name, identity."""
    first = min((evidence.start for evidence in item.evidence), default=-1)
    return _ORDER[item.type], first, item.name, item.id


def facts(
    readings: Iterable[Reading],
    *,
    base: str = "",
    doc: str | None = None,
    type: str | None = None,
    min_confidence: float = 0.0,
) -> Iterator[dict[str, Any]]:
    """Records of all readings in a stable order: document, type, first evidence, name."""
    for reading in sorted(readings, key=lambda reading: reading.doc):
        if doc is not None and reading.doc != doc:
            continue
        for item in sorted(reading.entities, key=sort_key):
            if (type is None or item.type == type) and item.confidence >= min_confidence:
                yield record(reading.doc, item, base)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _rows(rows: Iterable[Mapping[str, Any]]) -> str:
    lines = ",\n  ".join(_json(row) for row in rows)
    return f"[\n  {lines}\n]" if lines else "[]"


def _unresolved(name: Unresolved) -> dict[str, Any]:
    item = name.evidence
    evidence: dict[str, Any] = {
        "start": item.start,
        "end": item.end,
        "quote": item.quote,
        "section": item.section,
        "rule": item.rule,
    }
    if item.supports:
        evidence["supports"] = list(item.supports)
    return {"type": name.type, "candidates": list(name.candidates), "reason": name.reason, "evidence": evidence}


def _evidence(row: Mapping[str, Any]) -> Evidence:
    supports = tuple(row.get("supports", ()))
    return Evidence(row["start"], row["end"], row["quote"], row["section"], row["rule"], supports)
