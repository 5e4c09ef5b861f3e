"""The text as read, cut into rows: cleaned lines that know where each of their characters came from.

What cleaning does, character for character:

==========================  ==================================================================================
folded one to one           full-width digits, letters, ``％．＋－／＆＠＃＝`` to ASCII; ``「」『』`` and kin to
                            ``“”‘’``; Kangxi radicals to ideographs; raised dots to ``·``; box-drawing dashes to
                            ``—``; every kind of space to a space; ``, ; : ? ! ( )`` beside Han characters to
                            ``，；：？！（）``; straight double quotation marks to ``“`` and ``”`` in turn
left out                    invisible characters (zero width, soft hyphen, byte order and bidi marks, controls);
                            spaces at either end, repeated, beside Chinese stops, inside brackets, between a digit
                            and a Han character or punctuation; marks of layout (``#``, ``>``, ``**``, bullets,
                            ``▲■□●``) and dashes at the head of a line; addresses of Markdown links; lines that
                            only point to another page (``（下转第三版）``)
==========================  ==================================================================================
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.chinese.characters import CLOSING, HAN, OPENING, PUNCTUATION, is_han

_FOLDED = (
    {chr(0xFF10 + i): chr(0x30 + i) for i in range(10)}
    | {chr(0xFF21 + i): chr(0x41 + i) for i in range(26)}
    | {chr(0xFF41 + i): chr(0x61 + i) for i in range(26)}
    | dict(zip("％．＋－／＆＠＃＝＊＿＂", '%.+-/&@#=*_"', strict=True))
    | dict(zip("「」『』﹁﹂﹃﹄〝〞", "“”‘’“”‘’“”", strict=True))
    | dict.fromkeys("・‧∙⋅･•", "·")
    | dict.fromkeys("─━―", "—")
    | dict.fromkeys(
        "\t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
    )
    | {chr(c): unicodedata.normalize("NFKC", chr(c)) for c in range(0x2F00, 0x2FD6)}
)
_FOLDABLE = re.compile("[" + re.escape("".join(_FOLDED)) + "]")
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_BESIDE = HAN + "”’》）】％"
_HALF = {
    half: re.compile(rf"{re.escape(half)}(?:(?<=[{_BESIDE}]{re.escape(half)})|(?=[?!]{{0,4}}\ ?[{HAN}“‘《（【]))")
    for half in ",;:?!"
}
_ROUND = re.compile(r"\(([^()\n\r]*)\)")
_ROUND_OPEN = re.compile(rf"\((?:(?<=[{_BESIDE}]\()|(?=\ ?[{HAN}“‘《]))")
_ROUND_CLOSE = re.compile(rf"\)(?:(?<=[{_BESIDE}]\))|(?=\ ?[{HAN}，。；、：”》]))")
_HAS_HAN = re.compile(f"[{HAN}]")

_BREAK = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_NO_BREAK = re.compile("[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef"
_MARKS = "▲▼△▽◀▶◁▷◤◥◢◣↑↓←→■□▪▫●○◆◇★☆◎※➤►▍▎♦"
_LEAD = re.compile(
    rf"""(?P<indent>[\ {_INVISIBLE}]*)
    (?P<marks>(?:(?:\#{{1,6}}\ +|>\ *|[-*+]\ +|·\ *|[{_MARKS}]\ *|\*\*(?=[^*]))[{_INVISIBLE}]*){{0,8}})
    (?P<dash>(?:[—–]+|-{{2,}})[\ {_INVISIBLE}]*)?""",
    re.VERBOSE,
)
_RULE = re.compile(rf"[\ {_INVISIBLE}\-—–=_*~·.…#>|{_MARKS}]*\Z")
_JUMP = re.compile(r"（?(?:下转|上接|紧接)第?[^（）。，]{1,8}版[^（）。]{0,8}）?")
_INNER = re.compile(
    rf"(?P<space>[\ {_INVISIBLE}]+)|\*\*+|__+|(?P<link>!?\[(?P<words>[^\[\]]*)\][(（][^()（）\s]*[)）])"
)
_QUICK = re.compile(rf"[\ {_INVISIBLE}*_\[]")
_SPACED = re.compile(rf"[{HAN}](?: [{HAN}]){{4,}}")
_STOPS = "，。、；：？！"


@dataclass(frozen=True, slots=True)
class Row:
    """A cleaned line: *words*, and the runs of the text they were copied from."""

    words: str
    runs: tuple[tuple[int, int], ...]
    """Half-open spans of the text; their lengths add up to ``len(words)``."""
    stop: int
    """Offset of the line break that ends the row, or the length of the text."""
    apart: bool
    """Whether a blank line or a rule stands before the row."""
    indent: int
    """Spaces before it; an ideographic space counts two."""
    marks: str
    """Marks of layout left out before it, without spaces: ``##``, ``▲``, ``**``."""
    dash: bool
    """Whether it began with a dash."""

    @property
    def width(self) -> int:
        """Width in print: two for a full-width character, one for others."""
        return len(self.words) + sum(1 for c in self.words if c >= "\u2e80" or c in PUNCTUATION)


def fold(text: str) -> str:
    """*text* with its characters folded one to one, so that offsets hold.

    >>> fold("（一）2022年5月,市政协(全会)收到提案７２４件")
    '（一）2022年5月，市政协（全会）收到提案724件'
    """
    if _FOLDABLE.search(text):
        text = _FOLDABLE.sub(lambda m: _FOLDED[m[0]], text)
    for half, pattern in _HALF.items():
        if half in text:
            text = pattern.sub(_WIDE[half], text)
    if "(" in text or ")" in text:
        text = _ROUND.sub(lambda m: f"（{m[1]}）" if _HAS_HAN.search(m[1]) else m[0], text)
        text = _ROUND.sub(_wide_round, text)
        text = _ROUND_OPEN.sub("（", text)
        text = _ROUND_CLOSE.sub("）", text)
    return text


def _wide_round(m: re.Match[str]) -> str:
    beside = m.string[max(0, m.start() - 1) : m.start()] + m.string[m.end() : m.end() + 1]
    return f"（{m[1]}）" if _HAS_HAN.search(beside) else m[0]


def rows(text: str, start: int = 0) -> Iterator[Row]:
    """The rows of *text* from offset *start*; blank lines and rules make none.

    >>> [(row.marks, row.words) for row in rows("## 阿城区政协\\n\\n　　5月 23 日,召开 座谈会。")]
    [('##', '阿城区政协'), ('', '5月23日，召开 座谈会。')]
    """
    folded = fold(text)
    apart = False
    at, end = start, len(folded)
    while first := _NO_BREAK.search(folded, at):
        # \r\n is one break: its second half is no blank line
        apart |= first.start() - at > (at > start and folded[at - 1 : at + 1] == "\r\n")
        at = first.start()
        found = _BREAK.search(folded, at)
        stop = found.start() if found else end
        row = _row(text, folded, at, stop, apart)
        if row is not None:
            yield row
        apart = row is None
        at = stop + 1


def _row(text: str, folded: str, start: int, stop: int, apart: bool) -> Row | None:
    line = folded[start:stop]
    if len(line) < 1_000 and _RULE.match(line):
        return None
    lead = _LEAD.match(line)
    assert lead is not None  # because every part of the pattern is optional
    tail = len(line.rstrip(" "))
    if tail > lead.end() and (line[tail - 1] in _MARKS or not line[tail - 1].isprintable() or line[tail - 1] == "*"):
        while tail > lead.end() and (
            line[tail - 1] in _MARKS or line[tail - 1] in " *" or not line[tail - 1].isprintable()
        ):
            tail -= 1
    if tail <= lead.end():
        return None
    runs, pieces = _clean(line, lead.end(), tail)
    if not runs:
        return None
    words = "".join(pieces)
    if len(words) <= 20 and _JUMP.fullmatch(words):
        return None
    blank = text[start : start + len(lead["indent"])]
    return Row(
        words,
        tuple((start + a, start + b) for a, b in runs),
        stop,
        apart,
        len(blank) + blank.count("\u3000"),
        re.sub(rf"[\ {_INVISIBLE}]", "", lead["marks"]),
        lead["dash"] is not None,
    )


def _clean(line: str, start: int, stop: int) -> tuple[list[tuple[int, int]], list[str]]:
    """Runs of *line* between *start* and *stop* that stay, and their words."""
    if not _QUICK.search(line, start, stop):
        return [(start, stop)], [line[start:stop]]
    runs: list[tuple[int, int]] = []
    at = start

    def keep(a: int, b: int) -> None:
        if a < b:
            if runs and runs[-1][1] == a:
                runs[-1] = (runs[-1][0], b)
            else:
                runs.append((a, b))

    for m in _INNER.finditer(line, start, stop):
        keep(at, m.start())
        at = m.end()
        if m["space"] is not None:
            space = line.find(" ", m.start(), m.end())
            if space >= 0 and runs and at < stop and not _needless(line[runs[-1][1] - 1], line[at]):
                keep(space, space + 1)
        elif m["link"] is not None and not m["link"].startswith("!"):
            keep(m.start("words"), m.end("words"))
    keep(at, stop)
    while runs and line[runs[-1][1] - 1] == " ":
        a, b = runs.pop()
        keep(a, b - 1)
    runs = _spaced_out(runs, line) if " " in line else runs
    return runs, [line[a:b] for a, b in runs]


def _spaced_out(runs: list[tuple[int, int]], line: str) -> list[tuple[int, int]]:
    """The runs without the spaces of a line that is set with one between all its characters (道 里 区 政 协)."""
    if not _SPACED.fullmatch("".join(line[a:b] for a, b in runs)):
        return runs
    return [(at, at + 1) for a, b in runs for at in range(a, b) if line[at] != " "]


def _needless(left: str, right: str) -> bool:
    """Whether a space between these two characters belongs to the typesetting, not to the words."""
    if left == " " or left in _STOPS or right in _STOPS or left in OPENING or right in CLOSING:
        return True
    if left in "0123456789":
        return is_han(right) or right in PUNCTUATION
    return right in "0123456789" and (is_han(left) or left in PUNCTUATION)


def quoted(row: Row) -> Row:
    """The row with its straight double quotation marks turned to ``“`` and ``”`` by turns."""
    pieces = row.words.split('"')
    if len(pieces) == 1 or not _HAS_HAN.search(row.words):
        return row
    marks = itertools.cycle("“”")
    words = "".join(piece + mark for piece, mark in zip(pieces[:-1], marks, strict=False)) + pieces[-1]
    return replace(row, words=words)


def joined(pieces: Sequence[Row]) -> Row:
    """The rows as one; between two Latin words a space stays, which stands for the line break."""
    if len(pieces) == 1:
        return pieces[0]
    words: list[str] = []
    runs: list[tuple[int, int]] = []
    for row, before in zip(pieces, (None, *pieces), strict=False):
        if before is not None and _LATIN.fullmatch(before.words[-1] + row.words[0]):
            words.append(" ")
            runs.append((before.stop, before.stop + 1))
        words.append(row.words)
        runs.extend(row.runs)
    return replace(pieces[0], words="".join(words), runs=tuple(runs), stop=pieces[-1].stop)


_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]|[0-9][A-Za-z]")
_WRAP_WIDTH = (20, 160)  # of print columns: narrower is a list, wider is a paragraph a line
_STOPPED = frozenset("。！？…：；”")


def unwrapped(found: list[Row]) -> list[Row]:
    """Rows of a text whose lines are broken at a fixed width, joined to paragraphs; other texts as they are.

    A text is taken for broken so if the lines that another follows directly hold a third of it, two in five of them are
    equally full, and two in five of these do not end a sentence.
    """
    inner = [(row.indent + row.width, row.words[-1]) for row, after in itertools.pairwise(found) if not after.apart]
    if len(inner) < 3 or 3 * sum(width for width, _ in inner) < sum(row.width for row in found):
        return found
    full = sorted(width for width, _ in inner)[int(0.75 * (len(inner) - 1))]
    if not _WRAP_WIDTH[0] <= full <= _WRAP_WIDTH[1]:
        return found
    ends = [end for width, end in inner if abs(width - full) <= 4]
    if 5 * len(ends) < 2 * len(inner) or 5 * sum(1 for end in ends if end not in _STOPPED) < 2 * len(ends):
        return found
    out: list[list[Row]] = []
    width = 0
    for row in found:
        flows = bool(out) and not row.apart and not row.marks and not row.dash and row.indent <= 1
        if flows and (width >= full - 4 or (4 * width >= 3 * full and out[-1][-1].words[-1] not in _STOPPED)):
            out[-1].append(row)
        else:
            out.append([row])
        width = row.indent + row.width
    return [joined(pieces) for pieces in out]
