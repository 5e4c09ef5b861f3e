"""Readable, deterministic identities: relative IRIs built from what a thing is, never from where it stands.

=============  ==============================================================================
District       ``district/230102``; without a code ``district/230184/胜远村`` under its nearest coded parent
Organisation   ``body/230112/CPPCC``, an organ of it ``body/230112/CPPCC/党组``; others ``body/230104/公证处``
Person         ``person/230104/张军``: the name and the district whose bodies they serve
Initiative     ``initiative/230126/1158工作法``: the name and the owner's district, ``100000`` if national
Slogan         ``slogan/七大都市``: its normalised words
Document       ``document/230102/委员履职管理量化考核办法``
Meeting        ``meeting/230100/市委政协工作会议/2022-05-07``
Figure         ``figure/DOC/START-VALUE-UNIT``: a figure belongs to the document that states it
=============  ==============================================================================
"""

from __future__ import annotations

import re
import unicodedata

NATION = "100000"
"""Code of the People's Republic of China in GB/T 2260."""

# What RFC 3987 forbids in an IRI's path, and what would end a segment of it.
_FORBIDDEN = re.compile(
    r'[\x00-\x20\x7f-\xa0<>"{}|\\^`%/?#\[\]\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff0-\uffff\ue000-\uf8ff'
    r"\ufdd0-\ufdef\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe\U0003ffff\U0004fffe-\U000e0fff\U000efffe-\U0010ffff]"
)


def segment(words: str) -> str:
    """One path segment of an IRI from any words; distinct words give distinct segments.

    >>> segment("政协 奋进")
    '政协%20奋进'
    """
    return _FORBIDDEN.sub(lambda m: "".join(f"%{b:02X}" for b in m[0].encode("utf-8", "surrogatepass")), words)


_DROPPED = re.compile(r"[\s“”‘’\"'《》〈〉「」『』【】（）()、，,；;。·•:：!！—\-]")


def normal(words: str) -> str:
    """Words without quotation marks, white space and punctuation, compatibility characters folded (NFKC).

    >>> normal("“懂政协、会协商、善议政”")
    '懂政协会协商善议政'
    """
    return _DROPPED.sub("", unicodedata.normalize("NFKC", words))


def iri(*parts: str) -> str:
    """A relative IRI from its parts; empty parts are left out."""
    return "/".join(segment(p) for p in parts if p)
