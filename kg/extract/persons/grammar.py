"""What offices are made of: patterns over the flow in which districts and bodies are masked, and their word lists."""

from __future__ import annotations

import re

from kg import lexicon
from kg.extract.page import DISTRICT, HAN, NAMED_BODY

OFFICE = lexicon.alternation([row[0] for row in lexicon.rows("titles") if row[1] != "honour"])
_MARK = "原|时任|代理|代|现任|前任|名誉"
_HOLDER = f"(?:{NAMED_BODY}|{DISTRICT}+)"

TITLE = re.compile(rf"(?:{OFFICE})(?![会团制委级台])")
_QUALIFIER = rf"(?:[{HAN}]|（[{HAN}]{{2,8}}）){{0,13}}?"
_UNIT = rf"(?:原|时任)?{_HOLDER}?{_QUALIFIER}(?:{_MARK})?(?:{OFFICE})"
CHAIN = re.compile(rf"(?:{_UNIT}(?:[、，]|、?兼任?|、?并任)?)*{_UNIT}$")
"""An apposition, read leftwards from its last office: units of [body] [qualifier] office, joined by 、 or 兼."""
ONE = re.compile(
    rf"""
    (?P<former>原(?={NAMED_BODY}))?(?P<body>{_HOLDER})?
    (?P<qualifier>{_QUALIFIER})
    (?P<mark>原|时任|代|代理|现任|前任|名誉)?
    (?P<title>{OFFICE})
    (?=$|[、，\ ：:]|兼|并任|{NAMED_BODY}|{DISTRICT})
    """,
    re.VERBOSE,
)
"""One unit of an apposition."""
BEHIND = re.compile(
    r"""
    (?P<title>总书记
      |副?(?:主席|书记|主任|市长|区长|县长|局长|院长|部长|省长|会长|秘书长)
      |常委|委员|老人|代表(?=[，。、：；”]|说|表示|建议|提出|介绍)|同志|律师|教授|医生|老师|队长
    )(?![会团制们])
    """,
    re.VERBOSE,
)
"""An office right behind a name."""
HEAD_OF_DISTRICT = re.compile("(?:原|时任|代理|代)?(?:副|常务副|代)?(省|市|区|县|州|盟|旗|镇|乡)长|自治区副?主席")
HOLDS = re.compile(rf"(?:{NAMED_BODY})[{HAN}]{{0,6}}?(?:{OFFICE})的$")
TO_OFFICE = re.compile(
    rf"""
    (?:同志|等(?:\d+|[一二三四五六七八九十]+)[名位](?:同志|委员)?)*
    (?:[^，。；]{{0,12}}?(?:为|任|担任)|的|辞去)?
    (?P<office>{_HOLDER}?[{HAN}]{{0,6}}?(?:{OFFICE})(?!会))
    """,
    re.VERBOSE,
)
SEVERAL = re.compile(rf"(?:[两二三四五六七八九十]|\d+)[位名](?P<title>{OFFICE})")
AND_OTHERS = re.compile(
    rf"""
    (?:等(?!地|处|人(?!大)|也|都)(?:(?:\d+|[一二三四五六七八九十百]+)[余多]?[名位]|数[名位]|多[名位])?|(?P<all>[2-9]|[两三四五六七八九])[名位])
    (?P<body>{NAMED_BODY})?
    (?P<qualifier>(?![与和到在走深对]|同(?!志))[{HAN}]{{0,6}}?)
    (?P<title>{OFFICE})
    """,
    re.VERBOSE,
)
ASIDE = re.compile(
    r"""
    （(?:挂职|主持工作|援[疆藏青]|不驻会|驻会|非驻会|到龄|列席|兼|代理|代|聘任|非领导职务|[正副][省厅县处科]长?级|退休|女|[^（），。]{1,4}族)
    [^（）]{0,6}）
    """,
    re.VERBOSE,
)
"""A remark in brackets between an office and a name, or behind a name: （主持工作）, （女）."""
