"""Which record of a reading is which entry of gold. The rules in words: docs/quality.md."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.evaluation.gold import Entry
from kg.evaluation.spelling import body, folded, form, is_relative
from kg.model import Entity

_BY_SURFACE = frozenset({"Initiative", "Slogan", "Meeting", "Document"})
"""Types of records that may also be found by one of their spellings; the others only by their canonical name."""

_SAME_VALUE = 1e-9
"""Relative difference up to which two values are the same number: floating point, no tolerance of content."""


@dataclass(frozen=True, slots=True)
class Matching:
    """Entries and records of one document, held against each other. All numbers are positions in the lists given."""

    pairs: Mapping[int, int]
    """Entry to the record that finds it."""
    missed: tuple[int, ...]
    """Required entries that no record finds."""
    extra: tuple[int, ...]
    """Records that meet no entry: what the reader invented."""
    repeated: tuple[int, ...]
    """Records that name again what gold knows: neither right nor wrong."""


def match(entries: Sequence[Entry], records: Sequence[Entity]) -> Matching:
    """Hold *records* against *entries*; each record finds one entry at most, and the other way round.

    Canonical names are compared first, over all entries; then the other spellings, and figures. Within each round
    required entries choose before optional ones, in the order of gold, and take the first record that fits.
    """
    by_type: dict[str, list[int]] = defaultdict(list)
    for number, record in enumerate(records):
        by_type[record.type].append(number)
    shared = _shared(entries)
    order = sorted(range(len(entries)), key=lambda number: not entries[number].required)
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for by_name in (True, False):
        for number in order:
            entry = entries[number]
            if number in pairs:
                continue
            free = [at for type in entry.types for at in by_type[type] if at not in taken]
            if entry.entity.type == "Figure":
                fitting = [] if by_name else _figures(entry.entity, records, free)
            elif by_name:
                name = form(entry.entity.type, entry.entity.name)
                fitting = [at for at in free if name and form(records[at].type, records[at].name) == name]
            else:
                wanted = names(entry.entity, shared)
                fitting = [at for at in free if wanted & _record_names(records[at])]
            if fitting:
                pairs[number] = fitting[0]
                taken.add(fitting[0])
    known = _known(entries)
    rest = [number for number in range(len(records)) if number not in taken]
    repeated = [
        number
        for number in rest
        if records[number].type != "Figure"
        and form(records[number].type, records[number].name) in known[records[number].type]
    ]
    missed = [number for number, entry in enumerate(entries) if entry.required and number not in pairs]
    again = set(repeated)
    extra = [number for number in rest if number not in again]
    return Matching(pairs, tuple(missed), tuple(extra), tuple(repeated))


def names(entity: Entity, shared: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Forms that name an entry unmistakably: its name, and its spellings but those that others share or that are
    relative to their place in the text.
    """
    forms = {form(entity.type, surface) for surface in entity.surfaces} - shared.get(entity.type, frozenset())
    sure = {spelling for spelling in forms if not is_relative(entity.type, spelling)}
    return frozenset((sure | {form(entity.type, entity.name)}) - {""})


def _record_names(record: Entity) -> set[str]:
    spellings = record.surfaces if record.type in _BY_SURFACE else ()
    return {form(record.type, words) for words in (record.name, *spellings)}


def _shared(entries: Sequence[Entry]) -> dict[str, frozenset[str]]:
    counts: Counter[tuple[str, str]] = Counter(
        (entry.entity.type, spelling)
        for entry in entries
        if entry.entity.type != "Figure"
        for spelling in {form(entry.entity.type, surface) for surface in entry.entity.surfaces}
    )
    shared: dict[str, set[str]] = defaultdict(set)
    for (type, spelling), count in counts.items():
        if count > 1:
            shared[type].add(spelling)
    return {type: frozenset(spellings) for type, spellings in shared.items()}


def _figures(wanted: Entity, records: Sequence[Entity], free: Sequence[int]) -> list[int]:
    """Figures of the same value, and the same unit or overlapping words; those of overlapping words first."""
    fitting = []
    for at in free:
        record = records[at]
        if record.type == "Figure" and _same_value(wanted.value, record.value):
            overlap = _overlap(wanted.quote, record.quote)
            if overlap or folded(wanted.unit) == folded(record.unit):
                fitting.append((not overlap, at))
    return [at for _, at in sorted(fitting)]


def _same_value(wanted: float | None, given: float | None) -> bool:
    if wanted is None or given is None:
        return False
    return abs(wanted - given) <= _SAME_VALUE * max(1.0, abs(wanted))


def _overlap(wanted: str | None, given: str | None) -> bool:
    first, second = folded(wanted), folded(given)
    return bool(first and second) and (first in second or second in first)


def _known(entries: Sequence[Entry]) -> dict[str, set[str]]:
    """Everything that gold names, by the types a record may give it: a record so named is no invention."""
    known: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        entity = entry.entity
        if entity.type == "Figure":
            continue
        own = names(entity, {})
        for type in entry.types:
            known[type] |= own | {form(type, words) for words in (*entity.surfaces, *entity.components)}
    return known


def body_names(entries: Sequence[Entry]) -> dict[str, str]:
    """Spellings that name one body of gold only, and the form of its canonical name.

    Owners, users, issuers and posts are compared through it: 省卫健委 and its full name are one body where gold says so.
    """
    meant: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.entity.type == "Organisation":
            for words in (entry.entity.name, *entry.entity.surfaces):
                meant[body(words)].add(body(entry.entity.name))
    return {spelling: next(iter(found)) for spelling, found in meant.items() if len(found) == 1}
