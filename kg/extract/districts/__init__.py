"""Districts: found by the gazetteer, settled where a name is shared, widened to townships and villages."""

from __future__ import annotations

import re

from kg.chinese import places
from kg.extract import scope
from kg.extract.districts import paragraphs, sections, settling, townships
from kg.extract.draft import Drafts
from kg.extract.page import PLACE, PLACE_REST, Page, mask
from kg.extract.scope import BODY_FOLLOWS, Geography, Hit, place_of
from kg.identity import iri

_DEICTIC = re.compile(r"[我全本该](省|市|区|县|旗|州|盟|镇|乡)")


def find(page: Page, drafts: Drafts) -> Geography:
    """Find and resolve the districts of a document; note each in *drafts*."""
    flow = page.flow
    # 中共和平区委 is the committee of 和平, not of 共和.
    scanned = [h for h in places.scan(flow.replace("中共", "，，")) if settling.stands(page, h)]
    raw = settling.with_sisters(flow, scanned)
    declared = _declared(page.document.meta.place)
    codes = settling.settle(page, raw, declared)
    hits = [Hit(h.start, h.end, place_of(c) if c else None, h.full) for h, c in zip(raw, codes, strict=True)]
    hits = settling.without_brands(page, hits)
    named = sections.speakers(page, hits)
    home = place_of(declared) if declared else sections.home(page, hits, named)
    own = paragraphs.of_their_own(page, Geography(page, hits, home, named))
    hits = townships.added(Geography(page, hits, home, named, paragraphs=own))
    named = page.inherited(sections.speakers(page, hits))
    shadow = mask(flow, ((h.start, h.end) for h in hits), PLACE, PLACE_REST)
    geography = Geography(page, hits, home, named, shadow, own)
    for hit in hits:
        if hit.place:
            rule = "district.full-name" if hit.full else "district.short-name"
            scope.note(drafts, hit.place, (hit.start, hit.end), rule)
    for h, code in zip(raw, codes, strict=True):
        if code is None:
            reason = "several districts bear this name and the text does not say which"
            drafts.doubt("District", (h.start, h.end), (iri("district", c) for c in h.codes), reason)
    _deictic(geography, drafts)
    return geography


def _declared(name: str) -> str | None:
    """Code of the district that the metadata name; districts in force and higher ones first."""
    known = sorted(places.named(name), key=lambda d: (d.last is not None, d.level)) if name else []
    return known[0].code if known else None


def _deictic(geography: Geography, drafts: Drafts) -> None:
    """我市, 全区: mentions of the district they mean."""
    page = geography.page
    for m in _DEICTIC.finditer(page.flow):
        ends = page.boundaries[m.end()] or BODY_FOLLOWS.match(page.flow, m.end())
        if not (page.boundaries[m.start()] and ends):
            continue
        place = geography.resolve(m[1], m.start())
        if place:
            scope.note(drafts, place, m.span(), "district.deictic")
        elif m[0][0] in "我本":
            drafts.doubt("District", m.span(), (), "no district of this level is named where this speaks")
