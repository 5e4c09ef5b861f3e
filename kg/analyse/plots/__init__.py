"""Figures of what was measured: from a frame (or a network) to a matplotlib figure, offline and always the same.

>>> from kg.analyse import adoption, plots
>>> plots.save(plots.adoption(adoption(build, item="七大都市")), "adoption.svg")      # doctest: +SKIP

Chinese needs no font on the machine. Every figure names its measure and its build at its foot.
"""

from kg.analyse.plots.canvas import COLOURS, save
from kg.analyse.plots.networks import network
from kg.analyse.plots.rankings import bottom_up, careers, centrality, ranked, siblings
from kg.analyse.plots.spread import adoption, heatmap, lags, matrix, survival
from kg.analyse.plots.vocabulary import incidence, significance, similarity, vocabulary

__all__ = [
    "COLOURS",
    "adoption",
    "bottom_up",
    "careers",
    "centrality",
    "heatmap",
    "incidence",
    "lags",
    "matrix",
    "network",
    "ranked",
    "save",
    "siblings",
    "significance",
    "similarity",
    "survival",
    "vocabulary",
]
