"""The rule of locators, case by case, and what it refuses."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stdgraph.model.cutting import cut
from stdgraph.model.passages import Cutting, described
from stdgraph.model.plain import plain
from stdgraph.model.sentences import counted, sentences

TOLD = {
    "follows": "(?![0-9]+$)",
    "start": "封面",
    "rule": [
        {"kind": "skip", "pattern": "第[0-9]+页"},
        {"kind": "heading", "level": 1, "pattern": "(?P<n>[一二三])、(?P<t>[^。]+)", "short": "{n}"},
        {"kind": "heading", "level": 1, "pattern": "附件[0-9]", "below": "[^。]+表", "items": "lines"},
        {"kind": "heading", "level": 1, "pattern": "专栏[0-9]", "below": "[^。]+", "holds": 1},
        {"kind": "heading", "level": 2, "pattern": "（[一二三]）[^。]+"},
        {"kind": "entry", "pattern": "(?P<day>[0-9]+月[0-9]+日)，.*", "name": "{day}"},
        {"kind": "line", "pattern": "图(?P<n>[0-9]) .*", "name": "figure {n}"},
    ],
}
TEXT = """港口报告
港口局
一、概况
（一）会议
会议于五月召开。与会者十二人。
图1 与会者
会议没有结束，
第3页
六月才结束。
专栏1
一个专栏
专栏正文。
会议又召开。
（二）清单
有两项：
- 甲
- 乙
二、大事记
5月3日，开工。
5月4日，停工。复工。
5月4日，再停工。
三、要求
要求：一是快。快！二是稳。完。
附件1
名单表
序号甲
序号乙
"""
LOCATORS = {
    1: "封面 / paragraph 1",
    2: "封面 / paragraph 2",
    3: "一、概况 / heading",
    4: "一 / （一）会议 / heading",
    5: "一 / （一）会议 / paragraph 1",
    6: "一 / （一）会议 / figure 1",
    7: "一 / （一）会议 / paragraph 2",
    8: "一 / （一）会议",
    9: "一 / （一）会议 / paragraph 2",
    10: "专栏1 / heading",
    11: "专栏1 / heading",
    12: "专栏1 / paragraph 1",
    13: "一 / （一）会议 / paragraph 3",
    14: "一 / （二）清单 / heading",
    15: "一 / （二）清单 / paragraph 1",
    16: "一 / （二）清单 / item 1",
    17: "一 / （二）清单 / item 2",
    18: "二、大事记 / heading",
    19: "二、大事记 / 5月3日",
    20: "二、大事记 / 5月4日 / item 1",
    21: "二、大事记 / 5月4日 / item 2",
    22: "三、要求 / heading",
    23: "三、要求 / paragraph 1",
    24: "附件1 / heading",
    25: "附件1 / heading",
    26: "附件1 / item 1",
    27: "附件1 / item 2",
    28: "",
}
FORMS = {
    (5, "十二人"): "一 / （一）会议 / paragraph 1 / sentence 2",
    (7, "没有结束，六月"): "一 / （一）会议 / paragraph 2",
    (20, "复工"): "二、大事记 / 5月4日 / item 1 / sentence 2",
    (23, "快！"): "三、要求 / paragraph 1 / item 1",
    (23, "稳"): "三、要求 / paragraph 1 / item 2",
    (23, "完。"): "三、要求 / paragraph 1 / sentence 4",
    (23, "稳。完"): "三、要求 / paragraph 1",
    (1, "港口报告港口局"): "封面",
    (5, "再停工"): None,
}


@pytest.fixture(scope="module")
def report() -> Cutting:
    return cut(TEXT, described(TOLD))


@pytest.mark.parametrize(("line", "locator"), LOCATORS.items())
def test_a_line_has_the_locator_of_the_rule(report: Cutting, line: int, locator: str) -> None:
    assert report.at(line) == locator


@pytest.mark.parametrize(("place", "locator"), FORMS.items(), ids=str)
def test_a_printed_form_is_cited_as_closely_as_may_be(
    report: Cutting, place: tuple[int, str], locator: str | None
) -> None:
    assert report.cite(*place) == locator


def test_a_locator_that_the_rule_does_not_write_is_no_place(report: Cutting) -> None:
    for wrong in ("一（一）会议 / paragraph 1", "一 / （一）会议 / paragraph 9", "二、大事记 / 5月4日", ""):
        assert report.find(wrong) is None
        assert report.found("会议", wrong or "-") == []


def test_a_heading_alone_is_all_that_stands_below_it(report: Cutting) -> None:
    start, end = report.find("二、大事记") or (0, 0)
    assert report.text[start:end].startswith("二、大事记")
    assert report.text[start:end].endswith("再停工。")


FOUND = [
    ("GB/T 14885", "standard GB/T 14885-2022", True),
    ("16", "in 2016", False),
    ("16", "16.5 percent", False),
    ("16", "16, 17", True),
    ("5,000", "15,000", False),
    ("ISO", "ISOs", False),
    ("10年", "10 年来", True),
    ("Management consultancy", "*Management consultancy*, was", True),
    ("60th", "60<sup>th</sup>", True),
    ("前言", "[bookmark: _Toc12]前  言", True),
    ("工作组", "工作\n组成立", True),
    ("", "anything", False),
    ("“Park City”", '"Park City"', False),
]


@pytest.mark.parametrize(("form", "text", "is_there"), FOUND)
def test_whole_words_are_found_whatever_the_blanks(form: str, text: str, is_there: bool) -> None:
    assert bool(list(plain(text).find(form))) is is_there


SENTENCES = [
    ("甲。乙！丙", 3),
    ("“甲。”乙", 2),
    ("（甲。）乙。", 2),
    ("U.S. and U.K. Inc. Ltd. met. They left.", 2),
    ("It costs 1.5 million. Next.", 2),
    ("Mr. Ay met Ms. Bee. Cee came.", 2),
    ("3. One sentence of a list.", 1),
    ("", 0),
]


@pytest.mark.parametrize(("text", "number"), SENTENCES)
def test_sentences_are_counted(text: str, number: int) -> None:
    assert len(sentences(text)) == number


def test_what_only_looks_like_a_count_is_none() -> None:
    assert counted("这一是非。统一是好。") == []
    assert counted("一是只有一项。") == []
    assert [n for n, _ in counted("前言。二是甲。三是乙。")] == [2, 3]
    assert [n for n, _ in counted("一是甲；二是乙。又：一是丙；二是丁。")] == [1, 2, 3, 4]


@given(st.text(alphabet="ab一、。（）图1 \n-月日，5是", max_size=200))
def test_every_text_is_cut_and_each_printed_place_is_found_again(text: str) -> None:
    parts = cut(text, described(TOLD))
    for number, line in enumerate(text.split("\n"), 1):
        for column in plain(line).at:
            place = parts.find(parts.at(number, column))
            assert place is not None
            assert place[0] <= parts.offset(number, column) < place[1]


def test_an_unknown_pattern_is_refused() -> None:
    with pytest.raises(re.error):
        described({"rule": [{"kind": "heading", "pattern": "("}]})
    with pytest.raises(TypeError):
        described({"rule": [{"kind": "heading", "patern": "x"}]})
