"""Personal names: where one ends, and whether a stretch of text can be one.

A Han name is a surname of one or two characters and a given name of one or two; two-character names are often padded
with a space in print (``吉 林``); names of Uyghurs, Kazakhs, Mongols and Tibetans are transcriptions with a raised dot.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kg import lexicon
from kg.chinese import tokens, transcribed
from kg.chinese.name_ends import AFTER, CLOSES, LEADS, NOT_GIVEN, SAYS, ends

SURNAMES = frozenset(lexicon.words("surnames"))

# What ends terms and hardly a given name: 满意率, 包案, 党建费.
_LAST_OF_TERMS = frozenset("率案费款额")
# Of NOT_GIVEN, what stands in the middle of many names all the same (田应强, 谢道春), where no word begins with it.
_MIDDLE = frozenset("应道会能为向同其之以有")
# How reports of discipline leave a given name out: 祁某某.
_ANONYMOUS = re.compile("某{1,2}(?!某)")
# Surnames that are far more often function words, numerals or verbs: names only where the place demands one.
_FUNCTION = frozenset("和向全于从对由经都能通别后须可更占者家位来")


def opens_verb(words: str) -> bool:
    """Whether what follows the first character is a verb of the dictionary (应|出席, 未|参加)."""
    return len(words) > 2 and tokens.tag(words[1:])[:1] == "v"


# What an office stands before and is nobody: 领导|干部, 党员|群众.
_NOT_NAMES = frozenset(lexicon.words("not_names"))
_NEVER_JOINED = ("把", "将", "被", "率", "带", "就", "也", "还")  # never what 和 joins: 梁景和把问题带到会上
# 曲明|作提案工作报告.
_SPEAKS = re.compile("作[^，。；]{0,16}(?:报告|讲话|发言|说明|汇报|表态|点评)")
# 何志坚|说，, 秦学军|代表县政府, 周开云|带着: jieba joins the last character of the name to the verb.
_TOLD = re.compile(rf"(?:{lexicon.alternation(SAYS)})[，：]|代表[省市县区州旗盟中大全]|带着|则[把将在向]")
_WAYS = frozenset("笑常总曾补答如")
"""What stands between a name and 说: 陈明|笑说."""
# Of 上了第一课, 去过三次 the first character is a verb.
_PARTICLES = ("了", "着", "过", "出", "起")
_DIRECTIONS = frozenset("上下进回")


class Name(NamedTuple):
    """A name found at a place: ``flow[start:end]``, how it is written plainly, and what else it could be."""

    start: int
    end: int
    name: str
    other: str
    """The next likeliest reading of the same place; empty if there is none."""
    certain: bool = True
    """Whether the words around leave only one reading."""


def _given(characters: str) -> bool:
    return bool(characters) and all("\u4e00" <= c <= "\u9fff" and c not in NOT_GIVEN for c in characters)


def is_name(words: str) -> bool:
    """Whether words that stand alone between punctuation can be a Han name: surname and given name, no dictionary word."""
    length = surname_at(words, 0)
    given = words[length:]
    if len(given) == 2 and given[0] in _MIDDLE and not tokens.tag(given):
        given = given[1:]
    return bool(length) and 1 <= len(words) - length <= 2 and _given(given) and not is_common(words)


def is_no_name(words: str) -> bool:
    """Whether words stand where names do and are nobody's: 资料图片, 融媒体."""
    return words in _NOT_NAMES


def is_common(words: str) -> bool:
    """Whether the dictionary holds the words as anything but a name.

    Its tags ns, nz and nt on three characters are no objection: many such entries are people (高建国).
    """
    part = tokens.tag(words)
    return words in _NOT_NAMES or (
        bool(part)
        and not part.startswith("nr")
        and not (len(words) > 3 and transcribed.PARTS.fullmatch(words))
        and not (len(words) == 3 and part in ("ns", "nz", "nt") and words[0] in SURNAMES)
    )


