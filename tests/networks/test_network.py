from __future__ import annotations

import csv
import io
import json

import networkx as nx
import pytest

import stdgraph
from stdgraph.errors import ParameterError
from stdgraph.networks.choice import Choice
from stdgraph.networks.formats import FORMATS, export
from stdgraph.networks.formats.flat import flat
from stdgraph.networks.measures import metrics
from stdgraph.networks.network import network
from stdgraph.networks.views import views

VIEWS = list(views())


def read(form: str, data: bytes) -> nx.Graph:
    if form == "json":
        return nx.node_link_graph(json.loads(data), edges="edges")
    found = {"graphml": nx.read_graphml, "gexf": nx.read_gexf, "gml": nx.read_gml}[form](io.BytesIO(data))
    return nx.relabel_nodes(found, dict(found.nodes(data="name"))) if form == "graphml" else found


def test_an_edge_tells_weight_kinds_dates_and_sources(tiny: stdgraph.Graph) -> None:
    edge = network(tiny.reads)["org/aa-nsb"]["org/bb-nsb"]
    assert edge["weight"] == 2
    assert edge["kinds"] == ["coPartyWith", "twinnedWith"]
    assert edge["kind_weights"] == {"coPartyWith": 1, "twinnedWith": 1}
    assert (edge["first"], edge["last"], edge["first_year"], edge["last_year"]) == ("2017-06", "2023-02~", 2017, 2023)
    assert edge["sources"] == ["src:doc-a 1 / paragraph 2", "src:doc-b page 3"]
    assert edge["layers"] == ["documents"]


def test_a_node_has_labels_in_both_languages(tiny: stdgraph.Graph) -> None:
    assert network(tiny.reads).nodes["org/aa-nsb"] == {
        "iri": "https://w3id.org/stdgraph/id/org/aa-nsb",
        "level": "body",
        "label_en": "Aland Standards Administration",
        "label_zh": "甲国标准化管理委员会",
        "kind": "GovernmentBody",
        "country": "AA",
    }


def test_the_membership_view_has_two_sides(tiny: stdgraph.Graph) -> None:
    found = network(tiny.reads, "membership")
    assert found.nodes["committee/wso-tc-1"]["side"] == "body"
    assert found["org/aa-nsb"]["committee/wso-tc-1"]["kinds"] == ["p-member", "secretariat"]


@pytest.mark.parametrize("form", ["graphml", "gexf", "gml", "json"])
@pytest.mark.parametrize("view", VIEWS)
def test_what_is_written_reads_back_with_chinese_dates_and_gaps(tiny: stdgraph.Graph, view: str, form: str) -> None:
    found = network(tiny.reads, view)
    again = read(form, export(found, form))
    assert set(again.nodes) == set(found.nodes)
    assert {frozenset(e) for e in again.edges} == {frozenset(e) for e in found.edges}
    for node, about in found.nodes(data=True):
        name = "labelzh" if form == "gml" else "label_zh"
        assert again.nodes[node].get(name) == about.get("label_zh")
    for a, b, edge in found.edges(data=True):
        for key in ("weight", "kinds", "first", "last"):
            told = edge.get(key) if form == "json" else flat(edge.get(key))
            assert again[a][b].get(key) == (pytest.approx(told) if key == "weight" else told)


def test_a_node_of_gexf_bears_its_label(tiny: stdgraph.Graph) -> None:
    found = network(tiny.reads)
    for lang, label in (("en", "Aland Standards Administration"), ("zh", "甲国标准化管理委员会")):
        for form in ("gexf", "graphml"):
            assert read(form, export(found, form, lang=lang)).nodes["org/aa-nsb"]["label"] == label
    assert "label" not in found.nodes["org/aa-nsb"]


def test_csv_is_the_list_of_edges(tiny: stdgraph.Graph) -> None:
    found = network(tiny.reads)
    rows = list(csv.DictReader(io.StringIO(export(found, "csv").decode())))
    assert [(r["source"], r["target"]) for r in rows] == list(found.edges)


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_input_gives_the_same_bytes(tiny: stdgraph.Graph, form: str) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow", reason="Parquet is an extra")
    assert export(network(tiny.reads), form) == export(network(tiny.reads), form)
    assert b"20" + b"26-" not in export(network(tiny.reads), form)


def test_metrics_are_those_of_networkx(tiny: stdgraph.Graph) -> None:
    found = network(tiny.reads)
    rows = {r["node"].iri.removeprefix("https://w3id.org/stdgraph/id/"): r.cells for r in metrics(tiny.reads, found)}
    assert set(rows) == set(found)
    betweenness = nx.betweenness_centrality(found)
    for node, row in rows.items():
        assert row["degree"] == found.degree(node)
        assert row["betweenness"] == pytest.approx(betweenness[node])
    assert sum(r["pagerank"] for r in rows.values()) == pytest.approx(1)


def test_an_unknown_view_or_form_is_refused(tiny: stdgraph.Graph) -> None:
    with pytest.raises(ParameterError, match="cooperation, one-way, membership"):
        network(tiny.reads, "friends")
    with pytest.raises(ParameterError, match="graphml"):
        export(network(tiny.reads), "xlsx")


def test_only_records_of_two_actors(tiny: stdgraph.Graph) -> None:
    every, two = (network(tiny.reads, choice=Choice(bilateral=given)) for given in (False, True))
    assert every.has_edge("org/aa-nsb", "org/cc-office")  # by a plan that five issued
    assert not two.has_edge("org/aa-nsb", "org/cc-office")
    assert set(two.edges) < set(every.edges)
    with pytest.raises(ParameterError, match="goes with the views cooperation, records alone"):
        network(tiny.reads, "membership", Choice(bilateral=True))


def test_what_goes_one_way_is_no_edge_of_cooperation(tiny: stdgraph.Graph) -> None:
    kinds = {kind for *_, edge in network(tiny.reads).edges(data=True) for kind in edge["kinds"]}
    assert not kinds & {"assists", "recognizes", "usesStandardsOf", "adoptsStandardsFrom"}
