"""`kg query` and `kg serve`: a build asked by SPARQL."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.console import BUILD, complain, open_build, print_tables
from kg.errors import BuildError
from kg.process import Terminated

_FORMATS = ("table", "csv", "tsv", "json", "xml", "md", "ttl", "nt", "jsonld", "rdfxml")
_SECONDS = click.FloatRange(0.1, 86_400)


@click.command(short_help="Ask a question in SPARQL.")
@BUILD
@click.argument("query", metavar="[QUERY]", required=False)
@click.option(
    "--file", "-f", "file", metavar="FILE", type=click.Path(path_type=Path), help="Read the query from there."
)
@click.option("--format", "format_", type=click.Choice(_FORMATS), help="[default: table; ttl for triples]")
@click.option("--timeout", metavar="S", type=_SECONDS, default=30.0, show_default=True, help="Seconds it may take.")
@click.option(
    "--memory", metavar="MB", type=click.IntRange(512), default=2048, show_default=True, help="Memory it may take."
)
@click.option(
    "--rows", metavar="N", type=click.IntRange(1), default=1_000_000, show_default=True, help="Rows it may have."
)
def query(
    folder: Path, query: str | None, file: Path | None, format_: str | None, timeout: float, memory: int, rows: int
) -> None:
    """Ask BUILD a QUERY in SPARQL 1.1, or the one in FILE; - reads it from standard input.

    The default graph is the union of all graphs, each of which is there by its name; the usual prefixes (kg:, rdfs:,
    oa: …) need no declaration, and relative IRIs (<slogan/两个维护>) are the build's. A build is read only and asked
    offline: updates and SERVICE are refused. In CSV a cell that a spreadsheet would take for a formula begins with an
    apostrophe. Exit code 1: a limit was reached.
    """
    from kg.serve import tables
    from kg.serve.engine import Question, ask
    from kg.serve.limits import Limits

    words = _words(query, file)
    opened = open_build(folder)
    limits = Limits(seconds=timeout, memory=memory, rows=rows, answer=1024, request=16 * 1024)
    wanted = format_ if format_ in ("tsv", "json", "xml", "ttl", "nt", "jsonld", "rdfxml") else ""
    answer = ask(
        opened.path / "store",
        # Tables are made of JSON, triples that nobody asked for in another way are Turtle.
        Question(words, format=wanted, accept="application/sparql-results+json, text/turtle"),
        base=opened.base,
        limits=limits,
    )
    if answer.form in ("CONSTRUCT", "DESCRIBE") and format_ in ("csv", "md"):
        raise click.UsageError(f"{answer.form} gives triples; ask for ttl, nt, jsonld or rdfxml")
    if wanted or answer.form in ("CONSTRUCT", "DESCRIBE"):
        text = answer.body.decode()
        click.echo(text, nl=not text.endswith("\n"))
        return
    table = tables.table(answer.body, opened.base)
    if isinstance(table, bool):
        click.echo("true" if table else "false")
    elif format_ == "csv":
        tables.write_csv(table, sys.stdout)
    elif format_ == "md":
        for line in tables.markdown(table):
            click.echo(line)
    else:
        print_tables(lambda width: tables.renderables(table))


def _words(query: str | None, file: Path | None) -> str:
    if (query is None) == (file is None):
        raise click.UsageError("give one query: as an argument, with --file FILE, or - for standard input")
    try:
        if query == "-" or str(file) == "-":
            return sys.stdin.buffer.read().decode("utf-8-sig")
        return query if file is None else file.read_bytes().decode("utf-8-sig")  # type: ignore[return-value]
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{file or 'standard input'}: offset {error.start}: not UTF-8") from error


@click.command(short_help="Serve the graph: SPARQL endpoint, query page, entity pages.")
@BUILD
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--port", metavar="N", type=click.IntRange(0, 65_535), default=8000, show_default=True, help="0 takes a free one."
)
@click.option(
    "--timeout", metavar="S", type=_SECONDS, default=30.0, show_default=True, help="Seconds a query may take."
)
@click.option(
    "--workers", metavar="N", type=click.IntRange(1, 64), help="Queries at a time. [default: one a core, 2 to 8]"
)
@click.option(
    "--memory", metavar="MB", type=click.IntRange(512), default=2048, show_default=True, help="Memory of a worker."
)
@click.option(
    "--rows", metavar="N", type=click.IntRange(1), default=1_000_000, show_default=True, help="Rows of an answer."
)
@click.option(
    "--waiting", metavar="N", type=click.IntRange(1), default=200, show_default=True, help="Queries that may wait."
)
@click.option(
    "--max-request",
    metavar="KB",
    type=click.IntRange(1, 65_536),
    default=1024,
    show_default=True,
    help="Size of a query.",
)
@click.option(
    "--max-answer", metavar="MB", type=click.IntRange(1, 1024), default=64, show_default=True, help="Size of an answer."
)
@click.option("--public", is_flag=True, help="Listen beyond this machine; needs a token.")
@click.option(
    "--token",
    metavar="WORDS",
    envvar="KG_TOKEN",
    show_envvar=True,
    help="What clients must show: Authorization: Bearer.",
)
@click.option("--name", "names", metavar="HOST", multiple=True, help="Another name under which the server is asked.")
@click.option("--explorer", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="Page of `kg explore` to show. [default: one is made when asked for]")  # fmt: skip
def serve(
    folder: Path,
    host: str,
    port: int,
    timeout: float,
    workers: int | None,
    memory: int,
    rows: int,
    waiting: int,
    max_request: int,
    max_answer: int,
    public: bool,
    token: str | None,
    names: tuple[str, ...],
    explorer: Path | None,
) -> None:
    """Serve BUILD to browsers and SPARQL clients until it is interrupted: /sparql is the endpoint, / the query page,
    /entity/… a page for each thing, /explore the explorer, /health for monitors.

    Only this machine can reach it, unless you say --public and give a token of 16 characters or more (better in the
    variable KG_TOKEN, since others see the command line). The log is JSON on standard error, a line a request.
    """
    from kg.serve.limits import Limits

    try:
        from kg.serve.server import Settings, default_workers, run
    except ImportError as error:
        raise BuildError(f"serving needs {error.name}, which is not installed; pip install 'tifa-kg[serve]'") from error

    settings = Settings(
        host=host, port=port, workers=workers or default_workers(), public=public, token=token or "", names=names,
        explorer=explorer,
        limits=Limits(
            seconds=timeout, memory=memory, rows=rows, waiting=waiting, request=max_request, answer=max_answer
        ),
    )  # fmt: skip
    build = open_build(folder)
    try:
        run(build, settings, started=lambda address: complain(f"serving {folder} at {address}; Ctrl-C stops it"))
    except (KeyboardInterrupt, Terminated):
        complain("stopped")
