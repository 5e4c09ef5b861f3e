"""What each line is, and which sections the lines make."""

from __future__ import annotations

import pytest

from kg.model import Document
from kg.sources import loads, people

SAID = "市政协坚持学习，抓好落实，各项工作取得成效。"


def read(*lines: str) -> Document:
    return loads("\n\n".join(lines).encode())


def kinds(document: Document) -> list[str]:
    return [line.kind for line in document.lines]


def outline(document: Document) -> list[tuple[int, str, str, str]]:
    return [(s.level, s.label, s.heading, s.speaker) for s in document.sections]


@pytest.mark.parametrize(
    "line",
    [
        "木兰县政协", "阿城区政协党组", "市政协机关党组", "中共富县县委", "元江县委", "东乌珠穆沁旗政协", "巴州政协", "锡林郭勒盟委",
        "昆山市人民政府", "和静县人大常委会", "乐亭县纪委监委", "市政协经济委员会履职党总支", "市中级人民法院", "区人民检察院",
        "民盟苏州市委", "九三学社昆山市委员会", "市工商联", "浦东新区政协办公室", "市教育局", "和平区政协", "无为市政协",
        "木兰县政协主席 王小明", "中共通河县委书记 吉 林", "松北区政协党组书记、主席 欧阳文", "和静县政协副主席 买买提·艾力",
        "市政协副主席、民盟市委主委 李四海", "元江县政协主席王小明", "王小明（市政协委员）", "全国政协委员、某大学教授 王小明",
    ],
)  # fmt: skip
def test_speakers(line: str) -> None:
    assert people.is_speaker(line)
    assert kinds(read("凝心聚力开新局", "把握政治方向", line, SAID))[2] == "speaker"


@pytest.mark.parametrize(
    "line",
    [
        "书香政协", "打造一流区政协", "走进新时代的人民政协", "开创全市发展新格局", "服务全区发展大局", "让委员走进社区", "县委书记 扛起责任",
        "市政协主席带头履职", "加强阵地建设 拓宽建言渠道", "在政协市委员会会议上", "“1158”工作法拓宽渠道",
    ],
)  # fmt: skip
def test_headings_that_look_like_speakers(line: str) -> None:
    assert not people.is_speaker(line)
    assert kinds(read("凝心聚力开新局", SAID, line, SAID.replace("学习", "协商")))[2] == "heading"


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("滇池时报·基层 记者 顾 然 通讯员 翟光明", ("顾然", "翟光明")),
        ("本报记者 王小明", ("王小明",)),
        ("■本报记者 王小明/文 刘大齐/摄", ("王小明", "刘大齐")),
        ("□本报记者 王小明", ("王小明",)),
        ("记者 吉 林 通讯员 欧阳文 李四", ("吉林", "欧阳文", "李四")),
        ("记者王小明 通讯员李四", ("王小明", "李四")),
        ("◎王小明 李四", ("王小明", "李四")),
        ("作者：王小明、李四", ("王小明", "李四")),
        ("作者：县政协办公室 王小明", ("王小明",)),
        ("文/王小明 图/李四", ("王小明", "李四")),
        ("其木格/文 巴特尔/摄", ("其木格", "巴特尔")),
        ("（记者 买买提·艾力 通讯员 张 帆）", ("买买提·艾力", "张帆")),
        ("某某日报记者 王小明", ("王小明",)),
    ],
)
def test_bylines(line: str, authors: tuple[str, ...]) -> None:
    document = read("凝心聚力开新局", line, SAID)
    assert (kinds(document)[1], document.meta.authors) == ("byline", authors)


