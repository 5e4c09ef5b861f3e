"""What there is, and who made a statement."""

from __future__ import annotations

from kg.ask.context import Context, Row, document


def made_by(rows: list[Row], at: Context) -> list[Row]:
    """The rows that fit the predicate and object asked for, with the reader, and the reason of any link of the subject."""
    maker = ", ".join(f"{row['name']} {row['version']}" for row in at.select("makers"))
    reasons = [row["reason"] for row in at.select("linked", subject=at.values["subject"])]
    found = []
    for row in rows:
        target = row["name"] or str(row["target"])
        if at.values["object"] in target:
            predicate = row["term"].rpartition("#")[2].rpartition("/")[2]
            found.append(
                row
                | {"predicate": predicate, "object": target, "document": row["article"]}
                | {"maker": "; ".join([maker, *reasons])}
            )
    return sorted(
        found, key=lambda row: (row["predicate"], row["object"], document(row["document"]), row["start"], row["rule"])
    )


def coverage(rows: list[Row], at: Context) -> list[Row]:
    """The counts asked for; jurisdictions without a document last."""
    wanted = at.values["jurisdiction"]
    kept = [row | {"jurisdiction": row["place"]} for row in rows if wanted in (None, row["place"])]
    return sorted(
        kept, key=lambda row: (row["documents"] == 0, row["place"] or "", row["month"] or "", row["publisher"] or "")
    )
