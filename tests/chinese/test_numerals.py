"""Numbers as texts write them."""

from __future__ import annotations

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.chinese import numerals

FACTS = [
    ("724", 724), ("1,280", 1280), ("3.5", 3.5), ("十", 10), ("十五", 15), ("二十三", 23), ("百", 100), ("三百五十", 350),
    ("两千", 2000), ("一千二百一十六", 1216), ("两", 2), ("三千五", 3500), ("二〇二二", 2022),
]  # fmt: skip


@pytest.mark.parametrize(("words", "value"), FACTS)
def test_values(words: str, value: float) -> None:
    assert numerals.value(words) == value


@pytest.mark.parametrize("words", ["", "半", "余", "百千", "三三个"])
def test_what_is_no_number(words: str) -> None:
    assert numerals.value(words) is None


@given(st.integers(min_value=1, max_value=9_999))
def test_chinese_numerals_round_trip(number: int) -> None:
    assert numerals.value(cn2an.an2cn(number)) == number


@given(st.integers(min_value=0, max_value=10**9))
def test_arabic_numerals_round_trip(number: int) -> None:
    assert numerals.value(str(number)) == number
    assert numerals.value(f"{number:,}") == number
