"""Which files are documents."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from kg.errors import SourceError
from kg.sources import discover, load, loads

TEXT = "市政协召开常委会会议，听取提案办理情况通报。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "b.txt", "a.md", "sub/c.TXT", "sub/deep/d.md", ".hidden.txt", ".git/e.txt",
        "README.md", "readme.zh.md", "LICENSE.txt", "CHANGELOG.md", "notes.pdf", "data.json",
    ):  # fmt: skip
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(TEXT, encoding="utf-8", newline="")
    return tmp_path


def test_a_folder_gives_its_texts_in_order_of_path(folder: Path) -> None:
    found = discover([folder])
    assert [f.path.relative_to(folder).as_posix() for f in found] == ["a.md", "b.txt", "sub/c.TXT", "sub/deep/d.md"]
    assert [f.stem for f in found] == ["a", "b", "c", "d"]
    assert all(f.error is None for f in found)


def test_files_come_as_given_whatever_their_names(folder: Path) -> None:
    given = [folder / "notes.pdf", folder / "README.md", folder / "b.txt"]
    assert [f.path for f in discover(given)] == given


def test_a_stem_names_one_document(folder: Path) -> None:
    (folder / "sub" / "a.txt").write_text(TEXT, encoding="utf-8")
    found = discover([folder])
    assert [f.stem for f in found if f.error] == ["a"]
    (error,) = [f.error for f in found if f.error]
    assert (folder / "a.md").as_posix() in str(error)
    assert (folder / "sub" / "a.txt").as_posix() in str(error)


def test_a_file_that_is_met_twice_is_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    given = [folder / "b.txt", folder, Path(folder.name, "b.txt"), folder / "sub" / ".." / "b.txt"]
    found = discover(given)
    assert [f.stem for f in found] == ["b", "a", "c", "d"]
    assert all(f.error is None for f in found)


@pytest.mark.skipif(os.name == "nt", reason="pipes as POSIX has them")
def test_what_is_no_regular_file_is_named_and_never_opened(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    found = {f.stem: f.error for f in discover([folder, Path("/dev/null")])}
    assert [stem for stem, error in found.items() if error] == ["pipe", "null"]
    assert "pipe.txt: this is not a regular file" in str(found["pipe"])


def test_a_folder_that_cannot_be_listed_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = folder / "sub" / "deep"
    scan = os.scandir

    def refuse(path: str) -> Any:
        if Path(path) == closed:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = discover([folder])
    assert [f.stem for f in found if not f.error] == ["a", "b", "c"]
    assert [str(f.error) for f in found if f.error] == [
        f"{closed.as_posix()}: the folder cannot be listed (Permission denied); check its permissions"
    ]


@pytest.mark.skipif(os.name == "nt", reason="a backslash separates folders there")
def test_a_backslash_is_a_character_of_a_name(folder: Path) -> None:
    (folder / "x\\y.txt").write_text(TEXT, encoding="utf-8")
    assert load(folder / "x\\y.txt").stem == "x\\y"


def test_what_is_missing_leaves_the_others_alone(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    found = discover([folder / "b.txt", folder / "none.txt", tmp_path / "empty"])
    assert [f.error is None for f in found] == [True, False, False]
    assert "no such file" in str(found[1].error)
    assert "holds no documents" in str(found[2].error)


@pytest.mark.parametrize("paths", [[], ["."], ["none.txt"]])
def test_nothing_to_read_at_all(paths: list[str], tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        discover([tmp_path / path for path in paths])


def test_load_cites_the_path_or_the_name_given(folder: Path) -> None:
    assert load(folder / "b.txt").path == (folder / "b.txt").as_posix()
    document = load(folder / "b.txt", name="texts/b.txt")
    assert (document.stem, document.path, document.text) == ("b", "texts/b.txt", TEXT)


def test_standard_input_is_named() -> None:
    document = loads(TEXT.encode())
    assert (document.stem, document.path) == ("stdin", "-")


def test_a_stem_keeps_inner_dots() -> None:
    assert loads(TEXT.encode(), "2022.05.07.report.txt").stem == "2022.05.07.report"


def test_too_large_is_refused_with_the_limit(folder: Path) -> None:
    big = folder / "big.txt"
    big.write_bytes(TEXT.encode() * 20_000)
    with pytest.raises(SourceError, match=r"1\.3 MB, more than the limit of 1\.0 MB; .*--limit 2$"):
        load(big, limit=2**20)
    assert len(load(big).text) == 20_000 * len(TEXT)


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid"), reason="permissions are another matter there")
def test_unreadable_files_say_why(folder: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        load(folder / "sub")
    if os.geteuid():
        (folder / "b.txt").chmod(0)
        with pytest.raises(SourceError, match="cannot be read"):
            load(folder / "b.txt")
