"""Organisations by grammar: place + kind (+ term) + organ + sub-organ, in every spelling, relative names resolved by scope."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.bodies import Bodies, in_order, outermost
from kg.extract.draft import Drafts
from kg.extract.organisations import bases, endings, fixed, implied, speakers
from kg.extract.organisations.findings import Findings
from kg.extract.page import BODY, BODY_REST, Page, mask
from kg.extract.scope import Geography


def find(page: Page, geography: Geography, drafts: Drafts) -> Bodies:
    """Find the bodies of a document and note each in *drafts*."""
    found = Findings(page, geography, drafts)
    # What an earlier grammar took, a later one leaves alone.
    fixed.parties(found)
    fixed.national(found)
    fixed.bylines(found)
    implied.stationed(found)
    bases.coordinated(found)
    bases.listed(found)
    bases.named(found)
    endings.of_districts(found)
    endings.relative(found)
    endings.free(found)
    fixed.media(found)
    bodies = _so_far(found)
    bodies = replace(bodies, sections=speakers.of_sections(bodies, geography))
    bodies = replace(bodies, main=speakers.main(bodies, geography))
    bodies = replace(bodies, paragraphs=speakers.of_paragraphs(bodies, geography))
    committees = implied.headings(found, bodies)
    bodies = replace(bodies, sections=speakers.with_committees(bodies, committees))
    implied.find(found, bodies)
    after = _so_far(found)
    return replace(bodies, mentions=after.mentions, shadow=after.shadow)


def _so_far(found: Findings) -> Bodies:
    """The bodies found so far, and the flow with them and the districts masked."""
    mentions = in_order(set(found.bodies))
    spans = ((b.start, b.end) for b in outermost(mentions))
    return Bodies(found.page, mentions, mask(found.geography.shadow, spans, BODY, BODY_REST))
