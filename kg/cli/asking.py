"""`kg ask`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.console import BUILD, complain, is_standard, open_build, output, print_tables, visible
from kg.errors import QuestionError
from kg.process import within

if TYPE_CHECKING:
    from rich.console import RenderableType

    from kg.ask import Answer, Question

FORMATS = ("table", "csv", "tsv", "json", "md")
_WIDEST = 60
"""Cells of the terminal that a column of a table takes at most, two for a Chinese character: longer words are folded."""


class Asking(click.Command):
    """A command that takes each of its options once."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As usual; raises where one is given again, since only the last would count."""
        _, _, order = self.make_parser(ctx).parse_args(args=list(args))
        seen: set[str | None] = set()
        for option in order:
            if option.name in seen:
                raise click.UsageError(f"{option.opts[0]} is given twice; give it once", ctx)
            seen.add(option.name)
        return super().parse_args(ctx, args)


@click.command(
    short_help="Ask one of the named questions.",
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
    options_metavar="",
)
@BUILD
@click.argument("words", metavar="[NAME] [OPTIONS]", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def ask(context: click.Context, folder: Path, words: tuple[str, ...]) -> None:
    """Ask BUILD the question NAME; without NAME, list all questions.

    \b
    kg ask BUILD                                      the questions there are
    kg ask BUILD NAME --help                          what one answers, its parameters and columns
    kg ask BUILD slogan-first-use --slogan 七大都市     its answer, as a table
    \b
    --format table|csv|tsv|json|md, -o FILE           how, and where to (FILE.csv is CSV)
    --quotes                                          every row with the passages it rests on
    --timeout S, --memory MB                          how much it may take
    --questions DIR                                   with your own questions (*.rq) beside ours

    Names are looked up by identity, name, other spelling, or part of a name; where several things may be meant, they
    are listed to choose from. In CSV and TSV a cell that a spreadsheet would take for a formula begins with an
    apostrophe. Exit code 1: a limit was reached.
    """
    from kg.ask import find, questions

    own = _folder(words)
    name = next(iter(words), "-")
    if name in ("-h", "--help"):
        click.echo(context.get_help())
        return
    if name.startswith("-"):
        _run(Asking("kg ask BUILD", params=[_OWN], callback=lambda questions: None), "kg ask BUILD", words)
        open_build(folder)
        _list(questions(own, complain))
        return
    question = find(name, own)
    command = Asking(
        question.name,
        params=[*(_option(parameter) for parameter in question.parameters), *_COMMON],
        help=_help(question),
        callback=lambda **given: _answer(question, folder, **given),
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
        options_metavar="[OPTIONS]",
    )
    _run(command, f"kg ask BUILD {question.name}", words[1:])


def _run(command: click.Command, name: str, words: tuple[str, ...]) -> None:
    # Not `main`, which makes an error of a reader that has gone.
    with command.make_context(name, list(words)) as context:
        command.invoke(context)


_FORMAT = click.Option(
    ["--format", "format_"], type=click.Choice(FORMATS), help="[default: as FILE ends; table without one]"
)
_OUT = click.Option(
    ["--out", "-o"], metavar="FILE", type=click.Path(path_type=Path), help="Write there, not to standard output."
)
_QUOTES = click.Option(["--quotes"], is_flag=True, help="Every row with the passages it rests on.")
_OWN = click.Option(["--questions"], metavar="DIR", type=click.Path(path_type=Path), help="Your own questions (*.rq).")
_TIMEOUT = click.Option(
    ["--timeout"],
    metavar="S",
    type=click.FloatRange(0.1, 86_400),
    default=30.0,
    show_default=True,
    help="Seconds it may take.",
)
_MEMORY = click.Option(
    ["--memory"],
    metavar="MB",
    type=click.IntRange(512),
    default=2048,
    show_default=True,
    help="Memory it may take.",
)
_COMMON = (_FORMAT, _OUT, _QUOTES, _TIMEOUT, _MEMORY, _OWN)


def _folder(words: tuple[str, ...]) -> Path | None:
    """The folder that ``--questions`` names: it must be known before the options of a question are."""
    for place, word in enumerate(words):
        if word.startswith("--questions="):
            return Path(word.partition("=")[2])
        if word == "--questions" and place + 1 < len(words):
            return Path(words[place + 1])
    return None


def _option(parameter: Any) -> click.Option:
    is_build = parameter.type == "build"
    kind = (
        click.Choice(parameter.choices)
        if parameter.choices
        else click.Path(path_type=Path)
        if is_build
        else click.STRING
    )
    default = parameter.default if parameter.default else None
    return click.Option(
        [f"--{parameter.name.replace('_', '-')}", parameter.name],
        type=kind,
        metavar=None if parameter.choices else parameter.type.upper(),
        required=parameter.required,
        default=default,
        show_default=default is not None,
        help=parameter.help,
    )


def _help(question: Question) -> str:
    columns = "\n".join(f"  {column.name:<18} {column.meaning}" for column in question.columns)
    finish = f"\n\n\bFinished by a step in Python: {question.step}." if question.step else ""
    return (
        f"{question.title['en']} · {question.title['zh']}\n\n{question.answers['en']}\n\n{question.answers['zh']}\n\n"
        f"\b\nColumns:\n{columns}{finish}"
    )


def _answer(
    question: Question,
    folder: Path,
    *,
    format_: str,
    out: Path | None,
    quotes: bool,
    timeout: float,
    memory: int,
    questions: Path | None,
    **given: Any,
) -> None:
    from kg.ask.writing import write

    format_ = format_ or _format_of(out)
    if format_ == "table" and not is_standard(out):
        raise QuestionError("a table is for the terminal; give --format csv, tsv, json or md with -o")
    found = within(timeout, memory, _asked, folder, question, quotes, given)
    for note in found.notes:
        complain(note)
    if format_ == "table":
        print_tables(lambda width: _table(found, width))
        complain(f"{len(found.rows):,} rows" if len(found.rows) != 1 else "1 row")
        return
    with output(out) as stream:
        write(found, format_, stream)


def _asked(folder: Path, question: Question, quotes: bool, given: dict[str, Any]) -> Answer:
    """The answer, in whichever process this runs."""
    from kg.ask import ask as answer

    for parameter in question.parameters:
        if parameter.type == "build" and given.get(parameter.name) is not None:
            given[parameter.name] = open_build(given[parameter.name])
    return answer(open_build(folder), question, quotes=quotes, **given)


def _format_of(out: Path | None) -> str:
    """The format that the ending of a file's name says."""
    if out is None or is_standard(out):
        return "table"
    ending = out.suffix.lower().removeprefix(".")
    if ending not in FORMATS[1:]:
        raise QuestionError(f"{out}: the ending says no format; name it .csv, .tsv, .json or .md, or give --format")
    return ending


def _table(answer: Answer, width: int | None) -> Iterable[RenderableType]:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from kg.ask.writing import heads, words

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in heads(answer):
        table.add_column(name, overflow="fold", max_width=_WIDEST)
    for cells in words(answer):
        table.add_row(*(Text(visible(cell)) for cell in cells))
    yield table


def _list(found: Iterable[Question]) -> None:
    from kg.ask import GROUPS

    group = ""
    for question in found:
        if question.group != group:
            group = question.group
            click.echo(f"\n{GROUPS[group]['en']} · {GROUPS[group]['zh']}")
        number = "" if question.number is None else f"{question.number}"
        click.echo(
            f"  {number:>2}  {question.name:<24} {visible(question.title['en'])} · {visible(question.title['zh'])}"
        )
