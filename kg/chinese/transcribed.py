"""Names of Uyghurs, Kazakhs, Mongols, Tibetans and others, written in characters that transcribe them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg import lexicon
from kg.chinese import tokens
from kg.chinese.characters import HAN
from kg.chinese.name_ends import AFTER, CLOSES, NOT_GIVEN, SAYS, ends

DOTTED = re.compile(rf"[{HAN}]{{1,7}}(?:[·•‧・][{HAN}]{{1,8}}){{1,3}}")
# Characters that transcribe other languages; a run of four or more of them is one name, not a surname and a given name.
_TRANSCRIBED = frozenset(lexicon.rows("transliteration")[0][0])
_SINGLE = frozenset(lexicon.words("name_parts"))
PARTS = re.compile(rf"(?:{lexicon.alternation(lexicon.words('name_parts'))}){{1,3}}")


def is_part(words: str) -> bool:
    """Whether the words are a usual part of a Mongolian or Tibetan name (赛罕, 朝鲁)."""
    return words in _SINGLE


def transcribes(character: str) -> bool:
    """Whether a character is one of those that transcribe foreign names."""
    return character in _TRANSCRIBED


def foreign(flow: str, at: int, boundaries: Sequence[int]) -> int:
    """End of a name of another language at *at* that no dot marks (阿苦日歪说): unknown words up to a predicate; else 0."""
    end, unknown = at, False
    while end < len(flow) and end - at < 8 and "\u4e00" <= flow[end] <= "\u9fff":
        stop = end + 1
        while stop < len(flow) and not boundaries[stop]:
            stop += 1
        word = flow[end:stop]
        part = tokens.tag(word)
        last = flow[stop : stop + 1] in CLOSES
        inside = _inside(flow, at, end)
        if end > at and not inside and (flow[end] in AFTER or (flow[end] in NOT_GIVEN and not last)):
            break
        if len(word) > 1 and part and part[:2] not in ("nr", "ns", "nz") and not all(map(transcribes, word)):
            break
        unknown = unknown or len(word) > 1
        end = stop
        if len(word) > 1 and not part and word[-1] in AFTER and not transcribes(word[-1]):
            end -= 1
            break
    words = flow[at:end]
    fits = unknown and 3 <= len(words) <= 8 and transcribes(words[0]) and sum(map(transcribes, words)) * 2 >= len(words)
    return end if fits and end < len(flow) and ends(flow, end) else 0


def unmarked(flow: str, at: int, boundaries: Sequence[int]) -> int:
    """End of a transcribed name without a dot (那顺巴雅尔) that begins at *at*; 0 if there is none.

    It runs over transcription characters to the start of the next word, three to eight of them.
    """
    end = at
    while end < len(flow) and end - at < 8 and (flow[end] in _TRANSCRIBED or _inside(flow, at, end)):
        end += 1
    # 德才|更|全面: what compares belongs to the next word.
    while end - at >= 3 and flow[end - 1] in "更且让" and boundaries[end - 1] and boundaries[end]:
        end -= 1
    while end - at >= 3:
        word = end
        while word > at and not boundaries[word]:
            word -= 1
        if boundaries[end] and not (
            end - word >= 2 and word > at and tokens.tag(flow[word:end])[:1] in ("v", "d", "p", "c", "t")
        ):
            if not tokens.tag(flow[at:end]) or tokens.tag(flow[at:end]).startswith("nr"):
                first = at + 1
                while first < end and not boundaries[first]:
                    first += 1
                opening = tokens.tag(flow[at:first])
                if first - at == 1 or not opening or opening[:2] in ("nr", "ns", "nz"):
                    return end
            return 0
        end -= 1
    return 0


def of_parts(flow: str, at: int) -> int:
    """End of a Mongolian or Tibetan name made of its usual parts (敖登|图雅, 照日格图, 扎西|多吉); 0 if there is none."""
    found = PARTS.match(flow, at)
    return found.end() if found and len(found[0]) >= 4 else 0


def from_part(flow: str, at: int, boundaries: Sequence[int]) -> int:
    """End of a name that begins with a usual part and goes on in transcription (巴音|克西克); 0 if there is none."""
    part = PARTS.match(flow, at)
    goes_on = part and all(map(transcribes, flow[part.end() : part.end() + 2]))
    return foreign(flow, at, boundaries) if goes_on else 0


def _inside(flow: str, at: int, end: int) -> bool:
    """Whether a function word stands within a transcription: 斯琴其木格, 苏和巴特尔."""
    return flow[end] in "其和" and end > at and all(map(transcribes, flow[end + 1 : end + 3])) and len(flow) > end + 2


def trimmed(flow: str, at: int, end: int, boundaries: Sequence[int]) -> int:
    """End of a dotted name: its last part stops where the next word of the dictionary begins."""
    last = max(flow.rfind(dot, at, end) for dot in "·•‧・") + 1
    # 买买提·依明说：“…”: the verb ends no name.
    says = next((verb for verb in SAYS if flow.endswith(verb, last + 2, end)), "")
    if says and flow[end : end + 1] in "，：":
        end -= len(says)
    for stop in range(last + 2, end):
        word_end = stop + 1
        while word_end < len(flow) and not boundaries[word_end]:
            word_end += 1
        word = flow[stop:word_end]
        if boundaries[stop] and (
            flow[stop] in NOT_GIVEN
            or (len(word) > 1 and tokens.tag(word) and not all(map(transcribes, word)))
            or flow[stop] in AFTER
        ):
            return stop
    return end


def first_dot(words: str) -> int:
    """Where the first dot of a dotted name stands."""
    return min(words.find(dot) for dot in "·•‧・" if dot in words)
