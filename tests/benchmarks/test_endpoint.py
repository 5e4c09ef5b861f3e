"""The endpoint under load: many clients for a minute, quick queries beside a slow one, how soon it ends.

Run with ``python tests/benchmarks/test_endpoint.py BUILD [SECONDS]``; a build of more than a million quads is made by
``tests/benchmarks/synthetic.py``. Prints what docs/performance.md holds. ``pytest tests/benchmarks --benchmark-enable``
times a lookup over HTTP on the sample corpus.
"""

from __future__ import annotations

import asyncio
import re
import signal
import statistics
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
CHEAP = "SELECT ?s { ?s a kg:Slogan } LIMIT 1"
CLIENTS = 50
CORPUS = Path(__file__).resolve().parents[2] / "corpus"


class Server:
    """`kg serve` in a process of its own."""

    def __init__(self, build: Path, *options: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", "import kg.cli; kg.cli.main()", "serve", str(build), "--port", "0", *options],
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stderr is not None
        found = re.search(r"at (http://\S+)/;", self.process.stderr.readline())
        assert found
        self.url = found[1]
        # The log is read away, or the pipe would fill up.
        self._reader = subprocess.Popen(["cat"], stdin=self.process.stderr, stdout=subprocess.DEVNULL)

    def state(self) -> dict[str, int]:
        """Megabytes and open files of the server and its workers."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        memory = [re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{one}/status").read_text()) for one in (pid, *children)]
        sizes = [int(found[1]) // 1024 for found in memory if found]
        return {"server MB": sizes[0], "workers MB": sum(sizes[1:]), "workers": len(children),
                "files": len(list(Path(f"/proc/{pid}/fd").iterdir()))}  # fmt: skip

    def stop(self) -> float:
        """Seconds from SIGTERM to the end."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        took = time.monotonic() - began
        self._reader.wait(5)
        return took


async def load(url: str, names: list[str], seconds: float) -> tuple[Counter[int], list[float]]:
    """Answers by status, and how long each took, of :data:`CLIENTS` clients that ask one thing after another."""
    found: Counter[int] = Counter()
    times: list[float] = []
    end = time.monotonic() + seconds

    async def one(number: int) -> None:
        async with httpx.AsyncClient(base_url=url, timeout=60, trust_env=False) as client:
            turn = number
            while time.monotonic() < end:
                name, turn = names[turn % len(names)], turn + 1
                kinds: list[dict[str, Any]] = [
                    {"url": "/sparql", "params": {"query": f"SELECT ?p ?o {{ <{name}> ?p ?o }}"}},
                    {"url": "/sparql", "params": {"query": CHEAP}, "headers": {"accept": "text/csv"}},
                    {"url": "/sparql", "params": {"query": f"DESCRIBE <{name}>"}},
                    {"url": "/entity", "params": {"iri": name}, "headers": {"accept": "text/html"}},
                    {"url": "/health"},
                ]
                began = time.monotonic()
                answer = await client.get(**kinds[turn % len(kinds)])
                times.append(time.monotonic() - began)
                found[answer.status_code] += 1

    await asyncio.gather(*(one(number) for number in range(CLIENTS)))
    return found, times


async def beside(url: str) -> tuple[float, int, list[float]]:
    """A cross join's seconds and status, and those of the quick queries that are asked meanwhile, one by one."""
    async with httpx.AsyncClient(base_url=url, timeout=60, trust_env=False) as client:
        began = time.monotonic()
        slow = asyncio.ensure_future(client.get("/sparql", params={"query": CROSS}))
        times = []
        while not slow.done():
            asked = time.monotonic()
            (await client.get("/sparql", params={"query": CHEAP})).raise_for_status()
            times.append(time.monotonic() - asked)
            await asyncio.sleep(0.02)
        return time.monotonic() - began, slow.result().status_code, times


def say(*words: object) -> None:
    """A line of the report."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def spread(times: list[float]) -> str:
    """Median, 95th percentile and maximum in milliseconds."""
    ordered = sorted(times)
    return (
        f"median {statistics.median(ordered) * 1000:.0f} ms, 95 % {ordered[int(len(ordered) * 0.95)] * 1000:.0f} ms, "
        f"max {ordered[-1] * 1000:.0f} ms, {len(ordered)} requests"
    )


def report(build: Path, seconds: float) -> None:
    """Measure and print."""
    server = Server(build)
    with httpx.Client(base_url=server.url, timeout=60, trust_env=False) as client:
        query = "SELECT ?s { ?s a kg:Organisation } LIMIT 200"
        rows = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
        names = [row["s"]["value"] for row in rows]
        alone = []
        for name in names[:100]:
            began = time.monotonic()
            client.get("/sparql", params={"query": f"SELECT ?p ?o {{ <{name}> ?p ?o }}"})
            alone.append(time.monotonic() - began)
        say("lookups, one client:", spread(alone))
        pages = []
        for name in names[:50]:
            began = time.monotonic()
            client.get("/entity", params={"iri": name}, headers={"accept": "text/html"})
            pages.append(time.monotonic() - began)
        say("entity pages, one client:", spread(pages))
    asyncio.run(load(server.url, names, 5))
    say("before:", server.state())
    statuses, times = asyncio.run(load(server.url, names, seconds))
    say(
        f"{CLIENTS} clients, {seconds:g} s:",
        dict(statuses),
        f"{sum(statuses.values()) / seconds:.0f}/s;",
        spread(times),
    )
    time.sleep(1)
    say("after:", server.state())
    server.stop()
    server = Server(build, "--timeout", "10")
    took, status, times = asyncio.run(beside(server.url))
    say(f"cross join: {status} after {took:.1f} s (limit 10 s); beside it:", spread(times))
    time.sleep(1)
    say("health:", httpx.get(f"{server.url}/health", trust_env=False).json(), server.state())
    say(f"SIGTERM, idle: {server.stop():.2f} s")
    for number in (1, 8):
        server = Server(build, "--timeout", "60")
        say(f"SIGTERM, {number} cross joins:", asyncio.run(ended(server, number)))


async def ended(server: Server, number: int) -> str:
    """How long a server with *number* cross joins takes to end, and what their clients are told."""
    async with httpx.AsyncClient(base_url=server.url, timeout=60, trust_env=False) as client:
        asked = [asyncio.ensure_future(client.get("/sparql", params={"query": CROSS})) for _ in range(number)]
        await asyncio.sleep(1)
        took = await asyncio.to_thread(server.stop)
        return f"{took:.2f} s, answers {sorted({answer.status_code for answer in await asyncio.gather(*asked)})}"


@pytest.mark.benchmark
def test_lookup(benchmark: Any, tmp_path: Path) -> None:
    import kg

    kg.build(CORPUS, tmp_path / "out", check="never")
    server = Server(tmp_path / "out")
    try:
        with httpx.Client(base_url=server.url, trust_env=False) as client:
            answer = benchmark(lambda: client.get("/sparql", params={"query": CHEAP}))
            assert answer.status_code == 200
    finally:
        server.stop()


if __name__ == "__main__":
    report(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 60)
