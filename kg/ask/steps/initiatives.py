"""Initiatives: what is known of each, and which bear nearly one name."""

from __future__ import annotations

from collections import defaultdict

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
        articles = {row["article"]: at.dates[row["article"]] for row in same if row["article"]}
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


Holder = tuple[str, str]
"""A thing and a jurisdiction that has it."""


def same_named(rows: list[Row], at: Context) -> list[Row]:
    """Groups of initiatives of several bodies under one name or names alike to it; of a group some may be slogans."""
    holders: defaultdict[Holder, list[Row]] = defaultdict(list)
    names: defaultdict[str, set[Holder]] = defaultdict(set)
    own: dict[str, str] = {}
    spelled: dict[str, str] = {}
    for row in rows:
        key = row["thing"], row["place"]
        holders[key].append(row)
        label = row["label"] or at.label(row["thing"])
        words = spelled.get(label)
        if words is None:
            words = spelled[label] = normal(label)
        names[words].add(key)
        if words not in own or (row["use"] is None and len(label) < len(own[words])):
            own[words] = label
    owners = {key: _owners(found) for key, found in holders.items()}
    groups: defaultdict[str, dict[Holder, tuple[float, str]]] = defaultdict(dict)
    for name, keys in names.items():
        groups[name] |= dict.fromkeys(keys, (1.0, "same"))
    for first, second, score in alike(names, at.values["similarity"]):
        # A pair of names stands once: under the one more bodies have, the shorter one of equals.
        head, other = sorted((first, second), key=lambda name: (-len(names[name]), len(name), name))
        for key in names[other]:
            why = "contains" if head in other else "part" if other in head else "similar"
            groups[head][key] = max((score, why), groups[head].get(key, (0.0, "")))
    wanted, place = normal(at.values["words"]), at.values["jurisdiction"]
    kept: dict[frozenset[Holder], str] = {}
    for name in sorted(groups, key=lambda name: (len(name), name)):
        group = groups[name]
        if len({frozenset(owners[key]) for key in group}) < 2 or not any(_is_initiative(key) for key in group):
            continue
        if wanted and not any(wanted in other for other in (name, *(normal(at.label(key[0])) for key in group))):
            continue
        if place is None or any(key[1] == place for key in group):
            kept.setdefault(frozenset(group), name)
    found = []
    whole = [name for holding, name in kept.items() if not any(holding < other for other in kept)]
    # First what is an initiative under the name itself, then slogans that only contain one or stand in one.
    whole.sort(key=lambda name: (not any(_is_initiative(key) for key in names[name]), -len(groups[name]), name))
    for number, name in enumerate(whole, 1):
        for key, (score, why) in sorted(groups[name].items(), key=lambda item: (-item[1][0], item[0][1], item[0][0])):
            found.append(
                {
                    "group": number,
                    "name": own[name],
                    "thing": key[0],
                    "place": key[1],
                    "owners": _names(holders[key], at),
                    "likeness": score,
                    "why": why,
                    "evidence": _evidence(holders[key]),
                }
            )
    return found


def _is_initiative(holder: Holder) -> bool:
    return holder[0].startswith("initiative/")
