"""What a step may ask beside the rows it is given: names, texts, the store, the values of the parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import unquote

from kg.ask.names import label
from kg.identity import normal
from kg.vocab import DCTERMS, KG, PREFIXES, XSD

if TYPE_CHECKING:
    import pyoxigraph

Row = dict[str, Any]
"""Values by variable: a thing is its identity relative to the base, a term of ours its local name, a number a number;
``evidence`` holds the :data:`Handle` of what the row rests on."""
Handle = tuple[str, ...]
"""What passages are found by: ``(node,)``, or a triple ``(subject, predicate, object)``, of N-Quads terms."""

LEVELS = ("nation", "province", "prefecture", "county", "township", "village")
"""Of districts, from the top."""
_STOPS = "。！？；!?;\n"
_REACH = 1_000


@dataclass(frozen=True, slots=True)
class District:
    """Level of a district with a code, and the district above it."""

    level: str
    parent: str | None


class Dates(dict[str, str | None]):
    """Dates by article, each looked up when it is first asked for."""

    def __init__(self, store: pyoxigraph.Store, base: str) -> None:
        super().__init__()
        self._store, self._base = store, base

    def __missing__(self, article: str) -> str | None:
        import pyoxigraph

        pattern = pyoxigraph.NamedNode(self._base + article), pyoxigraph.NamedNode(DCTERMS.date), None, None
        found = next((getattr(quad.object, "value", None) for quad in self._store.quads_for_pattern(*pattern)), None)
        self[article] = found
        return found


class Corpus(Protocol):
    """What questions ask of a build."""

    @property
    def path(self) -> Path:
        """Its folder."""

    @property
    def base(self) -> str:
        """What all its identities begin with."""

    @property
    def store(self) -> pyoxigraph.Store:
        """Its graph."""

    @property
    def links(self) -> Any:
        """What is one across its documents, and what people decided."""

    @property
    def readings(self) -> Any:
        """What each document says, before any link."""

    def text(self, doc: str) -> str:
        """A document as read."""


@dataclass
class Context:
    """The build asked, the values given, and, where a question compares builds, the other one."""

    corpus: Corpus
    store: pyoxigraph.Store
    values: Mapping[str, Any] = field(default_factory=dict)
    """By parameter: an identity, words, a number, an opened build; None where nothing is given."""
    notes: list[str] = field(default_factory=list)
    """What the answer must say beside its rows."""
    _labels: dict[str, str] = field(default_factory=dict)
    _texts: dict[str, str] = field(default_factory=dict)
    _words: dict[str, str] = field(default_factory=dict)

    def label(self, id: str | None) -> str:
        """The name of a thing; empty for None."""
        if id is None:
            return ""
        known = self._labels.get(id)
        if known is None:
            known = self._labels[id] = label(id, self.store, self.corpus.base)
        return known

    def text(self, doc: str) -> str:
        """The text of a document."""
        known = self._texts.get(doc)
        if known is None:
            known = self._texts[doc] = self.corpus.text(doc)
        return known

    def words(self, doc: str) -> str:
        """The text of a document without white space and punctuation: what the words of a name are looked for in."""
        known = self._words.get(doc)
        if known is None:
            known = self._words[doc] = normal(self.text(doc))
        return known

    def sentence(self, doc: str, start: int, end: int) -> tuple[int, int]:
        """Offsets of the sentence, or sentences, of the text that ``start`` to ``end`` stands in, stops left out.

        It reaches a thousand characters to either side at most.
        """
        text = self.text(doc)
        low, high = max(0, start - _REACH), min(len(text), end + _REACH)
        before = max(text.rfind(stop, low, start) for stop in _STOPS)
        after = [place for stop in _STOPS if (place := text.find(stop, max(end - 1, start), high)) >= 0]
        return max(low, before + 1), min(after, default=high)

    def select(self, query: str, **things: str) -> list[Row]:
        """The rows of a further query, ``kg/ask/steps/QUERY.rq``, about these things."""
        import pyoxigraph

        base = self.corpus.base
        bound = {name: pyoxigraph.NamedNode(base + id) for name, id in things.items()}
        return select(self.store, _query(query), base, bound)

    @cached_property
    def dates(self) -> Dates:
        """The date of each document, by article."""
        return Dates(self.store, self.corpus.base)

    @cached_property
    def documents(self) -> list[Row]:
        """The documents of the corpus: ``article``, ``date``, ``basis``, ``jurisdiction``."""
        return self.select("documents")

    def placed(self, rows: Iterable[Row]) -> list[Row]:
        """The rows with ``article``, ``start``, ``end`` and ``date`` of their ``passage``."""
        found = []
        for row in rows:
            article, start, end = spot(row["passage"])
            found.append(row | {"article": article, "start": start, "end": end, "date": self.dates[article]})
        return found

    @cached_property
    def districts(self) -> dict[str, District]:
        """The districts with a code."""
        return {row["district"]: District(row["level"], row["parent"]) for row in self.select("districts")}

    def above(self, district: str) -> list[str]:
        """The districts above one, nearest first."""
        found: list[str] = []
        known = self.districts.get(district)
        while known is not None and known.parent is not None and known.parent not in found:
            found.append(known.parent)
            known = self.districts.get(known.parent)
        return found


@lru_cache(maxsize=64)
def _query(name: str) -> str:
    return (Path(__file__).parent / "steps" / f"{name}.rq").read_text(encoding="utf-8")


def spot(passage: str) -> tuple[str, int, int]:
    """Article and offsets of a passage, from its identity: as quick as looking them up is slow.

    >>> spot("passage/003-work-report/655-665")
    ('article/003-work-report', 655, 665)
    """
    _, stem, offsets = passage.split("/")
    start, _, end = offsets.partition("-")
    return f"article/{stem}", int(start), int(end)


def graph_of(article: str) -> str:
    """The named graph of an article.

    >>> graph_of("article/003-work-report")
    'graph/doc/003-work-report'
    """
    return f"graph/doc/{article.removeprefix('article/')}"


def article_of(id: str) -> str:
    """The article that a use of a slogan or a figure belongs to, from its identity.

    >>> article_of("figure/003-work-report/655-32次")
    'article/003-work-report'
    """
    return f"article/{id.split('/')[1]}"


def document(article: str) -> str:
    """The name of a document of the corpus, from the identity of its article.

    >>> document("article/003-work-report")
    '003-work-report'
    """
    return unquote(article.removeprefix("article/"))


def select(
    store: pyoxigraph.Store, query: str, base: str, bound: Mapping[str, Any], evidence: Iterable[str] = ()
) -> list[Row]:
    """The rows of a SELECT query as plain values; *bound* are terms by parameter, never pasted into the text.

    The default graph is the union of all graphs, and the prefixes of :data:`kg.vocab.PREFIXES` are declared.
    """
    import pyoxigraph

    answer: Any = store.query(
        query,
        prefixes=PREFIXES,
        use_default_graph_as_union=True,
        substitutions={pyoxigraph.Variable(name): term for name, term in bound.items()} or None,
    )
    names = [variable.value for variable in answer.variables]
    shown = [(name, plain(base)) for name in names]
    wanted = [tuple(words.split()) for words in evidence]
    rows: list[Row] = []
    for solution in answer:
        row: Row = {name: None if (term := solution[name]) is None else show(term) for name, show in shown}
        if wanted:
            row["evidence"] = tuple(handle for parts in wanted if (handle := _handle(parts, solution)) is not None)
        rows.append(row)
    return rows


def _handle(parts: tuple[str, ...], solution: Any) -> Handle | None:
    words: list[str] = []
    for part in parts:
        if part[0] == "?":
            term = solution[part[1:]]
            if term is None:
                return None
            words.append(str(term))
        else:
            prefix, _, local = part.partition(":")
            words.append(f"<{PREFIXES[prefix]}{local}>")
    return tuple(words)


@lru_cache(maxsize=8)
def plain(base: str) -> Any:
    """A function from a term to a plain value, under *base*."""
    numbers = {XSD.integer: int, XSD.decimal: float}
    own = KG.iri

    def value(term: Any) -> Any:
        words: str = term.value
        datatype = getattr(term, "datatype", None)
        if datatype is not None:
            convert = numbers.get(datatype.value)
            if convert is None:
                return words
            number = convert(words)
            return int(number) if number == int(number) else number
        if words.startswith(own):
            return words[len(own) :]
        return words.removeprefix(base)

    return value
