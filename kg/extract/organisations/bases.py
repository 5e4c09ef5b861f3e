"""Bodies of a district by their core word: 政协哈尔滨市委员会, 区政协, 省、市、区委, and the organs that hang on them."""

from __future__ import annotations

import re

from kg import lexicon
from kg.chinese import places
from kg.extract.bodies import Body, base_body, body_id
from kg.extract.organisations.findings import Findings
from kg.extract.organisations.organs import organs
from kg.extract.page import DISTRICT, NUMERAL, PLACE, PLACE_REST
from kg.extract.scope import Place, place_of, short_form
from kg.identity import NATION, iri

_LEVEL = "自治区|自治州|自治县|自治旗|省|市|区|县|旗|州|盟|镇|乡|街道|苏木|社区|村|嘎查"
_TERM = rf"(?:第?{NUMERAL}{{1,3}}届|新一届|本届|上届|历届)"
_CORE = """
    人民代表大会常务委员会|人民代表大会|人大常委会|人大主席团|人大(?!代大|代表(?:中心)?(?:之家|联络站|工作室|活动室|家站))|政协
    |纪委监委|纪检监察委|纪检监察工委|纪律检查委员会|监察委员会|纪工委|纪委|监委
    |常务委员会|委员会(?!议)|人民政府|政府|党工委|党委|(?<=村)委会|委(?![员托派任屈身婉以])
    |行政公署|行署|地委(?![员托派任])
    |党总支|党支部|村民委员会|村委会|居民委员会|居委会
"""
_BASE = re.compile(
    rf"""
    (?P<before>{_TERM})?
    (?:(?P<owner>中国人民政治协商会议|政协|中国共产党|中共)(?P<since>第?{NUMERAL}{{1,3}}届)?)?
    (?:(?P<place>{DISTRICT}+(?:新区|高新区|经开区|县(?=[委政人纪监]))?)|(?P<deictic>[我本])?(?P<level>{_LEVEL}|地(?=委)))
    (?P<term>{_TERM}(?:(?:{_LEVEL})(?=政协))?)?
    (?P<core>{_CORE})
    """,
    re.VERBOSE,
)
_COORDINATED = re.compile(
    r"""
    (?P<centre>中央|全国)?[和、及]?
    (?P<levels>(?:[省市区县旗州盟][、和及]?)+[省市区县旗州盟])
    (?P<core>委(?![员托派任])|政协(?!委员会)|政府|人大|纪委)
    """,
    re.VERBOSE,
)
_COUNTIES = re.compile("[县区旗]市?[县区旗]")
"""Without a mark between them a class: 县区政协, 旗县市区党委."""
_COUNT = "[两二三四五六七八九十]+个?"
_LISTED = re.compile(
    rf"""
    (?P<list>{DISTRICT}(?:(?:[、和]|{_COUNT}(?:区|县|市|旗|州|县区)[和、及]){DISTRICT})+)
    (?:等?{_COUNT}(?:省市?区|省市|省|区县|县区|县市区?|市县|市州|州市|盟市|区|县|市|旗|州))?(?:的)?
    (?P<core>政协(?!委员会)|委(?![员托派任])|政府|人大常委会|人大|纪委监委|纪委)
    """,
    re.VERBOSE,
)
# 部分区政协, 各市政府: some or all of a level, no one body.
_ANY_OF = re.compile("(?:部分|各|有关|相关|所辖|辖下|辖区|多个|其他|兄弟|两级|周边|全国|全省|每个|某)$")
_CLASSED = re.compile(f"(?:[乡镇县村]|联合|{lexicon.alternation(lexicon.words('generic', 'village'))})$")
_TOWNS = ("镇", "乡", "街道", "苏木", "地区")
_WITHOUT_CONGRESS = ("街道", "地区", "盟")
_TOWN_GROUP = re.compile("(?:委员)?(?:工作)?(?:联络[组室处站]|联络委员会|工委|工作委员会|工作组|工作站|小组|活动组)")
_CONFERENCE = ("政协", "中国人民政治协商会议")
_COMMITTEE = ("委员会", "常务委员会")
_OF_VILLAGES = frozenset({"党总支", "党支部", "村民委员会", "村委会", "委会", "居民委员会", "居委会"})
_VILLAGE = ("村", "社区", "居", "屯", "嘎查", "庄")
_OF_PREFECTURE = frozenset({"地委", "行署", "行政公署"})
_DOUBTED = frozenset({"政协", "委", "政府", "人民政府", "人大", "人大常委会"})


