"""The report of a build as one HTML page: offline, without a script, in Chinese and English.

Every word of a document is escaped, characters that cannot be seen are written out, and the page's own policy lets
nothing in from elsewhere.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from kg.builds.manifest import Manifest
from kg.builds.page.contents import contents
from kg.builds.page.quality import Quality, quality
from kg.builds.report import visible
from kg.errors import BuildError
from kg.link import Links
from kg.model import Reading

__all__ = ["Surroundings", "address", "page", "style", "surroundings"]

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands beside the page: addresses are relative to it, so that the files can be moved together."""

    quality: Quality | None = None
    card: str = ""
    """Address of the quality card's own page; empty if there is none."""
    explorer: str = ""
    """Address of the explorer's page; empty if there is none."""


def surroundings(at: Path | None, card: str | Path | None = None, explorer: str | Path | None = None) -> Surroundings:
    """What a page at *at* can show and link to: the files given, else those found beside it.

    A card that is given as ``.json`` brings the page of the same name with it, and the other way round. Raises
    :class:`~kg.errors.BuildError` for a file that is not there or is no quality card.
    """
    folder = at.parent if at else Path()
    given = Path(card) if card else None
    if given and given.suffix.lower() not in (".json", ".html", ".htm"):
        raise BuildError(f"{given}: a quality card ends in .json or .html; write one with `kg evaluate GOLD BUILD`")
    measure = "kg evaluate GOLD BUILD " + ("--json >" if given and given.suffix.lower() == ".json" else "--html")
    for path, made in ((given, measure), (explorer, "kg explore BUILD -o")):
        if path and not Path(path).is_file():
            raise BuildError(f"{path}: no such file; make it with `{made} {path}`, or leave the option out")
    beside = given or folder / "card.json"
    numbers, shown = beside.with_suffix(".json"), beside if beside.suffix != ".json" else beside.with_suffix(".html")
    graph = Path(explorer) if explorer else folder / "graph.html"
    return Surroundings(
        quality(numbers) if numbers.is_file() else None,
        address(shown, folder) if shown.is_file() else "",
        address(graph, folder) if graph.is_file() else "",
    )


def page(
    manifest: Manifest,
    readings: Sequence[Reading],
    links: Links,
    text: Callable[[str], str],
    around: Surroundings | None = None,
    *,
    title: str = "",
    language: Literal["zh", "en"] = "zh",
) -> str:
    """The whole page, ending in a line break; the same build and surroundings give the same page.

    *text* gives the text of a document by its name; *language* is what shows first. Raises
    :class:`~kg.errors.BuildError` where Jinja2 is missing.
    """
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
        from markupsafe import Markup
    except ImportError as error:
        raise BuildError("a page needs Jinja2; install it with pip install 'tifa-kg[explore]'") from error

    def shown(value: Any) -> Any:
        return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["segment"] = lambda words: quote(words, safe="")
    around = around or Surroundings()
    found = contents(manifest, readings, links, text)
    lines = environment.get_template("page.html").render(
        {name: getattr(found, name) for name in found.__slots__},
        rows={one.doc: place for place, one in enumerate(found.docs, 1)},
        manifest=manifest,
        title=title,
        language=language,
        quality=around.quality,
        same_graph=around.quality is not None and around.quality.graph == manifest.files.get("graph.nq"),
        card=around.card,
        explorer=around.explorer,
        style=Markup(style() + (_FOLDER / "page.css").read_text(encoding="utf-8")),
    )
    return "\n".join(line.rstrip() for line in lines.split("\n") if line.strip()) + "\n"


def style() -> str:
    """What the project's pages look like: the style that this page and the quality card share."""
    return (_FOLDER / "base.css").read_text(encoding="utf-8")


def address(file: Path, folder: Path) -> str:
    """The address of *file* in a page in *folder*.

    >>> address(Path("图 谱.html"), Path("out"))
    '../%E5%9B%BE%20%E8%B0%B1.html'
    """
    try:
        relative = Path(os.path.relpath(file, folder)).as_posix()
    except ValueError:  # another drive, on Windows
        return file.resolve().as_uri()
    # A leading ./ because a name such as `javascript:x.html` would else be an address of its own.
    return quote(relative if relative.startswith("../") else f"./{relative}")
