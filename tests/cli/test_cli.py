import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.cli import FORMATS
from kg.graph import export
from kg.model import TYPES

Run = Callable[..., Any]
KG = [sys.executable, "-c", "from kg.cli import main; main()"]


def rows(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_build_says_what_it_made_and_names_what_failed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "好.txt").write_text("道里区政协召开会议，学习有关精神。", encoding="utf-8")
    (tmp_path / "坏.txt").touch()
    done = run("build", tmp_path, "-o", tmp_path / "out", "--check", "never")
    assert done.code == 1
    assert done.out == ""
    first, second = done.err.splitlines()
    assert first.startswith(f"kg: {tmp_path}/坏.txt: ")
    assert second.startswith("kg: 1 documents read, 1 failed; ")
    assert "shapes: not checked" in second
    assert run("build", tmp_path / "好.txt", "-o", tmp_path / "out", "-q") == (0, "", "")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["build", "{tmp}/nowhere", "-o", "{tmp}/out"], 2, "nowhere: there is no such file or folder"),
        (["build", "{tmp}", "-o", "{tmp}/out"], 2, "holds no documents"),
        (["build", "-o", "{tmp}/out"], 2, "Missing argument"),
        (["facts", "{tmp}/nowhere"], 2, "nowhere: no build is here"),
        (["show", "{built}", "没有这个名字"], 4, "'没有这个名字': no entity has this name"),
        (["facts", "{built}", "--doc", "none"], 4, "none: no document of this build"),
        (["facts", "{built}", "--type", "Slogans"], 2, "'Slogans' is not one of"),
        (["trace", "{built}", "道里区政协", "owners"], 4, "nothing is said of its 'owners'; there is "),
        (["trace", "{built}", "道里区政协", "place", "道外区"], 4, "no such statement about '道外区'; there is 道里区"),
        (["build", "{built}/texts", "-o", "{tmp}/out"], 2, "holds only texts of a build"),
        (["build", "{corpus}", "-o", "{tmp}/out", "--base", "not an IRI/"], 2, "'not an IRI/' is no IRI"),
        (["build", "{corpus}", "-o", "{tmp}/out", "--base", "relative/"], 2, "'relative/' is no IRI"),
        (["build", "{corpus}", "-o", "{tmp}/out", "--decisions", "{tmp}/none"], 2, "none: No such file"),
    ],
)
def test_errors_are_one_line_and_an_exit_code(
    arguments: list[str], code: int, message: str, run: Run, built: Path, tmp_path: Path
) -> None:
    corpus = Path(__file__).resolve().parents[2] / "corpus"
    done = run(*(word.format(tmp=tmp_path, built=built, corpus=corpus) for word in arguments))
    assert done.code == code, done.err
    assert message in done.err
    assert "Traceback" not in done.err
    assert not (tmp_path / "out").exists()
    if code != 2 or "Usage" not in done.err:
        assert len(done.err.splitlines()) == 1