def coordinated(found: Findings) -> None:
    """省、市、区委: one body for every level of the list."""
    for m in _COORDINATED.finditer(found.shadow):
        span = (m.start("levels"), m.end())
        if _COUNTIES.search(m["levels"]):
            continue
        if not found.page.boundaries[m.start("levels")] or not found.take(*span):
            continue
        if m["centre"] == "全国" and m["core"] in ("政协", "人大"):
            name, kind = f"全国{m['core']}", "CPPCC" if m["core"] == "政协" else "Congress"
            found.note(Body(*m.span(), iri("body", NATION, name), name, kind), "body.coordinated")
        for level in re.findall(_LEVEL, m["levels"]):
            place = found.geography.resolve(level, m.start("levels"))
            if place:
                found.note(base_body(place, m["core"], span), "body.coordinated")
            else:
                _doubt(found, span, level)


def listed(found: Findings) -> None:
    """甲、乙、丙三区和丁、戊两市政协: one body for every district of the list."""
    for m in _LISTED.finditer(found.shadow):
        hits = [found.geography.at(m.start() + i) for i, c in enumerate(m["list"]) if c == PLACE]
        named = [hit.place for hit in hits if hit and hit.place]
        if len(named) == len(hits) and all(_has(place, m["core"]) for place in named) and found.take(*m.span()):
            for place in named:
                found.note(base_body(place, m["core"], m.span()), "body.coordinated")


def named(found: Findings) -> None:
    """政协哈尔滨市第十四届委员会, 道里区委, 市政府: one body of one district, named or relative, with its organs."""
    for m in _BASE.finditer(found.shadow):
        level, owner, core = m["level"], m["owner"] or "", m["core"]
        start = m.start()
        if m["before"] and not level:
            start = m.start("owner") if owner else m.start("place")
        first = next(group for group in ("deictic", "before", "level", "place") if m[group])
        if level and not owner and not found.begins(m.start(first)):
            continue
        if level in ("镇", "乡", "村") and _CLASSED.search(found.flow, max(0, m.start("level") - 4), m.start("level")):
            continue  # 乡镇党委, 试点村党支部: classes
        if m["place"] and m["place"][-1] == "县" and found.flow[m.end("place") - 2] != "县":
            continue  # 昆明市县委书记: a class; but 岷县县委
        if core in _COMMITTEE and not owner and not (m["term"] and m["place"]):
            continue
        if owner in _CONFERENCE and core not in _COMMITTEE:
            start, owner = m.start("place") if m["place"] else m.start("level"), ""
        if not found.free(start, m.end()) or (
            level and not owner and _ANY_OF.search(found.flow, max(0, start - 4), start)
        ):
            continue
        place = _prefecture(found, m) or found.geography.of_match(m)
        if level == "区" and core == "党委":
            place = found.geography.resolve("自治区", start)
        if place is None:
            if level and core in _DOUBTED:
                _doubt(found, (start, m.end()), level)
            continue
        if core in ("政协", "人大") and place.name.endswith(_TOWNS if core == "政协" else _WITHOUT_CONGRESS):
            _of_town(found, place, core, start, m.end())
            continue
        if not _has(place, core):
            continue
        body = base_body(place, core, (start, m.end()), owner)
        _expand(found, m, body)
        body = found.note(body, "body.relative" if level else "body.named", _term(m))
        found.taken.mark(start, organs(found, body))


