"""Two builds compared, and the decisions of people under new texts."""

from __future__ import annotations

from typing import Any

from kg.ask.context import Context, Row, document, graph_of
from kg.identity import iri

Statement = tuple[str, str, Any]


def _digests(rows: list[Row]) -> dict[str, str]:
    return {row["article"]: row["sha256"] for row in rows}


def _other(at: Context) -> Context:
    other = at.values["other"]
    return Context(other, other.store)


def changes(rows: list[Row], at: Context) -> list[Row]:
    """Documents added, withdrawn and changed, and the statements that came or went with them."""
    before, now = _other(at), _digests(rows)
    then = _digests(before.select("digests"))
    found: list[Row] = []
    differing = sorted((article for article in now | then if now.get(article) != then.get(article)), key=document)
    for article in differing:
        change = "added" if article not in then else "withdrawn" if article not in now else "changed"
        found.append({"change": change, "what": "document", "document": document(article)})
    compared = sorted(now | then, key=document) if at.values["compare"] == "all" else differing
    for change, here, there, articles in (
        ("added", at, before, now),
        ("withdrawn", before, at, then),
    ):
        said: dict[str, set[Statement]] = {}
        seen: set[Statement] = set()
        for article in (article for article in compared if article in articles):
            statements = {
                (row["subject"], row["predicate"], row["object"])
                for row in here.select("statements", graph=graph_of(article))
            }
            for subject, predicate, object in sorted(statements, key=lambda item: tuple(map(str, item))):
                if subject not in said:
                    said[subject] = {
                        (row["subject"], row["predicate"], row["object"])
                        for row in there.select("stated", subject=subject)
                    }
                if (subject, predicate, object) in said[subject] or (subject, predicate, object) in seen:
                    continue
                seen.add((subject, predicate, object))
                found.append(
                    {
                        "change": change,
                        "what": "statement",
                        "document": document(article),
                        "subject": subject,
                        "predicate": predicate.rpartition("#")[2].rpartition("/")[2],
                        "object": str(object),
                    }
                )
    return found


def decisions(rows: list[Row], at: Context) -> list[Row]:
    """What people decided, from the links of the build, and whether it must be looked at again."""
    links, now = at.corpus.links, _digests(rows)
    then = _digests(_other(at).select("digests")) if at.values["other"] is not None else None
    decided: list[tuple[str, str, str, str]] = []
    for id, link in links.same.items():
        if "A person decided" in link.reason:
            decided.append(("same", id, link.target, link.reason))
    decided += [("reject", id, "", reason) for id, reason in links.rejected.items()]
    decided += [("rename", id, name, "") for id, name in links.names.items()]
    found = []
    for verb, subject, object, reason in sorted(decided):
        # The graph shows what was merged under one identity and what was left out not at all; the readings show both.
        things = {subject, object} if verb == "same" else {subject}
        articles = _articles(things, at.corpus)
        earlier = _articles(things, at.values["other"]) if then is not None else set()
        changed = {
            article for article in articles | earlier if then is not None and now.get(article) != then.get(article)
        }
        found.append(
            {
                "decision": verb,
                "subject": subject,
                "object": object,
                "reason": reason,
                "documents": "、".join(sorted(document(article) for article in articles)),
                "changed": "、".join(sorted(document(article) for article in changed)),
                "look_again": "unknown" if then is None else "yes" if changed else "no",
            }
        )
    found += [{"decision": "unmet", "subject": "", "reason": words, "look_again": "yes"} for words in links.unmet]
    return found


def _articles(things: set[str], corpus: Any) -> set[str]:
    return {
        f"article/{iri(reading.doc)}"
        for reading in corpus.readings
        if any(entity.id in things for entity in reading.entities)
    }
