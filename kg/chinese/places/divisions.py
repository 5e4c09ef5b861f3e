"""The table of administrative divisions: codes, names, what belongs to what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from kg.identity import NATION
from kg.lexicon import rows


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


PEOPLE = re.compile(
    r"""(?: 乌孜别克族? | 柯尔克孜族? | 哈萨克族? | 维吾尔族? | 达斡尔族? | 塔吉克族? | 鄂温克族? | 鄂伦春族? | 俄罗斯族 | 塔塔尔族
          | 蒙古族? | 锡伯族? | 朝鲜族 | 布依族 | 土家族 | 哈尼族 | 傈僳族 | 高山族 | 拉祜族 | 东乡族 | 纳西族 | 景颇族 | 仫佬族
          | 布朗族 | 撒拉族 | 毛南族 | 仡佬族 | 阿昌族 | 普米族 | 德昂族 | 保安族 | 裕固族 | 独龙族 | 赫哲族 | 门巴族 | 珞巴族
          | 基诺族 | [回藏苗彝壮满侗瑶白傣黎佤畲水土羌怒京各]族 ) $""",
    re.VERBOSE,
)
"""The peoples named at the end of a name (族 may be missing after a long one: 和布克赛尔蒙古自治县); 各族: 龙胜各族自治县."""


@cache
def divisions() -> tuple[Division, ...]:
    """All rows of the table, county level and above, sorted by code and last year."""
    return tuple(
        Division(
            code, name, int(level), parent, short, int(last) if last else None, kind, int(first) if first else None,
            tuple(variants.split()),
        )
        for code, name, level, parent, kind, short, first, last, variants in rows("divisions")
    )  # fmt: skip


@cache
def codes() -> dict[str, Division]:
    """County level and above by code."""
    # Rows of one code are sorted by last year, the name in force at the end.
    return {d.code: d for d in divisions()}


@cache
def _township_lines() -> dict[str, tuple[tuple[str, str], ...]]:
    """Lines of townships.tsv by the division the units belong to."""
    known, found = codes(), dict[str, tuple[tuple[str, str], ...]]()
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


def units_within(code: str | None, name: str = "") -> Iterator[Division]:
    """Township-level units within a division (None: everywhere); with *name* at least those whose name holds it."""
    for parent in _parents_within(code):
        if any(name in units for _, units in _township_lines()[parent]):
            yield from _units(parent)


@lru_cache(maxsize=4096)
def _parents_within(code: str | None) -> tuple[str, ...]:
    """Divisions within *code* that have township-level units."""
    return tuple(parent for parent in _township_lines() if code is None or is_within(parent, code))


TOWNSHIP = re.compile(r"(?:街道|地区|民族乡|族乡|镇|乡|苏木)$")


def _township_kind(unit: str) -> str:
    if unit[0] >= "4":  # codes from 400: 类似乡级单位 in the coding rules of the National Bureau of Statistics
        return "类似乡级单位"
    found = TOWNSHIP.search(unit)
    return found[0].replace("族乡", "民族乡").replace("民民", "民") if found else "其他"


def by_code(code: str) -> Division:
    """The division of a code: as it is in force, else as it last was. An unknown code raises KeyError.

    >>> by_code("230112").name, by_code("420600").name, by_code("230105").last
    ('阿城区', '襄阳市', 2003)
    """
    if len(code) != 9:
        return codes()[code]
    prefix = code[:6]
    for unit in _units(prefix if prefix in codes() else prefix[:4] + "00"):
        if unit.code == code:
            return unit
    raise KeyError(code)


@cache
def _names() -> dict[str, tuple[Division, ...]]:
    found: dict[str, dict[Division, None]] = {}
    for division in divisions():
        for name in (division.name, division.short, *division.variants):
            if name:
                found.setdefault(name, {})[division] = None
    return {name: tuple(divisions) for name, divisions in found.items()}


@lru_cache(maxsize=65536)
def named(name: str, *, within: str | None = None, level: int | None = None) -> tuple[Division, ...]:
    """Divisions of a full name, short name or usual variant, sorted by code; townships by full name only.

    *within* is the code of a division they must belong to, *level* as in :class:`Division`.

    >>> [d.code for d in named("鼓楼区") if d.last is None]
    ['320106', '320302', '350102', '410204']
    >>> [d.name for d in named("元江县")], named("兆麟街道", within="230100")[0].code
    (['元江哈尼族彝族傣族自治县'], '230102001')
    """
    found = _names().get(name, ()) if level != 4 else ()
    if level == 4 or (level is None and TOWNSHIP.search(name)):
        found += tuple(unit for unit in units_within(within, name) if unit.name == name)
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
    for division in codes().values():
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
