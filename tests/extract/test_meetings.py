"""Meetings: which words name one, when it was held, and which names are of the same one."""

from __future__ import annotations

import pytest

from kg.extract.reading import RuleReader
from kg.sources import loads

from .conftest import Read, of

DATES = [
    # text, meetings with their dates; the paper is of 2025-03-28
    ("昨日，县政协召开十一届十四次常委会会议。", {"县政协十一届十四次常委会会议": "2025-03-27"}),
    ("县政协助企纾困座谈会今天上午在县城召开。", {"县政协助企纾困座谈会": "2025-03-28"}),
    (
        "3月18日，县政协以“办好老小身边事，守好一老一小幸福”为题，召开今年第四次“屋场月商”协商座谈会。",
        {"“屋场月商”协商座谈会": "2025-03-18"},
    ),
    ("县政协的努力一天比昨天好，召开全县协商工作推进会。", {"全县协商工作推进会": None}),
    (
        "县政协林下经济发展座谈会发言摘登。3月16日，县政协在甲镇召开林下经济发展座谈会。",
        {"县政协林下经济发展座谈会": "2025-03-16"},
    ),
    (
        "1月11日，政协第十届禄劝彝族苗族自治县委员会第四次会议闭幕。",
        {"政协第十届禄劝彝族苗族自治县委员会第四次会议": "2025-01-11"},
    ),
    ("12月30日，县委经济工作会议召开。", {"县委经济工作会议": "2024-12-30"}),
    ("书记批示：“接地气，要坚持。”县委政协工作会议召开。", {"县委政协工作会议": None}),
    ("学习中央、省委三级政协工作会议精神。", {"中央政协工作会议": None, "省委政协工作会议": None}),
    ("3月21日，县政协召开重点提案现场办理会。", {"县政协重点提案现场办理会": "2025-03-21"}),
    ("县委深改委会议审议通过办法，市委有关会议作出部署，县政协召开党组（扩大）会议。", {}),
    ("书记代表中共禄劝县委对大会的召开表示祝贺，县政协与县工商联建立联席会议制度。", {}),
]


@pytest.mark.parametrize(("text", "meetings"), DATES, ids=[f[0] for f in DATES])
def test_meetings_and_their_dates(read: Read, text: str, meetings: dict[str, str | None]) -> None:
    found = of(read(text, place="禄劝彝族苗族自治县", date="2025-03-28"), "Meeting")
    assert {n: e.date for n, e in found.items()} == meetings


def test_the_end_of_a_year_read_in_its_first_months_is_of_the_year_before(read: Read) -> None:
    found = of(read("12月30日，县委经济工作会议召开。", place="禄劝县", date="2025-01-05"), "Meeting")
    assert {e.date for e in found.values()} == {"2024-12-30"}


def test_an_autonomous_region_holds_party_congresses_too(read: Read) -> None:
    found = of(read("按照自治区第十二次党代会部署推进工作。", place="富川瑶族自治县"), "Meeting")
    assert {n: e.host for n, e in found.items()} == {"广西壮族自治区第十二次党代会": "广西壮族自治区党委"}


def test_an_autonomous_regions_committee_holds_plenums(read: Read) -> None:
    found = of(read("会议传达学习自治区党委十二届五次全会精神。", place="富川瑶族自治县"), "Meeting")
    assert {n: e.host for n, e in found.items()} == {"广西壮族自治区党委十二届五次全会": "广西壮族自治区党委"}


def test_plenary_sessions_in_a_list_are_several(read: Read) -> None:
    found = of(read("贯彻市委十二届六次、七次全会及县委十三届九次全会精神。", place="禄劝县"), "Meeting")
    assert {n: e.host for n, e in found.items()} == {
        "昆明市委十二届六次全会": "昆明市委",
        "昆明市委十二届七次全会": "昆明市委",
        "禄劝县委十三届九次全会": "禄劝县委",
    }


def test_a_sitting_of_a_county_of_one_character(read: Read) -> None:
    text = "2月18日在吉县第十七届人民代表大会第五次会议上作报告。\n\n吉县人民政府县长葛大鹏"
    assert list(of(read(text), "Meeting")) == ["吉县第十七届人民代表大会第五次会议"]


def test_a_newspapers_date_is_not_that_of_the_meeting_in_its_title() -> None:
    page = "甲乙日报 2023年8月22日 星期二 第3版\n\n聚力特色产业\n\n——禄劝县政协产业提质增效座谈会发言摘登\n\n会议总结了各乡镇政协工作的经验，对下一步作了安排。\n"
    found = of(RuleReader().read(loads(page.encode(), "a.txt")), "Meeting")
    assert {e.date for e in found.values()} == {None}


def test_an_imprint_states_the_date_of_a_text() -> None:
    page = "履职纪实\n\n禄劝县政协党组\n\n（2024年5月）\n\n近年来，县政协党组认真履职，推动各项工作取得新进展。\n"
    meta = RuleReader().read(loads(page.encode(), "a.txt")).meta
    assert (meta.date, meta.date_basis) == ("2024-05", "stated")


SPOKEN = [
    # text, the date it speaks from, the date of its meeting
    ("10月，县政协承办闽西北六县政协文旅协作联席会议。", "2024-01-09", "2023-10"),
    ("县里将于10月召开全县文旅协作联席会议。", "2024-01-09", "2024-10"),
    ("“去年的清淤为什么只完成一半？”6月14日，县政协召开全县水利工作推进会。", "2024-06-18", "2024-06-14"),
    ("时间回到2023年1月。在禄劝县政协十届三次会议上，委员提交提案。", "2024-06-18", "2023-01"),
    ("年初召开的县政协十届三次会议期间，委员提交提案。", "2024-06-18", "2024"),
]


@pytest.mark.parametrize(("text", "spoken", "date"), SPOKEN, ids=[f[0] for f in SPOKEN])
def test_dates_counted_from_when_a_text_speaks(read: Read, text: str, spoken: str, date: str) -> None:
    assert {e.date for e in of(read(text, place="禄劝县", date=spoken), "Meeting").values()} == {date}


def test_a_title_may_leave_the_host_of_a_meeting_out(read: Read) -> None:
    page = (
        "宝鸡日报 2022年8月9日 星期二\n\n以高质量协商服务高质量发展\n——全市县（市、区）政协主席工作交流会发言摘编\n\n"
        "7月28日，市政协召开县（市、区）政协主席工作交流会，学习贯彻中央精神。\n"
    )
    found = of(RuleReader().read(loads(page.encode(), "a.txt")), "Meeting")
    assert [e.date for e in found.values()] == ["2022-07-28"]


def test_two_orders_of_a_sittings_name_are_one_meeting(read: Read) -> None:
    text = "政协安顺市第五届委员会第三次会议开幕。\n\n2月20日，中国人民政治协商会议第五届安顺市委员会第三次会议开幕。"
    assert [e.date for e in of(read(text, place="安顺市", date="2024-02-21"), "Meeting").values()] == ["2024-02-20"]
