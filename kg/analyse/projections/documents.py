"""The projection of documents: what articles cite, and which document carries out which."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kg.analyse.cut import WHOLE, Cut
from kg.analyse.ground import Ground, refuse_empty
from kg.analyse.registry import projection
from kg.analyse.ties import joined
from kg.builds.opened import Build
from kg.identity import iri
from kg.lexicon import alternation, rows

if TYPE_CHECKING:
    import networkx as nx

_SENTENCE_END = re.compile(r"[。！？!?；;]")
_CLAUSE_START = re.compile(r".*[，,：:]", re.DOTALL)
# The same role goes on in a list: 《甲》和《乙》, 《甲》、《乙》, 《甲》《乙》.
_LISTED = re.compile(r"\s*(?:[、和与及]|以及|并)?\s*")


class Named(NamedTuple):
    """A document named at a place of a text."""

    passage: str
    id: str
    start: int
    end: int


@projection(
    "documents-cited",
    title_zh="文件称引与落实",
    title_en="Documents that articles cite, and documents that carry out others",
    edges={
        "weight": "number of passages (cites), or of sentences (implements)",
        "relation": "cites: an article names a document; implements: a document rests on another",
        "cue": "the words that say so (贯彻, 根据, 制定 …), sorted; empty where an article merely names a document",
        "evidence": "IRIs of the passages",
    },
    source="citation network: Garfield (1955); the cue words are ours, kg/lexicon/citing.tsv",
)
def documents_cited(build: Build, *, cut: Cut = WHOLE) -> nx.Graph:
    """Directed graph from articles to the documents they name, and from a document to the one that it carries out.

    The graph of a build holds who names what, and no statement of implementation; that is read here, off the words of
    the text: one sentence names a document after a word of basis (根据《甲》) and another after a word of making
    (制定《乙》), as in 根据《甲》制定《乙》. Only such pairs count, so that most implementation stays unseen.
    """
    import networkx

    ground = Ground(build, cut)
    named: defaultdict[str, list[Named]] = defaultdict(list)
    for passage, thing, article, start, end, _ in ground.ask("naming"):
        if thing.startswith("document/") and article in ground.articles:
            named[article].append(Named(passage, thing, int(start), int(end)))
    found: defaultdict[tuple[str, str, str], list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    docs = {f"article/{iri(source.doc)}": source.doc for source in build.manifest.documents}
    for article in sorted(named):
        text = (build.path / "texts" / f"{docs[article]}.txt").read_bytes().decode("utf-8")
        places = sorted(named[article], key=lambda one: (one.start, one.end))
        for one, role, cue in roles(text, places):
            found[article, one.id, "cites"].append((cue if role == "basis" else "", (one.passage,)))
        for basis, making, cues in carried_out(text, places):
            if basis.id != making.id:
                found[making.id, basis.id, "implements"].append((cues, (basis.passage, making.passage)))
    if not found:
        raise refuse_empty("document that an article cites", cut)
    graph = networkx.DiGraph()
    for id in sorted({id for pair in found for id in pair[:2]}):
        graph.add_node(id, **ground.attributes(id))
    for (source, target, relation), where in sorted(found.items()):
        graph.add_edge(
            source,
            target,
            weight=len(where),
            relation=relation,
            cue=" ".join(sorted({cue for cue, _ in where if cue})),
            evidence=joined(passage for _, passages in where for passage in passages),
        )
    return graph


def roles(text: str, places: list[Named]) -> Iterator[tuple[Named, str, str]]:
    """Each place with its role in the sentence (``basis``, ``making`` or none) and the word that gives it.

    >>> text = "根据《甲条例》和《乙意见》，制定《丙办法》。"
    >>> places = [Named("", name, text.index(name), text.index(name) + 5) for name in ("《甲条例》", "《乙意见》", "《丙办法》")]
    >>> [(place.id, role, cue) for place, role, cue in roles(text, places)]
    [('《甲条例》', 'basis', '根据'), ('《乙意见》', 'basis', '根据'), ('《丙办法》', 'making', '制定')]
    """
    marks = {row[0]: row[1] for row in rows("citing")}
    cue = re.compile(f"({alternation(list(marks))})")
    role = word = ""
    before = 0
    for one in places:
        between = text[min(before, one.start) : one.start]
        end = max((found.end() for found in _SENTENCE_END.finditer(between)), default=0)
        clause = _CLAUSE_START.sub("", between[end:])
        if end or not before or not _LISTED.fullmatch(between):
            words = cue.findall(clause)
            word = words[-1] if words else ""
            role = marks.get(word, "")
        yield one, role, word
        before = max(before, one.end)


def carried_out(text: str, places: list[Named]) -> Iterator[tuple[Named, Named, str]]:
    """Pairs of places in one sentence: the basis, what carries it out, and the two words that say so."""
    ends = [found.start() for found in _SENTENCE_END.finditer(text)]

    def sentence(item: tuple[Named, str, str]) -> int:
        from bisect import bisect_left

        return bisect_left(ends, item[0].start)

    for _, inside in groupby(roles(text, places), key=sentence):
        items = list(inside)
        for basis, role, word in items:
            for making, other, made in items:
                if role == "basis" and other == "making":
                    yield basis, making, f"{word}…{made}"
