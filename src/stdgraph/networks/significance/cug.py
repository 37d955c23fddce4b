"""Conditional uniform graph tests: is a network more closed or more mixed than random ones of its size, edges or dyads?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase, marked
from stdgraph.networks.network import Network
from stdgraph.networks.significance.permutations import at_least, refuse, share
from stdgraph.networks.views import TWO_MODE

GIVEN = ("edges", "size", "dyads")
STATISTICS = {
    "transitivity": marked("ties of two ends of a path of two steps, of all such paths"),
    "E-I index by country": marked("ties across borders less ties within countries, of all (Krackhardt and Stern)"),
    "assortativity by country": marked("how far ties stay within countries: 1 all, 0 as by chance (Newman)"),
    "assortativity by kind": marked("how far ties stay within kinds of actor (Newman)"),
}
LARGEST = {"edges": 3000, "dyads": 3000, "size": 500}
"""Networks with more nodes are refused: all pairs of nodes are numbered, and half of them are tied where size alone is given."""
Arcs = tuple[Any, Any]
"""The nodes from which ties lead and those to which they lead; a tie without direction is two."""


@dataclass(frozen=True)
class Chance:
    """A statistic of a network: observed, mean over the random networks, the shares of those with as great or as small a value."""

    statistic: str
    observed: float
    mean: float
    p_greater: float
    p_less: float


def cug(found: Network, *, given: str = "edges", trials: int = 2000, seed: int = 1) -> list[Chance]:
    """Return how statistics of a network compare with those of random ones, all equally likely.

    `size`: with as many nodes (each tie is there or not, like a coin); `edges`: and as many edges; `dyads`: and as many pairs
    that are tied both ways, one way, not at all. Weights do not count. A statistic that the network does not have is left
    out; where a random network has none (no path of two steps), it counts as 0.

    Raises:
        ParameterError: there is no such condition, there are no trials, or the network is of two modes, has fewer than three nodes or too many.

    Source: Anderson, Butts and Carley 1999.
    """
    import numpy as np

    from stdgraph.networks.measures.matrices import adjacency

    refuse(trials)
    _fits(found, given)
    nodes = sorted(found)
    tied = adjacency(found, weighted=False, nodes=nodes).tocoo()
    loops = tied.row == tied.col
    arcs = tied.row[~loops], tied.col[~loops]
    groups = _groups(found, nodes)
    observed = _statistics(arcs, len(nodes), groups)
    names = [name for name, value in observed.items() if value is not None]
    seen = np.array([observed[name] for name in names])
    above, below, total = np.zeros(len(names), int), np.zeros(len(names), int), np.zeros(len(names))
    for random in _random(arcs, len(nodes), (given, found.is_directed()), trials, seed):
        drawn = _statistics(random, len(nodes), groups)
        values = np.array([drawn[name] or 0.0 for name in names])
        above += at_least(values[None], seen)
        below += at_least(-values[None], -seen)
        total += values
    return [
        Chance(name, float(seen[at]), float(total[at] / trials), share(above[at], trials), share(below[at], trials))
        for at, name in enumerate(names)
    ]


def _fits(found: Network, given: str) -> None:
    if given not in GIVEN:
        detail = Phrase("'{given}' is none of {known}", given=given, known=", ".join(GIVEN))
        raise ParameterError(parameter="given", detail=detail)
    if found.graph.get("mode") == TWO_MODE:
        detail = Phrase("random networks are of one mode; take network backbone, or a projection such as co-membership")
        raise ParameterError(parameter="view", detail=detail)
    if not 3 <= len(found) <= LARGEST[given]:
        most = LARGEST[given]
        detail = Phrase("has {number} nodes; from 3 to {most} can be compared", number=len(found), most=most)
        raise ParameterError(parameter="view", detail=detail)


def _random(arcs: Arcs, number: int, how: tuple[str, bool], trials: int, seed: int) -> Iterator[Arcs]:
    """Yield random networks with so many nodes as arcs: under a condition, directed or not."""
    import numpy as np

    given, directed = how
    random = np.random.default_rng(seed)
    rows, columns = np.triu_indices(number, 1)
    if not directed or given == "dyads":
        both, once = _dyads(arcs, number)
    else:
        rows, columns = np.concatenate([rows, columns]), np.concatenate([columns, rows])
        both, once = 0, len(arcs[0])
    for _ in range(trials):
        if given == "size":
            chosen = np.nonzero(random.random(len(rows)) < 0.5)[0]
            both = 0 if directed else len(chosen)
        else:
            chosen = random.choice(len(rows), both + once, replace=False)
        a, b = rows[chosen], columns[chosen]
        if directed and given == "dyads":
            turned = random.random(len(chosen)) < 0.5
            a, b = np.where(turned, b, a), np.where(turned, a, b)
        yield np.concatenate([a, b[:both]]), np.concatenate([b, a[:both]])


def _dyads(arcs: Arcs, number: int) -> tuple[int, int]:
    """Return how many pairs are tied both ways, and how many one way."""
    import numpy as np

    a, b = arcs
    seen = np.unique(np.minimum(a, b) * number + np.maximum(a, b), return_counts=True)[1]
    return int((seen == 2).sum()), int((seen == 1).sum())


def _groups(found: Network, nodes: list[Any]) -> dict[str, Any]:
    """Return the number of each node's country and kind, -1 where it is not known."""
    import numpy as np

    result = {}
    for attribute in ("country", "kind"):
        values = [found.nodes[node].get(attribute, "") for node in nodes]
        at = {value: number for number, value in enumerate(sorted(set(values) - {""}))}
        result[attribute] = np.array([at.get(value, -1) for value in values])
    return result


def _statistics(arcs: Arcs, number: int, groups: Mapping[str, Any]) -> dict[str, float | None]:
    """Return the statistics of a network, None where it has none."""
    ends = {name: (of[arcs[0]], of[arcs[1]]) for name, of in groups.items()}
    known = {name: (a[keep], b[keep]) for name, (a, b) in ends.items() for keep in [(a >= 0) & (b >= 0)]}
    values = [_transitivity(arcs, number), _external(*known["country"])]
    return dict(zip(STATISTICS, [*values, *(_assortativity(*known[name]) for name in groups)], strict=True))


def _transitivity(arcs: Arcs, number: int) -> float | None:
    """Return the share of the paths of two steps whose ends are tied as the path leads; None without such a path."""
    import numpy as np
    from scipy import sparse

    a, b = arcs
    tied = sparse.csr_array((np.ones(len(a)), (a, b)), shape=(number, number))
    paths = np.bincount(b, minlength=number) @ np.bincount(a, minlength=number) - tied.multiply(tied.T).sum()
    if not paths:
        return None
    if len(a) > number * number / 20:  # a dense product is quicker
        plain = tied.toarray().astype(np.float32)
        return float((plain @ plain)[a, b].sum(dtype=np.float64) / paths)
    return float((tied @ tied).multiply(tied).sum() / paths)


def _external(a: Any, b: Any) -> float | None:
    return float(2 * (a != b).mean() - 1) if len(a) else None


def _assortativity(a: Any, b: Any) -> float | None:
    """Return Newman's assortativity of the groups at both ends of the ties; none where all are of one group."""
    import numpy as np

    if not len(a):
        return None
    number = int(max(a.max(), b.max())) + 1
    leaving, entering = np.bincount(a, minlength=number) / len(a), np.bincount(b, minlength=number) / len(b)
    chance = float(leaving @ entering)
    return (float((a == b).mean()) - chance) / (1 - chance) if chance < 1 - 1e-12 else None
