"""Classes and properties as the tiny graph uses them."""

from __future__ import annotations

import json
from collections.abc import Callable

import pyoxigraph as ox
import pytest
from click.testing import Result

import stdgraph
from stdgraph.errors import UnknownNameError
from stdgraph.model.vocabulary import STDG, VOID

Run = Callable[..., Result]


def test_counts_are_those_that_sparql_gives(tiny: stdgraph.Graph) -> None:
    known = tiny.schema().known
    assert known[STDG + "Country"].used == 3
    for name in ("date", "hasParty", "countryCode"):
        query = f"SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT ?s ?o {{ ?s stdg:{name} ?o }} }}"
        assert known[STDG + name].used == tiny.query(query).rows[0]["n"], name


@pytest.mark.parametrize("name", ["hasParty", "stdg:hasParty", STDG + "hasParty", "has party", "缔约方"])
def test_a_term_is_known_by_its_names(tiny: stdgraph.Graph, name: str) -> None:
    found = tiny.schema(name)
    assert found.term == STDG + "hasParty"
    assert all(row["property"] == "stdg:hasParty" for row in found.table())
    assert "agreements" in found.known[found.term].questions
    assert set(found.to_json()["definition"]) == {"en", "zh"}


def test_a_class_shows_what_its_things_have_and_what_leads_to_them(tiny: stdgraph.Graph) -> None:
    rows = [(row["from"], row["property"], row["to"]) for row in tiny.schema("Agreement").table()]
    assert ("Agreement", "stdg:hasParty", "Country") in rows
    assert any(into == "Agreement" for _, _, into in rows)


def test_an_unknown_term_has_near_ones(tiny: stdgraph.Graph, run_tiny: Run) -> None:
    with pytest.raises(UnknownNameError, match="stdg:hasParty"):
        tiny.schema("hasPartty")
    assert run_tiny("schema", "hasPartty").exit_code == 2


def test_void_has_a_partition_for_each_term(run_tiny: Run) -> None:
    data = run_tiny("schema", "-f", "ttl").stdout
    triples = list(ox.parse(data.encode(), format=ox.RdfFormat.TURTLE))
    counted = {t.subject: t.object.value for t in triples if t.predicate.value == VOID + "entities"}
    classes = {t.object.value: t.subject for t in triples if t.predicate.value == VOID + "class"}
    assert counted[classes[STDG + "Country"]] == "3"
    assert run_tiny("schema", "-f", "ttl").stdout == data


def test_a_diagram_draws_ties(run_tiny: Run) -> None:
    drawn = run_tiny("schema", "Agreement", "-f", "mermaid").stdout
    assert drawn.startswith("classDiagram\n")
    assert "  Agreement --> Country : hasParty" in drawn
    assert 'class Agreement["协议"]' in run_tiny("--lang", "zh", "schema", "Agreement", "-f", "mermaid").stdout


def test_json_lists_all_terms(run_tiny: Run) -> None:
    told = json.loads(run_tiny("schema", "-f", "json").stdout)
    assert {"term", "iri", "kind", "label", "definition", "used", "uses", "questions"} == set(told[0])
    assert {term["kind"] for term in told} == {"class", "property"}


def test_a_class_is_told_property_by_property(tiny: stdgraph.Graph, run_tiny: Run) -> None:
    found = tiny.schema("Agreement")
    told = {row["property"]: row["used"] for row in found.brief()}
    query = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?o { %s } }"
    out = query % "?s a stdg:Agreement ; stdg:hasParty ?o"
    into = query % "?s stdg:basis ?o . ?o a stdg:Agreement"
    assert told["stdg:hasParty"] == tiny.query(out).rows[0]["n"]
    assert told["^stdg:basis"] == tiny.query(into).rows[0]["n"]
    assert "^stdg:basis" in run_tiny("schema", "Agreement").stdout
    assert "^stdg:basis" not in run_tiny("schema", "Agreement", "-f", "csv").stdout


def test_a_class_is_told_with_those_above_and_below(repository: stdgraph.Graph) -> None:
    head = repository.schema("Event").head()
    assert "Narrower: ChangeEvent, Conference, Meeting, Training" in head
    assert "Broader: Document" in repository.schema("Agreement").head()


def test_a_property_tells_the_codes_it_takes(repository: stdgraph.Graph) -> None:
    head = repository.schema("agreementType").head()
    assert any(line.split() == ["stdgc:agrtype-mou", "memorandum", "of", "understanding"] for line in head)
    assert repository.schema("hasParty").codes == ()


def test_a_code_that_is_asked_for_is_told(repository: stdgraph.Graph) -> None:
    with pytest.raises(UnknownNameError, match="stdgc:agrtype-letter-of-intent"):
        repository.schema("letter of intent")
