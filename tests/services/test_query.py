from __future__ import annotations

import json
from collections.abc import Callable

import pyoxigraph as ox
import pytest
from click.testing import Result

import stdgraph
from stdgraph.errors import QueryRefusedError, QuerySyntaxError
from stdgraph.services.ask import question_names
from stdgraph.services.query import MAX_DEPTH, MAX_LENGTH, check
from stdgraph.storage.sparql import check_syntax

REFUSED = {
    "SELECT * WHERE { SERVICE <http://x> { ?s ?p ?o } }": "SERVICE",
    "select * where { service ?x { ?s ?p ?o } }": "SERVICE",
    "PREFIX : <http://x/> ASK { SERVICE:x { ?s ?p ?o } }": "SERVICE",
    "ASK { # what follows is no comment\r SERVICE <http://x> { ?s ?p ?o } }": "SERVICE",
    "INSERT DATA { <a:b> <a:c> 1 }": "INSERT",
    "DELETE WHERE { ?s ?p ?o }": "DELETE",
    "CLEAR ALL": "CLEAR",
    "LOAD <http://x>": "LOAD",
    "PREFIX x: <http://x/> DROP GRAPH x:y": "DROP",
    "ASK { " + "(" * (MAX_DEPTH + 5) + " }": "nested",
    "ASK { } #" + "x" * MAX_LENGTH: "longer",
}


@pytest.mark.parametrize(("query", "words"), REFUSED.items(), ids=lambda v: v[:40])
def test_what_writes_or_reaches_out_is_refused(query: str, words: str) -> None:
    with pytest.raises(QueryRefusedError, match=words):
        check(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service WHERE { ?service <http://x/SERVICE> 'SERVICE' }",
        "# SERVICE\nASK {}",
        "ASK { ?s <http://x/INSERT> ?o }",
    ],
)
def test_words_in_names_strings_and_comments_are_no_keywords(query: str) -> None:
    check(query)


def test_each_form_of_query_gives_its_form_of_result(tiny: stdgraph.Graph) -> None:
    assert tiny.query("ASK { <https://w3id.org/stdgraph/id/org/aa-nsb> a stdg:GovernmentBody }") is True
    table = tiny.query("SELECT ?x ?n WHERE { ?x stdg:listNumber ?n }")
    assert table.to_dicts()[0]["n"] == 1
    triples = list(tiny.query("CONSTRUCT { ?x a stdg:Actor } WHERE { ?x a stdg:Country }"))
    assert len(triples) == 3
    assert len(list(tiny.query("DESCRIBE <https://w3id.org/stdgraph/id/country/AA>"))) > 3


def test_a_syntax_error_names_the_place(tiny: stdgraph.Graph) -> None:
    with pytest.raises(QuerySyntaxError, match=r"query:2:\d+"):
        tiny.query("SELECT ?x\nWHERE ?x")


G = "https://w3id.org/stdgraph/graph/"
COUNTRIES = "{ ?x a stdg:Country }"
DATASETS = {
    f"ASK FROM <{G}file/tiny> {COUNTRIES}": True,
    f"ASK FROM <{G}ontology/codes> {COUNTRIES}": False,
    f"ASK FROM <{G}ontology/codes> FROM <{G}file/tiny> {COUNTRIES}": True,
    f"PREFIX g: <{G}> ask from g:file\\/tiny {COUNTRIES}": True,
    f"PREFIX : <{G}ontology/> ASK FROM:codes {COUNTRIES}": False,
    f"ASK FROM NAMED <{G}file/tiny> {COUNTRIES}": False,
    f"ASK FROM NAMED <{G}file/tiny> {{ GRAPH ?g {COUNTRIES} }}": True,
    f"ASK FROM NAMED <{G}ontology/codes> {{ GRAPH ?g {COUNTRIES} }}": False,
    f"ASK FROM <{G}derived/links> {{ ?link a stdg:CooperationLink }}": True,
    f"ASK FROM <{G.replace('https', 'http')}no-such-graph> {COUNTRIES}": False,
    f"# FROM <{G}ontology/codes>\nASK {COUNTRIES}": True,
    "ASK { ?from a stdg:Country FILTER (STR(?from) != 'FROM <x>') }": True,
}


@pytest.mark.parametrize(("query", "expected"), DATASETS.items(), ids=lambda v: str(v)[:60])
def test_a_query_that_names_its_graphs_reads_these_alone(tiny: stdgraph.Graph, query: str, expected: bool) -> None:
    assert tiny.query(query) is expected


UNCLEAR = {
    "ASK { ?s ?p <org aa> }": "1:13: an IRI in angle brackets has no space",
    "ASK { ?s stdg:date ?d ; tea:date '<b> x:y' }": "the prefix tea: is not declared",
    "PREFIX tea: <http://x/> ASK { ?s tea:date _:b ; ?x '<b> x:y' ": "is not closed",
    "PREFIX my-tea: <http://x/> ASK { ?s my-tea:date ?d ": "is not closed",
    "BASE <http://x/> ASK { <a> ?p ": "1:22: .{. is not closed",
}


@pytest.mark.parametrize(("query", "words"), UNCLEAR.items(), ids=lambda v: v[:40])
def test_a_name_that_is_not_whole_is_named(tiny: stdgraph.Graph, query: str, words: str) -> None:
    with pytest.raises(QuerySyntaxError, match=words):
        tiny.query(query)


VALUES = {
    '"NaN"^^xsd:double': "NaN",
    '"INF"^^xsd:float': "INF",
    '"1e999"^^xsd:double': "INF",
    '"many"^^xsd:integer': "many",
    '"1_0"^^xsd:integer': "1_0",
    '"１２"^^xsd:integer': "１２",
    '"x"^^xsd:decimal': "x",
    '"2.0"^^xsd:decimal': 2,
    "-1.5": -1.5,
    "1e3": 1000,
}


@pytest.mark.parametrize(("literal", "value"), VALUES.items())
def test_what_is_no_finite_number_is_a_text(tiny: stdgraph.Graph, literal: str, value: object) -> None:
    rows = tiny.query(f"SELECT ?x WHERE {{ VALUES ?x {{ {literal} }} }}").to_dicts()
    assert json.dumps(rows[0]["x"], allow_nan=False) == json.dumps(value)


def test_a_column_may_be_called_sources(tiny: stdgraph.Graph) -> None:
    assert tiny.query("SELECT (1 AS ?sources) (2 AS ?x) {}").to_dicts() == [{"sources": 1, "x": 2}]


@pytest.mark.parametrize("name", question_names())
def test_what_a_question_shows_runs_as_it_stands(run_tiny: Callable[..., Result], name: str) -> None:
    shown = run_tiny("ask", name, "--show-query")
    assert shown.exit_code == 0
    check_syntax(shown.stdout)
    assert "PREFIX" in shown.stdout
    ox.Store().query(shown.stdout)  # in any tool, without our prefixes and base
