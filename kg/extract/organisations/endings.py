"""Bodies known by the word their name ends in: 公证处, 有限公司, 律师事务所, 委员工作室."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg import lexicon
from kg.chinese import names, places, tokens
from kg.extract.bodies import Body, base_body, body_id
from kg.extract.organisations.findings import STOPS, Findings
from kg.extract.organisations.organs import organs
from kg.extract.page import DISTRICT, HAN, PLACE, PLACE_REST, Quoted
from kg.extract.scope import TOWNSHIPS, Hit, Place, place_of, short_form
from kg.identity import NATION, iri, normal

_KINDS = lexicon.table("bodies")
_RELATIVE = [row[0] for row in lexicon.rows("bodies") if row[2] == "rel"]
_QUOTED = [row[0] for row in lexicon.rows("bodies") if row[2] == "quoted"]
_FREE = [row[0] for row in lexicon.rows("bodies") if row[2] == "free"]
_BUREAU = f"[{HAN}]{{2,8}}(?<![局委办院厅])和(?![省市区县旗州盟])[{HAN}]{{2,8}}?(?:局|改革委员会|建设委员会|宗教委员会)"
_RUN = rf"(?:(?![的了在和与及向从被把将是对为以等并兼])[{HAN}{PLACE}{PLACE_REST}A-Za-z0-9（）·])"
_OF_DISTRICT = re.compile(
    rf"(?P<place>{DISTRICT}+)(?P<run>{_BUREAU}|{_RUN}{{0,18}}(?:{lexicon.alternation(list(_KINDS))}))(?![长员])"
)
_OF_LEVEL = re.compile(
    rf"""
    (?P<level>自治[区州县旗]|[省市区县旗州盟镇]|乡(?!村))(?![长级内里县区镇]|外(?![办事贸经国侨语])|乡(?!村))
    (?P<run>{_BUREAU}|{_RUN}{{0,8}}?(?:{lexicon.alternation(_RELATIVE)}))(?![长员])
    """,
    re.VERBOSE,
)
_NEXT_BUREAU = re.compile(f"[、和](?P<run>(?![省市区县旗州盟镇乡])[{HAN}]{{2,10}}?局)(?![长面])")
_ALONE = re.compile(lexicon.alternation(_FREE + _QUOTED))
_IN_QUOTES = re.compile(
    f"(?:委员|代表){lexicon.alternation(['工作室', '工作站', '联络站', '联络室', '活动室'])}|工作室|{lexicon.alternation(_QUOTED)}"
)
# Endings that name nothing without a word before them: 哈尔滨公司 is no company's name.
_HEAD = re.compile(
    "(?:局|院|厅|会|校|所|馆|站|处|社|台|组|部|队)长|经理|主任|书记|负责|成员|干部|教师|老师|医生|职工|员工"
    "|副?教授|讲师|律师|研究员|高级|特级|学生"
)
_BARE = frozenset(lexicon.words("generic", "ending"))
_THERE_ARE = re.compile("(?:现有|共有|拥有|建有|设有|已有|新增|新建|新设|建成|引进|培育)")  # 甲市|现有上市公司51家
_AFTER_CO = tuple("商调助作同力议办定")  # 围绕全旗中心工作协|商
_MANY = ("中小学", "中小学校")  # all of a district
_NOT_BUREAU = re.compile("(?:[大全布格结时战开僵当残破定新变]|(?<![财民邮行林路])政)局$|[议客餐前舞][事]?厅$")
_GENERIC_STEM = re.compile(f"(?:{lexicon.alternation(lexicon.words('generic', 'stem'))}|[（）、])+")
# Endings that name a body behind the short name of its district: 红桥医院; 红桥区医院 may be any.
_OF_TOWNS = frozenset({"大学", "学院", "医院", "中学"})
# 全县委员工作室, 优秀委员工作室: all or the best of them.
_SOME_OF = re.compile("全[省市区县州旗盟镇乡]|优秀|最美|先进|“?(?:五|四|三)星级")
_EMPTY_STEMS = frozenset(lexicon.words("generic", "station"))
# Verbs that say in the names of companies what their trade is.
_OF_COMPANIES = frozenset(lexicon.words("generic", "trade"))
_COUNTED = re.compile(r"”(?P<count>等?(?:\d+|[两三四五六七八九十])?个?)$")
# What makes a quoted name that of an undertaking, and not of the body it ends in.
# 建成甲委员工作室31个: a kind of them, not one body.
_HOW_MANY = re.compile(r"(?:等|共)?(?:\d+|[两三四五六七八九十]+)(?:余|多)?[个家处所]")
_UNDERTAKING = re.compile("(?:党建|履职|服务|特色|工作)?(?:品牌|活动|行动|工程|项目|机制|模式)")
_WORD = re.compile(rf"[{HAN}A-Za-z0-9（）]+")
_NO_NOUN = frozenset({"t", "v", "p", "c", "uj", "ul", "r", "m", "q", "d", "f", "u", "y"})


# 县财政局|每年安排…联络站, 县行政审批局|服务大厅: a bureau ends where its doing or its rooms begin.
_ACTS = re.compile(
    "(?<!公安)(?<!公)局(?=每年|每月|今年|去年|全年|先后|随后|随即|专门|安排|牵头|组织|联合|派[出驻]|(?:政务|办事|便民)?(?:服务)?大厅)"
    f"|[局委办](?=[和与][{HAN}]{{1,8}}?(?:公司|集团|企业))"
)
_BRANCH = re.compile(
    "[支分](?:局|公司|行|院|校|社|中心)$|(?:营业部|供电公司|供电所|农科所|林科所|[支大]队|调查总?队|人民法庭)$"
)
_WHOLE = re.compile(rf"(?:{DISTRICT}|[省市区县旗州盟])[{HAN}]{{0,10}}?(?:局|银行|公司|集团|法院)$")
# Firms of the whole country that have a branch in every district: 国网某市供电公司.
_FIRM = re.compile(f"(?:{lexicon.alternation(lexicon.words('generic', 'firm'))})$")

# 引进湖北某某集团: a firm from elsewhere.
_BROUGHT = re.compile("(?:引进|引入|引来|招引|促成)[^，。；]{0,10}$")


def of_districts(found: Findings) -> None:
    """哈尔滨市公证处, 阿城区农业农村局: a district, then a name up to its ending."""
    for m in _overlapping(_OF_DISTRICT, found.shadow):
        place = found.geography.of_match(m)
        end = _best_end(found, m.start("run"), m.end()) if place else None
        if place is None or end is None:
            continue
        if stop := _ACTS.search(found.flow, m.start("run"), end):
            end = stop.end()
        start, run = m.start(), found.flow[m.start("run") : end]
        short = run in _OF_TOWNS and found.flow[m.end("place") - 1] not in "省市区县旗州盟镇乡村"
        if (
            (run in _BARE and not short)
            or run.endswith(_MANY)
            or _THERE_ARE.match(run)
            or _NOT_BUREAU.search(run)
            or _HOW_MANY.search(run)
        ):
            continue
        last = start + m["place"].rfind(PLACE)
        hit = found.geography.at(last)
        # 贵州绥阳诗乡公司 bears both names; of 某省某市某县教育局 the last says enough.
        first = last
        if hit and not hit.full:
            first = start = _first_above(found, start, last)
        if _BRANCH.search(run):
            if _WHOLE.search(found.shadow, max(0, start - 16), start):
                continue  # 市生态环境局某县分局: an organ of the bureau
            firm = _FIRM.search(found.flow, max(0, start - 8), start)
            if firm:
                first = start = firm.start()
                run = firm[0] + run
            inner = found.geography.at(found.shadow.rfind(PLACE, last, end))
            place = inner.place if inner and inner.place else place
        if not found.take(start, end):
            continue
        place = _seat(found, hit, run, place)
        body = Body(start, end, body_id(place, normal(run)), found.flow[first:end], _kind_of(run), place)
        organs(found, found.note(body, "body.ending"))
        _listed_behind(found, body)


def _first_above(found: Findings, start: int, last: int) -> int:
    """Where the districts begin that lie one in the other up to the one at *last*: of 大尹村镇|河北某某公司 the last alone."""
    first, below = last, found.geography.at(last)
    for hit in reversed(found.geography.hits_within(start, last)):
        inner = below.place.code if below and below.place else None
        outer = hit.place.code if hit.place else None
        if hit.end != first or not inner or not outer or not places.is_within(inner, outer):
            break
        first, below = hit.start, hit
    return first


def _seat(found: Findings, hit: Hit | None, run: str, place: Place) -> Place:
    """The district of a body behind a district's name: 湖南云峰茶业有限公司 in a county's text is of that county."""
    if hit is None or hit.full or not place.near.endswith("0000"):
        return place
    own = found.geography.around(hit.start)
    local = own is not None and own.is_county and places.is_within(own.near, place.near)
    registered = _kind_of(run) == "Company" or run.endswith("事务所")
    brought = _BROUGHT.search(found.flow, max(0, hit.start - 14), hit.start)
    return own if own and local and registered and not brought else place


def relative(found: Findings) -> None:
    """市公证处, 县公安局: a bare level, then a name up to its ending."""
    for m in _overlapping(_OF_LEVEL, found.shadow):
        # 新的社会阶层人士联谊会 is one word of the list.
        if not found.begins(m.start()) or not (m["run"] in _KINDS or found.nouns(m.start("run"), m.end())):
            continue
        place = found.geography.resolve(m["level"], m.start())
        stop = _ACTS.search(found.flow, m.start("run"), m.end())
        end = stop.end() if stop else m.end()
        cut = found.flow[end - 1] == "协" and found.flow.startswith(_AFTER_CO, end)
        cut = cut or _NOT_BUREAU.search(found.flow[m.start() : end]) is not None
        if place is None or cut or not found.take(m.start(), end):
            continue
        run = found.flow[m.start("run") : end]
        id_ = body_id(place, normal(run))
        body = Body(m.start(), end, id_, short_form(place) + run, _kind_of(run), place)
        organs(found, found.note(body, "body.ending-relative"))
        _listed_behind(found, body)


def _listed_behind(found: Findings, first: Body) -> None:
    """县水利局、交通运输局: bureaus listed behind one share its district."""
    at, place = first.end, first.place
    while place and first.kind == "Department" and (m := _NEXT_BUREAU.match(found.flow, at)):
        run = m["run"]
        if (
            _NOT_BUREAU.search(run)
            or not found.nouns(m.start("run"), m.end())
            or not found.take(m.start("run"), m.end())
        ):
            return
        id_ = body_id(place, normal(run))
        found.note(
            Body(m.start("run"), m.end(), id_, short_form(place) + run, "Department", place), "body.ending-relative"
        )
        at = m.end()


def _kind_of(words: str) -> str:
    """Kind of body by the longest ending of its name; a department where only the pattern of bureaus knows the ending."""
    return _KINDS.get(max((ending for ending in _KINDS if words.endswith(ending)), key=len, default=""), "Department")


def _overlapping(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Every match, also those that begin within an earlier one: what is rejected must not hide what follows."""
    m = pattern.search(text)
    while m:
        yield m
        m = pattern.search(text, m.start() + 1)


