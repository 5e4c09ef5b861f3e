"""`kg evaluate` as typed, and the script that counts confidences."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

import kg
from kg import lexicon
from kg.cli import main
from kg.evaluation.calibration import rules_in, table
from kg.evaluation.measures import naming_rules

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"


def run(capfd: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    captured = capfd.readouterr()
    return int(ended.value.code or 0), captured.out, captured.err


def test_a_pipe_gets_plain_lines(capfd: pytest.CaptureFixture[str], corpus: kg.Build) -> None:
    code, out, err = run(capfd, "evaluate", CORPUS / "gold", corpus.path)
    assert (code, err) == (0, "")
    assert "\x1b" not in out
    lines = out.splitlines()
    assert lines[0].startswith("The records of 4 documents held against gold. Macro F1 ")
    assert all(line == line.rstrip() for line in lines)
    assert any(line.startswith("Slogan ") for line in lines)
    assert "wrong attributes; --doc, --type, --md or --html list them" in lines[-1]


def test_a_narrower_question_lists_the_cases(capfd: pytest.CaptureFixture[str], corpus: kg.Build) -> None:
    code, out, _ = run(capfd, "evaluate", CORPUS / "gold", corpus.path, "--doc", "004-year-in-review")
    found = kg.evaluate(CORPUS / "gold", corpus, doc="004-year-in-review")
    assert code == 0
    assert found.cases
    for case in found.cases:
        assert case.name in out
        assert case.place is None or f"{case.place.start}-{case.place.end}" in out


def test_json_and_cards(capfd: pytest.CaptureFixture[str], corpus: kg.Build, tmp_path: Path) -> None:
    md, html = tmp_path / "card.md", tmp_path / "card.html"
    arguments = (CORPUS / "gold", corpus.path, "--json", "--seed", 7, "--md", md, "--html", html, "--type", "meeting")
    code, out, err = run(capfd, "evaluate", *arguments)
    found = kg.evaluate(CORPUS / "gold", corpus, type="Meeting", seed=7)
    assert (code, err) == (0, "")
    assert json.loads(out) == json.loads(json.dumps(found.as_dict()))
    assert md.read_text(encoding="utf-8") == found.card("md")
    assert html.read_text(encoding="utf-8") == found.card("html")


@pytest.mark.parametrize(
    ("gold", "message"),
    [
        (None, "the folder holds no gold"),
        ("{", "a.json: line 1, column 2"),
        ('{"doc": "无此文", "entities": []}', "a.json: it is the gold of '无此文'"),
        ('{"doc": "003", "entities": [{"type": "Person", "name": "李某"}]}', "a.json: entry 1 (李某): 'required' is missing"),
    ],
)  # fmt: skip
def test_bad_gold_is_one_line_and_no_traceback(
    capfd: pytest.CaptureFixture[str], corpus: kg.Build, tmp_path: Path, gold: str | None, message: str
) -> None:
    if gold is not None:
        (tmp_path / "a.json").write_text(gold, encoding="utf-8")
    code, out, err = run(capfd, "evaluate", tmp_path, corpus.path)
    assert (code, out) == (2, "")
    assert err.startswith("kg: ")
    assert err.count("\n") == 1
    assert message in err


def test_a_folder_that_is_no_build_and_a_card_that_cannot_be_written(
    capfd: pytest.CaptureFixture[str], corpus: kg.Build, tmp_path: Path
) -> None:
    assert run(capfd, "evaluate", CORPUS / "gold", tmp_path)[0] == 2
    code, _, err = run(capfd, "evaluate", CORPUS / "gold", corpus.path, "--md", tmp_path / "no" / "card.md")
    assert code == 2
    assert err == f"kg: {tmp_path}/no/card.md: cannot be written (no such file or directory); make its folder first\n"


RULES = {row[0]: row for row in lexicon.rows("rules")}


def test_every_rule_in_the_code_has_a_row() -> None:
    assert rules_in(ROOT / "kg" / "extract") - set(RULES) == set()


def test_every_rule_that_reads_something_has_a_row(corpus: kg.Build) -> None:
    read = {item.rule for reading in corpus.readings for entity in reading.entities for item in entity.evidence}
    assert read - set(RULES) == set()


def test_rows_hold_what_their_counts_say() -> None:
    assert list(RULES) == sorted(RULES)
    for name, confidence, right, wrong, description in RULES.values():
        assert float(confidence) == pytest.approx((int(right) + 1) / (int(right) + int(wrong) + 2), abs=5e-4), name
        assert description, name


def test_records_are_as_sure_as_their_best_rule(corpus: kg.Build) -> None:
    for reading in corpus.readings:
        for entity in reading.entities:
            assert entity.confidence == max(float(RULES[rule][1]) for rule in naming_rules(entity))


def test_rule_names_are_read_off_the_source(tmp_path: Path) -> None:
    source = '"""meeting.held is not a rule here, nor is kg.extract."""\nA = "slogan.framed"\nB = A.split(".")[0] + ".again"\n'
    (tmp_path / "quotes.py").write_text(source, encoding="utf-8")
    assert rules_in(tmp_path) == {"slogan.framed", "slogan.again"}


def test_a_rule_without_a_case_is_even_and_one_without_a_description_is_refused() -> None:
    text = table(["a.b", "c.d"], {"c.d": (3, 0)}, {"a.b": "甲", "c.d": "乙"})
    assert text.splitlines()[3:] == ["a.b\t0.500\t0\t0\t甲", "c.d\t0.800\t3\t0\t乙"]
    with pytest.raises(ValueError, match=r"no description of e\.f"):
        table(["e.f"], {}, {})


@pytest.fixture
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("calibrate", ROOT / "scripts" / "calibrate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_script_counts_only_what_it_is_told(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pair = [str(CORPUS / "gold"), str(CORPUS), "--out", str(tmp_path)]
    assert script.main([*pair, "--only", "00[02]-*"]) == 0
    counted = (tmp_path / "calibration.tsv").read_text(encoding="utf-8").splitlines()[2:]
    assert [line.split("\t")[0] for line in counted] == ["000-symposium", "002-party-building"]
    few = (tmp_path / "rules.tsv").read_bytes()
    assert script.main(pair) == 0
    assert (tmp_path / "rules.tsv").read_bytes() != few
    assert capsys.readouterr().err == ""


def test_the_script_names_gold_without_a_text(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.json").write_text('{"doc": "无此文", "entities": []}', encoding="utf-8")
    assert script.main([str(tmp_path), str(CORPUS), "--out", str(tmp_path)]) == 1
    assert "has 0 documents named '无此文'" in capsys.readouterr().err


def test_no_document_that_is_held_out_was_counted() -> None:
    counted = {row[0] for row in lexicon.rows("calibration")}
    tests = {f"t{number:02}" for number in range(1, 67)} | {f"u{number:02}" for number in range(1, 92)}
    assert {doc for doc in counted if doc[0] in "tu"} <= tests


@pytest.mark.parametrize(("width", "columns"), [(None, 9), (200, 9), (80, 8)])
def test_a_narrow_terminal_gets_fewer_columns_and_loses_no_number(
    corpus: kg.Build, width: int | None, columns: int
) -> None:
    from rich.console import Console
    from rich.table import Table

    from kg.evaluation.terminal import renderables

    found = kg.evaluate(CORPUS / "gold", corpus, resamples=20)
    tables = [item for item in renderables(found, cases=False, width=width) if isinstance(item, Table)]
    assert len(tables[0].columns) == columns
    console = Console(width=width or 200)
    with console.capture() as captured:
        console.print(tables[0])
    assert "…" not in captured.get()
    for row in found.of("type"):
        assert f"{row.f1.value:.3f}" in captured.get()
