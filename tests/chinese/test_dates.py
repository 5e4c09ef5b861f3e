"""Dates in a text, and the year it speaks from."""

from __future__ import annotations

import pytest

from kg.chinese import dates, years

FACTS = [
    ("今年5月7日，会议召开", 2022, ["2022-05-07"]),
    ("2021年12月25日", None, ["2021-12-25"]),
    ("去年8月和2019年", 2024, ["2023-08", "2019"]),
    ("5月23日，市政协召开座谈会", 2024, ["2024-05-23"]),
    ("5月23日", None, []),
    ("12月1日至3日", 2024, ["2024-12-01"]),
    ("月球、月饼、本月", 2024, []),
    ("2023年5月启动，8月建成", 2024, ["2023-05", "2023-08"]),
    ("截至2024年底\n2月21日召开会议", 2025, ["2024", "2025-02-21"]),
    ("截至2024年底，2月21日召开会议", 2025, ["2024", "2025-02-21"]),
]


@pytest.mark.parametrize(("text", "year", "iso"), FACTS, ids=[f[0] for f in FACTS])
def test_date_expressions(text: str, year: int | None, iso: list[str]) -> None:
    assert [d.iso for d in dates.find(text, year)] == iso


YEARS = [
    # text, title, stated, year and grounds
    ("会议召开。", "在某次会议上的讲话", "2021-12-25", ("2021-12-25", "stated")),
    ("全年工作取得实效。", "区政协2022年工作综述", None, ("2022", "inferred")),
    ("在新中国和人民政协75华诞之际", "", None, ("2024", "inferred")),
    ("庆祝中国共产党成立一百周年", "", None, ("2021", "inferred")),
    ("以优异成绩迎接党的二十大胜利召开。2019年以来", "", None, ("2022", "inferred")),
    ("2019年是人民政协成立70周年。", "", None, (None, "unknown")),
    ("9月10日，会议听取2025年上半年办理情况，讨论《振兴规划（2026—2030年）》。", "", None, ("2025", "inferred")),
    ("3月10日，会议回顾2025年上半年办理情况。", "", None, (None, "unknown")),
    ("学习党的二十届四中全会精神。今年10月28日召开会议，批准2025年预算调整方案。", "", None, ("2025", "inferred")),
    ("政协专版 2024年第3期\n\n今年3月启动。", "", None, ("2024", "inferred")),
    ("7月29日，2025年甲县与乙区协作联席会议举行。2023年签约。", "", None, ("2025", "inferred")),
    ("会议表彰了2024年度先进，提出2025年要实施提升工程。", "", None, ("2025", "inferred")),
    ("2月26日，代表票决出2025年10件民生实事。2024年办结8件。", "", None, ("2025", "inferred")),
    ("9月26日，代表视察2025年10件民生实事。2024年办结8件。", "", None, (None, "unknown")),
    ("会议强调要抓好落实。", "", None, (None, "unknown")),
]


@pytest.mark.parametrize(("text", "title", "stated", "year"), YEARS, ids=[f[0] for f in YEARS])
def test_year_of_a_text(text: str, title: str, stated: str | None, year: tuple[str | None, str]) -> None:
    assert years.year_of(text, title, stated) == year