def test_check_holds_a_build_and_finds_what_was_changed(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "甲.txt"
    source.write_text("道里区政协召开会议，学习有关精神。", encoding="utf-8")
    out = tmp_path / "out"
    kg.build(source, out, check="never")
    done = run("check", out)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[1] == "shapes: conforms"
    (out / "texts" / "甲.txt").write_text("道外区政协召开会议，学习有关精神。", encoding="utf-8")
    done = run("check", out)
    assert done.code == 2
    assert "texts/甲.txt: " in done.err
    kg.build(source, out, check="never", fresh=True)
    graph = out / "graph.nq"
    graph.write_bytes(graph.read_bytes()[:-200])
    done = run("check", out)
    assert (done.code, done.out) == (2, "")
    assert "graph.nq: changed since it was built" in done.err


def test_check_never_calls_passed_what_it_could_not_check(
    run: Run, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    done = run("check", built)
    assert done.code == 2
    assert "shapes: NOT CHECKED: pyshacl is not installed" in done.out
    assert "conforms" not in done.out


def test_violations_are_listed_and_have_an_exit_code(run: Run, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.graph.check import CheckReport, Violation

    report = CheckReport("violations", 1, (Violation("slogan/甲", "甲", "has no passage"),))
    monkeypatch.setattr("kg.graph.check.check", lambda *_, **__: report)
    done = run("check", built)
    assert done.code == 3
    assert done.out.splitlines()[1:] == ["shapes: 甲 (slogan/甲) has no passage", "shapes: 1 violations"]
    corpus = Path(__file__).resolve().parents[2] / "corpus" / "004-year-in-review.md"
    assert run("build", corpus, "-o", built.parent / "violating", "-q").code == 3
    assert "1 violations of the shapes" in (built.parent / "violating" / "report.md").read_text(encoding="utf-8")


def test_facts_are_the_reading_records_in_a_stable_order(run: Run, built: Path) -> None:
    facts = rows(run("facts", built).out)
    keys = [
        (
            fact["doc"],
            TYPES.index(fact["type"]),
            min((item["start"] for item in fact["evidence"]), default=-1),
            fact["name"],
        )
        for fact in facts
    ]
    assert keys == sorted(keys)
    opened = kg.open(built)
    texts = {reading.doc: opened.text(reading.doc) for reading in opened.readings}
    assert all(
        texts[fact["doc"]][item["start"] : item["end"]] == item["quote"] for fact in facts for item in fact["evidence"]
    )
    some = rows(run("facts", built, "--doc", "003-work-report", "--type", "slogan", "--min-confidence", "0.1").out)
    assert some == [fact for fact in facts if fact["doc"] == "003-work-report" and fact["type"] == "Slogan"]
    assert some
    assert rows(run("facts", built, "--min-confidence", "1").out) == [fact for fact in facts if fact["confidence"] == 1]


def test_facts_as_csv_and_parquet_hold_the_same(run: Run, built: Path, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    facts = rows(run("facts", built, "--type", "Person").out)
    table = list(csv.DictReader(io.StringIO(run("facts", built, "--type", "Person", "--format", "csv").out)))
    assert [row["name"] for row in table] == [fact["name"] for fact in facts]
    assert [json.loads(row["evidence"]) for row in table] == [fact["evidence"] for fact in facts]
    assert [row["posts"] for row in table] == [
        " | ".join(f"{post['title']}@{post['org']}" if post["org"] else post["title"] for post in fact["posts"])
        for fact in facts
    ]
    assert run("facts", built, "--type", "Person", "--format", "parquet", "-o", tmp_path / "p").code == 0
    columns = pq.read_table(tmp_path / "p").to_pylist()
    assert [row["posts"] for row in columns] == [fact["posts"] for fact in facts]
    assert [row["surfaces"] for row in columns] == [fact["surfaces"] for fact in facts]


def test_show_prints_an_entity_with_its_quotes(run: Run, built: Path) -> None:
    done = run("show", built, "道里区政协")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0].endswith("body/230102/CPPCC")
    assert any(line.startswith("place ") and "district/230102" in line for line in lines)
    assert any("“道里区政协”" in line for line in lines)
    assert (
        run("show", built, "body/230102/CPPCC").out
        == done.out
        == run("show", built, kg.open(built).base + "body/230102/CPPCC").out
    )


def test_show_lists_what_other_records_say_of_it(run: Run, built: Path) -> None:
    opened = kg.open(built)
    profile = opened.show("body/230102/CPPCC")
    lines = run("show", built, profile.id).out.splitlines()
    for relation in {reference.relation for reference in profile.references}:
        subjects = {item.said.subject for item in profile.references if item.relation == relation}
        at = next(number for number, line in enumerate(lines) if line.startswith(f"{relation} ("))
        assert lines[at].endswith(f"({len(subjects)})")
        shown = lines[at + 1 : at + 1 + min(len(subjects), 20)]
        assert all(any(f"  {subject}  " in line for line in shown) for subject in sorted(subjects)[:1])
        assert all(re.search(r"  \d{3}-[a-z-]+ \d+-\d+", line) for line in shown)
    owned = {
        fact["name"]
        for fact in opened.facts(type="Initiative")
        if "道里区政协" in fact["owners"] and "/230102/" in fact["id"]
    }
    assert owned
    assert owned <= {item.name for item in profile.references if item.relation == "initiatives"}
    assert any(
        line.startswith("bodies (") for line in run("show", built, "道里区", "--type", "District").out.splitlines()
    )


def test_show_prints_no_passage_twice(run: Run, built: Path) -> None:
    lines = run("show", built, "body/230102/CPPCC").out.splitlines()
    passages = [line for line in lines if re.search(r" \d+-\d+  “", line)]
    assert passages
    assert len(passages) == len(set(passages))
    kind = lines.index("kind       CPPCC")
    assert not re.search(r" \d+-\d+  “", lines[kind + 1])


def test_show_lists_what_a_name_may_mean(run: Run, built: Path) -> None:
    done = run("show", built, "政协", "--type", "District")
    assert (done.code, done.out) == (4, "")
    done = run("show", built, "里区", "--type", "Organisation")
    assert done.code == 4
    assert "give one of these identities, or --type" in done.err
    assert all("  Organisation  body/" in line for line in done.out.splitlines())
    assert len(done.out.splitlines()) > 1


def test_trace_prints_passages_and_a_citation(run: Run, built: Path) -> None:
    done = run("trace", built, "道里区政协", "kg:jurisdiction")
    assert done.code == 4
    done = run("trace", built, "道里区政协", "place", "道里区")
    lines = done.out.splitlines()
    assert lines[0] == "body/230102/CPPCC place 道里区"
    assert lines[1].split()[:2] == ["document", "000-symposium"]
    assert "rule" in lines[1]
    assert "【" in lines[2]
    assert "[N]. " in lines[3]
    assert "@misc{000-symposium," in run("trace", built, "道里区政协", "place", "--cite", "bibtex").out


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_is_written(format: str, run: Run, built: Path, tmp_path: Path) -> None:
    assert run("export", built, "--format", format, "-o", tmp_path / "out") == (0, "", "")
    assert (tmp_path / "out").exists()


@pytest.mark.parametrize("format", [format for format in FORMATS if format != "csv"])
def test_a_text_format_goes_to_standard_output(format: str, run: Run, built: Path, tmp_path: Path) -> None:
    run("export", built, "--format", format, "-o", tmp_path / "out")
    done = run("export", built, "--format", format, "-o", "-")
    assert (done.code, done.out, done.err) == (0, (tmp_path / "out").read_text(encoding="utf-8"), "")


def test_two_tables_do_not_go_to_standard_output(run: Run, built: Path) -> None:
    done = run("export", built, "--format", "csv", "-o", "-")
    assert (done.code, done.out) == (2, "")
    assert "CSV is two tables" in done.err


def test_parquet_is_not_sent_to_a_terminal(run: Run, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    for out in ([], ["-o", "-"]):
        done = run("facts", built, "--format", "parquet", *out)
        assert (done.code, done.out) == (2, "")
        assert "Parquet is binary" in done.err


@pytest.mark.skipif(sys.platform != "linux", reason="the limit on the size of files is set as Linux does")
@pytest.mark.parametrize("format", ["jsonl", "csv", "parquet"])
def test_facts_on_a_full_disk_name_the_file_and_keep_the_old_one(format: str, built: Path, tmp_path: Path) -> None:
    code = "import resource; from kg.cli import main; resource.setrlimit(resource.RLIMIT_FSIZE, (999, 999)); main()"
    out = tmp_path / "facts"
    out.write_text("old", encoding="utf-8")
    arguments = ["facts", str(built), "--format", format, "-o", str(out)]
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert done.stderr == f"kg: {out}: cannot be written (file too large); free some space or write elsewhere\n"
    assert out.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("verb", ["build", "facts"])
@pytest.mark.parametrize("number", ["nan", "-0.1", "1.1", "half"])
def test_a_confidence_is_a_number_from_0_to_1(verb: str, number: str, run: Run, built: Path, tmp_path: Path) -> None:
    rest = ["-o", tmp_path / "out"] if verb == "build" else []
    done = run(verb, built, "--min-confidence", number, *rest)
    assert done.code == 2
    assert "Invalid value for '--min-confidence'" in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_larger_document_is_read_with_a_limit(run: Run, tmp_path: Path) -> None:
    (tmp_path / "大.txt").write_text("道里区政协召开会议，学习有关精神。" + " " * (17 << 20), encoding="utf-8")
    arguments = ("build", tmp_path / "大.txt", "-o", tmp_path / "out", "-q", "--check", "never")
    done = run(*arguments)
    assert done.code == 2
    assert "more than the limit of 16.0 MB; split it, or read it with --limit 18" in done.err
    assert run(*arguments, "--limit", "18") == (0, "", "")


def test_a_decision_about_what_no_record_has_is_a_warning(run: Run, tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("道里区政协召开会议，学习有关精神。", encoding="utf-8")
    decisions = tmp_path / "decisions.txt"
    decisions.write_text("# why\nreject 没有这个名字\nrename slogan/没有 有\n", encoding="utf-8")
    done = run("build", tmp_path / "甲.txt", "-o", tmp_path / "out", "-q", "--decisions", decisions, "--check", "never")
    assert done.code == 0
    assert done.err.splitlines() == [
        f"kg: warning: {decisions}: line 2: no record has '没有这个名字'; `kg facts` prints names and identities",
        f"kg: warning: {decisions}: line 3: no record has 'slogan/没有'; `kg facts` prints names and identities",
    ]
    assert "line 2: no record has '没有这个名字'" in (tmp_path / "out" / "report.md").read_text(encoding="utf-8")


def test_the_formats_offered_are_the_formats_there_are() -> None:
    assert sorted(FORMATS) == sorted(export.FORMATS)


def test_standard_input_is_a_document(tmp_path: Path) -> None:
    text = "道里区政协召开会议，学习有关精神。".encode("gb18030")
    subprocess.run([*KG, "build", "-", "-o", tmp_path / "out", "--check", "never", "-q"], input=text, check=True)
    (reading,) = kg.open(tmp_path / "out").readings
    assert (reading.doc, reading.path, reading.encoding) == ("stdin", "-", "gb18030")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes as POSIX has them")
@pytest.mark.parametrize(
    "arguments",
    [["facts"], ["facts", "--format", "csv"], ["trace", "哈尔滨市政协"], ["export", "--format", "nq", "-o", "-"]],
)
def test_a_reader_that_goes_away_is_no_error(arguments: list[str], built: Path) -> None:
    verb, *rest = arguments
    process = subprocess.Popen([*KG, verb, built, *rest], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(20) == 0


@pytest.mark.parametrize("locale", ["C", "POSIX", "zh_CN.GB18030"])
def test_what_a_pipe_gets_is_utf8_in_every_locale(locale: str, built: Path) -> None:
    environment = os.environ | {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run([*KG, "facts", built, "--type", "District"], env=environment, capture_output=True, check=True)
    assert "道里区" in done.stdout.decode("utf-8")


def test_help_and_version(run: Run) -> None:
    done = run("--help")
    assert [line.split()[0] for line in done.out.partition("Commands:")[2].split("\n") if line] == [
        "build", "check", "report", "facts", "show", "trace", "ask", "query", "serve", "explore", "analyse", "export", "evaluate",
    ]  # fmt: skip
    assert run("--version").out.startswith("kg, version ")
    for verb in (
        "build",
        "check",
        "report",
        "facts",
        "show",
        "trace",
        "query",
        "serve",
        "explore",
        "analyse",
        "export",
    ):
        assert run(verb, "--help").code == 0
