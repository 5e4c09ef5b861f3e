"""Whatever goes wrong: one clear line, the other documents built, the previous build untouched."""

import errno
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.builds import folder as folders
from kg.extract.reading import RuleReader
from kg.model import Document, Reader, Reading

Snapshot = Callable[[Path], dict[str, bytes]]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("空.txt", b"", r"空\.txt: .*empty"),
        ("二.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00\xff\xfe\x00" * 40, r"二\.txt: .*not text"),
        ("码.txt", "道里区政协召开会议学习".encode() + b"\xff\xff" + "会议".encode(), r"码\.txt: .*encoding"),
        ("英.txt", b"The committee met and studied the documents.\n" * 9, r"英\.txt: .*Chinese"),
        ("头.md", "---\ntitle: [甲\n---\n道里区政协召开会议，学习有关精神。".encode(), r"头\.md: .*front matter"),
        (
            "符.md",
            '---\ntitle: "\\uD800"\n---\n道里区政协召开会议，学习有关精神。'.encode(),
            r"符\.md: line 2: title .*half",
        ),
        (
            "繁.txt",
            "區政協委員建議加強歷史文化保護，並就長期照護體系建設提出意見。".encode("big5") * 9,
            r"繁\.txt: .*BIG5",
        ),
        ("另/甲.txt", "道里区政协召开会议，学习有关精神。".encode(), r"甲\.txt: .*already the document named '甲'"),
    ],
)
def test_a_bad_file_is_named_and_the_others_are_built(
    name: str, data: bytes, message: str, texts: Path, tmp_path: Path, reader: Reader
) -> None:
    (texts / name).parent.mkdir(exist_ok=True)
    (texts / name).write_bytes(data)
    build = kg.build(texts, tmp_path / "out", reader=reader, check="never")
    assert len(build.readings) == 3
    (failure,) = build.failed
    assert re.search(message, failure.message)
    assert "\n" not in failure.message
    report = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert "3 read, 1 failed" in report
    assert failure.path.rpartition("/")[2] in report


@pytest.mark.skipif(sys.platform == "win32", reason="pipes as POSIX has them")
def test_a_pipe_is_named_and_the_others_are_built(texts: Path, tmp_path: Path, reader: Reader) -> None:
    os.mkfifo(texts / "管.txt")
    for _ in range(2):
        build = kg.build(texts, tmp_path / "out", reader=reader, check="never")
        assert len(build.readings) == 3
        (failure,) = build.failed
        assert failure.message.startswith(f"{texts}/管.txt: this is not a regular file; ")


class OneBad:
    """Reads as another reader does, but gives the last document a value or words of its own."""

    name = "one-bad"
    version = "1"

    def __init__(self, reader: Reader, **fields: Any) -> None:
        self.reader, self.fields = reader, fields

    def read(self, document: kg.Document) -> kg.Reading:
        reading = self.reader.read(document)
        if document.stem != "甲":
            return reading
        return replace(reading, entities=tuple(replace(item, **self.fields) for item in reading.entities))


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"value": float("inf")}, "not JSON compliant|the value of '道里区政协' is inf"),
        ({"value": float("nan")}, "not JSON compliant|the value of '道里区政协' is nan"),
        ({"value": 1e300}, r"the value of '道里区政协' is 1e\+300"),
        ({"confidence": 2.0}, r"the confidence of '道里区政协' is 2\.0"),
        ({"kind": "\ud800"}, "surrogates not allowed"),
        ({"kind": b"x"}, "bytes is not JSON serializable"),
    ],
)
def test_a_reading_that_cannot_be_kept_costs_no_other(
    fields: dict[str, Any], reason: str, texts: Path, tmp_path: Path, reader: Reader
) -> None:
    build = kg.build(texts, tmp_path / "out", reader=OneBad(reader, **fields), check="never")
    assert [reading.doc for reading in build.readings] == ["丙", "乙"]
    (failure,) = build.failed
    words = (
        rf"甲\.txt: the reading cannot be kept \(.*({reason}).*\); a defect of the reader one-bad 1, please report it$"
    )
    assert re.search(words, failure.message)
    assert sorted(path.name for path in (tmp_path / "out" / "texts").iterdir()) == ["丙.txt", "乙.txt"]


def test_where_nothing_can_be_read_five_reasons_are_given(tmp_path: Path, reader: Reader) -> None:
    for number in range(7):
        (tmp_path / f"{number}.txt").touch()
    with pytest.raises(
        kg.BuildError, match=r"none of 7 files can be read: .*/0\.txt: .* \| .*/4\.txt: .*\| and 2 more$"
    ):
        kg.build(tmp_path, tmp_path / "out", reader=reader)


