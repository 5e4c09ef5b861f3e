"""Names of township-level units in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.chinese.places.borders import Borders, is_han
from kg.chinese.places.divisions import PEOPLE, TOWNSHIP, Division, by_code, named, units_within
from kg.chinese.places.hits import Hit

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick


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


@lru_cache(maxsize=65536)
def townships_named(name: str, within: str) -> tuple[Division, ...]:
    """Township-level units of *within* by their full name; within a county also by the usual one beside it.

    >>> [d.name for d in townships_named("红旗乡", "230112")]
    ['红旗满族乡']
    """
    found = named(name, within=within, level=4)
    if found or len(name) < 3 or not name.endswith(("乡", "办事处")) or by_code(within).level != 3:
        return found
    return tuple(u for u in units_within(within) if u.name[0] == name[0] and name in _town_surfaces(u))


@lru_cache(maxsize=128)
def _town_automaton(within: str) -> tuple[AhoCorasick, tuple[tuple[str, ...], ...]]:
    from ahocorasick_rs import AhoCorasick, MatchKind

    found: dict[str, list[str]] = {}
    for unit in units_within(within):
        if TOWNSHIP.search(unit.name):
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
    around, hits = Borders(text), list[Hit]()
    for number, start, end in automaton.find_matches_as_indexes(text):
        suffix = end - 2 if text[end - 2 : end] == "地区" else end - 1
        if _TOWN_RUN_ON.match(text, suffix):
            continue
        if start and is_han(text[start - 1]) and not around.begins(start, end):
            continue
        hits.append(Hit(start, end, text[start:end], codes[number], True))
    return hits
