"""The structure of five real newspaper pages with all their damage."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Document
from kg.sources import discover, load


@pytest.fixture(scope="module")
def articles(shared: Path) -> list[Document]:
    return [load(found.path) for found in discover([shared / "articles"])]


def speakers(document: Document) -> list[str]:
    return [s.speaker for s in document.sections if s.speaker]


def test_all_are_read(articles: list[Document]) -> None:
    assert [len(a.sections) for a in articles] == [19, 9, 8, 19, 5]
    assert all(a.meta.title for a in articles)
    assert [a.meta.authors for a in articles] == [("阴祖峰",), (), ("王越", "刘达齐"), (), ("王越",)]
    assert [a.meta.date for a in articles] == [None, None, None, "2021-12-25", None]


def test_sections_of_a_symposium(articles: list[Document]) -> None:
    page = articles[0]
    assert page.meta.subtitle == "市政协区县（市）政协主席座谈会发言摘登"
    assert len(speakers(page)) == 18
    assert {s.level for s in page.sections[1:]} == {1}
    assert all(s.heading for s in page.sections[1:])
    paragraphs = [[x for x in page.lines if x.section == s.index and x.kind == "paragraph"] for s in page.sections]
    # one bears a paragraph that ends at the break; all others are joined
    assert [len(p) for p in paragraphs] == [2, *[1] * 16, 2, 1]


def test_sections_of_a_page_of_reports(articles: list[Document]) -> None:
    page = articles[1]
    assert speakers(page) == ["道外区政协", "五常市政协", "道里区政协", "双城区政协", "巴彦县政协"]
    assert [s.level for s in page.sections] == [0, 1, 1, 1, 2, 2, 2, 1, 1]
    assert sum(line.kind == "caption" for line in page.lines) == 5
    assert "通过“政协委员走基层”系列活动" in page.flow
    assert "政治理论宣讲和传统文化传承" in page.flow
    assert page.text.count("将读书学习嵌入履") == 2 * page.flow.count("将读书学习嵌入履")


def test_repeats_of_a_page_of_speeches(articles: list[Document]) -> None:
    page = articles[2]
    assert len(speakers(page)) == 7
    assert "木兰县政协主席 李柏林" in speakers(page)
    assert (page.text.count("同频共振。"), page.flow.count("同频共振。")) == (6, 2)
    (shangzhi,) = [s for s in page.sections if s.speaker == "尚志市政协主席 张兴国"]
    for words in ("尚志市委授予", "叶茂方显根深"):
        at = page.flow.index(words)
        assert shangzhi.start < at < shangzhi.end
        assert page.flow.count(words) == 1
    assert "以作风纪律建设" in page.flow
    assert "的决定性意义，增强“四个意识”" in page.flow


def test_parts_of_a_speech(articles: list[Document]) -> None:
    page = articles[3]
    assert page.sections[0].speaker == "哈尔滨市阿城区政协主席 刘晓明"
    five = ["（一）", "（二）", "（三）", "（四）", "（五）"]
    assert [s.label for s in page.sections] == ["", "一", *five, "二", *five, "三", *five]
    assert [s.level for s in page.sections] == [0, *[1, 2, 2, 2, 2, 2] * 3]


def test_boxes_out_of_order(articles: list[Document]) -> None:
    page = articles[4]
    assert [s.label for s in page.sections] == ["", "A", "B", "C", "D"]
    assert page.text.index("D 政治引领") < page.text.index("A 谋定而动")
    assert page.flow.endswith("贡献智慧和力量。")


def test_flow_stands_in_the_text(articles: list[Document]) -> None:
    for page in articles:
        for line in page.lines:
            quoted = "".join(page.text[a:b] for a, b in page.passages(line.start, line.end))
            assert quoted
        assert sum(page.text[at] == c for at, c in zip(page.offsets, page.flow, strict=True)) > 0.9 * len(page.flow)
