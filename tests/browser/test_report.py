"""The report's page in a browser: quiet, readable by everyone, in two languages, on paper and on phones."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.model import Document, Entity, Evidence, Reading, Unresolved

EVIL = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(2)>', "</title></style><svg onload=alert(3)>",
    "javascript:alert(4)", "</mark></blockquote><iframe srcdoc='<script>parent.alert(5)</script>'>",
)  # fmt: skip
CORPUS = Path(__file__).resolve().parents[2] / "corpus"


class EvilReader:
    """Reads a person, a body and an open name of a hostile spelling in every text."""

    name = "evil"
    version = "1"

    def read(self, document: Document) -> Reading:
        entities, unresolved = [], []
        for number, words in enumerate(EVIL):
            start = document.text.index(words)
            evidence = Evidence(start, start + len(words), words, words, "test.evil")
            entities.append(Entity("Organisation", f"body/230102/{number}", words, (words,), (evidence,)))
            unresolved.append(Unresolved("Person", evidence, (f"person/230102/{number}",), words))
        return Reading(
            document.stem, document.path, document.encoding, document.sha256, len(document.text), document.meta,
            "230102", (), tuple(entities), tuple(unresolved),
        )  # fmt: skip


@pytest.fixture(scope="session")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evil")
    (folder / "texts").mkdir()
    for number, words in enumerate(EVIL):
        card = {
            "title": words,
            "subtitle": words,
            "publisher": words,
            "source": f"javascript:{words}",
            "date": "2023-05",
        }
        text = f"---\n{json.dumps(card)}\n---\n道里区政协召开会议，学习有关精神。\n" + "\n".join(EVIL)
        (folder / "texts" / f"{number}.md").write_text(text, encoding="utf-8")
    (folder / "texts" / "bad.txt").write_bytes(b"\0\1\2")
    kg.build(folder / "texts", folder / "<b>out", reader=EvilReader(), check="never")
    with kg.open(folder / "<b>out") as build:
        (folder / "report.html").write_text(build.report("html", at=folder / "report.html"), encoding="utf-8")
    return folder / "report.html"


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the sample corpus beside its quality card, and beside a page in the explorer's place."""
    folder = tmp_path_factory.mktemp("report")
    kg.build(CORPUS, folder / "out", check="never")
    card = kg.evaluate(CORPUS / "gold", folder / "out")
    (folder / "card.html").write_text(card.card("html"), encoding="utf-8")
    (folder / "card.json").write_text(json.dumps(card.as_dict()), encoding="utf-8")
    (folder / "graph.html").write_text("<!DOCTYPE html><title>graph</title>", encoding="utf-8")
    with kg.open(folder / "out") as build:
        page = build.report("html", at=folder / "report.html")
    (folder / "report.html").write_text(page, encoding="utf-8")
    return folder / "report.html"


def test_hostile_words_do_nothing(evil: Path, visit: Callable[..., Any]) -> None:
    found = visit(evil)
    page = found.page
    for summary in page.locator("summary").all():
        summary.click()
    for link in page.locator("a[href^='#']").all():
        link.dispatch_event("click")
    page.wait_for_timeout(200)
    assert found.quiet, (found.requests, found.dialogs, found.errors)
    assert page.locator("script, img, iframe, svg, object, embed").count() == 0
    assert page.locator("a[href^='javascript' i]").count() == 0
    text = page.locator("body").text_content()
    assert [words for words in EVIL if words not in text] == []
    assert page.title().startswith("构建报告 Build report · <b>out")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["corpus", "evil"])
def test_everyone_can_read_it(
    name: str, language: str, size: tuple[int, int], dark: bool, request: pytest.FixtureRequest,
    visit: Callable[..., Any], violations: Callable[[Any], list[str]],
) -> None:  # fmt: skip
    found = visit(request.getfixturevalue(name), dark=dark, width=size[0], height=size[1])
    found.page.locator(f"label:has(#in-{language})").click()
    assert violations(found) == []
    assert found.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert found.quiet, (found.requests, found.dialogs, found.errors)


def test_one_language_shows_at_a_time(corpus: Path, visit: Callable[..., Any]) -> None:
    page = visit(corpus).page
    heading = page.locator("#coverage h2")
    assert heading.inner_text() == "覆盖情况"
    page.locator("#in-zh").focus()
    page.keyboard.press("ArrowRight")
    assert heading.inner_text() == "Coverage"
    page.keyboard.press("ArrowLeft")
    assert heading.inner_text() == "覆盖情况"


def test_it_leads_to_the_explorer_and_the_card(corpus: Path, visit: Callable[..., Any]) -> None:
    page = visit(corpus).page
    folder = corpus.parent.resolve().as_uri()
    links = {link.evaluate("link => link.href") for link in page.locator("a:not([href^='#'])").all()}
    assert {f"{folder}/graph.html", f"{folder}/card.html"} <= links
    assert f"{folder}/graph.html#v=near&f=body%2F230102%2FCPPCC" in links
    assert page.get_by_text("宏平均 F1 为").count() == 1


def test_a_passage_leads_to_its_document(evil: Path, visit: Callable[..., Any]) -> None:
    page = visit(evil).page
    page.locator("#unresolved summary").first.click()
    link = page.locator("#unresolved blockquote footer a").first
    if not link.is_visible():
        page.locator("#unresolved summary").first.click()
    link.click()
    row = page.locator("tr:target")
    assert row.count() == 1
    assert row.locator("small bdi").first.inner_text() == link.inner_text()


def test_on_paper_both_tables_and_verdict_remain(corpus: Path, visit: Callable[..., Any]) -> None:
    page = visit(corpus).page
    page.emulate_media(media="print")
    assert page.locator("nav").is_hidden()
    assert page.locator(".languages").is_hidden()
    assert page.locator(".heat").first.is_visible()
    assert len(page.pdf()) > 20_000
