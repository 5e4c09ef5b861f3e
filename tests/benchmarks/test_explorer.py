"""The explorer's page at several sizes: how long it takes to make, to open, to search, to move.

Run with ``python tests/benchmarks/test_explorer.py [NODES ...]`` (prints the figures; needs Chromium), or
``pytest tests/benchmarks --benchmark-enable``, which only makes pages.
"""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from kg.explore import paint
from kg.explore.atlas import Article, Atlas, Edge, Node, Quote

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

PLACES = ("青州", "云溪", "桃源", "临江", "白河", "金沙", "南岭", "石桥", "龙泉", "安平", "长寿", "望江", "怀远", "盐湖", "东港", "西关", "清河", "永宁", "武陵", "定西")  # fmt: skip
BODIES = ("政协", "区委", "区政府", "教育局", "财政局", "公安局", "妇联", "工商联", "经济委员会", "机关党组", "党支部", "工作站")  # fmt: skip
WORDS = ("协商", "议政", "履职", "民生", "调研", "提案", "监督", "书香", "凝聚", "共识", "振兴", "奋进", "担当", "服务", "基层", "界别", "委员", "实干", "联动", "创新")  # fmt: skip
FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英文辉力宁"
KINDS = [
    ("District", 2), ("Organisation", 22), ("Person", 24), ("Initiative", 18), ("Slogan", 12), ("Document", 8),
    ("Meeting", 6), ("Figure", 8),
]  # fmt: skip
RELATIONS = {
    "District": ("parent", "District"), "Organisation": ("place", "District"), "Person": ("posts", "Organisation"),
    "Initiative": ("owners", "Organisation"), "Slogan": ("users", "Organisation"), "Document": ("issuers", "Organisation"),
    "Meeting": ("host", "Organisation"), "Figure": ("org", "Organisation"),
}  # fmt: skip


