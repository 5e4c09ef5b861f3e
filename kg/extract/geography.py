"""Districts of a document, and what 市, 我区, 全县 mean at each place of it.

A relative name is resolved by its scope: the district of its section (市委 in the section of a county-level city is that
city's), else the district last named for a body in the same paragraph, else the document's own district and what is
above it. Where none of these has a district of that level, the name stays unresolved; nothing is guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from kg import lexicon
from kg.chinese import names, places, tokens
from kg.extract.draft import Drafts
from kg.extract.page import HAN, PLACE, PLACE_REST, Page, mask
from kg.identity import NATION, iri


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


class Hit(NamedTuple):
    """A district named at ``flow[start:end]``; *place* is None where the text does not settle which."""

    start: int
    end: int
    place: Place | None
    full: bool


LEVELS = "省|自治区|自治州|自治县|市|区|县|旗|州|盟|镇|乡|街道|苏木|村"
_BODY_FOLLOWS = re.compile("政协|[县市区州盟旗]?委|人民政府|政府|人大|纪委|监委|法院|检察院|公安")
_DEICTIC = re.compile(r"[我全本该](省|市|区|县|旗|州|盟|镇|乡)")
_TOWNSHIP = re.compile(rf"[{HAN}]{{1,6}}?(?:街道|苏木|镇|乡)")
_VILLAGE = re.compile(rf"([{HAN}]{{1,5}}?(?<![本全该各乡农新山])村)(?![民委庄级屯落镇干])")
_NOT_TOWNSHIP = frozenset(lexicon.words("generic", "township"))
_GENERIC_VILLAGE = frozenset(lexicon.words("generic", "village"))


def place_of(code: str) -> Place:
    """The place of a gazetteer code."""
    division = places.by_code(code)
    above = places.superior(code)
    near = code if len(code) == 6 else code[:6]
    return Place(iri("district", code), division.name, code, above.name if above else None, near)


def uncoded(name: str, above: Place) -> Place:
    """A place below *above* that the gazetteer does not hold: a village, a new township."""
    return Place(
        iri("district", above.near, *([above.name] if above.code is None else []), name),
        name,
        None,
        above.name,
        above.near,
    )


@dataclass
class Geography:
    """The districts of one document and the scope of its relative names."""

    page: Page
    hits: list[Hit] = field(default_factory=list)
    home: Place | None = None
    sections: list[Place | None] = field(default_factory=list)
    """District each section speaks for, if it says so."""
    shadow: str = ""
    """The flow with every district masked, see :mod:`kg.extract.page`."""

    def of_section(self, index: int) -> Place | None:
        """District a section speaks for, else the document's own."""
        return self.sections[index] or self.home

    def resolve(self, level: str, at: int) -> Place | None:
        """The district that the bare word *level* (``市``, ``自治区``) means at position *at*."""
        section = self.page.section(at)
        own = self.sections[section]
        if own is None:
            near = self._named_before(level, at)
            if near:
                return near
        base = own or self.home
        found = in_chain(level, base)
        if found:
            return found
        return self._named_before(level, at) or self._named_in_section(level, at, section)

    def _named_before(self, level: str, at: int) -> Place | None:
        """The district of that level last named for a body in the same line."""
        floor = max(self.page.line(at).start, at - 2000)
        for i in range(bisect_left(self.hits, (at,)) - 1, -1, -1):
            hit = self.hits[i]
            if hit.start < floor:
                break
            if hit.place and is_level(hit.place, level) and _BODY_FOLLOWS.match(self.page.flow, hit.end):
                return hit.place
        return None

    def _named_in_section(self, level: str, at: int, section: int) -> Place | None:
        """The one district of that level named in the section so far; None if there are several or none."""
        start = max(self.page.document.sections[section].start, at - 20000)
        before = self.hits[bisect_left(self.hits, (start,)) : bisect_left(self.hits, (at,))]
        found = {h.place for h in before if h.place and is_level(h.place, level)}
        return found.pop() if len(found) == 1 else None

    def at(self, start: int) -> Hit | None:
        """The hit that begins at *start*."""
        i = bisect_left(self.hits, (start,))
        return self.hits[i] if i < len(self.hits) and self.hits[i].start == start else None


def is_level(place: Place, level: str) -> bool:
    """Whether a bare *level* word can mean this place."""
    name = place.name
    if level == "州":
        return name.endswith("自治州")
    if level == "县":
        return name.endswith("县")
    if level == "旗":
        return name.endswith("旗")
    if level == "区":
        return name.endswith("区") and not name.endswith(("自治区", "地区"))
    if level == "乡":
        return name.endswith("乡")
    return name.endswith(level)


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


