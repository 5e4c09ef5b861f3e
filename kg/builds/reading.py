"""Files to readings: load, read, verify; in this process or in several, in the order given."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING

from kg.builds.manifest import Failure
from kg.errors import BuildError, EvidenceError, SourceError
from kg.model import Evidence, Reader, Reading

if TYPE_CHECKING:
    from kg.sources import Found

WORTH = 1_000_000
"""Bytes of sources from which on several processes are quicker than one: each takes about a second to start."""


LARGEST = 1e21
"""The largest figure that is believed: ten million times the country's yearly product in 元."""


@dataclass(frozen=True, slots=True)
class Read:
    """One document read: its text as read and what it says."""

    text: str
    reading: Reading


def default_jobs() -> int:
    """Processes to read with: one a core, four at most."""
    return min(os.cpu_count() or 1, 4)


def default_reader() -> Reader:
    """The rules."""
    from kg.extract.reading import RuleReader

    reader: Reader = RuleReader()
    return reader


def read_all(
    found: Sequence[Found], reader: Reader, *, jobs: int = 1, limit: int | None = None
) -> Iterator[Read | Failure]:
    """What each file says, or why it cannot be read, in the order of *found*, whatever the number of *jobs*.

    *limit* is how many bytes a file may have, by default :data:`kg.sources.LIMIT`.

    Raises :class:`~kg.errors.EvidenceError` for a quote that is not where it is said to be.
    """
    size = sum(item.path.stat().st_size for item in found if not item.error and item.path.is_file())
    jobs = min(jobs, len(found))
    if jobs < 2 or size < WORTH:
        return (read_one(item, reader, limit=limit) for item in found)
    return _read_in_processes(found, reader, jobs, limit)


def read_one(item: Found, reader: Reader, *, limit: int | None = None) -> Read | Failure:
    """What one file says, its evidence verified, or why it cannot be read."""
    from kg.sources import LIMIT, load, loads

    limit = LIMIT if limit is None else limit
    try:
        if item.error:
            raise item.error
        if not _is_unicode(item.name):
            shown = item.name.encode("utf-8", "backslashreplace").decode()
            return Failure(shown, f"{shown}: the file name is not UTF-8; rename the file")
        if item.name == "-":
            document = loads(sys.stdin.buffer.read(limit + 1), "-", limit=limit)
        else:
            document = load(item.path, name=item.name, limit=limit)
    except SourceError as error:
        return Failure(item.name, str(error))
    try:
        reading = reader.read(document)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        # A defect of a reader that one text brings to light must not cost the other documents.
        what = f"the reader {reader.name} {reader.version} fails on it ({type(error).__name__}: {error})"
        return Failure(
            item.name, f"{item.name}: {what}; this is a defect of the reader, please report it with the text"
        )
    verify(reading, document.text, reader)
    return Read(document.text, reading)


def _is_unicode(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def verify(reading: Reading, text: str, reader: Reader | None = None) -> None:
    """Hold every quote against the text; raises :class:`~kg.errors.EvidenceError` at the first that does not stand."""
    item = misquoted(reading, text)
    if item is not None:
        who = f" (reader {reader.name} {reader.version})" if reader else ""
        raise EvidenceError(
            f"{reading.path}: offsets {item.start}-{item.end}: the rule {item.rule}{who} quotes "
            f"{_short(item.quote)} but the text has {_short(text[max(item.start, 0) : item.end])}; "
            "this is a defect of the reader, please report it"
        )


def misquoted(reading: Reading, text: str) -> Evidence | None:
    """The first evidence of *reading* that does not stand in *text*; None if all does."""
    return next(
        (
            item
            for item in evidence(reading)
            if text[item.start : item.end] != item.quote or not item.quote or item.start < 0
        ),
        None,
    )


def unsound(reading: Reading) -> str | None:
    """What makes *reading* one that no file and no graph can hold, as the end of a sentence; None if nothing does."""
    for entity in reading.entities:
        if entity.value is not None and not abs(entity.value) <= LARGEST:
            return f"the value of {entity.name!r} is {entity.value!r}"
        if not 0 <= entity.confidence <= 1:
            return f"the confidence of {entity.name!r} is {entity.confidence!r}"
    return None


def evidence(reading: Reading) -> Iterator[Evidence]:
    """All evidence of a reading."""
    for entity in reading.entities:
        yield from entity.evidence
    for name in reading.unresolved:
        yield name.evidence


def _short(words: str) -> str:
    return repr(words if len(words) <= 40 else f"{words[:40]}…")


_worker_reader: Reader | None = None
"""The reader of a worker process, made once."""

_worker_limit: int | None = None
"""How many bytes a file may have that a worker process reads."""


def _start_worker(reader: Reader, limit: int | None) -> None:
    global _worker_limit, _worker_reader
    _worker_reader, _worker_limit = reader, limit
    # The parent alone answers Ctrl-C; and a worker must not outlive a parent that was killed.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read_in_worker(item: Found) -> Read | Failure:
    if _worker_reader is None:
        raise BuildError("a worker process has no reader; build with --jobs 1")
    return read_one(item, _worker_reader, limit=_worker_limit)


def _read_in_processes(
    found: Sequence[Found], reader: Reader, jobs: int, limit: int | None
) -> Iterator[Read | Failure]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _start_worker, (reader, limit))
    try:
        # Standard input belongs to this process alone, and so do errors found before.
        remote = [item for item in found if _is_remote(item)]
        results = iter(pool.map(_read_in_worker, remote, chunksize=max(1, min(16, len(remote) // (4 * jobs)))))
        for item in found:
            yield next(results) if _is_remote(item) else read_one(item, reader, limit=limit)
    except BrokenProcessPool as error:
        raise BuildError(
            "a worker process ended unexpectedly (out of memory, or a script without `if __name__ == '__main__':`); "
            "build with fewer jobs"
        ) from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _is_remote(item: Found) -> bool:
    return item.error is None and item.name != "-"
