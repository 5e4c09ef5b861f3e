"""The quality card: what was measured, how good it is, what is not right, and what the numbers cannot say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg import lexicon
from kg.evaluation.result import Case, Estimate, Evaluation, Row

FEW = 20
"""Required entries below which a type's numbers are marked as resting on little: the interval is then wide or,
where all are found, deceptively narrow."""

LIMITS = (
    "They say how far the reader agrees with one annotation of these documents. They do not say that a statement is "
    "true: a text may be wrong, and so may its annotation.",
    "They hold for texts like these, of this genre, these districts and these years. For other texts annotate a sample "
    "and measure again; do not carry the numbers over.",
    "They count a thing once a document, not each mention of it, and do not measure links between documents: who is "
    "the same person is another question.",
    "What gold leaves out is unmeasured: kind, part_of, host, period, measure and status of records, and everything "
    "optional that was not found.",
    "They may not be used to rank or judge persons, bodies or districts, nor to decide anything about them: that a name "
    "is found less often says something of the reader and the text, not of who bears it.",
    "A difference smaller than the intervals is no difference, and a type with few entries may change by tenths with "
    "the next document.",
    "Texts that the rules were written from, or that confidences were counted on, flatter both; only texts that nobody "
    "had looked at say what to expect of new ones.",
)
"""What the numbers may not be used for."""

_WHAT = {
    "missed": ("Missed", "漏"),
    "extra": ("Too many", "多"),
    "attribute": ("Wrong attributes", "误"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; estimates are drawn as intervals where the medium can draw."""

    head: tuple[str, ...]
    rows: tuple[tuple[str | int | Estimate, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the card."""

    title: str
    chinese: str
    words: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    table: Table | None = None
    points: tuple[str, ...] = ()
    cases: tuple[tuple[str, tuple[Case, ...]], ...] = ()
    """Cases under the name of their document."""
    reliability: bool = False
    """Whether the reliability diagram belongs here."""


def sections(evaluation: Evaluation) -> Iterator[Section]:
    """The parts of the card, in order; the same for every medium."""
    setting, method = evaluation.setting, _method(evaluation)
    yield Section("What was measured", "测评对象", facts=tuple(_facts(evaluation)), words=tuple(_warnings(evaluation)))
    types = evaluation.of("type")
    whole = [] if setting.type else list(evaluation.of("all"))
    rows = [_scored(row) for row in (*types, *whole)]
    yield Section(
        "Types",
        "实体类型",
        words=(
            "Precision: of the records, the share that gold has, required or optional. Recall: of what gold requires, "
            "the share that is found. F1: their harmonic mean. Optional entries and repeated records count neither way.",
            method,
            "A value without brackets is the same in all resamples, which then bound nothing: of n that are all right, "
            "the share right is at least about 1 − 3/n (the rule of three).",
            *_few(types),
        ),
        table=Table(
            ("Type", "Required", "Found", "Missed", "Extra", "Optional", "Precision", "Recall", "F1"), tuple(rows)
        ),
    )
    attributes = evaluation.of("attribute")
    if attributes:
        yield Section(
            "Attributes",
            "属性",
            words=("Of the required entries that were found, the share whose attribute is right where gold states one. "
                   "Posts alone are also counted where they are too many.",),
            table=Table(
                ("Attribute", "Stated", "Right", "Wrong", "Too many", "Share right", "Precision"),
                tuple(
                    (row.name, row.counts.right + row.counts.missed, row.counts.right, row.counts.missed,
                     row.counts.extra, row.recall, row.precision)
                    for row in attributes
                ),
            ),
        )  # fmt: skip
    yield _reliability(evaluation)
    yield Section(
        "Documents",
        "文本",
        words=("All types together; intervals by resampling what stands in the document.",),
        table=Table(
            ("Document", "Required", "Found", "Missed", "Extra", "Optional", "Precision", "Recall", "F1"),
            tuple(_scored(row) for row in evaluation.of("document")),
        ),
    )
    rules = evaluation.of("rule")
    if rules:
        described = {row[0]: row[4] for row in lexicon.rows("rules") if len(row) > 4}
        yield Section(
            "Rules",
            "规则",
            words=("Of the records that owe their existence to a rule, the share that is right. A record may owe it to several.",),
            table=Table(
                ("Rule", "What it reads", "Right", "Wrong", "Precision"),
                tuple(
                    (row.name, described.get(row.name, ""), row.counts.right, row.counts.extra, row.precision)
                    for row in rules
                ),
            ),
        )  # fmt: skip
    yield Section("What these numbers may not be used for", "使用限制", points=LIMITS)
    for what, (title, chinese) in _WHAT.items():
        found = [case for case in evaluation.cases if case.what == what]
        listed = tuple((doc, tuple(group)) for doc, group in groupby(found, key=lambda case: case.doc))
        yield Section(f"{title}: {len(found)}", chinese, words=() if found else ("None.",), cases=listed)


def markdown(evaluation: Evaluation) -> str:
    """The card in Markdown."""
    from kg.evaluation.markdown import markdown as write

    return write(evaluation)


def html(evaluation: Evaluation) -> str:
    """The card as one self-contained page."""
    from kg.evaluation.page import page

    return page(evaluation)


def headline(evaluation: Evaluation) -> str:
    """The card's first sentence: what was held against what, and the one number people ask for."""
    setting = evaluation.setting
    what = f"{setting.type} records" if setting.type else "the records"
    macro = "" if setting.type else f" Macro F1 {evaluation.macro}."
    return f"{what[0].upper()}{what[1:]} of {len(setting.documents)} documents held against gold.{macro}"


def _facts(evaluation: Evaluation) -> Iterator[tuple[str, str]]:
    setting = evaluation.setting
    yield "Gold", f"{setting.gold} (SHA-256 {setting.gold_sha256[:16]})"
    yield "Entries", f"{setting.required:,} required, {setting.optional:,} optional"
    yield "Documents", f"{len(setting.documents)}: {', '.join(setting.documents)}"
    yield "Texts", f"{setting.characters:,} characters"
    yield "Build", f"{setting.build} (graph.nq SHA-256 {setting.graph_sha256[:16]})"
    reader = setting.reader
    code = reader.get("code", "")[:16]
    yield "Made by", f"tifa-kg {setting.version}, reader {reader.get('name')} {reader.get('version')} (code {code})"
    yield "Records", f"{setting.records:,}"
    yield "Macro F1", "of one type there is none" if setting.type else str(evaluation.macro)
    yield "Intervals", f"95 %, {setting.resamples:,} resamples of {setting.resampled}, seed {setting.seed}"


def _warnings(evaluation: Evaluation) -> Iterator[str]:
    setting = evaluation.setting
    if setting.calibrated:
        yield (
            f"Confidences were counted on {len(setting.calibrated)} of these {len(setting.documents)} documents; on "
            "them the reliability below is flattered."
        )
    if setting.unmeasured:
        yield f"Not measured, as there is no gold of them: {', '.join(setting.unmeasured)}."
    if not setting.same_code:
        yield "The build was made by other code than is installed; build again to measure what is installed."


def _method(evaluation: Evaluation) -> str:
    setting = evaluation.setting
    why = (
        "documents are what is independent of one another"
        if setting.resampled == "documents"
        else "there are too few documents to resample them, so that the spread between documents is not in the intervals"
    )
    return (
        f"In brackets the 95 % interval: percentile bootstrap, {setting.resamples:,} resamples of {setting.resampled} "
        f"({why}), seed {setting.seed}."
    )


def _few(rows: Sequence[Row]) -> Iterator[str]:
    thin = [row.name for row in rows if row.counts.right + row.counts.missed < FEW]
    if thin:
        yield f"Fewer than {FEW} required entries, hence little to go by: {', '.join(thin)}."


def _reliability(evaluation: Evaluation) -> Section:
    found = evaluation.reliability
    if found.error is None or found.brier is None:
        return Section("Reliability of confidence", "置信度", words=("There are no records.",))
    bins = tuple(
        (f"{bin.low:.1f}–{bin.high:.1f}", bin.records, bin.right, Estimate(bin.confidence), Estimate(bin.share))
        for bin in found.bins
    )
    return Section(
        "Reliability of confidence",
        "置信度",
        words=(
            f"Of {found.records:,} records: expected calibration error {found.error:.3f} (the mean distance between "
            f"confidence and share right, 0 is best), Brier score {found.brier:.3f} (0 is best, always saying 0.5 gives "
            "0.25). A confidence of 0.9 should mean that nine records in ten are right.",
        ),
        table=Table(("Confidence", "Records", "Right", "Mean confidence", "Share right"), bins),
        reliability=True,
    )


def _scored(row: Row) -> tuple[str | int | Estimate, ...]:
    own = row.counts
    counted = (own.right + own.missed, own.right, own.missed, own.extra, own.optional)
    return (row.name or "all types", *counted, row.precision, row.recall, row.f1)
