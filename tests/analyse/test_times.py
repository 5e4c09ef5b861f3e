"""Dates of unequal precision as intervals: nothing is more precise than what it rests on."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analyse.times import Span, earliest, lag, name, number, span, whole

DAYS = st.dates(date(1949, 1, 1), date(2030, 12, 31))
WORDS = st.builds(lambda day, length: day.isoformat()[:length], DAYS, st.sampled_from([4, 7, 10]))


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2022-02", date(2022, 2, 1), date(2022, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-05-07", date(2022, 5, 7), date(2022, 5, 7)),
    ],
)
def test_a_date_is_all_the_days_it_may_mean(words: str, first: date, last: date) -> None:
    assert span(words) == Span(first, last)
    assert str(Span(first, last)) == words


@pytest.mark.parametrize("words", ["", "十四届以来", "2022-13", "2022-02-30", "22", "2022-5", "0000", "2022/05"])
def test_what_is_no_date_is_none(words: str) -> None:
    assert span(words) is None


def known(words: str) -> Span:
    found = span(words)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("earlier", "later", "days"),
    [
        ("2021", "2022", (1, 729)),
        ("2022", "2022", (-364, 364)),
        ("2022-05-07", "2022-05-07", (0, 0)),
        ("2022-05-07", "2023", (239, 603)),
        ("2022-12-31", "2023-01-01", (1, 1)),
        ("2024", "2022-06", (-944, -550)),
    ],
)
def test_a_lag_is_an_interval(earlier: str, later: str, days: tuple[int, int]) -> None:
    assert lag(known(earlier), known(later)) == days


@settings(deadline=None)
@given(WORDS, WORDS, st.data())
def test_a_lag_holds_every_pair_of_days_and_no_more(one: str, other: str, data: st.DataObject) -> None:
    first, second = known(one), known(other)
    a, b = data.draw(st.dates(*first)), data.draw(st.dates(*second))
    least, most = lag(first, second)
    assert least <= (b - a).days <= most
    assert lag(second, first) == (-most, -least)
    assert (second.first - first.last).days == least


@settings(deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=5))
def test_the_earliest_is_no_later_than_any_and_needs_not_be_one_of_them(words: list[str]) -> None:
    spans = [known(one) for one in words]
    found = earliest(spans)
    assert found.first == min(one.first for one in spans)
    assert all(found.last <= one.last for one in spans)
    assert earliest(reversed(spans)) == found


def test_an_interval_that_is_no_period_is_written_with_both_ends() -> None:
    assert str(earliest([known("2022"), known("2022-05-07")])) == "2022-01-01/2022-05-07"


@settings(deadline=None)
@given(DAYS, st.sampled_from(["year", "month"]))
def test_a_period_is_named_by_the_days_in_it(day: date, step: str) -> None:
    words = day.isoformat()[: 4 if step == "year" else 7]
    assert name(number(day, step), step) == words  # type: ignore[arg-type]
    assert whole(known(words), step)  # type: ignore[arg-type]
