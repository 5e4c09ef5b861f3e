"""Careers and colleagues: attestations are bounds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
import kg.analyse
from kg.analyse.themes.careers import Attested, overlap
from kg.analyse.times import Span, span
from kg.errors import CannotMeasureError, NotFoundError

Make = Callable[..., kg.Build]
DAOLI, NANGANG = "230102", "230103"


def test_gaps_and_overlaps_are_flagged(toy_build: Make, toy: Any) -> None:
    build = toy_build(
        toy("a", "2018", posts=[("李明", "主席", DAOLI)]),
        toy("b", "2019", posts=[("李明", "主席", DAOLI)]),
        toy("c", "2022-05", posts=[("李明", "委员", DAOLI), ("李明", "主席", NANGANG)]),
        toy("d", None, posts=[("李明", "副主席", DAOLI)]),
    )
    frame = kg.analyse.careers(build, person="李明")
    columns = ["title", "body_name", "first", "last", "documents", "flags", "overlaps"]
    assert list(frame[columns].itertuples(index=False, name=None)) == [
        ("主席", "道里区政协", "2018", "2019", 2, "", ""),
        ("委员", "道里区政协", "2022-05", "2022-05", 1, "gap, overlap", "主席@南岗区政协"),
        ("主席", "南岗区政协", "2022-05", "2022-05", 1, "overlap", "委员@道里区政协"),
        ("副主席", "道里区政协", "", "", 1, "", ""),
    ]
    # From the end of 2019 to the beginning of May 2022: 366 + 365 + 120 days in which nothing is attested.
    assert frame["gap_days"].tolist()[1:3] == [851, 0]
    assert frame["gap_days"].isna().tolist() == [True, False, False, True]
    assert "gap" not in kg.analyse.careers(build, gap=852)["flags"].str.cat()


def test_few_posts_can_be_left_out_and_nobody_is_invented(toy_build: Make, toy: Any) -> None:
    build = toy_build(toy("a", "2018", posts=[("李明", "主席", DAOLI)]))
    with pytest.raises(CannotMeasureError, match="nobody has 2 posts"):
        kg.analyse.careers(build, least=2)
    with pytest.raises(NotFoundError):
        kg.analyse.careers(build, person="王芳")
    with pytest.raises(CannotMeasureError, match="no two people"):
        kg.analyse.colleagues(build)
    with pytest.raises(CannotMeasureError, match="states no post"):
        kg.analyse.careers(toy_build(toy("b", "2018", uses=[("七色花", DAOLI)])))


def test_colleagues_are_attested_by_one_document_or_by_dates(toy_build: Make, toy: Any) -> None:
    build = toy_build(
        toy("a", "2019", posts=[("李明", "主席", DAOLI)]),
        toy("b", "2021", posts=[("李明", "主席", DAOLI), ("赵云", "委员", DAOLI)]),
        toy("c", "2020", posts=[("王芳", "副主席", DAOLI)]),
        toy("d", "2019-06", posts=[("孙立", "委员", DAOLI)]),
        toy("e", "2020", posts=[("周平", "主席", NANGANG)]),
    )
    columns = ["first_name", "second_name", "overlap", "since", "until", "documents"]
    sure = kg.analyse.colleagues(build)
    assert list(sure[columns].itertuples(index=False, name=None)) == [
        ("李明", "王芳", "attested", "2020-01-01", "2020-12-31", 0),
        ("李明", "赵云", "one document", "2021-01-01", "2021-12-31", 1),
    ]
    pairs = kg.analyse.colleagues(build, sure=False)
    assert [row for row in pairs[columns].itertuples(index=False, name=None) if row[2] == "possible"] == [
        ("孙立", "李明", "possible", "2019-06-01", "2019-06-30", 0),
    ]
    assert set(pairs["body_name"]) == {"道里区政协"}


def attested(*words: str) -> Attested:
    spans = sorted(found for one in words if (found := span(one)))
    return Attested(tuple(spans), frozenset(words))


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        (("2019", "2021"), ("2020-05",), "attested"),
        (("2019", "2021"), ("2021-05-01", "2023"), "possible"),
        (("2019", "2021-06"), ("2020-12", "2023"), "attested"),
        (("2019",), ("2019-03",), "possible"),
        (("2019",), ("2020",), ""),
        ((), ("2020",), ""),
        (("2020",), ("2020",), "one document"),
    ],
)
def test_what_the_dates_show(one: tuple[str, ...], other: tuple[str, ...], how: str) -> None:
    assert overlap(attested(*one), attested(*other)) == how
    assert overlap(attested(*other), attested(*one)) == how


WORDS = st.lists(
    st.builds(
        lambda day, length: day.isoformat()[:length], st.dates(date(2018, 1, 1), date(2022, 12, 31)), st.sampled_from([4, 7, 10])
    ),
    min_size=1,
    max_size=3,
    unique=True,
)  # fmt: skip


@settings(deadline=None)
@given(WORDS, WORDS, st.data())
def test_whatever_days_the_documents_are_of_an_attested_overlap_holds(
    one: list[str], other: list[str], data: st.DataObject
) -> None:
    """Each document gets a day it may be of: posts held from the first to the last such day then meet."""
    first = Attested(tuple(sorted(Span(*_known(words)) for words in one)), frozenset("a"))
    second = Attested(tuple(sorted(Span(*_known(words)) for words in other)), frozenset("b"))
    days = [[data.draw(st.dates(*when)) for when in held.spans] for held in (first, second)]
    meet = max(min(days[0]), min(days[1])) <= min(max(days[0]), max(days[1]))
    how = overlap(first, second)
    assert how != "attested" or meet
    assert how != "" or not meet


def _known(words: str) -> Span:
    found = span(words)
    assert found is not None
    return found


def test_too_many_pairs_are_refused_before_they_are_made(
    toy_build: Make, toy: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.analyse.themes import careers

    monkeypatch.setattr(careers, "PAIRS", 2)
    build = toy_build(toy("a", "2019", posts=[(name, "委员", DAOLI) for name in ("李明", "王芳", "赵云")]))
    with pytest.raises(CannotMeasureError, match="3 pairs of people"):
        kg.analyse.colleagues(build)
