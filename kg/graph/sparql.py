"""What a SPARQL query asks for, read from its words: its form, its graphs, whether it reaches out or writes.

The words of SPARQL are a regular language (SPARQL 1.1, section 19.8), so that one expression tells strings, IRIs and
comments from the rest in one pass, however deep a query nests. Two readers of one text may differ where it matters: to
rdflib a carriage return does not end a comment, to Oxigraph it does, and Oxigraph takes ``SERVICESILENT<…>`` and
``1SERVICE<…>`` for requests to another server. Whatever Oxigraph *could* take for one is therefore counted as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

_WORD = re.compile(
    r'''
      <(?P<iri>(?:[^<>"{}|^`\\\x00-\x20]|\\[uU])*+)>
    | """(?:[^"\\]|\\.|"(?!""))*+"""       # strings
    | \'\'\'(?:[^'\\]|\\.|'(?!\'\'))*+\'\'\'
    | "(?:[^"\\\n\r]|\\.)*+"
    | '(?:[^'\\\n\r]|\\.)*+'
    | \#[^\n\r]*+                          # a comment
    | [?$]\w++                             # a variable
    | @[A-Za-z]++(?:-[A-Za-z0-9]+)*+       # a language
    | (?P<word>\w[\w.-]*+)(?P<local>:(?:[\w:.-]|%|\\.)*+)?+
    | (?P<bare>:(?:[\w:.-]|%|\\.)*+)       # a name without a prefix
    | \\.                                  # the rest of a name with letters that \w leaves out
    | (?P<mark>[][(){}"'*])
    ''',
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")


@dataclass(frozen=True, slots=True)
class Shape:
    """What the words of a query show."""

    form: str
    """``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``; the word of an update; empty where there is none of them."""
    graphs: tuple[tuple[str, int], ...]
    """IRIs that ``FROM`` and ``FROM NAMED`` name, and where they stand in the text."""
    service: int | None
    """Where the query asks another server, if it does."""

    @property
    def updates(self) -> bool:
        """Whether it would write."""
        return self.form in _UPDATES


def shape(query: str, prefixes: Mapping[str, str], base: str) -> Shape:
    """What a query asks for; *prefixes* and *base* are those it may use without declaring them.

    >>> shape("SELECT * FROM <graph/entities> { ?s ?p 'SERVICE' }", {}, "https://example.org/").graphs
    (('https://example.org/graph/entities', 14),)
    >>> shape("LOAD <https://example.org/>", {}, "").updates
    True
    """
    form, known, graphs = "", dict(prefixes), []
    words = list(tokens(query))
    for place, found in enumerate(words):
        word = "" if found["local"] else (found["word"] or "").upper()
        following = words[place + 1 : place + 3]
        if word == "BASE" and not form and following:
            base = urljoin(base, following[0]["iri"] or "")
        elif word == "PREFIX" and not form and len(following) > 1:
            known[following[0][0].rstrip(":")] = urljoin(base, following[1]["iri"] or "")
        elif word in ("FROM", "FROMNAMED") and following:
            named = following[-1] if following[0][0].upper() == "NAMED" else following[0]
            prefix, _, local = named[0].partition(":")
            iri = urljoin(base, named["iri"]) if named["iri"] is not None else known.get(prefix, "") + local
            graphs.append((_plain(iri), named.start()))
        elif not form and word in (*_FORMS, *_UPDATES):
            form = word
    return Shape(form, tuple(graphs), _service(query))


def asks_elsewhere(query: str) -> bool:
    """Whether a SPARQL query asks another server.

    >>> asks_elsewhere("SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }")
    True
    >>> asks_elsewhere("SELECT ?service { ?s ?p 'SERVICE' } # SERVICE")
    False
    """
    # SPARQL 1.1, section 19.2: escapes stand for their characters anywhere in a query.
    return any(_service(text) is not None for text in {query, _plain(query)})


_BEFORE_STAR = re.compile(r"(?:\s|#[^\n\r]*[\n\r]|DISTINCT|REDUCED)*", re.IGNORECASE)


def written(query: str) -> tuple[str, ...]:
    """The variables of a query for ``*`` as they are first written: the store has them in the order of the alphabet."""
    words = [found for found in _WORD.finditer(query) if found[0][0] in "?$*" or found[0].upper() == "SELECT"]
    first = next((place for place, found in enumerate(words) if found["word"]), len(words))
    # COUNT(*) is no SELECT *: nothing but DISTINCT or REDUCED may stand between.
    between = query[words[first].end() : words[first + 1].start()] if len(words) > first + 1 else ""
    star = [found[0] for found in words[first + 1 : first + 2]] == ["*"]
    if not star or not _BEFORE_STAR.fullmatch(between):
        return ()
    return tuple(dict.fromkeys(found[0][1:] for found in words if found[0][0] in "?$"))


def _plain(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(min(int(found[1] or found[2], 16), 0x10FFFF)), text)


def _service(query: str) -> int | None:
    """Where a query names a service: a word with SERVICE in it, or a name so prefixed that a group follows."""
    candidates = tokens(query)
    name = next(candidates, None)
    while name is not None:
        following = next(candidates, None)
        # `SERVICE:g {` asks the server `:g`, although `SERVICE:g` looks like one name.
        group = following is not None and following[0] == "{"
        if "SERVICE" in (name["word"] or "").upper() and (group or not name["local"]):
            return name.start()
        name = following
    return None


def tokens(query: str, *, marks: bool = False) -> Iterator[re.Match[str]]:
    """The words of a query without its comments: with *marks* also brackets, and quotation marks that open no string."""
    for found in _WORD.finditer(query):
        if found[0][0] != "#" and (marks or found["mark"] in (None, "{", "}", "*")):
            yield found
