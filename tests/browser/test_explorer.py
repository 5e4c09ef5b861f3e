"""The explorer as a person uses it: every control, every story, the keyboard, the phone, and what must never happen."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.explore import Explorer, paint
from kg.explore.atlas import Article, Atlas, Attribute, Edge, Node, Quote
from kg.extract.draft import confidences

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
BODY = "body/230112/CPPCC"
STORIES = ("all", "near", "shared", "offices", "initiatives", "spread", "path", "list")


@pytest.fixture(scope="session")
def explorer(tmp_path_factory: pytest.TempPathFactory) -> Explorer:
    out = tmp_path_factory.mktemp("browser") / "corpus"
    return kg.build(CORPUS, out, check="never").explore(title="样本语料")


@pytest.fixture(scope="session")
def file(explorer: Explorer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return explorer.save(tmp_path_factory.mktemp("page") / "graph.html")


@pytest.fixture
def seen(visit: Callable[..., Any], file: Path) -> Iterator[Any]:
    """The page of the sample corpus in Chinese, ready; at the end nothing may have gone wrong."""
    found = visit(file, locale="zh-CN", accept_downloads=True, reduced_motion="reduce")
    ready(found.page)
    yield found
    assert found.quiet, (found.requests, found.dialogs, found.errors)


def ready(page: Any) -> Any:
    page.wait_for_selector("html[data-ready=yes]", timeout=20_000)
    return page


def until(page: Any, expression: str, seconds: float = 8) -> None:
    """Wait until something holds. Asked from outside, because the page's policy forbids what waits inside."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"never: {expression}"
        page.wait_for_timeout(50)


def go(page: Any, fragment: str) -> None:
    page.evaluate("fragment => { location.hash = fragment; }", fragment)
    until(page, "location.hash.slice(1) === explorer.fragment")


def shown(page: Any) -> tuple[int, int]:
    numbers = re.findall(r"\d+", page.locator("#shown").inner_text())
    return int(numbers[0]), int(numbers[2])


def click_on(page: Any, name: str) -> None:
    """Click where an entity stands on the map."""
    place = page.evaluate(
        """(name) => { const { map, model } = explorer; const i = model.nodes.findIndex((node) => node.name === name);
            map.centre(i, false); const { x, y } = map.network.canvasToDOM({ x: map.px[i], y: map.py[i] });
            const box = map.element.getBoundingClientRect(); return [x + box.left, y + box.top]; }""",
        name,
    )
    page.mouse.click(*place)


def test_first_sight(seen: Any, explorer: Explorer) -> None:
    page = seen.page
    assert page.title() == "样本语料"
    assert shown(page) == (explorer.entities, explorer.relations)
    assert page.locator("#say").inner_text().startswith("文本说到的一切实体")
    assert page.locator("#panel").get_by_text("怎样读这张图").is_visible()
    assert "实体中有 1 个上级行政区划不见于文章" in page.locator("#panel").inner_text()
    assert "同一处原文在此只计一次" in page.locator("#panel").inner_text()
    assert page.locator("#stories [role=tab]").count() == len(STORIES)
    # Something is painted: the map is not one colour.
    colours = page.evaluate(
        """() => { const canvas = document.querySelector("#map canvas"); const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            const seen = new Set(); for (let i = 0; i < data.length; i += 4) if (data[i + 3]) seen.add(data[i] << 16 | data[i + 1] << 8 | data[i + 2]); return seen.size; }"""
    )
    assert colours > 50


@pytest.mark.parametrize(
    ("typed", "why"), [("阿城", "名称"), ("acheng", "拼音"), ("acqzx", "首字母 acqzx"), ("政协哈尔滨市阿城区", "别名")]
)
def test_search_finds_and_says_why(seen: Any, typed: str, why: str) -> None:
    page = seen.page
    page.keyboard.press("/")
    page.keyboard.type(typed)
    hit = page.locator("#search-hits [role=option]").filter(has=page.get_by_text("阿城区政协", exact=True)).first
    assert why in hit.inner_text()
    hit.click()
    assert page.locator("#panel-title").inner_text() == "阿城区政协"
    centre, place = page.evaluate(
        """() => { const i = explorer.state.selected.i; const { map } = explorer;
            const { x, y } = map.network.getViewPosition(); return [[x, y], [map.px[i], map.py[i]]]; }"""
    )
    assert centre == pytest.approx(place, abs=2)


