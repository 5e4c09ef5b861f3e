"""Offices as the text words them, each with the body it is held in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kg import lexicon
from kg.extract.bodies import Bodies, Body, base_body
from kg.extract.draft import Drafts
from kg.extract.page import BODY, HAN, PLACE, Page
from kg.extract.persons.grammar import HEAD_OF_DISTRICT, ONE
from kg.extract.scope import Geography, Place, short_form
from kg.identity import NATION

# A body whose district the text never names: the post keeps the words as they stand.
_UNPLACED = re.compile(rf"[省市区县旗州盟镇乡](?:政协|委|政府|人大常委会|人大|纪委监委|纪委|法院|检察院)[{HAN}]{{0,6}}")
COMMITTEES = lexicon.table("committees")
_COMMITTEE = re.compile(rf"{lexicon.alternation(list(COMMITTEES))}|[{HAN}]{{2,12}}委员会")
_OWN_LEVEL = re.compile("(省|市|区|县|州|旗|镇|乡)(?=..)")
_LEVEL = re.compile("[省市区县旗州盟]")
_MARKS = re.compile("^(?:原|时任|代理|代|现任|前任)")
_ORGAN_ENDINGS = lexicon.words("organ_endings")
_UNIT_ENDINGS = (
    "公司", "集团", "厂", "合作社", "学校", "医院", "中学", "小学", "大学", "站", "所", "局", "中心", "办公室", "院",
    "社", "协会", "商会", "学会", "队", "馆", "支部", "总支", "党委", "委员会", "园", "场", "基地", "联合会", "工作室",
)  # fmt: skip
# People's organisations and departments that every district has: 区政协副主席、工商联主席 is of the same district.
_PEERS = re.compile(
    "(?:工商联|总工会|妇联|科协|文联|侨联|残联|红十字会|法学会|慈善总会|关工委|贸促会|社科联|团委|[^，。、]{2,6}局)$"
)
# Organs beside the one named before them: 镇党委委员、纪委书记, 街道党工委副书记、办事处主任, 县纪委常委、监委委员.
_BESIDE = frozenset({"纪委", "监委", "纪委监委", "纪工委", "人大", "人大主席团", "人大常委会", "人大工委", "政协", "政府", "办事处", "武装部", "监察组", "法院", "检察院"})  # fmt: skip
# Units that are no organ of the body named before them: 县政协委员、东山乡卫生院院长.
_APART = re.compile(
    "(?:卫生院|医院|学院|大学|中学|小学|学校|幼儿园|公司|集团|合作社|厂|银行|供电所|派出所|司法所|协会|商会|学会|事务所)$"
)
_OF_BUSINESS = frozenset({"总经理", "董事长", "经理", "厂长", "总裁", "店长"})
_PUBLIC = frozenset({"CPPCC", "PartyCommittee", "Government", "Congress"})
# Members of a conference by their trade or origin.
_MEMBERS_OF = frozenset({"政协委员", "农民委员", "医生委员", "律师委员"})
_OF_TOWN = _MEMBERS_OF | {"委员"}
"""Who is a member of the conference though a township or village stands before: 某镇某村委员."""
_MEMBER = frozenset({"委员", "政协委员", "常委", "常务委员", "副主席"})
_OVERSEAS = ("香港特别行政区", "澳门特别行政区", "台湾省")
_MEMBER_QUALIFIERS = frozenset({"", "政协", "界别", "党员"})
_OF_CONFERENCE = frozenset({"主席", "副主席", "党组书记", "党组成员", "秘书长"})
_OF_GROUP = frozenset({"书记", "副书记", "成员"})
_OF_BRANCH = frozenset({"书记", "副书记", "委员", "成员"})
_OF_BODY = frozenset({"主席", "副主席", "党组书记", "党组副书记"})


# Members are named by their sector, or by where they come from: 致公党界别委员, 台胞委员, 澳门委员.
_OF_SECTOR = re.compile(
    rf"[{HAN}]{{0,6}}界别?|挂钩|驻[村站室点]|[值轮][班守]|领衔|牵头|联系|包[联村保]|住[村站]|退休|年轻|台胞|台属|侨胞|归侨|侨界|港澳|香港|澳门|特邀|少数民族|企业家|农民|基层|女|青年|港澳台侨"
)


# 潘保|村党支部书记 of a village no gazetteer holds.
_OF_VILLAGE = {"村党支部书记": ("党支部", "书记"), "村支部书记": ("党支部", "书记"), "村支书": ("", "村支书"), "村主任": ("", "村主任"), "村委会主任": ("村委会", "主任")}  # fmt: skip
_IN_VILLAGE = re.compile("党支部|党总支|党委|村委会|居委会|妇联|团支部|老年协会|(?=书记)")
_PARTIES = frozenset(("民革", "民盟", "民建", "民进", "农工党", "致公党", "九三学社", "台盟"))
_PARTY_MEMBERS = frozenset(("会员", "盟员", "社员", "党员", "成员"))
_OF_SECTION = frozenset({"股长", "副股长", "科长", "副科长"})
_AT_HOME = re.compile("(?:社区|村)(?P<unit>党委|党总支|党支部|居委会|村委会)(?P<title>副?(?:书记|主任))")
_VILLAGERS = frozenset({"村民", "居民", "牧民", "村支书", "村主任", "老支书"})
_OF_COMMITTEE = frozenset({"主任", "副主任"})
_OF_BUREAU = frozenset({"局长", "副局长"})
_AGED = re.compile("^岁的")  # 65|岁的村民
_HERE = frozenset({"", "社区", "村", "本村", "该村", "当地"})
_VILLAGES = ("村", "社区", "嘎查", "居委会")
_TOWNS = ("镇", "乡", "街道", "苏木", "村", "社区")
_REPEATS = re.compile(
    rf"""
    该?(?P<unit>公司|集团|合作社|工作室|工作站|联络站|联络室|救援队|协会|商会|学会|学校|医院|支部|党支部|书画院|事务所|企业|基金会
      |议事厅|[^，。、]{{1,3}}[院馆社队会])
    (?P<section>[{HAN}]{{2,6}}[部处室科])?
    """,
    re.VERBOSE,
)
# A village or community that the gazetteer does not hold: 青得里街道北城社区|居民.
_WITHIN = re.compile(rf"[{HAN}]{{2,7}}(?:社区|村|嘎查|居委会)")


class Held(NamedTuple):
    """An office, the body it is held in, and the code of the district that body belongs to."""

    body: str | None
    near: str | None
    title: str


@dataclass(frozen=True, slots=True)
class Offices:
    """Reads offices against the districts and bodies of one document."""

    page: Page
    geography: Geography
    bodies: Bodies
    drafts: Drafts

    def read(self, start: int, end: int) -> list[Held]:
        """Offices in ``shadow[start:end]``, each with the body it is held in."""
        return list(self._read(start, end))

    def read_of(self, start: int, of: int, end: int) -> list[Held]:
        """Offices in ``flow[start:end]`` where 的 at *of* may join a unit to its office: 县水产技术推广站的|高级工程师."""
        if of < 0:
            return self.read(start, end)
        title = self.page.flow[of + 1 : end]
        named = self.bodies.within(start, of)
        unit = max((b for b in named if b.end == of), key=lambda b: b.end - b.start, default=None)
        return [Held(unit.name if unit else None, unit.near if unit else None, title)]

    def _read(self, start: int, end: int) -> Iterator[Held]:
        body: Body | None = None
        place_name: str | None = None
        near: str | None = None
        for m in ONE.finditer(self.bodies.shadow, start, end):
            title = (m["former"] or m["mark"] or "") + m["title"]
            qualifier = m["qualifier"].lstrip("、，兼任并和由")
            if m["body"]:
                body, place_name, near = self._holder(m)
            held, title, body = _held(body, title, named=bool(m["body"]))
            title = "委员" if title in _MEMBERS_OF else title
            where: str | None
            scope = self._own_level(qualifier, start) if not m["body"] else None
            if title in _PARTY_MEMBERS and qualifier in _PARTIES:
                where = qualifier
            elif scope:
                where, near = short_form(scope) + qualifier[1:], scope.near
            elif (held and held.place and qualifier in _BESIDE and not m["body"]) or (
                held and held.place and qualifier and not m["body"] and _PEERS.match(qualifier)
            ):
                where = short_form(held.place) + qualifier
            elif held and not m["body"] and not qualifier and title in _VILLAGERS:
                where, near = self.by_scope(title, "", start)
            elif (
                held and not m["body"] and qualifier in ("", "政协") and title == "委员" and held.root.kind == "Rescue"
            ):
                where, near = self.by_scope(title, qualifier, start)
            elif held and not m["body"] and (at_home := _AT_HOME.fullmatch(qualifier + title)):
                # 区人大代表、社区党委书记: of the community told of, not of the congress.
                village = self._village(start)
                where, near = (village.name + at_home["unit"], village.near) if village else (None, None)
                title = at_home["title"] if village else qualifier + title
            elif held and qualifier and not m["body"] and (_APART.search(qualifier) or _is_business(held, title)):
                where = qualifier
            elif title in _OF_VILLAGE and qualifier:
                where = qualifier.removesuffix("村") + "村" + _OF_VILLAGE[title][0]
                title = _OF_VILLAGE[title][1]
            elif held and not m["body"] and _WITHIN.fullmatch(qualifier):
                unit = _IN_VILLAGE.match(title)
                where, title = (qualifier + unit[0], title[unit.end() :]) if unit else (qualifier, title)
            elif held and not m["body"] and title in _OF_SECTION and qualifier.endswith(title[-2]):
                where, title = held.name, qualifier + title
            elif held:
                where = held.name + (COMMITTEES.get(qualifier, qualifier) if _is_organ(qualifier) else "")
            elif place_name and qualifier.endswith(_UNIT_ENDINGS):
                where = self.page.flow[m.start("body") : m.end("qualifier")]
            elif place_name and m["title"] in _OF_TOWN and place_name.endswith(_TOWNS):
                where, near = self.by_scope(title, "", start)
            elif place_name in _OVERSEAS and m["title"] in _MEMBER:
                where, near = self.by_scope(m["title"], "", start)
            elif place_name and (within := _WITHIN.fullmatch(qualifier.removesuffix("的"))):
                where = within[0]
            elif place_name:
                where = self._in_place(place_name, title)
            else:
                where, near = self.by_scope(title, qualifier, start)
                if where is None and (same := self._named_before(qualifier, m.start())):
                    where, near, title = same[0].name, same[0].near, same[1] + title
                elif where is None and _UNPLACED.fullmatch(qualifier):
                    where = qualifier
                elif where is None and m["title"] == "政协委员" and _LEVEL.fullmatch(qualifier):
                    where = qualifier + "政协"
            if HEAD_OF_DISTRICT.search(title) and where and where.endswith("政府"):
                self._government(where, m.span())
            yield Held(where, near, title)

    def _holder(self, m: re.Match[str]) -> tuple[Body | None, str | None, str | None]:
        """The body, else the name of the district, that a unit names, and the code of the nearest district."""
        first = m.start("body")
        if self.bodies.shadow[first] == BODY:
            body = max(self.bodies.within(first, first + 1), key=lambda b: b.end, default=None)
            return body, None, (body.near or NATION) if body else None
        hit = self.geography.at(first + m["body"].rfind(PLACE))
        return (None, hit.place.name, hit.place.near) if hit and hit.place else (None, None, None)

    def _own_level(self, qualifier: str, at: int) -> Place | None:
        """The district of an organ named by a bare level: 市 of 市提案委."""
        own = _OWN_LEVEL.match(qualifier)
        return self.geography.resolve(own[1], at) if own and _is_organ(qualifier) else None

    def _named_before(self, words: str, at: int) -> tuple[Body, str] | None:
        """The body last named in the same section that bare *words* repeat, and the section of it that they name.

        公司 of 公司董事长, 书画院, 工作室; 该公司|安全环保部 of 经理.
        """
        again = _REPEATS.fullmatch(words)
        if not again:
            return None
        unit = again["unit"]
        floor = max(at - 800, self.page.document.sections[self.page.section(at)].start)
        named = (b for b in reversed(self.bodies.within(floor, at)) if b.name.endswith(unit) and b.name != unit)
        body = next(named, None)
        return (body, again["section"] or "") if body else None

    def _bureau(self, at: int) -> Body | None:
        """The bureau last named in the same line, whose head is told of: 市教育局拿出方案。局长甲说."""
        named = reversed(self.bodies.within(max(self.page.line(at).start, at - 300), at))
        return next((b for b in named if b.kind == "Department" and b.name.endswith("局")), None)

    def _village(self, at: int) -> Place | None:
        """The village or community named last, not far before, whose villager speaks."""
        floor = max(self.page.document.sections[self.page.section(at)].start, at - 300)
        named = (hit.place for hit in reversed(self.geography.hits_within(floor, at)))
        return next((place for place in named if place and place.name.endswith(_VILLAGES)), None)

    def _government(self, name: str, span: tuple[int, int]) -> None:
        """Note the government that a head of it belongs to, though the text names only the office."""
        if self.drafts.named("Organisation", name):
            return
        home = self.geography.home
        named = (h.place for h in self.geography.hits if h.place)
        place = next((p for p in named if name in (f"{p.name}政府", f"{short_form(p)}政府")), None)
        if place is None and home and name == f"{home.name}政府":
            place = home
        if place:
            body = base_body(place, "政府", span)
            draft = self.drafts.draft("Organisation", body.id, body.name)
            draft.state(span, "body.of-office", ("place", place.name))
            draft.add("kind", "Government")

    def _in_place(self, name: str, title: str) -> str:
        """阳朔县县长 holds office in the county's government; a villager is of the village."""
        if not HEAD_OF_DISTRICT.fullmatch(title):
            return name
        place = next((h.place for h in self.geography.hits if h.place and h.place.name == name), None)
        return (short_form(place) if place else name) + "政府"

    def by_scope(self, title: str, qualifier: str, at: int) -> tuple[str | None, str | None]:
        """Body of an office that names none: 委员 in the section of a CPPCC body is its member."""
        bare = _MARKS.sub("", title)
        section = self.bodies.around(at)
        root = section.root if section else None
        if _UNPLACED.fullmatch(qualifier):
            return None, None
        if root and root.kind == "CPPCC" and _COMMITTEE.fullmatch(qualifier):
            return root.name + COMMITTEES.get(qualifier, qualifier), root.near
        member = bare in _MEMBER and (qualifier in _MEMBER_QUALIFIERS or bool(_OF_SECTOR.fullmatch(qualifier)))
        if root and root.kind == "CPPCC" and (member or "政协" in qualifier):
            return root.name, root.near
        if bare in _OF_CONFERENCE and not qualifier:
            actor = self.bodies.subject(at)
            if actor and actor.root.kind == "CPPCC":
                return actor.root.name, actor.root.near
        if section and section.kind == "Committee" and bare in _OF_COMMITTEE and not qualifier:
            return section.name, section.near
        if bare in _OF_BUREAU and not qualifier and (bureau := self._bureau(at)):
            return bureau.name, bureau.near
        level = HEAD_OF_DISTRICT.fullmatch(bare)
        if level and level[1]:
            # 镇长 in a text of a township's own is its own, whichever other it speaks of.
            own = root.place if root and root.place and root.place.name.endswith(level[1]) else None
            place = own if own and level[1] in "镇乡" else self.geography.resolve(level[1], at)
            return (base_body(place, "政府", (at, at)).name, place.near) if place else (f"{level[1]}政府", None)
        if bare in _VILLAGERS and _AGED.sub("", qualifier) in _HERE and (village := self._village(at)):
            return village.name, village.near
        place = self.geography.resolve(bare[0], at) if bare.endswith("领导") else None
        return (place.name, place.near) if place else (None, None)


