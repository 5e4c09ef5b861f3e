"""A projection written for other programs: GraphML, GEXF, or a CSV list of edges. The same graph gives the same bytes."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import CannotMeasureError
from kg.graph.export import guarded, visible
from kg.graph.writing import replacing

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

SUFFIXES = (".graphml", ".gexf", ".csv")
"""What a projection can be written as, by the end of the file's name."""


def write(graph: nx.Graph, out: Path) -> None:
    """Write *graph* to *out*, as its name ends: ``.graphml``, ``.gexf``, or ``.csv`` for a list of edges.

    Characters that XML cannot hold are written ``\\uXXXX``, and cells that a spreadsheet would take for a formula begin
    with an apostrophe, as in :mod:`kg.graph.export`. Raises :class:`~kg.errors.CannotMeasureError` for another ending,
    :class:`~kg.errors.BuildError` for a place that cannot be written.
    """
    import networkx

    if out.suffix not in SUFFIXES:
        raise CannotMeasureError(f"{out}: no such format; let the name end in {', '.join(SUFFIXES)}")
    with replacing(out) as fresh:
        if out.suffix == ".csv":
            frame = edges(graph)
            with fresh.open("w", encoding="utf-8-sig", newline="") as stream:
                rows = csv.writer(stream)
                rows.writerow(frame.columns)
                rows.writerows([_cell(value) for value in row] for row in frame.itertuples(index=False))
        elif out.suffix == ".graphml":
            networkx.write_graphml(_plain(graph), fresh)
        else:
            # networkx writes the day into the file: the same graph would not give the same bytes.
            text = re.sub(r' lastmodifieddate="[0-9-]*"', "", "\n".join(networkx.generate_gexf(_plain(graph))))
            fresh.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n', encoding="utf-8", newline="\n")


def edges(graph: nx.Graph) -> pd.DataFrame:
    """The edges as a table: identity and label of both ends, then the attributes; sorted by the ends."""
    import pandas

    labels = graph.nodes(data="label")
    names = list(dict.fromkeys(name for _, _, data in graph.edges(data=True) for name in data))
    ends = sorted(tuple(pair) if graph.is_directed() else tuple(sorted(pair)) for pair in graph.edges)
    rows = [
        [first, labels[first], second, labels[second], *(graph.edges[first, second].get(name) for name in names)]
        for first, second in ends
    ]
    frame: pd.DataFrame = pandas.DataFrame(rows, columns=["source", "source_label", "target", "target_label", *names])
    frame.attrs = {key: str(value) for key, value in graph.graph.items()}
    return frame


def _cell(value: Any) -> Any:
    return guarded(value) if isinstance(value, str) else value


def _plain(graph: nx.Graph) -> nx.Graph:
    copy = graph.__class__()
    copy.graph.update({key: visible(str(value)) for key, value in graph.graph.items()})
    for id, data in graph.nodes(data=True):
        copy.add_node(id, **{key: _xml(value) for key, value in data.items()})
    for first, second, data in graph.edges(data=True):
        copy.add_edge(first, second, **{key: _xml(value) for key, value in data.items()})
    return copy


def _xml(value: Any) -> Any:
    return visible(value) if isinstance(value, str) else value
