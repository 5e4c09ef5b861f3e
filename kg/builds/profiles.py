"""What a build says of one entity, over all documents: statements with the passages they rest on."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.errors import NotFoundError
from kg.graph.names import Names
from kg.identity import normal
from kg.link import Links, view
from kg.model import FIELDS, REFERENCES, TYPES, Entity, Evidence, Reading


@dataclass(frozen=True, slots=True)
class Said:
    """One statement of one document about an entity."""

    subject: str
    """Canonical identity."""
    predicate: str
    """Field of the record (``posts``, ``owners``), or ``name`` for the naming of the thing itself."""
    value: str
    """As evidence writes it: ``主席@阿城区政协`` for a post."""
    object: str | None
    """Canonical identity of the entity that the value names, if it names one."""
    doc: str
    confidence: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A statement about another entity that names this one: who owns, uses, issues, holds a post, stands there."""

    relation: str
    """What the other entity is to this one, as :data:`RELATIONS` says."""
    name: str
    """Of the other entity."""
    said: Said


RELATIONS: dict[tuple[str, str], str] = {
    ("District", "parent"): "districts",
    ("Organisation", "place"): "bodies",
    ("Organisation", "part_of"): "parts",
    ("Person", "posts"): "people",
    ("Initiative", "owners"): "initiatives",
    ("Slogan", "users"): "slogans",
    ("Document", "issuers"): "documents",
    ("Meeting", "host"): "meetings",
    ("Figure", "org"): "figures",
}
"""What a type of entity is to the one that a field of it names, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One entity under its canonical identity, with all that is said of it."""

    id: str
    type: str
    name: str
    surfaces: tuple[str, ...]
    docs: tuple[str, ...]
    said: tuple[Said, ...]
    reasons: Mapping[str, str]
    """Why other identities are read as this one."""
    references: tuple[Reference, ...] = ()
    """What is said of others that names this one, in the order of :data:`RELATIONS`, names and documents."""


