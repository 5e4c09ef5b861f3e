"""Bodies by grammar, in every spelling, resolved by scope."""

from __future__ import annotations

import pytest

from kg.extract.reading import RuleReader
from kg.sources import loads

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
    # Organs of the body named before.
    (
        "县委副书记、政法委书记李明，县委常委、组织部部长周涛出席。",
        "禄劝县",
        {"禄劝县委", "禄劝县委政法委", "禄劝县委组织部"},
    ),
    ("县政协副主席、统战部部长李明出席。", "禄劝县", {"禄劝县政协", "禄劝县委统战部"}),
    (
        "县政协秘书长李明，提案委员会主任周涛，经济委主任王强参加。",
        "禄劝县",
        {"禄劝县政协", "禄劝县政协提案委员会", "禄劝县政协经济委员会"},
    ),
    ("县委、政府高度重视，翠华镇党委、政府抓落实。", "禄劝县", {"禄劝县委", "禄劝县政府", "翠华镇党委", "翠华镇政府"}),
    (
        "屏山街道党工委副书记、办事处主任李明，翠华镇党委副书记、政协工委主任周涛参加。",
        "禄劝县",
        {"屏山街道党工委", "屏山街道办事处", "翠华镇党委", "翠华镇政协工委"},
    ),
    ("会议要求，发改局、财政局、水利局抓好落实。", "禄劝县", {"禄劝县发改局", "禄劝县财政局", "禄劝县水利局"}),
    (
        "县政协下设经济、教育2个界别党支部，出台界别党支部规则。",
        "禄劝县",
        {"禄劝县政协", "禄劝县政协经济界别党支部", "禄劝县政协教育界别党支部"},
    ),
    ("县纪委监委、派驻县教育局纪检监察组参加。", "禄劝县", {"禄劝县纪委监委", "禄劝县纪委监委派驻县教育局纪检监察组"}),
    (
        "成立县政协委员联合党委、县委反腐败协调小组。",
        "禄劝县",
        {"禄劝县政协", "禄劝县政协委员联合党委", "禄劝县委", "禄劝县委反腐败协调小组"},
    ),
    # What belongs to a greater whole.
    (
        "县公安局交警大队、县法院翠华人民法庭、市生态环境局禄劝分局参加。",
        "禄劝县",
        {
            "禄劝县公安局",
            "禄劝县公安局交警大队",
            "禄劝县法院",
            "禄劝县法院翠华人民法庭",
            "昆明市生态环境局",
            "昆明市生态环境局禄劝分局",
        },
    ),
    ("国网禄劝县供电公司、人保财险禄劝支公司支持。", "禄劝县", {"国网禄劝县供电公司", "人保财险禄劝支公司"}),
    ("中国银行禄劝支行、兴业银行禄劝支行参加。", "禄劝县", {"中国银行禄劝支行", "兴业银行禄劝支行"}),
    ("翠华镇干部说，国家乡村振兴局已作通报。", "禄劝县", {"国家乡村振兴局"}),
    (
        "县政协副主席李明任组长，提案和委员联络委主任王强任副组长。",
        "禄劝县",
        {"禄劝县政协", "禄劝县政协提案和委员联络委员会"},
    ),
    # Schools, hospitals, stations.
    (
        "玉溪学院教授李明、西南大学教授周涛、县第二中学高级教师王强、县医院院长赵军发言。",
        "禄劝县",
        {"玉溪学院", "西南大学", "禄劝县第二中学", "禄劝县医院"},
    ),
    (
        "翠华镇中心小学、茂山镇中心小学、翠华镇文化站、云龙乡卫生院、县水产技术推广站参加。",
        "禄劝县",
        {"翠华镇中心小学", "茂山镇中心小学", "翠华镇文化站", "云龙乡卫生院", "禄劝县水产技术推广站"},
    ),
    ("免去李明的禄劝县财政局局长职务，任命周涛为禄劝县民政局局长。", "", {"禄劝县财政局", "禄劝县民政局"}),
    (
        "云南云峰律师事务所律师李明、县乡村产业发展协会会长周涛发言。",
        "禄劝县",
        {"云南云峰律师事务所", "禄劝县乡村产业发展协会"},
    ),
    (
        "县新的社会阶层人士联谊会、县云峰集团有限公司参加。",
        "禄劝县",
        {"禄劝县新的社会阶层人士联谊会", "禄劝县云峰集团有限公司"},
    ),
    ("县长兼县工业园区党工委书记李明参加。", "禄劝县", {"禄劝县工业园区党工委"}),
    # Newspapers beside their reporters.
    ("云岭政协报记者 李明\n\n区政协召开会议。", "五华区", {"云岭政协报", "五华区政协"}),
    ("五华新闻网讯（记者 李明）区政协召开会议。", "五华区", {"五华新闻网", "五华区政协"}),
    ("云南省政协《议政》杂志刊发文章。", "", {"云南省政协", "议政"}),
    # Names that open with a quotation.
    (
        "领办“红果”种植专业合作社，“拾光”陶艺工作室、“同饮一江水”委员服务站开放。",
        "禄劝县",
        {"“红果”种植专业合作社", "“拾光”陶艺工作室", "同饮一江水委员服务站"},
    ),
    # Prefectures, autonomous regions, lists of towns.
    ("阿克苏地委组织部、喀什地区行署参加。", "", {"阿克苏地委", "阿克苏地委组织部", "喀什地区行署"}),
    ("地委、行署作出部署。", "和田地区", {"和田地委", "和田地区行署"}),
    ("贯彻区党委和市委、区委部署。", "兴宁区", {"广西壮族自治区党委", "南宁市委", "兴宁区委"}),
    ("屏山街道、崇德街道政协联络室参加。", "禄劝县", {"屏山街道政协联络室", "崇德街道政协联络室"}),
    ("禄劝县屏山街道崇德村里，村党总支书记李明与村委会主任周涛商量。", "禄劝县", {"崇德村党总支", "崇德村村委会"}),
    ("在翠华镇，镇党委负责；在茂山镇，镇党委负责。", "禄劝县", {"翠华镇党委", "茂山镇党委"}),
    ("松林村党支部书记李明说，要抓落实。", "禄劝县", {"松林村党支部"}),
    (
        "区农业农村局和区交通运输局到会，由区教育局、区政府会办。",
        "渝中区",
        {"渝中区农业农村局", "渝中区交通运输局", "渝中区教育局", "渝中区政府"},
    ),
    ("代表在龙泉街道人大代表之家接待选民。", "盘龙区", {"龙泉街道人大代表之家"}),
    ("贯彻落实中央统战工作会议精神。", "", {"中共中央"}),
    ("区政协文史和学习委、区教委承办。", "渝中区", {"渝中区政协", "渝中区政协文史和学习委员会", "渝中区教委"}),
    # Committees: behind an office, in lists, with verbs in their names.
    ("县政协常委、经济委员会主任李明到会。", "禄劝县", {"禄劝县政协", "禄劝县政协经济委员会"}),
    (
        "县政协走访。提案委员会、社会和法制委员会轮流主持。",
        "禄劝县",
        {"禄劝县政协", "禄劝县政协提案委员会", "禄劝县政协社会和法制委员会"},
    ),
    (
        "县政协文化文史和学习委员会、县人大社会建设委员会承办。",
        "禄劝县",
        {"禄劝县政协", "禄劝县政协文化文史和学习委员会", "禄劝县人大", "禄劝县人大社会建设委员会"},
    ),
    ("县政协委员联络工作室供稿。", "禄劝县", {"禄劝县政协", "禄劝县政协委员联络工作室"}),
    # Terms before the place, counties of one character, lists of several levels.
    ("政协第十届涉县委员会召开会议。", "", {"涉县政协"}),
    ("中共岷县县委、礼县县委、岷县人民政府部署。", "", {"岷县县委", "礼县县委", "岷县政府"}),
    ("县委、县政府部署。", "岷县", {"岷县县委", "岷县政府"}),
    ("云南、广西两省区政协研讨。", "", {"云南省政协", "广西壮族自治区政协"}),
    ("联合云南省宜良县、嵩明县和贵州省清镇市政协协作。", "", {"宜良县政协", "嵩明县政协", "清镇市政协"}),
    # Offices of two bodies, rooms and groups of a commission, street offices.
    (
        "县委、县政府办公室印发通知，县委、县政府督查室通报。",
        "禄劝县",
        {"禄劝县委", "禄劝县政府", "禄劝县委办公室", "禄劝县政府办公室", "禄劝县委、县政府督查室"},
    ),
    (
        "县纪委监委部署，由第二监督检查室、驻县教育局纪检监察组核查。",
        "禄劝县",
        {"禄劝县纪委监委", "禄劝县纪委监委第二监督检查室", "禄劝县纪委监委驻县教育局纪检监察组"},
    ),
    ("在屏山街道，县教育局、街道办事处建成站点。", "禄劝县", {"禄劝县教育局", "屏山街道办事处"}),
    # Names with an ending.
    ("农工党红桥区委会副主委、天津市红桥医院主任李明发言。", "", {"农工党红桥区委会", "天津市红桥医院"}),
    ("国家统计局昆明调查队开展调查，国家统计局支持。", "昆明市", {"国家统计局昆明调查队", "国家统计局"}),
    ("民革南县总支到会。", "益阳市", {"民革南县总支"}),
    (
        "省茶叶研究所、区城市建设事务服务中心、区政务服务和数字化建设管理局、区精神文明建设委员会办公室参加。",
        "五华区",
        {
            "云南省茶叶研究所",
            "五华区城市建设事务服务中心",
            "五华区政务服务和数字化建设管理局",
            "五华区精神文明建设委员会办公室",
        },
    ),
    ("自治区农牧业科学院支持。", "西乌珠穆沁旗", {"内蒙古自治区农牧业科学院"}),
    ("县政协和县农业农村局开展活动。", "临洮县", {"临洮县政协", "临洮县农业农村局"}),
    ("组建“清水河名医义诊队”，县委深改委支持。", "禄劝县", {"清水河名医义诊队", "禄劝县委", "禄劝县委深改委"}),
    ("翠华镇松林村修路。松林村妇联主席李明说好。", "禄劝县", {"松林村妇联"}),
    ("云岭导报 2023年9月14日 星期四\n\n区政协召开会议。", "五华区", {"云岭导报", "五华区政协"}),
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
    "县级医院、市县医院、乡镇卫生院投入使用。",
    "民政部门、公安部署了任务。",
    "乡镇党委负责，试点村党支部带头。",
    "建成“有事好商量”协商议事室42个，成立3个产业链委员工作室，议事厅开放。",
    "被评为“五星级委员工作室”。",
    "完善了各界别委员工作站的设置，加快建设副中心。",
    "制定中小学校食堂规则。",
    "围绕全县中心工作协商议政。",
    "《禄劝县农村中小学午餐供餐三年行动方案》得到落实。",
    "昆明市县委书记参加培训。",
]


