"""Bytes to text, and every reason why bytes are no text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.sources import loads
from kg.sources.encodings import decode

TEXT = "市政协召开常委会会议，听取提案办理情况通报。\r\n会议强调：要把协商成果转化为治理效能！"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("gbk"), "gb18030"),
        (TEXT.encode("gb2312"), "gb18030"),
    ],
)
def test_encoding_is_told_and_text_kept(data: bytes, encoding: str) -> None:
    assert decode(data, "a.txt") == (TEXT, encoding)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("big5", "BIG5"), ("utf-32", "UTF-32"), ("utf-32-le", "UTF-32-LE"), ("utf-32-be", "UTF-32-BE")],
)
def test_other_encodings_are_named_and_refused(encoding: str, name: str) -> None:
    text = "全國政協委員建議加強歷史文化保護，並就長期照護體系建設提出意見。會議強調，要凝聚共識。" * 4
    with pytest.raises(SourceError, match=rf"a\.txt: the encoding seems to be {name}; .*iconv -f {name} -t UTF-8"):
        decode(text.encode(encoding), "a.txt")


HAN = st.text(
    st.sampled_from("政协委员会议提案建言献策凝聚共识团结民主我们的工作在市区县，。、《》“”（）\n 0123456789"),
    min_size=30,
    max_size=300,
)


@given(HAN, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]))
def test_round_trip(body: str, encoding: str) -> None:
    text = "政协委员在会议上提出提案" + body
    data = text.encode(encoding)
    found, named = decode(data, "a.txt")
    assert found == text
    assert data.decode(named) == text


@given(HAN, st.sampled_from(["utf-16-le", "utf-16-be"]))
def test_round_trip_of_utf16_without_a_mark(body: str, encoding: str) -> None:
    text = "政协委员在会议上提出提案" + body
    assert decode(text.encode(encoding), "a.txt") == (text, encoding)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (codecs.BOM_UTF8, "no Chinese"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "a PDF file"),
        (b"PK\x03\x04\x14\x00\x06\x00", "zip archive or an Office document"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG image"),
        (bytes(range(256)) * 20, "binary"),
        (b"\x00" * 500, "binary"),
        (TEXT.encode().replace("，".encode(), b"\0"), "binary"),
        (b"Plain English words, nothing else at all.", "no Chinese"),
        ("政协 and eight more words".encode(), "2 Chinese characters"),
        (bytes((i * 37 + 11) % 128 + 128 for i in range(4000)), "encoding"),
        (TEXT.encode() * 20 + b"\xe6\x94", f"offset {20 * len(TEXT.encode())}: "),
        (TEXT.encode()[:30] + b"\xff" + TEXT.encode() * 20, "offset 30: "),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le") + b"\x61", "UTF-16"),
        (TEXT.encode("gb18030") * 20 + b"\xff\xff" + TEXT.encode("gb18030") * 20, "GB18030"),
    ],
)
def test_bytes_that_are_no_text(data: bytes, says: str) -> None:
    with pytest.raises(SourceError, match=says) as caught:
        loads(data, "folder/a.txt")
    message = str(caught.value)
    assert message.startswith("folder/a.txt: ")
    assert "\n" not in message
