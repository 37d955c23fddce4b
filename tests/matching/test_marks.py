"""What is looked up in a store is what is found among all its statements."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from duplicates import Bench
from stdgraph.matching.marks import Marks, hierarchy, looking, marks_in
from stdgraph.services.validate.twins import among, within
from stdgraph.storage.judgements import Judgements


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench()


@pytest.fixture(scope="module")
def store(bench: Bench) -> ox.Store:
    made = ox.Store()
    made.extend([*bench.ontology, *bench.data])
    return made


def test_new_things_find_by_marks_what_they_find_among_all(bench: Bench, store: ox.Store, tmp_path) -> None:
    _, moved = bench.renamed(120)
    path = tmp_path / "marks.sqlite"
    marks_in(store).save(path)
    after = ox.Store()
    after.extend([*store, *moved])
    looked_up = within(after, moved, lambda: Marks(path)).matches()
    read = among([*bench.ontology, *bench.data], moved, Judgements()).matches()
    assert len(read) > 80
    assert {(m.one, m.other) for m in looked_up} == {(m.one, m.other) for m in read}


def test_what_is_gone_is_no_twin(bench: Bench, store: ox.Store) -> None:
    _, moved = bench.renamed(20)
    marks = marks_in(store)
    after = ox.Store()
    after.extend([*bench.ontology, *moved])
    assert within(after, moved, lambda: marks).matches() == []
    assert looking(after, hierarchy(after))("https://w3id.org/stdgraph/id/org/gb-bsi") is None


def test_nothing_is_read_where_nothing_is_new(store: ox.Store) -> None:
    def unread() -> Marks:
        raise AssertionError

    stated = list(store)[:200]
    assert within(store, [q for q in stated if q.predicate.value.endswith("prefLabel")], unread).matches() == []