@pytest.mark.parametrize("text", NOT_BODIES)
def test_words_that_only_look_like_bodies(read: Read, text: str) -> None:
    assert of(read(text), "Organisation") == {}
    assert of(read(text, place="禄劝县"), "Organisation") == {}


def test_a_standing_committee_reports_in_the_title(read: Read) -> None:
    text = (
        "政协昆明市五华区第四届委员会常务委员会工作报告\n\n我代表常务委员会，向大会报告工作。党组书记、主席带头学习。"
    )
    bodies = of(read(text, place="五华区"), "Organisation")
    assert set(bodies) == {"五华区政协", "五华区政协常委会", "五华区政协党组"}


def test_bodies_of_two_towns_are_two(read: Read) -> None:
    bodies = of(read("翠华镇中心小学、茂山镇中心小学参加。", place="禄劝县"), "Organisation")
    assert len({body.id for body in bodies.values()}) == 2
    assert bodies["茂山镇中心小学"].place == "茂山镇"


def test_a_branch_is_of_its_own_district(read: Read) -> None:
    bodies = of(read("市生态环境局禄劝分局、省农业科学院昆明农科所参加。", place="禄劝县"), "Organisation")
    assert bodies["昆明市生态环境局禄劝分局"].place == "禄劝彝族苗族自治县"
    of_county = of(read("云峰种植专业合作社参加，中国农业大学支持。", place="禄劝县"), "Organisation")
    assert (of_county["云峰种植专业合作社"].place, of_county["中国农业大学"].place) == ("禄劝彝族苗族自治县", None)


