"""The quadratic assignment procedure: are two networks more alike than if the actors of one had changed places?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase
from stdgraph.networks.significance.layers import Aligned, pairs
from stdgraph.networks.significance.permutations import at_least, moved, orders, refuse, share


@dataclass(frozen=True)
class Likeness:
    """How alike two layers are: correlation of their ties, Jaccard index, and how chance compares with the correlation.

    `p_greater` and `p_less` are the shares of the permutations whose correlation is as great, or as small; the observed one is
    among them. The correlation is None where one layer has the same tie everywhere; the index where neither has one.
    """

    a: str
    b: str
    correlation: float | None
    jaccard: float | None
    p_greater: float | None
    p_less: float | None


def qap(found: Aligned, *, trials: int = 2000, seed: int = 1) -> list[Likeness]:
    """Return how alike each two layers are, with p-values by permutations of the actors.

    Raises:
        ParameterError: there is one layer alone, or there are no trials.

    Source: Hubert 1987; Krackhardt 1987.
    """
    refuse(trials)
    if len(found.names) < 2:
        raise ParameterError(parameter="view", detail=Phrase("{model} takes two views or more", model="qap"))
    return [_alike(found, i, j, trials, seed) for i, j in combinations(range(len(found.names)), 2)]


def _alike(found: Aligned, i: int, j: int, trials: int, seed: int) -> Likeness:
    import numpy as np

    rows, columns = pairs(found)
    one, other = (found.matrices[at][rows, columns] for at in (i, j))
    either = int(((one > 0) | (other > 0)).sum())
    jaccard = float(((one > 0) & (other > 0)).sum() / either) if either else None
    names = found.names[i], found.names[j]
    first, second = one - one.mean(), other - other.mean()
    length = np.sqrt((first @ first) * (second @ second))
    if not length > 0:
        return Likeness(*names, None, jaccard, None, None)
    observed = float(first @ second / length)
    above = below = 0
    centred = found.matrices[i] - one.mean()
    for order in orders(len(found.actors), trials, seed, len(rows)):
        drawn = moved(centred, order, rows, columns) @ second / length
        above += int(at_least(drawn, observed))
        below += int(at_least(-drawn, -observed))
    return Likeness(*names, observed, jaccard, share(above, trials), share(below, trials))
