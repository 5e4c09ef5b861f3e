"""The pages: what they show, that words of documents do nothing in them, and that a browser asks nobody else."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from kg.ask import questions
from kg.graph import store
from kg.serve.questions import askable
from kg.vocab import BASE

from .conftest import Running, running

STATIC = Path(__file__).resolve().parents[2] / "kg" / "serve" / "static"
EVIL = [
    "<script>window.pwned=1</script>", "</title><script>window.pwned=2</script>", "javascript:window.pwned=3",
    '"><img src=x onerror=window.pwned=4>', "</script><script>window.pwned=5</script>", "{{ 7*7 }}政协",
]  # fmt: skip
"""What a text could bring into names, titles and quotes."""


@pytest.fixture(scope="module")
def hostile(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A build into whose names, titles, quotes and values such words were planted."""
    folder = tmp_path_factory.mktemp("hostile")
    shutil.copytree(built, folder / "out")
    shutil.rmtree(folder / "out" / "store")
    lines = (folder / "out" / "graph.nq").read_text(encoding="utf-8")
    for number, words in enumerate(EVIL):
        literal = json.dumps(words)
        thing, claim = f"<{BASE}slogan/evil{number}>", f"<{BASE}claim/x/evil{number}>"
        passage, graph = f"<{BASE}passage/000-symposium/{number}-{number + 5}>", f"<{BASE}graph/entities>"
        article = f"<{BASE}article/evil{number}>"
        for triple in (
            f"{thing} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{BASE}ontology#Slogan>",
            f"{thing} <http://www.w3.org/2000/01/rdf-schema#label> {literal}",
            f"{thing} <http://www.w3.org/2004/02/skos/core#altLabel> {literal}",
            f"{thing} <http://purl.org/dc/elements/1.1/source> <javascript:alert({number})>",
            f"{thing} <http://purl.org/dc/elements/1.1/source> {literal}",
            f"{claim} <http://www.w3.org/1999/02/22-rdf-syntax-ns#subject> {thing}",
            f"{claim} <http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate> <http://www.w3.org/2004/02/skos/core#altLabel>",
            f"{claim} <http://www.w3.org/1999/02/22-rdf-syntax-ns#object> {literal}",
            f'{claim} <{BASE}ontology#confidence> "0.5"^^<http://www.w3.org/2001/XMLSchema#decimal>',
            f"{claim} <{BASE}ontology#rule> <{BASE}rule/x>",
            f"{claim} <{BASE}ontology#passage> {passage}",
            f'{passage} <http://www.w3.org/ns/oa#start> "{number}"^^<http://www.w3.org/2001/XMLSchema#integer>',
            f'{passage} <http://www.w3.org/ns/oa#end> "{number + 5}"^^<http://www.w3.org/2001/XMLSchema#integer>',
            f"{passage} <http://www.w3.org/ns/oa#exact> {literal}",
            f"{passage} <{BASE}ontology#section> {literal}",
            f"{passage} <{BASE}ontology#article> {article}",
            f"{article} <http://purl.org/dc/terms/title> {literal}",
            f"{article} <http://www.w3.org/2000/01/rdf-schema#label> {literal}",
        ):
            lines += f"{triple} {graph} .\n"
    (folder / "planted.nq").write_text(lines, encoding="utf-8")
    store.load(folder / "planted.nq", folder / "out" / "store")
    text = folder / "out" / "texts" / "000-symposium.txt"
    text.write_text("<script>window.pwned=6</script>" + text.read_text(encoding="utf-8"), encoding="utf-8")
    with running(folder / "out", folder) as found:
        yield found


PATHS = [
    *(f"/entity/slogan/evil{number}" for number in range(len(EVIL))),
    *(f"/entity/article/evil{number}" for number in range(len(EVIL))),
    *(f"/entity/passage/000-symposium/{number}-{number + 5}" for number in range(len(EVIL))),
    *(f"/find?q={quote(words)}" for words in EVIL),
    "/find?q=pwned",
    *(f"/ask/evidence?subject={quote(words)}" for words in EVIL),
    "/ask/slogan-variants",
    "/entity/article/000-symposium",
    f"/{quote(EVIL[1])}",
]


def get(server: Running, path: str) -> str:
    found = server.client.get(path, headers={"accept": "text/html"}, follow_redirects=True)
    # A language that was chosen is kept in a cookie, which the next test should not bring along.
    server.client.cookies.clear()
    assert found.status_code in (200, 400, 404), (path, found.text)
    return found.text