def _prefecture(found: Findings, m: re.Match[str]) -> Place | None:
    """The prefecture whose committee or office a short name shared with its city stands before: 阿克苏地委, 兴安行署."""
    if not m["place"] or m["core"] not in _OF_PREFECTURE:
        return None
    at = m.start("place") + m["place"].rfind(PLACE)
    named = (d for type_ in ("地区", "盟") for d in places.named(found.flow[at : m.start("core")] + type_))
    return next((place_of(d.code) for d in named if d.last is None), None)


def _of_town(found: Findings, place: Place, core: str, start: int, end: int) -> None:
    """平浪镇政协联络组, 盟人大工委: a place without a conference of its own has a group or office of the one above."""
    m = _TOWN_GROUP.match(found.flow, end)
    if not m or not found.take(start, m.end()):
        return
    words, at = core + m[0], start
    while m and at > 1 and found.shadow[at - 1] in "、和" and found.shadow[at - 2] in (PLACE, PLACE_REST):
        # 甲街道、乙街道政协联络室
        at = found.shadow.rfind(PLACE, 0, at - 1)
        hit = found.geography.at(at)
        if hit is None or hit.place is None or not hit.place.name.endswith(_TOWNS) or found.taken[at]:
            break
        found.note(_group_of(hit.place, words, (at, m.end())), "body.coordinated")
    found.note(_group_of(place, words, (start, m.end())), "body.named")


def _group_of(place: Place, words: str, span: tuple[int, int]) -> Body:
    kind = "Station" if words.startswith("政协") else "Other"
    return Body(*span, body_id(place, words), short_form(place) + words, kind, place)


def _doubt(found: Findings, span: tuple[int, int], level: str) -> None:
    found.drafts.doubt("Organisation", span, (), f"no district of the level {level} is named where this speaks")


def _has(place: Place, core: str) -> bool:
    """Whether such a district can have such a body: a village has no 委 and no 人大, a county no 党委, a township no 政协."""
    if core == "委":
        return place.name[-1] not in "村屯"
    if core in _OF_VILLAGES:
        return place.name.endswith(_VILLAGE)
    if core == "政协":
        return place.is_county
    if core in _OF_PREFECTURE:
        return place.name.endswith(("地区", "盟"))
    if core.startswith(("人大", "人民代表大会")):
        return place.name[-1] not in "村屯"
    if core in ("党委", "党工委"):
        return place.name.endswith(("村", "社区", "镇", "乡", "街道", "苏木", "自治区", "自治州"))
    return True


def _term(m: re.Match[str]) -> str:
    """The term of office that a name states by its number (第十四届), else nothing."""
    term = (m["before"] or "") + (m["since"] or "") + (m["term"] or "")
    return "" if term[:1] in "新本上历" else re.sub(rf"(?:{_LEVEL})$", "", term)


def _alike(one: Place, other: Place | None) -> bool:
    """Whether two districts are of one level: 甲县和丙省乙市政协 where 乙市 is a county too."""
    if other is None or one.name[-1] == other.name[-1]:
        return other is not None
    return all(place.is_county and places.by_code(place.near).level == 3 for place in (one, other))


def _expand(found: Findings, m: re.Match[str], body: Body) -> None:
    """甲区、乙区政协 names the body of every district in the list."""
    at, shadow = m.start(), found.shadow
    while m["place"] and at > 1 and shadow[at - 1] in "、和" and shadow[at - 2] in (PLACE, PLACE_REST):
        at = shadow.rfind(PLACE, 0, at - 1)
        hit = found.geography.at(at)
        place = hit.place if hit else None
        if place is None or not _alike(place, body.place) or found.taken[at]:
            return
        found.note(base_body(place, m["core"], (at, m.end()), m["owner"] or ""), "body.coordinated")
