"""People who are appointed to an office: 增选甲、乙等11名同志为常务委员; 由甲、乙两位副主席带队."""

from __future__ import annotations

import re

from kg import lexicon
from kg.extract.page import HAN
from kg.extract.persons.grammar import ASIDE, SEVERAL, TO_OFFICE
from kg.extract.persons.mentions import Mentions
from kg.extract.persons.posts import Held

_APPOINTS = re.compile(
    rf"(?:(?:{lexicon.alternation(lexicon.words('verbs', 'appoint'))})(?!了|产生)|决定(?=[{HAN}]{{2,4}}任))"
)


def appointed(found: Mentions) -> None:
    """增选甲、乙等11名同志为常务委员: a verb of appointing, names, their office."""
    for m in _APPOINTS.finditer(found.flow):
        start, at, sure = m.start(), m.end(), True
        while named := found.list_at(at, sure=sure):
            to = TO_OFFICE.match(found.shadow, _behind_aside(found, named[-1].end))
            if not to or not (sure or found.flow.startswith("为", to.start())):
                break
            posts = found.offices.read(*to.span("office"))
            for name in named:
                found.add((name.start, name.end), name.name, list(posts), "person.appointed", (start, to.end()))
            # 选举甲为主席，乙、丙为副主席: the verb goes on.
            if not found.flow.startswith(("，", "、"), to.end()):
                break
            start = at = to.end() + 1
            sure = False


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
