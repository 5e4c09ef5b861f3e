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


def read_all(found: Sequence[Found], reader: Reader, *, jobs: int = 1) -> Iterator[Read | Failure]:
    """What each file says, or why it cannot be read, in the order of *found*, whatever the number of *jobs*.

    Raises :class:`~kg.errors.EvidenceError` for a quote that is not where it is said to be.
    """
    size = sum(item.path.stat().st_size for item in found if not item.error and item.path.is_file())
    jobs = min(jobs, len(found))
    if jobs < 2 or size < WORTH:
        return (read_one(item, reader) for item in found)
    return _read_in_processes(found, reader, jobs)


def read_one(item: Found, reader: Reader) -> Read | Failure:
    """What one file says, its evidence verified, or why it cannot be read."""
    from kg.sources import load, loads

    try:
        if item.error:
            raise item.error
        if not _is_unicode(item.name):
            shown = item.name.encode("utf-8", "backslashreplace").decode()
            return Failure(shown, f"{shown}: the file name is not UTF-8; rename the file")
        document = loads(sys.stdin.buffer.read(), "-") if item.name == "-" else load(item.path, name=item.name)
    except SourceError as error:
        return Failure(item.name, str(error))
    reading = reader.read(document)
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
    for item in evidence(reading):
        if text[item.start : item.end] != item.quote or not item.quote or item.start < 0:
            who = f" (reader {reader.name} {reader.version})" if reader else ""
            raise EvidenceError(
                f"{reading.path}: offsets {item.start}-{item.end}: the rule {item.rule}{who} quotes "
                f"{_short(item.quote)} but the text has {_short(text[max(item.start, 0) : item.end])}; "
                "this is a defect of the reader, please report it"
            )


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


def _start_worker(reader: Reader) -> None:
    global _worker_reader
    _worker_reader = reader
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
    return read_one(item, _worker_reader)


def _read_in_processes(found: Sequence[Found], reader: Reader, jobs: int) -> Iterator[Read | Failure]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _start_worker, (reader,))
    try:
        # Standard input belongs to this process alone, and so do errors found before.
        remote = [item for item in found if _is_remote(item)]
        results = iter(pool.map(_read_in_worker, remote, chunksize=max(1, min(16, len(remote) // (4 * jobs)))))
        for item in found:
            yield next(results) if _is_remote(item) else read_one(item, reader)
    except BrokenProcessPool as error:
        raise BuildError(
            "a worker process ended unexpectedly (out of memory, or a script without `if __name__ == '__main__':`); "
            "build with fewer jobs"
        ) from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _is_remote(item: Found) -> bool:
    return item.error is None and item.name != "-"