def test_a_larger_document_is_read_where_the_limit_says_so(tmp_path: Path, reader: Reader) -> None:
    source = tmp_path / "a.txt"
    source.write_text("道里区政协召开会议，学习有关精神。" * 100, encoding="utf-8")
    with pytest.raises(kg.BuildError, match=r"a\.txt: .* more than the limit of .*--limit 1"):
        kg.build(source, tmp_path / "out", reader=reader, check="never", limit=1000)
    assert len(kg.build(source, tmp_path / "out", reader=reader, check="never", limit=6000).readings) == 1
    with pytest.raises(kg.BuildError, match="more than the limit"):
        kg.build(source, tmp_path / "out", reader=reader, check="never", limit=1000)


@pytest.mark.parametrize("confidence", [float("nan"), -0.1, 1.1])
def test_a_confidence_is_a_number_from_0_to_1(confidence: float, texts: Path, tmp_path: Path) -> None:
    with pytest.raises(kg.BuildError, match="give a number from 0 to 1"):
        kg.build(texts, tmp_path / "out", min_confidence=confidence)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names that are no Unicode")
def test_a_file_name_that_is_no_unicode_is_named_and_the_others_are_built(
    texts: Path, tmp_path: Path, reader: Reader
) -> None:
    Path(os.fsdecode(os.fsencode(texts) + b"/\xb5\xc0.txt")).write_text(
        "道里区政协召开会议，学习有关精神。", encoding="utf-8"
    )
    build = kg.build(texts, tmp_path / "out", reader=reader, check="never")
    assert len(build.readings) == 3
    assert r"\udcb5\udcc0.txt: the file name is not UTF-8" in build.failed[0].message


def test_one_line_of_megabytes_is_read(tmp_path: Path, reader: Reader) -> None:
    source = tmp_path / "long.txt"
    source.write_text("道里区政协召开会议，学习有关精神。" * 20_000, encoding="utf-8")
    assert (
        len(kg.build(source, tmp_path / "out", reader=reader, check="never").readings[0].entities[0].evidence) == 20_000
    )


def test_nothing_to_read_is_an_error_and_leaves_no_build(tmp_path: Path, reader: Reader) -> None:
    (tmp_path / "none").mkdir()
    with pytest.raises(kg.KgError, match="none: the folder holds no documents"):
        kg.build(tmp_path / "none", tmp_path / "out", reader=reader)
    with pytest.raises(kg.KgError, match="no such file"):
        kg.build(tmp_path / "nowhere", tmp_path / "out", reader=reader)
    (tmp_path / "empty.txt").touch()
    with pytest.raises(kg.BuildError, match="empty"):
        kg.build(tmp_path / "empty.txt", tmp_path / "out", reader=reader)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty.txt", "none"]


def test_a_folder_that_holds_something_else_is_left_alone(
    texts: Path, tmp_path: Path, reader: Reader, snapshot: Snapshot
) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "thesis.doc").write_text("four years of work", encoding="utf-8")
    (precious / "manifest.json").write_text('{"name": "something else"}', encoding="utf-8")
    before = snapshot(precious)
    with pytest.raises(kg.BuildError, match="holds something that is not a build and is left untouched"):
        kg.build(texts, precious, reader=reader)
    with pytest.raises(kg.BuildError, match="a file, not a folder"):
        kg.build(texts, precious / "thesis.doc", reader=reader)
    assert snapshot(precious) == before


@pytest.mark.parametrize(
    "name",
    ["my-notes.txt", "notes/a.txt", "readings/mine.json", "texts/mine.txt", "texts/a/b", "store/mine.txt", ".git/x"],
)
def test_a_file_of_the_user_in_a_build_is_never_deleted(
    name: str, texts: Path, tmp_path: Path, reader: Reader, snapshot: Snapshot
) -> None:
    out = tmp_path / "out"
    kg.build(texts, out, reader=reader, check="never")
    (out / name).parent.mkdir(exist_ok=True)
    (out / name).write_text("a week of work", encoding="utf-8")
    before = snapshot(out)
    first = name if not name.startswith((".git", "notes", "texts/a")) else name.rpartition("/")[0]
    with pytest.raises(kg.BuildError, match=rf"^{re.escape(f'{out}/{first}')}: no part of the build .*move it"):
        kg.build(texts, out, reader=reader, check="never")
    assert snapshot(out) == before
    assert (out / name).is_file()


