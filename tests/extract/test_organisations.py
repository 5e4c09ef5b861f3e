"""Bodies by grammar, in every spelling, resolved by scope."""

from __future__ import annotations

import pytest

from .conftest import Read, of

FACTS = [
    # text, place of the document, the bodies it names
    ("政协昆明市五华区第四届委员会召开会议。", "", {"五华区政协"}),
    ("中国人民政治协商会议云南省委员会召开会议。", "", {"云南省政协"}),
    ("中共大理州委、大理州人民政府印发通知。", "", {"大理州委", "大理州政府"}),
    ("省委、市委和区委作出部署。", "五华区", {"云南省委", "昆明市委", "五华区委"}),
    ("认真落实中央、省市区委部署。", "五华区", {"中共中央", "云南省委", "昆明市委", "五华区委"}),
    ("省市政协领导到会指导。", "五华区", {"云南省政协", "昆明市政协"}),
    (
        "县纪委监委、县人大常委会、县人民法院、县人民检察院参加。",
        "禄劝县",
        {"禄劝县纪委监委", "禄劝县人大常委会", "禄劝县人民法院", "禄劝县人民检察院"},
    ),
    (
        "县委组织部会同县公安局、县教育局开展检查。",
        "禄劝县",
        {"禄劝县委", "禄劝县委组织部", "禄劝县公安局", "禄劝县教育局"},
    ),
    ("市政协党组、机关党组带头学习。", "昆明市", {"昆明市政协", "昆明市政协党组", "昆明市政协机关党组"}),
    (
        "市政协社法委履职党总支开展活动。",
        "昆明市",
        {"昆明市政协", "昆明市政协社会和法制委员会", "昆明市政协社会和法制委员会履职党总支"},
    ),
    ("区政协经济委员会组织调研。", "五华区", {"五华区政协", "五华区政协经济委员会"}),
    (
        "自治区党委、旗委和旗政协联合召开会议。",
        "东乌珠穆沁旗",
        {"内蒙古自治区党委", "东乌珠穆沁旗委", "东乌珠穆沁旗政协"},
    ),
    ("民盟昆明市委、团市委、市工商联参加座谈。", "昆明市", {"民盟昆明市委", "共青团昆明市委", "昆明市工商联"}),
    ("五华区、盘龙区和官渡区政协交流经验。", "昆明市", {"五华区政协", "盘龙区政协", "官渡区政协"}),
    ("盘龙、官渡、西山三区政协交流经验。", "昆明市", {"盘龙区政协", "官渡区政协", "西山区政协"}),
    ("以习近平同志为核心的党中央高度重视。", "", {"中共中央"}),
    ("《人民政协报》刊发了报道。", "", {"人民政协报"}),
    ("昆明云岭律师事务所派员参加。", "昆明市", {"昆明云岭律师事务所"}),
    ("禄劝蓝天救援队赶赴现场。", "禄劝县", {"禄劝蓝天救援队"}),
    (
        "委员李明牵头成立的“李明委员工作室”常年坐诊。",
        "禄劝县",
        {"李明委员工作室"},
    ),
    ("教育界别委员工作室走进乡村，县委、县政府支持。", "禄劝县", {"教育界别委员工作室", "禄劝县委", "禄劝县政府"}),
    ("推动县住建局、农业农村局、县经信局整改。", "禄劝县", {"禄劝县住建局", "禄劝县农业农村局", "禄劝县经信局"}),
    ("县中医医院、县实验小学校长参加。", "禄劝县", {"禄劝县中医医院", "禄劝县实验小学"}),
    (
        "九三学社禄劝县支社、县玉器商会、县邮政分公司到会。",
        "禄劝县",
        {"九三学社禄劝县支社", "禄劝县玉器商会", "禄劝县邮政分公司"},
    ),
    ("屏山街道政协工作联络室、屏山街道纪工委参加。", "禄劝县", {"屏山街道政协工作联络室", "屏山街道纪工委"}),
    ("组建“银杏宣讲队”。", "禄劝县", {"银杏宣讲队"}),
    ("云峰文化创意有限公司、云南云峰茶业有限公司参加。", "禄劝县", {"云峰文化创意有限公司", "云南云峰茶业有限公司"}),
    ("屏山街道崇德村党总支、县发展和改革委员会参加。", "禄劝县", {"崇德村党总支", "禄劝县发展和改革委员会"}),
    ("被县教育局采纳，打造“晓远工作室”。", "禄劝县", {"禄劝县教育局", "晓远工作室"}),
    ("博州政协、州党委参加。", "博尔塔拉蒙古自治州", {"博州政协", "博州党委"}),
    ("区供销社、区直机关工委、区少年宫参加。", "五华区", {"五华区供销社", "五华区直机关工委", "五华区少年宫"}),
    (
        "区政协提案委、文史和学习委承办。",
        "五华区",
        {"五华区政协", "五华区政协提案委员会", "五华区政协文史和学习委员会"},
    ),
    ("部分区政协、各区政府负责人参加。", "昆明市", set()),
    ("九三学社五华支社提交提案。", "昆明市", {"九三学社五华支社"}),
    ("区委、区政府领导领衔督办。", "五华区", {"五华区委", "五华区政府"}),
]


