"""Names that need no office beside them: leaders of the nation, transcribed names, names before a verb of saying."""

from __future__ import annotations

import re

from kg import lexicon
from kg.chinese import names, tokens, transcribed
from kg.extract.persons.grammar import BEHIND
from kg.extract.persons.mentions import Mentions
from kg.extract.persons.posts import Held
from kg.identity import NATION

_LEADERS = re.compile("习近平|毛泽东|邓小平|江泽民|胡锦涛")
_OF_DOCTRINE = ("新时代", "生态文明", "强军", "经济", "外交", "法治", "文化")
_SAID = re.compile(
    rf"""
    {lexicon.alternation(lexicon.words("verbs", "say"))}
    |代表(?=[^，。；]{{0,24}}(?:报告|讲话|发言|致辞|致欢迎词|签约|签字|汇报|述职|表态|受奖|领奖|[市区县州旗盟]委|政协|政府|党组|常委会))
    |主持(?:会议|召开|并|仪式|座谈|，|。)|率队|带队|出席(?:会议|活动|仪式|开幕|闭幕|并|，|。)|宣读|致辞|作(?:了)?[^，。；]{{0,16}}(?:报告|讲话|发言|点评|总结|汇报)
    |一行(?!人)|先后(?:来到|深入|前往|到|走访|察看|实地)|来到|深感|深有感触|感触|感叹|激动地说|自豪地说|高兴地说|笑着说|如是说
    |在[^，。；]{{0,10}}(?:讲话|发言|总结|致辞|调研|汇报|座谈|走访|会上)(?:中|时)?(?:指出|强调|要求|表示|说|介绍)
    """,
    re.VERBOSE,
)


def leaders(found: Mentions) -> None:
    """习近平总书记: leaders of the nation, where no doctrine is named after them."""
    for m in _LEADERS.finditer(found.flow):
        start, end = m.span()
        doctrine = found.flow.startswith(_OF_DOCTRINE, end) and "思想" in found.flow[end : end + 16]
        if doctrine or found.flow.startswith(("思想", "理论"), end):
            continue
        title = next((title for title in ("总书记", "主席") if found.flow.startswith(title, end)), "")
        stop = end + len(title) if title == "总书记" else end
        found.add((start, end), m[0], [Held(None, NATION, title)], "person.leader", (start, stop))


def dotted(found: Mentions) -> None:
    """Names of Uyghurs, Kazakhs, Tibetans written with a dot are names wherever they stand."""
    page, flow = found.page, found.flow
    if not any(dot in flow for dot in "·•‧・"):
        return
    blocked = [
        (q.start, q.end)
        for q in (*page.quoted, *page.titled)
        if len(q.words) < 30 and not re.search("[，。？！]", q.words)
    ]
    for m in transcribed.DOTTED.finditer(flow):
        start = m.start()
        while start < m.end() and not (transcribed.transcribes(flow[start]) and page.boundaries[start]):
            start += 1
        start = _behind_verb(found, start)
        name = names.match(flow, start, page.boundaries) if start < flow.find("·", m.start()) else None
        if name is None or "·" not in name.name or any(s <= start < e for s, e in blocked):
            continue
        if sum(map(transcribed.transcribes, name.name)) < 0.7 * (len(name.name) - 1):
            continue
        after = BEHIND.match(flow, name.end)
        posts, end = [], name.end
        if after and after["title"] != "同志":
            posts = [Held(*found.offices.by_scope(after["title"], "", start), after["title"])]
            end = after.end()
        found.add((name.start, name.end), name.name, posts, "person.dotted", (name.start, end))


def _behind_verb(found: Mentions, at: int) -> int:
    """*at*, or behind the verb or preposition that begins there (提起|古丽巴哈尔·吐尔逊)."""
    end = found.page.boundaries.find(1, at + 1)
    return end if end - at == 2 and tokens.tag(found.flow[at:end])[:1] in ("v", "p") else at


def sayers(found: Mentions) -> None:
    """甲乙丙说: a name at the head of a clause before a verb of saying."""
    for m in _SAID.finditer(found.flow):
        for start in (m.start() - 3, m.start() - 2):
            opens = start == 0 or (start > 0 and found.flow[start - 1] in "，。；”\n：“ ")
            if not opens or not found.page.boundaries[start] or found.shadow[start] != found.flow[start]:
                continue
            name = names.match(found.flow, start, found.page.boundaries)
            words = found.flow[start : m.start()]
            if words[0] in "会各大本该在并" or words.endswith(("会上", "会议", "期间", "同志")):
                continue
            if name and m.start() in (name.end, start + len(name.other)) and not names.is_common(words):
                found.add((start, m.start()), words, [], "person.says", (start, m.end()))
                break
