"""The fast cutter and jieba itself cut the same tokens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.chinese import tokens

HAN = re.compile("[\u4e00-\u9fff]")
SENTENCES = [
    "五华区政协委员、法律顾问周洁正在普法",
    "认真贯彻落实中央和省委、市委政协工作会议精神",
    "全年立案交办提案724件，参加委员1954人次",
    "“226”工作法让协商更接地气",
    "阿依古丽·买买提是新疆维吾尔自治区的人大代表",
]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    corpus = sorted((Path(__file__).resolve().parents[2] / "corpus").glob("0*.md"))
    assert corpus
    return SENTENCES + [path.read_text(encoding="utf-8") for path in corpus]


@pytest.mark.parametrize("guess", [True, False])
@pytest.mark.filterwarnings("ignore:pkg_resources is deprecated")
def test_rjieba_cuts_as_jieba_does(texts: list[str], guess: bool) -> None:
    import jieba
    import rjieba

    for text in texts:
        assert joined(rjieba.cut(text, guess)) == joined(jieba.lcut(text, HMM=guess))


def joined(found: list[str]) -> list[str]:
    """Tokens with runs that hold no Chinese character joined: there the two differ (2021-12-25), and no rule looks."""
    out: list[str] = []
    for token in found:
        if out and not HAN.search(token) and not HAN.search(out[-1]):
            out[-1] += token
        else:
            out.append(token)
    return out


@pytest.mark.parametrize("sentence", SENTENCES)
def test_tokens_join_to_the_text(sentence: str) -> None:
    assert "".join(tokens.cut(sentence)) == sentence
    starts = tokens.starts(sentence)
    assert starts[0] == 1
    assert sum(starts) == len(tokens.cut(sentence)) + 1


def test_tag_is_of_the_dictionary_only() -> None:
    assert tokens.tag("群众") == "n"
    assert tokens.tag("张军军") == ""
