"""Meetings, and what is named beside them."""

from __future__ import annotations

from collections import defaultdict

from kg.ask.context import Context, Row, document, graph_of, spot
from kg.ask.dates import surely_before
from kg.errors import QuestionError

_FEW = 250


def meetings(rows: list[Row], at: Context) -> list[Row]:
    """One row a meeting: when, where, by whom, and what the sentences that name it name too."""
    groups: dict[str, Row] = {}
    if at.values["since"] and at.values["until"] and surely_before(at.values["until"], at.values["since"]):
        raise QuestionError(f"meetings: --until {at.values['until']} lies before --since {at.values['since']}")
    passages: defaultdict[str, list[Row]] = defaultdict(list)
    rows = _dated(rows, at)
    for row in at.placed(row for row in rows if row["passage"]):
        passages[row["meeting"]].append(row)
    for row in (row for row in rows if not row["passage"]):
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
        known = groups.setdefault(row["meeting"], row | {"level": level, "hosting": []})
        known["hosting"].append(row)
    named = _named({row["article"] for meeting in groups for row in passages[meeting]}, at)
    found = []
    for meeting, first in groups.items():
        same, hosting = passages[meeting], first["hosting"]
        hosts = {row["host"] for row in hosting if row["host"]}
        beside: dict[str, set[str]] = {
            "Person": set(),
            "Organisation": set(),
            "Slogan": set(),
            "OfficialDocument": set(),
        }
        for row in same:
            start, end = at.sentence(document(row["article"]), row["start"], row["end"])
            for item in named[row["article"]]:
                if start <= item["start"] and item["end"] <= end:
                    beside[item["class"]].add(item["thing"])
        found.append(
            first
            | {
                "date": first["held"],
                "hosts": _listed(hosts, at)
                or "、".join(sorted({row["host_name"] for row in hosting if row["host_name"]})),
                "named_with": _listed(beside["Person"] | beside["Organisation"] - hosts, at),
                "slogans": _listed(beside["Slogan"], at),
                "documents": _listed(beside["OfficialDocument"], at),
                "articles": len({row["article"] for row in same}),
                "evidence": tuple(dict.fromkeys(handle for row in same for handle in row.get("evidence", ()))),
            }
        )
    return sorted(found, key=lambda row: (row["date"] or "9", row["jurisdiction"], row["meeting"]))


def _dated(rows: list[Row], at: Context) -> list[Row]:
    """The rows, those of a meeting without a date as those of the one dated meeting of its name, hosts and jurisdiction."""
    hosts: defaultdict[str, set[str]] = defaultdict(set)
    meetings: dict[str, Row] = {}
    for row in rows:
        if not row["passage"]:
            meetings[row["meeting"]] = row
            hosts[row["meeting"]] |= {host for host in (row["host"], row["host_name"]) if host}
    named: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in meetings.values():
        if row["held"]:
            named[at.label(row["meeting"]), row["jurisdiction"]].append(row)
    same: dict[str, Row] = {}
    for id, row in meetings.items():
        dated = named[at.label(id), row["jurisdiction"]]
        if not row["held"] and len(dated) == 1:
            other = dated[0]["meeting"]
            if not hosts[id] or not hosts[other] or hosts[id] == hosts[other]:
                same[id] = dated[0]
    return [
        row | {"meeting": same[row["meeting"]]["meeting"], "held": same[row["meeting"]]["held"]}
        if row["meeting"] in same
        else row
        for row in rows
    ]


def _named(articles: set[str], at: Context) -> defaultdict[str, list[Row]]:
    """What is named in each of these articles; asked of each, or of all at once where they are many."""
    if len(articles) > _FEW:
        rows = at.select("all_named")
    else:
        rows = [row for article in sorted(articles) for row in at.select("named", graph=graph_of(article))]
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        article, start, end = spot(row["passage"])
        if article in articles:
            found[article].append({"thing": row["thing"], "class": row["class"], "start": start, "end": end})
    return found


def _listed(things: set[str], at: Context) -> str:
    return "、".join(sorted(at.label(thing) for thing in things))
