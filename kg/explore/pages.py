"""Pages to look at: an atlas laid out, filled into the template, and kept as text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Literal

from kg.errors import BuildError, NotFoundError
from kg.explore.atlas import Atlas
from kg.explore.opened import Opened
from kg.explore.positions import NAME, Positions, load, place
from kg.graph.writing import replacing

Language = Literal["auto", "zh", "en"]
LANGUAGES: tuple[Language, ...] = ("auto", "zh", "en")
"""What the interface speaks when the page is opened first; ``auto`` asks the browser."""

_FRAME = '<iframe srcdoc="{}" title="tifa-kg" style="width:100%;height:720px;border:1px solid #ddd;border-radius:8px"></iframe>'


@dataclass(frozen=True, slots=True)
class Explorer:
    """One self-contained page. In a notebook it shows itself."""

    html: str
    title: str
    positions: Positions
    """Where each entity stands, to be given to the next page as *layout*."""
    entities: int
    above: int
    """Those of the entities that only the gazetteer knows: districts above those of the texts."""
    relations: int

    @property
    def size(self) -> int:
        """Bytes of the page."""
        return len(self.html.encode())

    def save(self, path: str | Path) -> Path:
        """Write the page to a file, whole or not at all; the path.

        Raises :class:`~kg.errors.BuildError` where it cannot be written.
        """
        path = Path(path)
        with replacing(path) as fresh:
            fresh.write_text(self.html, encoding="utf-8", newline="\n")
        return path

    def _repr_html_(self) -> str:
        return _FRAME.format(escape(self.html, quote=True))

    def __repr__(self) -> str:
        """Title and size."""
        return f"<Explorer {self.title}: {self.size / 1e6:.1f} MB>"


def explore(
    build: Opened,
    *,
    focus: str | None = None,
    title: str | None = None,
    language: Language = "auto",
    layout: Positions | None = None,
    report: str | None = None,
) -> Explorer:
    """The graph of a build as one offline page: map, stories, search, and the words each statement rests on.

    *focus* is an identity or name, as in :meth:`Build.show`: the page opens on its neighbourhood. *layout* holds the
    positions of an earlier page, which known entities keep. *report* is the address of a page the head links to,
    relative to this one. Without a *layout* the one kept in the build is taken, if there is one. Raises :class:`~kg.errors.NotFoundError` where *focus* names nothing, or several things.
    """
    from kg.explore.gathering import gather

    centre = build.show(focus).id if focus is not None else None
    name = title if title is not None else titled(build)
    layout = load(build.path / NAME) if layout is None else layout
    return paint(gather(build), focus=centre, title=name, language=language, layout=layout, report=report)


def paint(
    atlas: Atlas,
    *,
    title: str,
    focus: str | None = None,
    language: Language = "auto",
    layout: Positions | None = None,
    report: str | None = None,
    index: str | None = None,
) -> Explorer:
    """The page of an atlas; *focus* is an identity, *report* and *index* are addresses relative to the page.

    Raises :class:`~kg.errors.BuildError` for an empty atlas or an option that is none, and
    :class:`~kg.errors.NotFoundError` where *focus* is not in the atlas.
    """
    from kg.explore.network import PageNetwork

    if language not in LANGUAGES:
        raise BuildError(f"the language {language!r} is none; choose one of {', '.join(LANGUAGES)}")
    if not atlas.nodes:
        raise BuildError("the graph holds no entity; there is nothing to explore")
    if focus is not None and all(node.id != focus for node in atlas.nodes):
        raise NotFoundError(f"{focus}: no entity of the page has this identity")
    for address in (report, index):
        # What begins with a scheme could run script when it is followed.
        if address is not None and re.match(r"\s*[A-Za-z][A-Za-z0-9+.\-]*:", address):
            raise BuildError(f"{address!r} is no relative address; give the path of the page from this one")
    positions = place(atlas, layout)
    network = PageNetwork()
    network.add_atlas(atlas, positions)
    html = network.generate_html(
        title=title, language="" if language == "auto" else language, focus=focus or "", report=report, index=index
    )
    return Explorer(html, title, positions, len(atlas.nodes), network.data["above"], len(atlas.edges))


def titled(build: Opened) -> str:
    """A name for the page of a build: the one title there is, else the folder's name."""
    titles = [reading.meta.title for reading in build.readings]
    return titles[0] if len(titles) == 1 and titles[0] else build.path.resolve().name
