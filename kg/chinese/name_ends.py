"""Where a personal name can end: the characters and words that follow one."""

from __future__ import annotations

from kg import lexicon
from kg.chinese import tokens

# What never stands in a given name: function words, and characters that open what usually follows a name.
NOT_GIVEN = frozenset(
    "的了着是在和与及或等为被把对向到由于以将之其我你他她它们这那也都就还又而且则但不没有要会能应该说道称使让给跟同各每某两个第项号时者吗呢吧啊副"
)
# A one-character token after a two-character name that opens the predicate rather than ending the name.
AFTER = frozenset("用说在任带率作为向对正将已就及还也都从到来致介主代与和同等是把被让为给参出发走坐站做担当获受接负")
# Verbs that follow a name at once: what stands between the surname and them is the whole given name (周明玉带队, 杨胜和介绍).
LEADS = (
    *("作" + what for what in ("表态", "报告", "发言", "汇报", "说明", "讲话", "交流", "点评", "经验")),
    *lexicon.words("verbs", "lead"),
)
SAYS = lexicon.words("verbs", "say")
CLOSES = frozenset("，。、；：（）”“《 \n")


def ends(flow: str, at: int) -> bool:
    """Whether a name can end at *at*: before punctuation, or before a verb, adverb, preposition or conjunction."""
    if at >= len(flow) or flow[at] in CLOSES or flow[at] == "的" or flow[at].isdigit():
        return True
    word = tokens.cut(flow[at : at + 6])[0]
    opens = len(word) > 1 and (tokens.tag(word)[:1] in ("v", "d", "p", "m") or word in ("代表", "一行", "同志"))
    return opens or flow[at] in AFTER or flow.startswith((*LEADS, *SAYS), at)
