"""Which files are documents, and their bytes."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import SourceError
from kg.model import Document
from kg.sources.document import LIMIT, loads, stem_of, too_large

SUFFIXES = frozenset({".txt", ".md"})
"""Suffixes, in any case, of the files of a folder that are documents. A file given by name may have any."""

ABOUT = frozenset({"readme", "license", "licence", "copying", "notice", "changelog", "contributing", "authors"})
"""Stems of files that speak of the folder: never documents of it (``README.zh.md`` neither)."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file that is a document, or the reason why it cannot be one."""

    path: Path
    name: str
    """The path as given, ``/``-separated: how messages and records cite it."""
    stem: str
    """The document's name."""
    error: SourceError | None = None
    """Set where the file must not be read: it is missing, or its name is taken by an earlier one."""


def discover(paths: Sequence[Path]) -> list[Found]:
    """The documents under *paths*: files as given, folders recursively, in order of path within a folder.

    In folders only ``.txt`` and ``.md`` count; hidden files and folders and files about the folder (README, LICENSE,
    CHANGELOG and the like) are passed over. A file that is met twice is one document. A stem names one document: the
    second file of the same stem, a path that does not exist, what is no file (a pipe, a device) and a folder that
    cannot be listed come with an :attr:`Found.error` and leave the others alone.

    Raises SourceError if there is nothing to read at all.
    """
    found: list[Found] = []
    seen: dict[str, tuple[str, str]] = {}
    for given in paths:
        path = Path(given)
        if path.is_dir():
            inside, closed = _walk(path)
            for folder, reason in closed:
                what = f"the folder cannot be listed ({reason})"
                found.append(_failed(folder, what, "check its permissions"))
            if not inside and not closed:
                what, remedy = "the folder holds no documents", "give it files that end in .txt or .md"
                found.append(_failed(path, what, remedy))
            files = inside
        elif path.exists():
            files = [path]
        else:
            found.append(_failed(path, "there is no such file or folder", "check the path"))
            continue
        for file in files:
            name, stem = file.as_posix(), stem_of(file.as_posix())
            real = os.path.realpath(file)
            error = None
            if _is_special(file):
                error = SourceError(name, "this is not a regular file", "give it as a file, or as - on standard input")
            elif stem not in seen:
                seen[stem] = name, real
            elif seen[stem][1] == real:
                continue
            else:
                what = f"{seen[stem][0]} is already the document named {stem!r}"
                error = SourceError(name, what, "rename one of the two")
            found.append(Found(file, name, stem, error))
    if not seen:
        raise next(
            (f.error for f in found if f.error), SourceError("-", "no path was given", "name a folder or a file")
        )
    return found


def _failed(path: Path, what: str, remedy: str) -> Found:
    name = path.as_posix()
    return Found(path, name, stem_of(name), SourceError(name, what, remedy))


def _is_special(path: Path) -> bool:
    """Whether *path* is a pipe, a device or a socket, from which reading may never come back."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:  # because what cannot even be looked at is named when it is read
        return False


def _walk(folder: Path) -> tuple[list[Path], list[tuple[Path, str]]]:
    """The documents under *folder*, and the folders that cannot be listed with the reason, in order of path."""
    files: list[Path] = []
    closed: list[tuple[Path, str]] = []

    def note(error: OSError) -> None:
        closed.append((Path(error.filename), error.strerror or type(error).__name__))

    for parent, folders, names in os.walk(folder, onerror=note):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(parent, name)
            if name.startswith(".") or path.suffix.lower() not in SUFFIXES:
                continue
            if name.split(".", 1)[0].lower() not in ABOUT:
                files.append(path)
    return sorted(files, key=lambda path: path.as_posix()), sorted(closed)


def load(path: Path, *, name: str | None = None, limit: int = LIMIT) -> Document:
    """Read one file as a document; *name* is what it is cited as, by default the path.

    Raises SourceError for what cannot be read, is larger than *limit* bytes or is no Chinese text.
    """
    cited = Path(path).as_posix() if name is None else name
    try:
        with Path(path).open("rb") as file:
            data = file.read(limit + 1)
            size = os.fstat(file.fileno()).st_size
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SourceError(cited, f"the file cannot be read ({reason})", "check the path and its permissions") from None
    if len(data) > limit:
        raise too_large(cited, max(size, len(data)), limit)
    return loads(data, cited, limit=limit)
