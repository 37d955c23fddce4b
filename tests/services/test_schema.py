"""Classes and properties as the tiny graph uses them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import Result

import stdgraph
from conftest import TINY
from stdgraph.errors import UnknownNameError
from stdgraph.model.vocabulary import STDG, VOID, short
from stdgraph.services import schema
from stdgraph.services.schema.book import book
from stdgraph.services.schema.held import held
from stdgraph.storage.store import Store

Run = Callable[..., Result]


def test_counts_are_those_that_sparql_gives(tiny: stdgraph.Graph) -> None:
    known = tiny.schema().known
    assert known[STDG + "Country"].used == 3
    for name in ("date", "hasParty", "countryCode"):
        query = f"SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT ?s ?o {{ ?s stdg:{name} ?o }} }}"
        assert known[STDG + name].used == tiny.query(query).rows[0]["n"], name


def test_counts_are_kept_with_the_compiled_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STDGRAPH_CACHE", str(tmp_path))
    first = stdgraph.open(data=[TINY])
    whole = [schema.schema(first.reads, lang=lang) for lang in ("en", "zh")]
    in_memory = Store(first.reads.store, first.reads.names)  # of which nothing is kept
    monkeypatch.setattr(schema, "_rows", lambda *_: pytest.fail("counted again"))
    again = stdgraph.open(data=[TINY])
    for lang, found in zip(("en", "zh"), whole, strict=True):
        kept = schema.schema(again.reads, lang=lang)
        assert (kept, list(kept.known)) == (found, list(found.known))
    monkeypatch.undo()
    assert schema.schema(in_memory) == whole[0]


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


def uses(told: dict[str, Any], numbers: list[int]) -> list[tuple[Any, ...]]:
    """Return rows of the explorer's book as texts."""
    return [(*(told["texts"][at] for at in row[:5]), row[5]) for row in (told["rows"][number] for number in numbers)]


def test_the_book_tells_of_each_term_what_is_told_of_it_alone(tiny: stdgraph.Graph) -> None:
    told = book(tiny.reads)
    terms = {one["term"]: one for one in told["terms"] if one["used"]}
    assert list(terms) == [short(known.iri) for known in tiny.schema()]
    for name, one in [*terms.items()][::20]:
        alone = tiny.schema(name)
        wanted = [
            (*map(short, (use.domain, use.property, use.range, use.example[0], use.example[1].value)), use.statements)
            for use in alone.known[alone.term].uses
        ]
        assert uses(told, one.get("own", one["uses"])) == wanted, name
        sides = {
            (prop, way): n for prop, *both in one.get("sides", ()) for way, n in zip((True, False), both, strict=True)
        }
        assert sides == {(short(prop), way): n for (prop, way), n in alone.sides.items() if one["kind"] == "class"}
        assert one.get("codes", []) == [short(code.iri) for code in alone.codes]


def test_the_book_has_terms_of_ours_that_nobody_uses_yet(tiny: stdgraph.Graph) -> None:
    unused = [one for one in book(tiny.reads)["terms"] if not one["used"]]
    assert all(one["term"].startswith("stdg:") and one["uses"] == [] for one in unused)
    assert "stdg:Company" in {one["term"] for one in unused}


def test_each_shape_holds_something() -> None:
    shapes = {shape.name for found in held().values() for shape in found}
    assert {"stdgs:Agreement-agreementType", "stdgs:Agreement-parties", "stdgs:General-evidenceMissing"} <= shapes
    assert all(shape.english and shape.chinese for found in held().values() for shape in found)
