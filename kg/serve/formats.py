"""The formats of answers, and which of them a client wants (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write an answer."""

    name: str
    media: str
    aliases: tuple[str, ...] = ()


ROWS = (
    Format("json", "application/sparql-results+json", ("application/json",)),
    Format("xml", "application/sparql-results+xml", ("application/xml", "text/xml")),
    Format("csv", "text/csv"),
    Format("tsv", "text/tab-separated-values"),
)
"""For SELECT and ASK; the first is the one for who does not mind."""

GRAPHS = (
    Format("ttl", "text/turtle", ("application/x-turtle",)),
    Format("nt", "application/n-triples", ("text/plain",)),
    Format("jsonld", "application/ld+json", ("application/json",)),
    Format("rdfxml", "application/rdf+xml", ("application/xml", "text/xml")),
)
"""For CONSTRUCT and DESCRIBE."""

_RANGE = re.compile(r"\s*([\w!#$&^.+*-]+)/([\w!#$&^.+*-]+)\s*((?:;[^,]*)?)$")
_QUALITY = re.compile(r";\s*[qQ]\s*=\s*([01](?:\.\d{0,3})?)\s*(?:;|$)")


def of(form: str) -> tuple[Format, ...]:
    """The formats for a form of query: ``SELECT``, ``ASK``, ``CONSTRUCT``, ``DESCRIBE``."""
    return GRAPHS if form in ("CONSTRUCT", "DESCRIBE") else ROWS


def negotiate(accept: str, offered: tuple[Format, ...]) -> tuple[Format, str] | None:
    """The format that *accept* likes best, and the media type to call it; None where it takes none of them.

    Of equals the earlier one wins. The most specific range of a type decides its quality.

    >>> found = negotiate("text/csv;q=0.5, application/*;q=0.8, */*;q=0.1", ROWS)
    >>> found and found[1]
    'application/sparql-results+json'
    >>> negotiate("image/png", ROWS) is None
    True
    """
    ranges: dict[str, float] = {}
    for part in accept.split(","):
        if found := _RANGE.match(part):
            weight = _QUALITY.search(found[3])
            ranges[f"{found[1]}/{found[2]}".lower()] = float(weight[1]) if weight else 1.0
    if not accept.strip():
        ranges["*/*"] = 1.0
    best: tuple[float, Format, str] | None = None
    for format in offered:
        for media in (format.media, *format.aliases):
            steps = (media, f"{media.partition('/')[0]}/*", "*/*")
            quality = next((ranges[step] for step in steps if step in ranges), 0.0)
            # An alias is an answer only to who names it: */* gets the proper type.
            if media != format.media and media not in ranges:
                continue
            if quality > 0 and (best is None or quality > best[0]):
                best = quality, format, media
    return best and (best[1], best[2])
