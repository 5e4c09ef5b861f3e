"""The explorer of a served build: the page that was given, the one in the build's folder, else one made when asked for."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.builds.opened import Build
from kg.errors import BuildError, LimitError

NAME = "explorer.html"
"""What a page is called that is kept in a build."""
_SECONDS = 600.0
"""Until the making of a page is given up."""


class Explorer:
    """Finds the page, or makes it once, in a process of its own; an asynchronous context manager."""

    def __init__(self, build: Build, given: Path | None = None) -> None:
        """For *build*; *given* is the page to show instead of any other."""
        self._build, self._given = build, given
        self._making = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Explorer:
        """Itself, with a folder for the page."""
        self._folder = TemporaryDirectory(prefix="kg-explorer-")
        return self

    async def __aexit__(self, *_: object) -> None:
        """End what is being made, and remove what was."""
        await self._end()
        self._folder.cleanup()

    async def page(self) -> Path:
        """The page; raises :class:`~kg.errors.BuildError` where none can be made, saying why."""
        for kept in (self._given, self._build.path / NAME):
            if kept is not None and kept.is_file():
                return kept
        made = Path(self._folder.name) / NAME
        async with self._making:
            if not made.is_file():
                await self._make(made)
        return made

    async def _make(self, page: Path) -> None:
        self._process = await asyncio.create_subprocess_exec(
            # -P, because a folder named kg where the server was started is not this package.
            sys.executable, "-P", "-m", "kg.serve.exploring", str(self._build.path), str(page),
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
        )  # fmt: skip
        try:
            _, said = await asyncio.wait_for(self._process.communicate(), _SECONDS)
        except TimeoutError:
            raise LimitError(
                f"the explorer was not made within {_SECONDS:g} s; make it with `kg explore` and give it with --explorer",
                passing=False,
            ) from None
        finally:
            await self._end()
        if not page.is_file():
            lines = said.decode("utf-8", "replace").strip().splitlines()
            raise BuildError(lines[-1] if lines else "the server is stopping")

    async def _end(self) -> None:
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()


def main(build: str, page: str) -> None:
    """Write the explorer of *build* to *page*; why it cannot be made is said on standard error."""
    if hasattr(os, "nice"):
        # Whoever asks a query comes first.
        with contextlib.suppress(OSError):
            os.nice(5)
    try:
        Build(build).explore().save(page)
    except BuildError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
