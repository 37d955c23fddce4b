"""Centralities of nodes: by degree, by distance, between others, by the centrality of neighbours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx

from stdgraph.networks.measures.matrices import CHUNK, adjacency, far, native, simple, steps
from stdgraph.networks.network import Network

Values = dict[Any, Any]
DAMPING, NEAR, ROUNDS = 0.85, 1e-12, 1000
"""Of PageRank: how far a walk goes on, the change at which it ends, and how often it may go on at most."""
DENSE = 200
"""A component of so few nodes is solved whole, a larger one by Lanczos."""


def degree(found: Network) -> Values:
    """Return the number of edges of each node."""
    return dict(found.degree())


def strength(found: Network) -> Values:
    """Return the sum of the weights of each node's edges."""
    return dict(found.degree(weight="weight"))


def directed(way: str, weight: str | None = None) -> Callable[[Network], Values]:
    """Return the measure of the edges that come in, or go out: their number, or the sum of their weights."""
    return lambda found: dict(getattr(found, f"{way}_degree")(weight=weight))


def betweenness(found: Network) -> Values:
    """Return the share of shortest paths (in steps) between others that lead through each node, of all pairs of others."""
    import rustworkx as rx

    return by_node(found, rx.betweenness_centrality(native(found), normalized=True))


def weighted_betweenness(found: Network) -> Values:
    """Return betweenness where a step is as long as 1 / weight."""
    copy: Network = nx.DiGraph() if found.is_directed() else nx.Graph()
    copy.add_nodes_from(found)
    copy.add_edges_from((a, b, {"length": 1 / edge["weight"]}) for a, b, edge in simple(found).edges(data=True))
    return dict(nx.betweenness_centrality(copy, weight="length"))


def closeness(found: Network, *, weighted: bool = False) -> tuple[Values, Values]:
    """Return Wasserman and Faust's closeness, and harmonic closeness as a mean, of each node.

    Closeness is (r - 1)² / ((n - 1) · sum of distances) for a node that r nodes reach, of n; harmonic closeness is the
    mean of 1 / distance over the n - 1 others, 0 for those that are not reached.
    """
    totals, counts, nearness = _lengths(found) if weighted else sums_of_steps(found)
    others = max(len(found) - 1, 1)
    near = [n * n / (others * total) if total else 0.0 for n, total in zip(counts, totals, strict=True)]
    return dict(zip(found, near, strict=True)), {n: one / others for n, one in zip(found, nearness, strict=True)}


Sums = tuple[list[Any], list[int], list[float]]


def sums_of_steps(found: Network) -> Sums:
    """Return of each node the sum of its distances in steps, how many it is reached by, and the sum of 1 / distance."""
    import numpy as np

    numbers = steps(found)
    each = np.arange(1, len(numbers) + 1)
    return (each @ numbers).tolist(), numbers.sum(axis=0).tolist(), ((1 / each) @ numbers).tolist()


def _lengths(found: Network) -> Sums:
    """Return the same as `sums_of_steps`, where a step is as long as 1 / weight."""
    import numpy as np

    totals, counts, nearness = [], [], []
    for at, rows in far(found):
        for place, row in enumerate(rows, start=at):
            row[place] = np.inf
            reached = row[np.isfinite(row)]
            totals.append(float(reached.sum()))
            counts.append(len(reached))
            nearness.append(float((1 / reached).sum()))
    return totals, counts, nearness


def eigenvector(found: Network) -> Values:
    """Return the entry of each node in the leading eigenvector of its component's weights, of length 1 in each component.

    Power iteration does not end on two-mode networks: the least eigenvalue is as great as the greatest. Here the greatest
    is asked for by name. Of a directed network there is none.
    """
    matrix = adjacency(found, weighted=True)
    at = {node: place for place, node in enumerate(found)}
    values: Values = {}
    for nodes in nx.connected_components(found):
        places = [at[node] for node in sorted(nodes)]
        values |= dict(zip(places, _leading(matrix[places][:, places]), strict=True))
    return {node: values[place] for node, place in at.items()}