def firm(flow: str, at: int, boundaries: Sequence[int]) -> Name | None:
    """The name behind an office that is somebody's for sure (市政协副主席郑重，), where :func:`match` sees none.

    Here the end decides: punctuation, or a word that opens a predicate. Dictionary words are names too, where punctuation
    or a verb of saying or leading follows them, and transcribed names without a dot run up to the next word.
    """
    length = surname_at(flow, at)
    odd = flow[at : at + 1] in _FUNCTION and not _stands_alone(flow, at)
    if length and not odd:
        long, short = at + length + 2, at + length + 1
        fitting = [end for end in (long, short) if _firm_given(flow, at + length, end) and ends(flow, end)]
        if _with_particle(flow, at, short):
            fitting = [short]
        first = next((i for i in range(at + 1, min(at + 5, len(flow))) if boundaries[i]), at + 1)
        # 黎伯成|就有关事项: jieba's 成就 is no verb where 就 opens what follows.
        crossed = long in fitting and flow[long : long + 1] in ("就", "对", "将", "向", "从")
        for end in sorted(fitting, key=lambda end: (end != long) if crossed else not boundaries[end]):
            words = flow[at:end]
            if words in _NOT_NAMES:
                continue
            closed = flow[end] in CLOSES or flow.startswith((*LEADS, *SAYS), end)
            # 居民|满意|率, 党员|干部|参与, 委员|德才|更: the word that opens it is no name's, nor what follows that word.
            if first < end and first - at > 1 and _is_no_opening(flow, at, first, end, closed or bool(boundaries[end])):
                continue
            if not is_common(words) or (closed and tokens.tag(words)[:1] not in "vdpcmrf"):
                return Name(at, end, words, "", certain=bool(boundaries[end]))
    # 旗委书记朝鲁在调研时说: one usual part of a Mongolian or Tibetan name is a name too.
    if (part := transcribed.PARTS.match(flow, at)) and ends(flow, part.end()):
        return Name(at, part.end(), part[0], "", certain=False)
    if end := transcribed.foreign(flow, at, boundaries):
        return Name(at, end, flow[at:end], "", certain=False)
    # 县政协主席巨 峰介绍: two characters padded in print are a name, whatever the first.
    if flow[at + 1 : at + 2] == " " and _given(flow[at : at + 1] + flow[at + 2 : at + 3]) and ends(flow, at + 3):
        return Name(at, at + 3, flow[at] + flow[at + 2], "", certain=False)
    # A surname of no table (起绍坤，): three characters that are no word, between the office and punctuation.
    words, end = flow[at : at + 3], at + 3
    plain = (
        not length
        and stands_by_itself(flow, at)
        and not any(boundaries[i] and boundaries[i + 2] and tokens.tag(flow[i : i + 2]) for i in (at, at + 1))
    )
    return Name(at, end, words, "", certain=False) if plain and not is_common(words) else None


def _is_no_opening(flow: str, at: int, first: int, end: int, closed: bool) -> bool:
    """Whether the dictionary word ``flow[at:first]`` opens no name that ends at *end* (陆景|平|主持 is one).

    *closed* says that a word ends there.
    """
    if tokens.tag(flow[at:first])[:1] in _NO_NOUN:
        return True
    if tokens.tag(flow[at:first]) in ("ns", "nz") and surname_at(flow, at) and first - at == 2 and closed:
        return False  # 徐国|平|领办
    rest = flow[first:end]
    return is_common(flow[at:first]) and (not closed or tokens.tag(rest)[:1] in ("d", "p", "c", "v", "u"))


def stands_by_itself(flow: str, at: int) -> bool:
    """Whether the three characters at *at* could be a name, and punctuation or a verb of saying follows them."""
    end = at + 3
    return _given(flow[at:end]) and (
        flow[end : end + 1] in ("，", "。", "、", "；") or flow.startswith((*LEADS, *SAYS), end)
    )


def _stands_alone(flow: str, at: int) -> bool:
    """Whether a surname that is a function word more often (向) opens a name: two characters that are no word, then a predicate."""
    words = flow[at + 1 : at + 3]
    # 副局长于海洋和乙: 于 is a surname more often than its fellows.
    noun = (
        flow[at] == "于"
        and tokens.tag(words)[:1] == "n"
        and flow.startswith(("、", "，", "。", "和", "的", *LEADS, *SAYS), at + 3)
    )
    plain = _given(words) and (noun or tokens.tag(words) in ("", "nr", "nz")) and len(flow) > at + 3
    return plain and (flow[at + 3] in CLOSES or (flow[at] != "和" and ends(flow, at + 3)))