def survey(page: Page, drafts: Drafts) -> Geography:
    """Find and resolve the districts of a document; note each in *drafts*."""
    flow = page.flow
    raw = _with_sisters(flow, [h for h in places.scan(flow.replace("中共", "，，")) if _stands(page, h)])
    votes = _votes(page, raw)
    stated = page.document.meta.place
    declared = (
        next((d.code for d in sorted(places.named(stated), key=lambda d: (d.last is not None, d.level))), None)
        if stated
        else None
    )
    codes = _settle(raw, votes, declared)
    geography = Geography(page)
    hits = [Hit(h.start, h.end, place_of(c) if c else None, h.full) for h, c in zip(raw, codes, strict=True)]
    geography.hits = hits
    geography.sections = _speakers(page, hits)
    geography.home = place_of(declared) if declared else _home(page, hits, geography.sections)
    geography.hits = hits = _below_county(page, geography)
    geography.sections = _speakers(page, hits)
    _inherit(page, geography.sections)
    geography.shadow = mask(flow, ((h.start, h.end) for h in hits), PLACE, PLACE_REST)
    for hit in hits:
        if hit.place:
            _note(drafts, hit, "district.full-name" if hit.full else "district.short-name")
    for h, code in zip(raw, codes, strict=True):
        if code is None:
            candidates = (iri("district", c) for c in h.codes)
            drafts.doubt(
                "District",
                (h.start, h.end),
                candidates,
                "several districts bear this name and the text does not say which",
            )
    _deictic(page, geography, drafts)
    return geography


_OFFICE_AFTER = re.compile("(?:副|常务副|代)?(?:书记|主席|主任|市长|区长|县长|镇长|乡长|局长|经理|队长|院长)")

_OFFICE_BEFORE = re.compile("(?:书记|主席|主任|市长|区长|县长|镇长|乡长|局长|院长|委员|代表|记者)$")


def _stands(page: Page, hit: places.Hit) -> bool:
    """Whether the words around a bare short name leave it a district: not 祁连山, 全州有…, 某镇原副镇长."""
    if hit.full:
        return hit.surface != "会同县" or not _BODY_FOLLOWS.match(page.flow, hit.end)
    flow = page.flow
    after = flow[hit.end : hit.end + 1]
    if after in ("山", "河", "江", "湖", "岭", "峡", "岛"):
        return False
    if hit.surface[0] in "全我本" and hit.surface[1:] in ("州", "市", "县", "区"):
        return False
    if hit.surface in names.SURNAMES and (
        page.line(hit.start).kind == "byline" or _OFFICE_BEFORE.search(flow, max(0, hit.start - 5), hit.start)
    ):
        return False
    return not (hit.surface.endswith("原") and _OFFICE_AFTER.match(flow, hit.end))


def _with_sisters(flow: str, hits: list[places.Hit]) -> list[places.Hit]:
    """Add the short names that stand in one list with a district of the same parent (台山、开平、鹤山)."""
    out = list(hits)
    known = {h.start for h in hits}
    queue = [h for h in hits if len(h.codes) == 1 and not h.full]
    while queue:
        hit = queue.pop()
        above = places.superior(hit.codes[0])
        if above is None or len(hit.codes) != 1:
            continue
        for start, end in _neighbours(flow, hit):
            if start in known or any(h.start < end and start < h.end for h in out):
                continue
            found = [d for d in places.named(flow[start:end], within=above.code) if d.last is None and d.level == 3]
            if len(found) == 1:
                sister = places.Hit(start, end, flow[start:end], (found[0].code,), False)
                out.append(sister)
                queue.append(sister)
                known.add(start)
    return sorted(out)


def _neighbours(flow: str, hit: places.Hit) -> list[tuple[int, int]]:
    """Spans of the list items right before and right behind a hit."""
    out = []
    if flow[hit.start - 1 : hit.start] in ("、", "和"):
        out += [(hit.start - 1 - n, hit.start - 1) for n in (3, 2)]
    if flow[hit.end : hit.end + 1] in ("、", "和"):
        out += [(hit.end + 1, hit.end + 1 + n) for n in (3, 2)]
    return [(a, b) for a, b in out if a >= 0 and b <= len(flow)]