@pytest.mark.parametrize(("text", "place", "names"), FACTS, ids=[f[0] for f in FACTS])
def test_bodies_of_a_sentence(read: Read, text: str, place: str, names: set[str]) -> None:
    assert set(of(read(text, place=place), "Organisation")) == names


NOT_BODIES = [
    "这座城市委实美丽，都市政务服务便民。",
    "社区委员下沉一线，小区政策宣传到户。",
    "放眼全国发展大局，把握全局。",
    "全区35个乡镇工作站、12个委员工作室投入使用。",
    "政协机关和各专委会认真学习。",
]


@pytest.mark.parametrize("text", NOT_BODIES)
def test_words_that_only_look_like_bodies(read: Read, text: str) -> None:
    assert of(read(text), "Organisation") == {}


def test_a_county_level_city_is_told_from_its_prefecture(read: Read) -> None:
    text = "## 加强领导\n\n### 安宁市政协\n\n市政协紧扣市委、市政府中心工作履职。\n\n## 汇聚合力\n\n### 五华区政协\n\n区政协贯彻市委、区委部署。"
    bodies = of(read(text, title="昆明市政协县（市）区政协主席座谈会发言摘登", place="昆明市"), "Organisation")
    assert {"安宁市政协", "安宁市委", "安宁市政府", "五华区政协", "五华区委", "昆明市委"} <= set(bodies)
    assert "五华市委" not in bodies


def test_the_prefecture_above_does_not_take_a_citys_own_words(read: Read) -> None:
    text = "一年来，在昆明市政协的指导下，市政协紧扣市委部署，《建议》得到昆明市委领导批示，市委办公室转发。"
    bodies = of(read(text, title="政协安宁市委员会工作报告", place="安宁市"), "Organisation")
    assert set(bodies) == {"昆明市政协", "安宁市政协", "安宁市委", "昆明市委", "安宁市委办公室"}


def test_a_level_that_nothing_names_stays_unresolved(read: Read) -> None:
    reading = read("昨日，区政协召开会议。", place="昆明市")
    assert "Organisation" in {u.type for u in reading.unresolved}
    assert of(reading, "Organisation") == {}


def test_one_body_under_all_its_spellings_keeps_its_terms(read: Read) -> None:
    text = "政协昆明市五华区第三届委员会届满。五华区政协回顾工作，四届区政协开启新程。"
    bodies = of(read(text), "Organisation")
    assert set(bodies) == {"五华区政协"}
    assert bodies["五华区政协"].id == "body/530102/CPPCC"
    assert set(bodies["五华区政协"].terms) == {"第三届", "四届"}


def test_an_organ_knows_its_body_and_district(read: Read) -> None:
    organ = of(read("区政协提案委走访企业。", place="五华区"), "Organisation")["五华区政协提案委员会"]
    assert (organ.kind, organ.place, organ.part_of) == ("Committee", "五华区", "五华区政协")


def test_the_lead_and_title_say_where_a_text_speaks_from(read: Read) -> None:
    text = (
        "本报讯 7月14日，临洮县政协召开会议。\n\n县政协围绕马铃薯产业协商议政。\n\n"
        "去年6月，县政协曾组织委员赴宁夏西吉县考察，西吉县政协副主席马玉兰陪同。"
    )
    reading = read(text, title="临洮县政协召开常委会会议")
    assert reading.home == "621124"
    assert set(of(reading, "Organisation")) == {"临洮县政协", "西吉县政协"}


def test_a_brand_is_no_district(read: Read) -> None:
    reading = read("区政协建成“钢城议事厅”31个。", place="青山区")
    assert "钢城区" not in of(reading, "District")


@pytest.mark.parametrize(
    "text",
    [
        "屏山街道政协委员走访。",
        "崇德村人大代表提出建议。",
        "培育五星级委员工作室10个。",
        "建成乡镇（街道）委员工作室19个。",
    ],
)
def test_what_a_village_or_township_has_not_and_kinds_are_no_bodies(read: Read, text: str) -> None:
    assert of(read(text, place="禄劝县"), "Organisation") == {}
