"""A command among other processes: what a pipe gets, a reader that goes away, being asked to end."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


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
