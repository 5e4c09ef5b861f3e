"""Speed as a ratio to a peer in one run: from text files to a finished graph.nq, against jieba.posseg over the same text.

Run with ``python tests/benchmarks/test_speed.py [MEGABYTES]`` (prints the figures), or
``pytest tests/benchmarks --benchmark-enable``.
"""

from __future__ import annotations

import logging
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


def articles() -> list[str]:
    """The real articles beside the checkout, else the sample corpus."""
    folder = ROOT.parent / "shared" / "articles"
    paths = sorted(folder.glob("*.txt")) or sorted((ROOT / "corpus").glob("0*.md"))
    return [path.read_text(encoding="utf-8") for path in paths]


def repeat(folder: Path, megabytes: float) -> int:
    """Write the articles again and again under changed names until they fill *megabytes*; return the characters."""
    texts, written, characters, copy = articles(), 0, 0, 0
    while written < megabytes * 1_000_000:
        for i, text in enumerate(texts):
            data = text.encode()
            (folder / f"{copy:04d}-{i}.txt").write_bytes(data)
            written, characters = written + len(data), characters + len(text)
            if written >= megabytes * 1_000_000:
                break
        copy += 1
    return characters


def to_graph(folder: Path, out: Path, jobs: int) -> float:
    """Seconds from the files to a finished graph.nq: load, read, verify, link, project, sort, write."""
    from kg.builds.reading import Read, default_reader, read_all
    from kg.graph.project import project
    from kg.graph.surroundings import Maker
    from kg.graph.terms import write_nquads
    from kg.link import link
    from kg.sources import discover

    begin = time.perf_counter()
    reader = default_reader()
    read = read_all(discover([folder]), reader, jobs=jobs)
    readings = [item.reading for item in read if isinstance(item, Read)]
    links = link(readings, ())
    write_nquads(project(readings, links, maker=Maker("0", reader.name, reader.version)).blocks, out)
    return time.perf_counter() - begin


def tag(folder: Path) -> float:
    """Seconds that jieba.posseg.lcut alone takes over the same text, its dictionary loaded before."""
    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.WARNING)
    jieba.posseg.lcut("人民政协")
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())]
    begin = time.perf_counter()
    for text in texts:
        jieba.posseg.lcut(text)
    return time.perf_counter() - begin


def compare(megabytes: float, jobs: int) -> dict[str, Any]:
    """One run of both over the same files, and their ratio."""
    with TemporaryDirectory() as name:
        folder, graph = Path(name, "texts"), Path(name, "graph.nq")
        folder.mkdir()
        characters = repeat(folder, megabytes)
        peer, ours = tag(folder), to_graph(folder, graph, jobs)
        with graph.open(encoding="utf-8") as lines:
            quads = sum(1 for _ in lines)
    return {
        "characters": characters,
        "jobs": jobs,
        "jieba.posseg, characters/s": round(characters / peer),
        "texts to graph.nq, characters/s": round(characters / ours),
        "ratio": round(peer / ours, 2),
        "quads": quads,
    }


@pytest.mark.parametrize("jobs", [1, 2])
def test_texts_to_graph(benchmark: Any, jobs: int) -> None:
    benchmark.extra_info.update(benchmark.pedantic(compare, args=(1.0, jobs), rounds=1))


def main() -> None:
    """Print the figures for one process and for two."""
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 5.0
    for jobs in (1, 2):
        for name, value in compare(megabytes, jobs).items():
            sys.stdout.write(f"{name:34}{value:>12}\n")
        sys.stdout.write("\n")


if __name__ == "__main__":
    main()
