"""The words that a row rests on, from the IRIs in its evidence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.errors import NotFoundError
from kg.graph.store import open_readonly
from kg.vocab import DCTERMS, KG, OA, RDFS

if TYPE_CHECKING:
    import pandas as pd

    from kg.builds.opened import Build

COLUMNS = ("evidence", "article", "title", "date", "section", "start", "end", "quote")
"""IRI as it was given, article, its title and date, and the passage: section, offsets into the text, words."""


def quotes(build: Build, evidence: str | Iterable[str]) -> pd.DataFrame:
    """The passages of claims, uses or passages, one row each, in the order given and then of the text.

    *evidence* is a cell of the column ``evidence``, or several: relative IRIs joined by blanks. A use rests on the words
    of the slogan and on those that tell who speaks. Raises :class:`~kg.errors.NotFoundError` for what is not in the build.
    """
    import pandas
    from pyoxigraph import NamedNode

    store = open_readonly(build.path / "store")

    def values(subject: NamedNode, predicate: str) -> list[str]:
        found = store.quads_for_pattern(subject, NamedNode(predicate), None)
        return sorted({quad.object.value for quad in found})  # type: ignore[union-attr]

    def value(subject: NamedNode, predicate: str) -> str:
        return next(iter(values(subject, predicate)), "")

    cells = [evidence] if isinstance(evidence, str) else evidence
    rows = []
    for iri in dict.fromkeys(iri for cell in cells for iri in cell.split()):
        node = NamedNode(build.base + iri.removeprefix(build.base))
        passages = [node.value] if value(node, OA.exact) else values(node, KG.passage)
        if not passages:
            raise NotFoundError(
                f"{iri!r} is no claim, use or passage of this build; give the evidence of one of its rows"
            )
        found = []
        for passage in map(NamedNode, passages):
            article = NamedNode(value(passage, KG.article))
            offsets = int(value(passage, OA.start)), int(value(passage, OA.end))
            found.append((
                iri, article.value.removeprefix(build.base), value(article, RDFS.label), value(article, DCTERMS.date),
                value(passage, KG.section), *offsets, value(passage, OA.exact),
            ))  # fmt: skip
        rows += sorted(found, key=lambda row: (row[1], row[5], row[6]))
    frame: pd.DataFrame = pandas.DataFrame(rows, columns=list(COLUMNS))
    return frame
