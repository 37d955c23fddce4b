"""Backbones: exact p-values are those of enumeration, random networks keep all degrees and are equally likely."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product
from math import prod
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from stdgraph.errors import ParameterError
from stdgraph.networks.network import Network
from stdgraph.networks.significance import Criterion, backbone
from stdgraph.networks.significance.backbone import fitting
from stdgraph.networks.significance.corrections import passing
from stdgraph.networks.significance.curveball import shuffled
from stdgraph.networks.significance.degrees import chances
from stdgraph.networks.significance.disparity import disparity
from stdgraph.networks.significance.tails import tails


def two_mode(matrix: Any) -> Network:
    found: Network = nx.Graph(mode="two-mode", left="member", right="body")
    found.add_nodes_from((f"m{i}" for i in range(len(matrix))), side="member")
    found.add_nodes_from((f"b{j}" for j in range(len(matrix[0]) if len(matrix) else 0)), side="body")
    found.add_edges_from((f"m{i}", f"b{j}") for i, row in enumerate(matrix) for j, one in enumerate(row) if one)
    return found


def davis() -> Any:
    graph = nx.davis_southern_women_graph()
    return nx.bipartite.biadjacency_matrix(graph, graph.graph["top"], graph.graph["bottom"]).toarray()


matrices = st.integers(1, 6).flatmap(
    lambda n: st.integers(1, 6).flatmap(
        lambda m: st.lists(st.lists(st.integers(0, 1), min_size=m, max_size=m), min_size=n, max_size=n)
    )
)


def each(found: Any) -> Any:
    return found.of[found.row][:, found.column]


@given(matrices)
@settings(max_examples=200, deadline=None)
def test_the_chances_meet_all_degrees_and_are_products(rows: list[list[int]]) -> None:
    matrix = np.array(rows)
    chance = each(chances(matrix))
    assert np.allclose(chance.sum(axis=1), matrix.sum(axis=1), atol=1e-8)
    assert np.allclose(chance.sum(axis=0), matrix.sum(axis=0), atol=1e-8)
    assert ((chance >= 0) & (chance <= 1)).all()
    free = (chance > 1e-6) & (chance < 1 - 1e-6)
    for (i, j), (k, l) in product(combinations(range(len(rows)), 2), combinations(range(len(rows[0])), 2)):  # noqa: E741
        if free[np.ix_([i, j], [k, l])].all():
            odds = chance / np.where(free, 1 - chance, 1)
            assert odds[i, k] * odds[j, l] == pytest.approx(odds[i, l] * odds[j, k], rel=1e-5)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8), st.lists(st.floats(0, 1), min_size=8, max_size=8))
@settings(max_examples=100, deadline=None)
def test_tails_are_those_of_the_enumeration_of_all_outcomes(one: list[float], other: list[float]) -> None:
    chance = np.array([one, other[: len(one)]])
    exact = [0.0] * (len(one) + 1)
    for outcome in product((0, 1), repeat=len(one)):
        exact[sum(outcome)] += prod(
            a * b if hit else 1 - a * b for hit, a, b in zip(outcome, *chance.tolist(), strict=True)
        )
    for observed in range(len(one) + 1):
        upper, lower = tails(chance, np.array([0]), np.array([1]), np.array([observed]), lower=True)
        assert upper[0] == pytest.approx(sum(exact[observed:]), abs=1e-12)
        assert lower[0] == pytest.approx(sum(exact[: observed + 1]), abs=1e-12)


def test_the_least_p_keeps_its_digits() -> None:
    upper, _ = tails(np.full((2, 100), 1e-3), np.array([0]), np.array([1]), np.array([100]))
    assert upper[0] == pytest.approx(0.0)
    upper, _ = tails(np.full((2, 40), 1e-3), np.array([0]), np.array([1]), np.array([40]))
    assert upper[0] == pytest.approx(1e-240, rel=1e-9)


def test_pairs_are_counted_alike_whatever_their_number_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = backbone(two_mode(davis()), Criterion(sign=True))
    monkeypatch.setattr("stdgraph.networks.significance.tails.CELLS", 40)
    assert backbone(two_mode(davis()), Criterion(sign=True)).pairs == whole.pairs


def test_chances_and_p_are_those_of_the_package_bicm() -> None:
    """Bicm 3.4.0 (MIT), Newton's method, Poisson-binomial p-values, on Davis's women and events."""
    matrix = davis()
    told = [0.34232891, 0.34232891, 0.59281351, 0.43545529, 0.71573988, 0.71573988, 0.80982479, 0.93338249]
    assert each(chances(matrix))[0, :8] == pytest.approx(told, abs=1e-7)
    found = {(pair.a, pair.b): pair.p for pair in backbone(two_mode(matrix)).pairs}
    told_p = {1: 0.26820005497258603, 2: 0.18668806858197684, 4: 0.5862643909146072, 7: 0.3730827111697641}
    told_p |= {12: 0.987634375363977, 13: 0.9948707856465486, 14: 0.9926100623652145, 15: 0.4640180371794389}
    for other, p in told_p.items():
        assert found["m0", f"m{other}"] == pytest.approx(p, abs=1e-7)


def test_degrees_that_are_not_met_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stdgraph.networks.significance.degrees.ROUNDS", 2)
    with pytest.raises(ParameterError, match="take fdsm"):
        backbone(two_mode(davis()))


def test_what_the_sums_leave_no_choice_is_certain() -> None:
    nested = np.array([[1, 1, 1, 1], [1, 1, 1, 0], [1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]])
    found = chances(nested)
    assert (each(found) == nested).all()
    assert found.error == 0
    block = np.kron(np.eye(2, dtype=int), np.array([[1, 0], [0, 1]]))
    block[:2, :2] = [[1, 0], [0, 1]]
    assert each(chances(block)) == pytest.approx(np.full((4, 4), 0.25))


@pytest.mark.parametrize("model", ["sdsm", "fdsm"])
@pytest.mark.parametrize("rows", [[], [[1, 0]], [[0, 0], [0, 0]], [[1, 1], [1, 1]], [[1, 0], [0, 1]]], ids=str)
def test_networks_that_hold_little_have_a_backbone_of_nothing(model: str, rows: list[list[int]]) -> None:
    found = backbone(two_mode(rows), Criterion(model=model, trials=20))
    assert (found.kept, len(found.pairs)) == (0, len(rows) * (len(rows) - 1) // 2)
    assert all(pair.p == 1 for pair in found.pairs if pair.observed != 1)


def test_parallel_edges_of_two_modes_count_once() -> None:
    plain = two_mode(davis())
    double: Network = nx.MultiGraph(plain)
    double.add_edges_from(list(double.edges())[:5])
    assert backbone(double).pairs == backbone(plain).pairs


def test_planted_pairs_are_kept_and_the_order_is_by_p() -> None:
    random = np.random.default_rng(3)
    matrix = (random.random((12, 60)) < 0.25).astype(int)
    matrix[1] = matrix[0]
    found = backbone(two_mode(matrix))
    assert [(p.a, p.b) for p in found.pairs if p.kept] == [("m0", "m1")]
    assert list(found.pairs) == sorted(found.pairs, key=lambda p: (p.p, p.a, p.b))
    edge = found.network.edges["m0", "m1"]
    assert (edge["weight"], edge["p"]) == (int(matrix[0].sum()), found.pairs[0].p)
    assert {"model", "alpha", "correction", "tail", "tests"} <= found.network.graph.keys()


def test_both_tails_find_those_that_avoid_each_other() -> None:
    matrix = np.array([[1] * 30 + [0] * 30, [0] * 30 + [1] * 30, *([[1, 0] * 30] * 3)])
    found = backbone(two_mode(matrix), Criterion(sign=True))
    signs = {(pair.a, pair.b): pair.sign for pair in found.pairs if pair.kept}
    assert signs["m0", "m1"] == -1
    assert signs["m2", "m3"] == 1
    assert found.network.edges["m0", "m1"]["sign"] == -1


@given(matrices, st.integers(0, 5))
@settings(max_examples=60, deadline=None)
def test_trades_keep_all_degrees(rows: list[list[int]], seed: int) -> None:
    matrix = np.array(rows)
    for drawn in shuffled(matrix, 5, seed, before=3, between=1):
        assert (drawn.sum(axis=0) == matrix.sum(axis=0)).all()
        assert (drawn.sum(axis=1) == matrix.sum(axis=1)).all()


def test_trades_reach_all_matrices_of_a_class_alike() -> None:
    start = np.array([[1, 1, 0, 0], [1, 0, 1, 0], [0, 0, 1, 1]])
    sums = start.sum(axis=1).tolist(), start.sum(axis=0).tolist()
    every = {
        bits
        for bits in product((0, 1), repeat=12)
        if (np.array(bits).reshape(3, 4).sum(axis=1).tolist(), np.array(bits).reshape(3, 4).sum(axis=0).tolist())
        == sums
    }
    trials = 4000
    drawn = Counter(tuple(m.astype(int).ravel().tolist()) for m in shuffled(start, trials, seed=7))
    assert drawn.keys() == every
    expected = trials / len(every)
    chi = sum((count - expected) ** 2 / expected for count in drawn.values())
    from scipy.stats import chi2

    assert chi < chi2.ppf(0.999, len(every) - 1)


def test_fixed_degrees_give_the_p_of_all_matrices_of_the_class() -> None:
    start = np.array([[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1]])
    sums = start.sum(axis=1).tolist(), start.sum(axis=0).tolist()
    every = [
        m
        for bits in product((0, 1), repeat=12)
        if ((m := np.array(bits).reshape(3, 4)).sum(axis=1).tolist(), m.sum(axis=0).tolist()) == sums
    ]
    exact = sum((m @ m.T)[0, 1] >= 2 for m in every) / len(every)
    found = backbone(two_mode(start), Criterion(model="fdsm", trials=3000, correction="none"))
    assert {(p.a, p.b): p.p for p in found.pairs}["m0", "m1"] == pytest.approx(exact, abs=0.03)


def test_the_same_seed_draws_the_same() -> None:
    one, same, other = (
        backbone(two_mode(davis()), Criterion(model="fdsm", trials=50, seed=seed)).pairs for seed in (1, 1, 2)
    )
    assert one == same
    assert one != other


def test_too_few_trials_for_a_correction_are_seen() -> None:
    few, enough = (backbone(two_mode(davis()), Criterion(model="fdsm", trials=n)) for n in (100, 3100))
    assert (few.hopeless, enough.hopeless) == (True, False)


def weighted(edges: list[tuple[str, str, float]], kind: Any = nx.Graph) -> Network:
    found: Network = kind(mode="mutual")
    found.add_weighted_edges_from(edges)
    return found


def test_disparity_is_the_formula_of_its_paper() -> None:
    star = weighted([("hub", "a", 8), ("hub", "b", 1), ("hub", "c", 1), ("a", "b", 1)])
    found = {(p.a, p.b): p for p in backbone(star, Criterion(model="disparity", alpha=0.05, correction="none")).pairs}
    assert found["a", "hub"].p == pytest.approx(min((1 - 8 / 10) ** 2, (1 - 8 / 9) ** 1))
    assert found["a", "hub"].kept
    assert found["c", "hub"].p == pytest.approx((1 - 1 / 10) ** 2)
    assert found["a", "b"].p == pytest.approx(min((1 - 1 / 9), (1 - 1 / 2)))
    assert found["a", "hub"].expected == pytest.approx(10 / 3)


def test_disparity_of_a_directed_network_looks_at_what_leaves_and_what_enters() -> None:
    found = weighted([("a", "b", 3), ("a", "c", 1), ("d", "b", 1), ("b", "a", 5)], nx.DiGraph)
    pairs = {(p.a, p.b): p.p for p in backbone(found, Criterion(model="disparity", correction="none")).pairs}
    assert pairs["a", "b"] == pytest.approx(1 - 3 / 4)
    assert pairs["d", "b"] == pytest.approx(1 - 1 / 4)
    assert pairs["b", "a"] == 1


def test_loops_do_not_count_and_parallel_edges_add_up() -> None:
    once = weighted([("a", "b", 3), ("a", "c", 1), ("a", "d", 1)])
    twice = weighted([("a", "b", 1), ("a", "b", 2), ("a", "c", 1), ("a", "d", 1), ("a", "a", 9)], nx.MultiGraph)
    test = Criterion(model="disparity", correction="none")
    assert backbone(twice, test).pairs == backbone(once, test).pairs


@pytest.mark.parametrize("nodes", [0, 1, 3])
def test_networks_without_edges_have_no_disparity(nodes: int) -> None:
    found: Network = nx.Graph(mode="mutual")
    found.add_nodes_from(map(str, range(nodes)))
    assert backbone(found, Criterion(model="disparity")).pairs == ()
    assert disparity(np.zeros((nodes, nodes)), directed=False)[3].shape == (0, 2)


def test_corrections_are_those_of_the_example_of_benjamini_and_hochberg() -> None:
    """Section 4 of their paper: of 15 hypotheses Bonferroni rejects three, the false discovery rate four."""
    told = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719]
    p = np.array([*told, 0.6528, 0.7590, 1.0])
    assert [passing(p, 0.05, name).sum() for name in ("none", "bonferroni", "benjamini-hochberg")] == [9, 3, 4]
    assert passing(p[9:], 0.01, "benjamini-hochberg").sum() == 0
    assert passing(np.zeros(0), 0.05, "bonferroni").sum() == 0


@given(
    st.lists(st.integers(0, 400).map(lambda n: n / 4000) | st.floats(0, 1), min_size=1, max_size=30),
    st.floats(0.001, 0.5),
)
def test_the_false_discovery_rate_is_that_of_scipy(p: list[float], alpha: float) -> None:
    adjusted = false_discovery_control(p)
    assume(abs(adjusted - alpha).min() > 1e-12)  # at the very level the last digit decides
    assert passing(np.array(p), alpha, "benjamini-hochberg").tolist() == (adjusted <= alpha).tolist()


def test_a_later_p_that_passes_takes_the_earlier_ones_along() -> None:
    assert passing(np.array([0.03, 0.04, 0.045]), 0.05, "benjamini-hochberg").all()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"model": "magic"}, "none of sdsm, fdsm, disparity"),
        ({"correction": "holm"}, "none of bonferroni"),
        ({"alpha": 0.0}, "between 0 and 1"),
        ({"alpha": float("nan")}, "between 0 and 1"),
        ({"trials": 0}, "at least 1"),
        ({"model": "disparity", "sign": True}, "goes with sdsm and fdsm"),
    ],
)
def test_wrong_tests_are_refused(wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(ParameterError, match=told):
        Criterion(**wrong)


def test_a_model_that_does_not_go_with_the_network_is_refused() -> None:
    with pytest.raises(ParameterError, match="two-mode view"):
        backbone(weighted([("a", "b", 1)]), Criterion())
    with pytest.raises(ParameterError, match="network of one mode"):
        backbone(two_mode([[1]]), Criterion(model="disparity"))
    assert fitting("co-membership", "disparity") == ("co-membership", "disparity")


def test_too_many_pairs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(backbone.__globals__, "PAIRS", 100)
    with pytest.raises(ParameterError, match="18 nodes are too many"):
        backbone(two_mode(davis()))
