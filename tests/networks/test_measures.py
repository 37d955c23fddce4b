"""Every measure is what networkx says, on networks of every shape."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import stdgraph
from stdgraph.errors import ParameterError
from stdgraph.networks.measures import (
    MEASURES,
    centrality,
    communities_table,
    definitions_table,
    metrics,
    sampled,
    tables,
    two_mode,
    whole_table,
)
from stdgraph.networks.measures.communities import adjusted_rand, communities
from stdgraph.networks.measures.definitions import fitting
from stdgraph.networks.measures.whole import WHOLE, whole
from stdgraph.networks.network import network

NEAR = {"rel": 1e-9, "abs": 1e-12}


def graphs(kind: type[nx.Graph] = nx.Graph, most: int = 9) -> st.SearchStrategy[nx.Graph]:
    """Networks of few nodes: empty, one node, in parts, whole; edges with weights."""
    node = st.integers(0, most - 1)
    edges = st.lists(st.tuples(node, node, st.sampled_from([0.5, 1, 1.5, 3])), max_size=24)
    return st.builds(lambda n, found: _made(kind, n, found), st.integers(0, most), edges)


def _made(kind: type[nx.Graph], number: int, edges: list[tuple[int, int, float]]) -> nx.Graph:
    found = kind()
    found.add_nodes_from(f"n{i}" for i in range(number))
    found.add_weighted_edges_from((f"n{a}", f"n{b}", w) for a, b, w in edges if a != b and max(a, b) < number)
    return found


def two_modes(most: int = 6) -> st.SearchStrategy[nx.Graph]:
    side = st.integers(0, most - 1)
    return st.builds(_two, st.integers(0, most), st.integers(0, most), st.lists(st.tuples(side, side), max_size=20))


def _two(lefts: int, rights: int, edges: list[tuple[int, int]]) -> nx.Graph:
    found = nx.Graph(mode="two-mode")
    found.add_nodes_from((f"a{i}" for i in range(lefts)), side="member")
    found.add_nodes_from((f"b{i}" for i in range(rights)), side="body")
    found.add_edges_from(((f"a{a}", f"b{b}") for a, b in edges if a < lefts and b < rights), weight=1)
    return found


def same(ours: dict[Any, Any], theirs: dict[Any, Any]) -> None:
    assert {n: v or 0 for n, v in ours.items()} == pytest.approx({n: v or 0 for n, v in theirs.items()}, **NEAR)


def without_nan(values: dict[Any, float]) -> dict[Any, float | None]:
    return {n: None if v != v else v for n, v in values.items()}


@given(graphs() | graphs(nx.DiGraph))
def test_what_counts_steps_is_that_of_networkx(found: nx.Graph) -> None:
    same(centrality.betweenness(found), nx.betweenness_centrality(found))
    near, mean = centrality.closeness(found)
    same(near, nx.closeness_centrality(found))
    harmonic = nx.harmonic_centrality(found)
    same(mean, {n: v / max(len(found) - 1, 1) for n, v in harmonic.items()})
    same(centrality.core(found), nx.core_number(found))


@given(graphs() | graphs(nx.DiGraph))
def test_loops_and_parallel_edges_change_no_measure_of_simple_networks(found: nx.Graph) -> None:
    odd = nx.MultiDiGraph(found) if found.is_directed() else nx.MultiGraph(found)
    odd.add_edges_from([(a, b, {"weight": 1}) for a, b in list(found.edges)[::2]])
    odd.add_edges_from((node, node, {"weight": 1}) for node in list(found)[:2])
    for name in (
        "betweenness",
        "closeness",
        "harmonic",
        "core",
        "clustering",
        "effective_size",
        "cut_point",
        "component",
    ):
        same(MEASURES[name].of(odd), MEASURES[name].of(found))
    same(sampled.betweenness(odd)[0], sampled.betweenness(found)[0])
    for name in ("density", "degree centralization", "clustering"):
        assert whole(odd)[name] == whole(found)[name]


@given(graphs() | graphs(nx.DiGraph))
def test_betweenness_from_all_nodes_is_betweenness(found: nx.Graph) -> None:
    values, errors = sampled.betweenness(found)
    same(values, nx.betweenness_centrality(found))
    assert set(errors.values()) <= {0}


def test_the_error_of_an_estimate_is_about_how_far_it_is_off() -> None:
    found = nx.barabasi_albert_graph(400, 2, seed=1)
    values, errors = sampled.betweenness(found, 100)
    exact = nx.betweenness_centrality(found)
    most = sorted(found, key=exact.__getitem__)[-20:]  # of the others few pivots say anything, and the error too little
    assert sum(abs(values[n] - exact[n]) < 2 * errors[n] for n in most) >= 16
    assert sampled.betweenness(found, 100) == (values, errors)


def test_betweenness_of_a_large_network_is_estimated(tiny: stdgraph.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "LARGE", 3)
    found = network(tiny.reads)
    table = metrics(tiny.reads, found)
    assert {"betweenness", "betweenness_error"} < set(table.columns)
    assert not {"closeness", "harmonic"} & set(table.columns)
    assert metrics(tiny.reads, found, measures=["betweenness_error"]).columns[3:] == ("betweenness_error",)
    assert "betweenness" not in metrics(tiny.reads, found, weighted=True).columns


@given(graphs() | graphs(nx.DiGraph))
def test_what_weighs_is_that_of_networkx(found: nx.Graph) -> None:
    if len(found):
        same(centrality.pagerank(found), nx.pagerank(found, tol=1e-15, max_iter=5000))
    lengths = found.copy()
    for _, _, edge in lengths.edges(data=True):
        edge["length"] = 1 / edge["weight"]
    same(centrality.closeness(found, weighted=True)[0], nx.closeness_centrality(lengths, distance="length"))
    same(centrality.weighted_betweenness(found), nx.betweenness_centrality(lengths, weight="length"))
    if len(found):
        same(centrality.constraint(found), without_nan(nx.constraint(found, weight="weight")))


@given(graphs())
def test_what_looks_at_neighbours_is_that_of_networkx(found: nx.Graph) -> None:
    same(centrality.clustering(found), nx.clustering(found))
    if len(found):
        same(centrality.effective_size(found), without_nan(nx.effective_size(found)))
    assert {n for n, cut in centrality.cut_points(found).items() if cut} == set(nx.articulation_points(found))


@given(graphs())
def test_measures_are_those_of_igraph(found: nx.Graph) -> None:
    """A second oracle, which shares no code with networkx; where igraph has nan, it has no value."""
    igraph = pytest.importorskip("igraph", reason="python-igraph compares the measures")
    other = igraph.Graph.from_networkx(found)
    nodes, n = list(found), len(found)
    weights = other.es["weight"] if other.ecount() else None

    def alike(name: str, theirs: list[float]) -> None:
        same(MEASURES[name].of(found), without_nan(dict(zip(nodes, theirs, strict=True))))

    alike("betweenness", [v * 2 / max((n - 1) * (n - 2), 1) for v in other.betweenness()])
    alike("harmonic", other.harmonic_centrality())
    reached = [len(other.subcomponent(v)) - 1 for v in range(n)]
    near = without_nan(dict(enumerate(other.closeness())))
    alike("closeness", [(near[v] or 0) * r / max(n - 1, 1) for v, r in enumerate(reached)])
    alike("clustering", other.transitivity_local_undirected(mode="zero"))
    alike("core", other.coreness())
    alike("strength", other.strength(weights=weights))
    if n:
        alike("pagerank", other.pagerank(weights=weights))
        alike("constraint", other.constraint(weights=weights))
    assert {at for at, node in enumerate(nodes) if centrality.cut_points(found)[node]} == set(
        other.articulation_points()
    )
    groups = communities(found)
    if other.ecount():
        assert groups.modularity == pytest.approx(other.modularity([groups.of[v] for v in nodes], weights=weights))
    told = whole(found)
    assert told["components"] == len(other.connected_components())
    if n > 2:
        assert told["clustering"] == pytest.approx(other.transitivity_undirected(mode="zero"))


@given(graphs(nx.DiGraph))
def test_measures_of_directed_networks_are_those_of_igraph(found: nx.DiGraph) -> None:
    igraph = pytest.importorskip("igraph", reason="python-igraph compares the measures")
    other = igraph.Graph.from_networkx(found)
    nodes, n, pairs = list(found), len(found), max((len(found) - 1) * (len(found) - 2), 1)
    weights = other.es["weight"] if other.ecount() else None

    def alike(ours: dict[Any, Any], theirs: list[float]) -> None:
        same(ours, without_nan(dict(zip(nodes, theirs, strict=True))))

    alike(MEASURES["betweenness"].of(found), [v / pairs for v in other.betweenness()])
    alike(MEASURES["harmonic"].of(found), other.harmonic_centrality(mode="in"))
    reached = [len(other.subcomponent(v, mode="in")) - 1 for v in range(n)]
    near = without_nan(dict(enumerate(other.closeness(mode="in"))))
    alike(MEASURES["closeness"].of(found), [(near[v] or 0) * r / max(n - 1, 1) for v, r in enumerate(reached)])
    alike(MEASURES["core"].of(found), other.coreness(mode="all"))
    for name, mode in (("in_strength", "in"), ("out_strength", "out"), ("strength", "all")):
        alike(MEASURES[name].of(found), other.strength(weights=weights, mode=mode))
    if n:
        alike(MEASURES["pagerank"].of(found), other.pagerank(weights=weights))
    assert whole(found)["components"] == len(other.connected_components(mode="weak"))


@given(graphs())
def test_the_eigenvector_is_that_of_each_component(found: nx.Graph) -> None:
    values = centrality.eigenvector(found)
    for nodes in nx.connected_components(found):
        part = found.subgraph(nodes)
        if len(part) == 1:
            continue
        vector = [values[n] for n in part]
        matrix = nx.to_numpy_array(part)
        top = max(abs(matrix @ vector))
        assert sum(v * v for v in vector) == pytest.approx(1)
        assert matrix @ vector == pytest.approx([v * (top / max(vector)) for v in vector], abs=1e-8)


@given(two_modes())
def test_measures_of_two_modes_are_those_of_networkx(found: nx.Graph) -> None:
    left = [n for n, side in found.nodes(data="side") if side == "member"]
    if 0 < len(left) < len(found):  # networkx divides by nought where a mode has no node, or one
        same(two_mode.degree_share(found), nx.bipartite.degree_centrality(found, left))
    if 1 < len(left) < len(found) - 1:
        same(two_mode.betweenness(found), nx.bipartite.betweenness_centrality(found, left))
    same(two_mode.closeness(found), nx.bipartite.closeness_centrality(found, left))


@given(graphs() | graphs(nx.DiGraph) | two_modes())
def test_every_network_has_every_measure_that_fits(found: nx.Graph) -> None:
    for measure in MEASURES.values():
        if fitting(found) in measure.fits:
            values = measure.of(found)
            assert list(values) == list(found)
            assert all(v is None or v == v for v in values.values())
    assert whole(found, communities(found)).keys() == WHOLE.keys()


@given(graphs(), st.randoms())
def test_communities_do_not_depend_on_the_order_in_which_nodes_came(found: nx.Graph, random: Any) -> None:
    nodes, edges = list(found), list(found.edges(data=True))
    random.shuffle(nodes)
    random.shuffle(edges)
    again = nx.Graph()
    again.add_nodes_from(nodes)
    again.add_edges_from(edges)
    one, other = communities(found), communities(again)
    assert one == other
    parts: dict[int, set[Any]] = {}
    for node, number in one.of.items():
        parts.setdefault(number, set()).add(node)
    if found.number_of_edges():
        assert one.modularity == pytest.approx(nx.community.modularity(found, parts.values()))


def test_a_node_without_an_edge_is_a_community_whatever_its_name() -> None:
    found = nx.Graph([(7, 8, {"weight": 1}), (8, 9, {"weight": 1})])
    found.add_nodes_from([0, 1])
    assert communities(found).of == {7: 1, 8: 1, 9: 1, 0: 2, 1: 3}


def test_divisions_that_agree_have_an_index_of_one_and_chance_has_none() -> None:
    same_parts = {str(i): i % 3 for i in range(30)}
    assert adjusted_rand(same_parts, {n: -p for n, p in same_parts.items()}) == 1
    assert abs(adjusted_rand(same_parts, {str(i): i % 7 // 3 for i in range(30)})) < 0.2


def test_tables_are_of_the_network(tiny: stdgraph.Graph) -> None:
    found = network(tiny.reads)
    table = metrics(tiny.reads, found)
    assert len(table) == len(found)
    assert "side" not in table.columns
    chosen = metrics(tiny.reads, found, measures=["degree", "constraint"])
    assert chosen.columns[3:] == ("degree", "constraint")
    with pytest.raises(ParameterError, match="no measure of this network"):
        metrics(tiny.reads, found, measures=["in_degree"])
    groups, said = communities_table(tiny.reads, found)
    assert sum(row["size"] for row in groups) == len(found)
    assert said["over_seeds"] <= 1
    assert {row["metric"] for row in whole_table(found)} <= WHOLE.keys()
    defined = [row["metric"] for row in definitions_table()]
    assert [name for name in defined if name != "betweenness_error"] == [*MEASURES, "community"]
