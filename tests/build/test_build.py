import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from kg.builds import manifest as manifests
from kg.model import Reader

Snapshot = Callable[[Path], dict[str, bytes]]
CORPUS = Path(__file__).resolve().parents[2] / "corpus"


def test_a_build_holds_everything(texts: Path, tmp_path: Path, reader: Reader, snapshot: Snapshot) -> None:
    with kg.build(texts, tmp_path / "out", reader=reader, check="never") as build:
        assert [reading.doc for reading in build.readings] == ["丙", "乙", "甲"]
        assert len(build.dataset) > 0
    assert sorted(snapshot(tmp_path / "out")) == [
        "graph.nq", "graph.ttl", "links.json", "manifest.json",
        "readings/丙.json", "readings/乙.json", "readings/甲.json",
        "report.md", "texts/丙.txt", "texts/乙.txt", "texts/甲.txt",
    ]  # fmt: skip
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    lines = (tmp_path / "out" / "graph.nq").read_bytes().splitlines()
    assert lines == sorted(set(lines))


def test_nothing_is_stated_as_checked_that_was_not(texts: Path, tmp_path: Path, reader: Reader) -> None:
    build = kg.build(texts, tmp_path / "out", reader=reader, check="never")
    assert build.manifest.check["status"] == "not checked"
    report = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert report.count("NOT CHECKED") == 2
    assert "conforms" not in report


def test_a_quote_that_does_not_stand_fails_the_build(
    texts: Path, tmp_path: Path, reader: Reader, wrong_reader: Reader, snapshot: Snapshot
) -> None:
    kg.build(texts, tmp_path / "out", reader=reader, check="never")
    before = snapshot(tmp_path / "out")
    with pytest.raises(
        kg.EvidenceError,
        match=r"丙\.txt: offsets 4-9: the rule test\.word .* quotes '道里区政协' but the text has '里区政协",
    ):
        kg.build(texts, tmp_path / "out", reader=wrong_reader, check="never", fresh=True)
    assert snapshot(tmp_path / "out") == before


def test_text_is_kept_exactly_as_read(tmp_path: Path, reader: Reader) -> None:
    text = "道里区政协\r\n\r\n委员\t走基层\u3000。\r道里区政协召开会议。"
    source = tmp_path / "a.txt"
    source.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert kg.build(source, tmp_path / "out", reader=reader, check="never").text("a") == text


def run(arguments: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    code = "import kg.builds.reading as r; r.WORTH = 0; from kg.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=os.environ | environment,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )


def test_the_same_input_gives_the_same_bytes(tmp_path: Path, snapshot: Snapshot) -> None:
    files = sorted(str(path) for path in CORPUS.glob("0*.md"))
    found = []
    for number, (order, jobs, environment) in enumerate(
        [
            (files, "1", {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC"}),
            (files[::-1], "2", {"PYTHONHASHSEED": "2", "LC_ALL": "zh_CN.GB18030", "TZ": "Asia/Shanghai"}),
        ]
    ):
        out = tmp_path / str(number)
        done = run(["build", *order, "-o", str(out), "--jobs", jobs, "--check", "never"], **environment)
        assert done.returncode == 0, done.stderr
        found.append(snapshot(out))
    assert found[0] == found[1]


def test_unchanged_readings_are_taken_over_and_give_the_same_bytes(
    texts: Path, tmp_path: Path, reader: Reader, snapshot: Snapshot
) -> None:
    class Counting(type(reader)):  # type: ignore[misc]
        read_docs: list[str] = []  # noqa: RUF012  # because one list for all instances is what is counted

        def read(self, document: kg.Document) -> kg.Reading:
            self.read_docs.append(document.stem)
            return super().read(document)  # type: ignore[no-any-return]

    out = tmp_path / "out"
    kg.build(texts, out, reader=Counting(), check="never")
    (texts / "乙.txt").write_text("道里区政协另开一会，讨论有关事项。", encoding="utf-8")
    (texts / "丁.txt").write_text("道里区政协又开一会，讨论有关事项。", encoding="utf-8")
    (texts / "甲.txt").unlink()
    kg.build(texts, out, reader=Counting(), check="never")
    assert Counting.read_docs == ["丙", "乙", "甲", "丁", "乙"]
    kg.build(texts, tmp_path / "fresh", reader=reader, check="never", fresh=True)
    assert snapshot(out) == snapshot(tmp_path / "fresh")


@pytest.mark.parametrize("damaged", ["readings/丙.json", "texts/丙.txt", "manifest.json"])
def test_a_damaged_build_is_not_taken_over(
    damaged: str, texts: Path, tmp_path: Path, reader: Reader, snapshot: Snapshot
) -> None:
    out = tmp_path / "out"
    kg.build(texts, out, reader=reader, check="never")
    before = snapshot(out)
    path = out / damaged
    path.write_bytes(path.read_bytes().replace("道里".encode(), "道外".encode()).replace(b'"code": "', b'"code": "0'))
    with pytest.raises(kg.BuildError) if damaged != "manifest.json" else pytest.MonkeyPatch.context():
        kg.open(out).verify()
    kg.build(texts, out, reader=reader, check="never")
    assert snapshot(out) == before


def test_the_manifest_knows_no_time_and_no_machine(texts: Path, tmp_path: Path, reader: Reader) -> None:
    kg.build(texts, tmp_path / "out", reader=reader, check="never")
    data = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert data["format"] == manifests.FORMAT
    assert data["files"]["graph.nq"] == manifests.file_digest(tmp_path / "out" / "graph.nq")
    assert list(data) == [
        "format", "version", "base", "reader", "dependencies", "options", "documents", "failed", "graph", "check",
        "files",
    ]  # fmt: skip


def test_decisions_and_confidence_shape_the_graph_not_the_readings(texts: Path, tmp_path: Path, reader: Reader) -> None:
    decisions = tmp_path / "decisions.txt"
    decisions.write_text("rename 道里区政协 政协道里区委员会\n", encoding="utf-8")
    build = kg.build(texts, tmp_path / "out", reader=reader, decisions=decisions, check="never")
    assert build.show("body/230102/CPPCC").name == "政协道里区委员会"
    assert {fact["name"] for fact in build.facts()} == {"道里区政协"}
    assert '"政协道里区委员会"' in (tmp_path / "out" / "graph.nq").read_text(encoding="utf-8")
    decisions.write_text("reject 道里区政协\n", encoding="utf-8")
    build = kg.build(texts, tmp_path / "out", reader=reader, decisions=decisions, check="never")
    assert not list(build.entities())
    assert len(list(build.facts())) == 3
    build = kg.build(texts, tmp_path / "out", reader=reader, base="https://example.org/", check="never")
    assert {fact["id"] for fact in build.facts()} == {"https://example.org/body/230102/CPPCC"}
