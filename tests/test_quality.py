"""How well the reader reads annotated texts: floors that a change must not fall through."""

from __future__ import annotations

from pathlib import Path

import kg
from kg.extract.reading import RuleReader
from kg.sources import load

GOLD = Path(__file__).parent / "gold"


def evaluated(gold: Path, texts: Path, folder: Path) -> kg.Evaluation:
    """The texts built and held against gold."""
    return kg.evaluate(gold, kg.build(texts, folder / "build", check="never"), resamples=1)


def scores(found: kg.Evaluation, level: str) -> dict[str, float]:
    estimates = {row.name: row.f1 if level == "type" else row.recall for row in found.of(level)}
    return {name: estimate.value or 0.0 for name, estimate in estimates.items()}


def test_texts_of_other_provinces(tmp_path: Path) -> None:
    macro = evaluated(GOLD / "gold", GOLD / "texts", tmp_path).macro
    assert macro.value is not None
    assert macro.value >= 0.94


def test_real_articles(shared: Path, tmp_path: Path) -> None:
    found = evaluated(shared / "gold", shared / "articles", tmp_path)
    types = {"District": 0.97, "Person": 0.97, "Organisation": 0.92, "Document": 0.96, "Meeting": 0.92, "Figure": 0.93, "Initiative": 0.85, "Slogan": 0.82}  # fmt: skip
    shares = {"code": 0.98, "parent": 0.98, "posts": 0.95, "place": 0.97, "issuers": 0.85, "date": 0.85, "unit": 0.95, "bound": 0.95, "org": 0.85, "owners": 0.88, "users": 0.85, "components": 0.85}  # fmt: skip
    measured = scores(found, "type") | scores(found, "attribute")
    assert {name: value for name, value in measured.items() if value < (types | shares).get(name, 0)} == {}
    assert set(types | shares) <= set(measured)


def test_an_encoding_changes_nothing_that_is_read() -> None:
    twins = [RuleReader().read(load(GOLD / folder / "t16.txt")) for folder in ("texts", "encodings")]
    assert twins[0].entities == twins[1].entities
    assert twins[0].encoding != twins[1].encoding
