from pathlib import Path

import pytest

from kg.errors import DecisionError
from kg.link import parse_decisions, read_decisions
from kg.model import Decision


@pytest.mark.parametrize(
    ("line", "decision"),
    [
        ("same person/230104/李明 person/230100/李明", Decision("same", "person/230104/李明", "person/230100/李明")),
        ("not-same 张军 person/230100/张军", Decision("not-same", "张军", "person/230100/张军")),
        ("reject slogan/大数据  # a common word", Decision("reject", "slogan/大数据", note="a common word")),
        ("\trename 区政协 政协道外区委员会#", Decision("rename", "区政协", "政协道外区委员会#")),
        ('rename "政协 奋进" "政协 # 奋进" # why', Decision("rename", "政协 奋进", "政协 # 奋进", "why")),
        ("\ufeffreject 大数据", Decision("reject", "大数据")),
    ],
)
def test_a_line_is_a_decision(line: str, decision: Decision) -> None:
    assert parse_decisions(line) == (decision,)
    assert parse_decisions(f"\n# said\n{line.removeprefix(chr(0xFEFF))}\r\n")[0].line == 3


@pytest.mark.parametrize("text", ["", "\n\n", "# only a note", "   #  \n"])
def test_notes_and_blank_lines_decide_nothing(text: str) -> None:
    assert parse_decisions(text) == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("merge A B", "d.txt: line 1: 'merge' is no decision"),
        ("\nsame A", "d.txt: line 2: same takes 2"),
        ("reject A B", "d.txt: line 1: reject takes 1"),
        ("same A B C", "d.txt: line 1: same takes 2"),
        ('reject "政协 奋进', "d.txt: line 1: a quotation mark is not closed"),
    ],
)
def test_errors_name_the_line(text: str, message: str) -> None:
    with pytest.raises(DecisionError, match=message):
        parse_decisions(text, where="d.txt")


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(DecisionError, match=r"none\.txt"):
        read_decisions(tmp_path / "none.txt")
    bad = tmp_path / "bad.txt"
    bad.write_bytes("reject 大数据".encode("gb18030"))
    with pytest.raises(DecisionError, match=r"bad\.txt: offset 7: not UTF-8"):
        read_decisions(bad)