@pytest.mark.parametrize("path", PATHS)
def test_words_are_inert(hostile: Running, path: str) -> None:
    page = get(hostile, path)
    assert not re.search(r"<script(?! type=\"application/json\"| src=\"/static/)", page)
    assert "<img" not in page
    assert page.count("</title>") == 1
    assert not re.search(r"""(href|src|action)=["']?\s*javascript:""", page, re.IGNORECASE)
    assert "49政协" not in page


def test_a_thing_is_shown_with_its_words(server: Running) -> None:
    page = get(server, "/entity/body/230102/CPPCC")
    for words in ("道里区政协", "所在地", "人民政协", "<mark>道里区政协</mark>", "body.named", 'href="/entity/district/230102"',
                  "把政协工作会议精神落到实处", "提到它的", "format=ttl"):  # fmt: skip
        assert words in page
    passage = get(server, "/entity/passage/000-symposium/2582-2588")
    assert "<mark>“七大都市”</mark>" in passage
    assert "据此陈述" in passage
    assert 'href="/entity/slogan/%E4%B8%83%E5%A4%A7%E9%83%BD%E5%B8%82"' in passage


def test_a_document_is_shown_whole_with_its_marks(server: Running, built: Path) -> None:
    page = get(server, "/entity/article/000-symposium")
    shown = re.search(r'<div class="fulltext">(.*?)</div>', page, re.DOTALL)
    assert shown is not None
    plain = re.sub(r"<[^>]+>", "", shown[1])
    from html import unescape

    assert unescape(plain) == (built / "texts" / "000-symposium.txt").read_text(encoding="utf-8")
    assert '<a id="2582-2588"></a><mark>' in shown[1]


def test_names_are_found(server: Running) -> None:
    assert "道里区委" in get(server, "/find?q=道里区")
    assert server.client.get("/find?q=七大都市").headers["location"] == "/entity/slogan/" + quote("七大都市")
    assert "没有名称含有这些字" in get(server, "/find?q=无此名称")


@pytest.mark.parametrize("question", [item for item in questions() if askable(item)], ids=lambda item: str(item.name))
def test_every_question_has_its_page(server: Running, question: Any) -> None:
    assert f'href="/ask/{question.name}"' in get(server, "/")
    page = get(server, f"/ask/{question.name}")
    assert question.title["zh"] in page
    assert all(f'name="{parameter.name}"' in page for parameter in question.parameters)
    assert ("<tbody>" in page or 'class="empty"' in page) == (
        not any(parameter.required for parameter in question.parameters)
    )


def test_a_question_is_answered(server: Running) -> None:
    page = get(server, "/ask/slogan-first-use?slogan=七大都市&quotes=1")
    assert 'href="/entity/slogan/%E4%B8%83%E5%A4%A7%E9%83%BD%E5%B8%82"' in page
    assert "<mark>“七大都市”</mark>" in page
    rows = server.client.get("/ask/slogan-first-use?slogan=七大都市&format=json").json()
    assert {row["slogan"] for row in rows} == {"七大都市"}
    refused = server.client.get("/ask/slogan-first-use?slogan=无此提法", headers={"accept": "text/html"})
    assert (refused.status_code, 'role="alert"' in refused.text) == (400, True)
    assert server.client.get("/ask/slogan-first-use?nonsense=1").status_code == 400
    assert server.client.get("/ask/slogan-first-use?store=x&format=json").status_code == 400


EN = {"accept": "text/html", "accept-language": "en-US,en;q=0.9"}


def test_a_page_speaks_the_language_of_its_reader(server: Running) -> None:
    english, chinese = server.client.get("/", headers=EN).text, get(server, "/")
    assert '<html lang="en">' in english
    assert ">The first use of a slogan</a>" in english
    assert '<html lang="zh-Hans">' in chinese
    assert ">提法的最早使用</a>" in chinese
    assert "The first use of a slogan" not in chinese
    for language, words, others in (
        (
            "en",
            ['<th title="date: Date of the document', ">earlier of user</th>", "The slogan; without it"],
            ["不填则"],
        ),
        (
            "zh",
            [">日期</th>", ">明示</td>", ">该机构更早文献</th>", "不填则列出全部"],
            [">date</th>", "without it, every one"],
        ),
    ):
        page = get(server, f"/ask/slogan-first-use?lang={language}")
        assert all(word in page for word in words), [word for word in words if word not in page]
        assert not any(word in page for word in others)


