"""The noun that heads the name of an undertaking, behind a quotation or at its end: “…”系列活动, “…工作法”."""

from __future__ import annotations

import re

from kg import lexicon
from kg.chinese import tokens
from kg.extract.page import HAN

NUMERAL = "一二两三四五六七八九十百千双"
HEADS = lexicon.table("heads")
_HEAD = re.compile(
    rf"(?P<of>的|这一|这个)?(?P<mod>[{HAN}·]{{0,9}}?)(?P<head>{lexicon.alternation(list(HEADS))})(?![{HAN}]?[化性])"
)
LONG_HEADS = tuple(head for head in HEADS if len(head) > 1)
SHORT_HEADS = lexicon.words("generic", "head")
# Heads that are as often verbs: they do not lengthen a name that has a head already.
_LIGHT = frozenset({"协商", "调研", "专题调研", "视察", "节目", "直播", "做法", "联动"})
# “甲”调研|成果: what came of it.
_OUTCOME = re.compile("成果|报告|课题|组|队")
# Heads of what the quotation only tells about when 的 stands between: “甲”的项目.
_NOT_BEHIND_OF = frozenset({"工作站", "工作室", "系统", "项目", "方案", "计划", "阵地", "做法", "协商", "论坛"})
# “甲”专题|协商会, “乙”警示教育|大会: the agenda of a meeting, not an undertaking.
_HELD_MEETING = re.compile("(?:议政性)?(?:常委会|主席会|座谈)?会(?!客|所)|大会|论坛|(?:培训|研讨|读书)班")
# “甲”基层协商|交流会.
_GATHERING = re.compile(f"[{HAN}]{{0,4}}(?:会议|交流会|推进会|现场会|座谈会|观摩会|研讨会)")
_MODIFIERS = frozenset(lexicon.words("generic", "modifier")) | {""}
_FUNCTION = frozenset(lexicon.words("stops", "function")) | {
    "的",
    "召开",
    "举行",
    "提出",
    "要求",
    "表示",
    "成为",
    "即",
    "就是",
    "组成",
}
_FUNCTION_TAGS = frozenset({"p", "c", "d", "r", "uj", "ul", "f"})
# “甲”深化|工程, “乙”提质扩面|行动: an undertaking of its own, for what bears the quoted name.
_FURTHERS = re.compile(
    "(?:提质|扩面|增效|深化|提升|升级|拓展|推广|优化|巩固|焕新|倍增|扩容){1,3}(?:专项)?(?:行动|工程|计划)$"
)
# “甲”突出问题|专项整治: named after what it is against.
_AGAINST = re.compile("(?:领域)?(?:突出问题)?(?:专项|集中)?整治(?:行动)?$")
_COUNTED = re.compile(r"等?(?:\d+|[两三四五六七八九十])(?:个|大|类|项|种)")
CODE = re.compile(r"[\dA-Za-zXN]+(?:[+＋\-·][\dA-Za-zXNn]+)*$|\d{2,5}$")
SHORT_CODE = re.compile(rf"[{NUMERAL}\d·]{{1,4}}")


def noun_run(words: str) -> bool:
    """Whether the words between a quotation and its head noun only modify that noun."""
    return words in _MODIFIERS or all(
        part in _MODIFIERS or (part not in _FUNCTION and tokens.tag(part) not in _FUNCTION_TAGS)
        for part in tokens.cut(words)
    )


def head(after: str) -> tuple[str, str] | None:
    """Kind of undertaking named by the head noun that follows, and the words up to its end."""
    count = _COUNTED.match(after)
    found = _HEAD.match(after, count.end() if count else 0)
    if not found or not noun_run(found["mod"].removeprefix("等")):
        return None
    if found["of"] and found["head"] in _NOT_BEHIND_OF:
        return None
    if "等" in found["mod"][1:]:
        return None
    if _HELD_MEETING.match(after, found.end()):
        return None
    if found["head"] in _LIGHT and _GATHERING.match(after, found.end()):
        return None
    if found["head"] in _LIGHT and _OUTCOME.match(after, found.end()):
        return None
    kind, end = HEADS[found["head"]], found.end()
    rest = _HEAD.match(after, end)
    if rest and rest["mod"] in ("", "创建", "工作", "建设") and not rest["of"] and rest["head"] not in _LIGHT:
        end = rest.end()
        if found["head"] in _LIGHT:
            kind = HEADS[rest["head"]]
    return kind, after[:end]


def named(name: str, tail: str) -> str:
    """A name that says enough alone, or with its head noun if it is a number or a date, or what the undertaking is about."""
    if CODE.match(name) or SHORT_CODE.fullmatch(name) or furthers(tail) or _AGAINST.match(tail):
        return name + tail.removeprefix("的").removeprefix("等")
    return name


def furthers(tail: str) -> bool:
    """Whether the words behind a quoted name make an undertaking for it: “甲”提质扩面行动, beside the platform “甲”."""
    return bool(_FURTHERS.match(tail))
