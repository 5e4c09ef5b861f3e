"""The districts of a document, and what 市, 我区, 全县 mean at each place of it.

A relative name is resolved by its scope: the district of its section (市委 in the section of a county-level city is that
city's), else the district last named for a body in the same paragraph, else the document's own district and what is
above it. Where none of these has a district of that level, the name stays unresolved; nothing is guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.chinese import places
from kg.extract.draft import Drafts
from kg.extract.page import PLACE, Page
from kg.identity import iri

BODY_FOLLOWS = re.compile("政协|[县市区州盟旗]?委|人民政府|政府|人大|纪委|监委|法院|检察院|公安")

IN = ("在", "走进", "来到")
"""Words before the place that a sentence or a paragraph opens with."""


TOWNSHIPS = ("镇", "乡", "街道", "苏木")
"""What the names of township-level districts end in."""


class Place(NamedTuple):
    """A district as a document uses it."""

    id: str
    name: str
    """Official name, or the words of the text where the gazetteer has none."""
    code: str | None
    parent: str | None
    """Name of the district above."""
    near: str
    """Code of the nearest district with a code: its own, or that of the county it lies in."""

    @property
    def is_county(self) -> bool:
        """Whether it is a district of the gazetteer at county level or above."""
        return self.code is not None and len(self.code) == 6


class Hit(NamedTuple):
    """A district named at ``flow[start:end]``; *place* is None where the text does not settle which."""

    start: int
    end: int
    place: Place | None
    full: bool


def place_of(code: str) -> Place:
    """The place of a gazetteer code."""
    above = places.superior(code)
    near = code if len(code) == 6 else code[:6]
    return Place(iri("district", code), places.by_code(code).name, code, above.name if above else None, near)


def uncoded(name: str, above: Place) -> Place:
    """A place below *above* that the gazetteer does not hold: a village, a new township."""
    chain = [] if above.code else [above.name]
    return Place(iri("district", above.near, *chain, name), name, None, above.name, above.near)


def short_form(place: Place) -> str:
    """A district's name as its bodies bear it: 楚雄州 for 楚雄彝族自治州, 元江县 for 元江哈尼族彝族傣族自治县, 巴州 for 巴音郭楞."""
    if place.code and place.name.endswith(("自治州", "自治县", "自治旗")):
        division = places.by_code(place.code)
        brief = next((name for name in division.variants if len(name) == 2 and name.endswith("州")), "")
        if brief or division.short:
            return brief or division.short + place.name[-1]
    return place.name


_LESSER = frozenset({"镇", "乡", "街道", "苏木", "村", "嘎查", "社区"})
"""Levels below the county: a text goes from one to the next, and means the last."""


def is_level(place: Place, level: str) -> bool:
    """Whether a bare *level* word can mean this place."""
    if level == "州":
        return place.name.endswith("自治州")
    if level == "区":
        return place.name.endswith("区") and not place.name.endswith(("自治区", "地区"))
    if level == "地":
        return place.name.endswith("地区")
    return place.name.endswith(level)


def in_chain(level: str, base: Place | None) -> Place | None:
    """The nearest district of that level at or above *base*."""
    if base is None:
        return None
    if is_level(base, level):
        return base
    if base.code is None:
        base = place_of(base.near)
        if is_level(base, level):
            return base
    for division in places.ancestors(base.code or base.near):
        above = place_of(division.code)
        if is_level(above, level):
            return above
    return None


