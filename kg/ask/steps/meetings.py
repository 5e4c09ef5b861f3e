"""Meetings, and what is named beside them."""

from __future__ import annotations

from collections import defaultdict

from kg.ask.context import Context, Row, document
from kg.ask.dates import surely_before


def meetings(rows: list[Row], at: Context) -> list[Row]:
    """One row a meeting: when, where, by whom, and what the sentences that name it name too."""
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        level = at.districts[row["jurisdiction"]].level if row["jurisdiction"] in at.districts else None
        held = row["held"]
        if at.values["level"] not in ("all", level) or at.values["host"] not in (None, row["host"]):
            continue
        # With a time asked for, a meeting without a date is not known to lie in it.
        since, until = at.values["since"], at.values["until"]
        if (since or until) and not held:
            continue
        if (since and surely_before(held, since)) or (until and surely_before(until, held)):
            continue
        groups[row["meeting"]].append(row | {"level": level})
    named: dict[str, list[Row]] = {}
    found = []
    for same in groups.values():
        first = same[0]
        hosts = {row["host"] for row in same if row["host"]}
        beside: dict[str, set[str]] = {
            "Person": set(),
            "Organisation": set(),
            "Slogan": set(),
            "OfficialDocument": set(),
        }
        for row in same:
            article = row["article"]
            if article not in named:
                named[article] = at.select("named", article=article)
            start, end = at.sentence(document(article), row["start"], row["end"])
            for item in named[article]:
                if start <= item["start"] and item["end"] <= end:
                    beside[item["class"]].add(item["thing"])
        found.append(
            first
            | {
                "date": first["held"],
                "hosts": _listed(hosts, at)
                or "、".join(sorted({row["host_name"] for row in same if row["host_name"]})),
                "attended": _listed(beside["Person"] | beside["Organisation"] - hosts, at),
                "slogans": _listed(beside["Slogan"], at),
                "documents": _listed(beside["OfficialDocument"], at),
                "articles": len({row["article"] for row in same}),
                "evidence": tuple(dict.fromkeys(handle for row in same for handle in row.get("evidence", ()))),
            }
        )
    return sorted(found, key=lambda row: (row["date"] or "9", row["jurisdiction"], row["meeting"]))


def _listed(things: set[str], at: Context) -> str:
    return "、".join(sorted(at.label(thing) for thing in things))
