"""What a quotation is: the name of an undertaking, a formula, a metaphor, or just somebody's words.

The words around decide first (“…”活动, 以“…”为主线, “…”的目标), then the form of the words themselves
(a numeral with a noun, parallel clauses), then a list of stock metaphors. What none of these claims is left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Literal, NamedTuple

from kg import lexicon
from kg.chinese import tokens
from kg.extract import heads
from kg.extract.counts import counts_of
from kg.extract.page import HAN, Page, Quoted, plain

Sort = Literal["initiative", "slogan", "none"]


class Judged(NamedTuple):
    """A quotation and what it was judged to be."""

    quoted: Quoted
    sort: Sort
    kind: str
    rule: str
    name: str
    end: int
    """Where its surface ends, head noun included: ``“四进”活动``."""


_NUMERAL = heads.NUMERAL
_NUMERIC = re.compile(
    rf"""
    (?:[{_NUMERAL}]+(?:个|大|项|步|条|次|张|种|方面)[^，。、\d]{{1,7}}
      |[{_NUMERAL}]+[^，。、\d]{{1,4}}
      |(?:[{_NUMERAL}\d][^，。、\d]{{1,3}}){{2,4}})$
    """,
    re.VERBOSE,
)
_ORDINAL = re.compile(
    r"(?:第|一)[一二三四五六七八九十]*(?:[^，一]{1,4}|[年季月周日天]一[^，]{1,3})|第[一二三四五六七八九十].{1,4}"
)
# 采取“1+3+3”的方式, 形成“1+5”调研成果
_ARRAY = re.compile(f"的?[{HAN}]{{0,4}}?(?:方式|方法|成果|架构|路径)")
_YEAR_OF = re.compile(rf"[{HAN}]{{2,14}}(?<![一二三四五六七八九十百\d])年$")
_DAY_OF = re.compile(rf"[{HAN}]{{3,8}}[日周月]")
_FOR_DAY = re.compile(lexicon.alternation(lexicon.words("generic", "day")))
_STATION = re.compile(r"等?(?:\d+|[一二三四五六七八九十])?个?(?:委员)?(?:工作[室站]|联络站)")
_MEETING = ("会议", "座谈会", "分析会", "研讨会", "论坛", "推进会")
# What does not happen in a name: “路太窄了”, “能不能修一修”.
_SPOKEN = re.compile("太|[吗呢吧啦呀]|怎么|为什么|能不能|是不是|有没有|谁|啥|^(?:如何|怎样|为何)")
# “停车难”的问题, “甲改乙”的建议: what somebody speaks of.
_ASKED = re.compile(f"(?:的|等|这[一个])?(?:[{HAN}]{{2}})?(?:问题|疑问|诉求|难题|议题|课题|建议|意见|提案)")
# 十四五 and 五一 count nothing; nor do 两癌 and 三高 before what a doctor does.
_FIVE_YEARS = re.compile("十[一二三四五六七]五")
_HOLIDAY = re.compile("[五六七八]一|十一|三八|五四|双十一")
# 突出“委员工作室”窗口作用, 打造某事“升级版”, 组成“四支先锋队”.
_ORDINARY = re.compile(
    f"(?:委员|代表|政协委员|人大代表)(?:工作室|工作站|联络站)|升级版|两委|[{_NUMERAL}]+支[^，、]{{1,4}}队"
)
# 用“小议事厅”服务“大民生”: images that set each other off.
_GREATER = re.compile("[^，。；“”]{1,6}“大")
_SCREENED = re.compile("(?:免费)?(?:筛查|检查|普查|患者)")
_SPEECH = re.compile("(?:说|道|问|答|表示|告诉记者|介绍|感叹|坦言|笑着说|喊)?：$")

_AGENDA = re.compile(f"[{HAN}]{{0,6}}?(?:会议|座谈会|协商会|研讨会|推进会|大会|论坛)")
_LINK = re.compile("[、和及与]|以及")
_SHARED = re.compile(r"等|常态化|系列|主题|专题|活动|品牌|制度|机制|(?:\d+|[两三四五六七八九十])(?:个|大|类|项|种)")
_METHOD = re.compile(rf"[{_NUMERAL}]+[{HAN}]{{1,6}}法|[{HAN}]{{2,8}}[{_NUMERAL}]步(?:走|法|曲)")
# “三方见面”制, not “三方见面”制度 or “甲”制定.
_SYSTEM = re.compile(r"制(?=[，。；、和及]|$)")
# What an undertaking does, behind its name: “甲”开展以来, “乙”上线.
_RUNS = re.compile("(?:正式)?(?:开展|启动|上线|揭牌|亮相|开讲|开课|开播|启用|试运行|落地见效|走进)(?!了)")
_CARDS = re.compile(r"[已也]?成为[^，。；“]{0,10}?(?P<head>品牌|名片|平台)")
# “甲”被评为全省优秀协商品牌, 把“甲”作为履职为民的金字招牌.
_HONOURED = re.compile(
    r"(?:[已也]?(?:被|获评|入选|入围)[^，。；“]{2,20}?(?:案例|典型经验|典型做法|(?<!公用)品牌)|作为[^，。；“]{0,12}?(?:招牌|品牌|名片|平台|载体))(?=[，。；]|$)"
)
# 把“甲”搬到屋场上, 把“乙”建到了小区里.
_BROUGHT = re.compile("(?:搬|开|建|办|设|摆|延伸)[到进在]")
_BEFORE_BROUGHT = re.compile("[把将]$")
# 把这种做法叫作“小组大家办”; not 被称为“竹乡”.
_CALLED = re.compile("(?:做法|模式|办法|机制|形式)(?:叫作|叫做|称作|称为|称之为|命名为)$|[，、](?:取名|命名)[为叫]?$")
# 用好“一张桌”: an image, whatever runs it.
_IMAGE = re.compile(f"一[张把扇盘根条股][{HAN}]{{1,2}}")
# 在企业建“甲”, 新建村级“乙”60个.
_BUILT = re.compile(
    "(?:[建办设]|串联成)(?:了|起|起了|有)?(?:[村镇乡街县区市]级)?(?:[\\d两三四五六七八九十]+[个家处条支])?$"
)
_SITES = (
    "公园",
    "陵园",
    "广场",
    "纪念馆",
    "博物馆",
    "故居",
    "旧址",
    "遗址",
    "大道",
    "大桥",
    "厂房",
    "车间",
    "产业园",
    "工作室",
    "工作站",
    "联络站",
)
# 书香政协·悦读甲城: a name and its by-name.
_DOTTED = re.compile("[^·、，]{2,8}·[^·、，]{2,8}")
_NAMES = re.compile(rf"[^、，。]*(?:{lexicon.alternation(lexicon.words('generic', 'own'))})")
# “火塘议事”, “田埂协商”: where or how people deliberate; not “民主协商”, “不调研不协商”.
_DELIBERATES = re.compile(
    rf"(?!(?:{lexicon.alternation(lexicon.words('generic', 'consult'))})(?:协商|议事))[^不等，、·]{{2,3}}(?:协商|议事|夜议|夜谈|说事|恳谈)"
)
# 甲县政协的“…”、乙镇的“…”: what a body has of its own.
_OWNED = re.compile(
    f"(?:{lexicon.alternation(sorted({row[0] for row in lexicon.rows('cores')}))}|支部|[镇乡]|街道|社区|工作室)的$"
)
_OWNED_NEXT = re.compile("[、，；][^，。；“”]{2,16}的“")
_OWNED_BEFORE = re.compile("”[、，；][^，。；“”]{2,16}的$")
# 围绕“甲”“乙”开展协商: what is talked about.
_TOPIC_BEFORE = re.compile("(?:围绕|聚焦|针对|就|关于|紧扣)(?:“[^“”]*”[、和]?){0,8}$")
_OF_NAMED = re.compile(f"的[{HAN}]{{0,6}}(?=“)")
_TOPIC_BEHIND = re.compile(
    "等?(?:[\\d一二三四五六七八九十]+[个项]|重点|相关)?(?:主题|课题|议题|专题|题目|内容|问题|事项)?(?:先后|认真|深入|广泛|积极|分别|作|作了)?(?:专题|对口|界别|提案办理|民主|重点)?(?:召开|开展|举行|举办|组织|进行|协商|调研|视察|建言|交流|发言|讨论)"
)
_HELD = re.compile("(?:坚持|践行|秉持|秉承|恪守|遵循|按照|本着)$")

_ANNOUNCED = lexicon.table("announced")
_ANNOUNCES = re.compile(
    rf"(?:的|这一|这个)?(?P<mod>[{HAN}]{{0,6}}?)(?P<noun>{lexicon.alternation(list(_ANNOUNCED))})(?![{HAN}]?[者家师])"
)
_FRAMED = re.compile(rf"为(?P<noun>{lexicon.alternation(lexicon.words('generic', 'frame'))})")
_BEFORE_CARRIER = re.compile("以[^，。]{0,10}$")
_BEFORE_FRAME = re.compile("以[^，。]{0,14}$")
_BEFORE_THEME = re.compile("(?:主题|口号|目标|主线|理念|精神|宗旨)(?:为|是|：)$")
_BEFORE_PROPOSED = re.compile("(?:提出|确定)(?:了|的)$|提出$")
_BEFORE_GOAL = re.compile(rf"(?:{lexicon.alternation(lexicon.words('verbs', 'goal'))})(?:好|了)?$")
_BEFORE_MOTTO = re.compile(rf"(?:{lexicon.alternation(lexicon.words('verbs', 'motto'))})(?:了|好|着)?$")
_BEFORE_RUN = re.compile(
    rf"(?:{lexicon.alternation(lexicon.words('verbs', 'run'))})(?:了|的|好)?(?:[^，。；：“”]{{0,12}})$"
)
_BEHIND_RUN = re.compile(r"(?:服务|管理)?(?:[，。；、：“和等]|$)|活动|[、和]“|[\d两三四五六七八九十]+[个大类项种]")
# Words that end a goal rather than an undertaking: 打造“冰雪之都”.
_GOALS = (
    "都",
    "城",
    "区",
    "县",
    "市",
    "省",
    "地",
    "高地",
    "中心",
    "样板",
    "标杆",
    "典范",
    "强",
    "格局",
    "之乡",
    "门户",
    "枢纽",
)
_AWARDS = ("奖", "奖章", "称号", "先进集体", "先进个人")
_METAPHORS = frozenset(lexicon.words("metaphors"))


def judge(page: Page) -> list[Judged]:
    """Judge every quotation of a document that is not speech, in reading order."""
    inside = [(t.start, t.end) for t in page.titled if t.depth == 0]
    starts = {q.start: q for q in page.quoted}
    counts = Counter(q.words for q in page.quoted)
    out: list[Judged] = []
    i = 0
    for q in page.quoted:
        while i < len(inside) and inside[i][1] <= q.start:
            i += 1
        judged = _judge(page, q, starts, counts)
        if i < len(inside) and inside[i][0] < q.start and judged.rule != "initiative.head":
            continue
        if judged.sort == "none" and out and _follows(page.flow, out[-1], judged):
            before = out[-1]
            judged = judged._replace(sort=before.sort, kind=before.kind, rule=before.rule)
        out.append(judged)
    return _agree(out)


def _follows(flow: str, first: Judged, second: Judged) -> bool:
    """Whether a quotation goes on with the list of the one before, which a verb governs (打造“甲城”“乙城”)."""
    if first.rule == "initiative.run" and not _BEHIND_RUN.match(flow, second.quoted.end):
        return False
    if first.rule == "initiative.head" and first.end > first.quoted.end:
        return flow[first.end : second.quoted.start] in ("和", "、") and bool(
            _BEHIND_RUN.match(flow, second.quoted.end)
        )
    governed = first.rule in ("slogan.governed", "initiative.run") and 3 <= len(second.name) <= 20
    return governed and flow[first.quoted.end : second.quoted.start] in ("", "、", "和")


# What settles it when one quotation is judged differently at different places; the clearest sign first.
_CLARITY = (
    "initiative.head", "initiative.own-head", "initiative.day", "initiative.year", "slogan.metaphor", "initiative.carrier", "initiative.run", "initiative.owned",
    "slogan.numeric", "slogan.parallel", "slogan.framed", "slogan.announced", "slogan.proposed", "slogan.governed", "slogan.repeated",
)  # fmt: skip


def _agree(judged: list[Judged]) -> list[Judged]:
    """The same words are the same thing throughout: the clearest naming decides all the others."""
    clear: dict[str, Judged] = {}
    for j in judged:
        known = clear.get(j.quoted.words)
        if (
            j.sort != "none"
            and not _is_further(j)
            and (known is None or _CLARITY.index(j.rule) < _CLARITY.index(known.rule))
        ):
            clear[j.quoted.words] = j
    out = []
    for j in judged:
        first = None if _is_further(j) else clear.get(j.quoted.words)
        if first and j.sort != first.sort:
            j = j._replace(
                sort=first.sort, kind=first.kind, rule=first.sort + ".again", name=first.name, end=j.quoted.end
            )
        elif first:
            j = j._replace(name=first.name, kind=first.kind)
        out.append(j)
    return out


def _is_further(j: Judged) -> bool:
    """Whether a name is that of an undertaking for what the quotation names elsewhere."""
    return heads.furthers(j.name.removeprefix(plain(j.quoted.words)))


def _judge(page: Page, q: Quoted, starts: dict[int, Quoted], counts: Counter[str]) -> Judged:
    """Judge one quotation: by the words around, then by its form, then by the list of metaphors."""
    words, name = q.words, plain(q.words)
    nothing = Judged(q, "none", "", "none", name, q.end)
    if re.search("[。！？；…]", words) or name.endswith(_AWARDS) or len(words) > 110 or len(name.strip()) < 2:
        return nothing
    line = page.line(q.start)
    before = page.flow[max(line.start, q.start - 24) : q.start]
    after = page.flow[q.end : q.end + 24].split("\n")[0]
    if (len(words) > 8 and _SPEECH.search(before)) or (len(words) > 6 and words.endswith(_MEETING)):
        return nothing
    tail, several = _behind_run(page.flow, q, starts)
    far = page.flow[max(line.start, q.start - 120) : q.start]
    beat = [len(part) for part in segments(words)]
    if _TOPIC_BEFORE.search(far) and _TOPIC_BEHIND.match(tail):
        # 围绕“延链、补链、强链”开展协商 speaks of a formula still.
        short = len(beat) > 2 and max(beat) <= 3 and _parallel(words)
        return Judged(q, "slogan", "Motto", "slogan.parallel", name, q.end) if short else nothing
    # “甲带乙、丙带丁”的“双带”机制, “甲、乙、丙”的协商“三步法”: the parts of what follows.
    joint = _OF_NAMED.match(after)
    named = starts.get(q.end + joint.end()) if joint else None
    if (
        named
        and len(beat) > 1
        and len(beat) in counts_of(named.words)
        and heads.head(page.flow[named.end : named.end + 24])
    ):
        return nothing
    if _FIVE_YEARS.fullmatch(name) or _SCREENED.match(after) or _ORDINARY.fullmatch(name):
        return nothing
    if name.startswith("小") and _GREATER.match(after):
        return nothing
    if headed := _headed(q, name, after, _behind_list(page.flow, q, starts)):
        return headed
    if kind_and_rule := _undertaking(name, before, after):
        return Judged(q, "initiative", *kind_and_rule, name, q.end)
    if heads.CODE.match(name) and any(c.isdigit() for c in name):
        announced = _ANNOUNCES.match(after)
        if _ARRAY.match(after) or (announced and heads.noun_run(announced["mod"])):
            return Judged(q, "slogan", "Numeric", "slogan.announced", name, q.end)
        return nothing
    announcing = tail if several and _ANNOUNCES.match(tail) else after
    if kind_and_rule := _formula(name, before, announcing):
        return Judged(q, "slogan", *kind_and_rule, name, q.end)
    if name.endswith(_SITES) or _AGENDA.match(after) or _STATION.match(after):
        return nothing
    if _is_run(name, before, after, tail):
        return Judged(q, "initiative", "Activity", "initiative.run", name, q.end)
    owned = _OWNED.search(before) and (_OWNED_NEXT.match(after) or _OWNED_BEFORE.search(before))
    if _DOTTED.fullmatch(name) or (owned and 4 <= len(name) <= 12):
        return Judged(q, "initiative", "Brand", "initiative.owned", name, q.end)
    if _SPOKEN.search(name) or _ASKED.match(tail):
        return nothing
    goal = _BEFORE_GOAL.search(before)
    if (goal or _BEFORE_MOTTO.search(before)) and 4 <= len(name) <= 20:
        return Judged(q, "slogan", "Goal" if goal else "Motto", "slogan.governed", name, q.end)
    if counts[words] > 1 and len(name) >= 3:
        return Judged(q, "slogan", "Motto", "slogan.repeated", name, q.end)
    return nothing


def _is_run(name: str, before: str, after: str, tail: str) -> bool:
    """Whether the words around a quotation, *tail* those behind its list, run, build, or honour what it names."""
    if not 3 <= len(name) <= 16 or "，" in name or _STATION.match(tail) or _IMAGE.fullmatch(name):
        return False
    if 4 <= len(name) <= 10 and _CALLED.search(before):
        return True
    if len(name) >= 4 and (_RUNS.match(after) or _HONOURED.match(after)):
        return True
    if _BEFORE_BROUGHT.search(before) and _BROUGHT.match(after):
        return len(tokens.cut(name)) > 1
    governed = _BEFORE_RUN.search(before) or _BUILT.search(before)
    return bool(governed and not name.endswith(_GOALS) and _BEHIND_RUN.match(tail) and _BEHIND_RUN.match(after))


def _headed(q: Quoted, name: str, after: str, shared: str | None) -> Judged | None:
    """An undertaking by the head noun behind it, its own or that of the list it stands in (*shared*)."""
    head = heads.head(after if shared is None else shared)
    if head is None or _STATION.match(shared or after):
        return None
    if _NUMERIC.fullmatch(name) and (after if shared is None else shared).startswith("建设"):
        return None
    kind, text = head
    if name in _METAPHORS and (
        text.startswith("的") or (kind not in ("Project", "Plan", "Brand") and text != "行动") or name.startswith("一")
    ):
        return None
    end = q.end + len(text) if shared is None else q.end
    return Judged(q, "initiative", kind, "initiative.head", heads.named(name, text), end)


def _undertaking(name: str, before: str, after: str) -> tuple[str, str] | None:
    """Kind of undertaking that a quotation is by its own last word, and the rule that says so."""
    if _DAY_OF.fullmatch(name) and _FOR_DAY.search(name):
        return "Activity", "initiative.day"
    if _YEAR_OF.match(name):
        return "Activity", "initiative.year"
    if after.startswith(("为载体", "为平台", "为品牌")) and _BEFORE_CARRIER.search(before):
        return "Platform", "initiative.carrier"
    if (_parallel(name) and not _DOTTED.fullmatch(name)) or _HELD.search(before):
        return None
    if _SYSTEM.match(after):
        return "Mechanism", "initiative.head"
    if _METHOD.fullmatch(name):
        return "Method", "initiative.own-head"
    if _NAMES.fullmatch(name) and len(name) >= 4:
        return "Platform", "initiative.own-head"
    if _DELIBERATES.fullmatch(name):
        return "Activity", "initiative.own-head"
    if (
        name.endswith(heads.LONG_HEADS)
        and "，" not in name
        and len(name) >= (5 if name.endswith(heads.SHORT_HEADS) else 4)
    ):
        return heads.HEADS[max((head for head in heads.HEADS if name.endswith(head)), key=len)], "initiative.own-head"
    return None


def _formula(name: str, before: str, after: str) -> tuple[str, str] | None:
    """Kind of formula that a quotation is by its form or by what announces it, and the rule that says so."""
    if name in _METAPHORS:
        return "Metaphor", "slogan.metaphor"
    announces = _ANNOUNCES.match(after)
    announced = _ANNOUNCED[announces["noun"]] if announces else None
    framed = _FRAMED.match(after) if _BEFORE_FRAME.search(before) else None
    theme = framed is not None and framed["noun"] in ("主题", "主线")
    goal = announced == "Goal" or bool(_BEFORE_GOAL.search(before))
    if _NUMERIC.fullmatch(name) and not _ORDINAL.fullmatch(name) and not _HOLIDAY.fullmatch(name):
        return "Goal" if goal else "Numeric", "slogan.numeric"
    if _parallel(name) and (goal or announced or framed or not _DOTTED.fullmatch(name)):
        kind = "Goal" if goal else "Motto"
        return "Theme" if theme or announced == "Theme" else kind, "slogan.parallel"
    if _SPOKEN.search(name) or _ASKED.match(after):
        return None
    if framed and len(name) >= 4:
        return "Theme" if theme else "Motto", "slogan.framed"
    if announces and announced and heads.noun_run(announces["mod"]) and len(name) >= 3:
        return announced, "slogan.announced"
    if _BEFORE_THEME.search(before) and len(name) >= 4:
        return "Theme", "slogan.announced"
    if _BEFORE_PROPOSED.search(before) and 4 <= len(name) <= 24:
        return "Goal", "slogan.proposed"
    return None


def _behind_run(flow: str, q: Quoted, starts: dict[int, Quoted]) -> tuple[str, bool]:
    """What follows the last of the run of quotations that *q* stands in (“甲”“乙”和“丙”等活动), and whether it is one."""
    at, steps = q.end, 0
    while steps < 12:
        m = _LINK.match(flow, at)
        nxt = m.end() if m else at
        following = starts.get(nxt)
        if following is None:
            break
        at, steps = following.end, steps + 1
    return flow[at : at + 24].split("\n")[0], steps > 0


def _behind_list(flow: str, q: Quoted, starts: dict[int, Quoted]) -> str | None:
    """What follows the last of a run of quotations if they share it; None if *q* stands alone."""
    rest, run = _behind_run(flow, q, starts)
    if run and (cards := _CARDS.match(rest)):
        return cards["head"]
    return rest if run and _SHARED.match(rest) else None


def segments(words: str) -> list[str]:
    """The parallel parts of a formula, split at its commas.

    >>> segments("懂政协、会协商、善议政，守纪律、讲规矩、重品行")
    ['懂政协', '会协商', '善议政', '守纪律', '讲规矩', '重品行']
    """
    return [s for s in re.split("[、，,·；]| (?=[\u4e00-\u9fff])", words) if s]


def _parallel(words: str) -> bool:
    """Whether the words are two or more clauses built alike."""
    parts = segments(words)
    if len(parts) < 2:
        return False
    sizes = [len(p) for p in parts]
    if min(sizes) < 2:
        return False
    # 家门口的事商量着办、烦心事联手办: what ends alike may differ more in length.
    alike = len({p[-1] for p in parts}) == 1
    return max(sizes) - min(sizes) <= max(3 if alike else 2, min(sizes) // 3)
