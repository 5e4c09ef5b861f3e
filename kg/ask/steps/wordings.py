"""The words of slogans: variants, and parts."""

from __future__ import annotations

import re
from collections import defaultdict

from kg.ask.context import Context, Row, article_of
from kg.ask.steps.similarity import likeness
from kg.identity import normal

_NUMBER = re.compile(r"[一二两双三四五六七八九十百\d]+(?:个|大|项|条|位|新|高|好|有|地|县|都|区|抓|进|实)?")


def variants(rows: list[Row], at: Context) -> list[Row]:
    """The wordings of a slogan and of those that contain it, stand in it or nearly equal it, each with its time."""
    slogan = at.values["slogan"]
    words = normal(at.label(slogan))
    relations: dict[str, str | None] = {}
    groups: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        other = row["other"]
        if other not in relations:
            relations[other] = "same" if other == slogan else _related(words, normal(row["label"]), at)
        if not relations[other]:
            continue
        for named in at.placed(at.select("wordings_of", slogan=other)):
            wording = named["wording"].strip("“”\"'‘’")
            # A passage may quote more than the slogan: the body that uses it, a whole sentence.
            if normal(wording) == normal(row["label"]):
                handle = (f"<{at.corpus.base}{named['passage']}>",)
                groups[other, wording].append(named | {"evidence": (handle,)})
    users = {other: _users(other, at) for other, _ in groups}
    firsts = {key: min((row["date"] for row in found if row["date"]), default=None) for key, found in groups.items()}
    result = []
    for (other, wording), found in groups.items():
        articles = {row["article"]: row["date"] for row in found}
        dates = sorted(date for date in articles.values() if date)
        newer = [date for key, date in firsts.items() if date and dates and key != (other, wording) and date > dates[0]]
        names = sorted({name for article in articles for name in users[other].get(article, ())})
        late = {
            name
            for article, date in articles.items()
            if date and newer and date > min(newer)
            for name in users[other].get(article, ())
        }
        result.append(
            {
                "wording": wording,
                "slogan": other,
                "relation": relations[other],
                "first": dates[0] if dates else None,
                "last": dates[-1] if dates else None,
                "documents": len(articles),
                "users": "、".join(names),
                "kept_by": "、".join(sorted(late)),
                "evidence": tuple(dict.fromkeys(handle for row in found for handle in row.get("evidence", ()))),
            }
        )
    order = ["same", "contains", "part", "similar"]
    return sorted(result, key=lambda row: (order.index(row["relation"]), row["first"] or "9", row["wording"]))


def _related(words: str, other: str, at: Context) -> str | None:
    if words in other:
        return "contains"
    if len(other) > 2 and other in words:
        return "part"
    alike = abs(len(words) - len(other)) <= max(len(words), len(other)) / 2 and set(words) & set(other)
    return "similar" if alike and likeness(words, other) >= at.values["similarity"] else None


def _users(slogan: str, at: Context) -> dict[str, set[str]]:
    """Names of the users of a slogan by article."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in at.select("users", slogan=slogan):
        found[article_of(row["use"])].add(at.label(row["user"]) if row["user"] else row["name"])
    return found


def components(rows: list[Row], at: Context) -> list[Row]:
    """The parts of slogans; a slogan with a number and no part has one row that says so."""
    found = []
    for row in rows:
        if row["component"]:
            found.append(row | {"spelled_out": "yes"})
        elif at.values["slogan"] or row["kind"] == "Numeric" or _NUMBER.match(row["label"]):
            found.append(row | {"spelled_out": "no"})
    return sorted(
        found, key=lambda row: (row["spelled_out"] == "no", row["label"], row["slogan"], row["position"] or 0)
    )
