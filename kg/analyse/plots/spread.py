"""Figures of diffusion: adoption with its denominator, survival with its band, who used what when, lags."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from kg.analyse.plots.canvas import COLOURS, FAINT, INK, PALE, cited, halo, note, page, shown, styled, title

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

MOST, WIDE = 40, 30
"""Most rows, and most columns, that a figure has room for."""

PALER = "#F4F4F4"

LEVELS = {
    "nation": "中央", "province": "省级", "prefecture": "地级", "county": "县级", "township": "乡级", "village": "村级",
    "zone": "园区",
}  # fmt: skip
"""Levels of districts as they are called in Chinese, the highest first."""


def adoption(frame: pd.DataFrame) -> Figure:
    """The adoption curve of the measure ``adoption``: the share as a band from least to most, and its denominator."""
    periods = [shown(period) for period in frame["period"]]
    places = list(range(len(periods)))
    with styled():
        figure, (above, below) = page(
            min(14, max(6, 1.6 + 0.42 * len(places))), 5.4, nrows=2, sharex=True, height_ratios=(3, 2)
        )
        title(above, f"“{frame['item'].iloc[0]}”的采用曲线", "Share of the districts observed so far that had used it")
        low, high = [100 * frame[name] for name in ("share_least", "share_most")]
        above.fill_between(places, low, high, color=COLOURS[0], alpha=0.2, linewidth=0)
        for line in (low, high) if list(low) != list(high) else (low,):
            above.plot(places, line, color=COLOURS[0], marker="o", markersize=4, linewidth=1.8, clip_on=False)
        if len(places) <= 16:
            for place, row in enumerate(frame.itertuples()):
                words = f"{row.adopted_most}/{row.observed_most}"
                above.annotate(
                    words, (place, high.iloc[place]), (0, 7), textcoords="offset points", ha="center", fontsize=8,
                    path_effects=halo(),
                )  # fmt: skip
        above.set_ylim(0, max(5.0, min(108.0, float(high.max()) * 1.25)))
        above.set_ylabel("已采用 Adopted, %")
        above.grid(axis="y")
        below.bar(places, frame["observed_most"], 0.72, color=PALE, label="有文献的地区 observed so far")
        open_dates = list(frame["adopted_least"]) != list(frame["adopted_most"])
        if open_dates:
            below.bar(places, frame["adopted_most"], 0.72, color=COLOURS[5], label="至多已采用 adopted at most")
        words = "至少已采用 adopted at least" if open_dates else "已采用 adopted"
        below.bar(places, frame["adopted_least"], 0.72, color=COLOURS[0], label=words)
        below.set_ylabel("地区数 Districts")
        below.set_ylim(0, float(frame["observed_most"].max()) * 1.45)
        below.legend(loc="upper left", ncols=3, fontsize=7.5, handlelength=1.2, columnspacing=1.2)
        below.yaxis.get_major_locator().set_params(integer=True)
        _periods(below, periods)
        undated = int(frame["undated"].iloc[0])
        note(
            figure,
            "Denominator: districts of which at least one document is dated by the end of the period. "
            "The band is what the precision of the dates leaves open.",
            f"{undated} more use it in undated documents alone." if undated else "",
            cited(frame),
        )
    return figure


def _periods(axes: Any, names: list[str]) -> None:
    step = -(-len(names) // 24)
    axes.set_xticks(range(0, len(names), step), names[::step], rotation=45 if len(names) > 8 else 0)
    axes.set_xlim(-0.6, len(names) - 0.4)


def survival(frame: pd.DataFrame) -> Figure:
    """The Kaplan–Meier curve of the measure ``survival`` with its 95 % band, censored districts and those at risk."""
    times = list(frame["time"])
    share = list(100 * frame["survival"])
    with styled():
        figure, axes = page(min(14, max(6, 2 + 0.5 * len(times))), 4.8)
        title(
            axes,
            f"尚未使用“{frame['item'].iloc[0]}”的地区比例",
            "Share that has not yet used it (Kaplan–Meier, 95 % band)",
        )
        # An interval of nothing (share 0 or 1) is as wide as the curve itself.
        low = [100 * end if end == end else here for end, here in zip(frame["low"], share, strict=True)]
        high = [100 * end if end == end else here for end, here in zip(frame["high"], share, strict=True)]
        ends = [*times, times[-1] + 0.5]
        axes.fill_between(
            ends, [*low, low[-1]], [*high, high[-1]], step="post", color=COLOURS[0], alpha=0.18, linewidth=0
        )
        axes.step(ends, [*share, share[-1]], where="post", color=COLOURS[0], linewidth=2)
        censored = [(when, here) for when, here, count in zip(times, share, frame["censored"], strict=True) if count]
        axes.plot(
            *zip(*censored, strict=True) if censored else ([], []), linestyle="", marker="|", markersize=11, color=INK,
            markeredgewidth=1.3, label="截尾 censored",
        )  # fmt: skip
        axes.set_ylim(0, 104)
        axes.set_xlim(0, times[-1] + 0.5)
        axes.set_ylabel("尚未使用 Not yet, %")
        axes.grid(axis="y")
        every = -(-len(times) // 14)
        ticks = [place for place in range(1, len(times)) if (place - 1) % every == 0]
        axes.set_xticks(
            [times[place] for place in ticks],
            [f"{frame['period'].iloc[place]}\n{frame['at_risk'].iloc[place]}" for place in ticks],
        )
        axes.annotate(
            "在险 at risk", (0, 0), (-6, -22), xycoords="axes fraction", textcoords="offset points", ha="right", fontsize=8,
            color=FAINT,
        )  # fmt: skip
        if censored:
            axes.legend(loc="upper right")
        note(
            figure,
            "Below each period: districts at risk. A district is at risk from its first document to its first use, or to "
            "its last document (censored).",
            cited(frame),
        )
    return figure


def heatmap(frame: pd.DataFrame) -> Figure:
    """District × slogan of the measure ``first-use``: the year of the first use; an empty cell was read without finding it."""
    items = [item for item, _ in sorted(Counter(frame["item"]).items(), key=lambda pair: (-pair[1], pair[0]))][:WIDE]
    part = frame[frame["item"].isin(items)]
    order = list(LEVELS)
    units = sorted(
        {(order.index(str(row.level)) if row.level in order else len(order), str(row.user), str(row.user_name)) for row in part.itertuples()}
    )[:MOST]  # fmt: skip
    years = {(row.user, row.item): int(str(row.date)[:4]) for row in part.itertuples()}
    span = sorted(set(years.values()))
    cells = [[years.get((user, item)) for item in items] for _, user, _ in units]
    colours = sequence(span)
    labels = {value: str(value) for value in _few(span)}
    left = frame["item"].nunique() - len(items), frame["user"].nunique() - len(units)
    with styled():
        figure = grid(cells, [label for *_, label in units], items, colours, labels)
        title(figure.axes[0], "各地首次使用提法的年份", "Year of the first use in the corpus, by district")
        note(
            figure,
            "Of an interval, the first year it may be. Not found: what was read of the district does not have it.",
            f"Left out for want of room: {left[0]} slogans used by fewer, {left[1]} districts." if any(left) else "",
            cited(frame),
        )
    return figure


def grid(
    cells: list[list[int | None]], rows: list[str], columns: list[str], colours: dict[int, str], labels: dict[int, str]
) -> Figure:
    """Rows × columns of coloured cells; an empty one is pale, and said to be *not found*."""
    from matplotlib.patches import Patch, Rectangle

    figure, axes = page(2.4 + 0.36 * len(columns) + 0.6, 2.7 + 0.27 * len(rows))
    for down, row in enumerate(cells):
        for across, value in enumerate(row):
            face = PALER if value is None else colours[value]
            axes.add_patch(Rectangle((across - 0.47, down - 0.45), 0.94, 0.9, facecolor=face, linewidth=0))
    axes.set_xlim(-0.6, len(columns) - 0.4)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xticks(
        range(len(columns)), [shown(name, 14) for name in columns], rotation=60, ha="right", rotation_mode="anchor"
    )
    axes.set_yticks(range(len(rows)), [shown(name, 14) for name in rows])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    known = [Patch(facecolor=colours[value], label=label) for value, label in labels.items()]
    missing = Patch(facecolor=PALER, edgecolor=PALE, label="未见 not found")
    axes.legend(handles=[*known, missing], loc="upper left", bbox_to_anchor=(1.005, 1.0))
    return figure


def _few(years: list[int]) -> list[int]:
    return years if len(years) <= 12 else years[:: -(-len(years) // 12)]


def sequence(values: list[int]) -> dict[int, str]:
    """A colour for each value: cividis, which is even in lightness for colour-blind and other eyes."""
    with styled():
        from matplotlib import colormaps
        from matplotlib.colors import to_hex

        width = max(1, values[-1] - values[0]) if values else 1
        return {value: to_hex(colormaps["cividis"](0.08 + 0.87 * (value - values[0]) / width)) for value in values}


def matrix(frame: pd.DataFrame, *, chinese: str = "", english: str = "", label: str = "", foot: str = "") -> Figure:
    """A square or oblong table of numbers, rows by its index and columns by its names, as a heat map with the numbers."""
    part = frame.iloc[:MOST, :WIDE]
    with styled():
        figure, axes = page(2.4 + 0.5 * part.shape[1], 2.4 + 0.32 * part.shape[0])
        title(axes, chinese, english)
        drawn = axes.imshow(part.to_numpy(dtype=float), cmap="cividis", aspect="auto")
        axes.set_xticks(range(part.shape[1]), [shown(name, 14) for name in part.columns], rotation=60, ha="right")
        axes.set_yticks(range(part.shape[0]), [shown(name, 14) for name in part.index])
        axes.tick_params(length=0)
        figure.colorbar(drawn, ax=axes, label=shown(label), shrink=0.8)
        note(figure, foot, cited(frame))
    return figure


def lags(frame: pd.DataFrame) -> Figure:
    """Lags of the measure ``lag``: for each slogan a strip of intervals, one a district, coloured by the level above."""
    names = sorted(set(frame["item"]), key=lambda item: (-int((frame["item"] == item).sum()), item))[:MOST]
    part = frame[frame["item"].isin(names)]
    named = len(part) <= 120
    years = float(part[["days_least", "days_most"]].abs().to_numpy().max()) > 3 * 366
    unit = 365.25 if years else 1.0
    levels = [level for level in LEVELS if level in set(part["above_level"])]
    levels += sorted(set(part["above_level"]) - set(levels))
    with styled():
        from matplotlib.lines import Line2D

        strips = {name: part[part["item"] == name] for name in names}
        heights = [max(1.0, 0.48 * len(strip) + 0.4) for strip in strips.values()]
        figure, axes = page(8.4, min(28.0, 2.2 + 0.3 * sum(heights)))
        title(axes, "各地首次使用提法相对上级的滞后", "Lag of the first use behind each district above")
        bottom, ticks = 0.0, []
        for (name, strip), height in zip(strips.items(), heights, strict=True):
            for place, row in enumerate(strip.sort_values(["above", "days_least", "district"]).itertuples()):
                y = bottom + (place + 0.5) * height / len(strip)
                colour = COLOURS[levels.index(str(row.above_level)) % len(COLOURS)]
                ends = float(row.days_least) / unit, float(row.days_most) / unit
                axes.plot(ends, (y, y), color=colour, linewidth=2.2, solid_capstyle="round", alpha=0.9)
                if named:
                    axes.annotate(
                        shown(row.district_name, 10), (ends[1], y), (6, 0), textcoords="offset points", va="center",
                        fontsize=6.5, color=FAINT, path_effects=halo(),
                    )  # fmt: skip
                if ends[0] == ends[1]:
                    axes.plot(ends[:1], (y,), color=colour, marker="D", markersize=4.5)
            ticks.append((bottom + height / 2, shown(name, 16)))
            bottom += height
            axes.axhline(bottom, color="#EBEBEB", linewidth=0.8, zorder=0)
        axes.axvline(0, color=INK, linewidth=1)
        axes.set_ylim(bottom, 0)
        axes.set_yticks(*zip(*ticks, strict=True))
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel(f"← 先于上级 earlier      {'年 years' if years else '天 days'}      later 晚于上级 →")
        handles = [
            Line2D([], [], color=COLOURS[place % len(COLOURS)], linewidth=2.2, label=f"对{LEVELS.get(level, level)} {level}")
            for place, level in enumerate(levels)
        ]  # fmt: skip
        axes.legend(handles=handles, loc="upper left", bbox_to_anchor=(1.0, 1.0))
        left = frame["item"].nunique() - len(names)
        note(
            figure,
            "A line reaches from the least to the most that the lag may be; a diamond is a lag known to the day, or 0 in "
            "one document.",
            f"Left out for want of room: {left} slogans with fewer lags." if left else "",
            cited(frame),
        )
    return figure