def test_what_a_joint_group_or_an_officer_does_is_not_the_bodys(read: Read) -> None:
    text = "区政协开展调研。区审计局负责人作答，走访企业12家。"
    figures = [e for e in read(text, place="五华区").entities if e.type == "Figure"]
    assert [f.org for f in figures] == ["五华区政协"]


def test_a_deputy_mayor_who_heads_a_department_is_of_the_government(read: Read) -> None:
    people = of(read("县委常委、宣传部部长、副县长李明出席。", place="禄劝县"), "Person")
    assert {(p.title, p.org) for p in people["李明"].posts} == {
        ("常委", "禄劝县委"),
        ("部长", "禄劝县委宣传部"),
        ("副县长", "禄劝县政府"),
    }


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


def test_a_brand_named_again_without_its_quotation_marks_is_no_district(read: Read) -> None:
    reading = read("# 钢城议事厅里话家常\n\n区政协建成“钢城议事厅”31个。", place="青山区")
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


def test_where_a_company_has_its_seat(read: Read) -> None:
    text = "云南云峰茶业有限公司负责人李明说好；引进云南翠谷药业集团；翠华镇委员工作站开放。"
    bodies = of(read(text, place="禄劝县"), "Organisation")
    assert {name: body.place for name, body in bodies.items()} == {
        "云南云峰茶业有限公司": "禄劝彝族苗族自治县",
        "云南翠谷药业集团": "云南省",
        "翠华镇委员工作站": "翠华镇",
    }


