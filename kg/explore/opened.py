"""What the explorer asks of an opened build: :class:`kg.builds.opened.Build`, or a stand-in for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from kg.model import Evidence, Reading


class Said(Protocol):
    """One statement of one document about an entity."""

    @property
    def subject(self) -> str:
        """Canonical identity."""

    @property
    def predicate(self) -> str:
        """Field of the record, or ``name``."""

    @property
    def value(self) -> str:
        """As evidence writes it."""

    @property
    def object(self) -> str | None:
        """Canonical identity of what the value names, if it names an entity."""

    @property
    def doc(self) -> str:
        """Name of the document."""

    @property
    def confidence(self) -> float:
        """From 0 to 1."""

    @property
    def evidence(self) -> Sequence[Evidence]:
        """The passages it rests on."""


class Profile(Protocol):
    """One entity with all that is said of it."""

    @property
    def id(self) -> str:
        """Canonical identity."""

    @property
    def type(self) -> str:
        """One of :data:`kg.model.TYPES`."""

    @property
    def name(self) -> str:
        """The name of first choice."""

    @property
    def surfaces(self) -> tuple[str, ...]:
        """Other spellings."""

    @property
    def said(self) -> Sequence[Said]:
        """All statements."""

    @property
    def reasons(self) -> Mapping[str, str]:
        """Why other identities are read as this one."""


class Opened(Protocol):
    """An opened build."""

    @property
    def path(self) -> Path:
        """Its folder."""

    @property
    def base(self) -> str:
        """What all identities begin with."""

    @property
    def readings(self) -> Sequence[Reading]:
        """What each document says."""

    def entities(self) -> Iterable[Profile]:
        """All entities over all documents."""

    def show(self, name: str) -> Profile:
        """The one entity that a name means."""

    def text(self, doc: str) -> str:
        """The text of a document as read."""
