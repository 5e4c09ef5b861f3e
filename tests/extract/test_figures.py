"""Figures with value, unit, bound, measure, body and period."""

from __future__ import annotations

import pytest

from kg.extract.reading import RuleReader
from kg.sources import loads

from .conftest import Read

FACTS = [
    # text, (value, unit, bound) of each figure, in order
    (
        "全年立案提案724件，提出建议1,200余条，近300人次参加。",
        [(724, "件", "exact"), (1200, "条", "more"), (300, "人次", "less")],
    ),
    ("以32票赞成通过，收入首破百万元。", [(32, "票", "exact"), (100, "万元", "more")]),
    ("四百来户人家的田，检修农机3.2万台（套）。", [(400, "户", "about"), (3.2, "万台（套）", "exact")]),
    ("捐款捐物合计382万余元，种植面积达3.5万亩。", [(382, "万元", "more"), (3.5, "万亩", "exact")]),
    ("办结率在98%以上，满意率百分之九十六。", [(98, "%", "more"), (96, "%", "exact")]),
    (
        "撰写报告百余篇，走访群众三千五百户，上千人受益。",
        [(100, "篇", "more"), (3500, "户", "exact"), (1000, "人", "more")],
    ),
    ("形成3批7篇调研成果。", [(3, "批", "exact"), (7, "篇", "exact")]),
    (
        "每年互访不少于5次，帮扶户不足20户，约40家企业参与。",
        [(5, "次", "more"), (20, "户", "less"), (40, "家", "about")],
    ),
    ("产值分别超过8亿元、5亿元和3亿元。", [(8, "亿元", "more"), (5, "亿元", "more"), (3, "亿元", "more")]),
    ("回收率九成以上，占三成多，完成投资超过八成。", [(9, "成", "more"), (3, "成", "more"), (8, "成", "more")]),
    ("带动3.2万农民增收，惠及10万余群众。", [(3.2, "万", "exact"), (10, "万", "more")]),
    (
        "新建水井20口，帮销核桃3笔，会期压缩两成，会议材料精简三成。",
        [(20, "口", "exact"), (3, "笔", "exact"), (2, "成", "exact"), (3, "成", "exact")],
    ),
    ("选派73名年轻干部，配发眼镜300副，授课26讲。", [(73, "名", "exact"), (300, "副", "exact"), (26, "讲", "exact")]),
    (
        "征集史料47万字，完成手术4210台次，更换变压器两台。",
        [(47, "万字", "exact"), (4210, "台次", "exact"), (2, "台", "exact")],
    ),
]


@pytest.mark.parametrize(("text", "figures"), FACTS, ids=[f[0] for f in FACTS])
def test_figures_of_a_sentence(read: Read, text: str, figures: list[tuple[float, str, str]]) -> None:
    found = [e for e in read(text, place="昆明市").entities if e.type == "Figure"]
    assert [(e.value, e.unit, e.bound) for e in found] == figures


NOT_FIGURES = [
    "2022年5月7日，第3次会议召开，电话0871-12345。",
    "巩固“226”工作法成果，推广“1+3+X”模式，实施“十四五”规划。",
    "学习二十届三中全会精神，落实中央八项规定。",
    "从五个方面、三个环节抓好落实。",
    "建于1998年的三层小楼。",
    "在三台县召开会议。",
    "接待群众2 1 0 0 余人次，办结事项1 860件，投资3 . 5亿元。",
    "今年头4个月走访群众，会前7天公布议题，今年前7个月开展协商。",
    "这一做法七成新，一成不变。",
]


@pytest.mark.parametrize("text", NOT_FIGURES)
def test_numbers_that_are_no_figures(read: Read, text: str) -> None:
    assert [e.quote for e in read(text, place="昆明市").entities if e.type == "Figure"] == []


def test_whose_figure_and_when(read: Read) -> None:
    text = "2023年，区政协开展视察48次。全区实现地区生产总值120亿元。"
    found = {e.value: e for e in read(text, place="五华区", date="2024-01-05").entities if e.type == "Figure"}
    assert (found[48].org, found[48].period, found[48].measure) == ("五华区政协", "2023", "开展视察")
    assert found[120].org == "五华区"


