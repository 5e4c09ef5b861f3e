"""Figures of districts' vocabulary: who uses what, how alike they are, whose it is, what is more than chance."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.analyse.plots.canvas import COLOURS, FAINT, cited, note, page, shown, styled, title
from kg.analyse.plots.spread import LEVELS, MOST, WIDE, grid, matrix, sequence

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

STANDINGS = {"national": "全国", "above": "上级", "elsewhere": "他处", "own": "自有"}
"""Where else a district's slogans are used."""


def incidence(frame: pd.DataFrame) -> Figure:
    """District × slogan of the measure ``district-slogans``: in how many documents of the district it stands."""
    slogans = [words for words, _ in sorted(Counter(frame["words"]).items(), key=lambda pair: (-pair[1], pair[0]))][
        :WIDE
    ]
    part = frame[frame["words"].isin(slogans)]
    order = list(LEVELS)
    ranks = [order.index(level) if level in order else len(order) for level in part["level"]]
    districts = sorted(set(zip(ranks, part["district"], part["name"], strict=True)))[:MOST]
    counts = dict(zip(zip(part["district"], part["words"], strict=True), map(int, part["documents"]), strict=True))
    cells = [[counts.get((code, words)) for words in slogans] for _, code, _ in districts]
    present = sorted({value for row in cells for value in row if value is not None})
    left = frame["words"].nunique() - len(slogans), frame["district"].nunique() - len(districts)
    with styled():
        labels = {value: f"{value} 篇" for value in present[:: -(-len(present) // 12) or 1]}
        figure = grid(cells, [name for *_, name in districts], slogans, sequence(present), labels)
        title(figure.axes[0], "地区与提法", "In how many documents each district uses a slogan")
        note(
            figure,
            "Not found: what was read of the district does not have it.",
            f"Left out for want of room: {left[0]} slogans used by fewer, {left[1]} districts." if any(left) else "",
            cited(frame),
        )
    return figure


def similarity(frame: pd.DataFrame) -> Figure:
    """The measure ``district-similarity``: the cosine of each two districts."""
    import pandas

    codes = sorted({*frame["first"], *frame["second"]})
    names = dict(zip(frame["first"], frame["first_name"], strict=True))
    names |= dict(zip(frame["second"], frame["second_name"], strict=True))
    table = pandas.DataFrame(float("nan"), index=codes, columns=codes)
    for first, second, cosine in zip(frame["first"], frame["second"], frame["cosine"], strict=True):
        table.loc[first, second] = table.loc[second, first] = cosine
    table = table.rename(index=names, columns=names)
    table.attrs = dict(frame.attrs)
    return matrix(
        table,
        chinese="地区用语相似度",
        english="Cosine of the slogans of two districts, weighted by TF-IDF",
        label="cosine",
        foot="White: the two share nothing, or are not compared.",
    )


def vocabulary(frame: pd.DataFrame) -> Figure:
    """The measure ``own-and-borrowed``: the slogans of each district by where else they are used."""
    part = frame.sort_values(["slogans", "district"], ascending=[False, True]).head(MOST)
    with styled():
        figure, axes = page(7.6, 2.1 + 0.27 * len(part))
        title(axes, "各地提法的来源", "Slogans of each district: national, used above, used elsewhere, its own")
        left = [0] * len(part)
        for place, (standing, chinese) in enumerate(STANDINGS.items()):
            counts = [int(count) for count in part[standing]]
            axes.barh(range(len(part)), counts, 0.7, left=left, color=COLOURS[place], label=f"{chinese} {standing}")
            left = [before + count for before, count in zip(left, counts, strict=True)]
        axes.set_yticks(range(len(part)), [shown(name, 18) for name in part["name"]])
        axes.set_ylim(len(part) - 0.4, -0.6)
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.tick_params(axis="y", length=0)
        axes.legend(loc="lower right")
        note(figure, cited(frame))
    return figure


def significance(frame: pd.DataFrame) -> Figure:
    """The measure ``significance``: what each pair shares, against what the model of chance expects."""
    part = frame.sort_values(["q_value", "p_value", "first", "second"], kind="stable").head(MOST)
    with styled():
        figure, axes = page(8.0, 2.2 + 0.27 * len(part))
        title(axes, "共用多于偶然？", "What each pair shares, and what chance would give")
        for place, (shared, expected, q) in enumerate(
            zip(part["shared"], part["expected"], part["q_value"], strict=True)
        ):
            colour = COLOURS[1] if q < 0.05 else FAINT
            axes.plot((expected, shared), (place, place), color=colour, linewidth=1.4, zorder=1)
            axes.scatter((expected,), (place,), s=30, facecolor="white", edgecolor=colour, zorder=2)
            axes.scatter((shared,), (place,), s=34, color=colour, zorder=2)
        pairs = zip(part["first_label"], part["second_label"], strict=True)
        axes.set_yticks(range(len(part)), [f"{shown(first, 12)} – {shown(second, 12)}" for first, second in pairs])
        axes.set_ylim(len(part) - 0.4, -0.6)
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x")
        axes.set_xlabel("共用数 shared")
        note(
            figure,
            "Full: shared. Hollow: expected by the model. In colour: q below 0.05.",
            f"{len(frame) - len(part)} pairs of higher q are left out." if len(frame) > len(part) else "",
            cited(frame),
        )
    return figure