def test_hits_do_not_push_the_side_panel_aside(visit: Callable[..., Any], file: Path) -> None:
    found = visit(file, locale="zh-CN", width=1400)
    page = ready(found.page)
    page.keyboard.press("/")
    page.keyboard.type("acqzx")
    assert page.evaluate("document.querySelector('#side').scrollLeft") == 0
    assert (
        page.evaluate("(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('#side'))")
        == 0
    )
    hits = page.locator("#search-hits").bounding_box()
    field = page.locator("#search").bounding_box()
    assert hits["width"] == 340
    assert hits["x"] == pytest.approx(field["x"], abs=1)
    assert field["y"] + field["height"] <= hits["y"] <= field["y"] + field["height"] + 12
    # Nothing covers the far end of a hit, which lies beyond the side panel.
    assert page.evaluate(
        "([x, y]) => Boolean(document.elementFromPoint(x, y).closest('#search-hits'))",
        [hits["x"] + 330, hits["y"] + 20],
    )
    assert found.quiet


def test_a_district_is_found_by_its_code(seen: Any) -> None:
    page = seen.page
    page.locator("#search").fill("230112")
    hit = page.locator("#search-hits [role=option]").first
    assert "阿城区" in hit.inner_text()
    assert "区划代码 230112" in hit.inner_text()


def test_search_by_keyboard_alone(seen: Any) -> None:
    page = seen.page
    page.keyboard.press("/")
    page.keyboard.type("zhengxie")
    page.keyboard.press("ArrowDown")
    marked = page.locator("#search-hits [aria-selected=true] .name").inner_text()
    page.keyboard.press("Enter")
    assert page.locator("#panel-title").inner_text() == marked
    page.locator("#search").fill("没有这个名字")
    assert page.locator("#search-hits").inner_text() == "没有符合的实体"
    page.keyboard.press("Escape")
    assert page.locator("#search-hits").is_hidden()


def test_a_click_on_the_map_opens_the_entity_and_a_double_click_its_neighbourhood(seen: Any) -> None:
    page = seen.page
    click_on(page, "哈尔滨市政协")
    until(page, "document.querySelector('#panel-title')?.textContent === '哈尔滨市政协'")
    page.evaluate("() => explorer.map.heard.open(explorer.state.selected.i)")
    assert page.locator("#tab-near").get_attribute("aria-selected") == "true"
    assert "哈尔滨市政协周围 1 步" in page.locator("#say").inner_text()


def test_a_click_on_a_line_shows_why(seen: Any) -> None:
    page = seen.page
    # In a neighbourhood nothing else stands on the line.
    go(page, "v=near&f=person%2F230104%2F%E5%BC%A0%E5%86%9B")
    place = page.evaluate(
        """() => { const { map, model, state } = explorer; const edge = model.edges.find((edge) => edge.relation === "posts" && edge.s === state.focus);
            map.centre(edge.s, false); map.zoom(1); map.network.moveTo({ scale: 3, position: { x: (map.px[edge.s] + map.px[edge.t]) / 2, y: (map.py[edge.s] + map.py[edge.t]) / 2 } });
            const { x, y } = map.network.canvasToDOM({ x: (map.px[edge.s] + map.px[edge.t]) / 2, y: (map.py[edge.s] + map.py[edge.t]) / 2 });
            const box = map.element.getBoundingClientRect(); return [x + box.left, y + box.top]; }"""
    )
    page.mouse.click(*place)
    page.wait_for_selector("#panel .quote mark")
    assert page.locator("#panel .over").inner_text() == "为什么有这条关系？"


def test_evidence_of_a_relation(seen: Any, explorer: Explorer) -> None:
    page = seen.page
    go(page, "e=person%2F230104%2F张军 posts body%2F230104%2FCPPCC 主席".replace(" ", "+"))
    assert page.locator("#panel h2").inner_text().split() == ["张军", "主席", "道外区政协"]
    quote = page.locator("#panel .quote").first
    assert quote.locator("mark").inner_text() == "道外区政协主席张军"
    assert quote.locator("blockquote").inner_text().startswith("道外区政协主席张军说，")
    words = quote.locator("figcaption").inner_text()
    sure = f"{confidences()['person.title-before-name']:.0%}"
    for part in ("贯彻党的二十大精神", "2023", "段落 道外区政协", "规则 person.title-before-name", "把握", sure, "字"):
        assert part in words


