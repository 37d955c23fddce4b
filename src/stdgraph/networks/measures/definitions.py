"""What each measure of a node is: its function, the networks it fits, and its definition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from stdgraph.locale import marked
from stdgraph.networks.measures import centrality, two_mode
from stdgraph.networks.measures.centrality import Values
from stdgraph.networks.network import Network

ONE, WAY, TWO = "undirected", "directed", "two-mode"


@dataclass(frozen=True)
class Measure:
    """A measure of nodes: how it is computed, on which networks, what it means, and by whom."""

    of: Callable[[Network], Values]
    fits: frozenset[str]
    means: str
    source: str = ""


def _measure(of: Callable[[Network], Values], fits: str, means: str, source: str = "") -> Measure:
    return Measure(of, frozenset(fits.split()), means, source)


ALL, PLAIN = f"{ONE} {WAY} {TWO}", f"{ONE} {WAY}"
MEASURES: Mapping[str, Measure] = {
    "degree": _measure(centrality.degree, ALL, marked("number of edges")),
    "in_degree": _measure(centrality.directed("in"), WAY, marked("number of edges that come in")),
    "out_degree": _measure(centrality.directed("out"), WAY, marked("number of edges that go out")),
    "degree_share": _measure(
        two_mode.degree_share,
        TWO,
        marked("share of the other mode to which the node is tied"),
        "Borgatti and Everett 1997",
    ),
    "strength": _measure(centrality.strength, ALL, marked("sum of the weights of the edges")),
    "in_strength": _measure(centrality.directed("in", "weight"), WAY, marked("sum of the weights that come in")),
    "out_strength": _measure(centrality.directed("out", "weight"), WAY, marked("sum of the weights that go out")),
    "betweenness": _measure(
        centrality.betweenness,
        PLAIN,
        marked("share of the shortest paths, in steps, between pairs of others that lead through the node"),
        "Freeman 1977; Brandes 2001",
    ),
    "betweenness_two_mode": _measure(
        two_mode.betweenness,
        TWO,
        marked("betweenness, of the greatest that a node of its mode can have"),
        "Borgatti and Everett 1997",
    ),
    "closeness": _measure(
        lambda g: centrality.closeness(g)[0],
        PLAIN,
        marked("(r - 1)² / ((n - 1) · sum of the distances, in steps), for a node that r of n nodes reach"),
        "Wasserman and Faust 1994",
    ),
    "closeness_two_mode": _measure(
        two_mode.closeness,
        TWO,
        marked("closeness, of the greatest that a node of its mode can have, times the share of nodes reached"),
        "Borgatti and Everett 1997",
    ),
    "harmonic": _measure(
        lambda g: centrality.closeness(g)[1],
        ALL,
        marked("mean of 1 / distance, in steps, to all others; those not reached count 0"),
        "Boldi and Vigna 2014",
    ),
    "eigenvector": _measure(
        centrality.eigenvector,
        f"{ONE} {TWO}",
        marked("entry in the leading eigenvector of the weights of the node's component, whose length is 1"),
        "Bonacich 1972",
    ),
    "pagerank": _measure(
        centrality.pagerank,
        ALL,
        marked("share of a walk by weights that begins anew with probability 0.15"),
        "Brin and Page 1998",
    ),
    "core": _measure(
        centrality.core,
        PLAIN,
        marked("greatest k with a part of the network around the node where all have k edges"),
        "Seidman 1983",
    ),
    "clustering": _measure(
        centrality.clustering,
        PLAIN,
        marked("share of the pairs of neighbours that are tied"),
        "Watts and Strogatz 1998",
    ),
    "constraint": _measure(
        centrality.constraint,
        PLAIN,
        marked("how far the node's ties, by weight, lead to those that are tied to each other"),
        "Burt 1992",
    ),
    "effective_size": _measure(
        centrality.effective_size,
        PLAIN,
        marked("neighbours less their mean number of ties among themselves"),
        "Burt 1992; Borgatti 1997",
    ),
    "cut_point": _measure(centrality.cut_points, ALL, marked("whether the network falls apart without the node")),
    "component": _measure(centrality.components, ALL, marked("number of the node's component, the largest first")),
}
"""Measure by name, in the order of the columns; `community` comes beside them."""
COMMUNITY = marked("number of the node's community, the largest first")
ESTIMATED = marked(
    "standard error of betweenness where it is estimated, in networks of more than 20,000 nodes, from the paths of 128 nodes"
)


def fitting(found: Network) -> str:
    """Return which networks this one is one of: two-mode, directed or undirected."""
    return TWO if found.graph.get("mode") == TWO else WAY if found.is_directed() else ONE
