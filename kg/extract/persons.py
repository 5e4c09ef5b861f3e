"""Named people and the offices the text gives them: before the name, after it, in lists, bylines and captions."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg import lexicon
from kg.chinese import names
from kg.extract.draft import Drafts
from kg.extract.geography import Geography
from kg.extract.organisations import Bodies, Body, base_body, short_form
from kg.extract.page import BODY, BODY_REST, HAN, PLACE, PLACE_REST, Page
from kg.identity import NATION, iri
from kg.model import Line, Post

_OFFICE = lexicon.alternation(lexicon.words("titles"))
_B = f"{BODY}{BODY_REST}*"
_P = f"{PLACE}{PLACE_REST}*"
_MARK = "原|时任|代理|代|现任|前任|名誉"

# An apposition is a chain of units joined by 、 or 兼: [body] [qualifier] office. It is read leftwards from its last office.
_TITLE = re.compile(rf"(?:{_OFFICE})(?![会团制委级])")
_UNIT = rf"(?:{_B}|(?:{_P})+)?[{HAN}]{{0,10}}?(?:{_MARK})?(?:{_OFFICE})"
_CHAIN = re.compile(rf"(?:{_UNIT}(?:[、，]|、?兼任?|、?并任)?)*{_UNIT}$")
_ONE = re.compile(
    rf"(?P<body>(?:{_B})|(?:{_P})+)?(?P<qualifier>[{HAN}]{{0,10}}?)(?P<mark>原|时任|代|代理|现任|前任|名誉)?(?P<title>{_OFFICE})(?=$|[、， ：:]|兼|并任|{_B}|{_P})"
)
_AFTER = re.compile(
    r"(?P<title>总书记|(?:副)?(?:主席|书记|主任|市长|区长|县长|局长|院长|部长|省长|会长|秘书长)|常委|委员|代表|同志|律师|教授|医生|老师|队长)(?![会团制们])"
)
_SAID = re.compile(r"(?:告诉记者|介绍说|表示|说|介绍|指出|强调|认为|坦言|建议|谈到|回忆|感慨|呼吁)")
_AND_OTHERS = re.compile(
    rf"等(?:(?:\d+|[一二三四五六七八九十百]+)(?:余|多)?[名位]|数[名位]|多[名位])?(?P<body>{_B})?(?P<qualifier>[{HAN}]{{0,6}}?)(?P<title>{_OFFICE})"
)


_EXECUTIVE = re.compile("(?:原|时任|代理|代)?(?:副|常务副|代)?(省|市|区|县|州|盟|旗|镇|乡)长|自治区副?主席")
_CREDIT = re.compile(r"[（(](?P<names>[^（）()。，]{2,60})[）)]")
_ROLE = re.compile(
    r"(?:本报|本台|通讯员|记者|特约记者|见习记者|实习生|全媒体记者|首席记者|摄影|报道|文图|文/图|供图|整理|作者|编辑)+[：:/]?"
)
_PHOTO = re.compile(
    r"(?P<name>[^，。；：“”（）\s/]{2,4}(?: [^，。；：“”（）\s/])?)[ /]?(?:摄|供图|摄影)(?=$|[\n）。 ])"
)
_APPOINTS = re.compile(r"(?:增选|补选|选举|选出|任命|决定任命|聘请|聘任|推选|推举|当选|增补|免去|接受)(?!了|产生)")
_TO_OFFICE = re.compile(
    rf"(?:同志|等(?:\d+|[一二三四五六七八九十]+)[名位](?:同志|委员)?)*(?:[^，。；]{{0,12}}?(?:为|任|担任)|的)?(?P<office>(?:{_B}|(?:{_P})+)?[{HAN}]{{0,6}}?(?:{_OFFICE}))"
)
_SEVERAL = re.compile(rf"(?:[两二三四五六七八九十]|\d+)[位名](?P<title>{_OFFICE})")


# A body whose district the text never names: the post keeps the words as they stand.
_UNPLACED = re.compile("[省市区县旗州盟镇乡](?:政协|委|政府|人大常委会|人大|纪委监委|纪委|法院|检察院)[\u4e00-\u9fff]{0,6}")
_ASIDE = re.compile(
    r"（(?:挂职|主持工作|兼|代理|代|聘任|非领导职务|正[省厅县处科]级|副[省厅县处科]级|退休|女|[^（），。]{1,4}族)[^（）]{0,6}）"
)


class Person(NamedTuple):
    """A person named at ``flow[start:end]``."""

    start: int
    end: int
    name: str


class _Found(NamedTuple):
    body: str | None
    near: str | None
    title: str


def find(page: Page, geography: Geography, bodies: Bodies, drafts: Drafts) -> list[Person]:
    """Find the people of a document and note each with posts in *drafts*."""
    return _Search(page, geography, bodies, drafts).run()


class _Search:
    def __init__(self, page: Page, geography: Geography, bodies: Bodies, drafts: Drafts) -> None:
        self.page, self.geography, self.bodies, self.drafts = page, geography, bodies, drafts
        self.flow, self.shadow = page.flow, bodies.shadow
        self.home = geography.home.near if geography.home else "-"
        self.mentions: dict[tuple[int, int], tuple[str, list[_Found], str, tuple[int, int]]] = {}

    def run(self) -> list[Person]:
        self._leaders()
        self._bylines()
        self._speakers()
        self._credits()
        self._appositions()
        self._appointed()
        self._after()
        self._others()
        self._dotted()
        self._sayers()
        return self._write()

    # -- grammars ------------------------------------------------------------------------------------------------

    def _add(self, span: tuple[int, int], name: str, posts: list[_Found], rule: str, words: tuple[int, int]) -> None:
        known = self.mentions.get(span)
        if known:
            known[1].extend(p for p in posts if p not in known[1])
        elif not any(s < span[1] and span[0] < e for s, e in self.mentions if abs(s - span[0]) < 12):
            self.mentions[span] = (name, posts, rule, words)

    def _leaders(self) -> None:
        for m in re.finditer("习近平|毛泽东|邓小平|江泽民|胡锦涛", self.flow):
            start, end = m.span()
            if (
                self.flow.startswith(("新时代", "生态文明", "强军", "经济", "外交", "法治", "文化"), end)
                and "思想" in self.flow[end : end + 16]
            ):
                continue
            if self.flow.startswith(("思想", "理论"), end):
                continue
            posts = [_Found(None, NATION, "总书记")] if self.flow.startswith("总书记", end) else []
            if self.flow.startswith("主席", end):
                posts = [_Found(None, NATION, "主席")]
            self._add(
                (start, end),
                m[0],
                posts or [_Found(None, NATION, "")],
                "person.leader",
                (start, end + (3 if posts and posts[0].title == "总书记" else 0)),
            )

    def _bylines(self) -> None:
        for line in self.page.document.lines:
            if line.kind not in ("byline", "caption", "dateline", "paragraph"):
                continue
            if line.kind != "byline" and line.end - line.start > 4000:
                continue
            words = self.flow[line.start : line.end]
            for author in self.page.document.meta.authors if line.kind == "byline" else ():
                plain = author.replace(" ", "")
                spot = re.search(r"\s?".join(map(re.escape, plain)), words)
                if spot:
                    role = (
                        "通讯员"
                        if words.rfind("通讯员", 0, spot.start()) > words.rfind("记者", 0, spot.start())
                        else "记者"
                    )
                    span = (line.start + spot.start(), line.start + spot.end())
                    self._add(span, plain, [_Found(None, None, role)], "person.byline", (line.start, line.end))

    def _credits(self) -> None:
        """（记者 甲 通讯员 乙）, （甲 乙）at the end of a text, 甲/摄."""
        for m in _CREDIT.finditer(self.flow):
            words = m["names"]
            roles = bool(_ROLE.search(words))
            line = self.page.line(m.start())
            last = m.end() >= line.end - 1 and self.flow[m.start() - 1] in "。！？”…" and self._closes(line)
            if not roles and not last:
                continue
            at = m.start("names")
            role = "记者"
            while at < m.end("names"):
                r = _ROLE.match(self.flow, at)
                if r:
                    role = next((x for x in ("通讯员", "实习生") if x in r[0]), "记者")
                    at = r.end()
                    continue
                if self.flow[at] in " 、/，":
                    at += 1
                    continue
                name = names.match(self.flow, at, self.page.boundaries, sure=True)
                if name is None or name.end > m.end("names") or self.shadow[at] in (BODY, PLACE):
                    break
                end = name.end
                stop = next((i for i in range(at, m.end("names") + 1) if self.flow[i] in " 、/，）)"), end)
                if 2 <= stop - at <= 4 and names.surname_at(self.flow, at):
                    end = stop
                written = self.flow[at:end].replace(" ", "") if end != name.end else name.name
                self._add(
                    (at, end), written, [_Found(None, None, role)] if roles else [], "person.byline", m.span("names")
                )
                at = end
        for m in _PHOTO.finditer(self.flow):
            name = names.match(self.flow, m.start("name"), self.page.boundaries, sure=True)
            if name and name.end <= m.end("name") and self.page.boundaries[m.start()]:
                self._add(m.span("name"), m["name"].replace(" ", ""), [], "person.byline", m.span())

    def _closes(self, line: Line) -> bool:
        """Whether a line is the last of its section."""
        later = next((other for other in self.page.document.lines if other.start > line.start), None)
        return later is None or later.section != line.section

    def _list(self, at: int, *, sure: bool) -> list[names.Name]:
        """Names joined by 、 or 和 that begin at *at*."""
        found: list[names.Name] = []
        while self.shadow[at : at + 1] not in (BODY, PLACE, ""):
            name = names.match(self.flow, at, self.page.boundaries, sure=sure)
            if name is None or not (sure or self._fits(name)):
                break
            found.append(name)
            at = name.end
            if not self.flow.startswith(("、", "和"), at):
                break
            at += 1
        return found

    def _appointed(self) -> None:
        """增选甲、乙等11名同志为常务委员; 甲、乙两位副主席."""
        for m in _APPOINTS.finditer(self.flow):
            found = self._list(m.end(), sure=True)
            to = _TO_OFFICE.match(self.shadow, found[-1].end) if found else None
            if not to:
                continue
            posts = self._posts(*to.span("office"))
            for name in found:
                self._add((name.start, name.end), name.name, list(posts), "person.appointed", (m.start(), to.end()))
        for m in _SEVERAL.finditer(self.flow):
            start = self.flow.rfind("由", self.page.sentence(m.start()).start, m.start())
            found = self._list(start + 1, sure=False) if start >= 0 else []
            if found and found[-1].end == m.start():
                where, near = self._by_scope(m["title"], "", m.start())
                for name in found:
                    self._add(
                        (name.start, name.end),
                        name.name,
                        [_Found(where, near, m["title"])],
                        "person.appointed",
                        (found[0].start, m.end()),
                    )

    def _speakers(self) -> None:
        """木兰县政协主席 甲乙丙: a line that is a body, its office and a name."""
        for line in self.page.document.lines:
            if line.kind in ("speaker", "byline"):
                for m in _TITLE.finditer(self.shadow, line.start, line.end):
                    self._named(m, line.start, sure=True, rule="person.speaker-line")

    def _appositions(self) -> None:
        for m in _TITLE.finditer(self.shadow):
            self._named(m, self.page.line(m.start()).start, sure=False, rule="person.title-before-name")

    def _named(self, m: re.Match[str], floor: int, *, sure: bool, rule: str) -> None:
        """The office matched by *m*, what stands before it, and the name or list of names that follows."""
        at = m.end()
        if self.flow.startswith((" ", "："), at) and (sure or self.page.line(at).kind != "paragraph"):
            at += 1
        aside = _ASIDE.match(self.flow, at)
        if aside:
            at = aside.end()
        found: list[names.Name] = []
        while True:
            name = (
                names.match(self.flow, at, self.page.boundaries, sure=sure)
                if self.shadow[at : at + 1] not in (BODY, PLACE)
                else None
            )
            if name is None or not (sure or self._fits(name)):
                break
            found.append(name)
            at = name.end
            if (
                not self.flow.startswith("、", at)
                or self.shadow[at + 1 : at + 2] in (BODY, PLACE)
                or _TITLE.match(self.flow, at + 1)
            ):
                break
            at += 1
        if not found:
            return
        left = max(floor, m.start() - 80)
        chain = _CHAIN.search(self.shadow, left, m.end())
        if chain is None:
            return
        posts = self._inherited(self._posts(chain.start(), m.end()), chain.start())
        for name in found:
            self._add((name.start, name.end), name.name, list(posts), rule, (chain.start(), found[-1].end))

    def _inherited(self, posts: list[_Found], at: int) -> list[_Found]:
        """Deputies listed without their body (主任甲主持，副主任乙出席) belong to the body of the office before them."""
        if any(p.body for p in posts) or not posts or not re.match("副|秘书长|常务副", posts[0].title):
            return posts
        floor = self.page.sentence(at).start
        before = [m for s, m in self.mentions.items() if floor <= s[0] < at and any(p.body for p in m[1])]
        if not before:
            return posts
        held = next(p for p in before[-1][1] if p.body)
        return [p._replace(body=held.body, near=held.near) for p in posts]

    def _fits(self, name: names.Name) -> bool:
        """Whether what follows a name allows it to be one."""
        after = self.flow[name.end : name.end + 1]
        word = name.name
        if name.end - name.start == len(word) and names.is_common(word):
            return False
        opening = self.flow[name.start : name.start + 2]
        if (
            opening not in names.SURNAMES
            and len(word) < 4
            and self.page.boundaries[name.start + 2]
            and names.is_common(opening)
        ):
            return False
        if after in "会团制" or (self.flow[name.end : name.end + 2] in ("同志", "先生", "女士")):
            return after not in "会团制"
        return True

    def _posts(self, start: int, end: int) -> list[_Found]:
        """Offices in ``shadow[start:end]``, each with the body it is held in."""
        out: list[_Found] = []
        body: Body | None = None
        place_name: str | None = None
        near: str | None = None
        for m in _ONE.finditer(self.shadow, start, end):
            title = (m["mark"] or "") + m["title"]
            qualifier = m["qualifier"].lstrip("、，兼任并和")
            if m["body"]:
                first = m.start("body")
                if self.shadow[first] == BODY:
                    body = max(self.bodies.within(first, first + 1), key=lambda b: b.end, default=None)
                    place_name, near = None, body.place.near if body and body.place else NATION if body else None
                else:
                    last = first + max(i for i, c in enumerate(m["body"]) if c == PLACE)
                    hit = self.geography.at(last)
                    body = None
                    place_name, near = (hit.place.name, hit.place.near) if hit and hit.place else (None, None)
            held = body
            if held and held.kind == "PartyGroup" and held.parent:
                if title in ("书记", "副书记", "成员"):
                    title = held.name[len(held.parent.name) :] + title
                    held = held.parent
                elif not title.startswith("党组"):
                    held = body = held.parent
            elif held and held.kind == "PartyCommittee" and held.place and _EXECUTIVE.fullmatch(title):
                held = body = base_body(held.place, "政府", "", (held.start, held.end))
            elif held and held.parent and m["body"] is None and title in ("主席", "副主席", "党组书记", "党组副书记"):
                held = held.parent
            if title == "政协委员":
                title = "委员"
            where: str | None
            own = re.match("(省|市|区|县|州|旗|镇|乡)(?=..)", qualifier)
            scope = self.geography.resolve(own[1], start) if own and not m["body"] and _is_organ(qualifier) else None
            if scope:
                where, near = short_form(scope) + qualifier[1:], scope.near
            elif held:
                where = held.name + (qualifier if qualifier and _is_organ(qualifier) else "")
            elif place_name and qualifier.endswith(
                ("公司", "集团", "厂", "合作社", "学校", "医院", "中学", "小学", "大学")
            ):
                where = place_name + qualifier
            elif place_name:
                where = self._in_place(place_name, title)
            else:
                where, near = self._by_scope(title, qualifier, start)
                if where is None and _UNPLACED.fullmatch(qualifier):
                    where = qualifier
            office = _EXECUTIVE.search(title)
            if office and where and where.endswith("政府"):
                self._government(where, m.span())
            out.append(_Found(where, near, title))
        return out

    def _government(self, name: str, span: tuple[int, int]) -> None:
        """The government that a head of it belongs to, though the text names only the office."""
        if self.drafts.named("Organisation", name):
            return
        hits = [
            h for h in self.geography.hits if h.place and name in (f"{h.place.name}政府", short_form(h.place) + "政府")
        ]
        place = hits[0].place if hits else None
        if place is None and self.geography.home and name == f"{self.geography.home.name}政府":
            place = self.geography.home
        if place:
            body = base_body(place, "政府", "", span)
            draft = self.drafts.note(
                "Organisation",
                body.id,
                body.name,
                span,
                "body.of-office",
                supports=[("place", place.name)],
                naming=False,
            )
            draft.add("kind", "Government")

    def _in_place(self, place: str, title: str) -> str:
        """阳朔县县长 holds office in the county's government; a villager is of the village."""
        return self._executive(place) if _EXECUTIVE.fullmatch(title) else place

    def _executive(self, place: str) -> str:
        """Name of the government of a district the text names."""
        hit = next((h for h in self.geography.hits if h.place and h.place.name == place), None)
        return (short_form(hit.place) if hit and hit.place else place) + "政府"

    def _by_scope(self, title: str, qualifier: str, at: int) -> tuple[str | None, str | None]:
        """Body of an office that names none: 委员 in the section of a CPPCC body is its member."""
        bare = re.sub("^(?:原|时任|代理|代|现任|前任)", "", title)
        section = self.bodies.of_section(self.page.section(at))
        root = section.root if section else None
        member = bare in ("委员", "政协委员", "常委", "常务委员", "副主席") and qualifier in (
            "",
            "政协",
            "界别",
            "党员",
        )
        if root and root.kind == "CPPCC" and (member or "政协" in qualifier):
            return root.name, root.place.near if root.place else None
        level = _EXECUTIVE.fullmatch(bare)
        if level and level[1]:
            place = self.geography.resolve(level[1], at)
            if place:
                return base_body(place, "政府", "", (at, at)).name, place.near
        if bare.endswith("领导"):
            place = self.geography.resolve(bare[0], at)
            if place:
                return place.name, place.near
        return None, None

    def _after(self) -> None:
        """王某某委员, 王某某主席: a title right behind the name."""
        for m in _AFTER.finditer(self.flow):
            for length in (3, 2, 4):
                start = m.start() - length
                if start < 0 or not self.page.boundaries[start]:
                    continue
                name = names.match(self.flow, start, self.page.boundaries, sure=False)
                if (
                    name is None
                    or m.start() not in (name.end, start + len(name.other))
                    or self.shadow[start] != self.flow[start]
                    or not self._fits(name)
                ):
                    continue
                words = self.flow[start : m.start()]
                if names.is_common(words):
                    continue
                if any(c in words for c in "和与、等在为全体各市区县省州旗盟党政") and words[0] not in "党和":
                    continue
                title = m["title"]
                posts: list[_Found] = []
                if title not in ("同志",):
                    where, near = self._by_scope(title, "", start)
                    posts = [_Found(where, near, title)]
                    before = re.search(
                        rf"(?P<a>(?:{_B})[{HAN}]{{0,6}}?(?:{_OFFICE}))的$", self.shadow[max(0, start - 40) : start]
                    )
                    if before:
                        posts = self._posts(start - len(before[0]), start - 1) + posts
                self._add((start, m.start()), words, posts, "person.title-after-name", (start, m.end()))
                break

    def _others(self) -> None:
        """甲、乙等20余名政协委员."""
        for m in _AND_OTHERS.finditer(self.shadow):
            end = m.start()
            while True:
                hit = None
                for length in (3, 2, 4):
                    start = end - length
                    if start < 0:
                        continue
                    opens = start == 0 or self.flow[start - 1] in "。，；：\n“、"
                    if opens and names.is_name(self.flow[start:end]):
                        hit = (start, end)
                        break
                    name = names.match(self.flow, start, self.page.boundaries, sure=False)
                    if (
                        name
                        and (name.end == end or start + len(name.other) == end)
                        and self._fits(name)
                        and not names.is_common(self.flow[start:end])
                    ):
                        hit = (start, end)
                        break
                if hit is None:
                    break
                found = self._posts(m.start() + 1, m.end())
                title = "委员" if m["title"] == "政协委员" else m["title"]
                where, near = (
                    self._by_scope(m["title"], m["qualifier"] or "", end)
                    if not found or found[0].body is None
                    else (found[0].body, found[0].near)
                )
                if m["title"] in ("政协委员",) and where is None:
                    where, near = self._by_scope("委员", "政协", end)
                self._add(
                    hit, self.flow[slice(*hit)], [_Found(where, near, title)], "person.and-others", (hit[0], m.end())
                )
                if hit[0] and self.flow[hit[0] - 1] == "、":
                    end = hit[0] - 1
                else:
                    break

    def _dotted(self) -> None:
        """Names of Uyghurs, Kazakhs, Tibetans written with a dot are names wherever they stand."""
        blocked = [
            (q.start, q.end)
            for q in (*self.page.quoted, *self.page.titled)
            if len(q.words) < 30 and not re.search("[，。？！]", q.words)
        ]
        for m in names.DOTTED.finditer(self.flow):
            start = m.start()
            while start < m.end() and (not names.transcribes(self.flow[start]) or not self.page.boundaries[start]):
                start += 1
            name = (
                names.match(self.flow, start, self.page.boundaries) if start < self.flow.find("·", m.start()) else None
            )
            if (
                name
                and "·" in name.name
                and sum(map(names.transcribes, name.name)) >= 0.7 * (len(name.name) - 1)
                and not any(s <= start < e for s, e in blocked)
            ):
                after = _AFTER.match(self.flow, name.end)
                posts = (
                    [_Found(*self._by_scope(after["title"], "", start), after["title"])]
                    if after and after["title"] != "同志"
                    else []
                )
                self._add(
                    (name.start, name.end),
                    name.name,
                    posts,
                    "person.dotted",
                    (name.start, after.end() if posts and after else name.end),
                )

    def _sayers(self) -> None:
        """甲乙丙说: a name at the head of a clause before a verb of saying."""
        for m in _SAID.finditer(self.flow):
            for length in (3, 2):
                start = m.start() - length
                if (
                    start < 0
                    or not self.page.boundaries[start]
                    or (start and self.flow[start - 1] not in "，。；”\n：“ ")
                ):
                    continue
                name = names.match(self.flow, start, self.page.boundaries)
                words = self.flow[start : m.start()]
                if (
                    name
                    and m.start() in (name.end, start + len(name.other))
                    and not names.is_common(words)
                    and self.shadow[start] == self.flow[start]
                ):
                    self._add((start, m.start()), words, [], "person.says", (start, m.end()))
                    break

    # -- writing -------------------------------------------------------------------------------------------------

    def _write(self) -> list[Person]:
        """Note every person under one identity a name and district; find plain repetitions of each name."""
        near_of: dict[str, list[str]] = {}
        for name, posts, _, _ in self.mentions.values():
            near_of.setdefault(name, []).extend(p.near for p in posts if p.near)
        out: list[Person] = []
        for (start, end), (name, posts, rule, words) in sorted(self.mentions.items()):
            own = [p.near for p in posts if p.near] or near_of[name]
            section = self.geography.sections[self.page.section(start)]
            near = own[0] if own else section.near if section else self.home
            id_ = iri("person", near, name)
            self.drafts.note("Person", id_, name, (start, end), rule)
            for post in posts:
                if post.title:
                    self.drafts.note(
                        "Person",
                        id_,
                        name,
                        words,
                        rule,
                        supports=[("posts", Post(post.title, post.body))],
                        naming=False,
                    )
            out.append(Person(start, end, name))
        known = {p.name for p in out if len(p.name) >= 2}
        taken = {p.start for p in out}
        if known:
            for m in re.finditer(lexicon.alternation(sorted(known)), self.flow):
                if m.start() not in taken and self.page.boundaries[m.start()] and len(m[0]) > 2:
                    again = self.drafts.named("Person", m[0])
                    if again and not self.flow.startswith(("新时代", "思想"), m.end()):
                        self.drafts.note("Person", again.id, m[0], m.span(), "person.again")
                        out.append(Person(m.start(), m.end(), m[0]))
        return sorted(out)


def _is_organ(words: str) -> bool:
    """Whether the words between a body and a title name an organ of it (办公室, 提案委)."""
    return words.endswith(("委", "会", "室", "部", "局", "办", "组", "处", "队", "站", "所", "院", "中心", "科", "委"))
