"""The nouns of the flow: Document, Reading, Entity, Evidence. All frozen, all plain data.

Two coordinate systems stand side by side:

* **text** is the document exactly as read (after decoding, nothing else changed);
* **flow** is the same text repaired for reading: broken paragraphs rejoined, repeated fragments
  dropped, half-width punctuation widened, one line per paragraph.

Everything that leaves this package points into *text*; :meth:`Document.passages` is the only bridge.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

LineKind = Literal["title", "subtitle", "byline", "caption", "heading", "speaker", "dateline", "paragraph"]
"""What a line of the flow is. *speaker* names the body or person a section speaks for."""

TYPES: tuple[str, ...] = (
    "District", "Organisation", "Person", "Initiative", "Slogan", "Document", "Meeting", "Figure",
)  # fmt: skip
"""The eight kinds of entity, in the order in which they are printed."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document beside its text: from front matter first, else from the text itself."""

    title: str = ""
    subtitle: str = ""
    date: str | None = None
    """ISO 8601, as precise as is known: ``2022``, ``2022-05`` or ``2022-05-07``."""
    date_basis: Literal["stated", "inferred", "unknown"] = "unknown"
    """*stated* in front matter or in the text as the document's own date; *inferred* from events in it."""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    place: str = ""
    """Name of the district the document belongs to, where front matter says so."""
    source: str = ""
    """Where it was published: a URL, or the words of a reference."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the flow: ``flow[start:end]``, without its line break."""

    kind: LineKind
    start: int
    end: int
    section: int
    """Index into :attr:`Document.sections`."""


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the flow that speaks for one body or person. Section 0 is what stands before the first heading."""

    index: int
    heading: str
    """Words of the heading; empty in section 0."""
    speaker: str
    """Words of the line that names the body or person speaking; empty if no line does."""
    label: str
    """``A``, ``一``, ``（一）``, ``1``: the mark of a numbered part; empty if there is none."""
    level: int
    """1 for a top-level section, 2 for a part of one, and so on; 0 for section 0."""
    start: int
    end: int

    @property
    def name(self) -> str:
        """How evidence cites the section: its speaker, else its heading."""
        return self.speaker or self.heading


@dataclass(frozen=True, slots=True)
class Document:
    """One source as read, with its repaired flow and structure."""

    stem: str
    """File name without its suffix: the document's name everywhere."""
    path: str
    """As given on the command line, ``/``-separated; ``-`` for standard input."""
    encoding: str
    sha256: str
    """Of the bytes as read."""
    text: str
    meta: Metadata
    flow: str
    offsets: array[int]
    """``text[offsets[i]]`` is the character that ``flow[i]`` stands for; one entry per flow character."""
    lines: tuple[Line, ...]
    sections: tuple[Section, ...]

    def passages(self, start: int, end: int) -> list[tuple[int, int]]:
        """Map ``flow[start:end]`` to spans of *text*, in reading order.

        White space skipped by the repair does not split a span; anything else that does not stand between
        the two pieces in the flow (a caption in mid-sentence, a reordered column) does.
        """
        spans: list[tuple[int, int]] = []
        offsets, text = self.offsets, self.text
        first = previous = offsets[start]
        if end - start <= offsets[end - 1] - first + 1 and offsets[end - 1] - first == end - 1 - start:
            return [(first, offsets[end - 1] + 1)]
        for i in range(start + 1, end):
            here = offsets[i]
            if here != previous + 1 and (here <= previous or text[previous + 1 : here].strip()):
                spans.append((first, previous + 1))
                first = here
            previous = here
        spans.append((first, previous + 1))
        return spans


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact words a statement rests on: ``text[start:end] == quote``."""

    start: int
    """Offset into the text as read, in characters."""
    end: int
    quote: str
    section: str
    rule: str
    """Name of the rule that read it, such as ``person.title-before-name``."""
    supports: tuple[str, ...] = ()
    """Which attribute values of the record rest on it, as ``field=value`` (``owners=阿城区政协``,
    ``posts=主席@阿城区政协``); empty: the naming of the thing itself."""


@dataclass(frozen=True, slots=True)
class Post:
    """An office and the body it is held in, as the text says it."""

    title: str
    org: str | None


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing of one document: the reading record. Attributes a type lacks stay at their defaults.

    References to other entities are by canonical name within the same reading.
    """

    type: str
    id: str
    """Relative IRI, see :mod:`kg.identity`."""
    name: str
    surfaces: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    confidence: float = 1.0
    kind: str | None = None
    code: str | None = None
    parent: str | None = None
    place: str | None = None
    part_of: str | None = None
    terms: tuple[str, ...] = ()
    """Terms of office (届) under which the text names a body: ``第四届``."""
    posts: tuple[Post, ...] = ()
    owners: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    status: str | None = None
    host: str | None = None
    date: str | None = None
    value: float | None = None
    unit: str | None = None
    measure: str | None = None
    org: str | None = None
    period: str | None = None
    bound: str | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name the text does not settle, with every candidate it could mean."""

    type: str
    evidence: Evidence
    candidates: tuple[str, ...]
    """Relative IRIs; empty where nothing is known that fits."""
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document says."""

    doc: str
    path: str
    encoding: str
    sha256: str
    length: int
    """Characters of the text as read."""
    meta: Metadata
    home: str | None
    """Code of the district the document speaks from, if that could be told."""
    sections: tuple[str, ...]
    """Names of the sections, in reading order."""
    entities: tuple[Entity, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()


class Reader(Protocol):
    """Turns a document into a reading. Pure: the same document gives an equal reading."""

    name: str
    version: str

    def read(self, document: Document) -> Reading:
        """What the document says."""
        ...


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about identities, overriding every rule."""

    verb: Literal["same", "not-same", "reject", "rename"]
    subject: str
    object: str = ""
    note: str = ""
    line: int = field(default=0, compare=False)


FIELDS: dict[str, tuple[str, ...]] = {
    "District": ("code", "parent"),
    "Organisation": ("kind", "place", "part_of", "terms"),
    "Person": ("posts",),
    "Initiative": ("kind", "owners", "components"),
    "Slogan": ("kind", "users", "components"),
    "Document": ("issuers", "status"),
    "Meeting": ("host", "date"),
    "Figure": ("value", "unit", "measure", "org", "period", "bound", "quote"),
}
"""Attributes of each type, in the order in which records print them."""


REFERENCES: dict[str, tuple[str, ...]] = {
    "parent": ("District",),
    "place": ("District",),
    "part_of": ("Organisation",),
    "owners": ("Organisation", "District"),
    "users": ("Organisation", "Person"),
    "issuers": ("Organisation",),
    "host": ("Organisation",),
    "posts": ("Organisation", "District"),
    "org": ("Organisation", "District"),
}
"""Which types a field may refer to; the first type that bears the name wins."""


def record(doc: str, entity: Entity, base: str = "") -> dict[str, Any]:
    """The JSON object of one entity: the shape of ``kg facts``, of the cache and of gold."""
    out: dict[str, Any] = {
        "doc": doc,
        "type": entity.type,
        "id": base + entity.id,
        "name": entity.name,
        "surfaces": list(entity.surfaces),
    }
    for name in FIELDS[entity.type]:
        value = getattr(entity, name)
        if name == "posts":
            value = [{"title": p.title, "org": p.org} for p in value]
        elif isinstance(value, tuple):
            value = list(value)
        out[name] = value
    out["confidence"] = entity.confidence
    out["evidence"] = [
        {"start": e.start, "end": e.end, "quote": e.quote, "section": e.section, "rule": e.rule}
        | ({"supports": list(e.supports)} if e.supports else {})
        for e in entity.evidence
    ]
    return out
