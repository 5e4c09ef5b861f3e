"""What became of each entry of gold and each record of a reading: found, missed, extra, repeated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kg.evaluation.attributes import Answer, answers, surplus_posts
from kg.evaluation.gold import Entry
from kg.evaluation.matching import body_names, match
from kg.evaluation.measures import Counts, naming_rules
from kg.model import Entity, Reading
from kg.readings import sort_key

Level = Literal["all", "type", "attribute", "document", "rule"]
"""What a row of the results is about."""

Key = tuple[Level, str, str]
"""Level, name and count (a field of :class:`~kg.evaluation.measures.Counts`)."""

_FIELDS = ("right", "missed", "extra", "optional", "repeated")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One entry, one record, or an entry and the record that finds it."""

    doc: str
    what: Literal["found", "missed", "extra", "repeated"]
    entry: Entry | None = None
    record: Entity | None = None
    answers: tuple[Answer, ...] = ()
    surplus: int = 0
    """Posts of a found person that are unlike any in gold."""

    @property
    def type(self) -> str:
        """Of the entry if there is one, else of the record."""
        if self.entry is not None:
            return self.entry.entity.type
        return self.record.type if self.record is not None else ""

    @property
    def rules(self) -> tuple[str, ...]:
        """Rules that the record owes its existence to."""
        return naming_rules(self.record) if self.record is not None else ()

    def adds(self) -> dict[Key, int]:
        """What this adds to which count."""
        count = {"missed": "missed", "extra": "extra", "repeated": "repeated"}.get(self.what)
        if count is None:
            count = "right" if self.entry is not None and self.entry.required else "optional"
        levels: tuple[tuple[Level, str], ...] = (("all", ""), ("type", self.type), ("document", self.doc))
        added: dict[Key, int] = {(level, name, count): 1 for level, name in levels}
        if self.what in ("found", "extra"):
            for rule in self.rules:
                added["rule", rule, "right" if self.what == "found" else "extra"] = 1
        for answer in self.answers:
            key: Key = ("attribute", answer.field, "right" if answer.right else "missed")
            added[key] = added.get(key, 0) + 1
        if self.surplus:
            added["attribute", "posts", "extra"] = self.surplus
        return added


def outcomes(entries: Iterable[Entry], reading: Reading) -> Iterator[Outcome]:
    """What became of the entries of one document, in their order, then of the records that found none, in theirs."""
    entries = tuple(entries)
    records = sorted(reading.entities, key=sort_key)
    matching = match(entries, records)
    bodies = body_names(entries)
    for number, entry in enumerate(entries):
        if number in matching.pairs:
            record = records[matching.pairs[number]]
            right = tuple(answers(entry, record, bodies))
            surplus = surplus_posts(entry, record) if entry.entity.type == "Person" else 0
            yield Outcome(reading.doc, "found", entry, record, right, surplus)
        elif entry.required:
            yield Outcome(reading.doc, "missed", entry)
    for number in matching.extra:
        yield Outcome(reading.doc, "extra", record=records[number])
    for number in matching.repeated:
        yield Outcome(reading.doc, "repeated", record=records[number])


def summed(parts: Iterable[Mapping[Key, int]]) -> dict[Key, int]:
    """The sum of what outcomes add."""
    total: dict[Key, int] = {}
    for part in parts:
        for key, amount in part.items():
            total[key] = total.get(key, 0) + amount
    return total


def counts(total: Mapping[Key, int], level: Level, name: str) -> Counts:
    """The counts of one row."""
    return Counts(*(total.get((level, name, field), 0) for field in _FIELDS))


def by_rule(found: Iterable[Outcome]) -> dict[str, tuple[int, int]]:
    """How often the records of each rule are right (required or optional) and wrong; names sorted."""
    total = summed(outcome.adds() for outcome in found)
    rules = sorted({name for level, name, _ in total if level == "rule"})
    return {rule: (row.right, row.extra) for rule in rules for row in [counts(total, "rule", rule)]}
