"""`kg explore`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import kg


@pytest.fixture
def own(built: Path, tmp_path: Path) -> Path:
    """A build of one's own, because a page leaves its layout there."""
    return Path(shutil.copytree(built, tmp_path / "build"))


def test_a_page(run: Callable[..., Any], own: Path, tmp_path: Path) -> None:
    out = tmp_path / "graph.html"
    ran = run("explore", own, "-o", out, "--focus", "阿城区政协", "--title", "语料", "--language", "zh")
    assert (ran.code, ran.out) == (0, "")
    assert "open " in ran.err
    # As many as the build says of itself, and what only the gazetteer knows.
    build = kg.open(own)
    assert f"kg: {sum(build.manifest.graph['entities'].values())} entities and 1 district above them, " in ran.err
    first = out.read_bytes()
    assert "<title>语料</title>".encode() in first
    assert len(json.loads((own / "layout.json").read_text(encoding="utf-8"))["positions"]) > 300
    assert run("explore", own, "-o", out, "--focus", "阿城区政协", "--title", "语料", "--language", "zh").code == 0
    assert out.read_bytes() == first
    assert run("check", own).code == 0


def test_a_folder_of_pages(run: Callable[..., Any], own: Path, tmp_path: Path) -> None:
    assert run("explore", own, "-o", tmp_path / "pages", "--split", "district").code == 0
    assert (tmp_path / "pages" / "index.html").is_file()
    ran = run("explore", own, "-o", tmp_path / "pages", "--split", "district", "--focus", "阿城区")
    assert ran.code == 2


def test_a_layout_of_its_own(run: Callable[..., Any], own: Path, tmp_path: Path) -> None:
    kept = tmp_path / "map.json"
    assert run("explore", own, "-o", tmp_path / "a.html", "--layout", kept).code == 0
    assert kept.is_file()
    assert not (own / "layout.json").exists()
    kept.write_text("[]", encoding="utf-8")
    ran = run("explore", own, "-o", tmp_path / "a.html", "--layout", kept)
    assert ran.code == 2
    assert "not the layout of a map" in ran.err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--focus", "没有这个"), 4, "no entity"),
        (("--focus", "政协"), 4, "may be any of"),
    ],
)
def test_errors(
    run: Callable[..., Any], own: Path, tmp_path: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    ran = run("explore", own, "-o", tmp_path / "graph.html", *arguments)
    assert ran.code == code
    assert words in ran.err
    assert not (tmp_path / "graph.html").exists()


def test_no_folder(run: Callable[..., Any], own: Path, tmp_path: Path) -> None:
    ran = run("explore", own, "-o", tmp_path / "nowhere" / "graph.html")
    assert ran.code == 2
    assert "make its folder first" in ran.err


def test_the_report_beside_the_page_is_linked(run: Callable[..., Any], own: Path, tmp_path: Path) -> None:
    out = tmp_path / "graph.html"
    assert run("explore", own, "-o", out).code == 0
    assert "report.html" not in out.read_text(encoding="utf-8")
    assert run("report", own, "--html", tmp_path / "report.html").code == 0
    assert run("explore", own, "-o", out).code == 0
    assert 'href="./report.html"' in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(("options", "up"), [((), "../"), (("--split", "district"), "../../")])
def test_the_report_is_named_as_in_the_shell(
    run: Callable[..., Any],
    own: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
    up: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("pages", "其他"):
        (tmp_path / folder).mkdir()
    out = Path("pages", "graph.html")
    ran = run("explore", own, "-o", out, "--report", "其他/report.html", *options)
    assert ran.code == 0
    assert "其他/report.html, which is not there yet" in ran.err
    page = out / "index.html" if options else out
    assert f'href="{up}%E5%85%B6%E4%BB%96/report.html"' in page.read_text(encoding="utf-8")
    (tmp_path / "其他" / "report.html").touch()
    assert "not there" not in run("explore", own, "-o", out, "--report", "其他/report.html", *options).err


def test_no_address_of_a_report_is_a_script(run: Callable[..., Any], own: Path, tmp_path: Path) -> None:
    out = tmp_path / "graph.html"
    assert run("explore", own, "-o", out, "--report", tmp_path / "javascript:alert(1)").code == 0
    assert 'href="./javascript%3Aalert%281%29"' in out.read_text(encoding="utf-8")
