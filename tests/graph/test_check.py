"""Each defect planted in a sound graph is found and named; nothing unchecked is called sound."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.errors import BuildError
from kg.graph.check import CheckReport, check
from kg.graph.project import Projection
from kg.graph.terms import write_nquads
from kg.model import Entity, Evidence

pytest.importorskip("pyshacl")

KG = "<https://w3id.org/tifa-kg/ontology#{}>"
BODY = "<https://w3id.org/tifa-kg/body/330106/CPPCC>"
FIGURE = "<https://w3id.org/tifa-kg/figure/"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
MEMBERSHIP = "<https://w3id.org/tifa-kg/membership/330106/张三/330106/CPPCC/主席>"
ORG = "<http://www.w3.org/ns/org#{}>"
OA = "<http://www.w3.org/ns/oa#{}>"
RDF = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#{}>"


def test_a_sound_graph_conforms(projection: Projection, tmp_path: Path) -> None:
    report = check(projection.blocks)
    assert (report.status, report.conforms, report.violations) == ("conforms", True, ())
    assert report.quads == projection.counts.quads
    write_nquads(projection.blocks, tmp_path / "graph.nq")
    assert check(tmp_path / "graph.nq") == report


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        (f"^{BODY} {LABEL}", r"body/330106/CPPCC must have exactly one label that is not empty \[001-湖畔, 002\]"),
        (f"^{MEMBERSHIP} {ORG.format('member')}", r"西湖区政协主席 \(membership/.*\) must have exactly one person \[001-湖畔\]"),
        (f"^{MEMBERSHIP} {ORG.format('organization')}", r"西湖区政协主席 \(.*\) must have exactly one body, or the name of one"),
        (f"^{MEMBERSHIP} {KG.format('postTitle')}", r"must have exactly one title"),
        (f"^{MEMBERSHIP} {KG.format('attestedIn')}", r"is attested in no article"),
        (f"^{FIGURE}.* {KG.format('value')}", r"立案提案百余件 \(figure/.*\) must have exactly one value, a decimal \[001-湖畔\]"),
        (f"^<https://w3id.org/tifa-kg/claim/002/.* {KG.format('passage')}", r"claim/002/[0-9a-f]{16} rests on no passage \[002\]"),
        (f"^<https://w3id.org/tifa-kg/claim/002/.* {KG.format('rule')}", r"claim/002/.* must name the one rule"),
        (f"^<https://w3id.org/tifa-kg/claim/002/.* {KG.format('confidence')}", r"must have one confidence"),
        (f"^<https://w3id.org/tifa-kg/claim/002/.* {RDF.format('subject')}", r"must have exactly one subject"),
        (f"^<https://w3id.org/tifa-kg/passage/002/0-3> {OA.format('exact')}", r"passage/002/0-3 must quote the words of the text \[002\]"),
        (f"^<https://w3id.org/tifa-kg/passage/002/0-3> {OA.format('start')}", r"passage/002/0-3 must have one start"),
        (f"^<https://w3id.org/tifa-kg/passage/002/0-3> {OA.format('end')}", r"passage/002/0-3 must have one end"),
        (f"^<https://w3id.org/tifa-kg/passage/002/0-3> {KG.format('article')}", r"passage/002/0-3 must stand in exactly one article"),
        (f"{RDF.format('subject')} <https://w3id.org/tifa-kg/person/330106/李四>", r"李四 \(person/330106/李四\) has no claim"),
        (f"^<https://w3id.org/tifa-kg/district/330100> {KG.format('code')}", r"杭州市 \(district/330100\) is of county level or above.* has no code"),
        (f"^<https://w3id.org/tifa-kg/use/.* {KG.format('slogan')} <.*同心向前>", r"同心向前 \(slogan/同心向前\) has no use"),
        (f"^<https://w3id.org/tifa-kg/article/002> {KG.format('sha256')}", r"must have one SHA-256 digest"),
        (f"^<https://w3id.org/tifa-kg/article/002> {KG.format('dateBasis')}", r"must say what its date rests on"),
        (f"/component/1-.* {KG.format('position')}", r"一事一议 \(.*\) must have one position"),
        (f"^<https://w3id.org/tifa-kg/unresolved/.* {KG.format('reason')}", r"鼓楼区 \(.*\) does not say why it stays open"),
    ],
)  # fmt: skip
def test_what_is_taken_away_is_missed(projection: Projection, pattern: str, message: str) -> None:
    kept = [line for line in projection.lines if not re.search(pattern, line)]
    assert len(kept) < projection.counts.quads
    report = check(kept)
    assert report.status == "violations"
    assert any(re.search(message, str(violation)) for violation in report.violations), str(report)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (f'{KG.format("value")} "100"^^<http://www.w3.org/2001/XMLSchema#decimal>', f'{KG.format("value")} "百余"', r"must have exactly one value, a decimal"),
        (f"{BODY} {KG.format('kind')} {KG.format('CPPCC')}", f'{BODY} {KG.format("kind")} "政协"', r"has a kind that is not in kg:OrganisationKinds: 政协"),
        (f"{BODY} {KG.format('kind')} {KG.format('CPPCC')}", f"{BODY} {KG.format('kind')} {KG.format('Motto')}", r"has a kind that is not in kg:OrganisationKinds"),
        (f"{KG.format('bound')} {KG.format('more')}", f'{KG.format("bound")} "余"', r"has a bound that is not in kg:Bounds: 余"),
        (f"{KG.format('heldOn')} \"2023-05-07\"^^<http://www.w3.org/2001/XMLSchema#date>", f'{KG.format("heldOn")} "五月"', r"湖畔论坛 .* has a date that is no year, month or day: 五月"),
        (f'{OA.format("start")} "0"', f'{OA.format("start")} "99"', r"must have one start, an integer before its end"),
        (f'{OA.format("exact")} "区政协"', f'{OA.format("exact")} ""', r"must quote the words"),
        (f"{BODY} {LABEL} \"西湖区政协\"", f'{BODY} {LABEL} ""', r"must have exactly one label that is not empty"),
        (f"{BODY} {KG.format('place')} <https://w3id.org/tifa-kg/district/330106>", f"{BODY} {KG.format('place')} <https://w3id.org/tifa-kg/slogan/两个维护>", r"must have a district as its place: slogan/两个维护"),
    ],
)  # fmt: skip
def test_what_is_of_the_wrong_sort_is_found(projection: Projection, old: str, new: str, message: str) -> None:
    lines = [line.replace(old, new) for line in projection.lines]
    assert lines != list(projection.lines)
    report = check(lines)
    assert any(re.search(message, str(violation)) for violation in report.violations), str(report)


@pytest.mark.parametrize(
    ("name", "sound"), [("甲县", False), ("甲市", False), ("甲旗", False), ("甲镇", True), ("甲村", True), ("甲开发区", True)]
)  # fmt: skip
def test_a_district_without_a_code(make: Any, readings: list[Any], name: str, sound: bool) -> None:
    district = Entity("District", f"district/330106/{name}", name, (), (Evidence(0, 3, "西湖区", "", "place.name"),))
    report = check(make([replace(readings[0], entities=(*readings[0].entities, district))]).blocks)
    assert report.conforms is sound
    assert all("has no code" in violation.what for violation in report.violations)


def test_a_record_without_evidence_is_found(make: Any, changed: Any) -> None:
    report = check(make([changed("李四", evidence=())]).blocks)
    assert any("李四 (person/330106/李四) has no claim" in str(violation) for violation in report.violations)


def test_a_kind_no_scheme_has_is_found(make: Any, changed: Any) -> None:
    report = check(make([changed("湖畔议事", kind="节庆")]).blocks)
    assert [str(violation) for violation in report.violations] == [
        "湖畔议事 (initiative/330106/湖畔议事) has a kind that is not in kg:InitiativeKinds: 节庆 [001-湖畔]"
    ]


def test_too_large_is_not_checked(projection: Projection) -> None:
    report = check(projection.blocks, limit=100)
    assert (report.status, report.conforms, report.quads) == ("not checked", None, projection.counts.quads)
    assert str(report) == f"NOT CHECKED: {projection.counts.quads} quads are more than 100; run kg check"
    assert check(projection.blocks, limit=projection.counts.quads).conforms


def test_without_pyshacl_nothing_passes(projection: Projection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    report = check(projection.blocks)
    assert (report.status, report.conforms) == ("not checked", None)
    assert "pip install 'tifa-kg[check]'" in str(report)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.nq").write_text("no quads\n", encoding="utf-8")
    with pytest.raises(BuildError, match=r"bad\.nq: cannot be read"):
        check(tmp_path / "bad.nq")
    with pytest.raises(BuildError, match=r"none\.nq: cannot be read"):
        check(tmp_path / "none.nq")


def test_a_report_counts_its_violations() -> None:
    assert str(CheckReport("violations", 3, ())).startswith("0 violation")


def test_another_base_gives_the_same_messages(make: Any, changed: Any) -> None:
    base = "http://localhost/x/"
    report = check(make([changed("湖畔议事", kind="节庆")], base=base).blocks, base=base)
    assert [violation.focus for violation in report.violations] == ["initiative/330106/湖畔议事"]
