"""The disparity filter: which ties of a weighted network are heavier than their ends' other ties let expect."""

from __future__ import annotations

from typing import Any


def disparity(weights: Any, *, directed: bool) -> tuple[Any, Any, Any, Any, Any]:
    """Return the edges of a weight matrix as (from, to, weight, p, expected); p and expected have a column for each end.

    If a node's strength s fell on its k ties at random (uniformly), one of them had a share of at least w / s with the chance
    (1 - w / s) ** (k - 1). The first column looks from the node that the edge leaves, at what leaves it; the second from
    the node that it enters, at what enters it. In an undirected network each edge is once there, with both ends. A
    node of one tie tells nothing: its p is 1. What ties a node to itself is left out.

    Source: Serrano, Boguñá and Vespignani 2009.
    """
    import numpy as np
    from scipy import sparse

    matrix = sparse.coo_array(weights)
    matrix.sum_duplicates()
    kept = (matrix.row != matrix.col) & (matrix.data > 0)
    row, column, weight = matrix.row[kept], matrix.col[kept], matrix.data[kept]
    sides = []
    for end in (row, column):
        strength = np.bincount(end, weight, matrix.shape[0])[end]
        ties = np.bincount(end, minlength=matrix.shape[0])[end]
        share = np.minimum(weight / strength, 1)
        sides.append((np.where(ties > 1, (1 - share) ** (ties - 1), 1.0), strength / ties))
    p, expected = (np.stack(two, axis=1) for two in zip(*sides, strict=True))
    once = np.ones(len(row), bool) if directed else row < column
    return row[once], column[once], weight[once], p[once], expected[once]