def test_a_branch_may_bear_a_short_name_that_is_a_word(read: Read) -> None:
    bodies = of(read("市生态环境局高明分局参加。", place="高明区"), "Organisation")
    assert bodies["佛山市生态环境局高明分局"].place == "高明区"


def test_a_paragraph_of_another_county_does_not_speak_for_its_section(read: Read) -> None:
    text = (
        "市政协召开会议。市政协作出部署。市政协抓落实。\n\n## 宜良：一张桌子议到底\n\n在嵩明县，县政协搭建平台，办结实事31件。\n\n"
        "▲现场建成站点42个。 李明 摄\n\n## 嵩明：竹林里摆起茶座\n\n县政协开展调研。\n\n宜良县政协参加。"
    )
    figures = {
        e.value: e.org for e in read(text, title="昆明市政协侧记", place="昆明市").entities if e.type == "Figure"
    }
    assert figures == {31: "嵩明县政协", 42: "昆明市政协"}


def test_a_station_stands_in_the_township_right_before_it(read: Read) -> None:
    found = of(read("永兴镇的“老茶人委员工作室”收集史料。", place="湄潭县"), "Organisation")
    assert found["老茶人委员工作室"].place == "永兴镇"


def test_a_partys_committee_is_named_as_the_text_names_it(read: Read) -> None:
    found = of(read("民革荆门市委会、九三学社荆门市委提交提案。", place="荆门市"), "Organisation")
    assert set(found) == {"民革荆门市委会", "九三学社荆门市委"}


def test_a_class_of_counties_is_no_body(read: Read) -> None:
    found = of(read("市政协在眉县召开县区政协主席工作交流会。", place="宝鸡市"), "Organisation")
    assert set(found) == {"宝鸡市政协"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("县财政局每年安排联络站运行经费45万元。", "嘉善县财政局"),
        ("他来到嘉善县行政审批局服务大厅办事。", "嘉善县行政审批局"),
        ("《云南政协报》作了报道。", "云南政协报"),
    ],
)
def test_where_a_name_ends(read: Read, text: str, name: str) -> None:
    assert set(of(read(text, place="嘉善县"), "Organisation")) == {name}


def test_who_is_there_does_not_make_a_text_that_bodys(read: Read) -> None:
    text = (
        "6日，娄底市政协全体会议开幕。出席大会的有：市委书记甲建国，市委副书记乙建华，市委常委丙建军，"
        "市委常委、组织部部长丁建平。\n\n一年来，走访企业76家。"
    )
    found = read(text, place="娄底市", title="娄底市政协全体会议开幕").entities
    assert {e.value: e.org for e in found if e.type == "Figure"} == {76: "娄底市政协"}


