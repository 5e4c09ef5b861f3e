"""The texts themselves, where what was read of them is not enough: which hold given words, and which part is a body's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from kg.ask.context import Context, document
from kg.identity import normal


class Standing:
    """In which documents words stand, whatever was read of them there; white space and punctuation do not count."""

    def __init__(self, words: Iterable[str], at: Context) -> None:
        """Made ready for *words*, normalised: each document is gone through once for all of them."""
        self._at = at
        self._holding: defaultdict[str, set[str]] = defaultdict(set)
        wanted = {pair for item in words for pair in _pairs(item)}
        for row in at.documents:
            for pair in _pairs(at.words(document(row["article"]))) & wanted:
                self._holding[pair].add(row["article"])

    def articles(self, words: str) -> set[str]:
        """The articles in which these of the words stand."""
        likely = [self._holding[pair] for pair in _pairs(words)]
        found = set.intersection(*likely) if likely else set()
        return {article for article in found if words in self._at.words(document(article))}


def _pairs(words: str) -> set[str]:
    """What texts are told apart by: each two characters in a row, a single one by itself."""
    return {words[place : place + 2] for place in range(max(len(words) - 1, 1))}


class OwnText:
    """What bodies say themselves: the sections of a document that are named after one, else the whole document."""

    def __init__(self, at: Context) -> None:
        self._at = at
        self._sections: dict[str, list[tuple[int, str]]] = {}
        self._words: dict[tuple[str, str], str] = {}

    def of(self, body: str, article: str) -> str:
        """What *body* says in *article*, as it stands there."""
        text, name = self._at.text(document(article)), self._at.label(body)
        starts = [*self._starts(article, text), (len(text), "")]
        own = [text[start:end] for (start, section), (end, _) in pairwise(starts) if section == name]
        return "".join(own) or text

    def words(self, body: str, article: str) -> str:
        """The same without white space and punctuation."""
        known = self._words.get((body, article))
        if known is None:
            known = self._words[body, article] = normal(self.of(body, article))
        return known

    def _starts(self, article: str, text: str) -> list[tuple[int, str]]:
        """Offsets at which the sections begin, heading included, in their order."""
        known = self._sections.get(article)
        if known is None:
            known = []
            for row in self._at.select("sections", article=article):
                heading = text.rfind(row["section"], 0, row["first"] + len(row["section"]))
                known.append((heading if heading >= 0 else row["first"], row["section"]))
            known.sort()
            self._sections[article] = known
        return known
