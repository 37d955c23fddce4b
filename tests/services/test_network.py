from __future__ import annotations

import csv
import io
import json

import networkx as nx
import pytest

import stdgraph
from stdgraph.errors import ParameterError
from stdgraph.services.network import FORMATS, METRICS, VIEWS, export, metrics, network


def read(form: str, data: bytes) -> nx.Graph:
    if form == "json":
        return nx.node_link_graph(json.loads(data), edges="edges")
    return {"graphml": nx.read_graphml, "gexf": nx.read_gexf, "gml": nx.read_gml}[form](io.BytesIO(data))


def test_an_edge_tells_weight_kinds_dates_and_sources(tiny: stdgraph.Graph) -> None:
    edge = network(tiny.reads)["org/aa-nsb"]["org/bb-nsb"]
    assert edge["weight"] == 2
    assert edge["kinds"] == "coPartyWith;twinnedWith"
    assert (edge["first"], edge["last"]) == ("2017-06", "2023-02~")
    assert edge["sources"] == "src:doc-a 1 / paragraph 2; src:doc-b page 3"


def test_a_node_has_labels_in_both_languages(tiny: stdgraph.Graph) -> None:
    assert network(tiny.reads).nodes["org/aa-nsb"] == {
        "label_en": "Aland Standards Administration",
        "label_zh": "甲国标准化管理委员会",
        "kind": "GovernmentBody",
        "country": "AA",
    }


def test_the_membership_view_has_two_sides(tiny: stdgraph.Graph) -> None:
    found = network(tiny.reads, "membership")
    assert found.nodes["committee/wso-tc-1"]["side"] == "body"
    assert found["org/aa-nsb"]["committee/wso-tc-1"]["kinds"] == "role-p-member"


@pytest.mark.parametrize("form", [f for f in FORMATS if f != "csv"])
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
        assert {k: again[a][b].get(k) for k in ("weight", "kinds", "first", "last")} == {
            k: edge.get(k) for k in ("weight", "kinds", "first", "last")
        }


def test_a_node_of_gexf_bears_its_label(tiny: stdgraph.Graph) -> None:
    found = network(tiny.reads)
    for lang, label in (("en", "Aland Standards Administration"), ("zh", "甲国标准化管理委员会")):
        assert read("gexf", export(found, "gexf", lang=lang)).nodes["org/aa-nsb"]["label"] == label
    assert "label" not in found.nodes["org/aa-nsb"]


def test_csv_is_the_list_of_edges(tiny: stdgraph.Graph) -> None:
    found = network(tiny.reads)
    rows = list(csv.DictReader(io.StringIO(export(found, "csv").decode())))
    assert [(r["source"], r["target"]) for r in rows] == list(found.edges)


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_input_gives_the_same_bytes(tiny: stdgraph.Graph, form: str) -> None:
    assert export(network(tiny.reads), form) == export(network(tiny.reads), form)
    assert b"20" + b"26-" not in export(network(tiny.reads), form)


def test_metrics_are_those_of_networkx(tiny: stdgraph.Graph) -> None:
    found = network(tiny.reads)
    rows = {r["node"].iri.removeprefix("https://w3id.org/stdgraph/id/"): r.cells for r in metrics(tiny.reads)}
    assert set(rows) == set(found)
    betweenness = nx.betweenness_centrality(found)
    for node, row in rows.items():
        assert row["degree"] == found.degree(node)
        assert row["betweenness"] == pytest.approx(betweenness[node])
    assert sum(r["pagerank"] for r in rows.values()) == pytest.approx(1)
    assert set(METRICS) <= set(next(iter(rows.values())))


def test_an_unknown_view_or_form_is_refused(tiny: stdgraph.Graph) -> None:
    with pytest.raises(ParameterError, match="cooperation, membership"):
        network(tiny.reads, "friends")
    with pytest.raises(ParameterError, match="graphml"):
        export(network(tiny.reads), "xlsx")


def test_only_records_of_two_actors(tiny: stdgraph.Graph) -> None:
    every, two = (network(tiny.reads, bilateral=given) for given in (False, True))
    assert every.has_edge("org/aa-nsb", "org/cc-office")  # by a plan that five issued
    assert not two.has_edge("org/aa-nsb", "org/cc-office")
    assert set(two.edges) < set(every.edges)
    with pytest.raises(ParameterError, match="goes with the view cooperation alone"):
        network(tiny.reads, "membership", bilateral=True)


def test_what_goes_one_way_is_no_edge_of_cooperation(tiny: stdgraph.Graph) -> None:
    kinds = {kind for *_, edge in network(tiny.reads).edges(data=True) for kind in edge["kinds"].split(";")}
    assert not kinds & {"assists", "recognizes", "usesStandardsOf", "adoptsStandardsFrom"}