def _best_end(found: Findings, start: int, end: int) -> int | None:
    """The last ending before *end* that leaves only nouns between it and *start*."""
    within = found.shadow.rfind(PLACE, start, end)
    if within > start and tokens.tag(_word_before(found, within)).startswith("v"):
        return None  # 甲镇引进乙省丙公司
    while end > start:
        # jieba has 协会会长 and 小学校长 as one word each.
        ends = found.page.borders[end] or _HEAD.match(found.flow, end)
        if ends and found.nouns(start, end):
            return end
        text = found.shadow[start : end - 1]
        shorter = max((text.rfind(ending) + len(ending) for ending in _KINDS if ending in text), default=0)
        if shorter <= 0:
            return None
        end = start + shorter
    return None


def _word_before(found: Findings, at: int) -> str:
    """The word that ends at *at*."""
    start = found.page.boundaries.rfind(1, 0, at)
    return found.flow[start:at]


def free(found: Findings) -> None:
    """Bodies without a district in their name, and stations in quotation marks before their kind."""
    for m in _ALONE.finditer(found.shadow):
        quotes = [] if _HOW_MANY.match(found.flow, m.end()) else _quoted_before(found, m.start())
        for q in quotes:
            own = found.geography.around(q.start)
            if _KINDS[m[0]] == "Station" and own and found.take(q.start, q.end):
                _station(found, (q.start, q.end), q.words + m[0], m[0], own, own)
        if not quotes and not _quoted(found, m):
            _free(found, m)


