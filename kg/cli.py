"""The command line: one thin command a verb. It parses, calls, prints, and turns errors into a line and an exit code.

Exit codes: 0 done; 1 a build was made but files of it could not be read; 2 wrong usage, no build could be made or
opened, or gold is not gold; 3 the graph breaks its shapes; 4 nothing is named so; 130 interrupted; 143 terminated.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from kg.errors import KgError, NotFoundError
from kg.model import TYPES
from kg.process import Terminated, make_output_safe, quiet_end, terminable
from kg.vocab import BASE

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from kg.builds.graph import Check
    from kg.builds.opened import Build

FORMATS = ("ttl", "trig", "nq", "jsonld", "graphml", "gexf", "csv")
"""What `kg export` writes."""

_BUILD = click.argument("folder", metavar="BUILD", type=click.Path(path_type=Path))
_TYPE = click.option(
    "--type", "type_", type=click.Choice(TYPES, case_sensitive=False), help="Only this type of entity."
)


class Verbs(click.Group):
    """Commands in the order in which they are used, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of definition."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader that has gone (`kg facts BUILD | head`) is no error."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            quiet_end()
            ctx.exit(0)
        return result


class Confidence(click.FloatRange):
    """A number from 0 to 1; ``nan`` is none."""

    def __init__(self) -> None:
        super().__init__(0, 1)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number that *value* writes."""
        number: float = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(f"{value!r} is not in the range 0<=x<=1.", param, ctx)
        return number


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="tifa-kg", prog_name="kg")
def kg() -> None:
    """Turn Chinese local-politics texts into a knowledge graph in which every statement carries the words it rests on."""


@kg.command(short_help="Read texts and write the graph.")
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

    with _progress(quiet) as progress:
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
        _complain(f"warning: {warning}")
    for failure in made.failed:
        _complain(failure.message)
    manifest = made.manifest
    if not quiet:
        entities = sum(manifest.graph["entities"].values())
        state = manifest.check["status"] + (f" ({manifest.check['reason']})" if manifest.check["reason"] else "")
        _complain(
            f"{len(manifest.documents)} documents read, {len(made.failed)} failed; {entities:,} entities, "
            f"{manifest.graph['claims']:,} claims, {manifest.graph['quads']:,} quads; shapes: {state}; see {out}/report.md"
        )
    if manifest.check["status"] == "violations":
        raise SystemExit(3)
    if made.failed:
        raise SystemExit(1)


@kg.command(short_help="Hold a build against its texts and its shapes.")
@_BUILD
def check(folder: Path) -> None:
    """Hold BUILD against its texts, its hashes, its store and its shapes, however large it is.

    Exit code 3: the graph breaks its shapes. Exit code 2: a quote or a file is not what it was, or the shapes could
    not be checked at all.
    """
    opened = _open(folder)
    quotes = opened.verify()
    click.echo(f"evidence: {quotes:,} quotes stand in their texts; every file and the store are as they were built")
    report = opened.check()
    if report.status == "conforms":
        click.echo("shapes: conforms")
        return
    if report.status == "violations":
        for message in report.violations:
            click.echo(f"shapes: {_visible(str(message))}")
        click.echo(f"shapes: {len(report.violations)} violations")
        raise SystemExit(3)
    click.echo(f"shapes: NOT CHECKED: {report.reason}")
    raise SystemExit(2)


@kg.command(short_help="Print the reading records.")
@_BUILD
@click.option("--doc", metavar="D", help="Only this document.")
@_TYPE
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

    records = _open(folder).facts(doc=doc, type=type_, min_confidence=min_confidence)
    if format_ == "parquet" and _is_standard(out) and sys.stdout.isatty():
        raise click.UsageError("Parquet is binary; name a file with -o or send it into a pipe")
    with _output(out) as stream:
        if format_ == "parquet":
            tables.write_parquet(records, stream.buffer, type=type_)  # type: ignore[attr-defined]
        elif format_ == "csv":
            tables.write_csv(records, stream, type=type_)
        else:
            tables.write_jsonl(records, stream)


@kg.command(short_help="Print an entity and the words it rests on.")
@_BUILD
@click.argument("name")
@_TYPE
def show(folder: Path, name: str, type_: str | None) -> None:
    """Print the entity NAME of BUILD: all that is said of it, with the words it rests on.

    NAME is an identity, a name, another spelling, or a part of a name; where several entities may be meant, they are
    listed to choose from.
    """
    from kg.show import choice_lines, profile_lines

    opened = _open(folder)
    found = opened.find(name, type=type_)
    if len(found) > 1:
        _print(choice_lines(found))
        raise NotFoundError(f"{name!r} may be any of these {len(found)}; give one of these identities, or --type")
    _print(profile_lines(opened.show(name, type=type_), opened))


@kg.command(short_help="Print the passages of a statement, with citations.")
@_BUILD
@click.argument("subject")
@click.argument("predicate", required=False)
@click.argument("object_", metavar="[OBJECT]", required=False)
@_TYPE
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

    opened = _open(folder)
    _print(passage_lines(opened.trace(subject, predicate, object_, type=type_), opened, style=style))


@kg.command(short_help="Write the graph in another format.")
@_BUILD
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

    opened = _open(folder)
    graph = opened.path / "graph.nq"
    if not _is_standard(out):
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


@kg.command(short_help="Hold the records against gold: precision, recall, F1.")
@click.argument("gold", metavar="GOLD", type=click.Path(path_type=Path))
@_BUILD
@click.option("--doc", metavar="D", help="Only this document.")
@_TYPE
@click.option("--md", metavar="FILE", type=click.Path(path_type=Path), help="Write the quality card in Markdown.")
@click.option("--html", metavar="FILE", type=click.Path(path_type=Path), help="Write the quality card as one page.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object.")
@click.option("--seed", metavar="N", type=int, default=0, show_default=True, help="Of the resamples behind intervals.")
def evaluate(
    gold: Path,
    folder: Path,
    doc: str | None,
    type_: str | None,
    md: Path | None,
    html: Path | None,
    as_json: bool,
    seed: int,
) -> None:
    """Hold the records of BUILD against GOLD, a folder of annotated documents (*.json): how many are right, how many
    are missed, and how far confidence can be trusted.

    Intervals are bootstraps of documents, or of what stands in them where there are fewer than five. With --doc or
    --type every case that is not right is listed with its passage; the quality card always has them. docs/quality.md
    says how a record and an entry are matched.
    """
    from kg.evaluation import evaluate as measure

    found = measure(gold, folder, doc=doc, type=type_, seed=seed)
    for path, format_ in ((md, "md"), (html, "html")):
        if path is not None:
            with _output(path) as stream:
                stream.write(found.card("html" if format_ == "html" else "md"))
    if as_json:
        import json

        click.echo(json.dumps(found.as_dict(), ensure_ascii=False, allow_nan=False))
        return
    from kg.evaluation.terminal import renderables

    _print_tables(lambda width: renderables(found, cases=bool(doc or type_), width=width))


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; every error becomes one line on standard error and an exit code."""
    make_output_safe()
    try:
        with terminable():
            code = kg.main(arguments, prog_name="kg", standalone_mode=False)
            sys.stdout.flush()
    except KgError as error:
        _complain(str(error))
        code = error.exit_code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        _complain("interrupted; a previous build is untouched")
        code = 130
    except Terminated:
        _complain("terminated; a previous build is untouched")
        code = 143
    except BrokenPipeError:
        quiet_end()
        code = 0
    except OSError as error:
        _complain(f"{error.filename or 'standard output'}: {error.strerror or error}")
        code = 2
    raise SystemExit(code)


