"""The default reader: rules over one document, composed once, in one order."""

from __future__ import annotations

from dataclasses import replace

from kg.chinese import years
from kg.extract import districts, documents, figures, initiatives, meetings, organisations, persons, quotes, slogans
from kg.extract.draft import Drafts
from kg.extract.page import Page
from kg.model import Document, Reading


class RuleReader:
    """Reads by rules: offline, deterministic, a pure function of the document."""

    name = "rules"
    version = "1"

    def read(self, document: Document) -> Reading:
        """What *document* says of the eight kinds of entity."""
        meta = document.meta
        date, basis = years.year_of(document.flow, f"{meta.title} {meta.subtitle}", meta.date)
        page = Page(document, date)
        drafts = Drafts(document)
        geography = districts.find(page, drafts)
        bodies = organisations.find(page, geography, drafts)
        people = persons.find(page, geography, bodies, drafts)
        documents.find(page, geography, bodies, drafts)
        meetings.find(page, geography, bodies, drafts)
        judged = quotes.judge(page)
        initiatives.find(page, bodies, judged, drafts)
        slogans.find(page, bodies, people, judged, drafts)
        figures.find(page, geography, bodies, drafts)
        if date and not meta.date:
            meta = replace(meta, date=date, date_basis="stated" if basis == "stated" else "inferred")
        return Reading(
            doc=document.stem,
            path=document.path,
            encoding=document.encoding,
            sha256=document.sha256,
            length=len(document.text),
            meta=meta,
            home=geography.home.code if geography.home else None,
            sections=tuple(section.name for section in document.sections),
            entities=drafts.entities(),
            unresolved=drafts.doubts(),
        )