def test_what_a_file_manager_leaves_is_no_work_of_anybody(texts: Path, tmp_path: Path, reader: Reader) -> None:
    kg.build(texts, tmp_path / "out", reader=reader, check="never")
    (tmp_path / "out" / ".DS_Store").touch()
    kg.build(texts, tmp_path / "out", reader=reader, check="never")
    assert not (tmp_path / "out" / ".DS_Store").exists()


def test_the_current_folder_is_not_replaced(
    texts: Path, tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here" / "deep").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(
        kg.BuildError, match=r"^\.: the current folder cannot be replaced; name a folder inside it, such as"
    ):
        kg.build(texts, ".", reader=reader)
    monkeypatch.chdir(tmp_path / "here" / "deep")
    with pytest.raises(kg.BuildError, match="the current folder cannot be replaced"):
        kg.build(texts, tmp_path / "here", reader=reader)


def test_a_mount_point_is_not_replaced(
    texts: Path, tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "volume").mkdir()
    monkeypatch.setattr(os.path, "ismount", lambda path: Path(path) == tmp_path / "volume")
    with pytest.raises(kg.BuildError, match="a mount point cannot be replaced; name a folder inside it, such as"):
        kg.build(texts, tmp_path / "volume", reader=reader)


def test_a_read_only_build_is_replaced_without_leftovers(
    texts: Path, tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    kg.build(texts, out, reader=reader, check="never")
    for path in (out / "readings", out / "texts", out / "store", out):
        path.chmod(0o500)
    remove = shutil.rmtree
    modes: list[int] = []

    def noted(folder: Path, **options: Any) -> None:
        modes.extend(path.stat().st_mode & 0o777 for path in (folder, *folder.iterdir()) if path.is_dir())
        remove(folder, **options)

    monkeypatch.setattr(shutil, "rmtree", noted)
    kg.build(texts, out, reader=reader, check="never")
    assert modes == [0o700] * 4
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "texts"]


def test_what_cannot_be_removed_is_named(
    texts: Path, tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    kg.build(texts, out, reader=reader, check="never")
    monkeypatch.setattr(shutil, "rmtree", lambda folder, **options: None)
    with pytest.raises(kg.BuildError, match=r"/\.out\.building: left over .* the new build in .*/out is whole; remove"):
        kg.build(texts, out, reader=reader, check="never")
    assert len(kg.open(out).readings) == 3


def test_an_empty_folder_and_a_link_to_a_build_may_be_built_to(texts: Path, tmp_path: Path, reader: Reader) -> None:
    (tmp_path / "empty").mkdir()
    kg.build(texts, tmp_path / "empty", reader=reader, check="never")
    (tmp_path / "link").symlink_to(tmp_path / "empty")
    kg.build(texts, tmp_path / "link", reader=reader, check="never")
    assert (tmp_path / "link").is_symlink()
    assert len(kg.open(tmp_path / "link").readings) == 3


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (errno.ENOSPC, "no space left on device.*free some space"),
        (errno.EROFS, "read-only file system.*choose a folder you may write to"),
        (errno.EACCES, "permission denied.*choose a folder you may write to"),
    ],
)
def test_what_the_disk_refuses(
    number: int,
    message: str,
    texts: Path,
    tmp_path: Path,
    reader: Reader,
    snapshot: Snapshot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "out"
    kg.build(texts, out, reader=reader, check="never")
    before = snapshot(out)

    def refuse(folder: Path) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(folders, "_sync", refuse)
    with pytest.raises(kg.BuildError, match=f"{message}.*previous build is untouched"):
        kg.build(texts, out, reader=reader, check="never")
    assert snapshot(out) == before
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder(texts: Path, tmp_path: Path, reader: Reader) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    with pytest.raises(kg.BuildError, match="choose a folder you may write to"):
        kg.build(texts, tmp_path / "locked" / "out", reader=reader)


@pytest.mark.skipif(sys.platform != "linux", reason="the limit on the size of files is set as Linux does")
def test_a_disk_that_is_full_in_mid_write(texts: Path, tmp_path: Path, snapshot: Snapshot) -> None:
    out = tmp_path / "out"
    code = (
        "import resource, sys; from kg.cli import main; limit = int(sys.argv.pop(1)); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)); main()"
    )
    command = [sys.executable, "-c", code]
    arguments = ["build", str(texts), "-o", str(out), "--check", "never"]
    subprocess.run([*command, str(1 << 30), *arguments], check=True, capture_output=True)
    before = snapshot(out)
    done = subprocess.run([*command, "3000", *arguments, "--fresh"], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert re.fullmatch(r"kg: .*file too large.*previous build is untouched\n", done.stderr)
    assert snapshot(out) == before
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]


SLOW = """
import sys, time
from pathlib import Path
import kg.builds.reading
import kg.extract.reading
marker = Path(sys.argv.pop(1))
class Slow(kg.extract.reading.RuleReader):
    def read(self, document):
        marker.touch()
        time.sleep(60)
kg.builds.reading.default_reader.__code__ = (lambda: Slow()).__code__
import kg.builds.stages
kg.builds.stages.default_reader = Slow
from kg.cli import main
main()
"""


def interrupted(texts: Path, out: Path, marker: Path, sign: signal.Signals) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW, str(marker), "build", str(texts), "-o", str(out), "--jobs", "1", "--fresh"],
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    for _ in range(600):
        if marker.exists() or process.poll() is not None:
            break
        time.sleep(0.05)
    assert marker.exists(), process.communicate()[1]
    process.send_signal(sign)
    process.wait(20)
    return process


