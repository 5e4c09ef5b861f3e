"""The manifest: what a build was made of, with the hash of everything in it. No clock time stands in it."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from kg.errors import BuildError
from kg.explore import positions

NAME = "manifest.json"
FORMAT = "tifa-kg build 2"
"""What marks a folder as a build of ours. The number changes when older code cannot read the folder."""

FILES = ("graph.nq", "graph.ttl", "links.json", "report.md")
"""The single files of a build beside the manifest."""


_STORE = re.compile(
    r"CURRENT|IDENTITY|LOCK|LOG(?:\.old\.\d+)?|(?:MANIFEST|OPTIONS)-\d+(?:\.dbtmp)?|\d+\.(?:sst|log|blob|dbtmp)"
)
# What systems put into a folder that is only looked at: nobody's work.
_SYSTEM = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_DEPENDENCIES = ("ahocorasick-rs", "charset-normalizer", "cn2an", "jieba", "pyoxigraph", "pyshacl", "rdflib", "rjieba")
# Whatever a reading may depend on beside the document: a change in any of it makes readings anew.
_READS = ("chinese", "extract", "lexicon", "sources", "identity.py", "model.py", "readings.py")


@dataclass(frozen=True, slots=True)
class Source:
    """One document of a build."""

    doc: str
    path: str
    encoding: str
    sha256: str
    """Of the bytes of the source."""
    characters: int
    reading: str
    """SHA-256 of ``readings/DOC.json``."""
    text: str
    """SHA-256 of ``texts/DOC.txt``."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One file that could not be read, and why."""

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that decides the bytes of a build, and the hashes that tell whether they still are the same."""

    version: str
    """Of this package."""
    base: str
    reader: dict[str, str]
    """``name``, ``version``, and ``code``: a hash of the code and the lexica that read."""
    dependencies: dict[str, str]
    options: dict[str, Any]
    documents: tuple[Source, ...]
    failed: tuple[Failure, ...]
    graph: dict[str, Any]
    """Counts of quads, claims, passages and entities."""
    check: dict[str, Any]
    """``status``: ``conforms``, ``violations`` or ``not checked``; ``violations``: how many; ``reason``."""
    files: dict[str, str]
    """SHA-256 of each of :data:`FILES`."""

    def dumps(self) -> str:
        """The manifest as JSON, ending in a line break."""
        return json.dumps({"format": FORMAT} | asdict(self), ensure_ascii=False, indent=1) + "\n"


def load(folder: Path) -> Manifest:
    """The manifest of the build in *folder*; raises :class:`~kg.errors.BuildError` if there is none of ours."""
    path = folder / NAME
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data.pop("format") != FORMAT:
            raise BuildError(f"{path}: made by another version of tifa-kg; build again")
        data["documents"] = tuple(Source(**row) for row in data["documents"])
        data["failed"] = tuple(Failure(**row) for row in data["failed"])
        return Manifest(**data)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise BuildError(f"{folder}: no build is here; make one with `kg build PATH -o {folder}`") from error
    except OSError as error:
        raise BuildError(f"{path}: {error.strerror}; check the permissions") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BuildError(f"{path}: not the manifest of a build; build again") from error


def is_build(folder: Path) -> bool:
    """Whether *folder* holds a build of ours, of any version."""
    try:
        data = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(data, dict) and str(data.get("format", "")).startswith("tifa-kg build ")


def foreign(folder: Path) -> str | None:
    """The first thing in the build *folder*, by path, that is no part of a build; None if there is nothing else."""
    try:
        rows = json.loads((folder / NAME).read_text(encoding="utf-8"))["documents"]
        docs = {row["doc"] for row in rows}
    except (OSError, ValueError, KeyError, TypeError):
        docs = set()
    known = {
        NAME,
        positions.NAME,
        *FILES,
        *(f"readings/{doc}.json" for doc in docs),
        *(f"texts/{doc}.txt" for doc in docs),
    }
    found: list[str] = []
    for parent, folders, names in os.walk(folder):
        place = Path(parent).relative_to(folder).as_posix()
        inside = "" if place == "." else f"{place}/"
        for name in folders:
            if inside or name not in ("readings", "store", "texts") or (folder / name).is_symlink():
                found.append(f"{inside}{name}")
        for name in names:
            stored = inside == "store/" and _STORE.fullmatch(name)
            if not (f"{inside}{name}" in known or stored or name in _SYSTEM):
                found.append(f"{inside}{name}")
    return min(found, default=None)


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def code_digest() -> str:
    """SHA-256 over the code and lexica that readings depend on: equal code reads equally."""
    package = Path(__file__).resolve().parent.parent
    total = hashlib.sha256()
    for path in sorted(_files(package), key=lambda path: path.relative_to(package).as_posix()):
        data = path.read_bytes()
        total.update(f"{path.relative_to(package).as_posix()}\0{len(data)}\0".encode())
        total.update(data)
    return total.hexdigest()


def _files(package: Path) -> Iterable[Path]:
    for name in _READS:
        path = package / name
        if path.is_dir():
            yield from (file for file in path.rglob("*") if file.suffix in {".py", ".tsv", ".txt", ".gz"})
        elif path.exists():
            yield path


def versions() -> dict[str, str]:
    """Versions of the packages that can change the bytes of a build; those not installed are left out."""
    found: dict[str, str] = {}
    for name in _DEPENDENCIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found