def test_each_figure_counts_its_own_things(read: Read) -> None:
    found = [
        e
        for e in read("71个社区建立协商议事室82个，自2018年启动以来举办活动126场。", place="成都市").entities
        if e.type == "Figure"
    ]
    assert [(e.value, e.measure) for e in found] == [
        (71, "社区"),
        (82, "建立协商议事室"),
        (126, "举办活动"),
    ]
    assert found[2].period == "自2018年启动以来"


def test_what_grew_stands_in_the_clause_before(read: Read) -> None:
    found = [e for e in read("地区生产总值达到120亿元，同比增长5.2%。", place="成都市").entities if e.type == "Figure"]
    assert [(e.value, e.measure, e.org) for e in found] == [
        (120, "地区生产总值", "成都市"),
        (5.2, "地区生产总值同比增长", "成都市"),
    ]


def test_a_number_with_more_digits_than_any_count_is_no_figure(read: Read) -> None:
    assert not [
        e for e in read(f"产值{'9' * 309}亿元，账号{'1' * 40}个。", place="成都市").entities if e.type == "Figure"
    ]


WHOSE = [
    # text of 禄劝县政协, its figures and whose they are
    ("李明委员工作室去年挂牌。先后接待群众300人次。", {300: "李明委员工作室"}),
    ("李明牵头成立的“李明委员工作室”，义诊14场。", {14: "李明委员工作室"}),
    ("县政协开展协商，促成县水利局投入38万元。", {38: "禄劝县水利局"}),
    ("县委高度重视。先后报送信息17篇。", {17: "禄劝县政协"}),
    ("其中民盟禄劝县支部提交的《建议》落地，报送监督专报5份。", {5: "禄劝县政协"}),
    ("提交信息196条，昆明市政协采用58条。", {196: "禄劝县政协", 58: "禄劝县政协"}),
    ("去年以来，全县开展协商1280场，建成道路35公里。", {1280: "禄劝县政协", 35: "禄劝县政协"}),
    ("全县现有企业50家。", {50: "禄劝彝族苗族自治县"}),
    ("屏山街道现有社区12个。", {12: "屏山街道"}),
    ("县人民医院新院投用，举办义诊20场。", {20: "禄劝县政协"}),
    # a list that is counted, and officers who attend, do not act
    ("县政协召开座谈会，县民政局、县财政局、县卫健局等7个部门到会。", {7: "禄劝县政协"}),
    ("县政协召开座谈会，县政府副县长李明出席会议，12名群众代表参加。", {12: "禄劝县政协"}),
    ("县民政局会同县财政局等3个部门，整治场所86处。", {3: "禄劝县民政局", 86: "禄劝县民政局"}),
    # who runs a thing; each its own share
    ("“周三茶座”由县工商联承办，累计收集问题457个。", {457: "禄劝县工商联"}),
    ("县政协促成县民政局、县教育局分别新增食堂11家、学位420个。", {11: "禄劝县民政局", 420: "禄劝县教育局"}),
    # what is founded, where the scene is, what comes back by its noun
    (
        "李明领办禄劝丰收种植专业合作社，带动农户97户。如今合作社种植面积扩至5200亩。",
        {97: "禄劝丰收种植专业合作社", 5200: "禄劝丰收种植专业合作社"},
    ),
    ("6月18日，在屏山街道代表联络站，三级代表一上午接待群众30名。", {30: "屏山街道代表联络站"}),
    ("县政协组建“山歌宣讲队”。去年，宣讲队走访群众300户。", {300: "禄劝县政协"}),
    # places: villages, towns, the ground of a district, 县里, the county's purse
    ("屏山街道西门村把议事廊设在树下，今年以来议事12次。", {12: "西门村"}),
    ("屏山街道西门村党支部书记王强说，去年村里盘活院落41处，村集体收入涨到73万元。", {41: "西门村", 73: "西门村"}),
    ("茂山镇党委书记王强算了一笔账：全镇步道38公里，一年管护资金20万元。", {38: "茂山镇", 20: "茂山镇"}),
    ("屏山街道辖区有归侨127户。", {127: "屏山街道"}),
    ("县民政局局长王强作了回应。他说，县里计划改造敬老院10所。", {10: "禄劝彝族苗族自治县"}),
    ("县委高度重视，县财政每年安排专项经费20万元。", {20: "禄劝彝族苗族自治县"}),
    ("禄劝县是山区大县，面积4234平方公里。", {4234: "禄劝彝族苗族自治县"}),
    # 全县 as a subject goes on; a comparison with it is none
    ("县民政局牵头。1至9月，全县受理诉求2800件，缩短时间6天。", {2800: "禄劝彝族苗族自治县", 6: "禄劝彝族苗族自治县"}),
    ("全县新增经营主体960户，增幅高于全省平均水平3个百分点。", {960: "禄劝彝族苗族自治县", 3: "禄劝彝族苗族自治县"}),
    ("县委团结带领全县人民，盘活资产21亿元。", {21: "禄劝彝族苗族自治县"}),
    ("全省新建学校156所，其中禄劝县42所、嵩明县31所。", {156: "云南省", 42: "禄劝彝族苗族自治县", 31: "嵩明县"}),
    # 我们 is who speaks
    ("屏山街道党工委建立台账。围绕发展，我们引进项目5个。", {5: "禄劝县政协"}),
    # an indicator speaks of its own clause, and not in the name of an undertaking
    ("县政协聚焦新就业群体，组织协商68场。", {68: "禄劝县政协"}),
    ("县政协机关党支部开展“助农增收”活动，销售黄桃600斤。", {600: "禄劝县政协机关党支部"}),
    # a party group's own affairs
    ("县政协党组高度重视。三年来，召开党组会议61次、主席会议44次。", {61: "禄劝县政协党组", 44: "禄劝县政协"}),
    ("县政协党组作出部署。县政协制定办法，党组成员全年讲党课14次。", {14: "禄劝县政协党组"}),
    # a place with its time, its count, its indicator or its brand; a village by its bare name; another scene
    ("茂山镇去年接待游客620万人次，采摘园开到7个村。", {620: "茂山镇", 7: "茂山镇"}),
    ("茂山镇9个社区设议事亭20座。", {9: "茂山镇", 20: "茂山镇"}),
    ("茂山镇板栗面积3万亩，果脯出口到40个国家。", {3: "茂山镇", 40: "茂山镇"}),
    ("茂山镇利用荒坡发展林果1800亩。", {1800: "茂山镇"}),
    ("屏山街道西门村“火塘议事会”连议6次，促成31户签约。", {6: "西门村", 31: "西门村"}),
    ("委员走进屏山街道西门村。此后，西门村新开民宿28家。", {28: "西门村"}),
    ("屏山街道西门村新修步道6公里。在茂山镇，委员先后提交提案5件。", {6: "西门村", 5: "禄劝县政协"}),
    ("“禄劝800”公用品牌授权企业74家。", {74: "禄劝县政协"}),
    ("辖区有温泉酒店57家。", {57: "禄劝彝族苗族自治县"}),
    ("李明委员工作室挂牌。去年，工作室走访全县900户家庭。", {900: "李明委员工作室"}),
    # what comes back by its noun speaks from there
    (
        "县政协同禄劝丰源矿业公司谈了6轮，企业最终投入资金4300万元，复垦土地2650亩。",
        {6: "禄劝县政协", 4300: "禄劝丰源矿业公司", 2650: "禄劝丰源矿业公司"},
    ),
    ("县政协走访禄劝丰源矿业公司，企业23家参加座谈。", {23: "禄劝县政协"}),
    ("委员单位禄劝丰源矿业公司牵头制定标准，带动企业23家。", {23: "禄劝丰源矿业公司"}),
    # scholars, counted members, who gave the task; whom a proposal goes to, who issues through its office
    ("云南大学教授、县政协委员李明等7人作大会发言。", {7: "禄劝县政协"}),
    (
        "吸纳委员186名，其中省政协委员2名，累计接待群众5200人次。",
        {186: "禄劝县政协", 2: "禄劝县政协", 5200: "禄劝县政协"},
    ),
    ("省政府督查组交办的16个信访件全部办结。", {16: "禄劝县政协"}),
    ("县民政局采纳后投入资金270万元。", {270: "禄劝县民政局"}),
    ("会后，县政府办公室印发《提升方案》，安排资金1500万元。", {1500: "禄劝县政府"}),
    ("《智能化改造提案》，由县林业局、县水利局承办，推动12家企业改造。", {12: "禄劝县林业局"}),
    ("“周三茶座”由县工商联、县投资合作促进会联合承办，收集问题457个。", {457: "禄劝县工商联"}),
    ("县公安局交警大队大队长李明把会开到校门口，增设停车位64个。", {64: "禄劝县公安局交警大队"}),
    ("县政协向县教育局发出建议书，督促其开展清理，清退收费45万元。", {45: "禄劝县教育局"}),
    ("县政协促成县水利局投入38万元，惠及渔民92户。", {38: "禄劝县水利局", 92: "禄劝县水利局"}),
    # a prize closes an example; a team's first deeds are its own
    (
        "李明委员工作室议事9次，被省政协评为优秀案例。启动下乡行动，送医94场次。",
        {9: "李明委员工作室", 94: "禄劝县政协"},
    ),
    ("禄劝丰源矿业公司获评示范企业。推动创新，兑现奖补资金380万元。", {380: "禄劝县政协"}),
    ("县政协组建“山歌宣讲团”，进村宣讲52场。", {52: "山歌宣讲团"}),
    # what a report shows goes on behind a semicolon
    ("报告显示，全县产生垃圾28万吨；收集点1172个。", {28: "禄劝彝族苗族自治县", 1172: "禄劝彝族苗族自治县"}),
]


