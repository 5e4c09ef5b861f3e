"""The report of a build, for people."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.model import Reader


def built(texts: Path, out: Path, reader: Reader) -> str:
    kg.build(texts, out, reader=reader, check="never")
    return (out / "report.md").read_text(encoding="utf-8")


def test_records_and_entities_are_told_apart(texts: Path, tmp_path: Path, reader: Reader) -> None:
    report = built(texts, tmp_path / "out", reader)
    assert "- Records: 3, resting on 6 passages" in report
    assert "- Entities: 1; a record is what one document says of a thing, an entity is the thing over all" in report


@pytest.mark.parametrize(
    ("card", "title"),
    [("title: 工作报告", "工作报告"), ("title: 工作报告\nsubtitle: 摘要", "工作报告：摘要")],
)
def test_the_title_of_a_document_stands_in_its_row(
    card: str, title: str, texts: Path, tmp_path: Path, reader: Reader
) -> None:
    (texts / "丁.md").write_text(f"---\n{card}\n---\n道里区政协召开会议，学习有关精神。", encoding="utf-8")
    assert f"| 丁 | {title} | " in built(texts, tmp_path / "out", reader)


def test_links_are_counted_in_one_sentence(texts: Path, tmp_path: Path, reader: Reader) -> None:
    report = built(texts, tmp_path / "out", reader)
    line = (
        "0 identities are read as another one, 0 are left out, 0 bear a name that people chose; `links.json` says why."
    )
    assert line in report.splitlines()


def test_no_line_ends_in_a_blank(texts: Path, tmp_path: Path, reader: Reader) -> None:
    lines = built(texts, tmp_path / "out", reader).splitlines()
    assert [line for line in lines if line != line.rstrip()] == []
