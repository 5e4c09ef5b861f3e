import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cite import STYLES, bibtex, chicago, gbt7714
from kg.model import Metadata

FULL = Metadata(
    title="民生实事开新局",
    date="2023-01-05",
    date_basis="stated",
    publisher="某某日报",
    authors=("李明", "王芳"),
)
ONLINE = Metadata(title="某地召开会议", date="2023-01", date_basis="stated", source="https://example.org/a_b")


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        (FULL, "李明, 王芳. 民生实事开新局[N]. 某某日报, 2023-01-05."),
        (ONLINE, "佚名. 某地召开会议[EB/OL]. (2023-01). https://example.org/a_b."),
        (Metadata(title="题"), "佚名. 题[N]. [出版者不详], [日期不详]."),
        (Metadata(), "佚名. 甲[N]. [出版者不详], [日期不详]."),
        (Metadata(title="题", date="2022", date_basis="inferred", publisher="报"), "佚名. 题[N]. 报, [2022]."),
        (
            Metadata(title="题", subtitle="副题", authors=("甲", "乙", "丙", "丁"), publisher="报", date="2022", date_basis="stated"),
            "甲, 乙, 丙, 等. 题：副题[N]. 报, 2022.",
        ),
    ],
)  # fmt: skip
def test_gbt7714(meta: Metadata, expected: str) -> None:
    assert gbt7714(meta, "甲") == expected


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        (FULL, "李明, and 王芳. 2023. “民生实事开新局.” 某某日报, January 5, 2023."),
        (ONLINE, "2023. “某地召开会议.” January 2023. https://example.org/a_b."),
        (Metadata(title="题"), "n.d. “题.”"),
        (Metadata(title="题", date="2022", date_basis="inferred", publisher="报"), "报. [2022?]. “题.”"),
    ],
)
def test_chicago(meta: Metadata, expected: str) -> None:
    assert chicago(meta, "甲") == expected


def test_bibtex() -> None:
    assert bibtex(FULL, "001-a").split("\n") == [
        "@article{001-a,",
        "  author = {{李明} and {王芳}},",
        "  title = {{民生实事开新局}},",
        "  journal = {某某日报},",
        "  year = {2023},",
        "  month = {1},",
        "  day = {5},",
        "}",
    ]
    assert "note = {n.d.}" in bibtex(Metadata(title="题"), "a")
    assert "note = {date inferred from the text}" in bibtex(Metadata(date="2022", date_basis="inferred"), "a")
    assert bibtex(Metadata(), "甲乙").split("{")[1] != bibtex(Metadata(), "甲丙").split("{")[1]


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ("https://example.org/a b/甲 乙.html", "https://example.org/a%20b/甲%20乙.html"),
        ("转自 https://example.org/a 有删节", "https://example.org/a"),
        ("某某日报第3版", ""),
    ],
)
def test_a_source_that_is_a_url_is_never_cut(source: str, url: str) -> None:
    entry = bibtex(Metadata(title="题", source=source), "a")
    assert (f"url = {{{url}}}" in entry) is bool(url)
    assert gbt7714(Metadata(title="题", source=source), "a").endswith(f" {url}." if url else "[日期不详].")


@pytest.mark.parametrize("style", STYLES)
def test_what_is_never_seen_is_left_out_of_a_citation(style: str) -> None:
    words = "\x07民\u202e生\x1b[31m\u200b"
    meta = Metadata(
        title=words, subtitle=words, authors=(words,), publisher=words, source=f"https://x.org/\u2066{words}"
    )
    cited = STYLES[style](meta, "a")
    assert "民生[31m" in cited.replace("\\", "")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u200b-\u200f\u2028-\u202e\u2060-\u2069]", cited)


@given(st.text(max_size=30), st.text(max_size=10))
def test_no_title_breaks_a_bibtex_entry(title: str, author: str) -> None:
    entry = bibtex(Metadata(title=title, authors=(author,)), "a")
    bare = re.sub(r"\\[{}$&%#_]", "", entry)
    assert bare.count("{") == bare.count("}")
    assert not re.search(r"[$&%#_^~]", bare)
    assert all(line.endswith(("{a,", "},", "}")) for line in entry.split("\n"))


@given(
    st.builds(
        Metadata,
        title=st.text(max_size=9),
        subtitle=st.text(max_size=9),
        publisher=st.text(max_size=9),
        source=st.text(max_size=30),
    )
)
def test_every_style_takes_any_words(meta: Metadata) -> None:
    assert all(style(meta, "a") for style in STYLES.values())