_NO_NOUN = ("v", "a", "d", "p", "c", "m", "r", "f")
# Behind these 和 joins nothing, so that it ends the name (蔺春和，).
_JOINLESS = ("，", "。", "、", "；", "）", "等", "说")


def _firm_given(flow: str, start: int, end: int) -> bool:
    """Whether ``flow[start:end]`` can be a given name behind a surname that an office announces."""
    words = flow[start:end]
    if end >= len(flow) or not words:
        return False
    if len(words) == 2 and words[0] in _MIDDLE and tokens.tag(words)[:1] not in ("r", "c", "d", "p"):
        return _given(words[1])
    return _given(words)


def surname_at(flow: str, at: int) -> int:
    """Length of the surname that stands at *at*: 2, 1 or 0."""
    if flow[at : at + 2] in SURNAMES:
        return 2
    return 1 if flow[at : at + 1] in SURNAMES else 0


def match(flow: str, at: int, boundaries: Sequence[int], *, sure: bool = False) -> Name | None:
    """The personal name that begins at ``flow[at]``, if one does.

    *boundaries* marks where jieba's tokens begin (:func:`kg.chinese.tokens.starts`). With *sure*, the place demands a
    name (a speaker's line, a byline): words of the dictionary are accepted as names.

    >>> text = "法律顾问周洁正在普法"
    >>> match(text, 4, tokens.starts(text)).name
    '周洁'
    """
    dotted = transcribed.DOTTED.match(flow, at)
    first = dotted[0][: transcribed.first_dot(dotted[0])] if dotted else ""
    if dotted and (
        sum(map(transcribed.transcribes, first)) * 3 >= 2 * len(first) or (len(first) > 2 and first in SURNAMES)
    ):
        name = transcribed.trimmed(flow, at, dotted.end(), boundaries)
        return Name(at, name, flow[at:name].replace("•", "·").replace("‧", "·").replace("・", "·"), "")
    foreign = (
        transcribed.of_parts(flow, at)
        or transcribed.unmarked(flow, at, boundaries)
        or transcribed.from_part(flow, at, boundaries)
    )
    length = surname_at(flow, at)
    if foreign and (foreign - at >= 4 or not length):
        return Name(at, foreign, flow[at:foreign], "")
    if not length:
        return None
    if flow[at + length : at + length + 1] == " " and _given(flow[at + length + 1 : at + length + 2]):
        end = at + length + 2
        if (
            end >= len(flow)
            or not _given(flow[end : end + 1])
            or boundaries[end]
            or tokens.starts(flow[end - 1 : end + 4], guess=False)[1]
        ):
            # 李 存柱、: the given name has two characters where only behind the second a name can end.
            more = flow[end : end + 1]
            noun = _given(more) and tokens.tag(more)[:1] not in ("v", "p", "d") and not tokens.tag(flow[end : end + 2])
            if noun and not ends(flow, end) and ends(flow, end + 1):
                return Name(at, end + 1, flow[at : at + length] + flow[end - 1 : end + 1], "")
            third = flow[end + 1 : end + 2] if flow[end : end + 1] == " " else ""
            padded = _given(third) and third not in "摄文图供" and not flow.startswith(" ", end + 2)
            if padded and ends(flow, end + 2) and length == 1:
                return Name(at, end + 2, flow[at] + flow[end - 1] + third, "")  # 董 晓 梅
            return Name(at, end, flow[at : at + length] + flow[end - 1], "")
    if anonymous := _ANONYMOUS.match(flow, at + length):
        return Name(at, anonymous.end(), flow[at : anonymous.end()], "")
    short, long = at + length + 1, at + length + 2
    if "和" in flow[at + length : long] and _with_he(flow, at + length, boundaries):
        return Name(at, long, flow[at:long], "")
    if flow[short : long + 1][:1] == "和" and flow[long : long + 1] in _JOINLESS and _given(flow[at + length]):
        return Name(at, long, flow[at:long], "")
    can_short = _given(flow[at + length : short])
    can_long = can_short and long <= len(flow) and _given(flow[short:long])
    if can_long and flow[short] in _LAST_OF_TERMS and not sure:
        return None
    if not can_short:
        return None
    if not sure and not _plausible(flow, at, length, boundaries):
        return None
    if not can_long:
        return Name(at, short, flow[at:short], "")
    # 甘宁、梁志坚、杨帆: in a list a name reaches to the next mark, unless a verb stands before it.
    if (
        can_long
        and flow[long : long + 1] in "、，。；）"
        and flow[long : long + 1]
        and tokens.tag(flow[short])[:1] not in ("v", "p", "d", "f")
    ):
        return Name(at, long, flow[at:long], flow[at:short], certain=bool(boundaries[long]))
    if _with_particle(flow, at, short):
        return Name(at, short, flow[at:short], flow[at:long], certain=False)
    ends_short, ends_long = bool(boundaries[short]), bool(boundaries[long])
    if can_long and _crossed(flow, short):
        return Name(at, long, flow[at:long], flow[at:short], certain=False)
    if (flow.startswith(LEADS, short) and not flow.startswith(LEADS, long)) or _SPEAKS.match(flow, short):
        return Name(at, short, flow[at:short], flow[at:long], certain=False)
    # 裴守正|出席: news tells what was done, not what is being done, but for 正在.
    if flow[short] == "正" and flow.startswith(LEADS, long):
        return Name(at, long, flow[at:long], flow[at:short], certain=False)
    told = (
        flow.startswith(LEADS, long)
        or _SPEAKS.match(flow, long)
        or (_TOLD.match(flow, long) and flow[short] not in _WAYS)
    )
    if ends_short and not ends_long and told:
        return Name(at, long, flow[at:long], flow[at:short], certain=False)
    if ends_short and (not ends_long or flow[short] in AFTER):
        return Name(at, short, flow[at:short], flow[at:long], not ends_long)
    if not ends_short and not ends_long:
        plain = tokens.starts(flow[at : long + 3], guess=False)
        if plain[short - at] and not plain[long - at]:
            return Name(at, short, flow[at:short], flow[at:long], certain=False)
        if boundaries[short - 1] and not boundaries[at + 1]:
            return Name(at, short, flow[at:short], flow[at:long], certain=False)
    return Name(at, long, flow[at:long], flow[at:short], ends_long and not ends_short)