@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
@pytest.mark.parametrize(
    ("sign", "code", "said"), [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")]
)
def test_a_signal_leaves_the_previous_build_and_nothing_else(
    sign: signal.Signals, code: int, said: str, texts: Path, tmp_path: Path, reader: Reader, snapshot: Snapshot
) -> None:
    out = tmp_path / "out"
    kg.build(texts, out, reader=reader, check="never")
    before = snapshot(out)
    with interrupted(texts, out, tmp_path / "marker", sign) as process:
        assert process.returncode == code
        assert process.stderr is not None
        assert process.stderr.read().strip() == f"kg: {said}; a previous build is untouched"
    assert snapshot(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["marker", "out", "texts"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
def test_a_killed_build_leaves_the_previous_one_and_is_cleared_by_the_next(
    texts: Path, tmp_path: Path, reader: Reader, snapshot: Snapshot
) -> None:
    out = tmp_path / "out"
    kg.build(texts, out, reader=reader, check="never")
    before = snapshot(out)
    with interrupted(texts, out, tmp_path / "marker", signal.SIGKILL) as process:
        assert process.returncode == -signal.SIGKILL
    assert snapshot(out) == before
    assert (tmp_path / ".out.building").is_dir()
    kg.build(texts, out, reader=reader, check="never")
    assert snapshot(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["marker", "out", "texts"]


def test_a_build_killed_between_two_renames_is_put_back(
    texts: Path, tmp_path: Path, reader: Reader, snapshot: Snapshot
) -> None:
    out = tmp_path / "out"
    kg.build(texts, out, reader=reader, check="never")
    before = snapshot(out)
    out.rename(tmp_path / ".out.replaced")
    (tmp_path / ".out.building").mkdir()
    (tmp_path / "empty.txt").touch()
    with pytest.raises(kg.BuildError, match="empty"):
        kg.build(tmp_path / "empty.txt", out, reader=reader)
    assert snapshot(out) == before


def test_systems_without_an_exchange_of_folders_rename_twice(
    texts: Path, tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "_exchange", lambda first, second: False)
    kg.build(texts, tmp_path / "out", reader=reader, check="never")
    (texts / "丁.txt").write_text("道里区政协又开一会，讨论有关事项。", encoding="utf-8")
    assert len(kg.build(texts, tmp_path / "out", reader=reader, check="never").readings) == 4
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "texts"]


def test_two_builds_at_once_are_refused(texts: Path, tmp_path: Path, reader: Reader) -> None:
    with folders.replacing(tmp_path / "out"), pytest.raises(kg.BuildError, match="another build is writing there"):
        kg.build(texts, tmp_path / "out", reader=reader)


def test_a_build_is_never_read_as_its_own_source(texts: Path, reader: Reader) -> None:
    out = texts / "out"
    for _ in range(2):
        build = kg.build(texts, out, reader=reader, check="never")
        assert [source.path for source in build.manifest.documents] == [f"{texts}/{name}.txt" for name in "丙乙甲"]
        assert build.failed == ()
    with pytest.raises(kg.BuildError, match="lies in the output folder"):
        kg.build(out / "texts", out, reader=reader)


def test_a_reader_that_fails_on_one_text_costs_no_other(tmp_path: Path) -> None:
    class Stumbling(RuleReader):
        name = "stumbling"

        def read(self, document: Document) -> Reading:
            if document.stem == "bad":
                raise KeyError("甲")
            return super().read(document)

    for stem in ("bad", "good"):
        (tmp_path / f"{stem}.txt").write_text("五华区政协召开会议，区政协主席王建业讲话。", encoding="utf-8")
    build = kg.build(tmp_path, tmp_path / "out", reader=Stumbling(), check="never")
    assert [reading.doc for reading in build.readings] == ["good"]
    assert len(build.failed) == 1
    assert "bad.txt: the reader stumbling" in build.failed[0].message