@pytest.mark.parametrize(
    ("paragraph", "authors"),
    [
        ("本报讯（记者 王小明 通讯员 李四）昨日，市政协召开会议。", ("王小明", "李四")),
        ("本报某某镇11月6日电（记者 敖 晨 其木格）昨日，市政协召开会议。", ("敖晨", "其木格")),
        ("文昌讯（记者 王小明）昨日，市政协召开会议。", ("王小明",)),
        ("会上，委员们踊跃发言。（韩 冰 赵国栋）", ("韩冰", "赵国栋")),
        ("会上，委员们踊跃发言。（据新华社）", ()),
        ("会议审议了《条例》（草案）", ()),
    ],
)
def test_reporters_named_in_a_paragraph(paragraph: str, authors: tuple[str, ...]) -> None:
    document = (
        read("凝心聚力开新局", SAID, paragraph) if paragraph[0] == "会" else read("凝心聚力开新局", paragraph, SAID)
    )
    assert document.meta.authors == authors
    assert paragraph in document.flow


def test_editors_are_no_authors() -> None:
    assert read("凝心聚力开新局", SAID, "责任编辑：王小明").meta.authors == ()


@pytest.mark.parametrize(
    "line",
    [
        "▲委员在社区开展活动", "图为座谈会现场。", "市政协座谈会现场。", "委员在田间调研。王小明/摄", "上图：委员在调研。",
        "委员与群众交流。 本报记者 王小明 摄", "（某市政协供图）", "委员们在会后合影。",
    ],
)  # fmt: skip
def test_captions(line: str) -> None:
    assert kinds(read("凝心聚力开新局", line, SAID))[1] == "caption"


MASTHEADS = [
    (["滇池日报 2024年11月27日 星期三 06", "政协专刊 责任编辑：龚 劼 美术编辑：曾娅琳"], "滇池日报", "2024-11-27"),
    (
        ["滇池日报 DIANCHI RIBAO", "2025.2.21 星期五 A4", "特别报道 值班编委/唐 毅 检校/那淑清"],
        "滇池日报",
        "2025-02-21",
    ),
    (["3版 协商滇池 执行主编：莫 莉"], "", None),
]


@pytest.mark.parametrize(("head", "publisher", "date"), MASTHEADS, ids=[m[0][0] for m in MASTHEADS])
def test_a_masthead_is_no_title(head: list[str], publisher: str, date: str | None) -> None:
    document = read(*head, "凝心聚力开新局", SAID)
    assert (document.meta.title, document.meta.publisher, document.meta.date) == ("凝心聚力开新局", publisher, date)


def test_short_lines_of_a_page_are_not_taken_for_broken_ones() -> None:
    parts = [f"望江区政协主席 邵立{name}\n钢城里的“会客厅”建起来\n\n{SAID * 3}" for name in "新民国华"]
    document = loads(f"同题共答振兴卷\n\n{chr(10) * 2}{(chr(10) * 2).join(parts)}".encode(), "page.txt")
    speakers = [document.flow[line.start : line.end] for line in document.lines if line.kind == "speaker"]
    assert speakers == [f"望江区政协主席 邵立{name}" for name in "新民国华"]


def test_a_line_of_a_site_gives_its_date_source_and_authors() -> None:
    line = "作者：秦若谷 编辑：白丽丹 来源：边城先锋网 日期：2025-10-22 浏览：1326次"
    meta = read("凝心聚力开新局", line, SAID).meta
    assert (meta.authors, meta.source, meta.date) == (("秦若谷",), "边城先锋网", "2025-10-22")


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        (["在市政协会议上的讲话", "市政协主席 王小明", "（2021年12月25日）", SAID], "2021-12-25"),
        (["凝心聚力开新局", "２０２２年５月７日", SAID], "2022-05-07"),
        (["凝心聚力开新局", "二〇二二年十二月三十一日", SAID], "2022-12-31"),
        (["凝心聚力开新局", "2022-05-07 10:30 来源：某某日报", SAID], "2022-05-07"),
        (["凝心聚力开新局", SAID, "市政协办公室", "2022年5月7日"], "2022-05-07"),
        (["凝心聚力开新局", "2022年5月7日，市政协召开会议。", SAID], None),
        (["凝心聚力开新局", SAID, "（2022年5月7日）", SAID + "会议圆满结束。"], None),
        (["凝心聚力开新局", "（2022年13月7日）", SAID], None),
    ],
)
def test_date_of_the_document(lines: list[str], date: str | None) -> None:
    meta = read(*lines).meta
    assert (meta.date, meta.date_basis) == (date, "stated" if date else "unknown")


