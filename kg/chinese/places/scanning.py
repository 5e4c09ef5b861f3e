"""Names of county level and above in a text, each checked against the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kg.chinese.places.borders import Borders, is_han
from kg.chinese.places.divisions import ancestors, by_code, divisions, is_within
from kg.chinese.places.hits import Hit
from kg.lexicon import table, words

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick


class _Pattern(NamedTuple):
    """A surface that names divisions."""

    surface: str
    codes: tuple[str, ...]
    every: tuple[str, ...]
    """Also those meant only after a superior: 青海海南 is the prefecture, 海南 alone the province; 萍乡城关区 ended in 1992."""
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


LATELY = 2000
"""A division abolished earlier is not meant where a later one bears the name, unless its superior stands before it."""


@cache
def _index() -> _Index:
    from ahocorasick_rs import AhoCorasick, MatchKind

    full: dict[str, set[str]] = {}
    short: dict[str, set[str]] = {}
    past: set[tuple[str, str]] = set()
    for division in divisions():
        full.setdefault(division.name, set()).add(division.code)
        if division.last is not None and division.last < LATELY:
            past.add((division.name, division.code))
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
        if len(every) > 1:
            if whole is None:
                codes = tuple(c for c in every if c.endswith("0000")) or every
            else:
                codes = tuple(c for c in every if (surface, c) not in past) or every
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
_BODY = r"政协(?!报|周刊|杂志|月刊)|人大|法院|检察院|纪委|监委|人民法院|人民检察院|人民政府|政府|公安局|公安分局|县城|学院(?!派)"
_INSTITUTION = re.compile(_BODY)
"""What only a place has: makes an everyday word before it a place."""
# Only a county of one character is followed by its 县 again: 涉县|县委.
_DOUBLED = re.compile(rf"县(?:委|{_BODY})")
# 政协|涉县|第十一届委员会, 中共|礼县|县委: what stands before and behind a county's name of two characters within a body's.
_PARTY = "民[革盟建进]|农工党|致公党|九三学社|台盟"
_OWNER = re.compile(f"(?:政协|政治协商会议|政协.{{2,6}}届|会议.{{2,6}}届|中共|共产党|{_PARTY})$")
_OWNED = re.compile("第.{1,3}届|委员会|县?委|常务|总支|支部|支社|基层委|工委")
_BELONGING = re.compile(rf"{_BODY}|[市县区州旗盟省]|党委|日报|晚报|电视台|火车站|机场|籍|旅游|人民|城区|农村|两会|驻")
"""What a place usually has: enough for a name that is seldom another word."""
_COMPANY = re.compile("[\u4e00-\u9fff]{2,10}?(?:有限|股份|集团)")
_SUFFIXES = frozenset("省市区县州盟旗人籍港站岛城话菜")
"""What may stand in one dictionary word with a place: 吉林人, 海南岛; not 大理石, 青海湖."""
_OF_A_PERSON = ("曾任", "同志", "先生", "女士")
_LESSER = frozenset("镇乡村屯路街巷桥庄")
"""A single word after a name that makes it another place: 朝阳镇, 北京路."""
_RUNNING_COUNTIES = frozenset("任开和成达通理应道代兴单费随新易南涉完定均复古连环富佳贵安")
"""First characters of counties that are verbs or adjectives: 任|县政协主席, also at the head of a clause."""
_FUNCTIONAL = frozenset("于和向从由任时安成应常都来单连全过经关及与同曾万方支解能相党戴")
"""Surnames that are more often other words."""


@cache
def _surnames() -> frozenset[str]:
    return frozenset(words("surnames")) - _FUNCTIONAL


_Match = tuple[int, int, int]


class _Scan:
    """One scan of one text: decides on matches from left to right."""

    __slots__ = ("hits", "index", "known", "text", "words")

    def __init__(self, text: str, known: frozenset[str]) -> None:
        self.text, self.index, self.words = text, _index(), Borders(text)
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
        surface_end = -1
        above: tuple[str, ...] = ()
        for number, start, end in matches:
            pattern = self.index.patterns[number]
            if pattern.full:
                if pattern.grade or (pattern.surface[0] == "新" and self._headed(start)):
                    doubled = len(pattern.surface) == 2 and _DOUBLED.match(self.text, end)
                    stands = not self._headed(start) and pattern.surface[0] not in _RUNNING_COUNTIES
                    heads = stands and len(pattern.surface) == 2 and _INSTITUTION.match(self.text, end)
                    sure = bool(doubled or heads) or (surface_end == start and _under(pattern.every, above))
                else:
                    sure = True
                if sure:
                    self.known.update(pattern.codes)
            surface_end, above = end, pattern.every

    def _headed(self, start: int) -> bool:
        """Whether another character stands right before."""
        return start > 0 and is_han(self.text[start - 1])

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
                return self._take(older, start + 1, end, older.codes, None)
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
                return not headed or self.words.begins(start, end) or _OWNED.match(self.text, end) is not None
            if headed:
                # 政协|和|县委 names two bodies.
                joined = pattern.surface[0] == "和" and not self.text.startswith("委员会", end)
                owned = not joined and _OWNED.match(self.text, end)
                return bool(owned and _OWNER.search(self.text, max(0, start - 8), start))
            # 涉县|政协 where the dictionary has the county, not 任|县政协主席.
            whole = self.words.begins(start, end) and self.words.rest(start, end) == ""
            said = _INSTITUTION.match(self.text, end) or self._announced(start, end)
            # 和|县政协委员一起: 和县 only where the text speaks of what lies above it.
            if pattern.surface[0] == "和" and not self._names_above(pattern):
                return False
            return pattern.surface[0] not in _RUNNING_COUNTIES or (whole and bool(said))
        chained = bool(self.hits) and self.hits[-1].end == start
        return chained or not headed or self.words.begins(start, end)

    def _names_above(self, pattern: _Pattern) -> bool:
        """Whether the text names a division that one of a pattern's lies in."""
        return any(above.name[:-1] in self.text for code in pattern.codes for above in ancestors(code))

    def _announced(self, start: int, end: int) -> bool:
        """Whether a name stands alone before a colon at the head of a line: 安化：古道边的“流动议事厅”."""
        return self.text.startswith("：", end) and (start == 0 or self.text[start - 1] == "\n")

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
        if text.startswith(_OF_A_PERSON, end):
            return ()  # 黄平|曾任某职
        rest = around.rest(start, end)
        if rest is None:
            # 赫山|城区: no word, and no 山城区.
            fits = (below and _INSTITUTION.match(text, end) is not None) or text.startswith(("城区", "县城"), end)
            # 河北|京饶乐器有限公司, whatever jieba makes of 北京.
            province = all(code.endswith("0000") for code in codes)
            fits = fits or (province and _COMPANY.match(text, end) is not None)
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
        if below and pattern.grade == "noun" and _COMPANY.match(self.text, end):
            return ()  # 新疆天山麦香面粉有限公司
        if pattern.grade in ("verb", "full"):
            return pattern.codes if below and institution else ()
        if below or institution or self._announced(start, end):
            return pattern.codes
        beside = self._beside(start, end, following)
        if pattern.grade == "noun":
            parents = {by_code(code).parent for code in beside}
            return tuple(c for c in pattern.every if by_code(c).parent in parents)
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
        if pattern.full and pattern.grade and len(codes) == 1:
            self.known.update(codes)  # 代县政协 makes what stands further on a county too
        return True


@lru_cache(maxsize=65536)
def _under(codes: tuple[str, ...], above: tuple[str, ...]) -> bool:
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