@pytest.mark.parametrize(("text", "whose"), WHOSE, ids=[f[0] for f in WHOSE])
def test_a_paragraph_carries_its_topic_on(read: Read, text: str, whose: dict[float, str]) -> None:
    found = read(f"禄劝县政协召开会议。\n\n{text}", place="禄劝县", title="禄劝县政协履职综述").entities
    assert {e.value: e.org for e in found if e.type == "Figure"} == whose


WHOSE_IN_REPORTS = [
    # heading, text, the figures and whose they are
    # a leading party group tells of its body, but for the party's own affairs; another party group of its own work
    (
        "中共禄劝县政协党组",
        "全年集中学习13次。开展协商活动14场。8名党组成员走访企业26家。",
        {13: "禄劝县政协党组", 14: "禄劝县政协", 8: "禄劝县政协党组", 26: "禄劝县政协党组"},
    ),
    ("禄劝县政协机关党组", "形成调研成果7篇。", {7: "禄劝县政协机关党组"}),
    # a government tells of the whole economy, and of its own work
    (
        "禄劝县人民政府",
        "新增规上工业企业21家，总数达到186家。新开工亿元以上项目47个、竣工32个。兑现奖补资金2380万元。",
        {
            21: "禄劝彝族苗族自治县",
            186: "禄劝彝族苗族自治县",
            47: "禄劝彝族苗族自治县",
            32: "禄劝彝族苗族自治县",
            2380: "禄劝县政府",
        },
    ),
    ("禄劝县政协", "引进亿元以上项目8个，帮扶资金60万元。", {8: "禄劝县政协", 60: "禄劝县政协"}),
    # a committee tells of its conference's work, and of its county
    (
        "中共禄劝县委",
        "本届以来，县政协紧扣中心工作。两年多来，共开展调研46次。我县现有政协委员296名。新建学校6所。",
        {46: "禄劝县政协", 296: "禄劝县政协", 6: "禄劝彝族苗族自治县"},
    ),
    ("禄劝县纪委监委", "县纪委常委李明带队核查，调取凭证1400册。", {1400: "禄劝县纪委监委"}),
]


