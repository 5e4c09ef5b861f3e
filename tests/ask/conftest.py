"""Builds that questions are asked of: the sample corpus, the real articles, and two states of a small invented corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.ask import Answer, ask

ROOT = Path(__file__).resolve().parents[2]

OLD = {
    "t1": (
        "2019-03",
        "道外区",
        "道外区政协主席周大海说，道外区政协围绕“五个暖心”目标履职。道外区政协开展“同心夜话”活动。",
    ),
    "t2": ("2021-06", "道里区", "道里区政协主席周大海说，道里区政协开展工作，全体委员参加。"),
    "t3": ("2021-08", "道里区", "道里区政协主席郑小川主持会议。2021年，道里区政协立案提案120件。"),
}
NEW = OLD | {
    "t2": (
        "2021-06",
        "道里区",
        "道里区政协主席周大海说，道里区政协围绕“五个暖心”目标履职。道里区政协开展“同心夜话”活动。",
    ),
    "t4": ("2021", "道里区", "道里区政协主席周大海作报告。2021年，道里区政协立案提案130件。"),
    "t5": ("2022", "", "鼓楼区政协召开会议，学习有关精神，部署下一步工作，全体委员踊跃发言。"),
}
DECISIONS = "same person/230104/周大海 person/230102/周大海  # moved\nreject slogan/没有的提法\n"


def small(folder: Path, texts: dict[str, tuple[str, str, str]], decisions: str = "") -> kg.Build:
    """A build of invented texts: date, place and words by name."""
    (folder / "texts").mkdir(parents=True)
    for name, (date, place, words) in texts.items():
        where = f"place: {place}\n" if place else ""
        page = f'---\ntitle: {name}简报\ndate: "{date}"\n{where}---\n\n# {name}简报\n\n{words}\n'
        (folder / "texts" / f"{name}.md").write_text(page, encoding="utf-8")
    (folder / "decisions.txt").write_text(decisions, encoding="utf-8")
    return kg.build([folder / "texts"], folder / "build", decisions=folder / "decisions.txt", check="never")


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.Build]:
    with kg.build([ROOT / "corpus"], tmp_path_factory.mktemp("ask") / "corpus", check="never") as build:
        yield build


@pytest.fixture(scope="session")
def articles(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.Build]:
    with kg.build([shared / "articles"], tmp_path_factory.mktemp("ask") / "articles", check="never") as build:
        yield build


@pytest.fixture(scope="session")
def old(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.Build]:
    with small(tmp_path_factory.mktemp("old"), OLD) as build:
        yield build


@pytest.fixture(scope="session")
def new(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.Build]:
    texts = {name: words for name, words in NEW.items() if name != "t1"} | {"t1": NEW["t1"]}
    with small(tmp_path_factory.mktemp("new"), texts, DECISIONS) as build:
        yield build


@pytest.fixture
def made(tmp_path: Path) -> Callable[[dict[str, tuple[str, str, str]]], kg.Build]:
    """Makes a build of a few invented texts."""
    return lambda texts: small(tmp_path, texts)


@pytest.fixture(scope="session")
def rows(corpus: kg.Build) -> Callable[..., list[tuple[Any, ...]]]:
    """Asks the sample corpus and gives the named columns of each row as words and numbers."""

    def asked(name: str, columns: str, **parameters: Any) -> list[tuple[Any, ...]]:
        return picked(ask(corpus, name, **parameters), columns)

    return asked


def picked(answer: Answer, columns: str) -> list[tuple[Any, ...]]:
    """The named columns of each row of an answer."""
    return [tuple(record[name] for name in columns.split()) for record in answer.records()]
