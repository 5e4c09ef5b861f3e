"""What finds what: each row is a fact about names in Chinese texts and in the annotation of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kg.evaluation.gold import Entry
from kg.evaluation.matching import match
from kg.evaluation.spelling import form, office, place
from kg.model import Entity

Gold = Callable[..., tuple[Entry, ...]]
Said = Callable[..., Entity]


@pytest.mark.parametrize(
    ("type", "first", "second", "same"),
    [
        ("Slogan", "“懂政协、会协商、善议政”", "懂政协，会协商，善议政", True),
        ("Initiative", "“书香政协”系列活动", "书香政协", True),
        ("Initiative", "某某工作法", "某某模式", True),
        ("Document", "关于提案工作的意见", "《关于提案工作的意见》", True),
        ("Document", "提案工作计划", "提案工作", False),
        ("Organisation", "政协某市委员会", "某市政协", True),
        ("Organisation", "中国人民政治协商会议某市委员会", "某市政协", True),
        ("Organisation", "中共某市委员会", "某市委", True),
        ("Organisation", "某县人民政府", "某县政府", True),
        ("Organisation", "某县政协", "某县政协党组", False),
        ("Person", "吉 林", "吉林", True),
        ("Person", "阿依古丽·买买提", "阿依古丽•买买提", True),
        ("District", "某某区", "某某", False),
        ("Meeting", "Ａ级会议", "A级会议", True),
    ],
)
def test_spellings_of_one_name(type: str, first: str, second: str, same: bool) -> None:
    assert (form(type, first) == form(type, second)) is same


@pytest.mark.parametrize(
    ("title", "body", "whole"),
    [
        ("书记", "某县委", "某县委书记"),
        ("县委书记", "某县委", "某县委书记"),
        ("政协主席", "某县政协", "某县政协主席"),
        ("县政协主席", "某区某县政协", "某区某县政协主席"),
        ("三届主席", "某县政协", "某县政协主席"),
        ("记者", "", "记者"),
    ],
)
def test_an_office_and_its_body_as_one_string(title: str, body: str, whole: str) -> None:
    assert office(title, body) == whole


@pytest.mark.parametrize("name", ["大理白族自治州", "大理白族", "大理白族州"])
def test_a_place_without_its_level(name: str) -> None:
    assert place(name) == "大理白族"


@pytest.mark.parametrize(
    ("entry", "record", "found"),
    [
        (("Organisation", "某区政协", {"surfaces": ["政协某区委员会"]}), ("Organisation", "政协某区委员会"), True),
        (("Organisation", "某区政协", {"surfaces": ["区政协"]}), ("Organisation", "区政协"), False),
        (("Organisation", "某区政协", {}), ("Organisation", "乙区政协", "某区政协"), False),
        (("District", "某某区", {"surfaces": ["某某"]}), ("District", "某某"), True),
        (("District", "某某区", {}), ("District", "乙区", "某某区"), False),
        (("Document", "提案办理办法", {"surfaces": ["《办法》"]}), ("Document", "提案办理的办法", "《办法》"), True),
        (("Slogan", "三个聚焦", {}), ("Initiative", "三个聚焦"), False),
        (("Slogan", "三个聚焦", {"also": ["Initiative"]}), ("Initiative", "三个聚焦"), True),
    ],
)
def test_what_finds_an_entry(
    gold_of: Gold, said: Said, entry: tuple[str, str, dict[str, Any]], record: tuple[str, ...], found: bool
) -> None:
    type, name, fields = entry
    matching = match(gold_of({"type": type, "name": name, **fields}), [said(*record)])
    assert (matching.pairs == {0: 0}) is found
    assert (matching.missed == (0,)) is not found


@pytest.mark.parametrize(
    ("value", "unit", "quote", "found"),
    [
        (724.0, "件", "全年立案交办提案724件", True),
        (724.0, "件", "另一处", True),
        (724.0, "件提案", "提案724件", True),
        (724.0, "份", "另一处", False),
        (725.0, "件", "提案724件", False),
        (None, "件", "提案724件", False),
    ],
)
def test_a_figure_is_found_by_value_and_unit_or_words(
    gold_of: Gold, said: Said, value: float | None, unit: str, quote: str, found: bool
) -> None:
    entries = gold_of({"type": "Figure", "value": 724, "unit": "件", "bound": "exact", "quote": "提案724件"})
    record = said("Figure", value=value, unit=unit, quote=quote)
    assert (match(entries, [record]).pairs == {0: 0}) is found


def test_of_equal_figures_the_one_of_the_same_words_is_taken(gold_of: Gold, said: Said) -> None:
    entries = gold_of({"type": "Figure", "value": 3, "unit": "次", "bound": "exact", "quote": "视察3次"})
    records = [said("Figure", value=3.0, unit="次", quote=quote) for quote in ("调研3次", "开展视察3次")]
    assert match(entries, records).pairs == {0: 1}


def test_a_spelling_that_two_entries_share_finds_neither(gold_of: Gold, said: Said) -> None:
    entries = gold_of(
        {"type": "District", "name": "甲市", "surfaces": ["全市"]},
        {"type": "District", "name": "乙市", "surfaces": ["全市"]},
    )
    matching = match(entries, [said("District", "全市")])
    assert matching.pairs == {}
    assert matching.repeated == (0,)


def test_a_canonical_name_goes_before_a_spelling_and_required_before_optional(gold_of: Gold, said: Said) -> None:
    entries = gold_of(
        {"type": "Slogan", "name": "一盘棋", "required": False},
        {"type": "Slogan", "name": "下好一盘棋", "surfaces": ["一盘棋"]},
        {"type": "Slogan", "name": "一盘棋思想", "surfaces": ["一盘棋"]},
    )
    matching = match(entries, [said("Slogan", "一盘棋")])
    assert matching.pairs == {0: 0}
    assert matching.missed == (1, 2)


@pytest.mark.parametrize(
    ("records", "extra", "repeated"),
    [
        ([("Slogan", "三个聚焦"), ("Slogan", "“三个聚焦”")], (), (1,)),
        ([("Slogan", "三个聚焦"), ("Slogan", "聚焦主业")], (), (1,)),
        ([("Slogan", "三个聚焦"), ("Slogan", "一盘棋")], (1,), ()),
    ],
)
def test_a_record_that_gold_knows_already_is_no_invention(
    gold_of: Gold, said: Said, records: list[tuple[str, str]], extra: tuple[int, ...], repeated: tuple[int, ...]
) -> None:
    entries = gold_of({"type": "Slogan", "name": "三个聚焦", "components": ["聚焦主业", "聚焦民生", "聚焦团结"]})
    matching = match(entries, [said(*record) for record in records])
    assert (matching.extra, matching.repeated) == (extra, repeated)
