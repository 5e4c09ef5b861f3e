"""Named people and the offices the text gives them: before the name, after it, in lists, bylines and captions."""

from __future__ import annotations

from kg.extract.bodies import Bodies
from kg.extract.draft import Drafts
from kg.extract.page import Page
from kg.extract.people import Person
from kg.extract.persons import appointments, appositions, bylines, names_alone
from kg.extract.persons.mentions import Mentions, write
from kg.extract.persons.posts import Offices
from kg.extract.scope import Geography


def find(page: Page, geography: Geography, bodies: Bodies, drafts: Drafts) -> list[Person]:
    """Find the people of a document and note each with posts in *drafts*."""
    found = Mentions(page, bodies.shadow, Offices(page, geography, bodies, drafts))
    # A place that an earlier grammar read is left alone by a later one.
    names_alone.leaders(found)
    bylines.authors(found)
    bylines.mastheads(found)
    bylines.signed(found)
    appositions.speakers(found)
    bylines.credits(found)
    appositions.anywhere(found)
    appositions.in_brackets(found)
    appointments.appointed(found)
    appointments.several(found)
    appositions.of_office(found)
    appositions.is_officer(found)
    appositions.behind(found)
    appositions.and_others(found)
    names_alone.dotted(found)
    names_alone.sayers(found)
    return write(found, geography, drafts)
