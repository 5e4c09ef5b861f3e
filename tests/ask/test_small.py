"""Questions of which the sample corpus has no case, on two states of a corpus of five invented texts (``conftest.py``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import kg
from kg.ask import Answer, ask

Made = Callable[[dict[str, tuple[str, str, str]]], kg.Build]


def picked(answer: Answer, columns: str) -> list[tuple[Any, ...]]:
    """The named columns of each row of an answer."""
    return [tuple(record[name] for name in columns.split()) for record in answer.records()]


def test_figures_of_siblings(made: Made) -> None:
    """120 and 130件 of 立案提案; 提案办理协商会 are no 提案, and 件 no 次."""
    texts = {
        "t1": ("2021", "道里区", "2021年，道里区政协立案提案120件，召开提案办理协商会3次。"),
        "t2": ("2021", "道外区", "2021年，道外区政协立案提案130件，召开提案办理协商会4次。"),
    }
    with made(texts) as build:
        found = picked(ask(build, "figure-comparison", indicator="提案"), "year unit rank jurisdiction value")
        every = picked(ask(build, "figures", indicator="提案"), "value")
    assert found == [("2021", "件", 1, "道外区", 130), ("2021", "件", 2, "道里区", 120)]
    assert {3, 4} <= {value for (value,) in every}


def test_endorsers(made: Made) -> None:
    """A 新闻报道 is no 报道 by anybody; whom something is sent up to stands after 选报."""
    texts = {
        "t1": (
            "2021",
            "道里区",
            "道里区政协开展“同心夜话”活动，“同心夜话”活动新闻报道被多家省级以上媒体编发转载。"
            "道里区政协报送的《关于改善停车的建议》被选报全国政协。道里区政协开展“晨读”活动，“晨读”活动得到省报报道。",
        )
    }
    with made(texts) as build:
        found = picked(ask(build, "endorsements"), "thing endorsement endorser")
    assert set(found) == {
        ("同心夜话", "转载", "多家省级以上媒体"),
        ("关于改善停车的建议", "选报", "全国政协"),
        ("晨读", "报道", "省报"),
    }


def test_nothing_is_bounded_without_a_bound(made: Made) -> None:
    """That somebody was elected, without a day, bounds nothing that can be written down."""
    texts = {"t1": ("2021-06", "道里区", "道里区政协主席周大海当选后主持道里区政协会议。")}
    with made(texts) as build:
        found = picked(ask(build, "office-holders"), "person start not_before end not_after")
    assert found == [("周大海", "attested", None, "attested", None)]


def test_a_document_of_a_higher_level_takes_no_title_up(made: Made) -> None:
    """The province's does not follow the city's; the district's does."""
    texts = {
        "t1": (
            "2021",
            "道里区",
            "道里区政协学习《关于加强新时代全市政协系统党的建设工作的实施意见》。"
            "道里区政协学习《黑龙江省委关于加强新时代全省政协系统党的建设工作的实施意见》。"
            "道里区政协印发《道里区委关于加强新时代全区政协系统党的建设工作的实施意见》。",
        )
    }
    with made(texts) as build:
        city, province = (
            picked(
                ask(build, "document-followups", document=f"{words}政协系统党的建设工作的实施意见"), "relation follower"
            )
            for words in ("关于加强新时代全市", "黑龙江省委关于加强新时代全省")
        )
    district = ("title", "道里区委关于加强新时代全区政协系统党的建设工作的实施意见")
    assert [row for row in city if row[0] == "title"] == [district]
    assert district in province


def test_a_meeting_named_with_and_without_its_date_is_one(made: Made) -> None:
    """t1 dates it, t2 does not; nobody says which 座谈会 t3 means, whose host is another."""
    texts = {
        "t1": ("2021", "道里区", "2021年3月5日，道里区政协召开文史工作座谈会。"),
        "t2": ("2021-06", "道里区", "道里区政协召开文史工作座谈会，周大海主席讲话。"),
        "t3": ("2021-07", "道里区", "道里区委召开文史工作座谈会。"),
    }
    with made(texts) as build:
        found = picked(ask(build, "meetings"), "meeting date hosts articles")
        dated = picked(ask(build, "meetings", since="2021"), "meeting date hosts articles")
    assert found[0] == ("道里区政协文史工作座谈会", "2021-03-05", "道里区政协", 2)
    assert [row[1:] for row in found[1:]] == [(None, "道里区委", 1)]
    assert dated == found[:1]


def test_dropped_by_a_body_with_texts_of_its_own(made: Made) -> None:
    """Texts without sections are the body's own as a whole; 五个暖心 stands in t2 within a longer name."""
    texts = {
        "t1": (
            "2021-03",
            "道里区",
            "道里区政协围绕“五个暖心”目标履职，围绕“七个到位”目标履职，围绕“六个走在前”目标履职。",
        ),
        "t2": ("2022-03", "道里区", "道里区政协围绕“六个走在前”目标履职，开展“五个暖心服务月”活动。"),
    }
    with made(texts) as build:
        found = picked(ask(build, "slogan-dropped"), "user slogan year next_year characters next_characters")
        lengths = [len(build.text(name)) for name in texts]
    assert found == [("道里区政协", "七个到位", "2021", "2022", *lengths)]


