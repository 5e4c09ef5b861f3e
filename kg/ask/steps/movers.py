"""People who move, and what follows them."""

from __future__ import annotations

from collections import defaultdict
from itertools import permutations

from kg.ask.context import Context, Row, article_of
from kg.ask.dates import lag, span, surely_before
from kg.identity import normal

Firsts = dict[tuple[str, str], tuple[str, str]]
"""First date and name by kind and words."""


def movers(rows: list[Row], at: Context) -> list[Row]:
    """Arrivals in a jurisdiction, and the slogans and initiatives of the one before that it then first uses."""
    stays: defaultdict[str, defaultdict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    other_selves: defaultdict[str, set[str]] = defaultdict(set)
    for row in at.placed(rows):
        if not row["date"]:
            continue
        stays[row["official"]][row["jurisdiction"]].append(row)
        if row["other"] and row["other"].startswith("person/"):
            other_selves[row["official"]].add(row["other"])
    firsts: defaultdict[str, Firsts] | None = None
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
            if firsts is None:
                firsts = _firsts(at)
            there, here = firsts[origin], firsts[destination]
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


def _firsts(at: Context) -> defaultdict[str, Firsts]:
    """The first date of every slogan and initiative, by jurisdiction."""
    found: defaultdict[str, Firsts] = defaultdict(dict)
    uses = (
        (row["jurisdiction"], "slogan", at.label(row["slogan"]), article_of(row["use"])) for row in at.select("uses")
    )
    named = (
        (row["jurisdiction"], "initiative", row["words"], row["article"]) for row in at.select("initiatives_named")
    )
    for place, kind, words, article in (*uses, *named):
        date = at.dates[article]
        key = kind, normal(words)
        if date and (key not in found[place] or date < found[place][key][0]):
            found[place][key] = date, words
    return found
