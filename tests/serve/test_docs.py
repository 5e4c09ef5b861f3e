"""The page of the endpoint names every option and route there is."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from kg.cli.serving import query, serve
from kg.serve.formats import GRAPHS, ROWS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "endpoint.md").read_text(encoding="utf-8")
UNSAID = {"--port", "--token", "--format", "--file", "--timeout", "--memory", "--rows"}


@pytest.mark.parametrize("command", [query, serve], ids=lambda command: str(command.name))
def test_options(command: click.Command) -> None:
    options = {name for parameter in command.params for name in parameter.opts if name.startswith("--")}
    assert {name for name in options - UNSAID if name not in PAGE} == set()
    assert all(name in PAGE for name in ("--timeout", "--memory", "--rows", "--file", "--format"))


def test_formats_and_paths() -> None:
    assert all(f"`{format.name}`" in PAGE for format in (*ROWS, *GRAPHS))
    routes = (ROOT / "kg" / "serve" / "server.py").read_text(encoding="utf-8")
    for path in ("/sparql", "/ask/", "/entity/", "/find", "/explore", "/health"):
        assert path in routes
        assert f"`{path}" in PAGE


def test_the_readme_leads_there() -> None:
    assert "docs/endpoint.md" in (ROOT / "README.md").read_text(encoding="utf-8")
