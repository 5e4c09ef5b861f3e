"""Townships and villages that a list names without their county, or without the word for what they are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kg import lexicon
from kg.chinese import names, places, tokens
from kg.extract.page import HAN, near
from kg.extract.scope import TOWNSHIPS, Geography, Hit, Place, place_of, uncoded

_DOES = "(?:建成|新建|实施|开展|推行|率先|打造|先后|分别|入选|获评|荣获|被评|被列)"
_NEXT_TOWNSHIP = re.compile(
    rf"、(?P<name>(?P<stem>[{HAN}]{{1,3}}?)(?:镇|乡|苏木))(?=[、，。；（和等及\d两三四五六七八九十]|{_DOES})"
)
# 在小城镇，在一个乡镇，在甲县乙镇 name none that the gazetteer did not find.
_IN_TOWNSHIP = re.compile(
    rf"(?:(?<=[，。；])|^)在(?P<name>(?![一各全多每该])[{HAN}]{{1,3}}(?<![市县区省州各全小老新古乡城集强重村些个中心])(?:镇|乡))，",
    re.MULTILINE,
)
_NEXT_VILLAGE = re.compile(
    rf"[、和](?P<name>(?P<stem>[{HAN}]{{2,4}}?)村)(?=[、，。；（和与及等受\d两三四五六七八九十]|{_DOES})"
)
_COUNT = re.compile(
    r"等?(?:\d+|[两三四五六七八九十]+)个(?P<kind>乡镇|镇街|街镇|乡镇（街道）|镇|乡|街道|(?:行政)?村)(?![民级居])"
)
_OF_VILLAGE = re.compile(
    rf"""
    (?:(?<=[，。；“”：、])|^)(?P<name>(?![是为由到在从])[{HAN}]{{2,3}}?村)(?=党支部|党总支|党委|村委会|村民[{HAN}]{{2,3}}[，说家]|村支书|老党员|、[{HAN}]{{2,4}}村(?:入选|获评|荣获|被评|被列))
    |(?:(?<=[，。；“”：、])|^)(?P<told>(?![是为由到在从])[{HAN}]{{2,4}}?村)(?=地处|位于|等(?:\d+|[两三四五六七八九十])个|的?(?:议事点|村民|驻村)|[一两三四五六七八九十\d]+余?户|入选|获评|荣获|被评|被列)
    |(?:走进|来到|走访|深入)(?P<seen>[{HAN}]{{2,3}}?村)(?=[，、的八])
    |(?:推动|解决|帮助|指导|协助|支持|[同与和])(?P<helped>[{HAN}]{{2,3}}?(?<![乡农新])村)(?![{HAN}]{{0,2}}(?:干部|两委|集体))
    """,
    re.MULTILINE | re.VERBOSE,
)
_GRAMMAR = frozenset("的了在和与及各每全本该两几多个入进出到来去从为把被将是有等一二三四五六七八九十这那其所")
_ITEM = re.compile(f"[{HAN}]{{2,3}}")
_ARRIVES = re.compile("(?:[到在往赴进访]|深入|走遍)了?$")
_NOT_TOWNSHIP = frozenset(lexicon.words("generic", "township"))
_NOT_VILLAGE = frozenset(lexicon.words("generic", "village"))


def behind_township(geography: Geography, found: Sequence[Hit]) -> Iterator[Hit]:
    """Townships that no table holds, in a list behind one of their county: 甲镇、乙镇."""
    known = {h.start for h in found}
    for hit in found:
        place, end = hit.place, hit.end
        while place and hit.full and place.name.endswith(TOWNSHIPS):
            m = _NEXT_TOWNSHIP.match(geography.page.flow, end)
            if not m or m.start("name") in known or m["stem"] in _NOT_TOWNSHIP or len(m["stem"]) < 2:
                break
            place, end = uncoded(m["name"], place_of(place.near)), m.end()
            yield Hit(m.start("name"), end, place, True)


def behind_village(geography: Geography, found: Sequence[Hit]) -> Iterator[Hit]:
    """Villages in a list behind one whose township is named: 甲镇乙村、丙村、丁村."""
    known = {h.start for h in found}
    above = {h.place.name: h.place for h in found if h.place}
    for hit in found:
        place, end = hit.place, hit.end
        while place and not place.code and place.name.endswith("村") and place.parent in above:
            m = _NEXT_VILLAGE.match(geography.page.flow, end)
            if not m or m.start("name") in known or m["stem"] in _NOT_VILLAGE:
                break
            place, end = uncoded(m["name"], above[place.parent]), m.end()
            yield Hit(m.start("name"), end, place, True)


def behind_preposition(geography: Geography, found: Sequence[Hit]) -> Iterator[Hit]:
    """A township that no table holds, at the head of a clause: 在甲镇，."""
    known = {h.start for h in found}
    for m in _IN_TOWNSHIP.finditer(geography.page.flow):
        start, own = m.start("name"), geography.around(m.start())
        if own and places.by_code(own.near).level == 3 and not known & {start, start + 1, start + 2}:
            yield Hit(*m.span("name"), uncoded(m["name"], place_of(own.near)), True)


def with_branch(geography: Geography, found: Sequence[Hit]) -> Iterator[Hit]:
    """A village at the head of a clause, before its party branch, its committee or a villager: 甲村党支部书记.

    Also 甲村地处某镇, 来到甲村, where its name is made of no words.
    """
    taken = {i for h in found for i in range(h.start, h.end)}
    for m in near(_OF_VILLAGE, geography.page.flow, "村", 8, 12):
        group = next(name for name in ("name", "told", "seen", "helped") if m[name])
        start, stem, own = m.start(group), m[group][:-1], geography.around(m.start())
        plain = stem not in _NOT_VILLAGE and tokens.tag(stem)[:1] not in ("v", "a", "d", "r", "m", "f", "t")
        plain = plain and (group == "name" or _is_proper(stem))
        if own is None or not plain or not taken.isdisjoint(range(start, m.end(group))):
            continue
        line = geography.page.line(start)
        named = found[bisect_left(found, (line.start,)) : bisect_left(found, (start,))]
        before = (h.place for h in reversed(named) if h.full and h.place)
        town = next((place for place in before if place.name.endswith(TOWNSHIPS)), None)
        yield Hit(*m.span(group), uncoded(m[group], town or own), True)


def _is_proper(stem: str) -> bool:
    """Whether a name is made of no words of the language, but of single characters that are none of grammar."""
    if len(stem) == 3 and stem[1] == "家" and names.surname_at(stem, 0):
        return True
    cut = tokens.cut(stem, guess=False)
    return all(len(token) == 1 for token in cut) and not set(stem) & _GRAMMAR


def again(geography: Geography, found: Sequence[Hit]) -> Iterator[Hit]:
    """A village that the text names with its township elsewhere, by its own name: 甲镇乙村…；乙村妇联."""
    known: dict[str, set[Place]] = {}
    for hit in found:
        if hit.full and hit.place and hit.place.code is None and hit.place.name.endswith(("村", "嘎查")):
            known.setdefault(hit.place.name, set()).add(hit.place)
    if not known:
        return
    taken = {i for h in found for i in range(h.start, h.end)}
    flow, borders = geography.page.flow, geography.page.borders
    for m in re.finditer(lexicon.alternation(sorted(known)), flow):
        places_, start = known[m[0]], m.start()
        begins = borders[start] or not re.match(f"[{HAN}]", flow[start - 1 : start])
        if len(places_) == 1 and begins and taken.isdisjoint(range(*m.span())):
            yield Hit(*m.span(), next(iter(places_)), True)


def counted(geography: Geography, found: Sequence[Hit]) -> Iterator[Hit]:
    """甲、乙、丙3个乡镇, 甲、乙等5个村: places listed by their bare names."""
    villages = {h.place.name[:-1]: h.place for h in found if h.place and h.place.name.endswith("村")}
    taken = {i for h in found for i in range(h.start, h.end)}
    for m in _COUNT.finditer(geography.page.flow):
        spans = [span for span in _items(geography, m.start()) if span[0] not in taken]
        visited = spans and _ARRIVES.search(geography.page.flow, max(0, spans[-1][0] - 4), spans[-1][0])
        for span in spans:
            if not m["kind"].endswith("村"):
                hit = _township(geography, span)
            else:
                hit = _village(geography, span, villages, visited=bool(visited))
            if hit:
                yield hit


def _items(geography: Geography, end: int) -> list[tuple[int, int]]:
    """The items of the list of bare names that ends at *end*; none where there is no list."""
    flow, out = geography.page.flow, list[tuple[int, int]]()
    while (mark := flow.rfind("、", max(0, end - 4), end)) >= 0 and _ITEM.fullmatch(flow, mark + 1, end):
        out.append((mark + 1, end))
        end = mark
    for length in (3, 2):
        start = end - length
        if (
            out
            and start > 0
            and _ITEM.fullmatch(flow, start, end)
            and flow[start] not in "了到在"
            and geography.page.borders[start]
        ):
            out.append((start, end))
    return out


def _township(geography: Geography, span: tuple[int, int]) -> Hit | None:
    """The one township of the section's county that bears the name."""
    own, stem = geography.around(span[0]), geography.page.flow[slice(*span)]
    if own is None or places.by_code(own.near).level != 3:
        return None
    known = [unit for suffix in TOWNSHIPS for unit in places.townships_named(stem + suffix, own.near)]
    return Hit(*span, place_of(known[0].code), False) if len(known) == 1 else None


def _village(geography: Geography, span: tuple[int, int], villages: dict[str, Place], *, visited: bool) -> Hit | None:
    """A village that the text names in full elsewhere, or one of a list of places gone to."""
    stem, own = geography.page.flow[slice(*span)], geography.around(span[0])
    if stem in villages:
        return Hit(*span, villages[stem], False)
    if own is None or not visited or stem in _NOT_VILLAGE or tokens.tag(stem)[:1] in ("v", "a", "d"):
        return None
    return Hit(*span, uncoded(stem + "村", own), False)
