"""Diffusion, worked by hand: one slogan, a city, three of its districts, six documents of unequal precision."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
import kg.analyse
from kg.analyse import Cut
from kg.errors import CannotMeasureError, KgError, NotFoundError

Make = Callable[..., kg.Build]
CITY, DAOLI, NANGANG, DAOWAI = "230100", "230102", "230103", "230104"
FLOWER = "七色花"


@pytest.fixture
def spread(toy_build: Make, toy: Any) -> kg.Build:
    return toy_build(
        toy("a", "2021-03", DAOLI, [(FLOWER, DAOLI)]),
        toy("b", "2021", CITY),
        toy("c", "2022-05-07", CITY, [(FLOWER, CITY)]),
        toy("d", "2023", NANGANG, [(FLOWER, NANGANG)]),
        toy("e", "2022", DAOWAI),
        toy("f", "2023-06", DAOWAI),
        toy("g", None, "230108", [(FLOWER, "230108")]),
    )


def rows(frame: Any, *columns: str) -> list[tuple[Any, ...]]:
    return list(frame[list(columns)].itertuples(index=False, name=None))


def test_first_use_says_what_was_read_before(spread: kg.Build) -> None:
    frame = kg.analyse.first_use(spread)
    assert rows(frame, "user", "date", "basis", "documents", "read_before", "read_last", "read") == [
        (DAOLI, "2021-03", "stated", 1, 0, "", 1),
        (CITY, "2022-05-07", "stated", 1, 1, "2021", 2),
        (NANGANG, "2023", "stated", 1, 0, "", 1),
    ]
    assert set(frame["quote"]) == {"“七色花”"}
    assert all(cell.startswith("use/") for cell in frame["evidence"])


def test_two_dates_that_overlap_give_an_interval_and_both_as_evidence(toy_build: Make, toy: Any) -> None:
    build = toy_build(
        toy("a", "2022", DAOLI, [(FLOWER, DAOLI)]),
        toy("b", "2022-05-07", DAOLI, [(FLOWER, DAOLI)]),
        toy("c", "2022-06", DAOLI, [(FLOWER, DAOLI)]),
    )
    frame = kg.analyse.first_use(build)
    assert rows(frame, "date", "documents") == [("2022-01-01/2022-05-07", 3)]
    assert {iri.split("/")[1] for iri in frame["evidence"][0].split()} == {"a", "b"}


def test_first_use_by_body_and_of_initiatives_of_one_name(toy_build: Make, toy: Any) -> None:
    build = toy_build(
        toy("a", "2021", DAOLI, [(FLOWER, DAOLI)], owned=[("书香政协", DAOLI)]),
        toy("b", "2022", NANGANG, owned=[("书香政协", NANGANG)]),
    )
    assert rows(kg.analyse.first_use(build, by="body"), "user", "user_name", "district") == [
        (f"body/{DAOLI}/CPPCC", "道里区政协", DAOLI)
    ]
    frame = kg.analyse.first_use(build, what="initiative")
    assert rows(frame, "item", "user", "date") == [("书香政协", DAOLI, "2021"), ("书香政协", NANGANG, "2022")]
    assert all(cell.startswith("claim/") for cell in frame["evidence"])


def test_lags_are_intervals_and_only_between_observed_levels(spread: kg.Build) -> None:
    frame = kg.analyse.lag(spread)
    assert rows(frame, "district", "above", "order", "days_least", "days_most") == [
        (DAOLI, CITY, "before", -432, -402),
        (NANGANG, CITY, "after", 239, 603),
    ]


def test_one_document_is_one_day_even_if_only_its_year_is_known(toy_build: Make, toy: Any) -> None:
    build = toy_build(toy("a", "2022", CITY, [(FLOWER, CITY), (FLOWER, DAOLI)]))
    assert rows(kg.analyse.lag(build), "order", "days_least", "days_most") == [("together", 0, 0)]
    two = toy_build(toy("a", "2022", CITY, [(FLOWER, CITY)]), toy("b", "2022", DAOLI, [(FLOWER, DAOLI)]))
    assert rows(kg.analyse.lag(two), "order", "days_least", "days_most") == [("unclear", -364, 364)]


def test_the_centre_s_date_of_a_formula_is_the_year_of_the_table(toy_build: Make, toy: Any) -> None:
    build = toy_build(toy("a", "2022-03-01", DAOLI, [("两个确立", DAOLI)]))
    frame = kg.analyse.lag(build)
    assert rows(frame, "above", "above_date", "above_basis", "days_least", "days_most") == [
        ("100000", "2021", "formulae", 60, 424)
    ]
    assert "formula/两个确立" in frame["evidence"][0]


def test_bottom_up_is_taken_up_or_not(toy_build: Make, toy: Any) -> None:
    build = toy_build(
        toy("a", "2021-03", DAOLI, [(FLOWER, DAOLI), ("一盏灯", DAOLI), ("两个确立", DAOLI)]),
        toy("c", "2022-05-07", CITY, [(FLOWER, CITY)]),
        toy("d", "2023", NANGANG, [(FLOWER, NANGANG), ("同心桥", NANGANG)]),
        toy("e", "2021", CITY),
    )
    frame = kg.analyse.bottom_up(build)
    assert rows(frame, "item", "district", "case", "above", "above_read") == [
        ("一盏灯", DAOLI, "not taken up", "", 1),
        (FLOWER, DAOLI, "taken up", CITY, 1),
    ]
    assert rows(frame[frame["case"] == "taken up"], "days_least", "days_most") == [(402, 432)]
    assert frame["days_least"].isna().tolist() == [True, False]


def test_adoption_has_its_denominator(spread: kg.Build) -> None:
    frame = kg.analyse.adoption(spread)
    assert rows(frame, "period", "observed_least", "adopted_least", "share_least", "new", "undated") == [
        ("2021", 2, 1, 1 / 2, DAOLI, 1),
        ("2022", 3, 2, 2 / 3, CITY, 1),
        ("2023", 4, 3, 3 / 4, NANGANG, 1),
    ]
    assert list(frame["share_least"]) == list(frame["share_most"])


def test_adoption_by_month_leaves_open_what_the_dates_leave_open(spread: kg.Build) -> None:
    frame = kg.analyse.adoption(spread, step="month").set_index("period")
    columns = ["observed_least", "observed_most", "adopted_least", "adopted_most", "share_least", "share_most"]
    assert list(frame.loc["2021-01", columns]) == [0, 1, 0, 0, 0, 0]
    assert list(frame.loc["2021-03", columns]) == [1, 2, 1, 1, 1 / 2, 1]
    assert list(frame.loc["2023-01", columns]) == [3, 4, 2, 3, 2 / 4, 3 / 4]
    assert len(frame) == 36
    assert (frame["share_least"] <= frame["share_most"]).all()


def test_the_item_is_the_one_most_districts_use_or_the_one_named(toy_build: Make, toy: Any) -> None:
    build = toy_build(
        toy("a", "2021", DAOLI, [(FLOWER, DAOLI), ("一盏灯", DAOLI)]), toy("b", "2022", NANGANG, [(FLOWER, NANGANG)])
    )
    assert set(kg.analyse.adoption(build)["item"]) == {FLOWER}
    assert set(kg.analyse.adoption(build, item="“一盏灯”")["item"]) == {"一盏灯"}
    with pytest.raises(NotFoundError, match="did you mean 一盏灯"):
        kg.analyse.adoption(build, item="一盏")


@pytest.mark.parametrize(
    ("measure", "toys", "words"),
    [
        ("adoption", [("a", "2021", DAOLI, [(FLOWER, DAOLI)])], "one point is no curve"),
        ("survival", [("a", "2021", DAOLI, [(FLOWER, DAOLI)])], "one is no curve"),
        ("event_history", [("a", "2021", DAOLI, [(FLOWER, DAOLI)])], "one is no curve"),
        ("survival", [("a", "2021", CITY, [(FLOWER, DAOLI)])], "of one year"),
        ("lag", [("a", "2021", DAOLI, [(FLOWER, DAOLI)])], "one date is no lag"),
        ("bottom_up", [("a", "2021", DAOLI, [(FLOWER, DAOLI)])], "later, of those above"),
        ("lag", [("a", None, DAOLI, [(FLOWER, DAOLI), (FLOWER, CITY)])], "no use is dated"),
        ("adoption", [("a", None, DAOLI, [(FLOWER, DAOLI)])], "no use is dated"),
        ("first_use", [("a", None, DAOLI, [(FLOWER, DAOLI)])], "no use is dated"),
        ("first_use", [("a", "2021", DAOLI, [])], "the build states no use of a slogan"),
    ],
)
def test_data_that_cannot_carry_a_measure_are_refused(
    toy_build: Make, toy: Any, measure: str, toys: list[Any], words: str
) -> None:
    with pytest.raises(CannotMeasureError, match=words) as refused:
        getattr(kg.analyse, measure)(toy_build(*(toy(*one) for one in toys)))
    assert "; " in str(refused.value)


def test_a_cut_limits_uses_and_denominator(spread: kg.Build) -> None:
    frame = kg.analyse.adoption(spread, cut=Cut(level="county"))
    assert list(frame["observed_most"]) == [1, 2, 3]
    assert list(frame["adopted_most"]) == [1, 1, 2]
    assert rows(kg.analyse.first_use(spread, cut=Cut(since="2022")), "user") == [(CITY,), (NANGANG,)]


USES = st.lists(
    st.tuples(
        st.sampled_from(["2020", "2021", "2021-03", "2021-03-05", "2022", None]),
        st.sampled_from([CITY, DAOLI, NANGANG, DAOWAI]),
        st.lists(
            st.tuples(st.sampled_from([FLOWER, "一盏灯"]), st.sampled_from([CITY, DAOLI, NANGANG, DAOWAI])), max_size=3, unique=True
        ),
    ),
    min_size=1,
    max_size=5,
)  # fmt: skip
DIFFUSION = ("first_use", "lag", "bottom_up", "adoption", "survival", "event_history")


def outcome(measure: str, build: kg.Build) -> str:
    try:
        return str(getattr(kg.analyse, measure)(build).to_csv(index=False))
    except KgError as error:
        return str(error)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(USES, st.randoms(use_true_random=False))
def test_documents_in_any_order_give_the_same(toy_build: Make, toy: Any, made: Any, random: Any) -> None:
    toys = [toy(f"d{place}", *one) for place, one in enumerate(made)]
    mixed = list(toys)
    random.shuffle(mixed)
    one, other = toy_build(*toys), toy_build(*mixed)
    for measure in DIFFUSION:
        assert outcome(measure, one) == outcome(measure, other)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(USES)
def test_an_isolated_document_changes_no_lag_and_no_first_use(toy_build: Make, toy: Any, made: Any) -> None:
    toys = [toy(f"d{place}", *one) for place, one in enumerate(made)]
    fewer = toy_build(*toys)
    more = toy_build(*toys, toy("z", "2020-06", "330106", [("湖畔", "330106")]))
    for measure in ("first_use", "lag", "bottom_up"):
        before = outcome(measure, fewer)
        if "\n" in before:
            after = outcome(measure, more)
            assert [line for line in after.splitlines() if not line.startswith("湖畔,")] == before.splitlines()


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(USES)
def test_shares_lie_between_nought_and_one_and_the_curve_never_falls_below_its_least(
    toy_build: Make, toy: Any, made: Any
) -> None:
    toys = [toy(f"d{place}", *one) for place, one in enumerate(made)]
    build = toy_build(*toys)
    try:
        frame = kg.analyse.adoption(build, step="month")
    except CannotMeasureError:
        return
    assert (
        (frame["share_least"] >= 0) & (frame["share_least"] <= frame["share_most"]) & (frame["share_most"] <= 1)
    ).all()
    for column in ("observed_least", "observed_most", "adopted_least", "adopted_most"):
        assert frame[column].is_monotonic_increasing
    assert (frame["adopted_most"] <= frame["observed_most"]).all()


def test_six_dragon_rivers_spread_as_the_sections_say(real: kg.Build) -> None:
    frame = kg.analyse.first_use(real, item="六个龙江")
    assert set(frame["user_name"]) == {"哈尔滨市", "道里区", "双城区", "松北区", "五常市"}
    assert set(frame["date"]) == {"2022"}


def test_the_command_draws_and_prints(spread: kg.Build, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from kg.cli import main

    with pytest.raises(SystemExit) as ended:
        main(["analyse", str(spread.path), "adoption", "--item", FLOWER, "--plot", str(tmp_path / "a.svg")])
    assert not ended.value.code
    assert (tmp_path / "a.svg").read_bytes().startswith(b"<?xml")
    with pytest.raises(SystemExit) as ended:
        main(["analyse", str(spread.path), "bottom-up", "--format", "csv"])
    assert not ended.value.code
    assert "taken up,230100,哈尔滨市,2022-05-07,402,432,1" in capsys.readouterr().out
    with pytest.raises(SystemExit) as ended:
        main(["analyse", str(spread.path), "survival", "--step", "month"])
    assert ended.value.code == 2
    assert "less precise than a month" in capsys.readouterr().err
