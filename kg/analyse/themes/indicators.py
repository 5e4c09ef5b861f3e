"""Comparable indicators: what bodies count of their work, by body and period, in the words of the texts."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated, Any, Literal

from kg.analyse.cut import WHOLE, Cut
from kg.analyse.ground import Ground, refuse_empty
from kg.analyse.registry import measure
from kg.analyse.themes.diffusion import frame
from kg.analyse.ties import joined
from kg.analyse.times import span
from kg.builds.opened import Build
from kg.errors import CannotMeasureError, NotFoundError

if TYPE_CHECKING:
    import pandas as pd

_SCALE = {"百": 2, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "百亿": 10, "千亿": 11, "万亿": 12}
_SCALED = re.compile(rf"(?P<scale>{'|'.join(sorted(_SCALE, key=len, reverse=True))})(?P<unit>.*)")
# Units that begin with a word of scale and are none: ten thousand steps are no steps of ten thousand kinds.
_WHOLE_UNITS = frozenset({"百分点"})

Stated = dict[str, Any]
"""A row of the table ``indicators``."""

Dated = Literal["period", "document"]


def normalised(value: str, unit: str) -> tuple[float, str]:
    """A value and its unit without 百, 千, 万, 亿: nothing else is converted, and no two units are taken for one.

    >>> normalised("382", "万元"), normalised("1.5", "亿元"), normalised("5", "个百分点"), normalised("80", "%")
    ((3820000.0, '元'), (150000000.0, '元'), (5.0, '个百分点'), (80.0, '%'))
    """
    found = _SCALED.fullmatch(unit)
    if not found or unit in _WHOLE_UNITS:
        return float(value), unit
    return float(Decimal(value).scaleb(_SCALE[found["scale"]])), found["unit"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A line of ``indicators.tsv``."""

    name: str
    groups: tuple[frozenset[str], ...]
    without: frozenset[str]

    def counts(self, measure: str) -> bool:
        """Whether the words of a measure speak of this indicator.

        >>> [one.name for one in indicator_table() if one.counts("立案交办提案")]
        ['提案立案']
        """
        return all(any(word in measure for word in group) for group in self.groups) and not any(
            word in measure for word in self.without
        )


@cache
def indicator_table() -> tuple[Indicator, ...]:
    """The indicators of ``indicators.tsv``."""
    text = files("kg.analyse").joinpath("indicators.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return tuple(
        Indicator(
            name,
            tuple(frozenset(group.split("|")) for group in groups.split(" ")),
            frozenset(filter(None, no.split("|"))),
        )
        for name, groups, no in rows
    )


INDICATORS = {
    "indicator": "indicators of the table of indicators that the measure's words speak of; empty where none",
    "measure": "what is counted, in the words of the text",
    "body": "identity of the body",
    "body_name": "its name",
    "district": "code of its district",
    "level": "level of the district",
    "period": "period that the text gives; empty where it gives none",
    "year": "year of the period; with --dated document that of the document, where the text gives no period",
    "year_basis": "period: the text's; document: the document's, of which the figure need not be",
    "value": "number, as the text has it",
    "unit": "unit, as the text has it",
    "number": "number without 百, 千, 万, 亿",
    "per": "unit without them",
    "bound": "exact, more (余, 以上), less (近, 不足) or about",
    "document_date": "date of the document",
    "quote": "the words",
    "evidence": "IRIs of the claims",
}


@measure(
    "indicators",
    title_zh="指标",
    title_en="Values of an indicator",
    columns=INDICATORS,
    source="figures as stated; indicators.tsv says which words speak of which indicator",
)
def indicators(
    build: Build,
    *,
    indicator: Annotated[str, "Name of an indicator, or words that the measure must hold; without it, all."] = "",
    dated: Annotated[Dated, "Where the text gives no period: leave the year empty, or take the document's."] = "period",
    cut: Cut = WHOLE,
) -> pd.DataFrame:
    """Every value of an indicator with body, period, unit, bound and quote. The words of the text are kept.

    The cut is by the date of the document. A measure is of an indicator by its words alone: read the quote before a
    comparison.
    """
    ground = Ground(build, cut)
    found: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for figure, body, words, value, unit, bound, period, quote, _, date, claim in ground.ask("figures"):
        if ground.keeps(ground.district(body), date):
            found[words, body, period, date, value, unit, bound, quote, figure].append(claim)
    if not found:
        raise refuse_empty("figure", cut)
    named = [one for one in indicator_table() if one.name == indicator]
    rows = []
    for key, claims in found.items():
        words, body, period, date, value, unit, bound, quote, _ = key
        if indicator and not (any(one.counts(words) for one in named) if named else indicator in words):
            continue
        of = ", ".join(one.name for one in indicator_table() if one.counts(words))
        year, basis = _year(period, "period")
        if not year and not period and dated == "document":
            year, basis = _year(date, "document")
        attributes = ground.attributes(body) if body else {"district": "", "level": ""}
        rows.append(
            (
                of, words, body, ground.label(body) if body else "", attributes["district"], attributes["level"], period,
                year, basis, float(value), unit, *normalised(value, unit), bound, date, quote, joined(claims),
            )
        )  # fmt: skip
    if not rows:
        known = ", ".join(one.name for one in indicator_table())
        raise NotFoundError(f"no figure counts {indicator!r}; the indicators are {known}, or give words of a measure")
    rows.sort(key=lambda row: (row[0], row[4], row[2], row[7], row[1], row[11], row[15]))
    return frame(rows, " ".join(INDICATORS))