@pytest.mark.parametrize(
    ("lines", "title", "subtitle"),
    [
        (["凝心聚力开新局 履职尽责谱新篇", SAID], "凝心聚力开新局 履职尽责谱新篇", ""),
        (["# 凝心聚力开新局", "## ——座谈会发言摘登", SAID], "凝心聚力开新局", "座谈会发言摘登"),
        (["凝心聚力开新局", "—座谈会发言摘编", "本报记者 王小明", SAID], "凝心聚力开新局", "座谈会发言摘编"),
        (["凝心聚力开新局", "──市政协工作综述", SAID], "凝心聚力开新局", "市政协工作综述"),
        (
            ["凝心聚力开新局", "在政协某市委员会会议上的讲话", "市政协主席 王小明", SAID],
            "凝心聚力开新局",
            "在政协某市委员会会议上的讲话",
        ),
        (["凝心聚力开新局", "我市举行提案交办会", "本报记者 王小明", SAID], "凝心聚力开新局", "我市举行提案交办会"),
        (["【一线传真】", "凝心聚力开新局", SAID], "凝心聚力开新局", ""),
        (["我们为什么要协商？", SAID], "我们为什么要协商？", ""),
        ([SAID, SAID.replace("学习", "协商")], "", ""),
        (["一、工作回顾", SAID], "", ""),
    ],
)
def test_title_and_subtitle(lines: list[str], title: str, subtitle: str) -> None:
    meta = read(*lines).meta
    assert (meta.title, meta.subtitle) == (title, subtitle)


A, B = SAID, SAID.replace("学习", "协商")
TITLE = "凝心聚力开新局"
TOP = (0, "", "", "")


@pytest.mark.parametrize(
    ("lines", "sections"),
    [
        # heading and speaker belong together, in either order
        ([TITLE, "把握方向", "甲县政协", A, "突出引领", "乙县政协", B], [TOP, (1, "", "把握方向", "甲县政协"), (1, "", "突出引领", "乙县政协")]),
        ([TITLE, "甲县政协", "把握方向", A, "乙县政协", "突出引领", B], [TOP, (1, "", "把握方向", "甲县政协"), (1, "", "突出引领", "乙县政协")]),
        ([TITLE, "甲县政协", A, "乙县政协", B], [TOP, (1, "", "", "甲县政协"), (1, "", "", "乙县政协")]),
        ([TITLE, "把握方向", "▲委员在调研。", "甲县政协", A, "乙县政协", B], [TOP, (1, "", "把握方向", "甲县政协"), (1, "", "", "乙县政协")]),
        # headings within a speaker's section rank below it
        ([TITLE, "甲县政协", "把握方向", A, "重视培训", B], [TOP, (1, "", "把握方向", "甲县政协"), (2, "", "重视培训", "")]),
        ([TITLE, "甲县政协", "一、把握方向", A, "二、重视培训", B], [(0, "", "", "甲县政协"), (1, "一", "把握方向", ""), (1, "二", "重视培训", "")]),
        # whoever gives the whole text speaks for section 0
        ([TITLE, "甲县政协主席 王小明", "（2021年12月25日）", "各位委员：", A], [(0, "", "", "甲县政协主席 王小明")]),
        ([TITLE, "甲县政协主席 王小明", A, "一、工作回顾", B], [(0, "", "", "甲县政协主席 王小明"), (1, "一", "工作回顾", "")]),
        # Markdown
        (["# " + TITLE, "## 把握方向", "### 甲县政协", A, "## 突出引领", "### 乙县政协", B], [TOP, (1, "", "把握方向", "甲县政协"), (1, "", "突出引领", "乙县政协")]),
        (["# " + TITLE, "## 甲县政协", A, "### 重视培训", B], [TOP, (1, "", "", "甲县政协"), (2, "", "重视培训", "")]),
        (["# " + TITLE, "### 甲", A, "##### 乙", B], [TOP, (1, "", "甲", ""), (2, "", "乙", "")]),
        # numbered parts
        ([TITLE, "一、回顾工作", "（一）加强学习", A, "（二）加强调研", B, "二、展望明年", "1.抓好提案", A + "好。"],
         [TOP, (1, "一", "回顾工作", ""), (2, "（一）", "加强学习", ""), (2, "（二）", "加强调研", ""), (1, "二", "展望明年", ""), (2, "1", "抓好提案", "")]),
        ([TITLE, "（一）只有坚持学习，才能进步。" + A, "（二）只有坚持协商，才能共识。" + B],
         [TOP, (1, "（一）", "只有坚持学习，才能进步", ""), (1, "（二）", "只有坚持协商，才能共识", "")]),
        ([TITLE, "（一）加强学习；", "（二）加强调研。"], [TOP]),
        ([TITLE, "第一章 总则", A, "第二章 分则", B], [TOP, (1, "第一章", "总则", ""), (1, "第二章", "分则", "")]),
        # boxes out of order
        ([TITLE, "B 乙事办好", A, "D 丁事办好", B, "A 甲事办好", A + "好。", "C 丙事办好", B + "好。"],
         [TOP, (1, "A", "甲事办好", ""), (1, "B", "乙事办好", ""), (1, "C", "丙事办好", ""), (1, "D", "丁事办好", "")]),
        ([TITLE, "二、乙事办好", "（一）乙之一", A, "一、甲事办好", B],
         [TOP, (1, "一", "甲事办好", ""), (1, "二", "乙事办好", ""), (2, "（一）", "乙之一", "")]),
        # no clean permutation: as read
        ([TITLE, "C 丙事办好", A, "A 甲事办好", B], [TOP, (1, "C", "丙事办好", ""), (1, "A", "甲事办好", "")]),
        ([TITLE, "二、乙事办好", A, "一、甲事办好", B, "一、另一事", A + "好。"],
         [TOP, (1, "二", "乙事办好", ""), (1, "一", "甲事办好", ""), (1, "一", "另一事", "")]),
    ],
)  # fmt: skip
def test_sections(lines: list[str], sections: list[tuple[int, str, str, str]]) -> None:
    assert outline(read(*lines)) == sections