@pytest.mark.parametrize(("heading", "text", "whose"), WHOSE_IN_REPORTS, ids=[f[0] for f in WHOSE_IN_REPORTS])
def test_what_a_body_reports_of(read: Read, heading: str, text: str, whose: dict[float, str]) -> None:
    found = read(f"## {heading}\n\n{text}", place="禄劝县").entities
    assert {e.value: e.org for e in found if e.type == "Figure"} == whose


def test_what_news_of_a_party_committee_counts_is_its_districts(read: Read) -> None:
    found = read("9日，县委召开全会。一年来，新建学校6所。", place="禄劝县", title="中共禄劝县委召开全会").entities
    assert {e.value: e.org for e in found if e.type == "Figure"} == {6: "禄劝彝族苗族自治县"}


WHOSE_IN_NEWS = [
    ("区政协召开会议。在全区37个乡镇（街道）建立协商议事室。", "五华区", ["五华区政协"]),
    ("区政协召开会议。委员走遍了全区8个村民组。", "五华区", ["五华区政协"]),
    # text, place, the body or district of each figure
    ("市政协召开会议。虹桥街道整修步道8条，市教育局新增学位360个。", "宣威市", ["虹桥街道", "宣威市教育局"]),
    ("区委召开会议。全年新建公园6个，新增岗位5000个。", "五华区", ["五华区", "五华区"]),
    ("区政协召开会议。全区建成协商议事室312个。", "五华区", ["五华区政协"]),
    ("区政协召开会议。省政协提案委、区政协组成调研组，形成报告3份。", "五华区", ["五华区政协"]),
    ("区政协办公室副主任何燕介绍，去年办结提案90件。", "五华区", ["五华区政协"]),
]


