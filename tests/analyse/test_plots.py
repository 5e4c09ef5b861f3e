"""Figures: Chinese without a font of the system, the same bytes each time, words of texts never taken for commands."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx
import numpy
import pytest

import kg
import kg.analyse
from kg.analyse import plots
from kg.analyse.plots.canvas import COLOURS, FAMILY, MISSING, note, page, save, shown, styled, title
from kg.errors import CannotMeasureError

Make = Callable[..., kg.Build]


def pixels(words: str) -> Any:
    """What a label looks like, as grey values."""
    with styled():
        figure, axes = page(2, 1)
        axes.set_axis_off()
        axes.text(0.5, 0.5, words, ha="center", va="center", fontsize=20)
        figure.canvas.draw()
    return numpy.asarray(figure.canvas.buffer_rgba())[..., 0].copy()


# Whatever fonts the machine has: matplotlib is told of none but its own, and fontconfig of none at all.
ALONE = """
import sys, warnings
warnings.simplefilter("error")
from matplotlib import font_manager
assert not [f for f in {f.name for f in font_manager.fontManager.ttflist} if not f.startswith(("DejaVu", "STIX", "cm", "Last Resort"))]
import kg.analyse.plots as plots
from kg.analyse.plots.canvas import page, styled, title
with styled():
    figure, axes = page(4, 2)
    title(axes, "政协提法的采用曲线", "Adoption of 提法")
