"""Bodies by grammar: place + kind (+ term) + organ + sub-organ, in every spelling, relative names resolved by scope."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kg import lexicon
from kg.chinese import tokens
from kg.extract.draft import Drafts
from kg.extract.geography import Geography, Place, note_implied
from kg.extract.page import BODY, BODY_REST, HAN, PLACE, PLACE_REST, Page, Quoted, mask
from kg.identity import NATION, iri, normal


class Body(NamedTuple):
    """A body named at ``flow[start:end]``."""

    start: int
    end: int
    id: str
    name: str
    kind: str
    place: Place | None
    part_of: str | None
    parent: Body | None
    """The body this is an organ of, as a mention at the same place."""

    @property
    def root(self) -> Body:
        """The body of the district that this is an organ of, or the body itself."""
        return self.parent.root if self.parent else self


_P = f"(?:{PLACE}{PLACE_REST}*)"
_LEVEL = "自治区|自治州|自治县|自治旗|省|市|区|县|旗|州|盟|镇|乡|街道"
_TERM = r"(?:第?[一二三四五六七八九十]{1,3}届|新一届|本届|上届|历届)"
_CORE = (
    "人民代表大会常务委员会|人民代表大会|人大常委会|人大(?!代表大)|政协|纪委监委|纪检监察委|纪律检查委员会|监察委员会|纪委|监委"
    "|常务委员会|委员会(?!议)|人民政府|政府|党工委|党委|委(?![员托派任屈身婉以])"
)
_BASE = re.compile(
    rf"""
    (?P<before>{_TERM})?
    (?P<owner>中国人民政治协商会议|政协|中国共产党|中共)?
    (?:(?P<place>{_P}+(?P<zone>新区|高新区|经开区)?)|(?P<deictic>[我本])?(?P<level>{_LEVEL}))
    (?P<term>{_TERM}(?:(?:{_LEVEL})(?=政协))?)?
    (?P<core>{_CORE})
    """,
    re.VERBOSE,
)
_COORDINATED = re.compile(
    r"(?P<centre>中央|全国)?[和、及]?(?P<levels>(?:[省市区县旗州盟][、和及]?)+[省市区县旗州盟])(?P<core>委(?![员托派任])|政协(?!委员会)|政府|人大|纪委)"
)
_COUNT = "[两二三四五六七八九十]+(?:个)?"
_LISTED = re.compile(
    rf"(?P<list>{_P}(?:(?:[、和]|{_COUNT}(?:区|县|市|旗|州|县区)[和、及]){_P})+)(?:等?{_COUNT}?(?:区县|县区|区|县|市|旗|州))?(?:的)?(?P<core>政协(?!委员会)|委(?![员托派任])|政府|人大常委会|人大|纪委监委|纪委)"
)
_PARTY = re.compile(
    rf"(?P<party>{lexicon.alternation([r[0] for r in lexicon.rows('parties')])}|共青团|团)"
    rf"(?:(?P<centre>中央)|(?:(?P<place>{_P}+)[省市区县旗州盟]?|(?P<level>[省市区县旗州盟]))(?P<core>委员会|委会|工委|委(?![员托派])|总支|支部))"
)
_NATIONAL = re.compile(f"(?:{lexicon.alternation([r[0] for r in lexicon.rows('national_bodies')])})")
_CENTRE = re.compile(r"(?<![共党团])中央(?![电空企财广银厨军纪组宣统政办党人])")
_MEDIA = re.compile(r"(?:[日晚早周时]报|(?<![汇通举预情快简公喜海])报(?!告)|周刊|月刊|杂志|新闻网|电视台)$")

_ABBREVIATED = lexicon.table("committees")
_COMMITTEE = rf"(?:[{HAN}、]{{2,14}}?委员会(?![议员])|{lexicon.alternation(list(_ABBREVIATED))}|[{HAN}]{{2,12}}?(?<![专工常党区县市省州])委(?![员托派任会屈办]))"
_ORGANS: dict[str, re.Pattern[str]] = {
    "any": re.compile(
        r"(?P<standing>常委会(?!议)|常务委员会(?!会议))"
        r"|(?P<group>(?:机关)?党组(?!会))|(?P<party>机关党委|临时党委)|(?P<branch>(?:履职|机关|第[一二三四五六七八九十]+|临时)?(?:党总支|党支部))"
        r"|(?P<office>办公室|办公厅|秘书处|研究室)"
    ),
    "CPPCC": re.compile(
        rf"(?P<committee>{_COMMITTEE})"
        rf"|(?P<other>[{HAN}]{{2,12}}?领导小组|[{HAN}]{{2,8}}?工作专班|[{HAN}]{{0,6}}?(?:工委|工作委员会))"
        rf"|(?P<station>[{HAN}]{{2,8}}?委员(?:工作[站室]|联络站|活动室))"
    ),
    "PartyCommittee": re.compile(
        rf"(?P<department>组织部|宣传部|统战部|统一战线工作部|社会工作部|政法委员会|政法委|党校|老干部局|老干部工作局|巡察办|巡察工作领导小组办公室|政策研究室|改革办|网信办|编办|农办|外办|督查室|督办室|直属机关工委|机关工委|党史研究室|办(?!公|理|好|事|实|法))"
        rf"|(?P<other>[{HAN}]{{2,14}}?领导小组(?:办公室)?|[{HAN}]{{2,10}}?(?:委员会|工委)(?![议员]))"
    ),
    "Congress": re.compile(
        rf"(?P<office>办公室|机关)|(?P<presidium>主席团)|(?P<committee>{_COMMITTEE})|(?P<office2>[{HAN}]{{2,8}}?工作委员会)"
    ),
    "Government": re.compile(
        rf"(?P<department>[{HAN}]{{0,8}}?(?:局|委员会|办公室|办公厅|督办室|督查室|厅|(?<!主)办(?!公|理|好|事|实|法|公)))(?![长主])"
    ),
    "Department": re.compile(
        rf"(?P<office>第[一二三四五六七八九十]+[{HAN}]{{2,6}}?室|[{HAN}]{{2,6}}?(?:监督室|审理室|监督检查室|审查调查室|信访室|案管室))"
    ),
    "Committee": re.compile(r"(?P<branch>履职党总支|履职党支部|党总支|党支部)|(?P<office>办公室)"),
}
_KIND_OF_GROUP = {
    "standing": "", "group": "PartyGroup", "party": "PartyCommittee", "branch": "PartyBranch", "office": "Department", "office2": "Department",
    "committee": "Committee", "other": "Other", "station": "Station", "department": "Department", "presidium": "Congress",
}  # fmt: skip

_STOPS = frozenset(lexicon.words("stops"))
_IN_COMMITTEES = frozenset(lexicon.words("generic", "committee"))
_ENDINGS = {row[0]: row[1] for row in lexicon.rows("bodies")}
_RELATIVE_ENDINGS = [row[0] for row in lexicon.rows("bodies") if "rel" in row[2:3][0:1]]
_FREE_ENDINGS = [row[0] for row in lexicon.rows("bodies") if "free" in row[2:3][0:1]]
_RUN = rf"(?:(?![的了在和与及向从被把将是对为以等并])[{HAN}{PLACE}{PLACE_REST}A-Za-z0-9（）·])"
_ENDED = re.compile(
    rf"(?P<place>{_P}+)(?P<run>[{HAN}]{{2,8}}和[{HAN}]{{2,8}}?局|{_RUN}{{0,18}}(?:{lexicon.alternation(list(_ENDINGS))}))(?![长员])"
)
_ENDED_RELATIVE = re.compile(
    rf"(?P<level>[省市区县旗州盟镇乡])(?P<run>[{HAN}]{{2,8}}和[{HAN}]{{2,8}}?局|{_RUN}{{0,8}}?(?:{lexicon.alternation(_RELATIVE_ENDINGS)}))(?![长员])"
)
_ENDED_FREE = re.compile(lexicon.alternation(_FREE_ENDINGS))
# Endings that name nothing without a word before them: 哈尔滨公司 is no company's name.
_BARE_ENDINGS = frozenset("局 厅 中心 公司 集团 学校 大学 学院 医院 协会 大队 支队".split(" "))
_NOT_BUREAU = tuple("大全布格结时战开僵当残破政定新变")
_GENERIC_STEM = re.compile(
    "(?:乡镇|镇街|街镇|街道|社区|基层|政协|委员|界别|党员|村级|村居|县级|区级|市级|特色|专业|驻村|流动|线上|精品|各类|示范|[乡镇村街各])+"
)
_EMPTY_STEMS = frozenset(lexicon.words("generic", "station"))


_OWN = re.compile(
    "(?:系统)?(?:独有|特有|首创|独创|推出|开展|打造|创建|举办|组织开展|发起|主办|实施|建立|探索|成立|创新|持续开展|深入开展|扎实开展|积极开展|精心打造|倾力打造)?(?:了|的)?"
)


@dataclass
class Bodies:
    """The bodies of one document in reading order, and who speaks in each section."""

    page: Page
    mentions: list[Body] = field(default_factory=list)
    sections: list[Body | None] = field(default_factory=list)
    main: Body | None = None
    shadow: str = ""
    """The flow with districts and bodies masked."""

    def of_section(self, index: int) -> Body | None:
        """The body a section speaks for, else the document's main one."""
        return self.sections[index] or self.main

    def within(self, start: int, end: int) -> list[Body]:
        """Mentions that begin in ``flow[start:end]``, longest first at one start."""
        return self.mentions[bisect_left(self.mentions, (start,)) : bisect_left(self.mentions, (end,))]

    def ending(self, end: int, back: int = 40) -> Body | None:
        """The longest mention that ends at *end*."""
        found = [b for b in self.within(max(0, end - back), end) if b.end == end]
        return min(found, key=lambda b: b.start) if found else None

    def maker(self, at: int) -> Body | None:
        """The body named right before position *at* as the one whose own it is (甲政协独有的“…”)."""
        clause = self.page.clause(at, at + 1)
        for body in reversed(self.within(clause.start, at)):
            if body.end <= at and _OWN.fullmatch(self.page.flow, body.end, at):
                return body
        return None

    def subject(self, at: int) -> Body | None:
        """The body that acts at position *at*: the last one that opens a clause before it in the sentence, else the section's."""
        sentence = self.page.sentence(at)
        flow = self.page.flow
        for body in reversed(self.within(sentence.start, at)):
            if body.start == sentence.start or flow[body.start - 1] in "，；。：\n“” ":
                if (body.end < len(flow) and flow[body.end] in "、和及") or flow[body.end : body.end + 2] in (
                    "领导",
                    "主要",
                    "提出",
                    "确定",
                ):
                    continue
                return body
        return self.of_section(self.page.section(at))


