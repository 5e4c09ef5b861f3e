"""Initiatives, slogans, documents and meetings told apart."""

from __future__ import annotations

import pytest

from kg.model import Entity

from .conftest import Read, of

INITIATIVES = [
    ("区政协开展“委员进楼宇”系列活动。", "委员进楼宇", "Activity"),
    ("区政协推行“五步工作法”：听、记、办、督、评。", "五步工作法", "Method"),
    ("区政协打造“湖畔议事厅”协商平台。", "湖畔议事厅", "Platform"),
    ("区政协建立委员联系困难企业制度。", "委员联系困难企业制度", "Mechanism"),
    ("区政协创建“同心向党”党建品牌。", "同心向党", "Brand"),
    ("扎实开展党纪学习教育。", "党纪学习教育", "Activity"),
    ("深入推进“营商环境提升年”活动。", "营商环境提升年", "Activity"),
    ("区政协运用“226”工作法协商。", "226工作法", "Method"),
    ("区政协谋划的“委员助企行”开展三年来成效明显。", "委员助企行", "Activity"),
    ("区政协落实周调度、月通报、季考核机制。", "周调度、月通报、季考核机制", "Mechanism"),
    ("区政协推行“警格+网格”双格联动模式。", "警格+网格", "Method"),
    ("这套“协商六步走”，包括征集议题、确定主题等。", "协商六步走", "Method"),
    ("委员们五次组织“井台协商”。", "井台协商", "Activity"),
    ("区纪委监委探索“家长+学生”陪餐监督法。", "家长+学生", "Method"),
    ("区纪委监委启动“室组镇”联动。", "室组镇", "Mechanism"),
    ("推进“营养餐”突出问题专项整治。", "营养餐突出问题专项整治", "Activity"),
    ("区政协把这种做法叫作“街坊大家办”，在全区推开。", "街坊大家办", "Activity"),
    ("办好第七届五华石榴文化节。", "五华石榴文化节", "Activity"),
    ("今年是商业焕新三年行动攻坚之年。", "商业焕新三年行动", "Activity"),
    ("建好“委员之家”。", "委员之家", "Platform"),
]


@pytest.mark.parametrize(("text", "name", "kind"), INITIATIVES, ids=[f[0] for f in INITIATIVES])
def test_initiatives(read: Read, text: str, name: str, kind: str) -> None:
    reading = read(text, place="五华区")
    assert {n: e.kind for n, e in of(reading, "Initiative").items()} == {name: kind}
    assert name not in of(reading, "Slogan")


SLOGANS = [
    ("增强“四个意识”，坚定“四个自信”。", {"四个意识": "Numeric", "四个自信": "Numeric"}),
    ("坚决拥护两个确立，坚决做到两个维护。", {"两个确立": "Numeric", "两个维护": "Numeric"}),
    ("以“凝心聚力、实干争先”为主线推进工作。", {"凝心聚力、实干争先": "Theme"}),
    ("围绕建设“四大新城”目标履职。", {"四大新城": "Goal"}),
    ("坚持“围绕中心抓协商，抓好协商促发展”的工作思路。", {"围绕中心抓协商，抓好协商促发展": "Motto"}),
    ("画好最大“同心圆”。", {"同心圆": "Metaphor"}),
    ("深入学习贯彻习近平新时代中国特色社会主义思想。", {"习近平新时代中国特色社会主义思想": "Doctrine"}),
    (
        "学习贯彻习近平总书记关于加强和改进民族工作的重要思想。",
        {"习近平总书记关于加强和改进民族工作的重要思想": "Doctrine"},
    ),
]


@pytest.mark.parametrize(("text", "slogans"), SLOGANS, ids=[f[0] for f in SLOGANS])
def test_slogans(read: Read, text: str, slogans: dict[str, str]) -> None:
    assert {n: e.kind for n, e in of(read(text, place="五华区"), "Slogan").items()} == slogans


def test_an_undertaking_for_a_platform_is_another(read: Read) -> None:
    text = "区政协打造“街坊商量”协商平台，明年将启动“街坊商量”提质扩面行动。"
    found = of(read(text, place="五华区"), "Initiative")
    assert {n: e.kind for n, e in found.items()} == {"街坊商量": "Platform", "街坊商量提质扩面行动": "Activity"}


def test_the_parts_of_what_follows_are_no_formula(read: Read) -> None:
    text = "推行“党员委员带新委员、老委员带青年委员”的“双带”机制。"
    reading = read(text, place="五华区")
    assert of(reading, "Slogan") == {}
    assert of(reading, "Initiative")["双带"].components == ("党员委员带新委员", "老委员带青年委员")


