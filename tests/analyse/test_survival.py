"""Kaplan–Meier and event histories, against published figures and by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
import kg.analyse
from kg.analyse.themes.survival import Histories, History, estimate, interval
from kg.errors import CannotMeasureError

Make = Callable[..., kg.Build]
CITY, DAOLI, NANGANG, DAOWAI = "230100", "230102", "230103", "230104"
FLOWER = "七色花"

# Weeks of remission under 6-mercaptopurine, and whether it ended: Freireich et al. (1963), as in Kalbfleisch and Prentice.
WEEKS = (6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35)
ENDED = (1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0)


def histories(times: Any, events: Any, entries: Any = None) -> Histories:
    entries = entries or [0] * len(times)
    found = zip(times, events, entries, strict=True)
    return Histories(
        "x", 2000, "year",
        tuple(History(str(i), 2000 + entry, 2000 + time - 1, bool(event)) for i, (time, event, entry) in enumerate(found)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("week", "at_risk", "survival", "low", "high"),
    [
        (6, 21, 0.857143, 0.619718, 0.951552),
        (7, 17, 0.806723, 0.563147, 0.922809),
        (10, 15, 0.752941, 0.503200, 0.889362),
        (13, 12, 0.690196, 0.431610, 0.849066),
        (16, 11, 0.627451, 0.367511, 0.804912),
        (22, 7, 0.537815, 0.267779, 0.746791),
        (23, 6, 0.448179, 0.188052, 0.680143),
    ],
)
def test_remission_under_6_mp_is_as_published_and_as_lifelines_has_it(
    week: int, at_risk: int, survival: float, low: float, high: float
) -> None:
    """The estimates of Kaplan and Meier's textbook data; the intervals are those that lifelines 0.30 prints."""
    row = next(row for row in estimate(histories(WEEKS, ENDED)) if row.time == week)
    assert row.at_risk == at_risk
    assert (row.survival, row.low, row.high) == pytest.approx((survival, low, high), abs=5e-6)


def test_delayed_entry_by_hand() -> None:
    found = list(estimate(histories((1, 2, 3, 3), (1, 1, 1, 0), (0, 0, 2, 1))))
    assert [(row.at_risk, row.events, row.censored) for row in found] == [(2, 1, 0), (2, 1, 0), (2, 1, 1)]
    assert [row.survival for row in found] == pytest.approx([1 / 2, 1 / 4, 1 / 8])


CASES = st.lists(st.tuples(st.integers(1, 12), st.booleans(), st.integers(0, 11)), min_size=2, max_size=12)


@settings(deadline=None)
@given(CASES)
def test_the_estimate_is_the_product_of_what_its_own_columns_say(cases: list[tuple[int, bool, int]]) -> None:
    times, events = [time for time, *_ in cases], [int(event) for _, event, _ in cases]
    entries = [min(entry, time - 1) for time, _, entry in cases]
    share = 1.0
    try:
        for row in estimate(histories(times, events, entries)):
            share *= 1 - row.events / row.at_risk if row.at_risk else 1
            assert row.survival == pytest.approx(share)
            if row.low is not None and row.high is not None:
                assert 0 <= row.low <= row.survival <= row.high <= 1
    except CannotMeasureError as error:
        assert "nought for good" in str(error)  # noqa: PT017
        assert share == 0


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_probability_without_error_has_no_interval(share: float) -> None:
    assert interval(share, 0.0) == (None, None)


@pytest.fixture
def spread(toy_build: Make, toy: Any) -> kg.Build:
    return toy_build(
        toy("a", "2021-03", DAOLI, [(FLOWER, DAOLI)]),
        toy("b", "2021", CITY),
        toy("c", "2022-05-07", CITY, [(FLOWER, CITY)]),
        toy("d", "2023", NANGANG, [(FLOWER, NANGANG)]),
        toy("e", "2022", DAOWAI),
        toy("f", "2023-06", DAOWAI),
    )


