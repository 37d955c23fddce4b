"""Numbers as texts say them, in figures and words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from stdgraph.model.amounts import says

SAID = [
    ("44.67万项标准", "446700"),
    ("1.35亿个", "135000000"),
    ("三千万", "30000000"),
    ("5,000 items", "5000"),
    ("5，000项", "5000.0"),
    ("增加47.02%", "47.02"),
    ("60 million persons", "60000000"),
    ("one third of them", "33.3"),
    ("two-thirds of them", "66.67"),
    ("三分之一以上", "33.3"),
    ("近九成", "90"),
    ("十二个", "12"),
    ("二十三家", "23"),
    ("两百名", "200"),
    ("二〇二〇", "2020"),
    ("twenty-three bodies", "23"),
    ("two thousand", "2000"),
    ("the first of them", "1"),
    ("首个", "1"),
    ("half of all", "50"),
    ("both bodies", "2"),
    ("200多万条", "2000000"),
    ("7000余万元", "70000000"),
    ("上万家企业", "10000"),
    ("ranked the top", "1"),
]
NOT_SAID = [
    ("in 2016", "16"),
    ("1.5", "5"),
    ("5,000", "5"),
    ("44.67万", "44.7"),
    ("one third", "34"),
    ("twenty-three", "30"),
    ("没有数字", "1"),
    ("", "0"),
]


@pytest.mark.parametrize(("text", "value"), SAID)
def test_a_number_is_read_as_it_is_printed(text: str, value: str) -> None:
    assert says(text, Decimal(value))


@pytest.mark.parametrize(("text", "value"), NOT_SAID)
def test_another_number_is_not_said(text: str, value: str) -> None:
    assert not says(text, Decimal(value))
