"""Statements that cannot all be so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator

from kg.ask.context import Context, Row, article_of, document, spot
from kg.ask.dates import overlap
from kg.ask.steps.officials import is_single
from kg.identity import normal


def conflicts(rows: list[Row], at: Context) -> list[Row]:
    """Groups of statements that conflict, each with a number of its own."""
    wanted = at.values["kind"]
    rows = [_dated(row, at) for row in rows]
    groups = []
    if wanted in ("all", "post"):
        groups += list(_posts((row for row in rows if row["person"]), at))
    if wanted in ("all", "figure"):
        groups += list(_figures((row for row in rows if row["figure"]), at))
    if wanted in ("all", "founder"):
        groups += list(_founders((row for row in rows if row["initiative"]), at))
    found = []
    for number, group in enumerate(groups, 1):
        for row in sorted(group, key=lambda row: (row["date"] or "", document(row["article"]), row["says"])):
            found.append(row | {"conflict": number, "document": row["article"]})
    return found


def _dated(row: Row, at: Context) -> Row:
    article = spot(row["passage"])[0] if row["passage"] else article_of(row["figure"])
    return row | {"article": article, "date": at.dates[article]}


def _grouped(rows: Iterable[Row], *keys: str) -> dict[tuple[Hashable, ...], list[Row]]:
    groups: defaultdict[tuple[Hashable, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[tuple(row[key] for key in keys)].append(row)
    return dict(sorted(groups.items(), key=lambda item: tuple(map(str, item[0]))))


def _posts(rows: Iterable[Row], at: Context) -> Iterator[list[Row]]:
    """Holders of one single post who are attested on dates that may be the same day."""
    for (body, post), held in _grouped(rows, "body", "post").items():
        if not is_single(str(post)):
            continue
        clash = [
            row
            for row in held
            if row["date"]
            and any(
                other["person"] != row["person"] and other["date"] and overlap(row["date"], other["date"])
                for other in held
            )
        ]
        if clash:
            about = at.label(str(body)) + str(post)
            yield _distinct(row | {"kind": "post", "about": about, "says": at.label(row["person"])} for row in clash)


def _figures(rows: Iterable[Row], at: Context) -> Iterator[list[Row]]:
    """Values of one measure, body, period and unit that differ, and do not merely bound each other."""
    keyed = (row | {"words": normal(row["measure"])} for row in rows)
    for (body, words, period, _), same in _grouped(keyed, "body", "words", "period", "unit").items():
        if any(_contradict(one, other) for one in same for other in same):
            about = f"{at.label(str(body))} {words} {period}"
            yield _distinct(
                row | {"kind": "figure", "about": about, "says": f"{row['value']}{row['unit'] or ''} ({row['bound']})"}
                for row in same
            )


def _contradict(one: Row, other: Row) -> bool:
    if one["value"] == other["value"] or "about" in (one["bound"], other["bound"]):
        return False
    low, high = sorted((one, other), key=lambda row: row["value"])
    # 200余 does not contradict 208, nor 近300 a 295.
    return not (low["bound"] == "more" or high["bound"] == "less")


def _founders(rows: Iterable[Row], at: Context) -> Iterator[list[Row]]:
    for (initiative,), same in _grouped(rows, "initiative").items():
        owners = {row["owner"] for row in same}
        # A body and its own organ do not contradict each other.
        if any(not (one.startswith(other) or other.startswith(one)) for one in owners for other in owners):
            about = at.label(str(initiative))
            yield _distinct(row | {"kind": "founder", "about": about, "says": at.label(row["owner"])} for row in same)


def _distinct(rows: Iterable[Row]) -> list[Row]:
    found: dict[tuple[str, str], Row] = {}
    for row in rows:
        key = row["says"], row["article"]
        if key in found:
            found[key]["evidence"] = tuple(dict.fromkeys((*found[key].get("evidence", ()), *row.get("evidence", ()))))
        else:
            found[key] = row
    return list(found.values())
