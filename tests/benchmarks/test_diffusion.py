"""Seconds that each measure of diffusion, careers and indicators takes on 10,000 nodes and 100,000 edges.

Run with ``python tests/benchmarks/test_diffusion.py [NODES EDGES]`` (prints the figures), or
``pytest tests/benchmarks --benchmark-enable``.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

import kg
import kg.analyse

CALLS: dict[str, dict[str, Any]] = {
    "first-use": {}, "lag": {}, "bottom-up": {}, "adoption": {}, "adoption --step month": {"step": "month"}, "survival": {},
    "event-history": {}, "careers": {}, "colleagues": {}, "colleagues --no-sure": {"sure": False}, "indicators": {},
    "indicator-siblings": {"year": "2022"},
}  # fmt: skip


def build(folder: Path, nodes: int, edges: int) -> kg.Build:
    """A build of so many slogans, bodies and people, and uses, posts and figures: counties and cities over 15 years."""
    from kg.builds import graph
    from kg.builds.manifest import Manifest, Source, file_digest
    from kg.chinese.places.divisions import divisions
    from kg.link import link
    from kg.model import Entity, Evidence, Metadata, Post, Reading

    generator = random.Random(1)
    codes = [one.code for one in divisions() if one.level in (1, 2, 3) and one.last is None][: nodes // 5]
    slogans, people = nodes // 2, nodes - nodes // 2 - len(codes)
    readings, sources = [], []
    evidence = (Evidence(0, 1, "政", "", "toy"),)
    for number in range(edges // 40):
        code = codes[int(len(codes) * generator.random())]
        doc, name = f"{number:05}", f"{code}政协"
        body = Entity("Organisation", f"body/{code}/CPPCC", name, (), evidence, kind="CPPCC")
        used = sorted({int(slogans * generator.random() ** 2) for _ in range(34)})
        held = sorted({int(people * generator.random()) for _ in range(4)})
        entities = [
            body,
            *(Entity("Slogan", f"slogan/提法{i}", f"提法{i}", (), evidence, kind="Theme", users=(name,)) for i in used),
            *(
                Entity("Person", f"person/{code}/人{i}", f"人{i}", (), evidence, posts=(Post("委员", name), Post("主席", name)))
                for i in held
            ),
            *(
                Entity(
                    "Figure", f"figure/{doc}/{i}-98件", "立案提案98件", (), evidence, value=98.0 + i, unit="件",
                    measure="立案提案", org=name, period="2022", bound="exact", quote="立案提案98件",
                )
                for i in range(2)
            ),
        ]  # fmt: skip
        meta = Metadata(title=doc, date=str(2010 + number % 15), date_basis="stated")
        readings.append(Reading(doc, f"{doc}.txt", "utf-8", "ab" * 32, 1, meta, code, (), tuple(entities)))
        sources.append(Source(doc, f"{doc}.txt", "utf-8", "ab" * 32, 1, "", ""))
    base = "https://w3id.org/tifa-kg/"
    counts = graph.write(readings, link(readings, ()), folder, base=base, maker=("0", "toy", "1"))
    hashes = {"graph.nq": file_digest(folder / "graph.nq")}
    manifest = Manifest("0", base, {}, {}, {}, tuple(sources), (), counts, {}, hashes)
    (folder / "manifest.json").write_text(manifest.dumps(), encoding="utf-8")
    return kg.open(folder)


def run(made: kg.Build, call: str) -> Any:
    """The frame of one call."""
    return kg.analyse.find(call.partition(" ")[0]).function(made, **CALLS[call])


@pytest.mark.parametrize("call", CALLS)
def test_measures(benchmark: Any, call: str, tmp_path: Path) -> None:
    made = build(tmp_path, 500, 4000)
    assert len(benchmark.pedantic(run, args=(made, call), rounds=1)) > 0


def main() -> None:
    """Print the figures."""
    nodes, edges = (int(words) for words in sys.argv[1:3]) if len(sys.argv) > 2 else (10_000, 100_000)
    with TemporaryDirectory() as folder, build(Path(folder), nodes, edges) as made:
        for call in CALLS:
            begin, busy = time.perf_counter(), time.process_time()
            rows = len(run(made, call))
            wall, cpu = time.perf_counter() - begin, time.process_time() - busy
            sys.stdout.write(f"{call:28}{wall:8.1f} s {cpu:8.1f} s of processor {rows:10,} rows\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
