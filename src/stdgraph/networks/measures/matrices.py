"""A network as matrices and as a rustworkx graph: what the quick algorithms work on, nodes in the order of the network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import networkx as nx

from stdgraph.networks.network import Network

CHUNK = 256
"""So many rows of a matrix are worked on at once, so that a large network fits the memory."""


def adjacency(found: Network, *, weighted: bool, nodes: Sequence[Any] | None = None) -> Any:
    """Return the adjacency matrix (scipy CSR, floats) of some nodes, of all in their order if not given.

    An entry is the weight of the edge from row to column, or 1.
    """
    from scipy import sparse

    if not len(found):
        return sparse.csr_array((0, 0))
    weight: Any = "weight" if weighted else None
    return nx.to_scipy_sparse_array(found, nodelist=nodes, dtype=float, weight=weight, format="csr")  # type: ignore[call-overload]


def far(found: Network, *, weighted: bool) -> Iterator[tuple[int, Any]]:
    """Yield the distances to nodes from all others, some nodes at a time: the place of the first, and their rows.

    A step counts 1, or 1 / weight where `weighted`; what is not reached is infinite. In a directed network the distances are
    those along the edges to the node, as networkx has closeness.
    """
    from scipy.sparse import csgraph

    steps = adjacency(found, weighted=weighted)
    if weighted:
        steps.data = 1 / steps.data
    towards = steps.T.tocsr() if found.is_directed() else steps
    for at in range(0, len(found), CHUNK):
        some = range(at, min(at + CHUNK, len(found)))
        yield at, csgraph.dijkstra(towards, directed=True, indices=list(some), unweighted=not weighted)


def simple(found: Network) -> Network:
    """Return a network without loops, its parallel edges as one with their weights together; itself if it has neither.

    >>> list(simple(nx.MultiGraph([(0, 1), (1, 0), (1, 1)])).edges(data="weight"))
    [(0, 1, 2)]
    """
    if not found.is_multigraph() and not nx.number_of_selfloops(found):
        return found
    plain: Network = nx.DiGraph() if found.is_directed() else nx.Graph()
    plain.graph |= found.graph
    plain.add_nodes_from(found.nodes(data=True))
    for a, b, weight in found.edges(data="weight", default=1):
        if a != b:
            plain.add_edge(a, b, weight=weight + plain.get_edge_data(a, b, {"weight": 0})["weight"])
    return plain


def native(found: Network) -> Any:
    """Return the simple network as a rustworkx graph, its nodes numbered in their order; edges bear their weights.

    rustworkx counts parallel edges as paths of their own, and loops as neighbours.
    """
    import rustworkx as rx

    found = simple(found)
    graph: Any = rx.PyDiGraph() if found.is_directed() else rx.PyGraph()
    at = {node: number for number, node in enumerate(found)}
    graph.add_nodes_from(list(at))
    graph.add_edges_from([(at[a], at[b], weight) for a, b, weight in found.edges(data="weight", default=1)])
    return graph
