"""The server: routes, workers, the loop that ends at SIGTERM."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.builds.opened import Build
from kg.errors import BuildError
from kg.graph.store import open_readonly
from kg.serve import pages, protocol
from kg.serve.engine import Pool
from kg.serve.exploring import Explorer
from kg.serve.guard import LOG, LOOPBACK, Admission, Guard
from kg.serve.limits import Limits

_STOPPING = 1
"""Seconds that open connections get to end once the server stops."""
_TOKEN = 16
"""Characters that a token must have."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where and for whom the server runs."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    limits: Limits = field(default_factory=Limits)
    public: bool = False
    token: str = ""
    names: tuple[str, ...] = ()
    explorer: Path | None = None
    """A page that `kg explore` wrote; without it, the one in the build, or one that is made when it is asked for."""

    def admission(self) -> Admission:
        """Who may ask; raises :class:`~kg.errors.BuildError` where more could than was said."""
        local = self.host in ("127.0.0.1", "localhost", "::1")
        if not local and not self.public:
            raise BuildError(
                f"--host {self.host} is open to other machines; say --public and give a token, or listen at 127.0.0.1"
            )
        if self.public and not self.token:
            raise BuildError("--public needs a token: set KG_TOKEN to 16 random characters or more")
        if self.token and (len(self.token) < _TOKEN or not self.token.isascii() or not self.token.isprintable()):
            raise BuildError(f"a token has {_TOKEN} characters of ASCII or more; make one with `openssl rand -hex 16`")
        names = {name.lower() for name in (*self.names, *LOOPBACK)}
        if self.public and not self.names:
            # The token is what protects: a page of another site does not know it.
            return Admission(frozenset(), self.token)
        return Admission(frozenset(names | {self.host.lower()}), self.token)


def default_workers() -> int:
    """One worker a core, two at least so that a slow query does not stop the quick ones, eight at most."""
    return min(8, max(2, os.cpu_count() or 2))


def application(build: Build, settings: Settings) -> Guard:
    """The ASGI application on a build."""
    static = Path(__file__).parent / "static"

    @asynccontextmanager
    async def living(app: Starlette) -> AsyncIterator[None]:
        store = build.path.resolve() / "store"
        async with (
            Pool(store, base=build.base, limits=settings.limits, workers=settings.workers) as pool,
            Explorer(build, settings.explorer) as explorer,
        ):
            app.state.pool, app.state.explorer = pool, explorer
            yield

    app = Starlette(
        routes=[
            Route("/sparql", protocol.sparql, methods=[*protocol.METHODS, "PUT", "DELETE", "PATCH"]),
            Route("/health", health),
            Route("/", pages.home),
            Route("/find", pages.find),
            Route("/ask/{name}", pages.question),
            Route("/explore", pages.explore),
            Route("/entity", pages.entity),
            Route("/entity/{path:path}", pages.entity),
            Mount("/static", StaticFiles(directory=static)),
            Route("/{path:path}", pages.entity),
        ],
        lifespan=living,
        exception_handlers={404: pages.missing, 405: pages.missing, 500: pages.broken},
    )
    app.state.build = build
    app.state.desk = pages.Desk(build)
    return Guard(app, settings.admission())


async def health(request: Request) -> Response:
    """For monitors: 200 while queries can be asked, 503 while they cannot."""
    pool: Pool = request.app.state.pool
    state = {"status": "ok" if pool.healthy else "busy", "workers": len(pool.pids), "free": pool.free}
    return JSONResponse(state, 200 if pool.healthy else 503)


class Server(uvicorn.Server):
    """A server that gives up its queries as soon as it is asked to end."""

    def __init__(self, config: uvicorn.Config, app: Starlette, started: Callable[[str], None]) -> None:
        super().__init__(config)
        self._served, self._started = app, started

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        """Listen, and say where."""
        await super().startup()
        self._loop = asyncio.get_running_loop()
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            self._started(f"http://{f'[{host}]' if ':' in host else host}:{port}/")

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End: queries are given up at once, connections within a second."""
        super().handle_exit(sig, frame)
        pool: Pool | None = getattr(self._served.state, "pool", None)
        if pool is not None:
            self._loop.call_soon_threadsafe(pool.stop)


def run(build: Build, settings: Settings, *, started: Callable[[str], None]) -> None:
    """Serve *build* until SIGTERM or Ctrl-C; *started* is told the address once requests are taken.

    Raises :class:`~kg.errors.BuildError` where the address is taken or the store cannot be opened.
    """
    guard = application(build, settings)
    # Damage is told here, in one line, and not by the first worker.
    open_readonly(build.path / "store")
    handler = logging.StreamHandler(sys.stderr)
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    LOG.propagate = False
    config = uvicorn.Config(
        guard, host=settings.host, port=settings.port, log_config=None, access_log=False, server_header=False,
        lifespan="on", loop="asyncio", http="h11", ws="none", timeout_graceful_shutdown=_STOPPING,
        limit_concurrency=settings.limits.waiting + 200, timeout_keep_alive=15, proxy_headers=False,
    )  # fmt: skip
    server = Server(config, guard.app, started)
    try:
        server.run()
    except SystemExit as error:
        raise BuildError(
            f"cannot listen at {settings.host}:{settings.port}; is another server there? choose --port"
        ) from error
    finally:
        LOG.removeHandler(handler)
    if not server.started:
        raise BuildError(f"{build.path}: the server could not start; `kg check {build.path}` says what is wrong")