def _with_particle(flow: str, at: int, short: int) -> bool:
    """Whether the character at *short* is a verb with its particle and no part of the name at *at*: 梁潇|上了, 蒙燕|捧出."""
    verb, long = flow[short : short + 1], short + 1
    particle = flow.startswith(_PARTICLES, long) and not tokens.tag(flow[long : long + 2])
    return particle and (tokens.tag(verb)[:1] == "v" or verb in _DIRECTIONS) and not tokens.tag(flow[at:long])


def _crossed(flow: str, short: int) -> bool:
    """Whether the word at *short* takes the last character of a name and a preposition: 黎伯|成就|有关事项, 池月|圆为|委员."""
    word = flow[short : short + 2]
    return (
        word[1:] in ("就", "为", "等")
        and tokens.tag(word) not in ("v", "p", "d")
        and flow[short + 2 : short + 3] not in CLOSES
    )


def _with_he(flow: str, at: int, boundaries: Sequence[int]) -> bool:
    """Whether the two characters at *at* are a given name though one is 和: a word (和平), or before a verb of saying."""
    if flow[at] == "和":
        return not boundaries[at + 1] and tokens.tag(flow[at : at + 2])[:1] in ("n", "a")
    return flow[at + 1] == "和" and _given(flow[at]) and flow.startswith((*SAYS, *_NEVER_JOINED), at + 2)


def _plausible(flow: str, at: int, length: int, boundaries: Sequence[int]) -> bool:
    """Whether the words around allow a name: no word of the dictionary runs through its first characters."""
    if not boundaries[at]:
        return False
    if flow[at] in _FUNCTION and length == 1:
        rest = flow[at + 1 : at + 3]
        # 委员和特邀信息员: 和 joins, unless what it opens stands alone.
        if flow[at] in "和来" and not (flow[at + 3 : at + 4] in CLOSES or flow.startswith(SAYS, at + 3)):
            return False
        return _given(rest) and len(rest) == 2 and bool(boundaries[at + 3 : at + 4] == b"\1") and not is_common(rest)
    end = at + 1
    while end < len(flow) and not boundaries[end]:
        end += 1
    word = flow[at:end]
    if len(word) > 1:
        part = tokens.tag(word)
        if is_common(word) and word not in SURNAMES:
            return False
        if part.startswith("nr") and len(word) == length and len(word) > 1:
            return True
    return True
