"""Where entities stand on the map: computed once, kept with the build, so that the map stays the one people know."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from kg.errors import BuildError
from kg.explore.atlas import Atlas
from kg.graph.writing import replacing

Positions = Mapping[str, tuple[float, float]]
NAME = "layout.json"
"""The file of a build that keeps its layout; a build made anew takes it over."""

_FORMAT = "tifa-kg layout 1"


def place(atlas: Atlas, previous: Positions | None = None, *, seed: int = 0) -> dict[str, tuple[float, float]]:
    """A place for every entity of an atlas; those in *previous* keep theirs, and new ones join them."""
    import networkx as nx

    from kg.explore.layout import layout

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(node.id for node in atlas.nodes)
    graph.add_edges_from((edge.source, edge.target) for edge in atlas.edges)
    kept = {node.id: previous[node.id] for node in atlas.nodes if node.id in previous} if previous else None
    found = layout(graph, previous=kept or None, seed=seed)
    return {node.id: (round(found[node.id][0], 2), round(found[node.id][1], 2)) for node in atlas.nodes}


def load(path: Path) -> dict[str, tuple[float, float]]:
    """The positions in a file; none where there is no file.

    Raises :class:`~kg.errors.BuildError` for a file that holds something else.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["format"] != _FORMAT:
            raise ValueError(data["format"])
        return {str(id): (float(x), float(y)) for id, (x, y) in data["positions"].items()}
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise BuildError(f"{path}: {error.strerror}; check the permissions") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BuildError(f"{path}: not the layout of a map; name another file, or remove this one") from error


def save(positions: Positions, path: Path) -> None:
    """Write positions, sorted by identity, one a line; nothing is written where the file is so already."""
    rows = ",\n".join(
        f"{json.dumps(id, ensure_ascii=False)}: [{x:g}, {y:g}]" for id, (x, y) in sorted(positions.items())
    )
    text = f'{{"format": "{_FORMAT}", "positions": {{\n{rows}\n}}}}\n'
    if path.is_file() and path.read_text(encoding="utf-8", errors="replace") == text:
        return
    with replacing(path) as fresh:
        fresh.write_text(text, encoding="utf-8", newline="\n")
