from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stdgraph.model.spelling import key

SAME = [
    ("ISO/TC 268", "iso／tc268"),
    ("國家標準化管理委員會", "国家标准化管理委员会"),
    ("GB/T 35273", "gbt 35273"),
    ("BSI", "ｂｓｉ"),
    ("“一带一路”国际合作高峰论坛", "一带一路国际合作高峰论坛"),
    ("Türkiye", "Turkiye"),
    ("China-UK", "China–UK"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_different_names_stay_apart() -> None:
    assert key("ISO/TC 26") != key("ISO/TC 268")


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    assert key(key(text)) == key(text)


@given(st.from_regex(r"[A-Za-z0-9 /-]{1,30}", fullmatch=True))
def test_case_and_blanks_do_not_count(text: str) -> None:
    assert key(text.upper()) == key(text.replace(" ", "").lower())
