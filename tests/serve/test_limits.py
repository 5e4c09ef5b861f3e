"""Limits hold, one query does not hinder another, and the server ends when it is told, with all that it started."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from kg.serve.engine import Pool, Question
from kg.serve.limits import Limits

from .conftest import CROSS

CHEAP = "SELECT ?s { ?s a kg:Slogan } LIMIT 1"
Start = Callable[..., Any]


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def eventually(true: Callable[[], bool], seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def test_a_slow_query_ends_and_hinders_nobody(start: Start) -> None:
    with start("--timeout", "3", "--workers", "2") as server, ThreadPoolExecutor() as threads:
        before = server.workers
        began = time.monotonic()
        slow = threads.submit(server.ask, CROSS)
        time.sleep(0.5)
        times = []
        while not slow.done():
            asked = time.monotonic()
            assert server.ask(CHEAP).status_code == 200
            times.append(time.monotonic() - asked)
            time.sleep(0.05)
        took = time.monotonic() - began
        found = slow.result()
        assert (found.status_code, found.headers["retry-after"]) == (503, "5")
        assert "took longer than 3 s" in found.text
        # A machine may be busy; what waits for the slow query would take as long as it is allowed to.
        assert 3 <= took < 15
        assert sorted(times)[len(times) // 2] < 2
        assert eventually(lambda: server.client.get("/health").json() == {"status": "ok", "workers": 2, "free": 2})
        assert len(set(before) & set(server.workers)) == 1
        assert server.ask(CHEAP).status_code == 200


def test_many_slow_queries_leave_it_as_healthy_as_before(start: Start) -> None:
    with start("--timeout", "4", "--workers", "2", "--waiting", "2") as server, ThreadPoolExecutor(12) as threads:
        found = list(threads.map(lambda _: server.ask(CROSS), range(12)))
        assert {answer.status_code for answer in found} == {503}
        said = " ".join(answer.text for answer in found)
        assert "took longer" in said
        assert "queries are waiting already" in said
        assert eventually(lambda: server.client.get("/health").json()["free"] == 2)
        assert server.ask(CHEAP).status_code == 200


@pytest.mark.parametrize(
    ("options", "query", "words"),
    [
        (["--rows", "10"], "SELECT * { ?s ?p ?o }", "more than 10 rows"),
        (["--rows", "10"], "CONSTRUCT WHERE { ?s ?p ?o }", "more than 10 rows"),
        (["--max-answer", "1"], "SELECT * { ?s ?p ?o }", "larger than 1 MB"),
        (["--memory", "512"], "SELECT DISTINCT ?a ?b ?c ?d { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f", "512 MB of memory"),
    ],
)
def test_memory_rows_and_size(start: Start, options: list[str], query: str, words: str) -> None:
    with start("--timeout", "30", *options) as server:
        for accept in ("application/json", "text/csv", "application/xml", "text/tab-separated-values", "text/turtle"):
            if ("CONSTRUCT" in query) != (accept == "text/turtle") or ("memory" in words and accept != "text/csv"):
                continue
            found = server.ask(query, accept=accept)
            assert (found.status_code, words in found.text) == (503, True), (accept, found.text)
            assert "retry-after" not in found.headers
        assert server.ask("SELECT * { ?s ?p ?o } LIMIT 10", accept="text/csv").status_code == 200
        assert server.ask("SELECT * { ?s a kg:Slogan } LIMIT 10", accept="application/xml").status_code == 200


def test_little_memory_is_enough_to_start_and_to_answer_what_needs_little(built: Path) -> None:
    limits = Limits(memory=32)

    async def asked() -> int:
        async with (
            asyncio.timeout(60),
            Pool(built / "store", base="https://example.org/", limits=limits, workers=4) as pool,
        ):
            return (await pool.ask(Question(CHEAP))).rows

    assert asyncio.run(asked()) == 1


def test_rows_are_counted_in_every_format() -> None:
    from kg.errors import LimitError
    from kg.serve.worker import Measured

    texts = {
        "json": '{"head":{"vars":["a"]},"results":{"bindings":[%s]}}' % ",".join(  # noqa: UP031
            ['{"a":{"type":"literal","value":"x,{\\"[{,{"}}', '{"a":{"type":"literal","value":"[{"}}'] * 20
        ),
        "xml": "<results>" + "<result><binding>&lt;result&gt;</binding></result>" * 40 + "</results>",
        "csv": "a\r\n" + '"one\n""two"""\r\n' * 40,
        "tsv": "?a\n" + '"x"\n' * 40,
    }  # fmt: skip
    for format, text in texts.items():
        for step in (1, 2, 3, 7, 8192):
            out = Measured(format, 10**6, 10**6)
            for place in range(0, len(text), step):
                out.write(text.encode()[place : place + step])
            assert out.rows == 40, (format, step)
        with pytest.raises(LimitError, match="more than 10 rows"):
            Measured(format, 10, 10**6).write(text.encode())


def test_a_query_nobody_waits_for_is_ended(start: Start) -> None:
    with start("--timeout", "60", "--workers", "1") as server:
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{server.url}/sparql", params={"query": CROSS}, timeout=1, trust_env=False)
        assert eventually(lambda: server.client.get("/health").json()["free"] == 1)


@pytest.mark.parametrize("state", ["idle", "a query runs", "queries wait", "connections stand open", "half a request"])
def test_sigterm_ends_it_in_every_state(start: Start, state: str) -> None:
    with start("--timeout", "60", "--workers", "2") as server:
        workers = server.workers
        assert len(workers) == 2
        answers: list[int] = []

        def ask() -> None:
            answers.append(
                httpx.get(f"{server.url}/sparql", params={"query": CROSS}, timeout=60, trust_env=False).status_code
            )

        threads = [threading.Thread(target=ask) for _ in range({"a query runs": 1, "queries wait": 5}.get(state, 0))]
        for thread in threads:
            thread.start()
        host, port = server.url.removeprefix("http://").split(":")
        open_ = [
            socket.create_connection((host, int(port))) for _ in range(5 if state == "connections stand open" else 0)
        ]
        if state == "half a request":
            open_.append(socket.create_connection((host, int(port))))
            open_[0].sendall(f"POST /sparql HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/sparql-query\r\n"
                             "Content-Length: 100\r\n\r\nASK".encode())  # fmt: skip
        time.sleep(0.7)
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(10) == 0
        for thread in threads:
            thread.join(5)
        assert answers == [503] * len(threads)
        assert eventually(lambda: all(gone(pid) for pid in workers), 2)
        for connection in open_:
            connection.close()
        assert "Traceback" not in server.log.read_text(encoding="utf-8")


def test_workers_end_with_a_parent_that_was_killed(start: Start) -> None:
    with start("--timeout", "60", "--workers", "2") as server, ThreadPoolExecutor() as threads:
        workers = server.workers
        busy = threads.submit(server.ask, CROSS)
        time.sleep(0.7)
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait(5)
        assert eventually(lambda: all(gone(pid) for pid in workers), 5)
        with pytest.raises(httpx.TransportError):
            busy.result()


def test_a_worker_that_dies_is_replaced(start: Start) -> None:
    with start("--workers", "2") as server:
        os.kill(server.workers[0], signal.SIGKILL)
        found = {server.ask(CHEAP).status_code for _ in range(4)}
        assert 200 in found
        assert eventually(lambda: server.client.get("/health").json()["free"] == 2)
        assert {server.ask(CHEAP).status_code for _ in range(4)} == {200}
