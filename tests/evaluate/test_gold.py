"""Gold with errors: one clear line that names file and entry."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import GoldError
from kg.evaluation.gold import load

PERSON = {"type": "Person", "name": "李某", "posts": [], "required": True}
FIGURE = {"type": "Figure", "value": 724, "unit": "件", "bound": "exact", "quote": "提案724件", "required": True}


def write(folder: Path, name: str, gold: object) -> Path:
    path = folder / name
    path.write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
    return path


def without(row: dict[str, Any], field: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != field}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "line 1, column 1"),
        (b'{"doc": "a",\n "entities": [}', "line 2, column 15"),
        (b"[]", "not a JSON object"),
        (b'{"entities": []}', 'no "doc"'),
        (b'{"doc": "", "entities": []}', 'no "doc"'),
        (b'{"doc": "a"}', 'no list "entities"'),
        ('{"doc": "甲"'.encode("gb18030"), "offset 9: not UTF-8"),
    ],
)
def test_a_file_that_is_not_gold(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "a.json").write_bytes(data)
    with pytest.raises(GoldError) as caught:
        load(tmp_path)
    assert str(caught.value).startswith(f"{tmp_path}/a.json: ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("李某", "entry 2: not a JSON object"),
        (without(PERSON, "type"), "entry 2 (李某): 'type' is missing, not one of District"),
        (PERSON | {"type": "Human"}, "entry 2 (李某): 'type' is \"Human\", not one of District"),
        (without(PERSON, "name"), "entry 2: 'name' is missing"),
        (PERSON | {"name": " "}, "'name' is \" \", not words"),
        (without(PERSON, "required"), "entry 2 (李某): 'required' is missing, not true or false"),
        (PERSON | {"required": "yes"}, "'required' is \"yes\", not true or false"),
        (without(PERSON, "posts"), "entry 2 (李某): 'posts' is missing"),
        (PERSON | {"posts": ["主席"]}, "'posts' is [\"主席\"], not a list of {"),
        (PERSON | {"post": []}, "entry 2 (李某): 'post' is no field of Person; the fields are posts"),
        (PERSON | {"surfaces": "李某"}, "'surfaces' is \"李某\", not a list of words"),
        (PERSON | {"also": ["Human"]}, "'also' is [\"Human\"], not a list of types"),
        (without(FIGURE, "value"), "entry 2 (提案724件): 'value' is missing, not a number"),
        (FIGURE | {"value": "724"}, "'value' is \"724\", not a number"),
        (FIGURE | {"value": True}, "'value' is true, not a number"),
        (without(FIGURE, "quote"), "entry 2: 'quote' is missing, not words"),
        (FIGURE | {"bound": "about 7"}, "'bound' is \"about 7\", not one of exact, more, less, about"),
        ({"type": "District", "name": "某区", "code": 230102, "required": True}, "'code' is 230102, not words or null"),
    ],
)
def test_an_entry_that_is_not_one(tmp_path: Path, row: object, message: str) -> None:
    path = write(tmp_path, "a.json", {"doc": "a", "entities": [PERSON, row]})
    with pytest.raises(GoldError) as caught:
        load(tmp_path)
    assert str(caught.value).startswith(f"{path}: entry 2")
    assert message in str(caught.value)


def test_a_folder_without_gold_and_gold_twice(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="holds no gold"):
        load(tmp_path)
    with pytest.raises(GoldError, match="no such file or folder"):
        load(tmp_path / "nowhere")
    for name in ("a.json", "b.json"):
        write(tmp_path, name, {"doc": "甲", "entities": []})
    with pytest.raises(GoldError, match=r"b\.json: .*a\.json is already the gold of '甲'"):
        load(tmp_path)


def test_one_file_and_a_folder_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b", "a"):
        write(tmp_path, f"{name}.json", {"doc": name, "entities": [FIGURE]})
    (tmp_path / "GUIDELINES.md").write_text("…", encoding="utf-8")
    assert [gold.doc for gold in load(tmp_path)] == ["a", "b"]
    (only,) = load(tmp_path / "b.json")
    assert only.entries[0].label == "提案724件"
    assert only.entries[0].entity.value == 724.0
