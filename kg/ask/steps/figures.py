"""Figures by body and year."""

from __future__ import annotations

import re
from collections import defaultdict

from kg.ask.context import Context, Row, article_of, document
from kg.identity import normal

_YEAR = re.compile(r"\d{4}")
_SEVERAL = re.compile(
    r"以来|至今|期间|[一二两三四五六七八九十几\d]+年[来间多]|届|五年|\d{4}\D{0,2}[-—–~～至到]\D{0,2}\d{4}|“?十[一二三四五]五"
)
"""What a period of several years, or one that only has a beginning, is told by."""
_LISTED = 6


def _dated(row: Row, at: Context) -> Row:
    """The row with its article, and its year: of the period where that is a date, none where the period is several years,
    else of the document.
    """
    article, period = article_of(row["figure"]), row["period"] or ""
    if _SEVERAL.search(period):
        return row | {"article": article, "year": None, "year_basis": "several"}
    found = _YEAR.match(period)
    year = found[0] if found else (at.dates[article] or "")[:4]
    return row | {
        "article": article,
        "year": year or None,
        "year_basis": "period" if found else "document" if year else None,
    }


def values(rows: list[Row], at: Context) -> list[Row]:
    """The values asked for, in the order of bodies, years and measures."""
    found = []
    for row in (_dated(row, at) for row in rows):
        if at.values["year"] in ("", row["year"]) and at.values["body"] in (None, row["whose"]):
            body = at.label(row["whose"]) if row["whose"] else row["body_name"]
            found.append(row | {"body": body, "document": row["article"]})
    return sorted(
        found,
        key=lambda row: (
            row["body"] or "",
            row["year"] or "",
            row["measure"],
            document(row["document"]),
            row["figure"],
        ),
    )


def compared(rows: list[Row], at: Context) -> list[Row]:
    """Ranks among the jurisdictions under one superior, for each year and unit that at least two of them have.

    Only figures that count just what was asked for: 立案提案 are 提案, 提案办理协商会 are not.
    """
    groups: defaultdict[tuple[str, str, str], list[Row]] = defaultdict(list)
    counted = normal(at.values["indicator"])
    every = [_dated(row, at) for row in rows]
    for row in (row for row in every if normal(row["measure"]).endswith(counted)):
        # The identity of a body begins with the code of its district.
        jurisdiction = f"district/{row['whose'].split('/')[1]}" if row["whose"] else ""
        place = at.districts.get(jurisdiction)
        if place is None or place.parent is None or at.values["year"] not in ("", row["year"]):
            continue
        period = row["year"] or row["period"] or ""
        groups[place.parent, period, row["unit"] or ""].append(row | {"jurisdiction": jurisdiction})
    found = []
    for (superior, _, unit), same in sorted(groups.items()):
        if len({row["jurisdiction"] for row in same}) < 2:
            continue
        ordered = sorted(same, key=lambda row: (-row["value"], row["jurisdiction"], row["figure"]))
        for row in ordered:
            found.append(
                row
                | {
                    "superior": superior,
                    "unit": unit,
                    "rank": 1 + sum(other["value"] > row["value"] for other in same),
                    "body": at.label(row["whose"]) if row["whose"] else row["body_name"],
                    "document": row["article"],
                }
            )
    if every and not found:
        at.notes.append(_incomparable(every, counted, at))
    return found


def _incomparable(rows: list[Row], counted: str, at: Context) -> str:
    """Why nothing is compared, of the figures there are."""
    found = [row for row in rows if normal(row["measure"]).endswith(counted)]
    about = "" if found else f", none of which counts just {counted}"
    said = [
        f"{at.label(row['whose']) if row['whose'] else row['body_name'] or '?'} "
        f"{'' if found else row['measure'] + ' '}{row['value']}{row['unit'] or ''} ({row['period'] or row['year'] or '?'})"
        for row in found or rows
    ]
    units = sorted({row["unit"] or "" for row in found})
    differ = f"units {'/'.join(units)} differ; " if len(units) > 1 else ""
    figures = "1 figure" if len(said) == 1 else f"{len(said)} figures"
    listed = ", ".join(said[:_LISTED]) + (" …" if len(said) > _LISTED else "")
    return f"{figures} found{about}; {differ}no two jurisdictions under one superior have one year and unit: {listed}"
