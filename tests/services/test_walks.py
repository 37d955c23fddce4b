"""`why`, `path`, `show` and `sources` on the tiny graph."""

from __future__ import annotations

import pytest

import stdgraph
from stdgraph.model.vocabulary import BASE


def test_why_lists_every_record_with_its_sources(tiny: stdgraph.Graph) -> None:
    rows = [(r["kind"], str(r["record"]), r["date"], [s.locator for s in r.sources]) for r in tiny.why("ASA", "BeSI")]
    assert ("is co-party with", "Memorandum on tea standards", "2017-06", ["1 / paragraph 2"]) in rows
    assert {kind for kind, *_ in rows} == {"is co-party with", "is twinned with", "assists"}
    assert all(sources for *_, sources in rows)


def test_why_two_countries_also_names_the_records_of_their_bodies(tiny: stdgraph.Graph) -> None:
    records = {str(r["record"]) for r in tiny.why("Aland", "Beland") if r["kind"] == "cooperates at country level with"}
    assert {"Memorandum on tea standards", "Memorandum on a commission"} <= records


def test_why_is_the_same_from_either_side(tiny: stdgraph.Graph) -> None:
    assert tiny.why("ASA", "BeSI") == tiny.why("BeSI", "ASA")


def test_why_as_of_a_day(tiny: stdgraph.Graph) -> None:
    assert {(r["kind"], r["certainty"]) for r in tiny.why("ASA", "BeSI", as_of="2018")} == {
        ("is co-party with", "certain")
    }


def test_path_gives_the_shortest_chain_with_its_reasons(tiny: stdgraph.Graph) -> None:
    rows = [(r["chain"], r["step"], str(r["from"]), str(r["to"])) for r in tiny.path("BeSI", "Celand Measures Office")]
    asa, office = "Aland Standards Administration", "Celand Measures Office"
    assert set(rows) == {(1, 1, "Beland Standards Institution", asa), (1, 2, asa, office)}


def test_path_of_a_thing_to_itself_or_to_a_stranger_is_empty(tiny: stdgraph.Graph) -> None:
    assert len(tiny.path("BeSI", "BeSI")) == 0
    assert len(tiny.path("BeSI", "Zedshire")) == 0


def test_show_tells_names_facts_records_and_partners(tiny: stdgraph.Graph) -> None:
    shown = tiny.show("BeSI").to_json()
    assert shown["label"] == "Beland Standards Institution"
    assert {"name": "BeSI", "kind": "acronym", "language": None, "period": None} in shown["names"]
    assert {"property": "ofCountry", "value": {"iri": BASE + "country/BB", "label": "Beland"}} in shown["facts"]
    records = {r["record"]["label"] for r in shown["records"]}
    assert "Memorandum on tea standards" in records
    assert all(r["sources"] for r in shown["records"])
    assert {p["kind"] for p in shown["partners"]} >= {"coPartyWith", "twinnedWith"}


@pytest.mark.parametrize("name", ["stdg:Standard", "stdg:CooperationLink", "stdg:hasParty", "stdgc:std-gb"])
def test_show_tells_of_terms_without_their_unnamed_parts(tiny: stdgraph.Graph, name: str) -> None:
    shown = tiny.show(name)
    assert shown.facts
    assert not [row for table in (shown.facts, shown.records) for row in table.rows if "_:" in str(row.cells)]


def test_show_dates_former_names(tiny: stdgraph.Graph) -> None:
    names = [n for n in tiny.show("BeSI").to_json()["names"] if n["period"]]
    assert [(n["name"], n["period"]) for n in names] == [("Beland Standards Office", " – 2010")]


def test_sources_lists_documents_and_statements(tiny: stdgraph.Graph) -> None:
    assert [str(r["source"]) for r in tiny.sources()] == ["Document A", "Document B"]
    ranks = {
        (r["value"], r["rank"])
        for r in tiny.sources("Aland-Beland commission")
        if str(r["property"]).startswith("start")
    }
    assert ranks == {("2015-11", None), ("2015-11", "preferred"), ("2016-04", "normal")}


@pytest.mark.parametrize("name", ["ASA", "Ann Ash", "WSO/TC 1", "Tea plan", "Green tea, vocabulary", "Aland"])
def test_every_statement_has_a_document(tiny: stdgraph.Graph, name: str) -> None:
    rows = list(tiny.sources(name))
    assert rows
    assert all(r["document"] and r.sources for r in rows)
