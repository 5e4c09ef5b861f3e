"""Language facts about places: which words of a sentence name a division, and which."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.chinese import places
from kg.chinese.places import ancestors, by_code, children, is_within, named, scan, superior, townships


def found(text: str, **options: frozenset[str]) -> list[str]:
    return [f"{hit.surface}={'/'.join(hit.codes)}" for hit in scan(text, **options)]


# --------------------------------------------------------------------------- the table


@pytest.mark.parametrize(
    ("code", "name", "level", "parent", "short", "kind", "last"),
    [
        ("230000", "黑龙江省", 1, "100000", "黑龙江", "省", None),
        ("150000", "内蒙古自治区", 1, "100000", "内蒙古", "自治区", None),
        ("450000", "广西壮族自治区", 1, "100000", "广西", "自治区", None),
        ("500000", "重庆市", 1, "100000", "重庆", "直辖市", None),
        ("810000", "香港特别行政区", 1, "100000", "香港", "特别行政区", None),
        ("710000", "台湾省", 1, "100000", "台湾", "省", None),
        ("230100", "哈尔滨市", 2, "230000", "哈尔滨", "地级市", None),
        ("232700", "大兴安岭地区", 2, "230000", "大兴安岭", "地区", None),
        ("152200", "兴安盟", 2, "150000", "兴安", "盟", None),
        ("632800", "海西蒙古族藏族自治州", 2, "630000", "海西", "自治州", None),
        ("653000", "克孜勒苏柯尔克孜自治州", 2, "650000", "克孜勒苏", "自治州", None),
        ("230112", "阿城区", 3, "230100", "阿城", "区", None),
        ("230125", "宾县", 3, "230100", "", "县", None),
        ("230183", "尚志市", 3, "230100", "尚志", "县级市", None),
        ("530428", "元江哈尼族彝族傣族自治县", 3, "530400", "元江", "自治县", None),
        ("622926", "东乡族自治县", 3, "622900", "东乡", "自治县", None),
        ("150724", "鄂温克族自治旗", 3, "150700", "鄂温克", "自治旗", None),
        ("152921", "阿拉善左旗", 3, "152900", "", "旗", None),
        ("150223", "达尔罕茂明安联合旗", 3, "150200", "达尔罕茂明安", "旗", None),
        ("310115", "浦东新区", 3, "310000", "浦东", "新区", None),
        ("130406", "峰峰矿区", 3, "130400", "峰峰", "矿区", None),
        ("410305", "涧西区", 3, "410300", "涧西", "区", None),
        ("429021", "神农架林区", 3, "420000", "神农架", "林区", None),
        ("520203", "六枝特区", 3, "520200", "六枝", "特区", None),
        ("230230", "克东县", 3, "230200", "克东", "县", None),
        ("110101", "东城区", 3, "110000", "东城", "区", None),
        ("419001", "济源市", 3, "410000", "济源", "县级市", None),
        ("659001", "石河子市", 3, "650000", "石河子", "县级市", None),
        ("500240", "石柱土家族自治县", 3, "500000", "石柱", "自治县", None),
        ("210421", "抚顺县", 3, "210400", "", "县", None),
        ("230105", "太平区", 3, "230100", "太平", "区", 2003),
        ("110104", "宣武区", 3, "110000", "宣武", "区", 2009),
    ],
)
def test_division(code: str, name: str, level: int, parent: str, short: str, kind: str, last: int | None) -> None:
    division = by_code(code)
    assert (division.name, division.level, division.parent, division.kind) == (name, level, parent, kind)
    assert (division.short, division.last) == (short, last)


@pytest.mark.parametrize(
    ("code", "name", "parent", "kind"),
    [
        ("230102001", "兆麟街道", "230102", "街道"),
        ("110105035", "管庄地区", "110105", "地区"),
        ("150524400", "库伦街道", "150524", "类似乡级单位"),
        ("420112002", "柏泉街道", "420112", "街道"),
        ("150223213", "达尔汗苏木", "150223", "苏木"),
        ("620201101", "峪泉镇", "620200", "镇"),
        ("441900003", "东城街道", "441900", "街道"),
    ],
)
def test_township(code: str, name: str, parent: str, kind: str) -> None:
    unit = by_code(code)
    assert (unit.name, unit.level, unit.parent, unit.kind) == (name, 4, parent, kind)


@pytest.mark.parametrize("code", ["110100", "419000", "500200", "320571", "620201", "999999", "230102999", ""])
def test_what_is_no_division_has_no_code(code: str) -> None:
    with pytest.raises(KeyError):
        by_code(code)


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("鼓楼区", ["320106", "320302", "350102", "410204"]),
        ("城关区", ["540102", "620102"]),
        ("朝阳区", ["110105", "220104"]),
        ("朝阳市", ["211300"]),
        ("抚顺", ["210400"]),
        ("河北", ["130000"]),
        ("吉林", ["220000"]),
        ("海南", ["460000", "632500"]),
        ("元江县", ["530428"]),
        ("巴州", ["511902", "652800"]),
        ("宾县", ["230125"]),
        ("重庆市", ["500000"]),
        ("市辖区", []),
        ("县", []),
    ],
)
def test_named_in_force(name: str, codes: list[str]) -> None:
    assert [d.code for d in named(name) if d.last is None] == codes


def test_an_earlier_name_and_the_present_one_share_a_code() -> None:
    assert [(d.code, d.last) for d in named("襄樊市")] == [("420600", 2009)]
    assert by_code("420600").name == "襄阳市"


def test_renumbered_divisions_stand_once() -> None:
    assert [d.code for d in named("哈密市")] == ["650500"]
    assert [d.code for d in named("宾县")] == ["230125"]


def test_named_within() -> None:
    assert [d.code for d in named("太平区", within="230100")] == ["230105"]
    assert [d.code for d in named("城关镇", within="340300")] == [
        d.code for d in named("城关镇", within="340000") if d.code[:4] == "3403"
    ]
    assert [d.code for d in named("朝阳", level=2)] == ["211300"]
    assert named("道里区", within="310000") == ()


def test_up_and_down() -> None:
    assert [d.code for d in ancestors("230102001")] == ["230102", "230100", "230000"]
    assert superior("230000") is None
    assert {d.name for d in children("230100")} >= {"道里区", "阿城区", "宾县", "五常市"}
    assert "太平区" not in {d.name for d in children("230100")}
    assert children("620200")[0].name.endswith("街道")
    assert is_within("230102", "100000")
    assert not is_within("230102", "230102001")


def test_every_parent_is_a_division_and_every_chain_ends() -> None:
    for division in places.divisions.divisions():
        chain = ancestors(division.code)
        assert (chain[-1].level if chain else division.level) == 1
        assert all(above.level < below.level for below, above in zip((division, *chain), chain, strict=False))


# --------------------------------------------------------------------------- scanning

NAMED = [
    # chains narrow what stands below a superior
    ("黑龙江省哈尔滨市道里区", "黑龙江省=230000 哈尔滨市=230100 道里区=230102"),
    ("黑龙江哈尔滨阿城", "黑龙江=230000 哈尔滨=230100 阿城=230112"),
    ("吉林长春朝阳区", "吉林=220000 长春=220100 朝阳区=220104"),
    ("南京鼓楼区与福州市鼓楼区", "南京=320100 鼓楼区=320106 福州市=350100 鼓楼区=350102"),
    ("青海海南政协", "青海=630000 海南=632500"),
    ("海南三亚", "海南=460000 三亚=460200"),
    ("天津河北区", "天津=120000 河北区=120105"),
    ("西安市长安区", "西安市=610100 长安区=610116"),
    ("河南济源市", "河南=410000 济源市=419001"),
    ("上海市浦东新区", "上海市=310000 浦东新区=310115"),
    # every candidate, in force and abolished
    ("在鼓楼区", "鼓楼区=320106/320302/350102/410204"),
    ("在朝阳区", "朝阳区=110105/220104"),
    ("在城关区", "城关区=540102/620102"),
    ("太平区政协", "太平区=210904/230105"),
    ("阿城市政协", "阿城市=230181"),
    ("襄樊市", "襄樊市=420600"),
    # all types
    ("内蒙古自治区兴安盟科尔沁右翼前旗", "内蒙古自治区=150000 兴安盟=152200 科尔沁右翼前旗=152221"),
    ("莫力达瓦达斡尔族自治旗", "莫力达瓦达斡尔族自治旗=150722"),
    ("新疆伊犁哈萨克自治州察布查尔锡伯自治县", "新疆=650000 伊犁哈萨克自治州=654000 察布查尔锡伯自治县=654022"),
    ("延边朝鲜族自治州，简称延边州", "延边朝鲜族自治州=222400 延边州=222400"),
    ("大兴安岭地区呼玛县", "大兴安岭地区=232700 呼玛县=232721"),
    ("神农架林区", "神农架林区=429021"),
    ("香港、澳门特别行政区、台湾", "香港=810000 澳门特别行政区=820000 台湾=710000"),
    # usual variants
    ("元江县政协", "元江县=530428"),
    ("达茂旗", "达茂旗=150223"),
    ("前郭县，又称前郭", "前郭县=220721 前郭=220721"),
    ("和丰县", "和丰县=654226"),
    # short names
    ("阿城政协换届", "阿城=230112"),
    ("来到依兰走访", "依兰=230123"),
    ("广西、宁夏、西藏三地", "广西=450000 宁夏=640000 西藏=540000"),
    ("北京市场监管部门", "北京=110000"),
    ("河北区域协同发展", "河北=130000"),
    ("四川乡村振兴", "四川=510000"),
    ("湖南山区与江西山区", "湖南=430000 江西=360000"),
    ("与甘肃合作推进", "甘肃=620000"),
    ("湖北公安机关", "湖北=420000"),
    ("河南县级市", "河南=410000"),
    ("哈尔滨工业大学", "哈尔滨=230100"),
    ("海南岛", "海南=460000"),
    ("李长春同志到长春考察", "长春=220100"),
    ("长治久安，长治市", "长治市=140400"),
    # words that need a superior, an institution or a list
    ("甘肃合作法院", "甘肃=620000 合作=623001"),
    ("甘肃省合作市", "甘肃省=620000 合作市=623001"),
    ("陕西安康", "陕西=610000 安康=610900"),
    ("天津和平、河东两区政协", "天津=120000 和平=120101 河东=120102"),
    ("呼兰、南岗、平房", "呼兰=230111 南岗=230103 平房=230108"),
    ("北京朝阳", "北京=110000 朝阳=110105"),
    ("广东中山", "广东=440000 中山=442000"),
    # short names trusted because the full name stands in the text
    ("方正县政协：走进方正", "方正县=230124 方正=230124"),
    ("走进尚志，尚志市委", "尚志=230183 尚志市=230183"),
    # names that are common nouns, after their superior only
    ("佳木斯市郊区", "佳木斯市=230800 郊区=230811"),
    ("大同市城区", "大同市=140200 城区=140202"),
    ("济南市市中区", "济南市=370100 市中区=370103"),
    ("济南市中区", "济南=370100 市中区=370103"),
    ("乌鲁木齐新市区", "乌鲁木齐=650100 新市区=650104"),
    ("乐山市中区位优势", "乐山市=511100"),
    # counties of one character
    ("陪同宾县县委书记", "宾县=230125"),
    ("安徽省和县政协", "安徽省=340000 和县=340523"),
    ("文县政协", "文县=621222"),
    ("建设现代化新宾县，宾县人民", "宾县=230125 宾县=230125"),
    # names run together
    ("延庆区和平谷区", "延庆区=110119 平谷区=110117"),
    ("道里区和平房区", "道里区=230102 平房区=230108"),
    ("和平区位于市区", "和平区=120101/210102"),
    ("道里区分局", "道里区=230102"),
    ("哈尔滨市委、道里区委", "哈尔滨市=230100 道里区=230102"),
]


@pytest.mark.parametrize(("text", "hits"), NAMED)
def test_places_are_found(text: str, hits: str) -> None:
    assert found(text) == hits.split(" ")


@pytest.mark.parametrize(
    "text",
    [
        "加强合作，画好同心圆", "聚焦作风建设", "天下大同，大同小异", "和平统一、团结奋斗", "确保定期开展", "普通化学",
        "振兴区域经济", "社会安定，人民安康长寿，生活富裕", "建设光明前景，创新东方文化", "公平方正的态度", "高尚志向",
        "心态平和", "行政和司法", "永清河水", "复兴之路与文明新风", "开放、统一、宁静", "便民和惠民", "兴国之要",
        "张兴国同志", "王大庆主任", "李安图", "孙中山先生和中山装", "朝阳产业", "平房改造", "大理石", "普洱茶",
        "全市一市一县", "本县、高新区、城市", "省市县三级", "市辖区", "在郊区召开会议", "市中区政协", "城市中区",
        "召开县政协会议", "兼任县政协主席，任县政协主席", "传达县委精神", "建成县乡村三级网络", "示范县、小康县、健康县",
        "全市和县区", "贵宾县长", "市委会同县政协", "建设平安县区", "新建县道", "解放区", "西南山区", "各县区和县级市",
        "北京路、朝阳镇、和平村", "建设银行", "上海合作组织", "龙口夺粮", "无为而治", "洛阳纸贵、邯郸学步", "千山万水", "满城风雨", "牡丹盛开",
    ],
)  # fmt: skip
def test_words_are_no_places(text: str) -> None:
    assert found(text) == []


def test_caller_may_trust_short_names() -> None:
    assert found("走进方正") == []
    assert found("走进方正", known=frozenset({"230124"})) == ["方正=230124"]


def test_full_tells_official_names_from_short_ones() -> None:
    assert [(h.surface, h.full) for h in scan("元江县、元江、哈尔滨市")] == [
        ("元江县", True),
        ("元江", False),
        ("哈尔滨市", True),
    ]


_PIECES = st.sampled_from(
    ["哈尔滨市", "道里区", "道里", "和平", "区", "市", "县", "和", "任", "新", "合作", "同心圆", "、", "，", "政协", "中区", "域", "张",
     "兴国", "宾县", "南京", "鼓楼区", "平谷区", "A", "\n", "朝阳", "乡", "镇", "路", "😀", "安", "长", "北京市场"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=25).map("".join)))
def test_hits_are_slices_in_order_with_known_codes(text: str) -> None:
    hits = scan(text)
    assert [h.surface for h in hits] == [text[h.start : h.end] for h in hits]
    assert all(before.end <= after.start for before, after in pairwise(hits))
    for hit in hits:
        assert hit.codes
        assert list(hit.codes) == sorted(set(hit.codes))
        assert all(by_code(code).level <= 3 for code in hit.codes)


@given(st.sampled_from([d for d in places.divisions.divisions() if d.last is None]))
def test_every_division_in_force_is_found_under_its_superiors(division: places.Division) -> None:
    text = "".join(above.name for above in reversed(ancestors(division.code))) + division.name + "政协"
    hit = scan(text)[-1]
    assert (hit.surface, hit.codes) == (division.name, (division.code,))


# --------------------------------------------------------------------------- townships


@pytest.mark.parametrize(
    ("text", "within", "hits"),
    [
        ("走进亚布力镇虎峰村", "230183", "亚布力镇=230183103"),
        ("东华门街道办事处", "110000", "东华门街道=110101001"),
        ("红旗乡", "230103", "红旗乡=230103201"),
        ("达尔汗苏木", "150000", "达尔汗苏木=150223213"),
        ("亚布力镇", "230100", "亚布力镇=230183103"),
        ("亚布力镇", "310000", ""),
        ("镇上乡间", "230100", ""),
    ],
)
def test_townships(text: str, within: str, hits: str) -> None:
    assert " ".join(f"{h.surface}={'/'.join(h.codes)}" for h in townships(text, within)) == hits
