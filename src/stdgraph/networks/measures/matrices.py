"""A network as matrices and as a rustworkx graph: what the quick algorithms work on, nodes in the order of the network."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import Any

import networkx as nx

from stdgraph.networks.network import Network

CHUNK = 256
"""So many rows of a matrix are worked on at once, so that a large network fits the memory."""
BITS, AT_ONCE = 64, 8_000_000
"""Bits of a word; so many words are passed on at once."""


def adjacency(found: Network, *, weighted: bool, nodes: Sequence[Any] | None = None) -> Any:
    """Return the adjacency matrix (scipy CSR, floats) of some nodes, of all in their order if not given.

    An entry is the weight of the edge from row to column, or 1.
    """
    import numpy as np
    from scipy import sparse

    names = list(found) if nodes is None else nodes
    at = {node: place for place, node in enumerate(names)}
    whole, several = dict(found.adjacency()), found.is_multigraph()
    columns, values, starts = array("i"), array("d"), array("i", [0])
    for node in names:
        ties = whole[node] if nodes is None else {other: tie for other, tie in whole[node].items() if other in at}
        columns.extend(map(at.__getitem__, ties))
        values.extend([_weight(tie, weighted, several) for tie in ties.values()])
        starts.append(len(columns))
    place = (np.asarray(values), np.asarray(columns), np.asarray(starts))
    matrix = sparse.csr_array(place, (len(names), len(names)))
    matrix.sort_indices()
    return matrix


def _weight(tie: Any, weighted: bool, several: bool) -> Any:
    if several:
        return sum(_weight(one, weighted, False) for one in tie.values())
    return tie.get("weight", 1) if weighted else 1


def steps(found: Network) -> Any:
    """Return how many nodes reach each node in one step, in two, and so on: a row a number of steps, a column a node.

    Of a directed network they are those from which edges lead to the node, as networkx has closeness. All nodes set out at
    once, each with a bit of its own, and what a node knows its neighbours know a step later.
    """
    import numpy as np

    size, forth = len(found), adjacency(found, weighted=False)
    back = forth.T.tocsr() if found.is_directed() else forth
    met = np.flatnonzero(np.diff(back.indptr))
    words = max(AT_ONCE // max(back.nnz, 1), 1)
    counts: list[Any] = []
    for first in range(0, size, words * BITS):
        known = _seeds(size, range(first, min(first + words * BITS, size)))
        fresh, step = known, 0
        while True:
            told = np.zeros_like(known)
            if len(met):
                told[met] = np.bitwise_or.reduceat(fresh[back.indices], back.indptr[met], axis=0)
            fresh = told & ~known
            if not fresh.any():
                break
            known, step = known | fresh, step + 1
            if step > len(counts):
                counts.append(np.zeros(size, np.int64))
            counts[step - 1] += np.bitwise_count(fresh).sum(axis=1, dtype=np.int64)
    return np.array(counts).reshape(len(counts), size)


def _seeds(size: int, sources: range) -> Any:
    """Return a row of bits a node, in which each source has the bit that is its own."""
    import numpy as np

    bits = np.zeros((size, -(-len(sources) // BITS)), np.uint64)
    each = np.arange(len(sources))
    bits[sources, each // BITS] = np.left_shift(np.uint64(1), (each % BITS).astype(np.uint64))
    return bits


def far(found: Network) -> Iterator[tuple[int, Any]]:
    """Yield the distances to nodes from all others, some nodes at a time: the place of the first, and their rows.

    A step is as long as 1 / weight; what is not reached is infinite. In a directed network the distances are
    those along the edges to the node, as networkx has closeness.
    """
    from scipy.sparse import csgraph

    lengths = adjacency(found, weighted=True)
    lengths.data = 1 / lengths.data
    towards = lengths.T.tocsr() if found.is_directed() else lengths
    for at in range(0, len(found), CHUNK):
        some = range(at, min(at + CHUNK, len(found)))
        yield at, csgraph.dijkstra(towards, directed=True, indices=list(some))


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
