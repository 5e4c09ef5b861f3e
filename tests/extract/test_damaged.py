"""Texts cut off and stripped at any place are read without a crash, and every quote stands where its offsets say."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.extract.page import quotations
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


def test_a_bureau_of_no_table_is_a_department() -> None:
    text = "---\nplace: 禄劝县\n---\n\n禄劝县政协召开会议。县民族和社会建设委员会参加会议。"
    found = {
        e.name: e.kind for e in RuleReader().read(loads(text.encode(), "x.md")).entities if e.type == "Organisation"
    }
    assert found["禄劝县民族和社会建设委员会"] == "Department"


def test_quotations_nested_beyond_sense_are_left_out() -> None:
    quoted, titled = quotations("《" * 4000 + "关于某事的意见" + "》" * 4000 + "“" * 40 + "话" + "”" * 40)
    assert (len(quoted), len(titled)) == (16, 16)