@pytest.mark.parametrize(
    "text",
    [
        "突出“委员工作室”窗口作用，先后建成“委员工作室”31家。",
        "组成“四支先锋队”深入乡村。",
        "用“小议事厅”服务“大民生”。",
        "助力创建文明城市“升级版”。",
        "用好“一张桌”，让协商活起来。",
        "省政协“有话多商量”基层协商交流会在这里召开。",
        "大家说的“民主协商”讲的是过程。",
        "“红嫂”后人李木林等组成宣讲队。",
    ],
)
def test_ordinary_things_in_quotation_marks(read: Read, text: str) -> None:
    reading = read(text, place="五华区")
    found = {n: e.kind for n, e in {**of(reading, "Initiative"), **of(reading, "Slogan")}.items()}
    assert {n for n, kind in found.items() if kind != "Metaphor"} == set()


@pytest.mark.parametrize(
    "text",
    ["他说：“这条路终于修好了，出门方便多了。”", "老乡笑称自己是“土专家”。", "“把老人家扶稳，慢一点。”一位委员喊道。"],
)
def test_speech_is_no_slogan(read: Read, text: str) -> None:
    reading = read(text, place="五华区")
    assert not of(reading, "Slogan")
    assert not of(reading, "Initiative")


PARTS = [
    ("推行“三联工作法”，即：联企业、联社区、联农户。", "三联工作法", ("联企业", "联社区", "联农户")),
    ("采取征题、选题、定题的“三步选题法”。", "三步选题法", ("征题", "选题", "定题")),
    (
        "推行“1+2+X”协商模式（即1名召集人+2名委员+若干群众代表）。",
        "1+2+X协商模式",
        ("1名召集人", "2名委员", "若干群众代表"),
    ),
    (
        "开展“三查三改”活动，即查站位、改虚浮，查作风、改拖沓，查落实、改漂移，推进建设。",
        "三查三改",
        ("查站位", "改虚浮", "查作风", "改拖沓", "查落实", "改漂移"),
    ),
    (
        "实行“两议三步”工作法——民意提议、会商审议，选题、调研、办理三步推进。",
        "两议三步",
        ("民意提议", "会商审议", "选题", "调研", "办理"),
    ),
    (
        "确立了“一二三”工作机制。“一”即坚持一个根本，“二”即用好两级平台，“三”即落实三项制度。",
        "一二三工作机制",
        ("坚持一个根本", "用好两级平台", "落实三项制度"),
    ),
    ("打造“懂政策、会协商、善监督”的队伍。", "懂政策、会协商、善监督", ("懂政策", "会协商", "善监督")),
    (
        "构建“1+3+N”党建工作体系，其中“1”指一个党组，“3”指三个党支部，“N”指若干党小组。",
        "1+3+N党建工作体系",
        ("一个党组", "三个党支部", "若干党小组"),
    ),
    (
        "形成“五步协商法”——群众提、委员议、部门答、镇村办、大家评，推动协商向基层延伸。",
        "五步协商法",
        ("群众提", "委员议", "部门答", "镇村办", "大家评"),
    ),
    (
        "什么是“三前”工作法？就是民意收集在前、调查研究在前、沟通协调在前。",
        "三前",
        ("民意收集在前", "调查研究在前", "沟通协调在前"),
    ),
    (
        "推行“双联系三报告”机制，即甲联系乙、乙联系丙，乙向丙报告、丙向丁报告、丁向乙报告。",
        "双联系三报告",
        ("甲联系乙", "乙联系丙", "乙向丙报告", "丙向丁报告", "丁向乙报告"),
    ),
    (
        "以“一院两站”为抓手推进工作。\n\n“一院”，就是协商小院；“两站”，就是联络站、工作站。",
        "一院两站",
        ("协商小院", "联络站", "工作站"),
    ),
    (
        "检查《中华人民共和国水法》《云南省水条例》（以下简称“一法一条例”）实施情况。",
        "一法一条例",
        ("中华人民共和国水法", "云南省水条例"),
    ),
    (
        "做到“三个不脱离”，不脱离大局、不脱离委员、不脱离群众。",
        "三个不脱离",
        ("不脱离大局", "不脱离委员", "不脱离群众"),
    ),
    ("区政协打造“老乡说事”品牌，分“说、议、办、评”四步推进。", "老乡说事", ("说", "议", "办", "评")),
    ("落实“一三五”战略部署（一个目标、三大支撑、五项行动）。", "一三五", ("一个目标", "三大支撑", "五项行动")),
]


@pytest.mark.parametrize(("text", "name", "parts"), PARTS, ids=[f[1] for f in PARTS])
def test_parts_where_the_text_spells_them_out(read: Read, text: str, name: str, parts: tuple[str, ...]) -> None:
    found = {e.name: e for e in read(text, place="五华区").entities if e.type in ("Initiative", "Slogan")}
    assert found[name].components == parts


