"""One page for each district, and an index of them: for graphs too large for one page, and for readers of one place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import BuildError
from kg.explore.atlas import LEVELS, Atlas, Node
from kg.explore.opened import Opened
from kg.explore.pages import Language, paint, titled
from kg.explore.positions import NAME, Positions, load, place
from kg.graph.writing import replacing, unwritable
from kg.model import TYPES

INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class Part:
    """The page of one district."""

    district: Node
    file: str
    atlas: Atlas
    counts: tuple[int, ...]
    """Entities of the district itself, by type in the order of :data:`kg.model.TYPES`."""


@dataclass(frozen=True, slots=True)
class Split:
    """The pages that were written."""

    parts: tuple[Part, ...]
    positions: Positions


def split(
    build: Opened,
    out: Path,
    *,
    title: str | None = None,
    language: Language = "auto",
    layout: Positions | None = None,
    report: str | None = None,
) -> Split:
    """Write a page for each district of a build to the folder *out*, and an index of them, last.

    A page holds what belongs to its district, and whatever that is tied to; everything stands where it stands on the
    map of the whole. Options are those of :func:`kg.explore.explore`. Raises :class:`~kg.errors.BuildError` where
    there is no district, or *out* cannot be written.
    """
    from kg.explore.gathering import gather

    atlas = gather(build)
    parts = divide(atlas)
    if not parts:
        raise BuildError("the graph has no district with anything in it; make one page, without --split")
    positions = place(atlas, load(build.path / NAME) if layout is None else layout)
    name = title if title is not None else titled(build)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(out, error) from error
    for part in parts:
        page = paint(
            part.atlas,
            title=f"{name} · {part.district.name}",
            focus=part.district.id,
            language=language,
            layout=positions,
            report=report,
            index=INDEX,
        )
        page.save(out / part.file)
    with replacing(out / INDEX) as fresh:
        fresh.write_text(index(parts, title=name, language=language, report=report), encoding="utf-8", newline="\n")
    return Split(parts, positions)


def divide(atlas: Atlas) -> tuple[Part, ...]:
    """The parts of an atlas, highest level first, then those with most in them.

    A thing belongs to the district its identity rests on; a slogan, which rests on none, to the districts of its users.
    """
    homes = {node.id: node.jurisdiction or (node.id if node.type == "District" else "") for node in atlas.nodes}
    own: dict[str, set[str]] = {}
    for node in atlas.nodes:
        if homes[node.id]:
            own.setdefault(homes[node.id], set()).add(node.id)
    for edge in atlas.edges:
        for one, other in ((edge.source, edge.target), (edge.target, edge.source)):
            if not homes[one] and homes[other]:
                own[homes[other]].add(one)
    nodes = {node.id: node for node in atlas.nodes}
    parts = []
    for id, inside in own.items():
        if id not in nodes or inside == {id}:
            continue
        near = {
            end for edge in atlas.edges if {edge.source, edge.target} & inside for end in (edge.source, edge.target)
        }
        types = Counter(nodes[item].type for item in inside)
        part = atlas.within(frozenset(inside | near))
        parts.append(Part(nodes[id], f"{_safe(id)}.html", part, tuple(types[type] for type in TYPES)))
    order = {level: number for number, level in enumerate(LEVELS)}
    return tuple(
        sorted(parts, key=lambda part: (order.get(part.district.level, 9), -sum(part.counts), part.district.id))
    )


def index(parts: tuple[Part, ...], *, title: str, language: Language = "auto", report: str | None = None) -> str:
    """The index of the pages, as HTML without a script."""
    from kg.explore.network import template

    rows: list[dict[str, Any]] = [
        {"name": part.district.name, "level": part.district.level, "file": part.file, "counts": part.counts}
        for part in parts
    ]
    words = _WORDS["en" if language == "en" else "zh"]
    most = max(sum(part.counts) for part in parts)
    return template("index.html").render(
        title=title, rows=rows, types=TYPES, most=most, report=report, words=words, language=language
    )


_WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "say": "每个行政区划一页：其中的实体，以及与它们相连的一切。各页同用一张全图的位置。", "district": "行政区划", "level": "层级",
        "total": "合计", "report": "构建报告", "District": "行政区划", "Organisation": "机构", "Person": "人物", "Initiative": "举措",
        "Slogan": "提法", "Document": "文件", "Meeting": "会议", "Figure": "数字", "nation": "全国", "province": "省级",
        "prefecture": "地市级", "county": "县级", "township": "乡级", "village": "村级", "zone": "功能区", "": "未知",
    },
    "en": {
        "say": "A page for each district: what belongs to it, and whatever that is tied to. All pages share one map.",
        "district": "District", "level": "Level", "total": "Total", "report": "Build report", "District": "Districts",
        "Organisation": "Bodies", "Person": "People", "Initiative": "Initiatives", "Slogan": "Slogans",
        "Document": "Documents", "Meeting": "Meetings", "Figure": "Figures", "nation": "nation", "province": "province",
        "prefecture": "prefecture", "county": "county", "township": "township", "village": "village", "zone": "zone",
        "": "unknown",
    },
}  # fmt: skip


def _safe(id: str) -> str:
    """A file name for an identity: its code, or a hash where it has none."""
    from hashlib import sha256

    code = id.removeprefix("district/")
    return f"district-{code if code.isascii() and code.isdigit() else sha256(id.encode()).hexdigest()[:12]}"
