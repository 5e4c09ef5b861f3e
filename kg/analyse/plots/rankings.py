"""Ranked bars: of any measure, of siblings with their bounds, of what began below."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kg.analyse.plots.canvas import COLOURS, FAINT, PALE, cited, note, page, shown, styled, title

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

MOST = 40
"""Most bars that a figure has room for."""

_BOUND = {"more": "≥", "less": "≤", "about": "≈", "exact": ""}


def ranked(frame: pd.DataFrame, *, label: str, value: str, chinese: str = "", english: str = "") -> Figure:
    """The highest values of a column as bars, named by another column."""
    part = frame.sort_values([value, label], ascending=[False, True]).head(MOST)
    with styled():
        figure, axes = page(7.2, 1.7 + 0.25 * len(part))
        title(axes, chinese, english)
        places = range(len(part))
        bars = axes.barh(places, part[value], 0.7, color=COLOURS[0])
        axes.bar_label(bars, [f"{number:.4g}" for number in part[value]], padding=3, fontsize=8, color=FAINT)
        axes.set_yticks(places, [shown(name, 20) for name in part[label]])
        axes.set_ylim(len(part) - 0.4, -0.6)
        axes.margins(x=0.1)
        axes.tick_params(axis="y", length=0)
        left = len(frame) - len(part)
        note(figure, f"{left} lower ones are left out." if left else "", cited(frame))
    return figure


def siblings(frame: pd.DataFrame) -> Figure:
    """The measure ``indicator-siblings``: comparable values in colour, others hatched with the reason."""
    part = frame.head(MOST)
    first = frame.iloc[0]
    with styled():
        figure, axes = page(8.0, 2.0 + 0.34 * len(part))
        title(axes, f"{first['year']}年“{first['indicator']}”同级比较", "Figures as stated, siblings side by side")
        most = float(part["number"].max())
        ranked_out = list(part["rank"].isna())
        for place, (number, per, bound, caution) in enumerate(
            zip(part["number"], part["per"], part["bound"], part["caution"], strict=True)
        ):
            sure = not ranked_out[place]
            axes.barh(
                place, number, 0.66, color=COLOURS[0] if sure else "white", edgecolor=COLOURS[0] if sure else FAINT,
                hatch="" if sure else "////", linewidth=0.8,
            )  # fmt: skip
            words = f"{_BOUND.get(bound, '')}{number:.10g} {per}"
            axes.annotate(
                shown(words + (f"   ({caution})" if caution else "")), (number, place), (4, 0),
                textcoords="offset points", va="center", fontsize=8, color=FAINT,
            )  # fmt: skip
        axes.set_xlim(0, most * 1.7 or 1)
        axes.set_yticks(range(len(part)), [shown(name, 18) for name in part["body_name"]])
        axes.set_ylim(len(part) - 0.4, -0.6)
        axes.tick_params(axis="y", length=0)
        note(
            figure,
            "In colour: exact values of one unit. Hatched: not comparable as it stands; ≥ 余, 以上; ≤ 近, 不足.",
            cited(frame),
        )
    return figure


def bottom_up(frame: pd.DataFrame) -> Figure:
    """The measure ``bottom-up``: slogans by district, those taken up above and those that are not."""
    counts = frame.groupby(["district", "district_name", "case"]).size().unstack(fill_value=0)
    for case in ("taken up", "not taken up"):
        if case not in counts:
            counts[case] = 0
    counts["all"] = counts["taken up"] + counts["not taken up"]
    part = counts.reset_index().sort_values(["all", "taken up", "district"], ascending=[False, False, True]).head(MOST)
    with styled():
        figure, axes = page(7.2, 2.1 + 0.27 * len(part))
        title(axes, "先于上级使用的提法", "Slogans used by a district before every district above it")
        places = range(len(part))
        axes.barh(places, part["taken up"], 0.7, color=COLOURS[1], label="后被上级采用 taken up above")
        bars = axes.barh(
            places,
            part["not taken up"],
            0.7,
            left=part["taken up"],
            color=PALE,
            label="未见上级采用 not taken up so far",
        )
        axes.bar_label(bars, [str(number) for number in part["all"]], padding=3, fontsize=8, color=FAINT)
        axes.set_yticks(places, [shown(name, 18) for name in part["district_name"]])
        axes.set_ylim(len(part) - 0.4, -0.6)
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.margins(x=0.1)
        axes.tick_params(axis="y", length=0)
        axes.legend(loc="lower right")
        note(
            figure,
            "Not taken up: later documents of the districts above were read and do not have it.",
            cited(frame),
        )
    return figure


def centrality(frame: pd.DataFrame) -> Figure:
    """The measure ``centrality``: the nodes of the highest strength."""
    return ranked(
        frame,
        label="label",
        value="strength",
        chinese="联系最多的节点",
        english="Nodes of the highest strength: the sum of the weights of their edges",
    )


def careers(frame: pd.DataFrame) -> Figure:
    """The measure ``careers``: each post from its first to its last attestation."""
    from kg.analyse.times import span

    dated = frame[frame["first"] != ""]
    most = dated.groupby("person").size().sort_values(ascending=False, kind="stable").index
    order = {person: place for place, person in enumerate(most)}
    part = dated.assign(place=dated["person"].map(order)).sort_values("place", kind="stable").head(MOST)
    with styled():
        figure, axes = page(8.6, 2.0 + 0.27 * max(1, len(part)))
        title(axes, "任职经历", "Posts from their first to their last attestation")
        people = list(dict.fromkeys(part["person"]))
        for place, row in enumerate(part.itertuples()):
            first, last = span(str(row.first).split("/")[0]), span(str(row.last).split("/")[-1])
            if first is None or last is None:
                continue
            outer, inner = (first.first, last.last), (first.last, last.first)
            colour = COLOURS[people.index(row.person) % 6]
            axes.plot([_year(day) for day in outer], (place, place), color=colour, linewidth=1.4, zorder=1)
            if inner[0] <= inner[1]:
                axes.plot(
                    [_year(day) for day in inner], (place, place), color=colour, linewidth=5, marker="o", markersize=5
                )
        axes.set_yticks(
            range(len(part)),
            [shown(f"{row.name}  {row.title}@{row.body_name}", 26) for row in part.itertuples(index=False)],
        )
        axes.set_ylim(len(part) - 0.4, -0.6)
        axes.tick_params(axis="y", length=0)
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.ticklabel_format(axis="x", useOffset=False)
        axes.grid(axis="x")
        left = len(frame) - len(part)
        note(
            figure,
            "Thick: attested at both ends. Thin: somewhere on it lies the day of a document whose day is not known. No "
            "line shows when a post began or ended.",
            f"{left} posts are left out, for want of a date or of room." if left else "",
            cited(frame),
        )
    return figure


def _year(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 366
