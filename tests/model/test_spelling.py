from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stdgraph.model.spelling import key, words

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


WORDS = [
    ("The cities of the European Union", "city European Unions"),
    ("International Organisation for Standardisation", "international organizations standardization"),
    ("People's Bank of China", "Peoples Bank, China"),
    ("ISO/TC34/SC8", "iso tc 34 sc 8"),
    ("國家標準", "国家标准"),
    ("Türkiye", "TURKIYE"),
    ("３Ｄ printing", "3D Printings"),
]


@pytest.mark.parametrize(("one", "other"), WORDS)
def test_spellings_of_the_same_words(one: str, other: str) -> None:
    assert words(one) == words(other)


@pytest.mark.parametrize(
    ("text", "found"), [("status of gas", ["status", "gas"]), ("the of", ["the", "of"]), ("(…)", [])]
)
def test_words_of_a_text(text: str, found: list[str]) -> None:
    assert words(text) == found


@given(st.text())
def test_words_have_letters_or_digits_and_no_capitals(text: str) -> None:
    assert all(word and word == word.casefold() and not word.isspace() for word in words(text))
