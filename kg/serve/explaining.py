"""What is wrong with a query, and where.

Oxigraph says how far its parser looked, which may be a keyword's length beyond the mistake: where a word it could not
know, a prefix that is not declared or a bracket that is not closed explains the failure, that place is named; else
Oxigraph's own, as near as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.graph.sparql import tokens

_KEYWORDS = """a abs add all as asc ask avg base bind bnode bound by ceil clear coalesce concat construct contains copy count
    create data datatype day default delete desc describe distinct drop encode_for_uri exists false filter floor from
    graph group group_concat groups having hours if in insert into iri isblank isiri isliteral isnumeric isuri lang
    langmatches lateral lcase limit load max md5 min minus minutes month move named not now offset optional order
    prefix rand reduced regex replace round sameterm sample seconds select separator service sha1 sha256 sha384 sha512
    silent str strafter strbefore strdt strends strlang strlen strstarts struuid substr sum timezone to triple true tz
    ucase undef union unbound uri using uuid values version where with year adjust haslang haslangdir langdir
    strlangdir istriple subject predicate object"""
_WORDS = frozenset(_KEYWORDS.split())
_PLACE = re.compile(r"error at (\d+):(\d+): (?:expected (?:one of )?)?(.*)", re.DOTALL)
_NUMBER = re.compile(r"\d[\d.]*(?:e\d*)?", re.IGNORECASE)
_PAIRS = {")": "(", "}": "{", "]": "["}


def explained(query: str, complaint: str, prefixes: Mapping[str, str]) -> str:
    """One line on what is wrong with a query that Oxigraph refused with *complaint*.

    >>> explained("ASK { ?s 政协 ?o }", "error at 1:11: expected OPTIONAL", {})
    'line 1, column 10: “政协” is no word of SPARQL; names need a prefix, words of a text quotation marks'
    """
    return _word(query, prefixes) or _bracket(query) or _near(query, complaint)


def where(query: str, place: int) -> str:
    """A place in a query in words: line and column from 1, in characters.

    >>> where("SELECT *\\n{ 政协 }", 14)
    'line 2, column 6'
    """
    return f"line {query.count(chr(10), 0, place) + 1}, column {place - query.rfind(chr(10), 0, place)}"


def _word(query: str, prefixes: Mapping[str, str]) -> str:
    declared, before = set(prefixes), ""
    for found in tokens(query):
        word = found["word"] or ""
        if found["local"] or found["bare"]:
            prefix = found[0].partition(":")[0]
            if before == "PREFIX":
                declared.add(prefix)
            elif prefix not in declared and prefix != "_":
                known = ", ".join(f"{name}:" for name in prefixes)
                return f"{where(query, found.start())}: the prefix {prefix}: is not declared; predeclared are {known}"
        elif word and word.lower() not in _WORDS and not _NUMBER.fullmatch(word):
            return (
                f"{where(query, found.start())}: “{word[:40]}” is no word of SPARQL; names need a prefix, "
                "words of a text quotation marks"
            )
        before = word.upper()
    return ""


def _bracket(query: str) -> str:
    open_: list[tuple[str, int]] = []
    for found in tokens(query, marks=True):
        mark = found[0]
        if mark in _PAIRS.values():
            open_.append((mark, found.start()))
        elif mark in _PAIRS:
            if not open_ or open_[-1][0] != _PAIRS[mark]:
                return f"{where(query, found.start())}: “{mark}” closes nothing that is open"
            open_.pop()
        elif mark in ('"', "'"):
            return f"{where(query, found.start())}: the string that begins here does not end"
    return f"{where(query, open_[-1][1])}: “{open_[-1][0]}” is not closed" if open_ else ""


def _near(query: str, complaint: str) -> str:
    found = _PLACE.match(complaint)
    if not found:
        return " ".join(complaint.split())
    line, column = int(found[1]), int(found[2])
    hint = re.sub(r"\[(?:[^\]']|'[^']*')*\],? ?", "", " ".join(found[3].split())).strip(" ,")
    possible = [part for part in hint.split(", ") if part and part != "SERVICE"]
    reasons = [part for part in possible if part.count(" ") > 1]
    if reasons:
        return f"line {line}, column {column}: {'; '.join(reasons)}"
    exact = any(part[0] in "\"'" for part in possible)
    near = "" if exact else " or shortly before"
    return f"line {line}, column {column}{near}: something is missing or cannot stand here" + (
        f"; possible: {' '.join(possible[:8])}" if exact else ""
    )
