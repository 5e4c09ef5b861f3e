"""Townships and villages, which only their county makes definite."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from kg import lexicon
from kg.chinese import places, tokens
from kg.extract.districts import lists
from kg.extract.page import HAN, near
from kg.extract.scope import BODY_FOLLOWS, Geography, Hit, Place, place_of, uncoded

# 怀宁县|住房和城乡建设局: town and country, no township.
_BOTH = "建设|规划|居民|统筹|发展|一体|融合|环境|管理|结合|供水|公交|低保|医保|养老"
_TOWNSHIP = re.compile(
    rf"[{HAN}]{{1,6}}?(?P<suffix>街道|苏木|镇(?!镇(?![长党人政]))|(?:(?<!城)乡|乡(?!{_BOTH}))(?![村土亲音愁贤间]))"
)
_LONGEST_ETHNIC = 12
"""Characters of an ethnic township's name: 沿江满族达斡尔族乡."""
_REST_OF_TOWNSHIP = re.compile(rf"[{HAN}]{{0,4}}?(?:街道|苏木|镇|乡)")
_COUNTED_VILLAGES = re.compile(
    rf"[{HAN}]{{2,4}}(?:、[{HAN}]{{2,4}})+等?(?:\d+|[两三四五六七八九十]+)个(?:行政|自然)?(?:村|社区)(?![民级])"
)
_VILLAGE = re.compile(
    rf"[{HAN}]{{1,5}}?(?<![本全该各乡农新])村(?![民委庄级屯落镇干])|[{HAN}]{{2,7}}?(?<![各全本该])嘎查(?![达级])"
)
# Verbs of the 1950s that many villages are named by; 甲镇联合村集体 is none.
_VERBS_AS_NAMES = frozenset({"建设", "团结", "联合", "前进", "跃进", "解放", "奋斗", "胜利", "振兴", "建国"})
_OF_VERBS = frozenset({"集体", "两委", "文化", "组织", "企业"})
_NOT_TOWNSHIP = frozenset(lexicon.words("generic", "township"))
_NOT_VILLAGE = frozenset(lexicon.words("generic", "village"))


def added(geography: Geography) -> list[Hit]:
    """The hits of a document with its townships and villages, in reading order."""
    listed = [m.span() for m in near(_COUNTED_VILLAGES, geography.page.flow, "个", 60, 8)]
    # 新站、刀靶、长丰3个村: a village called as a county is.
    kept = [h for h in geography.hits if h.full or not any(start <= h.start < end for start, end in listed)]
    geography = replace(geography, hits=kept)
    geography = replace(geography, hits=_longer(geography))
    ending = {h.end: h.place for h in geography.hits}
    taken = {i for h in geography.hits for i in range(h.start, h.end)}
    townships = (_township(geography, m, ending, taken) for m in _TOWNSHIP.finditer(geography.page.flow))
    found = sorted([*geography.hits, *(hit for hit in townships if hit)])
    found = sorted({*found, *lists.behind_township(geography, found), *lists.behind_preposition(geography, found)})
    ending = {h.end: h.place for h in found if h.place}
    villages = (_village(geography, m, ending) for m in _VILLAGE.finditer(geography.page.flow))
    found = sorted([*found, *(hit for hit in villages if hit)])
    found = sorted({*found, *lists.behind_village(geography, found)})
    found = sorted([*found, *lists.with_branch(geography, found)])
    found = sorted([*found, *lists.again(geography, found)])
    return sorted({*found, *lists.counted(geography, found)})


def _longer(geography: Geography) -> list[Hit]:
    """The hits, where a township begins with the short name of some county (巴彦托海镇) it is the township."""
    flow, home = geography.page.flow, geography.home
    above = places.ancestors(home.near) if home else ()
    within = next((d.code for d in above if d.level == 2), home.near if home else None)
    out = list(geography.hits)
    for hit in geography.hits:
        if within and not hit.full and _crosses(flow, hit, within):
            out.remove(hit)
            continue
        town = _own_town(geography, hit)
        if town:
            out.remove(hit)
            out.append(Hit(hit.start, hit.end, town, False))
            continue
        m = _REST_OF_TOWNSHIP.match(flow, hit.end) if within and not hit.full else None
        known = places.named(flow[hit.start : m.end()], within=within, level=4) if m else []
        if m and len(known) == 1 and not any(hit.end <= h.start < m.end() and h.full for h in geography.hits):
            out = [h for h in out if not hit.start <= h.start < m.end()]
            out.append(Hit(hit.start, m.end(), place_of(known[0].code), True))
    return sorted(out)


