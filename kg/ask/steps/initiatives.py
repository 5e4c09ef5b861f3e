"""Initiatives: what is known of each, and which bear nearly one name."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from kg.ask.context import Context, Row
from kg.ask.dates import last_day
from kg.ask.steps.similarity import alike
from kg.identity import normal


def initiatives(rows: list[Row], at: Context) -> list[Row]:
    """One row an initiative: owners, parts, first and last date, number of documents."""
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["initiative"]].append(row)
    found = []
    for initiative, same in groups.items():
        parts = sorted({(row["position"], row["part"]) for row in same if row["component"]})
        articles = {row["article"]: row["date"] for row in same if row["article"]}
        dates = [date for date in articles.values() if date]
        found.append(
            {
                "initiative": initiative,
                "kind": same[0]["kind"],
                "jurisdiction": same[0]["jurisdiction"],
                "owners": _names(same, at),
                "parts": " | ".join(part for _, part in parts),
                "first": min(dates, default=None),
                "last": max(dates, key=last_day, default=None),
                "documents": len(articles),
                "evidence": _evidence(same),
            }
        )
    return sorted(found, key=lambda row: (row["jurisdiction"], row["first"] or "9", at.label(row["initiative"])))


def _owners(rows: list[Row]) -> set[str]:
    return {row["owner"] or row["owner_name"] or row["place"] for row in rows}


def _names(rows: list[Row], at: Context) -> str:
    owners = {at.label(row["owner"]) for row in rows if row["owner"]}
    return "、".join(sorted(owners | {row["owner_name"] for row in rows if row["owner_name"]}))


def _evidence(rows: list[Row]) -> tuple[object, ...]:
    return tuple(dict.fromkeys(handle for row in rows for handle in row.get("evidence", ())))


def same_named(rows: list[Row], at: Context) -> list[Row]:
    """Pairs of initiatives of different bodies whose names are alike; of a pair one may be a slogan of that body."""
    holders: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    names: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in rows:
        key = row["thing"], row["place"]
        holders[key].append(row)
        names[normal(row["label"])].add(key)
    words = normal(at.values["words"])
    initiatives = {name for name, keys in names.items() if any(thing.startswith("initiative/") for thing, _ in keys)}
    pairs: list[tuple[tuple[str, str], tuple[str, str], float]] = []
    compared = {name for name in names if words in name} if words else initiatives
    for name in initiatives & compared:
        pairs += [(*pair, 1.0) for pair in combinations(sorted(names[name]), 2)]
    for first, second, score in alike(names if words else initiatives, at.values["similarity"]):
        if words and first not in compared and second not in compared:
            continue
        pairs += [(one, other, score) for one in sorted(names[first]) for other in sorted(names[second])]
    found = []
    best: dict[tuple[tuple[str, str], tuple[str, str]], float] = {}
    for one, other, score in pairs:
        if one != other:
            pair = min(one, other), max(one, other)
            best[pair] = max(score, best.get(pair, 0.0))
    for (one, other), score in best.items():
        if (
            one[1] == other[1]
            or _owners(holders[one]) == _owners(holders[other])
            or not any(thing.startswith("initiative/") for thing, _ in (one, other))
        ):
            continue
        if at.values["jurisdiction"] not in (None, one[1], other[1]):
            continue
        found.append(
            {
                "first": one[0],
                "first_place": one[1],
                "first_owners": _names(holders[one], at),
                "second": other[0],
                "second_place": other[1],
                "second_owners": _names(holders[other], at),
                "likeness": score,
                "evidence": _evidence([*holders[one], *holders[other]]),
            }
        )
    return sorted(
        found,
        key=lambda row: (
            -row["likeness"],
            at.label(row["first"]),
            row["first_place"],
            row["second"],
            row["second_place"],
        ),
    )
