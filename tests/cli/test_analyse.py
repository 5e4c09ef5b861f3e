"""`kg analyse`: what it lists, prints, writes and refuses."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
import pytest

import kg
import kg.analyse
from kg.analyse import export, measures, printed

Run = Callable[..., Any]


def test_without_a_measure_all_are_listed(run: Run, built: Path) -> None:
    done = run("analyse", built)
    assert done.code == 0
    assert [line.split("\t")[1] for line in done.out.splitlines()] == sorted(
        measures(), key=lambda name: measures()[name].kind != "projection"
    )
    assert "projection\tbodies-slogans\t机构—提法\tBodies and the slogans they use" in done.out


@pytest.mark.parametrize("name", measures())
def test_help_of_each_names_its_columns_and_source(run: Run, built: Path, name: str) -> None:
    done = run("analyse", built, name, "--help")
    assert done.code == 0
    one = measures()[name]
    words = " ".join(done.out.split())
    assert one.title_zh in words
    for column, meaning in one.columns.items():
        assert f"{column}: {' '.join(meaning.split())}" in words
    for option in one.options:
        assert f"--{option.name.replace('_', '-')}" in words
    if one.cuts:
        assert all(f"{flag} " in words for flag in ("--since", "--until", "--level", "--place"))


def test_table_csv_tsv_json_and_markdown_hold_the_same_rows(run: Run, built: Path) -> None:
    given = {format: run("analyse", built, "district-slogans", "--format", format) for format in ("table", "csv", "tsv", "json", "md")}  # fmt: skip
    assert {done.code for done in given.values()} == {0}
    with kg.open(built) as build:
        frame = kg.analyse.district_slogans(build)
    rows = list(csv.DictReader(io.StringIO(given["csv"].out)))
    assert [row["words"] for row in rows] == list(frame.words)
    assert list(csv.DictReader(io.StringIO(given["tsv"].out), delimiter="\t")) == rows
    records = [json.loads(line) for line in given["json"].out.splitlines()]
    assert [row["documents"] for row in records] == list(frame.documents)
    assert isinstance(records[0]["national"], bool)
    assert len(given["md"].out.splitlines()) == len(frame) + 2
    assert given["table"].out.splitlines()[1].split("\t")[:2] == ["230100", "哈尔滨市"]


def test_options_and_cuts_reach_the_measure(run: Run, built: Path) -> None:
    done = run("analyse", built, "district-slogans", "--level", "county", "--place", "哈尔滨市", "--since", "2022", "--until", "2022", "--scope", "national", "--format", "json")  # fmt: skip
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert rows
    assert {row["level"] for row in rows} == {"county"}
    assert {row["national"] for row in rows} == {True}
    assert {row["first"] for row in rows} == {"2022"}


@pytest.mark.parametrize("suffix", export.SUFFIXES)
def test_a_projection_is_exported_and_read_again(run: Run, built: Path, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"network{suffix}"
    assert run("analyse", built, "districts-shared-formulae", "--export", out).code == 0
    with kg.open(built) as build:
        graph = kg.analyse.districts_shared_formulae(build)
    if suffix == ".csv":
        with out.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert {(row["source"], row["target"], row["weight"]) for row in rows} == {
            (*sorted(pair), str(graph.edges[pair]["weight"])) for pair in graph.edges
        }
        return
    read = nx.read_graphml(out) if suffix == ".graphml" else nx.read_gexf(out)
    assert set(read) == set(graph)
    for pair in graph.edges:
        assert read.edges[pair]["weight"] == graph.edges[pair]["weight"]
        assert read.edges[pair]["shared"] == graph.edges[pair]["shared"]
    assert read.nodes["district/230102"]["level"] == "county"
    if suffix == ".graphml":
        assert read.graph["citation"] == graph.graph["citation"]


@pytest.mark.parametrize("arguments", [("slogan-co-use", "--export"), ("communities", "--format", "csv", "-o"), ("documents-cited", "--export")])  # fmt: skip
def test_the_same_bytes_under_any_hash_seed(built: Path, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    written = []
    for seed in ("1", "2"):
        out = tmp_path / f"{seed}.graphml"
        command = [sys.executable, "-m", "kg.cli", "analyse", str(built), *arguments, str(out)]
        code = "import sys; from kg.cli import main; main(sys.argv[1:])"
        command[1:3] = ["-c", code]
        subprocess.run(command, check=True, env={"PYTHONHASHSEED": seed})
        written.append(out.read_bytes())
    assert written[0] == written[1]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("centralty",), 4, "kg: 'centralty' is no measure and no projection; did you mean centrality?"),
        (("slogan-co-use", "--since", "2031"), 2, "kg: the build states no use of a slogan by a body within the cut (since 2031); widen the cut"),
        (("slogan-co-use", "--place", "乌有县"), 4, "kg: '乌有县' is no district of this build"),
        (("slogan-co-use", "--export", "x.dot"), 2, "kg: x.dot: no such format; let the name end in .graphml, .gexf, .csv"),
        (("adoption", "--plot", "nowhere/x.png"), 2, "kg: nowhere/x.png: cannot be written (no such file or directory); make its folder first"),
        (("communities", "--runs", "1"), 2, "kg: one seed tells nothing of stability"),
        (("communities", "--projection", "nothing"), 2, "'nothing' is not one of"),
        (("district-slogans", "--level", "canton"), 2, "'canton' is not one of"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_in_one_line(
    run: Run, built: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    done = run("analyse", built, *arguments)
    assert (done.code, done.out) == (code, "")
    assert words in done.err


def test_a_folder_without_a_build_is_refused(run: Run, tmp_path: Path) -> None:
    done = run("analyse", tmp_path / "nowhere", "centrality")
    assert done.code == 2
    assert "no build is here" in done.err


def test_a_long_wait_is_said_on_standard_error(run: Run, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.analyse.registry.MINUTE", 1e-9)
    done = run("analyse", built, "centrality")
    assert done.code == 0
    assert done.err.startswith("kg: centrality of ")
    assert done.err.count("\n") == 1


def test_hostile_words_do_no_harm_in_any_format() -> None:
    frame = pd.DataFrame({"name": ["=1+1", "a|b\nc"], "share": [float("nan"), 0.5]})
    text = {}
    for format in ("table", "csv", "tsv", "json", "md"):
        stream = io.StringIO()
        printed.write(frame, format, stream)
        text[format] = stream.getvalue()
    assert text["csv"] == 'name,share\n\'=1+1,\n"a|b\nc",0.5\n'
    assert text["md"] == "| name | share |\n|---|---|\n| =1+1 |  |\n| a\\|b c | 0.5 |\n"
    assert text["table"] == "name\tshare\n=1+1\t\na|b c\t0.5\n"
    assert [json.loads(line)["share"] for line in text["json"].splitlines()] == [None, 0.5]


def test_hostile_labels_are_written_to_graph_files(tmp_path: Path) -> None:
    graph = nx.Graph(citation="<&>")
    graph.add_node("a", label="\x00</node><script>", type="Slogan")
    graph.add_node("b", label="=cmd()", type="Slogan")
    graph.add_edge("a", "b", weight=1, evidence="")
    for suffix in export.SUFFIXES:
        export.write(graph, tmp_path / f"x{suffix}")
    assert nx.read_graphml(tmp_path / "x.graphml").nodes["a"]["label"] == "\\u0000</node><script>"
    assert "'=cmd()" in (tmp_path / "x.csv").read_text(encoding="utf-8-sig")


def test_a_projection_is_drawn(run: Run, built: Path, tmp_path: Path) -> None:
    done = run("analyse", built, "districts-slogans", "--plot", tmp_path / "network.svg")
    assert (done.code, done.out) == (0, "")
    assert (tmp_path / "network.svg").read_bytes().startswith(b"<?xml")


def test_slogan_is_a_second_name_of_item(run: Run, built: Path, tmp_path: Path) -> None:
    plain = run("analyse", built, "adoption", "--item", "七大都市", "--format", "json")
    other = run("analyse", built, "adoption", "--slogan", "七大都市", "--format", "json")
    assert (other.code, other.out) == (0, plain.out)
    assert "七大都市" in plain.out


@pytest.mark.parametrize("format", ["table", "md"])
def test_figures_of_texts_keep_their_digits(run: Run, built: Path, format: str) -> None:
    """What a text counts is printed as it counts it: no digit is rounded away, nothing is put as a power of ten."""
    with kg.open(built) as build:
        frame = kg.analyse.indicators(build)
    assert frame.number.max() > 10_000
    separator = "\t" if format == "table" else " | "
    lines = run("analyse", built, "indicators", "--format", format).out.splitlines()[2 if format == "md" else 1 :]
    place = list(frame.columns).index("number")
    printed_numbers = [line.removeprefix("| ").split(separator)[place] for line in lines]
    assert [float(number) for number in printed_numbers] == list(frame.number)
    assert not any("e" in number for number in printed_numbers)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (23396.0, "23396"), (-23396.0, "-23396"), (1.1 * 10000, "11000"), (98.765, "98.765"), (0.0, "0"), (1e15, "1e+15"),
        (140_000_000_000_000.0, "140000000000000"), (1 / 3, "0.3333"), (200 / 3, "66.67"), (123456.789012345, "123457"),
        (1.25e-7, "1.25e-07"), (0.00012345678901, "0.0001235"),
    ],
)  # fmt: skip
def test_a_number_is_rounded_only_where_it_was_computed(value: float, words: str) -> None:
    assert printed.rounded(value) == words


@pytest.mark.parametrize("measure", ["adoption", "slogan-co-use"])
def test_a_file_is_of_the_format_in_which_its_name_ends(run: Run, built: Path, tmp_path: Path, measure: str) -> None:
    for ending, format in (("csv", "csv"), ("TSV", "tsv"), ("json", "json"), ("md", "md"), ("txt", "table")):
        out = tmp_path / f"x.{ending}"
        assert run("analyse", built, measure, "-o", out).code == 0
        assert out.read_text(encoding="utf-8") == run("analyse", built, measure, "--format", format).out
    out = tmp_path / "y.csv"
    assert run("analyse", built, measure, "-o", out, "--format", "json").code == 0
    assert json.loads(out.read_text(encoding="utf-8").splitlines()[0])


def test_a_projection_is_drawn_and_written_at_once(run: Run, built: Path, tmp_path: Path) -> None:
    out, plot = tmp_path / "edges.csv", tmp_path / "network.svg"
    assert run("analyse", built, "districts-shared-formulae", "-o", out, "--plot", plot).code == 0
    assert plot.exists()
    assert out.read_text(encoding="utf-8").startswith("source,source_label,")
