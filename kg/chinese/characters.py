"""Classes of characters, as the bodies of regular-expression character classes."""

from __future__ import annotations

import re

HAN = "〇㐀-䶿一-鿿豈-龎\U00020000-\U000323af"
"""Han characters: the unified ideographs with their extensions, compatibility ideographs and 〇."""

PUNCTUATION = "、。，；：？！…—·“”‘’《》〈〉（）【】〔〕％"
"""Full-width punctuation of Chinese print."""

OPENING, CLOSING = "“‘《〈（【〔", "”’》〉）】〕"
PAIRS = dict(zip(OPENING, CLOSING, strict=True))

_HAN = re.compile(f"[{HAN}]")
_BRACKET = re.compile(f"[{OPENING}{CLOSING}]")


def is_han(character: str) -> bool:
    """Whether *character* is one Han character.

    >>> is_han("协"), is_han("，"), is_han("")
    (True, False, False)
    """
    return _HAN.match(character) is not None


def han_count(text: str, *, stop: int | None = None) -> int:
    """Number of Han characters in *text*; counting ends at *stop*.

    >>> han_count("政协委员118人"), han_count("政协委员", stop=2)
    (5, 2)
    """
    count = 0
    for _ in _HAN.finditer(text):
        count += 1
        if count == stop:
            break
    return count


def balanced(words: str) -> bool:
    """Whether every opening quotation mark or bracket in *words* is closed, and none closes what was not opened.

    >>> balanced("打造“一站式”平台"), balanced("委员们通过“政协"), balanced("五好委员”活动")
    (True, False, False)
    """
    waiting: list[str] = []
    for m in _BRACKET.finditer(words):
        if m[0] in PAIRS:
            waiting.append(PAIRS[m[0]])
        elif not waiting or waiting.pop() != m[0]:
            return False
    return not waiting
