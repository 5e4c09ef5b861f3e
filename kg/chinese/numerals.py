"""Numbers as texts write them: Arabic, Chinese, mixed, with their bounds. Chinese numerals are read by cn2an."""

from __future__ import annotations

import re
from functools import lru_cache

CHINESE = "零〇一二两三四五六七八九十百千"
"""Characters of Chinese numerals without 万 and 亿: those belong to the unit (``382万元`` is 382 万元)."""

_ARABIC = re.compile(r"[\d,]+(?:\.\d+)?")


@lru_cache(maxsize=4096)
def value(words: str) -> float | None:
    """Value of a number word; None if it is not one.

    >>> value("1,200"), value("三千五百"), value("百"), value("两"), value("十五")
    (1200.0, 3500.0, 100.0, 2.0, 15.0)
    """
    if _ARABIC.fullmatch(words):
        return float(words.replace(",", ""))
    plain = words.replace("〇", "零").replace("两", "二")
    if plain[:1] in ("百", "千", "万"):
        plain = "一" + plain
    if plain in ("", "半"):
        return None
    import cn2an

    try:
        return float(cn2an.cn2an(plain, "smart"))
    except (ValueError, KeyError):  # because cn2an looks up what it does not know (二十零)
        return None


def is_arabic(words: str) -> bool:
    """Whether a number is written in Arabic digits."""
    return words[:1].isdigit()
