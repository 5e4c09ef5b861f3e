"""When two spellings are one: the forms under which names of gold and of readings are compared."""

from __future__ import annotations

import re
import unicodedata

_DROPPED = re.compile(r"[\s“”‘’\"'《》〈〉「」『』【】()、,·•;。]")
"""White space, quotation marks, brackets and light punctuation, after compatibility characters are folded."""

_HEAD = re.compile(
    r"(?:专题|主题|系列|实践|专项)*"
    r"(?:活动|行动|工作法|工作机制|机制|制度|品牌|平台|模式|工程|计划)$"
)
"""A generic noun at the end of a name, which one annotator keeps and another leaves out."""

_BODIES = (
    (re.compile(r"^中国人民政治协商会议(.+?)委员会$"), r"\1政协"),
    (re.compile(r"^政协(.+?)委员会(.*)$"), r"\1政协\2"),
    (re.compile(r"^中共(?!中央)(.+?)(?:委员会|委)$"), r"\1委"),
    (re.compile(r"人民政府"), "政府"),
)
"""Official spellings of a body and the short one that texts use, tried in this order."""

_RELATIVE = re.compile(
    r"^(?:中共)?[省市区县州旗镇乡村全我本]{0,3}"
    r"(?:委|委员会|政府|政协|人大|党组|政协党组|政协机关|常委会)$"
)
"""区政协, 市委, 我县政府: a name that only its place in the text makes one body's."""

_LEVEL = re.compile(r"(?:特别行政区|自治区|自治州|自治县|省|市|区|县|州|旗|盟)$")
_TERM = re.compile(r"^[一二三四五六七八九十]+届")
_LEVEL_BEFORE_BODY = re.compile(r"^[省市区县州旗镇乡](委|政协|政府)")

LOOSE = frozenset({"Initiative", "Slogan", "Meeting"})
"""Types whose names may have a generic noun at the end or not."""


def folded(words: object) -> str:
    """Words without white space, quotation marks and punctuation, compatibility characters folded (NFKC).

    >>> folded("“委员之家 · 议事厅”")
    '委员之家议事厅'
    >>> folded(None)
    ''
    """
    return _DROPPED.sub("", unicodedata.normalize("NFKC", str(words or "")))


def headless(words: str) -> str:
    """Folded words without the generic noun at their end, unless nothing else is left.

    >>> headless("“书香政协”系列活动"), headless("活动")
    ('书香政协', '活动')
    """
    plain = folded(words)
    return _HEAD.sub("", plain) or plain


def body(words: object) -> str:
    """The name of a body with its official spellings folded into the short ones.

    >>> body("中国人民政治协商会议昆山市委员会"), body("中共昆山市委"), body("中共中央")
    ('昆山市政协', '昆山市委', '中共中央')
    """
    plain = folded(words)
    for official, short in _BODIES:
        plain = official.sub(short, plain)
    return plain


def form(type: str, words: str) -> str:
    """The form under which names of a type are compared."""
    return body(words) if type == "Organisation" else headless(words) if type in LOOSE else folded(words)


def is_relative(type: str, form: str) -> bool:
    """Whether a form names a body only relative to its place in the text (市政协).

    >>> is_relative("Organisation", "市政协"), is_relative("Organisation", "昆山市政协")
    (True, False)
    """
    return type == "Organisation" and _RELATIVE.match(form) is not None


def place(words: object) -> str:
    """The name of a district without its level: 哈尔滨市 and 哈尔滨 are one place.

    >>> place("哈尔滨市")
    '哈尔滨'
    """
    return _LEVEL.sub("", folded(words))


def office(title: str, body: str) -> str:
    """Title and body as one string, what they share written once; both already folded.

    >>> office("县委书记", "乐亭县委") == office("书记", "乐亭县委") == "乐亭县委书记"
    True
    """
    title = _TERM.sub("", title)
    for length in range(min(len(title), len(body)), 0, -1):
        if body.endswith(title[:length]):
            return body + title[length:]
    level = _LEVEL_BEFORE_BODY.match(title)
    return body + (title[level.end() :] if level and body.endswith(level[1]) else title)
