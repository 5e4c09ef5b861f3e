"""`kg build` and `kg check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.console import BUILD, Confidence, complain, open_build, progress_bar, visible
from kg.vocab import BASE

if TYPE_CHECKING:
    from kg.builds.graph import Check


@click.command(short_help="Read texts and write the graph.")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "-o", "--out", metavar="BUILD", required=True, type=click.Path(path_type=Path), help="Folder of the build."
)
@click.option("--base", metavar="IRI", default=BASE, show_default=True, help="What all identities begin with.")
@click.option("--jobs", "-j", type=click.IntRange(1, 64), help="Processes that read. [default: one a core, at most 4]")
@click.option("--decisions", metavar="FILE", type=click.Path(path_type=Path), help="What people decided on identities.")
@click.option("--check", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True,
              help="Hold the graph against its shapes.")  # fmt: skip
@click.option(
    "--min-confidence",
    metavar="X",
    type=Confidence(),
    default=0.0,
    help="Leave less sure records out of the graph.",
)
@click.option("--limit", metavar="MB", type=click.IntRange(1, 1024), default=16, show_default=True,
              help="How large a document may be.")  # fmt: skip
@click.option("--fresh", is_flag=True, help="Read everything again, taking nothing over from the previous build.")
@click.option("--quiet", "-q", is_flag=True, help="No progress, no summary; errors only.")
def build(
    paths: tuple[str, ...],
    out: Path,
    base: str,
    jobs: int | None,
    decisions: Path | None,
    check: Check,
    min_confidence: float,
    limit: int,
    fresh: bool,
    quiet: bool,
) -> None:
    """Read files and folders of .txt and .md (or - for standard input) and write the graph to BUILD.

    A previous build is replaced only when the new one is whole. Exit code 1: the build is made, but some files could
    not be read; they are named here and in report.md. Exit code 3: the graph breaks its shapes.
    """
    from kg.builds.reading import default_jobs
    from kg.builds.stages import build as make

    with progress_bar(quiet) as progress:
        made = make(
            paths,
            out,
            base=base,
            jobs=jobs or default_jobs(),
            decisions=decisions,
            check=check,
            min_confidence=min_confidence,
            fresh=fresh,
            limit=limit * 2**20,
            progress=progress,
        )
    for warning in made.links.unmet:
        complain(f"warning: {warning}")
    for failure in made.failed:
        complain(failure.message)
    manifest = made.manifest
    if not quiet:
        entities = sum(manifest.graph["entities"].values())
        state = manifest.check["status"] + (f" ({manifest.check['reason']})" if manifest.check["reason"] else "")
        complain(
            f"{len(manifest.documents)} documents read, {len(made.failed)} failed; {entities:,} entities, "
            f"{manifest.graph['claims']:,} claims, {manifest.graph['quads']:,} quads; shapes: {state}; see {out}/report.md"
        )
    if manifest.check["status"] == "violations":
        raise SystemExit(3)
    if made.failed:
        raise SystemExit(1)


@click.command(short_help="Hold a build against its texts and its shapes.")
@BUILD
def check(folder: Path) -> None:
    """Hold BUILD against its texts, its hashes, its store and its shapes, however large it is.

    Exit code 3: the graph breaks its shapes. Exit code 2: a quote or a file is not what it was, or the shapes could
    not be checked at all.
    """
    opened = open_build(folder)
    quotes = opened.verify()
    click.echo(f"evidence: {quotes:,} quotes stand in their texts; every file and the store are as they were built")
    report = opened.check()
    if report.status == "conforms":
        click.echo("shapes: conforms")
        return
    if report.status == "violations":
        for message in report.violations:
            click.echo(f"shapes: {visible(str(message))}")
        click.echo(f"shapes: {len(report.violations)} violations")
        raise SystemExit(3)
    click.echo(f"shapes: NOT CHECKED: {report.reason}")
    raise SystemExit(2)
