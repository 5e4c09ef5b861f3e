"""Arrows between the rooms point one way, and each heavy dependency has one home."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

KG = Path(__file__).resolve().parents[1] / "kg"

FLOW = [
    "errors", "model", "identity", "vocab", "lexicon", "chinese", "sources", "extract", "readings", "cite", "link", "graph",
    "tables", "ask", "explore", "builds", "evaluation", "analyse", "show", "process", "serve", "cli",
]  # fmt: skip
"""The rooms of the package: each may import those before it."""

PURE = {"model", "identity", "vocab", "errors", "lexicon", "chinese"}
"""What the rooms that read files and texts may import beside each other: the nouns and the language."""

MAY_IMPORT = {
    "lexicon": set(),
    "chinese": {"identity", "lexicon"},
    "sources": {"chinese", "errors", "lexicon", "model"},
    "extract": {"chinese", "identity", "lexicon", "model"},
    "link": {"chinese", "errors", "identity", "model"},
    "graph": PURE - {"lexicon"},
    "ask": {"errors", "graph", "identity", "model", "tables", "vocab"},
}
"""The rooms of the flow up to the graph know nothing of each other: what passes between them is the model. Asking is
handed a build and knows only the graph."""

KINDS = {"districts", "organisations", "persons", "initiatives", "slogans", "documents", "meetings", "figures"}

HOMES = {
    "jieba": {"kg.chinese.tokens"},
    "rjieba": {"kg.chinese.tokens"},
    "cn2an": {"kg.chinese.numerals"},
    "ahocorasick_rs": {"kg.chinese.places.scanning", "kg.chinese.places.towns"},
    "charset_normalizer": {"kg.sources.encodings"},
    "yaml": {"kg.sources.frontmatter"},
    "pyshacl": {"kg.graph.check"},
    "networkx": {"kg.explore.layout", "kg.explore.positions", "kg.graph.export"},
    "pyvis": {"kg.explore.network"},
    "pypinyin": {"kg.explore.search"},
    "oxrdflib": {"kg.graph.dataset"},
    "pyarrow": {"kg.tables"},
    "click": {
        "kg.cli",
        "kg.cli.analysing",
        "kg.cli.asking",
        "kg.cli.building",
        "kg.cli.console",
        "kg.cli.exploring",
        "kg.cli.measuring",
        "kg.cli.reading",
        "kg.cli.reporting",
        "kg.cli.serving",
    },
    "starlette": {"kg.serve.guard", "kg.serve.pages", "kg.serve.protocol", "kg.serve.server"},
    "uvicorn": {"kg.serve.server"},
    "jinja2": {"kg.builds.page", "kg.explore.network", "kg.serve.pages"},
    "matplotlib": {f"kg.analyse.plots.{name}" for name in ("canvas", "networks", "rankings", "spread", "vocabulary")},
    "statsmodels": {"kg.analyse.themes.survival"},
}
"""The modules that import a dependency; networks and frames are what all measures are made of, and at home in their room."""

GRAPH_LIBRARIES = {"rdflib", "pyoxigraph", "oxrdflib", "pyshacl", "networkx", "pandas", "pyarrow"}


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(KG.parent).with_suffix("").parts).removesuffix(".__init__")


TREES = {name_of(path): ast.parse(path.read_text(encoding="utf-8")) for path in sorted(KG.rglob("*.py"))}


def imports(module: str) -> Iterator[str]:
    """Full names of the modules that *module* imports, at its top or within a function."""
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if full in TREES else str(node.module)


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


ARROWS = sorted({
    (module, imported)
    for module in TREES
    for imported in imports(module)
    if imported.split(".")[0] == "kg" and room_of(imported) != room_of(module)
})  # fmt: skip


def test_every_room_has_its_place_in_the_flow() -> None:
    assert {room_of(module) for module in TREES} - {""} == set(FLOW)


def test_arrows_between_the_rooms_point_one_way() -> None:
    backwards = [
        (module, imported)
        for module, imported in ARROWS
        if room_of(module) and FLOW.index(room_of(imported)) > FLOW.index(room_of(module))
    ]
    assert backwards == []


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_rooms_of_the_flow_meet_only_in_the_model(room: str) -> None:
    assert {room_of(imported) for module, imported in ARROWS if room_of(module) == room} <= MAY_IMPORT[room]


def test_nothing_imports_the_command_line() -> None:
    assert [arrow for arrow in ARROWS if room_of(arrow[1]) == "cli"] == []


def extraction(module: str) -> str:
    """The part of kg/extract that a module belongs to: ``persons`` for kg.extract.persons.posts."""
    return module.split(".")[2] if module.startswith("kg.extract.") else ""


def test_every_kind_has_its_module() -> None:
    assert {extraction(module) for module in TREES} >= KINDS


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_kinds_never_import_each_other(kind: str) -> None:
    theirs = {extraction(i) for module in TREES if extraction(module) == kind for i in imports(module)}
    assert theirs & KINDS <= {kind}
    assert "reading" not in theirs


def test_only_reading_composes_the_kinds() -> None:
    composing = {m for m in TREES for i in imports(m) if extraction(i) in KINDS and extraction(i) != extraction(m)}
    assert composing == {"kg.extract.reading"}


@pytest.mark.parametrize(("library", "homes"), HOMES.items())
def test_each_dependency_has_its_home(library: str, homes: set[str]) -> None:
    importing = {module for module in TREES for name in imports(module) if name.split(".")[0] == library}
    assert {module for module in importing if (library, room_of(module)) != ("networkx", "analyse")} == homes


@pytest.mark.parametrize("room", ["chinese", "extract", "lexicon", "link", "sources"])
def test_reading_knows_nothing_of_graphs_and_frames(room: str) -> None:
    libraries = {name.split(".")[0] for module in TREES if room_of(module) == room for name in imports(module)}
    assert libraries & GRAPH_LIBRARIES == set()


def test_only_the_command_line_prints() -> None:
    printing = {
        module
        for module, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert {room_of(module) for module in printing} <= {"cli"}


def test_no_module_outgrows_its_reader() -> None:
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in KG.rglob("*.py")}
    assert {name_of(path): size for path, size in sizes.items() if size > 450} == {}


@pytest.mark.parametrize("path", sorted((KG / "lexicon").glob("*.tsv")), ids=lambda path: str(path.stem))
def test_every_word_list_says_first_what_it_is(path: Path) -> None:
    assert re.match(r"# \S.{20,}\n", path.read_text(encoding="utf-8"))


def test_every_word_list_stands_in_its_page() -> None:
    folder = Path(__file__).resolve().parents[1] / "kg" / "lexicon"
    page = (folder / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in sorted(folder.glob("*.tsv")) if f"`{path.name}`" not in page] == []
