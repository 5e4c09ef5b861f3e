"""docs/methods.md says what each measure means; it and the registry stay in step."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.analyse import measures

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "methods.md").read_text(encoding="utf-8")
SECTIONS = {
    name: " ".join(words.split())
    for name, words in re.findall(r"^### `([^`]+)`\n(.*?)(?=^##|\Z)", PAGE, flags=re.MULTILINE | re.DOTALL)
}


def test_the_page_has_a_section_for_each_and_for_nothing_else() -> None:
    assert sorted(SECTIONS) == sorted(measures())


@pytest.mark.parametrize("name", measures())
def test_a_section_says_what_it_means_assumes_and_is_not_for(name: str) -> None:
    one = measures()[name]
    section = SECTIONS[name]
    assert section.startswith(f"{one.title_zh} · {one.title_en} · Source: {one.source}")
    assert [word for word in ("**Means", "**Assumes", "**Not for") if word not in section] == []
