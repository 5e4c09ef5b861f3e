"""What stands on the page of a report: rows and numbers, ready to be shown, of plain words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.builds.manifest import Manifest
from kg.builds.page.coverage import Heat, date_of, heat
from kg.chinese.places import by_code
from kg.link import Links, view
from kg.model import TYPES, Evidence, Reading

_LISTED = 200
"""Rows that a list shows before it says how many more there are."""

_CONTEXT = 36
"""Characters shown before and after a passage."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How many there are of one type."""

    type: str
    entities: int
    records: int
    share: float
    """Entities, to the largest number of any type."""


@dataclass(frozen=True, slots=True)
class Doc:
    """One document."""

    doc: str
    title: str
    date: str
    basis: str
    publisher: str
    source: str
    link: str
    """The source, where it is the address of a web page."""
    district: str
    code: str
    characters: int
    counts: tuple[int, ...]
    """Records by type."""
    unresolved: int
    path: str
    encoding: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a document, and the words around them."""

    doc: str
    section: str
    start: int
    end: int
    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class Named:
    """An identity and its name."""

    id: str
    name: str
    docs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Open:
    """A name that was not settled, with all places it stands at."""

    type: str
    words: str
    candidates: tuple[Named, ...]
    reason: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two identities that may be one."""

    first: Named
    second: Named
    reason: str


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything on the page that is not in the manifest."""

    characters: int
    records: int
    passages: int
    kinds: tuple[Kind, ...]
    districts: Heat
    bodies: Heat
    docs: tuple[Doc, ...]
    opens: tuple[Open, ...]
    more_opens: int
    pairs: tuple[Pair, ...]
    more_pairs: int
    linked: int
    rejected: int
    renamed: int
    unmet: tuple[str, ...]


def contents(manifest: Manifest, readings: Sequence[Reading], links: Links, text: Callable[[str], str]) -> Contents:
    """What the page shows of a build; *text* gives the text of a document by its name."""
    readings = sorted(readings, key=lambda reading: reading.doc)
    names, docs = _names(readings, links)
    opens = _opens(readings, names, text)
    pairs = tuple(
        Pair(_named(pair.first, names, docs), _named(pair.second, names, docs), pair.reason)
        for pair in links.candidates
    )
    dates = [date_of(reading) for reading in readings]
    homes = Counter((f"district/{reading.home}" if reading.home else "", date_of(reading)) for reading in readings)
    bodies: Counter[tuple[str, str]] = Counter()
    for reading in readings:
        own = {links.canonical(entity.id) for entity in view(reading, links).entities if entity.type == "Organisation"}
        bodies.update((id, date_of(reading)) for id in own)
    return Contents(
        characters=sum(reading.length for reading in readings),
        records=sum(len(reading.entities) for reading in readings),
        passages=sum(len(entity.evidence) for reading in readings for entity in reading.entities),
        kinds=_kinds(manifest, readings),
        districts=heat(homes, {id: names.get(id) or _name(id) for id, _ in homes}, dates),
        bodies=heat(bodies, names, dates),
        docs=tuple(_docs(manifest, readings, names)),
        opens=opens[:_LISTED],
        more_opens=max(len(opens) - _LISTED, 0),
        pairs=pairs[:_LISTED],
        more_pairs=max(len(pairs) - _LISTED, 0),
        linked=len(links.same),
        rejected=len(links.rejected),
        renamed=len(links.names),
        unmet=links.unmet,
    )


def _names(readings: Sequence[Reading], links: Links) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Names and documents of all identities, linked or not."""
    names: dict[str, str] = {}
    docs: defaultdict[str, dict[str, None]] = defaultdict(dict)
    shown = [(reading.doc, entity) for reading in readings for entity in view(reading, links).entities]
    for doc, entity in shown:
        names.setdefault(entity.id, entity.name)
        for id in (entity.id, links.canonical(entity.id)):
            docs[id][doc] = None
    for _, entity in shown:
        names.setdefault(links.canonical(entity.id), entity.name)
    return names, {id: tuple(found) for id, found in docs.items()}


def _named(id: str, names: dict[str, str], docs: dict[str, tuple[str, ...]]) -> Named:
    return Named(id, names.get(id) or _name(id), docs.get(id, ()))


def _name(id: str) -> str:
    """A name for an identity that no document has: of a coded district the one in force, else its last words."""
    kind, _, rest = id.partition("/")
    if kind == "district" and rest.isdigit():
        try:
            return by_code(rest).name
        except KeyError:
            return rest
    return id.rpartition("/")[2]


def _kinds(manifest: Manifest, readings: Sequence[Reading]) -> tuple[Kind, ...]:
    records = Counter(entity.type for reading in readings for entity in reading.entities)
    entities = {type: int(manifest.graph["entities"].get(type, 0)) for type in TYPES}
    most = max((*entities.values(), 1))
    return tuple(Kind(type, entities[type], records[type], entities[type] / most) for type in TYPES)


def _docs(manifest: Manifest, readings: Sequence[Reading], names: dict[str, str]) -> list[Doc]:
    sources = {source.doc: source for source in manifest.documents}
    found = []
    for reading in readings:
        meta, source = reading.meta, sources[reading.doc]
        counts = Counter(entity.type for entity in reading.entities)
        home = reading.home or ""
        found.append(
            Doc(
                doc=reading.doc,
                title=f"{meta.title}：{meta.subtitle}" if meta.title and meta.subtitle else meta.title,
                date=meta.date or "",
                basis=meta.date_basis,
                publisher=meta.publisher,
                source=meta.source,
                link=meta.source if meta.source.startswith(("https://", "http://")) else "",
                district=(names.get(f"district/{home}") or _name(f"district/{home}")) if home else "",
                code=home,
                characters=reading.length,
                counts=tuple(counts[type] for type in TYPES),
                unresolved=len(reading.unresolved),
                path=source.path,
                encoding=source.encoding,
                sha256=source.sha256,
            )
        )
    return found


def _opens(readings: Sequence[Reading], names: dict[str, str], text: Callable[[str], str]) -> tuple[Open, ...]:
    places: defaultdict[tuple[str, str, tuple[str, ...], str], list[Passage]] = defaultdict(list)
    for reading in readings:
        for item in reading.unresolved:
            key = (item.type, item.evidence.quote, item.candidates, item.reason)
            places[key].append(_passage(reading.doc, item.evidence, text(reading.doc)))
    return tuple(
        Open(type, words, tuple(Named(id, names.get(id) or _name(id)) for id in candidates), reason, tuple(passages))
        for (type, words, candidates, reason), passages in sorted(
            places.items(), key=lambda item: (TYPES.index(item[0][0]), -len(item[1]), item[0])
        )
    )


def _passage(doc: str, evidence: Evidence, text: str) -> Passage:
    before = text[max(evidence.start - _CONTEXT, 0) : evidence.start].rpartition("\n")[2]
    after = text[evidence.end : evidence.end + _CONTEXT].partition("\n")[0]
    return Passage(doc, evidence.section, evidence.start, evidence.end, before, evidence.quote, after)
