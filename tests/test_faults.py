"""A sample of the planted faults is found where a person would mend it; `python tests/faults.py` measures all of them.

`STDGRAPH_FAULTS=all python -m pytest tests/test_faults.py` plants two of each kind, one in a new file, one in a changed one.
"""

from __future__ import annotations

import os
from itertools import islice

import pytest

from corpus.blocks import world
from corpus.clean import looks
from corpus.judging import Judge, Verdict
from corpus.planting import GROUPS, faults, kinds
from faults import judged, lacking, lots

EACH, LOT = (2, 40) if os.environ.get("STDGRAPH_FAULTS") == "all" else (1, 60)
FOUND, EXACT = 0.92, 0.9
"""What a sample must reach at least; the aim is 0.97 and 0.95 of all (`python tests/faults.py`): measured of one of each kind: 0.978 and 0.965."""


@pytest.fixture(scope="module")
def verdicts() -> list[Verdict]:
    planted = list(faults(world(), EACH))
    return judged(planted if EACH > 1 else planted[::12], LOT)


def test_faults_are_found(verdicts: list[Verdict]) -> None:
    assert sum(v.found for v in verdicts) >= FOUND * len(verdicts), "\n".join(lacking(verdicts))


def test_faults_are_found_at_their_lines(verdicts: list[Verdict]) -> None:
    assert sum(v.exact for v in verdicts) >= EXACT * len(verdicts), "\n".join(lacking(verdicts))


def test_files_that_only_look_different_have_no_finding() -> None:
    judge = Judge()
    told = [(f.path, one) for some in lots(list(looks(world())), 60) for f, said in judge.told(some) for one in said]
    assert told == []


def test_every_group_has_kinds_of_its_own() -> None:
    names = [(kind.group, kind.name) for kind in kinds()]
    assert len(names) == len(set(names)) > 80
    assert {group for group, _ in names} == {*GROUPS}


def test_the_same_faults_are_planted_each_time() -> None:
    once, again = ([(f.name, f.data, f.mend) for f in islice(faults(world(), 1), 30)] for _ in range(2))
    assert once == again
