"""The command line: one thin command a verb. It parses, calls, prints, and turns errors into a line and an exit code.

Exit codes: 0 done; 1 a build was made but files of it could not be read, or a question went
beyond a limit; 2 wrong usage, no build could be made or
opened, gold is not gold, or the data cannot carry a measure; 3 the graph breaks its shapes; 4 nothing is named so;
130 interrupted; 143 terminated.
"""

from __future__ import annotations

import sys
from typing import Any

import click

from kg.cli.analysing import analyse
from kg.cli.asking import ask
from kg.cli.building import build, check
from kg.cli.console import complain
from kg.cli.exploring import explore
from kg.cli.measuring import evaluate
from kg.cli.reading import FORMATS, export, facts, show, trace
from kg.cli.reporting import report
from kg.cli.serving import query, serve
from kg.errors import KgError
from kg.process import Terminated, make_output_safe, quiet_end, terminable

__all__ = ["FORMATS", "evaluate", "kg", "main"]


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


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="tifa-kg", prog_name="kg")
def kg() -> None:
    """Turn Chinese local-politics texts into a knowledge graph in which every statement carries the words it rests on."""


for _verb in (build, check, report, facts, show, trace, ask, query, serve, explore, analyse, export, evaluate):
    kg.add_command(_verb)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; every error becomes one line on standard error and an exit code."""
    make_output_safe()
    try:
        with terminable():
            code = kg.main(arguments, prog_name="kg", standalone_mode=False)
            sys.stdout.flush()
    except KgError as error:
        complain(str(error))
        code = error.exit_code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        complain("interrupted; a previous build is untouched")
        code = 130
    except Terminated:
        complain("terminated; a previous build is untouched")
        code = 143
    except BrokenPipeError:
        quiet_end()
        code = 0
    except OSError as error:
        complain(f"{error.filename or 'standard output'}: {error.strerror or error}")
        code = 2
    raise SystemExit(code)