def _held(body: Body | None, title: str, *, named: bool) -> tuple[Body | None, str, Body | None]:
    """The body an office is held in, the office, and the body that the units behind it go on with."""
    if body and body.kind == "PartyGroup" and body.parent:
        if title in _OF_GROUP:
            return body.parent, body.name[len(body.parent.name) :] + title, body
        if not title.startswith("党组"):
            return body.parent, title, body.parent
    elif body and body.root.kind == "PartyCommittee" and body.place and HEAD_OF_DISTRICT.fullmatch(title):
        government = base_body(body.place, "政府", (body.start, body.end))
        return government, title, government
    elif body and body.kind == "PartyBranch" and body.parent and title in _OF_BRANCH:
        # 县政协机关党支部书记、办公室主任: the office is the body's.
        return body, title, body.root
    elif body and body.parent and not named and title in _OF_BODY:
        return body.parent, title, body
    return body, title, body


def _is_business(body: Body, title: str) -> bool:
    """Whether an office is one of business that no public body has: 县政协委员、某某药业|总经理."""
    return body.root.kind in _PUBLIC and _MARKS.sub("", title).removeprefix("副") in _OF_BUSINESS


def _is_organ(words: str) -> bool:
    """Whether the words between a body and a title name an organ of it (办公室, 提案委)."""
    return words.endswith(_ORGAN_ENDINGS)