def _open(folder: Path) -> Build:
    from kg.builds.opened import Build

    return Build(folder)


def _complain(message: str) -> None:
    click.echo(f"kg: {_visible(message)}", err=True)


def _visible(message: str) -> str:
    from kg.builds.report import visible

    return visible(message)


def _print(lines: Iterable[Text]) -> None:
    if not sys.stdout.isatty():
        for line in lines:
            click.echo(line.plain)
        return
    from rich.console import Console

    console = Console(highlight=False)
    for line in lines:
        console.print(line)


def _print_tables(made: Callable[[int | None], Iterable[RenderableType]]) -> None:
    from rich.console import Console

    if sys.stdout.isatty():
        console = Console(highlight=False)
        for item in made(console.width):
            console.print(item)
        return
    # A pipe has no width to fit into: whole lines, without the blanks that fill up columns.
    console = Console(highlight=False, width=10_000, color_system=None)
    with console.capture() as captured:
        for item in made(None):
            console.print(item)
    for line in captured.get().splitlines():
        click.echo(line.rstrip())


@contextmanager
def _output(out: Path | None) -> Iterator[IO[str]]:
    if out is None or _is_standard(out):
        yield sys.stdout
    else:
        from kg.graph.writing import replacing

        with replacing(out) as fresh, fresh.open("w", encoding="utf-8", newline="") as stream:
            yield stream


def _is_standard(out: Path | None) -> bool:
    return out is None or str(out) == "-"


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    from rich.console import Console

    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda stage, done, total: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns: list[Any] = [TextColumn("{task.description:<6}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()]
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("read", total=None)
        yield lambda stage, done, total: bar.update(task, description=stage, completed=done, total=total)
