"""A build opened again: readings, entities, passages, DataFrames, the RDF dataset."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self

from kg import readings as records
from kg.builds import manifest as manifests
from kg.builds.manifest import Failure, Manifest
from kg.builds.profiles import Profile, Profiles, Said
from kg.builds.reading import evidence, misquoted
from kg.cite import STYLES
from kg.errors import BuildError, EvidenceError, NotFoundError
from kg.link import Links
from kg.link import loads as load_links
from kg.model import TYPES, Evidence, Reading

if TYPE_CHECKING:
    import pandas as pd
    import pyoxigraph
    from rdflib import Dataset

    from kg.explore import Explorer, Language
    from kg.graph.check import CheckReport

_PREDICATES = {
    "type": "name", "label": "name", "naming": "name", "post": "posts", "hasMembership": "posts", "jobTitle": "posts",
    "owner": "owners", "ownerName": "owners", "usedBy": "users", "user": "users", "userName": "users",
    "issuer": "issuers", "issuerName": "issuers", "component": "components", "term": "terms", "hostName": "host",
    "heldOn": "date", "organisation": "org", "organisationName": "org", "placeName": "place", "parentName": "parent",
    "subOrganizationOf": "part_of", "partOfName": "part_of",
}  # fmt: skip
"""Terms of the ontology that a person may ask for, and the field of the record that states them."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of one document that a statement rests on."""

    said: Said
    evidence: Evidence
    reading: Reading

    def cite(self, style: str) -> str:
        """The citation of the document, in one of :data:`kg.cite.STYLES`."""
        return STYLES[style](self.reading.meta, self.reading.doc)


