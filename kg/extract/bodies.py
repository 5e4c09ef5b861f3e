"""The bodies of a document: the noun, what a core word after a district names, and who acts where."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg import lexicon
from kg.extract.page import Page
from kg.extract.scope import Place, short_form
from kg.identity import iri


class Body(NamedTuple):
    """A body named at ``flow[start:end]``."""

    start: int
    end: int
    id: str
    name: str
    kind: str
    place: Place | None = None
    part_of: str | None = None
    parent: Body | None = None
    """The body this is an organ of, as a mention at the same place."""

    @property
    def root(self) -> Body:
        """The body of the district that this is an organ of, or the body itself."""
        return self.parent.root if self.parent else self

    @property
    def near(self) -> str | None:
        """Code of the nearest district with a code that it belongs to."""
        return self.place.near if self.place else None


_CORES = {word: (kind, name) for word, kind, name in lexicon.rows("cores")}
_OF_OWN_KIND = frozenset({"政协", "委", "党委", "党工委", "地委", "政府", "行署", "人大"})


def base_body(place: Place, core: str, span: tuple[int, int], owner: str = "") -> Body:
    """The body of a district that a core word names: 政协, 委, 人民政府, and 委员会 after 政协 or 中共."""
    if core in ("委员会", "常务委员会"):
        core = "委" if owner in ("中共", "中国共产党") else "政协"
    kind, words = _CORES[core]
    name = short_form(place)
    if kind == "PartyCommittee" and place.name.endswith("地区"):
        name, words = place.name.removesuffix("地区"), "地委"
    elif kind == "PartyCommittee":
        if place.name.endswith("街道"):
            words = "党工委"
        else:
            # 涉县县委: a name of one character takes its 县 twice.
            doubled = core == "委" and len(name) == 2 and name[1] == "县"
            words = (
                "县委"
                if doubled
                else "党委"
                if core == "党委" or place.name.endswith(("镇", "乡", "苏木", "自治区", "村"))
                else "委"
            )
    id_ = body_id(place, kind if words in _OF_OWN_KIND or words == "县委" else words)
    return Body(*span, id_, name + words, kind, place)


def body_id(place: Place, words: str) -> str:
    """The id of a district's body; a district without a code of county level is named below the one that has."""
    below = "" if place.code == place.near else place.code or place.name
    return iri("body", place.near, below, words)


def outermost(bodies: Iterable[Body]) -> list[Body]:
    """The bodies that stand in no other, in reading order."""
    out: list[Body] = []
    for body in sorted(bodies, key=lambda b: (b.start, -b.end)):
        if not out or body.start >= out[-1].end:
            out.append(body)
    return out


def in_order(bodies: Iterable[Body]) -> list[Body]:
    """The bodies in reading order, longest first at one start."""
    return sorted(bodies, key=lambda b: (b.start, -b.end, b.id))


_VERBS = lexicon.alternation(lexicon.words("verbs", "own"))
_OWN = re.compile(f"(?:系统)?(?:{_VERBS})?(?:了|的)?")


NOT_ACTING = re.compile(
    """
    [、和及与的《]|联合[\u4e00-\u9fff]{0,4}组|领导|主要|提出的|确定的|政协工作|工作会议|关于|第(?!一时间)|全会|会议|中心工作|正确领导|坚强领导
    |[一二三四五六七八九十]+次|委员[、（]|(?:主要|有关)?负责(?:人|同志)|采用|采纳|批示|转发|肯定
    |(?:联名|集体)?(?:提交|撰写|报送|反映|参加|参与|组成|牵头)的
    |[\u4e00-\u9fff]{0,6}(?:投用|开工|竣工|启用|落成)
    """,
    re.VERBOSE,
)
"""What follows a body that a clause only speaks of: 市委、市政府领导批示, 省委政协工作会议, 区委决策部署."""
OFFICER = re.compile("副?(?:主任|部长|书记|局长|主席|秘书长|组长|负责人|工作人员)")
"""What follows a body of which an officer speaks: 县人大财经委|主任李明介绍."""
_THAT = re.compile("(?<=[，。；：\n])该([局厅院校镇乡]|街道|集团|公司|协会|合作社)")
_JOINS = re.compile("[、和及与]|会同|联合")


