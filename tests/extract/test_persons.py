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
    (
        "县农业农村局局长起绍坤，县长黎伯成就文件作说明。",
        "禄劝县",
        {"起绍坤": {("局长", "禄劝县农业农村局")}, "黎伯成": {("县长", "禄劝县政府")}},
    ),
    (
        "县政协主席蔺春和，副县长牟为先说。",
        "禄劝县",
        {"蔺春和": {("主席", "禄劝县政协")}, "牟为先": {("副县长", "禄劝县政府")}},
    ),
    ("县政协委员、屏山卫生院院长普秀芝说。", "禄劝县", {"普秀芝": {("委员", "禄劝县政协"), ("院长", "屏山卫生院")}}),
    (
        "县政协召开会议。致公党界别委员赵鹤松、澳门委员邓咏珊发言。",
        "禄劝县",
        {n: {("委员", "禄劝县政协")} for n in ("赵鹤松", "邓咏珊")},
    ),
    (
        "屏山街道崇德村党总支书记、村委会主任许日新说。",
        "禄劝县",
        {"许日新": {("书记", "崇德村党总支"), ("主任", "崇德村村委会")}},
    ),
    ("村委会主任祁某某违规发包土地。", "禄劝县", {"祁某某": {("村委会主任", None)}}),
    ("决定李昭仪任县政协提案委员会主任。", "禄劝县", {"李昭仪": {("主任", "禄劝县政协提案委员会")}}),
    (
        "县政协主席杨秀竹、副主席舒国贞（不驻会）、蒋文洲出席会议。",
        "禄劝县",
        {"杨秀竹": {("主席", "禄劝县政协")}, **{n: {("副主席", "禄劝县政协")} for n in ("舒国贞", "蒋文洲")}},
    ),
    ("县政协副主席曲明作提案工作报告。", "禄劝县", {"曲明": {("副主席", "禄劝县政协")}}),
    (
        "县政协机关党支部书记、办公室主任许光明带队。",
        "禄劝县",
        {"许光明": {("书记", "禄劝县政协机关党支部"), ("主任", "禄劝县政协办公室")}},
    ),
    ("机关党员干部参与，发动委员和特邀信息员，委员德才更全面，志愿者扶着老人。", "禄劝县", {}),
    ("家住城南的庄桂香老人说。", "禄劝县", {"庄桂香": set()}),
    ("委员满意率98%，包案领导督办。", "禄劝县", {}),
    # A name that is a word, and names run into what follows, behind an office that is somebody's.
    (
        "县政协副主席、民盟禄劝支部主委郑重，秘书长柳青松参加。",
        "禄劝县",
        {"郑重": {("副主席", "禄劝县政协"), ("主委", "民盟禄劝支部")}, "柳青松": {("秘书长", "禄劝县政协")}},
    ),
    (
        "会议由县政协副主席陆景平主持，副县长田应强到会。",
        "禄劝县",
        {"陆景平": {("副主席", "禄劝县政协")}, "田应强": {("副县长", "禄劝县政府")}},
    ),
    (
        "县政协委员岑溪分别作了发言，秘书长宁远参加会议。",
        "禄劝县",
        {"岑溪": {("委员", "禄劝县政协")}, "宁远": {("秘书长", "禄劝县政协")}},
    ),
    # Names of other languages without a dot.
    (
        "市政协委员阿苦日歪说，很有用。副市长吉克拉者参加。",
        "西昌市",
        {"阿苦日歪": {("委员", "西昌市政协")}, "吉克拉者": {("副市长", "西昌市政府")}},
    ),
    ("奈曼旗政协副主席宝音德力格尔作交流发言。", "通辽市", {"宝音德力格尔": {("副主席", "奈曼旗政协")}}),
    ("市长叶尔肯·托合达尔汗主持。", "博乐市", {"叶尔肯·托合达尔汗": {("市长", "博乐市政府")}}),
    # Names that open a clause before what only a person does.
    (
        "会上，周建平代表县政协党组作工作报告。朱晓明在讲话中指出，要抓实。",
        "禄劝县",
        {"周建平": set(), "朱晓明": set()},
    ),
    # Offices in brackets, behind 的, of the other kind of body, and of a committee by scope.
    ("县政协召开会议。杨世昌（县政协委员）作了发言。", "禄劝县", {"杨世昌": {("委员", "禄劝县政协")}}),
    ("时任县政协主席的梁伟光回忆说，条件艰苦。", "禄劝县", {"梁伟光": {("主席", "禄劝县政协")}}),
    (
        "县政协副主席、工商联主席云朝霞参加。",
        "禄劝县",
        {"云朝霞": {("副主席", "禄劝县政协"), ("主席", "禄劝县工商联")}},
    ),
    (
        "县政协召开会议。社会和法制委员会主任任鹏飞汇报。",
        "禄劝县",
        {"任鹏飞": {("主任", "禄劝县政协社会和法制委员会")}},
    ),
    ("县政协主席管新民陪同。", "大理市", {"管新民": {("主席", "县政协")}}),
    # What is told of somebody else is no office of the next person.
    (
        "住村干部韦志军告诉记者，县政协委员覃海燕多次协调。",
        "禄劝县",
        {"韦志军": {("住村干部", None)}, "覃海燕": {("委员", "禄劝县政协")}},
    ),
    (
        "县政协副主席云朝霞一行走访了老党员赵玉柱。",
        "禄劝县",
        {"云朝霞": {("副主席", "禄劝县政协")}, "赵玉柱": {("老党员", None)}},
    ),
    # One verb of appointing, several offices.
    (
        "会议选举张卫平为县政协主席，李建华、王秋月（女）为副主席。",
        "禄劝县",
        {
            "张卫平": {("主席", "禄劝县政协")},
            "李建华": {("副主席", "禄劝县政协")},
            "王秋月": {("副主席", "禄劝县政协")},
        },
    ),
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
