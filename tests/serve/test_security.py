"""Who may ask, what is refused, and that words of documents do nothing."""

from __future__ import annotations

import json
import re
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Running, running

TOKEN = "correct-horse-battery"


def raw(server: Running, request: str) -> str:
    host, port = server.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(request.replace("\n", "\r\n").encode())
        return b"".join(iter(lambda: connection.recv(65536), b"")).decode()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200), ("localhost:8000", 200), ("[::1]:80", 200), ("LOCALHOST", 200), ("evil.example", 403),
        ("127.0.0.1.evil.example", 403), ("127.0.0.1:80@evil.example", 403), ("evil.example:127.0.0.1", 403), ("", 403),
    ],
)  # fmt: skip
def test_host(server: Running, host: str, status: int) -> None:
    answer = raw(server, f"GET /health HTTP/1.1\nHost: {host}\nConnection: close\n\n")
    assert answer.startswith(f"HTTP/1.1 {status}"), answer


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}, 403),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, 200),
        ({"sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"}, 200),
        ({}, 200),
    ],
)
def test_origin(server: Running, headers: dict[str, str], status: int) -> None:
    assert server.ask("ASK {}", **headers).status_code == status
    assert server.ask("ASK {}", origin=server.url).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/static/../server.py", "/static/%2e%2e/server.py", "/static/..%2fserver.py", "/static//etc/passwd",
     "/entity/..%2f..%2fmanifest.json", "/entity/article/..%2f..%2fmanifest.json", "/ask/..%2f..%2fx", "/ask/growth",
     "/entity?iri=file:///etc/passwd", "/entity/%00", "/%3Cscript%3E"],
)  # fmt: skip
def test_no_path_leads_out(server: Running, path: str) -> None:
    answer = raw(server, f"GET {path} HTTP/1.1\nHost: localhost\nAccept: text/html\nConnection: close\n\n")
    assert answer.startswith("HTTP/1.1 404"), answer[:500]
    assert "<script" not in answer
    assert "root:" not in answer


@pytest.mark.parametrize(
    ("path", "status"),
    [("/entity/slogan/%FF%FE", 404), ("/entity/slogan/%EF%BF%BF", 404), ("/entity/%25zz", 404), ("/entity?iri=%FF", 400),
     ("/entity?iri=", 400), ("/entity?iri=slogan", 400), ("/entity?iri=http://%5Bx", 400), ("/entity?iri=a%20b", 400)],
)  # fmt: skip
@pytest.mark.parametrize("accept", ["text/html", "text/turtle"])
def test_what_is_no_iri_is_told(server: Running, path: str, status: int, accept: str) -> None:
    answer = raw(server, f"GET {path} HTTP/1.1\nHost: localhost\nAccept: {accept}\nConnection: close\n\n")
    assert answer.startswith(f"HTTP/1.1 {status}"), answer[:300]
    assert "Traceback" not in server.log.read_text(encoding="utf-8")


def test_only_the_named_methods(server: Running) -> None:
    assert server.client.post("/entity/slogan/x").status_code == 405
    assert server.client.delete("/").status_code == 405


def test_beyond_this_machine_only_with_a_flag_and_a_token(built: Path, run: Any) -> None:
    for options, words in (
        (["--host", "0.0.0.0"], "say --public and give a token"),
        (["--host", "0.0.0.0", "--public"], "--public needs a token"),
        (["--host", "0.0.0.0", "--public", "--token", "short"], "16 characters"),
        (["--token", "政协政协政协政协政协政协政协政协"], "16 characters of ASCII"),
    ):
        ran = run("serve", built, "--port", "0", *options)
        assert (ran.code, words in ran.err) == (2, True), ran.err


def test_a_token_is_asked_for_and_never_logged(built: Path, tmp_path: Path) -> None:
    with running(built, tmp_path, "--public", "--host", "127.0.0.1", token=TOKEN) as server:
        for path in ("/", "/sparql?query=ASK%7B%7D", "/entity/slogan/x", "/static/page.css", "/explore"):
            refused = server.client.get(path)
            assert (refused.status_code, "Bearer" in refused.headers["www-authenticate"]) == (401, True)
        assert server.client.get("/health").status_code == 200
        for headers in ({"authorization": "Bearer nonsense-nonsense"}, {"authorization": f"Digest {TOKEN}"},
                        {"authorization": "Basic !!!"}):  # fmt: skip
            assert server.client.get("/", headers=headers).status_code == 401
        assert server.ask("ASK {}", authorization=f"Bearer {TOKEN}").json()["boolean"] is True
        assert server.client.get("/", auth=("anybody", TOKEN)).status_code == 200
        assert server.client.get("/health", headers={"host": "kg.example.org"}).status_code == 200
        server.client.get(f"/sparql?query=ASK%7B%7D&token={TOKEN}")
        log = server.log.read_text(encoding="utf-8")
    assert TOKEN not in log
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert {"time", "id", "method", "path", "status", "ms", "bytes", "client"} <= set(lines[0])
    assert [line["rows"] for line in lines if "rows" in line] == [1]


def test_every_answer_carries_its_headers(server: Running) -> None:
    for path in ("/", "/health", "/sparql?query=ASK%7B%7D", "/nothing", "/static/page.css", "/find?q=政协"):
        found = server.client.get(path)
        assert found.headers["x-content-type-options"] == "nosniff"
        assert found.headers["x-frame-options"] == "DENY"
        assert "default-src 'none'" in found.headers["content-security-policy"]
        assert "'unsafe-eval'" not in found.headers["content-security-policy"]
        assert re.fullmatch("[0-9a-f]{16}", found.headers["x-request-id"])
    assert "script-src 'none'" in server.client.get("/find?q=政协").headers["content-security-policy"]


def test_an_explorer_is_shown_where_there_is_one(built: Path, server: Running) -> None:
    page = built / "explorer.html"
    page.write_text("<!DOCTYPE html><title>图谱</title>", encoding="utf-8")
    try:
        found = server.client.get("/explore")
        assert (found.status_code, "图谱" in found.text) == (200, True)
        assert "default-src 'none'" in found.headers["content-security-policy"]
        assert 'href="/explore"' in server.client.get("/").text
    finally:
        page.unlink()


def test_an_explorer_that_was_given_is_shown(built: Path, tmp_path: Path) -> None:
    page = tmp_path / "given.html"
    page.write_text("<!DOCTYPE html><title>所给的图谱</title>", encoding="utf-8")
    with running(built, tmp_path, "--explorer", str(page)) as server:
        assert "所给的图谱" in server.client.get("/explore").text


def test_why_there_is_no_explorer_is_said(tmp_path: Path) -> None:
    import kg

    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("今天天气晴好，适宜外出散步和晒被子。\n", encoding="utf-8")
    kg.build(tmp_path / "texts", tmp_path / "out", check="never")
    with running(tmp_path / "out", tmp_path) as server:
        found = server.client.get("/explore", headers={"accept": "text/html"})
        assert (found.status_code, "no entity" in found.text) == (400, True)


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    from types import SimpleNamespace

    from kg.cli import main

    def ran(*arguments: object) -> Any:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        captured = capfd.readouterr()
        return SimpleNamespace(code=int(ended.value.code or 0), out=captured.out, err=captured.err)

    return ran


def test_without_its_libraries_it_says_what_to_install(built: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    monkeypatch.delitem(sys.modules, "kg.serve.server", raising=False)
    ran = run("serve", built)
    assert (ran.code, "pip install 'tifa-kg[serve]'" in ran.err) == (2, True)
