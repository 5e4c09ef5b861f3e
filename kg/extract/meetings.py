"""Named meetings and congresses, their hosts and dates."""

from __future__ import annotations

import re

from kg import lexicon
from kg.extract.draft import Drafts
from kg.extract.geography import Geography, Place
from kg.extract.organisations import Bodies, Body, base_body
from kg.extract.page import HAN, PLACE, PLACE_REST, Page
from kg.identity import NATION, iri, normal

_N = "[一二三四五六七八九十]"
_P = f"{PLACE}{PLACE_REST}*"
_CONGRESS = re.compile(rf"(?:中国共产党|中共|党的|中共的)?(?P<n>十[一二三四五六七八九]|二十[一二三]?)大(?![道街桥楼会家量型力批学多小户])")
_PLENUM = re.compile(rf"(?:党的|中共|中国共产党)?(?P<n>{_N}{{2,3}})届(?P<list>(?:{_N}{{1,2}}中、)*{_N}{{1,2}}中)全会")
_LOCAL_PLENUM = re.compile(rf"(?:(?P<place>{_P})|(?P<level>[省市区县州旗盟]))委(?P<n>{_N}{{1,3}})届(?P<m>{_N}{{1,3}})次全(?:会|体会议)")
_PARTY_CONGRESS = re.compile(
    rf"(?:中国共产党|中共)?(?:(?P<place>(?:{_P})+)|(?P<level>[省市区县州旗盟]))第(?P<n>{_N}{{1,3}})次(?P<what>党代会|代表大会|党员代表大会)"
)
_SESSION = re.compile(
    rf"(?P<full>(?P<lead>政协)?(?:(?P<place>(?:{_P})+)|(?P<level>[省市区县州旗盟]))?(?P<lead2>政协)?第?(?P<n>{_N}{{1,3}})届(?:(?:[省市区县州旗盟])?(?P<organ>政协|人大|人民代表大会)|委员会|全国委员会)?"
    rf"(?P<standing>常委会|常务委员会)?第?(?P<m>{_N}{{1,3}})次(?P<what>会议|全体会议))"
)
_ENDS = "工作会议|座谈会议|座谈会|工作会|推进会议|推进会|动员会|动员大会|动员部署会|部署会议|部署会|分析会|研讨会|交流会|报告会|表彰大会|表彰会|总结会|总结大会|调度会|联席会议|协商会议|协商会|听证会|评议会|恳谈会|论坛|大会|峰会|年会|茶话会|通报会|培训会|现场会|观摩会|经济工作会议|解读会|宣讲会|论证会|发布会|会议"
_NAMED = re.compile(rf"(?:{_ENDS})(?![议室场厅员])")
_GENERIC = re.compile(
    r"^(?:.{0,4}(?:常委会|常委|主席|主任|党组|理论中心组|中心组|专题|全体|办公|支委|党员|委员|学习|常务|专项|有关|相关|重要|重大|本次|此次|这次|各类|多次|视频|线上|小组|支部|党支部|机关|院坝|板凳|协商座谈|有事好商量|民主生活|组织生活|常态化|定期|季度|年度|月度|例行|专委会|议政性|专题协商|双月|网络|界别|对口|年终|年中|半年|全年|下达|开|召开|上|列席|了|次|场)*)"
    r"(?:会议|座谈会|工作会|协商会|协商会议|推进会|推进会议|分析会|研讨会|联席会议|大会|交流会|报告会|总结会|论坛|协商座谈会|调度会|评议会|恳谈会|通报会|培训会|茶话会|论证会|部署会|动员会|座谈会议|现场会|年会|听证会)$"
)
_HOLDS = re.compile(r"(?:召开了?|举行了?|举办了?|组织召开了?|主持召开了?|参加了?|出席了?|列席了?|承办了?|开好)$")
_LEFT = re.compile(
    r"(?:召开的|召开了?|举行的|举行了?|举办的|举办了?|出席了?|参加了?|列席了?|承办了?|深入贯彻落实|认真贯彻落实|学习贯彻落实|贯彻落实|深入贯彻|全面贯彻|认真贯彻|学习贯彻|学习宣传贯彻|深入学习|认真学习|贯彻|落实|传达学习|学习|传达|按照|根据|对照|召集|主持|随后|先后在|先后|分别在|在|于|对|从|将|和|与|及|以及|把|为|是|的|了|日前|近日|全面|认真|深入|深刻领会|领会|迎接|围绕|结合|通过|年|月|日|上午|下午|其中|还|等|以|向|到)"
)


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

    def run(self) -> None:
        self._congresses()
        self._party_congresses()
        self._sessions()
        self._quoted()
        self._named()

    def _note(self, span: tuple[int, int], name: str, host: Body | str | None, date: str | None, rule: str, *, near: str = NATION, dated: tuple[int, int] | None = None) -> None:
        self.taken[span[0] : span[1]] = b"\1" * (span[1] - span[0])
        host_name = host.name if isinstance(host, Body) else host
        if isinstance(host, Body) and host.place:
            near = host.place.near
        id_ = iri("meeting", near, normal(name))
        self.drafts.note("Meeting", id_, name, span, rule)
        self.drafts.note("Meeting", id_, name, span, rule, supports=[("host", host_name)], naming=False)
        draft = self.drafts.get("Meeting", id_)
        if date and (draft is None or "date" not in draft.values):
            start = min(span[0], dated[0]) if dated else span[0]
            end = max(span[1], dated[1]) if dated else span[1]
            self.drafts.note("Meeting", id_, name, (start, end), rule + "-date", supports=[("date", date)], naming=False)

    def _congresses(self) -> None:
        for m in _CONGRESS.finditer(self.flow):
            ordinal = m["n"]
            if ordinal == "十一" and "届" in self.flow[m.end() : m.end() + 2]:
                continue
            self._note(m.span(), f"党的{ordinal}大", None, None, "meeting.party-congress")
        for m in _PLENUM.finditer(self.flow):
            for number in m["list"].split("、"):
                self._note(m.span(), f"党的{m['n']}届{number}全会", None, None, "meeting.plenum")
        for m in _LOCAL_PLENUM.finditer(self.shadow):
            place = self._place(m)
            if place and not self.taken[m.start()]:
                host = base_body(place, "委", "", m.span())
                self._note(m.span(), f"{host.name}{m['n']}届{m['m']}次全会", host, None, "meeting.plenum")

    def _place(self, m: re.Match[str]) -> Place | None:
        if m["place"]:
            hit = self.geography.at(m.start("place") + max(i for i, c in enumerate(m["place"]) if c == PLACE))
            return hit.place if hit else None
        return self.geography.resolve(m["level"], m.start("level")) if m["level"] else None

    def _party_congresses(self) -> None:
        for m in _PARTY_CONGRESS.finditer(self.shadow):
            if m["level"] and not self.page.boundaries[m.start()] and not self.flow[m.start() : m.start() + 2] == "中共":
                continue
            place = self._place(m)
            if place is None:
                continue
            name = self.flow[m.start() : m.end()]
            self._note(m.span(), name if m["place"] else f"{place.name}第{m['n']}次{m['what']}", base_body(place, "委", "", m.span()), None, "meeting.local-congress")
            draft = self.drafts.named("Meeting", name if m["place"] else f"{place.name}第{m['n']}次{m['what']}")
            if draft:
                draft.surfaces.setdefault(name, None)

    def _sessions(self) -> None:
        for m in _SESSION.finditer(self.shadow):
            if self.taken[m.start()] or not (m["place"] or m["level"] or m["organ"] or m["lead"]):
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
            date = self._date(start, m.end())
            self._note(m.span(), self.flow[start : m.end()], host, date[0] if date else None, "meeting.session", dated=date[1] if date else None)

    def _quoted(self) -> None:
        for q in self.page.quoted:
            if q.depth == 0 and _NAMED.search(q.words) and _NAMED.search(q.words).end() == len(q.words) and len(q.words) > 6:  # type: ignore[union-attr]
                host = self.bodies.subject(q.start)
                date = self._date(q.start, q.end)
                self._note((q.start, q.end), re.sub("[“”‘’]", "", q.words), host, date[0] if date else None, "meeting.quoted", dated=date[1] if date else None)

    def _named(self) -> None:
        for m in _NAMED.finditer(self.flow):
            if self.taken[m.start()] or self.taken[m.end() - 1]:
                continue
            start = self._left(m.start())
            words = self.flow[start : m.end()]
            if len(words) < 6 or _GENERIC.match(words) or "、" in words[-6:]:
                continue
            body = next((b for b in self.bodies.within(start, start + 1)), None)
            lead = max((b.end for b in self.bodies.within(start, start + 1) if b.end <= m.start()), default=start)
            rest = self.flow[lead : m.end()]
            if body and _GENERIC.match(rest):
                continue
            held = _HOLDS.search(self.flow[max(0, start - 6) : start])
            titled = self.page.line(start).kind in ("title", "subtitle")
            known = self.drafts.named("Meeting", words)
            specific = len(rest) >= 8 or (body is not None and len(rest) >= 6) or "工作会议" in rest
            if not known and not held and not specific and not titled:
                continue
            if not known and not held and not body and not re.match(r"中央|全国|全省|全市|全区|全县|全州|全旗|新时[期代]", words) and m[0] in ("会议", "大会", "论坛"):
                continue
            if re.match(r"全(?:省|市|区|县|州|旗)", words):
                place = self.geography.resolve(words[1], start)
                host: Body | None = None
                if place:
                    host = base_body(place, "政协" if words[2:4] == "政协" else "委", "", (start, m.end()))
                    if words[2:4] != "政协":
                        host = None
            else:
                host = body or (self.bodies.subject(start) if held else None)
                if body and lead == start:
                    host = body
            date = self._date(start, m.end())
            self._note((start, m.end()), words, host, date[0] if date else None, "meeting.named", near=self.geography.home.near if self.geography.home else NATION, dated=date[1] if date else None)

    def _left(self, end: int) -> int:
        """Start of a meeting's name: back to punctuation or the verb that holds, attends or follows it."""
        line = self.page.line(end)
        flow = self.flow
        floor = max(line.start, end - 28)
        start = end
        while start > floor and (flow[start - 1] in "（）()" or "\u4e00" <= flow[start - 1] <= "\u9fff" or flow[start - 1].isalnum()) and not self.taken[start - 1]:
            start -= 1
        best = start
        for b in self.bodies.within(start, end):
            verbs = list(_LEFT.finditer(flow, start, b.start + 1))
            if b.start == start or flow[b.start - 1] in "召在行办的加席于实彻和" or verbs:
                return b.start if not self._verb_after(b.end, end) else self._verb_after(b.end, end)
        cut = self._verb_after(start, end)
        return cut or best

    def _verb_after(self, start: int, end: int) -> int:
        """Position after the last governing verb in ``flow[start:end]``; 0 if there is none."""
        last = 0
        for m in re.finditer(r"召开的?了?|举行的?了?|举办的?了?|出席了?|参加了?|列席了?|贯彻落实|传达学习|按照|根据|在(?!线|职)|随后|日前|近日", self.flow[start:end]):
            word_start = start + m.start()
            if self.page.boundaries[word_start]:
                last = start + m.end()
        return last

    def _date(self, start: int, end: int) -> tuple[str, tuple[int, int]] | None:
        """Date the sentence gives of a meeting: before it, or right behind, if nothing else took place in between."""
        sentence = self.page.sentence(start)
        near = [d for d in self.page.dates if sentence.start <= d.start < sentence.end]
        before = [d for d in near if d.end <= start and start - d.end <= 30]
        after = [d for d in near if d.start >= end and d.start - end <= 4]
        found = before[-1] if before else after[0] if after else None
        return (found.iso, (found.start, found.end)) if found else None