def _year(words: str, basis: str) -> tuple[str, str]:
    when = span(words)
    return (f"{when.first.year:04d}", basis) if when else ("", "")


SIBLINGS = {
    "indicator": "the indicator, or the words asked for",
    "year": "the year compared",
    "above": "code of the district above",
    "above_name": "its name",
    "district": "code of one of the districts directly below it",
    "district_name": "its name",
    "body_name": "name of the body that the figure is of",
    "number": "number without 百, 千, 万, 亿",
    "per": "unit without them",
    "bound": "exact, more (余, 以上), less (近, 不足) or about",
    "rank": "rank among the comparable siblings, 1 for the highest, equals share the better rank; empty where not comparable",
    "caution": "why the row cannot be compared as it stands; empty where it can",
    "measure": "what is counted, in the words of the text",
    "quote": "the words",
    "evidence": "IRIs of the claims",
}


@measure(
    "indicator-siblings",
    title_zh="同级比较",
    title_en="An indicator compared between siblings",
    columns=SIBLINGS,
    source="league table of figures as stated; no significance is claimed",
    plot="siblings",
)
def indicator_siblings(
    build: Build,
    *,
    indicator: Annotated[
        str, "Name of an indicator, or words of the measure; without it, the one that most siblings state."
    ] = "",
    year: Annotated[str, "The year compared; without it, the one in which most siblings state it."] = "",
    dated: Annotated[
        Dated, "Where the text gives no period: leave the figure out, or take the document's year, with a caution."
    ] = "document",
    cut: Cut = WHOLE,
) -> pd.DataFrame:
    """The values of one indicator in one year for districts of the same superior, side by side.

    Ranked are exact values of one unit and of a period that the text gives, from districts with one value; what has a
    bound, another unit, several values or only the document's year stands in the table with a caution. Raises
    :class:`~kg.errors.CannotMeasureError` where no two siblings state it.
    """
    table = indicators(build, indicator=indicator, dated=dated, cut=cut)
    ground = Ground(build)
    groups: defaultdict[tuple[str, str, str], list[Stated]] = defaultdict(list)
    rows: list[Stated] = [dict(zip(table.columns, values, strict=True)) for values in table.itertuples(index=False)]
    for row in rows:
        above = next(ground.above(row["district"]), "") if row["district"] else ""
        names = [indicator] if indicator else row["indicator"].split(", ")
        for name in names:
            if above and name and row["year"] and year in ("", row["year"]):
                groups[name, row["year"], above].append(row)
    several = {key: found for key, found in groups.items() if len({row["district"] for row in found}) > 1}
    if not several:
        raise CannotMeasureError(
            f"no two districts of one superior state {indicator or 'one indicator'} for {year or 'one year'}; "
            + (
                "take the document's year where the text gives no period (--dated document), or "
                if dated == "period"
                else ""
            )
            + "name another indicator or year"
        )
    widest = max(sorted(several), key=lambda key: (_of_one_unit(several[key]), len(several[key])))
    compared = [
        row
        for (name, when, above), found in sorted(several.items())
        if (name, when) == widest[:2]
        for row in _compared(ground, name, when, above, found)
    ]
    return frame(compared, " ".join(SIBLINGS)).astype({"rank": "Int64"})


def _of_one_unit(rows: list[Stated]) -> int:
    """Districts that state a value in the unit that most of them use."""
    return max(len({row["district"] for row in rows if row["per"] == unit}) for unit in {row["per"] for row in rows})


def _compared(ground: Ground, name: str, year: str, above: str, rows: list[Stated]) -> list[tuple[Any, ...]]:
    """The rows of one comparison: ranked ones first, the others by value."""
    stated: defaultdict[str, set[tuple[float, str]]] = defaultdict(set)
    units: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        stated[row["district"]].add((row["number"], row["per"]))
        units[row["per"]].add(row["district"])
    unit = max(sorted(units), key=lambda one: len(units[one]))
    hindrances = [
        [
            *([f"bound: {row['bound']}"] if row["bound"] != "exact" else []),
            *([f"unit: not {unit or 'without a unit'}"] if row["per"] != unit else []),
            *(["several values"] if len(stated[row["district"]]) > 1 else []),
            *(["year of the document"] if row["year_basis"] == "document" else []),
        ]
        for row in rows
    ]
    exact = [row["number"] for row, why in zip(rows, hindrances, strict=True) if not why]
    out = []
    for row, why in zip(rows, hindrances, strict=True):
        rank = None if why else 1 + sum(number > row["number"] for number in exact)
        out.append(
            (
                name, year, above, ground.districts[above].name, row["district"], ground.label(f"district/{row['district']}"),
                row["body_name"], row["number"], row["per"], row["bound"], rank, "; ".join(why), row["measure"],
                row["quote"], row["evidence"],
            )
        )  # fmt: skip
    return sorted(out, key=lambda row: (row[10] is None, row[10] or 0, -row[7], row[4], row[13]))
