"""The sentence round a quote, as a reader would cut it out."""

from __future__ import annotations

import re
from bisect import bisect_right

_LONGEST = 160
"""Characters shown to either side of a quote, where a sentence never ends."""

# A sentence ends at its mark, with the closing quotation marks after it, or at an empty line; the marks of a heading
# in Markdown are no part of one.
_END = re.compile(r"[。！？!?；;]+[”’」』）)]*|\n\s*\n|^#+[ \t]*", re.MULTILINE)
_BREAK = re.compile(r"\s*\n\s*")


class Sentences:
    """One text, cut into sentences once."""

    __slots__ = ("_borders", "_text")

    def __init__(self, text: str) -> None:
        """Cut *text*."""
        self._text = text
        self._borders = [0, *(found.end() for found in _END.finditer(text))]
        if self._borders[-1] != len(text):
            self._borders.append(len(text))

    def around(self, start: int, end: int) -> tuple[str, int, int]:
        """The sentence or sentences that ``text[start:end]`` stands in, and where it stands in them.

        The quote is word for word that of the text. Line breaks round it are the layout's, not the author's: they are
        dropped between Chinese characters.

        >>> Sentences("先说一句。市政协主 席李\\n明说：好！完。").around(5, 11)
        ('市政协主 席李明说：好！', 0, 6)
        """
        after = bisect_right(self._borders, start)
        first = self._borders[after - 1] if after else 0
        last = next((border for border in self._borders[max(after, 0) :] if border >= end), len(self._text))
        cut_before, cut_after = first < start - _LONGEST, last > end + _LONGEST
        first, last = max(first, start - _LONGEST), min(last, end + _LONGEST)
        before = ("…" if cut_before else "") + self._flat(first, start).lstrip()
        quote = self._text[start:end]
        behind = self._flat(end, last).rstrip() + ("…" if cut_after else "")
        return before + quote + behind, len(before), len(before) + len(quote)

    def _flat(self, start: int, end: int) -> str:
        """A stretch of the text in one line; breaks become a blank between Latin words, else nothing."""
        pieces, at = [], start
        for found in _BREAK.finditer(self._text, start, end):
            before, after = self._text[found.start() - 1 : found.start()], self._text[found.end() : found.end() + 1]
            latin = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
            pieces += [self._text[at : found.start()], " " if latin else ""]
            at = found.end()
        return "".join((*pieces, self._text[at:end]))
