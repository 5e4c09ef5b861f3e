"""People and the offices the text gives them."""

from __future__ import annotations

import pytest

from .conftest import Read, of

FACTS = [
    # text, place, name -> offices as (title, body)
    ("五华区政协党组书记、主席王建业主持会议。", "", {"王建业": {("党组书记", "五华区政协"), ("主席", "五华区政协")}}),
    (
        "县政协副主席刘志远、陈晓红、吉 林参加。",
        "禄劝县",
        {n: {("副主席", "禄劝县政协")} for n in ("刘志远", "陈晓红", "吉林")},
    ),
    ("区委副书记、代区长周文静讲话。", "五华区", {"周文静": {("副书记", "五华区委"), ("代区长", "五华区政府")}}),
    (
        "县政协委员、禄劝蓝天救援队队长何晓远赶赴现场。",
        "禄劝县",
        {"何晓远": {("委员", "禄劝县政协"), ("队长", "禄劝蓝天救援队")}},
    ),
    ("县政协主席欧阳文说，工作要抓实。", "禄劝县", {"欧阳文": {("主席", "禄劝县政协")}}),
    ("旗长那顺巴雅尔介绍了情况。", "东乌珠穆沁旗", {"那顺巴雅尔": {("旗长", "东乌珠穆沁旗政府")}}),
    ("县委书记买合木提·吐尔逊强调，要抓落实。", "和静县", {"买合木提·吐尔逊": {("书记", "和静县委")}}),
    ("县政协办公室副主任（主持工作）何燕带队走访。", "禄劝县", {"何燕": {("副主任", "禄劝县政协办公室")}}),
    ("会议增选杨帆同志为县政协副主席。", "禄劝县", {"杨帆": {("副主席", "禄劝县政协")}}),
    ("县水利局局长杨从军和三十多名果农坐在一起。", "禄劝县", {"杨从军": {("局长", "禄劝县水利局")}}),
]


@pytest.mark.parametrize(("text", "place", "people"), FACTS, ids=[f[0] for f in FACTS])
def test_people_and_posts(read: Read, text: str, place: str, people: dict[str, set[tuple[str, str]]]) -> None:
    found = of(read(text, place=place), "Person")
    assert {name: {(p.title, p.org) for p in e.posts} for name, e in found.items()} == people


def test_a_member_in_a_section_belongs_to_its_body(read: Read) -> None:
    text = "## 履职为民\n\n### 五华区政协\n\n暴雨中，林晓等20余名政协委员投身一线，政协委员高建国说，责无旁贷。"
    found = of(read(text, title="昆明市各区政协工作扫描"), "Person")
    assert {name: {(p.title, p.org) for p in e.posts} for name, e in found.items()} == {
        "林晓": {("委员", "五华区政协")},
        "高建国": {("委员", "五华区政协")},
    }


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("本报讯（记者 王海洋 通讯员 白雪）昨日，会议召开。", {"王海洋": "记者", "白雪": "通讯员"}),
        ("■本报记者 王海洋/文 刘子达/摄", {"王海洋": "记者", "刘子达": "记者"}),
    ],
)
def test_bylines(read: Read, line: str, people: dict[str, str]) -> None:
    found = of(read(f"{line}\n\n昆明市政协今天召开会议研究重点提案。"), "Person")
    assert {name: e.posts[0].title for name, e in found.items()} == people


NOT_PEOPLE = [
    "书记和委员高度重视，主任管理有方，代表方针明确。",
    "政协委员向全县群众宣讲政策，委员和机关干部包联企业。",
    "实现党的组织对党员委员全覆盖。",
    "主席会议听取汇报，常委会议审议通过。",
]


@pytest.mark.parametrize("text", NOT_PEOPLE)
def test_words_that_only_look_like_names(read: Read, text: str) -> None:
    assert of(read(text, place="五华区"), "Person") == {}


def test_same_name_in_two_districts_is_two_people(read: Read) -> None:
    reading = read("五华区政协主席王建业讲话。盘龙区政协委员王建业发言。", place="昆明市")
    assert {e.id for e in reading.entities if e.type == "Person"} == {"person/530102/王建业", "person/530103/王建业"}


def test_a_name_that_runs_into_the_next_word_keeps_its_other_reading(read: Read) -> None:
    reading = read("会理市政协主席罗文锦每逢赶场天就去坐诊。")
    assert set(of(reading, "Person")) == {"罗文锦"}
    doubts = [u for u in reading.unresolved if u.type == "Person"]
    assert [u.candidates for u in doubts] == [("person/513402/罗文", "person/513402/罗文锦")]


MARKED = [
    (
        "县政协副主席张军、原县政协副主席赵刚参加会议。",
        "嘉善县",
        {"张军": {("副主席", "嘉善县政协")}, "赵刚": {("原副主席", "嘉善县政协")}},
    ),
    (
        "市政协主席覃少军同志、市人民政府市长李世华同志出席。",
        "岑溪市",
        {"覃少军": {("主席", "岑溪市政协")}, "李世华": {("市长", "岑溪市政府")}},
    ),
    ("四川大学教授钱学文作辅导。", "成都市", {"钱学文": {("教授", "四川大学")}}),
    ("县政协经济委主任沈国强代表课题组作主旨发言。", "嘉善县", {"沈国强": {("主任", "嘉善县政协经济委员会")}}),
    ("民建嘉善县基层委主委顾卫平发言。", "嘉善县", {"顾卫平": {("主委", "民建嘉善县基层委")}}),
]


@pytest.mark.parametrize(("text", "place", "people"), MARKED, ids=[f[0] for f in MARKED])
def test_former_offices_honours_and_verbs_are_no_posts(
    read: Read, text: str, place: str, people: dict[str, set[tuple[str, str]]]
) -> None:
    found = of(read(text, place=place), "Person")
    assert {name: {(p.title, p.org) for p in e.posts} for name, e in found.items()} == people
