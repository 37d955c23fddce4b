"""Communities followed from one day or year to the next: which goes on as which, and who moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count, pairwise
from math import fsum
from typing import Any

from stdgraph.errors import ParameterError
from stdgraph.locale import Phrase
from stdgraph.networks.measures.communities import Communities, adjusted_rand, communities
from stdgraph.networks.network import Network
from stdgraph.networks.slices import UNDATED

ALIKE = 0.3
"""A community goes on as another if they share at least this part of their actors, of those that were there on both days."""
STABLE = 0.8
"""Where other seeds or orders agree less (adjusted Rand index), one division is not to be built on."""
Node = Any


@dataclass(frozen=True)
class Stage:
    """A day or year: its network, and the number that the community of each node has through time.

    `agreement` is the mean adjusted Rand index between the stage before and what other seeds give here, over the actors of both:
    where nothing has changed, it is as great as the stability. None if there are fewer than two.
    """

    name: str
    network: Network = field(repr=False)
    of: Mapping[Node, int] = field(repr=False)
    groups: Communities = field(repr=False)
    agreement: float | None = None

    @property
    def stability(self) -> float | None:
        """How far other seeds and orders give the same communities, the lesser of both; None where there are none."""
        told = [v for v in (self.groups.over_seeds, self.groups.over_orders) if v is not None]
        return min(told, default=None)

    @cached_property
    def members(self) -> dict[int, list[Node]]:
        """The nodes of each community, that of the greatest strength first; the communities by number."""
        found: dict[int, list[Node]] = {}
        for node in ranked(self.network):
            found.setdefault(self.of[node], []).append(node)
        return dict(sorted(found.items()))


@dataclass(frozen=True)
class Flow:
    """Those who are in one community at a stage and in one at the next; None where they are not in the network.

    `members` are nodes, that of the greatest strength first.
    """

    source: Stage
    target: Stage
    community: int | None
    next_community: int | None
    members: Sequence[Node]


@dataclass(frozen=True)
class Flows:
    """The communities of a view through time; `unit` tells whether its stages are days or years.

    A community has one number, in whatever stage it is; a community that none goes on as has a new one.
    """

    stages: Sequence[Stage]
    unit: str = "day"

    @cached_property
    def flows(self) -> list[Flow]:
        """Who goes from where to where, between each two stages in a row; each actor of either is in one flow."""
        return [flow for one, two in pairwise(self.stages) for flow in _between(one, two)]


def ranked(network: Network) -> list[Node]:
    """Return the nodes of a network, the greatest strength first."""
    weight = dict(network.degree(weight="weight"))
    return sorted(network, key=lambda node: (-weight[node], node))


def followed(found: Mapping[str, Network], *, unit: str = "day") -> Flows:
    """Return the communities of networks in the order of their time, each followed from one to the next.

    Each network is divided by itself (Leiden, one seed), and compared with other seeds and orders. A community then goes on
    as the one that shares most actors with it (Jaccard index, of the actors of both days, at least ALIKE), the surest pairs first;
    one that stayed away for a time comes back under its number. The slice of what has no date is left out.

    Raises:
        ParameterError: there are fewer than two.

    Source: Greene, Doyle and Cunningham, Tracking the evolution of communities in dynamic social networks (2010).
    """
    times = {name: network for name, network in found.items() if name != UNDATED}
    if len(times) < 2:
        detail = Phrase("two days or years at least; there is {given}", given=", ".join(times) or "-")
        raise ParameterError(parameter=f"{unit}s", detail=detail)
    stages: list[Stage] = []
    last: dict[int, set[Node]] = {}
    for name, network in times.items():
        stages.append(_stage(name, network, last, stages[-1] if stages else None))
        last |= _sets(stages[-1].of)
    return Flows(tuple(stages), unit)


def _stage(name: str, network: Network, last: Mapping[int, set[Node]], before: Stage | None) -> Stage:
    """Return a stage, its communities under the numbers of those that they go on as."""
    groups = communities(network, stability=True)
    numbers = _numbers(_sets(groups.of), last)
    of = {node: numbers[number] for node, number in groups.of.items()}
    return Stage(name, network, of, groups, _agreement(before.of, groups.others or [of]) if before else None)


def _sets(of: Mapping[Node, int]) -> dict[int, set[Node]]:
    found: dict[int, set[Node]] = {}
    for node, number in of.items():
        found.setdefault(number, set()).add(node)
    return found


def _numbers(new: Mapping[int, set[Node]], last: Mapping[int, set[Node]]) -> dict[int, int]:
    """Return the number through time of each community of a stage: that of the one that it goes on as, else the next free one."""
    found: dict[int, int] = {}
    for _, old, number in sorted(_likenesses(new, last)):
        if number not in found and old not in found.values():
            found[number] = old
    fresh = count(max(last, default=0) + 1)
    return {number: found[number] if number in found else next(fresh) for number in sorted(new)}


def _likenesses(new: Mapping[int, set[Node]], last: Mapping[int, set[Node]]) -> Iterator[tuple[float, int, int]]:
    """Yield how alike each two communities are that are alike enough, as a negative number, and the numbers of both."""
    here, known = set[Node]().union(*new.values()), set[Node]().union(*last.values())
    for number, members in new.items():
        for old, before in last.items():
            one, two = before & here, members & known
            likeness = len(one & two) / max(len(one | two), 1)
            if likeness >= ALIKE:
                yield -likeness, old, number


def _agreement(one: Mapping[Node, int], others: Sequence[Mapping[Node, int]]) -> float | None:
    both = [node for node in one if node in others[0]]
    if len(both) < 2:
        return None
    before = {n: one[n] for n in both}
    return fsum(adjusted_rand(before, {n: other[n] for n in both}) for other in others) / len(others)


def _between(one: Stage, two: Stage) -> list[Flow]:
    found: dict[tuple[int | None, int | None], list[Node]] = {}
    for node in dict.fromkeys([*ranked(one.network), *ranked(two.network)]):
        found.setdefault((one.of.get(node), two.of.get(node)), []).append(node)
    return [Flow(one, two, *ends, members) for ends, members in sorted(found.items(), key=lambda flow: _order(flow[0]))]


def _order(ends: Iterable[int | None]) -> list[tuple[bool, int]]:
    """Return what flows are sorted by: those who were not there, or will not be, last."""
    return [(number is None, number or 0) for number in ends]