def test_a_citation_is_copied(visit: Callable[..., Any], file: Path) -> None:
    found = visit(file, locale="zh-CN", permissions=["clipboard-read", "clipboard-write"])
    page = ready(found.page)
    go(page, "e=person%2F230104%2F张军+posts+body%2F230104%2FCPPCC+主席")
    page.locator("#panel .quote").first.get_by_text("复制引文出处").click()
    until(page, "document.querySelector('#toast').textContent === '已复制'")
    assert "贯彻党的二十大精神" in page.evaluate("navigator.clipboard.readText()")
    page.locator("#panel .quote .style").first.select_option("bibtex")
    page.locator("#panel .quote").first.get_by_text("复制引文出处").click()
    until(page, "navigator.clipboard.readText().then((words) => words.startsWith('@'))")
    assert found.quiet


def test_evidence_of_an_entity(seen: Any) -> None:
    page = seen.page
    go(page, f"n={BODY}".replace("/", "%2F"))
    panel = page.locator("#panel")
    assert panel.locator(".over").first.inner_text() == "机构 · 人民政协"
    assert "区政协" in panel.locator(".aka").inner_text()
    assert panel.locator(".iri code").inner_text() == f"https://w3id.org/tifa-kg/{BODY}"
    assert "第四届" in panel.locator(".facts").inner_text()
    assert "发起举措" in panel.inner_text()
    panel.locator(".facts summary").first.click()
    panel.locator(".facts .quote mark").first.wait_for()
    panel.locator(".statement .quotes").first.click()
    assert panel.locator(".over").inner_text() == "为什么有这条关系？"


def test_focus_depth_expand_hide_and_back(seen: Any) -> None:
    page = seen.page
    go(page, f"n={BODY}".replace("/", "%2F"))
    page.locator("#panel").get_by_role("button", name="看邻域").click()
    first = shown(page)
    assert first[0] == 41
    assert "邻域中还有" in page.locator("#status").inner_text()
    page.locator("#panel").get_by_role("button", name=re.compile("展开 [0-9]+ 个")).click()
    assert shown(page)[0] > first[0]
    page.locator("#depths").get_by_role("button", name="2").click()
    second = shown(page)
    assert second[0] > first[0]
    page.locator(".statement .entity").first.click()
    page.locator("#panel").get_by_role("button", name="隐藏").click()
    assert "手动隐藏 1" in page.locator("#status").inner_text()
    assert shown(page)[0] < second[0]
    page.locator("#back").click()
    assert "手动隐藏" not in page.locator("#status").inner_text()
    for _ in range(10):
        page.keyboard.press("Control+z")
    assert shown(page)[0] > 300
    assert page.locator("#back").is_disabled()


def test_hiding_the_one_in_focus_says_where_one_is_now(seen: Any) -> None:
    page = seen.page
    go(page, f"v=near&f={BODY}&n={BODY}".replace("/", "%2F"))
    page.locator("#panel").get_by_role("button", name="隐藏").click()
    assert page.locator("#tab-all").get_attribute("aria-selected") == "true"
    assert page.locator("#toast").inner_text() == "已隐藏阿城区政协，回到全图"


def test_a_link_to_what_is_not_there_says_so(seen: Any) -> None:
    page = seen.page
    page.evaluate("location.hash = 'v=near&f=body%2Fnowhere&n=body%2Fnowhere'")
    until(page, "document.querySelector('#status .absent')")
    assert "链接所指有 1 项不在此图中" in page.locator("#status").inner_text()
    page.locator("#tab-list").click()
    assert page.locator("#status .absent").count() == 0


def test_facets_are_the_legend_and_filter(seen: Any) -> None:
    page = seen.page
    before = shown(page)
    figures = page.locator("#facet-kinds li").filter(has_text="数字")
    count = int(figures.locator(".count").inner_text())
    figures.locator("input").uncheck()
    assert shown(page)[0] == before[0] - count
    assert "已筛选" in page.locator("#status").inner_text()
    figures.locator("input").check()
    assert shown(page) == before
    people = page.locator("#facet-kinds li").filter(has_text="人物")
    people.hover()
    people.get_by_text("只看").click()
    assert shown(page) == (int(people.locator(".count").inner_text()), 0)
    page.locator("#facet-kinds").get_by_text("全选").click()
    page.locator("#facet-relations").get_by_text("全不选").click()
    assert shown(page) == (before[0], 0)
    page.locator("#facet-relations").get_by_text("全选").click()
    page.locator("#facet-articles input").first.uncheck()
    assert shown(page)[0] < before[0]


