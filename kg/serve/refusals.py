"""Why a named question has no answer, in the reader's language; where a name means several things, those as links."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from kg.ask import Question

_SEVERAL = re.compile(
    r"may be any of (?P<count>\d+) things[^:]*: (?P<listed>.*); give one of these identities", re.DOTALL
)
_ONE = re.compile(r"(?P<name>.+?) (?P<id>[a-z]+/[^\s,]+)(?:, | and \d+ more|$)", re.DOTALL)
_NONE = re.compile(r"nothing(?: of type \w+)? in this build has this name")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer."""

    words: dict[str, str]
    """``zh`` and ``en``."""
    detail: str = ""
    """In English, what ``zh`` leaves out."""
    things: tuple[tuple[str, str, str], ...] = ()
    """What a name may mean: name, identity, and the page of the question asked about it."""


def refused(message: str, asked: Question, given: Mapping[str, str]) -> Refusal:
    """What a page says of *message*, with which *asked* was refused the values *given*."""
    name = next((key for key, value in given.items() if message.startswith(f"{value!r}")), "")
    value = given.get(name, "")
    if name and (found := _SEVERAL.search(message)):
        things = tuple(
            (one["name"], one["id"], f"/ask/{asked.name}?{urlencode({**given, name: one['id']})}")
            for one in _ONE.finditer(found["listed"])
        )
        if things:
            count = int(found["count"])
            more = count > len(things)
            return Refusal(
                {
                    "zh": f"“{value}”可能指 {count} 个对象，请选一个"
                    + ("（只列出一部分，可把名称写全）：" if more else "："),
                    "en": f"“{value}” may mean any of {count} things; choose one"
                    + (" (not all are listed; give more of the name):" if more else ":"),
                },
                things=things,
            )
    if name and _NONE.search(message):
        return Refusal({
            "zh": f"这个构建里没有叫“{value}”的对象。可在页首按名称查找。",
            "en": f"Nothing in this build is called “{value}”. Look for names at the top of the page.",
        })  # fmt: skip
    return Refusal({"zh": "这样问不能回答：", "en": message}, detail=message)
