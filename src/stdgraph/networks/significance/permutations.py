"""Permutations of actors: what a network would be if its actors changed places and all ties stayed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase

CELLS = 2_000_000
"""So many numbers are drawn at once (16 MB)."""
NEAR = 1e-9
"""What differs by less than this share is equal: the order of additions must decide nothing."""


def refuse(trials: int) -> None:
    """Refuse a number of trials that draws nothing."""
    if trials < 1:
        raise ParameterError(parameter="trials", detail=Phrase("is at least 1"))


def orders(number: int, trials: int, seed: int, cells: int) -> Iterator[Any]:
    """Yield random orders of so many actors, some at a time: arrays with a row an order; `cells` is what one order costs."""
    import numpy as np

    random = np.random.default_rng(seed)
    some = max(1, CELLS // max(cells, 1))
    for at in range(0, trials, some):
        yield np.argsort(random.random((min(some, trials - at), number)), axis=1, kind="stable")


def moved(matrix: Any, order: Any, rows: Any, columns: Any) -> Any:
    """Return a matrix as its pairs are if the actors change places, a row an order.

    >>> import numpy as np
    >>> moved(np.array([[0, 1, 2], [1, 0, 3], [2, 3, 0]]), np.array([[2, 1, 0]]), np.array([0, 0, 1]), np.array([1, 2, 2])).tolist()
    [[3, 2, 1]]
    """
    return matrix[order[:, rows], order[:, columns]]


def at_least(drawn: Any, observed: Any) -> Any:
    """Return how many of the drawn values (rows) are as great as the observed ones, or greater."""
    import numpy as np

    return (drawn >= observed - NEAR * np.maximum(1, np.abs(observed))).sum(axis=0)


def share(count: Any, trials: int) -> float:
    """Return p from how many of the trials are as extreme as what was observed, which is one of them.

    >>> share(0, 1999)
    0.0005
    """
    return float((int(count) + 1) / (trials + 1))
