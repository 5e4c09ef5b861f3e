"""Named meetings and congresses, their hosts and dates."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg import lexicon
from kg.chinese.dates import Date
from kg.extract import meeting_dates
from kg.extract.bodies import Bodies, Body, base_body
from kg.extract.draft import Drafts
from kg.extract.page import DISTRICT, HAN, Page, near, plain
from kg.extract.page import NUMERAL as N
from kg.extract.scope import Geography, Place
from kg.identity import NATION, iri, normal

_CONGRESS = re.compile(
    r"""
    (?:中国共产党|中共|党的|中共的)?
    (?P<n>十[一二三四五六七八九]|二十[一二三]?)大(?![道街桥楼会家量型力批学多小户])
    """,
    re.VERBOSE,
)
_PLENUM = re.compile(rf"(?:党的|中共|中国共产党)?(?P<n>{N}{{2,3}})届(?P<list>(?:{N}{{1,2}}中、)*{N}{{1,2}}中)全会")
_LOCAL_PLENUM = re.compile(
    rf"(?:(?P<place>{DISTRICT})|(?P<level>自治区(?=党)|[省市区县州旗盟]))党?委(?P<n>{N}{{1,3}})届(?P<list>{N}{{1,3}}次(?:[、和]{N}{{1,3}}次)*)全(?:会|体会议)"
)
_DISCIPLINE = re.compile(
    rf"(?:{N}{{1,3}}届(?:中央|[省市区县州])纪委|(?:(?P<place>{DISTRICT})|(?P<level>[省市区县州旗盟]))纪委{N}{{1,3}}届){N}{{1,3}}次全(?:会|体会议)"
)
_PARTY_CONGRESS = re.compile(
    rf"""
    (?:中国共产党|中共)?
    (?:(?P<place>{DISTRICT}+)|(?P<level>自治区|[省市区县州旗盟]))
    第(?P<n>{N}{{1,3}})次(?P<what>党代会|代表大会|党员代表大会)
    """,
    re.VERBOSE,
)
_SESSION = re.compile(
    rf"""
    (?P<nation>全国)?(?P<lead>政协|中国人民政治协商会议|中国共产党|中共)?
    (?:(?P<place>{DISTRICT}+)|(?P<level>[省市区县州旗盟]))?
    (?:政协)?
    第?{N}{{1,3}}届(?:[省市区县州旗盟]?(?P<organ>政协|人大|人民代表大会)|委员会|全国委员会)?
    (?:常委会|常务委员会)?
    (?P<verb>举行|召开)?
    第?{N}{{1,3}}次(?:会议|全体会议)
    """,
    re.VERBOSE,
)
# 政协第十届甲县委员会第四次会议.
_SESSION_OF = re.compile(
    rf"""
    (?P<lead>政协|中国人民政治协商会议|中国共产党|中共)第{N}{{1,3}}届(?P<place>{DISTRICT}+)(?P<organ>委员会)
    (?P<verb>举行|召开)?第{N}{{1,3}}次(?:会议|全体会议)
    """,
    re.VERBOSE,
)
_TELLING = 8
"""Characters of a meeting's name that no other meeting of the district bears."""
_WHOLE_AREA = re.compile("^全[省市区县州旗盟]")
_LEVELS = re.compile("[两三四]级(?=政协|党委|人大)")
_SITTING = re.compile(rf"(?:常委会)?(?:举行|召开)(?P<session>第{N}{{1,3}}次(?:全体)?会议)")
_ENDS = lexicon.alternation(lexicon.words("meetings"))
_NAMED = re.compile(rf"(?:{_ENDS})(?![议室场厅员]|制度|机制)(?<![向对作]大会)(?<!作了大会)")
_NAMED_WHOLLY = re.compile(rf".*(?:{_ENDS})")
_GENERIC = re.compile(
    rf"^(?:{lexicon.alternation(lexicon.words('generic', 'meeting'))}|[和、的了次场\d一二三四五六七八九十百余多])*$"
)
_READS = re.compile(
    "^开(?!发|放|展)|^[一两几每这本首][半]?[年月周季]?次|^每[年月周季]|有关会议?$|听取|到会|开展|建立|组织召开|列席|参加|出席|主持|召开|期间|发言|代表常委会"
)
_HOLDS = re.compile(
    r"(?:召开的?了?|举行的?了?|举办的?了?|组织召开了?|主持召开了?|参加了?|出席了?|列席了?|承办了?|开好)"
    r"(?:今年)?(?:第[一二三四五六七八九十\d]{1,3}[次期场])?$"
)
_GOVERNS = re.compile(rf"{lexicon.alternation(lexicon.words('verbs', 'govern'))}|对(?=中央|全国|省|市)")
_WIDE = re.compile(
    r"""
    (?:^|[、和，,。]|贯彻落实|召开的?|举行的?)
    (?P<name>全(?:省|市|区|县|州|旗|国)(?:(?!召开|举行|出席|参加).){2,28})$
    """,
    re.VERBOSE,
)
_COUNTRYWIDE = re.compile("中央|全国")
# 全市…推进会在某地召开; 在甲市…推进会上作交流.
_TAKES_PLACE = re.compile("(?:日前|近日|昨日|今日)?(?:在[^，。；]{1,16})?(?:顺利|隆重|胜利|如期)?(?:召开|举行|开幕)")
_JOINED = re.compile(f"[{HAN}]—[{HAN}]")
_NTH = re.compile(r"第[一二三四五六七八九十\d]{1,3}届")
_BARE = re.compile(f"{N}{{1,3}}届{N}{{1,3}}次(?:全体)?会议")
_DOUBLED = re.compile("会议(?=会议$)")
_SHARED = frozenset({"省市委", "省市区委", "市县委", "市区委", "省市政协", "市县政协"})


