"""Every format gives back what went in; the same graph gives the same bytes."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx
import pyoxigraph
import pytest
import rdflib
from rdflib.compare import isomorphic

from kg.errors import BuildError
from kg.graph.export import FORMATS, export, guarded, invisible, visible
from kg.graph.project import Projection
from kg.graph.terms import write_nquads
from kg.graph.turtle import relative
from kg.vocab import BASE

# rdflib uses its own deprecated attribute when it parses datasets.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Dataset:DeprecationWarning", "ignore:ConjunctiveGraph:DeprecationWarning"
)
HOSTILE = ("a\"b'", "line\nbreak\r\ttab", "\x00\x0b\x1f\x7f", "\u202eright\u200f", "<script>&amp;</script>", "back\\slash \\u0041", "=1+1", "𠮷\u2028\ufeff")  # fmt: skip


@pytest.fixture
def build(make: Any, readings: list[Any], tmp_path: Path) -> Path:
    """A build whose first slogan is named and spelled out in hostile words."""
    entities = [
        replace(item, name=item.name + "".join(HOSTILE), components=HOSTILE) if item.id == "slogan/同心向前" else item
        for item in readings[0].entities
    ]
    projection: Projection = make([replace(readings[0], entities=tuple(entities)), readings[1]])
    write_nquads(projection.blocks, tmp_path / "graph.nq")
    return tmp_path


def quads(path: Path, format: pyoxigraph.RdfFormat, **options: Any) -> set[str]:
    return {str(quad) for quad in pyoxigraph.parse(path=str(path), format=format, **options)}


def test_nquads_are_the_build_itself(build: Path) -> None:
    export(build, "nq", build / "x.nq")
    assert (build / "x.nq").read_bytes() == (build / "graph.nq").read_bytes()


def test_trig_holds_every_quad(build: Path) -> None:
    export(build, "trig", build / "x.trig")
    assert quads(build / "x.trig", pyoxigraph.RdfFormat.TRIG) == quads(build / "graph.nq", pyoxigraph.RdfFormat.N_QUADS)


def test_jsonld_holds_every_quad(build: Path) -> None:
    export(build, "jsonld", build / "x.jsonld")
    assert quads(build / "x.jsonld", pyoxigraph.RdfFormat.JSON_LD) == quads(
        build / "graph.nq", pyoxigraph.RdfFormat.N_QUADS
    )
    graphs = json.loads((build / "x.jsonld").read_text(encoding="utf-8"))["@graph"]
    (entities,) = [graph for graph in graphs if graph["id"] == "graph/entities"]
    (body,) = [item for item in entities["graph"] if item["id"] == "body/330106/CPPCC"]
    assert body["kg:kind"] == {"id": "kg:CPPCC"}
    assert body["kg:place"] == {"id": "district/330106"}
    assert body["label"] == "西湖区政协"


def test_rdflib_reads_the_same_jsonld_and_trig(build: Path) -> None:
    export(build, "jsonld", build / "x.jsonld")
    export(build, "trig", build / "x.trig")
    read = {}
    for name in ("x.jsonld", "x.trig"):
        dataset = rdflib.Dataset()
        dataset.parse(build / name)
        read[name] = {(s, p, o, str(g)) for s, p, o, g in dataset.quads()}
    assert read["x.jsonld"] == read["x.trig"]
    assert len(read["x.trig"]) == len((build / "graph.nq").read_bytes().splitlines())


def test_turtle_holds_entities_and_gazetteer(build: Path) -> None:
    export(build, "ttl", build / "x.ttl")
    wanted = rdflib.Graph()
    for quad in pyoxigraph.parse(path=str(build / "graph.nq"), format=pyoxigraph.RdfFormat.N_QUADS):
        if str(quad.graph_name).endswith(("/entities>", "/gazetteer>")):
            wanted.parse(data=f"{quad.triple} .", format="nt")
    found = rdflib.Graph().parse(build / "x.ttl", format="turtle")
    assert len(found) > 50
    assert isomorphic(found, wanted)
    by_oxigraph = quads(build / "x.ttl", pyoxigraph.RdfFormat.TURTLE)
    assert len(by_oxigraph) == len(found)
    text = (build / "x.ttl").read_text(encoding="utf-8")
    assert '\n<body/330106/CPPCC> a org:Organization, kg:Organisation ;\n    rdfs:label "西湖区政协" ;\n' in text


@pytest.mark.parametrize(("format", "read"), [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)])
def test_graph_tools_read_nodes_and_edges(build: Path, format: str, read: Any) -> None:
    export(build, format, build / f"x.{format}")
    graph = read(build / f"x.{format}")
    slogan = graph.nodes["slogan/同心向前"]
    assert invisible(slogan["components"].replace("\r\n", "\n")) == " | ".join(HOSTILE)
    assert graph.nodes["body/330106/CPPCC"]["label"] == "西湖区政协"
    edges = {(s, d["relation"], d["title"], t, d["claims"], d["documents"]) for s, t, d in graph.edges(data=True)}
    assert ("person/330106/张三", "post", "主席", "body/330106/CPPCC", 1, 1) in edges
    assert ("slogan/同心向前", "used by", "", "body/330106/CPPCC", 2, 2) in edges
    assert ("initiative/330106/湖畔议事", "owner", "", "body/330106/CPPCC", 1, 1) in edges


def table(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(data.decode("utf-8-sig").splitlines(keepends=True)))


def test_csv_holds_nodes_and_edges(build: Path) -> None:
    export(build, "csv", build / "tables")
    with (build / "tables" / "nodes.csv").open(encoding="utf-8-sig", newline="") as lines:
        nodes = {row["id"]: row for row in csv.DictReader(lines)}
    assert nodes["slogan/同心向前"]["components"] == " | ".join(HOSTILE)
    assert nodes["figure/001-湖畔/90-100-件"]["value"] == "100"
    assert nodes["person/330106/李四"]["job_title"] == "村民"
    edges = table((build / "tables" / "edges.csv").read_bytes())
    assert {(row["source"], row["title"], row["target"]) for row in edges if row["relation"] == "post"} == {
        ("person/330106/张三", "主席", "body/330106/CPPCC")
    }
    assert {row["source"] for row in edges} | {row["target"] for row in edges} <= set(nodes)


def test_csv_in_a_zip(build: Path) -> None:
    export(build, "csv", build / "x.zip")
    export(build, "csv", build / "tables")
    with zipfile.ZipFile(build / "x.zip") as archive:
        assert archive.namelist() == ["nodes.csv", "edges.csv"]
        for name in archive.namelist():
            assert archive.read(name) == (build / "tables" / name).read_bytes()


@pytest.mark.parametrize("words", HOSTILE)
def test_what_is_made_visible_can_be_taken_back(words: str) -> None:
    assert invisible(visible(words)) == words
    assert not set("\x00\x0b\x1f\x7f") & set(visible(words))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "'x", "\t=1", "两个维护", ""])
def test_a_cell_is_no_formula(cell: str) -> None:
    assert not guarded(cell).startswith(("=", "+", "-", "@", "\t"))
    assert guarded(cell).removeprefix("'") == (cell if guarded(cell) != cell else cell.removeprefix("'"))


@pytest.mark.parametrize(
    ("path", "short"),
    [
        ("slogan/两个维护", True),
        ("build", True),
        ("slogan/.", False),
        ("slogan/..", False),
        ("slogan/../x", False),
        ("slogan/", False),
        ("slogan//x", False),
        ("slogan/...", True),
        ("Slogan:x", False),
        ("slogan/a:b", True),
    ],
)
def test_an_iri_is_short_only_where_it_surely_resolves(path: str, short: bool) -> None:
    assert relative(BASE + path, BASE) == (path if short else BASE + path)
    text = f"@base <{BASE}> . <{relative(BASE + path, BASE)}> <x:p> <x:o> ."
    (triple,) = pyoxigraph.parse(text.encode(), format=pyoxigraph.RdfFormat.TURTLE)
    assert str(triple.subject) == f"<{BASE}{path}>"


def test_the_same_bytes_whatever_the_seed_and_zone(build: Path) -> None:
    script = (
        "import sys, pathlib; from kg.graph.export import FORMATS, export; folder = pathlib.Path(sys.argv[1])\n"
        "for format in FORMATS: export(folder, format, folder / (sys.argv[2] + ('.zip' if format == 'csv' else '.' + format)))"
    )
    for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai")):
        done = subprocess.run(
            [sys.executable, "-c", script, str(build), f"seed{seed}"],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
            check=False, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    for suffix in (*FORMATS[1:], "zip"):
        assert (build / f"seed1.{suffix}").read_bytes() == (build / f"seed2.{suffix}").read_bytes(), suffix


def test_an_unknown_format_is_refused(build: Path) -> None:
    with pytest.raises(
        BuildError, match="xlsx: no such format; choose one of csv, gexf, graphml, jsonld, nq, trig, ttl"
    ):
        export(build, "xlsx", build / "x")


def test_a_missing_graph_is_named(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"graph\.nq: no such file"):
        export(tmp_path, "ttl", tmp_path / "x.ttl")


@pytest.mark.parametrize("format", ["ttl", "trig", "jsonld", "csv", "graphml"])
def test_a_place_that_cannot_be_written_is_named(build: Path, format: str) -> None:
    (build / "file").write_text("x", encoding="utf-8")
    with pytest.raises(BuildError, match=r"file/x: cannot be written \(.*\); (make its folder|name a folder)"):
        export(build, format, build / "file" / "x")


@pytest.mark.skipif(sys.platform != "linux", reason="the limit on the size of files is set as Linux does")
@pytest.mark.parametrize("name", ["x.nq", "x.ttl", "x.trig", "x.jsonld", "x.gexf", "x.csv.zip"])
def test_a_full_disk_keeps_the_old_file(build: Path, name: str) -> None:
    code = (
        "import resource, sys; from pathlib import Path; from kg.errors import BuildError\n"
        "from kg.graph.export import export\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))\n"
        "try: export(Path(sys.argv[1]), sys.argv[3], Path(sys.argv[2]))\n"
        "except BuildError as error: sys.exit(str(error))"
    )
    out = build / name
    out.write_text("old", encoding="utf-8")
    before = sorted(build.iterdir())
    format = name.split(".")[1]
    done = subprocess.run([sys.executable, "-c", code, build, out, format], capture_output=True, text=True, check=False)
    assert done.stderr == f"{out}: cannot be written (file too large); free some space or write elsewhere\n"
    assert out.read_text(encoding="utf-8") == "old"
    assert sorted(build.iterdir()) == before


@pytest.mark.parametrize("format", ["ttl", "trig", "jsonld", "csv", "graphml"])
def test_a_file_that_is_no_nquads_is_refused(tmp_path: Path, format: str) -> None:
    (tmp_path / "graph.nq").write_text("<a> no <quad>\n", encoding="utf-8")
    with pytest.raises(BuildError):
        export(tmp_path, format, tmp_path / "x")
