"""`why`, `path`, `show` and `sources` on the tiny graph."""

from __future__ import annotations

import pytest

import stdgraph
from stdgraph.errors import ParameterError
from stdgraph.model.results import Cell
from stdgraph.model.vocabulary import BASE


def test_why_lists_every_record_with_its_sources(tiny: stdgraph.Graph) -> None:
    rows = [(r["kind"], str(r["record"]), r["date"], [s.locator for s in r.sources]) for r in tiny.why("ASA", "BeSI")]
    assert (("is co-party with",), "Memorandum on tea standards", "2017-06", ["1 / paragraph 2"]) in rows
    assert {kind for kinds, *_ in rows for kind in kinds} == {"is co-party with", "is twinned with", "assists"}
    assert all(sources for *_, sources in rows)


def test_why_two_countries_also_names_the_records_of_their_bodies(tiny: stdgraph.Graph) -> None:
    records = [str(r["record"]) for r in tiny.why("Aland", "Beland")]
    assert {"Memorandum on tea standards", "Memorandum on a commission"} <= set(records)
    assert len(records) == len(set(records))
    own = {str(r["record"]) for r in tiny.why("Aland", "Beland", level="own")}
    assert "Memorandum on tea standards" not in own < set(records)


def test_why_says_which_bodies_a_record_ties(tiny: stdgraph.Graph) -> None:
    rows = {str(r["record"]): (texts(r["from"]), r["way"], texts(r["to"])) for r in tiny.why("Aland", "Beland")}
    assert rows["Memorandum on tea standards"] == (
        ["Aland Standards Administration"],
        "↔",
        ["Beland Standards Institution"],
    )
    assert rows["Memorandum on a commission"] == (["Aland"], "↔", ["Beland"])


def texts(cell: Cell) -> list[str]:
    return [str(one) for one in cell] if isinstance(cell, tuple) else [str(cell)]


@pytest.mark.parametrize("sides", [("Celand", "ASA"), ("ASA", "Celand")])
def test_why_prints_who_does_what_to_whom(tiny: stdgraph.Graph, sides: tuple[str, str]) -> None:
    rows = [r for r in tiny.why(*sides) if r["way"] == "→"]
    assert rows
    for row in rows:
        assert (texts(row["from"]), texts(row["to"])) == (["Celand"], ["Aland Standards Administration"])
        assert set(texts(row["kind"])) <= {"uses standards of", "adopts standards from"}


def test_between_a_country_and_its_body_the_body_is_not_the_country(tiny: stdgraph.Graph) -> None:
    assert {tuple(texts(r["to"])) for r in tiny.why("Aland", "ASA")} <= {("Aland Standards Administration",)}


def test_records_of_more_than_two_come_last_with_their_number(tiny: stdgraph.Graph) -> None:
    rows = list(tiny.why("ASA", "Celand Measures Office"))
    assert [(str(r["record"]), r["among"]) for r in rows] == [("Tea plan", 5)]
    assert len(tiny.why("ASA", "Celand Measures Office", bilateral=True)) == 0
    among = [r["among"] for r in tiny.why("Aland", "Celand")]
    assert among == sorted(among, key=lambda n: n is not None)
    assert set(among) == {None, 5, 12}
    assert {r["among"] for r in tiny.why("Aland", "Celand", bilateral=True)} == {None}


def test_a_level_that_does_not_exist_is_refused(tiny: stdgraph.Graph) -> None:
    with pytest.raises(ParameterError, match="'every' is none of own, all"):
        tiny.why("Aland", "Beland", level="every")
    with pytest.raises(ParameterError, match="'every' is none of own, all"):
        tiny.ask("who-cooperates-with", actor="Aland", level="every")


def test_why_is_the_same_from_either_side(tiny: stdgraph.Graph) -> None:
    assert tiny.why("ASA", "BeSI") == tiny.why("BeSI", "ASA")


def test_why_as_of_a_day(tiny: stdgraph.Graph) -> None:
    assert {(r["kind"], r["certainty"]) for r in tiny.why("ASA", "BeSI", as_of="2018")} == {
        (("is co-party with",), "certain")
    }


def test_path_gives_the_shortest_chain_with_its_reasons(tiny: stdgraph.Graph) -> None:
    rows = [(r["chain"], r["step"], str(r["from"]), str(r["to"])) for r in tiny.path("BeSI", "Celand Measures Office")]
    asa, office = "Aland Standards Administration", "Celand Measures Office"
    assert set(rows) == {(1, 1, "Beland Standards Institution", asa), (1, 2, asa, office)}


def test_path_does_not_walk_what_goes_one_way(tiny: stdgraph.Graph) -> None:
    assert len(tiny.path("ASA", "WSO")) == 0
    assert [(str(r["from"]), r["way"], str(r["to"])) for r in tiny.path("ASA", "WSO", kind="recognizes")] == [
        ("Aland Standards Administration", "→", "World Standards Organization")
    ]
    assert len(tiny.path("WSO", "ASA", kind="recognizes")) == 0


def test_path_takes_a_kind_by_its_label_and_refuses_what_is_no_tie(tiny: stdgraph.Graph) -> None:
    assert len(tiny.path("ASA", "BeSI", kind="is co-party with")) == 1
    with pytest.raises(ParameterError, match="is of another list, the properties; of the ties both ways"):
        tiny.path("ASA", "BeSI", kind="hasParty")


def test_path_between_two_alone(tiny: stdgraph.Graph) -> None:
    assert [r["among"] for r in tiny.path("ASA", "Celand Measures Office")] == [5]
    assert len(tiny.path("ASA", "Celand Measures Office", bilateral=True)) == 0


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
