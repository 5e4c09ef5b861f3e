"""Borders of the words around a place."""

from __future__ import annotations

from kg.chinese import tokens


def is_han(character: str) -> bool:
    """Whether a character is a Chinese one of the basic block."""
    return "一" <= character <= "鿿"


class Borders:
    """Borders of the words around a place in a text, cut clause by clause when asked for.

    Cut without guessing at unknown words, so that only words of the dictionary hold more than one character: a guess
    would glue a rare place to its neighbour.
    """

    __slots__ = ("_edges", "_high", "_low", "_text", "_whole")

    def __init__(self, text: str) -> None:
        """Borders of *text*; nothing is cut yet."""
        self._text = text
        self._low = self._high = -1
        self._whole = False
        self._edges: list[int] = []

    def _around(self, start: int, end: int) -> list[int]:
        if not (self._low <= start and (end + 8 <= self._high or (self._whole and end <= self._high))):
            text, low, high = self._text, start, end
            while low > 0 and start - low < 24 and is_han(text[low - 1]):
                low -= 1
            limit = min(len(text), end + 48)
            while high < limit and is_han(text[high]):
                high += 1
            self._low, self._high, self._whole = low, high, high < limit or high == len(text)
            self._edges, at = [low], low
            for token in tokens.cut(text[low:high], guess=False):
                at += len(token)
                self._edges.append(at)
        return self._edges

    def begins(self, start: int, end: int) -> bool:
        """Whether a word begins at *start*."""
        return start in self._around(start, end)

    def rest(self, start: int, end: int) -> str | None:
        """What the word that begins at *start* holds beyond *end*; None if a word that begins later runs past it."""
        edges = self._around(start, end)
        if end in edges:
            return ""
        following = next(edge for edge in edges if edge > end)
        return self._text[end:following] if edges[edges.index(following) - 1] == start else None

    def after(self, start: int, end: int) -> str:
        """The word that begins at *end*; empty at the end of the clause."""
        edges = self._around(start, end)
        following = next((edge for edge in edges if edge > end), end)
        return self._text[end:following]