class Profiles:
    """All entities of a build under their canonical identities."""

    __slots__ = ("_by_id", "_links", "_naming")

    def __init__(self, readings: Iterable[Reading], links: Links) -> None:
        """Index *readings* under *links*."""
        self._links = links
        self._by_id: dict[str, list[tuple[Reading, Entity, Names]]] = defaultdict(list)
        for reading in sorted(readings, key=lambda reading: reading.doc):
            reading = view(reading, links)
            names = Names(reading.entities)
            for entity in reading.entities:
                self._by_id[links.canonical(entity.id)].append((reading, entity, names))
        self._naming: dict[str, list[Said]] | None = None

    def _references(self, id: str) -> Iterator[Reference]:
        if self._naming is None:
            self._naming = defaultdict(list)
            for records in self._by_id.values():
                for reading, entity, names in records:
                    for said in _said(reading, entity, names, self._links):
                        if said.object is not None and (entity.type, said.predicate) in RELATIONS:
                            self._naming[said.object].append(said)
        for said in self._naming.get(id, ()):
            other = self._first(said.subject)
            yield Reference(RELATIONS[other.type, said.predicate], other.name, said)

    def __iter__(self) -> Iterator[Profile]:
        """All profiles in the order of types, then names, then identities."""
        ids = sorted(self._by_id, key=lambda id: (TYPES.index(self._first(id).type), self._first(id).name, id))
        return (self.profile(id) for id in ids)

    def _first(self, id: str) -> Entity:
        return self._by_id[id][0][1]

    def profile(self, id: str) -> Profile:
        """All that is said of one canonical identity; raises :class:`~kg.errors.NotFoundError`."""
        records = self._by_id.get(id)
        if not records:
            raise NotFoundError(f"{id}: no entity has this identity; `kg show BUILD NAME` finds one by its name")
        said: list[Said] = []
        for reading, entity, names in records:
            said.extend(_said(reading, entity, names, self._links))
        order = {name: place for place, name in enumerate(("name", *FIELDS[records[0][1].type]))}
        said.sort(key=lambda item: (order[item.predicate], item.value, item.doc))
        own = next((entity.name for _, entity, _ in records if entity.id == id), self._first(id).name)
        surfaces = {words for _, entity, _ in records for words in (entity.name, *entity.surfaces)} - {own}
        return Profile(
            id=id,
            type=records[0][1].type,
            name=own,
            surfaces=tuple(sorted(surfaces)),
            docs=tuple(sorted({reading.doc for reading, _, _ in records})),
            said=tuple(said),
            reasons={
                entity.id: self._links.reason(entity.id)
                for _, entity, _ in sorted(records, key=lambda record: record[1].id)
                if entity.id != id
            },
            references=tuple(
                sorted(
                    self._references(id),
                    key=lambda item: (
                        list(RELATIONS.values()).index(item.relation),
                        item.name,
                        item.said.subject,
                        item.said.value,
                        item.said.doc,
                    ),
                )
            ),
        )

    def find(self, words: str, *, type: str | None = None, base: str = "") -> tuple[str, ...]:
        """Canonical identities that *words* mean, best kind of match only.

        Tried in turn: an identity or full IRI, the exact name, another name or spelling in a text, the same after
        normalisation, a part of a name.
        """
        id = self._links.canonical(words.removeprefix(base))
        if id in self._by_id:
            return (id,)
        wanted = normal(words)
        found: list[set[str]] = [set(), set(), set(), set()]
        for id, records in self._by_id.items():
            for _, entity, _ in records:
                if type is not None and entity.type != type:
                    continue
                if entity.name == words:
                    found[0].add(id)
                elif words in entity.surfaces:
                    found[1].add(id)
                elif wanted and any(normal(name) == wanted for name in (entity.name, *entity.surfaces)):
                    found[2].add(id)
                elif wanted and wanted in normal(entity.name):
                    found[3].add(id)
        best = next((ids for ids in found if ids), set())
        return tuple(sorted(best, key=lambda id: (TYPES.index(self._first(id).type), self._first(id).name, id)))

    def one(self, words: str, *, type: str | None = None, base: str = "") -> Profile:
        """The one entity that *words* mean; raises :class:`~kg.errors.NotFoundError` if there is none or several."""
        ids = self.find(words, type=type, base=base)
        if len(ids) == 1:
            return self.profile(ids[0])
        of_type = f" of type {type}" if type else ""
        if not ids:
            raise NotFoundError(
                f"{words!r}: no entity{of_type} has this name or identity; `kg facts` lists what there is"
            )
        listed = ", ".join(f"{self._first(id).name} ({self._first(id).type}) {id}" for id in ids[:12])
        more = f" and {len(ids) - 12} more" if len(ids) > 12 else ""
        raise NotFoundError(
            f"{words!r} may be any of {len(ids)} entities{of_type}: {listed}{more}; give one of these identities"
            + ("" if type else ", or the type")
        )


def _said(reading: Reading, entity: Entity, names: Names, links: Links) -> Iterator[Said]:
    explicit: dict[str, list[Evidence]] = defaultdict(list)
    for evidence in entity.evidence:
        for words in evidence.supports:
            explicit[words].append(evidence)
    naming = tuple(evidence for evidence in entity.evidence if not evidence.supports) or entity.evidence
    subject = links.canonical(entity.id)

    def said(predicate: str, value: str, object: str | None, *spellings: str) -> Said:
        found = next(
            (explicit[key] for words in (value, *spellings) if (key := f"{predicate}={words}") in explicit), None
        )
        return Said(
            subject, predicate, value, object, reading.doc, entity.confidence, tuple(found) if found else naming
        )

    yield Said(subject, "name", entity.name, None, reading.doc, entity.confidence, naming)
    for post in entity.posts:
        target = names.resolve("posts", post.org) if post.org else None
        words = f"{post.title}@{post.org}" if post.org else post.title
        yield said("posts", words, links.canonical(target) if target else None, f"{post.title}@", f"{post.title}@None")
    for field in FIELDS[entity.type]:
        value = getattr(entity, field)
        if field == "posts" or value is None:
            continue
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, float):
                yield said(field, f"{item:.15g}", None, json.dumps(item))
                continue
            target = names.resolve(field, item) if field in REFERENCES else None
            yield said(field, item, links.canonical(target) if target else None)
