"""The page as text: what it holds, what it may do, and that it is the same each time."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.builds.opened import Build
from kg.errors import BuildError, NotFoundError
from kg.explore import Explorer, paint, split
from kg.explore.atlas import Atlas
from kg.explore.positions import load, save

HOSTILE = "</script><img src=x onerror=alert(1)>"


def data(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="([^"]+)" id="graph-data">(.*?)</script>', html, re.DOTALL)
    assert found is not None
    text = found[2] if found[1] == "application/json" else gzip.decompress(base64.b64decode(found[2])).decode()
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@pytest.fixture(scope="module")
def page(build: Build) -> Explorer:
    return build.explore(title="语料", focus="阿城区政协")


def test_the_page_holds_the_graph(page: Explorer, build: Build) -> None:
    held = data(page.html)
    assert held["title"] == "语料"
    assert held["focus"] == "body/230112/CPPCC"
    assert set(held["nodes"]["id"]) >= {profile.id for profile in build.entities()}
    assert len(held["edges"]["from"]) == page.relations
    assert held["above"] == page.above == 1
    assert len(held["nodes"]["id"]) == page.entities == len(list(build.entities())) + 1
    assert held["options"]["physics"] == {"enabled": False}
    assert len(held["sentences"]) == len(set(held["sentences"]))


def test_the_page_is_the_same_each_time(page: Explorer, build: Build) -> None:
    assert build.explore(title="语料", focus="阿城区政协").html == page.html


def test_the_page_is_small(page: Explorer) -> None:
    assert page.size < 2_000_000


def test_the_policy_lets_only_these_scripts_run(page: Explorer) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page.html)
    assert policy is not None
    allowed = set(re.findall(r"sha256-([\w+/=]+)", policy[1].replace("&#39;", "'")))
    scripts = re.findall(r"<script>(.*?)</script>", page.html, re.DOTALL)
    assert len(scripts) == 2
    assert allowed == {base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts}
    assert "default-src &#39;none&#39;" in policy[1]
    assert "unsafe-eval" not in policy[1]
    assert "unsafe-inline" not in policy[1].partition("script-src")[2].partition(";")[0]


def test_nothing_is_loaded_from_elsewhere(page: Explorer) -> None:
    head = page.html.partition('<script type="')[0]
    assert re.findall(r'(?:src|href)="(?!#|data:,)[^"]*"', head) == []
    assert "@import" not in page.html
    assert "url(" not in head


def test_a_notebook_gets_a_frame(page: Explorer) -> None:
    shown = page._repr_html_()
    assert shown.startswith("<iframe srcdoc=")
    assert shown.count("<iframe") == 1
    assert "<script" not in shown
    assert repr(page).startswith("<Explorer 语料: ")


def test_hostile_words_stay_words(atlas: Atlas) -> None:
    nodes = tuple(replace(node, name=HOSTILE + node.name, names=(HOSTILE,)) for node in atlas.nodes)
    made = paint(replace(atlas, nodes=nodes), title=HOSTILE)
    # The element of the data, the library and the script: nothing in the data or the title opens or ends another.
    assert made.html.count("</script>") == 3
    assert "<img src=x" not in made.html
    assert data(made.html)["nodes"]["label"][0].startswith(HOSTILE)


def test_large_data_are_packed(atlas: Atlas) -> None:
    small = paint(atlas, title="小")
    assert 'type="application/json" id="graph-data"' in small.html
    articles = tuple(replace(article, title="长" * 700_000) for article in atlas.articles)
    large = paint(replace(atlas, articles=articles), title="大")
    assert 'type="application/gzip+base64" id="graph-data"' in large.html
    assert data(large.html)["articles"][0][1] == "长" * 700_000


@pytest.mark.parametrize("report", ["javascript:alert(1)", " data:text/html,x", "https://example.org/"])
def test_links_are_relative(atlas: Atlas, report: str) -> None:
    with pytest.raises(BuildError, match="relative address"):
        paint(atlas, title="", report=report)
    assert 'href="report.html"' in paint(atlas, title="", report="report.html").html


def test_what_cannot_be_shown_is_refused(atlas: Atlas, build: Build) -> None:
    with pytest.raises(BuildError, match="no entity"):
        paint(Atlas((), ()), title="")
    with pytest.raises(BuildError, match="language"):
        paint(atlas, title="", language="fr")  # type: ignore[arg-type]
    with pytest.raises(NotFoundError, match="nobody"):
        paint(atlas, title="", focus="nobody")
    with pytest.raises(NotFoundError):
        build.explore(focus="没有这个")


def test_known_entities_stay_where_they_were(atlas: Atlas) -> None:
    before = paint(atlas, title="").positions
    more = replace(atlas, nodes=(*atlas.nodes, replace(atlas.nodes[3], id="person/1/王五", name="王五")))
    after = paint(more, title="", layout=before).positions
    assert {id: after[id] for id in before} == dict(before)
    assert len(after) == len(before) + 1


def test_a_layout_is_kept_and_read_again(atlas: Atlas, tmp_path: Path) -> None:
    positions = paint(atlas, title="").positions
    path = tmp_path / "layout.json"
    assert load(path) == {}
    save(positions, path)
    assert load(path) == dict(positions)
    path.write_text('{"format": "else"}', encoding="utf-8")
    with pytest.raises(BuildError, match="not the layout"):
        load(path)


def test_a_build_keeps_its_layout_when_it_is_made_anew(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    corpus = Path(__file__).resolve().parents[2] / "corpus"
    first, second = sorted(corpus.glob("0*.md"))[:2]
    shutil.copy(first, texts)
    build = kg.build(texts, tmp_path / "out", check="never")
    before = build.explore().positions
    save(before, build.path / "layout.json")
    shutil.copy(second, texts)
    again = kg.build(texts, tmp_path / "out", check="never")
    assert load(again.path / "layout.json") == dict(before)
    assert again.verify() > 0
    after = again.explore().positions
    assert len(after) > len(before)
    assert all(after[id] == place for id, place in before.items() if id in after)


def test_a_graph_is_split_by_district(build: Build, tmp_path: Path) -> None:
    made = split(build, tmp_path / "pages", title="语料")
    index = (tmp_path / "pages" / "index.html").read_text(encoding="utf-8")
    assert {path.name for path in (tmp_path / "pages").iterdir()} == {"index.html", *(part.file for part in made.parts)}
    for part in made.parts:
        assert f'href="{part.file}"' in index
    assert "<script" not in index
    page = (tmp_path / "pages" / "district-230112.html").read_text(encoding="utf-8")
    assert 'href="index.html"' in page
    held = data(page)
    whole = build.explore()
    assert held["focus"] == "district/230112"
    for id, x in zip(held["nodes"]["id"], held["nodes"]["x"], strict=True):
        assert x == round(whole.positions[id][0], 1)


def test_five_articles(shared: Path, tmp_path: Path) -> None:
    made = kg.build(shared / "articles", tmp_path / "out", check="never").explore()
    assert made.size < 2_000_000
    assert made.entities > 300