def _says_nothing(stem: str) -> bool:
    """Whether the words before an ending only classify what it names: 镇级委员工作室."""
    return (
        len(stem) < 2
        or stem[0] in "各每"
        or _SOME_OF.match(stem) is not None
        or stem.endswith("星级")
        or stem in _EMPTY_STEMS
        or bool(_GENERIC_STEM.fullmatch(stem))
    )


def _quoted(found: Findings, m: re.Match[str]) -> bool:
    """“甲委员工作室”, “乙宣讲队”: a station or a team whose whole name stands in quotation marks."""
    if not _IN_QUOTES.fullmatch(m[0]) or found.flow[m.end() : m.end() + 1] != "”":
        return False
    q = next((q for q in reversed(found.page.quoted_within(m.start() - 13, m.start())) if q.end == m.end() + 1), None)
    own = found.geography.around(m.start())
    if q is None or own is None or _UNDERTAKING.match(found.flow, q.end):
        return False
    stem = q.words.removesuffix(m[0])
    named = not _says_nothing(stem)
    plain = re.fullmatch(f"[{HAN}·]+", stem) and found.nouns(q.start + 1, m.start())
    if not named or not plain or not found.take(q.start, q.end):
        return False
    if _KINDS[m[0]] == "Station":
        _station(found, (q.start, q.end), q.words, m[0], own, own)
    else:
        id_ = iri("body", own.near, normal(q.words))
        found.note(Body(q.start, q.end, id_, q.words, _KINDS[m[0]], own), "body.free")
    return True


