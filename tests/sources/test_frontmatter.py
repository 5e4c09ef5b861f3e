"""Metadata between two lines of dashes."""

from __future__ import annotations

import pytest

from kg.errors import SourceError
from kg.model import Metadata
from kg.sources import loads

BODY = "\n市政协召开常委会会议，听取提案办理情况通报。\n"


def read(card: str, newline: str = "\n") -> Metadata:
    return loads(f"---\n{card}\n---{BODY}".replace("\n", newline).encode(), "a.md").meta


@pytest.mark.parametrize(
    ("card", "field", "value"),
    [
        ("title: 工作报告", "title", "工作报告"),
        ('title: "2022: 一年"', "title", "2022: 一年"),
        ("title: 2022", "title", "2022"),
        ("subtitle: 摘要", "subtitle", "摘要"),
        ("date: 2022", "date", "2022"),
        ("date: 2022-05", "date", "2022-05"),
        ("date: 2022-05-07", "date", "2022-05-07"),
        ("date: 2023-1-5", "date", "2023-01-05"),
        ("title: 1.10", "title", "1.10"),
        ("title: 12:30", "title", "12:30"),
        ("title: ~", "title", ""),
        ("date: '2022/05/07'", "date", "2022-05-07"),
        ("date: 2022-05-07 10:30:00", "date", "2022-05-07"),
        ("title: x", "date", None),
        ("publisher: 某某日报", "publisher", "某某日报"),
        ("authors: [王小明, 李 四]", "authors", ("王小明", "李 四")),
        ("authors: 王小明、李四", "authors", ("王小明", "李四")),
        ("author: 王小明", "authors", ("王小明",)),
        ("authors:", "authors", ()),
        ("place: 阿城区", "place", "阿城区"),
        ("source: https://example.org/1", "source", "https://example.org/1"),
        ("colour: red\ntitle: 报告", "title", "报告"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_keys(card: str, field: str, value: object, newline: str) -> None:
    assert getattr(read(card, newline), field) == value


def test_date_of_the_front_matter_is_stated() -> None:
    assert read("date: 2022-05").date_basis == "stated"
    assert read("title: x").date_basis == "unknown"


def test_front_matter_is_text_but_not_flow() -> None:
    document = loads(f"---\ntitle: 报告\n---{BODY}".encode(), "a.md")
    assert document.text.startswith("---\ntitle")
    assert document.flow == BODY.strip()
    assert document.text[document.offsets[0]] == "市"


@pytest.mark.parametrize("text", ["---" + BODY, "----\ntitle: x\n----" + BODY, BODY + "---\ntitle: x\n---\n"])
def test_a_rule_of_dashes_is_no_front_matter(text: str) -> None:
    assert loads(text.encode(), "a.md").meta.title in ("", "title: x")


@pytest.mark.parametrize(
    ("card", "says"),
    [
        ("title: [unclosed", "line 3"),
        ("title: a\npublisher: b: c", "line 3"),
        ("title: a\n\tpublisher: b", "line 3"),
        ("title: {a: 1}", "line 2: title"),
        ("publisher: a\ntitle: [a, b]", "line 3: title"),
        ("title: a\ndate: 2022-13", "line 3: the date '2022-13'"),
        ("date: 昨天", "line 2: the date"),
        ("title: a\nplace: b\ndate: 2022-02-30", "line 4: the date '2022-02-30'"),
        ('extra:\n  date: 2022\ntitle: a\n"date": 昨天', "line 5: the date"),
        ('place: a\ntitle: "\\uD800"', "line 3: title in the front matter holds half of a character"),
        ('authors: [甲, "\\udc00"]', "line 2: authors in the front matter holds half of a character"),
        ("title: a\nplace: \x07", r"line 3: .*the character U\+0007 may not stand there"),
        ("title: " + "[" * 3000, "line 2: .*nested too deeply"),
        ("title: !!python/object/apply:os.system ['true']", "line 2"),
    ],
)
def test_front_matter_that_does_not_parse(card: str, says: str) -> None:
    with pytest.raises(SourceError, match="a.md: " + says) as caught:
        read(card)
    assert "\n" not in str(caught.value)


def test_front_matter_that_is_never_closed() -> None:
    with pytest.raises(SourceError, match=r"line 1: .* never closed"):
        loads(f"---\ntitle: x{BODY}".encode(), "a.md")
