"""The quality card in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.builds.report import visible
from kg.evaluation.card import Section, Table, headline, sections
from kg.evaluation.result import Case, Evaluation

_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>|#~]")


def markdown(evaluation: Evaluation) -> str:
    """The whole card, ending in a line break."""
    lines = ["# Quality card 质量卡", "", escaped(headline(evaluation)), ""]
    for section in sections(evaluation):
        lines += _section(section)
    return "\n".join(lines).rstrip("\n") + "\n"


def escaped(words: str) -> str:
    r"""*words* on one line, nothing in them read as Markdown.

    >>> escaped("“1+3+N”*\n")
    '“1+3+N”\\*\\\\n'
    """
    return _MARKDOWN.sub(lambda char: f"\\{char[0]}", visible(words))


def _section(section: Section) -> Iterator[str]:
    yield f"## {section.title} {section.chinese}"
    yield ""
    for name, value in section.facts:
        yield f"- {name}: {escaped(value)}"
    if section.facts:
        yield ""
    for words in section.words:
        yield escaped(words)
        yield ""
    if section.table:
        yield from _table(section.table)
        yield ""
    for point in section.points:
        yield f"- {escaped(point)}"
    if section.points:
        yield ""
    for doc, cases in section.cases:
        yield f"### {escaped(doc)}"
        yield ""
        for case in cases:
            yield from _case(case)
        yield ""


def _table(table: Table) -> Iterator[str]:
    yield f"| {' | '.join(table.head)} |"
    words = [isinstance(cell, str) for cell in table.rows[0]] if table.rows else [True] * len(table.head)
    yield f"|{'|'.join('---' if word else '--:' for word in words)}|"
    for row in table.rows:
        yield f"| {' | '.join(escaped(str(cell)) for cell in row)} |"


def _case(case: Case) -> Iterator[str]:
    said = f"- {case.type} **{escaped(case.name)}**"
    if case.what == "attribute":
        said += f", {case.field}: wanted {escaped(case.wanted)}, given {escaped(case.given) or 'nothing'}"
    yield said + (f" ({_how(case)})" if case.rules else "")
    if case.place is None:
        yield "  no spelling of it stands in the text"
        return
    place = case.place
    section = f"[{escaped(place.section)}] " if place.section else ""
    yield (
        f"  {section}{place.start}–{place.end}: "
        f"…{escaped(place.before)}**【{escaped(place.quote)}】**{escaped(place.after)}…"
    )
    if case.what == "missed":
        yield f"  read there: {escaped('; '.join(case.read)) or 'nothing'}"


def _how(case: Case) -> str:
    confidence = "" if case.confidence is None else f", confidence {case.confidence:.2f}"
    return escaped("/".join(case.rules)) + confidence
