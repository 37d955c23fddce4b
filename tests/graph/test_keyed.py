"""A question about many things as one query gives each thing the rows that it has alone."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from stdgraph.graph.keyed import KEY, keyed

A, B, C = (f"http://a/{name}" for name in "abc")
DATA = f"<{A}> <p:x> 1, 2 . <{B}> <p:x> 2 ; <p:y> <{A}> . <{A}> <p:y> <{B}>, <{C}> ."
SAME = [
    "SELECT ?v WHERE { VALUES ?it { UNDEF } ?it <p:x> ?v } ORDER BY ?v",
    "SELECT DISTINCT ?o WHERE { VALUES ?it { UNDEF } ?it <p:y> ?o MINUS { SELECT ( ?it AS ?o ) WHERE { VALUES ?it { UNDEF } } } }",
    "SELECT ?n WHERE { { SELECT ( COUNT(DISTINCT ?v) AS ?n ) ?it WHERE { VALUES ?it { UNDEF } ?it <p:x> ?v } GROUP BY ?it } }",
    "SELECT ?o WHERE { { VALUES ?it { UNDEF } ?it <p:y> ?o } UNION { VALUES ?it { UNDEF } ?o <p:y> ?it } }",
    'SELECT ?v WHERE { VALUES ?it { UNDEF } ?it <p:x> ?v FILTER ( STR(?v) != "{ SELECT LIMIT" ) } # { LIMIT 1',
    "SELECT ?v WHERE { VALUES ?it { UNDEF } ?s <p:x> ?v FILTER NOT EXISTS { ?it <p:x> ?v } }",
]
OF_ALL = [
    "SELECT ?v WHERE { VALUES ?it { UNDEF } ?it <p:x> ?v } LIMIT 1",
    "SELECT ( COUNT(*) AS ?n ) WHERE { VALUES ?it { UNDEF } ?it <p:x> ?v }",
    "SELECT ?n WHERE { { SELECT ( MAX(?v) AS ?n ) WHERE { VALUES ?it { UNDEF } ?it <p:x> ?v } } }",
    "SELECT ?v WHERE { ?it <p:x> ?v }",
]


def rows(query: str, key: str = "") -> list[tuple[str, ...]]:
    store = ox.Store()
    store.load(DATA.encode(), format=ox.RdfFormat.TURTLE)
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    names = [one.value for one in found.variables if one.value != KEY]
    return [tuple(str(row[n]) for n in names) for row in found if not key or row[KEY].value == key]


@pytest.mark.parametrize("query", SAME)
def test_each_thing_has_the_rows_that_it_has_alone(query: str) -> None:
    whole = keyed(query, {"it": {iri: [f"<{iri}>"] for iri in (A, B, C)}})
    assert whole is not None
    for iri in (A, B, C):
        assert sorted(rows(whole, iri)) == sorted(rows(query.replace("UNDEF", f"<{iri}>"))), iri


@pytest.mark.parametrize("query", OF_ALL)
def test_what_counts_or_cuts_all_rows_is_not_asked_at_once(query: str) -> None:
    assert keyed(query, {"it": {A: [f"<{A}>"]}}) is None
