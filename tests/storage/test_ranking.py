"""How well a name fits what was typed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

import stdgraph
from conftest import TINY
from stdgraph.model.spelling import key, words
from stdgraph.storage.ranking import Score, Typed


def score(graph: stdgraph.Graph, typed: str, name: str) -> Score:
    """Return how well a name fits, whether or not the graph has it."""
    asked = Typed(graph.reads.names, typed)
    asked.rarity.learn(words(name))
    return asked.score(key(name), words(name))


BETTER = [
    ("beland institution", "Beland Standards Institution", "Aland Standards Institution", "the rarer word"),
    ("standards institution", "Standards Institution", "Beland Standards Institution", "fewer words besides"),
    ("institution beland", "Beland Standards Institution", "Beland Standards Office", "any order"),
    ("belnd institution", "Beland Standards Institution", "Aland Bureau of Standards", "a slip"),
    ("institutions of Beland", "Beland Standards Institution", "Beland Standards Office", "plural and small words"),
    ("甲标委", "甲国标准化管理委员会", "乙国标准协会", "a short form"),
    ("甲标委", "甲国标准委", "甲国标准化管理委员会", "the shorter name of two"),
    ("标准协会", "乙国标准协会", "协会乙国标准", "characters side by side"),
]


@pytest.mark.parametrize(("typed", "better", "worse", "why"), BETTER, ids=[row[3] for row in BETTER])
def test_one_name_fits_better(tiny: stdgraph.Graph, typed: str, better: str, worse: str, why: str) -> None:
    assert score(tiny, typed, better).value > score(tiny, typed, worse).value


@pytest.mark.parametrize(
    ("typed", "name", "whole"),
    [
        ("institution beland", "Beland Standards Institution", True),
        ("the Institutions of Beland", "Beland Standards Institution", True),
        ("甲标委", "甲国标准化管理委员会", True),
        ("beland inst", "Beland Standards Institution", False),
        ("belnd institution", "Beland Standards Institution", False),
        ("beland tea institution", "Beland Standards Institution", False),
        ("委标甲", "甲国标准化管理委员会", False),
    ],
)
def test_a_name_holds_all_that_was_typed_or_not(tiny: stdgraph.Graph, typed: str, name: str, whole: bool) -> None:
    assert score(tiny, typed, name).whole is whole


def test_scores_do_not_depend_on_the_run() -> None:
    program = (
        f"import stdgraph; g = stdgraph.open(data=[{str(TINY)!r}]);"
        "print([(n.iri, n.score) for t in ('standards institution beland', '甲标委', 'tea comittee') for n in g.find(t)])"
    )
    runs = {
        subprocess.run([sys.executable, "-c", program], env=_env(seed), capture_output=True, check=True).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


def _env(seed: str) -> dict[str, str]:
    return dict(os.environ) | {"PYTHONHASHSEED": seed}