def find(page: Page, geography: Geography, drafts: Drafts) -> Bodies:
    """Find the bodies of a document and note each in *drafts*."""
    search = _Search(page, geography, drafts)
    bodies = Bodies(page)
    bodies.mentions = search.run()
    bodies.shadow = mask(geography.shadow, ((b.start, b.end) for b in _outermost(bodies.mentions)), BODY, BODY_REST)
    bodies.sections = _speakers(page, bodies)
    bodies.main = _main(page, geography, bodies)
    _bare_groups(page, bodies, drafts)
    return bodies


def _outermost(mentions: list[Body]) -> list[Body]:
    out: list[Body] = []
    for body in sorted(mentions, key=lambda b: (b.start, -b.end)):
        if not out or body.start >= out[-1].end:
            out.append(body)
    return out


class _Search:
    """One pass over one document; what an earlier grammar took, a later one leaves alone."""

    def __init__(self, page: Page, geography: Geography, drafts: Drafts) -> None:
        self.page, self.geography, self.drafts = page, geography, drafts
        self.flow, self.shadow = page.flow, geography.shadow
        self.taken = bytearray(len(self.flow) + 1)
        self.found: list[Body] = []

    def run(self) -> list[Body]:
        self._parties()
        self._nationals()
        self._coordinated()
        self._listed()
        self._bases()
        self._ended()
        self._free()
        self._media()
        return sorted(set(self.found), key=lambda b: (b.start, -b.end, b.id))

    # -- the shared end of every grammar -------------------------------------------------------------------------

    def _take(self, start: int, end: int) -> bool:
        if any(self.taken[start:end]):
            return False
        self.taken[start:end] = b"\1" * (end - start)
        return True

    def _note(self, body: Body, rule: str, term: str = "") -> Body:
        span = (body.start, body.end)
        place = body.place
        supports = [("place", place.name if place else None), ("part_of", body.part_of), ("terms", term)]
        known = self.drafts.get("Organisation", body.id)
        self.drafts.note("Organisation", body.id, body.name, span, rule)
        fresh = [
            (f, v)
            for f, v in supports
            if v
            and (
                known is None
                or v not in (known.values.get(f), *(known.values.get("terms", []) if f == "terms" else []))
            )
        ]
        draft = self.drafts.note("Organisation", body.id, body.name, span, rule, supports=fresh, naming=False)
        draft.add("kind", body.kind)
        if place:
            note_implied(self.drafts, place, span)
        self.found.append(body)
        return body

    def _place(self, m: re.Match[str]) -> Place | None:
        """The district of a match: the last of the chain it names, or what its bare level means there."""
        if m["place"]:
            start = m.start("place") + max(i for i, c in enumerate(m["place"]) if c == PLACE)
            hit = self.geography.at(start)
            return hit.place if hit else None
        return self.geography.resolve(m["level"], m.start("level"))

    # -- grammars ------------------------------------------------------------------------------------------------

    def _parties(self) -> None:
        names = {row[0]: row[1] for row in lexicon.rows("parties")} | {"共青团": "共青团", "团": "共青团"}
        for m in _PARTY.finditer(self.shadow):
            party = names[m["party"]]
            if m["party"] == "团" and not (self.page.boundaries[m.start()] and m["level"]):
                continue
            kind = "Other" if party == "共青团" else "Party"
            if m["centre"]:
                if self._take(*m.span()):
                    self._note(
                        Body(*m.span(), iri("body", NATION, party), f"{party}中央", kind, None, None, None),
                        "body.party",
                    )
                continue
            place = self._place(m)
            if place is None or not self._take(*m.span()):
                continue
            core = "委" if m["core"] in ("委", "委会", "委员会") else m["core"]
            written = self.flow[m.start("place") : m.start("core")] if m["place"] else ""
            body = Body(
                *m.span(),
                iri("body", place.near, party + ("" if core == "委" else core)),
                f"{party}{written or short_form(place)}{core}",
                kind,
                place,
                None,
                None,
            )
            self._note(body, "body.party")

    def _nationals(self) -> None:
        canonical = {row[0]: (row[1], row[2]) for row in lexicon.rows("national_bodies")}
        for m in _NATIONAL.finditer(self.flow):
            name, kind = canonical[m[0]]
            alone = (
                self.page.boundaries[m.start()]
                or not m.start()
                or not ("\u4e00" <= self.flow[m.start() - 1] <= "\u9fff")
            )
            if alone and self._take(*m.span()):
                self._note(Body(*m.span(), iri("body", NATION, name), name, kind, None, None, None), "body.national")
        for m in _CENTRE.finditer(self.flow):
            if self.page.boundaries[m.start()] and self._take(*m.span()):
                self._note(
                    Body(*m.span(), iri("body", NATION, "中共中央"), "中共中央", "PartyCommittee", None, None, None),
                    "body.national",
                )

    def _coordinated(self) -> None:
        for m in _COORDINATED.finditer(self.shadow):
            levels = re.findall(_LEVEL, m["levels"])
            if not self.page.boundaries[m.start("levels")] or not self._take(m.start("levels"), m.end()):
                continue
            if m["centre"] == "全国" and m["core"] in ("政协", "人大"):
                name = f"全国{m['core']}"
                kind = "CPPCC" if m["core"] == "政协" else "Congress"
                self._note(Body(*m.span(), iri("body", NATION, name), name, kind, None, None, None), "body.coordinated")
            for level in levels:
                place = self.geography.resolve(level, m.start("levels"))
                if place is None:
                    self.drafts.doubt(
                        "Organisation",
                        (m.start("levels"), m.end()),
                        (),
                        f"no district of the level {level} is named where this speaks",
                    )
                else:
                    self._note(base_body(place, m["core"], "", (m.start("levels"), m.end())), "body.coordinated")

    def _listed(self) -> None:
        """甲、乙、丙三区和丁、戊两市政协: one body for every district of the list."""
        for m in _LISTED.finditer(self.shadow):
            hits = [self.geography.at(m.start() + i) for i, c in enumerate(m["list"]) if c == PLACE]
            if any(h is None or h.place is None for h in hits) or not self._take(*m.span()):
                continue
            for hit in hits:
                if hit and hit.place:
                    self._note(base_body(hit.place, m["core"], "", m.span()), "body.coordinated")

    def _bases(self) -> None:
        for m in _BASE.finditer(self.shadow):
            core, owner = m["core"], m["owner"] or ""
            start = m.start()
            if m["before"] and not m["level"]:
                start = m.start("owner") if owner else m.start("place")
            if (
                m["level"]
                and not owner
                and not self._begins(
                    m.start("deictic") if m["deictic"] else m.start("before") if m["before"] else m.start("level")
                )
            ):
                continue
            if core in ("委员会", "常务委员会") and not owner and not (m["term"] and m["place"]):
                continue
            if owner in ("政协", "中国人民政治协商会议") and core not in ("委员会", "常务委员会"):
                start = m.start("place") if m["place"] else m.start("level")
                owner = ""
            if any(self.taken[start : m.end()]):
                continue
            place = self._place(m)
            if place is None:
                if m["level"] and core in ("政协", "委", "政府", "人民政府", "人大", "人大常委会"):
                    self.drafts.doubt(
                        "Organisation",
                        (start, m.end()),
                        (),
                        f"no district of the level {m['level']} is named where this speaks",
                    )
                continue
            if core == "委" and place.name[-1] in "村屯":
                continue
            if core in ("党委", "党工委") and not place.name.endswith(("村", "镇", "乡", "街道", "苏木", "自治区")):
                continue
            term = (m["before"] or "") + (m["term"] or "")
            body = base_body(place, core, owner, (start, m.end()))
            self._expand(m, body)
            body = self._note(
                body,
                "body.relative" if m["level"] else "body.named",
                "" if term[:1] in "新本上历" else re.sub(rf"(?:{_LEVEL})$", "", term),
            )
            end = self._organs(body, m.end())
            self.taken[start:end] = b"\1" * (end - start)

    def _expand(self, m: re.Match[str], body: Body) -> None:
        """甲区、乙区政协 names the body of every district in the list."""
        if not m["place"]:
            return
        at = m.start()
        while at > 1 and self.shadow[at - 1] in "、和" and self.shadow[at - 2] in (PLACE, PLACE_REST):
            begin = self.shadow.rfind(PLACE, 0, at - 1)
            hit = self.geography.at(begin)
            if (
                hit is None
                or hit.place is None
                or body.place is None
                or hit.place.name[-1] != body.place.name[-1]
                or self.taken[begin]
            ):
                return
            self._note(base_body(hit.place, m["core"], m["owner"] or "", (begin, m.end())), "body.coordinated")
            at = begin

    def _organs(self, body: Body, at: int) -> int:
        """Follow the chain of organs that the text hangs on a body; note each; return where it ends."""
        while True:
            found: re.Match[str] | None = None
            for key in ("any", body.kind):
                pattern = _ORGANS.get(key)
                found = pattern.match(self.shadow, at) if pattern else None
                if found and self._names(found, body):
                    break
                found = None
            if not found or not found.lastgroup:
                return at
            kind = _KIND_OF_GROUP[found.lastgroup]
            at = found.end()
            if not kind:
                continue
            words = found[0]
            if kind == "Committee" and not words.endswith("会"):
                words = _ABBREVIATED.get(words, words + "员会")
            joint = self.found[-2] if len(self.found) > 1 else None
            name = body.name + words
            if (
                kind == "Department"
                and body.kind == "Government"
                and joint
                and joint.kind == "PartyCommittee"
                and joint.end + 1 == body.start
                and self.flow[joint.end] == "、"
            ):
                name = f"{joint.name}、{body.name[-3:]}{words}"
            body = self._note(
                Body(body.start, at, f"{body.id}/{iri(words)}", name, kind, body.place, body.name, body), "body.organ"
            )

    def _begins(self, at: int) -> bool:
        """Whether a bare 市 or 县 at *at* begins a word: 会同|县公安局, though 会同县 is a county."""
        return bool(self.page.borders[at]) or self.flow.endswith("会同", 0, at)

    def _names(self, found: re.Match[str], body: Body) -> bool:
        """Whether an organ's words are a run of nouns: no stop word or verb among its tokens."""
        if found.lastgroup in ("standing", "group", "party", "branch", "office"):
            return True
        return self._nouns(found.start(), found.end())

    def _nouns(self, start: int, end: int) -> bool:
        at = start
        boundaries, flow = self.page.boundaries, self.flow
        for i in range(start + 1, end + 1):
            if boundaries[i] or i == end:
                word = flow[at:i]
                if word in _STOPS and not (flow[end - 1] in "会委局厅" and word in _IN_COMMITTEES):
                    return False
                at = i
        return "，" not in flow[start:end] and " " not in flow[start:end]

    def _ended(self) -> None:
        """Bodies known by the word they end in: 公证处, 有限公司, 律师事务所."""
        for m in _overlapping(_ENDED, self.shadow):
            place = self._place(m)
            if place is None:
                continue
            end = self._best_end(m.start("run"), m.end())
            if end is None:
                continue
            run = self.flow[m.start("run") : end]
            if run in _BARE_ENDINGS:
                continue
            if (run[-1] == "局" and run[-2:-1] in _NOT_BUREAU) or not self._take(m.start(), end):
                continue
            kind = _kind_of(run)
            last = m.start() + max(i for i, c in enumerate(m["place"]) if c == PLACE)
            named = Body(
                m.start(), end, iri("body", place.near, normal(run)), self.flow[last:end], kind, place, None, None
            )
            self._organs(self._note(named, "body.ending"), end)
        for m in _overlapping(_ENDED_RELATIVE, self.shadow):
            if not self._begins(m.start()) or not self._nouns(m.start("run"), m.end()):
                continue
            place = self.geography.resolve(m["level"], m.start())
            if place is None or not self._take(*m.span()):
                continue
            run = self.flow[m.start("run") : m.end()]
            named = Body(
                *m.span(),
                iri("body", place.near, normal(run)),
                short_form(place) + run,
                _kind_of(run),
                place,
                None,
                None,
            )
            self._organs(self._note(named, "body.ending-relative"), m.end())

    def _best_end(self, start: int, end: int) -> int | None:
        """The last ending before *end* that leaves only nouns between it and *start*."""
        while end > start:
            if self._nouns(start, end) and (self.page.borders[end] or self.flow.startswith(("局长", "院长", "厅长"), end)):
                return end
            text = self.shadow[start : end - 1]
            shorter = max((text.rfind(e) + len(e) for e in _ENDINGS if e in text), default=0)
            if shorter <= 0:
                return None
            end = start + shorter
        return None

    def _free(self) -> None:
        """Bodies without a district in their name: walk left over nouns from the ending."""
        for m in _ENDED_FREE.finditer(self.shadow):
            quotes = self._quoted_before(m.start())
            for q in quotes:
                self._station(q, m)
            if quotes:
                continue
            start = self._left(m.start())
            if self.flow[start - 1 : start] == "某":
                continue
            stem = self.flow[start : m.start()]
            if (
                len(stem) < 2
                or stem in _EMPTY_STEMS
                or _GENERIC_STEM.fullmatch(stem)
                or self._in_quotation(start)
                or any(self.taken[start : m.end()])
                or not self.page.boundaries[m.end()]
            ):
                continue
            kind = _ENDINGS[m[0]]
            place = (
                self._station_place(stem, start)
                if kind == "Station"
                else self.geography.of_section(self.page.section(start))
            )
            name = self.flow[start : m.end()]
            self.taken[start : m.end()] = b"\1" * (m.end() - start)
            near = place.near if place else NATION
            parent = None
            if kind == "Station" and "委员" in m[0]:
                of = self.geography.of_section(self.page.section(start))
                parent = base_body(of, "政协", "", (start, m.end())) if of and of.code and len(of.code) == 6 else None
            self._note(
                Body(
                    start,
                    m.end(),
                    iri("body", near, normal(name)),
                    name,
                    kind,
                    place if kind == "Station" else None,
                    parent.name if parent else None,
                    None,
                ),
                "body.free",
            )

    def _quoted_before(self, at: int) -> list[Quoted]:
        """Quoted names of stations right before their kind: “甲”“乙”2个委员工作室."""
        count = re.search(r"”(?P<n>等?(?:\d+|[两三四五六七八九十])?个?)$", self.flow[max(0, at - 6) : at])
        edge = at - len(count["n"]) if count else -1
        found: list[Quoted] = []
        for q in reversed(self.page.quoted_within(max(0, at - 120), at) if count else []):
            if q.depth == 0 and (q.end == edge or self.flow[q.end : edge] in ("、", "和")) and len(q.words) <= 12:
                found.append(q)
                edge = q.start
        return found

    def _station(self, q: Quoted, m: re.Match[str]) -> None:
        own = self.geography.of_section(self.page.section(q.start))
        if _ENDINGS[m[0]] != "Station" or own is None or any(self.taken[q.start : q.end]):
            return
        self.taken[q.start : q.end] = b"\1" * (q.end - q.start)
        parent = (
            base_body(own, "政协", "", (q.start, q.end)) if "委员" in m[0] and own.code and len(own.code) == 6 else None
        )
        name = q.words + m[0]
        body = Body(
            q.start,
            q.end,
            iri("body", own.near, normal(name)),
            name,
            "Station",
            own,
            parent.name if parent else None,
            None,
        )
        self._note(body, "body.free")

    def _in_quotation(self, at: int) -> bool:
        return any(q.start < at < q.end for q in self.page.quoted_within(at - 31, at))

    def _station_place(self, stem: str, start: int) -> Place | None:
        """A station named after a township belongs to it, else to the section's district."""
        from kg.chinese import places
        from kg.extract.geography import place_of

        own = self.geography.of_section(self.page.section(start))
        if own is None or own.code is None:
            return own
        below = [d for suffix in ("镇", "乡", "街道") for d in places.named(stem + suffix, within=own.code, level=4)]
        return place_of(below[0].code) if len(below) == 1 else own

    def _left(self, end: int) -> int:
        """Start of the run of nouns that ends at *end*: at most four words and ten characters."""
        boundaries, flow = self.page.boundaries, self.flow
        start, words = end, 0
        while words < 4 and end - start < 10:
            at = start - 1
            while at > 0 and not boundaries[at] and start - at < 6:
                at -= 1
            word = flow[at:start]
            if (
                at < 0
                or not word
                or not re.fullmatch(rf"[{HAN}A-Za-z0-9（）]+", word)
                or word in _STOPS
                or self.taken[at]
            ):
                break
            if tokens.tag(word) in ("v", "p", "c", "uj", "ul", "r", "m", "q", "d", "f", "u", "y"):
                break
            start, words = at, words + 1
        return start

    def _media(self) -> None:
        for title in self.page.titled:
            if title.depth == 0 and len(title.words) <= 12 and _MEDIA.search(title.words):
                if not self._take(title.start, title.end):
                    continue
                hit = self.geography.at(title.start + 1)
                place = hit.place if hit else None
                near = place.near if place else NATION
                self._note(
                    Body(
                        title.start,
                        title.end,
                        iri("body", near, normal(title.words)),
                        title.words,
                        "Media",
                        place,
                        None,
                        None,
                    ),
                    "body.media",
                )


