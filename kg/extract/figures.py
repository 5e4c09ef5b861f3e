"""Figures: what a body did or has, in numbers, with unit, bound, measure, body and period."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg import lexicon
from kg.chinese import numerals
from kg.extract.draft import Drafts
from kg.extract.geography import Geography
from kg.extract.organisations import Bodies
from kg.extract.page import HAN, Page
from kg.identity import iri

_UNITS = {row[0]: row[1] for row in lexicon.rows("measures")}
_UNIT = lexicon.alternation(list(_UNITS))
_FIGURE = re.compile(
    rf"""
    (?P<before>不少于|不低于|不下|至少|不足|不到|少于|低于|将近|接近|近|超过|超出|突破|超|逾|高于|多达|大约|约|达到?|共计?)?
    (?P<number>(?<![\d.第A-Za-z+\-—])\d+(?:,\d{{3}})*(?:\.\d+)?|(?<![{numerals.CHINESE}第])[{numerals.CHINESE}]+|上[百千]|数[十百千]|半数)
    (?P<scale>百万|千万|万|亿|百亿|千亿)?
    (?P<odd>余|多|来)?
    (?P<scale2>万|亿)?
    (?P<odd2>余|多)?
    (?P<unit>{_UNIT})
    (?P<odd3>多|余)?
    (?P<after>以上|以下|左右|上下|以内)?
    """,
    re.VERBOSE,
)
_MORE = frozenset({"超过", "超出", "突破", "超", "逾", "高于", "多达", "不少于", "不低于", "不下", "至少"})
_LESS = frozenset({"不足", "不到", "少于", "低于", "将近", "接近", "近"})
_ABOUT = frozenset({"大约", "约"})
_NOT_AFTER = re.compile("月|日(?!均)|届|周年|世纪|年代|号|时(?!段)|点钟|季度")
_VERBS = re.compile(
    r"(?:完成|开展|召开|举办|组织|形成|提交|收集|收到|征集|立案|办理|办结|办成|报送|撰写|编发|编印|刊发|采用|采纳|提出|协商|视察|调研|走访|慰问|帮扶|帮助|解决|化解|调解|服务|救助|捐款|捐赠|捐资|捐助|筹集|筹措|募集|投入|投资|落实|引进|引资|签约|新建|改造|建成|建立|建设|培训|受益|惠及|覆盖|带动|转移|安置|吸纳|发放|发出|整改|查处|处分|立案|受理|处置|移送|追回|挽回|制定|出台|修订|审议|任免|督办|交办|答复|实现|增长|下降|提高|提升|降低|达|占|增加|减少|突破|超|共有|现有|设有|拥有|参加|参与|安排|选派|选出|聘请|联系|确定|列入|评选|表彰|获|授予|推荐|发展|吸收|接待|化解|反馈|督查|巡察|约谈|通报|问责|印发|整治|清理|拆除|种植|栽植|收获|生产|销售|出栏|脱贫|减贫|就业)"
)
_INDICATORS = re.compile(lexicon.alternation([r[0] for r in lexicon.rows("indicators")]))
_ORDINARY = re.compile("方面|环节|层面|维度|步骤|阶段|角度|重点|关键|问题|原则|特点")


_PERCENT = re.compile(
    rf"(?P<before>超过|超|近|约|不足|达到?)?百分之(?P<number>[{numerals.CHINESE}]+(?:点[{numerals.CHINESE}]+)?)(?P<after>以上|以下|左右)?"
)


def find(page: Page, geography: Geography, bodies: Bodies, drafts: Drafts) -> None:
    """Note every figure of a document."""
    blocked = _blocked(page)
    for m in _FIGURE.finditer(page.flow):
        _figure(page, geography, bodies, drafts, m, blocked)
    for m in _PERCENT.finditer(page.flow):
        value = 100.0 if m["number"] == "百" else numerals.value(m["number"])
        if value is not None and not blocked[m.start("number")]:
            bound = _bound_of(m["before"] or "", m["after"] or "", None)
            _write(page, geography, bodies, drafts, m, value, "%", bound, "figure.chinese")


def _blocked(page: Page) -> bytearray:
    """Where numbers belong to names and dates: titles, coded formulae in quotation marks, date expressions."""
    out = bytearray(len(page.flow) + 1)
    for t in page.titled:
        out[t.start : t.end] = b"\1" * (t.end - t.start)
    for q in page.quoted:
        if len(q.words) <= 24 and not re.search("[。！？]", q.words):
            out[q.start : q.end] = b"\1" * (q.end - q.start)
    for d in page.dates:
        out[d.start : d.end] = b"\1" * (d.end - d.start)
    return out


def _figure(
    page: Page, geography: Geography, bodies: Bodies, drafts: Drafts, m: re.Match[str], blocked: Sequence[int]
) -> None:
    flow, number, unit = page.flow, m["number"], m["unit"]
    at = m.start("number")
    if blocked[at] or blocked[m.end() - 1]:
        return
    arabic = numerals.is_arabic(number)
    scale = (m["scale"] or "") + (m["scale2"] or "")
    odd = m["odd"] or m["odd2"] or m["odd3"]
    line = page.line(at)
    if line.kind in ("title", "subtitle", "byline", "dateline"):
        return
    if _NOT_AFTER.match(flow, m.end()) and unit not in ("%",) and not m["after"]:
        return
    if flow[m.end() : m.end() + 1] == "年" and unit != "%":
        return
    if (
        unit == "人"
        and flow[m.end() : m.end() + 1] in "民大才口员均物工行士生事文类间群体权"
        and flow[m.end() : m.end() + 2] not in ("大代",)
    ):
        return
    if unit == "部" and flow[m.end() : m.end() + 1] in ("门", "委", "队", "长", "署", "分"):
        return
    if unit in ("点", "届", "站", "村", "镇", "街", "部", "度", "单", "对", "组", "队", "款", "遍") and (
        not arabic or unit in ("点", "届", "度")
    ):
        return
    class_ = _UNITS[unit]
    bound = _bound_of(m["before"] or "", m["after"] or "", odd)
    if number == "半数":
        return
    if not arabic:
        value = numerals.value(number.lstrip("上数")) if number[0] in "上数" else numerals.value(number)
        if value is None or (not page.boundaries[at] and value <= 10 and not (m["before"] or odd)):
            return
        if number[0] in "上数":
            bound = "more"
        if re.match("全会|规定|会议|全体会议|代表大会|党代会|常委会|主席会", flow[m.end() : m.end() + 6]):
            return
        if re.search(r"[零一二三四五六七八九][一二三四五六七八九]", number) and not re.search("[十百千]", number):
            return
        if value < 2 and not scale:
            return
        if bound == "exact" and not scale and value <= 10 and not _acts(page, at, m.end()):
            return
        if (
            bound == "exact"
            and unit in ("个", "种", "类", "位", "条", "支", "项", "组", "处")
            and value <= 10
            and not scale
            and not _object_before(page, max(0, at - 8), at)
        ):
            return
        if unit == "次" and value <= 3 and bound == "exact" and not _acts(page, at, m.end()):
            return
    else:
        value = numerals.value(number)
        if value is None:
            return
        if re.match(r"(?:19|20)\d\d$", number) and unit in ("年", "届"):
            return
        if (
            class_ == "amount"
            and unit in ("小时", "天", "分钟")
            and re.match("[^，。]{0,4}(?:不间断|值班|在线|开放|服务|热线|两班)", flow[m.end() : m.end() + 8])
        ):
            return
    if unit == "%" and not arabic:
        return
    before = page.flow[max(line.start, at - 28) : at]
    if bound == "exact" and re.search(r"分别(?:超过|突破|超|逾)[^，。；]*[、和]$", before):
        bound = "more"
    elif bound == "exact" and re.search(r"分别(?:近|接近|不足)[^，。；]*[、和]$", before):
        bound = "less"
    full_unit = scale + unit
    if unit == "个" and _ORDINARY.match(flow, m.end()):
        return
    _write(page, geography, bodies, drafts, m, value, full_unit, bound, "figure.arabic" if arabic else "figure.chinese")


def _write(
    page: Page,
    geography: Geography,
    bodies: Bodies,
    drafts: Drafts,
    m: re.Match[str],
    value: float,
    unit: str,
    bound: str,
    rule: str,
) -> None:
    """Note one figure with its measure, body and period, each with the words that say so."""
    start, end = _extent(page, m)
    opening = next((b for b in bodies.within(start, m.start()) if b.start == start), None)
    measure = _measure(page, m, opening.end if opening and opening.end < m.start() else start, end)
    id_ = iri("figure", page.document.stem, f"{m.start('number')}-{value:g}{unit}")
    quote = page.flow[start:end]
    supports = [("value", value), ("unit", unit), ("measure", measure), ("bound", bound)]
    draft = drafts.note(
        "Figure", id_, f"{measure}{value:g}{unit}", (start, end), rule, surface=quote, supports=supports
    )
    a, b = max(page.document.passages(start, end), key=lambda p: p[1] - p[0])
    draft.values["quote"] = page.document.text[a:b]
    org = _org(page, geography, bodies, m)
    if org:
        drafts.note("Figure", id_, draft.name, org[1], "figure.body", supports=[("org", org[0])], naming=False)
    period = _period(page, m.start("number"))
    if period:
        drafts.note(
            "Figure", id_, draft.name, period[1], "figure.period", supports=[("period", period[0])], naming=False
        )


def _bound_of(before: str, after: str, odd: str | None) -> str:
    """Whether a figure is exact, or more, less or about what the number says."""
    if odd or before in _MORE or after == "以上":
        return "more"
    if before in _LESS or after in ("以下", "以内"):
        return "less"
    if before in _ABOUT or after in ("左右", "上下"):
        return "about"
    return "exact"


def _acts(page: Page, start: int, end: int) -> bool:
    """Whether the clause tells what somebody did or has."""
    clause = page.clause(start, end)
    return bool(_VERBS.search(page.flow, clause.start, clause.end))


def _extent(page: Page, m: re.Match[str]) -> tuple[int, int]:
    """The words of a figure: the noun phrase around the number, within its clause."""
    flow = page.flow
    floor = max(page.sentence(m.start()).start, *(flow.rfind(c, 0, m.start()) + 1 for c in "，、；：。"))
    start = max(floor, m.start() - 24)
    ceiling = m.end()
    limit = page.sentence(m.start()).end
    while (
        ceiling < limit
        and flow[ceiling] not in "，、；：。（）“《"
        and ceiling - m.end() < 16
        and not flow[ceiling].isdigit()
    ):
        ceiling += 1
    if start < m.start() and ceiling > m.end() and _object_before(page, start, m.start()):
        ceiling = m.end()
    while start < m.start() and not page.boundaries[start]:
        start += 1
    return start, ceiling


def _object_before(page: Page, start: int, end: int) -> bool:
    """Whether what is counted stands before the number (收集信息108条) rather than behind it (组织14名常委)."""
    words = page.flow[start:end]
    return bool(re.search(rf"[{HAN}]{{3,}}$", words)) and not re.search(
        r"(?:了|的|有|共|安排|开展|组织|完成|建立|建成|举办|召开|形成|出台|制定|确定|推动|帮助|邀请|吸引|选派|依托|解决|达|为|由|对|在|和|与|及|全市|全区|全县|全省|共有|近|设立|成立|引进|新增|培育|打造|推进|实施)$",
        words,
    )


def _measure(page: Page, m: re.Match[str], start: int, end: int) -> str:
    """What is counted, in the text's words: the words around the number without it."""
    words = (page.flow[start : m.start()] + page.flow[m.end() : end]).strip(" ，、。；：的了")
    return re.sub(
        r"^(?:并|共计?|累计|已|先后|其中|还|也|全年|目前|截至目前|今年以来|一年来|近年来|五年来)+|[共达]$", "", words
    )


