"""How long each question takes on a graph of more than a million quads, on the store on disk and in memory.

Run with ``python tests/benchmarks/test_questions.py FOLDER [ROUNDS]``: the corpus of ``synthetic.py`` is built in FOLDER
unless it is there. Prints medians of milliseconds, by the clock and of the processor (other work on the machine slows the
one, not the other); ``pytest tests/benchmarks --benchmark-enable`` times the
questions of a smaller one. Each question is asked as it usually is, about one thing, and of the whole corpus.
"""

from __future__ import annotations

import statistics
import sys
import time
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

CITY = "哈尔滨市"
ASKED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("evidence", {"subject": f"{CITY}政协"}),
    ("coverage", {}),
    ("coverage", {"jurisdiction": CITY}),
    ("slogan-first-use", {}),
    ("slogan-first-use", {"slogan": "两个确立"}),
    ("slogan-lags", {}),
    ("slogan-lags", {"slogan": "两个确立"}),
    ("slogan-adoption", {"slogan": "两个确立"}),
    ("slogan-bottom-up", {}),
    ("slogan-variants", {"slogan": "两个确立"}),
    ("slogan-components", {}),
    ("slogan-dropped", {}),
    ("slogan-dropped", {"user": f"{CITY}政协"}),
    ("slogan-own", {"jurisdiction": CITY}),
    ("similar-jurisdictions", {}),
    ("similar-jurisdictions", {"jurisdiction": CITY}),
    ("office-holders", {}),
    ("office-holders", {"body": f"{CITY}政协", "on": "2020"}),
    ("career", {}),
    ("colleagues", {}),
    ("colleagues", {"body": f"{CITY}政协"}),
    ("movers", {}),
    ("unresolved", {}),
    ("initiatives", {}),
    ("initiatives", {"jurisdiction": CITY}),
    ("carried-out", {}),
    ("claimed-firsts", {}),
    ("same-named-initiatives", {}),
    ("same-named-initiatives", {"words": "书香政协"}),
    ("endorsements", {}),
    ("endorsements", {"jurisdiction": CITY}),
    ("document-followups", {"document": "关于优化营商环境的意见"}),
    ("meetings", {}),
    ("meetings", {"jurisdiction": "黑龙江省"}),
    ("figures", {"indicator": "提案"}),
    ("figure-comparison", {"indicator": "提案", "year": "2020"}),
    ("conflicts", {}),
    ("changes", {}),
    ("decisions", {}),
)


def synthetic() -> Any:
    spec = spec_from_file_location("synthetic", Path(__file__).with_name("synthetic.py"))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def median(build: Any, name: str, given: dict[str, Any], store: Any, rounds: int) -> tuple[float, float, int]:
    """Medians of milliseconds by the clock and of the processor, and the number of rows."""
    from kg.ask import ask

    times, busy, rows = [], [], 0
    if name == "changes":
        given = given | {"other": build}
    for _ in range(rounds):
        begin, spent = time.perf_counter(), time.process_time()
        rows = len(ask(build, name, store=store, **given).rows)
        times.append((time.perf_counter() - begin) * 1000)
        busy.append((time.process_time() - spent) * 1000)
    return statistics.median(times), statistics.median(busy), rows


def lookups(build: Any, store: Any, rounds: int) -> dict[str, tuple[float, float]]:
    """Median milliseconds of looking up a name, a spelling, a thing's statements, a claim's passage."""
    from kg.ask import ask
    from kg.ask.names import resolve

    base, someone = build.base, _someone(build)
    asked = {
        "a name": lambda: resolve("两个确立", "Slogan", store, base),
        "a name in quotation marks": lambda: resolve("“两个确立”", "Slogan", store, base),
        "a short name of a district": lambda: resolve("哈尔滨", "District", store, base),
        "an identity": lambda: resolve("body/230100/CPPCC", None, store, base),
        "a statement of a slogan with a thousand claims": lambda: ask(
            build, "evidence", store=store, subject="两个确立", predicate="kind", object="Numeric"
        ),
        "a person's posts": lambda: ask(build, "career", store=store, person=someone),
    }
    found = {}
    for name, look in asked.items():
        times, busy = [], []
        for _ in range(rounds):
            begin, spent = time.perf_counter(), time.process_time()
            look()
            times.append((time.perf_counter() - begin) * 1000)
            busy.append((time.process_time() - spent) * 1000)
        found[name] = statistics.median(times), statistics.median(busy)
    return found


def _someone(build: Any) -> str:
    from kg.ask.context import select

    rows = select(build.store, "SELECT ?p { ?m org:member ?p } ORDER BY ?p LIMIT 1", build.base, {})
    person: str = rows[0]["p"]
    return person


@pytest.mark.parametrize(("name", "given"), ASKED, ids=lambda value: value if isinstance(value, str) else "")
def test_questions(benchmark: Any, tmp_path_factory: pytest.TempPathFactory, name: str, given: dict[str, Any]) -> None:
    import kg

    folder = tmp_path_factory.getbasetemp() / "synthetic"
    with kg.open(synthetic().make(folder, 100)) as build:
        benchmark.pedantic(median, args=(build, name, given, build.store, 1), rounds=3)


def main() -> None:
    """Print the medians."""
    import kg
    from kg.graph import store

    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with kg.open(synthetic().make(Path(sys.argv[1]))) as build:
        sys.stdout.write(f"{build.manifest.graph['quads']:,} quads, {len(build.manifest.documents):,} documents\n")
        memory = store.in_memory(build.path / "graph.nq")
        sys.stdout.write(f"{'milliseconds':<60}{'rows':>8}{'disk':>8}{'its CPU':>9}{'memory':>8}{'its CPU':>9}\n")
        for name, given in ASKED:
            words = " ".join((name, *(f"--{key} {value}" for key, value in given.items())))
            disk, disk_busy, rows = median(build, name, given, build.store, rounds)
            quick, quick_busy, _ = median(build, name, given, memory, rounds)
            sys.stdout.write(f"{words:<60}{rows:>8}{disk:>8.0f}{disk_busy:>9.0f}{quick:>8.0f}{quick_busy:>9.0f}\n")
            sys.stdout.flush()
        in_memory = lookups(build, memory, rounds)
        for name, (disk, disk_busy) in lookups(build, build.store, rounds).items():
            quick, quick_busy = in_memory[name]
            sys.stdout.write(f"{name:<60}{'':>8}{disk:>8.1f}{disk_busy:>9.1f}{quick:>8.1f}{quick_busy:>9.1f}\n")


if __name__ == "__main__":
    main()
