"""The notebooks run from top to bottom, on the sample corpus and on real articles, and keep to public names."""

from __future__ import annotations

import ast
import re
import warnings
from pathlib import Path

import pytest

import kg

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
ALLOWED = {"kg", "kg.analyse", "os", "pandas"}
"""What a notebook may import: the package, and what every notebook has at hand."""


def source(path: Path) -> list[str]:
    """The code of a notebook, cell by cell, without magics."""
    import nbformat

    cells = nbformat.read(path, as_version=4).cells
    return [re.sub(r"^%.*$", "", cell.source, flags=re.MULTILINE) for cell in cells if cell.cell_type == "code"]


def execute(path: Path, build: Path, monkeypatch: pytest.MonkeyPatch, gold: Path) -> str:
    """Run a notebook on a build; what it printed and showed as text."""
    import nbformat
    from nbclient import NotebookClient

    monkeypatch.setenv("KG_BUILD", str(build))
    monkeypatch.setenv("KG_GOLD", str(gold))
    book = nbformat.read(path, as_version=4)
    with warnings.catch_warnings():
        # Jupyter's own, about event loops and paths; what our code warns of stays in the kernel.
        warnings.simplefilter("ignore")
        client = NotebookClient(
            book, timeout=240, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
        )
        client.execute()
    outputs = [output for cell in book.cells if cell.cell_type == "code" for output in cell.outputs]
    assert [output for output in outputs if output.output_type == "stream" and output.name == "stderr"] == []
    return "\n".join(
        str(output.get("text", "")) + str(output.get("data", {}).get("text/plain", "")) for output in outputs
    )


@pytest.fixture(scope="session")
def sample_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("notebooks") / "corpus"
    kg.build(ROOT / "corpus", out, check="never")
    return out


@pytest.fixture(scope="session")
def real_build(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("notebooks") / "articles"
    kg.build(shared / "articles", out, check="never")
    return out


SEEN = {
    "1-tour": "quotes stand where their offsets say",
    "2-slogans": "pairs share more than chance would give",
    "3-officials": "part of",
    "4-initiatives": "初",
    "5-quality": "stability",
    "6-sparql": "refused: SERVICE asks another server",
}
"""Words that come out at the end of each, on any build."""


def test_there_are_the_notebooks_that_are_tested() -> None:
    assert [path.stem for path in NOTEBOOKS] == sorted(SEEN)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: str(path.stem))
def test_it_runs_on_the_sample_corpus(path: Path, sample_build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert SEEN[path.stem] in execute(path, sample_build, monkeypatch, ROOT / "corpus" / "gold")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: str(path.stem))
def test_it_runs_on_real_articles(path: Path, real_build: Path, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert SEEN[path.stem] in execute(path, real_build, monkeypatch, shared / "gold")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: str(path.stem))
def test_it_is_committed_without_outputs(path: Path) -> None:
    import nbformat

    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    assert [cell.id for cell in book.cells] == [f"cell-{number:02}" for number in range(1, len(book.cells) + 1)]
    assert all(not cell.outputs and cell.execution_count is None for cell in book.cells if cell.cell_type == "code")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: str(path.stem))
def test_it_uses_public_names_only(path: Path) -> None:
    for cell in source(path):
        for node in ast.walk(ast.parse(cell)):
            if isinstance(node, ast.Import):
                assert {alias.name for alias in node.names} <= ALLOWED
            elif isinstance(node, ast.ImportFrom):
                assert node.module in ALLOWED
            elif isinstance(node, ast.Attribute):
                assert not node.attr.startswith("_")
