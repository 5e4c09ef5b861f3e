"""A DataFrame as text: columns in line, CSV, TSV, JSON lines, Markdown."""

from __future__ import annotations

import csv
import json
import math
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any

from kg.graph.export import guarded

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

DIGITS = 10
"""Most digits of a number that a text may have stated so."""


def write(frame: pd.DataFrame, format: str, out: IO[str]) -> None:
    """Write *frame* as ``table`` (tabs, floats rounded), ``csv``, ``tsv``, ``json`` (an object a line) or ``md``.

    In CSV and TSV a cell that a spreadsheet would take for a formula begins with an apostrophe; in Markdown a bar is
    escaped. What is missing is an empty cell, and ``null`` in JSON.
    """
    rows = [[_plain(value) for value in row] for row in frame.itertuples(index=False)]
    names = [str(name) for name in frame.columns]
    if format == "json":
        for row in rows:
            out.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, allow_nan=False) + "\n")
    elif format in ("csv", "tsv"):
        writer = csv.writer(out, delimiter="," if format == "csv" else "\t", lineterminator="\n")
        writer.writerow(names)
        writer.writerows([guarded(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    elif format == "md":
        out.write(f"| {' | '.join(names)} |\n|{'---|' * len(names)}\n")
        for row in rows:
            out.write("| " + " | ".join(_short(cell).replace("|", "\\|") for cell in row) + " |\n")
    else:
        for row in [names, *rows]:
            out.write("\t".join(_short(cell) for cell in row) + "\n")


def table(frame: pd.DataFrame) -> Table:
    """The frame as a table for a terminal."""
    from rich.table import Table
    from rich.text import Text

    found = Table(box=None, header_style="bold")
    for name in frame.columns:
        found.add_column(str(name), overflow="fold")
    for row in frame.itertuples(index=False):
        found.add_row(*(Text(_short(_plain(value))) for value in row))
    return found


def _plain(value: Any) -> Any:
    if hasattr(value, "item"):
        value = value.item()
    # Not a number is unequal to itself; pandas' NA will not even say whether it is.
    if value is None or (value != value) is not False or (isinstance(value, float) and math.isinf(value)):
        return None
    return value if isinstance(value, (bool, int, float, str)) else str(value)


def _short(value: Any) -> str:
    if value is None:
        return ""
    text = rounded(value) if isinstance(value, float) else str(value)
    return " ".join(text.split())


def rounded(value: float) -> str:
    """A number for reading: whole ones and those of ten digits at most in full, others with four digits that count.

    What a text states has few digits and keeps them all; what was computed has many. No digit before the point is lost.

    >>> [rounded(one) for one in (23396.0, 1.1 * 10000, 12345.67, 1 / 3, 123456.789012345, 1.25e-7)]
    ['23396', '11000', '12345.67', '0.3333', '123457', '1.25e-07']
    """
    if not 1e-4 <= abs(value) < 1e15:
        return f"{value:.4g}"
    if math.isclose(value, round(value), rel_tol=1e-12):
        return str(round(value))
    text = f"{Decimal(f'{value:.15g}'):f}"
    if len(text.replace(".", "").lstrip("-0")) <= DIGITS:
        return text
    return f"{value:.{max(4, len(str(int(abs(value)))))}g}"
