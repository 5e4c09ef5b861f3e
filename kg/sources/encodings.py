"""Bytes to text: which encoding, and where it is damaged."""

from __future__ import annotations

import codecs
import re

from kg.chinese.characters import HAN, han_count
from kg.errors import SourceError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)  # UTF-32 before UTF-16: its little-endian mark begins with that of UTF-16
_FORMATS = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
_NAMES = {"cp950": "BIG5", "big5hkscs": "BIG5"}
_SAMPLE = 40_000  # bytes: enough for any statistic below to be stable
_ORDINARY = re.compile(rf"[{HAN}\n\r\t\x20-\x7e\u00b7\u2010-\u2026\u3000-\u303f\uff00-\uffef]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SAVE = "save it as plain text in UTF-8"


def decode(data: bytes, path: str) -> tuple[str, str]:
    """The text of *data* without its byte order mark, and the name of its encoding: ``data.decode(encoding) == text``.

    Marks decide first, then strict UTF-8, UTF-16 without a mark, GB18030. Others are refused: Big5 because its texts
    are in traditional script, which the rules do not read, the rest because a guess may be wrong; the error names the
    one that charset-normalizer thinks likely. Raises SourceError for these and for empty, binary and damaged files.

    >>> decode("政协第四届委员会全体会议".encode("gb18030"), "a.txt")
    ('政协第四届委员会全体会议', 'gb18030')
    """
    if not data.strip():
        raise SourceError(path, "the file is empty", "give it text or leave it out")
    for magic, what in _FORMATS:
        if data.startswith(magic):
            raise SourceError(path, f"this is {what}, not text", _SAVE)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            if encoding == "utf-32":
                raise _foreign(path, encoding)
            return _strictly(data, encoding, path), encoding
    found = _utf8(data, path) or _utf16(data) or _gb18030(data, path)
    if found is None:
        likely = _utf32(data) or _judged(data)
        if likely is not None:
            raise _foreign(path, likely)
        if b"\0" in data or _binary(data[:_SAMPLE]):
            raise SourceError(path, "this is a binary file, not text", _SAVE)
        raise SourceError(path, "the encoding is none that is known here (UTF-8, UTF-16, GB18030)", _SAVE)
    text, encoding = found
    if "\0" in text or _binary(text[:_SAMPLE].encode("utf-8")):
        raise SourceError(path, "this is a binary file, not text", _SAVE)
    return text, encoding


def _strictly(data: bytes, encoding: str, path: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _damaged(path, encoding, error.start) from None
    if "\0" in text:
        raise SourceError(path, "this is a binary file, not text", _SAVE)
    return text


def _damaged(path: str, encoding: str, offset: int) -> SourceError:
    name = {"utf-8-sig": "utf-8"}.get(encoding, encoding).upper()
    what = f"the byte here breaks the encoding of the file, {name}"
    return SourceError(path, what, "repair it or save the file again", offset=offset)


def _binary(sample: bytes) -> bool:
    text = sample.decode("latin-1")
    return len(_CONTROL.findall(text)) * 20 > len(text) > 100


def _utf8(data: bytes, path: str) -> tuple[str, str] | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        # Text in another encoding is wrong at nearly every character, a damaged file at a few.
        around = data[max(0, error.start - _SAMPLE // 2) : error.start + _SAMPLE // 2].decode("utf-8", "replace")
        if han_count(around) > 10 * around.count("\ufffd"):
            raise _damaged(path, "utf-8", error.start) from None
        return None
    return None if "\0" in text else (text, "utf-8")


def _ordinary(text: str) -> float:
    return len(_ORDINARY.findall(text)) / max(1, len(text))


def _utf16(data: bytes) -> tuple[str, str] | None:
    if len(data) % 2:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        # Chinese in another encoding read as UTF-16 falls among Hangul, private use and rare scripts.
        sample = data[:_SAMPLE].decode(encoding, "replace")
        if _ordinary(sample) > 0.95 and han_count(sample):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError:
                continue
    return None


def _gb18030(data: bytes, path: str) -> tuple[str, str] | None:
    sample = data[:_SAMPLE].decode("gb18030", "replace")
    if not _reads_as_gb(sample):
        return None
    try:
        return data.decode("gb18030"), "gb18030"
    except UnicodeDecodeError as error:
        if sample.count("\ufffd") * 100 > len(sample):
            return None
        raise _damaged(path, "gb18030", error.start) from None


def _reads_as_gb(sample: str) -> bool:
    """Whether most Han characters are of the 3,755 of level one of GB 2312, as in any simplified Chinese text."""
    # Lead bytes B0..D7 are level one; text of another encoding misread as GB18030 scatters over all its planes.
    common = han = 0
    for character in sample:
        if han_count(character):
            han += 1
            code = character.encode("gb18030")
            common += len(code) == 2 and 0xB0 <= code[0] <= 0xD7 and code[1] >= 0xA1
    return han > 0 and common > 0.85 * han and _ordinary(sample) > 0.9


def _foreign(path: str, encoding: str) -> SourceError:
    name = _NAMES.get(encoding, encoding.upper().replace("_", "-"))
    what = f"the encoding seems to be {name}; only UTF-8, UTF-16 and GB18030 are read"
    script = ", and into simplified characters" if name == "BIG5" else ""
    return SourceError(path, what, f"convert it into UTF-8 (iconv -f {name} -t UTF-8){script}")


def _utf32(data: bytes) -> str | None:
    if len(data) % 4 or b"\0" not in data[:_SAMPLE]:
        return None
    samples = ((name, data[:_SAMPLE].decode(name, "replace")) for name in ("utf-32-le", "utf-32-be"))
    return next((name for name, sample in samples if _ordinary(sample) > 0.95 and han_count(sample)), None)


def _judged(data: bytes) -> str | None:
    if b"\0" in data[:_SAMPLE]:
        return None
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None or not best.could_be_from_charset:
        return None
    encoding = best.encoding
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return encoding if han_count(text[:_SAMPLE]) and _ordinary(text[:_SAMPLE]) > 0.9 else None
