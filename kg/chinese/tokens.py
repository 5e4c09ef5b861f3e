"""Words of a Chinese text by jieba's algorithm and dictionary. The one home of jieba.

rjieba is the same algorithm over the same dictionary in Rust, thirty times faster, and cuts Chinese into the same tokens
(``tests/chinese/test_tokens.py`` compares them; runs of digits and letters it may split otherwise, which no rule looks
at). Where it is not installed, jieba itself cuts.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache


@cache
def _engine() -> tuple[object, bool]:
    try:
        import rjieba
    except ImportError:
        import logging

        import jieba

        jieba.setLogLevel(logging.WARNING)
        return jieba, False
    return rjieba, True


def cut(text: str, *, guess: bool = True) -> Sequence[str]:
    """Tokens of *text*; joined they are the text again. Without *guess*, only words of the dictionary (no HMM).

    >>> cut("全国政协委员调研")
    ['全国政协', '委员', '调研']
    """
    engine, fast = _engine()
    found: list[str] = engine.cut(text, guess) if fast else engine.lcut(text, HMM=guess)  # type: ignore[attr-defined]
    return found


def starts(text: str, *, guess: bool = True) -> bytearray:
    """One byte per character and one beyond: 1 where a token begins (and at the end of the text), see :func:`cut`."""
    marks = bytearray(len(text) + 1)
    at = 0
    for token in cut(text, guess=guess):
        marks[at] = 1
        at += len(token)
    marks[at] = 1
    return marks


@lru_cache(maxsize=65536)
def tag(word: str) -> str:
    """Part of speech of *word* in jieba's dictionary; empty if the dictionary does not hold it.

    >>> tag("高度"), tag("群众"), tag("众高")
    ('n', 'n', '')
    """
    engine, fast = _engine()
    if fast:
        if not engine.has_word(word):  # type: ignore[attr-defined]
            return ""
        tagged = engine.tag(word)  # type: ignore[attr-defined]
        return str(tagged[0][1]) if len(tagged) == 1 else ""
    import jieba.posseg

    if not jieba.dt.get_FREQ(word):
        return ""
    return str(jieba.posseg.dt.word_tag_tab.get(word, ""))
