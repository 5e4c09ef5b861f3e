"""The report of a build, in Markdown: what was read, what was found, what stayed open, whether the graph holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from kg.builds.manifest import Manifest
from kg.link import Links
from kg.model import TYPES, Evidence, Reading

if TYPE_CHECKING:
    from kg.graph.check import CheckReport

_LISTED = 200
"""Rows that a list of the report shows before it says how many more there are."""

_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>|#~]")
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def visible(words: str) -> str:
    r"""*words* on one line, with control, bidirectional and invisible characters written out.

    >>> visible("道里区\n\u202e政协")
    '道里区\\n\\u202e政协'
    """
    return _INVISIBLE.sub(lambda char: ascii(char[0])[1:-1], words)


def report(manifest: Manifest, readings: Sequence[Reading], links: Links, check: CheckReport) -> str:
    """The text of ``report.md``; the same build gives the same text."""
    return "\n".join(_lines(manifest, readings, links, check)) + "\n"


def _lines(manifest: Manifest, readings: Sequence[Reading], links: Links, check: CheckReport) -> Iterator[str]:
    evidence = sum(len(entity.evidence) for reading in readings for entity in reading.entities)
    graph = manifest.graph
    yield "# Report of the build"
    yield ""
    yield f"- Documents: {len(readings)} read, {len(manifest.failed)} failed"
    yield f"- Characters: {sum(reading.length for reading in readings):,}"
    yield f"- Records: {sum(len(reading.entities) for reading in readings):,}, resting on {evidence:,} passages; every quote stands in its text where its offsets say"
    yield f"- Entities: {sum(graph['entities'].values()):,}; a record is what one document says of a thing, an entity is the thing over all documents, its records linked"
    yield f"- Graph: {graph['quads']:,} quads, {graph['claims']:,} claims"
    yield f"- Validation: {_verdict(check)}"
    yield f"- Made by tifa-kg {manifest.version}, reader {_text(manifest.reader['name'])} {_text(manifest.reader['version'])}"
    yield ""
    if manifest.failed:
        yield "## Files that could not be read"
        yield ""
        yield from _listed([f"- {_text(failure.message)}" for failure in manifest.failed])
        yield ""
    yield "## Documents"
    yield ""
    yield from _table(
        ("Document", "Title", "Date", "District", "Characters", *TYPES),
        [_document(reading) for reading in readings],
    )
    yield ""
    yield "## Coverage"
    yield ""
    yield "Documents by the district they speak from and the month they are dated. What is not covered cannot be found."
    yield ""
    yield from _table(("District", "Month", "Documents", "Characters"), _coverage(readings))
    yield ""
    yield "## Links"
    yield ""
    yield f"{_count(len(links.same), 'identity is', 'identities are')} read as another one, {_count(len(links.rejected), 'is', 'are')} left out, {_count(len(links.names), 'bears', 'bear')} a name that people chose; `links.json` says why."
    yield ""
    if links.unmet:
        yield "Decisions about what no record has:"
        yield ""
        yield from _listed([f"- {_text(words)}" for words in links.unmet])
        yield ""
    if links.candidates:
        yield "Pairs that may be one; write `same A B` or `not-same A B` into a file for `--decisions` to settle them:"
        yield ""
        yield from _listed(
            [f"- {_text(pair.first)} and {_text(pair.second)}: {_text(pair.reason)}" for pair in links.candidates]
        )
        yield ""
    yield "## Unresolved names"
    yield ""
    rows = [
        (reading.doc, name.type, _quote(name.evidence), ", ".join(name.candidates) or "none", name.reason)
        for reading in readings
        for name in reading.unresolved
    ]
    yield from _table(("Document", "Type", "Words", "Candidates", "Reason"), rows) if rows else ["None."]
    yield ""
    yield "## Validation"
    yield ""
    yield f"{_verdict(check)}."
    yield ""
    if check.violations:
        yield from _listed([f"- {_text(str(message))}" for message in check.violations])
        yield ""


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _verdict(check: CheckReport) -> str:
    if check.status == "conforms":
        return "conforms to the shapes"
    if check.status == "violations":
        return f"{len(check.violations)} violations of the shapes"
    return f"NOT CHECKED ({_text(check.reason)})"


def _document(reading: Reading) -> tuple[str, ...]:
    counts = Counter(entity.type for entity in reading.entities)
    meta = reading.meta
    date = (
        "unknown" if not meta.date else meta.date if meta.date_basis == "stated" else f"{meta.date} ({meta.date_basis})"
    )
    numbers = (str(counts[type]) for type in TYPES)
    title = f"{meta.title}：{meta.subtitle}" if meta.title and meta.subtitle else meta.title or "unknown"
    return (reading.doc, title, date, _district(reading), f"{reading.length:,}", *numbers)


def _district(reading: Reading) -> str:
    if reading.home is None:
        return "unknown"
    return (
        next(
            (entity.name for entity in reading.entities if entity.type == "District" and entity.code == reading.home),
            reading.meta.place,
        )
        + f" ({reading.home})"
    )


def _coverage(readings: Sequence[Reading]) -> list[tuple[str, ...]]:
    documents: Counter[tuple[str, str]] = Counter()
    characters: Counter[tuple[str, str]] = Counter()
    names: dict[str, str] = {"": "unknown"}
    for reading in readings:
        home = reading.home or ""
        # Of several readings of one district, the longest name says most, whatever their order.
        names[home] = max(names.get(home, ""), _district(reading), key=lambda name: (len(name), name))
        key = home, (reading.meta.date or "unknown")[:7]
        documents[key] += 1
        characters[key] += reading.length
    return [(names[key[0]], key[1], str(documents[key]), f"{characters[key]:,}") for key in sorted(documents)]


def _quote(evidence: Evidence) -> str:
    return evidence.quote if len(evidence.quote) <= 40 else f"{evidence.quote[:40]}…"


def _text(words: str) -> str:
    return _MARKDOWN.sub(lambda char: f"\\{char[0]}", visible(words))


def _listed(lines: Sequence[str]) -> Iterable[str]:
    rest = len(lines) - _LISTED
    return [*lines[:_LISTED], *([f"- … and {rest} more"] if rest > 0 else [])]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows[:_LISTED]:
        yield f"| {' | '.join(_text(cell) for cell in row)} |"
    if len(rows) > _LISTED:
        yield ""
        yield f"… and {len(rows) - _LISTED} more"