def test_the_language_that_was_chosen_is_kept(server: Running) -> None:
    import httpx

    with httpx.Client(base_url=server.url, trust_env=False, headers={"accept": "text/html"}) as client:
        page = client.get("/ask/meetings?level=county").text
        assert 'href="/ask/meetings?level=county&amp;lang=en"' in page
        client.get("/ask/meetings?level=county&lang=en")
        assert '<html lang="en">' in client.get("/find?q=政协").text
        assert "//evil" not in re.sub(r"<h1>.*?</h1>|<p.*?</p>", "", client.get("//evil.example/x").text)


def test_a_refusal_is_said_in_the_language_of_its_reader(server: Running) -> None:
    asked = "/ask/slogan-first-use?slogan=无此提法"
    assert "这个构建里没有叫“无此提法”的对象" in get(server, asked)
    assert "Nothing in this build is called “无此提法”" in server.client.get(asked, headers=EN).text


def test_every_word_of_the_questions_is_there_in_chinese() -> None:
    from kg.serve.language import sentence, word

    def strange(words: str) -> bool:
        return not re.search(r"[\u4e00-\u9fff]", words)

    for question in filter(askable, questions()):
        assert [column.name for column in question.columns if strange(word(column.name, "zh"))] == []
        for parameter in question.parameters:
            assert not strange(word(parameter.name, "zh")), parameter.name
            assert not strange(sentence(parameter.help, "zh")), parameter.help
    # 政协 stands in the English sentences too; they must not be taken for Chinese ones.
    assert sentence("The slogan.", "zh") == "哪个提法。"


def test_what_a_name_may_mean_is_there_to_choose(server: Running) -> None:
    page = get(server, "/ask/evidence?subject=道里区&lang=zh")
    page = page if 'role="alert"' in page else get(server, "/ask/evidence?subject=区政协")
    assert re.search(r"可能指 \d+ 个对象", page)
    links = re.findall(r'<li><a href="(/ask/evidence\?[^"]+)">([^<]+)</a> <code>([a-z]+/[^<]+)</code></li>', page)
    assert len(links) > 2
    from html import unescape

    for href, name, id in links:
        assert f"subject={quote(id, safe='')}" in unescape(href)
        assert name
    assert server.client.get(unescape(links[0][0]), headers={"accept": "text/html"}).status_code == 200


def test_an_empty_answer_says_so(server: Running) -> None:
    page = get(server, "/ask/meetings?since=2090")
    assert "没有查到符合条件的内容" in page
    assert "<table" not in page
    assert 'href="/ask/meetings">' in page


def test_questions_that_compare_builds_are_told_of(server: Running) -> None:
    home = get(server, "/")
    for name in ("changes", "decisions"):
        assert f"kg ask BUILD {name}" in home
        found = server.client.get(f"/ask/{name}", headers={"accept": "text/html"})
        assert (found.status_code, f"kg ask BUILD {name} --other" in found.text) == (404, True)
        assert f"`kg ask BUILD {name} --other" in server.client.get(f"/ask/{name}").text


def test_who_uses_a_slogan_is_linked(server: Running) -> None:
    page = get(server, "/ask/slogan-first-use")
    assert re.search(r'<a href="/entity/body/[^"]+">[^<]+政协</a>', page)


def test_no_row_is_empty(server: Running, built: Path) -> None:
    page = get(server, "/entity/article/000-symposium")
    assert "见于原文" not in page
    assert "见于原文" in get(server, "/entity/body/230102/CPPCC")


def test_a_passage_is_shown_without_blank_lines(server: Running, built: Path) -> None:
    text = (built / "texts" / "000-symposium.txt").read_text(encoding="utf-8")
    assert re.search(r"\n\s*\n", text[2200:2900])
    page = get(server, "/entity/passage/000-symposium/2582-2588")
    shown = re.search(r'<blockquote class="long">(.*?)</blockquote>', page, re.DOTALL)
    assert shown is not None
    assert "\n" in shown[1]
    assert not re.search(r"\n\s*\n|#", shown[1])


