"""Mastheads: the lines over a page that name the newspaper, its date, the page and who edited it."""

from __future__ import annotations

import datetime
import re

from kg.chinese.characters import HAN

_H = f"[{HAN}]"
LINES = 4
"""Lines at the head of a text among which a masthead may stand."""
_COLUMN = 8  # characters: the name of a column or page is no longer (政协视窗)
_PAPER = rf"(?P<paper>{_H}{{2,8}}?(?:日报|晚报|晨报|早报|时报|导报|商报|政协报|[晨晚周]刊|报)(?=社?(?:[\s\d]|\Z))|今日{_H}{{2,4}}(?=\s*\d{{4}}年)|{_H}{{2,6}}(?:人大|政协)(?=\s+[A-Z]{{4}}))社?"
_ROLES = r"责任编辑|美术编辑|值班编委|值班主任|执行主编|责编|编辑|主编|编审|组版|版式|美编|视觉|校对|检校|审核|制图|统筹|策划"
_PARTS = re.compile(
    rf"""
    (?P<date>\d{{4}}(?:年\d{{1,2}}月\d{{1,2}}日|[-./]\d{{1,2}}[-./]\d{{1,2}}))
    |\A{_PAPER}
    |(?P<about>星期[一二三四五六日天]|农历{_H}{{2,14}}|\d{{4}}年第\d+期(?:（总第\d+期）)?|总?第\d+期|{_H}{{4,20}}(?:主管|主办)(?=\s|\Z)|专版|专刊|特刊|要闻|\A[A-Z]?\d{{1,2}}(?![\d年月日.、届])|第?[A-Z]?\d{{1,3}}版|(?<!\S)[A-Z]?\d{{1,2}}(?!\S)|[A-Z]{{3,}}
      |(?:主办|(?:{_H}{{2,6}})?(?:电话|热线)|邮箱|网址|国内统一刊号)[:：]\s?\S+)
    |(?P<role>{_ROLES})[:：/\s]?\s?{_H}(?:\s?{_H}{{1,2}}|\s?{_H}\s?{_H})(?!{_H})
    """,
    re.VERBOSE,
)


def masthead(words: str) -> bool:
    """Whether a line at the head of a text is one of its page's masthead.

    >>> [masthead(w) for w in ("滇池日报 2024年11月27日 星期三 06", "政协专刊 责任编辑：龚 劼 美术编辑：曾娅琳", "3版 协商滇池 视觉：韦 涛")]
    [True, True, True]
    >>> [masthead(w) for w in ("A3县区政协2023年11月9日", "07专版 政协之窗", "5项举措促发展")]
    [True, True, False]
    >>> [masthead(w) for w in ("滇池日报", "2024年11月27日，会议召开", "滇池日报记者 王小明", "协商为民谱新篇")]
    [True, False, False, False]
    """
    if len(words) > 100 or re.search(r"[，。；！？“”]", words):
        return False
    found = [m.lastgroup for m in _PARTS.finditer(words)]
    rest = re.sub(r"\s", "", _PARTS.sub("", words))
    if not found or len(rest) > _COLUMN or re.search(r"[:：《（]|记者|通讯员|[讯电]\Z", rest):
        return False
    return len(found) > 1 or "paper" in found or "role" in found


def date_in(words: str) -> str | None:
    """The date that a masthead names, ISO 8601."""
    for m in _PARTS.finditer(words):
        if m["date"]:
            try:
                return datetime.date(*map(int, re.findall(r"\d+", m["date"]))).isoformat()
            except ValueError:
                continue
    return None


def paper_in(words: str) -> str:
    """The newspaper that a masthead names; empty where it names none."""
    m = re.match(_PAPER, words)
    return m["paper"] if m else ""
