"""`kg explore`: the graph as a page."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from kg.cli.console import BUILD, complain, open_build
from kg.errors import BuildError


@click.command(short_help="Write the graph as a page to look at, search and send.")
@BUILD
@click.option("--out", "-o", metavar="FILE", required=True, type=click.Path(path_type=Path),
              help="The page; with --split a folder of pages.")  # fmt: skip
@click.option("--focus", metavar="NAME", help="Open on what stands around this entity.")
@click.option("--title", metavar="WORDS", help="The title of the page. [default: the name of the build]")
@click.option("--language", type=click.Choice(["auto", "zh", "en"]), default="auto", show_default=True,
              help="What the interface speaks at first; auto asks the browser.")  # fmt: skip
@click.option("--layout", metavar="FILE", type=click.Path(path_type=Path),
              help="Where positions are read from and kept. [default: BUILD/layout.json]")  # fmt: skip
@click.option("--report", metavar="PAGE", type=click.Path(path_type=Path),
              help="Page of the report to link to. [default: report.html beside FILE, if there]")  # fmt: skip
@click.option("--split", type=click.Choice(["district"]), help="A page for each district, and an index of them.")
def explore(
    folder: Path,
    out: Path,
    focus: str | None,
    title: str | None,
    language: Literal["auto", "zh", "en"],
    layout: Path | None,
    report: Path | None,
    split: str | None,
) -> None:
    """Write the graph of BUILD as one page that works without a network: map, search, stories, and every quote.

    The map is the same each time: positions are kept in the build, and what is new joins it without moving the rest.
    """
    from kg.explore import split as divide
    from kg.explore.positions import NAME, load, save

    if split and focus:
        raise click.UsageError("--focus opens one page on one entity; it cannot be given with --split")
    opened = open_build(folder)
    kept = layout or opened.path / NAME
    link = _link(out if split else out.parent, report)
    previous = load(kept)
    if split:
        made = divide(opened, out, title=title, language=language, layout=previous, report=link)
        complain(f"{len(made.parts)} pages and an index; open {out / 'index.html'}")
        positions = made.positions
    else:
        page = opened.explore(focus=focus, title=title, language=language, layout=previous, report=link)
        page.save(out)
        counted = f"{page.entities - page.above:,} entities{_above(page.above)}, {page.relations:,} relations"
        complain(f"{counted}, {page.size / 1e6:.1f} MB; open {out}")
        positions = page.positions
    if report and not report.is_file():
        complain(f"the page links to {report}, which is not there yet; `kg report {folder} --html {report}` makes it")
    try:
        save(positions, kept)
    except BuildError as error:
        if layout:
            raise
        # A published build may be read-only: its page is good, and the next one will be the same anyway.
        complain(f"warning: the layout is not kept ({error}); name a file with --layout")


def _above(districts: int) -> str:
    """What joins the entities of the build: districts that no text names."""
    if not districts:
        return ""
    return f" and {districts:,} {'district' if districts == 1 else 'districts'} above them"


def _link(folder: Path, report: Path | None) -> str | None:
    """The address of the report in a page in *folder*; without one given, of what stands beside the page."""
    from kg.builds.page import address

    beside = folder / "report.html"
    if report is None and not beside.is_file():
        return None
    return address(report or beside, folder)
