"""The people of one document as they are found, and how they are written down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg import lexicon
from kg.chinese import names, transcribed
from kg.chinese.name_ends import ends
from kg.extract.draft import Drafts
from kg.extract.page import BODY, PLACE, Page
from kg.extract.people import Person
from kg.extract.persons.grammar import ASIDE
from kg.extract.persons.posts import Held, Offices
from kg.extract.scope import Geography
from kg.identity import iri
from kg.model import Post

_LONGEST = 12
"""Characters of the longest name."""


class Mention(NamedTuple):
    """What one grammar read at one place: a name, the offices with it, and the words that say so."""

    name: str
    posts: list[Held]
    rule: str
    words: tuple[int, int]


class Mentions:
    """The people found so far, by the place of their name."""

    __slots__ = ("_ends", "flow", "found", "offices", "page", "shadow")

    def __init__(self, page: Page, shadow: str, offices: Offices) -> None:
        self.page, self.flow, self.shadow, self.offices = page, page.flow, shadow, offices
        self.found: dict[tuple[int, int], Mention] = {}
        self._ends: dict[int, int] = {}
        """Where the longest mention from a position ends."""

    def add(self, span: tuple[int, int], name: str, posts: list[Held], rule: str, words: tuple[int, int]) -> None:
        """Keep a mention; one at the same place gains its posts, one that overlaps another is left out."""
        known = self.found.get(span)
        if known:
            known.posts.extend(p for p in posts if p not in known.posts)
        elif not any(end > span[0] for end in self.ends_within(span[0] - _LONGEST + 1, span[1])):
            self.found[span] = Mention(name, posts, rule, words)
            self._ends[span[0]] = max(span[1], self._ends.get(span[0], 0))

    def ends_within(self, start: int, stop: int) -> Iterator[int]:
        """Where the mentions end that begin in ``flow[start:stop]``."""
        return (self._ends[at] for at in range(start, stop) if at in self._ends)

    def doubt(self, name: names.Name, posts: list[Held]) -> None:
        """Keep the other reading of a name that runs into the next word (周洁|正在, 周洁正|在)."""
        near = next((p.near for p in posts if p.near), None)
        if near and name.other:
            candidates = [iri("person", near, name.name), iri("person", near, name.other)]
            span = (name.start, max(name.end, name.start + len(name.other)))
            self.offices.drafts.doubt("Person", span, candidates, "the name may end one character earlier or later")

    def name_at(self, at: int, *, sure: bool, firm: bool = False) -> names.Name | None:
        """The name that begins at *at*, if the words around allow one there; *firm* behind an office that is somebody's."""
        if self.masked(at):
            return None
        name = names.match(self.flow, at, self.page.boundaries, sure=sure)
        if name is not None and not (sure or self.fits(name)):
            name = None
        if firm and (name is None or not (name.certain or ends(self.flow, name.end))):
            name = names.firm(self.flow, at, self.page.boundaries) or name
        if name is None or any(mark in self.shadow[name.start : name.end] for mark in (BODY, PLACE)):
            return None
        return name

    def list_at(self, at: int, *, sure: bool) -> list[names.Name]:
        """Names joined by 、 or 和 that begin at *at*."""
        found: list[names.Name] = []
        while at < len(self.flow) and (name := self.name_at(at, sure=sure)):
            # 任命白玉山为, 增补蓝天福等7人: what stands before 为 or 等 is the whole name.
            longer = self.flow[at : name.end + 1]
            closes = sure and self.flow.startswith(("为", "同志", "等", "、"), name.end + 1)
            if closes and (names.is_name(longer) or transcribed.is_part(name.name)):
                name = names.Name(at, name.end + 1, longer, name.name)
            found.append(name)
            at = name.end
            if aside := ASIDE.match(self.flow, at):
                at = aside.end()
            if not self.flow.startswith(("、", "和"), at):
                break
            at += 1
        return found

    def masked(self, at: int) -> bool:
        """Whether a district or body begins at *at*."""
        return self.shadow[at : at + 1] in (BODY, PLACE)

    def fits(self, name: names.Name) -> bool:
        """Whether what follows a name allows it to be one."""
        if name.end - name.start == len(name.name) and names.is_common(name.name):
            return False
        opening = self.flow[name.start : name.start + 2]
        if (
            opening not in names.SURNAMES
            and len(name.name) < 4
            and self.page.boundaries[name.start + 2]
            and names.is_common(opening)
        ):
            return False
        # 居民|满意率: a word with an ending.
        if (
            len(name.name) == 3
            and names.is_common(opening)
            and name.name[2] in "率度性化量感者力型"
            and opening not in names.SURNAMES
        ):
            return False
        return self.flow[name.end : name.end + 1] not in "会团制"

    def inherited(self, posts: list[Held], at: int, *, worded: bool) -> list[Held]:
        """Deputies listed without their body (主任甲主持，副主任乙出席) belong to the body of the office before them.

        *worded* says that the words of the apposition name a body or district of their own.
        """
        if not posts or worded or not re.match("(?:常务)?副(?![省市区县州盟旗镇乡]长)|秘书长", posts[0].title):
            return posts
        floor = self.page.sentence(at).start
        # 县政协主席甲主持。副主席乙出席: at the head of a sentence the chief in the one before names it.
        opens = at - floor <= 1 and floor > self.page.line(at).start
        if opens:
            floor = self.page.sentence(floor - 2).start
        before = [p for s, m in self.found.items() if floor <= s[0] < at for p in m.posts if p.body]
        # 县政协主席甲主持，副县长乙到会，副主席丙参加: a deputy's chief names the body.
        chief = posts[0].title.removeprefix("常务").removeprefix("副")
        chiefs = [p for p in before if p.title.endswith("主席" if chief == "秘书长" else chief)]
        if not before or (opens and not chiefs):
            return posts
        held = (chiefs or before)[-1]
        return [p._replace(body=held.body, near=held.near) for p in posts]


