"""The page of the questions says what the questions say."""

from __future__ import annotations

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import kg
from kg.ask import ask, questions

ROOT = Path(__file__).resolve().parents[2]


def script() -> ModuleType:
    spec = spec_from_file_location("build_questions_page", ROOT / "scripts" / "build_questions_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_written_from_the_headers() -> None:
    page = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
    assert page == script().page()
    assert all(f"`{question.name}`" in page for question in questions())


def test_the_example_of_the_page_runs(corpus: kg.Build, tmp_path: Path) -> None:
    """001: 五常蓝天救援队 stands in 五常市."""
    page = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
    found = re.search(r"```sparql\n(.*?)```", page, re.DOTALL)
    assert found
    (tmp_path / "bodies.rq").write_text(found[1], encoding="utf-8")
    answer = ask(corpus, "bodies", questions_dir=tmp_path, place="五常市", quotes=True)
    assert ("五常蓝天救援队", "Rescue") in {(str(body), kind) for body, kind in answer.rows}
    assert answer.quotes is not None
    assert all(answer.quotes)
