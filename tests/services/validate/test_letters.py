"""What is odd about how a text is written: cases as data, and nothing odd in the data of the repository."""

from __future__ import annotations

import pytest

from conftest import ROOT
from stdgraph.services.validate.letters import oddities

ROWS = [
    line.split("\t") for line in (ROOT / "tests" / "cases" / "letters.tsv").read_text("utf-8").split("\n")[1:] if line
]


@pytest.mark.parametrize(("text", "tag", "name", "part"), ROWS)
def test_the_odd_part_is_named(text: str, tag: str, name: str, part: str) -> None:
    assert [found for _, found in oddities(text, tag, name=name == "yes")] == ([part] if part else [])


def test_several_faults_of_one_text_are_several() -> None:
    found = [part for _, part in oddities(" 標準 &amp; ＩＳＯ", "zh-Hans", name=True)]
    assert found == ["標準", "ＩＳＯ", " 標準 &amp; ＩＳＯ", "&amp;"]
