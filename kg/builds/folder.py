"""The output folder: locked while a build is made, replaced only by a whole one.

A build is written into the hidden sibling ``.OUT.building`` and then exchanged with OUT in one step. Whoever is
killed in between leaves the old build as it was; the next build clears what was left lying.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.builds.manifest import foreign, is_build
from kg.errors import BuildError

_REMEDIES = {
    errno.ENOSPC: "free some space or build elsewhere",
    errno.EDQUOT: "free some space or build elsewhere",
    errno.EACCES: "choose a folder you may write to",
    errno.EPERM: "choose a folder you may write to",
    errno.EROFS: "choose a folder you may write to",
    errno.ENAMETOOLONG: "shorten the name of the file",
}


def target(out: Path) -> Path:
    """Where a build to *out* goes, links followed.

    Raises :class:`~kg.errors.BuildError` if something stands there that is neither a build nor an empty folder, if
    a build there holds a file that is no part of it, or if the folder is one that cannot be replaced.
    """
    folder = Path(os.path.realpath(out))
    if folder == folder.parent:
        raise BuildError(f"{out}: the root of the file system; choose a folder of its own for the build")
    if Path(os.path.realpath(os.curdir)).is_relative_to(folder):
        raise BuildError(
            f"{out}: the current folder cannot be replaced; name a folder inside it, such as {out / 'build'}"
        )
    if os.path.ismount(folder):
        raise BuildError(f"{out}: a mount point cannot be replaced; name a folder inside it, such as {out / 'build'}")
    try:
        if folder.exists() and not folder.is_dir():
            raise BuildError(f"{out}: a file, not a folder; choose another name for the build")
        if folder.is_dir() and not is_build(folder) and any(folder.iterdir()):
            raise BuildError(
                f"{out}: holds something that is not a build and is left untouched; choose a new or empty folder"
            )
        if folder.is_dir() and (other := foreign(folder)) is not None:
            raise BuildError(
                f"{out / other}: no part of the build in {out}, and would be lost with it; move it out of the folder"
            )
    except OSError as error:
        raise _unwritable(out, error) from error
    return folder


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """A new empty folder to build in; it becomes *out* if the block ends well, else it is removed.

    Raises :class:`~kg.errors.BuildError` for a folder that is locked, is no build or cannot be written.
    """
    folder = target(out)
    fresh, old = folder.with_name(f".{folder.name}.building"), folder.with_name(f".{folder.name}.replaced")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _locked(folder.with_name(f".{folder.name}.lock"), out):
            _recover(folder, fresh, old)
            fresh.mkdir()
            try:
                yield fresh
                target(out)
                _sync(fresh)
                _swap(fresh, folder, old)
            except BaseException:
                for left in (fresh, old):
                    _remove(left)
                raise
            for left in (fresh, old):
                if not _remove(left):
                    raise BuildError(
                        f"{left}: left over from the previous build and cannot be removed; the new build in {out} is "
                        "whole; remove what is left over by hand"
                    )
    except OSError as error:
        raise _unwritable(out, error) from error


def _unwritable(out: Path, error: OSError) -> BuildError:
    remedy = _REMEDIES.get(error.errno or 0, "check the disk and the permissions")
    reason = (error.strerror or str(error)).lower()
    return BuildError(f"{out}: the build cannot be written ({reason}); {remedy}; a previous build is untouched")


def _recover(folder: Path, fresh: Path, old: Path) -> None:
    """Clear what a killed build left, and put back the previous build if it was killed between two renames."""
    if old.exists() and not folder.exists():
        old.rename(folder)
    for left in (fresh, old):
        if not _remove(left):
            raise BuildError(f"{left}: left over from an interrupted build and cannot be removed; remove it by hand")


def _remove(folder: Path) -> bool:
    """Remove *folder*, made writable where it was not; whether it is gone."""
    if folder.is_dir():
        # A folder cannot be emptied that is read-only, as people make the builds they publish.
        with suppress(OSError):
            folder.chmod(stat.S_IRWXU)
        for parent, folders, _ in os.walk(folder):
            for inner in (Path(parent, name) for name in folders):
                with suppress(OSError):
                    if not inner.is_symlink():
                        inner.chmod(stat.S_IRWXU)
        shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()


def _swap(fresh: Path, folder: Path, old: Path) -> None:
    if not folder.exists():
        fresh.rename(folder)
    elif not _exchange(fresh, folder):
        folder.rename(old)
        fresh.rename(folder)
    _sync_folder(folder.parent)


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two folders in one step, where the system can (Linux); False where it cannot."""
    import ctypes

    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, TypeError, AttributeError):
        return False
    here, exchange = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of renameat2(2)
    return bool(rename(here, os.fsencode(first), here, os.fsencode(second), exchange) == 0)


def _sync(folder: Path) -> None:
    for path in (folder / "graph.nq", folder / "manifest.json"):
        if path.exists():
            with path.open("rb") as file:
                os.fsync(file.fileno())
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _locked(path: Path, out: Path) -> Iterator[None]:
    """Hold *path* locked; the system lets go of it however the process ends."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            if not _lock(handle):
                raise BuildError(f"{out}: another build is writing there; wait for it or choose another folder")
            # Whoever held the lock may have removed the file since it was opened.
            if path.exists() and os.path.samestat(os.fstat(handle), path.stat()):
                break
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)


def _lock(handle: int) -> bool:
    try:
        import fcntl
    except ImportError:
        import msvcrt

        lock = getattr(msvcrt, "locking")  # noqa: B009  # because the type stubs know it on Windows only
        try:
            lock(handle, getattr(msvcrt, "LK_NBLCK"), 1)  # noqa: B009
        except OSError:
            return False
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
