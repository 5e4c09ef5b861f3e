"""Entities and passages as lines of styled text, for a terminal or a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from kg.builds.report import visible

if TYPE_CHECKING:
    from rich.text import Text

    from kg.builds.opened import Build, Passage
    from kg.builds.profiles import Profile, Reference, Said

_PASSAGES = 3
"""Passages of one document that a list of statements shows; a trace shows all."""

_OTHERS = 20
"""Entities of one relation that are listed."""

_QUOTE = 60
"""Characters of a quote that a list of statements shows; a trace shows all."""


def profile_lines(profile: Profile, build: Build) -> Iterator[Text]:
    """An entity: name, type, identity, other spellings, each statement with the words it rests on, what names it.

    Passages that stand under its name are not printed again under what is said of it.
    """
    yield _line((profile.name, "bold"), (f"  {profile.type}  ", "dim"), (build.base + profile.id, "cyan"))
    if profile.surfaces:
        yield _line(("  also ", "dim"), ("、".join(profile.surfaces), ""))
    for id, reason in profile.reasons.items():
        yield _line((f"  {id} is read as this: ", "dim"), (reason, ""))
    naming: dict[str, set[tuple[int, int]]] = {}
    for item in profile.said:
        if item.predicate == "name":
            naming.setdefault(item.doc, set()).update(_spans(item))
    for (predicate, value), group in groupby(profile.said, key=lambda said: (said.predicate, said.value)):
        said = list(group)
        target = next((item.object for item in said if item.object), None)
        yield _line((f"{predicate:<10} ", "green"), (value, "bold"), (f"  {target}" if target else "", "cyan"))
        for item in said:
            if predicate != "name" and _spans(item) <= naming.get(item.doc, set()):
                continue
            evidences = sorted(item.evidence, key=lambda evidence: (evidence.start, evidence.end))
            for evidence in evidences[:_PASSAGES]:
                section = f" [{evidence.section}]" if evidence.section else ""
                where = f"           {item.doc}{section} {evidence.start}-{evidence.end}  "
                yield _line((where, "dim"), (f"“{_short(evidence.quote)}”", ""))
            if len(evidences) > _PASSAGES:
                yield _line((f"           {item.doc} and {len(evidences) - _PASSAGES} more: kg trace", "dim"))
    for relation, references in groupby(profile.references, key=lambda reference: reference.relation):
        yield from _reference_lines(relation, list(references))


def _reference_lines(relation: str, references: Sequence[Reference]) -> Iterator[Text]:
    """What one relation to an entity brings: each of the others on a line with its documents and offsets."""
    others = [list(group) for _, group in groupby(references, key=lambda item: (item.said.subject, item.said.value))]
    yield _line((f"{relation} ", "green"), (f"({len(others)})", "dim"))
    for same in others[:_OTHERS]:
        said = same[0].said
        title = f"  {said.value.partition('@')[0]}" if said.predicate == "posts" else ""
        yield _line(
            (f"           {same[0].name}", "bold"), (title, ""), (f"  {said.subject}", "cyan"),
            (f"  {'; '.join(_places(item.said) for item in same)}", "dim"),
        )  # fmt: skip
    if len(others) > _OTHERS:
        yield _line((f"           and {len(others) - _OTHERS} more", "dim"))


def _spans(said: Said) -> set[tuple[int, int]]:
    return {(evidence.start, evidence.end) for evidence in said.evidence}


def _places(said: Said) -> str:
    places = sorted(_spans(said))
    more = f" and {len(places) - _PASSAGES} more" if len(places) > _PASSAGES else ""
    return f"{said.doc} {', '.join(f'{start}-{end}' for start, end in places[:_PASSAGES])}{more}"


def choice_lines(profiles: Sequence[Profile]) -> Iterator[Text]:
    """Several entities that a name may mean, one a line."""
    for profile in profiles:
        yield _line((f"  {profile.name}", "bold"), (f"  {profile.type}  ", "dim"), (profile.id, "cyan"))


def passage_lines(passages: Iterable[Passage], build: Build, *, style: str, around: int = 30) -> Iterator[Text]:
    """Passages under the statement that rests on them: document, section, offsets, rule, quote in context, citation.

    A citation of several lines (BibTeX) stands once for each document, at the end.
    """
    statement: tuple[str, str] | None = None
    texts: dict[str, str] = {}
    entries: dict[str, str] = {}
    for passage in passages:
        said, evidence, reading = passage.said, passage.evidence, passage.reading
        if (said.predicate, said.value) != statement:
            if statement is not None:
                yield _line()
            statement = said.predicate, said.value
            yield _line((f"{said.subject} ", "cyan"), (f"{said.predicate} ", "green"), (said.value, "bold"))
        text = texts.setdefault(reading.doc, build.text(reading.doc))
        yield _line(
            ("  document  ", "dim"), (reading.doc, ""),
            ("  section ", "dim"), (evidence.section or "(before the first heading)", ""),
            ("  offsets ", "dim"), (f"{evidence.start}-{evidence.end}", ""),
            ("  rule ", "dim"), (evidence.rule, ""),
            ("  confidence ", "dim"), (f"{said.confidence:g}", ""),
        )  # fmt: skip
        before, after = (
            text[max(evidence.start - around, 0) : evidence.start],
            text[evidence.end : evidence.end + around],
        )
        yield _line(
            ("  text      ", "dim"), ("…" if evidence.start > around else "", "dim"), (_joined(before), "dim"),
            ("【", "dim"), (_joined(evidence.quote), "bold"), ("】", "dim"),
            (_joined(after), "dim"), ("…" if evidence.end + around < len(text) else "", "dim"),
        )  # fmt: skip
        citation = passage.cite(style)
        if "\n" in citation:
            entries.setdefault(reading.doc, citation)
        else:
            yield _line(("  citation  ", "dim"), (citation, ""))
    for entry in entries.values():
        yield _line()
        yield from (_line((line, "")) for line in entry.split("\n"))


def _line(*parts: tuple[str, str]) -> Text:
    from rich.text import Text

    return Text.assemble(*((visible(words), style) for words, style in parts))


def _short(words: str) -> str:
    words = _joined(words)
    return words if len(words) <= _QUOTE else f"{words[:_QUOTE]}…"


def _joined(words: str) -> str:
    return words.replace("\r\n", "⏎").replace("\n", "⏎").replace("\r", "⏎")
