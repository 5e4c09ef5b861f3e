"""A server in a process of its own, on a build of the sample corpus and on one that a hostile text was read into."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

import kg

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
"""A three-way cross join: hours of work."""


@dataclass
class Running:
    """A server that runs."""

    process: subprocess.Popen[str]
    url: str
    client: httpx.Client
    log: Path

    def ask(self, query: str, **headers: str) -> httpx.Response:
        return self.client.get("/sparql", params={"query": query}, headers=headers)

    @property
    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]


@contextmanager
def running(build: Path, folder: Path, *options: str, token: str = "") -> Iterator[Running]:
    """`kg serve` on a free port, as a user starts it."""
    log = folder / "log"
    with log.open("w", encoding="utf-8") as stream:
        process = subprocess.Popen(
            [sys.executable, "-c", "import kg.cli; kg.cli.main()", "serve", str(build), "--port", "0", *options],
            stderr=stream, env=os.environ | ({"KG_TOKEN": token} if token else {}), text=True, start_new_session=True,
        )  # fmt: skip
    try:
        url = ""
        for _ in range(300):
            if found := re.search(r"at (http://\S+)/;", log.read_text(encoding="utf-8")):
                url = found[1]
                break
            assert process.poll() is None, log.read_text(encoding="utf-8")
            time.sleep(0.1)
        assert url, log.read_text(encoding="utf-8")
        with httpx.Client(base_url=url, timeout=60, trust_env=False) as client:
            yield Running(process, url, client, log)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("serve") / "out"
    kg.build(CORPUS, out, check="never")
    return out


@pytest.fixture(scope="session")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(built, tmp_path_factory.mktemp("log"), "--timeout", "20") as found:
        yield found


@pytest.fixture
def start(built: Path, tmp_path: Path) -> Callable[..., object]:
    def started(*options: str, token: str = "") -> object:
        return running(built, tmp_path, *options, token=token)

    return started
