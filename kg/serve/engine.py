"""A pool of workers that answer queries within limits; one that goes beyond them is killed and replaced.

A query of Oxigraph cannot be interrupted in its process, so that each runs in another one.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import struct
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import BuildError, LimitError, QueryError
from kg.serve.limits import Limits


@dataclass(frozen=True, slots=True)
class Question:
    """A query as it is asked."""

    query: str = ""
    accept: str = "*/*"
    """As in HTTP; not looked at where there is a *format*."""
    format: str = ""
    """The name of one of :data:`kg.serve.formats.ROWS` or :data:`~kg.serve.formats.GRAPHS`."""
    default: tuple[str, ...] | None = None
    """Graphs that make up the default graph; None for what the query says, else all of them."""
    named: tuple[str, ...] | None = None
    bindings: Mapping[str, str] = field(default_factory=dict)
    """Terms as N-Triples, by the variables that they stand for."""
    question: str = ""
    """The name of a named question, in place of a query; *bindings* are then the words of its parameters."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query brought."""

    form: str
    format: str
    media: str
    rows: int
    body: bytes


class UnacceptableError(QueryError):
    """The client takes none of the formats that there are."""


class DefectError(Exception):
    """Something went wrong in a worker that should not have: not the client's fault."""


class Worker:
    """One process with the store open."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, store: Path, limits: Limits) -> Worker:
        """A worker that is ready; raises :class:`~kg.errors.BuildError` where the store cannot be opened."""
        worker = cls(
            await asyncio.create_subprocess_exec(
                # -P, because a folder named kg where the server was started is not this package.
                sys.executable, "-P", "-m", "kg.serve.worker", str(store), str(limits.memory),
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            )
        )  # fmt: skip
        try:
            head, _ = await worker._receive()
        except BaseException as error:
            await worker.kill()
            if isinstance(error, asyncio.IncompleteReadError):
                raise BuildError(f"{store}: a worker ended before it was ready; build again") from error
            raise
        if "failed" in head:
            await worker.kill()
            raise BuildError(head["failed"])
        return worker

    async def ask(self, request: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        """The worker's reply; raises :class:`EOFError` where it died of the request."""
        words = json.dumps(request).encode()
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(struct.pack(">I", len(words)) + words)
            await self._process.stdin.drain()
            return await self._receive()
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise EOFError from error

    async def _receive(self) -> tuple[dict[str, Any], bytes]:
        assert self._process.stdout is not None
        (size,) = struct.unpack(">I", await self._process.stdout.readexactly(4))
        head = json.loads(await self._process.stdout.readexactly(size))
        return head, await self._process.stdout.readexactly(head["size"])

    @property
    def pid(self) -> int:
        """Of the process."""
        return self._process.pid

    async def kill(self) -> None:
        """End the process, whatever it does."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()


class Pool:
    """Workers on one store. Usable as an asynchronous context manager."""

    def __init__(self, store: Path, *, base: str, limits: Limits, workers: int) -> None:
        """*workers* processes on the folder *store*; relative IRIs of queries are resolved against *base*."""
        self.limits = limits
        self.size = workers
        self._store, self._base = store, base
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._all: set[Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._asking: set[asyncio.Task[Any]] = set()
        self._waiting = 0
        self._closed = False

    async def __aenter__(self) -> Pool:
        """The pool with its workers ready; raises :class:`~kg.errors.BuildError`."""
        try:
            await asyncio.gather(*(self._add() for _ in range(self.size)))
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        """Kill the workers."""
        await self.close()

    async def close(self) -> None:
        """Kill all workers; what still waits for one is told so."""
        self.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(worker.kill() for worker in list(self._all)))
        self._all.clear()

    def stop(self) -> None:
        """Take no more queries, and give up those that run or wait."""
        self._closed = True
        for task in self._asking:
            task.cancel("stop")

    @property
    def pids(self) -> list[int]:
        """The processes of the workers."""
        return sorted(worker.pid for worker in self._all)

    @property
    def free(self) -> int:
        """Workers that have nothing to do."""
        return self._idle.qsize()

    @property
    def healthy(self) -> bool:
        """Whether there are workers, and room for another query."""
        return bool(self._all) and not self._closed and self._waiting < self.limits.waiting

    async def _add(self) -> None:
        worker = await Worker.start(self._store, self.limits)
        if self._closed:
            await worker.kill()
            return
        self._all.add(worker)
        self._idle.put_nowait(worker)

    def _replace(self, worker: Worker) -> None:
        async def replace() -> None:
            self._all.discard(worker)
            await worker.kill()
            while not self._closed:
                try:
                    await self._add()
                    break
                except (BuildError, OSError):
                    # Too little memory or too many processes for now: it will be tried again.
                    await asyncio.sleep(1)

        task = asyncio.ensure_future(replace())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def ask(self, question: Question) -> Answer:
        """The answer; raises :class:`~kg.errors.QueryError`, :class:`~kg.errors.LimitError`.

        Where the caller is cancelled (its client has gone), the query ends with it.
        """
        limits = self.limits
        if len(question.query.encode()) > limits.request * 1024:
            raise LimitError(f"the query is longer than {limits.request} KB; make it shorter", passing=False)
        if self._closed:
            raise LimitError("the server is stopping", passing=True)
        if self._waiting >= limits.waiting:
            raise LimitError(f"{self._waiting} queries are waiting already; try again later", passing=True)
        task = asyncio.ensure_future(self._ask(question))
        self._asking.add(task)
        try:
            return await task
        except asyncio.CancelledError:
            if not self._closed:
                raise
            raise LimitError("the server is stopping", passing=True) from None
        finally:
            task.cancel()
            self._asking.discard(task)

    async def _ask(self, question: Question) -> Answer:
        limits = self.limits
        started = asyncio.get_running_loop().time()
        self._waiting += 1
        try:
            async with asyncio.timeout(limits.seconds):
                worker = await self._idle.get()
        except TimeoutError:
            raise LimitError(f"no worker was free for {limits.seconds:g} s; try again later", passing=True) from None
        finally:
            self._waiting -= 1
        left = limits.seconds - (asyncio.get_running_loop().time() - started)
        request = {
            "query": question.query, "question": question.question, "accept": question.accept, "format": question.format,
            "default": question.default, "named": question.named, "bindings": dict(question.bindings),
            "base": self._base, "rows": limits.rows, "size": limits.answer, "seconds": limits.seconds,
        }  # fmt: skip
        whole = False
        try:
            async with asyncio.timeout(left):
                head, body = await worker.ask(request)
            whole = "error" not in head or head["error"] not in ("limit", "memory")
        except TimeoutError:
            raise LimitError(
                f"the query took longer than {limits.seconds:g} s and was ended; ask for less, or allow more time",
                passing=True,
            ) from None
        except EOFError:
            raise LimitError(_memory(limits), passing=False) from None
        finally:
            if whole:
                self._idle.put_nowait(worker)
            else:
                # A worker that is beyond a limit may hold memory and threads: a fresh one takes its place.
                self._replace(worker)
        return _answer(head, body, limits)


def _memory(limits: Limits) -> str:
    return (
        f"the query needed more than the {limits.memory} MB of memory that it may have, or nests too deeply, "
        "and was ended; ask for less"
    )


def _answer(head: dict[str, Any], body: bytes, limits: Limits) -> Answer:
    match head.get("error"):
        case "limit":
            raise LimitError(head["message"], passing=False)
        case "memory":
            raise LimitError(_memory(limits), passing=False)
        case "unacceptable":
            raise UnacceptableError(head["message"])
        case "defect":
            raise DefectError(head["message"])
        case "query":
            raise QueryError(head["message"])
    return Answer(head["form"], head["format"], head["media"], head["rows"], body)


def ask(store: Path, question: Question, *, base: str, limits: Limits) -> Answer:
    """One question asked of a store, in a worker of its own; raises as :meth:`Pool.ask` does."""

    async def once() -> Answer:
        async with Pool(store, base=base, limits=limits, workers=1) as pool:
            return await pool.ask(question)

    return asyncio.run(once())
