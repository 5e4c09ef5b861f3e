"""Names beside an office: 区政协主席甲, 甲主席, 副主席甲、乙, 甲、乙等20余名政协委员."""

from __future__ import annotations

import re

from kg import lexicon
from kg.chinese import names, tokens, transcribed
from kg.chinese.name_ends import ends
from kg.extract.page import BODY, HAN, PLACE
from kg.extract.persons.grammar import AND_OTHERS, ASIDE, BEHIND, CHAIN, HOLDS, OFFICE, TITLE
from kg.extract.persons.mentions import Mentions
from kg.extract.persons.posts import Held

# What is told of somebody else before an apposition begins: 甲告诉记者，区政协委员乙; 甲一行走访了老党员乙.
_TELLS = re.compile(
    rf"(?<![现时兼曾原])任(?:{OFFICE})，|各[^，。；、]{{0,12}}?(?:{OFFICE})，|告诉|走访|看望|慰问|陪同|会见|采访|邀请|特邀|聘请|听取|介绍|表示|记者，|一行|等人|[他她]的|[了着过](?!不起)|以及|来自"
)
_IN_BRACKETS = re.compile(rf"[（(](?P<posts>[^（）()]{{0,40}}?(?:{OFFICE}))[）)]")
_IS_OFFICER = re.compile(
    rf"(?:，?(?:今年|现年)?\d{{2}}岁)?，?(?:既?是|现任|曾任|担任|现为)(?:一名|一位)?(?P<posts>[^，。；：“”]{{0,36}}?(?:{OFFICE}))(?=[，。；])(?:，(?:也|还|又|同时)是(?:一名|一位)?(?P<more>[^，。；：“”]{{0,36}}?(?:{OFFICE}))(?=[，。；]))?"
)
_OUTSIDE = re.compile("[。；：！？“”《》\n]")  # no apposition runs over these
_HELD_ONCE = re.compile("时任|曾任|原任|现任|担任|身为|作为")
_OF_OFFICE = re.compile(rf"(?P<title>{OFFICE})的(?=[{HAN}])")
# Offices that name one person each: what follows one of them is a name sooner than a word.
_SOMEBODYS = frozenset(
    row[0] for row in lexicon.rows("titles") if row[1] == "office" and re.match("副|[省市区县州盟旗镇乡]长$", row[0])
)

_BEFORE_NAME = ("", *"。，；：\n“、")
# 主席 岩 块: two characters padded in print are a name, whatever the first.
_PADDED = re.compile(f"[{HAN}] [{HAN}](?! [{HAN}])")


def speakers(found: Mentions) -> None:
    """木兰县政协主席 甲乙丙: a line that is a body, its office and a name."""
    for line in found.page.document.lines:
        if line.kind in ("speaker", "byline"):
            for m in TITLE.finditer(found.shadow, line.start, line.end):
                _before(found, m, line.start, sure=True, rule="person.speaker-line")


def anywhere(found: Mentions) -> None:
    """区政协主席甲主持会议: an office and the name behind it, anywhere in a text."""
    for m in TITLE.finditer(found.shadow):
        _before(found, m, found.page.line(m.start()).start, sure=False, rule="person.title-before-name")


