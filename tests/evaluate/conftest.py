"""Gold and readings written by hand, and one build of the sample corpus."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.builds.opened import Build
from kg.evaluation import gold as golds
from kg.evaluation.gold import Entry
from kg.model import Entity, Evidence, Post

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


@pytest.fixture
def gold_of(tmp_path: Path) -> Callable[..., tuple[Entry, ...]]:
    """The entries of a gold file with these rows, required unless they say otherwise."""

    def made(*rows: dict[str, Any]) -> tuple[Entry, ...]:
        path = tmp_path / "gold.json"
        entities = [{"required": True} | row for row in rows]
        path.write_text(json.dumps({"doc": "甲", "entities": entities}, ensure_ascii=False), encoding="utf-8")
        return golds.load(path)[0].entries

    return made


@pytest.fixture
def said() -> Callable[..., Entity]:
    """A record of a reading: type, name, spellings, rules of its evidence, fields."""

    def made(
        type: str, name: str = "", *surfaces: str, rules: tuple[str, ...] = ("test.word",), **fields: Any
    ) -> Entity:
        evidence = tuple(Evidence(at, at + 1, "字", "", rule) for at, rule in enumerate(rules))
        posts = tuple(Post(*post) for post in fields.pop("posts", ()))
        return Entity(type, f"{type}/{name}", name, surfaces, evidence, posts=posts, **fields)

    return made


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return kg.build(CORPUS, tmp_path_factory.mktemp("evaluate") / "out", check="never")


@pytest.fixture(scope="session")
def evaluation(corpus: Build) -> kg.Evaluation:
    return kg.evaluate(CORPUS / "gold", corpus)
