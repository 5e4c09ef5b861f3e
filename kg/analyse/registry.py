"""The registry of measures and projections: what there is, what it needs, what comes out, how it is cited.

A measure is a function from a build, and options by keyword, to a DataFrame::

    @measure(
        "similarity",
        title_zh="地区相似度",
        title_en="Similarity of districts",
        columns={"first": "code of a district", ...},
        source="Jaccard (1901)",
    )
    def similarity(build: Build, *, least: Annotated[int, "Leave out districts with fewer slogans."] = 1,
                   cut: Cut = WHOLE) -> pd.DataFrame: ...

The signature gives the options of the command line: an annotation with words becomes the help of an option, a ``Literal``
its choices, and a parameter ``cut`` the four options of a :class:`~kg.analyse.cut.Cut`. The frame that comes out has
exactly the columns that were declared; ``frame.attrs`` says which measure, version, source, options and build made it.
"""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from importlib import import_module, metadata
from types import SimpleNamespace
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin, get_type_hints

from kg.analyse.cut import WHOLE, Cut
from kg.errors import CannotMeasureError, NotFoundError

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from kg.builds.opened import Build

THEMES: tuple[str, ...] = (
    "kg.analyse.projections.slogans",
    "kg.analyse.projections.bodies",
    "kg.analyse.projections.documents",
    "kg.analyse.themes.networks",
    "kg.analyse.themes.significance",
    "kg.analyse.themes.vocabulary",
    "kg.analyse.themes.diffusion",
    "kg.analyse.themes.survival",
    "kg.analyse.themes.careers",
    "kg.analyse.themes.indicators",
)
"""The modules that register something, in the order in which their measures are listed."""

EVIDENCE = "evidence"
"""The column and the edge attribute of what a row rests on: relative IRIs of claims, uses or passages, joined by blanks."""


MINUTE = 60.0
"""Above so many estimated seconds a measure says beforehand how long it will take."""


class SlowMeasureWarning(UserWarning):
    """A measure will take more than a minute; the message says about how long, and what to do about it."""


def warn_if_slow(what: str, seconds: float, remedy: str) -> None:
    """Say beforehand what will take more than a minute. *seconds* is an estimate for one core of a usual machine."""
    if seconds > MINUTE:
        text = f"{what} will take about {max(1, round(seconds / 60))} min; {remedy}"
        warnings.warn(text, SlowMeasureWarning, stacklevel=4)


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a measure, read off its signature."""

    name: str
    type: Any
    """``int``, ``float``, ``str`` or ``bool``."""
    choices: tuple[str, ...]
    default: Any
    help: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure or projection."""

    name: str
    kind: Literal["measure", "projection"]
    title_zh: str
    title_en: str
    columns: Mapping[str, str]
    """Name and meaning of each column; of a projection: of each attribute of its edges."""
    source: str
    """Author and year of the method."""
    version: int
    """Goes up whenever the same build would give other figures."""
    function: Callable[..., Any]
    plot: str
    """Name of the function in :mod:`kg.analyse.plots` that draws the frame; empty if none does."""

    @property
    def about(self) -> str:
        """First paragraph of the documentation."""
        return inspect.cleandoc(self.function.__doc__ or "").split("\n\n")[0].replace("\n", " ")

    @property
    def options(self) -> tuple[Option, ...]:
        """What can be set, in the order of the signature; a cut is not among them."""
        function = inspect.unwrap(self.function)
        parameters = list(inspect.signature(function).parameters.values())[1:]
        named = SimpleNamespace(__annotations__={one.name: one.annotation for one in parameters})
        hints = get_type_hints(named, globalns=function.__globals__, include_extras=True)
        return tuple(
            _option(one.name, hints[one.name], one.default) for one in parameters if hints[one.name] is not Cut
        )

    @property
    def cuts(self) -> bool:
        """Whether it takes a cut."""
        return "cut" in inspect.signature(inspect.unwrap(self.function)).parameters

    def citation(self, build: Build, cut: Cut = WHOLE) -> str:
        """How a figure of this is cited: software, measure, version, cut, and the build by the hash of its graph."""
        limits = f", cut: {cut}" if str(cut) else ""
        return (
            f"tifa-kg {metadata.version('tifa-kg')}, {self.kind} {self.name}, version {self.version}{limits}, "
            f"of the build with graph.nq SHA-256 {build.manifest.files['graph.nq'][:16]}"
        )