def _alone(words: str, body: Body) -> str:
    """One body's share of a compressed name: 省委 of 省市委."""
    core = "政协" if words.endswith("政协") else "委"
    return (body.place.name[-1] if body.place and not body.place.name.endswith("自治区") else "自治区") + core


class _Mention(NamedTuple):
    name: str
    span: tuple[int, int]
    host: Body | None
    rule: str
    date: Date | None
    also: str


def find(page: Page, geography: Geography, bodies: Bodies, drafts: Drafts) -> None:
    """Note every named meeting."""
    _Search(page, geography, bodies, drafts).run()


def _session_key(m: re.Match[str], core: str) -> str:
    """What the spellings of one sitting share: 市政协七届三次会议, 政协甲市第七届委员会第三次会议."""
    standing = "常委会" if "常" in m[0] else ""
    return "/".join([core + standing, *re.findall(f"{N}+", m[0])])


class _Search:
    """One pass over one document; meetings are written at its end, when it is known whether the text dates them."""

    def __init__(self, page: Page, geography: Geography, bodies: Bodies, drafts: Drafts) -> None:
        self.page, self.geography, self.bodies, self.drafts = page, geography, bodies, drafts
        self.flow, self.shadow = page.flow, geography.shadow
        self.taken = page.in_titles()
        self.held_to = -1
        """Where the last meeting ends that a verb of holding governs."""
        self.groups: list[tuple[str, list[_Mention]]] = []
        """Mentions of one meeting each, with the district it is held in."""
        self.keys: dict[tuple[str, str], list[_Mention]] = {}

    def run(self) -> None:
        self._congresses()
        self._party_congresses()
        self._sessions()
        self._quoted()
        for m in _NAMED.finditer(self.flow):
            taken = self.taken[m.start()] or self.taken[m.end() - 1]
            if not taken and not self.flow.endswith(("政治协商会议", "代表大会"), 0, m.end()):
                self._one(m)
        self._write()

    def _note(
        self,
        span: tuple[int, int],
        name: str,
        host: Body | None,
        rule: str,
        *,
        near: str = NATION,
        date: Date | None = None,
        also: str = "",
        key: str = "",
        bare: str = "",
    ) -> None:
        """Keep one mention; *key* is what meetings of several spellings share, *bare* the name without its host."""
        self.taken.mark(*span)
        name = _DOUBLED.sub("", name)
        mention = _Mention(name, span, host, rule, date, also)
        own = (host.near or NATION) if host else near
        bare = _WHOLE_AREA.sub("", bare)
        keys = [(own, key or name), *([(own, f"{host.root.name if host else ''}/{bare}")] if bare else [])]
        # A title may leave the host out: 全市政协主席座谈会 is the 政协主席座谈会 that the 市政协 held.
        hostless = [(own, f"/{bare}")] if host and len(bare) >= _TELLING else []
        group = next((self.keys[k] for k in [*keys, *hostless] if k in self.keys), None)
        if group is None:
            group = []
            self.groups.append((own, group))
        group.append(mention)
        for k in keys:
            self.keys.setdefault(k, group)

    def _write(self) -> None:
        for district, mentions in self.groups:
            name = min(mentions, key=lambda m: m.span).name
            dated = [(len(m.date.iso), -m.span[0], m.date) for m in mentions if m.date]
            date = (
                max(dated, key=lambda d: d[:2])[2]
                if dated
                else meeting_dates.own(self.page, [m.span for m in mentions])
            )
            draft = self.drafts.draft(
                "Meeting", iri("meeting", district, normal(name), date.iso[:4] if date else ""), name
            )
            for m in mentions:
                self.drafts.note("Meeting", draft.id, name, m.span, m.rule)
                for also in (m.also, m.name):
                    if also:
                        draft.surfaces.setdefault(also, None)
                if m.host:
                    draft.state(m.span, m.rule, ("host", m.host.name))
            if date:
                at = next((m.span for m in mentions if m.date == date), (date.start, date.end))
                whole = (min(date.start, at[0]), max(date.end, at[1]))
                draft.state(whole, "meeting.date", ("date", date.iso))

    def _congresses(self) -> None:
        """党的二十大, 十九届六中全会, 十二届省委三次全会: congresses and plenary sessions of the party."""
        for m in near(_CONGRESS, self.flow, "大", 10, 4):
            if m["n"] != "十一" or "届" not in self.flow[m.end() : m.end() + 2]:
                self._note(m.span(), f"党的{m['n']}大", None, "meeting.party-congress")
        for m in near(_PLENUM, self.flow, "届", 12, 40):
            for number in m["list"].split("、"):
                self._note(m.span(), f"党的{m['n']}届{number}全会", None, "meeting.plenum")
        for m in _DISCIPLINE.finditer(self.shadow):
            self._note(m.span(), self.flow[m.start() : m.end()], None, "meeting.plenum", date=self._date(*m.span()))
        for m in _LOCAL_PLENUM.finditer(self.shadow):
            place = self.geography.of_match(m)
            if place and not self.taken[m.start()]:
                host, date = base_body(place, "委", m.span()), self._date(*m.span())
                for number in re.split("[、和]", m["list"]):
                    # 市委十二届六次、七次全会: each a meeting.
                    session = f"{m['n']}届{number}全会"
                    also = f"{m['level']}委{session}" if m["level"] and number != m["list"] else ""
                    key = f"委/{m['n']}/{number[:-1]}"
                    self._note(m.span(), host.name + session, host, "meeting.plenum", date=date, also=also, key=key)

    def _party_congresses(self) -> None:
        """哈尔滨市第十五次党代会, 区第三次党代会."""
        for m in near(_PARTY_CONGRESS, self.shadow, "次", 40, 12):
            if m["level"] and not self.page.boundaries[m.start()] and not self.flow.startswith("中共", m.start()):
                continue
            if place := self.geography.of_match(m):
                name = self.flow[m.start() : m.end()] if m["place"] else f"{place.name}第{m['n']}次{m['what']}"
                self._note(m.span(), name, base_body(place, "委", m.span()), "meeting.local-congress")

    def _sessions(self) -> None:
        """政协阿城区第一届委员会第二次会议, 市政协召开第十次会议: sittings of conferences and congresses."""
        for m in _SITTING.finditer(self.flow):
            if body := self.bodies.ending(m.start()):
                span = (body.start, m.end())
                name = self.flow[body.start : body.end] + m["session"]
                self._note(span, name, body.root, "meeting.session", date=self._date(*span, held=True))
        inside = set()
        for m in _SESSION_OF.finditer(self.shadow):
            inside.add(m.end())
            self._of_place(m, self.geography.of_match(m))
        for m in near(_SESSION, self.shadow, "届", 40, 40):
            if m.end() in inside:
                continue
            if not (m["place"] or m["level"] or m["organ"] or m["lead"]):
                self._bare_session(m)
                continue
            if m["nation"] or "全国" in m[0]:
                self._national(m)
                continue
            place = self.geography.of_match(m)
            if place is None and not m["organ"]:
                own = self.bodies.around(m.start())
                place = own.root.place if own else None
            self._of_place(m, place)

    def _of_place(self, m: re.Match[str], place: Place | None) -> None:
        """One sitting of the conference, the congress or the committee of a place."""
        if not place:
            return
        party = m["lead"] in ("中国共产党", "中共")
        core = "委" if party else "人大" if m["organ"] in ("人大", "人民代表大会") else "政协"
        host = base_body(place, core, m.span())
        name = self.flow[m.start() : m.end()]
        name = name.replace(m["verb"], "") if m["verb"] else name
        date, key = self._date(*m.span(), held=bool(m["verb"])), _session_key(m, core)
        self._note(m.span(), name, host, "meeting.session", date=date, key=key)

    def _bare_session(self, m: re.Match[str]) -> None:
        """七届三次会议 in a report of the conference or congress whose session it is."""
        own = self.bodies.around(m.start())
        if own and own.root.kind in ("CPPCC", "Congress") and own.root.place and _BARE.fullmatch(m[0]):
            core = "政协" if own.root.kind == "CPPCC" else "人大"
            host = base_body(own.root.place, core, m.span())
            level = host.place.name[-1] if host.place else ""
            date, key = self._date(*m.span()), _session_key(m, core)
            self._note(
                m.span(), host.name + m[0], host, "meeting.session", date=date, also=f"{level}{core}{m[0]}", key=key
            )

    def _national(self, m: re.Match[str]) -> None:
        """全国政协十四届一次会议, 中国人民政治协商会议第十四届全国委员会第二次会议."""
        organ = "人大" if m["organ"] in ("人大", "人民代表大会") else "政协"
        name = f"全国{organ}"
        kind = "CPPCC" if organ == "政协" else "Congress"
        host = Body(*m.span(), iri("body", NATION, name), name, kind)
        self._note(m.span(), m[0], host, "meeting.session", date=self._date(*m.span()))

    def _quoted(self) -> None:
        """“…座谈会”: a name in quotation marks that ends as meetings do."""
        for q in self.page.quoted:
            if q.depth == 0 and len(q.words) > 6 and _NAMED_WHOLLY.fullmatch(q.words):
                host, date = self.bodies.subject(q.start), self._date(q.start, q.end)
                self._note((q.start, q.end), plain(q.words), host, "meeting.quoted", date=date)

    def _one(self, m: re.Match[str]) -> None:
        """Judge one head noun: cut its name free on the left, and keep it unless it is only a kind of meeting."""
        flow = self.flow
        start, chain = self._left(m.start())
        lead = chain[-1].end if chain else start
        # 召开甲会、乙会: the verb governs the whole list.
        listed = not chain and flow[lead - 1 : lead] == "、" and self.held_to == lead - 1
        held = None if chain else _HOLDS.search(flow[max(0, lead - 12) : lead])
        rest = flow[lead : m.end()]
        if chain and (levels := _LEVELS.match(rest)):
            rest = rest[levels.end() :]
        # 甲县…推进会在某地召开; 在甲市…推进会上作交流.
        opens = flow[lead - 1 : lead] in ("", "，", "。", "\n")
        listed = listed or (not chain and opens and bool(_TAKES_PLACE.match(flow, m.end())))
        listed = listed or (not chain and flow.startswith("上", m.end()) and flow[lead - 1] == "在" and len(rest) > 8)
        wide = re.match(r"全(省|市|区|县|州|旗|国)", rest)
        if not self._is_name(rest, m[0], start, chain=bool(chain), wide=bool(wide), held=bool(held) or listed):
            return
        if held or listed:
            self.held_to = m.end()
        if chain:
            for body in chain:
                words = flow[body.start : body.end]
                share = _alone(words, body) if words in _SHARED else words
                span = (body.start, m.end())
                also, date = body.name + rest, self._date(*span)
                self._note(span, share + rest, body.root, "meeting.of-body", date=date, also=also, bare=rest)
            return
        place = self.geography.resolve(wide[1], lead) if wide and wide[1] != "国" else None
        home = self.geography.home.near if self.geography.home else NATION
        before = self.bodies.ending(lead - len(held[0])) if held else None
        subject = before or (self.bodies.subject(start) if held or listed else None)
        if subject and flow.endswith("总书记在", 0, lead):
            subject = None  # 县委传达习近平总书记在…座谈会上的讲话: not the county's
        short = flow[before.start : before.end] if before else ""
        host = base_body(place, "政协", m.span()) if place and rest[2:4] == "政协" else subject
        self._note(
            (lead, m.end()),
            rest if not short or rest.startswith((short[-2:], "全")) else short + rest,
            host,
            "meeting.held" if held or listed else "meeting.named",
            near=place.near if place else home,
            date=self._date(lead, m.end(), held=bool(held) or listed),
            also=rest,
            bare=rest,
        )

    def _is_name(self, rest: str, head: str, start: int, *, chain: bool, wide: bool, held: bool) -> bool:
        """Whether the words up to a head noun name one meeting, and are neither a kind of meeting nor a clause."""
        bare = rest.removesuffix(head)
        if _READS.search(bare) or len(rest) < 3 or rest.startswith("的") or "、" in rest[-5:]:
            return False
        if _GENERIC.match(bare) and not (chain and ((head == "工作会议" and bare) or head == "经济工作会议")):
            return False
        if chain or wide or _NTH.match(rest):
            return True
        national = bool(_COUNTRYWIDE.match(rest))
        vague = head in ("会议", "大会", "论坛", "讲座", "协商会") or self.page.line(start).kind == "paragraph"
        if not held and vague and not (len(rest) >= 8 and (national or re.match("新时[期代]", rest))):
            return False
        return head not in ("会议", "大会") or national or len(bare) >= 6

    def _left(self, end: int) -> tuple[int, list[Body]]:
        """Start of a meeting's name, and the bodies it is a meeting of (中央和省委、市委 …工作会议).

        The name runs back to punctuation, to the last word that governs it, or to the last body before it.
        """
        line = self.page.line(end)
        flow = self.flow
        wide = _WIDE.search(flow[max(line.start, end - 40) : end])
        if wide and not _NAMED.search(wide["name"]) and not re.search("[，,。]", wide["name"]):
            return end - len(wide["name"]), []
        for q in self.page.quoted_within(end - 30, end):
            named = not q.words.endswith(("。", "！", "？"))
            if q.end == end or (named and q.end < end and re.fullmatch(rf"[{HAN}]{{1,6}}", flow[q.end : end])):
                host = self.bodies.ending(q.start)
                return (host.start, [host]) if host and host.parent is None else (q.start, [])
        start = end
        while start > max(line.start, end - 28) and (
            flow[start - 1] in "（）"
            or flow[start - 1].isalnum()
            or _JOINED.fullmatch(flow, start - 2, start + 1)
            or flow.startswith("（市、区）", start - 3)
        ):
            start -= 1
        for m in _GOVERNS.finditer(flow, start, end):
            if self.page.boundaries[m.start()]:
                start = m.end()
        inside = [
            b
            for b in self.bodies.within(max(line.start, start - 30), end)
            if start < b.end <= end and not (b.parent and b.kind == "Department")
        ]
        if not inside:
            return start, []
        last = max(inside, key=lambda b: (b.end, -b.start))
        wide_before = last.start > start and re.match("全(?:省|市|区|县|州|旗)", flow[start:end])
        if wide_before or flow[last.end : end].startswith(("系统", "各", "主要", "领导", "机关干部")):
            return start, []
        return self._hosts(line.start, last, [b for b in inside if (b.start, b.end) == (last.start, last.end)])

    def _hosts(self, floor: int, last: Body, chain: list[Body]) -> tuple[int, list[Body]]:
        """The bodies that 和 and 、 join to the last before a meeting's name, and where they begin."""
        edge = last.start
        while edge > floor + 1 and self.flow[edge - 1] in "和、及与":
            before = [b for b in self.bodies.within(max(floor, edge - 24), edge) if b.end == edge - 1]
            if not before:
                break
            edge = min(b.start for b in before)
            chain = [b for b in before if b.start == edge] + chain
        return edge, chain

    def _date(self, start: int, end: int, *, held: bool = False) -> Date | None:
        """When the meeting was held that ``flow[start:end]`` names."""
        return meeting_dates.of_meeting(self.page, start, end, held=held)
