"""Townships and villages, in every spelling."""

from __future__ import annotations

import pytest

from .conftest import Read, of

FACTS = [
    # text, place of the document, the districts below the county that it names, with the one above
    ("在广德市柏垫镇大树村调研。", "广德市", {"柏垫镇": "广德市", "大树村": "柏垫镇"}),
    ("深入归州镇、沙镇溪镇5个村。", "秭归县", {"归州镇": "秭归县", "沙镇溪镇": "秭归县"}),
    ("石林县政协在长湖镇、西街口镇建站。", "五华区", {"长湖镇": "石林彝族自治县", "西街口镇": "石林彝族自治县"}),
    (
        "到翠华镇、茂山镇、龙首镇等地走访。",
        "禄劝县",
        {"翠华镇": "禄劝彝族苗族自治县", "茂山镇": "禄劝彝族苗族自治县", "龙首镇": "禄劝彝族苗族自治县"},
    ),
    ("党员带头；在龙首镇，群众称好。", "禄劝县", {"龙首镇": "禄劝彝族苗族自治县"}),
    (
        "深入翠华、茂山、团街3个乡镇。",
        "禄劝县",
        {"翠华镇": "禄劝彝族苗族自治县", "茂山镇": "禄劝彝族苗族自治县", "团街镇": "禄劝彝族苗族自治县"},
    ),
    (
        "走访了松林、柏木、竹园等5个村。",
        "禄劝县",
        {"松林村": "禄劝彝族苗族自治县", "柏木村": "禄劝彝族苗族自治县", "竹园村": "禄劝彝族苗族自治县"},
    ),
    ("关峡乡卫生院负责。", "绥宁县", {"关峡苗族乡": "绥宁县"}),
    (
        "孙吴县沿江满族达斡尔族乡哈达村的村民反映问题。",
        "黑河市",
        {"沿江满族达斡尔族乡": "孙吴县", "哈达村": "沿江满族达斡尔族乡"},
    ),
    ("三台乡多底河村缺水，三台乡有多个村缺水。", "大姚县", {"三台乡": "大姚县", "多底河村": "三台乡"}),
    ("黄陂代表团提出建议，省道黄陂段开工。", "兴宁市", {"黄陂镇": "兴宁市"}),
    (
        "上灌村两户人家和好。北洞源村的议事点议事。",
        "禄劝县",
        {"上灌村": "禄劝彝族苗族自治县", "北洞源村": "禄劝彝族苗族自治县"},
    ),
    (
        "来到高日罕镇哈日图嘎查走访，嘎查党支部参加，旗政协走进嘎查。",
        "西乌珠穆沁旗",
        {"高日罕镇": "西乌珠穆沁旗", "哈日图嘎查": "高日罕镇"},
    ),
    (
        "翠华镇秀山村种茶。翠华镇、乌石镇建成果园，清屯村、谢悉村入选示范村。",
        "禄劝县",
        {
            "翠华镇": "禄劝彝族苗族自治县",
            "秀山村": "翠华镇",
            "乌石镇": "禄劝彝族苗族自治县",
            "清屯村": "乌石镇",
            "谢悉村": "乌石镇",
        },
    ),
    (
        "推动伏叶村停车难解决，县水利局同王家店村种植户商量。",
        "禄劝县",
        {"伏叶村": "禄劝彝族苗族自治县", "王家店村": "禄劝彝族苗族自治县"},
    ),
    ("翠华镇的驻村工作队站在翠华镇加车村的观景台上。", "禄劝县", {"翠华镇": "禄劝彝族苗族自治县", "加车村": "翠华镇"}),
    ("惠及和平、安宁、通海4个社区，黄平曾任县政协主席。", "禄劝县", {}),
    ("建设宜居宜业和美乡村，支持山村发展。", "禄劝县", {}),
    ("在三合满族朝鲜族乡，乡党委带头。", "东丰县", {"三合满族朝鲜族乡": "东丰县"}),
    ("翠华镇解放村围绕修路协商。", "禄劝县", {"翠华镇": "禄劝彝族苗族自治县", "解放村": "翠华镇"}),
    ("屏山街道与松林村结对。", "禄劝县", {"屏山街道": "禄劝彝族苗族自治县"}),
    (
        "翠华镇松林村、柏木村和竹园村受益。",
        "禄劝县",
        {"翠华镇": "禄劝彝族苗族自治县", "松林村": "翠华镇", "柏木村": "翠华镇", "竹园村": "翠华镇"},
    ),
    ("到翠华镇走访，“路通了。”松林村村民李明说。", "禄劝县", {"翠华镇": "禄劝彝族苗族自治县", "松林村": "翠华镇"}),
    # Villages by what is told of them, where their names are made of no words.
    ("赤岔村地处深山，路窄。", "禄劝县", {"赤岔村": "禄劝彝族苗族自治县"}),
    ("委员走进赤岔村，示范村、特色村也来取经。", "禄劝县", {"赤岔村": "禄劝彝族苗族自治县"}),
    (
        "高日罕镇哈日图嘎查牧民吴双喜说好。",
        "西乌珠穆沁旗",
        {"高日罕镇": "西乌珠穆沁旗", "哈日图嘎查": "高日罕镇"},
    ),
]


