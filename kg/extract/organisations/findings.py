"""The bodies of one document as they are found: what is taken, what is noted, which words can be a name."""

from __future__ import annotations

from kg import lexicon
from kg.extract import scope
from kg.extract.bodies import Body
from kg.extract.draft import Drafts
from kg.extract.page import Page
from kg.extract.scope import Geography

STOPS = frozenset(lexicon.words("stops"))
_IN_COMMITTEES = frozenset(lexicon.words("generic", "committee"))
_INNER = frozenset(lexicon.words("generic", "inner"))


class Findings:
    """The bodies found so far, and the ground they were found on."""

    __slots__ = ("bodies", "drafts", "flow", "geography", "page", "shadow", "taken")

    def __init__(self, page: Page, geography: Geography, drafts: Drafts) -> None:
        self.page, self.geography, self.drafts = page, geography, drafts
        self.flow, self.shadow = page.flow, geography.shadow
        self.taken = page.marks()
        self.bodies: list[Body] = []

    def free(self, start: int, end: int) -> bool:
        """Whether nothing of ``flow[start:end]`` is taken."""
        return not any(self.taken[start:end])

    def take(self, start: int, end: int) -> bool:
        """Take ``flow[start:end]`` for one body; False where another has it."""
        if not self.free(start, end):
            return False
        self.taken.mark(start, end)
        return True

    def note(self, body: Body, rule: str, term: str = "") -> Body:
        """Keep a body, and write down what its name says of it."""
        span, place = (body.start, body.end), body.place
        draft = self.drafts.note("Organisation", body.id, body.name, span, rule)
        stated = (("place", place.name if place else None), ("part_of", body.part_of), ("terms", term))
        draft.state(span, rule, *(pair for pair in stated if not draft.has(*pair)))
        draft.add("kind", body.kind)
        if place:
            scope.note_implied(self.drafts, place, span)
        self.bodies.append(body)
        return body

    def begins(self, at: int) -> bool:
        """Whether a bare 市 or 县 at *at* begins a word: 会同|县公安局, 和|县教育局, though 会同县 and 和县 are counties."""
        return bool(self.page.borders[at]) or self.flow.endswith(
            ("会同", "被", "由", "向", "报", "请", "任", "和"), 0, at
        )

    def nouns(self, start: int, end: int) -> bool:
        """Whether ``flow[start:end]`` is a run of nouns: no stop word or verb among its tokens."""
        boundaries, flow = self.page.boundaries, self.flow
        of_committee = flow[end - 1] in "会委局厅室" or flow.startswith(("服务中心", "事务中心"), end - 4)
        at = start
        for i in range(start + 1, end + 1):
            if boundaries[i] or i == end:
                word = flow[at:i]
                # 社会|建设|委员会, 城市|建设|事务|服务中心; but 建设|委员会 is none.
                of_name = of_committee and (word in _IN_COMMITTEES or (at > start and word in _INNER))
                if word in STOPS and not of_name:
                    return False
                at = i
        return "，" not in flow[start:end] and " " not in flow[start:end]