@dataclass(frozen=True, slots=True)
class Geography:
    """The districts of one document and the scope of its relative names."""

    page: Page
    hits: Sequence[Hit]
    """In reading order."""
    home: Place | None
    """District the document speaks from, if that could be told."""
    sections: Sequence[Place | None]
    """District each section speaks for, if it says so."""
    shadow: str = ""
    """The flow with every district masked, see :mod:`kg.extract.page`."""
    paragraphs: Mapping[int, Place] = field(default_factory=dict)
    """District of each paragraph that speaks for another than its section's, by where its line starts."""

    def of_section(self, index: int) -> Place | None:
        """District a section speaks for, else the document's own."""
        return self.sections[index] or self.home

    def own(self, at: int) -> Place | None:
        """District that the paragraph or section at position *at* speaks for, if one of them says so."""
        line = self.page.line(at)
        return self.paragraphs.get(line.start) or self.sections[line.section]

    def around(self, at: int) -> Place | None:
        """District that the paragraph or section at position *at* speaks for, else the document's own."""
        return self.own(at) or self.home

    def at(self, start: int) -> Hit | None:
        """The hit that begins at *start*."""
        i = bisect_left(self.hits, (start,))
        return self.hits[i] if i < len(self.hits) and self.hits[i].start == start else None

    def hits_within(self, start: int, end: int) -> Sequence[Hit]:
        """The hits that begin in ``flow[start:end]``."""
        return self.hits[bisect_left(self.hits, (start,)) : bisect_left(self.hits, (end,))]

    def of_match(self, m: re.Match[str]) -> Place | None:
        """The district of a match: the last of the chain in its group *place*, else what its bare *level* means."""
        if m["place"]:
            hit = self.at(m.start("place") + m["place"].rfind(PLACE))
            return hit.place if hit else None
        return self.resolve(m["level"], m.start("level")) if m["level"] else None

    def resolve(self, level: str, at: int) -> Place | None:
        """The district that the bare word *level* (``市``, ``自治区``) means at position *at*."""
        section = self.page.section(at)
        own = self.own(at)
        if level in _LESSER:
            return self._nearest(level, at) or self._named_in_section(level, at, section)
        return (
            self._heads_sentence(level, at)
            or (self._named_before(level, at) if own is None else None)
            or in_chain(level, own or self.home)
            or self._named_before(level, at)
            or self._named_in_section(level, at, section)
        )

    def _named_before(self, level: str, at: int) -> Place | None:
        """The district of that level last named for a body in the same line.

        Where the document's own is of that level too, the body must open a sentence: in a text of 荆门市, 与钟祥市纪委监委
        leaves 市教育局 that of 荆门.
        """
        same = self.home is not None and is_level(self.home, level)
        floor = max(self.page.line(at).start, at - 2000)
        for i in range(bisect_left(self.hits, (at,)) - 1, -1, -1):
            hit = self.hits[i]
            if hit.start < floor:
                break
            fits = hit.place and is_level(hit.place, level) and not self._foreign(hit.place, level)
            opens = hit.place == self.home or self.page.flow[hit.start - 1] in "。！？；”“\n"
            if fits and (opens or not same) and BODY_FOLLOWS.match(self.page.flow, hit.end):
                return hit.place
        return None

    def _nearest(self, level: str, at: int) -> Place | None:
        """The township or village of that level last named in full in the same line: 在甲镇，镇党委."""
        own = self.around(at)
        if own and is_level(own, level):
            return own
        line = self.page.line(at)
        for hit in reversed(self.hits_within(max(line.start, at - 1000), at)):
            if hit.full and hit.place and is_level(hit.place, level):
                return hit.place
        return None

    def _heads_sentence(self, level: str, at: int) -> Place | None:
        """The district of that level that the sentence opens with, before a body or a comma.

        昌江区政协联合区法院 in a list of several districts' deeds; 在门源县，县政协 where the paragraph is of another county.
        """
        flow, start = self.page.flow, self.page.sentence(at).start
        while start < at and flow[start] in "“” ":
            start += 1
        within = next((len(word) for word in IN if flow.startswith(word, start)), 0)
        hit, found = self.at(start + within), None
        while hit:
            end = hit.end
            found = hit.place if hit.place and is_level(hit.place, level) else found
            hit = self.at(end)
            told = flow.startswith("，", end) if within else BODY_FOLLOWS.match(flow, end)
            if not hit and told and found and not self._foreign(found, level):
                return found
        return None

    def _foreign(self, place: Place, level: str) -> bool:
        """Whether *place* is not within a home of the same level: a text of 广水市 calls neither 随州市 nor 枣阳市 just 市."""
        home = self.home
        if home is None or home.code is None or not is_level(home, level):
            return False
        return home.code != place.code and not places.is_within(place.near, home.code)

    def _named_in_section(self, level: str, at: int, section: int) -> Place | None:
        """The one district of that level named in the section so far; None if there are several or none."""
        start = max(self.page.document.sections[section].start, at - 20000)
        # 甲、乙等5个村 are villages, but none of them is the text's own.
        named = (h.place for h in self.hits_within(start, at) if h.full or level not in _LESSER)
        found = {place for place in named if place and is_level(place, level)}
        return found.pop() if len(found) == 1 else None


def note(drafts: Drafts, place: Place, span: tuple[int, int], rule: str) -> None:
    """Note a mention of a district; the first one states its code and what is above it."""
    new = drafts.get("District", place.id) is None
    draft = drafts.note("District", place.id, place.name, span, rule)
    if new:
        draft.state(span, rule, ("code", place.code), ("parent", place.parent))


def note_implied(drafts: Drafts, place: Place, span: tuple[int, int]) -> None:
    """Note a district that the text names only through a body of it (省委)."""
    if drafts.get("District", place.id) is None:
        draft = drafts.draft("District", place.id, place.name)
        draft.state(span, "district.of-body", ("code", place.code), ("parent", place.parent))
        draft.surfaces.setdefault(place.name, None)
