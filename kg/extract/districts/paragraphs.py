"""The district a paragraph speaks for, where it is not its section's: columns run into one another, a page has no headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.chinese import places
from kg.extract.page import HAN, Page
from kg.extract.scope import BODY_FOLLOWS, Geography, Hit, Place, place_of
from kg.model import Line

# What a paragraph goes on with behind the county it opens with: 清原|是药材大县, 东洲|曾因煤而兴, 安化|山高路远.
_TELLS = re.compile(f"(?:区|县|市)?(?:地处|位于|曾|因|素|自古|历来|作为|境内|山|水|[{HAN}]{{0,6}}[是有])")
_TOWN = re.compile(f"[{HAN}]{{2,6}}?(?:街道|苏木|镇|乡)")
_IN = ("在", "走进", "来到")


def of_their_own(page: Page, geography: Geography) -> dict[int, Place]:
    """District of each paragraph that names one of its own, by where its line starts.

    A paragraph does by opening with a county of the same prefecture (清原是药材大县; 在祁连县，县政协…), or by townships that all lie in one
    such county while none lies in its section's.
    """
    scope = _prefecture(geography)
    if scope is None:
        return {}
    out: dict[int, Place] = {}
    for line in page.document.lines:
        if line.kind != "paragraph":
            continue
        own = geography.of_section(line.section)
        place = _opening(page, geography, line, own, scope) or _by_townships(page, line, own, scope)
        if place is not None:
            out[line.start] = place
    return out


def _prefecture(geography: Geography) -> str | None:
    """Code of the prefecture or province-level city whose counties a text tells of; None where it tells of one county."""
    home = geography.home
    counties = {p.near for p in geography.sections if p and p.code and places.by_code(p.near).level == 3}
    if home is None or home.code is None:
        return None
    level = places.by_code(home.near).level
    if level <= 2:
        return home.near
    if len(counties) < 2:
        return None
    return next((d.code for d in places.ancestors(home.near) if d.level == 2), None)


def _opening(page: Page, geography: Geography, line: Line, own: Place | None, scope: str) -> Place | None:
    """The county that the paragraph opens with, where something is told of it."""
    flow = page.flow
    start = line.start
    within = next((word for word in _IN if flow.startswith(word, start)), "")
    hit = geography.at(start + len(within))
    if hit is None or not _is_sister(hit, own, scope):
        return None
    told = flow.startswith("，", hit.end) if within else _TELLS.match(flow, hit.end) is not None
    return hit.place if told and not BODY_FOLLOWS.match(flow, hit.end) else None


def _is_sister(hit: Hit, own: Place | None, scope: str) -> bool:
    """Whether a hit is a county of the prefecture *scope*, other than the section's own."""
    place = hit.place
    if place is None or not place.is_county or places.by_code(place.near).level != 3:
        return False
    return places.is_within(place.near, scope) and (own is None or own.near != place.near)


def _by_townships(page: Page, line: Line, own: Place | None, scope: str) -> Place | None:
    """The one county in which all townships lie that a paragraph names, if none of them lies in the section's own."""
    counties: set[str] = set()
    for words in _towns(page, line):
        if own and own.near != scope and places.townships_named(words, own.near):
            return None
        found = {code for d in places.townships_named(words, scope) if (code := _county(d.code))}
        if len(found) > 1 or (own and own.near in found):
            return None
        counties |= found
    return place_of(counties.pop()) if len(counties) == 1 else None


def _county(code: str) -> str | None:
    above = places.superior(code)
    return above.code if above and above.level == 3 else None


def _towns(page: Page, line: Line) -> Iterator[str]:
    """The words of a paragraph that end like a township and begin where a word begins."""
    flow, boundaries = page.flow, page.boundaries
    for m in _TOWN.finditer(flow, line.start, line.end):
        for start in range(m.start(), m.end() - 2):
            if boundaries[start] and m.end() - start >= 3:
                yield flow[start : m.end()]
