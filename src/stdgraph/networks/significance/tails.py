"""The tails of the number of successes among independent trials of unlike chances: exact, by adding one trial after another."""

from __future__ import annotations

from typing import Any

CELLS = 4_000_000
"""So many numbers are worked on at once (32 MB)."""


def tails(chance: Any, ones: Any, others: Any, observed: Any, *, lower: bool = False) -> tuple[Any, Any]:
    """Return for each pair of rows P(X ≥ observed) and P(X ≤ observed), X the number of columns in which both are tied.

    Ties are independent, so that the number is Poisson-binomial. Only positive numbers are added and multiplied, and nothing
    is approximated: even the least p is right to some 1e-12 of itself. The lower tails are ones where `lower` is not
    asked for.

    Args:
        chance: matrix, how likely each row is tied in each column.
        ones: the rows that are the first ends of the pairs.
        others: the rows that are their second ends.
        observed: how often both ends of each pair are tied together.
        lower: whether the lower tails are wanted as well.
    """
    import numpy as np

    upper, below = np.ones(len(observed)), np.ones(len(observed))
    order = np.argsort(observed, kind="stable")
    at = 0
    while at < len(order):
        most = 2 * int(observed[order[at]]) + 2
        some = order[at : at + max(1, CELLS // max(most, chance.shape[1]))]
        some = some[observed[some] <= most]
        both = chance[ones[some]] * chance[others[some]]
        upper[some], below[some] = _tails(both, observed[some], lower)
        at += len(some)
    return upper, below


def _tails(chances: Any, observed: Any, lower: bool) -> tuple[Any, Any]:
    """Return the tails of some pairs: states above the greatest that is needed are dropped, since none comes back."""
    import numpy as np

    each = np.arange(len(observed))
    state = np.zeros((int(observed.max(initial=0)) + 1, len(observed)))
    state[0] = 1
    reached = np.where(observed > 0, 0.0, 1.0)
    before = np.maximum(observed - 1, 0)
    for chance in np.ascontiguousarray(chances.T):
        reached += np.where(observed > 0, state[before, each] * chance, 0)  # comes to `observed` with this column
        moved = state[:-1] * chance
        state *= 1 - chance
        state[1:] += moved
    counted = np.cumsum(state, axis=0)[observed, each] if lower else np.ones(len(observed))
    return np.minimum(reached, 1), np.minimum(counted, 1)
