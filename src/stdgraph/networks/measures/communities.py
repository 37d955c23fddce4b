"""Communities by the Leiden algorithm: who belongs where, how good the division is, and how stable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import comb, fsum
from random import Random
from typing import Any

from stdgraph.networks.network import Network

SEED = 1
RUNS = 50
ROUNDS = 10
"""Leiden goes on from its own result so many times."""


@dataclass(frozen=True)
class Communities:
    """A division of the nodes: node to number (the largest community is 1), modularity, and stability if it was measured.

    `over_seeds` and `over_orders` are the mean adjusted Rand index between the division and those that other seeds, and other
    orders of the same edges, give: 1 if all agree, about 0 if they agree as chance would. `others` are the divisions of these
    seeds.
    """

    of: Mapping[Any, int]
    modularity: float
    over_seeds: float | None = None
    over_orders: float | None = None
    others: Sequence[Mapping[Any, int]] = field(default=(), repr=False, compare=False)

    @property
    def number(self) -> int:
        """How many communities there are."""
        return len(set(self.of.values()))


def communities(found: Network, *, seed: int = SEED, stability: bool = False) -> Communities:
    """Return the communities of a network by its weights; direction does not count, a node without an edge is one of its own.

    Args:
        found: a network.
        seed: of the algorithm; the same seed gives the same communities.
        stability: compare with RUNS other seeds and RUNS other orders of the edges.

    Source: Traag, Waltman and van Eck, From Louvain to Leiden (2019); Hubert and Arabie (1985) for the adjusted Rand index.
    """
    edges = _edges(found)
    of, modularity = _leiden(found, edges, seed)
    if not stability or not edges:
        return Communities(of, modularity)
    shuffle = Random(seed).shuffle  # noqa: S311 (an order, no secret)
    others = [_leiden(found, edges, seed + run)[0] for run in range(1, RUNS + 1)]
    orders = []
    for _ in range(RUNS):
        shuffled = [(b, a, w) if at % 2 else (a, b, w) for at, (a, b, w) in enumerate(edges)]
        shuffle(shuffled)
        orders.append(_leiden(found, shuffled, seed)[0])
    return Communities(of, modularity, _agreement(of, others), _agreement(of, orders), tuple(others))


Edges = list[tuple[Any, Any, float]]


def _edges(found: Network) -> Edges:
    """Return the edges in one order with their weights, those of both directions added up."""
    weights: Counter[tuple[str, str]] = Counter()
    for a, b, weight in found.edges(data="weight", default=1):
        weights[min(a, b), max(a, b)] += weight
    return [(a, b, float(weight)) for (a, b), weight in sorted(weights.items()) if a != b]


def _leiden(found: Network, edges: Edges, seed: int) -> tuple[dict[Any, int], float]:
    if not edges:
        return {node: number for number, node in enumerate(sorted(found), start=1)}, 0.0
    from graspologic_native import leiden

    named = [(str(a), str(b), weight) for a, b, weight in edges]
    modularity, of = leiden(edges=named, iterations=ROUNDS, seed=seed)
    groups: dict[Any, list[Any]] = {}
    for node in sorted(found):
        groups.setdefault(of.get(str(node), str(node)), []).append(node)
    ordered = sorted(groups.values(), key=lambda group: (-len(group), group))
    numbers = {node: number for number, group in enumerate(ordered, start=1) for node in group}
    return {node: numbers[node] for node in found}, modularity


def _agreement(one: Mapping[Any, int], others: Sequence[Mapping[Any, int]]) -> float:
    return fsum(adjusted_rand(one, other) for other in others) / len(others)


def adjusted_rand(one: Mapping[Any, int], other: Mapping[Any, int]) -> float:
    """Return the adjusted Rand index of two divisions of the same nodes.

    >>> adjusted_rand({"a": 1, "b": 1, "c": 2}, {"a": 5, "b": 5, "c": 7})
    1.0
    """
    both = Counter((one[node], other[node]) for node in one)
    pairs = sum(comb(n, 2) for n in both.values())
    first, second = (sum(comb(n, 2) for n in Counter(d.values()).values()) for d in (one, other))
    every = comb(len(one), 2)
    chance = first * second / every if every else 0.0
    most = (first + second) / 2
    return 1.0 if most == chance else (pairs - chance) / (most - chance)
