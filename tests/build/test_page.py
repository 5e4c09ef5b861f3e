"""The report as a page: what stands on it, and that no word of a document is more than a word."""

from __future__ import annotations

import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

import kg
from kg.builds.manifest import Failure, Manifest, Source
from kg.builds.page import Surroundings, page, surroundings
from kg.builds.page.contents import contents
from kg.builds.page.coverage import heat
from kg.builds.page.quality import quality
from kg.errors import BuildError
from kg.link import Candidate, Link, Links
from kg.model import TYPES, Entity, Evidence, Metadata, Reader, Reading, Unresolved

PAYLOADS = (
    "<script>alert(1)</script>", "</title><script>alert(2)</script>", '"><img src=x onerror=alert(3)>',
    "javascript:alert(4)", "</style><svg onload=alert(5)>", "{{ 7 * 7 }}{% raw %}", "甲\u202e乙\x00丙", "&lt;b&gt;",
)  # fmt: skip
TEXT = "市政协召开会议。鼓楼区代表到会。"


def reading(doc: str = "甲", *, date: str | None = "2023-05-02", **more: Any) -> Reading:
    body = Entity("Organisation", "body/320106/CPPCC", "鼓楼区政协", ("区政协",), (Evidence(0, 3, "市政协", "", "r"),))
    found: dict[str, Any] = {
        "doc": doc, "path": f"{doc}.txt", "encoding": "utf-8", "sha256": "0" * 64, "length": len(TEXT),
        "meta": Metadata(title="题目", date=date, date_basis="stated"), "home": "320106", "sections": (),
        "entities": (body,),
        "unresolved": (
            Unresolved("District", Evidence(8, 11, "鼓楼区", "会场", "unresolved"),
                       ("district/320106", "district/410204"), "two districts bear this name"),
        ),
    }  # fmt: skip
    return Reading(**(found | more))


def manifest(*docs: str, **more: Any) -> Manifest:
    found: dict[str, Any] = {
        "version": "1.2.3", "base": "https://w3id.org/tifa-kg/",
        "reader": {"name": "rules", "version": "1", "code": "c0de"}, "dependencies": {"jieba": "0.42.1"},
        "options": {"min_confidence": 0.0},
        "documents": tuple(Source(doc, f"{doc}.txt", "utf-8", "5" * 64, 1, "", "") for doc in docs), "failed": (),
        "graph": {"quads": 12, "claims": 3, "passages": 2, "entities": dict.fromkeys(TYPES, 1)},
        "check": {"status": "conforms", "violations": 0, "reason": ""}, "files": {"graph.nq": "9" * 64},
    }  # fmt: skip
    return Manifest(**(found | more))


def made(*readings: Reading, links: Links | None = None, around: Surroundings | None = None, **more: Any) -> str:
    docs = [reading.doc for reading in readings]
    return page(manifest(*docs, **more), readings, links or Links(), lambda doc: TEXT, around, title="样本")


