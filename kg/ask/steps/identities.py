"""Who is who: names that stay open."""

from __future__ import annotations

from collections import defaultdict

from kg.ask.context import Context, Row, document
from kg.graph.statements import CLASS
from kg.vocab import KG

_TYPES = {own.removeprefix(KG.iri): type for type, (own, _) in CLASS.items()}


def unresolved(rows: list[Row], at: Context) -> list[Row]:
    """Open names with all their candidates, then pairs of things nobody has decided about."""
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["thing"]].append(row)
    found = []
    for thing, same in groups.items():
        first = same[0]
        is_pair = first["type"] == "pair"
        candidates = sorted({row["candidate"] for row in same if row["candidate"]} | ({thing} if is_pair else set()))
        found.append(
            first
            | {
                "type": "Person" if is_pair else _TYPES.get(first["type"], first["type"]),
                "candidates": ", ".join(candidates),
                "evidence": tuple(dict.fromkeys(handle for row in same for handle in row.get("evidence", ()))),
            }
        )
    return sorted(found, key=lambda row: (row["document"] is None, document(row["document"] or ""), row["thing"]))
