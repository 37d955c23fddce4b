"""Each open question of the evaluation is answered by one command; skipped where the questions are not at hand."""

from __future__ import annotations

import pytest

import answered

pytestmark = pytest.mark.skipif(
    not answered.QUESTIONS.exists(), reason="the questions stand in ../shared/eval/questions.jsonl, which is not here"
)
LACKING = 0
"""How many expected values no answer holds; a change that finds one lowers it."""


def test_each_question_has_a_command() -> None:
    assert [q["id"] for q in answered.questions()] == list(answered.commands())


def test_what_is_judged_is_expected() -> None:
    expected = {(q["id"], value) for q in answered.questions() for value in q["expected"]}  # type: ignore[attr-defined]
    assert answered.judged().keys() <= expected
    assert all(parts and reason for parts, reason in answered.judged().values())


def test_the_answers_hold_what_is_expected_and_the_page_says_so() -> None:
    answers = answered.all_found()
    lacks = [(one.id, value) for one in answers for value, there, _ in one.values if not there]
    assert len(lacks) <= LACKING, lacks
    assert answered.PAGE.read_text("utf-8") == answered.page(answers), "run `python tests/answered.py --write`"


@pytest.mark.parametrize(
    ("told", "values", "there"),
    [
        ("1 320 000", "1320000|132万", True),
        ("35", "3", False),
        ("3;5", "5", True),
        ("“一带一路”倡议", "一带一路 / BRI", True),
        ("BSI Group", "SAC", False),
    ],
)
def test_values_are_compared_as_people_read_them(told: str, values: str, there: bool) -> None:
    assert answered.holds(answered.plain(told) if ";" not in told else told, values) == there
