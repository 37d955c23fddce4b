"""Rows made from fetched triples are those of the whole graph, whatever the query."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

import stdgraph
from conftest import ROOT
from stdgraph.storage.careful import Careful
from stdgraph.storage.dialect import Foreigner, is_plain, keeps_to_the_standard
from stdgraph.storage.patterns import Unreadable
from stdgraph.storage.sparql import run

QUERIES = sorted((ROOT / "queries").glob("*/*.rq"))


def told(rows: object) -> list[tuple[str, ...]]:
    return [tuple(map(str, row)) for row in rows]  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def whole(repository: stdgraph.Graph) -> ox.Store:
    """The repository's graph in memory."""
    held = ox.Store()
    held.bulk_extend(repository.reads.store)
    return held


@pytest.mark.parametrize("path", QUERIES, ids=[f"{p.parent.name}/{p.stem}" for p in QUERIES])
def test_each_query_has_the_same_rows(path: Path, whole: ox.Store) -> None:
    text, asked = path.read_text("utf-8"), []

    def rows(one: str) -> list[ox.QuerySolution]:
        asked.append(one)
        return list(run(whole, one))

    here, there = told(run(whole, text)), told(Foreigner(rows).select(text))
    assert set(there) == set(here)
    if "ORDER BY" in text.upper().rpartition("}")[2]:  # the others count a triple as often as graphs state it
        assert sorted(there) == sorted(here)
    for one in asked:  # triples, or what no engine reads differently
        assert (one == text and is_plain(one)) or (one.count("?s") and not set(one.split()) & {"OPTIONAL", "BIND"})


VARIABLES = some.sampled_from(["?a", "?b", "?c", "?d"])
THINGS = some.sampled_from(["<x:1>", "<x:2>", "<x:3>"])
PREDICATES = some.sampled_from(["<x:p>", "<x:q>", "<x:r>"])
PATHS = PREDICATES | some.sampled_from(
    ["<x:p>+", "<x:q>*", "<x:p>?", "^<x:q>", "<x:p>/<x:q>", "(<x:p>|^<x:r>)/<x:q>", "?b"]
)
TRIPLES = some.builds("{} {} {} .".format, VARIABLES | THINGS, PATHS, VARIABLES | THINGS)


def groups(inner: some.SearchStrategy[str]) -> some.SearchStrategy[str]:
    parts = some.one_of(
        TRIPLES,
        some.builds("OPTIONAL {{ {} }}".format, inner),
        some.builds("MINUS {{ {} }}".format, inner),
        some.builds("{{ {} }}".format, inner),
        some.builds("{{ {} }} UNION {{ {} }}".format, inner, inner),
        some.builds("FILTER NOT EXISTS {{ {} }}".format, inner),
        some.builds("FILTER ( BOUND({}) || EXISTS {{ {} }} )".format, VARIABLES, inner),
        some.builds("{{ SELECT DISTINCT {} {} WHERE {{ {} }} }}".format, VARIABLES, VARIABLES, inner),
        some.builds("{{ SELECT {0} ( COUNT(*) AS ?n ) WHERE {{ {1} }} GROUP BY {0} }}".format, VARIABLES, inner),
        some.builds("VALUES {} {{ {} {} }}".format, VARIABLES, THINGS, THINGS | some.just("UNDEF")),
        some.builds("{{ {} BIND ( {} AS ?e ) }}".format, inner, VARIABLES),
    )
    return some.lists(parts, min_size=1, max_size=3).map("\n".join)


BODIES = some.recursive(some.lists(TRIPLES, min_size=1, max_size=2).map("\n".join), groups, max_leaves=6)
GRAPHS = some.sets(some.tuples(THINGS, PREDICATES, THINGS), max_size=9)


@settings(max_examples=100)
@given(BODIES, GRAPHS)
def test_any_query_has_the_same_rows(body: str, graph: set[tuple[str, str, str]]) -> None:
    whole, text = ox.Store(), f"SELECT * WHERE {{ {body} }}"
    whole.extend(ox.Quad(*(ox.NamedNode(term[1:-1]) for term in triple)) for triple in graph)
    try:
        here = told(run(whole, text))
    except (stdgraph.StdgraphError, OSError, RuntimeError):
        return  # no query
    if len(here) < 2000:
        with suppress(Unreadable):  # it is sent as it stands
            assert Counter(told(Careful(lambda asked: list(run(whole, asked))).select(text))) == Counter(here)


def test_the_embedded_engine_keeps_to_the_standard() -> None:
    from stdgraph.storage.dialect import PROBE

    assert keeps_to_the_standard(list(run(ox.Store(), PROBE)))
    assert not keeps_to_the_standard([])


def test_what_one_query_has_fetched_does_no_harm_to_the_next(whole: ox.Store) -> None:
    asked = Foreigner(lambda text: list(run(whole, text)))
    for path in QUERIES:
        text = path.read_text("utf-8")
        here, there = told(run(whole, text)), told(asked.select(text))
        assert set(there) == set(here), path.stem
        if "ORDER BY" in text.upper().rpartition("}")[2]:
            assert sorted(there) == sorted(here), path.stem
