"""Paragraphs that the layout set twice: copies and fragments of others."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kg.sources.parts import Part

SHORTEST = 12  # characters: shorter paragraphs are set phrases and may be said twice
SHORTEST_ELSEWHERE = 20  # in two sections even one set sentence may be said twice
_GRAM = 8  # characters before a punctuation mark by which fragments are found again
_CANDIDATES = 64  # of the rarest gram that are compared: a phrase found oftener is no trace of a fragment
_STOP = re.compile("[，。；：！？]")


def without_repeats(found: list[Part]) -> list[Part]:
    """The parts without paragraphs that equal another or are contained in another, word for word.

    Of equal copies the first stays; but where the first stands at the tail of its section, followed by nothing but
    repeated paragraphs, it strayed there and the later one stays. A section never loses its only paragraph, and
    paragraphs under SHORTEST characters stay. Near-linear: fragments are looked up by the words before a stop.
    """
    where = [(p, i) for p, part in enumerate(found) for i, item in enumerate(part.items) if item.kind == "paragraph"]
    # Copies of one paragraph differ in spaces and, set by different hands, in 、 and ，; its stops are the same.
    words = [found[p].items[i].words.replace(" ", "").replace("、", "，") for p, i in where]
    sections = [p for p, _ in where]
    copies: dict[str, list[int]] = defaultdict(list)
    for n, one in enumerate(words):
        if len(one) >= SHORTEST:
            copies[one].append(n)
    holders = _holders(words)
    repeated = {n for group in copies.values() if len(group) > 1 for n in group} | set(holders)
    dropped: set[int] = set()
    for group in copies.values():
        if len(group) > 1:
            dropped.update(_spare(group, sections, repeated, len(words[group[0]])))
    for n, holder in holders.items():
        if sections[n] == sections[holder] or len(words[n]) >= SHORTEST_ELSEWHERE:
            dropped.add(n)
    left: dict[int, int] = defaultdict(int)
    for n, p in enumerate(sections):
        left[p] += n not in dropped
    gone = {where[n] for n in dropped if left[sections[n]]}
    if not gone:
        return found
    return [
        replace(part, items=tuple(item for i, item in enumerate(part.items) if (p, i) not in gone))
        for p, part in enumerate(found)
    ]


def _spare(group: list[int], sections: Sequence[int], repeated: set[int], length: int) -> list[int]:
    """Which of equal paragraphs are left out."""
    firsts: dict[int, int] = {}
    for n in group:
        firsts.setdefault(sections[n], n)
    kept = list(firsts.values())
    if length >= SHORTEST_ELSEWHERE:
        home = next((n for n in kept[:-1] if not _strays(n, sections, repeated)), kept[-1])
        kept = [home]
    return [n for n in group if n not in kept]


def _strays(at: int, sections: Sequence[int], repeated: set[int]) -> bool:
    after = at + 1
    while after < len(sections) and sections[after] == sections[at]:
        if after not in repeated:
            return False
        after += 1
    return True


def _holders(words: Sequence[str]) -> dict[int, int]:
    """Paragraphs contained in a longer one, each with the first that holds it."""
    text = "\n".join(words)
    starts: list[int] = []
    at = 0
    for one in words:
        starts.append(at)
        at += len(one) + 1
    grams: dict[str, list[int]] = defaultdict(list)
    for m in _STOP.finditer(text):
        stop = m.start()
        if stop >= _GRAM:
            grams[text[stop - _GRAM : stop + 1]].append(stop)
    found: dict[int, int] = {}
    known: dict[str, int | None] = {}
    for n, one in enumerate(words):
        if len(one) < SHORTEST:
            continue
        if one not in known:
            known[one] = _holder(n, one, text, starts, grams)
        holder = known[one]
        if holder is not None:
            found[n] = holder
    return found


def _holder(n: int, one: str, text: str, starts: Sequence[int], grams: dict[str, list[int]]) -> int | None:
    from bisect import bisect_right

    rarest: list[int] | None = None
    offset = 0
    for m in _STOP.finditer(one, _GRAM):
        stops = grams[one[m.start() - _GRAM : m.start() + 1]]
        if len(stops) == 1:
            return None
        if rarest is None or len(stops) < len(rarest):
            rarest, offset = stops, m.start()
    for stop in (rarest or [])[:_CANDIDATES]:
        begin = stop - offset
        if begin < 0 or not text.startswith(one, begin):
            continue
        holder = bisect_right(starts, begin) - 1
        end = starts[holder + 1] - 1 if holder + 1 < len(starts) else len(text)
        if holder != n and end - starts[holder] > len(one):
            return holder
    return None
