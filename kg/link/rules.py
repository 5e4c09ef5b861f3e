"""The rules that link identities across documents, each with its reason."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from types import MappingProxyType

from kg.errors import DecisionError
from kg.identity import NATION, normal
from kg.link.links import Candidate, Link, Links
from kg.model import TYPES, Decision, Reading

_PREFIX = dict(
    zip(TYPES, ("district", "body", "person", "initiative", "slogan", "document", "meeting", "figure"), strict=True)
)
_COUNTY = re.compile(r"\d{4}(?!00)\d{2}")


def link(
    readings: Iterable[Reading],
    decisions: Sequence[Decision] = (),
    *,
    base: str = "",
    where: str = "decisions",
    superior: Callable[[str], str | None] | None = None,
) -> Links:
    """Links between the entities of all readings; the order of readings does not matter.

    1. Equal identities are one (they need no entry).
    2. Bodies of one name in one county are one, whether filed under the county, a place in it or a township's code.
    3. People of one name in a district and the district directly above it, or with a body in common, are
       *candidates*: kept apart, listed, left to people.
    4. Decisions override all rules. Those about what no record has are in :attr:`Links.unmet`; they do no harm.

    *superior* gives the code of the district directly above a code; by default the gazetteer's.
    Raises :class:`~kg.errors.DecisionError` for decisions that contradict each other or name what cannot be told.
    """
    seen = _Seen.of(readings)
    looked_up = [_Resolved.of(decision, seen, base, where) for decision in decisions]
    resolved = [pair for pair in looked_up if len(pair.ids) == (2 if pair.verb in ("same", "not-same") else 1)]
    _hold_together(resolved, where)
    groups = _Groups()
    apart = {frozenset(pair.ids): pair for pair in resolved if pair.verb == "not-same"}
    for pair in resolved:
        if pair.verb == "same":
            kept, other = pair.ids
            groups.join(kept, other, f"A person decided in line {pair.line} that {other} is {kept}{pair.note}.")
    for pair in apart.values():
        if groups.root(pair.ids[0]) == groups.root(pair.ids[1]):
            raise DecisionError(
                f"{where}: line {pair.line}: {pair.ids[0]} and {pair.ids[1]} are kept apart here but made the same "
                "by other lines; delete one of them"
            )
    for kept, other, reason in _bodies_of_a_county(seen):
        if not any(groups.would_join(kept, other, *pair.ids) for pair in apart.values()):
            groups.join(kept, other, reason)
    same = {id: Link(groups.root(id), groups.reason[id]) for id in sorted(groups.reason)}
    rejected = {
        pair.ids[0]: f"A person decided in line {pair.line} to leave it out{pair.note}."
        for pair in resolved
        if pair.verb == "reject"
    }
    names: dict[str, str] = {}
    for pair in resolved:
        if pair.verb == "rename":
            root = groups.root(pair.ids[0])
            if names.setdefault(root, pair.name) != pair.name:
                first = next(
                    other.line for other in resolved if other.verb == "rename" and groups.root(other.ids[0]) == root
                )
                raise DecisionError(
                    f"{where}: lines {first} and {pair.line}: {root} is given two names, {names[root]} and "
                    f"{pair.name}; delete one of the lines"
                )
    return Links(
        MappingProxyType(same),
        MappingProxyType(dict(sorted(rejected.items()))),
        MappingProxyType(dict(sorted(names.items()))),
        tuple(_candidates(seen, groups, set(apart), rejected, superior or _superior)),
        tuple(words for pair in looked_up for words in pair.unmet),
    )


def _hold_together(resolved: Sequence[_Resolved], where: str) -> None:
    """Raise :class:`~kg.errors.DecisionError` where one line leaves out what another makes the same as something."""
    rejected = {pair.ids[0]: pair.line for pair in resolved if pair.verb == "reject"}
    for pair in resolved:
        for id in pair.ids if pair.verb == "same" else ():
            if id in rejected:
                first, last = sorted((rejected[id], pair.line))
                raise DecisionError(
                    f"{where}: lines {first} and {last}: {id} is left out by one and made the same as another thing "
                    "by the other; delete one of the lines"
                )


class _Seen:
    """What the linker looks at: names, kinds of identity, and the bodies people serve."""

    __slots__ = ("bodies", "ids", "known", "serves")

    def __init__(self) -> None:
        self.ids: dict[str, set[str]] = defaultdict(set)
        """Identities by name."""
        self.known: set[str] = set()
        """All identities."""
        self.bodies: dict[str, set[str]] = defaultdict(set)
        """Names by identity of a body."""
        self.serves: dict[str, set[str]] = defaultdict(set)
        """Identities of the bodies a person has a post in, by identity of the person."""

    def has(self, words: str) -> bool:
        """Whether *words* are a name or an identity of something."""
        return words in self.ids or words in self.known

    @classmethod
    def of(cls, readings: Iterable[Reading]) -> _Seen:
        seen = cls()
        for reading in readings:
            organisations: dict[str, set[str]] = defaultdict(set)
            for item in reading.entities:
                seen.ids[item.name].add(item.id)
                seen.known.add(item.id)
                if item.type == "Organisation":
                    organisations[item.name].add(item.id)
                    seen.bodies[item.id].add(item.name)
            for item in reading.entities:
                if item.type == "Person":
                    seen.serves[item.id].update(
                        id for post in item.posts if post.org for id in organisations.get(post.org, ())
                    )
        return seen


class _Resolved:
    """A decision about identities, its names looked up."""

    __slots__ = ("ids", "line", "name", "note", "unmet", "verb")

    def __init__(self, decision: Decision, ids: tuple[str, ...], unmet: tuple[str, ...]) -> None:
        self.verb, self.name, self.line = decision.verb, decision.object, decision.line
        self.note = f" ({decision.note})" if decision.note else ""
        self.ids, self.unmet = ids, unmet

    @classmethod
    def of(cls, decision: Decision, seen: _Seen, base: str, where: str) -> _Resolved:
        where = f"{where}: line {decision.line}"
        named = [decision.subject, *([decision.object] if decision.verb in ("same", "not-same") else [])]
        ids = [id for words in named if (id := _lookup(words, seen, base, where))]
        unmet = tuple(
            f"{where}: no record has {words!r}; `kg facts` prints names and identities"
            for words in named
            if not seen.has(words.removeprefix(base))
        )
        if len(ids) == 2:
            first, second = (id.partition("/")[0] for id in ids)
            if ids[0] == ids[1]:
                raise DecisionError(f"{where}: {ids[0]} is named twice; name two entities")
            if first != second:
                raise DecisionError(f"{where}: a {first} cannot be a {second}; name two entities of one type")
        return cls(decision, tuple(ids), unmet)


def _lookup(words: str, seen: _Seen, base: str, where: str) -> str | None:
    """The identity that *words* give or name; None if nothing is named so."""
    id = words.removeprefix(base)
    if id.partition("/")[0] in _PREFIX.values() and "/" in id:
        return id
    found = sorted(seen.ids.get(words, ()))
    if not found:
        return None
    if len(found) > 1:
        raise DecisionError(f"{where}: {words!r} names {len(found)} entities; give one of {', '.join(found)}")
    return found[0]


class _Groups:
    """Identities joined to the one that is kept."""

    __slots__ = ("_parent", "reason")

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}
        self.reason: dict[str, str] = {}

    def root(self, id: str) -> str:
        while id in self._parent:
            id = self._parent[id]
        return id

    def join(self, kept: str, other: str, reason: str) -> None:
        kept, other = self.root(kept), self.root(other)
        if kept != other:
            self._parent[other] = kept
            self.reason[other] = reason

    def would_join(self, kept: str, other: str, first: str, second: str) -> bool:
        return {self.root(kept), self.root(other)} == {self.root(first), self.root(second)}


def _code(id: str) -> str:
    return id.split("/")[1] if id.count("/") else ""


def _bodies_of_a_county(seen: _Seen) -> list[tuple[str, str, str]]:
    """Bodies of one name and county under several identities: (kept, other, reason), sorted."""
    groups: dict[tuple[str, str], set[str]] = defaultdict(set)
    for id, names in seen.bodies.items():
        if _COUNTY.fullmatch(county := _code(id)[:6]):
            for name in names:
                groups[county, normal(name)].add(id)
    pairs: set[tuple[str, str, str]] = set()
    for (county, name), ids in groups.items():
        townships = {code for id in ids if len(code := _code(id)) > len(county)}
        if len(townships) > 1:
            continue  # two townships of one county may each have a body of the same bare name
        kept, *others = sorted(ids, key=lambda id: (-len(_code(id)), -id.count("/"), id))
        reason = f"Both bodies are named {name} and stand in the county {county}."
        pairs.update((kept, other, reason) for other in others)
    return sorted(pairs)


def _candidates(
    seen: _Seen,
    groups: _Groups,
    apart: set[frozenset[str]],
    rejected: dict[str, str],
    superior: Callable[[str], str | None],
) -> list[Candidate]:
    found: set[tuple[str, str, str]] = set()
    for name, ids in seen.ids.items():
        people = sorted(id for id in ids if id.startswith("person/") and id not in rejected)
        for first, second in combinations(people, 2):
            if groups.root(first) == groups.root(second) or frozenset((first, second)) in apart:
                continue
            low, high = sorted(
                (first, second), key=lambda id: (superior(_code(id)) != _code(_other(id, first, second)), id)
            )
            shared = seen.serves[first] & seen.serves[second]
            if shared:
                body = min(shared)
                found.add((first, second, f"Both are named {name} and have a post in {body}."))
            elif superior(_code(low)) == _code(high) != NATION:
                reason = f"Both are named {name}, and {_code(high)} is the district directly above {_code(low)}."
                found.add((first, second, reason))
    return [Candidate(*row) for row in sorted(found)]


def _other(id: str, first: str, second: str) -> str:
    return second if id == first else first


def _superior(code: str) -> str | None:
    from kg.chinese.places import superior

    try:
        division = superior(code)
    except KeyError:  # an uncoded place, or a township the gazetteer does not know
        return None
    return division.code if division else None
