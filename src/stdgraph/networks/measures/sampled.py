"""Betweenness of large networks, estimated from some of the nodes, with how far the estimate may be off.

Brandes and Pich, Centrality estimation in large networks, 2007: the paths from so many nodes, drawn at random, stand for
those from all.
"""

from __future__ import annotations

from typing import Any

from stdgraph.networks.measures.matrices import adjacency, simple
from stdgraph.networks.network import Network

Values = dict[Any, float]
PIVOTS, SEED, TOGETHER = 128, 1, 32
"""So many nodes are drawn, with this seed; the paths from so many are followed at a time."""


def betweenness(found: Network, pivots: int = PIVOTS) -> tuple[Values, Values]:
    """Return for each node the estimated betweenness, as `centrality.betweenness` defines it, and its standard error.

    Args:
        found: a network.
        pivots: so many nodes are drawn; of a network that has no more, all are taken and the error is 0.

    >>> import networkx as nx
    >>> betweenness(nx.path_graph(3))[0]
    {0: 0.0, 1: 1.0, 2: 0.0}
    """
    import numpy as np

    size = len(found)
    if size < 3:
        return dict.fromkeys(found, 0.0), dict.fromkeys(found, 0.0)
    drawn = np.random.default_rng(SEED).choice(size, min(pivots, size), replace=False)
    forth = adjacency(simple(found), weighted=False)
    back = forth.T.tocsr()
    total, squares = np.zeros(size), np.zeros(size)
    for at in range(0, len(drawn), TOGETHER):
        through = _through(forth, back, drawn[at : at + TOGETHER])
        total += through.sum(axis=1)
        squares += (through**2).sum(axis=1)
    mean = total / len(drawn)
    variance = np.maximum(squares / len(drawn) - mean**2, 0) / max(len(drawn) - 1, 1)
    spread = np.sqrt(variance * (1 - len(drawn) / size))
    scale = size / ((size - 1) * (size - 2))
    return dict(zip(found, (mean * scale).tolist(), strict=True)), dict(
        zip(found, (spread * scale).tolist(), strict=True)
    )


def _through(forth: Any, back: Any, sources: Any) -> Any:
    """Return how much of the shortest paths from each source (columns) leads through each node (rows).

    One step at a time: only the edges of the nodes that were reached last are followed.
    """
    import numpy as np
    from scipy import sparse

    shape = (forth.shape[0], len(sources))
    columns = np.arange(len(sources))
    paths, depth = np.zeros(shape), np.full(shape, -1, dtype=np.int32)
    paths[sources, columns], depth[sources, columns] = 1, 0
    levels = [(sources, columns)]
    while len(levels[-1][0]):
        there = levels[-1]
        reached = (back @ sparse.csr_array((paths[there], there), shape)).tocoo()
        new = depth[reached.coords] < 0
        rows, cols = (ends[new] for ends in reached.coords)
        paths[rows, cols], depth[rows, cols] = reached.data[new], len(levels)
        levels.append((rows, cols))
    through = np.zeros(shape)
    for at in range(len(levels) - 1, 0, -1):
        there = levels[at]
        sent = (forth @ sparse.csr_array(((1 + through[there]) / paths[there], there), shape)).tocoo()
        above = depth[sent.coords] == at - 1
        rows, cols = (ends[above] for ends in sent.coords)
        through[rows, cols] += paths[rows, cols] * sent.data[above]
    through[sources, columns] = 0
    return through
