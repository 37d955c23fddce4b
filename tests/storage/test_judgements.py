from __future__ import annotations

import csv
from pathlib import Path

import pytest

from conftest import ROOT
from stdgraph.errors import ParameterError
from stdgraph.storage import judgements as room
from stdgraph.storage.files import data_files
from stdgraph.storage.judgements import Judgements, curie, expanded, judgement, judgements, text_of, write

A, B, C = (f"https://w3id.org/stdgraph/id/org/{name}" for name in "abc")


def test_a_pair_is_judged_in_either_order() -> None:
    found = Judgements([judgement(B, A, same=False, labels={})])
    assert found.of(A, B) == found.of(B, A) is not None
    assert found.of(A, C) is None


def test_the_kept_id_is_followed_to_its_end_and_no_circle_holds_it() -> None:
    chain = Judgements([judgement(A, B, same=True, labels={}), judgement(B, C, same=True, labels={})])
    assert chain.kept(A) == C
    circle = Judgements([judgement(A, B, same=True, labels={}), judgement(B, A, same=True, labels={})])
    assert circle.kept(A) in (A, B)


def test_what_is_written_is_read_back_sorted(tmp_path: Path) -> None:
    path = tmp_path / room.NAME
    rows = [
        judgement(C, A, same=False, labels={A: "An\ta"}),
        judgement(A, B, same=True, labels={}, comment="one\nbody"),
    ]
    write(path, Judgements(rows))
    found = judgements(path)
    assert found.rows == tuple(sorted(found.rows))
    assert {row.pair for row in found.rows} == {frozenset({A, B}), frozenset({A, C})}
    assert text_of(found) == path.read_text("utf-8")


def test_a_second_judgement_takes_the_place_of_the_first() -> None:
    found = Judgements([judgement(A, B, same=True, labels={})]).added(judgement(B, A, same=False, labels={}))
    assert [row.is_same for row in found.rows] == [False]


def test_one_id_is_not_judged_with_itself() -> None:
    with pytest.raises(ParameterError):
        judgement(A, A, same=True, labels={})


def test_a_broken_row_is_told(tmp_path: Path) -> None:
    path = tmp_path / room.NAME
    path.write_text("subject_id\tobject_id\norg:a\t\n", "utf-8")
    with pytest.raises(ParameterError, match="row 1"):
        judgements(path)


@pytest.mark.parametrize("iri", [A, "https://w3id.org/stdgraph/source/bri-10y", "http://example.org/x"])
def test_ids_are_written_and_read(iri: str) -> None:
    assert expanded(curie(iri)) == iri


def test_the_judgements_of_the_repository_are_a_plain_table_of_known_ids() -> None:
    path = ROOT / "data/mappings" / room.NAME
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines, delimiter="\t"))
    described = {q.subject.value for file in data_files() for q in file.quads()}
    for row in rows:
        assert {expanded(row["subject_id"]), expanded(row["object_id"])} <= described
        assert row["mapping_justification"] == "semapv:ManualMappingCuration"
        assert row["predicate_modifier"] in ("", "Not")
        assert row["comment"]
    assert text_of(judgements(path)) == path.read_text("utf-8")
