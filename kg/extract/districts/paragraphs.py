"""The district a paragraph speaks for, where it is not its section's: columns run into one another, a page has no headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.chinese import places
from kg.extract.page import HAN, Page
from kg.extract.scope import BODY_FOLLOWS, IN, Geography, Place, place_of
from kg.model import Line

# What a paragraph goes on with behind the county it opens with: 清原|是药材大县, 东洲|曾因煤而兴, 安化|山高路远.
_TELLS = re.compile(f"(?:区|县|市)?(?:地处|位于|曾|因|素|自古|历来|作为|境内|则|山|水|[{HAN}]{{0,6}}[是有])")
_TOWN = re.compile(f"[{HAN}]{{2,6}}?(?:街道|苏木|镇|乡)")
_BODY = "(?:政协|委|政府|人大|纪委监委)"
_SAYS = f"{_BODY}[{HAN}、 ]{{0,24}}?(?:表示|指出|强调|介绍|说)"


def of_their_own(page: Page, geography: Geography) -> dict[int, Place]:
    """District of each paragraph that names one of its own, by where its line starts.

    A paragraph does by opening with a county of the same prefecture (清原是药材大县; 在祁连县，县政协…), by townships that all
    lie in one such county while none lies in its section's, by what 市 means in a section that is not of a 市, or by the
    papers of a county that it quotes.
    """
    scope = _prefecture(geography)
    if scope is None:
        return {}
    out: dict[int, Place] = {}
    for line in page.document.lines:
        if line.kind != "paragraph":
            continue
        own = geography.of_section(line.section)
        place = (
            _opening(page, geography, line, own, scope)
            or _by_townships(page, geography, line, own, scope)
            or _by_level(page, geography, line, own, scope)
            or _by_titles(page, geography, line, own, scope)
        )
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
    within = next((word for word in IN if flow.startswith(word, start)), "")
    hit = geography.at(start + len(within))
    place, end = (hit.place, hit.end) if hit else _of_other_section(geography, flow, start + len(within))
    if place is None or not _is_sister(place, own, scope):
        return None
    told = flow.startswith("，", end) if within else _TELLS.match(flow, end) is not None
    return place if told and not BODY_FOLLOWS.match(flow, end) else None


def _of_other_section(geography: Geography, flow: str, start: int) -> tuple[Place | None, int]:
    """The county of another section whose short name, an everyday word elsewhere, stands at *start*, and where it ends."""
    for place in geography.sections:
        short = places.by_code(place.near).short if place else ""
        if short and flow.startswith(short, start):
            return place, start + len(short)
    return None, start


def _is_sister(place: Place | None, own: Place | None, scope: str) -> bool:
    """Whether a place is a county of the prefecture *scope*, other than the section's own."""
    if place is None or not place.is_county or places.by_code(place.near).level != 3:
        return False
    return places.is_within(place.near, scope) and (own is None or own.near != place.near)


def _by_townships(page: Page, geography: Geography, line: Line, own: Place | None, scope: str) -> Place | None:
    """The one county in which all townships lie that a paragraph names, if none of them lies in the section's own.

    What the prefecture's bodies did in one town (市政协在某镇召开会议) is still theirs.
    """
    counties: set[str] = set()
    level = own.name[-1] if own and own.near == scope else ""
    if level in ("市", "州", "盟") and _relative(page, geography, line, level, _BODY):
        return None
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


def _by_titles(page: Page, geography: Geography, line: Line, own: Place | None, scope: str) -> Place | None:
    """The one other county whose papers a paragraph names (《甲县产业发展行动方案》) where 县委 and 县政协 speak without a name."""
    if own is None or own.near == scope or not _relative(page, geography, line, own.name[-1], _BODY):
        return None
    hits = [h for h in geography.hits_within(line.start, line.end) if h.place and h.place.is_county]
    opened = {h.place for h in hits if page.flow[h.start - 1] == "《"}
    papers = {place for place in opened if _is_sister(place, own, scope)}
    return papers.pop() if len(papers) == 1 and not any(h.place == own for h in hits) else None


def _by_level(page: Page, geography: Geography, line: Line, own: Place | None, scope: str) -> Place | None:
    """The city that 市 means in a paragraph of a county's section that names no body of that county.

    A city of county level whose body the paragraph names in full (彬州市委书记…；市政协…), or the prefecture itself, whose
    officer has the last word (市政协副主席…表示).
    """
    if (
        own is None
        or own.near == scope
        or own.name[-1] == "市"
        or _relative(page, geography, line, own.name[-1], _BODY)
    ):
        return None
    hits = [h for h in geography.hits_within(line.start, line.end) if h.place]
    if any(h.place == own for h in hits):
        return None
    named = {h.place for h in hits if _is_sister(h.place, own, scope) and BODY_FOLLOWS.match(page.flow, h.end)}
    if len(named) == 1 and (city := named.pop()) and city.name.endswith("市"):
        return city if _relative(page, geography, line, "市", _BODY) else None
    above = place_of(scope)
    return above if not named and _relative(page, geography, line, above.name[-1], _SAYS) else None


def _relative(page: Page, geography: Geography, line: Line, level: str, words: str) -> bool:
    """Whether a paragraph has a bare *level* before *words*: 市政协, not 某某市政协."""
    ends = {h.end for h in geography.hits_within(line.start, line.end) if h.full}
    return any(m.start() + 1 not in ends for m in re.finditer(level + words, page.flow[line.start : line.end]))