@pytest.mark.parametrize(("text", "place", "orgs"), WHOSE_IN_NEWS, ids=[f[0] for f in WHOSE_IN_NEWS])
def test_whose_figure_it_is(read: Read, text: str, place: str, orgs: list[str]) -> None:
    assert [e.org for e in read(text, place=place).entities if e.type == "Figure"] == orgs


WHOSE_BY_TITLE = [
    (
        "把工作室办到家门口\n——记五华区政协委员、“罗文锦委员工作室”负责人罗文锦",
        "2021年6月，区政协在各街道设立工作室。\n\n三年来，接待来访群众86人次。",
        {86: "罗文锦委员工作室"},
    ),
    (
        "三色画新村 四季有钱赚\n——遂昌县石练镇“三色四季”乡村振兴行动观察",
        "行动由镇党委牵头实施。今年4月，县政协到石练镇召开会议，县政协副主席主持。\n\n已有返乡青年156人。",
        {156: "石练镇"},
    ),
    (
        "立足本职履好职\n——五华区政协提案委员会2023年工作情况报告",
        "2023年，区政协提案委员会认真履行职能。\n\n全年开展集中学习9次，走访8个乡镇。",
        {9: "五华区政协提案委员会", 8: "五华区政协提案委员会"},
    ),
    (
        "翠湖边的委员工作室\n——五华区政协委员罗文锦和她的工作室",
        "清早，“罗文锦委员工作室”门口就来了人。\n\n三年来，记下民情日记4本。区政协召开会议推广。",
        {4: "罗文锦委员工作室"},
    ),
    (
        "搭平台 聚共识\n——五华区政协委员履职纪实",
        "2023年，区政协提案委员会认真履行职能。\n\n全年开展集中学习9次。",
        {9: "五华区政协"},
    ),
]


@pytest.mark.parametrize(("title", "text", "whose"), WHOSE_BY_TITLE, ids=[f[0][-12:] for f in WHOSE_BY_TITLE])
def test_a_title_says_whose_work_a_text_gives_an_account_of(title: str, text: str, whose: dict[float, str]) -> None:
    page = f"{title}\n\n{text}\n\n会议要求，继续做好各项工作，不断提高服务群众的本领。\n"
    found = RuleReader().read(loads(page.encode(), "a.txt")).entities
    assert {e.value: e.org for e in found if e.type == "Figure" and e.unit != "年"} == whose


