"""The scripts of the page: their logic by node's test runner, and the bundle they become."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kg.explore import bundle
from kg.explore.atlas import RELATIONS
from kg.model import TYPES

SCRIPTS = Path(__file__).with_name("scripts")
MODULES = sorted(bundle.STATIC.glob("*.mjs"))


def node(*arguments: str) -> subprocess.CompletedProcess[str]:
    found = shutil.which("node")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("node is missing: apt-get install nodejs")
        pytest.skip("node is missing; install it to test the scripts of the page")
    return subprocess.run([found, *arguments], capture_output=True, text=True, check=False, timeout=120)


def test_logic() -> None:
    ran = node("--test", "--test-reporter=tap", *map(str, sorted(SCRIPTS.glob("*.test.mjs"))))
    assert ran.returncode == 0, ran.stdout + ran.stderr
    passed = re.search(r"^# pass (\d+)$", ran.stdout, re.MULTILINE)
    assert passed is not None
    assert int(passed[1]) >= 30


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.stem))
def test_every_module_is_sound(path: Path) -> None:
    ran = node("--check", str(path))
    assert ran.returncode == 0, ran.stderr


def test_the_bundle_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "bundle.js"
    path.write_text(bundle.script(), encoding="utf-8")
    ran = node("--check", str(path))
    assert ran.returncode == 0, ran.stderr


def test_the_bundle_holds_every_module_once_and_no_end_of_an_element() -> None:
    script = bundle.script()
    for path in MODULES:
        assert script.count(f"const ${path.stem} = ") == 1
    assert "</script" not in script.lower()
    assert "import {" not in script
    assert "\nexport " not in script


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.stem))
def test_nothing_parses_html_or_asks_the_network(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "fetch(",
                 "XMLHttpRequest", "WebSocket", "sendBeacon", "http://", "import("):  # fmt: skip
        if word == "http://" and path.stem in ("dom", "files"):
            continue  # because names of namespaces are no addresses
        assert word not in source


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.stem))
def test_every_module_says_first_what_it_is(path: Path) -> None:
    assert re.match(r"// \S.{20,}\n", path.read_text(encoding="utf-8"))


def test_no_module_outgrows_its_reader() -> None:
    sizes = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name: size for name, size in sizes.items() if size > 450} == {}


def words(language: str) -> dict[str, str]:
    program = f"import {{ WORDS }} from {json.dumps((bundle.STATIC / 'words.mjs').as_uri())}; console.log(JSON.stringify(WORDS.{language}))"
    ran = node("--input-type=module", "-e", program)
    found: dict[str, str] = json.loads(ran.stdout)
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_key_that_is_asked_for_has_words(language: str) -> None:
    known = words(language)
    asked = {
        key
        for path in [*MODULES, *bundle.STATIC.parent.glob("templates/page.html")]
        for key in re.findall(
            r"""(?:\bt\(|app\.t\(|data-words=|data-label=)["'](\w+\.[\w.+ −/–]+)["']""",
            path.read_text(encoding="utf-8"),
        )
    }
    assert len(asked) > 60
    assert asked - known.keys() == set()
    assert {f"type.{type}" for type in TYPES} | {f"rel.{name}" for name in RELATIONS} | {
        f"back.{name}" for name in RELATIONS
    } <= known.keys()


def test_style_and_canvas_have_the_same_colours() -> None:
    sheet = bundle.style("style")
    marks = (bundle.STATIC / "marks.mjs").read_text(encoding="utf-8")
    light, dark = sheet.split(':root[data-theme="dark"]', 1)
    for type in TYPES:
        found = re.search(rf'{type}: {{ shape: "(\w+)", light: "(#\w+)", dark: "(#\w+)"', marks)
        assert found is not None
        assert f"--{type}: {found[2]}" in light
        assert f"--{type}: {found[3]}" in dark.split("}", 1)[0]


def test_kinds_differ_in_shape_and_icon_as_well_as_colour() -> None:
    rows = re.findall(r'shape: "(\w+)", light: "(#\w+)", dark: "(#\w+)", icon: "([^"]+)"', bundle.script())
    assert len(rows) == len(TYPES)
    for column in zip(*rows, strict=True):
        assert len(set(column)) == len(TYPES)