def _option(name: str, hint: Any, default: Any) -> Option:
    help = ""
    if get_origin(hint) is Annotated:
        hint, help = get_args(hint)[:2]
    choices = tuple(get_args(hint)) if get_origin(hint) is Literal else ()
    if choices:
        hint = str
    elif type(None) in get_args(hint):
        hint = next(one for one in get_args(hint) if one is not type(None))
    return Option(name, hint, choices, default, help)


_MEASURES: dict[str, Measure] = {}


def measure(
    name: str,
    *,
    title_zh: str,
    title_en: str,
    columns: Mapping[str, str],
    source: str,
    version: int = 1,
    plot: str = "",
) -> Callable[[Callable[..., pd.DataFrame]], Callable[..., pd.DataFrame]]:
    """Register a function from a build to a DataFrame with exactly these columns."""

    def register(function: Callable[..., pd.DataFrame]) -> Callable[..., pd.DataFrame]:
        @wraps(function)
        def measured(build: Build, **options: Any) -> pd.DataFrame:
            frame: pd.DataFrame = _run(name, function, build, options)
            if list(frame.columns) != list(columns):
                raise AssertionError(f"{name}: columns {list(frame.columns)} are not as declared: {list(columns)}")
            frame.attrs = {
                "measure": name,
                "version": version,
                "source": source,
                "options": {key: str(value) for key, value in options.items()},
                "citation": entry.citation(build, options.get("cut", WHOLE)),
            }
            return frame

        entry = Measure(name, "measure", title_zh, title_en, columns, source, version, measured, plot)
        _add(entry)
        return measured

    return register


def projection(
    name: str,
    *,
    title_zh: str,
    title_en: str,
    edges: Mapping[str, str],
    source: str,
    version: int = 1,
) -> Callable[[Callable[..., nx.Graph]], Callable[..., nx.Graph]]:
    """Register a function from a build to a networkx graph whose edges have exactly these attributes.

    Every node has ``label`` and ``type``. ``graph.graph`` says name, version, what the weight is, and how to cite it.
    """

    def register(function: Callable[..., nx.Graph]) -> Callable[..., nx.Graph]:
        @wraps(function)
        def projected(build: Build, **options: Any) -> nx.Graph:
            graph: nx.Graph = _run(name, function, build, options)
            cut = options.get("cut", WHOLE)
            graph.graph.update(
                name=name,
                version=version,
                title=title_en,
                title_zh=title_zh,
                weight=edges["weight"],
                cut=str(cut),
                base=build.base,
                citation=entry.citation(build, cut),
            )
            return graph

        entry = Measure(name, "projection", title_zh, title_en, edges, source, version, projected, "")
        _add(entry)
        return projected

    return register


def _run(name: str, function: Callable[..., Any], build: Build, options: Mapping[str, Any]) -> Any:
    try:
        return function(build, **options)
    except ModuleNotFoundError as error:
        raise CannotMeasureError(
            f"{name} needs {error.name}, which is not installed; pip install 'tifa-kg[analyse]'"
        ) from error


def _add(entry: Measure) -> None:
    known = _MEASURES.setdefault(entry.name, entry)
    if known is not entry and inspect.unwrap(known.function).__module__ != inspect.unwrap(entry.function).__module__:
        raise AssertionError(f"{entry.name}: two measures are named so")


def measures() -> Mapping[str, Measure]:
    """All measures and projections by name, in the order of :data:`THEMES`."""
    for theme in THEMES:
        import_module(theme)
    order = {theme: place for place, theme in enumerate(THEMES)}
    home = {name: inspect.unwrap(entry.function).__module__ for name, entry in _MEASURES.items()}
    # Sorted by theme, because a caller may have imported a theme by itself before.
    return {name: _MEASURES[name] for name in sorted(_MEASURES, key=lambda name: order[home[name]])}


def find(name: str) -> Measure:
    """The measure or projection *name*; raises :class:`~kg.errors.NotFoundError` if there is none."""
    found = measures().get(name)
    if found is None:
        from difflib import get_close_matches

        near = get_close_matches(name, measures(), n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else "`kg analyse BUILD` lists them"
        raise NotFoundError(f"{name!r} is no measure and no projection; {hint}")
    return found
