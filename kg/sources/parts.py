"""Lines to parts: sections with their headings, speakers, labels and levels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.sources import shapes
from kg.sources.lines import Item, is_salutation

_RUN_IN = re.compile(r"[^。！？；：\n]{2,40}。(?=.)")


@dataclass(frozen=True, slots=True)
class Part:
    """A section before its place in the flow is known."""

    heading: str
    speaker: str
    label: shapes.Label | None
    level: int
    items: tuple[Item, ...]


def parts(items: Sequence[Item]) -> list[Part]:
    """The items as sections; the first holds what stands before any heading.

    A heading and a speaker's line that follow each other open one section. A label at the head of a paragraph
    (``（一）只有坚持维护核心，才能更有作为。人民政协……``) opens a section too, and the line stays a paragraph.
    """
    own = _own_speaker(items)
    levels = _Levels()
    out: list[Part] = []
    current: list[Item] = list(items[:own]) if own else []
    opening: tuple[str, str, shapes.Label | None, int] = ("", items[own].words if own is not None else "", None, 0)
    at = 0 if own is None else own
    if own is not None:
        current.append(items[own])
        at = own + 1

    def close() -> None:
        out.append(Part(*opening, tuple(current)))

    while at < len(items):
        item = items[at]
        if item.kind in ("heading", "speaker"):
            group = _group(items, at)
            close()
            heading = next((i for i in group if i.kind == "heading"), None)
            speaker = next((i for i in group if i.kind == "speaker"), None)
            label = heading.label if heading else None
            hashes = min((i.hashes for i in group if i.hashes), default=0)
            level = levels.place(label, hashes, speaker is not None)
            words = "" if heading is None else _after(heading.words, label)
            opening = (words, speaker.words if speaker else "", label, level)
            end = next(i for i in range(at, len(items)) if items[i] is group[-1]) + 1
            current = list(items[at:end])
            at = end
            continue
        if item.kind == "paragraph" and item.label and item.label.kind != "ring":
            run_in = _RUN_IN.match(item.words, item.label.end)
            if run_in and item.label.kind not in ("letter", "round-arabic"):
                close()
                opening = (run_in[0].rstrip("。"), "", item.label, levels.place(item.label, 0, False))
                current = [item]
                at += 1
                continue
        current.append(item)
        at += 1
    close()
    return out


def _after(words: str, label: shapes.Label | None) -> str:
    return words[label.end :] if label else words


def _own_speaker(items: Sequence[Item]) -> int | None:
    """Index of the line that names who gives the whole text: it stands under the title, before the first words."""
    speakers = sum(1 for item in items if item.kind == "speaker")
    for at, item in enumerate(items):
        if item.kind == "speaker":
            if item.hashes:
                return None
            after = next((i for i in items[at + 1 :] if i.kind not in ("caption", "byline")), None)
            titled = any(i.kind == "title" for i in items[:at])
            if after is None or after.kind in ("heading", "speaker"):
                # 一、 under the speaker's line is the first part of the speech, not the heading of an excerpt
                return at if after and after.label and titled and speakers == 1 else None
            speech = after.kind == "dateline" or is_salutation(after.words)
            return at if speech or (titled and speakers == 1) else None
        if item.kind not in ("title", "subtitle", "byline", "dateline", "caption"):
            return None
    return None


def _group(items: Sequence[Item], at: int) -> list[Item]:
    """The heading and the speaker's line that open a section together."""
    first = items[at]
    between = at + 1
    while between < len(items) and items[between].kind in ("caption", "byline", "dateline"):
        between += 1
    if between == len(items) or items[between].kind not in ("heading", "speaker"):
        return [first]
    second = items[between]
    if first.kind == second.kind:
        return [first]
    if first.kind == "speaker":
        # a counted heading is the first of the speaker's parts; a heading before the next speaker is that one's
        third = next((i for i in items[between + 1 :] if i.kind not in ("caption", "byline", "dateline")), None)
        if (second.label and second.label.kind != "letter") or (third is not None and third.kind == "speaker"):
            return [first]
        if first.hashes and second.hashes and second.hashes < first.hashes:
            return [first]
    return [first, second]


class _Levels:
    """Ranks headings: Markdown by its hashes, speakers on top, labels by their kind, plain ones by where they first stood."""

    def __init__(self) -> None:
        self.floor = 0  # level of the section that encloses labelled and plain headings
        self.open: list[float] = []
        self.hashes: list[int] = []
        self.plain: float | None = None

    def place(self, label: shapes.Label | None, hashes: int, speaks: bool) -> int:
        if hashes or speaks:
            while self.hashes and self.hashes[-1] >= hashes:
                self.hashes.pop()
            self.open.clear()
            self.hashes.append(hashes)
            self.floor = len(self.hashes)
            return self.floor
        if label:
            rank = float(shapes.KINDS.index(label.kind))
        else:
            if self.plain is None:
                self.plain = self.open[-1] + 0.5 if self.open else -1.0
            rank = self.plain
        while self.open and self.open[-1] >= rank:
            self.open.pop()
        self.open.append(rank)
        return self.floor + len(self.open)


def ordered(found: list[Part]) -> list[Part]:
    """The parts with boxes that stand out of order (B, D, A, C) put in order.

    Only where neighbours of one level carry the marks 1 to n of one kind, each once; whatever a part holds moves
    with it.
    """
    return found[:1] + _ordered(found[1:])


def _ordered(found: list[Part]) -> list[Part]:
    if len(found) < 2:
        return found
    level = min(part.level for part in found)
    blocks: list[list[Part]] = []
    for part in found:
        if part.level == level or not blocks:
            blocks.append([part])
        else:
            blocks[-1].append(part)
    blocks = [block[:1] + _ordered(block[1:]) for block in blocks]
    for kind in shapes.KINDS:
        places = [i for i, block in enumerate(blocks) if (mark := block[0].label) is not None and mark.kind == kind]
        numbers = [block[0].label.number for i in places if (block := blocks[i])[0].label is not None]
        first, count = (places[0], len(places)) if places else (0, 0)
        if count < 2 or places[-1] - first + 1 != count or sorted(numbers) != list(range(1, count + 1)):
            continue
        blocks[first : first + count] = [
            block for _, block in sorted(zip(numbers, blocks[first : first + count], strict=True), key=lambda p: p[0])
        ]
    return [part for block in blocks for part in block]
