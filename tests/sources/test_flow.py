"""The text as read and the flow repaired from it, character for character."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Document
from kg.sources import loads
from kg.sources.rows import fold, rows

LEAD = "市政协召开常委会会议，听取提案办理情况。"


def flow(text: str) -> str:
    """The flow of a paragraph, which a complete sentence precedes."""
    return "\n".join(loads(f"{LEAD}\n\n{text}".encode()).flow.split("\n")[1:])


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("立案７２４件，办结率９８．５％。", "立案724件，办结率98.5%。"),
        ("收到提案1,954件,其中重点提案12件;均已办结。", "收到提案1,954件，其中重点提案12件；均已办结。"),
        ("会议于9:30开始:听取汇报。", "会议于9:30开始：听取汇报。"),
        ("怎么办?好!真的吗?!是的。", "怎么办？好！真的吗？！是的。"),
        ("工作站(室)和协商平台(试行)已建成(2022)。", "工作站（室）和协商平台（试行）已建成（2022）。"),
        ("函数f(x)的值为3:2。", "函数f（x）的值为3:2。"),
        ("「有事好商量」和『众人的事』", "“有事好商量”和‘众人的事’"),
        ('开展"送温暖"和"送文化"活动。', "开展“送温暖”和“送文化”活动。"),
        ('开展"送\n温暖"和"送文化"活动。', "开展“送温暖”和“送文化”活动。"),
        ("5月 23 日,值此 75 华诞 ,召开会议。", "5月23日，值此75华诞，召开会议。"),
        ("“ 书香政协 ”活动 和《 条例 》", "“书香政协”活动 和《条例》"),
        ("委员\u200b会\u00ad议\ufeff开\u202e得好。", "委员会议开得好。"),
        ("王\u3000\u3000强和\t李\u00a0明发言。", "王 强和 李 明发言。"),
        ("**重点**工作和__难点__工作。", "重点工作和难点工作。"),
        ("见[政协章程](https://example.org/a)第三条。", "见政协章程第三条。"),
        ("艾山江•吐尔逊和买买提‧艾力发言。", "艾山江·吐尔逊和买买提·艾力发言。"),
        ("⼈⺠政协制度。", "人⺠政协制度。"),
        ("　　会议指出，要凝聚共识。  ", "会议指出，要凝聚共识。"),
        ("> 会议指出，要凝聚共识。", "会议指出，要凝聚共识。"),
        ("- 会议指出，要凝聚共识。\n- 会议强调，要狠抓落实。", "会议指出，要凝聚共识。\n会议强调，要狠抓落实。"),
        ("■会议指出，要凝聚共识。●", "会议指出，要凝聚共识。"),
        ("第一段。\n\n* * *\n\n————\n\n第二段。", "第一段。\n第二段。"),
        ("第一段。\r\n\r\n（下转第三版）\r\n第二段。", "第一段。\n第二段。"),
    ],
)
def test_characters(text: str, repaired: str) -> None:
    assert flow(text) == repaired


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_newlines_stay_in_the_text_and_become_one_in_the_flow(newline: str) -> None:
    text = f"{LEAD}{newline}{newline}会议强调，要狠抓落实。{newline}"
    document = loads(text.encode())
    assert document.text == text
    assert document.flow == f"{LEAD}\n会议强调，要狠抓落实。"
    assert document.text[document.offsets[len(LEAD)]] == newline[0]


@pytest.mark.parametrize("text", ["政协", "（一）a,b", "⼈"])
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_marks_and_indent_of_a_row() -> None:
    (row,) = rows("　　▲ 委员在调研。")
    assert (row.indent, row.marks, row.words, row.runs) == (4, "▲", "委员在调研。", ((4, 10),))


@pytest.mark.parametrize(
    ("pieces", "joined"),
    [
        (["他们是“政协", "", "委员进校园”活动的常客。"], "他们是“政协委员进校园”活动的常客。"),
        (["今年以来，市政协先后组织委员深入乡镇街道和企业学校开展调研视察活动二十余次，形", "", "", "", "成报告八篇。"],
         "今年以来，市政协先后组织委员深入乡镇街道和企业学校开展调研视察活动二十余次，形成报告八篇。"),
        (["依托“读书月”活动，把经典诵读", "", "和阅读分享结合起来。"], "依托“读书月”活动，把经典诵读和阅读分享结合起来。"),
        (["常抓不懈以作风纪", "", "律建设提升形象。"], "常抓不懈以作风纪律建设提升形象。"),
        (["近日，市政协围绕优化营商环境组织委员赴基层开展专题调研视察协商活动，并通过App", "", "Store发布成果。"],
         "近日，市政协围绕优化营商环境组织委员赴基层开展专题调研视察协商活动，并通过App Store发布成果。"),
        (["委员们说，要把学习成果转化为履职实效，在服务大局中展现担当作为，为全市发", "▲图为座谈会现场。", "展献计出力。"],
         "委员们说，要把学习成果转化为履职实效，在服务大局中展现担当作为，为全市发展献计出力。\n图为座谈会现场。"),
        (["会议强调，要学深悟透会议精神，结合实际抓好贯彻落实，推动各项工作", "", "抓好贯彻落实，推动各项工作", "", "再上新台阶。"],
         "会议强调，要学深悟透会议精神，结合实际抓好贯彻落实，推动各项工作再上新台阶。"),
        # the last piece would carry on either of the two before it: it stays where it stands
        (["3月12日，委员们来到元", "", "江哈尼族彝族傣族自治县的芒果园里议事，十几条长凳围成一圈，县政协主席", "", "、副主席都来了。"],
         "3月12日，委员们来到元江哈尼族彝族傣族自治县的芒果园里议事，十几条长凳围成一圈，县政协主席、副主席都来了。"),
    ],
)  # fmt: skip
def test_broken_paragraphs_are_joined(pieces: list[str], joined: str) -> None:
    assert flow("\n".join(pieces)) == joined


@pytest.mark.parametrize(
    "pieces",
    [
        ["第一件事办好了。", "第二件事也办好了。"],
        ["他说：“办好了。”", "大家都笑了。"],
        ["要做好以下工作：", "一是学习，二是调研。"],
        ["强化理论武装，筑牢思想根基", "市政协坚持学习。"],
        ["回顾一年工作的收获", "过去的一年，我们坚持学习。"],
        ["把特色产业越做越大", "海北州政协持续建言。"],
    ],
)
def test_whole_paragraphs_stay_apart(pieces: list[str]) -> None:
    assert flow("\n".join(pieces)) == "\n".join(pieces)
    assert flow("\n\n".join(pieces)) == "\n".join(pieces)


@pytest.mark.parametrize("indent", ["　　", "    ", ""])
@pytest.mark.parametrize("width", [18, 26, 34])
def test_lines_broken_at_a_fixed_width_are_joined(indent: str, width: int) -> None:
    paragraphs = [
        "今年以来，市政协认真学习贯彻党的创新理论，紧紧围绕全市中心工作履职尽责，组织委员深入基层一线开展调研视察，广泛听取群众意见。",
        "会议要求，各专门委员会要结合自身特点，精心选择协商议题，改进协商方式方法，提高建言资政质量，把协商成果转化为推动发展的实际举措。",
        "会议强调，要加强委员队伍建设，完善履职考核办法，激发广大委员干事创业的热情，努力在服务大局中展现新担当新作为。",
    ]
    wrapped = ["\n".join((indent + p)[i : i + width] for i in range(0, len(indent + p), width)) for p in paragraphs]
    text = ("\n" if indent else "\n\n").join(wrapped)
    assert loads(text.encode()).flow == "\n".join(paragraphs)


FRAGMENT = "推动协商成果落地见效，确保政协工作与中心工作同频共振。"
LONG = "今年以来，市政协组织委员深入乡镇街道和企业学校开展调研视察活动二十余次，形成报告八篇，协商成果得到市委、市政府主要领导批示。"
BROKEN = "县政协主席会议成员逐一走访联系的村和社区，与群众面对面交流，"
WHOLE = "市政协把党的领导贯穿履职全过程，" + FRAGMENT


@pytest.mark.parametrize(
    ("pieces", "left"),
    [
        ([WHOLE, WHOLE], [WHOLE]),
        ([WHOLE, FRAGMENT], [WHOLE]),
        ([FRAGMENT, WHOLE], [WHOLE]),
        ([WHOLE, "委员们畅所欲言。", "委员们畅所欲言。"], [WHOLE, "委员们畅所欲言。", "委员们畅所欲言。"]),
        ([WHOLE, "确保政协工作与中心工作同频共振，这是根本。"], [WHOLE, "确保政协工作与中心工作同频共振，这是根本。"]),
        # a fragment of a paragraph that was itself broken
        ([WHOLE[:25], WHOLE[25:], FRAGMENT], [WHOLE]),
        # a stretch cut out of the middle, which must not run into what follows
        ([LONG, LONG[6:50], "委员们畅所欲言。"], [LONG, "委员们畅所欲言。"]),
        # one that stands within a broken paragraph, whose ends meet again
        ([LONG, BROKEN + "五位委员担任村民议事会的监督", LONG[6:50], "委员，年底述职。"], [LONG, BROKEN + "五位委员担任村民议事会的监督委员，年底述职。"]),
        ([LONG, BROKEN + "会议要求加强督办，工作不走", LONG[30:], "过场。"], [LONG, BROKEN + "会议要求加强督办，工作不走过场。"]),
        # its ends do not meet again: the broken one may go on with it
        ([WHOLE, BROKEN + "全程把关，着力", FRAGMENT, LONG], [WHOLE, BROKEN + "全程把关，着力" + FRAGMENT, LONG]),
        # it ends otherwise than in the longer paragraph: another's own words
        ([WHOLE, FRAGMENT.replace("。", "！")], [WHOLE, FRAGMENT.replace("。", "！")]),
    ],
)  # fmt: skip
def test_repeats_are_left_out(pieces: list[str], left: list[str]) -> None:
    assert flow("\n\n".join(pieces)) == "\n".join(left)


def test_a_copy_that_strayed_into_the_section_before_is_left_out_there() -> None:
    text = f"标题在此\n\n甲县政协\n\n甲县政协开展协商议政，成效明显。\n\n{WHOLE}\n\n{FRAGMENT}\n\n乙县政协\n\n乙县政协重视学习，抓好培训。\n\n{WHOLE}"
    document = loads(text.encode())
    sections = [document.flow[s.start : s.end].strip().split("\n")[1:] for s in document.sections[1:]]
    assert sections == [["甲县政协开展协商议政，成效明显。"], ["乙县政协重视学习，抓好培训。", WHOLE]]


def test_a_section_never_loses_its_only_paragraph() -> None:
    text = f"标题在此\n\n甲县政协\n\n{WHOLE}\n\n乙县政协\n\n{WHOLE}"
    assert loads(text.encode()).flow.count(WHOLE) == 2


# ── properties ───────────────────────────────────────────────────────────────────────────────────────────────────────
ALPHABET = "政协委员会主席区市县的和一二三，。、；：？！“”‘’《》（）()【】,.;:?!\"'#*>-—▲■●· \t\u3000\n\r0123456789０％ABab[]_\u200b\ufeff\x1f\x85\u2028年月日记者摄图为"
ANY = st.one_of(
    st.text(st.sampled_from(ALPHABET), max_size=400),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200),
    st.lists(
        st.sampled_from([
            "## 道里区政协", "阿城区政协党组", "甲县政协主席 王小明", "把握政治方向 强化武装头脑", "一、回顾", "（一）只有坚持，才有作为。人民政协",
            "B 改革创新", "A 谋定而动", "市政协召开会议，听取通报，", "走基层活动。", "本报记者 王小明/文", "▲委员在调研。", "（2021年12月25日）",
            "各位委员，同志们：", "——座谈会发言摘登", "", "", "推动协商成果落地见效，确保同频共振。", "1.加强学习。学习好。",
        ]),
        max_size=30,
    ).map("\n".join),
)  # fmt: skip
FOLDED = {"“": '"＂「『﹁〝“', "”": '"＂」』﹂〞”', "‘": "『﹃‘", "’": "』﹄’"}


def corresponds(read: str, repaired: str) -> bool:
    """Whether *repaired* is what the documented foldings make of *read*."""
    if read == repaired or (repaired in FOLDED and read in FOLDED[repaired]):
        return True
    if repaired in " \n":
        return repaired == "\n" or read.isspace()
    if repaired == "·":
        return read in "・‧∙⋅･•"
    if repaired == "—":
        return read in "─━―"
    return unicodedata.normalize("NFKC", read) == unicodedata.normalize("NFKC", repaired)


def check(document: Document) -> None:
    text, flow, offsets = document.text, document.flow, document.offsets
    assert len(flow) == len(offsets)
    assert all(0 <= at < len(text) for at in offsets)
    for at, repaired in zip(offsets, flow, strict=True):
        assert corresponds(text[at], repaired), (text[at], repaired)
    at = 0
    for n, line in enumerate(document.lines):
        assert line.start == at
        assert line.end > line.start
        assert "\n" not in flow[line.start : line.end]
        at = line.end + 1
        assert line.end == len(flow) if n == len(document.lines) - 1 else flow[line.end] == "\n"
    at = 0
    for n, section in enumerate(document.sections):
        assert (section.index, section.start) == (n, at)
        at = section.end
    assert at == len(flow)
    for line in document.lines:
        section = document.sections[line.section]
        assert section.start <= line.start <= line.end <= section.end
    inside = [at for at, c in zip(offsets, flow, strict=True) if c != "\n"]
    assert len(inside) == len(set(inside))


@settings(max_examples=400, deadline=None)
@given(ANY)
def test_every_text_gives_a_sound_document(text: str) -> None:
    check(loads(("政协委员召开全体会议协商" + text).encode()))
    check(loads((text + "\n政协委员召开全体会议协商").encode()))


def test_a_line_set_with_spaces_between_its_characters_is_read_without_them() -> None:
    assert (
        flow("甲 县 政 协 工 作 综 述\n\n县政协召开会议，副主席吉 林到会。")
        == "甲县政协工作综述\n县政协召开会议，副主席吉 林到会。"
    )
