"""When an attribute is right, and what is counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kg.evaluation.gold import Entry
from kg.evaluation.matching import body_names
from kg.evaluation.outcomes import by_rule, counts, outcomes, summed
from kg.model import Entity, Metadata, Reading

Gold = Callable[..., tuple[Entry, ...]]
Said = Callable[..., Entity]
ACTORS = {"type": "Organisation", "name": "某区政协", "surfaces": ["区政协", "政协某区委员会"]}


def read(*records: Entity) -> Reading:
    return Reading("甲", "甲.txt", "utf-8", "00", 9, Metadata(), None, (), records)


@pytest.mark.parametrize(
    ("entry", "given", "right"),
    [
        ({"type": "District", "name": "某区", "code": "230102"}, {"code": "230102"}, {"code": True}),
        ({"type": "District", "name": "某区", "code": "230102"}, {"code": None}, {"code": False}),
        ({"type": "District", "name": "某区", "parent": "某某市"}, {"parent": "某某"}, {"parent": True}),
        ({"type": "Organisation", "name": "某会", "place": "某县"}, {"place": "某区"}, {"place": True}),
        ({"type": "Organisation", "name": "某会", "place": "某县"}, {"place": "某乙县"}, {"place": False}),
        ({"type": "Initiative", "name": "甲", "owners": ["某区政协"]}, {"owners": ("区政协",)}, {"owners": True}),
        ({"type": "Initiative", "name": "甲", "owners": ["某区政协"]}, {"owners": ()}, {"owners": False}),
        ({"type": "Slogan", "name": "甲", "users": ["某区政协"]}, {"users": ("政协某区委员会", "丙")}, {"users": True}),
        ({"type": "Slogan", "name": "甲", "users": []}, {"users": ("丙",)}, {}),
        ({"type": "Document", "name": "甲", "issuers": ["某区政协"]}, {"issuers": ("丙",)}, {"issuers": False}),
        ({"type": "Slogan", "name": "甲", "components": list("子丑寅卯辰")}, {"components": tuple("子丑寅")}, {"components": True}),
        ({"type": "Slogan", "name": "甲", "components": list("子丑寅卯辰")}, {"components": tuple("子丑")}, {"components": False}),
        ({"type": "Meeting", "name": "甲会", "date": "2022-05-07"}, {"date": "2022-05-07"}, {"date": True}),
        ({"type": "Meeting", "name": "甲会", "date": "2022-05-07"}, {"date": "2022"}, {"date": False}),
        ({"type": "Meeting", "name": "甲会", "date": "2022"}, {"date": "2022-05-07"}, {"date": True}),
        ({"type": "Person", "name": "李某", "posts": [{"title": "主席", "org": "某区政协"}]}, {"posts": [("政协主席", "区政协")]}, {"posts": True}),
        ({"type": "Person", "name": "李某", "posts": [{"title": "主席", "org": "某区政协"}]}, {"posts": [("主席", None)]}, {"posts": False}),
        ({"type": "Person", "name": "李某", "posts": [{"title": "记者", "org": None}]}, {"posts": [("本报记者", "某报")]}, {"posts": True}),
    ],
)  # fmt: skip
def test_attributes(
    gold_of: Gold, said: Said, entry: dict[str, Any], given: dict[str, Any], right: dict[str, bool]
) -> None:
    entries = gold_of(ACTORS, entry)
    found = list(outcomes(entries, read(said("Organisation", "某区政协"), said(entry["type"], entry["name"], **given))))
    assert {answer.field: answer.right for answer in found[1].answers} == right


@pytest.mark.parametrize(
    ("given", "right"),
    [
        ({"unit": "件", "bound": "more", "org": "区政协"}, {"unit": True, "bound": True, "org": True}),
        ({"unit": "件", "bound": None, "org": "某区"}, {"unit": True, "bound": False, "org": False}),
    ],
)
def test_attributes_of_figures(gold_of: Gold, said: Said, given: dict[str, Any], right: dict[str, bool]) -> None:
    figure = {"type": "Figure", "value": 7, "unit": "件", "bound": "more", "quote": "7余件", "org": "某区政协"}
    record = said("Figure", value=7.0, quote="7余件", **given)
    found = list(outcomes(gold_of(ACTORS, figure), read(record)))
    assert {answer.field: answer.right for answer in found[1].answers} == right


def test_a_spelling_of_several_bodies_names_none(gold_of: Gold) -> None:
    entries = gold_of(ACTORS, {"type": "Organisation", "name": "乙区政协", "surfaces": ["区政协"]})
    assert body_names(entries) == {"某区政协": "某区政协", "乙区政协": "乙区政协"}


def test_what_is_counted(gold_of: Gold, said: Said) -> None:
    entries = gold_of(
        {"type": "Person", "name": "甲某", "posts": [{"title": "主席", "org": None}]},
        {"type": "Person", "name": "乙某", "posts": []},
        {"type": "Person", "name": "丙某", "posts": [], "required": False},
        {"type": "Person", "name": "丁某", "posts": [], "required": False},
    )
    records = [
        said("Person", "甲某", posts=[("主席", None), ("委员", None)], rules=("person.a", "person.b")),
        said("Person", "丙某", posts=[("委员", None)], rules=("person.a",)),
        said("Person", "甲某·", rules=("person.c",)),
        said("Person", "戊某", rules=("person.b",)),
    ]
    found = list(outcomes(entries, read(*records)))
    total = summed(outcome.adds() for outcome in found)
    people = counts(total, "type", "Person")
    assert (people.right, people.missed, people.extra, people.optional, people.repeated) == (1, 1, 1, 1, 1)
    assert (people.precision, people.recall) == (2 / 3, 1 / 2)
    posts = counts(total, "attribute", "posts")
    assert (posts.right, posts.missed, posts.extra) == (1, 0, 2)
    assert by_rule(found) == {"person.a": (2, 0), "person.b": (1, 1)}
    assert counts(total, "document", "甲") == counts(total, "all", "") == people
