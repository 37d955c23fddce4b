"""Each fault of a table of mappings is told at its line, those of others by `test_breakages.py`; the tables of the repository have none."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

import rulepages
from stdgraph.services.validate import tables
from stdgraph.services.validate.shacl import check_of
from stdgraph.storage.files import content, data_files

MAPPED = [check_of(words) for words in tables.CHECKS if words not in (tables.LEDGER, tables.COUNTRY, tables.LEFT_OUT)]


@pytest.fixture(scope="module")
def store() -> ox.Store:
    found = ox.Store()
    for file in data_files():
        found.extend(file.quads())
    return found


@pytest.mark.parametrize("name", MAPPED)
def test_the_example_of_a_check_fails_it_at_its_last_line_and_no_other(name: str, store: ox.Store) -> None:
    path = rulepages.check_file(name)
    told = [r.finding.check for r in tables.mapping_faults(path, store)]
    assert told == [name]
    (one,) = tables.mapping_faults(path, store)
    assert one.at is not None
    assert one.at.line == len(path.read_text("utf-8").splitlines())


def test_the_tables_of_the_repository_have_no_fault(store: ox.Store) -> None:
    assert [r.finding.message for r in tables.results(data_files(), store)] == []


def test_a_number_that_the_ledger_lacks_makes_it_stale(store: ox.Store) -> None:
    stated = ox.NamedNode("https://w3id.org/stdgraph/ontology#statedItemCount")
    extra = ox.Quad(ox.NamedNode("urn:x"), stated, ox.Literal(7), ox.DefaultGraph())
    store.add(extra)
    told = [r.finding.check for r in tables.results(data_files(), store)]
    store.remove(extra)
    assert told == [check_of(tables.LEDGER)]


def test_a_number_with_its_unit_is_told_of_itself_and_does_not_stop_the_check(store: ox.Store) -> None:
    stated = ox.NamedNode("https://w3id.org/stdgraph/ontology#statedItemCount")
    extra = ox.Quad(ox.NamedNode("urn:x"), stated, ox.Literal("130.0 %"), ox.DefaultGraph())
    store.add(extra)
    told = tables.results(data_files(), store)
    store.remove(extra)
    assert told == []


def test_a_graph_of_ones_own_has_no_tables(store: ox.Store, tmp_path: Path) -> None:
    assert tables.results([], store) == []
    assert content("data", "mappings").is_dir()
