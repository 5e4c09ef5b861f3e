"""The sample corpus: its front matter, its coverage, its gold, and that its sentences are its own."""

import json
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml

CORPUS = Path(__file__).parents[1] / "corpus"
DIGESTS = sorted(CORPUS.glob("[0-9]*.md"))
GOLD = sorted((CORPUS / "gold").glob("*.json"))

SPEAKERS = {
    "000-symposium": [
        "道里区政协",
        "南岗区政协",
        "平房区政协",
        "呼兰区政协",
        "双城区政协",
        "尚志市政协",
        "巴彦县政协",
        "通河县政协",
        "延寿县政协",
        "道外区政协",
        "香坊区政协",
        "松北区政协",
        "阿城区政协",
        "五常市政协",
        "宾县政协",
        "木兰县政协",
        "依兰县政协",
        "方正县政协",
    ],
    "001-new-journey": ["道外区政协", "五常市政协", "道里区政协", "双城区政协", "巴彦县政协"],
    "002-party-building": [
        "阿城区政协党组",
        "木兰县政协主席 李柏林",
        "市政协社会和法制委员会履职党总支",
        "松北区政协党组书记、主席 张太功",
        "尚志市政协主席 张兴国",
        "市政协经济委员会履职党总支",
        "市政协机关党组",
    ],
    "003-work-report": [
        "一、五年工作回顾",
        "二、五年的体会",
        "三、对今后五年和2022年工作的建议",
    ],
    "004-year-in-review": [
        "B 改革创新 履职提速",
        "D 政治引领 凝聚人心",
        "A 谋定后动 抓住大事要事",
        "C 尽责履职 为发展为民生",
    ],
}
"""The headings that name who speaks or which part it is, in the order of the page."""

FIELDS = {
    "District": {"name", "surfaces", "code", "parent"},
    "Organisation": {"name", "surfaces", "kind", "place", "part_of"},
    "Person": {"name", "surfaces", "posts"},
    "Initiative": {"name", "surfaces", "kind", "owners", "components"},
    "Slogan": {"name", "surfaces", "kind", "users", "components"},
    "Document": {"name", "surfaces", "issuers", "status"},
    "Meeting": {"name", "surfaces", "host", "date"},
    "Figure": {"value", "unit", "measure", "org", "period", "bound", "quote"},
}

REFERENCES = {
    "parent": {"District"},
    "place": {"District"},
    "part_of": {"Organisation"},
    "owners": {"Organisation"},
    "users": {"Organisation", "Person"},
    "issuers": {"Organisation"},
    "host": {"Organisation"},
    "org": {"Organisation", "District"},
}

RUN = 13
"""Characters in common, punctuation left out, from which a passage counts as copied."""

QUOTED = re.compile(r"《[^》]*》|“[^”]{1,45}”")
"""Titles and quoted formulae are carried over; the bound keeps quoted speech from passing as a formula."""

NAMES = [
    "习近平新时代中国特色社会主义思想",
    "习近平总书记关于党的建设的重要思想",
    "以习近平同志为核心的党中央",
    "以习近平同志为核心的中共中央",
    "学习贯彻习近平新时代中国特色社会主义思想主题教育",
    "建言资政和凝聚共识双向发力",
    "把方向、管大局、保落实",
    "省第十三次党代会",
    "市第十五次党代会",
    "中共十九大",
    "十九届二中、三中、四中、五中、六中全会",
    "全省政协系统学习宣传贯彻省第十三次党代会精神会议",
    "市政协区县（市）政协主席座谈会",
    "全国政协党的建设工作座谈会",
    "新时期推动东北全面振兴座谈会",
    "新的社会阶层人士委员座谈会",
    "政协哈尔滨市阿城区第四届委员会第一次会议",
    "政协哈尔滨市阿城区第三届委员会常务委员会",
    "市政协社会和法制委员会履职党总支",
    "市政协经济委员会履职党总支",
    "哈尔滨市太平区水泥路商场",
    "道外公安分局反诈中心",
    "五常国家级水稻示范区",
    "教育委员工作站",
    "海明润委员工作室",
    "党员委员联系党外委员制度",
    "哈尔滨市阿城区政协主席",
    "松北区政协党组书记、主席",
]
"""Official names and fixed formulae that stand in the text without quotation marks."""


def bare(words: str) -> str:
    """Letters and digits only, full and half width alike; ``|`` stays as a wall."""
    folded = unicodedata.normalize("NFKC", words)
    return "".join(c for c in folded if c == "|" or unicodedata.category(c)[0] in "LN")


def own_words(paragraph: str) -> str:
    """The paragraph without what may be carried over."""
    kept = bare(QUOTED.sub("|", paragraph))
    for name in sorted(map(bare, NAMES), key=len, reverse=True):
        kept = kept.replace(name, "|")
    return kept


def copied(paragraph: str, original: str) -> list[str]:
    """Runs of :data:`RUN` characters that the paragraph shares with the original (given as :func:`bare`)."""
    pieces = own_words(paragraph).split("|")
    runs = (piece[i : i + RUN] for piece in pieces for i in range(len(piece) - RUN + 1))
    return [run for run in runs if run in original]


def parts(path: Path) -> tuple[dict[str, Any], str]:
    """Front matter and text of a digest."""
    opening, head, text = path.read_text("utf-8").split("---\n", 2)
    assert opening == ""
    return yaml.safe_load(head), text


def flat(words: str) -> str:
    """As gold compares strings: no white space or quotation marks, compatibility characters folded."""
    return re.sub(r"[\s“”‘’\"'《》]", "", unicodedata.normalize("NFKC", words))


