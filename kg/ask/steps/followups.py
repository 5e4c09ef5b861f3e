"""What follows a document: who implements, forwards or cites it, and where nothing follows."""

from __future__ import annotations

import re
from collections import defaultdict

from kg.ask.context import LEVELS, Context, Row, document, graph_of
from kg.ask.steps.similarity import likeness
from kg.identity import normal
from kg.vocab import KG, RDF

_TYPE, _CLASS = f"<{RDF.type}>", f"<{KG.OfficialDocument}>"
_FORWARDS = re.compile(r"转发|印发|翻印|转载|传达")
_IMPLEMENTS = re.compile(r"贯彻|落实|执行|按照|依照|根据|遵照|依据|实施|对照")
_ISSUER = re.compile(r"\A.*?关于")
_TAKES_UP = re.compile(r"进一步|认真|全面|深入|贯彻|落实|实施|学习|《|》")
_SCOPE = re.compile(r"全([国省市区县])")
_SCOPES = {"国": "nation", "省": "province", "市": "prefecture", "区": "county", "县": "county"}
_KIND = re.compile(
    r"(?:的)?(?:若干)?(?:意见|方案|办法|通知|条例|决定|细则|规定|规则|计划|措施|工作制度|制度)(?:[（(].*)?\Z"
)


def core(title: str) -> str:
    """What a document is about: its title without issuer, kind, and the words by which one takes up another.

    >>> core("中共通河县委关于贯彻落实新时代加强和改进人民政协工作的实施意见")
    '新时代加强和改进政协工作'
    """
    words = _KIND.sub("", _ISSUER.sub("", title))
    words = _TAKES_UP.sub("", words).replace("人民政协", "政协")
    return normal(words.removesuffix("的"))


def followups(rows: list[Row], at: Context) -> list[Row]:
    """Passages that name the document, titles that take it up, and jurisdictions without either."""
    wanted = at.values["document"]
    found: list[Row] = []
    named: dict[str, list[Row]] = {}
    for row in at.placed(rows):
        article = row["article"]
        if article not in named:
            named[article] = at.placed(at.select("bodies_named", graph=graph_of(article)))
        doc = document(article)
        start, end = at.sentence(doc, row["start"], row["end"])
        before = at.text(doc)[start : row["start"]]
        inside = [body for body in named[article] if start <= body["start"] and body["end"] <= row["start"]]
        nearest = max(inside, key=lambda body: (body["start"], body["end"], body["body"]), default=None)
        is_forward, is_implementing = _FORWARDS.search(before[-12:]), _IMPLEMENTS.search(before[-12:])
        found.append(
            row
            | {
                "relation": "forwards" if is_forward else "implements" if is_implementing else "cites",
                "who": at.label(nearest["body"]) if nearest else row["section"] or "",
                "jurisdiction": (_place(nearest["body"], at) if nearest else None)
                or _of_section(row, named[article], at),
                "sentence": at.text(doc)[start:end].strip(),
            }
        )
    merged: dict[tuple[str, str, str], Row] = {}
    for row in found:
        key = row["article"], row["sentence"], row["relation"]
        if key in merged:
            merged[key]["evidence"] = tuple(dict.fromkeys((*merged[key].get("evidence", ()), *row.get("evidence", ()))))
        else:
            merged[key] = row
    titles = list(_titles(wanted, at))
    followed = {row["jurisdiction"] for row in (*merged.values(), *titles)}
    home = "district/" + wanted.split("/")[1]
    silent = [
        {"relation": "none", "jurisdiction": place}
        for place in sorted({row["jurisdiction"] for row in (*at.documents, *at.select("uses"))} - {None})
        if place not in followed and place != home and home in at.above(place)
    ]
    spoken = sorted(merged.values(), key=lambda row: (document(row["article"]), row["start"]))
    return [*spoken, *titles, *silent]


def _place(body: str, at: Context) -> str | None:
    """The district that the identity of a body rests on."""
    place = f"district/{body.split('/')[1]}"
    return place if place in at.districts else None


def _of_section(row: Row, bodies: list[Row], at: Context) -> str | None:
    """The jurisdiction of the body that the section is named after, else the one the document speaks from."""
    for body in bodies:
        if row["section"] and at.label(body["body"]) == row["section"]:
            return _place(body["body"], at)
    place: str | None = row["place"]
    return place


def _level(title: str, place: str, at: Context) -> int:
    """How far down a document speaks: as its title says (全省, 全市), else where it belongs; 0 is the nation."""
    scope = _SCOPE.search(title)
    if scope:
        return LEVELS.index(_SCOPES[scope[1]])
    known = at.districts.get(place)
    return LEVELS.index(known.level) if known else 0


def _titles(wanted: str, at: Context) -> list[Row]:
    about = core(at.label(wanted))
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in at.select("titles"):
        groups[row["document"]].append(row)
    found = []
    for other, same in groups.items():
        title = same[0]["title"]
        alike = likeness(about, core(title)) if about and other != wanted and abs(len(title) - len(about)) < 60 else 0.0
        if alike < at.values["similarity"]:
            continue
        place = next((row["jurisdiction"] for row in same if row["jurisdiction"]), None)
        home = "district/" + wanted.split("/")[1]
        if place is None or home not in at.above(place):
            continue
        if _level(title, place, at) <= _level(at.label(wanted), home, at):
            continue
        articles = [row["article"] for row in at.select("mentioning", thing=other)]
        found.append(
            {
                "relation": "title",
                "who": "、".join(sorted({at.label(row["issuer"]) for row in same if row["issuer"]})),
                "follower": other,
                "jurisdiction": place,
                "date": min((date for article in articles if (date := at.dates[article])), default=None),
                "article": min(articles),
                "evidence": ((f"<{at.corpus.base}{other}>", _TYPE, _CLASS),),
            }
        )
    return sorted(found, key=lambda row: (str(row["jurisdiction"]), str(row["follower"])))
