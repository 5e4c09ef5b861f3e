"""What the page of a thing shows: statements with their passages in context, who names it, a document with its marks."""

from __future__ import annotations

import asyncio
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kg.builds.opened import Build
from kg.graph.terms import node
from kg.identity import iri as relative
from kg.serve.engine import Pool, Question
from kg.serve.terms import Term, term
from kg.vocab import KG, RDF, RDFS, SCHEMA, SKOS

_AROUND = 45
"""Characters of the text on either side of a quote in a list."""
_CONTEXT = 320
"""Characters on either side of a passage on its own page."""
_BLANK = re.compile(r"\s*\n\s*")
_HEADING = re.compile(r"^#{1,6}(?:[ \t]+|$)", re.MULTILINE)
_NOT_SHOWN = frozenset({RDFS.label})


@dataclass(frozen=True, slots=True)
class Link:
    """A value: words, and a page where there is one."""

    words: str
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage as it is shown under a statement."""

    before: str
    quote: str
    after: str
    href: str
    article: Link
    section: str
    date: str
    rule: str
    confidence: str


@dataclass(slots=True)
class Statement:
    """A value of a property, and the passages that it rests on."""

    value: Link
    passages: list[Cited] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """The statements of one property."""

    term: Term
    statements: list[Statement] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Thing:
    """What a page shows of one IRI."""

    iri: str
    name: str
    types: tuple[Term, ...]
    groups: tuple[Group, ...]
    references: tuple[Group, ...]
    cut: bool
    """Whether there is more than is shown."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text between two bounds of passages."""

    text: str
    passages: tuple[str, ...]
    """Offsets (``29-39``) of the passages that begin here."""
    marked: bool


class Desk:
    """Looks things up in a build."""

    def __init__(self, build: Build) -> None:
        """On *build*; queries go to a pool."""
        self.build = build
        self.base = build.base
        self._docs = {build.base + relative("article", source.doc): source.doc for source in build.manifest.documents}
        self._counts: list[tuple[Term, int]] = []
        self.text = lru_cache(maxsize=32)(self._text)

    async def counts(self, pool: Pool) -> list[tuple[Term, int]]:
        """How many things of each kind there are, most first; counted once, since a build does not change."""
        if not self._counts:
            self._counts = [(term(row["type"]), int(row["things"])) for row in await self.rows(pool, "count")]
        return self._counts

    def _text(self, article: str) -> str:
        """The text of the document with this IRI; empty for none of ours."""
        doc = self._docs.get(article)
        return "" if doc is None else self.build.text(doc)

    def href(self, iri: str) -> str:
        """The page of an IRI, if it is one of the build's own; anything else has none here."""
        return f"/entity/{quote(iri.removeprefix(self.base))}" if iri.startswith(self.base) else ""

    def page(self, id: str) -> str:
        """The page of an identity, which is relative to the base."""
        return self.href(self.base + id)

    def cited_page(self, doc: str, start: int, end: int) -> str:
        """The page of a passage of a document."""
        return self.href(f"{self.base}{relative('passage', doc, f'{start}-{end}')}")

    async def rows(self, pool: Pool, name: str, **bindings: str) -> list[dict[str, str]]:
        """The solutions of one of our own queries, as words; *bindings* are terms in N-Triples."""
        found = json.loads((await pool.ask(Question(query(name), format="json", bindings=bindings))).body)
        return [{key: item["value"] for key, item in row.items()} for row in found["results"]["bindings"]]

    def value(self, row: Mapping[str, str], name: str = "object") -> Link:
        """What a statement says, in words: the name of a thing, or of a term, a post with its body, or words."""
        words = row[name]
        if "body" in row:
            return Link(f"{row.get('name', '')} {row.get('title', '')}".strip(), self.href(row["body"]), "")
        if not words.startswith(("http://", "https://", self.base)):
            return Link(words)
        known = term(words)
        label = row.get("label") or (known.zh if known.zh != known.iri else words.removeprefix(self.base))
        return Link(label, self.href(words) if not words.startswith(KG.iri) else "", "")

    async def thing(self, pool: Pool, iri: str) -> Thing | None:
        """What the graph holds of an IRI; None where it holds nothing."""
        said, claims, named = await asyncio.gather(
            *(self.rows(pool, name, thing=node(iri)) for name in ("statements", "claims", "references"))
        )
        if not said and not named:
            return None
        evidence: defaultdict[tuple[str, str], list[Cited]] = defaultdict(list)
        for row in claims:
            evidence[row["predicate"], row["object"]].append(self.cited(row))
        groups: dict[str, Group] = {}
        for row in said:
            predicate = row["predicate"]
            if predicate in _NOT_SHOWN or (predicate == RDF.type and not row["object"].startswith(KG.iri)):
                continue
            if predicate == RDF.type and not evidence[predicate, row["object"]]:
                # What kind of thing it is stands above its name; only words that say so need a place of their own.
                continue
            group = groups.setdefault(predicate, Group(term(predicate)))
            if predicate == RDF.type:
                known = term(row["object"])
                value = Link(f"{known.zh} {known.en}")
            else:
                value = self.value(row)
            group.statements.append(Statement(value, evidence[predicate, row["object"]]))
        references: dict[str, Group] = {}
        for row in named:
            group = references.setdefault(row["predicate"], Group(term(row["predicate"])))
            link = Link(row["label"], self.href(row["subject"]), row.get("title", ""))
            if all(link != other.value for other in group.statements):
                group.statements.append(Statement(link))
        name = next((row["object"] for row in said if row["predicate"] == RDFS.label), "")
        return Thing(
            iri,
            name or iri.removeprefix(self.base),
            tuple(
                term(row["object"]) for row in said if row["predicate"] == RDF.type and row["object"].startswith(KG.iri)
            ),
            _sorted(groups.values()),
            _sorted(references.values()),
            len(said) >= 2000 or len(claims) >= 3000 or len(named) >= 2000,
        )

    def cited(self, row: Mapping[str, str], around: int = _AROUND) -> Cited:
        """A passage with what stands around it in its text."""
        start, end, text = int(row["start"]), int(row["end"]), self.text(row["article"])
        # A quote in a list is shown within its own paragraph.
        first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
        first, last = (first, last if last >= 0 else len(text)) if around == _AROUND else (0, len(text))
        before, after = tidy(text[max(first, start - around) : start]), tidy(text[end : min(last, end + around)])
        return Cited(
            before=("…" if start - around > first else "") + before.lstrip(),
            quote=_BLANK.sub("\n", row["exact"]),
            after=after.rstrip() + ("…" if end + around < last else ""),
            href=self.href(row["passage"]),
            article=Link(row.get("title") or row["article"].removeprefix(self.base), self.href(row["article"])),
            section=row.get("section", ""),
            date=row.get("date", ""),
            rule=row["rule"].rpartition("/")[2],
            confidence=row["confidence"],
        )

    async def passage(self, pool: Pool, thing: Thing) -> tuple[Cited, list[tuple[Link, Term, Link]]] | None:
        """A passage in its context, and the statements that rest on it; None where *thing* is no passage."""
        own = {group.term.iri: group.statements[0].value for group in thing.groups}
        facts = await self.rows(pool, "place", thing=node(thing.iri))
        if not facts or not own:
            return None
        cited = self.cited(facts[0] | {"passage": thing.iri, "rule": "", "confidence": ""}, _CONTEXT)
        resting = await self.rows(pool, "resting", thing=node(thing.iri))
        return cited, [
            (
                Link(row.get("name") or row["subject"].removeprefix(self.base), self.href(row["subject"])),
                term(row["predicate"]),
                self.value(row),
            )
            for row in resting
        ]

    async def pieces(self, pool: Pool, article: str) -> list[Piece]:
        """The text of a document, cut where passages begin and end; empty where *article* is no document of ours."""
        text = await asyncio.to_thread(self.text, article)
        if not text:
            return []
        rows = await self.rows(pool, "passages", thing=node(article))
        return cut(text, [(int(row["start"]), int(row["end"])) for row in rows])