def synthetic(size: int, seed: int = 1) -> Atlas:
    """An atlas of *size* entities and twice as many relations, each with a quote of its own, over twelve years."""
    dice = random.Random(seed)
    articles = tuple(
        Article(f"a{n}", f"{dice.choice(PLACES)}日报第{n}期：{dice.choice(WORDS)}{dice.choice(WORDS)}", f"{2012 + n % 12}-05", "stated",
                f"{dice.choice(PLACES)}日报", {"gbt7714": f"佚名. 第{n}期[N]. 日报, {2012 + n % 12}-05."})
        for n in range(max(5, size // 50))
    )  # fmt: skip
    types = [type for type, share in KINDS for _ in range(share)]
    names: dict[str, list[str]] = {type: [] for type, _ in KINDS}
    nodes = []
    for n in range(size):
        type = "District" if n < 20 else "Organisation" if n < 40 else dice.choice(types)
        name = _name(type, n, dice)
        id = f"{type.lower()}/{n}"
        names[type].append(id)
        nodes.append(
            Node(id, name, type, (f"{name}（简称）",) if n % 3 == 0 else (), quotes=(_quote(name, articles, dice),))
        )
    edges = {}
    while len(edges) < 2 * size:
        node = nodes[dice.randrange(size)]
        relation, target_type = RELATIONS[node.type]
        group = names[target_type]
        # A few bodies have very much to do with others, as in life.
        target = group[int(len(group) * dice.random() ** 2.2)]
        if target != node.id:
            title = dice.choice(("主席", "副主席", "委员", "局长")) if relation == "posts" else ""
            edges[node.id, target, relation, title] = Edge(
                node.id, target, relation, title, (_quote(node.name, articles, dice),)
            )
    return Atlas(tuple(nodes), tuple(edges.values()), articles, "https://w3id.org/tifa-kg/")


def _name(type: str, n: int, dice: random.Random) -> str:
    place = dice.choice(PLACES)
    if type == "District":
        return f"{PLACES[n % 20]}{'市区县'[n // 20 % 3]}"
    if type == "Organisation":
        return f"{place}{dice.choice('市区县')}{dice.choice(BODIES)}"
    if type == "Person":
        return dice.choice(FAMILY) + "".join(dice.choice(GIVEN) for _ in range(dice.randint(1, 2)))
    return (
        f"{dice.choice(WORDS)}{dice.choice(WORDS)}{dice.choice(('工作法', '平台', '方案', '会议', '若干件'))}{n % 97}"
    )


def _quote(name: str, articles: tuple[Article, ...], dice: random.Random) -> Quote:
    lead = f"{dice.randint(1, 12)}月{dice.randint(1, 28)}日，"
    words = "".join(dice.choice(WORDS) for _ in range(9))
    start = dice.randrange(6000)
    return Quote(
        dice.choice(articles).doc, start, start + len(name), f"{lead}{name}{words}。", len(lead), len(lead) + len(name),
        f"{dice.choice(PLACES)}区政协", dice.choice(("body.name", "person.title-before-name", "initiative.quoted")),
        round(dice.uniform(0.6, 1), 2),
    )  # fmt: skip


FRAMES = """
(move) => new Promise((done) => {
  const times = [];
  let n = 0;
  const step = (now) => {
    times.push(now);
    if (n++ === 90) return done(1000 * (times.length - 1) / (times.at(-1) - times[0]));
    if (move === "pan") explorer.map.pan(n % 60 < 30 ? 9 : -9, n % 40 < 20 ? 6 : -6);
    else {
      const map = explorer.map;
      map.network.moveTo({ position: map.network.getViewPosition(), scale: map.network.getScale() * (n % 60 < 30 ? 1.06 : 1 / 1.06) });
    }
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})
"""


def opened(path: Path, name: str) -> dict[str, float]:
    """How the page in a file behaves in headless Chromium; *name* is typed into the search, key by key."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True).new_page()
        page.goto(path.resolve().as_uri(), wait_until="commit")
        page.wait_for_selector("html[data-ready=yes]", timeout=120_000)
        found = {"ready": page.evaluate("explorer.timing.ready") / 1000}
        page.wait_for_timeout(500)
        found["pan"] = page.evaluate(FRAMES, "pan")
        found["zoom"] = page.evaluate(FRAMES, "zoom")
        keys = []
        page.locator("#search").focus()
        for key in name:
            page.keyboard.insert_text(key)
            keys.append(page.evaluate("explorer.timing.search"))
        found["search"] = max(keys)
        found["focus"] = page.evaluate(
            """() => new Promise((done) => {
                const top = explorer.map.ranked[0];
                const begin = performance.now();
                explorer.focus(top);
                requestAnimationFrame(() => setTimeout(() => done((performance.now() - begin) / 1000)));
            })"""
        )
        found["nearest"] = page.evaluate("explorer.shown.nodes.length")
        page.evaluate("explorer.tell('all')")
        found["filter"] = page.evaluate(
            """() => { const begin = performance.now();
                explorer.change((state) => state.kinds.add("Figure")); return (performance.now() - begin) / 1000; }"""
        )
        browser.close()
    return found


def measured(size: int) -> dict[str, Any]:
    """One synthetic graph, made into a page and opened."""
    atlas = synthetic(size)
    begin = time.perf_counter()
    made = paint(atlas, title=f"{size}")
    taken = time.perf_counter() - begin
    with TemporaryDirectory() as folder:
        path = made.save(Path(folder, "graph.html"))
        return {"nodes": size, "edges": len(atlas.edges), "make": taken, "MB": path.stat().st_size / 1e6} | opened(
            path, "qzqzx"
        )


@pytest.mark.benchmark
def test_page_of_a_thousand(benchmark: Any) -> None:
    atlas = synthetic(1000)
    made = benchmark.pedantic(paint, args=(atlas,), kwargs={"title": "1000"}, rounds=3)
    assert made.entities == 1000


def main(sizes: list[int]) -> None:
    """Print a table of figures."""
    for size in sizes:
        row = measured(size)
        sys.stdout.write(
            f"{row['nodes']:>7,} entities {row['edges']:>8,} relations: made in {row['make']:5.1f} s, {row['MB']:.2f} MB; "
            f"ready {row['ready']:.2f} s; pan {row['pan']:.0f} fps, zoom {row['zoom']:.0f} fps; "
            f"search {row['search']:.0f} ms a key; focus {row['focus']:.2f} s ({row['nearest']:.0f} shown); "
            f"filter {row['filter']:.2f} s\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [400, 2_000, 10_000, 50_000])