def _before(found: Mentions, m: re.Match[str], floor: int, *, sure: bool, rule: str) -> None:
    """The office matched by *m*, what stands before it, and the name or list of names that follows."""
    at = m.end()
    if found.flow.startswith("民宿", at - 1) and tokens.tag(found.flow[at + 1 : at + 3]):
        return  # 村|民宿自治
    if found.flow.startswith(" ", at) or (found.flow.startswith("：", at) and found.page.line(at).kind != "paragraph"):
        at += 1
    if aside := ASIDE.match(found.flow, at):
        at = aside.end()
    # The chain is dear to find: only where a name may follow.
    padded = _PADDED.match(found.flow, at) is not None and ends(found.flow, at + 3)
    opens = padded or names.surname_at(found.flow, at) or transcribed.transcribes(found.flow[at : at + 1])
    may = opens or names.stands_by_itself(found.flow, at)
    start = _chain_start(found, floor, m) if may else None
    firm = start is not None and (m[0] in _SOMEBODYS or BODY in found.shadow[start : m.end()])
    # 主席会议成员任组长: an office, no name.
    firm = (
        (firm or (padded and start is not None))
        and not TITLE.match(found.flow, at)
        and not (found.flow.startswith("任", at) and TITLE.match(found.flow, at + 1))
    )
    named: list[names.Name] = []
    while name := found.name_at(at, sure=sure, firm=firm or bool(named)):
        named.append(name)
        at = name.end
        if aside := ASIDE.match(found.flow, at):
            at = aside.end()
        if not found.flow.startswith("、", at) or found.masked(at + 1) or TITLE.match(found.flow, at + 1):
            break
        at += 1
    if named and not may:
        start = _chain_start(found, floor, m)
    if start is not None and named:
        worded = any(mark in found.shadow[start : m.end()] for mark in (BODY, PLACE))
        posts = found.inherited(found.offices.read(start, m.end()), start, worded=worded)
        for name in named:
            found.add((name.start, name.end), name.name, list(posts), rule, (start, named[-1].end))
            if not (name.certain or sure):
                found.doubt(name, posts)


def _chain_start(found: Mentions, floor: int, m: re.Match[str]) -> int | None:
    """Where the apposition that ends in the office *m* begins: behind what is told of somebody else."""
    opening = _OUTSIDE.search(found.shadow[max(floor, m.start() - 80) : m.start()][::-1])
    chain = CHAIN.search(found.shadow, max(floor, m.start() - (opening.start() if opening else 80)), m.end())
    if not chain:
        return None
    start = chain.start()
    # 各区|县政协主席，: what says that there are several may stand before the first body.
    for cut in _TELLS.finditer(found.shadow, max(floor, start - 4), m.start()):
        if cut.end() > start and found.flow[cut.end()] not in "、兼":
            start = cut.end()
    start = max([start, *(end for end in found.ends_within(start, m.start()) if end <= m.start())])
    return start + 1 if found.flow[start] in "、，" else start


def in_brackets(found: Mentions) -> None:
    """甲（市政协委员）: the offices of a name in brackets behind it."""
    for m in _IN_BRACKETS.finditer(found.shadow):
        for length in (3, 2, 4):
            start = m.start() - length
            words = found.flow[max(0, start) : m.start()]
            opens = start >= 0 and (start == 0 or found.flow[start - 1] in "。，；：\n“、和")
            if opens and found.shadow[start] == found.flow[start] and names.is_name(words):
                posts = found.offices.read(*m.span("posts"))
                found.add((start, m.start()), words, posts, "person.in-brackets", (start, m.end()))
                break


def is_officer(found: Mentions) -> None:
    """她叫甲，是区政协委员: a name and 是 before the offices."""
    for m in _IS_OFFICER.finditer(found.shadow):
        start = m.start()
        for length in (3, 2, 4):
            at = start - length
            if at < 0 or found.shadow[at] != found.flow[at]:
                continue
            opens = (
                at == 0 or found.flow[at - 1] in "，。；：\n“的" or found.flow.endswith(("名叫", "叫", "名为"), 0, at)
            )
            if (opens or (at, start) in found.found) and names.is_name(found.flow[at:start]):
                posts = found.offices.read(*m.span("posts"))
                if m["more"]:
                    of = found.flow.rfind("的", *m.span("more"))
                    posts += found.offices.read_of(m.start("more"), of, m.end("more"))
                found.add((at, start), found.flow[at:start], posts, "person.is-officer", (at, m.end()))
                break


def of_office(found: Mentions) -> None:
    """时任县政协主席的甲: an office that 的 joins to the name behind it."""
    for m in _OF_OFFICE.finditer(found.shadow):
        name = found.name_at(m.end(), sure=False)
        floor = max(found.page.line(m.start()).start, m.start() - 60)
        chain = CHAIN.search(found.shadow, floor, m.end("title")) if name else None
        held = chain and (BODY in found.shadow[chain.start() : m.end()] or _HELD_ONCE.match(found.flow, chain.start()))
        if chain and name and held:
            posts = found.offices.read(chain.start(), m.end("title"))
            found.add((name.start, name.end), name.name, posts, "person.title-before-name", (chain.start(), name.end))


