"""Diffusion: who used a slogan or initiative first, how long after its superiors, and how many had taken it up when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

from kg.analyse.cut import WHOLE, Cut
from kg.analyse.ground import Ground
from kg.analyse.registry import measure
from kg.analyse.spread import By, First, Spread, What, observe
from kg.analyse.ties import joined
from kg.analyse.times import Span, Step, lag, name, number
from kg.builds.opened import Build
from kg.errors import CannotMeasureError
from kg.identity import NATION

if TYPE_CHECKING:
    import pandas as pd

WHAT = "What spreads: slogans, or initiatives of one name."
ITEM = "Name of the slogan or initiative."
WIDEST = f"{ITEM[:-1]}; without it, the one that most districts use."


def frame(rows: list[tuple[Any, ...]], columns: str) -> pd.DataFrame:
    """A table of *rows* whose columns stand in *columns*, separated by white space."""
    import pandas

    return pandas.DataFrame(rows, columns=columns.split())


FIRST_USE = {
    "item": "words of the slogan or initiative",
    "user": "code of the district, or identity of the body or person",
    "user_name": "its name",
    "district": "code of its district",
    "level": "level of the district",
    "date": "when it was first used: ISO 8601, as precise as it is known; 2022-01-01/2022-05-07 is an interval",
    "basis": "whether the documents' dates are stated or inferred",
    "documents": "documents in which it is used",
    "read_before": "documents of this user that are surely earlier, and do not have it",
    "read_last": "date of the last of these: the use began after it, if the document would have shown it",
    "read": "documents of this user, with and without it",
    "quote": "the words of the first use; of one of them where several may be first",
    "evidence": "IRIs of the uses, or claims of ownership, that may be the first",
}


@measure(
    "first-use",
    title_zh="首次使用",
    title_en="First use of slogans and initiatives",
    columns=FIRST_USE,
    source="first observed adoption, as in Walker (1969)",
    plot="heatmap",
)
def first_use(
    build: Build,
    *,
    item: Annotated[str, ITEM] = "",
    what: Annotated[What, WHAT] = "slogan",
    by: Annotated[By, "Who takes it up: districts, or single bodies and persons."] = "district",
    cut: Cut = WHOLE,
) -> pd.DataFrame:
    """When each district (or body) first used each slogan (or initiative), in the documents of the build.

    First in the corpus is not first in the world: ``read_before`` says how much was read of the same user before.
    """
    spread = observe(build, what, by, cut)
    ground = Ground(build)
    quotes: dict[str, str] = {}
    for statement, quote in ground.ask("quotes"):
        quotes.setdefault(statement, quote)
    bases = {article: basis for article, basis in ground.ask("bases")}  # noqa: C416
    rows = []
    for first in spread.selected(item):
        code, _, level = spread.place(first.unit)
        before = [one for one in spread.spans[first.unit] if one.last < first.span.first]
        found = sorted({bases.get(use.article, "") for use in first.uses})
        shown = min(first.uses, key=lambda use: (spread.dates[use.article], use.article, use.evidence))
        rows.append(
            (
                spread.label(first.item), first.unit, spread.label(first.unit), code, level, str(first.span),
                ", ".join(found), first.documents, len(before), str(max(before)) if before else "",
                len(spread.read[first.unit]), quotes.get(shown.evidence, ""),
                joined(use.evidence for use in first.uses),
            )
        )  # fmt: skip
    if not rows:
        raise _undated(spread, item)
    return frame(rows, " ".join(FIRST_USE))


def _undated(spread: Spread, item: str) -> CannotMeasureError:
    spread.item(item)  # raises where the item is not known, or nothing is dated
    return CannotMeasureError("no use is dated; give the documents dates in their front matter")


LAG = {
    "item": "words of the slogan or initiative",
    "district": "code of the district",
    "district_name": "its name",
    "level": "its level",
    "date": "when it first used it",
    "above": "code of a district above it",
    "above_name": "its name",
    "above_level": "its level",
    "above_date": "when that first used it",
    "above_basis": "corpus; or formulae: the year in which the table of national formulae says it was put forward",
    "order": "after: surely after the district above; before: surely before it; together: in one document; unclear: the dates do "
    "not tell",
    "days_least": "least days from the first use above to the district's own; negative: before it",
    "days_most": "most days",
    "evidence": "IRIs of the uses (claims) that may be the first, of both",
}


@measure(
    "lag",
    title_zh="滞后",
    title_en="Lag behind the districts above",
    columns=LAG,
    source="interval arithmetic on dates of unequal precision; vertical diffusion: Berry and Berry (1990)",
    plot="lags",
)
def lag_above(
    build: Build, *, item: Annotated[str, ITEM] = "", what: Annotated[What, WHAT] = "slogan", cut: Cut = WHOLE
) -> pd.DataFrame:
    """How many days after each district above it a district first used a slogan: between the least and the most.

    Only where both are observed with a date; of a national formula, the centre's date is the year of the table of
    formulae. A lag between two years is an interval of up to 729 days, never a number.
    """
    spread = observe(build, what, cut=cut)
    rows = []
    for first in spread.selected(item):
        for code, when, basis, evidence, (least, most) in _above(spread, first):
            order = "after" if least > 0 else "before" if most < 0 else "together" if least == most == 0 else "unclear"
            own = [use.evidence for use in first.uses]
            rows.append(
                (
                    spread.label(first.item), *spread.place(first.unit), str(first.span), *spread.place(code), str(when),
                    basis, order, least, most, joined([*own, *evidence]),
                )
            )  # fmt: skip
    if not rows:
        if not spread.firsts or item:
            spread.item(item)
        raise CannotMeasureError(
            "no district and a district above it both use one slogan with a date, and one date is no lag; "
            "build from texts of both levels"
        )
    return frame(rows, " ".join(LAG))


_Higher = tuple[str, Span, str, tuple[str, ...], tuple[int, int]]
"""A district above that uses the item too: code, when first, on what grounds, evidence, days from then to here."""


def _above(spread: Spread, first: First) -> Iterator[_Higher]:
    for code in spread.above.get(spread.districts[first.unit], ()):
        if code == NATION and first.item in spread.origins:
            when, formula = spread.origins[first.item]
            yield code, when, "formulae", (formula,), lag(when, first.span)
        elif (first.item, code) in spread.firsts:
            other = spread.firsts[first.item, code]
            articles = {use.article for use in (*first.uses, *other.uses)}
            # One document has one day, even where only its year is known.
            days = (0, 0) if len(articles) == 1 else lag(other.span, first.span)
            yield code, other.span, "corpus", tuple(use.evidence for use in other.uses), days


BOTTOM_UP = {
    "item": "words of the slogan or initiative",
    "district": "code of the district that used it before all districts above it",
    "district_name": "its name",
    "level": "its level",
    "date": "when it first used it",
    "case": "taken up: a district above used it later; not taken up: none has, though later documents of theirs were read",
    "above": "codes of the districts above that took it up, the nearest first",
    "above_names": "their names",
    "above_date": "when the first of them did",
    "days_least": "least days from the district's first use to theirs; empty where it is not taken up",
    "days_most": "most days",
    "above_read": "documents of the districts above that are surely later than the first use",
    "evidence": "IRIs of the uses (claims) that may be the first, of all these",
}


@measure(
    "bottom-up",
    title_zh="自下而上",
    title_en="Used below before above",
    columns=BOTTOM_UP,
    source="bottom-up diffusion: Shipan and Volden (2006)",
    plot="bottom_up",
)
def bottom_up(
    build: Build, *, item: Annotated[str, ITEM] = "", what: Annotated[What, WHAT] = "slogan", cut: Cut = WHOLE
) -> pd.DataFrame:
    """Slogans that a district used surely before every district above it that uses them at all.

    Where none above uses it, the case counts only if later documents of those above were read. National formulae are
    the centre's from the year in which they were put forward.
    """
    spread = observe(build, what, cut=cut)
    rows = []
    for first in spread.selected(item):
        chain = spread.above.get(spread.districts[first.unit], ())
        higher = list(_above(spread, first))
        lags = [(-most, -least) for *_, (least, most) in higher]
        later = sum(when.first > first.span.last for code in chain for when in spread.spans.get(code, ()))
        if any(least <= 0 for least, _ in lags) or not (higher or later):
            continue
        shown = joined([use.evidence for use in first.uses] + [iri for *_, evidence, _ in higher for iri in evidence])
        codes = [code for code, *_ in higher]
        rows.append(
            (
                spread.label(first.item), *spread.place(first.unit), str(first.span),
                "taken up" if higher else "not taken up", " ".join(codes), " ".join(spread.label(code) for code in codes),
                str(min(when for _, when, *_ in higher)) if higher else "",
                min((least for least, _ in lags), default=None), min((most for _, most in lags), default=None),
                later, shown,
            )
        )  # fmt: skip
    if not rows:
        if not spread.firsts or item:
            spread.item(item)
        raise CannotMeasureError(
            "no slogan is surely used below before above; build from dated texts of a district and, later, of those above it"
        )
    table = frame(rows, " ".join(BOTTOM_UP))
    return table.astype({"days_least": "Int64", "days_most": "Int64"})


ADOPTION = {
    "item": "words of the slogan or initiative",
    "period": "year or month",
    "observed_least": "districts of which at least one document is surely read by the end of the period",
    "observed_most": "districts of which one may be read by then, by the precision of its date",
    "adopted_least": "districts that have surely used the slogan by then",
    "adopted_most": "districts that may have used it by then",
    "share_least": "adopted_least of observed_most: the share is not lower",
    "share_most": "adopted_most of the districts then observed: the share is not higher",
    "new": "codes of the districts that may first have used it in the period",
    "undated": "districts that use it in undated documents alone: in no other column",
    "evidence": "IRIs of their uses (claims) that may be the first",
}


@measure(
    "adoption",
    title_zh="采用曲线",
    title_en="Adoption curve with its denominator",
    columns=ADOPTION,
    source="cumulative adoption: Rogers (2003); the districts at risk are those observed so far",
    plot="adoption",
)
def adoption(
    build: Build,
    *,
    item: Annotated[str, WIDEST] = "",
    what: Annotated[What, WHAT] = "slogan",
    step: Annotated[Step, "What time is counted in."] = "year",
    cut: Cut = WHOLE,
) -> pd.DataFrame:
    """How many districts had used a slogan by the end of each year or month, out of those with a document so far.

    Dates less precise than the step give a least and a most. Raises :class:`~kg.errors.CannotMeasureError` where all
    documents are of one year or month: one point is no curve.
    """
    spread = observe(build, what, cut=cut)
    item = spread.item(item)
    known = {unit: spans for unit, spans in spread.spans.items() if spans}
    begins = {unit: (min(one.last for one in spans), min(one.first for one in spans)) for unit, spans in known.items()}
    periods = periods_of(known, step)
    firsts = spread.of_item(item)
    rows = []
    for period in periods:
        sure = {unit for unit, (late, _) in begins.items() if number(late, step) <= period}
        maybe = {unit for unit, (_, early) in begins.items() if number(early, step) <= period}
        adopted = {unit for unit, first in firsts.items() if number(first.span.last, step) <= period}
        possible = {unit for unit, first in firsts.items() if number(first.span.first, step) <= period}
        new = [
            unit
            for unit, first in sorted(firsts.items())
            if number(first.span.first, step) <= period <= number(first.span.last, step)
        ]
        rows.append(
            (
                spread.label(item), name(period, step), len(sure), len(maybe), len(adopted), len(possible),
                len(adopted) / len(maybe) if maybe else 0.0, len(possible) / len(sure | possible) if sure | possible else 0.0,
                " ".join(new), spread.undated[item], joined(use.evidence for unit in new for use in firsts[unit].uses),
            )
        )  # fmt: skip
    return frame(rows, " ".join(ADOPTION))


def periods_of(known: dict[str, list[Span]], step: Step) -> range:
    """All periods from the first to the last document.

    Raises :class:`~kg.errors.CannotMeasureError` where they are less than two.
    """
    days = [day for spans in known.values() for one in spans for day in one]
    numbers = [number(day, step) for day in days]
    if not numbers or min(numbers) == max(numbers):
        count = len({one for spans in known.values() for one in spans})
        raise CannotMeasureError(
            f"all dated documents are of one {step}, and one point is no curve; build from texts of several {step}s"
            + (", or count in months" if step == "year" and count > 1 else "")
        )
    return range(min(numbers), max(numbers) + 1)
