"""Figures by body and year."""

from __future__ import annotations

import re
from collections import defaultdict

from kg.ask.context import Context, Row, article_of, document

_YEAR = re.compile(r"\d{4}")


def _dated(row: Row, at: Context) -> Row:
    """The row with its article, and its year: of the period where that is a date, else of the document."""
    article = article_of(row["figure"])
    found = _YEAR.match(row["period"] or "")
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
    """Ranks among the jurisdictions under one superior, for each year and unit that at least two of them have."""
    groups: defaultdict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in (_dated(row, at) for row in rows):
        # The identity of a body begins with the code of its district.
        jurisdiction = f"district/{row['whose'].split('/')[1]}" if row["whose"] else ""
        place = at.districts.get(jurisdiction)
        if place is None or place.parent is None or at.values["year"] not in ("", row["year"]):
            continue
        groups[place.parent, row["year"] or "", row["unit"] or ""].append(row | {"jurisdiction": jurisdiction})
    found = []
    for (superior, year, unit), same in sorted(groups.items()):
        if len({row["jurisdiction"] for row in same}) < 2:
            continue
        ordered = sorted(same, key=lambda row: (-row["value"], row["jurisdiction"], row["figure"]))
        for row in ordered:
            found.append(
                row
                | {
                    "superior": superior,
                    "year": year,
                    "unit": unit,
                    "rank": 1 + sum(other["value"] > row["value"] for other in same),
                    "body": at.label(row["whose"]) if row["whose"] else row["body_name"],
                    "document": row["article"],
                }
            )
    return found
