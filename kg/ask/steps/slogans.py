"""Slogans in time and space: first uses, lags, adoption, what stays below, what is dropped, what is a place's own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from kg.ask.context import LEVELS, Context, Row, article_of, document
from kg.ask.dates import lag, lag_of_firsts, overlap, span, surely_before
from kg.ask.steps.texts import OwnText, Standing
from kg.identity import normal


def first_use(rows: list[Row], at: Context) -> list[Row]:
    """The earliest use of each slogan; one of equals for each user and document, and what was read before it."""
    bases = {row["article"]: row["basis"] for row in at.documents}
    by_place: defaultdict[str, set[str]] = defaultdict(set)
    for item in at.documents:
        if item["jurisdiction"]:
            by_place[item["jurisdiction"]].add(item["article"])
    by_user: dict[str, set[str]] = {}
    found: list[Row] = []
    groups = _grouped(_dated(rows, at), "slogan")
    words = {slogan: normal(at.label(slogan)) for slogan in groups}
    standing = Standing(words.values(), at)
    for slogan, uses in groups.items():
        with_date = [row for row in uses if row["date"]]
        undated = len(uses) - len(with_date)
        first = min((row["date"] for row in with_date), default=None)
        said = standing.articles(words[slogan])
        # Where they stand as something else, mostly within a longer slogan.
        otherwise = {
            article: date
            for article in said - {row["article"] for row in uses}
            if first and (date := at.dates[article]) and not surely_before(first, date)
        }
        for row in with_date if first else uses:
            if row["date"] != first:
                continue
            user, place = row["user"], row["jurisdiction"]
            if first and user and user not in by_user:
                by_user[user] = {item["article"] for item in at.select("mentioning", thing=user)}
            of_user = _earlier(by_user[user] if first and user else (), first, at)
            of_place = _earlier(by_place[place] if place else (), first, at)
            found.append(
                row
                | {
                    "basis": bases[row["article"]],
                    "user": at.label(user) if user else row["user_name"],
                    "document": row["article"],
                    "as_early": sum(overlap(first, item["date"]) for item in with_date) - 1 if first else None,
                    "undated": undated,
                    "earlier_of_user": len(of_user - said) if first and user else None,
                    "earlier_of_place": len(of_place - said) if first and place else None,
                    "words_in": "、".join(
                        f"{document(article)}（{otherwise[article]}）" for article in sorted(otherwise, key=document)
                    ),
                }
            )
    return sorted(found, key=lambda row: (at.label(row["slogan"]), row["document"], row["user"] or "", row["use"]))


def _dated(rows: Iterable[Row], at: Context) -> list[Row]:
    """Uses with their articles and dates."""
    found = []
    for row in rows:
        article = article_of(row["use"])
        found.append(row | {"article": article, "date": at.dates[article]})
    return found


def _earlier(articles: Iterable[str], date: str | None, at: Context) -> set[str]:
    """Those of the articles that are dated surely before *date*."""
    if date is None:
        return set()
    return {article for article in articles if (known := at.dates[article]) and surely_before(known, date)}


def _grouped(rows: Iterable[Row], key: str) -> dict[str, list[Row]]:
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return groups


def _firsts(rows: Iterable[Row]) -> dict[str, Row]:
    """The first use in each jurisdiction; equals share their evidence."""
    firsts: dict[str, Row] = {}
    for row in rows:
        if not row["date"]:
            continue
        known = firsts.get(row["jurisdiction"])
        if known is None or row["date"] < known["date"]:
            firsts[row["jurisdiction"]] = row
        elif row["date"] == known["date"]:
            firsts[row["jurisdiction"]] = known | {"evidence": _evidence(known, row)}
    return firsts


def _evidence(*rows: Row) -> tuple[object, ...]:
    return tuple(dict.fromkeys(handle for row in rows for handle in row.get("evidence", ())))


def lags(rows: list[Row], at: Context) -> list[Row]:
    """The first use in each jurisdiction, and the months by which it follows those of the levels above."""
    origins = {row["slogan"]: row["year"] for row in at.select("origins")}
    wanted = at.values["jurisdiction"]
    # The uses of the places above are needed even where one place is asked for.
    rows = [row | {"jurisdiction": row["place"]} for row in rows]
    found: list[Row] = []
    for slogan, uses in _grouped(_dated(rows, at), "slogan").items():
        firsts = _firsts(uses)
        dates: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for use in uses:
            if use["date"]:
                dates[use["jurisdiction"]][use["article"]] = use["date"]
        for place, row in firsts.items():
            if wanted and place != wanted:
                continue
            behind = {
                at.districts[above].level: span(lag_of_firsts(dates[above], dates[place]))
                for above in at.above(place)
                if above in firsts
            }
            year = origins.get(slogan)
            found.append(
                row
                | {
                    "level": at.districts[place].level,
                    "after_centre": behind.get("nation"),
                    "after_origin": span(lag_of_firsts({"": year}, dates[place])) if year else None,
                    "after_province": behind.get("province"),
                    "after_city": behind.get("prefecture"),
                }
            )
    return sorted(
        found,
        key=lambda row: (at.label(row["slogan"]), row["date"], LEVELS.index(row["level"]), row["jurisdiction"]),
    )


def adoption(rows: list[Row], at: Context) -> list[Row]:
    """The curve of adoption by period, with its denominator and with what cannot be placed in a period."""
    size = 7 if at.values["by"] == "month" else 4
    placed = [row for row in _dated(rows, at) if row["date"] and len(row["date"]) >= size]
    firsts = _firsts(placed)
    covered: dict[str, str] = {}
    periods: set[str] = set()
    for row in (*at.documents, *_dated(at.select("uses"), at)):
        place, date = row["jurisdiction"], row["date"]
        if date and len(date) >= size:
            periods.add(date[:size])
            if place:
                covered[place] = min(covered.get(place, date[:size]), date[:size])
    found = []
    for period in sorted(periods):
        new = [row for row in firsts.values() if row["date"][:size] == period]
        adopted = sum(row["date"][:size] <= period for row in firsts.values())
        denominator = sum(first <= period for first in covered.values())
        found.append(
            {
                "period": period,
                "new": len(new),
                "adopted": adopted,
                "covered": denominator,
                "share": round(adopted / denominator, 3) if denominator else None,
                "unplaced": len(rows) - len(placed),
                "evidence": _evidence(*new),
            }
        )
    return found


def bottom_up(rows: list[Row], at: Context) -> list[Row]:
    """Slogans whose first use lies at county or city level, surely before any use at a higher level."""
    origins = {row["slogan"]: row["year"] for row in at.select("origins")}
    found: list[Row] = []
    for uses in _grouped(_dated(rows, at), "slogan").values():
        levels: dict[str, Row] = {}
        for place, row in sorted(_firsts(uses).items()):
            level = at.districts[place].level
            if level not in levels or row["date"] < levels[level]["date"]:
                levels[level] = row
        below = min(
            (levels[level] for level in ("county", "prefecture") if level in levels),
            key=lambda row: row["date"],
            default=None,
        )
        if below is None:
            continue
        level = at.districts[below["jurisdiction"]].level
        below |= {"level": level, "origin": origins.get(below["slogan"])}
        higher = min(
            (levels[name] for name in LEVELS[: LEVELS.index(level)] if name in levels),
            key=lambda row: row["date"],
            default=None,
        )
        if higher is None:
            if at.values["risen"] == "no":
                found.append(below)
        elif surely_before(below["date"], higher["date"]):
            found.append(
                below
                | {
                    "higher_level": at.districts[higher["jurisdiction"]].level,
                    "higher": higher["jurisdiction"],
                    "higher_date": higher["date"],
                    "lag": span(lag(below["date"], higher["date"])),
                    "evidence": _evidence(below, higher),
                }
            )
    return sorted(found, key=lambda row: (row.get("higher") is None, row["date"], at.label(row["slogan"])))


def dropped(rows: list[Row], at: Context) -> list[Row]:
    """What a body uses in the documents of one year, and whose words do not stand in its own text of the next."""
    texts = OwnText(at)
    years: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in _dated(rows, at):
        if not row["date"] or (at.values["title"] and at.values["title"] not in at.label(row["article"])):
            continue
        years[row["user"], row["date"][:4]].append(row)
    found = []
    for (user, year), uses in years.items():
        after = years.get((user, str(int(year) + 1)))
        if after is None or at.values["year"] not in ("", year):
            continue
        kept = {row["slogan"] for row in after}
        here, there = ({row["article"] for row in found_in} for found_in in (uses, after))
        characters = [sum(len(texts.of(user, article)) for article in articles) for articles in (here, there)]
        still = [texts.words(user, article) for article in sorted(there)]
        wordings = {slogan: normal(at.label(slogan)) for slogan in kept}
        for slogan, gone in _grouped(uses, "slogan").items():
            words = normal(at.label(slogan))
            if slogan not in kept and not any(words in text for text in still):
                others = {at.label(other) for other, part in wordings.items() if part in words}
                found.append(
                    {
                        "user": user,
                        "slogan": slogan,
                        "year": year,
                        "next_year": str(int(year) + 1),
                        "other_wording": "、".join(sorted(others)),
                        "documents": len(here),
                        "next_documents": len(there),
                        "characters": characters[0],
                        "next_characters": characters[1],
                        "evidence": _evidence(*gone),
                    }
                )
    return sorted(found, key=lambda row: (at.label(row["user"]), row["year"], at.label(row["slogan"])))


def own(rows: list[Row], at: Context) -> list[Row]:
    """The slogans of a jurisdiction by whether it alone uses them, shares them upwards, or with others only."""
    above = at.above(at.values["jurisdiction"])
    elsewhere: defaultdict[str, set[str]] = defaultdict(set)
    for row in at.select("uses"):
        elsewhere[row["slogan"]].add(row["jurisdiction"])
    found = []
    for slogan, uses in _grouped(_dated(rows, at), "slogan").items():
        others = elsewhere[slogan] - {at.values["jurisdiction"]}
        superiors = [place for place in above if place in others]
        status = "with superiors" if superiors else "with others" if others else "own"
        found.append(
            {
                "slogan": slogan,
                "status": status,
                "superiors": "、".join(at.label(place) for place in superiors),
                "others": len(others) - len(superiors),
                "first": min((row["date"] for row in uses if row["date"]), default=None),
                "evidence": _evidence(*uses),
            }
        )
    order = Counter({"own": 0, "with superiors": 1, "with others": 2})
    return sorted(found, key=lambda row: (order[row["status"]], at.label(row["slogan"])))
