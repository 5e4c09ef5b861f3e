"""From a build to an atlas, and what in it stands against something else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kg.builds.opened import Build
from kg.explore.atlas import Atlas, Edge, Quote
from kg.explore.conflicts import conflicts
from kg.explore.gathering import gather
from kg.explore.sentences import Sentences
from kg.explore.splitting import divide


@pytest.fixture(scope="module")
def gathered(build: Build) -> Atlas:
    return gather(build)


def test_every_entity_of_the_build_is_there(build: Build, gathered: Atlas) -> None:
    profiles = {profile.id: profile for profile in build.entities()}
    assert profiles.keys() <= {node.id for node in gathered.nodes}
    extra = [node for node in gathered.nodes if node.id not in profiles]
    assert {node.type for node in extra} <= {"District"}
    assert all(not node.quotes for node in extra)
    assert {node for node in gathered.nodes if node.listed} == set(extra)


def test_every_quote_stands_in_its_text_and_in_its_sentence(build: Build, gathered: Atlas) -> None:
    attributes = [attribute for node in gathered.nodes for attribute in node.attributes]
    quotes = {quote for item in (*gathered.nodes, *gathered.edges, *attributes) for quote in item.quotes}
    assert len(quotes) > 500
    assert any(" " in quote.sentence[quote.first : quote.last] for quote in quotes)
    for quote in quotes:
        words = build.text(quote.doc)[quote.start : quote.end]
        shown = quote.sentence[quote.first : quote.last]
        assert shown == words
        assert 0 <= quote.first < quote.last <= len(quote.sentence)
        assert 0 < quote.confidence <= 1
        assert quote.rule


def test_an_edge_without_a_quote_is_the_gazetteers(gathered: Atlas) -> None:
    assert {edge.relation for edge in gathered.edges if not edge.quotes} == {"parent"}
    assert any(edge.source == "district/230112" and edge.target == "district/230100" for edge in gathered.edges)


def test_what_the_gazetteer_knows_of_a_district_is_not_dressed_up_as_quoted(gathered: Atlas) -> None:
    parents = {(edge.source, edge.target): edge.quotes for edge in gathered.edges if edge.relation == "parent"}
    assert parents["district/230112", "district/230100"] == ()
    assert parents["district/230100", "district/230000"] == ()
    # A village stands in no gazetteer: only the text says what is above it.
    assert [quote.doc for quote in parents["district/230184/胜远村", "district/230184103"]] == ["001-new-journey"]


def test_posts_carry_their_title(gathered: Atlas) -> None:
    titles = {edge.title for edge in gathered.edges if edge.relation == "posts"}
    assert "主席" in titles
    assert not any("@" in title for title in titles)


def test_what_nothing_ties_is_tied_to_its_district(gathered: Atlas) -> None:
    loose = [edge for edge in gathered.edges if edge.relation == "jurisdiction"]
    assert loose
    ends = {edge.source for edge in loose}
    others = {id for edge in gathered.edges if edge.relation != "jurisdiction" for id in (edge.source, edge.target)}
    assert not ends & others


def test_articles_bring_all_their_citations(gathered: Atlas) -> None:
    assert all(set(article.citations) == {"bibtex", "chicago", "gbt7714"} for article in gathered.articles)
    assert {article.date_basis for article in gathered.articles} == {"stated", "inferred"}


def test_the_order_is_stable(build: Build, gathered: Atlas) -> None:
    assert gather(build) == gathered


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ("一。二三四。五", 3, 4, ("二三四。", 1, 2)),
        ("他说：“好。”又说。", 3, 5, ("他说：“好。”", 3, 5)),
        ("政协主\n席张三说。", 0, 7, ("政协主\n席张三说。", 0, 7)),
        ("政协主\n席 张三说。", 6, 8, ("政协主席 张三说。", 5, 7)),
        ("主席 张三　说。", 0, 5, ("主席 张三　说。", 0, 5)),
        ("the CPPCC\nof China met.", 4, 9, ("the CPPCC of China met.", 4, 9)),
        ("标题\n\n正文在此。", 4, 6, ("正文在此。", 0, 2)),
        ("甲" * 500, 250, 252, ("…" + "甲" * 322 + "…", 161, 163)),
        ("## 标题在此\n正文。", 3, 5, ("标题在此正文。", 0, 2)),
        ("一。二。三。", 0, 4, ("一。二。", 0, 4)),
        ("没有句号", 0, 4, ("没有句号", 0, 4)),
    ],
)
def test_sentences(text: str, start: int, end: int, expected: tuple[str, int, int]) -> None:
    assert Sentences(text).around(start, end) == expected


def test_conflicts(atlas: Atlas) -> None:
    assert [(item.reason, item.edges, item.attributes) for item in conflicts(atlas)] == [
        ("holders", (1, 2), ()),
        ("owners", (5, 6), ()),
        ("values", (), ((6, 0), (7, 0))),
    ]


def test_what_one_article_says_together_is_no_conflict(atlas: Atlas, said: Callable[..., Quote]) -> None:
    edges = [*atlas.edges]
    edges[6] = Edge("initiative/1/议事", "body/1/X", "owners", quotes=(said("a"),))
    assert "owners" not in {item.reason for item in conflicts(replace(atlas, edges=tuple(edges)))}


def test_dates_that_differ_are_a_conflict(atlas: Atlas) -> None:
    nodes = [*atlas.nodes]
    dates = nodes[8].attributes
    nodes[8] = replace(nodes[8], attributes=(dates[0], replace(dates[1], value="2021")))
    assert "dates" in {item.reason for item in conflicts(replace(atlas, nodes=tuple(nodes)))}


def test_parts_hold_their_district_and_what_it_is_tied_to(gathered: Atlas) -> None:
    parts = divide(gathered)
    assert parts[0].district.level == "nation"
    names = {part.district.name: part for part in parts}
    part = names["阿城区"]
    assert part.file == "district-230112.html"
    ids = {node.id for node in part.atlas.nodes}
    assert "body/230112/CPPCC" in ids
    assert all(edge.source in ids and edge.target in ids for edge in part.atlas.edges)
    quoted = {quote.doc for edge in part.atlas.edges for quote in edge.quotes}
    assert quoted <= {article.doc for article in part.atlas.articles}
    assert set().union(*({node.id for node in one.atlas.nodes} for one in parts)) >= {
        node.id for node in gathered.nodes if node.jurisdiction
    }
