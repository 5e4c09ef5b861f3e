"""How many parts a numbered name promises, and the items of an enumeration."""

from __future__ import annotations

import re

from kg.chinese import numerals
from kg.extract.page import NUMERAL, Span

Parts = tuple[list[str], Span]
"""Parts in order, and the words that enumerate them."""

COUNT = "[一二两三四五六七八九十双]"
_COUNTS = re.compile(f"{COUNT}+")
TALLY = re.compile(f"等?{NUMERAL}[个大项](?:环节|步骤|方面|阶段|部分|内容|流程)$")
_TALLIED = re.compile(f"{NUMERAL}(?:步|环节|阶段|流程)(?:推进|实施|落实|闭环|走)$")
_CLOSE = re.compile("[。；\n]")


def count_of(name: str) -> int | None:
    """How many parts a numbered name promises: 3 for 三个引领, 4 for 四有四抓's first numeral; None if it has none.

    >>> count_of("六步选题法"), count_of("同心圆")
    (6, None)
    """
    m = _COUNTS.match(name)
    if not m:
        return None
    n = numerals.value(m[0].replace("双", "两"))
    return int(n) if n and n >= 2 else None


def counts_of(name: str) -> set[int]:
    """Numbers of parts a numbered name may promise: 双联双评双促 two, three (its groups) or six."""
    if "+" in name:
        return {len(re.sub(r"[^\dA-Za-z+].*", "", name).split("+"))} - {1}
    if digits := re.match(r"\d{2,5}", name):
        return {len(digits[0])}
    if re.fullmatch("[一二三四五六七八九]{2,5}", name):
        return {len(name)}
    groups = [numerals.value(g.replace("双", "两")) for g in _COUNTS.findall(name)]
    sizes = [int(g) for g in groups if g]
    return {sizes[0], len(sizes), sum(sizes)} - {0, 1} if sizes else set()


def split(words: str) -> list[str]:
    """Items of an enumeration, split at 、 ； or + outside quotation marks, 和 before the last."""
    items: list[str] = []
    depth, current = 0, ""
    plus = "+" in words or "＋" in words
    for c in words:
        if c in "“‘《（":
            depth += 1
        elif c in "”’》）":
            depth -= 1
        if depth <= 0 and (c in "、；" or (plus and c in "+＋")):
            items.append(current)
            current = ""
        else:
            current += c
    items.append(current)
    return [item for i in items if (item := i.strip(" ，：。（）()"))]


def groups_of(name: str, words: str, least: int) -> list[str]:
    """Items of all the groups that a name of several numerals counts: 三查三改 is 查甲、改乙，查丙、改丁，查戊、改己."""
    promised = sum(int(n) for g in _COUNTS.findall(name) if (n := numerals.value(g.replace("双", "两"))))
    items: list[str] = []
    for clause in re.split("[，；]", words):
        items += split(_TALLIED.sub("", clause))
        if len(items) >= promised:
            break
    return items if least < promised == len(items) else []


def stop_of(flow: str, at: int) -> int:
    """Where the sentence or item that runs on from *at* stops."""
    m = _CLOSE.search(flow, at)
    return m.start() if m else len(flow)
