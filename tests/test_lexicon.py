"""Words as one branch of a regular expression."""

from __future__ import annotations

import re

import pytest

from kg import lexicon


def plainly(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))


@pytest.mark.parametrize(
    "words",
    [
        ("主任",),
        ("主任", "主任委员", "主席", "副主席", "副主任", "书记", "党组书记", "党"),
        ("-甲", "]乙", "^丙", "\\丁", ".戊", "(己", "甲", "甲]"),
        lexicon.words("titles", "office"),
        lexicon.words("measures"),
    ],
    ids=["one", "prefixes", "marks", "titles", "measures"],
)
def test_an_alternation_finds_what_trying_each_word_finds(words: tuple[str, ...]) -> None:
    text = "，".join(words) + "".join(words) + "".join(word[::-1] + word[:1] for word in words)
    for around in ("{}", "(?:{})+", "(?<!副)(?:{})(?!会)", "甲|{}|乙"):
        found, expected = (re.compile(around.format(branch)) for branch in (lexicon.alternation(words), plainly(words)))
        assert [m.span() for m in found.finditer(text)] == [m.span() for m in expected.finditer(text)]
