"""Where extraction writes down what it finds: one draft an entity, turned into frozen records at the end."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import Any

from kg import lexicon
from kg.model import FIELDS, Document, Entity, Evidence, Post, Unresolved

_LISTS = frozenset({"terms", "posts", "owners", "users", "components", "issuers"})


class Draft:
    """One entity in the making. Values are set once, list values grow, evidence accumulates."""

    __slots__ = ("_seen", "evidence", "id", "name", "surfaces", "type", "values")

    def __init__(self, type_: str, id_: str, name: str) -> None:
        self.type, self.id, self.name = type_, id_, name
        self.surfaces: dict[str, None] = {}
        self.values: dict[str, Any] = {}
        self.evidence: dict[tuple[int, int, str], set[str]] = {}
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
        return draft

    def doubt(self, type_: str, span: tuple[int, int], candidates: Iterable[str], reason: str) -> None:
        """Record a name that the text does not settle."""
        self.unresolved.append((type_, span[0], span[1], tuple(sorted(candidates)), reason))

    def entities(self) -> tuple[Entity, ...]:
        """The records, in the order of type, first mention and name."""
        sure = confidences()
        out: list[tuple[tuple[int, int, str, str], Entity]] = []
        section_of = _Sections(self.document)
        for draft in self._drafts.values():
            evidence: list[Evidence] = []
            for (start, end, rule), supports in draft.evidence.items():
                if end <= start:
                    continue
                a, b = max(self.document.passages(start, end), key=lambda p: p[1] - p[0])
                evidence.append(
                    Evidence(a, b, self.document.text[a:b], section_of(start), rule, tuple(sorted(supports)))
                )
            if not evidence:
                continue
            evidence.sort(key=lambda e: (e.start, e.end, e.rule))
            values: dict[str, Any] = {
                k: tuple(v) if k in _LISTS else v for k, v in draft.values.items() if k in FIELDS[draft.type]
            }
            naming = [e.rule for e in evidence if not e.supports or draft.type == "Figure"] or [
                e.rule for e in evidence
            ]
            confidence = max(sure.get(rule, 0.5) for rule in naming)
            surfaces = tuple(sorted(draft.surfaces, key=lambda s: (-len(s), s)))
            entity = Entity(draft.type, draft.id, draft.name, surfaces, tuple(evidence), confidence, **values)
            first = min((e.start for e in evidence if not e.supports), default=evidence[0].start)
            if draft.type == "Figure":
                first = int(draft.id.rsplit("/", 1)[1].split("-")[0])
            out.append(((list(FIELDS).index(draft.type), first, draft.name, draft.id), entity))
        out.sort(key=lambda pair: pair[0])
        return tuple(entity for _, entity in out)

    def doubts(self) -> tuple[Unresolved, ...]:
        """The unresolved names, in text order."""
        section_of = _Sections(self.document)
        out = []
        for type_, start, end, candidates, reason in self.unresolved:
            a, b = max(self.document.passages(start, end), key=lambda p: p[1] - p[0])
            evidence = Evidence(a, b, self.document.text[a:b], section_of(start), "unresolved")
            out.append(Unresolved(type_, evidence, candidates, reason))
        return tuple(sorted(set(out), key=lambda u: (u.evidence.start, u.evidence.end, u.type, u.candidates, u.reason)))


def _shown(value: Any) -> Any:
    """How evidence writes a value: ``主席@阿城区政协`` for a post."""
    if isinstance(value, Post):
        return f"{value.title}@{value.org}" if value.org else value.title
    return value


class _Sections:
    """Name of the section at a position of the flow."""

    def __init__(self, document: Document) -> None:
        self._starts = [line.start for line in document.lines]
        self._names = [document.sections[line.section].name for line in document.lines]

    def __call__(self, at: int) -> str:
        return self._names[max(0, bisect_right(self._starts, at) - 1)] if self._names else ""


def confidences() -> dict[str, float]:
    """Confidence by rule: its measured precision, see :file:`lexicon/rules.tsv`."""
    return {row[0]: float(row[1]) for row in lexicon.rows("rules")}
