"""Terms and quads survive whatever stands in them."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import BuildError
from kg.graph.terms import decimal, integer, literal, node, point, write_nquads
from kg.identity import iri, segment

# rdflib uses its own deprecated attribute when it parses N-Quads.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")

HOSTILE = (
    "plain 两个维护",
    '"quoted"',
    "back\\slash \\n \\u0041",
    "line\nbreak\r\nand\ttab",
    "\x00\x01\x08\x0b\x0c\x1b\x1f\x7f\x85",
    "right\u202eto\u202cleft \u2066isolate\u2069 \u200emark\u200f",
    "\u2028separators\u2029",
    "<script>alert('x')</script> & <iri>",
    "\ufeffmark \ufffe\uffff",
    "𠮷野家 👩‍👧",
    "^^<x> @zh . <a> <b> <c> .",
    "",
    " ",
)


def read_back(term: str) -> tuple[str, str]:
    """The words of a term as pyoxigraph and rdflib read it."""
    line = f"<http://x/s> <http://x/p> {term} <http://x/g> .\n"
    (quad,) = pyoxigraph.parse(line.encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    assert isinstance(quad.object, pyoxigraph.Literal)
    dataset = rdflib.Dataset()
    dataset.parse(data=line, format="nquads")
    ((_, _, object, _),) = dataset.quads()
    return quad.object.value, str(object)


@pytest.mark.parametrize("words", HOSTILE)
def test_a_literal_is_read_as_it_was_written(words: str) -> None:
    assert read_back(literal(words)) == (words, words)
    assert "\n" not in literal(words)


@given(st.text())
def test_any_text_is_read_as_it_was_written(words: str) -> None:
    term = literal(words)
    (quad,) = pyoxigraph.parse(
        f"<http://x/s> <http://x/p> {term} .".encode(), format=pyoxigraph.RdfFormat.N_QUADS
    )  # fmt: skip
    assert isinstance(quad.object, pyoxigraph.Literal)
    assert quad.object.value == words
    # What pyoxigraph writes is canonical N-Quads, except that it leaves the two non-characters as they are.
    if not {"\ufffe", "\uffff"} & set(words):
        assert str(quad.object) == term


@given(st.text())
def test_any_segment_makes_an_iri(words: str) -> None:
    term = node(f"http://x/{segment(words)}")
    (quad,) = pyoxigraph.parse(f"{term} {term} {term} .".encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    assert str(quad.subject) == term


@given(st.text(), st.text())
def test_distinct_words_make_distinct_segments(one: str, other: str) -> None:
    assert (segment(one) == segment(other)) == (one == other)


def test_a_lone_surrogate_is_shown() -> None:
    assert read_back(literal("a\ud800b"))[0] == "a\\uD800b"


@pytest.mark.parametrize("words", ["a b", "<x>", 'x"', "x\ny", "{x}", "\ud800"])
def test_what_no_iri_may_hold_is_refused(words: str) -> None:
    with pytest.raises(BuildError, match="is no IRI"):
        node(f"http://x/{words}")
    assert node(f"http://x/{iri(words)}")


@pytest.mark.parametrize(
    ("number", "words"),
    [(724.0, "724"), (0.1, "0.1"), (-0.0, "0"), (1e21, "1000000000000000000000"), (12.50, "12.5"), (3, "3"), (1e-7, "0.0000001")],
)  # fmt: skip
def test_decimal(number: float, words: str) -> None:
    assert decimal(number) == f'"{words}"^^<http://www.w3.org/2001/XMLSchema#decimal>'


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(number: float) -> None:
    with pytest.raises(BuildError, match="no number"):
        decimal(number)


@pytest.mark.parametrize(
    ("when", "kind"),
    [
        ("2022", "gYear"),
        ("2022-05", "gYearMonth"),
        ("2022-05-07", "date"),
        ("2022-13", None),
        ("2022-02-30", None),
        ("0000", None),
        ("２０２２", None),
        ("2022-5", None),
        ("十四届以来", None),
    ],
)
def test_a_date_is_as_precise_as_it_is(when: str, kind: str | None) -> None:
    assert point(when) == f'"{when}"' + (f"^^<http://www.w3.org/2001/XMLSchema#{kind}>" if kind else "")


def test_a_file_ends_each_quad_in_one_line_break(tmp_path: Path) -> None:
    write_nquads(["<a> <b> <c> <g> .\n<a> <b> <d> <g> .", f"<b> <b> {integer(1)} <g> ."], tmp_path / "x.nq")
    data = (tmp_path / "x.nq").read_bytes()
    assert data.count(b"\n") == 3
    assert data.endswith(b" .\n")
    assert b"\r" not in data
