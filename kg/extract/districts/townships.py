"""Townships and villages, which only their county makes definite."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from kg import lexicon
from kg.chinese import places, tokens
from kg.extract.page import HAN
from kg.extract.scope import BODY_FOLLOWS, Geography, Hit, Place, place_of, uncoded

_TOWNSHIP = re.compile(rf"[{HAN}]{{1,6}}?(?P<suffix>街道|苏木|镇(?!镇)|乡(?![村土亲音愁贤间]))")
_REST_OF_TOWNSHIP = re.compile(rf"[{HAN}]{{0,4}}?(?:街道|苏木|镇|乡)")
_VILLAGE = re.compile(rf"([{HAN}]{{1,5}}?(?<![本全该各乡农新山])村)(?![民委庄级屯落镇干])")
_NOT_TOWNSHIP = frozenset(lexicon.words("generic", "township"))
_NOT_VILLAGE = frozenset(lexicon.words("generic", "village"))


def added(geography: Geography) -> list[Hit]:
    """The hits of a document with its townships and villages, in reading order."""
    geography = replace(geography, hits=_longer(geography))
    ending = {h.end: h.place for h in geography.hits}
    taken = {i for h in geography.hits for i in range(h.start, h.end)}
    townships = (_township(geography, m, ending, taken) for m in _TOWNSHIP.finditer(geography.page.flow))
    found = sorted([*geography.hits, *(hit for hit in townships if hit)])
    ending = {h.end: h.place for h in found if h.place}
    villages = (_village(geography, m, ending) for m in _VILLAGE.finditer(geography.page.flow))
    return sorted([*found, *(hit for hit in villages if hit)])


def _longer(geography: Geography) -> list[Hit]:
    """The hits, where a township begins with the short name of some county (巴彦托海镇) it is the township."""
    flow, home = geography.page.flow, geography.home
    above = places.ancestors(home.near) if home else ()
    within = next((d.code for d in above if d.level == 2), home.near if home else None)
    out = list(geography.hits)
    for hit in geography.hits:
        if within and not hit.full and _crosses(flow, hit, within):
            out.remove(hit)
            continue
        m = _REST_OF_TOWNSHIP.match(flow, hit.end) if within and not hit.full else None
        known = places.named(flow[hit.start : m.end()], within=within, level=4) if m else []
        if m and len(known) == 1 and not any(hit.end <= h.start < m.end() and h.full for h in geography.hits):
            out = [h for h in out if not hit.start <= h.start < m.end()]
            out.append(Hit(hit.start, m.end(), place_of(known[0].code), True))
    return sorted(out)


def _crosses(flow: str, hit: Hit, within: str) -> bool:
    """Whether a short name begins with the last character of a township (平浪镇|坪阳村, not the county 镇坪)."""
    ends = flow[hit.start] in "镇乡"
    return ends and any(
        places.named(flow[hit.start - n : hit.start + 1], within=within, level=4)
        for n in (1, 2, 3, 4)
        if n <= hit.start
    )


def _township(
    geography: Geography, m: re.Match[str], ending: Mapping[int, Place | None], taken: set[int]
) -> Hit | None:
    """The township that a match ends in: one the gazetteer knows, or one right behind the county it lies in."""
    flow, boundaries = geography.page.flow, geography.page.boundaries
    end, suffix = m.end(), m["suffix"]
    start = next((i for i in range(end - 1, m.start(), -1) if i in ending), m.start())
    while start < end - 1 and not boundaries[start]:
        start += 1
    above = ending.get(start) or geography.around(start)
    if above is None or above.code is None:
        return None
    within = above.code if above.is_county else above.near
    for begin in range(start, end - len(suffix)):
        words = flow[begin:end]
        stem = words.removesuffix(suffix)
        if begin in taken or stem in _NOT_TOWNSHIP:
            continue
        known = places.named(words, within=within, level=4)
        if len(known) == 1:
            return Hit(begin, end, place_of(known[0].code), True)
        if begin != start and not boundaries[begin]:
            continue
        explicit = ending.get(begin) is above and 2 <= len(stem) <= 4 and suffix != "街道"
        explicit = explicit and not BODY_FOLLOWS.match(flow, begin)
        if explicit and places.by_code(above.near).level == 3:
            return Hit(begin, end, uncoded(words, above), True)
    return None


def _village(geography: Geography, m: re.Match[str], ending: Mapping[int, Place | None]) -> Hit | None:
    """The village that a match ends in, right behind the district it lies in."""
    for begin in range(m.end() - 2, m.start() - 1, -1):
        above = ending.get(begin)
        words = geography.page.flow[begin : m.end()]
        stem = words[:-1]
        if (
            above
            and stem not in _NOT_VILLAGE
            and not tokens.tag(stem).startswith("v")
            and stem[0] not in "的各多等"
            and not (re.match("[一二三四五六七八九十]", stem) and (len(stem) == 1 or stem[1] in "个多余十百"))
        ):
            return Hit(begin, m.end(), uncoded(words, above), True)
    return None
