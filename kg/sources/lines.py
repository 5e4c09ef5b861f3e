"""Rows to lines: what kind each is, which broken ones belong together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.model import LineKind
from kg.sources import mastheads, people, shapes
from kg.sources.rows import Row, joined, quoted

TITLE_LENGTH = 64  # characters
LONGEST_MARKED = 120  # characters: a line without marks that is longer is a paragraph, whatever it looks like
_SUBTITLE = re.compile(
    r"\A在.+(?:上|时|中)的(?:讲话|发言|报告|致辞|主持词|总结|说明|演讲)\Z"
    r"|(?:工作报告|综述|侧记|纪实|纪要|述评|掠影|摘登|摘编|摘要|选登|扫描|巡礼|答记者问)(?:（[^）]+）)?\Z"
)
_SALUTATION = re.compile(r"(?:同志们|朋友们|委员|代表|先生|女士|各位|大家)[^。]{0,12}[：！]\Z")
_BULLETS = frozenset("-+·>")
REPEATED = 6  # characters: the end of a broken column that is set again below is at least so long
FRAGMENT = 20  # characters: a shorter stretch may stand in two paragraphs by chance
FRAGMENT_ELSEWHERE = 30  # the same, of a paragraph of another section
_GRAM = 12
_LIST_LENGTH = 4  # plain short lines in a row: fewer may be headings, so many are a list


@dataclass(frozen=True, slots=True)
class Item:
    """A row with its kind. *hashes* counts a Markdown heading's; *sure* headings carry a mark of their own."""

    kind: LineKind
    row: Row
    label: shapes.Label | None = None
    hashes: int = 0
    sure: bool = False
    listed: bool = False
    """One of a list: never joined to the next."""

    @property
    def words(self) -> str:
        """Words of the row."""
        return self.row.words


def classified(found: Sequence[Row]) -> list[Item]:
    """The rows as items: by their own shape, then by what stands around them; broken paragraphs joined."""
    items = _without_fragments(_without_masthead([_shaped(row) for row in found]))
    items = _lists(_tail(_head(_whole(items))))
    return [replace(item, row=quoted(item.row)) if '"' in item.words else item for item in _rejoined(items)]


def _without_masthead(items: list[Item]) -> list[Item]:
    """The items with the masthead over them told from a title."""
    out = list(items)
    for i, item in enumerate(items[: mastheads.LINES]):
        if item.row.marks or not mastheads.masthead(item.words):
            break
        out[i] = replace(item, kind="dateline", label=None)
    return out


def _without_fragments(items: list[Item]) -> list[Item]:
    """The items without cut-out stretches of a longer paragraph that stand alone or within a broken one.

    Such a stretch neither goes on from what stands before it nor, alone, ends; left in, it would be joined to what stands
    around it.
    """
    suspects: dict[str, list[int]] = {}
    tails: dict[int, str] = {}  # of the broken paragraph that a suspect stands behind
    before: Item | None = None
    for i, item in enumerate(items):
        if item.kind != "paragraph":
            continue
        tail = before.words[-REPEATED:] if before is not None and _open(before) else ""
        if len(item.words) >= FRAGMENT and (tail or _open(item)):
            suspects.setdefault(item.words[:_GRAM], []).append(i)
        if tail:
            tails[i] = tail
        before = item
    if not suspects:
        return items
    gone: set[int] = set()
    for i, item in enumerate(items):
        words = item.words if item.kind == "paragraph" else ""
        for at in range(len(words) - FRAGMENT + 1):
            for n in suspects.get(words[at : at + _GRAM], ()):
                stretch = items[n].words
                if n == i or len(stretch) >= len(words) or not words.startswith(stretch, at):
                    continue
                between = items[min(i, n) : max(i, n)]
                after = _next_paragraph(items, n)
                # Where the next goes on as the longer does, or this from the last as it does, they are one paragraph, broken.
                broken = after is not None and words.startswith(after.words[:REPEATED], at + len(stretch))
                broken = broken or (n in tails and words.endswith(tails[n], 0, at))
                if n in tails and not _open(items[n]) and not broken:
                    # A finished stretch may itself go on from the broken one, unless what follows it does.
                    broken = after is None or not (len(after.words) < FRAGMENT or shapes.goes_on(tails[n], after.words))
                near = all(item.kind in ("paragraph", "caption") for item in between)
                if not broken and (near or (n in tails and len(stretch) >= FRAGMENT_ELSEWHERE)):
                    gone.add(n)
    return [item for i, item in enumerate(items) if i not in gone]


