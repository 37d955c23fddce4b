"""A variable of a query that is given a value by name: it holds everywhere, and changes nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result

import stdgraph
from stdgraph.errors import ParameterError, UnknownNameError
from stdgraph.storage.binding import with_values

Run = Callable[..., Result]
ALAND = "https://w3id.org/stdgraph/id/country/AA"
HOLDS = {
    "SELECT ?c ?n { ?c stdg:countryCode ?n }": [("Aland", "AA")],
    "SELECT ?n { { SELECT (COUNT(?n) AS ?n2) ?n { ?c stdg:countryCode ?n } GROUP BY ?n } }": [("AA",)],
    "SELECT (COUNT(?n) AS ?all) { ?c stdg:countryCode ?n }": [(1,)],
    "SELECT ?all { { SELECT (COUNT(?n) AS ?all) { ?c stdg:countryCode ?n } } }": [(1,)],
    "SELECT ?c (COUNT(?n) AS ?all) { ?c stdg:countryCode ?n } GROUP BY ?c": [("Aland", 1)],
    "SELECT ?n { { ?c stdg:countryCode ?n } UNION { BIND(?c AS ?n) } } ORDER BY ISIRI(?n)": [("AA",), ("Aland",)],
    "SELECT ?n { OPTIONAL { ?x stdg:countryCode ?n FILTER(?x = $c) } }": [("AA",)],
    "SELECT ?n { ?x stdg:countryCode ?n FILTER EXISTS { ?c stdg:countryCode ?n } } # ?c {": [("AA",)],
}


@pytest.mark.parametrize(("query", "rows"), HOLDS.items(), ids=lambda v: str(v)[:50])
def test_a_value_holds_wherever_the_variable_stands(
    tiny: stdgraph.Graph, query: str, rows: list[tuple[object]]
) -> None:
    found = tiny.query(query, bind={"c": "Aland"})
    assert [tuple(str(v) if not isinstance(v, int) else v for v in row.cells.values()) for row in found] == rows


def test_other_forms_take_values(tiny: stdgraph.Graph) -> None:
    bind = {"?c": "甲国"}
    assert tiny.query("ASK { ?c a stdg:Country }", bind=bind) is True
    assert tiny.query("ASK { ?c a stdg:Agreement }", bind=bind) is False
    assert {str(t.subject.value) for t in tiny.query("CONSTRUCT { ?c a ?k } WHERE { ?c a ?k }", bind=bind)} == {ALAND}
    assert {str(t.subject.value) for t in tiny.query("CONSTRUCT WHERE { ?c a ?k }", bind=bind)} == {ALAND}
    assert {str(t.subject.value) for t in tiny.query("DESCRIBE ?c", bind=bind)} == {ALAND}
    kinds = tiny.query("SELECT ?x { ?x a ?kind }", bind={"kind": "stdg:Country"})
    assert len(kinds) == 3


@pytest.mark.parametrize(
    "name",
    [
        "x> } # ",
        '" } DROP ALL',
        'Aland" . } UNION { ?s ?p ?o } {',
        "> } SERVICE <http://x/> { ?s ?p ?o",
        "org/x> . } {",
    ],
)
def test_no_name_changes_the_query(tiny: stdgraph.Graph, name: str) -> None:
    with pytest.raises(UnknownNameError):
        tiny.query("ASK { ?c a stdg:Country }", bind={"c": name})


FAULTS = {
    "nobody=Aland": "has no variable ?nobody; it has ?c",
    "n=Aland": "gives ?n a value",
    "Aland": "is not VAR=NAME",
    "=Aland": "is not VAR=NAME",
    "c=": "is not VAR=NAME",
    "c }=Aland": "is not VAR=NAME",
    "c=Alnd": "Nearest: country/AA",
}


@pytest.mark.parametrize(("pair", "said"), FAULTS.items())
def test_what_cannot_be_bound_is_told(run_tiny: Run, pair: str, said: str) -> None:
    result = run_tiny("query", "SELECT ?c (STR(?c) AS ?n) { ?c a stdg:Country }", "--bind", pair)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_variable_is_bound_once(run_tiny: Run) -> None:
    result = run_tiny("query", "ASK { ?c a ?d }", "--bind", "c=Aland", "--bind", "?c=Beland")
    assert (result.exit_code, "given twice" in result.stderr) == (2, True)


def test_places_of_faults_are_those_of_the_text_that_was_typed(run_tiny: Run) -> None:
    result = run_tiny("query", "ASK { ?c a stdg:Country ; a stgd:X }", "--bind", "c=Aland")
    assert "query:1:29: the prefix stgd: is not declared" in result.stderr


def test_a_part_of_a_query_may_lack_a_variable() -> None:
    assert with_values("ASK { ?x a ?y }", {"z": ALAND}, partly=True) == "ASK { ?x a ?y }"
    with pytest.raises(ParameterError):
        with_values("ASK { ?x a ?y }", {"z": ALAND})


BASED = [
    "ASK { <country/AA> a stdg:Country }",
    "BASE <https://w3id.org/stdgraph/id/country/> ASK { <AA> a stdg:Country }",
    "PREFIX c: <country/> ASK { c:AA a stdg:Country }",
]


@pytest.mark.parametrize("query", BASED)
def test_the_base_of_the_data_is_that_of_the_query(tiny: stdgraph.Graph, query: str) -> None:
    assert tiny.query(query) is True
