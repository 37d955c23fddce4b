"""Centralities of two-mode networks: by degree, by distance and between others, against what is possible in two modes.

Source: Borgatti and Everett, Network analysis of 2-mode data (1997); networkx's `bipartite` module is the reference.
"""

from __future__ import annotations

from typing import Any

from stdgraph.networks.measures.centrality import Values, by_node, sums_of_steps
from stdgraph.networks.measures.matrices import native
from stdgraph.networks.network import Network


def sides(found: Network) -> dict[Any, int]:
    """Return how many nodes stand on the other side of each node."""
    told = {node: about["side"] for node, about in found.nodes(data=True)}
    sizes = {side: sum(one != side for one in told.values()) for side in set(told.values())}
    return {node: sizes[side] for node, side in told.items()}


def degree_share(found: Network) -> Values:
    """Return the share of the other mode to which each node is tied; none where that mode is empty."""
    return {node: found.degree(node) / other if other else None for node, other in sides(found).items()}


def betweenness(found: Network) -> Values:
    """Return betweenness against the greatest that a node of its mode can have."""
    import rustworkx as rx

    raw = by_node(found, rx.betweenness_centrality(native(found), normalized=False))
    other = sides(found)
    return {node: raw[node] / _most(len(found) - other[node], other[node]) for node in found}


def _most(own: int, other: int) -> float:
    """Return the greatest betweenness of a node in a mode of `own` nodes, with `other` in the other one."""
    if not other:
        return 1.0
    s, t = divmod(own - 1, other)
    most = (other**2 * (s + 1) ** 2 + other * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2
    return most or 1.0


def closeness(found: Network) -> Values:
    """Return closeness against the least sum of distances that is possible, times the share of nodes that are reached."""
    totals, counts, _ = sums_of_steps(found)
    other, size, values = sides(found), len(found), {}
    for node, total, count in zip(found, totals, counts, strict=True):
        least = other[node] + 2 * (size - other[node]) - 2
        values[node] = least / total * count / (size - 1) if total else 0.0
    return values