def test_years_filter_and_play(seen: Any) -> None:
    page = seen.page
    before = shown(page)
    slider = page.locator("#year-to")
    slider.focus()
    slider.press("ArrowLeft")
    assert page.locator(".range").inner_text() == "2021–2023"
    assert shown(page)[0] < before[0]
    assert page.evaluate("document.activeElement.id") == "year-to"
    page.get_by_text("全部年份").click()
    assert shown(page) == before
    page.locator("#play").click()
    assert page.locator(".range").inner_text() == "2021"
    until(page, "document.querySelector('.range').textContent === '2021–2022'")
    until(page, "!explorer.playing")
    assert shown(page) == before
    page.locator("#play").click()
    page.locator("#play").click()
    assert page.evaluate("explorer.playing") is None


@pytest.mark.parametrize("number", range(1, 9))
def test_every_story_has_its_sentence_and_a_key(seen: Any, number: int) -> None:
    page = seen.page
    page.keyboard.press(str(number))
    story = STORIES[number - 1]
    assert page.locator(f"#tab-{story}").get_attribute("aria-selected") == "true"
    assert len(page.locator("#say").inner_text()) > 12


def test_slogans_by_districts(seen: Any) -> None:
    page = seen.page
    page.locator("#tab-shared").click()
    rows = page.locator(".matrix tbody tr")
    few = rows.count()
    assert few > 5
    first = rows.first
    assert first.locator("th .name").inner_text() == "七大都市"
    assert first.locator(".heat").count() == int(first.locator(".total").inner_text())
    first.locator(".heat").first.click()
    assert "七大都市" in page.locator("#panel h2").inner_text()
    assert page.locator("#panel .quote mark").count() > 0
    users = page.evaluate("1 + (explorer.state.selected.also ?? []).length")
    assert page.locator("#panel .also li").count() == users - 1
    page.locator("#single").check()
    assert rows.count() > few


def test_offices(seen: Any) -> None:
    page = seen.page
    page.locator("#tab-offices").click()
    district = page.locator(".tree details").filter(has_text="道外区").first
    assert "道外区政协" in district.inner_text()
    post = district.locator(".post").filter(has_text="张军")
    assert post.locator(".title").inner_text() == "主席"
    post.locator(".title").click()
    assert page.locator("#panel .quote mark").first.inner_text() == "道外区政协主席张军"


def test_initiatives_of_a_district(seen: Any) -> None:
    page = seen.page
    page.locator("#tab-initiatives").click()
    first = page.locator("#pick-district option:checked").inner_text()
    assert first.startswith("阿城区")
    assert page.locator(".card").count() >= 10
    assert page.locator(".figures tbody tr").count() >= 10
    page.locator("#pick-district").select_option(index=1)
    assert not page.locator("#pick-district option:checked").inner_text().startswith("阿城区")
    page.locator(".card summary").first.click()
    page.locator(".card .quote mark").first.wait_for()


def test_spread_of_a_slogan(seen: Any) -> None:
    page = seen.page
    page.locator("#tab-spread").click()
    page.locator("#pick-slogan").select_option(label="两个维护（8）")
    assert page.locator(".plot .use").count() == page.locator(".uses li").count()
    assert "语料中最早：2022" in page.locator(".first").first.inner_text()
    page.locator(".plot .use").nth(1).focus()
    page.keyboard.press("Enter")
    assert page.locator("#panel .over").inner_text() == "为什么有这条关系？"


def test_what_the_gazetteer_says_is_not_shown_as_quoted(seen: Any) -> None:
    page = seen.page
    go(page, "v=path&a=district%2F230112&b=district%2F100000")
    hops = page.locator(".hop")
    assert hops.count() == 3
    for place in range(3):
        assert "据行政区划表" in hops.nth(place).inner_text()
        assert hops.nth(place).locator("mark").count() == 0
    hops.first.locator(".relation").click()
    assert "据行政区划表" in page.locator("#panel").inner_text()
    assert page.locator("#panel mark").count() == 0


def test_a_path_with_a_quote_on_every_hop(seen: Any) -> None:
    page = seen.page
    page.locator("#tab-path").click()
    for field, typed in (("#path-start", "acqzx"), ("#path-end", "daoliquzhengxie")):
        page.locator(field).fill(typed)
        page.locator(field).press("Enter")
    hops = page.locator(".hop")
    assert hops.count() >= 2
    for place in range(hops.count()):
        assert hops.nth(place).locator("mark").count() > 0
    assert shown(page) == (hops.count() + 1, hops.count())
    page.get_by_label("对调").click()
    assert page.locator("#path-start").input_value() == "道里区政协"


