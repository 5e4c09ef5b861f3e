"""docs/methods.md says what each measure means; it and the registry stay in step."""

from __future__ import annotations

import re
import warnings
from contextlib import suppress
from pathlib import Path

import numpy
import pytest

import kg
from kg.analyse import measures

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "methods.md").read_text(encoding="utf-8")
SECTIONS = {
    name: " ".join(words.split())
    for name, words in re.findall(r"^### `([^`]+)`\n(.*?)(?=^##|\Z)", PAGE, flags=re.MULTILINE | re.DOTALL)
}


def test_the_page_has_a_section_for_each_and_for_nothing_else() -> None:
    assert sorted(SECTIONS) == sorted(measures())


@pytest.mark.parametrize("name", measures())
def test_a_section_says_what_it_means_assumes_and_is_not_for(name: str) -> None:
    one = measures()[name]
    section = SECTIONS[name]
    assert section.startswith(f"{one.title_zh} · {one.title_en} · Source: {one.source}")
    assert [word for word in ("**Means", "**Assumes", "**Not for") if word not in section] == []


def test_the_example_runs(sample: kg.Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = re.search(r"^```python\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)
    assert code is not None
    monkeypatch.chdir(tmp_path)
    (tmp_path / "BUILD").symlink_to(sample.path)
    exec(code[1], {})
    assert {path.name for path in tmp_path.iterdir()} == {"BUILD", "network.gexf", "network.svg"}


@pytest.mark.parametrize("line", re.findall(r"^kg (analyse BUILD.*?) *(?:#.*)?$", PAGE, flags=re.MULTILINE))
def test_the_commands_of_the_page_run(
    sample: kg.Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    from kg.cli import main

    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main([str(sample.path) if word == "BUILD" else word for word in line.split()])
    assert not ended.value.code


def test_the_page_names_the_measures_without_a_figure() -> None:
    found = re.search(r"No `--plot`: (.*?);", PAGE, flags=re.DOTALL)
    assert found is not None
    assert re.findall(r"`([\w-]+)`", found[1]) == [
        name for name, one in measures().items() if one.kind == "measure" and not one.plot
    ]


def test_the_regression_runs_or_ends_as_the_page_says(sample: kg.Build) -> None:
    import kg.analyse

    code = re.search(r"^```python\n(import statsmodels.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)
    assert code is not None
    names = {"kg": kg, "build": sample}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it does not converge
        with suppress(numpy.linalg.LinAlgError):
            exec(code[1], names)
    assert "seen" in names
