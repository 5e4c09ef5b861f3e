"""The graph's part of a build: projected, written, stored, checked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from kg.link import Links
from kg.model import Reading

if TYPE_CHECKING:
    from kg.graph.check import CheckReport

Check = Literal["auto", "always", "never"]
"""When the graph is held against its shapes: where it is small enough, always, never."""


LIMIT = 50_000
"""Quads up to which a build checks its graph unasked: some seven seconds of checking, ten newspaper pages."""


def write(
    readings: Sequence[Reading], links: Links, folder: Path, *, base: str, maker: tuple[str, str, str]
) -> dict[str, Any]:
    """Write graph.nq, graph.ttl and store/ into *folder*; the counts for the manifest.

    *maker* is the version of this package, and name and version of the reader.
    """
    from kg.graph import store
    from kg.graph.export import export
    from kg.graph.project import project
    from kg.graph.surroundings import Maker
    from kg.graph.terms import write_nquads

    projection = project(readings, links, maker=Maker(*maker), base=base)
    write_nquads(projection.blocks, folder / "graph.nq")
    counts = projection.counts
    del projection  # because a large graph should not stand in memory while it is loaded into the store
    export(folder / "graph.nq", "ttl", folder / "graph.ttl", base=base)
    store.load(folder / "graph.nq", folder / "store")
    return {
        "quads": counts.quads,
        "claims": counts.claims,
        "passages": counts.passages,
        "entities": dict(counts.entities),
    }


def check(graph: Path, when: Check, *, base: str) -> CheckReport:
    """Hold the N-Quads file *graph* against the shapes."""
    from kg.graph.check import CheckReport, check

    if when == "never":
        return CheckReport("not checked", 0, reason="not asked for; run kg check")
    return check(graph, limit=LIMIT if when == "auto" else None, base=base)
