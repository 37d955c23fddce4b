"""Duplicates at entry are found as often as docs/reconcile.md says; `python tests/duplicates.py` prints the whole table."""

from __future__ import annotations

import pytest

from duplicates import AGAIN, VARIED, Bench, false_alarms
from stdgraph.services.validate.twins import among
from stdgraph.storage.judgements import Judgements

LEAST = {"a letter left out": 0.95, "two characters exchanged": 0.9}
FOURTH = 4


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench()


@pytest.mark.parametrize("name", VARIED)
def test_things_entered_again_lead_back_to_themselves(bench: Bench, name: str) -> None:
    entered = bench.varied(VARIED[name], bare=True)
    counted = bench.counted({iri: entered[iri] for iri in sorted(entered)[::FOURTH]})
    assert counted.entered > 200
    assert counted.recall >= LEAST.get(name, 0.99)
    assert counted.wrong <= 2


def test_an_acronym_alone_leads_to_its_body(bench: Bench) -> None:
    assert bench.counted(bench.by_acronym()).recall >= 0.95


def test_real_things_and_records_that_are_new_are_taken_for_no_other(bench: Bench) -> None:
    assert false_alarms(bench) == 0


def test_real_things_and_records_under_new_ids_beside_the_old_ones_are_their_duplicates_alone(bench: Bench) -> None:
    _, moved = bench.renamed(300)
    matches = among([*bench.ontology, *bench.data], moved, Judgements(), "en").matches()
    assert {m.other for m in matches} >= {m.one.removesuffix(AGAIN) for m in matches}
    assert all(m.other == m.one.removesuffix(AGAIN) for m in matches)
    assert len(matches) > 200