WHOSE_IT_TELLS_OF = [
    # text in the news of a district, the body or district of each figure
    ("县政协去年成立“乌蒙”委员工作室，由委员张文广召集，开展培训12期。", ["乌蒙委员工作室"]),
    (
        "委员、禄劝云岭食品有限公司总经理何文广开门见山。县教育局当场答复，公司3个新产品通过检测。",
        ["禄劝云岭食品有限公司"],
    ),
    ("翠华镇兴隆村与禄劝云岭食品有限公司达成协议，由公司出资280万元。", ["禄劝云岭食品有限公司"]),
    ("县教育局拿出方案。6月，该局印发方案，并书面答复：2023年新建食堂9个。", ["禄劝县教育局"]),
    ("禄劝县富硒土壤面积占耕地的47%。", ["禄劝彝族苗族自治县"]),
    ("座谈会上，县教育局局长何文广通报情况，7名委员先后发言，提出建议23条。", ["禄劝县政协", "禄劝县政协"]),
    ("县教育局、县民政局等部门负责人先后9次到场听取意见。", ["禄劝县政协"]),
    ("昆明市政协将其列为品牌示范点，已有21批次考察团前来交流。", ["禄劝县政协"]),
    ("县委印发《关于支持县政协履职的意见》，明确安排经费60万元。", ["禄劝县委"]),
    ("开展视察9次；在2个社区设立“石榴花”委员工作室13个。", ["禄劝县政协"] * 3),
    ("县政协成立“乌蒙文史工作室”，聘请特邀文史员16人。举办讲堂24期。", ["乌蒙文史工作室", "禄劝县政协"]),
    ("翠华镇兴隆村的路通了。去年，兴隆村稻鱼种养发展到900亩。", ["兴隆村"]),
    ("县政协协商342场。而富民县政协协商410场。", ["禄劝县政协", "富民县政协"]),
    ("县教育局协调客运公司开通3条专线。", ["禄劝县教育局"]),
    ("第一张茶桌摆在翠华镇兴隆村。那里有3000多亩老茶园。", ["兴隆村"]),
    ("翠华镇兴隆村的柿子红了。兴隆村种月柿4200亩。", ["兴隆村"]),
    ("翠华镇联络站组织委员开了5次会，在全镇建起12个回收点。", ["翠华镇联络站", "翠华镇联络站"]),
    ("“乌蒙委员工作室”榜上有名。目前，全县委员工作室共接待群众1100人次。", ["禄劝县政协"]),
    ("县政协党组带头学。党组会议集体学习23次，走访群众80户。", ["禄劝县政协党组", "禄劝县政协"]),
    ("县政协建起会客厅，由县政协提案委员会负责运行，接待群众4700多人次。", ["禄劝县政协提案委员会"]),
    ("今年翠华镇的治安警情同比下降了23%。", ["翠华镇"]),
    ("县人大代表何文广在翠华镇人大代表之家接待选民，收到意见9条。", ["翠华镇人大代表之家"]),
]


@pytest.mark.parametrize(("text", "orgs"), WHOSE_IT_TELLS_OF, ids=[f[0][-16:] for f in WHOSE_IT_TELLS_OF])
def test_who_a_clause_tells_of(read: Read, text: str, orgs: list[str]) -> None:
    found = read(f"县政协召开会议。县政协全力履职。\n\n{text}", place="禄劝县").entities
    assert [e.org for e in found if e.type == "Figure"] == orgs


def test_when_somebody_was_born_dates_no_figure(read: Read) -> None:
    text = "县纪委对雷某某立案。雷某某（男，1968年生，中共党员）伙同他人套取补贴23.8万元。"
    (found,) = [e for e in read(text, place="禄劝县").entities if e.type == "Figure"]
    assert (found.period, found.measure) == (None, "伙同他人套取补贴")


def test_a_figure_that_is_said_begins_with_what_is_said(read: Read) -> None:
    text = "本报讯（记者 周敏）“没想到反映的问题3天就解决了。”"
    (found,) = [e for e in read(text, place="禄劝县").entities if e.type == "Figure"]
    assert found.measure == "没想到反映的问题"


def test_a_commission_goes_on_in_the_text_of_its_committee(read: Read) -> None:
    text = "县委开展作风建设。县纪委监委推出联动机制。一年来，开展明察暗访196次，查处问题127起。"
    found = read(text, place="禄劝县", title="禄劝县委开展作风建设").entities
    assert {e.org for e in found if e.type == "Figure"} == {"禄劝县纪委监委"}


def test_the_only_studio_of_a_text_is_meant_in_all_its_sections(read: Read) -> None:
    text = (
        "## 起步\n\n县政协设立“乌蒙委员工作室”。\n\n## 家门口有了去处\n\n县政协组织委员进村。\n\n工作室只有40平方米。"
    )
    found = read(text, place="禄劝县").entities
    assert [e.org for e in found if e.type == "Figure"] == ["乌蒙委员工作室"]
