"""Names within one reading, resolved to the identities they stand for."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import REFERENCES, Entity


class Names:
    """Looks up a canonical name among the records of one reading."""

    __slots__ = ("_ids",)

    def __init__(self, entities: Sequence[Entity]) -> None:
        """Index the records of one reading."""
        self._ids: dict[tuple[str, str], str | None] = {}
        for entity in entities:
            key = (entity.type, entity.name)
            # Two records of one type and name: the name does not tell which is meant.
            known = self._ids.setdefault(key, entity.id)
            if known != entity.id:
                self._ids[key] = None

    def resolve(self, field: str, name: str) -> str | None:
        """Relative IRI of the record that *name* in *field* means, or None if no record, or more than one, may be meant."""
        ids = self._ids
        for type in REFERENCES[field]:
            if (type, name) in ids:
                return ids[type, name]
        return None