def tidy(text: str) -> str:
    """A stretch of a text for reading around a quote: no blank lines, no marks of headings.

    >>> tidy("……。\\n\\n### 道里区政协\\n \\n")
    '……。\\n道里区政协\\n'
    """
    return _BLANK.sub("\n", _HEADING.sub("", text))


def cut(text: str, spans: Iterable[tuple[int, int]]) -> list[Piece]:
    """A text in pieces, those within a span marked; overlapping spans are cut at each other's bounds.

    >>> [(piece.text, piece.marked, piece.passages) for piece in cut("七大都市建设", [(0, 4), (2, 6)])]
    [('七大', True, ('0-4',)), ('都市', True, ('2-6',)), ('建设', True, ())]
    """
    spans = [(start, end) for start, end in spans if 0 <= start < end <= len(text)]
    bounds = sorted({0, len(text), *(bound for span in spans for bound in span)})
    begins: defaultdict[int, list[str]] = defaultdict(list)
    depth: defaultdict[int, int] = defaultdict(int)
    for start, end in spans:
        begins[start].append(f"{start}-{end}")
        depth[start] += 1
        depth[end] -= 1
    pieces, covering = [], 0
    for start, end in pairwise(bounds):
        covering += depth[start]
        pieces.append(Piece(text[start:end], tuple(begins[start]), covering > 0))
    return pieces


@lru_cache(maxsize=32)
def query(name: str) -> str:
    """The text of one of our own queries."""
    return (Path(__file__).parent / "queries" / f"{name}.rq").read_text(encoding="utf-8")


def _sorted(groups: Iterable[Group]) -> tuple[Group, ...]:
    def place(group: Group) -> tuple[Any, ...]:
        iri = group.term.iri
        # Other names first; where it is named, and what it mentions, last: they are the longest.
        return (iri != SKOS.altLabel, iri in (RDF.type, SCHEMA.mentions), iri)

    return tuple(sorted(groups, key=place))