def original_of(path: Path, shared: Path) -> str:
    """The published article a digest retells, wherever the articles are at hand."""
    found = sorted((shared / "articles").glob(f"{path.stem[:3]}_*"))
    if not found:
        pytest.skip("the published article is not at hand")
    return found[0].read_text("utf-8")


def by_stem(path: Path) -> str:
    return path.stem


def test_every_digest_is_listed() -> None:
    assert [p.stem for p in DIGESTS] == list(SPEAKERS)


@pytest.mark.parametrize("path", DIGESTS, ids=by_stem)
class TestDigest:
    def test_bytes_are_plain_utf8(self, path: Path) -> None:
        data = path.read_bytes()
        assert not data.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in data
        assert data.endswith(b"\n")
        assert not data.endswith(b"\n\n")

    def test_front_matter(self, path: Path) -> None:
        head, text = parts(path)
        assert set(head) - {"date", "authors"} == {"title", "place", "source", "digest"}
        assert head["digest"] is True
        assert text.lstrip("\n").startswith(f"# {head['title']}\n")
        assert re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", head.get("date", "2000"))
        assert re.search(r"《.+》", head["source"])
        for author in head.get("authors", []):
            assert author in head["source"]
            assert author in text

    def test_title_is_not_that_of_the_article(self, path: Path) -> None:
        head, _ = parts(path)
        assert f"《{head['title']}" not in head["source"]

    def test_every_part_is_covered_in_order(self, path: Path) -> None:
        _, text = parts(path)
        headings = re.findall(r"^##+ (.+)$", text, re.MULTILINE)
        wanted = SPEAKERS[path.stem]
        assert [h for h in headings if h in wanted] == wanted

    def test_no_heading_stands_empty(self, path: Path) -> None:
        _, text = parts(path)
        lines = [line for line in text.split("\n") if line]
        marks = [len(line) - len(line.lstrip("#")) for line in lines] + [1]
        for line, mark, after in zip(lines, marks, marks[1:], strict=False):
            subtitle = line.startswith("## ——")
            assert not mark or not after or after > mark or subtitle, line

    def test_shares_no_sentence_with_the_article(self, path: Path, shared: Path) -> None:
        original = bare(original_of(path, shared))
        _, text = parts(path)
        assert [run for line in text.split("\n") for run in copied(line, original)] == []

    def test_a_copied_sentence_would_be_found(self, path: Path, shared: Path) -> None:
        article = original_of(path, shared)
        sentence = max(re.split(r"[。\n]", QUOTED.sub("", article)), key=len)[:60]
        assert copied(sentence, bare(article))

    def test_length_is_that_of_a_digest(self, path: Path, shared: Path) -> None:
        _, text = parts(path)
        assert 0.4 <= len(bare(text)) / len(bare(original_of(path, shared))) <= 0.62


@pytest.mark.parametrize("path", GOLD, ids=by_stem)
class TestGold:
    def load(self, path: Path) -> tuple[dict[str, Any], str]:
        return json.loads(path.read_text("utf-8")), flat(parts(CORPUS / f"{path.stem}.md")[1])

    def test_header_agrees_with_front_matter(self, path: Path) -> None:
        gold, _ = self.load(path)
        head, _ = parts(CORPUS / f"{path.stem}.md")
        assert gold["doc"] == path.stem
        assert gold["title"] == head["title"]
        assert gold["date"] == head.get("date")
        assert gold["authors"] == head.get("authors", [])
        assert gold["home_place"] == head["place"]

    def test_entries_are_well_formed(self, path: Path) -> None:
        gold, _ = self.load(path)
        for e in gold["entities"]:
            assert set(e) - {"also", "resolved_from"} == FIELDS[e["type"]] | {"type", "required"}, e
            assert isinstance(e["required"], bool), e
            assert e.get("bound", "exact") in {"exact", "more", "less", "about"}, e
            assert re.fullmatch(r"\d{6}", e.get("code") or "000000"), e

    def test_nothing_is_listed_twice(self, path: Path) -> None:
        gold, _ = self.load(path)
        keys = [
            (e["type"], e["name"]) if "name" in e else (e["quote"], e["value"], e["unit"]) for e in gold["entities"]
        ]
        assert len(set(keys)) == len(keys)

    def test_every_entity_stands_in_the_text(self, path: Path) -> None:
        gold, text = self.load(path)
        for e in gold["entities"]:
            words = [e["quote"]] if e["type"] == "Figure" else [*e["surfaces"], e.get("resolved_from", "\0")]
            assert any(flat(w) in text for w in words), e

    def test_components_and_titles_of_office_stand_in_the_text(self, path: Path) -> None:
        gold, text = self.load(path)
        for e in gold["entities"]:
            for words in [*e.get("components", []), *(p["title"] for p in e.get("posts", []))]:
                assert flat(words) in text, e

    def test_every_reference_resolves(self, path: Path) -> None:
        gold, _ = self.load(path)
        named = {(e["type"], e.get("name")) for e in gold["entities"]}
        for e in gold["entities"]:
            for field, types in REFERENCES.items():
                value = e.get(field)
                for name in value if isinstance(value, list) else [value]:
                    assert name is None or any((t, name) in named for t in types), (e, field)
            for post in e.get("posts", []):
                assert post["org"] is None or {("Organisation", post["org"]), ("District", post["org"])} & named, e


def test_gold_of_at_least_two_passes_the_published_checker(shared: Path) -> None:
    assert len(GOLD) >= 2
    tool = shared / "tools" / "check_gold.py"
    run = subprocess.run(
        [sys.executable, str(tool), str(CORPUS / "gold"), str(CORPUS)], capture_output=True, text=True, encoding="utf-8"
    )
    assert run.returncode == 0, run.stdout
    assert run.stdout.endswith("\n0 errors\n")