def test_parts_that_head_the_paragraphs(read: Read) -> None:
    text = "### 五华区政协\n\n坚持“三个突出”推进工作。\n\n突出政治引领，抓学习。学深悟透。\n\n突出服务大局，抓协商。协商有为。\n\n突出履职为民，抓监督。监督有力。"
    slogan = of(read(text, title="昆明市各区政协工作"), "Slogan")["三个突出"]
    assert slogan.components == ("突出政治引领", "突出服务大局", "突出履职为民")


DOCUMENTS = [
    ("区政协制定《五华区政协委员履职办法（试行）》。", "五华区政协委员履职办法", ("五华区政协",), "试行"),
    ("学习《中国共产党统一战线工作条例》。", "中国共产党统一战线工作条例", (), None),
    ("市委印发《关于加强新时代人民政协工作的实施意见》。", "关于加强新时代人民政协工作的实施意见", ("昆明市委",), None),
    ("贯彻落实中共云南省委《关于加强协商民主建设的意见》。", "关于加强协商民主建设的意见", ("云南省委",), None),
    ("区政协会同区委统战部制定《界别工作室管理办法》。", "界别工作室管理办法", ("五华区政协", "五华区委统战部"), None),
    ("区委办、区政府办联合印发《河长制工作方案》。", "河长制工作方案", ("五华区委办", "五华区政府办"), None),
    ("《委员履职手册》由区政协办公室编印。", "委员履职手册", ("五华区政协办公室",), None),
    ("《中国共产党政治协商工作条例》今年由中共中央印发。", "中国共产党政治协商工作条例", ("中共中央",), None),
    ("区政协主席李木林作了题为《小院子大民生》的发言。", "小院子大民生", ("五华区政协",), None),
    ("区政协工作：区民政局承办的《关于发展互助养老的提案》答复了。", "关于发展互助养老的提案", ("五华区政协",), None),
    ("区政协报送《停车难社情民意专报》。", "停车难社情民意专报", ("五华区政协",), None),
]


@pytest.mark.parametrize(("text", "name", "issuers", "status"), DOCUMENTS, ids=[f[1] for f in DOCUMENTS])
def test_documents(read: Read, text: str, name: str, issuers: tuple[str, ...], status: str | None) -> None:
    document: Entity = of(read(text, place="五华区"), "Document")[name]
    assert (document.issuers, document.status) == (issuers, status)


MEETINGS = [
    ("今年5月7日，市委政协工作会议召开。", {"市委政协工作会议": ("昆明市委", "2022-05-07")}),
    ("深入学习党的二十大精神。", {"党的二十大": (None, None)}),
    ("贯彻十九届五中、六中全会精神。", {"党的十九届五中全会": (None, None), "党的十九届六中全会": (None, None)}),
    (
        "落实中央和省委政协工作会议部署。",
        {"中央政协工作会议": ("中共中央", None), "省委政协工作会议": ("云南省委", None)},
    ),
    ("落实省第十一次党代会精神。", {"云南省第十一次党代会": ("云南省委", None)}),
    ("召开常委会议、主席会议、党组会议研究。", {}),
    ("全国政协十四届一次会议胜利召开。", {"全国政协十四届一次会议": ("全国政协", None)}),
    (
        "五华区政协召开民营经济高质量发展专题协商会、优化营商环境专题座谈会。",
        {
            "五华区政协民营经济高质量发展专题协商会": ("五华区政协", None),
            "优化营商环境专题座谈会": ("五华区政协", None),
        },
    ),
]


@pytest.mark.parametrize(("text", "meetings"), MEETINGS, ids=[f[0] for f in MEETINGS])
def test_meetings(read: Read, text: str, meetings: dict[str, tuple[str | None, str | None]]) -> None:
    found = of(read(text, place="昆明市", date="2022-06-01"), "Meeting")
    assert {n: (e.host, e.date) for n, e in found.items()} == meetings


def test_users_and_owners_come_from_the_section(read: Read) -> None:
    text = "## 同心\n\n### 五华区政协\n\n贯彻“四个意识”，开展“邻里议事”活动。\n\n## 聚力\n\n### 盘龙区政协\n\n坚持“四个意识”。"
    reading = read(text, title="昆明市各区政协工作扫描")
    assert of(reading, "Slogan")["四个意识"].users == ("五华区政协", "盘龙区政协")
    assert of(reading, "Initiative")["邻里议事"].owners == ("五华区政协",)


def test_a_formula_is_used_by_its_maker_and_by_who_says_it(read: Read) -> None:
    text = "## 同心\n\n### 盘龙区政协\n\n围绕区委“一城两区”发展布局履职。\n\n昆明市政协副主席李木林表示，推动形成“一县一品、一村一特”的格局。"
    found = of(read(text, title="昆明市各区政协工作扫描"), "Slogan")
    assert found["一城两区"].users == ("盘龙区委", "盘龙区政协")
    assert found["一县一品、一村一特"].users == ("昆明市政协",)


