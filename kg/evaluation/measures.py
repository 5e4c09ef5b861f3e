"""Counts and what is computed of them: precision, recall, F1, calibration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Entity

BINS = 10
"""Bins of confidence, equally wide: the usual number, and enough where a reader knows a few dozen confidences."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How often a type, an attribute, a document or a rule was right and wrong."""

    right: int = 0
    """Required entries found; right attributes."""
    missed: int = 0
    """Required entries not found; attributes that are wrong or absent."""
    extra: int = 0
    """Records that meet nothing in gold; of posts, those that are unlike any in gold."""
    optional: int = 0
    """Optional entries found: right, but not asked for."""
    repeated: int = 0
    """Records that name again what gold knows: neither right nor wrong."""

    def __add__(self, other: Counts) -> Counts:
        """The sum, count by count."""
        return Counts(
            self.right + other.right,
            self.missed + other.missed,
            self.extra + other.extra,
            self.optional + other.optional,
            self.repeated + other.repeated,
        )

    @property
    def precision(self) -> float | None:
        """Share of the records that are right, required or optional; None where there is no record."""
        found = self.right + self.optional
        return found / (found + self.extra) if found + self.extra else None

    @property
    def recall(self) -> float | None:
        """Share of what is required that was found; None where nothing is required."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None where nothing is required, 0 where nothing of it was found."""
        precision, recall = self.precision, self.recall
        if recall is None:
            return None
        return 2 * precision * recall / (precision + recall) if precision and recall else 0.0


def macro(counts: Iterable[Counts]) -> float | None:
    """Mean F1 of the types of which gold requires anything, each weighing the same.

    >>> macro([Counts(right=1), Counts(missed=1), Counts(extra=3)])
    0.5
    """
    values = [value for value in (item.f1 for item in counts) if value is not None]
    return sum(values) / len(values) if values else None


@dataclass(frozen=True, slots=True)
class Bin:
    """Records whose confidence lies in ``[low, high)``, 1 belonging to the last bin."""

    low: float
    high: float
    records: int
    right: int
    confidence: float
    """Mean confidence; what :attr:`share` should be."""

    @property
    def share(self) -> float:
        """Share that is right."""
        return self.right / self.records


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far confidence says how often records are right. Repeated records are not counted."""

    bins: tuple[Bin, ...]
    """Those that hold a record."""
    records: int
    error: float | None
    """Expected calibration error: the mean distance of confidence and share right over the bins, weighted by their
    records (Naeini, Cooper and Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", AAAI 2015)."""
    brier: float | None
    """Mean squared distance of confidence from 1 if right, 0 if wrong (Brier, "Verification of forecasts expressed in
    terms of probability", Monthly Weather Review 78, 1950). 0 is best; always saying 0.5 gives 0.25."""


def reliability(cases: Sequence[tuple[float, bool]]) -> Reliability:
    """Confidence held against truth; one case a record, with its confidence and whether it is right.

    >>> found = reliability([(0.9, True), (0.9, True), (0.9, True), (0.5, False)])
    >>> [(bin.low, bin.records, bin.share) for bin in found.bins], round(found.error, 3), round(found.brier, 3)
    ([(0.5, 1, 0.0), (0.9, 3, 1.0)], 0.2, 0.07)
    """
    held: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in cases:
        held.setdefault(min(int(confidence * BINS), BINS - 1), []).append((confidence, right))
    bins = tuple(
        Bin(
            at / BINS,
            (at + 1) / BINS,
            len(found),
            sum(right for _, right in found),
            sum(confidence for confidence, _ in found) / len(found),
        )
        for at, found in sorted(held.items())
    )
    total = len(cases)
    if not total:
        return Reliability((), 0, None, None)
    error = sum(bin.records * abs(bin.share - bin.confidence) for bin in bins) / total
    brier = sum((confidence - right) ** 2 for confidence, right in cases) / total
    return Reliability(bins, total, error, brier)


def naming_rules(record: Entity) -> tuple[str, ...]:
    """The rules that a record owes its existence to: those whose words only name it; if none do, all of its rules.

    Confidence is the best of theirs, see :mod:`kg.extract.draft`.
    """
    naming = {item.rule for item in record.evidence if not item.supports}
    return tuple(sorted(naming or {item.rule for item in record.evidence}))


def succession(right: int, wrong: int) -> float:
    """The chance that the next case is right: Laplace's rule of succession, ``(right + 1) / (right + wrong + 2)``.

    Never 0 or 1 on finite evidence, and 1/2 on none (Laplace, "Essai philosophique sur les probabilités", 1814).

    >>> succession(0, 0), succession(8, 0)
    (0.5, 0.9)
    """
    return (right + 1) / (right + wrong + 2)


def tally(parts: Iterable[Mapping[str, Counts]]) -> dict[str, Counts]:
    """Counts by name, summed over *parts*; names sorted."""
    total: dict[str, Counts] = {}
    for part in parts:
        for name, counts in part.items():
            total[name] = total.get(name, Counts()) + counts
    return dict(sorted(total.items()))