@pytest.mark.parametrize(("text", "place", "names"), FACTS, ids=[f[0] for f in FACTS])
def test_districts_below_the_county(read: Read, text: str, place: str, names: dict[str, str]) -> None:
    found = of(read(text, place=place), "District")
    assert {n: d.parent for n, d in found.items() if n.endswith(("镇", "乡", "街道", "村", "嘎查"))} == names


NOT_DISTRICTS = [
    "在小城镇，群众称好；在各乡镇，干部下沉。",
    "建成美丽、宜居等5个村。",
    "翠华镇联合村集体发展产业。",
    "试点村党支部、驻村党支部带头，各村党支部负责。",
    "县城古城里热闹，山间翠云缭绕，记者乌兰图雅摄。",
]


@pytest.mark.parametrize("text", NOT_DISTRICTS)
def test_words_that_only_look_like_districts(read: Read, text: str) -> None:
    assert set(of(read(text, place="禄劝县"), "District")) <= {"翠华镇", "禄劝彝族苗族自治县"}


NAMES_OF_PERSONS = [
    ("县政协主席关海林主持会议。", "海林市"),
    ("赫山城区人多车多，区政协走访。", "山城区"),
    ("州委、州政协和县委支持。", "和县"),
]


@pytest.mark.parametrize(("text", "name"), NAMES_OF_PERSONS, ids=[n[1] for n in NAMES_OF_PERSONS])
def test_what_runs_into_the_words_around_it_is_no_district(read: Read, text: str, name: str) -> None:
    assert name not in of(read(text, place="赫山区"), "District")


COUNTIES = "昆明市政协县（市）区政协履职见闻"


def test_headings_name_the_county_of_their_section(read: Read) -> None:
    text = (
        "市政协召开会议，总结各地做法。\n\n## 宜良：一张桌子议到底\n\n县政协搭建平台，办结实事31件。\n\n"
        "## 嵩明：竹林里摆起茶座\n\n县政协搭建平台，办结实事42件。"
    )
    reading = read(text, title=COUNTIES, place="昆明市")
    figures = {e.value: e.org for e in reading.entities if e.type == "Figure"}
    assert figures == {31: "宜良县政协", 42: "嵩明县政协"}


def _county(read: Read, paragraph: str) -> set[str]:
    """Bodies that a page of two counties names, with *paragraph* in the section of the second."""
    text = (
        "## 宜良县政协\n\n县政协开展调研。\n\n## 嵩明县政协\n\n县政协开展视察。\n\n"
        + paragraph
        + "\n\n县政协开展协商。\n\n## 安宁市政协\n\n市政协组织走访。"
    )
    return set(of(read(text, title=COUNTIES, place="昆明市"), "Organisation"))


FOREIGN = [
    ("宜良是花卉大县。县纪委监委加强监督。", {"宜良县纪委监委"}),
    ("宜良则把监督挺在前面。县纪委监委加强监督。", {"宜良县纪委监委"}),
    ("在宜良县，县纪委监委加强监督。", {"宜良县纪委监委"}),
    ("狗街镇的村民来了，县纪委监委加强监督。", {"宜良县纪委监委"}),
    ("安宁市委书记李明作出批示。市政府督查室每季度通报。", {"安宁市委", "安宁市政府", "安宁市政府督查室"}),
    # Its own county, or one only spoken of.
    ("会议学习文件。县纪委监委加强监督。", {"嵩明县纪委监委"}),
    ("嵩明县与安宁市政协结对，县纪委监委加强监督。", {"嵩明县纪委监委"}),
    ("杨林镇和狗街镇结对，县纪委监委加强监督。", {"嵩明县纪委监委"}),
    # Another county for one sentence.
    ("会议学习文件。在富民县，县公安局开展宣传。县纪委监委加强监督。", {"富民县公安局", "嵩明县纪委监委"}),
]


