"""What `kg ask` does at a limit, on a signal, and with a build that was changed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg.ask import ask
from kg.cli import kg as command
from kg.errors import BuildError, LimitError
from kg.process import within

CROSS = """# zh: 全部
# en: Everything
# column n: number — How many.
SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }
"""
MAIN = "from kg.cli import main; main()"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "cross.rq").write_text(CROSS, encoding="utf-8")
    return folder


def test_a_question_ends_at_its_limit_of_time(corpus: kg.Build, own: Path) -> None:
    started = time.monotonic()
    arguments = ["ask", str(corpus.path), "cross", "--questions", str(own), "--timeout", "1"]
    result = CliRunner().invoke(command, arguments)
    assert isinstance(result.exception, LimitError)
    assert result.exception.exit_code == 1
    assert "took longer than 1 s" in str(result.exception)
    assert time.monotonic() - started < 15


def too_much() -> int:
    return len(bytearray(2**30))


def test_work_ends_at_its_limit_of_memory() -> None:
    with pytest.raises(LimitError, match="more than the 512 MB of memory"):
        within(30, 512, too_much)


def test_work_that_dies_is_said_to_have_needed_too_much() -> None:
    with pytest.raises(LimitError, match="nests too deeply"):
        within(30, 512, os._exit, 1)


def limit() -> None:
    raise LimitError("enough", passing=True)


def test_errors_come_back_as_they_are() -> None:
    with pytest.raises(LimitError, match="enough") as raised:
        within(30, 512, limit)
    assert raised.value.passing
    with pytest.raises(ZeroDivisionError):
        within(30, 512, divmod, 1, 0)
    assert within(30, 512, divmod, 7, 2) == (3, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_a_question(number: int, code: int, corpus: kg.Build, own: Path) -> None:
    arguments = ["ask", str(corpus.path), "cross", "--questions", str(own)]
    process = subprocess.Popen([sys.executable, "-c", MAIN, *arguments], stderr=subprocess.PIPE, text=True)
    time.sleep(3)
    assert process.poll() is None
    process.send_signal(number)
    _, words = process.communicate(timeout=10)
    assert process.returncode == code
    assert "terminated" in words or "interrupted" in words


def test_a_reader_that_has_gone_is_no_error(corpus: kg.Build) -> None:
    """A pipe is full after 64 KB."""
    asked = [
        sys.executable,
        "-c",
        MAIN,
        "ask",
        str(corpus.path),
        "evidence",
        "--subject",
        "哈尔滨市",
        "--format",
        "json",
    ]
    process = subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.read(10)
    process.stdout.close()
    assert process.wait(timeout=60) == 0
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()


@pytest.mark.parametrize(
    ("name", "given", "quotes"),
    [
        ("slogan-first-use", {}, False),
        ("figures", {}, False),
        ("meetings", {}, False),
        ("slogan-lags", {}, True),
        ("evidence", {"subject": "七大都市"}, False),
    ],
)
def test_a_text_that_was_changed_is_noticed(
    name: str, given: dict[str, str], quotes: bool, corpus: kg.Build, tmp_path: Path
) -> None:
    shutil.copytree(corpus.path, tmp_path / "build")
    with (tmp_path / "build" / "texts" / "000-symposium.txt").open("a", encoding="utf-8") as stream:
        stream.write("。")
    said = r"000-symposium\.txt: changed since it was built"
    with kg.open(tmp_path / "build") as build, pytest.raises(BuildError, match=said):
        ask(build, name, quotes=quotes, **given)


def test_a_reading_that_was_changed_is_noticed(corpus: kg.Build, tmp_path: Path) -> None:
    shutil.copytree(corpus.path, tmp_path / "build")
    with (tmp_path / "build" / "readings" / "000-symposium.json").open("a", encoding="utf-8") as stream:
        stream.write("\n")
    with kg.open(tmp_path / "build") as build, pytest.raises(BuildError, match="changed since it was built"):
        _ = build.readings
