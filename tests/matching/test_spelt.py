from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from stdgraph.matching.spelt import Spelt, Words, alike
from stdgraph.matching.weighing import PROBABLE

CASES = list(csv.DictReader((ROOT / "tests/cases/likeness/names.tsv").read_text("utf-8").splitlines(), delimiter="\t"))
COUNTRIES = {"china": "CN", "uk": "GB", "us": "US", "australia": "AU", "austria": "AT"}
PAIRS = ("国家", "家标", "标准", "准化", "化管", "管理", "理委", "委员", "员会")
KNOWN = Words(
    dict.fromkeys((*COUNTRIES, *PAIRS, "standards", "british", "institution", "university", "zhejiang"), 9),
    COUNTRIES,
    200,
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["because"])
def test_names_are_told_apart(case: dict[str, str]) -> None:
    value = alike(Spelt(case["one"]), Spelt(case["other"]), KNOWN).value
    assert (value >= PROBABLE) == (case["verdict"] == "same"), value


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_has_no_direction(one: str, other: str) -> None:
    a, b = Spelt(one), Spelt(other)
    assert alike(a, b, KNOWN).value == pytest.approx(alike(b, a, KNOWN).value)


@given(st.text(min_size=1, max_size=40))
def test_a_name_is_like_itself_and_no_score_leaves_its_bounds(text: str) -> None:
    name = Spelt(text)
    like = alike(name, name, KNOWN)
    assert 0 <= like.value <= 1
    assert not name.key or name.is_code or like.value == 1


def test_a_shared_acronym_is_told_as_such() -> None:
    assert alike(Spelt("CAC", 1), Spelt("CAC", 1), KNOWN).code
