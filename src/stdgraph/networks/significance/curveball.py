"""Random two-mode networks in which all degrees stay as they are, by trades between lefts (curveball)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

BEFORE = 100
"""All lefts trade so many times before the first network is taken."""
CHANCE = 32
"""Bits of chance by which the places of a row are mixed."""
BETWEEN = 10
"""All lefts trade so many times between two networks: five trades a left, as Strona et al. advise."""


def shuffled(seats: Any, trials: int, seed: int, *, before: int = BEFORE, between: int = BETWEEN) -> Iterator[Any]:
    """Yield random 0/1 matrices with the row and column sums of the one given, all of them equally likely.

    In one round the rows are paired at random, and each pair shuffles what one of the two has and the other has not.

    Source: Strona et al. 2014 (the trades); Carstens, Berger and Strona 2018 (all rows at once; the limit is uniform).
    """
    import numpy as np

    now = seats.astype(bool)
    random = np.random.default_rng(seed)
    for trial in range(trials):
        for _ in range(between if trial else before):
            _trade(now, random)
        yield now


def _trade(now: Any, random: Any) -> None:
    """Pair the rows at random, and let each pair trade, in place."""
    import numpy as np

    order = random.permutation(len(now))
    half = len(order) // 2
    ones, others = order[:half], order[half : 2 * half]
    first, second = now[ones], now[others]
    differ = first ^ second
    many = np.count_nonzero(differ, axis=1)
    goes = _mixed(np.flatnonzero(differ), many, now.shape[1], random)
    limits = np.cumsum(many) - many + np.count_nonzero(first & differ, axis=1)
    to_first = np.arange(len(goes)) < np.repeat(limits, many)
    np.put(first, goes, to_first)
    np.put(second, goes, ~to_first)
    now[ones], now[others] = first, second


def _mixed(places: Any, many: Any, wide: int, random: Any) -> Any:
    """Return the places of a matrix in random order within each row; `many` are in each.

    One sort of numbers does it: the row, then chance, then the column.
    """
    import numpy as np

    rows = np.repeat(np.arange(len(many)), many)
    low = wide.bit_length()
    chance = min(CHANCE, 64 - low - len(many).bit_length())
    keys = rows.astype(np.uint64) << np.uint64(chance)
    keys |= random.integers(0, 1 << chance, len(places), dtype=np.uint32)
    keys = (keys << np.uint64(low)) | (places - rows * wide).astype(np.uint64)
    keys.sort()
    return (keys & np.uint64((1 << low) - 1)).astype(np.intp) + rows * wide
