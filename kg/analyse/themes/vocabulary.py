"""Slogans of districts: who uses which, how alike two districts are, what is a district's own and what is borrowed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Annotated, Any

from kg.analyse.cut import WHOLE, Cut
from kg.analyse.ground import Ground, refuse_empty
from kg.analyse.projections.slogans import Scope, within_scope
from kg.analyse.registry import measure
from kg.analyse.ties import joined
from kg.builds.opened import Build
from kg.errors import CannotMeasureError

if TYPE_CHECKING:
    import pandas as pd


@dataclass(slots=True)
class Used:
    """One slogan in one district."""

    uses: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)
    dates: set[str] = field(default_factory=set)

    @property
    def first(self) -> str:
        """Date of the earliest dated document that uses it; empty if none is dated."""
        return min(self.dates, default="")


def _used(ground: Ground, scope: str = "all") -> dict[str, dict[str, Used]]:
    """Slogans by code of the district whose bodies or persons use them, both sorted."""
    found: defaultdict[str, defaultdict[str, Used]] = defaultdict(lambda: defaultdict(Used))
    for use, slogan, user, _, article, date in ground.uses():
        code = ground.district(user)
        if code and within_scope(ground, slogan, scope):
            one = found[code][slogan]
            one.uses.add(use)
            one.articles.add(article)
            if date:
                one.dates.add(date)
    return {code: dict(sorted(found[code].items())) for code in sorted(found)}


@measure(
    "district-slogans",
    title_zh="地区提法表",
    title_en="Which district uses which slogan",
    columns={
        "district": "code",
        "name": "of the district",
        "level": "of the district",
        "slogan": "identity",
        "words": "the slogan",
        "national": "whether it is a national formula",
        "uses": "number of uses: one a user and document",
        "documents": "number of documents",
        "first": "date of the earliest of them; empty if none is dated",
        "evidence": "IRIs of the uses, the first 20",
    },
    source="incidence table; no method of its own",
    plot="incidence",
)
def district_slogans(
    build: Build,
    *,
    scope: Annotated[Scope, "Which slogans count: all, the national formulae, or the local ones."] = "all",
    cut: Cut = WHOLE,
) -> pd.DataFrame:
    """One row for each slogan that bodies or persons of a district use: the long form of the matrix.

    ``frame.pivot(index="name", columns="words", values="documents")`` is the matrix itself. A slogan that is missing
    was not read in the documents of the build, which is not yet that the district does not use it.
    """
    import pandas

    ground = Ground(build, cut)
    rows = [
        [
            code, *_district(ground, code), slogan, _label(ground, slogan), slogan in ground.national, len(one.uses),
            len(one.articles), one.first, joined(one.uses),
        ]
        for code, slogans in _used(ground, scope).items()
        for slogan, one in slogans.items()
    ]  # fmt: skip
    if not rows:
        raise refuse_empty("use of a slogan by a body of a district", cut)
    return pandas.DataFrame(rows, columns=list(_columns("district-slogans")))


@measure(
    "district-similarity",
    title_zh="地区相似度",
    title_en="How alike the slogans of two districts are",
    columns={
        "first": "code",
        "first_name": "name",
        "second": "code",
        "second_name": "name",
        "shared": "number of slogans that both use",
        "jaccard": "shared slogans divided by all slogans of either, 0 to 1",
        "cosine": "cosine of the documents a slogan, weighted by TF-IDF over the districts, 0 to 1",
        "slogans": "the slogans they share, the first 20",
        "evidence": "IRIs of their uses, the first 20",
    },
    source="Jaccard (1901); TF-IDF: Salton and Buckley (1988), as smoothed in scikit-learn",
    plot="similarity",
)
def district_similarity(
    build: Build,
    *,
    scope: Annotated[Scope, "Which slogans count: all, the national formulae, or the local ones."] = "all",
    least: Annotated[int, "Leave out districts with fewer slogans."] = 1,
    cut: Cut = WHOLE,
) -> pd.DataFrame:
    """Each two districts that share a slogan, the most alike first (by Jaccard); two that share none are at 0.

    A document more elsewhere changes no Jaccard figure of two districts. It changes the cosine, in which a slogan counts
    the more the fewer districts use it.
    """
    import numpy
    import pandas
    from scipy.sparse import csr_array
    from sklearn.feature_extraction.text import TfidfTransformer

    ground = Ground(build, cut)
    used = {code: slogans for code, slogans in _used(ground, scope).items() if len(slogans) >= least}
    if len(used) < 2:
        raise CannotMeasureError(
            f"{len(used)} districts with {least} slogans or more cannot be compared; widen the cut, lower --least, or "
            "build from more texts"
        )
    codes, slogans = list(used), sorted({slogan for found in used.values() for slogan in found})
    place = {slogan: number for number, slogan in enumerate(slogans)}
    cells = [
        (i, place[slogan], len(one.articles)) for i, code in enumerate(codes) for slogan, one in used[code].items()
    ]
    row, column, number = (numpy.array(part) for part in zip(*cells, strict=True))
    counts = csr_array((number.astype(float), (row, column)), shape=(len(codes), len(slogans)))
    weighted = TfidfTransformer().fit_transform(counts)
    cosine = (weighted @ weighted.T).tocsr()
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for code in codes:
        for slogan in used[code]:
            holders[slogan].append(code)
    shared: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for slogan in slogans:
        for pair in combinations(holders[slogan], 2):
            shared[pair].append(slogan)
    order = {code: number for number, code in enumerate(codes)}
    rows: list[list[Any]] = []
    for (first, second), both in shared.items():
        either = len(used[first]) + len(used[second]) - len(both)
        rows.append([
            first, _district(ground, first)[0], second, _district(ground, second)[0], len(both), len(both) / either,
            float(cosine[order[first], order[second]]), " ".join(_label(ground, slogan) for slogan in both[:20]),
            joined(use for slogan in both for code in (first, second) for use in used[code][slogan].uses),
        ])  # fmt: skip
    if not rows:
        raise CannotMeasureError("no two districts share a slogan; widen the cut or build from more texts")
    rows.sort(key=lambda row: (-row[5], -row[6], row[0], row[2]))
    return pandas.DataFrame(rows, columns=list(_columns("district-similarity")))


@measure(
    "district-vocabulary",
    title_zh="地区用语来源",
    title_en="Whether each slogan of a district is its own or borrowed",
    columns={
        "district": "code",
        "name": "of the district",
        "level": "of the district",
        "slogan": "identity",
        "words": "the slogan",
        "standing": "national: a national formula; above: a district above uses it too; elsewhere: only others do; own: "
        "nobody else does",
        "above": "names of the districts above that use it, the highest first",
        "first": "earliest dated use in the district",
        "first_above": "earliest dated use in a district above",
        "order": "above first, district first, or not known (undated, or dates that may be one)",
        "evidence": "IRIs of the uses of the district and of those above, the first 20",
    },
    source="ours; own and shared vocabulary as in keyness studies, Scott (1997), without their test",
)
def district_vocabulary(build: Build, *, cut: Cut = WHOLE) -> pd.DataFrame:
    """One row for each slogan of a district, with where else the build finds it.

    The period of the cut limits everybody; its level and place only whose vocabulary is listed, not who is compared.
    *Own* means: read of nobody else in this build. It is an upper bound, because the others may use it where we did not
    read; the order of first uses is that of the documents read, not of the world.
    """
    import pandas

    rows = [row for _, row in _standings(build, cut)]
    return pandas.DataFrame(rows, columns=list(_columns("district-vocabulary")))


def _standings(build: Build, cut: Cut) -> list[tuple[str, list[Any]]]:
    """Standing and row of each slogan of each district within the cut."""
    whole = Ground(build, Cut(since=cut.since, until=cut.until))
    kept = Ground(build, cut)
    used = _used(whole)
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for code, slogans in used.items():
        for slogan in slogans:
            holders[slogan].add(code)
    found: list[tuple[str, list[Any]]] = []
    for code, slogans in used.items():
        if not kept.keeps_place(code):
            continue
        above = list(whole.above(code))[::-1]
        for slogan, one in slogans.items():
            higher = [other for other in above if other in holders[slogan]]
            if slogan in whole.national:
                standing = "national"
            elif higher:
                standing = "above"
            else:
                standing = "elsewhere" if len(holders[slogan]) > 1 else "own"
            first_above = min((used[other][slogan].first for other in higher if used[other][slogan].first), default="")
            names = " ".join(_district(whole, other)[0] for other in higher)
            uses = one.uses.union(*(used[other][slogan].uses for other in higher))
            row: list[Any] = [
                code, *_district(whole, code), slogan, _label(whole, slogan), standing, names, one.first, first_above,
                _order(one.first, first_above), joined(uses),
            ]  # fmt: skip
            found.append((standing, row))
    if not found:
        raise refuse_empty("use of a slogan by a body of a district", cut)
    return found


def _order(own: str, above: str) -> str:
    # Of unequal precision, one date may lie within the other: 2022 and 2022-05 have no order.
    if not own or not above or own.startswith(above) or above.startswith(own):
        return "not known"
    return "above first" if above < own else "district first"


@measure(
    "own-and-borrowed",
    title_zh="自创与沿用",
    title_en="How much of a district's vocabulary is its own",
    columns={
        "district": "code",
        "name": "of the district",
        "level": "of the district",
        "slogans": "number of slogans that bodies or persons of the district use",
        "national": "of these: national formulae",
        "above": "of these: not national, and used by a district above",
        "elsewhere": "of these: used by others only that are not above",
        "own": "of these: used by nobody else",
        "superiors": "number of districts above whose slogans the build holds",
        "borrowed_share": "national and above, divided by slogans; missing where no district above is read",
        "own_share": "own divided by slogans; missing where no district above is read",
        "evidence": "IRIs of the uses, the first 20",
    },
    source="ours: the rows of district-vocabulary, counted",
    plot="vocabulary",
)
def own_and_borrowed(
    build: Build,
    *,
    least: Annotated[int, "Leave out districts with fewer slogans."] = 1,
    cut: Cut = WHOLE,
) -> pd.DataFrame:
    """One row a district: how many of its slogans are national, borrowed from above, shared elsewhere, or its own.

    Where the build holds no slogan of a district above, nothing can be told borrowed, and the shares are missing.
    """
    import pandas

    whole = Ground(build, Cut(since=cut.since, until=cut.until))
    read = set(_used(whole))
    counts: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    evidence: defaultdict[str, set[str]] = defaultdict(set)
    for standing, row in _standings(build, cut):
        code = str(row[0])
        counts[code][standing] += 1
        evidence[code].update(str(row[-1]).split())
    rows = []
    for code, by in counts.items():
        total, superiors = sum(by.values()), sum(1 for other in whole.above(code) if other in read)
        if total < least:
            continue
        rows.append([
            code, *_district(whole, code), total, by["national"], by["above"], by["elsewhere"], by["own"], superiors,
            (by["national"] + by["above"]) / total if superiors else None, by["own"] / total if superiors else None,
            joined(evidence[code]),
        ])  # fmt: skip
    if not any(row[8] for row in rows):
        raise CannotMeasureError(
            "the build holds no slogan of a district above any of these, so that nothing can be told borrowed; build "
            "from texts of their superiors too"
        )
    return pandas.DataFrame(rows, columns=list(_columns("own-and-borrowed"))).astype(
        {"borrowed_share": float, "own_share": float}
    )


def _columns(name: str) -> tuple[str, ...]:
    from kg.analyse.registry import find

    return tuple(find(name).columns)


def _district(ground: Ground, code: str) -> tuple[str, str]:
    one = ground.districts.get(code)
    return (one.name, one.level) if one else (code, "")


def _label(ground: Ground, slogan: str) -> str:
    thing = ground.things.get(slogan)
    return thing.label if thing else slogan.rpartition("/")[2]