def test_the_list_says_what_the_map_says(seen: Any) -> None:
    page = seen.page
    page.locator("#tab-list").click()
    assert str(shown(page)[0]) in page.locator("#list-nodes caption").inner_text()
    assert page.locator("#list-nodes tbody tr").count() == 101
    page.locator("#list-nodes .more button").click()
    assert page.locator("#list-nodes tbody tr").count() > 300
    page.locator("#list-nodes .sort").first.click()
    assert page.locator("#list-nodes th[aria-sort=ascending]").count() == 1
    names = page.locator("#list-nodes tbody .name").all_inner_texts()[:3]
    page.locator("#list-nodes .sort").first.click()
    assert page.locator("#list-nodes tbody .name").all_inner_texts()[:3] != names
    page.locator("#list-edges .quotes").first.click()
    assert page.locator("#panel .over").inner_text() == "为什么有这条关系？"


def test_a_link_brings_everything_back(visit: Callable[..., Any], file: Path, seen: Any) -> None:
    page = seen.page
    go(page, f"v=near&f={BODY}&d=2&k=Figure&y=2021-2023&n={BODY}".replace("/", "%2F"))
    address, before = page.url, shown(page)
    other = visit(file, locale="zh-CN")
    ready(other.page)
    other.page.goto("about:blank")
    other.page.goto(address)
    ready(other.page)
    assert shown(other.page) == before
    assert other.page.locator("#panel-title").inner_text() == "阿城区政协"


@pytest.mark.parametrize(
    ("kind", "name", "begins"),
    [
        ("png", "graph.png", b"\x89PNG"), ("json", "graph.json", b"{"), ("nodes", "entities.csv", b"\xef\xbb\xbfid,name"),
        ("edges", "relations.csv", b"\xef\xbb\xbfsource"), ("graphml", "graph.graphml", b"<?xml"), ("gexf", "graph.gexf", b"<?xml"),
    ],
)  # fmt: skip
def test_exports(seen: Any, tmp_path: Path, kind: str, name: str, begins: bytes) -> None:
    page = seen.page
    go(page, f"v=near&f={BODY}".replace("/", "%2F"))
    page.locator("#export summary").click()
    with page.expect_download() as waiting:
        page.locator(f"#export [data-file={kind}]").click()
    path = tmp_path / name
    waiting.value.save_as(path)
    assert waiting.value.suggested_filename == name
    content = path.read_bytes()
    assert content.startswith(begins)
    nodes, edges = shown(page)
    if kind == "json":
        held = json.loads(content)
        assert (len(held["nodes"]), len(held["edges"])) == (nodes, edges)
    elif kind in ("graphml", "gexf"):
        import networkx as nx

        graph = nx.read_graphml(path) if kind == "graphml" else nx.read_gexf(path, version="1.2draft")
        assert (graph.number_of_nodes(), graph.number_of_edges()) == (nodes, edges)
    elif kind == "png":
        assert len(content) > 20_000


def test_camera(seen: Any) -> None:
    page = seen.page
    scale = "explorer.map.network.getScale()"
    before = page.evaluate(scale)
    page.locator("#zoom-in").click()
    nearer = page.evaluate(scale)
    assert nearer == pytest.approx(before * 1.5, rel=0.01)
    page.locator("#zoom-out").click()
    assert page.evaluate(scale) == pytest.approx(before, rel=0.01)
    page.keyboard.press("+")
    page.evaluate(scale)
    page.keyboard.press("0")
    assert page.evaluate(scale) == pytest.approx(before, rel=0.01)
    page.locator("#map").focus()
    place = page.evaluate("explorer.map.network.getViewPosition().x")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("explorer.map.network.getViewPosition().x") > place
    page.keyboard.press("n")
    first = page.locator("#panel-title").inner_text()
    page.keyboard.press("n")
    assert page.locator("#panel-title").inner_text() != first
    page.keyboard.press("p")
    assert page.locator("#panel-title").inner_text() == first
    page.keyboard.press("f")
    assert page.locator("#tab-near").get_attribute("aria-selected") == "true"
    page.locator("#reset").click()
    assert shown(page)[0] > 300
    box = page.locator("#minimap").bounding_box()
    place = page.evaluate("explorer.map.network.getViewPosition().x")
    page.mouse.click(box["x"] + 30, box["y"] + 30)
    assert page.evaluate("explorer.map.network.getViewPosition().x") < place


def test_an_entity_can_be_dragged(seen: Any) -> None:
    page = seen.page
    page.evaluate("() => explorer.map.centre(explorer.map.ranked[0], false)")
    box = page.locator("#map").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = page.evaluate("explorer.map.px[explorer.map.ranked[0]]")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 10, steps=6)
    page.mouse.up()
    assert page.evaluate("explorer.map.px[explorer.map.ranked[0]]") > before + 20


