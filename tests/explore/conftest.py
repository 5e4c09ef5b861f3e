"""A build of the sample corpus, and an atlas made by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from kg.builds.opened import Build
from kg.explore.atlas import Article, Atlas, Attribute, Edge, Node, Quote

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    out = tmp_path_factory.mktemp("explore") / "corpus"
    return kg.build(CORPUS, out, check="never")


def quote(doc: str, words: str = "甲区政协主席张三", confidence: float = 0.9) -> Quote:
    return Quote(
        doc,
        3,
        3 + len(words),
        f"会上，{words}说。",
        3,
        3 + len(words),
        "甲区政协",
        "person.title-before-name",
        confidence,
    )


@pytest.fixture
def said() -> Callable[..., Quote]:
    return quote


@pytest.fixture
def atlas() -> Atlas:
    """Two holders of one post, an owner in dispute, two values of one figure."""
    return Atlas(
        nodes=(
            Node("district/1", "甲区", "District", jurisdiction="district/1", level="county", quotes=(quote("a"),)),
            Node("body/1/CPPCC", "甲区政协", "Organisation", ("区政协",), (Attribute("kind", "CPPCC"),), (quote("a"),), "district/1"),
            Node("body/1/X", "甲区委", "Organisation", quotes=(quote("b"),), jurisdiction="district/1"),
            Node("person/1/张三", "张三", "Person", quotes=(quote("a"),), jurisdiction="district/1"),
            Node("person/1/李四", "李四", "Person", quotes=(quote("b"),), jurisdiction="district/1"),
            Node("initiative/1/议事", "议事", "Initiative", quotes=(quote("a"),), jurisdiction="district/1"),
            Node("figure/a/1", "提案 12 件", "Figure", attributes=(Attribute("value", "12", (quote("a"),)), Attribute("measure", "提案"), Attribute("period", "2022"), Attribute("unit", "件"))),
            Node("figure/b/1", "提案 15 件", "Figure", attributes=(Attribute("value", "15", (quote("b"),)), Attribute("measure", "提案"), Attribute("period", "2022"), Attribute("unit", "件"))),
            Node("meeting/1/会", "会", "Meeting", attributes=(Attribute("date", "2022", (quote("a"),)), Attribute("date", "2022-05", (quote("b"),)))),
        ),
        edges=(
            Edge("body/1/CPPCC", "district/1", "place", quotes=(quote("a"),)),
            Edge("person/1/张三", "body/1/CPPCC", "posts", "主席", (quote("a"),)),
            Edge("person/1/李四", "body/1/CPPCC", "posts", "主席", (quote("b"),)),
            Edge("person/1/李四", "body/1/CPPCC", "posts", "委员", (quote("b"),)),
            Edge("person/1/张三", "body/1/CPPCC", "posts", "委员", (quote("a"),)),
            Edge("initiative/1/议事", "body/1/CPPCC", "owners", quotes=(quote("a"),)),
            Edge("initiative/1/议事", "body/1/X", "owners", quotes=(quote("b"),)),
            Edge("figure/a/1", "body/1/CPPCC", "org", quotes=(quote("a"),)),
            Edge("figure/b/1", "body/1/CPPCC", "org", quotes=(quote("b"),)),
        ),
        articles=(
            Article("a", "甲文", "2021-05", "stated", "某报", {"bibtex": "@misc{a}", "chicago": "A.", "gbt7714": "佚名. 甲文[N]. 某报, 2021-05."}),
            Article("b", "乙文", "2023", "inferred", "", {"bibtex": "@misc{b}", "chicago": "B.", "gbt7714": "佚名. 乙文[N]. [2023]."}),
        ),
        base="https://w3id.org/tifa-kg/",
    )  # fmt: skip
