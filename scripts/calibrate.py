"""Write kg/lexicon/rules.tsv: how sure each rule is, counted on annotated texts.

Usage: python scripts/calibrate.py GOLD TEXTS [GOLD TEXTS ...] [--only PATTERN ...] [--out FOLDER]

Reads the texts with the rules, holds the readings against gold, and counts for each rule how many of the records that
owe their existence to it are right (required or optional in gold) and how many are not. The confidence of a rule is
(right + 1) / (right + wrong + 2), the rule of succession. Documents whose name matches no PATTERN are held out. The
documents counted on are listed in kg/lexicon/calibration.tsv, so that an evaluation can say where it repeats them.

The confidences in the repository come from:

    python scripts/calibrate.py tests/gold/gold tests/gold/texts corpus/gold corpus
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from fnmatch import fnmatchcase
from pathlib import Path

from kg import lexicon
from kg.errors import GoldError, KgError
from kg.evaluation.calibration import rules_in, table
from kg.evaluation.gold import load
from kg.evaluation.outcomes import by_rule, outcomes
from kg.extract.reading import RuleReader
from kg.sources import discover
from kg.sources import load as load_text

ROOT = Path(__file__).resolve().parent.parent
HEAD = """\
# Documents on which the confidences in rules.tsv were counted. Written by scripts/calibrate.py. Do not edit here.
# Columns: document, SHA-256 of its file
"""


def calibrate(pairs: list[tuple[Path, Path]], only: list[str]) -> tuple[str, str]:
    """The texts of rules.tsv and calibration.tsv."""
    cases: dict[str, tuple[int, int]] = {}
    counted: Counter[tuple[str, str]] = Counter()
    reader = RuleReader()
    for folder, texts in pairs:
        found = {item.stem: item for item in discover([texts])}
        for gold in load(folder):
            if not any(fnmatchcase(gold.doc, pattern) for pattern in only):
                continue
            stems = [gold.doc] if gold.doc in found else [stem for stem in found if stem.startswith(gold.doc)]
            if len(stems) != 1:
                raise GoldError(
                    gold.path, f"{texts} has {len(stems)} documents named {gold.doc!r}", "there must be one"
                )
            item = found[stems[0]]
            reading = reader.read(load_text(item.path, name=item.name))
            counted[reading.doc, reading.sha256] += 1
            for rule, (right, wrong) in by_rule(outcomes(gold.entries, reading)).items():
                before = cases.get(rule, (0, 0))
                cases[rule] = before[0] + right, before[1] + wrong
    described = {row[0]: row[4] for row in lexicon.rows("rules") if len(row) > 4}
    documents = "".join(f"{doc}\t{sha256}\n" for doc, sha256 in sorted(counted))
    return table(rules_in(ROOT / "kg" / "extract"), cases, described), HEAD + documents


def main(arguments: list[str]) -> int:
    """Write the two tables; 1 and one line on standard error for gold or texts that cannot be used."""
    parser = argparse.ArgumentParser(description="Count how sure each rule is on annotated texts.")
    parser.add_argument("folders", nargs="+", type=Path, metavar="GOLD TEXTS", help="pairs of folders")
    parser.add_argument("--only", nargs="+", default=["*"], metavar="PATTERN", help="documents to count on")
    parser.add_argument("--out", type=Path, default=ROOT / "kg" / "lexicon", metavar="FOLDER")
    options = parser.parse_args(arguments)
    if len(options.folders) % 2:
        parser.error("give pairs of folders: GOLD TEXTS")
    pairs = list(zip(options.folders[::2], options.folders[1::2], strict=True))
    try:
        rules, documents = calibrate(pairs, options.only)
    except (KgError, ValueError) as error:
        print(f"calibrate: {error}", file=sys.stderr)
        return 1
    (options.out / "rules.tsv").write_text(rules, encoding="utf-8", newline="\n")
    (options.out / "calibration.tsv").write_text(documents, encoding="utf-8", newline="\n")
    print(
        f"{options.out / 'rules.tsv'}: {rules.count(chr(10)) - 3} rules from {documents.count(chr(10)) - 2} documents"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
