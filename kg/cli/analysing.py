"""`kg analyse`: measures and network projections, as tables, figures and files for graph tools."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.console import BUILD, complain, is_standard, open_build, output, print_tables

if TYPE_CHECKING:
    import pandas as pd

    from kg.analyse.registry import Measure, Option

FORMATS = ("table", "csv", "tsv", "json", "md")
"""What a measure is printed as."""

ALSO = {"item": ("slogan",)}
"""Second names of options, after `kg ask`."""


class Measures(click.Group):
    """A command for each measure and projection, made from the registry when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of the registry."""
        from kg.analyse.registry import measures

        return list(measures())

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of one measure; :class:`~kg.errors.NotFoundError` if there is none."""
        from kg.analyse.registry import find

        return _command(find(name))


@click.group(
    cls=Measures, invoke_without_command=True, subcommand_metavar="[MEASURE [OPTIONS]]", short_help="Measure the graph."
)
@BUILD
@click.pass_context
def analyse(ctx: click.Context, folder: Path) -> None:
    """Measure BUILD: centralities, communities, shared slogans, diffusion, and the networks they rest on.

    Without MEASURE, list what there is. `kg analyse BUILD MEASURE --help` says what one needs; docs/methods.md what each
    means and must not be used for.
    """
    if ctx.invoked_subcommand is None:
        _list()


def _list() -> None:
    from kg.analyse.registry import measures

    for kind in ("projection", "measure"):
        for one in measures().values():
            if one.kind == kind:
                click.echo(f"{kind}\t{one.name}\t{one.title_zh}\t{one.title_en}")


def _command(one: Measure) -> click.Command:
    def run(**given: Any) -> None:
        folder = click.get_current_context().parent.params["folder"]  # type: ignore[union-attr]
        with open_build(folder) as build, warnings.catch_warnings():
            from kg.analyse.registry import SlowMeasureWarning

            warnings.simplefilter("always", SlowMeasureWarning)
            warnings.showwarning = _tell
            options = {option.name: given[option.name] for option in one.options}
            if one.cuts:
                from kg.analyse.cut import Cut

                options["cut"] = Cut(**{name: given[name] or "" for name in ("since", "until", "level", "place")})
            result = one.function(build, **options)
        if one.kind == "projection":
            _project(result, given)
        else:
            _measured(one, result, given)

    parameters: list[click.Parameter] = [_parameter(option) for option in one.options]
    if one.cuts:
        parameters += _cut_options()
    parameters += _output_options(one)
    words = f"{one.title_en} ({one.title_zh}). {one.about}"
    columns = "\n".join(f"  {name}: {meaning}" for name, meaning in one.columns.items())
    what = "Attributes of the edges" if one.kind == "projection" else "Columns"
    return click.Command(
        one.name,
        callback=run,
        params=parameters,
        help=f"{words}\n\n\b\n{what}:\n{columns}\n\nSource: {one.source}.",
        short_help=one.title_en,
    )


def _parameter(option: Option) -> click.Option:
    flag = option.name.replace("_", "-")
    if option.type is bool:
        return click.Option([f"--{flag}/--no-{flag}"], default=option.default, show_default=True, help=option.help)
    kind = click.Choice(option.choices) if option.choices else option.type
    flags = [f"--{flag}", *(f"--{other}" for other in ALSO.get(option.name, ()))]
    return click.Option([*flags, option.name], type=kind, default=option.default, show_default=True, help=option.help)


def _cut_options() -> list[click.Parameter]:
    from kg.vocab import LEVELS

    return [
        click.Option(["--since"], metavar="DATE", help="Only documents from then on: 2022, 2022-05 or 2022-05-07."),
        click.Option(["--until"], metavar="DATE", help="Only documents up to then."),
        click.Option(["--level"], type=click.Choice(LEVELS.split()), help="Only bodies of districts of this level."),
        click.Option(["--place"], metavar="NAME", help="Only bodies of this district, by name or code, and below it."),
    ]


def _output_options(one: Measure) -> list[click.Parameter]:
    path = click.Path(path_type=Path)
    found: list[click.Parameter] = [
        click.Option(
            ["--format", "format_"],
            type=click.Choice(FORMATS),
            help="By default as FILE ends (.csv, .tsv, .json, .md), else table: rounded, with tabs.",
        ),
        click.Option(["--out", "-o", "out"], metavar="FILE", type=path, help="Write there, not to standard output."),
    ]
    if one.kind == "projection":
        found.append(
            click.Option(["--export"], metavar="FILE", type=path, help="Write the graph: .graphml, .gexf or .csv.")
        )
    if one.plot or one.kind == "projection":
        found.append(click.Option(["--plot"], metavar="FILE", type=path, help="Draw a figure: .svg, .png or .pdf."))
    return found


def _tell(message: Warning | str, category: type[Warning], *_: Any, **__: Any) -> None:
    complain(str(message))


def _project(graph: Any, given: Mapping[str, Any]) -> None:
    from kg.analyse.export import edges, write

    if given["export"] is not None:
        write(graph, given["export"])
    if given["plot"] is not None:
        from kg.analyse import plots

        plots.save(plots.network(graph), given["plot"])
    if given["out"] is not None or (given["export"] is None and given["plot"] is None):
        _print(edges(graph), given)


def _measured(one: Measure, frame: pd.DataFrame, given: Mapping[str, Any]) -> None:
    if given.get("plot") is not None:
        from kg.analyse import plots

        plots.save(getattr(plots, one.plot)(frame), given["plot"])
    if given.get("plot") is None or given["out"] is not None:
        _print(frame, given)


def _print(frame: pd.DataFrame, given: Mapping[str, Any]) -> None:
    from kg.analyse import printed

    out = given["out"]
    format_ = given["format_"] or _format_of(out)
    if format_ == "table" and is_standard(out) and sys.stdout.isatty():
        print_tables(lambda width: [printed.table(frame)])
        return
    with output(out) as stream:
        printed.write(frame, format_, stream)


def _format_of(out: Path | None) -> str:
    ending = "" if out is None else out.suffix.lower().removeprefix(".")
    return ending if ending in FORMATS else "table"
