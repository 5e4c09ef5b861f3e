"""The words of slogans: variants, and parts."""

from __future__ import annotations

import re
from collections import defaultdict

from kg.ask.context import Context, Row, article_of
from kg.ask.steps.similarity import likeness
from kg.identity import normal

_NUMBER = re.compile(r"[一二两双三四五六七八九十百\d]+(?:个|大|项|条|位|新|高|好|有|地|县|都|区|抓|进|实)?")

_DIGITS = {char: value for value, char in enumerate("一二三四五六七八九", 1)} | {"两": 2, "双": 2}
_LEADING = re.compile(r"[一二三四五六七八九十两双]+(?![年月日百千万亿\d])")
_COUNT = re.compile(r"([二三四五六七八九]?)(十)([一二三四五六七八九]?)|()()([二三四五六七八九两双])")


def number(words: str) -> int:
    """The number of parts that a slogan begins with; 0 where it begins with none, or with one that counts no parts.

    >>> number("三个引领"), number("十二个坚持"), number("1158工作法"), number("一年一台阶"), number("十四五")
    (3, 12, 0, 0, 0)
    """
    leading = _LEADING.match(words)
    found = _COUNT.fullmatch(leading[0]) if leading else None
    if found is None:
        return 0
    tens, ten, ones = (part for part in found.groups() if part is not None)
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


def variants(rows: list[Row], at: Context) -> list[Row]:
    """The wordings of a slogan and of those that contain it, stand in it or nearly equal it, each with its time."""
    slogan = at.values["slogan"]
    words = normal(at.label(slogan))
    relations: dict[str, str | None] = {}
    groups: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        other = row["other"]
        if other not in relations:
            relations[other] = "same" if other == slogan else _related(words, normal(row["label"]), at)
        if not relations[other]:
            continue
        for named in at.placed(at.select("wordings_of", slogan=other)):
            wording = named["wording"].strip("“”\"'‘’")
            # A passage may quote more than the slogan: the body that uses it, a whole sentence.
            if normal(wording) == normal(row["label"]):
                handle = (f"<{at.corpus.base}{named['passage']}>",)
                groups[other, wording].append(named | {"evidence": (handle,)})
    users = {other: _users(other, at) for other, _ in groups}
    firsts = {key: min((row["date"] for row in found if row["date"]), default=None) for key, found in groups.items()}
    result = []
    for (other, wording), found in groups.items():
        articles = {row["article"]: row["date"] for row in found}
        dates = sorted(date for date in articles.values() if date)
        newer = [date for key, date in firsts.items() if date and dates and key != (other, wording) and date > dates[0]]
        names = sorted({name for article in articles for name in users[other].get(article, ())})
        late = {
            name
            for article, date in articles.items()
            if date and newer and date > min(newer)
            for name in users[other].get(article, ())
        }
        result.append(
            {
                "wording": wording,
                "slogan": other,
                "relation": relations[other],
                "first": dates[0] if dates else None,
                "last": dates[-1] if dates else None,
                "documents": len(articles),
                "users": "、".join(names),
                "kept_by": "、".join(sorted(late)),
                "evidence": tuple(dict.fromkeys(handle for row in found for handle in row.get("evidence", ()))),
            }
        )
    order = ["same", "contains", "part", "similar"]
    return sorted(result, key=lambda row: (order.index(row["relation"]), row["first"] or "9", row["wording"]))


def _related(words: str, other: str, at: Context) -> str | None:
    if words in other:
        return "contains"
    if len(other) > 2 and other in words:
        return "part"
    alike = abs(len(words) - len(other)) <= max(len(words), len(other)) / 2 and set(words) & set(other)
    return "similar" if alike and likeness(words, other) >= at.values["similarity"] else None


def _users(slogan: str, at: Context) -> dict[str, set[str]]:
    """Names of the users of a slogan by article."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in at.select("users", slogan=slogan):
        found[article_of(row["use"])].add(at.label(row["user"]) if row["user"] else row["name"])
    return found


def components(rows: list[Row], at: Context) -> list[Row]:
    """The parts of slogans; a slogan with a number and no part has one row that says so."""
    found = []
    parts: defaultdict[str, set[int]] = defaultdict(set)
    for row in rows:
        if row["component"]:
            parts[row["slogan"]].add(row["position"])
    for row in rows:
        if row["component"]:
            is_whole = len(parts[row["slogan"]]) >= number(row["label"])
            found.append(row | {"spelled_out": "yes" if is_whole else "partly"})
        elif at.values["slogan"] or row["numeric"] or _NUMBER.match(row["label"]):
            found.append(row | {"spelled_out": "no"})
    return sorted(
        found, key=lambda row: (row["spelled_out"] == "no", row["label"], row["slogan"], row["position"] or 0)
    )
