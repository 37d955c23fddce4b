"""The order that is made here is the engine's own."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stdgraph.storage.ordering import LEFT, ordered

TERM = st.one_of(
    st.sampled_from(
        ["UNDEF", "<http://x/a>", "<http://x/B>", "<http://x/aa>", "'b'", "'B'", "'é'", "'😀'", "'ａ'", "''"]
    ),
    st.integers(-12, 12).map(str),
    st.sampled_from(["'a'@en", "'x'^^xsd:integer", "1.5", "'2020'^^xsd:gYear", "true"]),
)
KEY = st.sampled_from(["?x", "?y", "DESC(?x)", "DESC(?y)"])


@given(st.lists(st.tuples(TERM, TERM), max_size=12), st.lists(KEY, min_size=1, max_size=3))
def test_rows_stand_as_the_engine_sorts_them(rows: list[tuple[str, str]], keys: list[str]) -> None:
    LEFT.clear()
    store = ox.Store()
    values = " ".join(f"( {x} {y} )" for x, y in rows)
    text = f"SELECT ?x ?y WHERE {{ VALUES ( ?x ?y ) {{ {values} }} }}\nORDER BY {' '.join(keys)}\n"
    named = dict.fromkeys(key.strip("DESC(?)") for key in keys)

    def run(text: str) -> Any:
        return store.query(text, prefixes={"xsd": "http://www.w3.org/2001/XMLSchema#"})

    ours, theirs = ordered(run, text), list(run(text))
    assert [[row[n] for n in named] for row in ours] == [[row[n] for n in named] for row in theirs]
    assert sorted(map(str, ours)) == sorted(map(str, theirs))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("SELECT ?x WHERE { VALUES ?x { 2 1 } } ORDER BY ?x", 1),
        ("SELECT ?x WHERE { VALUES ?x { 2 1 } } ORDER BY ( ?x > 1 )", 1),
        ("SELECT ?x WHERE { VALUES ?x { 2 1 } } ORDER BY ?x LIMIT 1", 1),
        ("SELECT ?x WHERE { VALUES ( ?x ?y ) { ( 2 3 ) ( 1 4 ) } } ORDER BY ?y", 1),
        ("SELECT ?x WHERE { VALUES ?x { 'b'@en 'a'@en } } ORDER BY ?x", 2),
    ],
)
def test_what_only_the_engine_can_sort_it_does(text: str, asked: int) -> None:
    store = ox.Store()
    seen: list[str] = []
    LEFT.clear()

    def run(text: str) -> Any:
        seen.append(text)
        return store.query(text)

    rows: Any = store.query(text)
    assert list(map(str, ordered(run, text))) == list(map(str, rows))
    assert len(seen) == asked
    assert seen[-1] == text or asked == 1
