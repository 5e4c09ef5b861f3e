"""A large corpus that nobody wrote: texts of our kind, made by chance from a seed, and a build of them.

Texts, not quads, are made: the reader, the linker and the projection then give the graph the shape that real texts give
it. Run with ``python tests/benchmarks/synthetic.py FOLDER [DOCUMENTS]``: texts go to FOLDER/texts, the build to
FOLDER/build. 1,500 documents make 1.4 million quads, in about a minute on two cores.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

DOCUMENTS = 1_500

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
_GIVEN = "伟芳敏静强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰春梅建国志文海燕红波"
_NATIONAL = ("两个确立", "两个维护", "四个意识", "四个自信", "乡村振兴", "双向发力", "人民政协为人民", "一带一路")
_NUMBERS = "三四五六七八九"
_THINGS = ("个新城", "大高地", "个示范区", "大工程", "个提升", "个走在前", "项攻坚", "个中心")
_FIRST = ("书香", "委员", "同心", "协商", "暖心", "连心", "界别", "履职", "群言", "亮点")
_SECOND = ("政协", "会客厅", "议事厅", "直通车", "大讲堂", "微协商", "进万家", "在行动", "工作室", "连心桥")
_TOPICS = ("加强协商民主建设", "推进委员工作室建设", "改进社情民意信息工作", "加强新时代人民政协工作", "优化营商环境")
_CUES = (
    "得到市委主要领导批示",
    "被《人民政协报》刊发",
    "获得全市创新奖",
    "受到群众好评",
    "在全市政协系统率先实施",
    "经验在全省推广",
)


def _places(random: Random) -> list[tuple[str, str, str]]:
    """(name, name of the district above, code) of some three hundred counties, of the cities and provinces above them."""
    from kg.chinese import places

    found: list[tuple[str, str, str]] = []
    for code in ("230000", "330000", "350000", "510000"):
        province = places.by_code(code)
        found.append((province.name, "", code))
        for city in places.children(code):
            if city.level != 2:
                continue
            found.append((city.name, province.name, city.code))
            counties = [county for county in places.children(city.code) if county.level == 3]
            found += [
                (county.name, city.name, county.code) for county in random.sample(counties, min(5, len(counties)))
            ]
    return found


def text(number: int, random: Random, places: list[tuple[str, str, str]]) -> str:
    """Document *number*: front matter, a title, three paragraphs."""
    name, above, _ = random.choice(places)
    body = f"{name}政协"
    year, month, day = random.randint(2016, 2024), random.randint(1, 12), random.randint(1, 28)
    date = random.choice(
        (f"{year}", f"{year}-{month:02}", f"{year}-{month:02}-{day:02}", f"{year}-{month:02}-{day:02}")
    )
    # Of each place a few people, by the place: the same ones come back in other documents, and change with the years.
    people = Random(f"{name} {year // 4}")
    chair, vice = ("".join((people.choice(_SURNAMES), *people.choices(_GIVEN, k=2))) for _ in range(2))
    member = "".join((random.choice(_SURNAMES), *random.choices(_GIVEN, k=2)))
    slogan = f"{random.choice(_NUMBERS)}{random.choice(_THINGS)}"
    own = f"{Random(name).choice(_NUMBERS)}{Random(name).choice(_THINGS)}{Random(name).choice('新强美优')}"
    first, second = (random.choice(_FIRST) + random.choice(_SECOND) for _ in range(2))
    topic = random.choice(_TOPICS)
    head = f'---\ntitle: {body}{year}年第{number}号简报\ndate: "{date}"\npublisher: {above or name}日报\nplace: {name}\n---\n'
    national, other = random.sample(_NATIONAL, 2)
    return head + (
        f"\n# {body}{year}年第{number}号简报\n\n"
        f"{body}主席{chair}说，{body}拥护“{national}”，增强“{other}”，围绕“{slogan}”和“{own}”目标建言资政。"
        f"{body}副主席{vice}主持会议，{body}委员{member}发言。\n\n"
        f"{body}贯彻《关于{topic}的意见》，开展“{first}”活动，服务“{slogan}”建设，{random.choice(_CUES)}。"
        f"全年立案提案{random.randint(20, 900)}件，开展调研视察{random.randint(3, 90)}次，"
        f"报送社情民意信息{random.randint(10, 400)}余条。\n\n"
        f"{body}率先推行“{second}”工作法，{random.choice(_CUES)}。"
        f"{body}制定《{name}{topic}实施办法》，{above or name}委政协工作会议于{month}月{day}日举行，"
        f"会议要求落实“{random.choice(_NATIONAL)}”，有委员{random.randint(30, 300)}人参加。\n"
    )


def write_texts(folder: Path, documents: int = DOCUMENTS, seed: int = 7) -> None:
    """Write *documents* texts into *folder*; the same number and seed give the same texts."""
    folder.mkdir(parents=True, exist_ok=True)
    random = Random(seed)
    places = _places(random)
    for number in range(documents):
        (folder / f"{number:05}.md").write_text(text(number, random, places), encoding="utf-8")


def make(folder: Path, documents: int = DOCUMENTS, seed: int = 7) -> Path:
    """The build of such a corpus in *folder*, made unless it is there; its folder."""
    import kg

    build = folder / "build"
    if not (build / "manifest.json").is_file():
        write_texts(folder / "texts", documents, seed)
        kg.build([folder / "texts"], build, jobs=2, check="never").close()
    return build


if __name__ == "__main__":
    place = make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else DOCUMENTS)
    sys.stdout.write(f"{place}\n")