def _kind_of(words: str) -> str:
    """Kind of body by the longest ending of its name."""
    return _ENDINGS[max((e for e in _ENDINGS if words.endswith(e)), key=len)]


def _overlapping(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Every match, also those that begin within an earlier one: what is rejected must not hide what follows."""
    m = pattern.search(text)
    while m:
        yield m
        m = pattern.search(text, m.start() + 1)


def short_form(place: Place) -> str:
    """A district's name as its bodies bear it: 楚雄州 for 楚雄彝族自治州, 元江县 for 元江哈尼族彝族傣族自治县."""
    if place.code and place.name.endswith(("自治州", "自治县", "自治旗")):
        from kg.chinese import places

        short = places.by_code(place.code).short
        if short:
            return short + place.name[-1]
    return place.name


_CORES = {
    "政协": ("CPPCC", "政协"), "人大": ("Congress", "人大"), "人民代表大会": ("Congress", "人大"),
    "人大常委会": ("Congress", "人大常委会"), "人民代表大会常务委员会": ("Congress", "人大常委会"),
    "人民政府": ("Government", "政府"), "政府": ("Government", "政府"),
    "委": ("PartyCommittee", "委"), "党委": ("PartyCommittee", "党委"), "党工委": ("PartyCommittee", "党工委"),
    "纪委监委": ("Department", "纪委监委"), "纪检监察委": ("Department", "纪委监委"), "纪委": ("Department", "纪委"),
    "纪律检查委员会": ("Department", "纪委"), "监委": ("Department", "监委"), "监察委员会": ("Department", "监委"),
}  # fmt: skip


def base_body(place: Place, core: str, owner: str, span: tuple[int, int]) -> Body:
    """The body of a district that a core word names: 政协, 委, 人民政府, and 委员会 after 政协 or 中共."""
    if core in ("委员会", "常务委员会"):
        core = "委" if owner in ("中共", "中国共产党") else "政协"
    kind, words = _CORES[core]
    if kind == "PartyCommittee":
        words = (
            "党工委"
            if place.name.endswith("街道")
            else "党委"
            if place.name.endswith(("镇", "乡", "苏木", "自治区"))
            else "委"
        )
    mark = kind if words in ("政协", "委", "党委", "党工委", "政府", "人大") else words
    id_ = iri(
        "body",
        place.near,
        *([place.name] if place.code is None else [place.code] if place.code != place.near else []),
        mark,
    )
    return Body(*span, id_, short_form(place) + words, kind, place, None, None)


def _speakers(page: Page, bodies: Bodies) -> list[Body | None]:
    """The body each section speaks for: named by its speaker line, its heading, or its opening words."""
    document = page.document
    out: list[Body | None] = [None] * len(document.sections)
    opening: dict[int, int] = {}
    for line in document.lines:
        if line.kind == "paragraph":
            opening.setdefault(line.section, line.start)
    for rank in ("speaker", "heading", "paragraph"):
        for body in bodies.mentions:
            line = page.line(body.start)
            if line.kind != rank or out[line.section] is not None or body.place is None:
                continue
            if rank == "paragraph" and (line.section == 0 or body.start - opening[line.section] > 12):
                continue
            longest = max((b for b in bodies.within(body.start, body.start + 1)), key=lambda b: b.end)
            if (
                longest.kind == "PartyGroup"
                and longest.parent
                and page.flow.startswith(("书记", "副书记", "成员"), longest.end)
            ):
                longest = longest.parent
            out[line.section] = longest
    stack: list[tuple[int, Body | None]] = []
    for section in document.sections:
        while stack and stack[-1][0] >= section.level:
            stack.pop()
        if out[section.index] is None and stack:
            out[section.index] = stack[-1][1]
        stack.append((section.level, out[section.index]))
    return out


def _main(page: Page, geography: Geography, bodies: Bodies) -> Body | None:
    """The body the whole document is about: the one of its home district spoken of most."""
    if bodies.sections and bodies.sections[0]:
        return bodies.sections[0]
    count: Counter[str] = Counter()
    first: dict[str, Body] = {}
    weight = {"title": 5, "subtitle": 5, "heading": 2}
    for body in bodies.mentions:
        root = body.root
        if root.place is None or root.kind not in ("CPPCC", "PartyCommittee", "Government", "Congress", "Department"):
            continue
        line = page.line(body.start)
        opens = body.start == line.start or page.flow[body.start - 1] in "，。；"
        same = geography.home is not None and root.place.id == geography.home.id
        count[root.id] += (
            weight.get(line.kind, 1)
            + (2 if opens else 0)
            + (2 if same else 0)
            - (1 if root.kind == "PartyCommittee" and not opens else 0)
        )
        first.setdefault(root.id, root)
    if not count:
        return None
    best = min(count, key=lambda i: (-count[i], first[i].start, i))
    return first[best]


def _bare_groups(page: Page, bodies: Bodies, drafts: Drafts) -> None:
    """政协党组 without a district is the party group of the body its section speaks for."""
    taken = [(b.start, b.end) for b in bodies.mentions]
    covered = bytearray(len(page.flow) + 1)
    for start, end in taken:
        covered[start:end] = b"\1" * (end - start)
    for m in re.finditer(r"政协(机关党组|机关党委|党组)|(?<![政协关])机关(党组|党委)", page.flow):
        if covered[m.start()]:
            continue
        owner = bodies.of_section(page.section(m.start()))
        root = owner.root if owner else None
        if root is None or root.kind != "CPPCC":
            continue
        organ = m[1] or "机关" + m[2]
        kind = "PartyCommittee" if organ.endswith("党委") else "PartyGroup"
        body = Body(
            m.start(),
            m.end(),
            f"{root.id}/{iri(organ)}",
            root.name + organ,
            kind,
            root.place,
            root.name,
            replace_span(root, m.span()),
        )
        draft = drafts.note("Organisation", body.id, body.name, m.span(), "body.bare-group")
        known = drafts.get("Organisation", body.id)
        if known and "place" not in known.values:
            draft = drafts.note(
                "Organisation",
                body.id,
                body.name,
                m.span(),
                "body.bare-group",
                supports=[("place", root.place.name if root.place else None), ("part_of", root.name)],
                naming=False,
            )
        draft.add("kind", kind)
        bodies.mentions.append(body)
    bodies.mentions.sort(key=lambda b: (b.start, -b.end, b.id))


def replace_span(body: Body, span: tuple[int, int]) -> Body:
    """The same body as if named at another place."""
    return body._replace(start=span[0], end=span[1])
