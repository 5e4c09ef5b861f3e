"""One document laid out for extraction: its flow, words, quotations, titles, sentences.

The *shadow* of a flow is a string of the same length in which whatever was recognised is replaced by marks of equal
length, so that one static regular expression can speak of "a district, then 政协" at the speed of the regex engine,
and every match falls on the flow's own positions.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

from kg.chinese import dates, tokens
from kg.chinese.dates import Date
from kg.model import Document, Line

PLACE, PLACE_REST = "\ue000", "\ue001"
BODY, BODY_REST = "\ue002", "\ue003"
DISTRICT = f"(?:{PLACE}{PLACE_REST}*)"
"""One district of a shadow, as part of a regular expression."""
NAMED_BODY = f"(?:{BODY}{BODY_REST}*)"
"""One body of a shadow, as part of a regular expression."""

HAN = "\u4e00-\u9fff"
NUMERAL = "[一二三四五六七八九十]"


T = TypeVar("T")


class Marks(bytearray):
    """One byte a character of a flow, and one beyond: 1 where something is spoken for."""

    def mark(self, start: int, end: int) -> None:
        """Speak for ``flow[start:end]``."""
        self[start:end] = b"\1" * (end - start)


class Span(NamedTuple):
    """``flow[start:end]``."""

    start: int
    end: int


class Quoted(NamedTuple):
    """A quotation: ``flow[start:end]`` with its marks, *words* without them, *depth* 0 for the outermost."""

    start: int
    end: int
    words: str
    depth: int


_PAIRS = {"“": "”", "‘": "’", "《": "》", "〈": "〉"}
_DEEPEST = 16
"""Quotations within quotations that are told apart: nobody nests as many."""
_MARKS = re.compile("[“”‘’《》〈〉\n]")
_STOPS = re.compile("[。！？；\n]")


def quotations(flow: str) -> tuple[list[Quoted], list[Quoted]]:
    """Quotations in “” and ‘’, and titles in 《》 and 〈〉, outer before inner.

    A mark without its partner on the same line opens or closes nothing; a closing mark closes what it fits. What lies
    deeper than _DEEPEST marks is left out.
    """
    quoted: list[Quoted] = []
    titled: list[Quoted] = []
    open_: list[tuple[str, int]] = []
    for m in _MARKS.finditer(flow):
        mark, at = m[0], m.start()
        if mark == "\n":
            open_.clear()
        elif mark in _PAIRS:
            open_.append((mark, at))
        else:
            for i in range(len(open_) - 1, -1, -1):
                if _PAIRS[open_[i][0]] == mark:
                    opening, start = open_[i]
                    del open_[i:]
                    found = titled if opening in "《〈" else quoted
                    if at > start + 1 and len(open_) < _DEEPEST:
                        depth = sum(1 for o, _ in open_ if (o in "《〈") == (opening in "《〈"))
                        found.append(Quoted(start, at + 1, flow[start + 1 : at], depth))
                    break
    quoted.sort(key=lambda q: (q.start, -q.end))
    titled.sort(key=lambda q: (q.start, -q.end))
    return quoted, titled


def near(pattern: re.Pattern[str], text: str, mark: str, before: int, after: int) -> Iterator[re.Match[str]]:
    """The matches of a *pattern* that always holds *mark*, looked for only around it.

    *before* and *after* are the characters that a match may reach to both sides: for patterns that are dear to try everywhere.
    """
    stop, at = 0, text.find(mark)
    while at >= 0:
        m = pattern.search(text, max(stop, at - before), min(len(text), at + after))
        if m:
            yield m
            stop = m.end()
        at = text.find(mark, max(at + 1, stop))


def mask(text: str, spans: Iterable[tuple[int, int]], first: str, rest: str) -> str:
    """*text* with each span replaced by one *first* and as many *rest* as keep its length."""
    out: list[str] = []
    at = 0
    for start, end in spans:
        if start < at:
            continue
        out += (text[at:start], first, rest * (end - start - 1))
        at = end
    out.append(text[at:])
    return "".join(out)


@dataclass(frozen=True)
class Page:
    """A document and what every extraction module wants to know of it, worked out once."""

    document: Document
    date: str | None
    """Date the text speaks from, ISO 8601 as far as it is known."""

    @property
    def flow(self) -> str:
        """The repaired text."""
        return self.document.flow

    @property
    def year(self) -> int | None:
        """Year the text speaks from."""
        return int(self.date[:4]) if self.date else None

    @cached_property
    def boundaries(self) -> bytearray:
        """Where jieba's tokens begin, see :func:`kg.chinese.tokens.starts`."""
        return tokens.starts(self.flow)

    @cached_property
    def borders(self) -> bytearray:
        """Where a token begins for jieba with or without guessing at unknown words (由区/政协 and 由/区/政协)."""
        plain = tokens.starts(self.flow, guess=False)
        return bytearray(a | b for a, b in zip(self.boundaries, plain, strict=True))

    @cached_property
    def _quotations(self) -> tuple[list[Quoted], list[Quoted]]:
        return quotations(self.flow)

    @property
    def quoted(self) -> list[Quoted]:
        """Quotations in “” and ‘’ in reading order, outer before inner."""
        return self._quotations[0]

    @property
    def titled(self) -> list[Quoted]:
        """Titles in 《》 in reading order, outer before inner."""
        return self._quotations[1]

    def marks(self) -> Marks:
        """Marks for this flow, none set."""
        return Marks(len(self.flow) + 1)

    def in_titles(self) -> Marks:
        """Marks for this flow, set where a title in 《》 stands."""
        marks = self.marks()
        for title in self.titled:
            marks.mark(title.start, title.end)
        return marks

    @cached_property
    def dates(self) -> list[Date]:
        """Every date expression of the flow, resolved against the document's year."""
        return dates.find(self.flow, self.year, spoken=self.date)

    @cached_property
    def _stops(self) -> list[int]:
        return [m.start() for m in _STOPS.finditer(self.flow)]

    def dates_within(self, start: int, end: int) -> list[Date]:
        """Date expressions that begin in ``flow[start:end]``."""
        return self.dates[bisect_left(self.dates, (start,)) : bisect_left(self.dates, (end,))]

    def quoted_within(self, start: int, end: int) -> list[Quoted]:
        """Quotations that begin in ``flow[start:end]``."""
        return self.quoted[bisect_left(self.quoted, (start,)) : bisect_left(self.quoted, (end,))]

    def around(self, at: int, back: int, ahead: int) -> Span:
        """A window around position *at* that stays within its line."""
        line = self.line(at)
        return Span(max(line.start, at - back), min(line.end, at + ahead))

    def lines_of(self, section: int) -> list[Line]:
        """The lines of a section, in reading order."""
        return self._by_section.get(section, [])

    @cached_property
    def _by_section(self) -> dict[int, list[Line]]:
        found: dict[int, list[Line]] = {}
        for line in self.document.lines:
            found.setdefault(line.section, []).append(line)
        return found

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.document.lines]

    @cached_property
    def openings(self) -> dict[int, int]:
        """Where the first paragraph of each section begins, by section."""
        out: dict[int, int] = {}
        for line in self.document.lines:
            if line.kind == "paragraph":
                out.setdefault(line.section, line.start)
        return out

    def inherited(self, found: Sequence[T | None]) -> list[T | None]:
        """What was found for each section, where parts of a section have what the section has."""
        out = list(found)
        stack: list[tuple[int, T | None]] = []
        for section in self.document.sections:
            while stack and stack[-1][0] >= section.level:
                stack.pop()
            if out[section.index] is None and stack:
                out[section.index] = stack[-1][1]
            stack.append((section.level, out[section.index]))
        return out

    def line(self, at: int) -> Line:
        """The line of the flow that holds position *at*."""
        return self.document.lines[max(0, bisect_right(self._line_starts, at) - 1)]

    def section(self, at: int) -> int:
        """Index of the section that holds position *at*."""
        return self.line(at).section

    def sentence(self, at: int) -> Span:
        """The sentence around position *at*: between 。！？； or line breaks, those left out.

        A text without stops is cut a thousand characters to either side: no sentence is longer, and reading stays linear.
        """
        stops = self._stops
        i = bisect_right(stops, at - 1) if at else 0
        start = stops[i - 1] + 1 if i else 0
        end = stops[i] if i < len(stops) else len(self.flow)
        return Span(max(start, at - 1000), min(max(end, at), at + 1000))

    def clause(self, start: int, end: int) -> Span:
        """``flow[start:end]`` widened to the commas around it."""
        left, right = self.sentence(start), self.sentence(end - 1 if end > start else end)
        comma = max(self.flow.rfind("，", left.start, start), self.flow.rfind("：", left.start, start)) + 1
        begin = comma or left.start
        comma = self.flow.find("，", end, right.end)
        return Span(begin, comma if comma >= 0 else right.end)


def plain(words: str) -> str:
    """The words without quotation marks.

    >>> plain("“双向发力”实施办法")
    '双向发力实施办法'
    """
    return re.sub("[“”‘’]", "", words)
