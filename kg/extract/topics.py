"""Who a clause speaks of: its own subject, else the sentence's, else the topic that its paragraph carries on.

Chinese leaves out a subject that stays the same (zero anaphora; Li & Thompson 1981, Mandarin Chinese, ch. 24): 工作室去年
挂牌。先后接待群众百人 counts what the 工作室 did. The clauses of a paragraph are read in order. Each may name a topic: a body or
its officer, a district, 我们, a bare noun that stands for one named before (该公司, 村里, 党组成员), or what it ends on
(成立乙党委, 走进丁镇代表联络站). Who only attends, or is counted with others (甲局、乙局等7个部门), names none. A topic ends with its
paragraph, and where a sentence opens with a noun that is no body; most end with their sentence, see :attr:`Topic.lasts`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from kg import lexicon
from kg.chinese import tokens
from kg.extract.bodies import NOT_ACTING, Bodies, Body, outermost
from kg.extract.page import HAN, Page
from kg.extract.scope import Geography, Hit, Place, is_level

_CLAUSE = re.compile("[，；。！？：\n]+")
_OPENING = re.compile(
    r"""(?:[“”"‘’（(]|其中|(?:委员|会员|理事|龙头|骨干)(?:单位|企业)|目前|截至目前|同时|此外|另外|而且|并且|随后|之后|会后|活动中|期间
    |[一二三四五六七八九十两几近多]+年来|[^，。；]{0,10}以来|今年|去年|前年|当年|全年|年内|年初|年底|近年|日前|近日
    |如今|现在|现|至今|现已|[一两二三四五六七八九十几]年[来间]|[一两二三四五六七八九十几]年多来|先后|累计|已经|已|而|还|也|则|又|并|共计|共|由(?=公司|企业|合作社|村)|、|\s)*""",
    re.VERBOSE,
)
_TITLES = lexicon.alternation([*lexicon.words("titles", "office"), "负责人", "工作人员", "相关负责"])
_OFFICER = re.compile(f"副?(?:{_TITLES})")
_NOT_AT_WORK = frozenset({"等"})
_ANAPHOR = re.compile(
    f"(?:(?:该|本|这[个一支间家所座])(?:[^，。；]{{0,14}}的)?|(?:自己|[他她]们?|[{HAN}]{{2,3}})的(?=合作社|公司|企业)|自家的?)?(?P<word>工作室|工作站|联络站|联络室|服务团|服务队|宣讲队|救援队|合作社|协会|商会|公司|企业|学校|医院|支部|党支部|书院|中心|研究院|集团|(?<=[该本])[局厅院校队所站社])"
)
_SUBORDINATE = frozenset({"Station", "Rescue", "Company", "PartyBranch", "Sector", "Court"})
_ENTERPRISING = frozenset({"Station", "Rescue", "Company"})
_FIRMS = frozenset({"企业", "公司", "集团"})
_COUNTED_FIRMS = re.compile(rf"[、和及]|[\d.]+(?:余|多)?(?:[家户]|个(?![{HAN}]{{2}}))|\d+(?![\d.余多家户个])")
"""What follows 企业 where it counts them: 企业23家."""
_STATIONS = ("工作室", "工作站", "联络站", "联络室")
_OF_TOPIC = re.compile("(?:委员|队员|成员|代表|志愿者|党员)们|大家|他们|她们|这里")
# An officer who is there does not act: 县政府副县长张三出席会议.
_PRESENT = re.compile(rf"(?:[{HAN}]{{0,8}}(?:{_TITLES}))[{HAN}·、 ]{{2,24}}?(?:出席|列席|到会|参加)")
# Nor one whose scholar is a member, whose members are counted, or which only gave the task: 省督察组交办的16个信访件.
_IDLE = re.compile(
    r"(?:将|把)(?:其|它|该)[^，。；]{0,24}(?:列[为入]|评[为选]|确定为|命名|作为)|[^，。；、]{0,8}?副?(?:教授|研究员|讲师|主任医师|医师|高级农艺师|高级工程师)|(?:委员|代表)(?=\d)"
    r"|[^，。；、]{0,10}?(?:交办|转办|反馈|移交|通报|下达|部署|要求|认定|命名|授予)的"
)
_UPON = re.compile("(?:采用|采纳|批示|肯定)后")
_HONOURED = re.compile(f"[{HAN}]{{0,4}}?(?:获评|荣获|获得|入选|跻身|被[^，。；]{{1,8}}[评命列授确认选])")
_ISSUES = re.compile("(?:联合)?(?:印发|转发|下发)")
_RUNS = re.compile(f"(?:[、和][{HAN}、]{{2,30}}?)?(?:共同|联合|具体|统一)?(?:负责)?(?:承办|主办|举办|管理|运营|运行)")
_LEADS = re.compile(f"[{HAN}]{{0,12}}?(?:团结带领|带领全)")
_DISCIPLINE = ("纪委监委", "纪委", "监委")
_TOWNS = frozenset({"村", "社区", "街道", "镇", "乡"})
_HERE = re.compile(
    """(?:我们?|咱们?|该|全|本)?(?:(?P<town>村|社区|街道|镇|乡)(?P<sure>里|上(?!下)|集体)?
    |(?P<level>[省市区县旗州盟])(?:里(?!的)|级?财政(?![局厅部所的预收])))""",
    re.VERBOSE,
)
_OF_MEMBERS = re.compile(
    r"\d+(?:余|多)?[名位](?:[省市区县旗州盟]?政协)?委员(?=先后|分别|依次|发言|踊跃|围绕|提出|建议|结合|从)"
)
_GROUP = re.compile("党组(?:成员|班子|书记|理论|中心组|会议?(?=集体|学习|专题|传达))")
_SCENE = re.compile("(?:在|走进|来到|走入|常驻|入驻)$")
_COUNTED = re.compile(
    rf"""(?:[{HAN}]{{0,6}}(?:{_TITLES})[^，。；]*)?等(?=\Z|\d|[一二三四五六七八九十]+[个家名位人]|(?:相关|有关)?(?:部门|单位)(?:主要)?(?:负责|领导))"""
)
_VERBS = frozenset({*lexicon.words("verbs", "act"), "利用", "计划", "地处"})
_WHEN = ("每年", "每天", "每月", "一年", "一季", "新")
# What is told of a village or a town itself: 甲镇苹果面积4万亩, 乙村的“板凳会”开了31场.
_OF_VILLAGE = re.compile(
    rf"[{HAN}]{{1,8}}?(?:面积|产值|产量|收入|产业|人口|总量|销售额|规模|比重|率)|的?“[^”，。；]{{2,12}}”|的[{HAN}]{{2,8}}?(?:同比|下降|增长|上升|达)|[{HAN}]{{1,10}}?(?:发展到|扩大到|增至)"
)
_FARMS = tuple("种养栽")
_OF_DISTRICT = re.compile(rf"[{HAN}]{{1,8}}?(?:面积|产值|产量|人口|总量|销售额|规模)")
_VILLAGE = re.compile(rf"[{HAN}]{{1,6}}?(?:村|社区|嘎查)")
_NUMBER = re.compile(r"\d[\d.]*")
_WITH = re.compile("会同|联合")
_RECEIVES = re.compile("接待|接访|值班|坐班|轮值")
_FOUNDS = re.compile("(?:成立|组建|设立|领办|创办|兴办)(?:了|起)?(?:“(?:[^”]*”)?)?$")
_HIM = re.compile("(?:督促|促使|推动|指导|支持|帮助|引导)其(?![他它中实余])")
_FORMED = re.compile("(?:成立|组建|设立)[^，。；]*的$")
_PIVOT = re.compile("(?:促成|推动|督促|促使|帮助|协助|支持|引导|促进)$")


@dataclass(frozen=True, slots=True)
class Topic:
    """A body or a district that clauses speak of, and the words that name it."""

    name: str
    start: int
    end: int
    root: str = ""
    """The body that this is the party group of."""
    lower: bool = False
    """Whether it is a village, a station or an enterprise, whose yields and incomes are its own."""
    lasts: bool = False
    """Whether sentences that name nobody go on about it."""

    @property
    def of_group(self) -> bool:
        """Whether a party group is spoken of."""
        return bool(self.root)


class Topics:
    """The topics of one document."""

    __slots__ = ("_bodies", "_geography", "_page", "_read", "_villages")

    def __init__(self, page: Page, geography: Geography, bodies: Bodies) -> None:
        self._page, self._geography, self._bodies = page, geography, bodies
        self._read: dict[int, tuple[list[int], list[Topic | None]]] = {}
        """For each line, by its start: where its clauses begin, as far as they are read, and the topic before each."""
        self._villages = {h.place.name: h.place for h in geography.hits if h.place and h.place.code is None}
        """The villages that the text names behind their township, by name."""

    def at(self, at: int) -> Topic | None:
        """The topic of the clause at position *at*; None where only the section tells."""
        floor = self._page.line(at).start
        begins, topics = self._read.setdefault(floor, ([floor], [None]))
        while stop := _CLAUSE.search(self._page.flow, begins[-1], at):
            named = self._made(begins[-1], stop.start()) or self._of_clause(begins[-1], stop.start(), floor)
            topics.append(named or self._carried(topics[-1], begins[-1], floor))
            begins.append(stop.end())
        i = bisect_right(begins, at) - 1
        begin, topic = begins[i], topics[i]
        if begin == at:
            return topic
        # What stands right before a number is counted, and does not act: 设立“甲”工作室13个.
        named = self._made(begin, at) or self._named(begin, at, floor) or self._object(begin, at)
        return named or self._carried(topic, begin, floor)

    def _carried(self, topic: Topic | None, begin: int, floor: int) -> Topic | None:
        """*topic* as far as a clause from *begin* on that names nobody still speaks of it."""
        opens = begin == floor or self._page.flow[begin - 1] in "。！？；\n"
        ends = opens and topic is not None and (not topic.lasts or self._other(begin) or self._told(topic, begin))
        return None if ends else topic

    def _of_clause(self, begin: int, end: int, floor: int) -> Topic | None:
        """The topic that the clause ``flow[begin:end]`` names."""
        return self._arrived(begin, end) or self._named(begin, end, floor) or self._object(begin, end)

    def _named(self, begin: int, end: int, floor: int) -> Topic | None:
        """The topic that the clause ``flow[begin:end]`` names at its opening."""
        opening = _OPENING.match(self._page.flow, begin, end)
        for at in dict.fromkeys((begin, opening.end() if opening else begin)):
            found = [b for b in self._bodies.within(at, at + 1) if b.end <= end and not self._is_team(b)]
            if found:
                chain = self._bodies.joint(max(found, key=lambda b: b.end), end)
                topic = self._actor(chain, end)
            else:
                topic = (
                    self._place(at, end) or self._we(at, floor) or self._here(at, end) or self._again(at, end, floor)
                )
            if topic:
                return topic
        return None

    def _actor(self, chain: list[Body], end: int) -> Topic | None:
        """The one of several bodies joined at a clause's opening that acts, or whose officer speaks."""
        flow = self._page.flow
        idle = NOT_ACTING.match(flow, chain[-1].end) and not _UPON.match(flow, chain[-1].end)
        if idle or self._stands_by(chain, end):
            return None
        actor = self._speaker(chain, end)
        if actor.kind == "Department" and actor.parent and _ISSUES.match(flow, actor.end):
            # 县政府办公室印发《方案》，安排资金: what follows is the government's.
            actor = actor.root
        if actor.kind == "PartyCommittee" and actor.place and _LEADS.match(flow, actor.end):
            # 县委团结带领全县人民，实现…: what follows is the county's.
            return Topic(actor.place.name, actor.start, actor.end)
        return self._of(actor, lasts=self._lasts(actor) and not _OFFICER.match(flow, chain[-1].end))

    def _place(self, at: int, end: int) -> Topic | None:
        """The district that acts or is described at *at*."""
        hit = self._district(at)
        if hit is None or hit.place is None or hit.end > end or self._in_brand(hit):
            return None
        village = not hit.place.is_county
        if not (
            self._acts(hit.end, sure=hit.full and village)
            or (hit.full and village and self._page.flow.startswith(_FARMS, hit.end))
            or (village and _OF_VILLAGE.match(self._page.flow, hit.end, end))
            or (hit.full and _OF_DISTRICT.match(self._page.flow, hit.end, end))
        ):
            return None
        home = self._geography.around(at)
        lasts = home is None or hit.place.code != home.code
        return Topic(hit.place.name, hit.start, hit.end, lower=village, lasts=lasts)

    def _we(self, at: int, floor: int) -> Topic | None:
        """The body that speaks of itself as 我们, outside anybody's quoted words, or whose members speak: 7名委员先后发言."""
        if members := _OF_MEMBERS.match(self._page.flow, at):
            own = self._bodies.around(at)
            return Topic(own.root.name, at, members.end()) if own and own.root.kind == "CPPCC" else None
        if not self._page.flow.startswith("我们", at) or self._page.flow.startswith("村", at + 2):
            return None
        own = self._bodies.around(at)
        quoted = any(q.end > at for q in self._page.quoted_within(max(floor, at - 1500), at))
        return Topic(own.name, at, at + 2, lower=own.kind in _ENTERPRISING) if own and not quoted else None

    def _again(self, at: int, end: int, floor: int) -> Topic | None:
        """The body that a bare noun at *at* means: 党组成员 the party group, 该公司 the company named last."""
        if _GROUP.match(self._page.flow, at, end) and (group := self._group(at)):
            return self._of(group)
        anaphor = _ANAPHOR.match(self._page.flow, at, end)
        if anaphor is None or self._page.flow.startswith("“", anaphor.end()):
            return None
        bare = anaphor["word"] in _FIRMS and anaphor.start("word") == at
        if bare and _COUNTED_FIRMS.match(self._page.flow, anaphor.end()):
            return None
        wide = anaphor["word"] in _STATIONS
        start = self._page.document.sections[self._page.section(at)].start if wide else floor
        firm = anaphor["word"] in _FIRMS
        if firm and bare:
            start = max(self._page.document.sections[self._page.section(at)].start, at - 300)
        before = reversed(self._bodies.within(max(start, at - (300 if bare else 2000)), at))
        fits = (b for b in before if (b.kind == "Company" if firm else b.name.endswith(anaphor["word"])))
        last = next((b for b in fits if not self._is_team(b)), None)
        if last is None and wide and anaphor.start("word") == at:
            # In another section the studio is the only one of which the text has told.
            known = {
                b.name: b
                for b in self._bodies.within(0, at)
                if b.kind == "Station" and b.name.endswith(anaphor["word"])
            }
            last = next(iter(known.values())) if len(known) == 1 else None
        # What comes back speaks from here on: 全镇修路23公里，合作社代耕6800亩.
        return replace(self._of(last, lasts=True), start=at, end=anaphor.end()) if last else None

    def _district(self, at: int) -> Hit | None:
        """The last of the districts that stand one below the other at *at*, 刘营镇建设村, or a village named elsewhere."""
        hit = self._geography.at(at)
        if hit is None and (bare := _VILLAGE.match(self._page.flow, at)) and (place := self._villages.get(bare[0])):
            return Hit(at, bare.end(), place, full=True)
        while hit and (below := self._geography.at(hit.end)):
            hit = below
        return hit

    def _in_brand(self, hit: Hit) -> bool:
        """Whether a district opens a name in quotation marks: “甲县800”公用品牌."""
        return any(q.end > hit.end for q in self._page.quoted_within(hit.start - 1, hit.start))

    def _here(self, at: int, end: int) -> Topic | None:
        """The place that 村里, 街道 or 县里 means as a subject at *at*: the one of that level last named in the paragraph."""
        if self._page.flow.startswith("辖区", at) and self._acts(at + 2) and (own := self._geography.around(at)):
            return Topic(own.name, at, at + 2)
        if self._page.flow.startswith(("那里", "这里", "当地"), at) and self._page.flow[at - 1] in "。！？":
            last = self._geography.hits_within(max(self._page.line(at).start, at - 40), at)
            if last and last[-1].end == at - 1 and last[-1].place and last[-1].place.code is None:
                return Topic(last[-1].place.name, at, at + 2, lower=True, lasts=True)
        m = _HERE.match(self._page.flow, at, end)
        told = m and m["town"] and _OF_VILLAGE.match(self._page.flow, m.end(), end)
        if m is None or not (m["sure"] or m["level"] or told or self._acts(m.end())):
            return None
        place = self.place(m["level"] or m["town"], at)
        town = bool(m["town"])
        return Topic(place.name, at, m.end(), lower=town, lasts=town) if place else None

    def place(self, level: str, at: int) -> Place | None:
        """The district that the bare word *level* means at *at*: a village or a town is the one last named in the paragraph."""
        if level not in _TOWNS:
            return self._geography.resolve(level, at)
        floor = max(self._page.line(at).start, at - 1500)
        before = reversed(self._geography.hits_within(floor, at))
        near = next((hit.place for hit in before if hit.place and is_level(hit.place, level)), None)
        return near or (self._geography.resolve(level, at) if level in ("镇", "乡", "街道") else None)

    def _made(self, begin: int, end: int) -> Topic | None:
        """The body in ``flow[begin:end]`` that is made to do what the clause goes on to tell: 促成县水利局投入.

        Or the one named last, for which it has a pronoun: 向县教育局发出建议书，督促其清退收费.
        """
        if pronoun := _HIM.search(self._page.flow, begin, end):
            before = outermost(self._bodies.within(self._page.sentence(begin).start, pronoun.start()))
            return self._of(before[-1]) if before else None
        for body in self._bodies.within(begin, end):
            if self._page.flow.rfind("《", begin, body.start) > self._page.flow.rfind("》", begin, body.start):
                continue  # 《关于支持县政协履职的意见》
            if body.end < end and _PIVOT.search(self._page.flow, max(begin, body.start - 2), body.start):
                return self._of(self._share(self._bodies.joint(body, end), end))
        return None

    def _object(self, begin: int, end: int) -> Topic | None:
        """A body within the clause ``flow[begin:end]`` that what follows speaks of.

        The head of a relative clause goes on (甲牵头成立的“乙委员工作室”，全年义诊); who runs a thing does so in that sentence
        (“丙茶座”由县工商联承办，已举办9期).
        """
        flow = self._page.flow
        for body in reversed(self._bodies.within(begin, end)):
            goes_on = body.end == end or self._acts(body.end)
            if goes_on and body.parent is None and body.kind in _SUBORDINATE and flow[body.start - 1] == "的":
                return self._of(body, lasts=True)
            by = body.start > begin and flow[body.start - 1] == "由"
            if by and _RUNS.match(flow, self._bodies.joint(body, end)[-1].end, end):
                return self._of(body)
        return None

    def _group(self, at: int) -> Body | None:
        """The party group of the section's body, where the text names it before *at*."""
        own = self._bodies.around(at)
        name = own.root.name + "党组" if own else ""
        before = self._bodies.within(max(0, at - 5000), at)
        return next((b for b in reversed(before) if b.kind == "PartyGroup" and b.name == name), None)

    def _arrived(self, begin: int, end: int) -> Topic | None:
        """The body that the clause ``flow[begin:end]`` ends on and what follows tells of.

        It is founded there (成立乙党委, 领办“丙”合作社), or it is a station where the scene is (走进丁镇代表联络站).
        """
        for body in reversed(self._bodies.within(begin, end)):
            if body.end == end or self._spelt(body, end):
                team = self._is_team(body)
                before = (self._page.flow, begin if team else max(begin, body.start - 20), body.start)
                # A team's first deeds are its own, later ones its founder's; so with a studio that the conference founds.
                if _FOUNDS.search(*before) or (team and _FORMED.search(*before)):
                    own = self._bodies.around(begin)
                    founder = self._bodies.subject(body.start) if body.kind == "Station" else None
                    of_own = founder is not None and own is not None and founder.root.id == own.root.id
                    return self._of(body, lasts=not team and not of_own)
                if body.kind == "Station" and _SCENE.search(*before):
                    return self._of(body, lasts=True)
            receives = _RECEIVES.match(self._page.flow, body.end)
            if body.kind == "Station" and receives and self._page.flow[body.start - 1] in "在到":
                return self._of(body)
        return None

    def _speaker(self, chain: list[Body], end: int) -> Body:
        """Of several bodies that act together the one that speaks here; what an officer tells of is the body's."""
        own = self._bodies.around(chain[0].start)
        actor = next((body for body in chain if own and body.root.id == own.root.id), self._share(chain, end))
        if own and own.place == actor.place and own.name == f"{actor.name}监委":
            actor = own  # 县纪委常委、监委委员 in the commissions' own text
        # 县公安局交警大队大队长 speaks for the 大队, 县政协提案委主任 for the 县政协.
        sub = actor.kind == actor.root.kind == "Department"
        return actor.root if not sub and _OFFICER.match(self._page.flow, actor.end) else actor

    def _share(self, chain: list[Body], end: int) -> Body:
        """Of several bodies the one whose turn it is before *end*: 甲局、乙局分别新增食堂11家、托位420个."""
        flow, at = self._page.flow, chain[-1].end
        turn = len(_NUMBER.findall(flow, at, end)) if flow.startswith("分别", at) else 0
        return chain[turn] if turn < len(chain) else chain[0]

    def _stands_by(self, chain: list[Body], end: int) -> bool:
        """Whether bodies do not act: their officers attend, or they stand in a list that is counted (甲局、乙局等7个部门)."""
        if _PRESENT.match(self._page.flow, chain[-1].end, end) or _IDLE.match(self._page.flow, chain[-1].end):
            return True
        m = _COUNTED.match(self._page.flow, chain[-1].end, end)
        return bool(m) and not _WITH.search(self._page.flow, chain[0].end, chain[-1].start)

    def _acts(self, at: int, *, sure: bool = False) -> bool:
        """Whether the word at position *at* tells what the name before it does: 板桥街道|新建, 达拉特旗|现有.

        Where the name is *sure*, jieba may run its last character into that word (李家|村新开).
        """
        if at >= len(self._page.flow) or not (sure or self._page.boundaries[at]):
            return False
        if self._page.flow.startswith(("辖区", "境内"), at):
            return True
        word = tokens.cut(self._page.flow[at : at + 6])[0]
        if word.isdigit() or word.startswith(_WHEN) or word in _VERBS:
            return True
        return tokens.tag(word)[:1] in ("v", "d", "p", "b", "t") and word not in _NOT_AT_WORK

    def _of(self, body: Body, *, lasts: bool = False) -> Topic:
        root = body.root.name if body.kind == "PartyGroup" else ""
        return Topic(body.name, body.start, body.end, root, body.kind in _ENTERPRISING, lasts)

    def _spelt(self, body: Body, end: int) -> bool:
        """Whether the words behind a body's quotation marks up to *end* belong to its name: “甲”委员工作室."""
        tail = self._page.flow[body.end : end]
        return tail != "" and self._page.flow[body.end - 1] == "”" and body.name.endswith(tail)

    def _is_team(self, body: Body) -> bool:
        """Whether a body is a team in quotation marks: what it does is its founder's."""
        return body.kind == "Other" and self._page.flow[body.start] == "“"

    def _lasts(self, body: Body) -> bool:
        """Whether a body stays the topic beyond its sentence: it is below the one that the section speaks for."""
        if body.kind in _SUBORDINATE or body.kind == "PartyGroup":
            # 甲公司获评小巨人企业 is one example among what the section tells.
            return not _HONOURED.match(self._page.flow, body.end)
        own = self._bodies.around(body.start)
        # What a committee or government tells of its conference goes on: 本届以来，县政协…。两年多来，共开展….
        if own and own.kind in ("PartyCommittee", "Government") and body.place == own.place:
            return body.kind == "CPPCC" or body.name.endswith(_DISCIPLINE)
        below = (
            body.place is not None and own is not None and own.place is not None and body.place.code != own.place.code
        )
        return below and body.place is not None and body.place.near == (own.place.near if own and own.place else None)

    def _told(self, topic: Topic, begin: int) -> bool:
        """Whether the sentence before *begin* closes an example: …，被省政协评为优秀案例。"""
        flow = self._page.flow
        last = max(flow.rfind(stop, topic.end, begin - 1) for stop in "，；。")
        return last > 0 and bool(_HONOURED.match(flow, last + 1, begin))

    def _other(self, begin: int) -> bool:
        """Whether a sentence opens with a noun: a subject of its own."""
        opening = _OPENING.match(self._page.flow, begin)
        at = opening.end() if opening else begin
        if _OF_TOPIC.match(self._page.flow, at):
            return False
        if self._page.flow.startswith("在", at) and self._geography.at(at + 1):
            return True  # another scene: 在乙镇，…
        end = at + 1
        while end < len(self._page.flow) and not self._page.boundaries[end] and end - at < 6:
            end += 1
        return tokens.tag(self._page.flow[at:end])[:1] in ("n", "r")