def _shaped(row: Row) -> Item:
    words, marks = row.words, row.marks
    if not marks and len(words) > LONGEST_MARKED:
        return Item("paragraph", row, shapes.label(words))
    hashes = marks.count("#")
    if people.byline(words, marks) is not None or people.source(words):
        return Item("byline", row)
    if shapes.is_caption(words, marks):
        return Item("caption", row)
    if shapes.date(words) or shapes.is_column_title(words) or (people.is_lead_in(words) and shapes.is_heading(words)):
        return Item("dateline", row)
    if set(marks) & _BULLETS:
        return Item("paragraph", row, listed=True)
    if people.is_speaker(words):
        return Item("speaker", row, hashes=hashes, sure=bool(hashes))
    label = shapes.label(words)
    if hashes:
        return Item("heading", row, label, hashes, sure=True)
    if label and shapes.is_heading(words[label.end :], length=shapes.LABELLED_LENGTH):
        return Item("heading", row, label, sure=True)
    if shapes.is_heading(words):
        return Item("heading", row, label, sure=bool(marks))
    return Item("paragraph", row, label)


def _whole(items: list[Item]) -> list[Item]:
    """Two short lines that break within a word as one heading."""
    out: list[Item] = []
    for item in items:
        plain = (
            bool(out) and item.kind == out[-1].kind == "heading" and not (item.sure or out[-1].sure or item.row.dash)
        )
        if plain and len(out[-1].words) <= shapes.HEADING_LENGTH and shapes.goes_on(out[-1].words, item.words):
            out[-1] = replace(out[-1], row=joined((out[-1].row, item.row)))
        else:
            out.append(item)
    return out


def _head(items: list[Item]) -> list[Item]:
    """Title and subtitle found among the first lines."""
    at = next((i for i, item in enumerate(items) if item.kind not in ("byline", "caption", "dateline")), len(items))
    if at == len(items) or not _is_title(items, at):
        return items
    out = list(items)
    out[at] = replace(items[at], kind="title", label=None, sure=True)
    at += 1
    while at < len(items) and items[at].words == out[at - 1].words:
        out[at] = replace(items[at], kind="title", label=None, sure=True)
        at += 1
    if at < len(items) and _is_subtitle(items, at):
        out[at] = replace(items[at], kind="subtitle", label=None, sure=True)
    return out


def _is_title(items: list[Item], at: int) -> bool:
    item = items[at]
    if item.hashes == 1:
        return True
    if item.hashes or item.label or item.row.dash or item.kind == "speaker":
        return False
    if not shapes.is_heading(item.words.rstrip("！？!?"), length=TITLE_LENGTH):
        return False
    # A page whose title is lost opens with the heading of its first speaker, as all its sections do.
    speakers = [i for i, other in enumerate(items) if other.kind == "speaker"]
    headed = sum(1 for i in speakers if items[i - 1].kind == "heading")
    return not (speakers[:1] == [at + 1] and len(speakers) > 2 and headed == len(speakers))


def _is_subtitle(items: list[Item], at: int) -> bool:
    item = items[at]
    if (
        item.kind not in ("heading", "paragraph")
        or not shapes.is_heading(item.words, length=TITLE_LENGTH)
        or item.label
    ):
        return False
    if item.row.dash or _SUBTITLE.search(item.words):
        return True
    after = [other.kind for other in items[at + 1 : at + 3]]
    if after[:1] == ["paragraph"] and not any(other.kind in ("heading", "speaker") for other in items[at + 1 :]):
        return True  # the only heading of the text belongs to its title
    return not item.hashes and (after[:1] in (["byline"], ["dateline"]) or after == ["speaker", "dateline"])


def _tail(items: list[Item]) -> list[Item]:
    """A body's name under the text signs it; a short line at the end heads nothing."""
    out = list(items)
    for i in range(len(items) - 1, 0, -1):
        kind = items[i].kind
        if kind == "speaker":
            out[i] = replace(items[i], kind="byline", hashes=0)
        elif kind == "heading":
            out[i] = replace(items[i], kind="paragraph", hashes=0)
        elif kind not in ("dateline", "byline", "caption"):
            break
    return out


