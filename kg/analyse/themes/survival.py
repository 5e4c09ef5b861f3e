"""Time to adoption: the Kaplan–Meier estimate, and the table of an event-history analysis in discrete time."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from kg.analyse.cut import WHOLE, Cut
from kg.analyse.registry import measure
from kg.analyse.spread import Spread, What, observe
from kg.analyse.themes.diffusion import WHAT, WIDEST, frame
from kg.analyse.ties import joined
from kg.analyse.times import Step, name, number, span, whole
from kg.builds.opened import Build
from kg.errors import CannotMeasureError

if TYPE_CHECKING:
    import pandas as pd

Z = 1.959963984540054
"""Of the normal distribution: two-sided 95 %."""

ORIGIN = (
    "Year or month in which the clock starts, such as the year of a national formula; by default that of the first use."
)


@dataclass(frozen=True, slots=True)
class History:
    """One district at risk of taking up an item: observed from *entry* to *end*, both numbered periods."""

    unit: str
    entry: int
    """First period at risk: that of its first document, or of the origin."""
    end: int
    """Period of its first use, else of its last document."""
    event: bool
    """Whether it took the item up."""


@dataclass(frozen=True, slots=True)
class Histories:
    """All districts at risk of one item."""

    item: str
    origin: int
    step: Step
    all: tuple[History, ...]


def histories(spread: Spread, item: str, step: Step, origin: str) -> Histories:
    """Who was at risk of taking up *item*, from when to when.

    Raises :class:`~kg.errors.CannotMeasureError` where dates are less precise than the step, the origin is no date or
    lies after a use, or fewer than two districts or two periods are at risk.
    """
    item = spread.item(item)
    firsts = spread.of_item(item)
    observed = {unit: spans for unit, spans in spread.spans.items() if spans}
    coarse = {one for spans in observed.values() for one in spans if not whole(one, step)}
    if coarse:
        raise CannotMeasureError(
            f"documents are dated {', '.join(map(str, sorted(coarse)[:3]))}, which is less precise than a {step}; "
            "count in years, or leave these documents out of the build"
        )
    begin = min(number(first.span.first, step) for first in firsts.values())
    if origin:
        given = span(origin)
        if given is None or not whole(given, step):
            raise CannotMeasureError(f"the origin {origin!r} is no {step}; write 2022 (or 2022-05 to count in months)")
        if number(given.first, step) > begin:
            raise CannotMeasureError(
                f"{spread.label(item)} is used in {name(begin, step)}, before the origin {origin}; give an earlier one"
            )
        begin = number(given.first, step)
    found = []
    for unit, spans in observed.items():
        entry = max(begin, number(spans[0].first, step))
        event = unit in firsts
        end = number(firsts[unit].span.first if event else spans[-1].first, step)
        if end >= entry:
            found.append(History(unit, entry, end, event))
    if len(found) < 2:
        raise CannotMeasureError(
            f"of {spread.label(item)} only {len(found)} district is observed from {name(begin, step)} on, and one is no "
            "curve; build from texts of more districts"
        )
    if len({period for one in found for period in (one.entry, one.end)}) < 2:
        raise CannotMeasureError(
            f"all that is read of the districts from {name(begin, step)} on is of one {step}, and one point is no curve; "
            "build from texts of several years" + ("" if step == "month" else ", or count in months")
        )
    return Histories(item, begin, step, tuple(found))


SURVIVAL = {
    "item": "words of the slogan or initiative",
    "period": "year or month",
    "time": "its number, 1 for the origin; row 0 is the beginning",
    "at_risk": "districts observed so far, not censored, that had not used it before the period",
    "events": "of these, districts that first used it in the period",
    "censored": "districts whose last document is of the period, without a use",
    "survival": "share that has not used it by the end of the period, by Kaplan–Meier",
    "low": "lower end of the pointwise 95 % interval (log-log); empty where there is none",
    "high": "upper end",
    "evidence": "IRIs of the uses (claims) that may be the first, of the period",
}


@measure(
    "survival",
    title_zh="生存曲线",
    title_en="Share that has not yet taken it up (Kaplan–Meier)",
    columns=SURVIVAL,
    source="Kaplan and Meier (1958); delayed entry and interval: Kalbfleisch and Prentice (2002); computed by statsmodels",
    plot="survival",
)
def survival(
    build: Build,
    *,
    item: Annotated[str, WIDEST] = "",
    what: Annotated[What, WHAT] = "slogan",
    step: Annotated[Step, "What time is counted in."] = "year",
    origin: Annotated[str, ORIGIN] = "",
    cut: Cut = WHOLE,
) -> pd.DataFrame:
    """Kaplan–Meier estimate of the time until a district first uses a slogan, with its 95 % interval.

    A district is at risk from its first document (delayed entry) to its first use, or to its last document, where it is
    censored. Time is counted in whole periods from the origin on.
    """
    spread = observe(build, what, cut=cut)
    found = histories(spread, item, step, origin)
    firsts = spread.of_item(found.item)
    label = spread.label(found.item)
    rows: list[tuple[Any, ...]] = [(label, "", 0, 0, 0, 0, 1.0, None, None, "")]
    for row in estimate(found):
        period = found.origin + row.time - 1
        shown = (
            use.evidence
            for one in found.all
            if one.event and one.end == period
            for use in firsts[one.unit].uses
        )  # fmt: skip
        rows.append(
            (
                label, name(period, step), row.time, row.at_risk, row.events, row.censored, row.survival,
                row.low, row.high, joined(shown),
            )
        )  # fmt: skip
    return frame(rows, " ".join(SURVIVAL)).astype({"low": float, "high": float})


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a survival curve."""

    time: int
    at_risk: int
    events: int
    censored: int
    survival: float
    low: float | None
    high: float | None