plots.save(figure, sys.argv[1])
"""


def alone(path: Path, tmp_path: Path) -> None:
    """Draw a figure in a new process on a machine without fonts."""
    (tmp_path / "fonts.conf").write_text('<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig/>')
    environment = {
        **os.environ,
        "MPLCONFIGDIR": str(tmp_path / "mpl"),
        "FONTCONFIG_FILE": str(tmp_path / "fonts.conf"),
        "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path),
        "PYTHONHASHSEED": path.stem.rpartition("-")[2],
    }
    hide = (
        "import matplotlib, matplotlib.font_manager as m\n"
        "m.fontManager.ttflist = [f for f in m.fontManager.ttflist if f.fname.startswith(matplotlib.get_data_path())]\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", hide + ALONE, str(path)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "missing" not in done.stderr


def test_chinese_is_drawn_where_the_machine_has_no_chinese_font(tmp_path: Path) -> None:
    alone(tmp_path / "a-1.png", tmp_path)
    alone(tmp_path / "b-2.png", tmp_path)
    first, second = (tmp_path / "a-1.png").read_bytes(), (tmp_path / "b-2.png").read_bytes()
    assert first == second
    with styled():
        figure, axes = page(4, 2)
        title(axes, "政协提法的采用曲线", "Adoption of 提法")
    save(figure, tmp_path / "here.png")
    assert (tmp_path / "here.png").read_bytes() == first


def test_a_label_is_neither_tofu_nor_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawn, other = pixels("政协"), pixels("政务")
    with pytest.warns(UserWarning, match="missing from font"):
        tofu = pixels("\U00030edd\U00030edd")
    assert (drawn < 128).sum() > 100
    assert (drawn != tofu).any()
    assert (drawn != other).any()


def test_the_font_has_the_names_of_all_places_and_the_characters_of_gb_2312() -> None:
    gb2312 = {
        bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)
    }  # fmt: skip
    lexicon = Path(kg.__file__).parent / "lexicon"
    names = (lexicon / "divisions.tsv").read_text(encoding="utf-8") + (lexicon / "townships.tsv").read_text("utf-8")
    wanted = (
        "".join(sorted(gb2312 | {char for char in names if not char.isspace()})) + "玥堃珺祎彧玙頔" + MISSING + "−≥≤←→…"
    )
    assert shown(wanted) == wanted


def test_the_font_may_be_given_away_and_is_small() -> None:
    folder = Path(kg.analyse.__file__).parent / "fonts"
    assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / "OFL.txt").read_text(encoding="utf-8")
    assert (folder / "TifaSansSC.ttf").stat().st_size < 4_000_000


@pytest.mark.parametrize(
    ("words", "out"),
    [
        ("七大都市", "七大都市"),
        ("一盏灯\n\t两座桥", "一盏灯 两座桥"),
        ("字\U00030edd字", f"字{MISSING}字"),
        ("\u202e反", f"{MISSING}反"),
        ("学党史、悟思想、办实事、开新局", "学党史、悟思想、…"),
    ],
)
def test_words_are_shown_on_one_line_in_characters_of_the_font(words: str, out: str) -> None:
    assert shown(words, 9) == out


def test_a_dollar_sign_is_no_formula_and_a_name_no_command() -> None:
    hostile = r"$\frac{政$协 ${x}$ <script> % \\"
    with styled():
        figure, axes = page(4, 2)
        title(axes, hostile, hostile)
        note(figure, hostile)
        figure.canvas.draw()
    assert axes.get_title(loc="left") == hostile


def frames(build: kg.Build) -> dict[str, Any]:
    """A frame of every measure that has a figure; those that refuse the sample are left to tests of their own."""
    found = {}
    for name, one in kg.analyse.measures().items():
        if one.kind == "measure" and one.plot:
            try:
                found[name] = one.function(build)
            except CannotMeasureError:
                continue
    return found


def test_every_measure_with_a_figure_draws_it_twice_the_same(sample: kg.Build, tmp_path: Path) -> None:
    drawn = frames(sample)
    assert {"adoption", "survival", "first-use", "lag", "bottom-up", "careers", "centrality"} <= set(drawn)
    for name, frame in drawn.items():
        digests = set()
        for turn in (1, 2):
            for ending in ("svg", "png"):
                path = tmp_path / f"{turn}.{ending}"
                plots.save(getattr(plots, kg.analyse.find(name).plot)(frame), path)
                digests.add(hashlib.sha256(path.read_bytes()).hexdigest())
        assert len(digests) == 2, name
        svg = (tmp_path / "1.svg").read_text(encoding="utf-8")
        assert "<text" not in svg, "words are outlines: the reader needs no font"
        assert "<dc:date>" not in svg


def test_a_figure_names_its_measure_and_its_build(sample: kg.Build) -> None:
    figure = plots.adoption(kg.analyse.adoption(sample))
    foot = figure.get_supxlabel().replace("\n", " ")
    assert "measure adoption, version 1" in foot
    assert sample.manifest.files["graph.nq"][:16] in foot


def test_the_adoption_figure_shows_the_figures_of_the_frame(sample: kg.Build) -> None:
    frame = kg.analyse.adoption(sample)
    above, below = plots.adoption(frame).axes
    assert list(above.lines[0].get_ydata()) == [100 * share for share in frame["share_least"]]
    heights = [bar.get_height() for bar in below.containers[0]]
    assert heights == list(frame["observed_most"])
    assert [text.get_text() for text in below.get_xticklabels()] == list(frame["period"])


def test_the_survival_figure_shows_curve_and_band(sample: kg.Build) -> None:
    frame = kg.analyse.survival(sample)
    axes = plots.survival(frame).axes[0]
    assert list(axes.lines[0].get_ydata())[:-1] == [100 * share for share in frame["survival"]]
    band = axes.collections[0].get_paths()[0].vertices[:, 1]
    assert band.min() == pytest.approx(100 * frame["low"].min())
    assert band.max() <= 100


def test_a_network_is_drawn_with_names_and_a_limit() -> None:
    graph = networkx.Graph(title="Test", citation="cited so")
    for number in range(300):
        graph.add_node(f"slogan/{number:03}", label=f"提法{number}", type="Slogan")
        graph.add_node("district/230100", label="哈尔滨市", type="District")
        graph.add_edge("district/230100", f"slogan/{number:03}", weight=1 + number % 3)
    figure = plots.network(graph)
    words = {text.get_text() for text in figure.axes[0].texts}
    assert "哈尔滨市" in words
    assert "101 nodes of lower degree are left out." in figure.get_supxlabel().replace("\n", " ")
    assert sum(len(points.get_offsets()) for points in figure.axes[0].collections[1:]) == 200


def test_a_large_frame_draws_its_top_and_says_what_is_left_out(sample: kg.Build) -> None:
    import pandas

    frame = kg.analyse.first_use(sample)
    many = pandas.concat([frame.assign(item=frame["item"] + str(turn)) for turn in range(9)])
    assert "Left out for want of room" in plots.heatmap(many).get_supxlabel()


@pytest.mark.parametrize("name", ["figure.jpg", "figure", "figure.svg.txt"])
def test_another_ending_is_refused(tmp_path: Path, name: str) -> None:
    with styled():
        figure, _ = page(1, 1)
    with pytest.raises(CannotMeasureError, match=r"end the file name in \.svg, \.png, \.pdf"):
        save(figure, tmp_path / name)
    assert not (tmp_path / name).exists()


def test_drawing_leaves_matplotlib_as_it_was() -> None:
    import matplotlib

    before = dict(matplotlib.rcParams)
    with styled():
        assert matplotlib.rcParams["font.family"] == [FAMILY]
    assert dict(matplotlib.rcParams) == before


def test_colours_are_those_of_okabe_and_ito() -> None:
    assert len(set(COLOURS)) == 8


def test_siblings_with_a_bound_are_hatched() -> None:
    import pandas

    frame = pandas.DataFrame(
        {
            "indicator": ["提案立案"] * 2, "year": ["2022"] * 2, "body_name": ["道里区政协", "南岗区政协"],
            "number": [98.0, 120.0], "per": ["件", "件"], "bound": ["exact", "more"], "caution": ["", "bound: more"],
            "rank": pandas.array([1, None], dtype="Int64"),
        }
    )  # fmt: skip
    axes = plots.siblings(frame).axes[0]
    assert [patch.get_hatch() for patch in axes.patches] == ["", "////"]
    assert [text.get_text() for text in axes.texts][-2:] == ["98 件", "≥120 件 (bound: more)"]