def test_movers(new: kg.Build) -> None:
    """周大海: 道外区 in t1 (2019-03), by decision the same as in 道里区 (t2 of 2021-06, t4 of 2021); there both the slogan and
    the activity of 道外区 first stand in t2. The arrival lies in 2021, so six months after the first use to five before.
    """
    found = picked(ask(new, "movers"), "person origin destination arrived kind words there here months identity")
    road = ("周大海", "道外区", "道里区", "2021")
    assert found == [
        (*road, "initiative", "同心夜话", "2019-03", "2021-06", "-6 to 5", "one"),
        (*road, "slogan", "五个暖心", "2019-03", "2021-06", "-6 to 5", "one"),
    ]


def test_nobody_moves_before_a_person_decides_who_is_who(old: kg.Build) -> None:
    assert ask(old, "movers").rows == ()


def test_unresolved(new: kg.Build) -> None:
    """t5 does not say which 鼓楼区: 南京, 徐州, 福州 and 开封 have one each."""
    ((name, type, candidates, document),) = picked(ask(new, "unresolved"), "name type candidates document")
    assert (name, type, document) == ("鼓楼区", "District", "t5")
    assert candidates == "district/320106, district/320302, district/350102, district/410204"
    assert ask(new, "unresolved", words="道里").rows == ()


def test_career_shows_the_gap(new: kg.Build) -> None:
    """From 2019-03 to 2021 at least 21 months lie between."""
    found = picked(ask(new, "career", person="周大海"), "body first last flag")
    assert found == [("道外区政协", "2019-03", "2019-03", None), ("道里区政协", "2021", "2021", "gap")]
    wide = picked(ask(new, "career", person="周大海", gap=36), "flag")
    assert wide == [(None,), (None,)]


def test_a_successor_bounds_a_tenure(old: kg.Build) -> None:
    """t2: 周大海 is 主席 in 2021-06; t3: 郑小川 is in 2021-08."""
    found = picked(ask(old, "office-holders", body="道里区政协"), "person start not_before end not_after")
    assert found == [
        ("周大海", "attested", None, "bounded", "2021-08-01"),
        ("郑小川", "bounded", "2021-06-30", "attested", None),
    ]
    then = picked(ask(old, "office-holders", body="道里区政协", on="2021-09"), "person held")
    assert then == [("郑小川", "open")]


def test_conflicts(new: kg.Build) -> None:
    """t3 (2021-08) and t4 (2021): two holders of one post, 120 and 130 件 of one year."""
    assert picked(ask(new, "conflicts"), "conflict kind says document") == [
        (1, "post", "周大海", "t4"),
        (1, "post", "郑小川", "t3"),
        (2, "figure", "130件 (exact)", "t4"),
        (2, "figure", "120件 (exact)", "t3"),
    ]
    assert {row[0] for row in picked(ask(new, "conflicts", kind="figure"), "kind")} == {"figure"}


def test_changes(new: kg.Build, old: kg.Build) -> None:
    found = picked(ask(new, "changes", other=old), "change what document subject predicate")
    assert [row[:3] for row in found if row[1] == "document"] == [
        ("changed", "document", "t2"),
        ("added", "document", "t4"),
        ("added", "document", "t5"),
    ]
    assert ("added", "statement", "t2", "slogan/五个暖心", "usedBy") in found
    assert ("added", "statement", "t4", "figure/t4/34-130件", "value") in found
    # Identified with 周大海 of 道外区, he is no longer stated as another person.
    assert ("withdrawn", "statement", "t2", "person/230102/周大海", "type") in found


def test_withdrawn_documents(new: kg.Build, old: kg.Build) -> None:
    found = picked(ask(old, "changes", other=new), "change document what")
    assert {row[1] for row in found if row[0] == "withdrawn" and row[2] == "document"} == {"t4", "t5"}


def test_decisions(new: kg.Build, old: kg.Build) -> None:
    """周大海 is merged: t1 is as it was, t2 changed, t4 is new. The slogan to reject is in no text."""
    found = {row[0]: row[1:] for row in picked(ask(new, "decisions", other=old), "decision changed look_again")}
    assert found == {"same": ("t2、t4", "yes"), "reject": (None, "no"), "unmet": (None, "yes")}
    alone = {row[0]: row[1] for row in picked(ask(new, "decisions"), "decision look_again")}
    assert alone == {"same": "unknown", "reject": "unknown", "unmet": "yes"}


def test_dropped_counts_only_years_with_documents_of_both(new: kg.Build) -> None:
    """道外区政协 speaks in 2019 alone: that nothing of 2019 stands in 2020 tells nothing."""
    assert ask(new, "slogan-dropped").rows == ()
