"""Named meetings and congresses, their hosts and dates."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.extract.draft import Drafts
from kg.extract.geography import Geography, Place
from kg.extract.organisations import Bodies, Body, base_body
from kg.extract.page import HAN, PLACE, PLACE_REST, Page
from kg.identity import NATION, iri, normal

_N = "[一二三四五六七八九十]"
_P = f"{PLACE}{PLACE_REST}*"
_CONGRESS = re.compile(
    r"(?:中国共产党|中共|党的|中共的)?(?P<n>十[一二三四五六七八九]|二十[一二三]?)大(?![道街桥楼会家量型力批学多小户])"
)
_PLENUM = re.compile(rf"(?:党的|中共|中国共产党)?(?P<n>{_N}{{2,3}})届(?P<list>(?:{_N}{{1,2}}中、)*{_N}{{1,2}}中)全会")
_LOCAL_PLENUM = re.compile(
    rf"(?:(?P<place>{_P})|(?P<level>[省市区县州旗盟]))委(?P<n>{_N}{{1,3}})届(?P<m>{_N}{{1,3}})次全(?:会|体会议)"
)
_DISCIPLINE = re.compile(rf"{_N}{{1,3}}届(?:中央|[省市区县州])纪委{_N}{{1,3}}次全(?:会|体会议)")
_PARTY_CONGRESS = re.compile(
    rf"(?:中国共产党|中共)?(?:(?P<place>(?:{_P})+)|(?P<level>[省市区县州旗盟]))第(?P<n>{_N}{{1,3}})次(?P<what>党代会|代表大会|党员代表大会)"
)
_SESSION = re.compile(
    rf"(?P<full>(?P<lead>政协|中国人民政治协商会议)?(?:(?P<place>(?:{_P})+)|(?P<level>[省市区县州旗盟]))?(?P<lead2>政协)?第?(?P<n>{_N}{{1,3}})届(?:(?:[省市区县州旗盟])?(?P<organ>政协|人大|人民代表大会)|委员会|全国委员会)?"
    rf"(?P<standing>常委会|常务委员会)?第?(?P<m>{_N}{{1,3}})次(?P<what>会议|全体会议))"
)
_SITTING = re.compile(rf"(?:常委会)?(?:举行|召开)(?P<session>第{_N}{{1,3}}次(?:全体)?会议)")
_ENDS = "工作会议|座谈会议|座谈会|工作会|推进会|动员会|动员大会|动员部署会|部署会|分析会|研讨会|交流会|报告会|表彰大会|表彰会|总结会|总结大会|调度会|联席会议|协商会议|协商会|听证会|评议会|恳谈会|论坛|大会|峰会|年会|茶话会|通报会|培训会|现场会|观摩会|经济工作会议|解读会|宣讲会|论证会|发布会|会议"
_NAMED = re.compile(rf"(?:{_ENDS})(?![议室场厅员])")
_NAMED_WHOLLY = re.compile(rf".*(?:{_ENDS})")
_GENERIC = re.compile(
    r"^(?:常委会|常委|主席|主任|党组|理论|中心组|专题|全体|办公|支委|党员|委员|学习|常务|专项|有关|相关|重要|重大|本次|此次|这次|各类|多次|视频|线上|小组|支部|机关|院坝|民主生活|组织生活|常态化|定期|季度|年度|月度|例行|专委会|议政性|议政|协商|双月|网络|界别|对口|年终|年中|半年|全年|政治|扩大|内部|情况|工作|督办|提案办理|办理|专班|现场|村民|群众|居民|业主|党小组|三级|两级|集体|评议|推进|座谈|[和、的了次场\d一二三四五六七八九十百余多])*$"
)
_READS = re.compile("听取|到会|开展|组织召开|列席|参加|出席|主持|召开|期间|发言|代表常委会")
_HOLDS = re.compile(
    r"(?:召开的?了?|举行的?了?|举办的?了?|组织召开了?|主持召开了?|参加了?|出席了?|列席了?|承办了?|开好)$"
)
_GOVERNS = re.compile(
    r"召开的|召开了?|举行的|举行了?|举办的|举办了?|出席了?|参加了?|列席了?|承办了?|贯彻落实|学习贯彻|传达学习|贯彻|落实|传达|按照|根据|随后|日前|近日|把|将|在|以|的|为|是|迎接|围绕|结合|通过|其中|对照|深刻领会|领会|对(?=中央|全国|省|市)"
)
_SHARED = frozenset({"省市委", "省市区委", "市县委", "市区委", "省市政协", "市县政协"})


def _alone(words: str, body: Body) -> str:
    """One body's share of a compressed name: 省委 of 省市委."""
    core = "政协" if words.endswith("政协") else "委"
    return (body.place.name[-1] if body.place and not body.place.name.endswith("自治区") else "自治区") + core


