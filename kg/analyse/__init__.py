"""Measures and network projections that can be cited: each from a build to a DataFrame or a networkx graph.

>>> import kg, kg.analyse
>>> with kg.open("out/corpus") as build:                      # doctest: +SKIP
...     graph = kg.analyse.bodies_slogans(build, cut=kg.analyse.Cut(since="2022", level="county"))
...     frame = kg.analyse.district_similarity(build)

Every measure and projection is a function of this module under its own name with underscores (``slogan-co-use``:
``slogan_co_use``); :func:`measures` lists them all, and docs/methods.md says what each means and must not be used for.
"""

from __future__ import annotations

from typing import Any

from kg.analyse.cut import WHOLE, Cut
from kg.analyse.evidence import quotes
from kg.analyse.registry import Measure, SlowMeasureWarning, find, measures

__all__ = ["WHOLE", "Cut", "Measure", "SlowMeasureWarning", "find", "measures", "quotes"]


def __getattr__(name: str) -> Any:
    """The measure or projection of this name; its module is imported only now."""
    found = None if name.startswith("_") else measures().get(name.replace("_", "-"))
    if found is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return found.function


def __dir__() -> list[str]:
    return sorted((*__all__, *(name.replace("-", "_") for name in measures())))