def _own_town(geography: Geography, hit: Hit) -> Place | None:
    """The township of the home county that shares its short name with a county elsewhere (黄陂 in a text of 兴宁)."""
    home, place = geography.home, hit.place
    if (
        hit.full
        or not home
        or not home.is_county
        or places.by_code(home.near).level != 3
        or not place
        or not place.code
    ):
        return None
    above = places.by_code(home.near).parent
    if places.is_within(place.code, above or home.near) or places.by_code(place.near).level != 3:
        return None
    stem = geography.page.flow[hit.start : hit.end]
    own = [d for kind in ("镇", "乡", "街道") for d in places.named(stem + kind, within=home.near, level=4)]
    return place_of(own[0].code) if len(own) == 1 else None


def _crosses(flow: str, hit: Hit, within: str) -> bool:
    """Whether a short name begins with the last character of a township (平浪镇|坪阳村, not the county 镇坪)."""
    ends = flow[hit.start] in "镇乡"
    return ends and any(
        places.named(flow[hit.start - n : hit.start + 1], within=within, level=4) for n in range(1, 8) if n <= hit.start
    )


def _township(
    geography: Geography, m: re.Match[str], ending: Mapping[int, Place | None], taken: set[int]
) -> Hit | None:
    """The township that a match ends in: one the gazetteer knows, or one right behind the county it lies in."""
    flow, boundaries = geography.page.flow, geography.page.boundaries
    end, suffix = m.end(), m["suffix"]
    ethnic = suffix == "乡" and flow[end - 2] == "族"
    first = max(0, end - _LONGEST_ETHNIC) if ethnic else m.start()
    start = next((i for i in range(end - 1, first, -1) if i in ending), m.start())
    # jieba cuts 广德|市柏垫|镇: right behind a county no border is needed.
    while start < end - 1 and start not in ending and not boundaries[start]:
        start += 1
    behind = ending.get(start)
    above = behind or geography.around(start)
    if above is None or above.code is None:
        return None
    if start not in ending:
        start = _widened(flow, m.start(), end, ending, _LONGEST_ETHNIC if ethnic else 7)
    within = above.code if above.is_county else above.near
    for begin in range(start, end - len(suffix)):
        words = flow[begin:end]
        stem = words.removesuffix(suffix)
        if begin in taken or stem in _NOT_TOWNSHIP:
            continue
        known = places.townships_named(words, within) or _elsewhere(geography, words, begin, within)
        if len(known) == 1:
            return Hit(begin, end, place_of(known[0].code), True)
        if begin != start and not boundaries[begin]:
            continue
        most = _LONGEST_ETHNIC if ethnic else 4
        explicit = behind and begin == start and 2 <= len(stem) <= most and suffix != "街道"
        explicit = explicit and words[0] not in "的是有在被为把将" and not BODY_FOLLOWS.match(flow, begin)
        if explicit and places.by_code(above.near).level == 3:
            return Hit(begin, end, uncoded(words, above), True)
    return None


def _widened(flow: str, start: int, end: int, ending: Mapping[int, Place | None], longest: int) -> int:
    """*start*, or earlier: 沙镇溪镇 holds a match of its own that ends before this one begins."""
    while start and end - start < longest and start not in ending and "\u4e00" <= flow[start - 1] <= "\u9fff":
        start -= 1
    return start


def _elsewhere(geography: Geography, words: str, at: int, within: str) -> tuple[places.Division, ...]:
    """The township of that name in the county that the sentence names (乙县政协在甲镇 in a section of 丙区)."""
    sentence = geography.page.sentence(at)
    for hit in reversed(geography.hits_within(sentence.start, at)):
        if hit.place and hit.place.is_county and hit.place.code != within:
            if places.by_code(hit.place.near).level != 3:
                return ()
            return places.townships_named(words, hit.place.near)
    return ()


def _village(geography: Geography, m: re.Match[str], ending: Mapping[int, Place | None]) -> Hit | None:
    """The village that a match ends in, right behind the district it lies in."""
    flow = geography.page.flow
    last = m.end() - (2 if m[0].endswith("嘎查") else 1)
    for begin in range(last - 1, m.start() - 1, -1):
        above = ending.get(begin)
        # A 嘎查 stands behind its sumu or township only: 旗政协走进嘎查 names none.
        fits = above and (flow[last] == "村" or not above.is_county)
        if above and fits and _names_village(flow[begin:last], after=flow[m.end() : m.end() + 2]):
            return Hit(begin, m.end(), uncoded(flow[begin : m.end()], above), True)
        if above and not above.is_county:
            return None  # 某县|沃日镇|的驻村
    return None


def _names_village(stem: str, after: str) -> bool:
    """Whether the words between a district and 村 name a village: not 甲镇整村, 甲镇与乙村, 甲镇几十个村."""
    if stem in _NOT_VILLAGE or stem == "山" or stem[0] in "的各等与" or re.search("^多(?:$|[名家数])|个$", stem):
        return False
    if re.match("[一二三四五六七八九十]", stem) and (len(stem) == 1 or stem[1] in "个多余十百"):
        return False
    return (
        not tokens.tag(stem).startswith("v")
        or after[:1] in "的，。、；"
        or (stem in _VERBS_AS_NAMES and after not in _OF_VERBS)
    )