def test_language_theme_and_help(seen: Any) -> None:
    page = seen.page
    page.locator("#language").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("#tab-all").inner_text() == "Whole graph"
    assert not re.search(r"[\u4e00-\u9fff]", page.locator("#facet-kinds").inner_text())
    background = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(background)
    page.locator("#theme").click()
    assert page.evaluate(background) != before
    page.keyboard.press("?")
    assert page.locator("#keys-box").is_visible()
    page.locator("#keys-close").click()
    assert page.locator("#keys-box").is_hidden()
    page.locator("#names").click()
    assert page.locator("#names").get_attribute("aria-pressed") == "false"
    page.reload()
    ready(page)
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_language_of_the_browser(visit: Callable[..., Any], file: Path) -> None:
    page = ready(visit(file, locale="en-GB", dark=True).page)
    assert page.locator("#tab-all").inner_text() == "Whole graph"
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_a_phone_held_upright(visit: Callable[..., Any], file: Path) -> None:
    found = visit(file, width=390, height=844, locale="zh-CN", has_touch=True, is_mobile=True, reduced_motion="reduce")
    page = ready(found.page)
    # The map is turned, so that it fills the screen, and its marks are smaller.
    wide, tall = page.evaluate("[explorer.map.box.w, explorer.map.box.h]")
    assert tall > wide * 1.1
    assert page.evaluate("explorer.map.least") < 4
    page.evaluate(f"explorer.find(explorer.model.known.get('{BODY}'))")
    assert page.evaluate("document.body.classList.contains('panel-open')")
    page.locator("#tab-shared").click()
    until(page, "getComputedStyle(document.querySelector('#panel')).visibility === 'hidden'")
    assert found.quiet


def test_what_is_cut_off_can_be_seen_to_go_on(visit: Callable[..., Any], file: Path) -> None:
    found = visit(file, width=1400, height=860, locale="zh-CN")
    page = ready(found.page)
    go(page, "v=shared")
    table = "document.querySelector('#board .wide')"
    assert page.evaluate(f"{table}.scrollWidth > {table}.clientWidth")
    assert page.evaluate(f"getComputedStyle({table}).backgroundAttachment") == "local, local, scroll, scroll"
    page.locator(".heat.h5").first.click()
    # Every name beside the map, also that of what is chosen, ends before its edge; 4 pixels are the halo's.
    beyond = page.evaluate(
        """() => { const canvas = document.querySelector("#map canvas"); const ctx = canvas.getContext("2d"); const ends = [];
            ctx.drawImage = function (picture, x, y, w, h) { ends.push(x + w); return CanvasRenderingContext2D.prototype.drawImage.call(this, picture, x, y, w, h); };
            explorer.map.redraw(); delete ctx.drawImage; return [ends.length, Math.max(...ends) - canvas.clientWidth]; }"""
    )
    assert beyond[0] > 20
    assert beyond[1] <= 4
    assert found.quiet


def test_a_path_that_is_not_asked_for_shows_no_map(seen: Any) -> None:
    page = seen.page
    page.locator("#tab-path").click()
    assert shown(page) == (0, 0)
    page.locator("#path-start").fill("acqzx")
    page.locator("#path-start").press("Enter")
    assert shown(page) == (1, 0)


