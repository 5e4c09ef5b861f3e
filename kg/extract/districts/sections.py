"""The district each section speaks for, and the one the whole document speaks from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.chinese import places
from kg.extract.districts.settling import WEIGHT
from kg.extract.page import Page
from kg.extract.scope import BODY_FOLLOWS, Hit, Place, place_of
from kg.identity import NATION
from kg.model import Line


def speakers(page: Page, hits: Sequence[Hit]) -> list[Place | None]:
    """District that each section's speaker line, heading or opening words name."""
    out: list[Place | None] = [None] * len(page.document.sections)
    opening = page.openings
    for rank in ("speaker", "heading", "paragraph"):
        for hit in hits:
            line = page.line(hit.start)
            if line.kind != rank or hit.place is None:
                continue
            known = out[line.section]
            if known is not None and not _narrows(known, hit.place):
                continue
            if rank == "paragraph" and not _opens(page, line, opening[line.section], hit):
                continue
            if rank == "speaker" or BODY_FOLLOWS.match(page.flow, hit.end) or _announced(page, line, hit):
                out[line.section] = hit.place
    return out


def _announced(page: Page, line: Line, hit: Hit) -> bool:
    """Whether a heading names a county before a colon: 桃江：竹林里摆起“茶座”."""
    county = hit.place is not None and hit.place.is_county
    return county and line.kind == "heading" and hit.start == line.start and page.flow.startswith("：", hit.end)


def _opens(page: Page, line: Line, opening: int, hit: Hit) -> bool:
    """Whether a hit stands among the opening words of a top-level section."""
    top = line.section != 0 and page.document.sections[line.section].level == 1
    return top and line.start == opening and hit.start - opening <= 12


def _narrows(known: Place, place: Place) -> bool:
    """Whether a place lies within the one already found for its section (哈尔滨市 → 阿城区 in one name)."""
    return bool(known.code and place.code and place.code != known.code and places.is_within(place.code, known.code))


_LEAD = 150
"""Characters at the head of a text that count as its lead."""


def home(page: Page, hits: Sequence[Hit], found: Sequence[Place | None]) -> Place | None:
    """The district the whole document speaks from."""
    if found and found[0] is not None:
        return found[0]
    speaking = {p.code for p in found[1:] if p and p.code}
    if len(speaking) > 1:
        common = _common(speaking)
        return place_of(common) if common else None
    direct: Counter[str] = Counter()
    for hit in hits:
        if hit.place and hit.place.code:
            of_body = 2 if BODY_FOLLOWS.match(page.flow, hit.end) else 0
            # The lead says where the news is from; what is visited or compared stands further down.
            lead = 3 if hit.start < _LEAD else 0
            direct[hit.place.code] += WEIGHT.get(page.line(hit.start).kind, 1) + of_body + lead
    meta = page.document.meta
    for title in (meta.title, meta.subtitle):
        if title not in page.flow:
            direct.update({h.codes[0]: WEIGHT["title"] for h in places.scan(title) if len(h.codes) == 1})
    if not direct:
        return None
    counties = {c for c in direct if places.by_code(c).level >= 3}
    best = min(direct, key=lambda c: (-direct[c], c))
    if len(counties) > 2 and direct[best] < direct.total() / 2:
        common = _common(counties)
        if common and (direct[common] or places.by_code(common).level == 2):
            return place_of(common)
    return place_of(best)


def _common(codes: set[str]) -> str | None:
    """The lowest district that all lie in."""
    chains = [[c, *(d.code for d in places.ancestors(c))] for c in sorted(codes)]
    return next((c for c in chains[0] if c != NATION and all(c in chain for chain in chains)), None)
