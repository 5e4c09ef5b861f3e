"""A command among other processes: what a pipe gets, a reader that goes away, being asked to end, work with a limit."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kg.errors import LimitError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Result = TypeVar("Result")


class Terminated(BaseException):
    """The system asked the command to end (SIGTERM)."""


@contextmanager
def terminable() -> Iterator[None]:
    """SIGTERM ends the command as Ctrl-C does: what it was writing is cleared away."""

    def end(number: int, frame: object) -> None:
        raise Terminated

    try:
        before = signal.signal(signal.SIGTERM, end)
    except ValueError:  # because only the main thread may say what signals do
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def make_output_safe() -> None:
    """Let a pipe or a file get UTF-8 in every locale, and a terminal what it can show, never an exception."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            if stream.isatty():
                reconfigure(errors="backslashreplace")
            else:
                reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def quiet_end() -> None:
    """Throw away what is still to be written to standard output: its reader has gone (`kg facts BUILD | head`)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def within(seconds: float, megabytes: int, task: Callable[..., Result], *arguments: Any) -> Result:
    """What *task* makes of *arguments* in a process of its own, which is ended when this one is, or beyond a limit.

    A query of Oxigraph heeds no signal while it runs: only the end of its process ends it. *task*, *arguments* and the
    result must be such as can be pickled. Raises what *task* raises, and :class:`~kg.errors.LimitError` where it takes more
    than so many seconds, or MB of address space beyond its own.
    """
    from multiprocessing import get_context

    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_run, args=(theirs, seconds, megabytes, task, arguments), daemon=True)
    try:
        child.start()
        theirs.close()
        if not ours.poll(seconds):
            raise LimitError(
                f"the question took longer than {seconds:g} s and was ended; ask for less, or allow more with --timeout",
                passing=True,
            )
        error, result = ours.recv()
    except EOFError:
        error = None, (), {}
    finally:
        if child.pid is not None:
            child.kill()
            child.join()
            child.close()
        ours.close()
    if error is None:
        done: Result = result
        return done
    kind, words, fields = error
    if kind is None:
        raise LimitError(
            f"the question needed more than the {megabytes} MB of memory that it may have, or nests too deeply, and was "
            "ended; ask for less, or allow more with --memory",
            passing=False,
        )
    raised = kind.__new__(kind, *words)
    raised.__dict__.update(fields)
    raise raised


def _run(
    parent: Connection, seconds: float, megabytes: int, task: Callable[..., Any], arguments: tuple[Any, ...]
) -> None:
    """Do *task*, and send ``(error, result)``; an error is its class, its arguments and its fields."""
    # Ctrl-C reaches the whole group: the parent decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if hasattr(signal, "setitimer"):
        # The second lock, which needs no thread.
        signal.setitimer(signal.ITIMER_REAL, seconds + 5)
    limit_memory(megabytes)
    # Oxigraph and the system say there that memory is at an end; the parent says it in its own way.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    answer: tuple[Any, Any]
    try:
        answer = None, task(*arguments)
    except MemoryError:
        answer = (None, (), {}), None
    except Exception as error:
        answer = (type(error), error.args, dict(error.__dict__)), None
    parent.send(answer)


def _end_with_parent() -> None:
    from multiprocessing import connection, parent_process

    above = parent_process()
    if above is not None:
        connection.wait([above.sentinel])
        os._exit(1)


def limit_memory(megabytes: int) -> None:
    """Let this process take so many MB of address space beyond what it has now, where the system has ``RLIMIT_AS``.

    What it has is not counted, because that is mostly room set aside for threads, which differs from machine to machine.
    """
    try:
        import resource
    except ImportError:  # because Windows has no such limit
        return
    size = megabytes * 2**20
    with suppress(OSError):
        size += int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    for limit, allowed in ((resource.RLIMIT_AS, size), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (allowed, allowed))