@pytest.mark.parametrize(("paragraph", "names"), FOREIGN, ids=[f[0] for f in FOREIGN])
def test_paragraphs_that_speak_for_another_county(read: Read, paragraph: str, names: set[str]) -> None:
    known = {"昆明市政协", "宜良县政协", "嵩明县政协", "安宁市政协"}
    assert _county(read, paragraph) - known == names


def test_the_prefecture_has_the_last_word(read: Read) -> None:
    text = (
        "市政协召开会议。\n\n## 宜良县政协\n\n县政协开展调研11次。\n\n## 嵩明县政协\n\n县政协开展视察12次。\n\n"
        "“要抓落实。”市政协副主席李明表示，路数清楚了。全年立案提案13件。"
    )
    reading = read(text, title=COUNTIES, place="昆明市")
    figures = {e.value: e.org for e in reading.entities if e.type == "Figure"}
    assert figures == {11: "宜良县政协", 12: "嵩明县政协", 13: "昆明市政协"}


def test_what_the_prefecture_did_in_a_town_is_its_own(read: Read) -> None:
    text = "市政协在狗街镇召开会议，市委办公室、县委办公室参加，开展协商13次。"
    reading = read(text, title="昆明市政协协商品牌侧记", place="昆明市")
    assert [e.org for e in reading.entities if e.type == "Figure"] == ["昆明市政协"]
    assert "昆明市委办公室" in of(reading, "Organisation")


def test_a_city_in_passing_leaves_the_prefecture_its_bureaus(read: Read) -> None:
    text = "专班由市委办公室与安宁市纪委监委组成。市教育局作答。"
    bodies = set(of(read(text, title="昆明市纪委监委专项整治纪实", place="昆明市"), "Organisation"))
    assert {"昆明市委办公室", "安宁市纪委监委", "昆明市教育局"} <= bodies


def test_a_paragraph_that_quotes_another_countys_plan_speaks_for_it(read: Read) -> None:
    text = (
        "## 千阳县政协\n\n县政协建立制度，县委专题研究。\n\n"
        "县政协对《眉县果业发展方案》开展监督，发现问题23个。\n\n## 眉县政协\n\n县政协组织调研。"
    )
    found = read(text, title="宝鸡市县区政协工作交流", place="宝鸡市").entities
    assert {e.value: e.org for e in found if e.type == "Figure"} == {23: "眉县政协"}


def test_words_behind_a_county_are_no_township(read: Read) -> None:
    found = read("高坑镇是安源区的工业重镇，平陆运河通航。", place="萍乡市")
    assert {e.name for e in found.entities if e.type == "District"} == {"高坑镇", "安源区"}


def test_committees_that_head_sections_speak_there(read: Read) -> None:
    text = "区政协召开会议。\n\n教科卫体委员会\n\n开展义诊4场。\n\n提案委员会\n\n办结提案90件。"
    found = read(text, title="区政协专委会工作掠影", place="五华区").entities
    owners = {e.value: e.org for e in found if e.type == "Figure"}
    assert owners == {4: "五华区政协教科卫体委员会", 90: "五华区政协提案委员会"}


NO_DISTRICTS = [
    ("围绕鲁中山区水资源保护开展调研。", "沂源县", "中山区"),
    ("走访新疆天山麦香面粉有限公司。", "奇台县", "天山区"),
    ("走进济源堂药业生产车间。", "陇西县", "济源市"),
    ("来到巴彦胡舒嘎查走访牧户。", "西乌珠穆沁旗", "巴彦县"),
]


@pytest.mark.parametrize(("text", "place", "name"), NO_DISTRICTS, ids=[f[2] for f in NO_DISTRICTS])
def test_parts_of_other_names_are_no_districts(read: Read, text: str, place: str, name: str) -> None:
    assert name not in of(read(text, place=place), "District")


def test_a_county_of_one_character_is_known_by_its_doubled_county(read: Read) -> None:
    reading = read("涉县县委召开会议。涉县“作风建设提升年”活动见成效，县政协参加。")
    assert reading.home == "130426"
    assert set(of(reading, "Organisation")) == {"涉县县委", "涉县政协"}
