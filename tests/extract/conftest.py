"""Reading one small text, the way a build reads a file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.reading import RuleReader
from kg.model import Entity, Reading
from kg.sources import loads

Read = Callable[..., Reading]


@pytest.fixture
def read() -> Read:
    """Read *text* under *title*, in a document of *place* dated *date*."""

    def reading(text: str, *, place: str = "", date: str = "", title: str = "工作动态一则") -> Reading:
        front = (
            f"---\ntitle: {title}\n"
            + (f"place: {place}\n" if place else "")
            + (f"date: {date}\n" if date else "")
            + "---\n"
        )
        return RuleReader().read(loads(f"{front}\n{text}\n\n（以上内容据公开资料整理。）\n".encode(), "sample.md"))

    return reading


def of(reading: Reading, type_: str) -> dict[str, Entity]:
    """Entities of one type by name."""
    return {e.name: e for e in reading.entities if e.type == type_}
