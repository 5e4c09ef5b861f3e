"""The links between identities: frozen, explained, independent of the order of documents."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kg.errors import BuildError

_IDENTITY = {
    "district": "A district is one wherever its code, or its name under the same coded parent, is the same.",
    "body": "A body is one wherever its district and its kind or name are the same.",
    "person": "A person is one wherever the name and the district whose bodies they serve are the same.",
    "initiative": "An initiative is one wherever its name and its owner's district are the same.",
    "slogan": "A slogan is one wherever its normalised words are the same.",
    "document": "A document is one wherever its title and its issuer's district are the same.",
    "meeting": "A meeting is one wherever its name, its host's district and its date are the same.",
    "figure": "A figure belongs to the document that states it.",
}


def _frozen() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Link:
    """One identity read as another, and the sentence that says why."""

    target: str
    reason: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two identities that may be one; nobody has decided."""

    first: str
    second: str
    reason: str


@dataclass(frozen=True, slots=True)
class Links:
    """What is one across documents. Everything that is not listed stands for itself.

    >>> links = Links(MappingProxyType({"person/230100/李明": Link("person/230104/李明", "A person decided so.")}))
    >>> links.canonical("person/230100/李明")
    'person/230104/李明'
    >>> links.reason("slogan/两个确立")
    'A slogan is one wherever its normalised words are the same.'
    """

    same: Mapping[str, Link] = field(default_factory=lambda: MappingProxyType({}))
    """Identities read as another one; targets never stand here themselves."""
    rejected: Mapping[str, str] = field(default_factory=_frozen)
    """Identities people threw out, with the reason."""
    names: Mapping[str, str] = field(default_factory=_frozen)
    """Names people chose for canonical identities."""
    candidates: tuple[Candidate, ...] = ()
    unmet: tuple[str, ...] = ()
    """Sentences on decisions about what no record has, each beginning with its file and line."""

    def canonical(self, id: str) -> str:
        """The identity that *id* is read as; itself if nothing links it."""
        found = self.same.get(id)
        return found.target if found else id

    def reason(self, id: str) -> str:
        """Why *id* is read as its canonical identity: one sentence."""
        found = self.same.get(id)
        if found:
            return found.reason
        return _IDENTITY.get(id.partition("/")[0], "An entity is one wherever its identity is the same.")


def dumps(links: Links) -> str:
    """The JSON of links, sorted, ending in a line break: ``BUILD/links.json``."""
    data = {
        "same": {id: {"target": links.same[id].target, "reason": links.same[id].reason} for id in sorted(links.same)},
        "rejected": dict(sorted(links.rejected.items())),
        "names": dict(sorted(links.names.items())),
        "candidates": [
            {"first": pair.first, "second": pair.second, "reason": pair.reason} for pair in links.candidates
        ],
        "unmet": list(links.unmet),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def loads(text: str, *, where: str = "links.json") -> Links:
    """The links written by :func:`dumps`. Raises :class:`~kg.errors.BuildError` on anything else."""
    try:
        data = json.loads(text)
        return Links(
            MappingProxyType({id: Link(row["target"], row["reason"]) for id, row in data["same"].items()}),
            MappingProxyType(dict(data["rejected"])),
            MappingProxyType(dict(data["names"])),
            tuple(Candidate(row["first"], row["second"], row["reason"]) for row in data["candidates"]),
            tuple(str(words) for words in data["unmet"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BuildError(
            f"{where}: not a list of links ({type(error).__name__}: {error}); build again to make it anew"
        ) from error