def test_a_part_moves_with_all_it_holds() -> None:
    document = read(TITLE, "B 乙事办好", B, "甲乙丙丁都说好。", "A 甲事办好", A)
    assert document.flow.split("\n") == [TITLE, "A 甲事办好", A, "B 乙事办好", B, "甲乙丙丁都说好。"]
    assert document.text[document.offsets[document.flow.index("甲乙丙丁")]] == "甲"


def test_interleaved_columns_are_told_apart_by_the_word_that_breaks() -> None:
    first, rest = (
        "提案质量首先在于源头，市政协面向社会征集线索二百余条，梳理形成重点提案一批",
        "涉及民生的提案占了六成。",
    )
    second, end = "提案办理重在协商，市政协建立协商办理制度，推动提案办理从答复转向落", "地生根。委员们都很满意。"
    document = read(TITLE, "A 源头抓好", first, "B 过程抓实", second, rest, end)
    assert document.flow.split("\n")[1:] == ["A 源头抓好", first + rest, "B 过程抓实", second + end]


def test_many_short_lines_are_a_list_not_headings() -> None:
    document = read(TITLE, SAID, "甲乙丙丁", "戊己庚辛", "子丑寅卯", "辰巳午未", SAID.replace("学习", "协商"))
    assert kinds(document) == ["title"] + ["paragraph"] * 6


def test_a_body_that_signs_the_text_opens_no_section() -> None:
    document = read(TITLE, SAID, "市政协办公室", "2022年5月7日")
    assert kinds(document) == ["title", "paragraph", "byline", "dateline"]
    assert len(document.sections) == 1


def test_what_section_a_line_belongs_to() -> None:
    document = read(TITLE, A, "把握方向", "甲县政协", B)
    assert [line.section for line in document.lines] == [0, 0, 1, 1, 1]
    assert document.sections[1].name == "甲县政协"
