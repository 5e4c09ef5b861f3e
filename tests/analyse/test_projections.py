"""Projections of toy articles, edge by edge."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest
from networkx.algorithms import bipartite

import kg
import kg.analyse
from kg.analyse import Cut, find, measures
from kg.errors import CannotMeasureError, NotFoundError

Make = Callable[..., kg.Build]
DAOLI, NANGANG, HARBIN, XIHU = "230102", "230103", "230100", "330106"


@pytest.fixture
def three(toy_build: Make, toy: Any) -> kg.Build:
    """Harbin and two of its districts, and Xihu far away."""
    return toy_build(
        toy("a", "2022", HARBIN, [("七色花", HARBIN), ("七色花", DAOLI), ("同心桥", DAOLI)], {"七色花": "上", "同心桥": "上"}),
        toy("b", "2023-05", HARBIN, [("七色花", DAOLI), ("同心桥", NANGANG), ("两个维护", NANGANG)], {"两个维护": "下"}),
        toy("c", None, XIHU, [("两个维护", XIHU)]),
    )  # fmt: skip


def weights(graph: nx.Graph, attribute: str = "weight") -> dict[tuple[str, str], Any]:
    pairs = {tuple(sorted((first, second))): value for first, second, value in graph.edges(data=attribute)}
    return {tuple(id.rpartition("/")[2] if "slogan" in id else id.split("/")[1] for id in pair): pairs[pair] for pair in sorted(pairs)}  # type: ignore[misc]  # fmt: skip


def test_bodies_and_slogans(three: kg.Build) -> None:
    graph = kg.analyse.bodies_slogans(three)
    assert weights(graph) == {
        (HARBIN, "七色花"): 1,
        (DAOLI, "七色花"): 2,
        (DAOLI, "同心桥"): 1,
        (NANGANG, "两个维护"): 1,
        (NANGANG, "同心桥"): 1,
        (XIHU, "两个维护"): 1,
    }
    assert graph.nodes["body/230102/CPPCC"] == {
        "label": "道里区政协",
        "type": "Organisation",
        "kind": "CPPCC",
        "district": DAOLI,
        "level": "county",
        "bipartite": 0,
    }
    assert graph.nodes["slogan/七色花"]["bipartite"] == 1
    assert bipartite.is_bipartite(graph)


@pytest.mark.parametrize(
    ("cut", "kept"),
    [
        (Cut(since="2023"), {(DAOLI, "七色花"), (NANGANG, "两个维护"), (NANGANG, "同心桥")}),
        (Cut(until="2022"), {(HARBIN, "七色花"), (DAOLI, "七色花"), (DAOLI, "同心桥")}),
        (Cut(level="prefecture"), {(HARBIN, "七色花")}),
        (Cut(place="杭州市"), {(XIHU, "两个维护")}),
        (Cut(place="哈尔滨市", level="county", since="2023-05", until="2023-05"), {(DAOLI, "七色花"), (NANGANG, "两个维护"), (NANGANG, "同心桥")}),
        (Cut(place=NANGANG), {(NANGANG, "两个维护"), (NANGANG, "同心桥")}),
    ],
)  # fmt: skip
def test_a_cut_keeps_its_period_level_and_place(three: kg.Build, cut: Cut, kept: set[tuple[str, str]]) -> None:
    assert set(weights(kg.analyse.bodies_slogans(three, cut=cut))) == kept


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"since": "2030"}, CannotMeasureError, r"no use of a slogan by a body within the cut \(since 2030\); widen"),
        ({"since": "05/2022"}, CannotMeasureError, "'05/2022' is no date; write 2022, 2022-05 or 2022-05-07"),
        ({"since": "2023-02-30"}, CannotMeasureError, "is no date"),
        ({"since": "2023", "until": "2022"}, CannotMeasureError, "ends before it begins"),
        ({"level": "canton"}, CannotMeasureError, "'canton' is no level"),
        ({"place": "乌有县"}, NotFoundError, "'乌有县' is no district of this build"),
    ],
)
def test_a_cut_that_leaves_nothing_says_so(three: kg.Build, options: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        kg.analyse.bodies_slogans(three, cut=Cut(**options))


def test_one_name_of_two_districts_is_not_guessed(toy_build: Make, toy: Any) -> None:
    build = toy_build(toy("a", "2022", None, [("同心桥", "320106"), ("同心桥", "320302")]))
    with pytest.raises(NotFoundError, match=r"'鼓楼区' may be any of these 2: 320106 .*江苏省/南京市.*; give a code"):
        kg.analyse.bodies_slogans(build, cut=Cut(place="鼓楼区"))


def test_districts_and_slogans_by_scope(three: kg.Build) -> None:
    national = kg.analyse.districts_slogans(three, scope="national")
    assert set(weights(national)) == {(NANGANG, "两个维护"), (XIHU, "两个维护")}
    local = kg.analyse.districts_slogans(three, scope="local")
    assert "slogan/两个维护" not in local
    assert len(local.edges) == 4


def test_one_mode_projections_are_those_of_networkx(three: kg.Build) -> None:
    for name, two_mode, side in (("slogan_co_use", "bodies_slogans", 1), ("districts_shared_formulae", "districts_slogans", 0)):  # fmt: skip
        graph = getattr(kg.analyse, two_mode)(three)
        ours = getattr(kg.analyse, name)(three)
        nodes = [id for id, own in graph.nodes(data="bipartite") if own == side]
        theirs = bipartite.weighted_projected_graph(graph, nodes)
        assert {frozenset(pair): ours.edges[pair]["weight"] for pair in ours.edges} == {
            frozenset(pair): theirs.edges[pair]["weight"] for pair in theirs.edges
        }


def test_shared_slogans_name_what_is_shared_and_the_uses(three: kg.Build) -> None:
    graph = kg.analyse.districts_shared_formulae(three)
    assert weights(graph, "shared") == {
        (HARBIN, DAOLI): "slogan/七色花",
        (DAOLI, NANGANG): "slogan/同心桥",
        (NANGANG, XIHU): "slogan/两个维护",
    }
    evidence = graph.edges["district/230103", "district/330106"]["evidence"].split()
    assert len(evidence) == 2
    assert evidence[0].startswith("use/b/")
    assert evidence[1].startswith("use/c/")


def test_slogans_that_stand_together(three: kg.Build) -> None:
    by_section = kg.analyse.slogan_co_occurrence(three)
    # In b 七色花 and 同心桥 stand before any heading, 两个维护 in a section of its own.
    assert weights(by_section) == {("七色花", "同心桥"): 2}
    assert weights(kg.analyse.slogan_co_occurrence(three, within="article")) == {
        ("七色花", "两个维护"): 1,
        ("七色花", "同心桥"): 2,
        ("两个维护", "同心桥"): 1,
    }


def test_owners_and_initiatives(toy_build: Make, toy: Any) -> None:
    build = toy_build(
        toy("a", "2022", HARBIN, owned=[("湖畔议事", DAOLI)]), toy("b", "2023", HARBIN, owned=[("湖畔议事", DAOLI)])
    )
    graph = kg.analyse.bodies_initiatives(build)
    [(owner, initiative, data)] = graph.edges(data=True)
    assert (owner, initiative) == ("body/230102/CPPCC", "initiative/230102/湖畔议事")
    assert (data["weight"], data["statements"]) == (2, 2)
    assert [iri.split("/")[:2] for iri in data["evidence"].split()] == [["claim", "a"], ["claim", "b"]]


@pytest.mark.parametrize(
    ("apart", "pairs"),
    [(0, {("李明", "王芳"): 2022}), (1, {("李明", "王芳"): 2022, ("张军", "李明"): 2023, ("张军", "王芳"): 2023})],
)
def test_officials_attested_in_one_body_at_a_time(toy_build: Make, toy: Any, apart: int, pairs: Any) -> None:
    build = toy_build(
        toy(
            "a",
            "2022-03",
            HARBIN,
            posts=[("李明", "主席", DAOLI), ("王芳", "副主席", DAOLI), ("赵强", "主席", NANGANG)],
        ),
        toy("b", "2023", HARBIN, posts=[("张军", "主席", DAOLI)]),
        toy("c", None, HARBIN, posts=[("周杰", "主席", DAOLI)]),
    )
    graph = kg.analyse.officials_shared_posts(build, apart=apart)
    found = {tuple(sorted(id.rpartition("/")[2] for id in pair)): graph.edges[pair]["first"] for pair in graph.edges}
    assert found == {tuple(sorted(pair)): year for pair, year in pairs.items()}


def test_hierarchy_as_stated_and_as_the_gazetteer_has_it(toy_build: Make, toy: Any) -> None:
    build = toy_build(
        toy("a", "2022", HARBIN, [("同心桥", HARBIN)], parts=[("提案委员会", DAOLI)]),
    )
    stated = kg.analyse.organisation_hierarchy(build)
    assert list(stated.edges(data="relation")) == [("body/230102/CPPCC/提案委员会", "body/230102/CPPCC", "part of")]
    both = kg.analyse.organisation_hierarchy(build, superiors=True)
    assert both.edges["body/230102/CPPCC", "body/230100/CPPCC"] == {
        "weight": 0,
        "statements": 0,
        "evidence": "",
        "relation": "superior",
    }


@pytest.mark.parametrize(
    ("text", "implements"),
    [
        ("根据《甲条例》，制定了《乙办法》。", {("乙办法", "甲条例")}),
        ("认真学习贯彻《甲意见》和《乙意见》，印发《丙方案》、《丁细则》。", {("丙方案", "甲意见"), ("丙方案", "乙意见"), ("丁细则", "甲意见"), ("丁细则", "乙意见")}),
        ("根据《甲条例》开展工作。制定了《乙办法》。", set()),
        ("《甲条例》与《乙办法》同时公布。", set()),
        ("贯彻会议精神，学习《甲条例》，制定《乙办法》。", set()),
    ],
)  # fmt: skip
def test_a_document_carries_out_another_where_one_sentence_says_so(
    toy_build: Make, toy: Any, text: str, implements: set[tuple[str, str]]
) -> None:
    graph = kg.analyse.documents_cited(toy_build(toy("a", "2022", HARBIN, text=text)))
    found = {
        (source.rpartition("/")[2], target.rpartition("/")[2])
        for source, target, relation in graph.edges(data="relation")
        if relation == "implements"
    }
    assert found == implements
    cited = [target for _, target, relation in graph.edges(data="relation") if relation == "cites"]
    assert len(cited) == text.count("《")


def test_the_cue_of_a_citation_is_told(toy_build: Make, toy: Any) -> None:
    graph = kg.analyse.documents_cited(toy_build(toy("a", "2022", HARBIN, text="依照《甲章程》监督。报道见《乙报》。")))
    cues = {target.rpartition("/")[2]: cue for _, target, cue in graph.edges(data="cue")}
    assert cues == {"甲章程": "依照", "乙报": ""}


def test_every_projection_says_what_it_is_and_how_to_cite_it(three: kg.Build) -> None:
    graph = kg.analyse.districts_slogans(three, cut=Cut(level="county"))
    sha = three.manifest.files["graph.nq"][:16]
    version = find("districts-slogans").version
    assert graph.graph["citation"] == (
        f"tifa-kg 0.1.0, projection districts-slogans, version {version}, cut: level county, of the build with graph.nq "
        f"SHA-256 {sha}"
    )
    assert graph.graph["cut"] == "level county"


@pytest.mark.parametrize("name", [name for name, one in measures().items() if one.kind == "projection"])
def test_nodes_and_edges_have_the_attributes_they_should(sample: kg.Build, name: str) -> None:
    graph = find(name).function(sample)
    assert graph.graph["name"] == name
    assert graph.number_of_edges() > 0
    for _, _, data in graph.edges(data=True):
        assert set(data) == set(find(name).columns)
        assert all(iri.split("/")[0] in ("claim", "use", "passage") for iri in data["evidence"].split())
    for _, data in graph.nodes(data=True):
        assert {"label", "type", "kind", "district", "level"} <= set(data)
        assert data["type"]
        assert data["label"]


@pytest.mark.parametrize("name", [name for name, one in measures().items() if one.kind == "projection"])
def test_evidence_stands_in_the_graph(sample: kg.Build, name: str) -> None:
    graph = find(name).function(sample)
    lines = (sample.path / "graph.nq").read_text(encoding="utf-8")
    for _, _, evidence in graph.edges(data="evidence"):
        for iri in evidence.split():
            assert f"<{sample.base}{iri}> " in lines


def test_a_projection_of_very_many_pairs_is_said_beforehand(three: kg.Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.analyse.registry.MINUTE", 1e-9)
    with pytest.warns(
        kg.analyse.SlowMeasureWarning, match="a projection of 2 pairs will take about .*cut it by period"
    ):
        kg.analyse.slogan_co_use(three)
