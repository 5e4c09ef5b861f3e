"""What docs/explorer.md says is so."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner

from kg.cli import kg

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "explorer.md").read_text(encoding="utf-8")


def test_every_option_stands_in_the_page() -> None:
    told = CliRunner().invoke(kg, ["explore", "--help"]).output
    options = set(re.findall(r"(--[a-z]+)", told)) - {"--help", "--out", "--html"}
    assert options
    assert {option for option in options if f"`{option}" not in PAGE} == set()
    assert set(re.findall(r"^\| `(--[a-z]+)", PAGE, re.MULTILINE)) == options


def test_every_view_stands_in_the_page() -> None:
    words = (ROOT / "kg" / "explore" / "static" / "words.mjs").read_text(encoding="utf-8")
    chinese, english = words.split("\n  en: {")
    for half in (chinese, english):
        for name in re.findall(r'"story\.\w+": "([^"]+)"', half):
            assert name in PAGE


def test_pictures_are_there_and_small() -> None:
    names = set(re.findall(r"images/([\w-]+\.png)", PAGE + (ROOT / "README.md").read_text(encoding="utf-8")))
    assert len(names) == 2
    for name in names:
        assert 10_000 < (ROOT / "docs" / "images" / name).stat().st_size < 300_000
