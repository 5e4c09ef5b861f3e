"""`kg facts`, `kg show`, `kg trace` and `kg export`: what a build holds."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.console import BUILD, TYPE, Confidence, is_standard, open_build, output, print_lines
from kg.errors import NotFoundError

FORMATS = ("ttl", "trig", "nq", "jsonld", "graphml", "gexf", "csv")
"""What `kg export` writes."""


@click.command(short_help="Print the reading records.")
@BUILD
@click.option("--doc", metavar="D", help="Only this document.")
@TYPE
@click.option("--min-confidence", metavar="X", type=Confidence(), default=0.0, help="Only records at least so sure.")
@click.option("--format", "format_", type=click.Choice(["jsonl", "csv", "parquet"]), default="jsonl", show_default=True)
@click.option(
    "--out", "-o", metavar="FILE", type=click.Path(path_type=Path), help="Write there, not to standard output."
)
def facts(
    folder: Path, doc: str | None, type_: str | None, min_confidence: float, format_: str, out: Path | None
) -> None:
    """Print the reading records of BUILD: one entity of one document each, with its evidence.

    The order is stable: document, type, first evidence, name. In CSV lists are joined by " | ", evidence is JSON, and
    a cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    from kg import tables

    records = open_build(folder).facts(doc=doc, type=type_, min_confidence=min_confidence)
    if format_ == "parquet" and is_standard(out) and sys.stdout.isatty():
        raise click.UsageError("Parquet is binary; name a file with -o or send it into a pipe")
    with output(out) as stream:
        if format_ == "parquet":
            tables.write_parquet(records, stream.buffer, type=type_)  # type: ignore[attr-defined]
        elif format_ == "csv":
            tables.write_csv(records, stream, type=type_)
        else:
            tables.write_jsonl(records, stream)


@click.command(short_help="Print an entity and the words it rests on.")
@BUILD
@click.argument("name")
@TYPE
def show(folder: Path, name: str, type_: str | None) -> None:
    """Print the entity NAME of BUILD: all that is said of it, with the words it rests on.

    NAME is an identity, a name, another spelling, or a part of a name; where several entities may be meant, they are
    listed to choose from.
    """
    from kg.show import choice_lines, profile_lines

    opened = open_build(folder)
    found = opened.find(name, type=type_)
    if len(found) > 1:
        print_lines(choice_lines(found))
        raise NotFoundError(f"{name!r} may be any of these {len(found)}; give one of these identities, or --type")
    print_lines(profile_lines(opened.show(name, type=type_), opened))


@click.command(short_help="Print the passages of a statement, with citations.")
@BUILD
@click.argument("subject")
@click.argument("predicate", required=False)
@click.argument("object_", metavar="[OBJECT]", required=False)
@TYPE
@click.option(
    "--cite", "style", type=click.Choice(["gbt7714", "chicago", "bibtex"]), default="gbt7714", show_default=True
)
def trace(
    folder: Path, subject: str, predicate: str | None, object_: str | None, type_: str | None, style: str
) -> None:
    """Print the passages of BUILD that statements rest on: document, section, offsets, rule, words, citation.

    PREDICATE is a field of the record (posts, owners, users) or a term of the ontology (kg:usedBy); OBJECT an entity
    or a value (主席@道里区政协, or either half).
    """
    from kg.show import passage_lines

    opened = open_build(folder)
    print_lines(passage_lines(opened.trace(subject, predicate, object_, type=type_), opened, style=style))


@click.command(short_help="Write the graph in another format.")
@BUILD
@click.option("--format", "format_", type=click.Choice(FORMATS), required=True)
@click.option(
    "--out",
    "-o",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path),
    help="Where to write; - is standard output.",
)
def export(folder: Path, format_: str, out: Path) -> None:
    """Write the graph of BUILD in another format. A file that is there is replaced only by a whole one."""
    from kg.graph.export import export as write

    opened = open_build(folder)
    graph = opened.path / "graph.nq"
    if not is_standard(out):
        write(graph, format_, out, base=opened.base)
    elif format_ == "csv":
        raise click.UsageError("CSV is two tables; name a folder, or a file that ends in .zip")
    else:
        import shutil
        from tempfile import TemporaryDirectory

        with TemporaryDirectory() as place:
            write(graph, format_, Path(place, "graph"), base=opened.base)
            with Path(place, "graph").open("rb") as whole:
                shutil.copyfileobj(whole, sys.stdout.buffer)
