"""The slogans of districts: the matrix, how alike two districts are, what is own and what is borrowed."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import kg
import kg.analyse
from kg.analyse import Cut
from kg.errors import CannotMeasureError

Make = Callable[..., kg.Build]
DAOLI, NANGANG, HARBIN, HEILONGJIANG, XIHU = "230102", "230103", "230100", "230000", "330106"


@pytest.fixture
def four(toy_build: Make, toy: Any) -> kg.Build:
    return toy_build(
        toy("a", "2021", HARBIN, [("七色花", HARBIN), ("同心桥", HARBIN), ("两个维护", HARBIN)]),
        toy("b", "2022-05", DAOLI, [("七色花", DAOLI), ("一盏灯", DAOLI), ("两个维护", DAOLI), ("石榴籽", DAOLI)]),
        toy("c", "2020", NANGANG, [("同心桥", NANGANG), ("石榴籽", NANGANG)]),
        toy("d", "2022", DAOLI, [("七色花", DAOLI)]),
        toy("e", "2022", XIHU, [("大脚印", XIHU)]),
    )


def test_the_matrix_counts_documents_and_uses(four: kg.Build) -> None:
    frame = kg.analyse.district_slogans(four)
    matrix = frame.pivot(index="name", columns="words", values="documents").fillna(0).astype(int)
    assert matrix.loc["道里区"].to_dict() == {
        "七色花": 2,
        "一盏灯": 1,
        "两个维护": 1,
        "石榴籽": 1,
        "同心桥": 0,
        "大脚印": 0,
    }
    row = frame[(frame.name == "道里区") & (frame.words == "七色花")].iloc[0]
    assert (row.district, row.level, row.uses, row.documents, row["first"]) == (DAOLI, "county", 2, 2, "2022")
    assert [iri.split("/")[1] for iri in row.evidence.split()] == ["b", "d"]
    assert set(frame[frame.national].words) == {"两个维护"}


def test_jaccard_and_cosine_by_hand(four: kg.Build) -> None:
    frame = kg.analyse.district_similarity(four).set_index(["first", "second"])
    # Harbin has 3 slogans, Daoli 4, Nangang 2; Harbin and Daoli share 2 of 5, Harbin and Nangang 1 of 4, the others 1 of 5.
    assert frame.jaccard.to_dict() == pytest.approx(
        {(HARBIN, DAOLI): 2 / 5, (HARBIN, NANGANG): 1 / 4, (DAOLI, NANGANG): 1 / 5}
    )
    assert next(iter(frame.index)) == (HARBIN, DAOLI)
    assert frame.slogans[HARBIN, DAOLI] == "七色花 两个维护"
    # Smoothed IDF over four districts: used by two 1 + ln(5/3), by one 1 + ln(5/2).
    two, one = 1 + math.log(5 / 3), 1 + math.log(5 / 2)
    harbin, nangang, daoli = math.sqrt(3) * two, math.sqrt(2) * two, math.hypot(2 * two, one, two, two)
    assert frame.cosine.to_dict() == pytest.approx({
        (HARBIN, DAOLI): 3 * two**2 / (harbin * daoli),
        (HARBIN, NANGANG): two**2 / (harbin * nangang),
        (DAOLI, NANGANG): two**2 / (daoli * nangang),
    })  # fmt: skip


def test_few_slogans_and_scopes_can_be_left_out(four: kg.Build) -> None:
    assert len(kg.analyse.district_similarity(four, least=3)) == 1
    assert kg.analyse.district_similarity(four, scope="national").jaccard.tolist() == [1.0]


def test_whose_a_slogan_is(four: kg.Build) -> None:
    frame = kg.analyse.district_vocabulary(four).set_index(["name", "words"])
    assert frame.standing.to_dict() == {
        ("哈尔滨市", "七色花"): "elsewhere",
        ("哈尔滨市", "两个维护"): "national",
        ("哈尔滨市", "同心桥"): "elsewhere",
        ("道里区", "一盏灯"): "own",
        ("道里区", "七色花"): "above",
        ("道里区", "两个维护"): "national",
        ("道里区", "石榴籽"): "elsewhere",
        ("南岗区", "同心桥"): "above",
        ("南岗区", "石榴籽"): "elsewhere",
        ("西湖区", "大脚印"): "own",
    }
    assert frame.order["道里区", "七色花"] == "above first"
    assert frame.order["南岗区", "同心桥"] == "district first"
    assert frame.order["道里区", "一盏灯"] == "not known"
    row = frame.loc["南岗区", "同心桥"]
    assert (row.above, row["first"], row.first_above) == ("哈尔滨市", "2020", "2021")
    assert [iri.split("/")[1] for iri in row.evidence.split()] == ["a", "c"]


@pytest.mark.parametrize(
    ("own", "above", "order"),
    [
        ("2022-05", "2022", "not known"),
        ("2022", "2022-05", "not known"),
        ("2022-06", "2022-05", "above first"),
        ("2021-12", "2022", "district first"),
        (None, "2022", "not known"),
    ],
)
def test_dates_of_unequal_precision_have_an_order_only_if_they_cannot_be_one(
    toy_build: Make, toy: Any, own: str | None, above: str, order: str
) -> None:
    build = toy_build(toy("a", above, HARBIN, [("七色花", HARBIN)]), toy("b", own, DAOLI, [("七色花", DAOLI)]))
    frame = kg.analyse.district_vocabulary(build, cut=Cut(level="county"))
    assert frame[["name", "order"]].to_numpy().tolist() == [["道里区", order]]


def test_how_much_is_own_and_borrowed(four: kg.Build) -> None:
    frame = kg.analyse.own_and_borrowed(four).set_index("name")
    counts = ["slogans", "national", "above", "elsewhere", "own", "superiors"]
    assert frame.loc["道里区", counts].tolist() == [4, 1, 1, 1, 1, 1]
    assert (frame.borrowed_share["道里区"], frame.own_share["道里区"]) == (0.5, 0.25)
    # No district above is read: nothing can be told borrowed.
    assert frame.own_share[["哈尔滨市", "西湖区"]].isna().all()
    assert list(kg.analyse.own_and_borrowed(four, least=3).name) == ["哈尔滨市", "道里区"]


def test_what_cannot_be_compared_is_refused(toy_build: Make, toy: Any) -> None:
    alone = toy_build(toy("a", "2021", HARBIN, [("七色花", HARBIN)]))
    apart = toy_build(toy("a", "2021", None, [("七色花", HARBIN), ("大脚印", XIHU)]))
    nobody = toy_build(toy("a", "2021", HARBIN, posts=[("李明", "主席", DAOLI)]))
    for call, words in (
        (lambda: kg.analyse.district_similarity(alone), "1 districts with 1 slogans or more cannot be compared"),
        (lambda: kg.analyse.district_similarity(apart), "no two districts share a slogan"),
        (lambda: kg.analyse.own_and_borrowed(apart), "nothing can be told borrowed"),
        (lambda: kg.analyse.district_slogans(nobody), "the build states no use of a slogan by a body of a district"),
        (lambda: kg.analyse.district_vocabulary(nobody), "the build states no use of a slogan"),
    ):
        with pytest.raises(CannotMeasureError, match=words):
            call()


def gold_districts(shared: Path) -> dict[str, set[str]]:
    """Districts whose bodies use each of two slogans, as a person annotated them."""
    users: dict[str, set[str]] = {"六个龙江": set(), "七大都市": set()}
    for path in sorted((shared / "gold").glob("0*.json")):
        entities = json.loads(path.read_text(encoding="utf-8"))["entities"]
        place = {one["name"]: one.get("place") for one in entities if one["type"] == "Organisation"}
        for one in entities:
            if one["type"] == "Slogan" and one["name"] in users:
                users[one["name"]].update(place.get(user) or user for user in one["users"])
    return users


@pytest.mark.parametrize("slogan", ["六个龙江", "七大都市"])
def test_two_slogans_are_shared_by_the_districts_that_use_them_and_by_no_others(
    shared: Path, real: kg.Build, slogan: str
) -> None:
    gold = gold_districts(shared)[slogan]
    assert len(gold) >= 5
    frame = kg.analyse.district_slogans(real)
    assert set(frame[frame.words == slogan].name) == gold
    graph = kg.analyse.districts_shared_formulae(real)
    sharing = {pair for pair in graph.edges if f"slogan/{slogan}" in graph.edges[pair]["shared"].split()}
    names = {graph.nodes[id]["label"] for pair in sharing for id in pair}
    assert names == gold
    assert len(sharing) == len(gold) * (len(gold) - 1) // 2