def _leading(matrix: Any) -> list[float]:
    """Return the leading eigenvector of a component's weights."""
    import numpy as np
    from scipy.sparse.linalg import eigsh

    size = matrix.shape[0]
    if size == 1:
        return [0.0]
    if size <= DENSE:
        vector = np.linalg.eigh(matrix.toarray())[1][:, -1]
    else:
        vector = eigsh(matrix, k=1, which="LA", v0=np.ones(size), tol=1e-12)[1][:, 0]
    leading: list[float] = np.abs(vector).tolist()
    return leading


def pagerank(found: Network) -> Values:
    """Return PageRank by weights, with damping 0.85, to 1e-12.

    It is the power iteration of networkx; only the matrix is made faster.
    """
    import numpy as np

    size, forth = len(found), adjacency(found, weighted=True)
    totals = forth.sum(axis=1)
    back = _scaled(forth, [1 / total if total else 0.0 for total in totals]).T.tocsr()
    ends, share = np.flatnonzero(totals == 0), np.full(size, 1 / max(size, 1))
    for _ in range(ROUNDS):
        last, share = share, DAMPING * (back @ share + share[ends].sum() / max(size, 1)) + (1 - DAMPING) / max(size, 1)
        if np.abs(share - last).sum() < NEAR:
            return dict(zip(found, share.tolist(), strict=True))
    raise nx.PowerIterationFailedConvergence(ROUNDS)


def core(found: Network) -> Values:
    """Return the greatest k for which each node is in a part of the network where all have k edges, in either direction."""
    import rustworkx as rx

    if found.is_directed():  # rustworkx counts a neighbour once, to whom an edge leads and from whom one comes
        return dict(nx.core_number(simple(found)))
    return by_node(found, rx.core_number(native(found)))


def constraint(found: Network) -> Values:
    """Return Burt's constraint: how far a node's ties lead to those that are tied to each other; none without a tie."""
    import numpy as np

    both = adjacency(found, weighted=True)
    both = (both + both.T).tocsr()
    totals = both.sum(axis=1)
    shares = _scaled(both, [1 / total if total else 0.0 for total in totals])
    tied = both.copy()
    tied.data[:] = 1
    each = np.concatenate([_tied_again(shares, tied, at) for at in range(0, len(found), CHUNK)] or [np.zeros(0)])
    return {
        node: float(value) if totals[at] else None for at, (node, value) in enumerate(zip(found, each, strict=True))
    }


def _tied_again(shares: Any, tied: Any, at: int) -> Any:
    """Return the constraint of some nodes: the squares of what their ties share directly and by one other, summed."""
    import numpy as np

    some = shares[at : at + CHUNK]
    return np.asarray((some + some @ shares).multiply(tied[at : at + CHUNK]).power(2).sum(axis=1)).ravel()


def _scaled(matrix: Any, factors: list[float]) -> Any:
    from scipy import sparse

    return sparse.diags_array(factors).tocsr() @ matrix


def effective_size(found: Network) -> Values:
    """Return Burt's effective size by Borgatti's rule: neighbours less the mean degree among them; none without a tie."""
    plain = simple(found.to_undirected() if found.is_directed() else found)
    triangles: Any = nx.triangles(plain)
    return {n: d - 2 * triangles[n] / d if (d := plain.degree(n)) else None for n in plain}


def clustering(found: Network) -> Values:
    """Return the share of pairs of each node's neighbours that are tied."""
    values: Any = nx.clustering(simple(found.to_undirected() if found.is_directed() else found))
    return dict(values)


def cut_points(found: Network) -> Values:
    """Return for each node whether the network falls apart without it (an articulation point)."""
    import rustworkx as rx

    plain = found.to_undirected() if found.is_directed() else found
    points = rx.articulation_points(native(plain))
    return {node: at in points for at, node in enumerate(plain)}


def components(found: Network) -> Values:
    """Return the number of each node's component, the largest first; of a directed network, whatever way edges go."""
    parts = nx.connected_components(found.to_undirected() if found.is_directed() else found)
    ordered = sorted((sorted(part) for part in parts), key=lambda part: (-len(part), part))
    numbers = {node: number for number, part in enumerate(ordered, start=1) for node in part}
    return {node: numbers[node] for node in found}


def by_node(found: Network, values: Any) -> Values:
    """Return the values of nodes that are numbered in their order."""
    return {node: values[at] for at, node in enumerate(found)}
