"""Texts cut off and stripped at any place are read without a crash, and every quote stands where its offsets say."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.extract.reading import RuleReader
from kg.sources import loads

TEXTS = sorted((Path(__file__).parents[1] / "gold" / "texts").glob("*.txt"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.stem))
def test_a_text_cut_anywhere_is_read(path: Path) -> None:
    text, chance = path.read_text(encoding="utf-8"), random.Random(path.stem)
    for _ in range(6):
        start = chance.randrange(len(text))
        words = text[start : start + chance.randrange(40, 900)]
        words = "".join(c for c in words if chance.random() > 0.03)
        try:
            document = loads(words.encode(), "cut.txt")
        except KgError:
            continue
        for entity in RuleReader().read(document).entities:
            assert all(document.text[e.start : e.end] == e.quote for e in entity.evidence)


@pytest.mark.parametrize(
    "text",
    ["县政协推动县水利局投入38万元，成立县水利局", "县政协主席李昭", "县卫生和宗教委员会，县民族和宗教委员会参加。"],
)
def test_a_body_or_a_name_may_end_a_text(text: str) -> None:
    assert RuleReader().read(loads(f"---\nplace: 禄劝县\n---\n\n{text}".encode(), "end.md")).entities
