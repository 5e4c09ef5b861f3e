"""Paper, ink and type of the figures: one font with Chinese, colours that all eyes tell apart, the same bytes each time.

No display, no system font and no network is needed. SVG holds all words as outlines, so that it looks the same wherever
it is read.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import CannotMeasureError
from kg.graph.writing import replacing

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

FAMILY = "Tifa Sans SC"
"""The font of ``fonts/TifaSansSC.ttf``: a subset of Noto Sans SC, see ``scripts/build_font.py``."""

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#F0E442")
"""Okabe and Ito (2008): told apart with every common kind of colour blindness."""

INK, FAINT, PALE = "#222222", "#6B6B6B", "#D9D9D9"

MISSING = "〓"
"""The geta mark, which printers of Chinese set for a character that they do not have."""

FORMATS = {
    ".svg": {"Date": None, "Creator": "tifa-kg"},
    ".png": {"Software": "tifa-kg"},
    ".pdf": {"CreationDate": None},
}
"""Endings of the files that a figure is written to, and their metadata: no clock time, no version of a library."""

_SPACE = re.compile(r"\s+")


def _style() -> Any:
    return {
        "font.family": [FAMILY],
        "font.size": 9,
        "axes.titlesize": 12,
        "axes.labelsize": 9,
        "axes.edgecolor": FAINT,
        "axes.labelcolor": INK,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.unicode_minus": False,
        "axes.grid": False,
        "grid.color": "#EBEBEB",
        "xtick.color": INK,
        "ytick.color": INK,
        "text.color": INK,
        "text.parse_math": False,  # because words of a text may hold a dollar sign
        "legend.frameon": False,
        "svg.fonttype": "path",
        "svg.hashsalt": "tifa-kg",
        "pdf.fonttype": 42,
        "savefig.facecolor": "white",
        "figure.dpi": 100,
    }


@cache
def _characters() -> frozenset[int]:
    """Make the font known to matplotlib; the code points it has."""
    from matplotlib import font_manager, ft2font

    with as_file(files("kg.analyse").joinpath("fonts", "TifaSansSC.ttf")) as path:
        if FAMILY not in font_manager.fontManager.get_font_names():
            font_manager.fontManager.addfont(str(path))
        return frozenset(ft2font.FT2Font(str(path)).get_charmap())


@contextmanager
def styled() -> Iterator[None]:
    """The style of all figures, for as long as one is drawn."""
    try:
        import matplotlib
    except ImportError as error:
        raise CannotMeasureError(
            "a figure needs matplotlib, which is not installed; pip install 'tifa-kg[analyse]'"
        ) from error
    _characters()
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_style())
        yield


def shown(words: object, width: int = 0) -> str:
    """Words as a figure can show them: on one line, at most *width* characters, 〓 for what the font does not have.

    >>> shown("乘风破浪\\n七大都市", 6), shown("\U00030edd")
    ('乘风破浪 …', '〓')
    """
    known = _characters()
    text = "".join(char if ord(char) in known else MISSING for char in _SPACE.sub(" ", str(words)).strip())
    return text if not width or len(text) <= width else text[: width - 1] + "…"


def page(width: float, height: float, **layout: Any) -> tuple[Figure, Any]:
    """A figure of so many inches and its axes; *layout* goes to ``Figure.subplots``."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure, figure.subplots(**layout)


def halo() -> list[Any]:
    """A white rim around words that stand on lines."""
    from matplotlib.patheffects import withStroke

    return [withStroke(linewidth=2.2, foreground="white")]


def title(axes: Axes, chinese: str, english: str) -> None:
    """The heading of a figure: Chinese, and English below it in small."""
    axes.set_title(shown(chinese), loc="left", pad=24, fontsize=13)
    axes.annotate(
        shown(english), (0, 1), (0, 9), xycoords="axes fraction", textcoords="offset points", fontsize=9, color=FAINT
    )


def note(figure: Figure, *sentences: str) -> Text:
    """What stands below a figure: how to read it, and how it is cited."""
    width = int(figure.get_figwidth() * 17)
    lines = [line for sentence in sentences if sentence for line in textwrap.wrap(shown(sentence), width)]
    return figure.supxlabel("\n".join(lines), x=0.01, ha="left", fontsize=6.5, color=FAINT)


def cited(frame: pd.DataFrame) -> str:
    """How the measure of a frame is cited; empty for a frame of another kind."""
    return str(frame.attrs.get("citation", ""))


def save(figure: Figure, path: str | Path) -> None:
    """Write a figure as ``.svg``, ``.png`` (200 dots an inch) or ``.pdf``; the same figure gives the same bytes.

    Raises :class:`~kg.errors.CannotMeasureError` for another ending, :class:`~kg.errors.BuildError` for a place that
    cannot be written.
    """
    path = Path(path)
    kind = path.suffix.lower()
    if kind not in FORMATS:
        raise CannotMeasureError(f"{path}: no kind of picture is named so; end the file name in {', '.join(FORMATS)}")
    with styled(), replacing(path) as fresh:
        figure.savefig(fresh, format=kind[1:], dpi=200, metadata=FORMATS[kind])
