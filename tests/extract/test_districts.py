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
        "来到高日罕镇哈日图嘎查走访，嘎查党支部参加，旗政协走进嘎查。",
        "西乌珠穆沁旗",
        {"高日罕镇": "西乌珠穆沁旗", "哈日图嘎查": "高日罕镇"},
    ),
    ("翠华镇解放村围绕修路协商。", "禄劝县", {"翠华镇": "禄劝彝族苗族自治县", "解放村": "翠华镇"}),
    ("屏山街道与松林村结对。", "禄劝县", {"屏山街道": "禄劝彝族苗族自治县"}),
    (
        "翠华镇松林村、柏木村和竹园村受益。",
        "禄劝县",
        {"翠华镇": "禄劝彝族苗族自治县", "松林村": "翠华镇", "柏木村": "翠华镇", "竹园村": "翠华镇"},
    ),
    ("到翠华镇走访，“路通了。”松林村村民李明说。", "禄劝县", {"翠华镇": "禄劝彝族苗族自治县", "松林村": "翠华镇"}),
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
