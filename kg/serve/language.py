"""The language of a page: as the reader says, as the browser asks, else Chinese; and the Chinese words for questions."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

LANGUAGES = ("zh", "en")
_RANGE = re.compile(r"\s*([A-Za-z]{1,8}|\*)(?:-[\w-]*)?\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?))?\s*$", re.ASCII)


def chosen(said: str | None, kept: str | None, accepted: str) -> str:
    """``zh`` or ``en``: what the address says, what was chosen before, what the browser likes best (*accepted*)."""
    return next((language for language in (said, kept) if language in LANGUAGES), None) or preferred(accepted)


def preferred(accepted: str) -> str:
    """``zh`` or ``en``, whichever stands higher in *accepted*, a header Accept-Language; Chinese where neither does.

    A reader of a third language gets English.

    >>> [preferred(words) for words in ("en-US,zh;q=0.5", "zh-CN,en;q=0.9", "fr", "")]
    ['en', 'zh', 'en', 'zh']
    """
    best: dict[str, float] = {}
    for part in accepted.split(","):
        if found := _RANGE.match(part):
            name = found[1].lower()
            best[name] = max(best.get(name, 0.0), float(found[2] or 1))
    best = {name: weight for name, weight in best.items() if weight > 0 and name != "*"}
    if not best or "zh" in best:
        return "en" if best.get("en", 0) > best.get("zh", 0) else "zh"
    return "en"


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    lines = (Path(__file__).parent / "questions.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if line and not line.startswith("#"))


def word(name: str, language: str) -> str:
    """A column, a parameter or a choice in a language: in English as it is called, with spaces.

    >>> word("earlier_of_user", "en"), word("slogan", "zh")
    ('earlier of user', '提法')
    """
    return _words().get(name, name) if language == "zh" else name.replace("_", " ")


def sentence(words: str, language: str) -> str:
    """A sentence of help in a language; one that nobody has put into Chinese stays in English."""
    return _words().get(words, words) if language == "zh" else words


def value(words: str, language: str) -> str:
    """What stands in a cell, in a language: a term of ours (``stated``) is put into Chinese, words of a text never are."""
    return _words().get(words, words) if language == "zh" and words.isascii() else words
