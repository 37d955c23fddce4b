"""The backbone of a network: the ties that are more than chance gives, each with its p."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import networkx as nx

from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase
from stdgraph.networks.network import Network
from stdgraph.networks.significance.corrections import CORRECTIONS, passing
from stdgraph.networks.significance.permutations import refuse
from stdgraph.networks.views import PROJECTION, TWO_MODE, view, views

MODELS = ("sdsm", "fdsm", "disparity")
PAIRS = 20_000_000
"""More pairs, or so many seats, are refused: they do not fit the memory."""
DIGITS, BITS = 9, 64


@dataclass(frozen=True)
class Criterion:
    """How ties are tested: model, level, correction, both tails or the upper; trials and seed where chance is drawn."""

    model: str = "sdsm"
    alpha: float = 0.05
    correction: str = "bonferroni"
    sign: bool = False
    trials: int = 1000
    seed: int = 1

    def __post_init__(self) -> None:
        for name, allowed in (("model", MODELS), ("correction", CORRECTIONS)):
            if getattr(self, name) not in allowed:
                known = ", ".join(allowed)
                detail = Phrase("'{given}' is none of {known}", given=getattr(self, name), known=known)
                raise ParameterError(parameter=name, detail=detail)
        if not 0 < self.alpha < 1:
            raise ParameterError(parameter="alpha", detail=Phrase("is a number between 0 and 1"))
        refuse(self.trials)
        if self.sign and self.model == "disparity":
            raise ParameterError(parameter="sign", detail=Phrase("goes with sdsm and fdsm; leave it out"))

    @property
    def told(self) -> dict[str, Any]:
        """What a file tells of the criterion."""
        drawn = {"trials": self.trials, "seed": self.seed} if self.model == "fdsm" else {}
        tail = "both" if self.sign else "upper"
        return {"model": self.model, "alpha": self.alpha, "correction": self.correction, "tail": tail, **drawn}


@dataclass(frozen=True)
class Pair:
    """A pair that was tested: its ends, what was observed and expected, p, and whether it is kept.

    `sign` is 1 where both are tied more than expected, -1 where less.
    """

    a: str
    b: str
    observed: int | float
    expected: float
    p: float
    kept: bool
    sign: int = 1


@dataclass(frozen=True)
class Backbone:
    """The pairs that were tested, the least p first; the network of those that are kept; how they were tested.

    An edge of the network has `weight` (what was observed), `expected`, `p`, and `sign` where both tails were asked for.
    `tests` is the number of tests for which the correction stands: a pair, or in the disparity filter an end of an edge;
    `nodes` has the attributes of all nodes that were tested.
    """

    pairs: tuple[Pair, ...]
    network: Network
    criterion: Criterion
    tests: int
    nodes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, repr=False)

    @property
    def kept(self) -> int:
        """How many pairs are kept."""
        return self.network.number_of_edges()

    @property
    def tied(self) -> int:
        """How many of the pairs are tied at all."""
        return sum(pair.observed > 0 for pair in self.pairs)

    @property
    def hopeless(self) -> bool:
        """Tell whether not even the least p that so many trials can give would pass the Bonferroni correction."""
        least = self.criterion.alpha / (self.tests if self.criterion.correction == "bonferroni" else 1)
        return bool(
            self.criterion.model == "fdsm"
            and self.tests
            and (1 + self.criterion.sign) / (self.criterion.trials + 1) > least
        )


def fitting(name: str, model: str) -> tuple[str, str]:
    """Return the view to test, and the model: a projection is tested by the seats behind it, unless by its weights.

    >>> fitting("co-membership", ""), fitting("cooperation", "")
    (('membership', 'sdsm'), ('cooperation', 'disparity'))

    Raises:
        ParameterError: there is no such view.
    """
    about = view(name)
    if about.mode == PROJECTION and model != "disparity":
        name = next(one.name for one in views().values() if one.two_mode and one.query == about.query)
    return name, model or ("sdsm" if view(name).two_mode else "disparity")


def backbone(found: Network, criterion: Criterion | None = None) -> Backbone:
    """Return the ties of a network that are significant.

    `sdsm` and `fdsm` test each pair of the left mode of a two-mode network (whose nodes have `side`): are both tied to the
    same rights more often than in networks with the same degrees, on average (sdsm) or each (fdsm)? `disparity` tests
    each edge of a weighted network of one mode: is its weight more than an even share of the strength of one of its ends?

    Args:
        found: a network; parallel edges count as one in two modes, and add up in one; loops do not count.
        criterion: how ties are tested; by the stochastic degree sequence model if not given.

    Raises:
        ParameterError: the model does not go with the network, or the network is too large.
    """
    criterion = criterion or Criterion()
    two_mode = found.graph.get("mode") == TWO_MODE
    if two_mode == (criterion.model == "disparity"):
        needed = Phrase("needs a network of one mode; take sdsm or fdsm")
        detail = needed if two_mode else Phrase("needs a two-mode view, such as membership; take disparity")
        raise ParameterError(parameter="model", detail=detail)
    tested = _disparity(found, criterion) if criterion.model == "disparity" else _projected(found, criterion)
    return _result(found, criterion, *tested)


def _result(found: Network, criterion: Criterion, pairs: Iterator[Pair], tests: int) -> Backbone:
    ordered = tuple(sorted(pairs, key=lambda pair: (pair.p, pair.a, pair.b)))
    kept: Network = nx.DiGraph() if found.is_directed() else nx.Graph()
    told = {name: value for name, value in found.graph.items() if name not in ("left", "right", "mode")}
    kept.graph |= told | {"mode": "backbone", **criterion.told, "tests": tests}
    ends = {node for pair in ordered if pair.kept for node in (pair.a, pair.b)}
    for node in sorted(ends):
        kept.add_node(node, **{name: value for name, value in found.nodes[node].items() if name != "side"})
    for pair in sorted((pair for pair in ordered if pair.kept), key=lambda pair: (pair.a, pair.b)):
        sign = {"sign": pair.sign} if criterion.sign else {}
        kept.add_edge(pair.a, pair.b, weight=pair.observed, expected=pair.expected, p=pair.p, **sign)
    nodes = {node: found.nodes[node] for pair in ordered for node in (pair.a, pair.b)}
    return Backbone(ordered, kept, criterion, tests, nodes)


@dataclass(frozen=True)
class Seats:
    """A two-mode network as a matrix: names of the lefts, 0/1 with a row a left, the places of all pairs of lefts."""

    names: list[str]
    matrix: Any
    one: Any
    other: Any
    together: Any = field(repr=False)


def seats_of(found: Network) -> Seats:
    """Return a two-mode network as a matrix.

    Raises:
        ParameterError: it is too large.
    """
    import numpy as np

    left = found.graph.get("left")
    names = sorted(node for node, side in found.nodes(data="side") if side == left)
    rights = sorted(node for node, side in found.nodes(data="side") if side != left)
    if max(len(names) * (len(names) - 1) // 2, len(names) * len(rights)) > PAIRS:
        detail = Phrase("{number} nodes are too many to test all pairs; narrow the view", number=len(names))
        raise ParameterError(parameter="view", detail=detail)
    at, to = ({node: place for place, node in enumerate(nodes)} for nodes in (names, rights))
    edges = sorted({(at[a], to[b]) if a in at else (at[b], to[a]) for a, b in found.edges()})
    matrix = np.zeros((len(names), len(rights)), bool)
    if edges:
        matrix[tuple(np.array(edges).T)] = True
    one, other = np.triu_indices(len(names), 1)
    return Seats(names, matrix, one, other, together(matrix))


def together(matrix: Any) -> Any:
    """Return how many columns each two rows of a 0/1 matrix share, in the order of the pairs above the diagonal.

    A row is a number in bits; what two share is counted in whole words.

    >>> import numpy as np
    >>> together(np.array([[1, 1, 0], [1, 1, 1], [0, 0, 1]], bool)).tolist()
    [2, 0, 1]
    """
    import numpy as np

    rows, columns = matrix.shape
    padded = np.zeros((rows, -(-columns // BITS) * BITS), bool)
    padded[:, :columns] = matrix
    words = np.ascontiguousarray(np.packbits(padded, axis=1).view(np.uint64).T)
    shared = (np.bitwise_count(words[:, at + 1 :] & words[:, at, None]) for at in range(rows))
    return np.concatenate([each.sum(axis=0, dtype=np.int64) for each in shared] or [np.zeros(0, np.int64)])


def _projected(found: Network, criterion: Criterion) -> tuple[Iterator[Pair], int]:
    """Return the pairs of lefts, tested by one of the models that keep degrees."""
    import numpy as np

    seats = seats_of(found)
    upper, lower, expected = (_by_chances if criterion.model == "sdsm" else _by_trades)(seats, criterion)
    p = np.minimum(2 * np.minimum(upper, lower), 1) if criterion.sign else upper
    sign = np.where(criterion.sign & (lower < upper), -1, 1)
    kept = passing(p, criterion.alpha, criterion.correction)
    columns = (seats.together, expected, p, kept, sign)
    return _pairs(seats.names, seats.one, seats.other, columns), len(p)


def _by_chances(seats: Seats, criterion: Criterion) -> tuple[Any, Any, Any]:
    """Return both tails and the mean, exactly, of ties that are independent and whose degrees are met on average."""
    import numpy as np

    from stdgraph.networks.significance.degrees import chances
    from stdgraph.networks.significance.tails import tails

    found = chances(seats.matrix.astype(np.int64))
    each = found.of[found.row][:, found.column]
    upper, lower = tails(each, seats.one, seats.other, seats.together, lower=criterion.sign)
    return upper, lower, (each @ each.T)[seats.one, seats.other]


def _by_trades(seats: Seats, criterion: Criterion) -> tuple[Any, Any, Any]:
    """Return both tails and the mean, of random networks with the same degrees; the one observed counts among them."""
    import numpy as np

    from stdgraph.networks.significance.curveball import shuffled

    above, below, total = (np.zeros(len(seats.one), np.int64) for _ in range(3))
    for matrix in shuffled(seats.matrix, criterion.trials, criterion.seed):
        drawn = together(matrix)
        above += drawn >= seats.together
        below += drawn <= seats.together
        total += drawn
    return (above + 1) / (criterion.trials + 1), (below + 1) / (criterion.trials + 1), total / criterion.trials


def _disparity(found: Network, criterion: Criterion) -> tuple[Iterator[Pair], int]:
    """Return the edges, tested from both ends; p and what is expected are those of the end with the lesser p."""
    import numpy as np

    from stdgraph.networks.measures.matrices import adjacency
    from stdgraph.networks.significance.disparity import disparity

    names = sorted(found)
    weights = adjacency(found, weighted=True, nodes=names)
    one, other, observed, p, expected = disparity(weights, directed=found.is_directed())
    kept = passing(p, criterion.alpha, criterion.correction).any(axis=1)
    least = p.argmin(axis=1)
    each = np.arange(len(p))
    columns = (observed, expected[each, least], p[each, least], kept, np.ones(len(p), int))
    return _pairs(names, one, other, columns), p.size


def _pairs(names: list[str], one: Any, other: Any, columns: tuple[Any, ...]) -> Iterator[Pair]:
    for i, j, observed, expected, p, kept, sign in zip(one, other, *columns, strict=True):
        seen = int(observed) if observed == int(observed) else _right(observed)
        yield Pair(names[i], names[j], seen, _right(expected), _right(p), bool(kept), int(sign))


def _right(value: float) -> float:
    """Return a number with the digits that are right."""
    return float(f"{value:.{DIGITS}g}")
