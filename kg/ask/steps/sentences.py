"""What one sentence says of two things: the words before, between and after them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from kg.ask.context import Context, Row, document
from kg.ask.dates import surely_before
from kg.ask.steps.similarity import likeness
from kg.identity import normal

_CARRIES_OUT = re.compile(
    r"(贯彻落实|贯彻|落实|按照|根据|依照|依据|遵照|围绕|为了?实现|实现|服务|助力|响应|执行|紧扣|对标|聚焦|推进|推动)"
    r"[^，,。；;、“《]{0,8}(?:[“《][^”》]*[”》][、和及与]?)*[“《]?\Z"
)
_FIRST = re.compile(r"首创|率先|首个|首家|首次|第一个|第一家|开创")
_SCOPE = re.compile(r"全(?:国|省|市|区|县|州|盟|旗)|世界|东北|省内|市内|国内|区内|县内")
_ENDORSED = re.compile(
    r"批示|选报|报送到|刊发|刊登|刊载|转发|编发转载|转载|编发|获[^，,。；;]{0,12}奖|优秀奖|报道(?!被|由|经|获|得到)|表彰|通报表扬|充分肯定|好评|推广(?!□)|授予|采纳|作了介绍"
)
_BY = re.compile(r"(?:得到|受到|获得|荣获|被|由|经|在)([^，,。；;]{1,24})\Z")
_COMMA = re.compile(r"[，,；;：:]")
_NO_SUBJECT = re.compile(r"得到|受到|获|荣获|被|由|经|报送")
_TOWARDS = ("报送到", "选报")
_TO = re.compile(r"\A[到至给]?([^，,。；;、]{2,16})")


class Sentence:
    """One sentence of a document with the rows whose passages stand in it."""

    __slots__ = ("doc", "end", "rows", "start", "text")

    def __init__(self, doc: str, start: int, end: int, at: Context) -> None:
        self.doc, self.start, self.end = doc, start, end
        self.text = at.text(doc)
        self.rows: list[Row] = []

    @property
    def words(self) -> str:
        """The sentence."""
        return self.text[self.start : self.end].strip()

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """Offsets of the clause round a passage: up to the commas beside it, those inside quotation marks aside."""
        first = start
        while first > self.start and self.text[first - 1] not in "，,：:":
            first -= 1
        last = end
        while last < self.end and self.text[last] not in "，,：:":
            last += 1
        return first, last


def sentences(rows: list[Row], at: Context) -> Iterator[Sentence]:
    """The sentences in which the passages of *rows* stand, in the order of documents; longer passages than one
    sentence are left out.
    """
    found: dict[tuple[str, int, int], Sentence] = {}
    for row in rows:
        doc = document(row["article"])
        start, end = at.sentence(doc, row["start"], row["end"])
        if "。" in at.text(doc)[row["start"] : row["end"]]:
            continue
        key = doc, start, end
        if key not in found:
            found[key] = Sentence(doc, start, end, at)
        found[key].rows.append(row)
    for key in sorted(found):
        found[key].rows.sort(key=lambda row: (row["start"], -row["end"], row["thing"]))
        yield found[key]


def carried_out(rows: list[Row], at: Context) -> list[Row]:
    """Initiatives and what they carry out, as the cue right before a slogan or document says."""
    wanted = {"initiative": at.values["initiative"], "target": at.values["target"]}
    place = at.values["jurisdiction"]
    code = place.removeprefix("district/") if place else None
    found: dict[tuple[str, str, str], Row] = {}
    for sentence in sentences(at.placed(rows), at):
        initiatives = [row for row in sentence.rows if row["class"] == "Initiative"]
        targets = [row for row in sentence.rows if row["class"] != "Initiative"]
        for target in targets if initiatives else ():
            cue = _CARRIES_OUT.search(sentence.text[sentence.start : target["start"]])
            if not cue:
                continue
            for row in initiatives:
                between = (
                    sentence.text[target["end"] : row["start"]]
                    if row["start"] >= target["end"]
                    else sentence.text[row["end"] : target["start"]]
                )
                parallel = _CARRIES_OUT.search(sentence.text[sentence.start : row["start"]])
                if parallel or not _COMMA.search(between) or wanted["initiative"] not in (None, row["thing"]):
                    continue
                # What is itself carried out, beside the slogan in a list, carries nothing out.
                if wanted["target"] not in (None, target["thing"]) or code not in (None, row["thing"].split("/")[1]):
                    continue
                key = row["thing"], target["thing"], sentence.doc
                handles = (*row.get("evidence", ()), *target.get("evidence", ()))
                known = found.get(key)
                if known is None:
                    found[key] = {
                        "initiative": row["thing"],
                        "cue": cue[1],
                        "target": target["thing"],
                        "kind": target["class"],
                        "document": row["article"],
                        "sentence": sentence.words,
                        "evidence": handles,
                    }
                else:
                    known["evidence"] = tuple(dict.fromkeys((*known["evidence"], *handles)))
    return list(found.values())


def claimed_firsts(rows: list[Row], at: Context) -> list[Row]:
    """Initiatives with a word of being first in their own clause, and earlier ones of like names elsewhere."""
    rows = at.placed(rows)
    names = {row["thing"]: normal(at.label(row["thing"])) for row in rows}
    dates: defaultdict[str, list[str]] = defaultdict(list)
    places = {row["thing"]: row["place"] for row in rows}
    for row in rows:
        if row["date"]:
            dates[row["thing"]].append(row["date"])
    by_name: defaultdict[str, list[str]] = defaultdict(list)
    for thing in sorted(names):
        by_name[names[thing]].append(thing)
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for item in at.select("owners"):
        owners[item["initiative"]].add(item["owner"])
    found: dict[tuple[str, str], Row] = {}
    for sentence in sentences(rows, at):
        for row in sentence.rows:
            start, end = sentence.clause(row["start"], row["end"])
            before = _outside_quotes(sentence.text[start : row["start"]])
            cue = _FIRST.search(before) or _FIRST.search(_outside_quotes(sentence.text[row["start"] : end]))
            if not cue or at.values["jurisdiction"] not in (None, row["place"]):
                continue
            scope = _SCOPE.search(_outside_quotes(sentence.words))
            key = row["thing"], sentence.doc
            if key in found:
                found[key]["evidence"] = tuple(
                    dict.fromkeys((*found[key].get("evidence", ()), *row.get("evidence", ())))
                )
                continue
            earlier = [
                f"{at.label(other)}（{at.label(places[other])}，{min(dates[other])}）"
                for name, things in by_name.items()
                if name == names[row["thing"]] or _alike(name, names[row["thing"]], at.values["similarity"])
                for other in things
                if places[other] != row["place"]
                and row["date"]
                and dates[other]
                and surely_before(min(dates[other]), row["date"])
            ]
            found[key] = row | {
                "initiative": row["thing"],
                "cue": cue[0],
                "scope": scope[0] if scope else None,
                "owners": "、".join(sorted(at.label(owner) for owner in owners[row["thing"]])),
                "document": row["article"],
                "earlier": "；".join(sorted(earlier)),
                "sentence": sentence.words,
            }
    return list(found.values())


@lru_cache(maxsize=65536)
def _alike(one: str, other: str, limit: float) -> bool:
    if abs(len(one) - len(other)) > (1 - limit) * 2 * max(len(one), len(other)) or not set(one) & set(other):
        return False
    return likeness(one, other) >= limit


def _outside_quotes(words: str) -> str:
    return re.sub(r"“[^”]*(?:”|\Z)|《[^》]*(?:》|\Z)", "□", words)


def endorsements(rows: list[Row], at: Context) -> list[Row]:
    """Initiatives and documents with a word of endorsement after them in their sentence, before any other of them."""
    found: dict[tuple[str, str, str], Row] = {}
    for sentence in sentences(at.placed(rows), at):
        for row in sentence.rows:
            following = [item["start"] for item in sentence.rows if item["start"] >= row["end"]]
            after = _outside_quotes(sentence.text[row["end"] : min(following, default=sentence.end)])
            cue = _ENDORSED.search(after)
            # Another clause speaks of the same thing only where it leaves its own subject out.
            clause = _COMMA.split(after[: cue.start()]) if cue else []
            if not cue or (len(clause) > 1 and not _NO_SUBJECT.match(clause[-1] + cue[0])):
                continue
            by = _BY.search(clause[-1]) if cue[0] not in _TOWARDS else _TO.search(after[cue.end() :])
            key = row["thing"], sentence.doc, cue[0]
            if key in found:
                found[key]["evidence"] = tuple(
                    dict.fromkeys((*found[key].get("evidence", ()), *row.get("evidence", ())))
                )
                continue
            found[key] = row | {
                "endorsement": "转载" if cue[0] == "编发转载" else cue[0],
                "endorser": by[1] if by else None,
                "document": row["article"],
                "sentence": sentence.words,
            }
    return list(found.values())
