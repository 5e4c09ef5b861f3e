"""Bytes to a Document: the stages of reading, composed once."""

from __future__ import annotations

import hashlib
import os
from array import array
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from kg.chinese.characters import han_count
from kg.errors import SourceError
from kg.model import Document, Line, Metadata, Section
from kg.sources import frontmatter, mastheads, people, shapes
from kg.sources.encodings import decode
from kg.sources.lines import Item, classified
from kg.sources.parts import Part, ordered, parts
from kg.sources.repeats import without_repeats
from kg.sources.rows import rows, unwrapped

LIMIT = 16 * 2**20
"""Bytes a document may have unless the caller says otherwise: five million Chinese characters in UTF-8, a shelf of books."""

FEWEST_HAN = 10
"""Han characters under which a text is not taken for Chinese."""

STANDARD_INPUT = "-"


def stem_of(path: str) -> str:
    """The name of the document at *path*: the file name without its last suffix; ``stdin`` for standard input."""
    return "stdin" if path == STANDARD_INPUT else PurePosixPath(path.replace(os.sep, "/")).stem or path


def too_large(path: str, size: int, limit: int) -> SourceError:
    """The error for a document of more than *limit* bytes."""
    what = f"the document has {size / 2**20:,.1f} MB, more than the limit of {limit / 2**20:,.1f} MB"
    return SourceError(path, what, f"split it, or read it with --limit {-(-size // 2**20)}")


def loads(data: bytes, path: str = STANDARD_INPUT, *, limit: int = LIMIT) -> Document:
    """Read bytes as a document, cited as *path*.

    Raises SourceError for an empty, binary, damaged, oversized or non-Chinese text, an unknown encoding and front
    matter that does not parse.

    >>> document = loads("广泛凝聚共识\\n\\n阿城区政协\\n\\n5月 23 日，政协\\n\\n委员走基层。".encode())
    >>> document.flow.split("\\n")[2], document.meta.title, document.sections[0].speaker
    ('5月23日，政协委员走基层。', '广泛凝聚共识', '阿城区政协')
    """
    if len(data) > limit:
        raise too_large(path, len(data), limit)
    text, encoding = decode(data, path)
    stated, start = frontmatter.split(text, path)
    count = han_count(text[start:], stop=FEWEST_HAN)
    if count < FEWEST_HAN:
        what = (
            f"the text holds {count or 'no'} Chinese characters" if count != 1 else "the text holds 1 Chinese character"
        )
        raise SourceError(path, what, f"give a Chinese text of at least {FEWEST_HAN}")
    items = classified(unwrapped(list(rows(text, start))))
    found = ordered(without_repeats(parts(items)))
    flow, offsets, lines, sections = _laid_out(found, len(text))
    return Document(
        stem=stem_of(path),
        path=path,
        encoding=encoding,
        sha256=hashlib.sha256(data).hexdigest(),
        text=text,
        meta=_metadata(stated, items),
        flow=flow,
        offsets=offsets,
        lines=lines,
        sections=sections,
    )


def _laid_out(found: Sequence[Part], length: int) -> tuple[str, array[int], tuple[Line, ...], tuple[Section, ...]]:
    """The flow with its offsets, its lines and its sections, which tile it."""
    pieces: list[str] = []
    offsets: array[int] = array("I")
    lines: list[Line] = []
    bounds: list[int] = []
    at = 0
    stop = 0
    for index, part in enumerate(found):
        bounds.append(at + 1 if pieces and part.items else at)
        for item in part.items:
            if pieces:
                # the break between two lines stands for the break after the first, or for its last character
                offsets.append(stop if stop < length else offsets[-1])
                pieces.append("\n")
                at += 1
            for a, b in item.row.runs:
                offsets.extend(range(a, b))
            pieces.append(item.words)
            lines.append(Line(item.kind, at, at + len(item.words), index))
            at += len(item.words)
            stop = item.row.stop
    bounds.append(at)
    sections = tuple(
        Section(i, p.heading, p.speaker, p.label.label if p.label else "", p.level, bounds[i], bounds[i + 1])
        for i, p in enumerate(found)
    )
    return "".join(pieces), offsets, tuple(lines), sections


def _metadata(stated: Metadata, items: Sequence[Item]) -> Metadata:
    """What the front matter says, and of the rest what the text says of itself."""
    title = next((item.words for item in items if item.kind == "title"), "")
    subtitle = next((item.words for item in items if item.kind == "subtitle"), "")
    meta = replace(stated, title=stated.title or title, subtitle=stated.subtitle or subtitle)
    if not meta.authors:
        meta = replace(meta, authors=_authors(items))
    if not meta.source:
        found = (people.source(item.words, among=True) for item in items if item.kind == "byline")
        meta = replace(meta, source=next((words for words in found if words), ""))
    over = [
        item.words for item in items[: mastheads.LINES] if item.kind == "dateline" and mastheads.masthead(item.words)
    ]
    if not meta.publisher:
        meta = replace(meta, publisher=next((paper for words in over if (paper := mastheads.paper_in(words))), ""))
    if not meta.publisher:
        dated = (item.words for item in items if item.kind == "byline" and mastheads.date_in(item.words))
        meta = replace(meta, publisher=next((paper for words in dated if (paper := mastheads.paper_in(words))), ""))
    if meta.date is None:
        found_date = _date(items) or next((date for words in over if (date := mastheads.date_in(words))), None)
        if found_date:
            meta = replace(meta, date=found_date, date_basis="stated")
    return meta


def _authors(items: Sequence[Item]) -> tuple[str, ...]:
    bylines = [item for item in items if item.kind == "byline"]
    names = [name for item in bylines for name in people.authors(item.words, item.row.marks)]
    if not names:
        paragraphs = [item.words for item in items if item.kind == "paragraph"]
        names = [name for words in (paragraphs[:1] + paragraphs[-1:]) for name in people.credits(words)]
    return tuple(dict.fromkeys(names))


def _date(items: Sequence[Item]) -> str | None:
    """The date under the title or the speaker's line, else the one under the whole text."""
    for item in items:
        if item.kind in ("paragraph", "heading"):
            break
        if item.kind in ("dateline", "byline") and (found := shapes.date(item.words)):
            return found
        if item.kind == "byline" and (found := mastheads.date_in(item.words)):
            return found
    for item in reversed(items):
        if item.kind == "dateline" and (found := shapes.date(item.words)):
            return found
        if item.kind not in ("byline", "caption"):
            break
    return None
