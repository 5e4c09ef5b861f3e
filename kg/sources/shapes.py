"""What a line is by its own shape: label, caption, date, heading."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

from kg.chinese.characters import HAN, balanced, han_count
from kg.sources.people import byline, source

_H = f"[{HAN}]"
HEADING_LENGTH = 32  # characters: longer plain lines of newspapers are paragraphs
LABELLED_LENGTH = 64  # a line that opens with 一、 may be longer and still be a heading
_UNFINISHED = re.compile(r'[^。！？…；：）”!?;:."]\Z|[^。！？…!?][”"]\Z')


# ── labels ───────────────────────────────────────────────────────────────────────────────────────────────────────────
class Label(NamedTuple):
    """The mark of a numbered part: how it is cited, its kind, its place in the count, where its words begin."""

    label: str
    kind: str
    number: int
    end: int


KINDS = ("chapter", "section", "letter", "han", "round-han", "arabic", "round-arabic", "ring")
"""Kinds of labels in their usual order of rank (GB/T 9704 ranks 一、 （一） 1. （1）)."""

_LABEL = re.compile(
    rf"""(?P<chapter>第[一二三四五六七八九十百]{{1,3}}(?:章|部分|篇))[\ 、：]?
    |(?P<section>第[一二三四五六七八九十百]{{1,3}}节)[\ 、：]?
    |(?P<letter>[A-Z])(?:[、.]\ ?|\ )(?=[{HAN}“《])
    |(?P<han>[一二三四五六七八九十]{{1,3}})(?:[、.]|，(?=[^，。]{{2,40}}\Z))\ ?(?=[{HAN}“《\d])
    |(?P<round_han>（[一二三四五六七八九十]{{1,3}}）)[、\ ]?
    |(?P<arabic>\d{{1,2}})(?:[.、]\ ?|）)(?=[{HAN}“《])
    |(?P<round_arabic>（\d{{1,2}}）)[、\ ]?
    |(?P<ring>[①-⑳])[、\ ]?""",
    re.VERBOSE,
)


def label(words: str) -> Label | None:
    """The label *words* begin with.

    >>> label("（二）把握大局，服务中心工作")
    Label(label='（二）', kind='round-han', number=2, end=3)
    >>> label("B 改革创新 引领提速增效").label, label("一一落实") is None
    ('B', True)
    """
    m = _LABEL.match(words)
    if m is None or m.end() == len(words):
        return None
    kind = m.lastgroup or ""
    mark = m[kind]
    if kind == "letter":
        number = ord(mark) - 64
    elif kind == "ring":
        number = ord(mark) - 0x245F
    else:
        counted = re.sub(r"[第章节篇（）]|部分", "", mark)
        number = int(counted) if counted.isdigit() else _han_number(counted)
    return Label(mark, kind.replace("_", "-"), number, m.end()) if number else None


def _han_number(counted: str) -> int:
    digits = "零一二三四五六七八九"
    if "百" in counted:
        return 0
    tens, ten, ones = counted.rpartition("十")
    if not ten:
        return digits.index(ones) if len(ones) == 1 else 0
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return (digits.index(tens) if tens else 1) * 10 + (digits.index(ones) if ones else 0)


# ── captions, dates ──────────────────────────────────────────────────────────────────────────────────────────────────
_CAPTION_MARKS = frozenset("▲▼△▽◀▶◁▷◤◥◢◣↑↓←→")
_CAPTION = re.compile(r"[上下左右本]?图(?:片|[①-⑩\d一二三四五六七八九])?(?:为|：|:|说明)|图[①-⑩]|（?资料图|图片新闻\Z")
_CAPTION_END = re.compile(
    rf"现场。?\Z|合影。?\Z|(?:[\ ）。/]|记者\S{{0,4}}|{_H}{{2,3}}\ )摄(?:影)?）?\Z|供图）?\Z|（资料图片?）。?\Z|摄影报道\Z"
)
_CREDIT_END = re.compile(r"。[^。]{0,12}摄(?:影)?）?\Z")
_COLUMN = re.compile(r"(?:【[^【】]{2,12}】|第\d{1,4}期(?:（总第\d+期）)?)\Z")


def is_caption(words: str, marks: str = "") -> bool:
    """Whether a line tells what a picture shows.

    >>> is_caption("图为座谈会现场。"), is_caption("委员在社区调研。", "▲"), is_caption("会议深入现场。传达精神。")
    (True, True, False)
    """
    if set(marks) & _CAPTION_MARKS:
        return len(words) <= 200
    if len(words) <= 120 and _CAPTION.match(words):
        return True
    if len(words) > 60 or not _CAPTION_END.search(words):
        return False
    inside = words.count("。", 0, -1)
    return inside == 0 or (inside == 1 and _CREDIT_END.search(words) is not None)


def is_column_title(words: str) -> bool:
    """Whether a line is the title of a newspaper's column or the number of a bulletin: ``【一线传真】``, ``第11期``."""
    return _COLUMN.match(words) is not None