def behind(found: Mentions) -> None:
    """王某某委员, 王某某主席: a title right behind the name."""
    for m in BEHIND.finditer(found.flow):
        for length in (3, 2, 4):
            start = m.start() - length
            if start >= 0 and found.page.boundaries[start] and _stands_before(found, start, m.start()):
                words, posts = found.flow[start : m.start()], _posts_around(found, m, start)
                found.add((start, m.start()), words, posts, "person.title-after-name", (start, m.end()))
                break


def _stands_before(found: Mentions, start: int, end: int) -> bool:
    """Whether ``flow[start:end]`` is a name for a title to follow."""
    name = names.match(found.flow, start, found.page.boundaries, sure=False)
    if name is None or end not in (name.end, start + len(name.other)):
        return False
    words = found.flow[start:end]
    if found.shadow[start] != found.flow[start] or not found.fits(name) or names.is_common(words):
        return False
    # 大会应出席委员218人: a verb and what it governs.
    if words[-1] in "委会局部室院办务" or words[0] in "原能来时由让使" or names.opens_verb(words):
        return False
    return words[0] in "党和" or not any(c in words for c in "和与、等在为全体各市区县省州旗盟党政")


def _posts_around(found: Mentions, m: re.Match[str], start: int) -> list[Held]:
    """The office behind a name, and one before it that 的 joins to it (区政协副主席的甲委员)."""
    title = m["title"]
    if title in ("同志", "老人"):
        return []
    posts = [Held(*found.offices.by_scope(title, "", start), title)]
    before = HOLDS.search(found.shadow[max(0, start - 40) : start])
    return found.offices.read(start - len(before[0]), start - 1) + posts if before else posts


def and_others(found: Mentions) -> None:
    """甲、乙等20余名政协委员; 甲、乙、丙3位委员."""
    for m in AND_OTHERS.finditer(found.shadow):
        end, named = m.start(), list[tuple[int, int]]()
        while (start := _name_ending(found, end)) is not None:
            named.append((start, end))
            if not start or found.flow[start - 1] != "、":
                break
            end = start - 1
        # 甲、乙、丙3位委员 names all of them; a single name before a number is none.
        if m["all"] and len(named) < 2:
            continue
        for start, end in named:
            post = _post_of_others(found, m, end)
            found.add((start, end), found.flow[start:end], [post], "person.and-others", (start, m.end()))


def _name_ending(found: Mentions, end: int) -> int | None:
    """Start of the name in a list that ends at *end*."""
    mark = next((i for i in range(end - 4, max(-1, end - 20), -1) if found.flow[i - 1 : i] in _BEFORE_NAME), None)
    whole = None if mark is None else names.match(found.flow, mark, found.page.boundaries, sure=False)
    if whole and whole.end == end and ("·" in whole.name or all(map(transcribed.transcribes, whole.name))):
        return whole.start
    for length in (3, 2, 4):
        start = end - length
        if start < 0:
            continue
        words = found.flow[start:end]
        if found.flow[max(0, start - 1) : start] in _BEFORE_NAME and names.is_name(words):
            return start
        name = names.match(found.flow, start, found.page.boundaries, sure=False)
        reaches = name and end in (name.end, start + len(name.other))
        if name and reaches and found.fits(name) and not names.is_common(words):
            return start
    return None


def _post_of_others(found: Mentions, m: re.Match[str], end: int) -> Held:
    """The office that all of a list hold."""
    title = "委员" if m["title"] == "政协委员" else m["title"]
    posts = found.offices.read(m.start() + 1, m.end())
    if posts and posts[0].body is not None:
        return posts[0]._replace(title=title)
    where, near = found.offices.by_scope(m["title"], m["qualifier"] or "", end)
    if where is None and m["title"] == "政协委员":
        where, near = found.offices.by_scope("委员", "政协", end)
    return Held(where, near, title)