class Build:
    """A build in a folder, read only. Nothing is loaded before it is asked for.

    Usable as a context manager: the RDF store is closed at the end.
    """

    def __init__(self, path: str | Path) -> None:
        """Open the build in the folder *path*; raises :class:`~kg.errors.BuildError` if there is none."""
        self.path = Path(path)
        self.manifest: Manifest = manifests.load(self.path)
        self._dataset: Dataset | None = None
        self._store: pyoxigraph.Store | None = None

    def __repr__(self) -> str:
        """Folder and number of documents."""
        return f"<Build {self.path}: {len(self.manifest.documents)} documents>"

    def __enter__(self) -> Self:
        """The build itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the store."""
        self.close()

    def close(self) -> None:
        """Close the RDF store if it is open."""
        if self._dataset is not None:
            self._dataset.close()
            self._dataset = None
        self._store = None

    @property
    def base(self) -> str:
        """What all identities of the graph begin with."""
        return self.manifest.base

    @property
    def failed(self) -> tuple[Failure, ...]:
        """The files that could not be read, and why."""
        return self.manifest.failed

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """What each document says, in the order of their names."""
        return tuple(
            records.loads(
                self._text(f"readings/{source.doc}.json", source.reading),
                where=f"{self.path}/readings/{source.doc}.json",
            )
            for source in self.manifest.documents
        )

    @cached_property
    def links(self) -> Links:
        """Which identities are one, and why."""
        return load_links(self._text("links.json"), where=f"{self.path}/links.json")

    @cached_property
    def _profiles(self) -> Profiles:
        return Profiles(self.readings, self.links)

    @cached_property
    def _documents(self) -> dict[str, manifests.Source]:
        return {source.doc: source for source in self.manifest.documents}

    def text(self, doc: str) -> str:
        """The text of a document exactly as read; raises :class:`~kg.errors.BuildError` where it is no longer that."""
        source = self._documents.get(doc)
        if source is None:
            raise _unknown(doc)
        return self._text(f"texts/{doc}.txt", source.text)

    def facts(
        self, *, doc: str | None = None, type: str | None = None, min_confidence: float = 0.0
    ) -> Iterator[dict[str, Any]]:
        """The reading records, in the order of documents, types, first evidence and names.

        Raises :class:`~kg.errors.NotFoundError` for a document that is not in the build.
        """
        if doc is not None:
            self._reading(doc)
        return records.facts(self.readings, base=self.base, doc=doc, type=type, min_confidence=min_confidence)

    def entities(self, type: str | None = None) -> Iterator[Profile]:
        """All entities over all documents, linked, in the order of types and names."""
        return (profile for profile in self._profiles if type is None or profile.type == type)

    def find(self, name: str, *, type: str | None = None) -> tuple[Profile, ...]:
        """The entities that *name* may mean: by identity, else exact name, else spelling, else part of a name."""
        profiles = self._profiles
        return tuple(profiles.profile(id) for id in profiles.find(name, type=type, base=self.base))

    def show(self, name: str, *, type: str | None = None) -> Profile:
        """The one entity that *name* means; raises :class:`~kg.errors.NotFoundError` if there is none, or several."""
        return self._profiles.one(name, type=type, base=self.base)

    def trace(
        self, subject: str, predicate: str | None = None, object: str | None = None, *, type: str | None = None
    ) -> tuple[Passage, ...]:
        """The passages that statements about *subject* rest on.

        *predicate* is a field of the record (``posts``) or a term of the ontology (``kg:usedBy``); *object* an
        identity, a name, or a value as evidence writes it (``主席@道里区政协``, of which either half will do).
        Raises :class:`~kg.errors.NotFoundError` if no such statement is made.
        """
        profile = self.show(subject, type=type)
        said = profile.said
        if predicate is not None:
            field = predicate.replace("#", "/").replace(":", "/").rpartition("/")[2]
            field = _PREDICATES.get(field, field)
            known = sorted({item.predicate for item in said})
            said = tuple(item for item in said if item.predicate == field)
            if not said:
                raise NotFoundError(
                    f"{profile.name}: nothing is said of its {predicate!r}; there is {', '.join(known)}"
                )
        if object is not None:
            known = sorted({item.value for item in said})
            said = tuple(item for item in said if self._means(item, object))
            if not said:
                listed = ", ".join(known[:12]) + (" …" if len(known) > 12 else "")
                raise NotFoundError(f"{profile.name}: no such statement about {object!r}; there is {listed}")
        readings = {reading.doc: reading for reading in self.readings}
        found = {
            (item.predicate, item.value, item.doc, evidence.start, evidence.end, evidence.rule): Passage(
                item, evidence, readings[item.doc]
            )
            for item in said
            for evidence in sorted(item.evidence, key=lambda evidence: (evidence.start, evidence.end))
        }
        return tuple(found.values())

    def _means(self, said: Said, words: str) -> bool:
        id = self.links.canonical(words.removeprefix(self.base))
        return words == said.value or words in said.value.split("@") or (said.object is not None and said.object == id)

    @property
    def dataset(self) -> Dataset:
        """The graph as an rdflib Dataset over the store; its default graph is the union of all.

        It is read only and asked offline: updates, ``SERVICE`` and prepared queries raise
        :class:`~kg.errors.BuildError`, and so does a damaged store.
        """
        if self._dataset is None:
            from kg.graph import store

            self._dataset = store.dataset(self.store)
        return self._dataset

    @property
    def store(self) -> pyoxigraph.Store:
        """The graph as an Oxigraph store, read only; raises :class:`~kg.errors.BuildError` where it cannot be opened."""
        if self._store is None:
            from kg.graph import store

            self._store = store.open_readonly(self.path / "store")
        return self._store

    def ask(
        self, name: str, *, quotes: bool = False, questions_dir: str | Path | None = None, **parameters: Any
    ) -> pd.DataFrame:
        """The answer to a named question as a DataFrame: ``ask("slogan-first-use", slogan="七大都市")``.

        A thing is its name, its identity stands beside it as ``COLUMN_id``; with *quotes* every row carries the
        passages it rests on. Raises :class:`~kg.errors.NotFoundError` and :class:`~kg.errors.QuestionError`.
        """
        from kg.ask import ask

        return ask(self, name, quotes=quotes, questions_dir=questions_dir, **parameters).frame()

    def frame(self, type: str) -> pd.DataFrame:
        """The records of one type as a pandas DataFrame: one row an entity of a document."""
        from kg.tables import frame

        return frame(self.facts(type=type), type)

    @property
    def frames(self) -> Mapping[str, pd.DataFrame]:
        """The DataFrames of all types, by type."""
        return {type: self.frame(type) for type in TYPES}

    @property
    def evidence(self) -> pd.DataFrame:
        """All passages as a pandas DataFrame; joins with the others on ``doc`` and ``id``."""
        from kg.tables import evidence_frame

        return evidence_frame(self.facts())

    def explore(
        self,
        *,
        focus: str | None = None,
        title: str | None = None,
        language: Language = "auto",
        layout: Mapping[str, tuple[float, float]] | None = None,
        report: str | None = None,
    ) -> Explorer:
        """The graph as one offline page, which a notebook shows: see :func:`kg.explore.explore`."""
        from kg.explore import explore

        return explore(self, focus=focus, title=title, language=language, layout=layout, report=report)

    def verify(self) -> int:
        """Hold every file against its hash, every quote against its text, the store against graph.nq; the quotes held.

        Raises :class:`~kg.errors.EvidenceError` or :class:`~kg.errors.BuildError` at the first that does not stand.
        """
        from kg.graph import store

        for source in self.manifest.documents:
            self._same(f"readings/{source.doc}.json", source.reading)
            self._same(f"texts/{source.doc}.txt", source.text)
        for name in manifests.FILES:
            self._same(name, self.manifest.files.get(name, ""))
        total = 0
        for reading in self.readings:
            item = misquoted(reading, self._text(f"texts/{reading.doc}.txt"))
            if item is not None:
                raise EvidenceError(
                    f"{self.path}/texts/{reading.doc}.txt: offsets {item.start}-{item.end}: the words that the rule "
                    f"{item.rule} quotes do not stand here; the build was changed since it was built; build again"
                )
            total += sum(1 for _ in evidence(reading))
        store.same(self.path / "store", self.path / "graph.nq")
        return total

    def check(self) -> CheckReport:
        """Hold the graph against its shapes, however large it is."""
        from kg.builds.graph import check

        return check(self.path / "graph.nq", "always", base=self.base)

    def report(
        self,
        format: Literal["md", "html"] = "md",
        *,
        at: str | Path | None = None,
        quality: str | Path | None = None,
        explorer: str | Path | None = None,
        language: Literal["zh", "en"] = "zh",
    ) -> str:
        """The report of the build: ``report.md``, or one HTML page that needs no network and runs no script.

        *at* is where the page is to stand. *quality* is a quality card, ``.json`` or ``.html``, and *explorer* the
        explorer's page, to which the report then links; where they are not given, ``card.json``, ``card.html`` and
        ``graph.html`` beside *at* are taken. The page is in Chinese and English; *language* is what shows first.
        Raises :class:`~kg.errors.BuildError` where a file is missing or is no quality card.
        """
        if format == "md":
            return self._text("report.md")
        from kg.builds.page import page, surroundings

        around = surroundings(Path(at) if at else None, quality, explorer)
        title = self.path.resolve().name
        return page(self.manifest, self.readings, self.links, self.text, around, title=title, language=language)

    def _same(self, path: str, sha256: str) -> None:
        try:
            same = manifests.file_digest(self.path / path) == sha256
        except OSError as error:
            raise BuildError(f"{self.path}/{path}: {error.strerror}; build again") from error
        if not same:
            raise BuildError(f"{self.path}/{path}: changed since it was built; build again")

    def _reading(self, doc: str) -> Reading:
        for reading in self.readings:
            if reading.doc == doc:
                return reading
        raise _unknown(doc)

    def _text(self, name: str, sha256: str | None = None) -> str:
        """A file of the build; where its hash is given, it must still be that file."""
        try:
            content = (self.path / name).read_bytes()
            if sha256 is not None and hashlib.sha256(content).hexdigest() != sha256:
                raise BuildError(f"{self.path}/{name}: changed since it was built; build again")
            return content.decode("utf-8")
        except OSError as error:
            raise BuildError(f"{self.path}/{name}: {error.strerror}; build again") from error
        except UnicodeDecodeError as error:
            raise BuildError(f"{self.path}/{name}: offset {error.start}: not UTF-8; build again") from error


def _unknown(doc: str) -> NotFoundError:
    return NotFoundError(f"{doc}: no document of this build is named so; `kg facts` and report.md list them")


def open_build(path: str | Path) -> Build:
    """Open the build in the folder *path*: ``kg.open``.

    Raises :class:`~kg.errors.BuildError` if there is none, or one of another version.
    """
    return Build(path)
