"""Where a personal name ends."""

from __future__ import annotations

import pytest

from kg.chinese import names, tokens

FACTS = [
    # text with the place of the name marked by |, the name
    ("法律顾问|周洁正在为群众普法", "周洁"),
    ("主席|欧阳文静说", "欧阳文静"),
    ("副主席|吉 林参加", "吉林"),
    ("书记|买合木提·阿不都热依木在会上要求", "买合木提·阿不都热依木"),
    ("牧民|那顺巴雅尔说", "那顺巴雅尔"),
    ("局长|杨从军和果农", "杨从军"),
    ("村民|买买提·依明说：“好", "买买提·依明"),
    ("市长|巴音克西克分别领办", "巴音克西克"),
    ("委员|高建国说", "高建国"),
    ("县委副书记|向长明在会上表扬", "向长明"),
    ("区政协主席|周明玉带队学习", "周明玉"),
]


@pytest.mark.parametrize(("marked", "name"), FACTS, ids=[f[1] for f in FACTS])
def test_where_a_name_ends(marked: str, name: str) -> None:
    at = marked.index("|")
    text = marked.replace("|", "")
    found = names.match(text, at, tokens.starts(text))
    assert found is not None
    assert found.name == name


NOT_NAMES = ["|高度重视", "|和机关干部", "|向全县宣讲", "|管理有方", "|于是决定", "|的同志"]


@pytest.mark.parametrize("marked", NOT_NAMES)
def test_what_is_no_name(marked: str) -> None:
    text = marked.replace("|", "")
    assert names.match(text, 0, tokens.starts(text)) is None
