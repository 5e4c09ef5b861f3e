"""Keys of names, and why a search finds them."""

from __future__ import annotations

import pytest

from kg.explore.search import Match, keys, match, words

ACHENG = ["阿城区政协", "哈尔滨市阿城区政协", "政协阿城区委员会"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("阿城区政协", Match(0, "words", 0)),
        ("阿城", Match(0, "words", 1)),
        ("政协阿城", Match(2, "words", 1)),
        ("政协委员", None),
        ("acheng", Match(0, "pinyin", 1)),
        ("echengqu", Match(0, "pinyin", 1)),
        ("A Cheng", Match(0, "pinyin", 1)),
        ("acqzx", Match(0, "initials", 0)),
        ("ACQ", Match(0, "initials", 1)),
        ("qzx", Match(0, "initials", 2)),
        ("haerbin", Match(1, "pinyin", 1)),
        ("hebs", Match(1, "initials", 1)),
        ("“阿城区”政协", Match(0, "words", 0)),
        ("heng", None),
        ("", None),
        ("，", None),
    ],
)
def test_a_body_is_found_by_words_pinyin_initials_and_aliases(query: str, found: Match | None) -> None:
    assert match(query, keys(ACHENG)) == found


@pytest.mark.parametrize(
    ("name", "readings"),
    [
        ("重庆", "ChongQing ZhongQing"),
        ("阿城", "ACheng ECheng"),
        ("长春", "ChangChun ZhangChun"),
        ("吕梁市", "LvLiangShi"),
        ("政协区委会", "ZhengXieQuWeiHui"),
        ("A股20强", "AGu20Qiang"),
        ("《１１５８》工作法", "1158GongZuoFa"),
        ("CPPCC", ""),
        ("“”", ""),
    ],
)
def test_readings_of_names(name: str, readings: str) -> None:
    assert keys([name]) == (f"{words(name)} {readings}".rstrip(" "),)


@pytest.mark.parametrize("query", ["chongqing", "zhongqing", "cq", "zq"])
def test_heteronyms_are_found_both_ways(query: str) -> None:
    assert match(query, keys(["重庆"])) is not None


def test_readings_do_not_explode() -> None:
    key = keys(["重长乐都行重长乐都行重长乐都行"])[0]
    assert len(key.split(" ")) == 5


@pytest.mark.parametrize("query", ["lvliang", "lüliang"])
def test_umlaut_is_typed_as_v(query: str) -> None:
    assert match(query, keys(["吕梁市"])) == Match(0, "pinyin", 1)


def test_a_key_is_one_line_of_its_name() -> None:
    assert keys(["道里区\n政协\u2028", "<script>"]) == ("道里区政协 DaoLiQuZhengXie", "<script>")
