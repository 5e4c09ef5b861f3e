"""docs/quality.md says what the code does."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.cli import evaluate
from kg.evaluation.attributes import ATTRIBUTES
from kg.evaluation.gold import BOUNDS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "quality.md").read_text(encoding="utf-8")
OPTIONS = [option for parameter in evaluate.params for option in parameter.opts if option.startswith("--")]


@pytest.mark.parametrize(
    "words", [*OPTIONS, *(f"`{name}`" for name in (*ATTRIBUTES, *BOUNDS, "also", "resolved_from"))]
)
def test_the_page_names(words: str) -> None:
    assert words in PAGE
