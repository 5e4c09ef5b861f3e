"""A DataFrame as text: columns in line, CSV, TSV, JSON lines, Markdown."""

from __future__ import annotations

import csv
import json
import math
from typing import IO, TYPE_CHECKING, Any

from kg.graph.export import guarded

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table


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
    text = f"{value:.4g}" if isinstance(value, float) else str(value)
    return " ".join(text.split())