def _lists(items: list[Item]) -> list[Item]:
    out = list(items)
    at = 0
    while at < len(items):
        end = at
        while end < len(items) and items[end].kind == "heading" and not items[end].sure:
            end += 1
        if end - at >= _LIST_LENGTH:
            for i in range(at, end):
                out[i] = replace(items[i], kind="paragraph", listed=True)
        at = max(end, at + 1)
    return out


def _rejoined(items: list[Item]) -> list[Item]:
    """Paragraphs broken by a blank line or a column joined; short lines that open a broken one are no headings."""
    indented = _indents(items)
    out: list[list[Item]] = []  # each the pieces of one line
    waiting: list[Item] | None = None  # the last paragraph of this section
    stale: list[Item] | None = None  # the last of the section before, if it may go on
    for i, item in enumerate(items):
        if item.kind in ("caption", "byline", "dateline"):
            out.append([item])
            continue
        if item.kind == "heading" and not item.sure and _is_broken(items, i, waiting[-1] if waiting else None):
            item = replace(item, kind="paragraph")
        if item.kind != "paragraph":
            out.append([item])
            if waiting is not None:
                stale, waiting = (waiting if _open(waiting[-1]) else None), None
            continue
        if waiting is None or not _open(waiting[-1]):
            waiting = [item]
            out.append(waiting)
            continue
        before, words = waiting[-1].words, item.words
        if len(words) >= REPEATED and before.endswith(words):
            continue  # the end of a column set again at the head of the next
        if len(before) >= REPEATED and words.startswith(before):
            waiting[-1] = item
        elif not _belongs(waiting[-1], item, indented):
            waiting = [item]
            out.append(waiting)
        elif not _comes_later(before, items, i):
            waiting.append(item)
        elif stale is not None and _belongs(stale[-1], item, indented):
            # columns interleaved: what stands between carries on the section before
            stale.append(item)
            stale = None
        else:
            out.append([item])
    return [replace(pieces[0], row=joined([piece.row for piece in pieces])) for pieces in out]


def _comes_later(before: str, items: list[Item], at: int) -> bool:
    """Whether not this paragraph but the next carries on the words *before*."""
    if shapes.goes_on(before, items[at].words):
        return False
    after = _next_paragraph(items, at)
    if after is None or not shapes.goes_on(before, after.words):
        return False
    # What carries on this paragraph just as well stands where it belongs.
    return not (_open(items[at]) and shapes.goes_on(items[at].words, after.words))


def _is_broken(items: list[Item], at: int, before: Item | None) -> bool:
    """Whether a line that looks like a heading is a piece of a broken paragraph."""
    words = items[at].words
    if before is not None and _open(before) and (shapes.goes_on(before.words, words) or before.words.endswith(words)):
        return True
    after = _next_paragraph(items, at)
    return after is not None and shapes.goes_on(items[at].words, after.words)


def _next_paragraph(items: list[Item], at: int) -> Item | None:
    for item in items[at + 1 :]:
        if item.kind == "paragraph":
            return item
        if item.kind not in ("caption", "byline"):
            return None
    return None


def _indents(items: list[Item]) -> bool:
    """Whether the text marks new paragraphs by indenting them."""
    paragraphs = [item for item in items if item.kind == "paragraph"]
    return len(paragraphs) > 2 and 5 * sum(1 for item in paragraphs if item.row.indent >= 2) >= 3 * len(paragraphs)


def _open(item: Item) -> bool:
    return item.kind == "paragraph" and not item.listed and shapes.is_unfinished(item.words)


def _belongs(before: Item, after: Item, indented: bool) -> bool:
    """Whether *after* carries on the paragraph *before*."""
    if not _open(before) or after.listed or after.label or after.row.dash or (indented and after.row.indent >= 2):
        return False
    if before.words[-1] in '”》"':
        return shapes.goes_on(before.words, after.words)
    return True


def is_salutation(words: str) -> bool:
    """Whether a paragraph addresses the hearers of a speech: ``各位委员，同志们：``."""
    return len(words) <= 40 and _SALUTATION.search(words) is not None
