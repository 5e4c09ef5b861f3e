"""Each question on the sample corpus. What is expected was read out of ``corpus/*.md`` by a person, passage by passage;
the words in each docstring say where it stands. Where the corpus holds no case, ``test_small.py`` has one.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import kg
from kg.ask import ask, find

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
Rows = Callable[..., list[tuple[Any, ...]]]


def test_1_evidence(rows: Rows) -> None:
    """001: 道外区政协主席张军说: the only sentence that gives him a post."""
    found = rows("evidence", "object document section quote", subject="张军", predicate="Membership")
    assert ("道外区政协主席", "001-new-journey", "道外区政协", "道外区政协主席张军") in found
    assert {row[:3] for row in found} == {("道外区政协主席", "001-new-journey", "道外区政协")}


def test_1_evidence_names_the_rule_and_the_reader(rows: Rows) -> None:
    found = rows("evidence", "rule maker", subject="张军", predicate="Membership")
    assert all(rule.startswith("person.") and maker.startswith("rules ") for rule, maker in found)


def test_2_coverage(rows: Rows) -> None:
    """Front matter: 000 and 004 are of 2022, 001 of 2023, 002 of 2024, all from 哈尔滨市; 003 of 2021-12-25, 阿城区."""
    found = rows("coverage", "jurisdiction month documents")
    assert [row for row in found if row[2]] == [
        ("哈尔滨市", "2022", 2),
        ("哈尔滨市", "2023", 1),
        ("哈尔滨市", "2024", 1),
        ("阿城区", "2021-12", 1),
    ]
    # 五常市 is spoken of in 000 and 001, but no document speaks from it.
    assert rows("coverage", "jurisdiction month documents", jurisdiction="五常市") == [("五常市", None, 0)]
    assert len(found) == len(set(found))


def test_3_first_use(rows: Rows) -> None:
    """七大都市: 000, lead, 道里, 双城, 松北, 五常, 宾县; 004 is of the same year; 003, of 2021, has it nowhere. Of the
    users only 哈尔滨市政协 stands in 003 (哈尔滨市政协系统 is none of its documents' users, 全省和哈尔滨市政协系统).
    """
    found = rows("slogan-first-use", "date user document as_early undated", slogan="七大都市")
    assert {row[1] for row in found if row[2] == "000-symposium"} == {
        "哈尔滨市政协", "道里区政协", "双城区政协", "松北区政协", "五常市政协", "宾县政协",
    }  # fmt: skip
    assert {row[1] for row in found if row[2] == "004-year-in-review"} == {"哈尔滨市政协"}
    assert {(date, early, undated) for date, _, _, early, undated in found} == {("2022", 6, 0)}


def test_3_earlier_documents_are_counted(rows: Rows) -> None:
    """三个引领 stands in 002 (2024) alone, used by 木兰县政协, which 000 (2022) names; 哈尔滨 has 000, 001, 004 before."""
    found = rows("slogan-first-use", "user earlier_of_user", slogan="三个引领")
    assert ("木兰县政协", 1) in found


def test_3_words_that_stand_earlier_within_a_longer_slogan_are_not_said_to_be_missing(rows: Rows) -> None:
    """五年翻一番: 000 (2022); 003, of 2021 and from 阿城区, says “一年一台阶、五年翻一番”. No other document is earlier.
    书香政协: 004 (2022); 000, of the same year, has it in “忠诚政协、活力政协、善为政协、聪慧政协、书香政协”. 003, which names the
    user, has it nowhere.
    """
    columns = "user earlier_of_user earlier_of_place words_in"
    assert rows("slogan-first-use", columns, slogan="五年翻一番") == [
        ("阿城区政协", 0, 0, "003-work-report（2021-12-25）")
    ]
    assert rows("slogan-first-use", columns, slogan="书香政协") == [("哈尔滨市政协", 1, 0, "000-symposium（2022）")]


def test_4_lags(rows: Rows) -> None:
    """两个维护: 哈尔滨市 in 004 (2022), 尚志市 in 000 (2022), 松北区 and 木兰县 in 002 (2024): from any month of 2022 to any
    of 2024 it is 13 to 35 months. 两个维护 was put forward nationally in 2018.
    """
    found = rows("slogan-lags", "jurisdiction level date after_province after_city", slogan="两个维护")
    assert sorted(found) == sorted(
        [
            ("哈尔滨市", "prefecture", "2022", None, None),
            ("尚志市", "county", "2022", None, "-11 to 11"),
            ("松北区", "county", "2024", None, "13 to 35"),
            ("木兰县", "county", "2024", None, "13 to 35"),
        ]
    )


def test_4_what_stands_in_one_document_has_one_date(rows: Rows) -> None:
    """七大都市 is 哈尔滨市's in 000 and 004, both of 2022; the counties have it in 000 alone, so never before the city.
    两个全覆盖: 哈尔滨市 in 002 (2024), 平房区 in 000 (2022) only.
    """
    lags = dict(rows("slogan-lags", "jurisdiction after_city", slogan="七大都市"))
    assert lags["五常市"] == lags["道里区"] == "0 to 11"
    assert "-" not in "".join(lag or "" for lag in lags.values())
    assert dict(rows("slogan-lags", "jurisdiction after_city", slogan="两个全覆盖"))["平房区"] == "-35 to -13"


def test_5_adoption(rows: Rows) -> None:
    """六个龙江: the lead, 道里, 双城, 松北 and 五常 of 000, so five jurisdictions in 2022 and none later. In 2021 only
    阿城区 speaks (003).
    """
    found = rows("slogan-adoption", "period new adopted", slogan="六个龙江")
    assert found == [("2021", 0, 0), ("2022", 5, 5), ("2023", 0, 5), ("2024", 0, 5)]
    covered = dict(rows("slogan-adoption", "period covered", slogan="六个龙江"))
    assert covered["2021"] == 1
    assert list(covered.values()) == sorted(covered.values())


def test_5_what_cannot_be_placed_in_a_month_is_counted(rows: Rows) -> None:
    """Only 003 is dated to the month; all five uses of 六个龙江 are of 2022."""
    assert rows("slogan-adoption", "period adopted unplaced", slogan="六个龙江", by="month") == [("2021-12", 0, 5)]


def test_6_bottom_up(rows: Rows) -> None:
    """“两个全覆盖”: 平房区 in 000 (2022), then 哈尔滨市 in 002 (2024). “五年翻一番”: 阿城区 in 000 alone. “双向发力” is
    阿城区's in 002. 七大都市 is 哈尔滨市's in the same year as the counties', so that nothing came first.
    """
    found = {row[0]: row[1:] for row in rows("slogan-bottom-up", "slogan jurisdiction date higher higher_date lag")}
    assert found["两个全覆盖"] == ("平房区", "2022", "哈尔滨市", "2024", "13 to 35")
    assert found["五年翻一番"] == ("阿城区", "2022", None, None, None)
    assert "七大都市" not in found
    risen = {row[0] for row in rows("slogan-bottom-up", "slogan", risen="yes")}
    assert "两个全覆盖" in risen
    assert "五年翻一番" not in risen


def test_7_variants(rows: Rows) -> None:
    """阿城区 says “一年一台阶、五年翻一番” in 003 (2021-12-25) and “五年翻一番” in 000 (2022)."""
    assert rows("slogan-variants", "wording relation first last users", slogan="五年翻一番") == [
        ("五年翻一番", "same", "2022", "2022", "阿城区政协"),
        ("一年一台阶、五年翻一番", "contains", "2021-12-25", "2021-12-25", "阿城区委、阿城区政协"),
    ]


def test_8_components(rows: Rows) -> None:
    """002, 木兰县: “三个引领”, then 制度引领 and 实践引领, two of the three; 000, 宾县: “三县”, never spelled out."""
    assert rows("slogan-components", "spelled_out position part", slogan="三个引领") == [
        ("partly", 1, "制度引领"),
        ("partly", 2, "实践引领"),
    ]
    assert rows("slogan-components", "slogan spelled_out part", slogan="三县") == [("三县", "no", None)]
    # 两个全覆盖 is a goal in one text and a numbered formula in another: still one row.
    assert rows("slogan-components", "slogan spelled_out", slogan="两个全覆盖") == [("两个全覆盖", "no")]
    unspelled = {row[0] for row in rows("slogan-components", "slogan spelled_out") if row[1] == "no"}
    assert {"三县", "四地", "两部新六区", "六个龙江", "七大都市"} <= unspelled


def test_9_dropped(rows: Rows) -> None:
    """000 (2022), 道里区政协: 六个龙江, 七大都市, 两部新六区; none of them in its part of 001 (2023)."""
    found = rows("slogan-dropped", "slogan year next_year", user="道里区政协")
    assert set(found) == {("六个龙江", "2022", "2023"), ("七大都市", "2022", "2023"), ("两部新六区", "2022", "2023")}


def test_9_another_wording_is_shown_and_texts_are_measured(rows: Rows) -> None:
    """阿城区政协 says “一年一台阶、五年翻一番” in 003 (2021, a report of its own) and “五年翻一番” in its section of 000 (2022).
    The section begins with its heading, and the next one is 五常市政协's.
    """
    found = rows("slogan-dropped", "slogan other_wording characters next_characters", user="阿城区政协", year="2021")
    by_slogan = {row[0]: row[1:] for row in found}
    texts = {name: (CORPUS / f"{name}.md").read_text(encoding="utf-8") for name in ("000-symposium", "003-work-report")}
    section = texts["000-symposium"].split("阿城区政协", 1)[1]
    other, characters, following = by_slogan["一年一台阶、五年翻一番"]
    assert other == "五年翻一番"
    assert characters == len(texts["003-work-report"])
    assert 100 < following < len(section)


def test_10_own(rows: Rows) -> None:
    """阿城区: 五年翻一番 nowhere else; 同心圆 (002) also in 哈尔滨市's 社会和法制委员会履职党总支 of 002."""
    found = {row[0]: row[1:] for row in rows("slogan-own", "slogan status superiors", jurisdiction="阿城区")}
    assert found["五年翻一番"] == ("own", None)
    assert found["同心圆"] == ("with superiors", "哈尔滨市")
    # 方向盘: 阿城区 and 尚志市 in 002, nobody above.
    assert found["方向盘"] == ("with others", None)


def test_11_similar_jurisdictions(rows: Rows) -> None:
    """道里区 and 五常市 share 六个龙江, 七大都市 (000) and “微协商” (001); 双城区 shares only the first two with 五常市."""
    found = rows("similar-jurisdictions", "first second relation slogans", jurisdiction="五常市", top=50)
    assert ("道里区", "五常市", "siblings", 3) in found
    assert ("双城区", "五常市", "siblings", 2) in found


def test_12_office_holders(rows: Rows) -> None:
    """003: 哈尔滨市阿城区政协主席 刘晓明, on 2021-12-25. No other document tells who holds that post."""
    columns = "person post first start last end held"
    attested = ("刘晓明", "主席", "2021-12-25", "attested", "2021-12-25", "attested")
    assert rows("office-holders", columns, body="阿城区政协", on="2021-12-25") == [(*attested, "yes")]
    assert rows("office-holders", columns, body="阿城区政协", on="2023") == [(*attested, "open")]
    assert rows("office-holders", columns, body="阿城区政协", title="秘书长") == []


def test_13_career(rows: Rows) -> None:
    """002: 松北区政协党组书记、主席 张太功: two posts of one body, so no overlap."""
    assert sorted(rows("career", "post body level jurisdiction first flag", person="张太功")) == [
        ("主席", "松北区政协", "county", "松北区", "2024", None),
        ("党组书记", "松北区政协", "county", "松北区", "2024", None),
    ]


def test_14_colleagues(rows: Rows) -> None:
    """001, 双城区: 广加林等20余名政协委员, 陈伟等政协委员."""
    assert rows("colleagues", "first second basis since until", body="双城区政协") == [
        ("广加林", "陈伟", "one document", "2023", "2023")
    ]


def test_15_movers(rows: Rows) -> None:
    """Nobody is named in two jurisdictions with a post in both: 王越 is a reporter without a body."""
    assert rows("movers", "person") == []


def test_16_unresolved(rows: Rows) -> None:
    """Every district of the five texts lies in 哈尔滨市, whose names are unique there."""
    assert rows("unresolved", "name") == []


def test_17_initiatives(rows: Rows) -> None:
    """001, 巴彦县: “1158”工作法, “1+3+X”协商模式 with its three sides, “进社区活动”, “政协委员之声”."""
    found = rows("initiatives", "initiative owners first last documents parts", jurisdiction="巴彦县")
    assert {row[0]: row[1:5] for row in found} == {
        "1158工作法": ("巴彦县政协", "2023", "2023", 1),
        "1+3+X协商模式": ("巴彦县政协", "2023", "2023", 1),
        "进社区活动": ("巴彦县政协", "2023", "2023", 1),
        "政协委员之声": ("巴彦县政协", "2023", "2023", 1),
    }
    (parts,) = (row[5] for row in found if row[0] == "1+3+X协商模式")
    assert parts.count(" | ") == 2


def test_18_carried_out(rows: Rows) -> None:
    """001: 按照《政协黑龙江省委员会联系界别群众暂行办法》，县政协开展“政协委员之声”活动. 000: 为实现阿城区“五年翻一番”的目标，
    ……参加“招引联”活动. 003: 围绕“四大主导产业”、“十大民生工程”: the one does not carry out the other.
    """
    found = rows("carried-out", "initiative cue target kind")
    assert ("政协委员之声", "按照", "政协黑龙江省委员会联系界别群众暂行办法", "OfficialDocument") in found
    assert ("招引联", "为实现", "五年翻一番", "Slogan") in found
    assert not [row for row in found if row[0] == "十大民生工程"]
    assert {row[0] for row in rows("carried-out", "initiative", jurisdiction="巴彦县")} == {"政协委员之声"}


def test_19_claimed_firsts(rows: Rows) -> None:
    """001: 在全市政协组织中，道里区政协率先落实常委会任期述职制度. 率先 stands also in 000, within the slogan
    “十方面率先实现突破”, and in 003, of 脱贫, which is no initiative.
    """
    assert rows("claimed-firsts", "initiative cue scope owners document earlier") == [
        ("常委会任期述职制度", "率先", "全市", "道里区政协", "001-new-journey", None)
    ]


def test_20_same_named(rows: Rows) -> None:
    """“书香政协”: 双城区 and 道里区 in 001, 哈尔滨市 in 004; 双城区's “书香政协·悦读双城” and 阿城区's “……、书香政协” contain
    it. 政协大讲堂: 道里区 in 001, 哈尔滨市 in 004.
    """
    found = rows("same-named-initiatives", "name thing place likeness", words="书香政协")
    same = {(thing, place) for name, thing, place, score in found if name == "书香政协" and score == 1}
    assert same == {("书香政协", "双城区"), ("书香政协", "道里区"), ("书香政协", "哈尔滨市")}
    near = {(thing, place) for name, thing, place, score in found if name == "书香政协" and score < 1}
    assert ("书香政协·悦读双城", "双城区") in near
    # One that contains it may be less alike than asked for; the column says why it is there.
    whys = {thing: why for name, thing, why in rows("same-named-initiatives", "name thing why", words="书香政协")}
    assert whys["书香政协"] == "same"
    assert whys["书香政协·悦读双城"] == "contains"
    lectures = rows("same-named-initiatives", "thing place likeness", words="政协大讲堂")
    assert {("政协大讲堂", "道里区", 1), ("政协大讲堂", "哈尔滨市", 1)} == set(lectures)


def test_20_initiatives_come_first_and_no_group_twice(rows: Rows) -> None:
    """习近平新时代…思想 is a slogan, which the name of a campaign contains; “书香政协”活动 is another name of 书香政协."""
    found = rows("same-named-initiatives", "group name thing_id likeness")
    heads = {group: name for group, name, _, _ in found}
    own = [
        any(thing.startswith("initiative/") for g, _, thing, score in found if g == group and score == 1)
        for group in heads
    ]
    assert own == sorted(own, reverse=True)
    assert own[0]
    assert "习近平新时代中国特色社会主义思想" in [
        name for (_, name), mine in zip(heads.items(), own, strict=True) if not mine
    ]
    things = [frozenset(thing for g, _, thing, _ in found if g == group) for group in heads]
    assert not [one for one in things for other in things if one < other]


def test_21_endorsements(rows: Rows) -> None:
    """001, 道里区: 主题读书活动得到多家省级以上媒体报道; 《关于提升……的建议》得到市委主要领导批示; 《优化……》报送到全国政协."""
    assert set(rows("endorsements", "thing endorsement endorser")) == {
        ("阅享新时代·书香润龙江", "报道", "多家省级以上媒体"),
        ("关于提升退役军人帮扶对象医疗服务保障的建议", "批示", "市委主要领导"),
        ("优化疫情防控查验措施，缓解城市出入口车辆拥堵", "报送到", "全国政协"),
    }


def test_22_followups(rows: Rows) -> None:
    """000: 巴彦县政协 要学好《中共中央关于新时代加强人民政协工作的意见》. The titles of 黑龙江省委, 呼兰区 and 通河县委 in 000
    take it up (新时代加强和改进……政协工作); that of 依兰县委 leaves 新时代 out.
    """
    found = rows("document-followups", "relation who jurisdiction", document="中共中央关于新时代加强人民政协工作的意见")
    assert [row for row in found if row[0] == "cites"] == [("cites", "巴彦县政协", "巴彦县")]
    assert {row[2] for row in found if row[0] == "title"} == {"黑龙江省", "呼兰区", "通河县"}
    silent = {row[2] for row in found if row[0] == "none"}
    assert "道里区" in silent
    assert not silent & {"巴彦县", "呼兰区", "通河县", "黑龙江省"}


def test_22_implementing(rows: Rows) -> None:
    """002: 阿城区政协党组贯彻《关于加强新时代全市政协系统党的建设工作的实施意见》; 党总支……落实……部署，特别是中共哈尔滨市委《……》."""
    found = rows(
        "document-followups", "relation who jurisdiction", document="关于加强新时代全市政协系统党的建设工作的实施意见"
    )
    assert ("implements", "阿城区政协党组", "阿城区") in found


def test_23_meetings(rows: Rows) -> None:
    """002: 市政协于5月23日召开党的建设工作座谈会 (2024). 003: the meeting of 2021-12-25 that hears the report."""
    found = rows("meetings", "meeting date hosts", since="2024", until="2024", level="prefecture")
    assert found == [("市政协党的建设工作座谈会", "2024-05-23", "哈尔滨市政协")]
    county = rows("meetings", "meeting date hosts jurisdiction", level="county", until="2021")
    assert county == [("政协哈尔滨市阿城区第四届委员会第一次会议", "2021-12-25", "阿城区政协", "阿城区")]


def test_23_what_stands_beside_a_meeting(rows: Rows) -> None:
    """003: 落实区第四次党代会精神，围绕区委“一年一台阶、五年翻一番”发展战略，围绕“四大主导产业”……."""
    beside = dict(rows("meetings", "meeting slogans", host="阿城区委"))
    slogans = beside["阿城区第四次党代会"]
    assert "一年一台阶、五年翻一番" in slogans
    assert "四大主导产业" in slogans
    assert "人民政协为人民" not in slogans


def test_23_who_is_named_beside_a_meeting_is_not_said_to_attend(rows: Rows) -> None:
    """003: 阿城区委 and 阿城区政府 stand in the sentence on 党的十九大 and its plenums; nobody says that they attended."""
    beside = dict(rows("meetings", "meeting named_with"))
    assert beside["党的十九大"] == "阿城区委、阿城区政府"
    assert "attended" not in {column.name for column in find("meetings").columns}


def test_24_figures(rows: Rows) -> None:
    """001: 道外区政协 报送社情民意信息108条; 巴彦县 乡镇政协工委报送社情民意信息180余篇."""
    assert rows("figures", "body value unit bound year year_basis quote", indicator="社情民意信息") == [
        ("巴彦县政协", 180, "篇", "more", None, "several", "乡镇政协工委报送社情民意信息180余篇"),
        ("道外区政协", 108, "条", "exact", "2023", "document", "报送社情民意信息108条"),
    ]
    assert rows("figures", "value unit year year_basis", indicator="立案提案") == [(724, "件", "2022", "period")]


def test_24_a_total_of_several_years_has_no_year(rows: Rows) -> None:
    """001, 巴彦县: …一届县政协以来…专题协商报告60余篇; 卫国乡: 2023 全乡垃圾总量减少80%以上."""
    found = {row[0]: row[1:] for row in rows("figures", "measure year year_basis")}
    assert found["专题协商报告"] == (None, "several")
    assert found["全乡垃圾总量减少"] == ("2023", "period")
    assert "专题协商报告" not in {row[0] for row in rows("figures", "measure", year="2023")}


def test_25_nothing_is_compared_that_is_not_one_thing(corpus: kg.Build, rows: Rows) -> None:
    """001 (2023): 五常市 12个委员工作室, 巴彦县 5个界别委员工作站: neither ends in 委员工作. 社情民意信息: 巴彦县 180余篇 since
    the term began, 道外区 108条.
    """
    assert rows("figure-comparison", "value", indicator="委员工作", year="2023") == []
    answer = ask(corpus, "figure-comparison", indicator="社情民意信息")
    assert answer.rows == ()
    (note,) = answer.notes
    assert note.startswith("2 figures found; units 条/篇 differ; ")
    assert "巴彦县政协 180篇 (一届县政协以来)" in note
    assert "道外区政协 108条 (2023)" in note
    assert "none of which counts just 委员工作" in ask(corpus, "figure-comparison", indicator="委员工作").notes[0]
    assert ask(corpus, "figure-comparison", indicator="没有的").notes == ()


def test_26_conflicts(rows: Rows) -> None:
    """Each body has one 主席; no figure of one body, period and unit stands twice; the owners of 人民政协启航地 in 阿城区 are
    the 政协 and its own 党组.
    """
    assert rows("conflicts", "kind about") == []


def test_27_a_build_does_not_differ_from_itself(corpus: kg.Build) -> None:
    assert ask(corpus, "changes", other=corpus, compare="all").rows == ()


def test_28_nobody_decided_anything(rows: Rows) -> None:
    assert rows("decisions", "decision") == []
