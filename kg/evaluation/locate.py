"""Where in a text something stands that a reader did not find."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property

from kg.errors import SourceError
from kg.evaluation.gold import Entry
from kg.evaluation.result import Place
from kg.evaluation.spelling import folded
from kg.model import Entity, Evidence, Reading

AROUND = 24
"""Characters of context on either side of a passage."""


class Text:
    """The text of one document, searched as gold is compared: without white space and punctuation."""

    def __init__(self, reading: Reading, text: str) -> None:
        self.reading, self.text = reading, text

    def place(self, evidence: Evidence) -> Place:
        """The passage of a record."""
        return self._place(evidence.start, evidence.end, evidence.section)

    def find(self, entry: Entry) -> Place | None:
        """The first place that names an entry: by its name, else its longest spelling, else what it is resolved from."""
        entity = entry.entity
        spellings = sorted(entity.surfaces, key=lambda words: (-len(words), words))
        for words in (entity.quote, entity.name, *spellings, entry.resolved_from):
            span = self._span(folded(words)) if words else None
            if span:
                return self._place(*span, self._section(span[0]))
        return None

    def read_at(self, place: Place) -> tuple[Entity, ...]:
        """Records that rest on words of the passage, in the order of the reading."""
        return tuple(
            entity
            for entity in self.reading.entities
            if any(item.start < place.end and place.start < item.end for item in entity.evidence)
        )

    def _place(self, start: int, end: int, section: str) -> Place:
        before, after = self.text[max(start - AROUND, 0) : start], self.text[end : end + AROUND]
        return Place(start, end, section, _flat(before), _flat(self.text[start:end]), _flat(after))

    def _span(self, words: str) -> tuple[int, int] | None:
        plain, offsets = self._folded
        at = plain.find(words) if words else -1
        return (offsets[at], offsets[at + len(words) - 1] + 1) if at >= 0 else None

    @cached_property
    def _folded(self) -> tuple[str, list[int]]:
        characters, offsets = [], []
        for at, character in enumerate(self.text):
            for plain in folded(character):
                characters.append(plain)
                offsets.append(at)
        return "".join(characters), offsets

    def _section(self, at: int) -> str:
        flow = self._flow_of.get(at)
        if flow is None:
            return ""
        starts, names = self._lines
        return names[max(0, bisect_right(starts, flow) - 1)] if names else ""

    @cached_property
    def _structure(self) -> tuple[dict[int, int], list[int], list[str]]:
        from kg.sources import loads

        try:
            document = loads(self.text.encode("utf-8"), self.reading.path)
        except (SourceError, UnicodeEncodeError):
            return {}, [], []
        where = {offset: flow for flow, offset in enumerate(document.offsets)}
        starts = [line.start for line in document.lines]
        return where, starts, [document.sections[line.section].name for line in document.lines]

    @property
    def _flow_of(self) -> dict[int, int]:
        return self._structure[0]

    @property
    def _lines(self) -> tuple[list[int], list[str]]:
        return self._structure[1:]


def first(items: Iterable[Evidence], rules: Iterable[str]) -> Evidence | None:
    """The first evidence that bears one of the rules, else the first of all."""
    ordered = sorted(items, key=lambda item: (item.start, item.end, item.rule))
    wanted = set(rules)
    return next((item for item in ordered if item.rule in wanted), ordered[0] if ordered else None)


def _flat(words: str) -> str:
    return words.replace("\r\n", "⏎").replace("\n", "⏎").replace("\r", "⏎")
