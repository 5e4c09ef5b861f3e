"""The stages composed: discover, load, read, verify, link, project, check, write. The one module that knows their order."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg import readings as records
from kg.builds import folder as folders
from kg.builds import graph
from kg.builds import manifest as manifests
from kg.builds.graph import Check
from kg.builds.manifest import Failure, Manifest, Source
from kg.builds.opened import Build
from kg.builds.reading import Read, default_reader, read_all, unsound, verify
from kg.builds.report import report
from kg.errors import BuildError, SourceError
from kg.explore import positions
from kg.link import Links, link, read_decisions, view
from kg.link import dumps as dump_links
from kg.model import Reader, Reading
from kg.vocab import BASE

if TYPE_CHECKING:
    from kg.sources import Found

Progress = Callable[[str, int, int], None]
"""Called with the stage, how much of it is done, and how much there is."""


_REASONS = 5
"""Files named, each with its reason, where none can be read."""

# RFC 3987: a scheme, and none of the characters that no IRI may hold.
_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*/")


def _silent(stage: str, done: int, total: int) -> None:
    return None


def build(
    paths: str | Path | Sequence[str | Path],
    out: str | Path,
    *,
    base: str = BASE,
    jobs: int = 1,
    decisions: str | Path | None = None,
    check: Check = "auto",
    min_confidence: float = 0.0,
    fresh: bool = False,
    limit: int | None = None,
    reader: Reader | None = None,
    progress: Progress = _silent,
) -> Build:
    """Make a build of *paths* in the folder *out*, replacing a previous build there only when the new one is whole.

    *paths* are files and folders, or ``-`` for standard input; their order does not matter. *jobs* processes read
    (the same bytes come out for any number; a script that asks for more than one needs the usual
    ``if __name__ == "__main__":``). *decisions* is a file as :mod:`kg.link.decisions` describes it. *check* holds the
    graph against its shapes ``always``, ``never`` or, where it is small enough, ``auto``. Records below
    *min_confidence* stay in the readings but not in the graph. *limit* is how many bytes a file may have, by default
    :data:`kg.sources.LIMIT`. Readings of unchanged documents are taken over from the
    previous build unless *fresh* is true or a *reader* of one's own is given without a name.

    Files that cannot be read are in :attr:`Build.failed` and in the report; the others are built. Raises
    :class:`~kg.errors.BuildError` if nothing can be read or written, :class:`~kg.errors.EvidenceError` for a quote
    that does not stand in its text, :class:`~kg.errors.DecisionError` for a decision that is not understood.
    """
    if not _BASE.fullmatch(base):
        raise BuildError(f"the base {base!r} is no IRI that names a scheme and ends in /; give one such as {BASE}")
    if not 0 <= min_confidence <= 1:
        raise BuildError(f"the confidence {min_confidence!r} is none; give a number from 0 to 1")
    out = Path(out)
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    decided = read_decisions(Path(decisions)) if decisions is not None else ()
    folders.target(out)
    found = _discover([Path(path) for path in given], out)
    reader = reader or default_reader()
    code = {"name": reader.name, "version": reader.version, "code": manifests.code_digest()}
    dependencies = manifests.versions()

    with folders.replacing(out) as fresh_folder:
        previous = None if fresh else _Previous.of(out, code, dependencies)
        results = _results(found, reader, jobs, previous, limit)
        readings, sources, failed = _read(results, len(found), reader, fresh_folder, progress)
        if not sources:
            raise BuildError(_none_read(failed))
        progress("link", 0, 1)
        links = link(readings, decided, base=base, where=str(decisions))
        _write(fresh_folder / "links.json", dump_links(links))
        shown = [_shown(reading, links, min_confidence) for reading in readings]
        progress("graph", 0, 1)
        maker = (_version(), reader.name, reader.version)
        counts = graph.write(shown, links, fresh_folder, base=base, maker=maker)
        progress("check", 0, 1)
        checked = graph.check(fresh_folder / "graph.nq", check, base=base)
        made = Manifest(
            version=_version(),
            base=base,
            reader=code,
            dependencies=dependencies,
            options={"min_confidence": min_confidence, "decisions": len(decided)},
            documents=tuple(sources),
            failed=tuple(failed),
            graph=counts,
            check={"status": checked.status, "violations": len(checked.violations), "reason": checked.reason},
            files={},
        )
        _write(fresh_folder / "report.md", report(made, readings, links, checked))
        made = replace(made, files={name: manifests.file_digest(fresh_folder / name) for name in manifests.FILES})
        _write(fresh_folder / manifests.NAME, made.dumps())
        _keep_layout(out, fresh_folder)
        progress("done", 1, 1)
    return Build(out)


def _discover(paths: list[Path], out: Path) -> list[Found]:
    real = Path(os.path.realpath(out))
    try:
        return _found(paths, out, real)
    except SourceError as error:
        raise BuildError(str(error)) from error


def _found(paths: list[Path], out: Path, real: Path) -> list[Found]:
    from kg.sources import Found, discover

    for path in paths:
        if Path(os.path.realpath(path)).is_relative_to(real):
            raise BuildError(f"{path}: lies in the output folder {out}; build into a folder of its own")
    named = sorted((path for path in paths if str(path) != "-"), key=lambda path: path.as_posix())
    found = discover(named) if named or not paths else []
    built = set(filter(manifests.is_build, {folder for item in found for folder in item.path.parents}))
    if built:
        # What a build holds is no source; without it, names may be free that its texts had taken.
        kept = [item.path for item in found if built.isdisjoint(item.path.parents)]
        if not kept:
            raise BuildError(f"{paths[0]}: holds only texts of a build; build from the sources themselves")
        found = discover(kept)
    if len(named) < len(paths):
        taken = next((item.name for item in found if item.stem == "stdin" and not item.error), None)
        what = f"{taken} is already the document named 'stdin'"
        found.append(Found(Path("-"), "-", "stdin", SourceError("-", what, "rename the file") if taken else None))
    return found


def _none_read(failed: Sequence[Failure]) -> str:
    if len(failed) == 1:
        return failed[0].message
    listed = " | ".join(failure.message for failure in failed[:_REASONS])
    more = f" | and {len(failed) - _REASONS} more" if len(failed) > _REASONS else ""
    return f"none of {len(failed)} files can be read: {listed}{more}"


class _Previous:
    """The previous build, as far as its readings may be taken over."""

    __slots__ = ("_folder", "_sources")

    def __init__(self, folder: Path, sources: dict[str, Source]) -> None:
        self._folder = folder
        self._sources = sources

    @classmethod
    def of(cls, folder: Path, code: dict[str, str], dependencies: dict[str, str]) -> _Previous | None:
        try:
            known = manifests.load(folder)
        except BuildError:
            return None
        if known.reader != code or known.dependencies != dependencies or known.version != _version():
            return None
        return cls(folder, {source.path: source for source in known.documents})

    def take(self, item: Found, limit: int) -> Read | None:
        """The reading of a file that has not changed; None if it has, or if the previous build is damaged."""
        source = self._sources.get(item.name)
        if source is None or item.error is not None or source.doc != item.stem:
            return None
        try:
            if item.path.stat().st_size > limit or manifests.file_digest(item.path) != source.sha256:
                return None
            reading = (self._folder / "readings" / f"{source.doc}.json").read_bytes()
            text = (self._folder / "texts" / f"{source.doc}.txt").read_bytes()
        except OSError:
            return None
        if manifests.digest(reading) != source.reading or manifests.digest(text) != source.text:
            return None
        return Read(text.decode(), records.loads(reading.decode(), where=source.doc))


def _read(
    results: Iterable[Read | Failure],
    total: int,
    reader: Reader,
    folder: Path,
    progress: Progress,
) -> tuple[list[Reading], list[Source], list[Failure]]:
    (folder / "readings").mkdir()
    (folder / "texts").mkdir()
    readings: list[Reading] = []
    sources: list[Source] = []
    failed: list[Failure] = []
    for number, result in enumerate(results):
        progress("read", number, total)
        if isinstance(result, Failure):
            failed.append(result)
            continue
        reading = result.reading
        try:
            text, data = result.text.encode(), records.dumps(reading).encode()
            reason = unsound(reading)
        except (ValueError, TypeError) as error:
            reason = " ".join(str(error).split())
        if reason:
            what = f"{reading.path}: the reading cannot be kept ({reason})"
            failed.append(
                Failure(
                    reading.path, f"{what}; a defect of the reader {reader.name} {reader.version}, please report it"
                )
            )
            continue
        try:
            (folder / "readings" / f"{reading.doc}.json").write_bytes(data)
            (folder / "texts" / f"{reading.doc}.txt").write_bytes(text)
        except OSError as error:
            if error.errno != errno.ENAMETOOLONG:
                raise
            failed.append(Failure(reading.path, f"{reading.path}: the file name is too long; shorten it"))
            continue
        readings.append(reading)
        sources.append(
            Source(
                doc=reading.doc,
                path=reading.path,
                encoding=reading.encoding,
                sha256=reading.sha256,
                characters=reading.length,
                reading=manifests.digest(data),
                text=manifests.digest(text),
            )
        )
    progress("read", total, total)
    readings.sort(key=lambda reading: reading.doc)
    sources.sort(key=lambda source: source.doc)
    failed.sort(key=lambda failure: failure.path)
    return readings, sources, failed


def _results(
    found: Sequence[Found], reader: Reader, jobs: int, previous: _Previous | None, limit: int | None
) -> Iterator[Read | Failure]:
    """What each file says, taken over where nothing has changed; in the order of *found*."""
    from kg.sources import LIMIT

    limit = LIMIT if limit is None else limit
    taken = {item.name: read for item in found if (read := previous.take(item, limit))} if previous else {}
    for read in taken.values():
        verify(read.reading, read.text, reader)
    rest = read_all([item for item in found if item.name not in taken], reader, jobs=jobs, limit=limit)
    for item in found:
        yield taken.pop(item.name) if item.name in taken else next(rest)


def _shown(reading: Reading, links: Links, min_confidence: float) -> Reading:
    reading = view(reading, links)
    sure = tuple(entity for entity in reading.entities if entity.confidence >= min_confidence)
    return reading if len(sure) == len(reading.entities) else replace(reading, entities=sure)


def _keep_layout(out: Path, folder: Path) -> None:
    """Take the layout of the explorer over from the previous build, so that known entities stay where they are."""
    with suppress(FileNotFoundError, NotADirectoryError):
        (folder / positions.NAME).write_bytes((out / positions.NAME).read_bytes())


def _version() -> str:
    from importlib import metadata

    return metadata.version("tifa-kg")


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