@pytest.mark.parametrize(
    ("head", "paper", "place"),
    [
        (
            "今日五华　　2025年1月10日　星期五\n\n中共昆明市五华区委主管　　本报新闻热线：29142255　　第1版 要闻",
            "今日五华",
            "五华区",
        ),
        ("五华人大 WUHUA RENDA　　2024年第4期（总第87期）　　主办：五华区人大常委会办公室", "五华人大", "五华区"),
    ],
)
def test_papers_of_a_masthead(head: str, paper: str, place: str) -> None:
    text = f"{head}\n\n五华区人大常委会召开会议\n\n本报讯（记者 徐静）日前，五华区人大常委会召开会议，听取工作报告。\n"
    reading = RuleReader().read(loads(text.encode(), "a.txt"))
    found = of(reading, "Organisation")[paper]
    assert (found.kind, found.place, reading.meta.publisher) == ("Media", place, paper)
    assert [(p.title, p.org) for p in of(reading, "Person")["徐静"].posts] == [("记者", paper)]


def test_a_bulletin_is_dated_by_who_issues_it() -> None:
    text = "五华区纪检监察简报\n\n第11期\n\n中共五华区纪律检查委员会 编　2024年9月30日\n\n第一纪检监察室核查线索9件，委员们在会上发了言。\n"
    reading = RuleReader().read(loads(text.encode(), "a.txt"))
    assert reading.meta.date == "2024-09-30"
    rooms = [name for name in of(reading, "Organisation") if name.endswith("第一纪检监察室")]
    assert rooms == ["五华区纪委监委第一纪检监察室"]


def test_a_magazine_named_like_its_congress_is_no_congress(read: Read) -> None:
    found = of(read("做法被《云南人大》杂志刊发。", place="五华区"), "Organisation")
    assert {n: (e.kind, e.place) for n, e in found.items()} == {"云南人大": ("Media", "云南省")}


def test_what_a_conference_does_is_no_part_of_a_studios_name(read: Read) -> None:
    found = of(read("县政协整合委员工作室、议事厅等阵地。", place="禄劝县"), "Organisation")
    assert set(found) == {"禄劝县政协"}


def test_a_company_is_not_named_by_the_township_before_its_province(read: Read) -> None:
    text = "深入翠华镇云南云岭种苗有限公司。委员李木林的河北京饶乐器有限公司提供岗位。"
    found = of(read(text, place="禄劝县"), "Organisation")
    assert {"云南云岭种苗有限公司", "河北京饶乐器有限公司"} <= set(found)


@pytest.mark.parametrize("text", ["江海政协报记者李木林", "连着进寨四趟，和县政协委员一起走", "优化全区域发展格局"])
def test_districts_that_are_none(read: Read, text: str) -> None:
    names = {
        e.name
        for e in read(f"县政协召开会议。\n\n{text}。", place="禄劝县").entities
        if e.type in ("District", "Organisation")
    }
    assert names <= {"禄劝彝族苗族自治县", "禄劝县政协", "江海政协报"}


def test_a_surname_that_is_a_preposition_belongs_to_its_studio(read: Read) -> None:
    found = of(read("县政协召开会议。路灯是于海涛委员工作室谈出来的。", place="禄劝县"), "Organisation")
    assert "于海涛委员工作室" in found


def test_a_report_whose_head_is_cut_off_is_its_standing_committees() -> None:
    text = (
        "况。一年来，在中共西吉县委的坚强领导下，县政协较好完成了各项任务。\n\n一、强引领\n\n"
        "常委会坚持学习，落实县委部署，召开会议26次。\n\n各位委员！成绩的取得，是县委正确领导、县政府大力支持的结果。县委重视，县委支持。\n"
    )
    found = RuleReader().read(loads(text.encode(), "a.txt")).entities
    assert [e.org for e in found if e.type == "Figure"] == ["西吉县政协"]


def test_town_and_country_is_no_township(read: Read) -> None:
    reading = read("怀宁县住房和城乡建设局局长刘伟讲话。", place="怀宁县")
    assert set(of(reading, "District")) == {"怀宁县"}
    assert set(of(reading, "Organisation")) == {"怀宁县住房和城乡建设局"}


def test_what_there_is_of_a_kind_is_no_body(read: Read) -> None:
    found = read("禄劝县现有上市公司51家。禄劝县共有医院20所，禄劝县新增学校5所。", place="禄劝县")
    assert of(found, "Organisation") == {}
    assert {e.org for e in found.entities if e.type == "Figure"} == {"禄劝彝族苗族自治县"}