def test_survival_of_a_toy(spread: kg.Build) -> None:
    frame = kg.analyse.survival(spread)
    columns = ["period", "time", "at_risk", "events", "censored"]
    assert list(frame[columns].itertuples(index=False, name=None)) == [
        ("", 0, 0, 0, 0),
        ("2021", 1, 2, 1, 0),
        ("2022", 2, 2, 1, 0),
        ("2023", 3, 2, 1, 1),
    ]
    assert list(frame["survival"]) == pytest.approx([1, 1 / 2, 1 / 4, 1 / 8])


def test_the_event_history_of_a_toy(spread: kg.Build) -> None:
    frame = kg.analyse.event_history(spread)
    columns = [
        "district", "period", "time", "event", "censored", "documents", "documents_so_far", "above_used", "siblings",
        "siblings_used", "users_so_far",
    ]  # fmt: skip
    assert list(frame[columns].itertuples(index=False, name=None)) == [
        (CITY, "2021", 1, 0, 0, 1, 1, 0, 0, 0, 0),
        (CITY, "2022", 2, 1, 0, 1, 2, 0, 0, 0, 1),
        (DAOLI, "2021", 1, 1, 0, 1, 1, 0, 0, 0, 0),
        (NANGANG, "2023", 3, 1, 0, 1, 1, 1, 2, 1, 2),
        (DAOWAI, "2022", 2, 0, 0, 1, 1, 0, 1, 1, 1),
        (DAOWAI, "2023", 3, 0, 1, 1, 2, 1, 1, 1, 2),
    ]
    assert frame["event"].sum() == (frame["evidence"] != "").sum() == 3


def test_the_table_and_the_curve_have_one_risk_set(spread: kg.Build) -> None:
    table, curve = kg.analyse.event_history(spread), kg.analyse.survival(spread).iloc[1:]
    assert list(table.groupby("period").size()) == list(curve["at_risk"])
    assert list(table.groupby("period")["event"].sum()) == list(curve["events"])
    assert list(table.groupby("period")["censored"].sum()) == list(curve["censored"])


def test_a_formula_of_the_centre_is_above_all_from_the_year_after(toy_build: Make, toy: Any) -> None:
    build = toy_build(
        toy("a", "2021", CITY),
        toy("b", "2022", CITY),
        toy("c", "2022", DAOLI, [("两个确立", DAOLI)]),
        toy("d", "2021", DAOLI),
    )
    frame = kg.analyse.event_history(build, item="两个确立", origin="2021")
    assert list(frame["period"]) == ["2021", "2022", "2021", "2022"]
    assert list(frame["above_used"]) == [0, 1, 0, 1]


def test_an_origin_moves_the_clock_and_must_not_follow_a_use(spread: kg.Build) -> None:
    frame = kg.analyse.survival(spread, origin="2019")
    assert list(frame["time"]) == [0, 1, 2, 3, 4, 5]
    assert list(frame["at_risk"]) == [0, 0, 0, 2, 2, 2]
    assert frame["survival"].iloc[-1] == pytest.approx(1 / 8)
    with pytest.raises(CannotMeasureError, match="used in 2021, before the origin 2022"):
        kg.analyse.survival(spread, origin="2022")
    with pytest.raises(CannotMeasureError, match="'gestern' is no year"):
        kg.analyse.survival(spread, origin="gestern")


def test_months_are_not_guessed_from_years(spread: kg.Build) -> None:
    with pytest.raises(CannotMeasureError, match=r"dated 2021, 2022, 2023, which is less precise than a month"):
        kg.analyse.survival(spread, step="month")


def test_a_curve_that_would_be_nought_for_good_is_refused(toy_build: Make, toy: Any) -> None:
    build = toy_build(toy("a", "2021", DAOLI, [(FLOWER, DAOLI)]), toy("b", "2022", NANGANG), toy("c", "2023", NANGANG))
    with pytest.raises(CannotMeasureError, match="nought for good"):
        kg.analyse.survival(build)
