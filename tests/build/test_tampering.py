"""Whatever of a build is changed after it was built is noticed, and named once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest

import kg
from kg.builds import manifest as manifests
from kg.model import Reader


@pytest.fixture
def out(texts: Path, tmp_path: Path, reader: Reader) -> Path:
    kg.build(texts, tmp_path / "out", reader=reader, check="never")
    assert kg.open(tmp_path / "out").verify() == 6
    return tmp_path / "out"


def message(out: Path) -> str:
    with pytest.raises(kg.BuildError) as caught:
        kg.open(out).verify()
    words = str(caught.value)
    assert words.count(str(out)) == 1
    assert "\n" not in words
    assert "defect" not in words
    return words.removeprefix(f"{out}/")


@pytest.mark.parametrize("name", [*manifests.FILES, "readings/甲.json", "texts/甲.txt"])
def test_a_changed_file_is_named(name: str, out: Path) -> None:
    (out / name).write_bytes((out / name).read_bytes().replace("道里".encode(), "道外".encode()) + b"\n")
    assert message(out) == f"{name}: changed since it was built; build again"


@pytest.mark.parametrize("name", [*manifests.FILES, "readings/甲.json", "texts/甲.txt"])
def test_a_missing_file_is_named(name: str, out: Path) -> None:
    (out / name).unlink()
    assert message(out) == f"{name}: No such file or directory; build again"


def test_a_quote_that_does_not_stand_is_a_change_even_where_the_hashes_were_mended(out: Path) -> None:
    text, manifest = out / "texts" / "甲.txt", out / "manifest.json"
    before = manifests.file_digest(text)
    text.write_text(text.read_text(encoding="utf-8").replace("道里", "道外", 1), encoding="utf-8")
    words = manifest.read_text(encoding="utf-8").replace(before, manifests.file_digest(text))
    manifest.write_text(words, encoding="utf-8")
    assert message(out).startswith("texts/甲.txt: offsets 3-8: the words that the rule test.word quotes do not stand")
    with pytest.raises(kg.EvidenceError, match="changed since it was built"):
        kg.open(out).verify()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda store: store.remove(next(iter(store))),
            "store: changed since it was built, a quad of graph.nq is missing",
        ),
        (
            lambda store: store.add(next(pyoxigraph.parse(b"<a:a> <a:b> <a:c> <a:d> .", pyoxigraph.RdfFormat.N_QUADS))),
            "store: changed since it was built, 1 of its quads are not in graph.nq",
        ),
    ],
)
def test_a_changed_store_is_noticed(change: Callable[[pyoxigraph.Store], None], words: str, out: Path) -> None:
    store = pyoxigraph.Store(str(out / "store"))
    change(store)
    store.flush()
    del store
    assert message(out) == f"{words}; build again"


def test_a_missing_store_is_named(out: Path) -> None:
    shutil.rmtree(out / "store")
    assert message(out).startswith("store: there is no store here; ")


@pytest.mark.parametrize("name", ["CURRENT", "MANIFEST-*", "*.sst"])
@pytest.mark.parametrize("half", [True, False])
def test_a_damaged_store_is_one_clear_line_when_it_is_opened(name: str, half: bool, out: Path) -> None:
    for path in (out / "store").glob(name):
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2] if half else bytes(255 - byte for byte in data))
    assert message(out).endswith("build again")
    with pytest.raises(kg.BuildError, match=r"/store: (cannot be opened|is damaged).*; build again$"):
        assert kg.open(out).dataset
