"""What the commands share: options, and how they print."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from kg.model import TYPES

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from kg.builds.opened import Build

BUILD = click.argument("folder", metavar="BUILD", type=click.Path(path_type=Path))
TYPE = click.option("--type", "type_", type=click.Choice(TYPES, case_sensitive=False), help="Only this type of entity.")


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


def open_build(folder: Path) -> Build:
    """The build in a folder."""
    from kg.builds.opened import Build

    return Build(folder)


def complain(message: str) -> None:
    """One line on standard error."""
    click.echo(f"kg: {visible(message)}", err=True)


def visible(message: str) -> str:
    """A message in which control characters and the like are written out."""
    from kg.builds.report import visible

    return visible(message)


def print_lines(lines: Iterable[Text]) -> None:
    """Lines, with colours where there is a terminal."""
    if not sys.stdout.isatty():
        for line in lines:
            click.echo(line.plain)
        return
    from rich.console import Console

    console = Console(highlight=False)
    for line in lines:
        console.print(line)


def print_tables(made: Callable[[int | None], Iterable[RenderableType]]) -> None:
    """What *made* gives for the width of the terminal, or for none."""
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
def output(out: Path | None) -> Iterator[IO[str]]:
    """A stream to write to: standard output, or a file that is replaced only by a whole one."""
    if out is None or is_standard(out):
        yield sys.stdout
    else:
        from kg.graph.writing import replacing

        with replacing(out) as fresh, fresh.open("w", encoding="utf-8", newline="") as stream:
            yield stream


def is_standard(out: Path | None) -> bool:
    """Whether an option means standard output."""
    return out is None or str(out) == "-"


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """A bar on a terminal, nothing elsewhere."""
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
