"""What was read of a thing is read once for each opened graph: the same rows, no more of them than are kept, none of before."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import stdgraph
from conftest import TINY
from stdgraph.graph import reads
from stdgraph.graph.evidence import PLACE
from stdgraph.graph.reads import of_each, select, value_of
from stdgraph.services.ask import ask
from stdgraph.storage.names import Names
from stdgraph.storage.store import Store

READS = {
    "bodies": ("body",),
    "country-of": ("country",),
    "telling": ("p", "o"),
    "kind": ("kind",),
    "date": ("date",),
    "evidence": PLACE,
    "evidence-of-claims": PLACE,
    "source-of-file": PLACE,
    "source-itself": PLACE,
}


@pytest.fixture
def opened() -> Any:
    """The store of the packaged graph, opened anew."""
    return stdgraph.open().reads


@pytest.fixture
def records(opened: Any) -> list[str]:
    """Records of many kinds, and a thing that is none."""
    found = opened.select("SELECT DISTINCT ?x { ?x stdg:evidence ?e } ORDER BY ?x LIMIT 60")
    return [row["x"].value for row in found] + [
        f"https://w3id.org/stdgraph/id/{name}" for name in ("country/CN", "org/gb-bsi", "no/such-thing")
    ]


def told(graph: Any, name: str, things: list[str]) -> list[str]:
    """What is told of some things, perhaps of before."""
    return sorted(map(str, of_each(graph, name, things, *READS[name])))


def read(graph: Any, name: str, things: list[str]) -> list[str]:
    """What is read of them."""
    rows = ([value_of(row, variable) for variable in ("x", *READS[name])] for row in select(graph, name, things))
    return sorted(str(tuple(None if term is None else term.value for term in row)) for row in rows)


@pytest.mark.parametrize("name", READS)
def test_what_is_remembered_is_what_is_read(opened: Any, records: list[str], name: str) -> None:
    told(opened, name, records[::2])
    for _ in range(2):
        assert told(opened, name, records) == read(opened, name, records)


def test_a_thing_is_asked_about_once(opened: Any, records: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    told(opened, "telling", records)
    monkeypatch.setattr(opened, "select", lambda text: pytest.fail("asked again"))
    assert told(opened, "telling", records[:10])


def test_no_more_is_kept_than_has_room(opened: Any, records: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reads, "KEPT", 20)
    for at in (*range(0, 60, 7), 0):
        assert told(opened, "kind", records[at:]) == read(opened, "kind", records[at:])
        assert len(opened.told) <= 20


def test_of_other_variables_other_values_are_told(opened: Any, records: list[str]) -> None:
    both = list(of_each(opened, "telling", records, "p", "o"))
    assert [(x, o) for x, _, o in both] == list(of_each(opened, "telling", records, "o"))


def test_a_store_that_failed_forgets_what_it_told(opened: Any, records: list[str]) -> None:
    told(opened, "kind", records)
    opened._mend(RuntimeError("failed"))
    assert opened.told == {}
    assert told(opened, "kind", records) == read(opened, "kind", records)


def test_a_store_that_may_be_written_keeps_nothing(opened: Any, records: list[str]) -> None:
    store = Store(opened.store, Names())
    assert told(store, "kind", records) == told(opened, "kind", records)
    assert store.told is None


def test_an_answer_asked_again_is_the_same_answer() -> None:
    opened = stdgraph.open(data=[TINY])
    for question in ("who-cooperates-with", "agreements"):
        first, again = (ask(opened.reads, question, {"actor": "ASA"}, lang=lang, why=True) for lang in ("en", "en"))
        assert first.rows == again.rows
        assert ask(opened.reads, question, {"actor": "ASA"}, lang="zh", why=True).rows != first.rows


def test_threads_that_ask_at_once_each_hear_all(
    opened: Any, records: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reads, "KEPT", 30)
    rooms = [records[at : at + 25] for at in range(0, 40, 5)] * 4
    with ThreadPoolExecutor(4) as pool:
        heard = list(pool.map(lambda room: told(opened, "evidence", room), rooms))
    assert heard == [read(opened, "evidence", room) for room in rooms]
