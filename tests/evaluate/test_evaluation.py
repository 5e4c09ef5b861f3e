"""A whole build against whole gold: the published scorer's numbers, and what each command shows."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.evaluation.result import Evaluation, Row
from kg.model import TYPES
from kg.readings import facts

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"
SETS = {"corpus": (CORPUS / "gold", CORPUS), "texts": (ROOT / "tests/gold/gold", ROOT / "tests/gold/texts")}
ATTRIBUTES = {"posts": "@post", "org": "@figure-org"}
"""What the published scorer calls some attributes."""


def numbers(row: Row) -> dict[str, Any]:
    own = row.counts
    return {
        "tp": own.right, "fn": own.missed, "fp": own.extra, "opt": own.optional, "dup": own.repeated,
        "P": own.precision, "R": own.recall, "F1": own.f1 or 0.0,
    }  # fmt: skip


def published(tool: Path, gold: Path, records: Path) -> dict[str, dict[str, Any]]:
    command = [sys.executable, str(tool), str(gold), str(records), "--json"]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    found: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", [*SETS, "articles"])
def test_every_number_is_that_of_the_published_scorer(name: str, shared: Path, tmp_path: Path) -> None:
    gold, texts = SETS.get(name, (shared / "gold", shared / "articles"))
    build = kg.build(texts, tmp_path / "out", check="never")
    records = tmp_path / "facts.jsonl"
    lines = (json.dumps(record, ensure_ascii=False) for record in build.facts())
    records.write_text("\n".join(lines), encoding="utf-8")
    wanted = published(shared / "tools" / "score.py", gold, records)
    found = kg.evaluate(gold, build, resamples=2)
    ours = {row.name: numbers(row) for row in found.of("type")}
    ours |= {ATTRIBUTES.get(row.name, f"@{row.name}"): numbers(row) for row in found.of("attribute")}
    assert ours == {name: row for name, row in wanted.items() if name != "macro"}
    assert found.macro.value == pytest.approx(wanted["macro"]["F1"], abs=1e-12)


def test_the_same_gold_as_the_facts_finds_everything(corpus: kg.Build, tmp_path: Path) -> None:
    """Records turned into gold are found in full: nothing missed, nothing too many, every attribute right."""
    for reading in corpus.readings:
        rows = [_entry(record) for record in facts([reading])]
        gold = {"doc": reading.doc, "entities": rows}
        (tmp_path / f"{reading.doc}.json").write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
    found = kg.evaluate(tmp_path, corpus, resamples=2)
    assert found.cases == ()
    assert found.macro.value == 1.0


def _entry(record: dict[str, Any]) -> dict[str, Any]:
    dropped = {"doc", "id", "confidence", "evidence", *({"name", "surfaces"} if record["type"] == "Figure" else ())}
    return {name: value for name, value in record.items() if name not in dropped} | {"required": True}


def test_what_an_evaluation_holds(evaluation: Evaluation, corpus: kg.Build) -> None:
    setting = evaluation.setting
    assert setting.documents == ("000-symposium", "001-new-journey", "002-party-building", "004-year-in-review")
    assert setting.unmeasured == ("003-work-report",)
    assert setting.resampled == "entities within documents"
    assert setting.same_code
    assert [row.name for row in evaluation.of("type")] == list(TYPES)
    assert [row.name for row in evaluation.of("document")] == list(setting.documents)
    whole, (total,) = evaluation.of("type"), evaluation.of("all")
    assert total.counts.right == sum(row.counts.right for row in whole)
    assert total.counts.right + total.counts.missed == setting.required
    found = sum(row.counts.right + row.counts.optional + row.counts.extra for row in whole)
    assert evaluation.reliability.records == found
    assert sum(bin.records for bin in evaluation.reliability.bins) == found
    for row in evaluation.rows:
        for estimate in (row.precision, row.recall, row.f1):
            if estimate.low is not None and estimate.high is not None:
                assert 0 <= estimate.low <= estimate.high <= 1


def test_cases_stand_where_they_say(evaluation: Evaluation, corpus: kg.Build) -> None:
    assert {case.what for case in evaluation.cases} == {"missed", "extra", "attribute"}
    for case in evaluation.cases:
        assert case.place is None or case.place.quote == corpus.text(case.doc)[
            case.place.start : case.place.end
        ].replace("\n", "⏎")
        assert (case.confidence is None) == (case.what == "missed")
        assert bool(case.rules) == (case.what != "missed")
    counts = evaluation.of("all")[0].counts
    assert sum(case.what == "missed" for case in evaluation.cases) == counts.missed
    assert sum(case.what == "extra" for case in evaluation.cases) == counts.extra


def test_one_document_and_one_type(evaluation: Evaluation, corpus: kg.Build) -> None:
    doc = kg.evaluate(CORPUS / "gold", corpus, doc="001-new-journey", resamples=20)
    assert doc.of("document")[0].counts == evaluation.of("document")[1].counts
    assert {case.doc for case in doc.cases} <= {"001-new-journey"}
    slogans = kg.evaluate(CORPUS / "gold", corpus, type="Slogan", resamples=20)
    assert [row.counts for row in slogans.of("type")] == [
        row.counts for row in evaluation.of("type") if row.name == "Slogan"
    ]
    assert {row.name for row in slogans.of("attribute")} == {"users", "components"}
    with pytest.raises(kg.GoldError, match="no gold of '999'"):
        kg.evaluate(CORPUS / "gold", corpus, doc="999")


def test_the_same_evaluation_twice_is_equal_and_another_seed_moves_the_ends(corpus: kg.Build) -> None:
    first, again, other = (kg.evaluate(CORPUS / "gold", corpus, seed=seed, resamples=50) for seed in (0, 0, 1))
    assert first == again
    assert first.card("html") == again.card("html")
    assert first.macro.value == other.macro.value
    assert first.macro != other.macro


def test_five_documents_are_resampled_as_documents(tmp_path: Path, corpus: kg.Build) -> None:
    for source in sorted((CORPUS / "gold").glob("*.json")):
        (tmp_path / source.name).write_bytes(source.read_bytes())
    empty = {"doc": "003-work-report", "entities": []}
    (tmp_path / "003.json").write_text(json.dumps(empty), encoding="utf-8")
    assert kg.evaluate(tmp_path, corpus, resamples=5).setting.resampled == "documents"


@pytest.mark.parametrize(
    ("doc", "message"),
    [("999", "999.json: it is the gold of '999', and .* has no such document"), ("00", "'00'.*may be 000-symposium, ")],
)
def test_gold_of_a_document_that_is_not_in_the_build(tmp_path: Path, corpus: kg.Build, doc: str, message: str) -> None:
    (tmp_path / f"{doc}.json").write_text(json.dumps({"doc": doc, "entities": []}), encoding="utf-8")
    with pytest.raises(kg.GoldError, match=message):
        kg.evaluate(tmp_path, corpus)


def test_gold_may_name_a_document_by_its_beginning_but_not_twice(tmp_path: Path, corpus: kg.Build) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"doc": "003", "entities": []}), encoding="utf-8")
    assert kg.evaluate(tmp_path, corpus, resamples=2).setting.documents == ("003-work-report",)
    (tmp_path / "b.json").write_text(json.dumps({"doc": "003-w", "entities": []}), encoding="utf-8")
    with pytest.raises(kg.GoldError, match="already the gold of '003-work-report'"):
        kg.evaluate(tmp_path, corpus)


def test_the_table(evaluation: Evaluation) -> None:
    table = evaluation.table
    assert list(table.columns[:8]) == ["level", "name", "right", "missed", "extra", "optional", "repeated", "precision"]
    assert len(table) == len(evaluation.rows)
    figures = table[(table.level == "type") & (table.name == "Figure")].iloc[0]
    assert figures.right == next(row.counts.right for row in evaluation.of("type") if row.name == "Figure")


def test_json_holds_everything(evaluation: Evaluation) -> None:
    data = json.loads(json.dumps(evaluation.as_dict(), allow_nan=False))
    assert len(data["cases"]) == len(evaluation.cases)
    assert data["setting"]["documents"] == list(evaluation.setting.documents)


def test_confidence_threshold_leaves_out_the_less_sure(corpus: kg.Build) -> None:
    everything = list(corpus.facts())
    sure = [record for record in everything if record["confidence"] >= 0.9]
    assert 0 < len(sure) < len(everything)
    assert list(corpus.facts(min_confidence=0.9)) == sure


HOSTILE = "<script>alert('甲')</script> |*_[x](y) & \u202e\x07"


@pytest.fixture
def hostile(evaluation: Evaluation) -> Evaluation:
    case = next(case for case in evaluation.cases if case.what == "extra" and case.place)
    assert case.place
    place = replace(case.place, quote=HOSTILE, before=HOSTILE, section=HOSTILE)
    bad = replace(case, name=HOSTILE, place=place, rules=(HOSTILE,), doc=HOSTILE)
    setting = replace(evaluation.setting, gold=HOSTILE, build=HOSTILE)
    return replace(evaluation, cases=(bad, replace(bad, what="attribute", given=HOSTILE)), setting=setting)


class TestCard:
    def test_page_is_self_contained_and_escapes_what_it_shows(self, hostile: Evaluation) -> None:
        page = hostile.card("html")
        assert "<script" not in page
        assert "&lt;script&gt;alert(&#x27;甲&#x27;)&lt;/script&gt;" in page
        assert "\u202e" not in page
        assert "\x07" not in page
        assert "http://" not in page
        assert "https://" not in page
        assert "src=" not in page
        assert "prefers-color-scheme: dark" in page
        assert "@media print" in page

    def test_page_is_well_formed(self, evaluation: Evaluation, hostile: Evaluation) -> None:
        from html.parser import HTMLParser

        empty = {"meta"}

        class Balance(HTMLParser):
            def __init__(self) -> None:
                super().__init__()
                self.open: list[str] = []

            def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
                if tag not in empty:
                    self.open.append(tag)

            def handle_endtag(self, tag: str) -> None:
                assert self.open.pop() == tag

        for page in (evaluation.card("html"), hostile.card("html")):
            parser = Balance()
            parser.feed(page)
            parser.close()
            assert parser.open == []

    def test_markdown_reads_nothing_in_what_it_shows(self, hostile: Evaluation) -> None:
        text = hostile.card("md")
        assert "\\<script\\>alert('甲')\\</script\\> \\|\\*\\_\\[x\\](y) &" in text
        assert "\u202e" not in text

    @pytest.mark.parametrize("format", ["md", "html"])
    def test_card_names_what_it_measures_and_its_limits(self, evaluation: Evaluation, format: Any) -> None:
        card = evaluation.card(format)
        setting = evaluation.setting
        for words in (
            setting.graph_sha256[:16],
            setting.gold_sha256[:16],
            f"tifa-kg {setting.version}",
            f"{setting.required:,} required",
            "1,000 resamples of entities within documents",
            "What these numbers may not be used for",
            "Fewer than 20 required entries",
            *setting.documents,
        ):
            assert words in card
        for case in evaluation.cases:
            assert case.place is None or f"{case.place.start}–{case.place.end}" in card
