"""What a search finds a name by: its words, its pinyin, and the initials of its pinyin.

A key is one compact string for one name: the normalised words, then each way of reading them, with a capital at every
syllable: ``阿城区政协 AChengQuZhengXie EChengQuZhengXie``. In small letters a reading is the full pinyin, its capitals
and digits alone are the initials (ACQZX). Keys stand in the order of the names, so that the place of a key says which
name was found, and its field by what: results can say why they match. :func:`match` is the rule; the script of the page
follows it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Literal

from kg.identity import normal

_MOST = 4
"""Readings of one name at most, because every heteronym would double their number."""

_SHARE = 0.1
"""Of the words of a dictionary that hold a character: a reading in fewer is too rare to be searched by."""

_NOT_INITIAL = re.compile(r"[^A-Z0-9]")
_SILENT = re.compile(r"[^A-Za-z0-9]")
_CHARACTERS = r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]"
_HAN = re.compile(_CHARACTERS)
_RUN = re.compile(rf"{_CHARACTERS}+|[a-z]+|[0-9]")


@dataclass(frozen=True, slots=True)
class Match:
    """Why a search finds something."""

    name: int
    """Place of the name among the names: 0 is the label, the others are aliases."""
    by: Literal["words", "pinyin", "initials"]
    rank: int
    """0 for the whole, 1 for the beginning, 2 for a part."""


def keys(names: Sequence[str]) -> tuple[str, ...]:
    """The key of each name, in their order.

    >>> keys(["阿城区政协", "重庆"])
    ('阿城区政协 AChengQuZhengXie EChengQuZhengXie', '重庆 ChongQing ZhongQing')

    A word's own reading comes first (重庆 chongqing); then those of single characters that are common elsewhere
    (zhongqing), for people who read it so or search for it so. Readings are empty where nothing can be read.
    """
    return tuple(" ".join((words(name), *_readings(name))) for name in names)


def words(name: str) -> str:
    """A name as it is searched by: without quotation marks, punctuation and blanks, in small letters.

    >>> words("“1158”工作法 ＡＢ")
    '1158工作法ab'
    """
    return normal(unicodedata.normalize("NFKC", name)).lower()


def match(query: str, keys: Sequence[str]) -> Match | None:
    """The best reason why *query* finds a name with these keys; None if it does not.

    >>> match("acqzx", keys(["阿城区政协"]))
    Match(name=0, by='initials', rank=0)

    Pinyin is found from the beginning of any syllable, with or without blanks, ``v`` for ü.
    """
    wanted = words(query).replace("ü", "v")
    found = [one for number, key in enumerate(keys) for one in _matches(wanted, number, key)] if wanted else []
    return min(found, key=lambda one: (one.rank, ("words", "pinyin", "initials").index(one.by), one.name), default=None)


def _matches(wanted: str, number: int, key: str) -> Iterator[Match]:
    own, *readings = key.split(" ")
    if wanted in own:
        yield Match(number, "words", _rank(wanted, own))
    for reading in readings:
        full, initials = reading.lower(), _NOT_INITIAL.sub("", reading).lower()
        begin = full.find(wanted)
        while begin > 0 and reading[begin].islower():
            begin = full.find(wanted, begin + 1)
        if begin >= 0:
            yield Match(number, "pinyin", 2 if begin else _rank(wanted, full))
        if wanted in initials:
            yield Match(number, "initials", _rank(wanted, initials))


def _rank(wanted: str, whole: str) -> int:
    return 0 if whole == wanted else 1 if whole.startswith(wanted) else 2


def _readings(name: str) -> tuple[str, ...]:
    """The ways to read a name, the likeliest first; none for a name without a Chinese character."""
    parts: list[tuple[str, str]] = []
    for run in _RUN.findall(words(name)):
        parts.extend(_read(run) if _HAN.match(run) else [(run, run)])
    if not any(_HAN.match(character) for character, _ in parts):
        return ()
    likely = [syllable.capitalize() for _, syllable in parts]
    variants = (
        [*likely[:place], other.capitalize(), *likely[place + 1 :]]
        for place, (character, _) in enumerate(parts)
        for other in _common(character)
        if other.capitalize() != likely[place]
    )
    ways = (_SILENT.sub("", "".join(way)) for way in (likely, *islice(variants, _MOST - 1)))
    return tuple(dict.fromkeys(way for way in ways if way))


def _read(run: str) -> list[tuple[str, str]]:
    """Chinese characters with their pinyin, as words are read; a character nobody reads stands for itself."""
    from pypinyin import Style, lazy_pinyin

    found = lazy_pinyin(run, style=Style.NORMAL)
    if len(found) != len(run):
        found = [lazy_pinyin(character, style=Style.NORMAL)[0] for character in run]
    return list(zip(run, found, strict=True))


def _common(character: str) -> tuple[str, ...]:
    """The readings of a character that are common in words, the commonest first; none where it has only one."""
    counts = _counts().get(character)
    if counts is None or len(counts) < 2:
        return ()
    least = _SHARE * sum(counts.values())
    return tuple(reading for reading, count in counts.most_common() if count >= least)


@cache
def _counts() -> Mapping[str, Counter[str]]:
    """How often each character is read in which way, over the words that pypinyin lists."""
    from pypinyin.contrib.tone_convert import to_normal
    from pypinyin.phrases_dict import phrases_dict

    plain = cache(to_normal)
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for phrase, readings in phrases_dict.items():
        for character, reading in zip(phrase, readings, strict=False):
            counts[character][plain(reading[0])] += 1
    return counts
