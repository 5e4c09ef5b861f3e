"""A build held against gold: the one module that knows the order of the steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from kg import lexicon
from kg.builds import manifest as manifests
from kg.builds.opened import Build
from kg.errors import GoldError
from kg.evaluation.attributes import ATTRIBUTES
from kg.evaluation.bootstrap import ENOUGH_DOCUMENTS, interval, resamples
from kg.evaluation.gold import Gold, load
from kg.evaluation.locate import Text, first
from kg.evaluation.measures import macro, naming_rules, reliability
from kg.evaluation.outcomes import Key, Level, Outcome, counts, outcomes, summed
from kg.evaluation.result import Case, Estimate, Evaluation, Row, Setting
from kg.model import TYPES, Entity, Reading

RESAMPLES = 1000
"""Efron and Tibshirani's advice for percentile intervals; the ends then move by a hundredth or so between seeds."""


def evaluate(
    gold: str | Path,
    build: str | Path | Build,
    *,
    doc: str | None = None,
    type: str | None = None,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> Evaluation:
    """Hold the readings of a build against gold.

    *gold* is a folder of gold files, or one; *build* a build or its folder. With *doc* (as gold or the build names it)
    only that document counts, with *type* only what gold or a record says is of that type. Intervals are percentile
    bootstraps of *resamples* resamples from *seed*.

    Raises :class:`~kg.errors.GoldError` for gold that is not gold, or of a document that is not in the build, and
    :class:`~kg.errors.BuildError` if there is no build.
    """
    if type is not None and type not in TYPES:
        raise ValueError(f"{type!r} is no type; the types are {', '.join(TYPES)}")
    opened = build if isinstance(build, Build) else Build(build)
    pairs = _pairs(load(gold), opened.readings, str(opened.path))
    if doc is not None:
        pairs = [(of, reading) for of, reading in pairs if doc in (of.doc, reading.doc)]
        if not pairs:
            raise GoldError(Path(gold).as_posix(), f"there is no gold of {doc!r}", "name one of its documents")
    found = [
        [outcome for outcome in outcomes(of.entries, reading) if type in (None, outcome.type)] for of, reading in pairs
    ]
    method = "documents" if len(pairs) >= ENOUGH_DOCUMENTS else "entities within documents"
    units = [[outcome.adds() for outcome in document] for document in found]
    strata = [[summed(document) for document in units]] if method == "documents" else units
    rows, mean = _rows(units, strata, seed, resamples)
    everything = [outcome for document in found for outcome in document]
    certain = [
        (outcome.record.confidence, outcome.what == "found")
        for outcome in everything
        if outcome.record is not None and outcome.what != "repeated"
    ]
    read = [reading for _, reading in pairs]
    entries = [entry for of, _ in pairs for entry in of.entries if type in (None, entry.entity.type)]
    known = {reading.doc for reading in read}
    sources = {source.doc: source for source in opened.manifest.documents}
    calibrated = {row[1] for row in lexicon.rows("calibration")}
    setting = Setting(
        gold=Path(gold).as_posix(),
        gold_sha256=sha256("".join(of.sha256 for of, _ in pairs).encode()).hexdigest(),
        documents=tuple(reading.doc for reading in read),
        unmeasured=tuple(reading.doc for reading in opened.readings if reading.doc not in known),
        calibrated=tuple(reading.doc for reading in read if sources[reading.doc].sha256 in calibrated),
        required=sum(entry.required for entry in entries),
        optional=sum(not entry.required for entry in entries),
        characters=sum(reading.length for reading in read),
        records=sum(type in (None, entity.type) for reading in read for entity in reading.entities),
        build=opened.path.as_posix(),
        version=opened.manifest.version,
        reader=dict(opened.manifest.reader),
        graph_sha256=str(opened.manifest.files["graph.nq"]),
        same_code=opened.manifest.reader.get("code") == manifests.code_digest(),
        doc=doc,
        type=type,
        resampled="documents" if method == "documents" else "entities within documents",
        resamples=resamples,
        seed=seed,
    )
    cases = tuple(
        case
        for (_, reading), document in zip(pairs, found, strict=True)
        for case in _cases(document, Text(reading, opened.text(reading.doc)))
    )
    return Evaluation(setting, rows, mean, reliability(certain), cases)


def _pairs(gold: Sequence[Gold], readings: Sequence[Reading], build: str) -> list[tuple[Gold, Reading]]:
    pairs: list[tuple[Gold, Reading]] = []
    for of in gold:
        exact = [reading for reading in readings if reading.doc == of.doc]
        meant = exact or [reading for reading in readings if reading.doc.startswith(of.doc)]
        if not meant:
            what = f"it is the gold of {of.doc!r}, and {build} has no such document"
            raise GoldError(of.path, what, "build the folder that holds it, or name only the gold of this build")
        if len(meant) > 1:
            listed = ", ".join(reading.doc for reading in meant[:5])
            raise GoldError(of.path, f'"doc" {of.doc!r} may be {listed}', "write the whole name of the document")
        pairs.append((of, meant[0]))
    taken: dict[str, Gold] = {}
    for of, reading in pairs:
        other = taken.setdefault(reading.doc, of)
        if other is not of:
            raise GoldError(of.path, f"{other.path} is already the gold of {reading.doc!r}", "drop one of the two")
    return pairs


def _rows(
    units: Sequence[Sequence[Mapping[Key, int]]], strata: Sequence[Sequence[Mapping[Key, int]]], seed: int, times: int
) -> tuple[tuple[Row, ...], Estimate]:
    per_document = [summed(document) for document in units]
    total = summed(per_document)
    samples = list(resamples(strata, seed=seed, times=times))
    rows = [_row("all", "", total, samples)]
    types = [type for type in TYPES if any(key[:2] == ("type", type) for key in total)]
    rows += [_row("type", type, total, samples) for type in types]
    rows += [_row("attribute", name, total, samples) for name in ATTRIBUTES if _has(total, "attribute", name)]
    for document, own in zip(units, per_document, strict=True):
        for name in sorted({key[1] for key in own if key[0] == "document"}):
            # One document cannot be resampled but by what stands in it.
            micro = [{key: n for key, n in unit.items() if key[0] == "document"} for unit in document]
            rows.append(_row("document", name, own, list(resamples([micro], seed=seed, times=times))))
    rules = sorted({key[1] for key in total if key[0] == "rule"})
    rows += [_row("rule", name, total, samples) for name in rules]
    mean = macro(counts(total, "type", type) for type in types)
    ends = interval([macro(counts(sample, "type", type) for type in types) for sample in samples])
    return tuple(rows), Estimate(mean, *(ends or (None, None)))


def _has(total: Mapping[Key, int], level: Level, name: str) -> bool:
    return any(key[:2] == (level, name) for key in total)


def _row(level: Level, name: str, total: Mapping[Key, int], samples: Sequence[Mapping[Key, int]]) -> Row:
    own = counts(total, level, name)
    drawn = [counts(sample, level, name) for sample in samples]
    # Of attributes gold lists what must be there, not all that may be: only of posts is a surplus counted.
    complete = level != "attribute" or name == "posts"
    nothing = Estimate(None)
    return Row(
        level,
        name,
        own,
        _estimate(own.precision, [item.precision for item in drawn]) if complete else nothing,
        _estimate(own.recall, [item.recall for item in drawn]) if level != "rule" else nothing,
        _estimate(own.f1, [item.f1 for item in drawn]) if complete and level != "rule" else nothing,
    )


def _estimate(value: float | None, drawn: Sequence[float | None]) -> Estimate:
    ends = interval(drawn) if value is not None else None
    return Estimate(value, *(ends or (None, None)))


def _cases(found: Sequence[Outcome], text: Text) -> list[Case]:
    cases: list[Case] = []
    for outcome in found:
        entry, record = outcome.entry, outcome.record
        if record is None:
            if entry is not None:
                place = text.find(entry)
                read = () if place is None else tuple(_read(entity) for entity in text.read_at(place))
                cases.append(Case("missed", outcome.doc, outcome.type, entry.label, place, read=read))
            continue
        item = first(record.evidence, outcome.rules)
        place = text.place(item) if item else None
        if outcome.what == "extra":
            name = record.quote or record.name if record.type == "Figure" else record.name
            cases.append(Case("extra", outcome.doc, record.type, name, place, outcome.rules, record.confidence))
        for answer in outcome.answers:
            if entry is not None and not answer.right:
                rests = [e for e in record.evidence if any(s.startswith(f"{answer.field}=") for s in e.supports)]
                held = first(rests, ())
                where = text.place(held) if held else place
                rules = (held.rule,) if held else outcome.rules
                cases.append(
                    Case(
                        "attribute", outcome.doc, outcome.type, entry.label, where, rules, record.confidence,
                        answer.field, answer.wanted, answer.given,
                    )
                )  # fmt: skip
    return cases


def _read(entity: Entity) -> str:
    return f"{entity.type} {entity.name}, {'/'.join(naming_rules(entity))}"
