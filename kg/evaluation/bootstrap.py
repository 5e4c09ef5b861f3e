"""Confidence intervals by resampling: the percentile bootstrap."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from random import Random
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

LEVEL = 0.95
"""Share of the resamples that an interval spans."""

ENOUGH_DOCUMENTS = 5
"""From how many documents on they are what is resampled: fewer have too few different resamples (four have 35)."""

_DEFINED = 0.5
"""Share of the resamples in which a value must exist for an interval to say anything."""


def resamples(strata: Sequence[Sequence[Mapping[Key, int]]], *, seed: int, times: int) -> Iterator[dict[Key, int]]:
    """Summed counts of *times* samples, drawn with replacement within each stratum and as large as it.

    A unit is what it adds to each count. One stratum of documents resamples documents, which are what is independent;
    one stratum a document resamples what stands in it.

    Source of the method: B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap, 1993, chapters 6 and 13.
    """
    random = Random(seed)
    # Units that add the same are drawn as one kind, which is what makes thousands of entities quick.
    kinds: list[tuple[tuple[Key, int], ...]] = []
    numbers: dict[tuple[tuple[Key, int], ...], int] = {}
    drawn_from: list[list[int]] = []
    for stratum in strata:
        drawn_from.append([])
        for unit in stratum:
            kind = tuple(unit.items())
            number = numbers.setdefault(kind, len(kinds))
            if number == len(kinds):
                kinds.append(kind)
            drawn_from[-1].append(number)
    for _ in range(times):
        often = [0] * len(kinds)
        for population in drawn_from:
            size = len(population)
            for _ in range(size):
                often[population[int(random.random() * size)]] += 1
        total: dict[Key, int] = {}
        for kind, times_drawn in zip(kinds, often, strict=True):
            if times_drawn:
                for key, amount in kind:
                    total[key] = total.get(key, 0) + amount * times_drawn
        yield total


def interval(values: Sequence[float | None]) -> tuple[float, float] | None:
    """The middle 95 % of the values, ends interpolated.

    None where most resamples have no value, and where all have the same one: resampling what is all right gives what is
    all right, which is no bound. There the rule of three is one: of *n* cases that are all right, the share right is at
    least about 1 - 3/n (Hanley and Lippman-Hand, "If nothing goes wrong, is everything all right?", JAMA 249, 1983).

    >>> interval([float(n) for n in range(101)])
    (2.5, 97.5)
    >>> interval([1.0] * 1000)
    """
    defined = sorted(value for value in values if value is not None)
    if len(defined) < _DEFINED * len(values) or not defined or defined[0] == defined[-1]:
        return None
    return _quantile(defined, (1 - LEVEL) / 2), _quantile(defined, (1 + LEVEL) / 2)


def _quantile(ordered: Sequence[float], share: float) -> float:
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return round(ordered[low] + (ordered[high] - ordered[low]) * (at - low), 12)