def _free(found: Findings, m: re.Match[str]) -> None:
    """Walk left over nouns from an ending, and note what they name."""
    start = _left(found, m.start(), _KINDS[m[0]])
    stem = found.flow[start : m.start()]
    q = _quoted_stem(found, start, m[0])
    if q and found.take(q.start, m.end()):
        _note_free(found, (q.start, m.end()), m[0], stem)
        return
    if m[0] in _QUOTED:
        return
    if stem in TOWNSHIPS and found.page.borders[start] and _KINDS[m[0]] == "Station":
        _of_town(found, m, start, stem)
        return
    if _says_nothing(stem) or stem[0].isdigit() or found.flow[start - 1 : start] in ("某", "个", "各", "每"):
        return
    quoted = any(q.start < start < q.end for q in found.page.quoted_within(start - 31, start))
    ends = found.page.boundaries[m.end()] or _HEAD.match(found.flow, m.end())
    counted = _HOW_MANY.match(found.flow, m.end())
    if quoted or counted or not ends or not found.take(start, m.end()):
        return
    _note_free(found, (start, m.end()), m[0], stem)


def _note_free(found: Findings, span: tuple[int, int], ending: str, stem: str) -> None:
    """Note a body without a district in its name."""
    own, kind, name = found.geography.around(span[0]), _KINDS[ending], found.flow[slice(*span)]
    if kind == "Station":
        _station(found, span, name, ending, own, _station_place(stem, own))
    elif name[0] in "省市区县旗州" and found.page.borders[span[0] + 1]:
        # 县交投集团有限公司
        place = found.geography.resolve(name[0], span[0])
        if place:
            words = name[1:]
            found.note(Body(*span, body_id(place, normal(words)), short_form(place) + words, kind, place), "body.free")
    else:
        id_ = iri("body", own.near if own else NATION, normal(name))
        local = kind == "Company" or ending == "工作领导小组"
        seat = own if own and own.is_county and local and not name.startswith(("中国", "全国", "国家")) else None
        found.note(Body(*span, id_, name, kind, seat), "body.free")


