"""The commands that both READMEs show: those of them that can run do, and none has an option that there is not."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from kg.cli import kg

ROOT = Path(__file__).resolve().parents[2]
LINES = sorted(
    {
        re.split(r"\s+#", line)[0].strip()
        for page in ("README.md", "README.zh.md")
        for block in re.findall(r"^```\n(.*?)^```", (ROOT / page).read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
        for line in re.findall(r"^(?:\.venv/bin/)?kg +(.*)$", block, flags=re.MULTILINE)
    }
)
PLACEHOLDERS = {
    "BUILD": "out/corpus", "构建目录": "out/corpus", "TEXTS": "texts", "文本目录": "texts", "FILE": "file.ttl", "文件": "file.ttl",
    "SUBJECT": "道里区政协", "主语": "道里区政协", "名称": "道里区政协", "GOLD": "gold", "标注目录": "gold",
    "SELECT …": "SELECT ?s { ?s ?p ?o } LIMIT 1",
}  # fmt: skip
ENDLESS = ("serve",)


def words(line: str) -> list[str]:
    """A line as it is typed: what is optional left out, of alternatives the first, placeholders filled in."""
    while (bare := re.sub(r"\s*\[[^\[\]]*\]", "", line)) != line:
        line = bare
    typed = [word if " " in word else word.split("|")[0] for word in shlex.split(line)]
    return [PLACEHOLDERS.get(word, word) for word in typed]


def test_there_are_lines() -> None:
    verbs = {line.split()[0] for line in LINES}
    assert verbs == set(kg.commands), "each command is shown, and nothing that is none"


@pytest.mark.parametrize("line", LINES)
def test_a_line_has_only_options_that_there_are(line: str) -> None:
    verb, *rest = words(line)
    command = kg.commands[verb]
    context = click.Context(command)
    if isinstance(command, click.Group) and len(rest) > 1:
        inner = command.get_command(context, rest[1])
        assert inner is not None
        command = inner
    known = {flag for parameter in command.params for flag in (*parameter.opts, *parameter.secondary_opts)}
    options = {word for word in rest if word.startswith("-")}
    if verb != "ask":  # takes the parameters of a question as options; that line runs below
        assert options <= known
    for alternatives in re.findall(r"--(\w+) (\w+(?:\|\w+)+)", line):
        (choice,) = (one.type for one in command.params if f"--{alternatives[0]}" in one.opts)
        assert isinstance(choice, click.Choice)
        assert set(alternatives[1].split("|")) <= set(choice.choices)


@pytest.mark.parametrize("line", [line for line in LINES if line.split()[0] not in ENDLESS])
def test_a_line_runs(
    run: Callable[..., Any], built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    (tmp_path / "texts").mkdir()
    shutil.copy(ROOT / "corpus" / "000-symposium.md", tmp_path / "texts")
    shutil.copytree(built, tmp_path / "out" / "corpus")
    (tmp_path / "gold").symlink_to(ROOT / "corpus" / "gold")
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    done = run(*words(line))
    assert done.code == 0, done.err
    written = [word for word in words(line) if re.fullmatch(r"[\w-]+\.\w+", word)]
    assert {tmp_path / name for name in written} == set(tmp_path.iterdir()) - before
    assert done.out or written or line.startswith("build")
