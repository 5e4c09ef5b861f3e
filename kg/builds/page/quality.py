"""What a quality card says, read from the JSON of `kg evaluate GOLD BUILD --json`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import BuildError
from kg.model import TYPES


@dataclass(frozen=True, slots=True)
class Share:
    """A share from 0 to 1, with its interval where there is one; None where nothing could be measured."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Measure:
    """How well one type is read; of all types together the type is empty."""

    type: str
    right: int
    missed: int
    extra: int
    precision: Share
    recall: Share
    f1: Share


@dataclass(frozen=True, slots=True)
class Quality:
    """The card in short."""

    gold: str
    documents: int
    unmeasured: int
    """Documents of the build without gold."""
    graph: str
    """SHA-256 of the graph that was measured."""
    macro: Share
    rows: tuple[Measure, ...]


def quality(path: Path) -> Quality:
    """The quality card in a file; raises :class:`~kg.errors.BuildError` where the file is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        setting = data["setting"]
        rows = [
            row for row in data["rows"] if row["level"] == "all" or (row["level"] == "type" and row["name"] in TYPES)
        ]
        return Quality(
            gold=str(setting["gold"]),
            documents=len(setting["documents"]),
            unmeasured=len(setting["unmeasured"]),
            graph=str(setting["graph_sha256"]),
            macro=_share(data["macro"]),
            rows=tuple(sorted((_measure(row) for row in rows), key=lambda row: ("", *TYPES).index(row.type))),
        )
    except OSError as error:
        raise BuildError(f"{path}: cannot be read ({error.strerror}); name the JSON of a quality card") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BuildError(
            f"{path}: not a quality card; write one with `kg evaluate GOLD BUILD --json > {path.name}`"
        ) from error


def _measure(row: dict[str, Any]) -> Measure:
    counts = row["counts"]
    return Measure(
        row["name"] if row["level"] == "type" else "",
        int(counts["right"]), int(counts["missed"]), int(counts["extra"]),
        _share(row["precision"]), _share(row["recall"]), _share(row["f1"]),
    )  # fmt: skip


def _share(data: dict[str, Any]) -> Share:
    values = [None if data[name] is None else float(data[name]) for name in ("value", "low", "high")]
    if any(value is not None and not 0 <= value <= 1 for value in values):
        raise ValueError(data)
    return Share(*values)