def _note(drafts: Drafts, hit: Hit, rule: str) -> None:
    place = hit.place
    assert place is not None
    known = drafts.get("District", place.id)
    supports = [] if known else [("code", place.code), ("parent", place.parent)]
    drafts.note("District", place.id, place.name, (hit.start, hit.end), rule, supports=supports)
    if not known:
        drafts.note("District", place.id, place.name, (hit.start, hit.end), rule)


def note_implied(drafts: Drafts, place: Place, span: tuple[int, int]) -> None:
    """Note a district that the text names only through a body of it (省委)."""
    known = drafts.get("District", place.id)
    supports = [] if known else [("code", place.code), ("parent", place.parent)]
    if not known:
        draft = drafts.note("District", place.id, place.name, span, "district.of-body", supports=supports, naming=False)
        draft.surfaces.setdefault(place.name, None)


def _votes(page: Page, raw: list[places.Hit]) -> Counter[str]:
    """How much the text speaks of each unambiguous district, itself and what is above it."""
    votes: Counter[str] = Counter()
    weight = {"title": 6, "subtitle": 4, "speaker": 4, "heading": 2, "dateline": 3}
    for hit in raw:
        if len(hit.codes) != 1:
            continue
        n = weight.get(page.line(hit.start).kind, 1) + (1 if _BODY_FOLLOWS.match(page.flow, hit.end) else 0)
        votes[hit.codes[0]] += n * 2
        for division in places.ancestors(hit.codes[0]):
            votes[division.code] += n
    return votes


def _settle(raw: list[places.Hit], votes: Counter[str], declared: str | None) -> list[str | None]:
    """One code for each hit, or None where several remain."""
    if declared:
        votes = votes.copy()
        votes[declared] += 50
        for division in places.ancestors(declared):
            votes[division.code] += 25
    out: list[str | None] = []
    for i, hit in enumerate(raw):
        codes = list(hit.codes)
        if len(codes) > 1 and i and raw[i - 1].end == hit.start and out[i - 1]:
            above = out[i - 1]
            codes = [c for c in codes if above and places.is_within(c, above)] or codes
        if len(codes) > 1 and i + 1 < len(raw) and raw[i + 1].start == hit.end:
            below = [c for c in codes if any(places.is_within(d, c) for d in raw[i + 1].codes)]
            codes = below or codes
        if len(codes) > 1:
            current = [c for c in codes if places.by_code(c).last is None]
            codes = current or codes
        if len(codes) > 1:

            def weight(code: str) -> tuple[int, ...]:
                return (*(votes.get(d.code, 0) for d in places.ancestors(code)), votes.get(code, 0))

            ranked = sorted(codes, key=lambda c: (-sum(weight(c)), c))
            codes = ranked[:1] if sum(weight(ranked[0])) > sum(weight(ranked[1])) else ranked
        out.append(codes[0] if len(codes) == 1 else None)
    return out


def _speakers(page: Page, hits: list[Hit]) -> list[Place | None]:
    """District that each section's speaker line, heading or opening words name."""
    document = page.document
    out: list[Place | None] = [None] * len(document.sections)
    opening: dict[int, int] = {}
    for line in document.lines:
        if line.kind == "paragraph":
            opening.setdefault(line.section, line.start)
    for rank in ("speaker", "heading", "paragraph"):
        for hit in hits:
            line = page.line(hit.start)
            if (
                line.kind != rank
                or hit.place is None
                or (out[line.section] is not None and not _continues(out, line.section, hit))
            ):
                continue
            if rank == "paragraph" and (
                line.section == 0
                or document.sections[line.section].level != 1
                or hit.start - opening[line.section] > 12
                or line.start != opening[line.section]
            ):
                continue
            if rank != "speaker" and not _BODY_FOLLOWS.match(page.flow, hit.end):
                continue
            out[line.section] = hit.place
    return out


def _continues(out: list[Place | None], section: int, hit: Hit) -> bool:
    """Whether a hit narrows the district already found for its section (哈尔滨市 → 阿城区 in one name)."""
    known = out[section]
    return bool(
        known
        and hit.place
        and known.code
        and hit.place.code
        and hit.place.code != known.code
        and places.is_within(hit.place.code, known.code)
    )


def _inherit(page: Page, sections: list[Place | None]) -> None:
    """Parts of a section speak for what the section speaks for."""
    stack: list[tuple[int, Place | None]] = []
    for section in page.document.sections:
        while stack and stack[-1][0] >= section.level:
            stack.pop()
        if sections[section.index] is None and stack:
            sections[section.index] = stack[-1][1]
        stack.append((section.level, sections[section.index]))


