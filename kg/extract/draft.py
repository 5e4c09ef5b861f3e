"""Where extraction writes down what it finds: one draft an entity, turned into frozen records at the end."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from typing import Any

from kg import lexicon
from kg.model import FIELDS, Document, Entity, Evidence, Post, Unresolved

_LISTS = frozenset({"terms", "posts", "owners", "users", "components", "issuers"})


class Draft:
    """One entity in the making. Values are set once, list values grow, evidence accumulates."""

    __slots__ = ("_seen", "evidence", "id", "name", "naming", "surfaces", "type", "values")

    def __init__(self, type_: str, id_: str, name: str) -> None:
        self.type, self.id, self.name = type_, id_, name
        self.surfaces: dict[str, None] = {}
        self.values: dict[str, Any] = {}
        self.evidence: dict[tuple[int, int, str], set[str]] = {}
        self.naming: set[tuple[int, int, str]] = set()
        """The evidence that names the entity, whatever else it states."""
        self._seen: set[tuple[str, object]] = set()

    def add(self, field: str, value: Any) -> None:
        """Set a value if none is set, or append to a list value what is not in it yet."""
        if value in (None, ""):
            return
        if field in _LISTS:
            if (field, value) not in self._seen:
                self._seen.add((field, value))
                self.values.setdefault(field, []).append(value)
        else:
            self.values.setdefault(field, value)

    def has(self, field: str, value: Any) -> bool:
        """Whether a value is set, or stands in the list of values."""
        known = self.values.get(field)
        return value in known if isinstance(known, list) else value == known

    def state(self, span: tuple[int, int], rule: str, *supports: tuple[str, Any]) -> None:
        """Record that ``flow[span]`` states these attribute values; empty ones are left out."""
        for field, value in supports:
            if value not in (None, ""):
                self.add(field, value)
                self.evidence.setdefault((*span, rule), set()).add(f"{field}={_shown(value)}")

    def first(self) -> int:
        """Where in the flow it is first spoken of."""
        return min((start for start, _, _ in self.evidence), default=0)


class Drafts:
    """All drafts of one document, by type and id."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._starts = [line.start for line in document.lines]
        self._drafts: dict[tuple[str, str], Draft] = {}
        self.unresolved: list[tuple[str, int, int, tuple[str, ...], str]] = []

    def of(self, type_: str) -> list[Draft]:
        """Drafts of one type, in order of first mention."""
        return sorted((d for (t, _), d in self._drafts.items() if t == type_), key=lambda d: (d.first(), d.id))

    def get(self, type_: str, id_: str) -> Draft | None:
        """The draft of that type and id, if there is one."""
        return self._drafts.get((type_, id_))

    def named(self, type_: str, name: str) -> Draft | None:
        """The first draft of that type and canonical name."""
        return next((d for d in self._drafts.values() if d.type == type_ and d.name == name), None)

    def draft(self, type_: str, id_: str, name: str) -> Draft:
        """The draft of that type and id; a new one if there is none yet."""
        known = self._drafts.get((type_, id_))
        if known is None:
            known = self._drafts[type_, id_] = Draft(type_, id_, name)
        return known

    def note(self, type_: str, id_: str, name: str, span: tuple[int, int], rule: str) -> Draft:
        """Record that ``flow[span]`` names an entity, and return its draft."""
        draft = self.draft(type_, id_, name)
        draft.surfaces.setdefault(self.document.flow[span[0] : span[1]], None)
        draft.evidence.setdefault((*span, rule), set())
        draft.naming.add((*span, rule))
        return draft

    def doubt(self, type_: str, span: tuple[int, int], candidates: Iterable[str], reason: str) -> None:
        """Record a name that the text does not settle."""
        self.unresolved.append((type_, span[0], span[1], tuple(sorted(candidates)), reason))

    def entities(self) -> tuple[Entity, ...]:
        """The records, in the order of type, first mention and name."""
        order = {type_: i for i, type_ in enumerate(FIELDS)}
        found = [(draft, entity) for draft in self._drafts.values() if (entity := self._entity(draft))]
        found.sort(key=lambda pair: (order[pair[0].type], _first(pair[1]), pair[0].name, pair[0].id))
        return tuple(entity for _, entity in found)

    def _entity(self, draft: Draft) -> Entity | None:
        """The record of one draft; None where no words are left that it rests on."""
        # Words that name a thing and state something of it are evidence of both, each for itself.
        evidence = [
            self._evidence((start, end), rule, what)
            for (start, end, rule), supports in draft.evidence.items()
            for what in ([()] if (start, end, rule) in draft.naming else [])
            + ([tuple(sorted(supports))] if supports else [])
            if start < end
        ]
        if not evidence:
            return None
        evidence.sort(key=lambda e: (e.start, e.end, e.rule, e.supports))
        naming = [rule for _, _, rule in draft.naming]
        sure = confidences()
        lasting = FIELDS[draft.type]
        values: dict[str, Any] = {k: tuple(v) if k in _LISTS else v for k, v in draft.values.items() if k in lasting}
        return Entity(
            draft.type,
            draft.id,
            draft.name,
            tuple(sorted(draft.surfaces, key=lambda s: (-len(s), s))),
            tuple(evidence),
            max(sure.get(rule, 0.5) for rule in naming or [e.rule for e in evidence]),
            **values,
        )

    def _evidence(self, span: tuple[int, int], rule: str, supports: tuple[str, ...] = ()) -> Evidence:
        """The longest passage of the text that a span of the flow stands for."""
        start, end = self._passage(span)
        return Evidence(start, end, self.document.text[start:end], self._section(span[0]), rule, supports)

    def quote(self, span: tuple[int, int]) -> str:
        """The words of the text, as read, that evidence of a span of the flow quotes."""
        return self.document.text[slice(*self._passage(span))]

    def _passage(self, span: tuple[int, int]) -> tuple[int, int]:
        return max(self.document.passages(*span), key=lambda p: p[1] - p[0])

    def _section(self, at: int) -> str:
        """Name of the section at a position of the flow."""
        line = max(0, bisect_right(self._starts, at) - 1)
        return self.document.sections[self.document.lines[line].section].name if self._starts else ""

    def doubts(self) -> tuple[Unresolved, ...]:
        """The unresolved names, in text order."""
        out = {
            Unresolved(type_, self._evidence((start, end), "unresolved"), candidates, reason)
            for type_, start, end, candidates, reason in self.unresolved
        }
        return tuple(sorted(out, key=lambda u: (u.evidence.start, u.evidence.end, u.type, u.candidates, u.reason)))


def _first(entity: Entity) -> int:
    """Where in the text an entity is first named; a figure, where its number stands."""
    if entity.type == "Figure":
        return int(entity.id.rsplit("/", 1)[1].split("-")[0])
    return min((e.start for e in entity.evidence if not e.supports), default=entity.evidence[0].start)


def _shown(value: Any) -> Any:
    """How evidence writes a value: ``主席@阿城区政协`` for a post."""
    if isinstance(value, Post):
        return f"{value.title}@{value.org}" if value.org else value.title
    return value


@cache
def confidences() -> dict[str, float]:
    """Confidence by rule: its measured precision, see :file:`lexicon/rules.tsv`."""
    return {row[0]: float(row[1]) for row in lexicon.rows("rules")}