def estimate(found: Histories) -> Iterator[Point]:
    """The Kaplan–Meier curve, period by period.

    Raises :class:`~kg.errors.CannotMeasureError` where everybody at risk has used the item before others are observed:
    the estimate would be nought for good.
    """
    import numpy
    from statsmodels.duration.survfunc import SurvfuncRight

    time = numpy.array([one.end - found.origin + 1 for one in found.all])
    event = numpy.array([int(one.event) for one in found.all])
    entry = numpy.array([one.entry - found.origin for one in found.all])
    # Statsmodels counts entries only where it is told of them; without any, the two are the same estimate.
    fit = SurvfuncRight(time, event, entry=entry if entry.any() else None)
    points = {
        int(when): (float(share), float(error))
        for when, share, error in zip(fit.surv_times, fit.surv_prob, fit.surv_prob_se, strict=True)
    }
    share, error = 1.0, 0.0
    for period in range(1, int(time.max()) + 1):
        at_risk = int(((entry < period) & (time >= period)).sum())
        if share == 0 and at_risk:
            raise CannotMeasureError(
                f"all districts at risk by {name(found.origin + period - 2, found.step)} used it by then, and the others "
                "are observed only later: the estimate would be nought for good; set a later beginning with since"
            )
        share, error = points.get(period, (share, error))
        happened = (time == period) & (event == 1)
        ended = (time == period) & (event == 0)
        yield Point(period, at_risk, int(happened.sum()), int(ended.sum()), share, *interval(share, error))


def interval(share: float, error: float) -> tuple[float | None, float | None]:
    """Pointwise 95 % interval of a survival probability on the log-log scale, which keeps it between 0 and 1.

    Kalbfleisch and Prentice (2002), section 1.4. None where the probability is 1 or 0: it has no error there.

    >>> [round(end, 3) for end in interval(0.857143, 0.076360)]
    [0.62, 0.952]
    """
    if not 0 < share < 1:
        return None, None
    log = math.log(share)
    width = math.exp(Z * error / (share * abs(log)))
    return share**width, share ** (1 / width)