def test_vendored_files_are_what_their_table_says() -> None:
    table = dict(re.findall(r"`([\w.]+)` \|.*\| `([0-9a-f]{64})`", (STATIC / "README.md").read_text(encoding="utf-8")))
    assert table.keys() == {"yasgui.min.js", "yasgui.min.css"}
    for name, digest in table.items():
        assert hashlib.sha256((STATIC / name).read_bytes()).hexdigest() == digest


def opened(browser: Any, server: Running, **options: Any) -> tuple[Any, list[str]]:
    page = browser.new_context(locale="zh-CN", **options).new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("console", lambda said: wrong.append(f"console: {said.text}") if said.type == "error" else None)
    page.on("request", lambda asked: wrong.append(f"outside: {asked.url}")
            if not asked.url.startswith((server.url, "data:", "blob:")) else None)  # fmt: skip
    return page, wrong


def test_the_query_page_in_a_browser(browser: Any, server: Running) -> None:
    page, wrong = opened(browser, server)
    page.goto(server.url)
    page.wait_for_selector(".yasqe .CodeMirror")
    page.click(".yasqe_queryButton")
    page.wait_for_selector(".yasr table td a")
    assert "七大都市" in page.inner_text(".yasr")
    page.evaluate("document.querySelector('.CodeMirror').CodeMirror.setValue('SELECT * { ?s 政协 ?o }')")
    with page.expect_response("**/sparql") as told:
        page.click(".yasqe_queryButton", force=True)
    assert told.value.status == 400
    page.wait_for_function("document.querySelector('.yasr').innerText.includes('line 1, column 15')")
    assert [line for line in wrong if "400" not in line] == []


def test_a_question_opens_in_the_editor(browser: Any, server: Running) -> None:
    page, wrong = opened(browser, server)
    page.goto(f"{server.url}/?question=slogan-first-use")
    page.wait_for_selector(".tabPanel.active .CodeMirror")
    text = page.evaluate("document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.getValue()")
    assert "kg:slogan ?slogan" in text
    assert "PREFIX kg:" in text
    assert wrong == []


@pytest.mark.parametrize("width", [1280, 390])
def test_the_query_page_opens_at_its_head(browser: Any, server: Running, width: int) -> None:
    page, _ = opened(browser, server, viewport={"width": width, "height": 700})
    page.goto(server.url)
    page.wait_for_selector(".yasqe .CodeMirror")
    page.wait_for_timeout(500)
    assert page.evaluate("scrollY") == 0
    assert page.evaluate("document.activeElement.tagName") == "BODY"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_the_screen(browser: Any, server: Running, width: int, scheme: str) -> None:
    page, wrong = opened(browser, server, viewport={"width": width, "height": 800}, color_scheme=scheme)
    for path in ("/", "/entity/body/230102/CPPCC", "/entity/passage/000-symposium/2582-2588", "/find?q=政协",
                 "/entity/article/000-symposium", "/ask/slogan-first-use?slogan=七大都市&quotes=1"):  # fmt: skip
        page.goto(server.url + path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert wrong == []


def test_the_explorer_runs_in_a_browser(browser: Any, server: Running, built: Path) -> None:
    page, wrong = opened(browser, server)
    page.goto(server.url)
    before = sorted(path.name for path in built.iterdir())
    page.click('nav a[href="/explore"]')
    page.wait_for_selector("canvas")
    page.wait_for_load_state("networkidle")
    assert "所据文章" in page.inner_text("body")
    assert wrong == []
    # The build is read only: what was made for the server stays with it.
    assert sorted(path.name for path in built.iterdir()) == before


def test_nothing_of_a_document_runs(browser: Any, hostile: Running) -> None:
    page, _ = opened(browser, hostile)
    for path in PATHS:
        page.goto(hostile.url + path)
        assert page.evaluate("window.pwned") is None, path
    page.goto(hostile.url)
    page.wait_for_selector(".yasqe .CodeMirror")
    page.evaluate(
        "document.querySelector('.CodeMirror').CodeMirror.setValue("
        "'SELECT ?s ?l ?x { ?s rdfs:label ?l ; dc:source ?x FILTER(CONTAINS(?l, \"pwned\")) }')"
    )
    page.click(".yasqe_queryButton", force=True)
    page.wait_for_selector(".yasr table td a")
    for link in page.query_selector_all(".yasr td a"):
        if (link.get_attribute("href") or "").startswith("javascript:"):
            link.click()
    page.wait_for_timeout(300)
    assert page.evaluate("window.pwned") is None
