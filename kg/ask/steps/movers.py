"""People who move, and what follows them."""

from __future__ import annotations

from collections import defaultdict
from itertools import permutations

from kg.ask.context import Context, Row
from kg.ask.dates import lag, span, surely_before
from kg.identity import normal

Firsts = dict[tuple[str, str], tuple[str, str]]
"""First date and name by kind and words."""


def movers(rows: list[Row], at: Context) -> list[Row]:
    """Arrivals in a jurisdiction, and the slogans and initiatives of the one before that it then first uses."""
    stays: defaultdict[str, defaultdict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    other_selves: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        stays[row["official"]][row["jurisdiction"]].append(row)
        if row["other"] and row["other"].startswith("person/"):
            other_selves[row["official"]].add(row["other"])
    known: dict[str, Firsts] = {}
    found = []
    for person in sorted(stays):
        if at.values["person"] not in (None, person):
            continue
        moves = [(*pair, "one", stays[person], stays[person]) for pair in permutations(sorted(stays[person]), 2)]
        for other in sorted(other_selves[person] & stays.keys()):
            moves += [
                (here, there, "candidate", stays[person], stays[other])
                for here in sorted(stays[person])
                for there in sorted(stays[other])
                if here != there
            ]
        for origin, destination, identity, left, came in moves:
            departed = min(row["date"] for row in left[origin])
            arrived = min(row["date"] for row in came[destination])
            if not surely_before(departed, arrived):
                continue
            evidence = tuple(
                dict.fromkeys(item for row in (*left[origin], *came[destination]) for item in row.get("evidence", ()))
            )
            there, here = (_firsts(place, known, at) for place in (origin, destination))
            for key in sorted(there.keys() & here.keys()):
                (first, name), (then, _) = there[key], here[key]
                months = lag(arrived, then)
                if surely_before(first, then) and months[1] >= 0 and months[0] <= at.values["within"]:
                    found.append(
                        {
                            "person": person,
                            "origin": origin,
                            "destination": destination,
                            "arrived": arrived,
                            "kind": key[0],
                            "words": name,
                            "there": first,
                            "here": then,
                            "months": span(months),
                            "identity": identity,
                            "evidence": evidence,
                        }
                    )
    return found


def _firsts(place: str, known: dict[str, Firsts], at: Context) -> Firsts:
    if place not in known:
        firsts: Firsts = {}
        for row in at.select("first_of_place", place=place):
            key = row["kind"], normal(row["words"])
            date, words = row["date"], row["words"]
            if key not in firsts or date < firsts[key][0]:
                firsts[key] = date, words
        known[place] = firsts
    return known[place]
