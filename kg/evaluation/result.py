"""What an evaluation found: rows of counts with intervals, reliability, and every case that is not right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Literal

from kg.errors import BuildError
from kg.evaluation.measures import Counts, Reliability
from kg.evaluation.outcomes import Level

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value and the ends of its 95 % interval; None where there is nothing to compute it from."""

    value: float | None
    low: float | None = None
    high: float | None = None

    def __str__(self) -> str:
        """``0.912 [0.88–0.94]``; a dash where there is no value."""
        if self.value is None:
            return "–"
        ends = "" if self.low is None or self.high is None else f" [{self.low:.2f}–{self.high:.2f}]"
        return f"{self.value:.3f}{ends}"


@dataclass(frozen=True, slots=True)
class Row:
    """How good one type, attribute, document or rule is."""

    level: Level
    name: str
    counts: Counts
    precision: Estimate
    recall: Estimate
    """Of attributes: the share that is right where gold states one and the entry was found."""
    f1: Estimate


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a document a case stands, with the words around it."""

    start: int
    end: int
    section: str
    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class Case:
    """Something that is not right: an entry missed, a record too many, or an attribute that is wrong."""

    what: Literal["missed", "extra", "attribute"]
    doc: str
    type: str
    name: str
    place: Place | None
    """Of an entry missed: the first place that names it, None where no spelling of it stands in the text."""
    rules: tuple[str, ...] = ()
    """Rules that made the record; of an entry missed: none."""
    confidence: float | None = None
    field: str = ""
    wanted: str = ""
    given: str = ""
    read: tuple[str, ...] = ()
    """Of an entry missed: what the reader made of the words in its place (``Organisation 道里区政协, body.named``)."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What was held against what: enough to say which numbers these are."""

    gold: str
    """Path of the gold."""
    gold_sha256: str
    """Over the hashes of its files."""
    documents: tuple[str, ...]
    """Documents of the build that gold was held against."""
    unmeasured: tuple[str, ...]
    """Documents of the build of which there is no gold."""
    calibrated: tuple[str, ...]
    """Documents whose gold the confidences of the rules were counted on: on them reliability is flattered."""
    required: int
    optional: int
    characters: int
    records: int
    build: str
    """Path of the build."""
    version: str
    """Of tifa-kg, when it made the build."""
    reader: Mapping[str, str]
    graph_sha256: str
    same_code: bool
    """Whether the code and lexica installed now are those that made the build."""
    doc: str | None
    """The only document asked for."""
    type: str | None
    """The only type asked for."""
    resampled: Literal["documents", "entities within documents"]
    resamples: int
    seed: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A build held against gold."""

    setting: Setting
    rows: tuple[Row, ...]
    macro: Estimate
    """Mean F1 of the types that gold requires."""
    reliability: Reliability
    cases: tuple[Case, ...]

    def of(self, level: Level) -> tuple[Row, ...]:
        """The rows of one level."""
        return tuple(row for row in self.rows if row.level == level)

    @property
    def table(self) -> pd.DataFrame:
        """All rows as a pandas DataFrame: level, name, counts, and each measure with the ends of its interval.

        Raises :class:`~kg.errors.BuildError` without pandas.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise BuildError("DataFrames need pandas, which is not installed; pip install 'tifa-kg[tables]'") from error
        names = [field.name for field in fields(Counts)]
        measures = ("precision", "recall", "f1")
        columns = ["level", "name", *names, *(m + end for m in measures for end in ("", "_low", "_high"))]
        rows = []
        for row in self.rows:
            estimates = [getattr(row, measure) for measure in measures]
            values = [number for e in estimates for number in (e.value, e.low, e.high)]
            rows.append([row.level, row.name, *(getattr(row.counts, name) for name in names), *values])
        return pd.DataFrame(rows, columns=columns)

    def card(self, format: Literal["md", "html"] = "md") -> str:
        """The quality card, in Markdown or as one self-contained HTML page; the same evaluation gives the same text."""
        from kg.evaluation import card

        return card.html(self) if format == "html" else card.markdown(self)

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain data for JSON."""
        return asdict(self)