def _org(page: Page, geography: Geography, bodies: Bodies, m: re.Match[str]) -> tuple[str, tuple[int, int]] | None:
    """The body or district a figure tells of, and the words that say so."""
    sentence = page.sentence(m.start())
    clause = page.clause(m.start(), m.end())
    indicator = _INDICATORS.search(page.flow, max(sentence.start, m.start() - 40), m.end())
    if indicator:
        level = re.search(
            r"(?:全|我)(省|市|区|县|旗|州|盟|镇|乡)", page.flow[max(0, indicator.start() - 12) : indicator.start()]
        )
        place = (
            geography.resolve(level[1], indicator.start()) if level else geography.of_section(page.section(m.start()))
        )
        if place:
            return place.name, (indicator.start(), m.end())
    deictic = re.search(r"(?:全|我)(省|市|区|县|旗|州|盟|镇|乡)", page.flow[clause.start : m.start()])
    body = bodies.subject(m.start())
    if deictic and not bodies.within(clause.start, m.start()):
        between = page.flow[clause.start + deictic.end() : m.start()]
        if not re.search("政协|委员|人大|代表|工作[站室]|界别|党员|提案", between + page.flow[m.end() : m.end() + 8]):
            place = geography.resolve(deictic[1], m.start())
            if place:
                return place.name, (clause.start + deictic.start(), clause.start + deictic.end())
    if body:
        inside = sentence.start <= body.start < m.start()
        return body.name, (body.start, m.end()) if inside and m.end() - body.start < 200 else (body.start, body.end)
    return None


def _period(page: Page, at: int) -> tuple[str, tuple[int, int]] | None:
    """When: the date or period the sentence names last before the number."""
    sentence = page.sentence(at)
    found = page.dates_within(sentence.start, at)
    if found:
        return found[-1].iso, (found[-1].start, found[-1].end)
    since = re.search(
        rf"(?:[一二三四五六七八九十]+届[{HAN}]{{0,4}}以来|五年来|三年来|近年来|换届以来|过去五年)",
        page.flow[sentence.start : at],
    )
    if since:
        return since[0], (sentence.start + since.start(), sentence.start + since.end())
    return None
