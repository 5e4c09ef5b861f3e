"""`kg report`: what a build read, found, and left open."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from kg.cli.console import BUILD, is_standard, open_build, output


@click.command(short_help="Print the report, or write it as a page.")
@BUILD
@click.option("--html", metavar="FILE", type=click.Path(path_type=Path), help="Write it as one offline HTML page.")
@click.option("--quality", metavar="CARD", type=click.Path(path_type=Path),
              help="Quality card, .json or .html. [default: card.json, card.html beside FILE]")  # fmt: skip
@click.option("--explorer", metavar="PAGE", type=click.Path(path_type=Path),
              help="Page of the explorer to link to. [default: graph.html beside FILE]")  # fmt: skip
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True,
              help="What the page shows first.")  # fmt: skip
def report(
    folder: Path, html: Path | None, quality: Path | None, explorer: Path | None, language: Literal["zh", "en"]
) -> None:
    """Print the report of BUILD (its report.md): coverage, counts, what stayed open, whether the graph holds.

    With --html it becomes a page in Chinese and English that needs no network and runs no script, with heat maps of
    bodies and jurisdictions by month, and the quality card if there is one (`kg evaluate GOLD BUILD --json > card.json`).
    """
    opened = open_build(folder)
    if html is None:
        if quality or explorer:
            raise click.UsageError("--quality and --explorer are for the page; name it with --html FILE")
        click.echo(opened.report(), nl=False)
        return
    at = None if is_standard(html) else html
    page = opened.report("html", at=at, quality=quality, explorer=explorer, language=language)
    with output(html) as stream:
        stream.write(page)
