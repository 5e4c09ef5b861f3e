import subprocess
import sys

import pytest

import kg

HEAVY = {"rdflib", "pyshacl", "pandas", "pyarrow", "jieba", "rjieba", "pyoxigraph", "oxrdflib", "networkx", "numpy", "rich", "yaml", "charset_normalizer", "ahocorasick_rs", "cn2an"}  # fmt: skip


def imported(code: str) -> set[str]:
    code += "\nimport sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8")
    return set(done.stdout.split("\n")[-2].split())


@pytest.mark.parametrize(
    "code",
    [
        "import kg",
        "import kg; kg.Build; kg.KgError",
        "import kg; kg.evaluate",
        "import kg.analyse; kg.analyse.measures()",
        "import kg.cli",
        "import contextlib, kg.cli\nwith contextlib.suppress(SystemExit): kg.cli.main(['--help'])",
    ],
)
def test_starting_pulls_in_nothing_heavy(code: str) -> None:
    modules = imported(code)
    assert not {name.partition(".")[0] for name in modules} & HEAVY
    assert len(modules) < 250


def test_the_public_names_are_sorted_and_there() -> None:
    assert kg.__all__ == sorted(kg.__all__)
    assert kg.__all__ == [
        "Build", "BuildError", "CannotMeasureError", "CheckError", "DecisionError", "Document", "Entity", "Evaluation",
        "Evidence", "EvidenceError", "GoldError", "KgError", "NotFoundError", "QuestionError", "Reader", "Reading", "SourceError",
        "build", "evaluate", "open",
    ]  # fmt: skip
    assert set(kg.__all__) <= set(dir(kg))
    assert all(getattr(kg, name).__doc__ for name in kg.__all__)


def test_build_and_open_stay_functions_after_use() -> None:
    import kg.builds.stages
    import kg.evaluation

    assert callable(kg.build)
    assert callable(kg.evaluate)
    assert callable(kg.open)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = kg.nothing  # type: ignore[attr-defined]
