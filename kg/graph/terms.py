"""RDF terms and N-Quads as text: quick to write, sorted by bytes, safe for any string.

Every function gives the term exactly as it stands in canonical N-Quads, so that equal terms are equal strings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from pathlib import Path

from kg.errors import BuildError
from kg.vocab import XSD

# Canonical N-Quads (W3C RDF 1.2 N-Quads, section 4): what must be escaped in a literal; all else stands for itself.
_SPECIAL = re.compile(r'[\x00-\x1f\x7f"\\\ud800-\udfff\ufffe\uffff]')
_ECHAR = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\\ud800-\udfff]')

_INTEGER = f"^^<{XSD.integer}>"
_DECIMAL = f"^^<{XSD.decimal}>"


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    if char in _ECHAR:
        return _ECHAR[char]
    # A lone surrogate is no character of RDF: its number is written out visibly instead.
    return f"\\\\u{ord(char):04X}" if "\ud800" <= char <= "\udfff" else f"\\u{ord(char):04X}"


def literal(text: str) -> str:
    r"""A plain string.

    >>> print(literal('“两个维护”\n"'))
    "“两个维护”\n\""
    """
    return f'"{_SPECIAL.sub(_escape, text)}"' if _SPECIAL.search(text) else f'"{text}"'


def node(iri: str) -> str:
    """An absolute IRI; raises :class:`~kg.errors.BuildError` if it holds what no IRI may hold.

    >>> node("https://w3id.org/tifa-kg/slogan/两个维护")
    '<https://w3id.org/tifa-kg/slogan/两个维护>'
    """
    if _NOT_IN_IRI.search(iri):
        raise BuildError(f"{iri!r} is no IRI; make identities and the base with kg.identity.iri")
    return f"<{iri}>"


def integer(number: int) -> str:
    """An ``xsd:integer``."""
    return f'"{number}"{_INTEGER}'


@lru_cache(maxsize=4096)
def decimal(number: float) -> str:
    """An ``xsd:decimal`` without exponent and without needless zeros.

    >>> decimal(724.0), decimal(0.1)  # doctest: +ELLIPSIS
    ('"724"^^<...decimal>', '"0.1"^^<...decimal>')

    Raises :class:`~kg.errors.BuildError` for what is no number.
    """
    exact = Decimal(repr(number)) if isinstance(number, float) else Decimal(number)
    if not exact.is_finite():
        raise BuildError(f"a figure's value is {number}, which is no number; the reader must leave such a figure out")
    words = format(exact, "f")
    if "." in words:
        words = words.rstrip("0").rstrip(".")
    return f'"{"0" if words in ("-0", "") else words}"{_DECIMAL}'


_DATE = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")


@lru_cache(maxsize=4096)
def point(when: str) -> str:
    """A date as precise as it is: ``xsd:gYear``, ``xsd:gYearMonth`` or ``xsd:date``; else the words as they are.

    >>> point("2022-05")
    '"2022-05"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    >>> point("十四届以来")
    '"十四届以来"'
    """
    found = _DATE.fullmatch(when)
    if not found:
        return literal(when)
    try:
        date(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1))
    except ValueError:
        return literal(when)
    kind = XSD.date if found["day"] else XSD.gYearMonth if found["month"] else XSD.gYear
    return f'"{when}"^^<{kind}>'


def write_nquads(blocks: Iterable[str], path: Path) -> None:
    """Write quads, or blocks of them, as they come: one quad a line, UTF-8; the same quads give the same bytes."""
    with path.open("wb") as out:
        # Encoded in pieces of some megabytes: quicker than a text file, and no second copy of the whole in memory.
        for batch in batched(blocks, 10_000):
            out.write(("\n".join(batch) + "\n").encode())


def batched(items: Iterable[str], size: int) -> Iterator[list[str]]:
    """Lists of *size* items, the last one shorter; ``itertools.batched`` before Python 3.12.

    >>> list(batched("两个维护", 3))
    [['两', '个', '维'], ['护']]
    """
    source = iter(items)
    while batch := list(islice(source, size)):
        yield batch