def write(mentions: Mentions, geography: Geography, drafts: Drafts) -> list[Person]:
    """Note every person under one identity a name and district; find plain repetitions of each name."""
    home = geography.home.near if geography.home else "-"
    near_of: dict[str, list[str]] = {}
    for mention in mentions.found.values():
        near_of.setdefault(mention.name, []).extend(p.near for p in mention.posts if p.near)
    same = _same_people(mentions)
    # An office told once with its body and once without is one office.
    placed = {(m.name, p.title) for m in mentions.found.values() for p in m.posts if p.body}
    people: list[Person] = []
    for span, (name, posts, rule, words) in sorted(mentions.found.items()):
        own = [p.near for p in posts if p.near] or near_of[name]
        section = geography.sections[mentions.page.section(span[0])]
        near = same[name, own[0]] if own else section.near if section else home
        draft = drafts.note("Person", iri("person", near, name), name, span, rule)
        draft.state(
            words,
            rule,
            *(("posts", Post(p.title, p.body)) for p in posts if p.title and (p.body or (name, p.title) not in placed)),
        )
        people.append(Person(*span, name))
    return sorted([*people, *_again(mentions, people, drafts)])


def _same_people(mentions: Mentions) -> dict[tuple[str, str], str]:
    """For each name and district of an office the district the person is identified by: that of the first office told.

    Offices of one apposition are one person's (市政协委员、县政协常委甲), and so are others of that name in either district.
    """
    same: dict[tuple[str, str], str] = {}
    for _, mention in sorted(mentions.found.items()):
        own = [p.near for p in mention.posts if p.near]
        known = [same[mention.name, near] for near in own if (mention.name, near) in same]
        for near in own:
            same.setdefault((mention.name, near), (known or own)[0])
        for (name, near), first in same.items():
            if name == mention.name and first in known[1:]:
                same[name, near] = known[0]
    return same


def _again(mentions: Mentions, people: list[Person], drafts: Drafts) -> list[Person]:
    """Plain repetitions of the names of people."""
    known = sorted({p.name for p in people if len(p.name) >= 2})
    taken = {p.start for p in people}
    out: list[Person] = []
    for m in re.finditer(lexicon.alternation(known), mentions.flow) if known else ():
        if m.start() in taken or not mentions.page.boundaries[m.start()] or len(m[0]) <= 2:
            continue
        again = drafts.named("Person", m[0])
        if again and not mentions.flow.startswith(("新时代", "思想"), m.end()):
            drafts.note("Person", again.id, m[0], m.span(), "person.again")
            out.append(Person(*m.span(), m[0]))
    return out