@dataclass(frozen=True, slots=True)
class Bodies:
    """The bodies of one document in reading order, and who speaks in each section."""

    page: Page
    mentions: Sequence[Body]
    shadow: str
    """The flow with districts and bodies masked."""
    sections: Sequence[Body | None] = ()
    """The body each section speaks for, if it says so."""
    main: Body | None = None
    """The body the whole document is about."""
    paragraphs: Mapping[int, Body] = field(default_factory=dict)
    """The body of each paragraph that speaks for another district than its section's, by where its line starts."""

    def of_section(self, index: int) -> Body | None:
        """The body a section speaks for, else the document's main one."""
        return self.sections[index] or self.main

    def own(self, at: int) -> Body | None:
        """The body that the paragraph or section at position *at* speaks for, if one of them says so."""
        line = self.page.line(at)
        return self.paragraphs.get(line.start) or self.sections[line.section]

    def around(self, at: int) -> Body | None:
        """The body that the paragraph or section at position *at* speaks for, else the document's main one."""
        return self.own(at) or self.main

    def within(self, start: int, end: int) -> Sequence[Body]:
        """Mentions that begin in ``flow[start:end]``, longest first at one start."""
        return self.mentions[bisect_left(self.mentions, (start,)) : bisect_left(self.mentions, (end,))]

    def ending(self, end: int, back: int = 40) -> Body | None:
        """The longest mention that ends at *end*."""
        found = (b for b in self.within(max(0, end - back), end) if b.end == end)
        return min(found, key=lambda b: b.start, default=None)

    def maker(self, at: int) -> Body | None:
        """The body named right before position *at* as the one whose own it is (甲政协独有的“…”)."""
        clause = self.page.clause(at, at + 1)
        for body in reversed(self.within(clause.start, at)):
            if body.end <= at and _OWN.fullmatch(self.page.flow, body.end, at):
                return body
        return None

    def opens(self, body: Body) -> bool:
        """Whether a body stands at the head of a clause and acts there (not 在市委领导下)."""
        return self._at_head(body) and not NOT_ACTING.match(self.page.flow, body.end)

    def _at_head(self, body: Body) -> bool:
        flow, at = self.page.flow, body.start
        if at > 1 and flow[at - 1] == "“":
            # 甲县政协坚持“县委有号召、政协有行动”: what is quoted in a clause does not act in it.
            return flow[at - 2] in "，。；：\n”— "
        return not at or flow[at - 1] in "，。；：\n“” "

    def joint(self, body: Body, before: int) -> list[Body]:
        """*body* and those that 、 和 会同 join to it (县委办、县政府办; 甲会同乙), as far as they end before *before*."""
        chain = [body]
        while m := _JOINS.match(self.page.flow, chain[-1].end):
            following = [b for b in self.within(m.end(), m.end() + 1) if b.end <= before]
            if not following:
                break
            chain.append(max(following, key=lambda b: b.end))
        return chain

    def joined(self, last: Body) -> list[Body]:
        """*last* and those before it that 、 和 会同 join to it, in reading order."""
        chain = [last]
        while True:
            edge = chain[0].start
            joint = next((n for n in (1, 2) if _JOINS.fullmatch(self.page.flow, edge - n, edge)), 0) if edge > 2 else 0
            before = self.ending(edge - joint) if joint else None
            if before is None:
                return chain
            chain.insert(0, before)

    def acting(self, at: int) -> list[Body]:
        """The bodies that act together at position *at*: the last that open a clause before it in the sentence."""
        sentence = self.page.sentence(at)
        flow = self.page.flow
        if (that := self._that(sentence.start, at)) is not None:
            return [that]
        for body in reversed(outermost(self.within(sentence.start, at))):
            if body.start == sentence.start or self._at_head(body):
                chain = self.joint(body, at)
                if not NOT_ACTING.match(flow, chain[-1].end):
                    return chain
        return []

    def of(self, kind: str, place: Place | None) -> Body | None:
        """The body of that *kind* in a district that the text names first."""
        return next((b.root for b in self.mentions if b.root.kind == kind and b.root.place == place), None)

    def _that(self, start: int, at: int) -> Body | None:
        """The body that 该局 or 该校 at the head of the last clause in ``flow[start:at]`` means: the one of that kind named last."""
        found = list(_THAT.finditer(self.page.flow, start, at))
        if not found or any(self._at_head(body) for body in self.within(found[-1].end(), at)):
            return None
        floor = self.page.document.sections[self.page.section(start)].start
        before = reversed(self.within(max(floor, found[-1].start() - 300), found[-1].start()))
        return next((body for body in before if body.name.endswith(found[-1][1])), None)

    def subject(self, at: int) -> Body | None:
        """The body that acts at position *at*: the last that opens a clause before it in the sentence, else the section's."""
        acting = self.acting(at)
        return acting[0] if acting else self.around(at)
