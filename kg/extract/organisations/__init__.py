"""Organisations by grammar: place + kind (+ term) + organ + sub-organ, in every spelling, relative names resolved by scope."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract.bodies import Bodies, Body, in_order, outermost
from kg.extract.draft import Drafts
from kg.extract.organisations import bases, endings, fixed, speakers
from kg.extract.organisations.findings import Findings
from kg.extract.page import BODY, BODY_REST, Page, mask
from kg.extract.scope import Geography
from kg.identity import iri

_BARE_GROUP = re.compile("政协(?P<organ>机关党组|机关党委|党组)|(?<![政协关])(?P<office>机关(?:党组|党委))")


def find(page: Page, geography: Geography, drafts: Drafts) -> Bodies:
    """Find the bodies of a document and note each in *drafts*."""
    found = Findings(page, geography, drafts)
    # What an earlier grammar took, a later one leaves alone.
    fixed.parties(found)
    fixed.national(found)
    bases.coordinated(found)
    bases.listed(found)
    bases.named(found)
    endings.of_districts(found)
    endings.relative(found)
    endings.free(found)
    fixed.media(found)
    mentions = in_order(set(found.bodies))
    shadow = mask(geography.shadow, ((b.start, b.end) for b in outermost(mentions)), BODY, BODY_REST)
    bodies = Bodies(page, mentions, shadow)
    bodies = replace(bodies, sections=speakers.of_sections(bodies))
    bodies = replace(bodies, main=speakers.main(bodies, geography.home))
    return replace(bodies, mentions=in_order([*mentions, *_bare_groups(bodies, drafts)]))


def _bare_groups(bodies: Bodies, drafts: Drafts) -> Iterator[Body]:
    """政协党组 without a district is the party group of the body its section speaks for."""
    page, taken = bodies.page, bodies.page.marks()
    for body in bodies.mentions:
        taken.mark(body.start, body.end)
    for m in _BARE_GROUP.finditer(page.flow):
        owner = bodies.around(m.start())
        if taken[m.start()] or owner is None or owner.root.kind != "CPPCC":
            continue
        root, organ = owner.root, m["organ"] or m["office"]
        kind = "PartyCommittee" if organ.endswith("党委") else "PartyGroup"
        parent = root._replace(start=m.start(), end=m.end())
        body = Body(*m.span(), f"{root.id}/{iri(organ)}", root.name + organ, kind, root.place, root.name, parent)
        draft = drafts.note("Organisation", body.id, body.name, m.span(), "body.bare-group")
        if "place" not in draft.values:
            place = ("place", root.place.name if root.place else None)
            draft.state(m.span(), "body.bare-group", place, ("part_of", root.name))
        draft.add("kind", kind)
        yield body