def test_a_phone(visit: Callable[..., Any], file: Path) -> None:
    found = visit(file, width=390, height=844, locale="zh-CN", has_touch=True, is_mobile=True)
    page = ready(found.page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not page.locator("#side").is_visible()
    page.locator("#menu").tap()
    page.locator("#search").fill("acqzx")
    page.locator("#search-hits [role=option]").first.tap()
    page.locator("#panel-title").wait_for(state="visible")
    page.locator("#panel-close").tap()
    until(page, "getComputedStyle(document.querySelector('#panel')).visibility === 'hidden'")
    for story in STORIES[2:]:
        page.locator(f"#tab-{story}").tap()
        page.locator("#board").wait_for(state="visible")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert found.quiet


def test_print(seen: Any) -> None:
    page = seen.page
    go(page, f"n={BODY}".replace("/", "%2F"))
    page.emulate_media(media="print")
    assert not page.locator("#tools").is_visible()
    assert not page.locator("#side").is_visible()
    assert page.locator("#panel .quote").first.is_visible()


def test_print_is_for_paper_whatever_the_screen(visit: Callable[..., Any], file: Path) -> None:
    found = visit(file, locale="zh-CN", dark=True)
    page = ready(found.page)
    go(page, "v=shared")
    page.set_viewport_size({"width": 794, "height": 1100})
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(30, 35, 41)"
    assert page.evaluate("explorer.map.colours.dark") is False
    assert page.evaluate("getComputedStyle(document.querySelector('.heat')).printColorAdjust") == "exact"
    assert page.evaluate("getComputedStyle(document.querySelector('#map canvas')).objectFit") == "contain"
    assert page.evaluate("getComputedStyle(document.querySelector('#panel')).boxShadow") == "none"
    assert page.locator("#map-place").is_visible()
    assert page.locator(".scale").is_visible()
    for hidden in ("#menu", "#tools", "#controls"):
        assert not page.locator(hidden).is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("explorer.map.colours.dark") is True
    assert found.quiet


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_accessible(
    visit: Callable[..., Any], violations: Callable[[Any], list[str]], file: Path, story: str, dark: bool
) -> None:
    found = visit(file, locale="zh-CN", dark=dark, bypass_csp=True)
    page = ready(found.page)
    go(page, f"v={story}&f={BODY}&a={BODY}&b=body/230102/CPPCC&n={BODY}".replace("/", "%2F"))
    assert violations(found) == []


def test_a_notebook_frame(visit: Callable[..., Any], explorer: Explorer, tmp_path: Path) -> None:
    path = tmp_path / "notebook.html"
    path.write_text(f"<!doctype html><meta charset=utf-8><title>n</title>{explorer._repr_html_()}", encoding="utf-8")
    found = visit(path, locale="zh-CN")
    frame = found.page.frame_locator("iframe")
    frame.locator("html[data-ready=yes]").wait_for(timeout=20_000, state="attached")
    frame.locator("#tab-offices").click()
    assert "道外区政协" in frame.locator(".tree").inner_text()
    assert found.quiet, found.errors


def test_first_picture_with_a_hanging_network(browser: Any, file: Path) -> None:
    """Requests that never end stop nothing, because there are none."""
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    asked: list[str] = []
    page.route(re.compile("^(?!file:)"), lambda route: asked.append(route.request.url))
    page.goto(file.as_uri())
    ready(page)
    assert asked == []
    context.close()


PAYLOADS = (
    "<img src=x onerror=alert(1)>", "</script><script>alert(2)</script>", '"><svg onload=alert(3)>', "javascript:alert(4)",
    "href <a href='javascript:alert(5)'>x</a>", "{{7*7}}${alert(6)}", "<!--<script>", "\u202egnp.exe\u2028x", "__proto__",
    "constructor", "]]><x>", "<style>*{display:none}</style>", "<iframe srcdoc='<script>parent.alert(8)</script>'>",
    "<link rel=stylesheet href=https://example.org/x>",
)  # fmt: skip


def hostile() -> Atlas:
    """Payloads wherever words of a document can stand."""
    quotes = tuple(
        Quote(words, 0, len(words), f"前{words}后", 1, 1 + len(words), words, words, 0.5) for words in PAYLOADS
    )
    nodes = tuple(
        Node(f"body/1/{words}", words, "Organisation", (f"又{words}",), (Attribute("kind", words, (quote,)), Attribute("terms", words, (quote,)), Attribute("components", words, (quote,)), Attribute("components", f"二{words}")), (quote,), "district/1", reasons=((words, words),))
        for words, quote in zip(PAYLOADS, quotes, strict=True)
    )  # fmt: skip
    district = Node("district/1", PAYLOADS[0], "District", jurisdiction="district/1", level="county", quotes=quotes[:1])
    slogans = tuple(replace(node, id=f"slogan/{node.name}", type="Slogan", jurisdiction="") for node in nodes)
    people = tuple(replace(node, id=f"person/1/{node.name}", type="Person") for node in nodes)
    initiatives = tuple(replace(node, id=f"initiative/1/{node.name}", type="Initiative") for node in nodes)
    edges = [
        Edge(node.id, nodes[0].id, relation, words if relation == "posts" else "", (quote,))
        for relation, group in (("posts", people), ("users", slogans), ("owners", initiatives))
        for node, words, quote in zip(group, PAYLOADS, quotes, strict=True)
    ] + [Edge(node.id, district.id, "place", "", (quote,)) for node, quote in zip(nodes, quotes, strict=True)]
    articles = tuple(
        Article(words, words, words, "stated", words, dict.fromkeys(("gbt7714", "chicago", "bibtex"), words))
        for words in PAYLOADS
    )
    return Atlas((district, *nodes, *people, *initiatives, *slogans), tuple(edges), articles, PAYLOADS[0])


def test_hostile_words_are_inert(visit: Callable[..., Any], tmp_path: Path) -> None:
    made = paint(hostile(), title=PAYLOADS[1], focus=f"body/1/{PAYLOADS[0]}", report="report.html?<script>")
    found = visit(made.save(tmp_path / "hostile.html"), locale="zh-CN")
    page = ready(found.page)
    count = "document.querySelectorAll('script, iframe, img, object, embed, link[rel=stylesheet], style').length"
    elements = page.evaluate(count)
    assert elements == 4  # the data, two scripts, one sheet
    assert page.title() == PAYLOADS[1].replace("\n", " ")
    for story in STORIES:
        page.locator(f"#tab-{story}").click()
    page.evaluate(
        """() => { const { model } = explorer; explorer.tell("path", { start: 1, end: model.nodes.length - 1 });
            for (const node of model.nodes) explorer.select({ kind: "node", i: node.i });
            for (const edge of model.edges) explorer.select({ kind: "edge", i: edge.i }); }"""
    )
    for payload in PAYLOADS:
        page.locator("#search").fill(payload)
    page.locator("#search").fill("")
    page.evaluate("explorer.find(1)")
    page.mouse.move(700, 450)
    assert page.locator("#panel-title").inner_text() == PAYLOADS[0]
    for payload in PAYLOADS:
        page.evaluate("(words) => { location.hash = words; }", payload)
    page.wait_for_timeout(300)
    assert page.evaluate(count) == elements
    assert page.evaluate("Object.prototype.polluted === undefined && ({}).constructor === Object")
    assert found.quiet, (found.requests, found.dialogs, found.errors)


def test_the_policy_stops_what_would_get_in(visit: Callable[..., Any], file: Path) -> None:
    """Even with a hole in the page, a script or a request would be refused."""
    found = visit(file)
    page = ready(found.page)
    page.evaluate(
        """() => { const script = document.createElement("script"); script.textContent = "window.broken = true"; document.body.append(script);
            const image = document.createElement("img"); image.src = "https://example.org/x.png"; document.body.append(image); }"""
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.broken") is None
    assert found.requests == []
    assert any("Content Security Policy" in line for line in found.errors)


def test_conflicting_evidence_stands_side_by_side(visit: Callable[..., Any], tmp_path: Path) -> None:
    def quote(doc: str) -> Quote:
        return Quote(doc, 0, 4, f"{doc}说的话。", 0, 2, "", "person.title-before-name", 0.9)

    atlas = Atlas(
        (
            Node("body/1/X", "甲区政协", "Organisation", quotes=(quote("a"),)),
            Node("person/1/张三", "张三", "Person", quotes=(quote("a"),)),
            Node("person/1/李四", "李四", "Person", quotes=(quote("b"),)),
        ),
        (
            Edge("person/1/张三", "body/1/X", "posts", "主席", (quote("a"),)),
            Edge("person/1/李四", "body/1/X", "posts", "主席", (quote("b"),)),
        ),
        (Article("a", "甲文", "2021"), Article("b", "乙文", "2023")),
    )
    found = visit(paint(atlas, title="冲突").save(tmp_path / "c.html"), locale="zh-CN")
    page = ready(found.page)
    page.evaluate("explorer.select({ kind: 'edge', i: 0 })")
    sides = page.locator(".conflict .side")
    assert sides.count() == 2
    assert "张三" in sides.nth(0).inner_text()
    assert "李四" in sides.nth(1).inner_text()
    assert "前后任" in page.locator(".conflict").inner_text()
    assert found.quiet


def test_two_thousand_entities(visit: Callable[..., Any], tmp_path: Path) -> None:
    """Beyond what is live, a click still finds what is painted."""
    nodes = tuple(Node(f"body/1/{n}", f"机构{n}", "Organisation") for n in range(2000))
    edges = tuple(Edge(f"body/1/{n}", f"body/1/{n // 7}", "part_of") for n in range(1, 2000))
    found = visit(paint(Atlas(nodes, edges), title="两千").save(tmp_path / "large.html"), locale="zh-CN")
    page = ready(found.page)
    assert shown(page) == (2000, 1999)
    assert page.evaluate("explorer.map.live.size") < 400
    click_on(page, "机构1999")
    until(page, "document.querySelector('#panel-title')?.textContent === '机构1999'")
    assert found.quiet
