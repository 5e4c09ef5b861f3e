"""A reader of one word, quick and simple, and texts for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.model import Document, Entity, Evidence, Reader, Reading

TEXT = "道里区政协\n\n道里区政协召开会议，学习有关精神，部署下一步工作。\n"


class OneWord:
    """Reads every 道里区政协; or, on purpose, gets the offsets wrong."""

    name = "one-word"
    version = "1"

    def __init__(self, shift: int = 0) -> None:
        self.shift = shift

    def read(self, document: Document) -> Reading:
        word = "道里区政协"
        starts = [at for at in range(len(document.text)) if document.text.startswith(word, at)]
        evidence = tuple(Evidence(at + self.shift, at + self.shift + len(word), word, "", "test.word") for at in starts)
        body = Entity("Organisation", "body/230102/CPPCC", word, (word,), evidence, kind="CPPCC")
        return Reading(
            doc=document.stem,
            path=document.path,
            encoding=document.encoding,
            sha256=document.sha256,
            length=len(document.text),
            meta=document.meta,
            home=None,
            sections=(),
            entities=(body,) if evidence else (),
        )


@pytest.fixture
def reader() -> Reader:
    return OneWord()


@pytest.fixture
def wrong_reader() -> Reader:
    return OneWord(shift=1)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name in "甲乙丙":
        (folder / f"{name}.txt").write_text(f"{name}\n\n{TEXT}", encoding="utf-8")
    return folder


@pytest.fixture
def snapshot() -> Callable[[Path], dict[str, bytes]]:
    """All files of a build but the store, whose bytes Oxigraph decides."""

    def taken(folder: Path) -> dict[str, bytes]:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.relative_to(folder).parts[0] != "store"
        }

    return taken
