"""Administrative divisions of China, in force and abolished, and where a text names them.

The facts stand in ``kg/lexicon/divisions.tsv`` (county level and above, GB/T 2260 codes) and ``townships.tsv``
(township level, nine digits); ``kg/lexicon/README.md`` says where they come from.

A name of a place is often a word of the language too (合作, 同心, 方正, 召开县政协会议), so that :func:`scan` checks every
hit against the words around it. A bare short name counts where it stands on the borders of words; one that is an
everyday word (``short_names_common.tsv`` lists them with their grade) only where its surroundings say that it is a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kg.identity import NATION
from kg.lexicon import rows, table, words

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick


class Division(NamedTuple):
    """One administrative division, or an earlier name of one."""

    code: str
    """GB/T 2260: six digits; nine for township-level units."""
    name: str
    level: int
    """1 province, 2 prefecture, 3 county, 4 township."""
    parent: str
    """Code of the division above; ``100000`` for provinces."""
    short: str = ""
    """The proper name alone (阿城, 元江, 海西); empty where it is not used alone (宾县, 抚顺县, 正蓝旗)."""
    last: int | None = None
    """Last year at whose end the division had this name; None if it is in force."""
    kind: str = ""
    """区, 县, 县级市, 自治州, 盟, 镇 …; ``类似乡级单位`` for farms and zones that only statistics counts as townships."""
    first: int | None = None
    """First year in force, where known; codes begin in 1980."""
    variants: tuple[str, ...] = ()
    """Other usual names: 元江县, 巴州, 喀左."""


class Hit(NamedTuple):
    """A place named in a text: ``text[start:end] == surface``."""

    start: int
    end: int
    surface: str
    codes: tuple[str, ...]
    """Every division it can mean, sorted."""
    full: bool
    """The surface is an official name or a usual one of that form (元江县), not a bare short name."""


PEOPLE = re.compile(
    r"""(?: 乌孜别克族? | 柯尔克孜族? | 哈萨克族? | 维吾尔族? | 达斡尔族? | 塔吉克族? | 鄂温克族? | 鄂伦春族? | 俄罗斯族 | 塔塔尔族
          | 蒙古族? | 锡伯族? | 朝鲜族 | 布依族 | 土家族 | 哈尼族 | 傈僳族 | 高山族 | 拉祜族 | 东乡族 | 纳西族 | 景颇族 | 仫佬族
          | 布朗族 | 撒拉族 | 毛南族 | 仡佬族 | 阿昌族 | 普米族 | 德昂族 | 保安族 | 裕固族 | 独龙族 | 赫哲族 | 门巴族 | 珞巴族
          | 基诺族 | [回藏苗彝壮满侗瑶白傣黎佤畲水土羌怒京各]族 ) $""",
    re.VERBOSE,
)
"""The peoples named at the end of a name (族 may be missing after a long one: 和布克赛尔蒙古自治县); 各族: 龙胜各族自治县."""


@cache
def _divisions() -> tuple[Division, ...]:
    return tuple(
        Division(
            code, name, int(level), parent, short, int(last) if last else None, kind, int(first) if first else None,
            tuple(variants.split()),
        )
        for code, name, level, parent, kind, short, first, last, variants in rows("divisions")
    )  # fmt: skip


@cache
def _codes() -> dict[str, Division]:
    # Rows of one code are sorted by last year, the name in force at the end.
    return {d.code: d for d in _divisions()}


@cache
def _township_lines() -> dict[str, tuple[tuple[str, str], ...]]:
    """Lines of townships.tsv by the division the units belong to."""
    known, found = _codes(), dict[str, tuple[tuple[str, str], ...]]()
    for prefix, units in rows("townships"):
        # Statistical zones and cities without counties have no county of their own.
        parent = prefix if prefix in known else prefix[:4] + "00"
        found[parent] = (*found.get(parent, ()), (prefix, units))
    return found


@lru_cache(maxsize=4096)
def _units(parent: str) -> tuple[Division, ...]:
    """Township-level units directly below a division."""
    return tuple(
        Division(prefix + unit[:3], unit[3:], 4, parent, kind=_township_kind(unit))
        for prefix, units in _township_lines().get(parent, ())
        for unit in units.split(" ")
    )


def _units_within(code: str | None, name: str = "") -> Iterator[Division]:
    for parent, lines in _township_lines().items():
        if any(name in units for _, units in lines) and (code is None or is_within(parent, code)):
            yield from _units(parent)


_TOWNSHIP = re.compile(r"(?:街道|地区|民族乡|族乡|镇|乡|苏木)$")


def _township_kind(unit: str) -> str:
    if unit[0] >= "4":  # codes from 400: 类似乡级单位 in the coding rules of the National Bureau of Statistics
        return "类似乡级单位"
    found = _TOWNSHIP.search(unit)
    return found[0].replace("族乡", "民族乡").replace("民民", "民") if found else "其他"


def by_code(code: str) -> Division:
    """The division of a code: as it is in force, else as it last was. An unknown code raises KeyError.

    >>> by_code("230112").name, by_code("420600").name, by_code("230105").last
    ('阿城区', '襄阳市', 2003)
    """
    if len(code) != 9:
        return _codes()[code]
    prefix = code[:6]
    for unit in _units(prefix if prefix in _codes() else prefix[:4] + "00"):
        if unit.code == code:
            return unit
    raise KeyError(code)


@cache
def _names() -> dict[str, tuple[Division, ...]]:
    found: dict[str, dict[Division, None]] = {}
    for division in _divisions():
        for name in (division.name, division.short, *division.variants):
            if name:
                found.setdefault(name, {})[division] = None
    return {name: tuple(divisions) for name, divisions in found.items()}


def named(name: str, *, within: str | None = None, level: int | None = None) -> tuple[Division, ...]:
    """Divisions of a full name, short name or usual variant, sorted by code; townships by full name only.

    *within* is the code of a division they must belong to, *level* as in :class:`Division`.

    >>> [d.code for d in named("鼓楼区") if d.last is None]
    ['320106', '320302', '350102', '410204']
    >>> [d.name for d in named("元江县")], named("兆麟街道", within="230100")[0].code
    (['元江哈尼族彝族傣族自治县'], '230102001')
    """
    found = _names().get(name, ()) if level != 4 else ()
    if level == 4 or (level is None and _TOWNSHIP.search(name)):
        found += tuple(unit for unit in _units_within(within, name) if unit.name == name)
    return tuple(
        d for d in found if (level is None or d.level == level) and (within is None or is_within(d.code, within))
    )


def superior(code: str) -> Division | None:
    """The division next above; None for a province."""
    parent = by_code(code).parent
    return None if parent == NATION else by_code(parent)


@lru_cache(maxsize=65536)
def ancestors(code: str) -> tuple[Division, ...]:
    """The divisions above, nearest first, without the nation.

    >>> [d.name for d in ancestors("230112")], [d.name for d in ancestors("419001")], [d.name for d in ancestors("110101")]
    (['哈尔滨市', '黑龙江省'], ['河南省'], ['北京市'])
    """
    above = superior(code)
    return () if above is None else (above, *ancestors(above.code))


@cache
def _children() -> dict[str, tuple[Division, ...]]:
    found: dict[str, list[Division]] = {}
    for division in _codes().values():
        if division.last is None:
            found.setdefault(division.parent, []).append(division)
    return {parent: tuple(divisions) for parent, divisions in found.items()}


def children(code: str) -> tuple[Division, ...]:
    """The divisions in force next below, sorted by code; of a county its township-level units.

    >>> [d.short for d in children("230100")][:4], children("230102")[0].name, len(children("100000"))
    (['道里', '南岗', '道外', '平房'], '兆麟街道', 34)
    """
    below = _children().get(code, ())
    return below if code[-4:] == "0000" else below + _units(code)


def is_within(code: str, ancestor: str) -> bool:
    """Whether the division of *code* is, or belongs to, that of *ancestor* (``100000``: always).

    >>> is_within("230102001", "230000"), is_within("230102", "230102"), is_within("230102", "220000")
    (True, True, False)
    """
    return ancestor in (code, NATION) or any(d.code == ancestor for d in ancestors(code))


# --------------------------------------------------------------------------- scanning


class _Pattern(NamedTuple):
    """A surface that names divisions."""

    surface: str
    codes: tuple[str, ...]
    every: tuple[str, ...]
    """Also those meant only after a superior: 青海海南 is the prefecture, 海南 alone the province."""
    full: bool
    grade: str
    """As in ``short_names_common.tsv``; empty for a name that is not otherwise a word."""


class _Index(NamedTuple):
    patterns: tuple[_Pattern, ...]
    by_surface: dict[str, _Pattern]
    automaton: AhoCorasick
    heads: frozenset[str]
    """First characters of all surfaces."""


_TYPED = re.compile(r"[省市区县州盟旗]$")


@cache
def _index() -> _Index:
    from ahocorasick_rs import AhoCorasick, MatchKind

    full: dict[str, set[str]] = {}
    short: dict[str, set[str]] = {}
    for division in _divisions():
        full.setdefault(division.name, set()).add(division.code)
        if division.short:
            short.setdefault(division.short, set()).add(division.code)
        for variant in division.variants:
            (full if _TYPED.search(variant) else short).setdefault(variant, set()).add(division.code)
    grades = table("short_names_common")
    patterns = []
    for word in grades:
        if grades[word] == "other":  # a word that holds a name and is no place: it takes the match
            short.setdefault(word, set())
    for surface in sorted(full | short):
        whole, bare = full.get(surface), short.get(surface)
        every = tuple(sorted(whole | bare if whole and bare else whole or bare or ()))
        codes = every
        if whole is None and len(every) > 1:
            codes = tuple(c for c in every if c.endswith("0000")) or every
        patterns.append(_Pattern(surface, codes, every, whole is not None, grades.get(surface, "")))
    return _Index(
        tuple(patterns),
        {p.surface: p for p in patterns},
        AhoCorasick([p.surface for p in patterns], matchkind=MatchKind.LeftmostLongest),
        frozenset(p.surface[0] for p in patterns),
    )


# Type and next character that are one word: 北京|市场, 河北|区域. What follows may undo it: 道里区|位于.
_RUN_ON = re.compile(
    r"""市(?: 场 | 容(?=市貌|环境|卫生|管理|整治) )
      | 区(?: 域 | 间 | 位(?![于居列处]) | 别(?=于|对待) | 块 | 段 )
      | 县级
      | 旗[帜舰手号下]""",
    re.VERBOSE,
)
_BODY = r"政协|人大|法院|检察院|纪委|监委|人民法院|人民检察院|人民政府|政府|公安局|公安分局|县城"
_INSTITUTION = re.compile(_BODY)
"""What only a place has: makes an everyday word before it a place."""
_BELONGING = re.compile(rf"{_BODY}|[市县区州旗盟省]|党委|日报|晚报|电视台|火车站|机场|籍|旅游|人民|城区|农村|两会|驻")
"""What a place usually has: enough for a name that is seldom another word."""
_SUFFIXES = frozenset("省市区县州盟旗人籍港站岛城话菜")
"""What may stand in one dictionary word with a place: 吉林人, 海南岛; not 大理石, 青海湖."""
_LESSER = frozenset("镇乡村屯路街巷桥庄")
"""A single word after a name that makes it another place: 朝阳镇, 北京路."""
_RUNNING_COUNTIES = frozenset("任开和成达通理应道代兴单费随新易南涉完定均复古连环富佳贵安")
"""First characters of counties that are verbs or adjectives: 任|县政协主席, also at the head of a clause."""
_FUNCTIONAL = frozenset("于和向从由任时安成应常都来单连全过经关及与同曾万方支解能相党戴")
"""Surnames that are more often other words."""


@cache
def _surnames() -> frozenset[str]:
    return frozenset(words("surnames")) - _FUNCTIONAL


def _is_han(character: str) -> bool:
    return "一" <= character <= "鿿"


class _Words:
    """Borders of the words around a place in a text, cut clause by clause when asked for.

    Cut without guessing at unknown words, so that only words of the dictionary hold more than one character: a guess
    would glue a rare place to its neighbour.
    """

    __slots__ = ("_cut", "_edges", "_high", "_low", "_text", "_whole")

    def __init__(self, text: str) -> None:
        import rjieba

        self._cut, self._text = rjieba.cut, text
        self._low = self._high = -1
        self._whole = False
        self._edges: list[int] = []

    def _around(self, start: int, end: int) -> list[int]:
        if not (self._low <= start and (end + 8 <= self._high or (self._whole and end <= self._high))):
            text, low, high = self._text, start, end
            while low > 0 and start - low < 24 and _is_han(text[low - 1]):
                low -= 1
            limit = min(len(text), end + 48)
            while high < limit and _is_han(text[high]):
                high += 1
            self._low, self._high, self._whole = low, high, high < limit or high == len(text)
            self._edges, at = [low], low
            for token in self._cut(text[low:high], False):
                at += len(token)
                self._edges.append(at)
        return self._edges

    def begins(self, start: int, end: int) -> bool:
        """Whether a word begins at *start*."""
        return start in self._around(start, end)

    def rest(self, start: int, end: int) -> str | None:
        """What the word that begins at *start* holds beyond *end*; None if a word that begins later runs past it."""
        edges = self._around(start, end)
        if end in edges:
            return ""
        following = next(edge for edge in edges if edge > end)
        return self._text[end:following] if edges[edges.index(following) - 1] == start else None

    def after(self, start: int, end: int) -> str:
        """The word that begins at *end*; empty at the end of the clause."""
        edges = self._around(start, end)
        following = next((edge for edge in edges if edge > end), end)
        return self._text[end:following]


_Match = tuple[int, int, int]


class _Scan:
    """One scan of one text: decides on matches from left to right."""

    __slots__ = ("hits", "index", "known", "text", "words")

    def __init__(self, text: str, known: frozenset[str]) -> None:
        self.text, self.index, self.words = text, _index(), _Words(text)
        self.known: set[str] = set(known)
        self.hits: list[Hit] = []

    def run(self) -> list[Hit]:
        matches: list[_Match] = self.index.automaton.find_matches_as_indexes(self.text)
        patterns = self.index.patterns
        self._learn(matches)
        upcoming: Iterator[_Match | None] = iter([*matches[1:], None])
        floor = 0
        for number, start, end in matches:
            following = next(upcoming)
            if start >= floor:
                floor = self._settle(patterns[number], start, end, following)
        return self.hits

    def _learn(self, matches: list[_Match]) -> None:
        """Note what the text names in full beyond doubt."""
        surface_end, above = -1, ()
        for number, start, end in matches:
            pattern = self.index.patterns[number]
            if pattern.full:
                if pattern.grade or (pattern.surface[0] == "新" and self._headed(start)):
                    sure = surface_end == start and _under(pattern.every, above)
                else:
                    sure = True
                if sure:
                    self.known.update(pattern.codes)
            surface_end, above = end, pattern.every

    def _headed(self, start: int) -> bool:
        """Whether another character stands right before."""
        return start > 0 and _is_han(self.text[start - 1])

    def _settle(self, pattern: _Pattern, start: int, end: int, following: _Match | None) -> int:
        """Take, shorten or drop one match, and tell how far the text is settled.

        A dropped match may hide another one that begins within it: 和平谷区 is 和 + 平谷区.
        """
        if pattern.grade == "other" or self._decide(pattern, start, end, following):
            return end if pattern.grade == "other" else self.hits[-1].end
        text, index = self.text, self.index
        for later in range(start + 1, end):
            if text[later] not in index.heads:
                continue
            for number, low, high in index.automaton.find_matches_as_indexes(text[later : end + 16]):
                if later + low >= end:
                    break
                hidden = index.patterns[number]
                if hidden.grade != "other" and self._decide(hidden, later + low, later + high, None):
                    return self.hits[-1].end
            break
        return 0

    def _decide(self, pattern: _Pattern, start: int, end: int, following: _Match | None) -> bool:
        """Take the match or a part of it as a hit, if the words around it allow it."""
        text, by_surface = self.text, self.index.by_surface
        above = self.hits[-1] if self.hits and self.hits[-1].end == start else None
        if above is not None and not _under(pattern.every, above.codes):
            above = None
        if not pattern.full:
            codes = self._short(pattern, start, end, above is not None, following)
            return bool(codes) and self._take(pattern, start, end, codes, above)
        bare = by_surface.get(pattern.surface[:-1])
        if bare is not None and not bare.full:
            if text.startswith("中区", end) and (centres := self._centres(pattern, end)):
                self._take(bare, start, end - 1, tuple(c for c in bare.codes if c in pattern.codes), above)
                self.hits.append(Hit(end - 1, end + 2, "市中区", centres, True))
                return True
            if _RUN_ON.match(text, end - 1):
                return self._decide(bare, start, end - 1, None)
        elif _RUN_ON.match(text, end - 1):
            return False
        if above is None and pattern.surface[0] == "新" and self._headed(start):
            # 建设现代化新宾县 where the text speaks of 宾县.
            older = by_surface.get(pattern.surface[1:])
            if older is not None and older.full and self._is_known(older) and not self._is_known(pattern):
                return self._decide(older, start + 1, end, following)
        if above is not None or self._full(pattern, start, end):
            return self._take(pattern, start, end, pattern.codes, above)
        return False

    def _centres(self, pattern: _Pattern, end: int) -> tuple[str, ...]:
        """Codes of 市中区 in 济南市中区, short for 济南市市中区."""
        if self.text.startswith("位", end + 2):
            return ()
        centres = (c for c in self.index.by_surface["市中区"].codes if by_code(c).last is None)
        return tuple(c for c in centres if _under((c,), pattern.codes))

    def _full(self, pattern: _Pattern, start: int, end: int) -> bool:
        """Whether a full name without its superior before it is one here."""
        headed = self._headed(start)
        if pattern.grade:
            if len(pattern.surface) > 2 or pattern.surface[1] != "县":
                return False
            if self._is_known(pattern):
                return not headed or self.words.begins(start, end)
            return not headed and pattern.surface[0] not in _RUNNING_COUNTIES
        chained = bool(self.hits) and self.hits[-1].end == start
        return chained or not headed or self.words.begins(start, end)

    def _is_known(self, pattern: _Pattern) -> bool:
        return not self.known.isdisjoint(pattern.every)

    def _short(self, pattern: _Pattern, start: int, end: int, below: bool, following: _Match | None) -> tuple[str, ...]:
        """The divisions that a bare short name can mean here; none if it is no place here."""
        codes = pattern.codes
        if pattern.grade:
            codes = self._likely(pattern, start, end, below, following)
        if not codes:
            return ()
        text, around = self.text, self.words
        if not below:
            if not around.begins(start, end):
                return ()
            named_after = len(pattern.surface) == 2 and start > 0 and text[start - 1] in _surnames()
            if named_after and around.begins(start - 1, end) and not _INSTITUTION.match(text, end):
                return ()  # 李长春, 张兴国
        rest = around.rest(start, end)
        if rest is None:
            fits = below and _INSTITUTION.match(text, end) is not None
        elif rest:
            fits = rest in _SUFFIXES or (len(rest) > 1 and not pattern.grade)
        else:
            fits = around.after(start, end) not in _LESSER
        return codes if fits else ()

    def _likely(
        self, pattern: _Pattern, start: int, end: int, below: bool, following: _Match | None
    ) -> tuple[str, ...]:
        """The divisions that a short name which is also a word can mean by what stands around it."""
        institution = _INSTITUTION.match(self.text, end) is not None
        if pattern.grade in ("verb", "full"):
            return pattern.codes if below and institution else ()
        if below or institution:
            return pattern.codes
        beside = self._beside(start, end, following)
        if pattern.grade == "noun":
            parents = {_codes()[code].parent for code in beside}
            return tuple(c for c in pattern.every if _codes()[c].parent in parents)
        known = tuple(c for c in pattern.every if c in self.known)
        if known:
            return known
        provinces = {code[:2] for code in beside}
        listed = tuple(c for c in pattern.every if c[:2] in provinces)
        return listed or (pattern.codes if _BELONGING.match(self.text, end) else ())

    def _beside(self, start: int, end: int, following: _Match | None) -> set[str]:
        """Codes of the places that stand before and after in a list."""
        found: set[str] = set()
        if self.hits and self.hits[-1].end == start - 1 and self.text[start - 1] == "、":
            found.update(self.hits[-1].codes)
        if following is not None and following[1] == end + 1 and self.text[end] == "、":
            other = self.index.patterns[following[0]]
            if not other.grade:
                found.update(other.codes)
        return found

    def _take(self, pattern: _Pattern, start: int, end: int, codes: tuple[str, ...], above: Hit | None) -> bool:
        """Note a hit; a superior just before it and the hit leave each other the candidates that agree."""
        if above is not None:
            codes = tuple(c for c in pattern.every if _under((c,), above.codes))
            self.hits[-1] = above._replace(codes=tuple(c for c in above.codes if _under(codes, (c,))))
        self.hits.append(Hit(start, end, self.text[start:end], codes, pattern.full))
        return True


def _under(codes: Iterable[str], above: tuple[str, ...]) -> bool:
    """Whether one of *codes* belongs to one of *above*, none to itself."""
    return any(code != a and is_within(code, a) for code in codes for a in above)


def scan(text: str, *, known: frozenset[str] = frozenset()) -> list[Hit]:
    """Places of county level and above named in *text*, left to right, none overlapping.

    *known* are codes whose short names are trusted although they are seldom-used words (朝阳, 方正); those whose full
    name stands in the text are added to it. A name directly after a superior place (南京鼓楼区, 吉林长春) keeps only the
    candidates that belong to it.

    >>> [(h.surface, h.codes) for h in scan("黑龙江省哈尔滨市道里区")]
    [('黑龙江省', ('230000',)), ('哈尔滨市', ('230100',)), ('道里区', ('230102',))]
    >>> [h.surface for h in scan("聚焦作风建设，画好同心圆，加强合作；会议在哈尔滨召开县政协工作经验交流会")]
    ['哈尔滨']
    """
    return _Scan(text, known).run()


# --------------------------------------------------------------------------- townships

_TOWN_RUN_ON = re.compile(r"乡(?:村(?!民?委|党支部)|镇|亲|土|愁|情|贤|音)|镇(?:域|压|静|定|守)|地区(?:性|间|生产)")


def _town_surfaces(unit: Division) -> Iterator[str]:
    """The name and what is usual beside it: 红旗乡 for 红旗满族乡, 兆麟办事处 for 兆麟街道."""
    yield unit.name
    if unit.name.endswith("族乡"):
        rest = unit.name[:-1]
        while (people := PEOPLE.search(rest)) and people.start() > 1:
            rest = rest[: people.start()]
        yield rest + "乡"
    if unit.name.endswith("街道") and len(unit.name) > 3:
        yield unit.name[:-2] + "办事处"


@lru_cache(maxsize=128)
def _town_automaton(within: str) -> tuple[AhoCorasick, tuple[tuple[str, ...], ...]]:
    from ahocorasick_rs import AhoCorasick, MatchKind

    found: dict[str, list[str]] = {}
    for unit in _units_within(within):
        if _TOWNSHIP.search(unit.name):
            for surface in _town_surfaces(unit):
                found.setdefault(surface, []).append(unit.code)
    surfaces = sorted(found)
    automaton = AhoCorasick(surfaces, matchkind=MatchKind.LeftmostLongest)
    return automaton, tuple(tuple(sorted(found[s])) for s in surfaces)


def townships(text: str, within: str) -> list[Hit]:
    """Township-level units of the county, prefecture or province *within* named in full in *text*.

    >>> [(h.surface, h.codes) for h in townships("走进亚布力镇虎峰村", "230183")]
    [('亚布力镇', ('230183103',))]
    """
    automaton, codes = _town_automaton(within)
    around, hits = _Words(text), list[Hit]()
    for number, start, end in automaton.find_matches_as_indexes(text):
        suffix = end - 2 if text[end - 2 : end] == "地区" else end - 1
        if _TOWN_RUN_ON.match(text, suffix):
            continue
        if start and _is_han(text[start - 1]) and not around.begins(start, end):
            continue
        hits.append(Hit(start, end, text[start:end], codes[number], True))
    return hits