_FULL_DATE = re.compile(
    r"""(?:[\u4e00-\u9fff\ ]{4,60}(?:编印?|印发|主办)\ ?)?（?(?P<y>\d{4}|[一二〇○零三四五六七八九]{4})(?:年|[-/.])(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})(?:月|[-/.])
    (?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})日?(?:\ ?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?）?(?P<rest>.*)\Z""",
    re.VERBOSE,
)
_DATE_REST = re.compile(r"[ ]?(?:（?星期[一二三四五六日天]）?)?[ ]?(?:第?\S{1,3}版|通过|[:：]?)?\Z")


def date(words: str) -> str | None:
    """The date, ISO 8601, if the line is one full date and nothing else, but who issued a bulletin on it.

    >>> date("（2021年12月25日）"), date("二〇二二年五月七日"), date("2022年5月7日，会议召开")
    ('2021-12-25', '2022-05-07', None)
    >>> date("中共五华区纪律检查委员会 编 2022年5月7日")
    '2022-05-07'
    """
    if len(words) > 80:
        return None
    m = _FULL_DATE.match(words)
    if not m or not (_DATE_REST.match(m["rest"]) or source(m["rest"].strip()) or byline(m["rest"].strip())):
        return None
    digits = str.maketrans("〇○零一二三四五六七八九", "000123456789")

    def number(part: str) -> int:
        return int(part) if part.isdigit() else _han_number(part) if len(part) < 4 else int(part.translate(digits))

    try:
        return datetime.date(number(m["y"]), number(m["m"]), number(m["d"])).isoformat()
    except ValueError:
        return None


# ── headings ─────────────────────────────────────────────────────────────────────────────────────────────────────────
_TIME_FIRST = re.compile(
    r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底|初|中旬|上旬|下旬|份)?(?:上午|下午)?，|(?:日前|近日|近年来|今年以来|截至|同时|此外|下一步|一年来|目前|随后)，"
)
_NO_HEADING = re.compile(r"[。；…]|[，、：；！？,;:]\Z|\A[，。、；：？！”’》）】,.;:?!)%]")


def is_heading(words: str, *, length: int = HEADING_LENGTH) -> bool:
    """Whether a line that stands alone can be a heading: short, of words, open at no end.

    >>> is_heading("加强阵地建设，拓宽建言渠道"), is_heading("委员们通过“政协"), is_heading("会议开得很好。")
    (True, False, False)
    """
    if (
        not 2 <= len(words) <= length
        or (words[0] == "（" and words[-1] == "）")
        or _NO_HEADING.search(words)
        or _TIME_FIRST.match(words)
        or han_count(words, stop=2) < 2
    ):
        return False
    return words.count("，") <= 2 and words.count('"') % 2 == 0 and balanced(words)


def is_unfinished(words: str) -> bool:
    """Whether a line may stop in mid-sentence.

    >>> is_unfinished("委员们通过“政协"), is_unfinished("他说：“好。”"), is_unfinished("各位委员：")
    (True, False, False)
    """
    return _UNFINISHED.search(words[-2:]) is not None


_GOES_ON = re.compile(
    r"""[，。、；：？！”’》）】…,.;:?!)%]
    |和(?![平田县龙硕静布顺林政谐睦衷美合风蔼])|与(?![会时此其众生])|及(?![时早格])|以及|并(?![非])|而(?![且立今])|的(?![确士卢])|了(?![解望却])
    |地(?![方处区市委州级产铁震理质点位球下上标面])|得(?![到益知出])|们|着(?![力眼手重])""",
    re.VERBOSE,
)


def goes_on(before: str, after: str) -> bool:
    """Whether *after* cannot open a paragraph but carries on the words *before*: a word runs across the break.

    >>> goes_on("常抓不懈以作风纪", "律建设提升形象。"), goes_on("把经典诵读", "和阅读分享结合起来。")
    (True, True)
    >>> goes_on("加强阵地建设，拓宽建言渠道", "市政协坚持学习。")
    False
    """
    if _GOES_ON.match(after):
        return True
    from kg.chinese import tokens

    left, right = before[-8:], after[:8]
    at = 0
    for token in tokens.cut(left + right):
        if at >= len(left):
            break
        if at < len(left) < at + len(token):
            # Two whole words side by side may be a set phrase (回顾过去), and what opens with a word of its own may be
            # a new line (越做越大 海北州): half a word of the dictionary must be left over at the head of the next.
            half = min(len(left) - at, at + len(token) - len(left)) == 1
            return half and len(tokens.cut(right)[0]) == 1 and tokens.tag(token) != ""
        at += len(token)
    return False
