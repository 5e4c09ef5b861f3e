"""A file written whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.errors import BuildError

_REMEDIES = {
    errno.ENOSPC: "free some space or write elsewhere",
    errno.EDQUOT: "free some space or write elsewhere",
    errno.EFBIG: "free some space or write elsewhere",
    errno.ENOENT: "make its folder first",
    errno.ENOTDIR: "make its folder first",
    errno.EISDIR: "name a file in it",
    errno.EEXIST: "name a folder, or a file that ends in .zip",
    errno.ENAMETOOLONG: "shorten the name",
}


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """A new file to write, beside *out*; it takes the place of *out* if the block ends well, else it is removed.

    A pipe or a device is written as it is. Raises :class:`~kg.errors.BuildError` for what the system refuses; a file
    that stood there before is then as it was.
    """
    try:
        real = Path(os.path.realpath(out))
        if real.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if real.exists() and not real.is_file():
            yield real
            return
        fresh = real.with_name(f".kg-{os.getpid()}.part")
        try:
            yield fresh
            if real.exists():
                fresh.chmod(real.stat().st_mode)
            fresh.replace(real)
        finally:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritable(out, error) from error


def unwritable(out: Path, error: OSError) -> BuildError:
    """The error for a file that the system refuses to write."""
    reason = (error.strerror or " ".join(str(error).split())).lower()
    remedy = _REMEDIES.get(error.errno or 0, "choose a place you may write to")
    return BuildError(f"{out}: cannot be written ({reason}); {remedy}")
