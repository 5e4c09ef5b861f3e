"""Numbers: precision, recall, F1, intervals, reliability."""

from __future__ import annotations

import pytest

from kg.evaluation.bootstrap import interval, resamples
from kg.evaluation.measures import Counts, macro, naming_rules, reliability, succession
from kg.model import Entity, Evidence


@pytest.mark.parametrize(
    ("counts", "precision", "recall", "f1"),
    [
        (Counts(right=3, missed=1, extra=1), 0.75, 0.75, 0.75),
        (Counts(right=1, missed=1, extra=1, optional=2), 0.75, 0.5, 0.6),
        (Counts(right=1, repeated=5), 1.0, 1.0, 1.0),
        (Counts(missed=2), None, 0.0, 0.0),
        (Counts(missed=2, extra=1), 0.0, 0.0, 0.0),
        (Counts(extra=1), 0.0, None, None),
        (Counts(optional=1), 1.0, None, None),
        (Counts(), None, None, None),
    ],
)
def test_precision_recall_f1(counts: Counts, precision: float | None, recall: float | None, f1: float | None) -> None:
    assert (counts.precision, counts.recall) == (precision, recall)
    assert counts.f1 == (pytest.approx(f1) if f1 else f1)


def test_macro_f1_leaves_out_types_of_which_nothing_is_required() -> None:
    assert macro([Counts(right=1), Counts(missed=1), Counts(extra=9), Counts(optional=9)]) == 0.5
    assert macro([Counts(extra=1)]) is None


def test_resampling_documents_spans_what_documents_differ_by() -> None:
    documents = [{"right": 10, "missed": 0}] * 5 + [{"right": 0, "missed": 10}] * 5
    samples = list(resamples([documents], seed=1, times=2000))
    assert all(sample.get("right", 0) + sample.get("missed", 0) == 100 for sample in samples)
    shares = [sample.get("right", 0) / 100 for sample in samples]
    assert interval(shares) == (0.2, 0.8)
    assert sum(shares) / len(shares) == pytest.approx(0.5, abs=0.02)


def test_a_stratum_keeps_its_size() -> None:
    strata = [[{"first": 1}] * 3, [{"second": 1}] * 7]
    assert all(sample == {"first": 3, "second": 7} for sample in resamples(strata, seed=0, times=20))


def test_a_seed_decides_everything() -> None:
    units = [[{"right": n} for n in range(9)]]
    first, again, other = (list(resamples(units, seed=seed, times=50)) for seed in (3, 3, 4))
    assert first == again
    assert first != other


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ([n / 1000 for n in range(1001)], (0.025, 0.975)),
        ([0.5] * 10, None),
        ([None] * 6 + [0.1, 0.2, 0.3, 0.4], None),
        ([None] * 2 + [0.0, 1.0], (0.025, 0.975)),
        ([], None),
    ],
)
def test_the_ends_of_an_interval(values: list[float | None], ends: tuple[float, float] | None) -> None:
    assert interval(values) == ends


def test_reliability_of_confidence_that_is_sure_and_wrong_half_the_time() -> None:
    found = reliability([(1.0, True), (1.0, False), (0.55, True), (0.5, False)])
    assert [(bin.low, bin.high, bin.records, bin.right) for bin in found.bins] == [(0.5, 0.6, 2, 1), (0.9, 1.0, 2, 1)]
    assert found.error == pytest.approx((2 * 0.025 + 2 * 0.5) / 4)
    assert found.brier == pytest.approx((0 + 1 + 0.45**2 + 0.25) / 4)
    assert reliability([]).error is None


@pytest.mark.parametrize(("right", "wrong", "share"), [(0, 0, 0.5), (0, 1, 1 / 3), (8, 0, 0.9), (97, 1, 0.98)])
def test_the_rule_of_succession(right: int, wrong: int, share: float) -> None:
    assert succession(right, wrong) == pytest.approx(share)


@pytest.mark.parametrize(
    ("type", "evidence", "rules"),
    [
        ("Person", [("person.a", ()), ("person.b", ("posts=主席",))], ("person.a",)),
        ("Person", [("person.b", ("posts=主席",))], ("person.b",)),
        ("Figure", [("figure.a", ("unit=件",)), ("figure.b", ("period=2022",))], ("figure.a", "figure.b")),
    ],
)
def test_the_rules_a_record_owes_its_existence_to(
    type: str, evidence: list[tuple[str, tuple[str, ...]]], rules: tuple[str, ...]
) -> None:
    items = tuple(Evidence(at, at + 1, "字", "", rule, supports) for at, (rule, supports) in enumerate(evidence))
    assert naming_rules(Entity(type, "x", "某", (), items)) == rules
