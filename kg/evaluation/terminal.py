"""An evaluation for a terminal: tables of numbers, and on request every case with its passage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.builds.report import visible
from kg.evaluation.card import headline
from kg.evaluation.result import Case, Estimate, Evaluation, Row

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

_GOOD, _FAIR = 0.9, 0.7
"""From where on a value is shown as good and as fair: colours for the eye, no verdict."""

_MARKS = {"missed": ("−", "red"), "extra": ("+", "yellow"), "attribute": ("≠", "magenta")}


_WIDE = 120
"""Columns from which on a terminal has room for all intervals; a narrower one gets that of F1 alone."""


def renderables(evaluation: Evaluation, *, cases: bool, width: int | None) -> Iterator[RenderableType]:
    """What to print, in order; *width* is that of the terminal, None in a pipe; *cases* lists what is not right."""
    plain, narrow = width is None, width is not None and width < _WIDE
    setting = evaluation.setting
    yield _text((headline(evaluation), "bold"))
    made = f"tifa-kg {setting.version}, reader {setting.reader.get('name')} {setting.reader.get('version')}"
    size = f"{setting.required:,} required and {setting.optional:,} optional entries; {setting.records:,} records"
    yield _text((f"{setting.gold} × {setting.build} ({made}); {size}", "dim"))
    yield _text((f"95 % intervals: {setting.resamples:,} resamples of {setting.resampled}, seed {setting.seed}", "dim"))
    head: tuple[str, ...] = ("required", "found", "missed", "extra", "optional", "precision", "recall", "F1")
    if narrow:
        head = ("gold", "found", "missed", "extra", "P", "R", "F1")
    types = [*evaluation.of("type"), *([] if setting.type else evaluation.of("all"))]
    yield from _gap(plain)
    yield _table("type", head, [_scored(row, narrow) for row in types], plain)
    if evaluation.of("attribute"):
        rows = [
            (row.name, row.counts.right + row.counts.missed, row.counts.right, row.counts.missed, row.recall)
            for row in evaluation.of("attribute")
        ]
        yield from _gap(plain)
        yield _table("attribute", ("stated", "right", "wrong", "share right"), rows, plain)
    yield from _gap(plain)
    yield _table("document", head, [_scored(row, narrow) for row in evaluation.of("document")], plain)
    faults = [row for row in evaluation.of("rule") if row.counts.extra]
    if faults:
        rules = [(row.name, row.counts.right, row.counts.extra, row.precision) for row in faults]
        yield from _gap(plain)
        yield _table("rule that errs", ("right", "wrong", "precision"), rules, plain)
    found = evaluation.reliability
    if found.bins:
        bins = [
            (f"{bin.low:.1f}–{bin.high:.1f}", bin.records, bin.right, Estimate(bin.confidence), Estimate(bin.share))
            for bin in found.bins
        ]
        yield from _gap(plain)
        yield _table("confidence", ("records", "right", "mean confidence", "share right"), bins, plain)
        yield _text((f"expected calibration error {found.error:.3f}, Brier score {found.brier:.3f}", "dim"))
    if setting.calibrated:
        share = f"{len(setting.calibrated)} of {len(setting.documents)} documents"
        yield _text((f"confidences were counted on {share}: there they are flattered", "yellow"))
    if not setting.same_code:
        yield _text(("the build was made by other code than is installed", "yellow"))
    yield ""
    if cases:
        yield from (line for case in evaluation.cases for line in _case(case))
    counts = {what: sum(case.what == what for case in evaluation.cases) for what in _MARKS}
    hint = "" if cases else "; --doc, --type, --md or --html list them with their passages"
    yield _text(
        (f"{counts['missed']} missed, {counts['extra']} too many, {counts['attribute']} wrong attributes{hint}", "dim")
    )


def _gap(plain: bool) -> Iterator[str]:
    # In a terminal the tables bring blank lines of their own.
    if plain:
        yield ""


def _scored(row: Row, narrow: bool) -> tuple[str | int | Estimate, ...]:
    own = row.counts
    counted = (row.name or "all types", own.right + own.missed, own.right, own.missed, own.extra)
    if narrow:
        return (*counted, Estimate(row.precision.value), Estimate(row.recall.value), row.f1)
    return (*counted, own.optional, row.precision, row.recall, row.f1)


def _table(name: str, head: Sequence[str], rows: Sequence[Sequence[str | int | Estimate]], plain: bool) -> Table:
    from rich import box
    from rich.table import Table

    padding = (0, 2, 0, 0) if plain else (0, 1, 0, 0)
    table = Table(box=None if plain else box.SIMPLE_HEAD, padding=padding, pad_edge=False, header_style="bold")
    # Where there is too little room names are broken, never numbers.
    table.add_column(name, overflow="fold")
    for column in head:
        table.add_column(column, justify="right", no_wrap=True)
    for row in rows:
        table.add_row(*(_cell(cell) for cell in row))
    return table


def _cell(cell: str | int | Estimate) -> Text:
    if not isinstance(cell, Estimate):
        return _text((f"{cell:,}" if isinstance(cell, int) else cell, ""))
    if cell.value is None:
        return _text(("–", "dim"))
    style = "green" if cell.value >= _GOOD else "yellow" if cell.value >= _FAIR else "red"
    value, _, ends = str(cell).partition(" ")
    return _text((value, style), (f" {ends}" if ends else "", "dim"))


def _case(case: Case) -> Iterator[Text]:
    mark, style = _MARKS[case.what]
    where = f"{case.doc}[{case.place.section}]" if case.place and case.place.section else case.doc
    how = "/".join(case.rules) + ("" if case.confidence is None else f" {case.confidence:.2f}")
    yield _text(
        (f"{mark} {case.type} ", style), (case.name, "bold"), (f"  {where}", "cyan"), (f"  {how}" if how else "", "dim")
    )
    if case.what == "attribute":
        yield _text(
            (f"    {case.field}: wanted ", "dim"), (case.wanted, ""), (", given ", "dim"), (case.given or "nothing", "")
        )
    if case.place is not None:
        place = case.place
        yield _text(
            (f"    {place.start}-{place.end}  …{place.before}", "dim"),
            (f"【{place.quote}】", "bold"),
            (f"{place.after}…", "dim"),
        )
    elif case.what == "missed":
        yield _text(("    no spelling of it stands in the text", "dim"))
    if case.what == "missed" and case.read:
        yield _text((f"    read there: {'; '.join(case.read)}", "dim"))


def _text(*parts: tuple[str, str]) -> Text:
    from rich.text import Text

    return Text.assemble(*((visible(words), style) for words, style in parts))