class Elements(HTMLParser):
    """All elements with their attributes, and the words between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_page_needs_nothing_and_runs_nothing() -> None:
    html = made(reading(), around=Surroundings(card="./card.html", explorer="./graph.html"))
    elements = Elements(html).found
    policy = [attributes["content"] for tag, attributes in elements if "http-equiv" in attributes]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]
    assert not {tag for tag, _ in elements} & {"script", "img", "iframe", "object", "embed", "form", "base"}
    assert not [name for _, attributes in elements for name in attributes if name.startswith("on") or name == "src"]
    targets = {str(attributes["href"]) for tag, attributes in elements if "href" in attributes}
    assert {target for target in targets if not target.startswith(("#", "./graph.html"))} == {"data:,", "./card.html"}
    assert "url(" not in html
    assert "@import" not in html


@pytest.mark.parametrize("words", PAYLOADS)
def test_words_of_documents_stay_words(words: str) -> None:
    evil = Entity("Organisation", f"body/1/{words}", words, (words,), (Evidence(0, 1, words, words, words),))
    other = Unresolved("Person", Evidence(0, 2, words, words, "r"), (f"person/1/{words}",), words)
    meta = Metadata(title=words, subtitle=words, date=words, publisher=words, source=words, place=words)
    read = reading(words, path=words, encoding=words, meta=meta, home=words, entities=(evil,), unresolved=(other,))
    links = Links(candidates=(Candidate(f"body/1/{words}", words, words),), unmet=(words,))
    html = page(
        manifest(words, failed=(Failure(words, words),), options={words: words}, dependencies={words: words},
                 check={"status": "not checked", "violations": 0, "reason": words}, base=words, version=words,
                 reader={"name": words, "version": words, "code": words}, files={words: words}),
        [read], links, lambda doc: words * 3, title=words,
    )  # fmt: skip
    quiet = made(reading(), links=Links(candidates=(Candidate("body/1/a", "b", "c"),), unmet=("d",)))
    elements = Elements(html)
    assert {tag for tag, _ in elements.found} <= {tag for tag, _ in Elements(quiet).found} | {"li", "ul"}
    assert not [name for _, attributes in elements.found for name in attributes if name.startswith("on")]
    assert [
        attributes["href"] for _, attributes in elements.found if str(attributes.get("href")).startswith("java")
    ] == []
    assert html.count("</title>") == html.count("</style>") == 1
    assert not re.search(r"[\x00-\x08\u202a-\u202e]", html)
    assert "49" not in elements.words


def test_only_web_addresses_of_sources_are_links() -> None:
    html = made(
        reading("甲", meta=Metadata(source="https://example.org/?a=1&b=\"2'")),
        reading("乙", meta=Metadata(source=" javascript:alert(1)")),
        reading("丙", meta=Metadata(source="data:text/html,x")),
    )
    links = [attributes for tag, attributes in Elements(html).found if str(attributes.get("href")).find(":") > 0]
    assert [(link["href"], link.get("rel")) for link in links] == [
        ("data:,", "icon"),
        ("https://example.org/?a=1&b=\"2'", "noreferrer noopener"),
    ]


def test_an_unresolved_name_stands_with_its_candidates_and_its_passage() -> None:
    found = contents(manifest("甲", "乙"), [reading("乙"), reading("甲")], Links(), lambda doc: TEXT)
    (only,) = found.opens
    assert (only.words, only.type, [candidate.name for candidate in only.candidates]) == (
        "鼓楼区", "District", ["鼓楼区", "鼓楼区"],
    )  # fmt: skip
    assert [(passage.doc, passage.before, passage.quote, passage.after) for passage in only.passages] == [
        ("乙", "市政协召开会议。", "鼓楼区", "代表到会。"),
        ("甲", "市政协召开会议。", "鼓楼区", "代表到会。"),
    ]
    html = made(reading("甲"))
    assert "<mark><bdi>鼓楼区</bdi></mark>" in html
    assert '<a href="#doc-1">' in html
    assert '<tr id="doc-1">' in html


def test_pairs_show_names_documents_and_the_lines_that_settle_them() -> None:
    links = Links(candidates=(Candidate("body/320106/CPPCC", "person/1/李明", "same name"),))
    html = made(reading("甲"), links=links, around=Surroundings(explorer="./graph.html"))
    assert '<a href="./graph.html#v=near&amp;f=body%2F320106%2FCPPCC"><bdi lang="zh-Hans">鼓楼区政协</bdi></a>' in html
    lines = "same      body/320106/CPPCC  person/1/李明\nnot-same  body/320106/CPPCC  person/1/李明"
    assert lines in Elements(html).words


def test_linked_bodies_are_one_row() -> None:
    other = Entity("Organisation", "body/x", "某政协", (), (Evidence(0, 1, "市", "", "r"),))
    links = Links(MappingProxyType({"body/x": Link("body/320106/CPPCC", "said so")}))
    readings = [reading("甲"), reading("乙", entities=(other,), date="2023-07")]
    found = contents(manifest("甲", "乙"), readings, links, lambda doc: TEXT)
    assert found.bodies.columns == ("2023-05", "2023-06", "2023-07")
    assert [(row.id, row.name, row.cells) for row in found.bodies.rows] == [
        ("body/320106/CPPCC", "鼓楼区政协", (1, 0, 1))
    ]
    assert [(row.name, row.cells, row.total) for row in found.districts.rows] == [("鼓楼区", (1, 0, 1), 2)]


@pytest.mark.parametrize(
    ("dates", "columns", "yearly"),
    [
        (["2023-05"], ("2023-05",), False),
        (["2022-12", "2023-02", "2023"], ("2022-12", "2023", "2023-01", "2023-02"), False),
        (["2021", ""], ("2021", ""), False),
        (["2019-01", "2023-05", "2018", ""], ("2018", "2019", "2020", "2021", "2022", "2023", ""), True),
        ([], (), False),
    ],
)
def test_columns_are_months_and_of_a_long_time_years(dates: list[str], columns: tuple[str, ...], yearly: bool) -> None:
    found = heat({("a", date): 1 for date in dates}, {"a": "甲"}, dates)
    assert (found.columns, found.yearly) == (columns, yearly)
    assert sum(sum(row.cells) for row in found.rows) == len(dates)


def test_shades_grow_with_numbers() -> None:
    found = heat(
        {("a", "2023-01"): 100, ("a", "2023-03"): 1, ("b", "2023-02"): 30},
        {"a": "甲", "b": "乙"},
        ["2023-01", "2023-03"],
    )
    assert [row.levels for row in found.rows] == [(5, 0, 1), (0, 3, 0)]


def test_rows_beyond_the_most_are_counted() -> None:
    counts = {(f"b{number:03}", "2023"): number for number in range(1, 31)}
    found = heat(counts, {id: id for id, _ in counts}, ["2023"])
    assert (len(found.rows), found.more, found.rows[0].id) == (24, 6, "b030")


@pytest.mark.parametrize(
    ("check", "words"),
    [
        ({"status": "conforms", "violations": 0, "reason": ""}, "conforms to its SHACL shapes"),
        ({"status": "violations", "violations": 7, "reason": ""}, "7 violations of the SHACL shapes"),
        ({"status": "not checked", "violations": 0, "reason": "too large"}, "too large"),
    ],
)
def test_the_verdict_of_the_shapes(check: dict[str, Any], words: str) -> None:
    assert words in Elements(made(reading(), check=check)).words


def test_failures_versions_and_hashes() -> None:
    words = Elements(made(reading("甲"), failed=(Failure("坏.txt", "坏.txt: binary"),))).words
    assert [
        part for part in ("坏.txt: binary", "1.2.3", "jieba 0.42.1", "9" * 64, "5" * 64, "c0de") if part not in words
    ] == []


def test_a_build_of_nothing_is_a_page() -> None:
    assert "No document was read." in Elements(made()).words


def test_the_same_build_is_the_same_page() -> None:
    assert made(reading("甲"), reading("乙")) == made(reading("乙"), reading("甲"))


SHARE = {"value": 0.9, "low": 0.8, "high": None}
CARD: dict[str, Any] = {
    "setting": {"gold": "gold", "documents": ["甲"], "unmeasured": [], "graph_sha256": "9" * 64},
    "macro": SHARE,
    "rows": [
        {"level": "type", "name": "Slogan", "counts": {"right": 9, "missed": 2, "extra": 1}, "precision": SHARE,
         "recall": {"value": None, "low": None, "high": None}, "f1": SHARE},
        {"level": "all", "name": "", "counts": {"right": 19, "missed": 3, "extra": 4}, "precision": SHARE,
         "recall": SHARE, "f1": SHARE},
        {"level": "rule", "name": "x", "counts": {}, "precision": None},
    ],
}  # fmt: skip


def test_the_quality_card_is_shown_and_held_against_the_graph(tmp_path: Path) -> None:
    (tmp_path / "card.json").write_text(json.dumps(CARD), encoding="utf-8")
    card = quality(tmp_path / "card.json")
    assert [row.type for row in card.rows] == ["", "Slogan"]
    html = made(reading(), around=Surroundings(quality=card))
    assert "Macro F1 is 0.90." in html
    assert "another build" not in html
    assert "another build" in made(reading(), around=Surroundings(quality=card), files={"graph.nq": "8" * 64})


@pytest.mark.parametrize(
    "words",
    ["", "[]", "{}", "{", json.dumps(CARD | {"macro": {"value": 3}}), json.dumps(CARD | {"rows": [{"level": "all"}]})],
)
def test_what_is_no_card_is_refused(words: str, tmp_path: Path) -> None:
    path = tmp_path / "card.json"
    path.write_text(words, encoding="utf-8")
    with pytest.raises(BuildError, match=r"card\.json: not a quality card; write one with `kg evaluate"):
        surroundings(None, path)


def test_what_stands_beside_the_page_is_found(tmp_path: Path) -> None:
    assert surroundings(tmp_path / "report.html") == Surroundings()
    for name in ("card.html", "graph.html"):
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "card.json").write_text(json.dumps(CARD), encoding="utf-8")
    found = surroundings(tmp_path / "report.html")
    assert (found.card, found.explorer, found.quality is not None) == ("./card.html", "./graph.html", True)
    (tmp_path / "页 面").mkdir()
    found = surroundings(tmp_path / "页 面" / "report.html", tmp_path / "card.html", tmp_path / "graph.html")
    assert (found.card, found.explorer, found.quality is not None) == ("../card.html", "../graph.html", True)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"card": "none.json"}, r"none\.json: no such file; make it with `kg evaluate GOLD BUILD --json > none\.json`"),
        ({"card": "none.html"}, r"none\.html: no such file; make it with `kg evaluate GOLD BUILD --html none\.html`"),
        ({"card": "card.md"}, r"card\.md: a quality card ends in \.json or \.html"),
        ({"explorer": "none.html"}, r"none\.html: no such file; make it with `kg explore BUILD -o none\.html`"),
    ],
)
def test_a_file_that_is_missing_is_named(given: dict[str, str], message: str) -> None:
    with pytest.raises(BuildError, match=message):
        surroundings(None, **given)


def test_a_build_reports_itself(texts: Path, tmp_path: Path, reader: Reader) -> None:
    kg.build(texts, tmp_path / "样本", reader=reader, check="never")
    with kg.open(tmp_path / "样本") as build:
        assert build.report() == (tmp_path / "样本" / "report.md").read_text(encoding="utf-8")
        html = build.report("html", language="en")
    assert "<title>构建报告 Build report · 样本</title>" in html
    assert '<html lang="en">' in html
    assert 'id="in-en" checked' in html


@pytest.fixture
def build(texts: Path, tmp_path: Path, reader: Reader) -> Path:
    kg.build(texts, tmp_path / "out", reader=reader, check="never")
    return tmp_path / "out"


def test_the_command_writes_and_prints(
    build: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def ran(*arguments: object) -> tuple[int, str, str]:
        from kg.cli import main

        with pytest.raises(SystemExit) as ended:
            main(["report", *map(str, arguments)])
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out, captured.err

    monkeypatch.chdir(tmp_path)
    assert ran(build)[:2] == (0, (build / "report.md").read_text(encoding="utf-8"))
    assert ran(build, "--html", "r.html") == (0, "", "")
    whole = (tmp_path / "r.html").read_bytes()
    assert whole.startswith(b"<!DOCTYPE html>")
    assert b"\r" not in whole
    assert ran(build, "--html", "-")[:2] == (0, whole.decode())
    assert ran(build, "--html", "r.html", "--quality", "none.json")[0] == 2
    assert (tmp_path / "r.html").read_bytes() == whole
    assert ran(build, "--quality", "none.json")[0] == 2


def test_without_jinja_the_page_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(BuildError, match=r"pip install 'tifa-kg\[explore\]'"):
        made(reading())


def test_the_page_of_the_manual_names_every_option() -> None:
    from kg.cli.reporting import report

    manual = (Path(__file__).resolve().parents[2] / "docs/report.md").read_text(encoding="utf-8")
    options = [name for parameter in report.params for name in parameter.opts if name.startswith("--")]
    assert options
    assert [name for name in options if name not in manual] == []
