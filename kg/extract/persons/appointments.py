"""People who are appointed to an office: 增选甲、乙等11名同志为常务委员; 由甲、乙两位副主席带队."""

from __future__ import annotations

import re

from kg import lexicon
from kg.chinese import names
from kg.extract.page import HAN
from kg.extract.persons.grammar import ASIDE, SEVERAL, TO_OFFICE
from kg.extract.persons.mentions import Mentions
from kg.extract.persons.posts import Held

_APPOINTS = re.compile(
    rf"(?:(?:{lexicon.alternation(lexicon.words('verbs', 'appoint'))})(?!了|产生)|决定(?=[{HAN}]{{2,4}}任))"
)


_UNKNOWN = re.compile(rf"[{HAN}]{{2,6}}(?=为)")


def appointed(found: Mentions) -> None:
    """增选甲、乙等11名同志为常务委员: a verb of appointing, names, their office."""
    for m in _APPOINTS.finditer(found.flow):
        start, at, first = m.start(), m.end(), True
        held: Held | None = None
        while named := found.list_at(at, sure=True) or _before_for(found, at):
            to = TO_OFFICE.match(found.shadow, _behind_aside(found, named[-1].end))
            # 接受甲辞去职务, not 接受红色教育的党员.
            resigns = m[0] != "接受" or "辞" in found.flow[named[-1].end : named[-1].end + 6]
            if not to or not resigns or not (first or found.flow.startswith("为", to.start())):
                break
            posts = [
                p if p.body or not held else p._replace(body=held.body, near=held.near)
                for p in found.offices.read(*to.span("office"))
            ]
            held = posts[-1] if posts else held
            for name in named:
                found.add((name.start, name.end), name.name, list(posts), "person.appointed", (start, to.end()))
            # 选举甲为主席，乙、丙为副主席: the verb goes on.
            if not found.flow.startswith(("，", "、"), to.end()):
                break
            start = at = to.end() + 1
            first = False


def _before_for(found: Mentions, at: int) -> list[names.Name]:
    """The name between a verb of appointing and 为 that no table of surnames knows (任命额尔敦为), or behind an office (选举科长阙文博为)."""
    known = [span for span in found.found if at < span[0] < at + 40 and found.flow.startswith("为", span[1])]
    if known and not re.search("[，。；]", found.flow[at : known[0][0]]):
        return [names.Name(*known[0], found.found[known[0]].name, "")]
    m = _UNKNOWN.match(found.shadow, at)
    plain = m and not names.is_common(m[0]) and not any(names.is_common(m[0][i : i + 2]) for i in range(len(m[0]) - 1))
    return [names.Name(*m.span(), m[0], "")] if m and plain else []


def _behind_aside(found: Mentions, at: int) -> int:
    """Where the text goes on behind a remark in brackets (（女）)."""
    aside = ASIDE.match(found.flow, at)
    return aside.end() if aside else at


def several(found: Mentions) -> None:
    """由甲、乙两位副主席带队: names, their number, their office."""
    for m in SEVERAL.finditer(found.flow):
        start = found.flow.rfind("由", found.page.sentence(m.start()).start, m.start())
        named = found.list_at(start + 1, sure=False) if start >= 0 else []
        if named and named[-1].end == m.start():
            post = Held(*found.offices.by_scope(m["title"], "", m.start()), m["title"])
            words = (named[0].start, m.end())
            for name in named:
                found.add((name.start, name.end), name.name, [post], "person.appointed", words)