def test_a_magazine_is_no_document(read: Read) -> None:
    assert of(read("做法被省政协《协商天地》杂志刊发。", place="五华区"), "Document") == {}


def test_a_song_is_no_document(read: Read) -> None:
    found = of(
        read("大家齐唱《我爱滇池》，画师创作的《翠湖清风》获奖，学习了《五华区政协工作规则》。", place="五华区"),
        "Document",
    )
    assert set(found) == {"五华区政协工作规则"}


def test_how_often_a_meeting_is_held_is_no_part_of_its_name(read: Read) -> None:
    found = read("区政协每半年召开一次协商成果转化推进会，传达市政府有关会议精神。", place="五华区")
    assert of(found, "Meeting") == {}


def test_the_words_that_say_who_speaks_are_evidence_too(read: Read) -> None:
    text = "## 同心\n\n### 五华区政协\n\n贯彻“四个意识”，推进工作。"
    slogan = of(read(text, title="昆明市各区政协工作扫描"), "Slogan")["四个意识"]
    quotes = {e.quote for e in slogan.evidence if "users=五华区政协" in e.supports}
    assert quotes == {"“四个意识”", "五华区政协"}


def test_a_speech_dates_the_meeting_its_title_names(read: Read) -> None:
    reading = read(
        "各位委员：现在报告工作。2023年2月7日", title="在政协岑溪市第十届委员会第三次会议上的讲话", date="2023-02-07"
    )
    assert of(reading, "Meeting") == {}
    from kg.extract.reading import RuleReader
    from kg.sources import loads

    page = "在政协岑溪市第十届委员会第三次会议上的讲话\n岑溪市政协主席  覃少军\n（2023年2月7日）\n\n各位委员，同志们：现在报告工作。\n"
    found = of(RuleReader().read(loads(page.encode(), "a.txt")), "Meeting")
    assert found["政协岑溪市第十届委员会第三次会议"].date == "2023-02-07"


@pytest.mark.parametrize(
    ("text", "missing"),
    [("获得“政协工作创新奖”表彰。", "政协工作创新奖"), ("区政协三届委员会完成使命。", "五华区政协三届委员会")],
)
def test_awards_and_terms_are_not_things_of_their_own(read: Read, text: str, missing: str) -> None:
    assert missing not in {e.name for e in read(text, place="五华区").entities}


WHO_RUNS_WHAT = [
    # text, name, owners
    ("由区政协牵头的“清风护企”专项行动启动。", "清风护企", ("五华区政协",)),
    ("区纪委监委、区工商联联合开展“营商体验官”活动。", "营商体验官", ("五华区纪委监委", "五华区工商联")),
    ("“同心助学”公益项目由民建五华区总支发起，已持续五年。", "同心助学", ("民建五华区总支",)),
    ("区委统战部深入一线，推出“同心讲堂”。", "同心讲堂", ("五华区委统战部",)),
]


@pytest.mark.parametrize(("text", "name", "owners"), WHO_RUNS_WHAT, ids=[f[1] for f in WHO_RUNS_WHAT])
def test_who_runs_an_undertaking(read: Read, text: str, name: str, owners: tuple[str, ...]) -> None:
    assert of(read(text, place="五华区"), "Initiative")[name].owners == owners


@pytest.mark.parametrize(
    "text",
    [
        "区政协召开“加快茶产业发展”专题协商会。",
        "区政协围绕“古村落保护利用”开展协商，围绕“推进竹产业高质量发展”召开会议。",
        "区政协设立“李木林”“老班长”2个委员工作室。",
        "委员和各村“两委”联手，村“两委”带头。",
    ],
)
def test_topics_and_stations_are_no_undertakings(read: Read, text: str) -> None:
    reading = read(text, place="五华区")
    assert of(reading, "Initiative") == {} == of(reading, "Slogan")


def test_topics_of_a_consultation_are_no_undertakings(read: Read) -> None:
    text = "县政协围绕“壮大旅游产业”、“保护绿水蓝天”、“建设美丽乡村”等课题作专题协商，提出意见30余项。"
    assert of(read(text, place="禄劝县"), "Initiative") == {}


def test_a_title_dates_only_the_meeting_it_reports(read: Read) -> None:
    text = "县政协传达学习全国政协工作经验交流会精神，推进工作。"
    found = of(
        read(text, place="禄劝县", date="2023-04-05", title="贯彻全国政协工作经验交流会精神 推进履职"), "Meeting"
    )
    assert {meeting.date for meeting in found.values()} == {None}
