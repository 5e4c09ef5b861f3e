"""Likeness: of jurisdictions by what they share, of names by their characters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import combinations

from kg.ask.context import Context, Row
from kg.identity import normal


def jurisdictions(rows: list[Row], at: Context) -> list[Row]:
    """Pairs of jurisdictions by what they share: slogans, and initiatives of one name."""
    slogans: defaultdict[str, set[str]] = defaultdict(set)
    initiatives: defaultdict[str, set[str]] = defaultdict(set)
    users: defaultdict[str, set[str]] = defaultdict(set)
    evidence: defaultdict[tuple[str, str], list[object]] = defaultdict(list)
    for row in rows:
        words = row["slogan"] if row["slogan"] else f"initiative {normal(row['words'])}"
        (slogans if row["slogan"] else initiatives)[row["place"]].add(words)
        users[words].add(row["place"])
        evidence[row["place"], words] += row.get("evidence", ())
    everything = {place: slogans[place] | initiatives[place] for place in {*slogans, *initiatives}}
    wanted = at.values["jurisdiction"]
    pairs = (
        {tuple(sorted((wanted, place))) for words in everything.get(wanted, ()) for place in users[words] - {wanted}}
        if wanted
        else set(combinations(sorted(everything), 2))
    )
    measured = []
    for first, second in pairs:
        shared = everything[first] & everything[second]
        if shared:
            either = len(everything[first]) + len(everything[second]) - len(shared)
            measured.append((-len(shared), -len(shared) / either, first, second))
    measured.sort()
    found = []
    for _, likeness, first, second in measured[: int(at.values["top"])]:
        relation = _relation(first, second, at)
        if relation == "above" and second not in at.above(first):
            first, second = second, first
        both = slogans[first] & slogans[second], initiatives[first] & initiatives[second]
        found.append(
            {
                "first": first,
                "second": second,
                "relation": relation,
                "slogans": len(both[0]),
                "initiatives": len(both[1]),
                "likeness": round(-likeness, 3),
                "shared": "、".join(
                    sorted({at.label(slogan) for slogan in both[0]} | {name.split(" ", 1)[1] for name in both[1]})
                ),
                "evidence": tuple(
                    dict.fromkeys(
                        item for words in sorted(both[0] | both[1]) for place in (first, second)
                        for item in evidence[place, words]
                    )
                ),
            }
        )  # fmt: skip
    return found


def _relation(first: str, second: str, at: Context) -> str:
    if first in at.above(second) or second in at.above(first):
        return "above"
    parents = [at.districts[place].parent if place in at.districts else None for place in (first, second)]
    return "siblings" if parents[0] is not None and parents[0] == parents[1] else "other"


def likeness(first: str, second: str) -> float:
    """How alike two names are, from 0 to 1: the share of characters they have in common in one order (Ratcliff and
    Obershelp's measure, as :mod:`difflib` has it).

    >>> likeness("书香政协", "书香政协"), round(likeness("微协商", "微言要议微协商"), 2)
    (1.0, 0.6)
    """
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def alike(names: Iterable[str], limit: float) -> Iterator[tuple[str, str, float]]:
    """Pairs of distinct normalised names at least so alike, or of which one of three characters or more contains the
    other. Names without two characters in a row in common are never compared.
    """
    ordered = sorted(set(names))
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(ordered):
        for pair in {name[i : i + 2] for i in range(len(name) - 1)}:
            places[pair].append(place)
    common: defaultdict[tuple[int, int], int] = defaultdict(int)
    for found in places.values():
        for pair_of in combinations(found, 2):
            common[pair_of] += 1
    for (one, other), shared in sorted(common.items()):
        first, second = ordered[one], ordered[other]
        shorter, longer = sorted((first, second), key=len)
        if len(shorter) > 2 and shorter in longer:
            yield first, second, round(max(likeness(first, second), 2 * len(shorter) / len(first + second)), 3)
        # Names that share few pairs of characters cannot be so alike.
        elif 2 * (shared + 1) >= limit * len(first + second) * 0.5 and (score := likeness(first, second)) >= limit:
            yield first, second, round(score, 3)