HISTORY = {
    "item": "words of the slogan or initiative",
    "district": "code of the district",
    "district_name": "its name",
    "level": "its level",
    "period": "year or month in which it is at risk",
    "time": "its number, 1 for the origin",
    "event": "1 in the period of the first use, else 0",
    "censored": "1 in the last row of a district that has no event",
    "documents": "documents of the district in the period; 0: no use could have been seen",
    "documents_so_far": "documents of the district up to the end of the period",
    "above_used": "1 where a district above used it in an earlier period (of a formula: the centre, from its year on)",
    "siblings": "districts of the same superior with a document before the period",
    "siblings_used": "of these, districts that used it in an earlier period",
    "users_so_far": "all districts that used it in an earlier period",
    "evidence": "IRIs of the uses (claims) that may be the first, where event is 1",
}


@measure(
    "event-history",
    title_zh="事件史表",
    title_en="Event-history table in discrete time",
    columns=HISTORY,
    source="Allison (1982); for the diffusion of policies Berry and Berry (1990)",
)
def event_history(
    build: Build,
    *,
    item: Annotated[str, WIDEST] = "",
    what: Annotated[What, WHAT] = "slogan",
    step: Annotated[Step, "What time is counted in."] = "year",
    origin: Annotated[str, ORIGIN] = "",
    cut: Cut = WHOLE,
) -> pd.DataFrame:
    """One row for each district and period at risk: ready for a logit of ``event`` on time and covariates.

    The risk set is that of ``survival``. What districts above and siblings did is lagged by one period, so that a
    covariate never comes from the period it is to explain.
    """
    spread = observe(build, what, cut=cut)
    found = histories(spread, item, step, origin)
    firsts = {unit: number(one.span.first, step) for unit, one in spread.of_item(found.item).items()}
    read = {unit: [number(one.first, step) for one in spans] for unit, spans in spread.spans.items() if spans}
    users = sorted(firsts.values())
    begun: defaultdict[str, list[int]] = defaultdict(list)
    taken_up: defaultdict[str, list[int]] = defaultdict(list)
    for unit, periods in read.items():
        begun[_superior(spread, unit)].append(periods[0])
    for unit, period in firsts.items():
        taken_up[_superior(spread, unit)].append(period)
    for ordered in (*begun.values(), *taken_up.values()):
        ordered.sort()
    rows = []
    for one in sorted(found.all, key=lambda one: one.unit):
        own, superior = read[one.unit], _superior(spread, one.unit)
        since = _above_since(spread, found, firsts, one.unit)
        for period in range(one.entry, one.end + 1):
            event = one.event and period == one.end
            so_far = bisect_right(own, period)
            rows.append(
                (
                    spread.label(found.item), *spread.place(one.unit), name(period, step), period - found.origin + 1,
                    int(event), int(not one.event and period == one.end), so_far - bisect_left(own, period), so_far,
                    int(since < period),
                    bisect_left(begun[superior], period) - (own[0] < period) if superior else 0,
                    bisect_left(taken_up[superior], period) if superior else 0, bisect_left(users, period),
                    joined(use.evidence for use in spread.firsts[found.item, one.unit].uses) if event else "",
                )
            )  # fmt: skip
    return frame(rows, " ".join(HISTORY))


def _superior(spread: Spread, unit: str) -> str:
    return next(iter(spread.above.get(unit, ())), "")


def _above_since(spread: Spread, found: Histories, firsts: Mapping[str, int], unit: str) -> float:
    """The first period in which a district above had used the item; of a formula, the last of the year it is from."""
    above = spread.above.get(unit, ())
    known: list[float] = [firsts[code] for code in above if code in firsts]
    if above and found.item in spread.origins:
        known.append(number(spread.origins[found.item][0].last, found.step))
    return min(known, default=math.inf)
