import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import tables
from kg.model import FIELDS, TYPES, Entity, Evidence, Metadata, Post, Reading, Unresolved, record
from kg.readings import dumps, facts, loads

HOSTILE = [
    'say "没问题"', "一行\n二行\r\n三行", "nul\x00bell\x07esc\x1b[31m", "<script>alert(1)</script>", "\u202e反\u2066向\u2069",
    "=SUM(A1:A9)", "+1", "-1", "@x", "\t=1", "'=1", "''", "a | b", "a\\|b", "\\", "https://a b/<c>", "\u2028\u2029", "𠮷", "",
]  # fmt: skip


def body(name: str, **fields: object) -> Entity:
    evidence = (Evidence(0, 1, name, name, name, (f"place={name}",)),)
    return Entity("Organisation", f"body/230102/{name}", name, (name,), evidence, **fields)  # type: ignore[arg-type]


def reading(*entities: Entity, doc: str = "甲") -> Reading:
    name = Unresolved("Person", Evidence(0, 1, "李", "", "test"), ("person/1/李",), "two of them")
    return Reading(doc, "甲.txt", "utf-8", "00", 9, Metadata(authors=("乙",)), None, ("A", ""), entities, (name,))


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_survive_every_table(words: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    import pyarrow.parquet as pq

    seen = reading(
        body(words, place=words),
        Entity("Person", "p", words, (words, words), (), posts=(Post(words, words), Post(words, None))),
    )
    assert loads(dumps(seen)) == seen
    records = [record("甲", entity) for entity in seen.entities]
    out = io.StringIO(newline="")
    tables.write_jsonl(records, out)
    assert [json.loads(line) for line in out.getvalue().split("\n")[:-1]] == records
    out = io.StringIO(newline="")
    tables.write_csv(records, out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))
    assert [row["name"].removeprefix("'") if row["name"].startswith("'") else row["name"] for row in rows] == [
        words,
        words,
    ]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row.values())
    assert json.loads(rows[0]["evidence"]) == records[0]["evidence"]
    path = tmp_path_factory.mktemp("parquet") / "t"
    tables.write_parquet(records, path)
    columns = pq.read_table(path).to_pylist()
    assert [row["name"] for row in columns] == [words, words]
    assert columns[1]["posts"] == [{"title": words, "org": words}, {"title": words, "org": None}]


@given(
    st.builds(
        body,
        st.text(st.characters(exclude_categories=["Cs"])),
        place=st.none() | st.text(st.characters(exclude_categories=["Cs"])),
    )
)
def test_readings_survive_json(entity: Entity) -> None:
    seen = reading(entity)
    assert loads(dumps(seen)) == seen


def test_facts_come_by_document_type_place_and_name() -> None:
    def at(type: str, name: str, start: int) -> Entity:
        return Entity(type, name, name, (), (Evidence(start, start + 1, "x", "", ""),), confidence=start / 10)

    seen = [
        reading(at("Figure", "a", 1), at("Person", "c", 3), at("Person", "b", 3), at("Person", "z", 2)),
        reading(at("District", "d", 5), doc="丁"),
    ]
    assert [row["name"] for row in facts(seen)] == ["d", "z", "b", "c", "a"]
    assert [row["name"] for row in facts(seen, type="Person", min_confidence=0.3)] == ["b", "c"]
    assert [row["id"] for row in facts(seen, doc="丁", base="https://x.org/")] == ["https://x.org/d"]


@pytest.mark.parametrize("type", TYPES)
def test_frames_have_a_column_for_each_field(type: str) -> None:
    rows = [record("甲", entity) for entity in reading(body("乙")).entities]
    frame = tables.frame(rows, type)
    assert list(frame.columns) == ["name", *FIELDS[type], "doc", "surfaces", "confidence", "type", "id"]
    assert len(frame) == (type == "Organisation")


def test_the_frame_of_evidence_joins_with_the_others() -> None:
    rows = [record("甲", entity) for entity in reading(body("乙"), body("丙")).entities]
    joined = tables.evidence_frame(rows).merge(tables.frame(rows, "Organisation"), on=["doc", "id"])
    assert list(joined["quote"]) == ["乙", "丙"]
    assert list(joined["supports"]) == [["place=乙"], ["place=丙"]]
    with pytest.raises(ValueError, match="'Persons' is no type"):
        tables.frame(rows, "Persons")
