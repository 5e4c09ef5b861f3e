"""Citations of the documents a statement rests on: GB/T 7714-2015, Chicago, BibTeX.

Nothing is invented: what is not known is marked as each norm asks, and a date that was only inferred from the text is
marked as such. No date of access is given, because a build knows no clock.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from kg.model import Metadata

_URL = re.compile(r"https?://\S+")
# Control characters, marks of direction and what is never seen: no part of a reference.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def gbt7714(meta: Metadata, doc: str) -> str:
    """Reference after GB/T 7714-2015: a newspaper article [N], or an electronic one [EB/OL] where only a URL is known.

    More than three authors are cut to three and 等; an unknown author is 佚名, an unknown publisher
    [出版者不详]; an inferred date stands in square brackets (sections 8.1 and 8.4 of the norm).

    >>> gbt7714(Metadata(title="民生实事开新局", date="2023-01-05", date_basis="stated", publisher="某某日报"), "甲")
    '佚名. 民生实事开新局[N]. 某某日报, 2023-01-05.'
    """
    authors = ", ".join(map(_line, meta.authors[:3])) + (", 等" if len(meta.authors) > 3 else "") or "佚名"
    title, url = _title(meta, doc, "："), _url(meta)
    date = _bracketed(meta, "[日期不详]", "[{}]")
    if url and not meta.publisher:
        when = f"({meta.date})" if meta.date and meta.date_basis == "stated" else f"({date})"
        return f"{authors}. {title}[EB/OL]. {when}. {url}."
    carrier = "N/OL" if url else "N"
    return f"{authors}. {title}[{carrier}]. {_line(meta.publisher) or '[出版者不详]'}, {date}." + (
        f" {url}." if url else ""
    )


def chicago(meta: Metadata, doc: str) -> str:
    """Entry of a reference list after the Chicago Manual of Style, 17th edition, author-date, for a newspaper article.

    Without an author the newspaper stands in the author's place (15.49); ``n.d.`` where no date is known (15.44), an
    inferred year in square brackets with a question mark (14.145).

    >>> chicago(Metadata(title="民生实事开新局", date="2023-01-05", date_basis="stated", authors=("李明",)), "甲")
    '李明. 2023. “民生实事开新局.” January 5, 2023.'
    """
    names = [_line(name) for name in meta.authors]
    publisher = _line(meta.publisher)
    authors = ", ".join(names[:-1]) + (", and " if len(names) > 1 else "") + names[-1] if names else ""
    year = (meta.date or "")[:4]
    shown = "n.d." if not year else f"{year}." if meta.date_basis == "stated" else f"[{year}?]."
    parts = [
        f"{lead.rstrip('.')}." if (lead := authors or publisher) else "",
        shown,
        f"“{_title(meta, doc, '：')}.”",
    ]
    place = [publisher] if publisher and authors else []
    place += [_long_date(meta.date)] if meta.date and len(meta.date) > 4 else []
    parts.append(", ".join(place) + "." if place else "")
    parts.append(f"{_url(meta)}." if _url(meta) else "")
    return " ".join(part for part in parts if part)


def bibtex(meta: Metadata, doc: str) -> str:
    r"""A BibTeX entry: ``@article`` where the publisher is known, else ``@misc``; special characters escaped.

    >>> print(bibtex(Metadata(title="增长5%", date="2022", date_basis="stated", publisher="某某日报"), "001"))
    @article{001,
      title = {{增长5\%}},
      journal = {某某日报},
      year = {2022},
    }
    """
    year, month, day = [*(meta.date or "").split("-"), "", "", ""][:3]
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in meta.authors),
        "title": f"{{{_tex(_title(meta, doc, '：'))}}}",
        "journal": _tex(meta.publisher),
        "year": year,
        "month": str(int(month)) if month else "",
        "day": str(int(day)) if day else "",
        "note": "n.d." if not year else "" if meta.date_basis == "stated" else "date inferred from the text",
        "url": _url(meta),
        "howpublished": "" if _url(meta) else _tex(meta.source),
    }
    kind = "article" if meta.publisher else "misc"
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{_key(doc)},", *lines, "}"])


STYLES: Mapping[str, Callable[[Metadata, str], str]] = MappingProxyType(
    {"bibtex": bibtex, "chicago": chicago, "gbt7714": gbt7714}
)
"""Citation styles by name: functions of a document's metadata and its name."""


def _line(words: str) -> str:
    return " ".join(_UNSEEN.sub("", " ".join(words.split())).split())


def _title(meta: Metadata, doc: str, colon: str) -> str:
    title = _line(meta.title) or _line(doc)
    return f"{title}{colon}{_line(meta.subtitle)}" if meta.subtitle else title


def _url(meta: Metadata) -> str:
    source = _line(meta.source)
    # A source that begins as a URL is one to its end, blanks and all; within other words a blank ends it.
    found = re.match(r"https?://\S.*", source) or _URL.search(source)
    # Braces and the like would break a BibTeX entry; a URL writes them, and blanks, in per cent.
    return re.sub(r"[{}\\^`<>\" ]", lambda char: f"%{ord(char[0]):02X}", found[0]) if found else ""


def _bracketed(meta: Metadata, unknown: str, inferred: str) -> str:
    if not meta.date:
        return unknown
    return meta.date if meta.date_basis == "stated" else inferred.format(meta.date)


def _long_date(date: str) -> str:
    year, month, *day = date.split("-")
    name = _MONTHS[int(month) - 1]
    return f"{name} {int(day[0])}, {year}" if day else f"{name} {year}"


_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip


def _tex(words: str) -> str:
    return "".join(_TEX.get(char, char) for char in _line(words))


def _key(doc: str) -> str:
    key = re.sub(r"[^A-Za-z0-9:_-]+", "-", doc).strip("-")
    # Names that differ only in what a key cannot hold must still differ.
    return (
        key if key == doc else f"{key or 'doc'}-{hashlib.sha256(doc.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
    )
