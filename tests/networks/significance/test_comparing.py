"""Views compared: coefficients are those of least squares, p-values those of all permutations, networks of chance keep what is given."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stdgraph
from stdgraph.errors import ParameterError
from stdgraph.networks.measures.whole import whole
from stdgraph.networks.network import Network
from stdgraph.networks.significance import Layer, aligned, cug, mrqap, qap
from stdgraph.networks.significance.cug import _dyads, _random
from stdgraph.networks.significance.tables import inflated


def drawn(number: int, seed: int, *, directed: bool = False, share: float = 0.5) -> Network:
    random = np.random.default_rng(seed)
    found: Network = nx.DiGraph(mode="directed") if directed else nx.Graph(mode="mutual")
    for i in range(number):
        found.add_node(f"n{i}", country="ABC"[i % 3], kind="XY"[i % 2])
    for i in range(number):
        for j in range(number):
            if (i < j or (directed and i != j)) and random.random() < share:
                found.add_edge(f"n{i}", f"n{j}", weight=int(random.integers(1, 5)))
    return found


def together(*networks: Network, **asked: Any) -> Any:
    return aligned([Layer(f"net {at}", one) for at, one in enumerate(networks)], **asked)


def vectors(found: Any) -> list[Any]:
    places = ~np.eye(len(found.actors), dtype=bool) if found.directed else np.triu(np.ones((len(found.actors),) * 2), 1)
    return [matrix[np.nonzero(places)] for matrix in found.matrices]


@pytest.mark.parametrize("directed", [False, True])
def test_correlation_and_index_are_those_of_the_vectors(directed: bool) -> None:
    found = together(drawn(9, 1, directed=directed), drawn(9, 2, directed=directed))
    one, other = vectors(found)
    alike = qap(found, trials=10)[0]
    assert alike.correlation == pytest.approx(np.corrcoef(one, other)[0, 1])
    assert alike.jaccard == ((one > 0) & (other > 0)).sum() / ((one > 0) | (other > 0)).sum()


@pytest.mark.parametrize("directed", [False, True])
def test_p_of_qap_is_that_of_all_permutations(directed: bool) -> None:
    found = together(drawn(6, 3, directed=directed), drawn(6, 4, directed=directed))
    places = np.nonzero(~np.eye(6, dtype=bool))
    one, other = found.matrices
    seen = np.corrcoef(one[places], other[places])[0, 1]
    every = [np.corrcoef(one[np.ix_(p, p)][places], other[places])[0, 1] for p in map(list, permutations(range(6)))]
    alike = qap(found, trials=4000, seed=5)[0]
    assert alike.p_greater == pytest.approx(np.mean(np.array(every) >= seen - 1e-9), abs=0.03)
    assert alike.p_less == pytest.approx(np.mean(np.array(every) <= seen + 1e-9), abs=0.03)


def test_a_network_is_wholly_like_itself() -> None:
    found = drawn(8, 6)
    alike = qap(together(found, found), trials=200)[0]
    assert alike.correlation == pytest.approx(1)
    assert alike.jaccard == 1
    assert alike.p_greater is not None
    assert alike.p_greater < 0.05
    assert alike.p_less == 1


def test_what_never_varies_has_no_correlation() -> None:
    empty = nx.empty_graph(["n0", "n1", "n2", "n3"], create_using=nx.Graph)
    alike = qap(together(empty, drawn(4, 1)))[0]
    assert (alike.correlation, alike.jaccard, alike.p_greater) == (None, 0, None)
    assert qap(together(empty, empty))[0].jaccard is None


@pytest.mark.parametrize("directed", [False, True])
def test_coefficients_are_those_of_least_squares(directed: bool) -> None:
    found = together(*(drawn(12, seed, directed=directed) for seed in (1, 2, 3)))
    y, x, z = vectors(found)
    design = np.column_stack([np.ones(len(y)), x, z])
    told, rest = np.linalg.lstsq(design, y, rcond=None)[:2]
    spread = np.sqrt(np.diag(np.linalg.inv(design.T @ design)) * rest[0] / (len(y) - 3))
    fitted = mrqap(found, trials=10)
    assert [term.coefficient for term in fitted.terms] == pytest.approx(told.tolist())
    assert [term.t for term in fitted.terms[1:]] == pytest.approx((told / spread)[1:].tolist())
    assert fitted.terms[1].standardized == pytest.approx(told[1] * x.std() / y.std())
    assert fitted.r_squared == pytest.approx(1 - rest[0] / ((y - y.mean()) ** 2).sum())
    assert fitted.pairs == len(y)


def test_terms_that_say_the_same_are_told() -> None:
    one, other = drawn(12, 1), drawn(12, 2)
    found = together(drawn(12, 3), one, other)
    _, x, z = vectors(found)
    fitted = mrqap(found, trials=10)
    told = 1 / (1 - np.corrcoef(x, z)[0, 1] ** 2)
    assert [term.inflation for term in fitted.terms] == [None, pytest.approx(told), pytest.approx(told)]
    assert inflated(fitted) is None
    near = one.copy()
    near.remove_edge(*next(iter(one.edges)))
    warning = inflated(mrqap(together(drawn(12, 3), one, near), trials=10))
    assert warning is not None
    assert "net 2" in str(warning)


def test_coefficients_are_those_of_the_package_statsmodels() -> None:
    """Statsmodels 0.15.0 (BSD), OLS on the same vectors."""
    fitted = mrqap(together(*(drawn(12, seed) for seed in (1, 2, 3))), trials=10)
    assert [term.coefficient for term in fitted.terms] == pytest.approx(
        [1.0247326254338998, 0.14583636110520354, 0.027230824068987896]
    )
    assert [term.t for term in fitted.terms[1:]] == pytest.approx([1.0673271534612652, 0.2133956682042943])


@pytest.mark.parametrize("directed", [False, True])
def test_p_of_mrqap_is_that_of_all_permutations_of_the_residuals(directed: bool) -> None:
    found = together(*(drawn(6, seed, directed=directed) for seed in (11, 12, 13)))
    places = np.nonzero(~np.eye(6, dtype=bool))
    y, x, z = (matrix[places] for matrix in found.matrices)
    others = np.column_stack([np.ones(len(y)), z])
    own = np.zeros((6, 6))
    own[places] = x - others @ np.linalg.lstsq(others, x, rcond=None)[0]

    def t(values: Any) -> float:
        design = np.column_stack([values, others])
        told, rest = np.linalg.lstsq(design, y, rcond=None)[:2]
        return float(abs(told[0]) / np.sqrt(np.linalg.inv(design.T @ design)[0, 0] * rest[0]))

    every = np.array([t(own[np.ix_(p, p)][places]) for p in map(list, permutations(range(6)))])
    exact = np.mean(every >= t(own[places]) - 1e-9)
    assert mrqap(found, trials=4000, seed=2).terms[1].p == pytest.approx(exact, abs=0.03)


def test_size_is_the_product_of_what_both_have_and_degree_that_of_their_ties() -> None:
    y, x = drawn(8, 1), drawn(8, 2)
    sizes = {f"n{i}": i + 1 for i in range(8)}
    found = aligned([Layer("y", y), Layer("x", x, sizes)])
    names = [term.name for term in mrqap(found, control=["degree", "size"], trials=10).terms]
    assert names == ["(intercept)", "x", "degree", "size of x"]
    degrees = np.array([y.degree(n) for n in found.actors], float)
    product = np.array([sizes[n] for n in found.actors], float)
    y_values, x_values = vectors(found)
    rows, columns = np.triu_indices(8, 1)
    design = np.column_stack(
        [np.ones(28), x_values, np.outer(degrees, degrees)[rows, columns], np.outer(product, product)[rows, columns]]
    )
    told = np.linalg.lstsq(design, y_values, rcond=None)[0]
    fitted = mrqap(found, control=["degree", "size"], trials=10)
    assert [term.coefficient for term in fitted.terms] == pytest.approx(told.tolist())


def test_two_views_of_one_name_are_two_terms() -> None:
    y, x, z = drawn(8, 1), drawn(8, 2), drawn(8, 3)
    sizes = {f"n{i}": i + 1 for i in range(8)}
    alike, apart = (
        mrqap(aligned([Layer("y", y), Layer(one, x, sizes), Layer(other, z)]), trials=10)
        for one, other in (("net", "net"), ("x", "z"))
    )
    assert [term.name for term in alike.terms] == ["(intercept)", "net", "net"]
    assert [term.t for term in alike.terms] == [term.t for term in apart.terms]


def test_a_projection_in_which_nobody_meets_has_sizes() -> None:
    nobody = Layer("nobody", nx.empty_graph(0, create_using=nx.Graph), {})
    found = aligned([Layer("y", drawn(5, 1)), nobody], actors="any")
    with pytest.raises(ParameterError, match="nobody is the same for all pairs"):
        mrqap(found, control=["size"])


def test_nothing_is_drawn_by_no_trials() -> None:
    for asked in (lambda: qap(together(drawn(5, 1), drawn(5, 2)), trials=0), lambda: cug(drawn(5, 1), trials=-3)):
        with pytest.raises(ParameterError, match="at least 1"):
            asked()


def test_chance_finds_nothing_and_a_real_likeness_is_found() -> None:
    one = drawn(20, 21)
    noisy = one.copy()
    noisy.remove_edges_from(list(one.edges)[::6])
    random = [mrqap(together(drawn(10, s), drawn(10, s + 500)), trials=99, seed=s).terms[1].p for s in range(40)]
    assert sum(p is not None and p <= 0.1 for p in random) <= 10
    fitted = mrqap(together(one, noisy, drawn(20, 22)), trials=199)
    assert fitted.terms[1].p == pytest.approx(1 / 200)


@pytest.mark.parametrize(
    ("networks", "asked", "told"),
    [
        ((drawn(5, 1), drawn(5, 1), drawn(5, 1)), {}, "says nothing that the others do not"),
        ((drawn(5, 1), drawn(5, 1)), {}, "says nothing that the others do not"),
        ((drawn(5, 1), drawn(5, 2)), {"trials": 0}, "at least 1"),
        ((drawn(5, 1), nx.complete_graph([f"n{i}" for i in range(5)])), {}, "is the same for all pairs"),
        ((nx.complete_graph([f"n{i}" for i in range(5)]), drawn(5, 1)), {}, "is the same for all pairs"),
        ((drawn(3, 1, share=0.8), drawn(3, 2), drawn(3, 4)), {}, "too few"),
        ((drawn(5, 1), drawn(5, 2)), {"control": ["size"]}, "size needs a view of members"),
        ((drawn(5, 1), drawn(5, 2)), {"control": ["wealth"]}, "none of degree, size"),
        ((drawn(5, 1),), {}, "too few"),
    ],
)
def test_regressions_that_cannot_be_are_refused(networks: Any, asked: Any, told: str) -> None:
    with pytest.raises(ParameterError, match=told):
        mrqap(together(*networks), **asked)


def test_actors_are_those_of_every_view_or_of_any() -> None:
    one, other = drawn(6, 1), drawn(8, 2)
    assert together(one, other).actors == tuple(f"n{i}" for i in range(6))
    assert together(one, other).left_out == {"net 0": 0, "net 1": 2}
    assert len(together(one, other, actors="any").actors) == 8
    with pytest.raises(ParameterError, match="at least three"):
        together(drawn(2, 1), other)
    with pytest.raises(ParameterError, match="none of every, any"):
        together(one, other, actors="some")


def test_loops_do_not_count_and_parallel_edges_add_up() -> None:
    plain = drawn(6, 1)
    odd: Network = nx.MultiGraph(plain)
    odd.add_edge("n0", "n0", weight=9)
    assert (together(odd, plain).matrices[0] == together(plain, plain).matrices[0]).all()
    odd.add_edge("n0", "n1", weight=3)
    assert together(odd, plain).matrices[0][0, 1] == plain.get_edge_data("n0", "n1", {"weight": 0})["weight"] + 3


@given(st.integers(3, 9), st.integers(0, 50), st.booleans(), st.sampled_from(["edges", "dyads"]))
@settings(max_examples=60, deadline=None)
def test_networks_of_chance_keep_what_is_given(number: int, seed: int, directed: bool, kept: str) -> None:
    found = drawn(number, seed, directed=directed)
    matrix = nx.to_numpy_array(found, weight=None)  # type: ignore[call-overload]
    arcs: Any = np.nonzero(matrix)
    for a, b in _random(arcs, number, (kept, directed), 3, seed):
        assert len(a) == len(arcs[0]) == len(set(zip(a.tolist(), b.tolist(), strict=True)))
        assert (a != b).all()
        if kept == "dyads" or not directed:
            assert _dyads((a, b), number) == _dyads(arcs, number)


@pytest.mark.parametrize("directed", [False, True])
def test_statistics_are_those_of_the_whole(directed: bool) -> None:
    found = drawn(12, 5, directed=directed, share=0.3)
    told = {chance.statistic: chance.observed for chance in cug(found, trials=5)}
    measured = whole(found)
    for name in ("E-I index by country", "assortativity by country", "assortativity by kind"):
        assert told[name] == pytest.approx(measured[name])
    if not directed:
        assert told["transitivity"] == pytest.approx(nx.transitivity(found))
    else:
        paths = [(a, b, c) for a, b in found.edges for _, c in found.edges(b) if a != c]
        closed = sum(found.has_edge(a, c) for a, _, c in paths)
        assert told["transitivity"] == pytest.approx(closed / len(paths))


def test_a_closed_network_is_more_closed_than_chance() -> None:
    found = nx.relabel_nodes(nx.disjoint_union_all([nx.complete_graph(5)] * 4), str)
    chance = cug(found, trials=200)
    assert [(c.statistic, c.observed) for c in chance] == [("transitivity", 1.0)]
    assert chance[0].p_greater == pytest.approx(1 / 201)
    assert chance[0].p_less == 1
    assert cug(found, trials=200) == chance
    assert cug(found, given="size", trials=50)[0].mean == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize("nodes", [3, 6])
def test_a_network_without_ties_has_nothing_to_compare(nodes: int) -> None:
    assert cug(nx.empty_graph(nodes)) == []


@pytest.mark.parametrize(
    ("network", "given_", "told"),
    [
        (nx.path_graph(2), "edges", "from 3 to"),
        (nx.path_graph(4), "weather", "none of edges, size, dyads"),
        (nx.Graph(mode="two-mode"), "edges", "of one mode"),
        (nx.path_graph(501), "size", "from 3 to 500"),
    ],
)
def test_networks_that_have_no_random_ones_are_refused(network: Network, given_: str, told: str) -> None:
    with pytest.raises(ParameterError, match=told):
        cug(network, given=given_)


def test_views_are_compared_by_their_names(tiny: stdgraph.Graph) -> None:
    alike = tiny.qap("cooperation", "records", level="all", trials=50)
    assert [(one.a, one.b) for one in alike] == [("cooperation", "records")]
    assert alike[0].correlation is not None
    assert alike[0].correlation > 0.5

    kind = min(kind for *_, kinds in tiny.network("cooperation").edges(data="kinds") for kind in kinds)
    by_name, by_argument, every = (
        tiny.aligned(first, tiny.network("cooperation"), level="all", actors="any", **asked).matrices[0].tolist()
        for first, asked in ((f"cooperation::{kind}", {}), ("cooperation", {"kinds": [kind]}), ("cooperation", {}))
    )
    assert by_name == by_argument != every
    with pytest.raises(ParameterError, match="too many parts"):
        tiny.qap("cooperation:iso:p-member:more", "records")


def test_what_is_no_comparison_of_actors_is_refused(tiny: stdgraph.Graph) -> None:
    with pytest.raises(ParameterError, match="two views or more"):
        tiny.qap("cooperation", level="all")
    with pytest.raises(ParameterError, match="at least three"):
        tiny.qap()
    with pytest.raises(ParameterError, match="network 1 is of two modes"):
        tiny.qap(tiny.network("membership"), "cooperation")
    own = drawn(5, 1)
    for asked in (
        lambda: tiny.cug(own, level="country"),
        lambda: tiny.qap(own, own, bilateral=True),
        lambda: tiny.mrqap(together(own, own), binary=True),
        lambda: tiny.qap(together(own, own), actors="any"),
    ):
        with pytest.raises(ParameterError, match="goes with the name of a view"):
            asked()


def test_ties_that_are_left_out_of_a_view_are_counted(tiny: stdgraph.Graph) -> None:
    found = tiny.aligned("cooperation", "records", level="all", since="1990", until="2100")
    assert (
        found.ties_left_out["cooperation"] == tiny.network("cooperation", since="1990", until="2100").graph["left_out"]
    )
    assert found.ties_left_out["cooperation"]["without a date"] > 0
