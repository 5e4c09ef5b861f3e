"""Indicators: the words of the texts stay, only scales are normalised, and doubts stand beside the figures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
import kg.analyse
from kg.analyse.themes.indicators import indicator_table, normalised
from kg.errors import CannotMeasureError, NotFoundError

TEXT = """---
date: {date}
place: {place}
---
{place}政协工作情况

{said}
"""


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.Build]:
    folder = tmp_path_factory.mktemp("indicators")
    said = {
        "道里区": "2022年，道里区政协立案提案98件，报送社情民意信息120余条，落实资金1.5亿元。",
        "南岗区": "2022年，南岗区政协立案提案112件，报送社情民意信息130条，落实资金300万元。",
        "道外区": "2022年，道外区政协立案提案98件，报送社情民意信息140篇。",
        "西湖区": "2022年，西湖区政协立案提案300件。",
    }
    for number, (place, words) in enumerate(said.items()):
        path = folder / f"{number}.md"
        path.write_text(TEXT.format(date="2023-01-05", place=place, said=words), encoding="utf-8")
    kg.build(folder, folder / "out", check="never")
    with kg.open(folder / "out") as made:
        yield made


def test_values_stand_with_the_words_of_the_text(build: kg.Build) -> None:
    frame = kg.analyse.indicators(build, indicator="社情民意信息")
    columns = ["measure", "body_name", "year", "year_basis", "value", "unit", "bound", "quote"]
    assert list(frame[columns].itertuples(index=False, name=None)) == [
        ("报送社情民意信息", "道里区政协", "2022", "period", 120.0, "条", "more", "报送社情民意信息120余条"),
        ("报送社情民意信息", "南岗区政协", "2022", "period", 130.0, "条", "exact", "报送社情民意信息130条"),
        ("报送社情民意信息", "道外区政协", "2022", "period", 140.0, "篇", "exact", "报送社情民意信息140篇"),
    ]


def test_money_is_normalised_and_the_text_kept(build: kg.Build) -> None:
    frame = kg.analyse.indicators(build, indicator="落实资金")
    assert list(frame[["value", "unit", "number", "per"]].itertuples(index=False, name=None)) == [
        (1.5, "亿元", 150_000_000.0, "元"),
        (300.0, "万元", 3_000_000.0, "元"),
    ]
    with pytest.raises(NotFoundError, match="the indicators are 提案提交"):
        kg.analyse.indicators(build, indicator="无人统计")


@pytest.mark.parametrize(
    ("value", "unit", "number", "per"),
    [
        ("382", "万元", 3_820_000.0, "元"),
        ("1.1", "万人次", 11_000.0, "人次"),
        ("2", "百万", 2_000_000.0, ""),
        ("0.3", "千亿元", 30_000_000_000.0, "元"),
        ("3", "百分点", 3.0, "百分点"),
        ("80", "%", 80.0, "%"),
        ("28", "项", 28.0, "项"),
        ("5", "", 5.0, ""),
    ],
)
def test_only_scales_are_taken_off(value: str, unit: str, number: float, per: str) -> None:
    assert normalised(value, unit) == (number, per)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("立案交办提案", ["提案立案"]),
        ("提案立案率", []),
        ("收到提案", ["提案提交"]),
        ("办复提案", ["提案办复"]),
        ("开展调研视察活动", ["调研视察"]),
        ("撰写调研视察考察报告", ["调研报告"]),
        ("收集上报社情民意信息", ["社情民意信息"]),
        ("社情民意信息员", []),
        ("组织召开常委会议", ["常委会会议"]),
        ("常委会议专题协商", ["协商会议"]),
        ("收到意见建议", ["意见建议"]),
        ("为群众办实事", []),
    ],
)
def test_a_measure_is_of_an_indicator_by_its_words_alone(words: str, found: list[str]) -> None:
    assert [one.name for one in indicator_table() if one.counts(words)] == found


def test_siblings_are_compared_where_they_can_be(build: kg.Build) -> None:
    frame = kg.analyse.indicator_siblings(build)
    assert list(frame[["indicator", "year", "district_name", "number", "rank", "caution"]].itertuples(index=False, name=None)) == [
        ("提案立案", "2022", "南岗区", 112.0, 1, ""),
        ("提案立案", "2022", "道里区", 98.0, 2, ""),
        ("提案立案", "2022", "道外区", 98.0, 2, ""),
    ]  # fmt: skip


def test_bounds_and_units_are_cautions_not_ranks(build: kg.Build) -> None:
    frame = kg.analyse.indicator_siblings(build, indicator="社情民意信息", year="2022")
    assert dict(zip(frame["district_name"], frame["caution"], strict=True)) == {
        "南岗区": "",
        "道里区": "bound: more",
        "道外区": "unit: not 条",
    }
    assert frame["rank"].isna().tolist() == [False, True, True]
    with pytest.raises(CannotMeasureError, match="no two districts of one superior"):
        kg.analyse.indicator_siblings(build, indicator="社情民意信息", year="2021")


def test_the_year_of_the_document_is_a_caution(tmp_path: Path) -> None:
    for number, place in enumerate(("道里区", "南岗区")):
        said = TEXT.format(date="2023-01-05", place=place, said=f"{place}政协立案提案9{number}件，工作有了新的进展。")
        (tmp_path / f"{number}.md").write_text(said, encoding="utf-8")
    with kg.build(tmp_path, tmp_path / "out", check="never") as build:
        with pytest.raises(CannotMeasureError, match="--dated document"):
            kg.analyse.indicator_siblings(build, dated="period")
        frame = kg.analyse.indicator_siblings(build)
    assert list(frame[["district_name", "year", "caution"]].itertuples(index=False, name=None)) == [
        ("南岗区", "2023", "year of the document"),
        ("道里区", "2023", "year of the document"),
    ]
    assert frame["rank"].isna().all()


def test_the_table_says_first_what_it_is_and_names_no_indicator_twice() -> None:
    path = Path(kg.analyse.__file__).with_name("indicators.tsv")
    assert path.read_text(encoding="utf-8").startswith("# Indicators of the work")
    names = [one.name for one in indicator_table()]
    assert len(names) == len(set(names))