def _home(page: Page, hits: list[Hit], sections: list[Place | None]) -> Place | None:
    """The district the whole document speaks from."""
    if sections and sections[0] is not None:
        return sections[0]
    speakers = {p.code for p in sections[1:] if p and p.code}
    if len(speakers) > 1:
        common = _common(speakers)
        return place_of(common) if common else None
    direct: Counter[str] = Counter()
    weight = {"title": 6, "subtitle": 4, "speaker": 4, "heading": 2, "dateline": 3}
    for hit in hits:
        if hit.place and hit.place.code:
            direct[hit.place.code] += weight.get(page.line(hit.start).kind, 1) + (
                2 if _BODY_FOLLOWS.match(page.flow, hit.end) else 0
            )
    if not direct:
        return None
    counties = {c for c in direct if places.by_code(c).level >= 3}
    total = sum(direct.values())
    best = min(direct, key=lambda c: (-direct[c], c))
    if len(counties) > 2 and direct[best] < total / 2:
        common = _common(counties)
        if common and (direct[common] or places.by_code(common).level == 2):
            return place_of(common)
    return place_of(best)


def _common(codes: set[str]) -> str | None:
    """The lowest district that all lie in."""
    chains = [[c, *(d.code for d in places.ancestors(c))] for c in sorted(codes)]
    for code in chains[0]:
        if all(code in chain for chain in chains) and code != NATION:
            return code
    return None


def _below_county(page: Page, geography: Geography) -> list[Hit]:
    """Add townships and villages, which only their county makes definite."""
    flow, hits = page.flow, geography.hits
    found: list[Hit] = list(hits)
    taken = {i for h in hits for i in range(h.start, h.end)}
    ending = {h.end: h.place for h in hits}
    for m in _TOWNSHIP.finditer(flow):
        end = m.end()
        start = next((i for i in range(end - 1, m.start(), -1) if i in ending), m.start())
        while start < end - 1 and not page.boundaries[start]:
            start += 1
        suffix = (
            "街道"
            if flow.startswith("街道", end - 2)
            else "苏木"
            if flow.startswith("苏木", end - 2)
            else flow[end - 1]
        )
        above = ending.get(start) or geography.of_section(page.section(start))
        if above is None or above.code is None:
            continue
        for begin in range(start, end - len(suffix)):
            if begin in taken:
                continue
            words = flow[begin:end]
            stem = words[: -len(suffix)]
            if stem in _NOT_TOWNSHIP:
                continue
            within = above.code if len(above.code) == 6 else above.near
            known = places.named(words, within=within, level=4)
            if len(known) == 1:
                found.append(Hit(begin, end, place_of(known[0].code), True))
                break
            if begin != start and not page.boundaries[begin]:
                continue
            explicit = ending.get(begin) is above
            if explicit and len(stem) >= 2 and suffix != "街道" and places.by_code(above.near).level == 3:
                found.append(Hit(begin, end, uncoded(words, above), True))
                break
    found.sort()
    ends = {h.end: h for h in found if h.place}
    for m in _VILLAGE.finditer(flow):
        for begin in range(m.start(), m.end() - 1):
            above_hit = ends.get(begin)
            stem = flow[begin : m.end(1) - 1]
            if (
                above_hit
                and above_hit.place
                and stem not in _GENERIC_VILLAGE
                and not tokens.tag(stem).startswith("v")
                and stem[0] not in "的各多一二三四五六七八九十等"
                and len(stem) >= 1
            ):
                found.append(Hit(begin, m.end(1), uncoded(flow[begin : m.end(1)], above_hit.place), True))
                break
    return sorted(found)


def _deictic(page: Page, geography: Geography, drafts: Drafts) -> None:
    """我市, 全区: mentions of the district they mean."""
    for m in _DEICTIC.finditer(page.flow):
        if not page.boundaries[m.start()] or not (page.boundaries[m.end()] or _BODY_FOLLOWS.match(page.flow, m.end())):
            continue
        place = geography.resolve(m[1], m.start())
        span = (m.start(), m.end())
        if place:
            drafts.note(
                "District",
                place.id,
                place.name,
                span,
                "district.deictic",
                supports=[] if drafts.get("District", place.id) else [("code", place.code), ("parent", place.parent)],
            )
        elif m[0][0] in "我本":
            drafts.doubt("District", span, (), "no district of this level is named where this speaks")