def _quoted_stem(found: Findings, start: int, ending: str) -> Quoted | None:
    """The quotation that opens a name: “红果”种植专业合作社, “拾光”陶艺工作室."""
    if _KINDS[ending] != "Company" and ending != "工作室" and not ending.startswith("委员"):
        return None
    if found.flow[start - 1 : start] != "”":
        return None
    before = (q for q in found.page.quoted_within(start - 12, start) if q.end == start and q.depth == 0)
    return next(before, None)


def _of_town(found: Findings, m: re.Match[str], start: int, level: str) -> None:
    """镇委员工作室: the station of the township that the text speaks of."""
    place = found.geography.resolve(level, start)
    own = found.geography.around(start)
    if place and found.take(start, m.end()):
        _station(found, (start, m.end()), place.name + m[0], m[0], own, place)


def _station(
    found: Findings, span: tuple[int, int], name: str, ending: str, own: Place | None, place: Place | None
) -> None:
    """Note a station; one of members (委员工作室) is part of the CPPCC body of the section's district."""
    of = base_body(own, "政协", span).name if "委员" in ending and own and own.is_county else None
    place = _stands_in(found, span[0]) or place
    id_ = iri("body", place.near if place else NATION, normal(name))
    found.note(Body(*span, id_, name, "Station", place, of), "body.free")


def _stands_in(found: Findings, at: int) -> Place | None:
    """The township or village right before *at*: 甲镇“乙委员工作室”, 甲镇丙村的“乙委员工作室”."""
    hits = found.geography.hits_within(max(0, at - 12), at)
    here = hits[-1].place if hits and found.flow[hits[-1].end : at] in ("", "的", "“", "的“") else None
    return here if here and not here.is_county else None


def _station_place(stem: str, own: Place | None) -> Place | None:
    """A station named after a township belongs to it, else to the section's district."""
    if own is None or own.code is None:
        return own
    below = [d for suffix in ("镇", "乡", "街道", "") for d in places.named(stem + suffix, within=own.code, level=4)]
    return place_of(below[0].code) if len(below) == 1 else own


def _quoted_before(found: Findings, at: int) -> list[Quoted]:
    """Quoted names of stations right before their kind: “甲”“乙”2个委员工作室."""
    count = _COUNTED.search(found.flow[max(0, at - 6) : at])
    if not count:
        return []
    edge = at - len(count["count"])
    out: list[Quoted] = []
    for q in reversed(found.page.quoted_within(max(0, at - 120), at)):
        joined = q.end == edge or found.flow[q.end : edge] in ("、", "和")
        if q.depth == 0 and joined and len(q.words) <= 12:
            out.append(q)
            edge = q.start
    return out


def _left(found: Findings, end: int, kind: str) -> int:
    """Start of the run of nouns that ends at *end*: four words and ten characters, more before a company's ending."""
    boundaries, flow = found.page.boundaries, found.flow
    most, longest = (6, 14) if kind == "Company" else (4, 10)
    start, words = end, 0
    while words < most and end - start < longest:
        # jieba cuts 教育界|别.
        at = start - (2 if flow.startswith("界别", start - 2) else 1)
        while at > 0 and not boundaries[at] and start - at < 6:
            at -= 1
        word = flow[at:start]
        no_noun = tokens.tag(word) in _NO_NOUN and not (kind == "Company" and word in _OF_COMPANIES)
        if at < 0 or not _WORD.fullmatch(word) or word in STOPS or found.taken[at] or no_noun:
            break
        start, words = at, words + 1
    # 是|于海涛|委员工作室: a surname that is a preposition more often.
    before, surname = flow[start - 2 : start - 1], flow[start - 1 : start]
    named = kind == "Station" and end - start == 2 and surname in ("于", "向", "从", "由") and before in "是，。“的"
    return start - 1 if named and names.is_name(flow[start - 1 : end]) else start
