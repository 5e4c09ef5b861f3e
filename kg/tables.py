"""Records as tables: CSV for spreadsheets, Parquet for columns, DataFrames for analysis."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from kg.errors import BuildError
from kg.graph.export import guarded
from kg.model import FIELDS, TYPES

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Record = Mapping[str, Any]

_HEAD = ("doc", "type", "id", "name", "surfaces")
_TAIL = ("confidence", "evidence")
_LISTS = frozenset({"surfaces", "terms", "owners", "users", "components", "issuers"})
EVIDENCE = ("doc", "type", "id", "name", "start", "end", "quote", "section", "rule", "supports")
"""Columns of the table of evidence: one row a passage."""


def columns(type: str | None = None) -> tuple[str, ...]:
    """Columns of the records of one type, or of all.

    >>> columns("Person")
    ('doc', 'type', 'id', 'name', 'surfaces', 'posts', 'confidence', 'evidence')
    """
    types = TYPES if type is None else (type,)
    fields = dict.fromkeys(field for name in types for field in FIELDS[name])
    return (*_HEAD, *fields, *_TAIL)


def write_jsonl(records: Iterable[Record], out: IO[str]) -> None:
    """One JSON object a line: the records exactly as they are."""
    for record in records:
        out.write(json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n")


def write_csv(records: Iterable[Record], out: IO[str], *, type: str | None = None) -> None:
    r"""One row a record. Lists are joined by `` | `` (a bar within an item becomes ``\|``), posts written
    ``主席@道里区政协``, evidence is JSON; words are guarded as
    :func:`kg.graph.export.guarded` says. *out* must be opened with ``newline=""``.
    """
    names = columns(type)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for record in records:
        writer.writerow([_cell(name, record.get(name)) for name in names])


def _cell(name: str, value: Any) -> Any:
    if name == "evidence":
        return json.dumps(value, ensure_ascii=False)
    if name == "posts":
        value = [f"{post['title']}@{post['org']}" if post["org"] else post["title"] for post in value or ()]
    if isinstance(value, list):
        value = " | ".join(item.replace("\\", "\\\\").replace("|", "\\|") for item in value)
    return guarded(value) if isinstance(value, str) else value


def write_parquet(records: Iterable[Record], out: Path | IO[bytes], *, type: str | None = None) -> None:
    """All records as one Parquet table with typed columns: lists stay lists, posts and evidence are structures.

    Raises :class:`~kg.errors.BuildError` without pyarrow.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise BuildError("Parquet needs pyarrow, which is not installed; pip install 'tifa-kg[tables]'") from error
    table = pa.Table.from_pylist([dict(record) for record in records], schema=_schema(columns(type)))
    pq.write_table(table, out)


def _schema(names: Sequence[str]) -> pa.Schema:
    import pyarrow as pa

    words = pa.string()
    evidence = [
        ("start", pa.int64()), ("end", pa.int64()), ("quote", words), ("section", words), ("rule", words),
        ("supports", pa.list_(words)),
    ]  # fmt: skip
    kinds = {
        "posts": pa.list_(pa.struct([("title", words), ("org", words)])),
        "value": pa.float64(),
        "confidence": pa.float64(),
        "evidence": pa.list_(pa.struct(evidence)),
    } | dict.fromkeys(_LISTS, pa.list_(words))
    return pa.schema([(name, kinds.get(name, words)) for name in names])


def frame(records: Iterable[Record], type: str) -> pd.DataFrame:
    """The records of one type as a DataFrame, without their evidence: one row an entity of a document.

    What a thing is called and what is said of it stand first, where it stands and how sure it is last.

    Raises :class:`~kg.errors.BuildError` without pandas, and :class:`ValueError` for an unknown type.
    """
    if type not in FIELDS:
        raise ValueError(f"{type!r} is no type; the types are {', '.join(TYPES)}")
    names = ["name", *FIELDS[type], "doc", "surfaces", "confidence", "type", "id"]
    rows = [[record[name] for name in names] for record in records if record["type"] == type]
    table: pd.DataFrame = _pandas().DataFrame(rows, columns=names)
    return table


def evidence_frame(records: Iterable[Record]) -> pd.DataFrame:
    """All passages as a DataFrame with the columns :data:`EVIDENCE`; joins with the others on ``doc`` and ``id``."""
    rows = [
        [*(record[name] for name in EVIDENCE[:4]), *(item[name] for name in EVIDENCE[4:9]), item.get("supports", [])]
        for record in records
        for item in record["evidence"]
    ]
    table: pd.DataFrame = _pandas().DataFrame(rows, columns=list(EVIDENCE))
    return table


def table(records: Iterable[Record], names: Sequence[str]) -> pd.DataFrame:
    """Rows of any kind as a DataFrame with the columns *names*."""
    found: pd.DataFrame = _pandas().DataFrame(
        [[record[name] for name in names] for record in records], columns=list(names), dtype=object
    )
    return found


def _pandas() -> Any:
    try:
        import pandas
    except ImportError as error:
        raise BuildError("DataFrames need pandas, which is not installed; pip install 'tifa-kg[tables]'") from error
    return pandas
