"""How sure each rule is: how often what it reads is right, counted on annotated texts."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.evaluation.measures import succession

_RULE = re.compile(r"(?:district|body|person|initiative|slogan|document|meeting|figure|parts)\.[a-z]+(?:-[a-z]+)*")
_ENDING = re.compile(r"\.[a-z]+(?:-[a-z]+)*")
"""What code adds to the first half of a rule's name (``".again"``)."""

HEAD = """\
# Confidence of each rule: how often what it reads is right, (right + 1) / (right + wrong + 2), the rule of succession.
# Written by scripts/calibrate.py, which counts columns 2 to 4 on annotated texts; column 5 is written by hand and kept.
# Columns: rule, confidence, right, wrong, what it reads
"""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of ``lexicon/rules.tsv``."""

    name: str
    right: int
    wrong: int
    description: str

    @property
    def confidence(self) -> float:
        """By the rule of succession: 0.5 without a case."""
        return succession(self.right, self.wrong)


def rules_in(folder: Path) -> frozenset[str]:
    """Names of the rules that the modules of *folder* write into evidence, read off their source.

    A name is a string constant such as ``"person.byline"``; a constant ``".again"`` is added to the first half of every
    name in its module.
    """
    found: set[str] = set()
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        words = {
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        names = {word for word in words if _RULE.fullmatch(word)}
        endings = {word for word in words if _ENDING.fullmatch(word)}
        found |= names | {name.partition(".")[0] + ending for name in names for ending in endings}
    return frozenset(found)


def table(names: Iterable[str], cases: Mapping[str, tuple[int, int]], descriptions: Mapping[str, str]) -> str:
    """The text of ``lexicon/rules.tsv``: one row a rule, sorted by name; rules without a case have counts of 0.

    Raises :class:`ValueError` for a rule that nobody has described.
    """
    rows = [Rule(name, *cases.get(name, (0, 0)), descriptions.get(name, "")) for name in sorted({*names, *cases})]
    nameless = [rule.name for rule in rows if not rule.description]
    if nameless:
        raise ValueError(
            f"no description of {', '.join(nameless)}: add a row with columns rule, 0.5, 0, 0, what it reads"
        )
    lines = (f"{r.name}\t{r.confidence:.3f}\t{r.right}\t{r.wrong}\t{r.description}\n" for r in rows)
    return HEAD + "".join(lines)
