"""Which attributes of a record that finds an entry of gold are right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.evaluation.gold import Entry
from kg.evaluation.spelling import body, folded, office, place
from kg.model import Entity

ATTRIBUTES: tuple[str, ...] = (
    "code", "parent", "place", "posts", "owners", "users", "issuers", "components", "date", "unit", "bound", "org",
)  # fmt: skip
"""Fields of the record that are held against gold, in the order of :data:`kg.model.FIELDS`."""

_ACTORS = {"Initiative": "owners", "Slogan": "users", "Document": "issuers"}
_ENOUGH = 0.6
"""Share of the components that must be there: annotators agree on most of the parts of a method, rarely on all."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One attribute of one entry: what gold has and what the record says."""

    field: str
    right: bool
    wanted: str
    given: str


def answers(entry: Entry, record: Entity, bodies: Mapping[str, str]) -> Iterator[Answer]:
    """The attributes that gold states of an entry, each held against the record that finds it.

    *bodies* is :func:`kg.evaluation.matching.body_names`. Only required entries are asked for attributes.
    """
    gold = entry.entity
    if not entry.required:
        return

    def same(words: str | None) -> str:
        plain = body(words)
        return bodies.get(plain, plain)

    def plain(field: str, wanted: str | None, given: str | None, by: Callable[[str | None], str]) -> Answer:
        return Answer(field, by(wanted) == by(given), wanted or "", given or "")

    match gold.type:
        case "District":
            if gold.code:
                # Gold gives counties and above by six digits; a longer code of the record lies within.
                code = (record.code or "")[: max(6, len(gold.code))]
                yield Answer("code", code == gold.code, gold.code, record.code or "")
            if gold.parent:
                yield plain("parent", gold.parent, record.parent, place)
        case "Organisation" if gold.place:
            yield plain("place", gold.place, record.place, place)
        case "Person":
            yield from _posts(gold, record, same)
        case "Initiative" | "Slogan" | "Document":
            wanted, given = _actors(gold), _actors(record)
            if wanted:
                right = not {same(words) for words in wanted}.isdisjoint(same(words) for words in given)
                yield Answer(_ACTORS[gold.type], right, _listed(wanted), _listed(given))
            if gold.components:
                right = _has_components(gold.components, record.components)
                yield Answer("components", right, _listed(gold.components), _listed(record.components))
        case "Meeting" if gold.date:
            yield Answer("date", _same_date(gold.date, record.date or ""), gold.date, record.date or "")
        case "Figure":
            yield plain("unit", gold.unit, record.unit, folded)
            bound = record.bound or "exact"
            yield Answer("bound", gold.bound == bound, gold.bound or "", bound)
            if gold.org:
                right = same(gold.org) == same(record.org) or place(gold.org) == place(record.org)
                yield Answer("org", right, gold.org, record.org or "")


def surplus_posts(entry: Entry, record: Entity) -> int:
    """Posts of a record that end unlike any post gold has of the person, whose entry may be optional.

    Only of posts is it counted what was said too much: of all lists they alone are complete in gold.
    """
    ends = {folded(post.title)[-2:] for post in entry.entity.posts}
    return sum(folded(post.title)[-2:] not in ends for post in record.posts)


def _posts(gold: Entity, record: Entity, same: Callable[[str | None], str]) -> Iterator[Answer]:
    held = [(folded(post.title), same(post.org) if post.org else "") for post in record.posts]
    offices = {office(title, where) for title, where in held}
    given = _listed(f"{post.title}@{post.org}" if post.org else post.title for post in record.posts)
    for post in gold.posts:
        title = folded(post.title)
        if post.org:
            right = office(title, same(post.org)) in offices
        else:
            right = any(other.endswith(title) or title.endswith(other) for other, _ in held)
        yield Answer("posts", right, f"{post.title}@{post.org}" if post.org else post.title, given)


def _actors(entity: Entity) -> tuple[str, ...]:
    """Owners, users and issuers as one list: what is a slogan to one is an initiative to another."""
    return (*entity.owners, *entity.users, *entity.issuers)


def _has_components(wanted: Iterable[str], given: Iterable[str]) -> bool:
    parts, said = {folded(words) for words in wanted}, {folded(words) for words in given}
    found = sum(any(part in words or words in part for words in said) for part in parts)
    return found >= _ENOUGH * len(parts)


def _same_date(wanted: str, given: str) -> bool:
    """Whether a date is the one wanted; where only the year is wanted, a date in that year is right."""
    return given.startswith(wanted) if len(wanted) == 4 else given == wanted


def _listed(words: Iterable[str]) -> str:
    return "、".join(words)