class _Mention(NamedTuple):
    span: tuple[int, int]
    host: Body | None
    rule: str
    date: tuple[str, tuple[int, int]] | None
    also: str


def find(page: Page, geography: Geography, bodies: Bodies, drafts: Drafts) -> None:
    """Note every named meeting."""
    _Search(page, geography, bodies, drafts).run()


class _Search:
    def __init__(self, page: Page, geography: Geography, bodies: Bodies, drafts: Drafts) -> None:
        self.page, self.geography, self.bodies, self.drafts = page, geography, bodies, drafts
        self.flow, self.shadow = page.flow, geography.shadow
        self.taken = bytearray(len(self.flow) + 1)
        for title in page.titled:
            self.taken[title.start : title.end] = b"\1" * (title.end - title.start)
        self.found: dict[tuple[str, str], list[_Mention]] = {}

    def run(self) -> None:
        self._congresses()
        self._party_congresses()
        self._sessions()
        self._quoted()
        self._named()
        self._write()

    def _note(
        self,
        span: tuple[int, int],
        name: str,
        host: Body | None,
        rule: str,
        *,
        near: str = NATION,
        year: bool = True,
        also: str = "",
        held: bool = False,
    ) -> None:
        """Keep one mention; meetings are written at the end, when it is known whether the text dates them."""
        self.taken[span[0] : span[1]] = b"\1" * (span[1] - span[0])
        near = host.place.near if host and host.place else near
        self.found.setdefault((near, name), []).append(
            _Mention(span, host, rule, self._date(*span, held=held) if year else None, also)
        )

    def _write(self) -> None:
        for (near, name), mentions in self.found.items():
            dated = [m for m in mentions if m.date]
            date = max(dated, key=lambda m: (len(m.date[0]) if m.date else 0, -m.span[0])).date if dated else None
            id_ = iri("meeting", near, normal(name), date[0][:4] if date else "")
            for m in mentions:
                draft = self.drafts.note("Meeting", id_, name, m.span, m.rule)
                if m.also:
                    draft.surfaces.setdefault(m.also, None)
                if m.host:
                    self.drafts.note(
                        "Meeting", id_, name, m.span, m.rule, supports=[("host", m.host.name)], naming=False
                    )
            if date:
                iso, words = date
                at = next(m.span for m in mentions if m.date == date)
                whole = (min(words[0], at[0]), max(words[1], at[1]))
                self.drafts.note("Meeting", id_, name, whole, "meeting.date", supports=[("date", iso)], naming=False)

    def _congresses(self) -> None:
        for m in _CONGRESS.finditer(self.flow):
            ordinal = m["n"]
            if ordinal == "十一" and "届" in self.flow[m.end() : m.end() + 2]:
                continue
            self._note(m.span(), f"党的{ordinal}大", None, "meeting.party-congress", year=False)
        for m in _PLENUM.finditer(self.flow):
            for number in m["list"].split("、"):
                self._note(m.span(), f"党的{m['n']}届{number}全会", None, "meeting.plenum", year=False)
        for m in _DISCIPLINE.finditer(self.flow):
            self._note(m.span(), m[0], None, "meeting.plenum", year=False)
        for m in _LOCAL_PLENUM.finditer(self.shadow):
            place = self._place(m)
            if place and not self.taken[m.start()]:
                host = base_body(place, "委", "", m.span())
                self._note(m.span(), f"{host.name}{m['n']}届{m['m']}次全会", host, "meeting.plenum", year=False)

    def _place(self, m: re.Match[str]) -> Place | None:
        if m["place"]:
            hit = self.geography.at(m.start("place") + max(i for i, c in enumerate(m["place"]) if c == PLACE))
            return hit.place if hit else None
        return self.geography.resolve(m["level"], m.start("level")) if m["level"] else None

    def _party_congresses(self) -> None:
        for m in _PARTY_CONGRESS.finditer(self.shadow):
            if m["level"] and not self.page.boundaries[m.start()] and self.flow[m.start() : m.start() + 2] != "中共":
                continue
            place = self._place(m)
            if place is None:
                continue
            name = self.flow[m.start() : m.end()]
            full = name if m["place"] else f"{place.name}第{m['n']}次{m['what']}"
            self._note(m.span(), full, base_body(place, "委", "", m.span()), "meeting.local-congress", year=False)

    def _sessions(self) -> None:
        for m in _SITTING.finditer(self.flow):
            body = self.bodies.ending(m.start())
            if body:
                words = self.flow[body.start : body.end]
                self._note((body.start, m.end()), words + m["session"], body.root, "meeting.session", held=True)
        for m in _SESSION.finditer(self.shadow):
            if not (m["place"] or m["level"] or m["organ"] or m["lead"]):
                continue
            start = m.start()
            place = self._place(m)
            organ = "人大" if m["organ"] and m["organ"] != "政协" else "政协"
            if place is None and not m["organ"] and "全国" not in m[0]:
                own = self.bodies.of_section(self.page.section(start))
                place = own.root.place if own else None
            if place is None:
                continue
            host = base_body(place, organ, "", m.span())
            self._note(m.span(), self.flow[start : m.end()], host, "meeting.session")

    def _quoted(self) -> None:
        for q in self.page.quoted:
            if q.depth == 0 and len(q.words) > 6 and _NAMED_WHOLLY.fullmatch(q.words):
                self._note(
                    (q.start, q.end), re.sub("[“”‘’]", "", q.words), self.bodies.subject(q.start), "meeting.quoted"
                )

    def _named(self) -> None:
        for m in _NAMED.finditer(self.flow):
            if (
                self.taken[m.start()]
                or self.taken[m.end() - 1]
                or self.flow.endswith(("政治协商会议", "代表大会"), 0, m.end())
            ):
                continue
            self._one(m)

    def _one(self, m: re.Match[str]) -> None:
        """Judge one head noun: cut its name free on the left, and keep it unless it is only a kind of meeting."""
        flow = self.flow
        start, chain = self._left(m.start())
        lead = chain[-1].end if chain else start
        rest = flow[lead : m.end()]
        held = _HOLDS.search(flow[max(0, lead - 6) : lead]) if not chain else None
        verb = _HOLDS.match(rest) if chain else None
        if verb:
            lead += verb.end()
            rest, held = flow[lead : m.end()], verb
        bare = rest[: -len(m[0])]
        if _READS.search(bare) or len(rest) < 3 or rest.startswith("的") or "、" in rest[-5:]:
            return
        specific = not _GENERIC.match(bare)
        wide = re.match(r"全(省|市|区|县|州|旗|国)", rest)
        if not specific and not (chain and ((m[0] == "工作会议" and bare) or m[0] == "经济工作会议")):
            return
        if (
            not (chain or wide or held)
            and (m[0] in ("会议", "大会", "论坛", "讲座", "协商会") or self.page.line(start).kind == "paragraph")
            and not (re.match(r"中央|全国|新时[期代]", rest) and len(rest) >= 8)
        ):
            return
        if m[0] in ("会议", "大会") and not (chain or wide or re.match("中央|全国", rest) or len(bare) >= 6):
            return
        place = self.geography.resolve(wide[1], lead) if wide and wide[1] != "国" else None
        near = self.geography.home.near if self.geography.home else NATION
        if verb or not chain:
            before = self.bodies.ending(lead - len(held[0])) if held and not chain else None
            subject = chain[-1] if chain else before or (self.bodies.subject(start) if held else None)
            organ = base_body(place, "政协", "", m.span()) if place and rest[2:4] == "政协" else None
            short = flow[subject.start : subject.end] if (verb or before) and subject else ""
            name = rest if not short or rest.startswith((short[-2:], "全")) else short + rest
            self._note(
                (lead, m.end()),
                name,
                organ or subject,
                "meeting.held" if held else "meeting.named",
                near=place.near if place else near,
                also=rest,
                held=bool(held),
            )
            return
        for body in chain:
            words = flow[body.start : body.end]
            self._note(
                (body.start, m.end()),
                (words if words not in _SHARED else _alone(words, body)) + rest,
                body.root,
                "meeting.of-body",
                also=body.name + rest,
            )

    def _left(self, end: int) -> tuple[int, list[Body]]:
        """Start of a meeting's name, and the bodies it is a meeting of (中央和省委、市委 …工作会议).

        The name runs back to punctuation, to the last word that governs it, or to the last body before it.
        """
        line = self.page.line(end)
        flow = self.flow
        start = end
        opening = next(
            (
                q.start
                for q in self.page.quoted_within(end - 30, end)
                if q.end == start or (q.end < end and re.fullmatch(rf"[{HAN}]{{1,6}}", flow[q.end : end]))
            ),
            None,
        )
        if opening is not None:
            return opening, []
        while start > max(line.start, end - 28) and (
            flow[start - 1] in "（）" or "\u4e00" <= flow[start - 1] <= "\u9fff" or flow[start - 1].isalnum()
        ):
            start -= 1
        wide = re.search(
            r"(?:^|[、和]|贯彻落实|召开的?|举行的?)(全(?:省|市|区|县|州|旗|国)(?:(?!召开|举行|出席|参加).){2,28})$",
            flow[max(line.start, end - 40) : end],
        )
        if wide and not _NAMED.search(wide[1]) and "，" not in wide[1] and "。" not in wide[1]:
            return end - len(wide[1]), []
        for m in _GOVERNS.finditer(flow, start, end):
            if self.page.boundaries[m.start()]:
                start = m.end()
        inside = [
            b
            for b in self.bodies.within(max(line.start, start - 30), end)
            if b.end <= end and b.end > start and not (b.parent and b.kind in ("Department",))
        ]
        if not inside:
            return start, []
        last = max(inside, key=lambda b: (b.end, -b.start))
        between = flow[last.end : end]
        if last.start > start and re.match("全(?:省|市|区|县|州|旗)", flow[start:end]):
            return start, []
        if re.match(r"(?:系统|各|主要|领导|机关干部)", between):
            return start, []
        chain = [b for b in inside if (b.start, b.end) == (last.start, last.end)]
        edge = last.start
        while edge > line.start + 1 and flow[edge - 1] in "和、及与":
            before = [b for b in self.bodies.within(max(line.start, edge - 24), edge) if b.end == edge - 1]
            if not before:
                break
            first = min(before, key=lambda b: b.start)
            chain = [b for b in before if b.start == first.start] + chain
            edge = first.start
        return edge, chain

    def _date(self, start: int, end: int, *, held: bool) -> tuple[str, tuple[int, int]] | None:
        """Date the sentence gives of a meeting: before it, right behind, or 日前 and 近日, which give the year only."""
        sentence = self.page.sentence(start)
        near = self.page.dates_within(sentence.start, sentence.end)
        before = [d for d in near if d.end <= start and start - d.end <= 30]
        after = [d for d in near if d.start >= end and d.start - end <= 4]
        found = before[-1] if before else after[0] if after else None
        if found:
            return found.iso, (found.start, found.end)
        if not held:
            return None
        line = self.page.line(start)
        earlier = self.page.dates_within(max(line.start, start - 400), sentence.start)
        if earlier:
            return earlier[-1].iso[:4], (earlier[-1].start, earlier[-1].end)
        lately = re.search("日前|近日|昨日|昨天|今日|当日|今天", self.flow[sentence.start : start])
        if lately and self.page.year:
            return str(self.page.year), (sentence.start + lately.start(), sentence.start + lately.end())
        return None
