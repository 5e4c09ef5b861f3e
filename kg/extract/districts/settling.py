"""Which of the gazetteer's hits are districts, and which district a shared name means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from kg.chinese import names, places, transcribed
from kg.extract.page import Page
from kg.extract.scope import BODY_FOLLOWS, Hit

_OFFICE_AFTER = re.compile("(?:副|常务副|代)?(?:书记|主席|主任|市长|区长|县长|镇长|乡长|局长|经理|队长|院长)")
_OFFICE_BEFORE = re.compile("(?:书记|主席|主任|市长|区长|县长|镇长|乡长|局长|院长|委员|代表|记者)$")

_HILLS = re.compile("山(?:高[路谷水]|清水秀|多|环水|川秀)")
_REGIONS = frozenset("鲁豫闽浙赣皖湘鄂川渝黔滇桂粤陕甘晋冀辽吉苏琼")
_OF_GACHA = re.compile(r"[\u4e00-\u9fff]{1,4}?(?:嘎查|苏木)")
_HOLDER_BEFORE = re.compile(
    "(?:书记|主席|主任|委员|主委|代表|经理|负责人|律师|教师|老师|医师|医生|教授|村民|牧民|居民|记者|通讯员|[市区县旗州盟镇乡局部院校会站队厅书社所馆]长)$"
)

# What a district counts when it is named in such a line; 1 elsewhere.
WEIGHT: Mapping[str, int] = {"title": 6, "subtitle": 4, "speaker": 4, "heading": 2, "dateline": 3}


def stands(page: Page, hit: places.Hit) -> bool:
    """Whether the words around a bare short name leave it a district: not 祁连山, 全州有…, 某镇原副镇长."""
    flow, surface = page.flow, hit.surface
    if hit.full:
        # 县委会同县公安局: a verb and a bare level, not the county of that name.
        if surface == "中山区" and flow[hit.start - 1 : hit.start] in _REGIONS:
            return False  # 鲁|中|山区
        within = "\u4e00" <= flow[hit.start - 1 : hit.start] <= "\u9fff"
        return surface != "会同县" or not (within and BODY_FOLLOWS.match(flow, hit.end))
    before = flow[hit.start - 1 : hit.start]
    if before == "某" or (hit.surface[0] == "新" and before in ("个", "化")):
        return False
    if _HILLS.match(flow, hit.end):
        pass  # 安化山高路远, not 祁连山
    elif flow.startswith(
        (
            "山",
            "河",
            "江",
            "湖",
            "岭",
            "峡",
            "岛",
            "街道",
            "镇",
            "乡",
            "路",
            "大道",
            "社区",
            "村",
            "啤酒",
            "银行",
            "运河",
            "水库",
            "大桥",
            "高速",
            "铁路",
            "隧道",
            "堂",
        ),
        hit.end,
    ):
        return False
    if _OF_GACHA.match(flow, hit.end):
        return False  # 巴彦胡舒嘎查, not the county 巴彦
    if surface[0] in "全我本" and surface[1:] in ("州", "市", "县", "区"):
        return False
    if surface in names.SURNAMES and (
        page.line(hit.start).kind == "byline" or _OFFICE_BEFORE.search(flow, max(0, hit.start - 5), hit.start)
    ):
        return False
    # 主任关海林: an office and a surname make what follows a given name, though 关 is a verb too.
    holder = before in names.SURNAMES and _HOLDER_BEFORE.search(flow, max(0, hit.start - 6), hit.start - 1)
    if holder and not BODY_FOLLOWS.match(flow, hit.end):
        return False
    # 秘书长宁远参加: behind an office, what begins with a surname is a person sooner than a county without its 县.
    like_name = surface[0] in names.SURNAMES or transcribed.is_part(surface)
    named_after = like_name and _HOLDER_BEFORE.search(flow, max(0, hit.start - 5), hit.start)
    if named_after and not BODY_FOLLOWS.match(flow, hit.end):
        return False
    return not (surface.endswith("原") and _OFFICE_AFTER.match(flow, hit.end))


def with_sisters(flow: str, hits: list[places.Hit]) -> list[places.Hit]:
    """Add the short names that stand in one list with a district of the same parent (台山、开平、鹤山)."""
    out = list(hits)
    known = {h.start for h in hits}
    queue = [h for h in hits if len(h.codes) == 1 and not h.full]
    while queue:
        hit = queue.pop()
        above = places.superior(hit.codes[0])
        if above is None:
            continue
        for start, end in _neighbours(flow, hit):
            if start in known or any(h.start < end and start < h.end for h in out):
                continue
            found = [d for d in places.named(flow[start:end], within=above.code) if d.last is None and d.level == 3]
            if len(found) == 1:
                sister = places.Hit(start, end, flow[start:end], (found[0].code,), False)
                out.append(sister)
                queue.append(sister)
                known.add(start)
    return sorted(out)


def _neighbours(flow: str, hit: places.Hit) -> Iterator[tuple[int, int]]:
    """Spans of three and two characters that could be the list items right before and right behind a hit."""
    if hit.start and flow[hit.start - 1] in "、和":
        yield from ((hit.start - 1 - n, hit.start - 1) for n in (3, 2) if hit.start - 1 - n >= 0)
    if flow[hit.end : hit.end + 1] in ("、", "和"):
        yield from ((hit.end + 1, hit.end + 1 + n) for n in (3, 2) if hit.end + 1 + n <= len(flow))


def settle(page: Page, raw: Sequence[places.Hit], declared: str | None) -> list[str | None]:
    """One code for each hit, or None where several remain."""
    votes = _votes(page, raw, declared)

    def weight(code: str) -> int:
        return votes[code] + sum(votes[d.code] for d in places.ancestors(code))

    out: list[str | None] = []
    for i, hit in enumerate(raw):
        codes = list(hit.codes)
        above = out[i - 1] if i and raw[i - 1].end == hit.start else None
        if len(codes) > 1 and above:
            codes = [c for c in codes if places.is_within(c, above)] or codes
        if len(codes) > 1 and i + 1 < len(raw) and raw[i + 1].start == hit.end:
            codes = [c for c in codes if any(places.is_within(d, c) for d in raw[i + 1].codes)] or codes
        if len(codes) > 1:
            codes = [c for c in codes if places.by_code(c).last is None] or codes
        if len(codes) > 1:
            ranked = sorted(codes, key=lambda c: (-weight(c), c))
            codes = ranked[:1] if weight(ranked[0]) > weight(ranked[1]) else ranked
        out.append(codes[0] if len(codes) == 1 else None)
    return out


def _votes(page: Page, raw: Sequence[places.Hit], declared: str | None) -> Counter[str]:
    """How much the text speaks of each unambiguous district, itself and what is above it."""
    votes: Counter[str] = Counter()
    for hit in raw:
        if len(hit.codes) == 1:
            n = WEIGHT.get(page.line(hit.start).kind, 1) + bool(BODY_FOLLOWS.match(page.flow, hit.end))
            votes[hit.codes[0]] += n * 2
            for division in places.ancestors(hit.codes[0]):
                votes[division.code] += n
    if declared:
        votes[declared] += 50
        for division in places.ancestors(declared):
            votes[division.code] += 25
    return votes


def without_brands(page: Page, hits: list[Hit]) -> list[Hit]:
    """The hits without short names that stand in a quoted brand alone (“钢城议事厅”), not in the text itself."""
    # 钢城议事厅里话家常, where “钢城议事厅” stands elsewhere in quotation marks.
    short = {page.flow[hit.start : hit.end] for hit in hits if not hit.full}
    brands = tuple(
        q.words for q in page.quoted if len(q.words) <= 12 and any(q.words[:-2].startswith(name) for name in short)
    )
    quoted = {
        hit.start: any(
            q.start < hit.start and hit.end < q.end and len(q.words) <= 20
            for q in page.quoted_within(hit.start - 22, hit.start)
        )
        or page.flow.startswith(brands, hit.start)
        for hit in hits
        if not hit.full
    }
    outside = {hit.place for hit in hits if not quoted.get(hit.start)}
    return [hit for hit in hits if not quoted.get(hit.start) or hit.place in outside]
