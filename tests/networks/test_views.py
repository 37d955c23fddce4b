"""Each view says what its records say: directions, roles, dates, modes."""

from __future__ import annotations

import networkx as nx
import pytest

import stdgraph
from stdgraph.errors import ParameterError
from stdgraph.networks.choice import Choice
from stdgraph.networks.network import EDGES, NODES, network
from stdgraph.networks.ties import COLUMNS
from stdgraph.networks.views import DIRECTED, MUTUAL, PROJECTION, SAID, TWO_MODE, views
from stdgraph.storage.queries import text_of


@pytest.mark.parametrize("name", list(views()))
def test_a_view_says_what_it_is_in_both_languages(name: str) -> None:
    about = views()[name]
    assert about.mode in (MUTUAL, DIRECTED, TWO_MODE, PROJECTION)
    assert all(about.says(what, lang) for what in SAID for lang in ("en", "zh"))
    assert bool(about.left) == bool(about.right) == about.two_mode


@pytest.mark.parametrize("name", sorted({about.query for about in views().values()}))
def test_a_query_has_the_columns_of_ties_in_their_order(name: str, tiny: stdgraph.Graph) -> None:
    found = tiny.reads.query(text_of(name, "views"))
    assert [variable.value for variable in found.variables] == list(COLUMNS)


@pytest.mark.parametrize("name", list(views()))
def test_nodes_and_edges_bear_no_other_attributes(name: str, repository: stdgraph.Graph) -> None:
    found = network(repository.reads, name)
    assert len(found) > 10
    assert found.is_directed() == views()[name].directed
    assert {key for _, about in found.nodes(data=True) for key in about} <= set(NODES)
    assert {key for *_, edge in found.edges(data=True) for key in edge} <= {*EDGES, "bodies"}
    assert all(edge["weight"] > 0 for *_, edge in found.edges(data=True))
    assert name == "co-membership" or all(edge["sources"] and edge["records"] for *_, edge in found.edges(data=True))
    assert not list(nx.selfloop_edges(found))


@pytest.mark.parametrize("name", [name for name, about in views().items() if about.two_mode])
def test_an_edge_of_a_two_mode_view_joins_the_two_modes(name: str, repository: stdgraph.Graph) -> None:
    found, about = network(repository.reads, name), views()[name]
    sides = nx.get_node_attributes(found, "side")
    assert {(sides[a], sides[b]) for a, b in found.edges} == {(about.left, about.right)}


def test_recognition_goes_from_the_one_that_recognizes(repository: stdgraph.Graph) -> None:
    found = network(repository.reads, "one-way", Choice(kinds=["recognizes"]))
    assert found.has_edge("org/eu", "org/etsi")
    assert not found.has_edge("org/etsi", "org/eu")


def test_a_record_of_many_weighs_less(repository: stdgraph.Graph) -> None:
    newman = network(repository.reads)
    records = network(repository.reads, choice=Choice(weight="records"))
    for a, b, edge in newman.edges(data=True):
        assert edge["weight"] <= records[a][b]["weight"] + 1e-9
    many = [(a, b) for a, b, edge in newman.edges(data=True) if edge["parties"] > 2]
    assert many
    assert all(newman[a][b]["weight"] < records[a][b]["weight"] for a, b in many)


def test_an_agreement_ties_as_many_as_it_names(repository: stdgraph.Graph) -> None:
    found = network(repository.reads, "agreements")
    for a, b, edge in found.edges(data=True):
        agreement = b if found.nodes[b]["side"] == "agreement" else a
        assert edge["parties"] == max(found.degree(agreement), 2)
        assert edge["weight"] == pytest.approx(1 / (edge["parties"] - 1))
    assert max(edge["parties"] for *_, edge in found.edges(data=True)) == 13


def test_the_projection_counts_the_bodies_in_which_two_meet(repository: stdgraph.Graph) -> None:
    members = network(repository.reads, "membership")
    left = [n for n, side in nx.get_node_attributes(members, "side").items() if side == "member"]
    expected = nx.bipartite.weighted_projected_graph(members, left)
    found = network(repository.reads, "co-membership", Choice(weight="records"))
    assert {frozenset(e) for e in found.edges} == {frozenset(e) for e in expected.edges}
    assert all(found[a][b]["weight"] == w for a, b, w in expected.edges(data="weight"))
    newman = network(repository.reads, "co-membership")
    oracle = nx.bipartite.collaboration_weighted_projected_graph(members, left)
    assert all(newman[a][b]["weight"] == pytest.approx(oracle[a][b]["weight"]) for a, b in newman.edges)


def test_rolled_up_to_countries_no_edge_stays_within_one(repository: stdgraph.Graph) -> None:
    found = network(repository.reads, choice=Choice(level="country"))
    assert {about["level"] for _, about in found.nodes(data=True)} == {"country"}
    assert found.graph["left_out"]["within one country"] > 0
    assert found.has_edge("country/CN", "country/GB")


def test_domestic_and_international_ties_are_all_ties(repository: stdgraph.Graph) -> None:
    both = [set(network(repository.reads, choice=Choice(scope=scope)).edges) for scope in ("domestic", "international")]
    assert not both[0] & both[1]
    assert both[0] | both[1] == set(network(repository.reads).edges)


def test_a_time_leaves_out_what_has_no_date_and_says_so(repository: stdgraph.Graph) -> None:
    found = network(repository.reads, choice=Choice(since="2015", until="2016-06"))
    assert found.graph["left_out"]["without a date"] > 0
    assert all(e["first_year"] <= 2016 and e["last_year"] >= 2015 for *_, e in found.edges(data=True))
    more = network(repository.reads, choice=Choice(since="2015", until="2016-06", undated=True))
    assert set(found.edges) < set(more.edges)


@pytest.mark.parametrize(
    ("choice", "view", "said"),
    [
        ({"kinds": ["friends"]}, "cooperation", "no kind of tie"),
        ({"bilateral": True}, "membership", "cooperation, records"),
        ({"scope": "domestic"}, "events", "two actors"),
        ({"level": "town"}, "cooperation", "all, body, country"),
        ({"since": "soon"}, "cooperation", "EDTF"),
        ({"since": "2019", "until": "2018"}, "cooperation", "before"),
    ],
)
def test_what_does_not_fit_is_refused(choice: dict, view: str, said: str, tiny: stdgraph.Graph) -> None:
    with pytest.raises(ParameterError, match=said):
        network(tiny.reads, view, Choice(**choice))
