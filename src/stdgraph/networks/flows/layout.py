"""Where blocks and ribbons stand: heights by actors on one scale, communities in an order that crosses little."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum
from typing import Any

from stdgraph.networks.flows.following import Flows, Stage

WIDE, HIGH = 660.0, 400.0
"""The size of a picture without what stands above and below, in points of the screen."""
GAP, BLOCK = 12.0, 14.0
"""Points between two blocks of one time, and how wide a block is."""
SHOWN = 7
"""So many communities have a colour of their own, those of most actors over all times; the others stand together as one."""
REST = 0
"""The number of those others."""
FEW = 4
"""At most so many times leave room for words beside their blocks."""
STEPS = 24
"""So many straight pieces make the curve of a ribbon."""


@dataclass(frozen=True)
class Block:
    """A community at a stage: its number (REST for the others together), its nodes, and where it stands."""

    stage: int
    community: int
    nodes: Sequence[Any]
    x: float
    y: float
    high: float

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.y + self.high / 2


@dataclass(frozen=True)
class Ribbon:
    """Those who go from one block to another: where it begins at each, and how high it is."""

    source: Block
    target: Block
    y: float
    y2: float
    high: float

    def curve(self) -> list[tuple[float, float, float]]:
        """Return points from left to right: how far right, and the upper and the lower edge there."""
        left, right = self.source.x + BLOCK, self.target.x
        found = []
        for n in range(STEPS + 1):
            t = n / STEPS
            y = self.y + (self.y2 - self.y) * t * t * (3 - 2 * t)
            found.append((round(left + (right - left) * t, 2), round(y, 2), round(y + self.high, 2)))
        return found


@dataclass(frozen=True)
class Layout:
    """All blocks and ribbons, the communities that have a colour, how far it is from one time to the next, and the whole height."""

    blocks: Sequence[Block]
    ribbons: Sequence[Ribbon]
    shown: Sequence[int]
    step: float
    high: float


def laid_out(found: Flows) -> Layout:
    """Return where blocks and ribbons of communities through time stand; the first block is at the top left."""
    shown = _shown(found.stages)
    stages = [_grouped(stage, shown) for stage in found.stages]
    number = len(stages)
    step = WIDE / number if number <= FEW else (WIDE - BLOCK) / (number - 1)
    scale = min(((HIGH - GAP * (len(one) - 1)) / sum(map(len, one.values())) for one in stages if one), default=1.0)
    columns: list[dict[int, Block]] = []
    for at, groups in enumerate(stages):
        order = _order(groups, columns[-1] if columns else {})
        columns.append(_column(at, groups, order, round(at * step, 2), scale))
    ribbons = [ribbon for one, two in pairwise(columns) for ribbon in _ribbons(one, two, scale)]
    blocks = [block for column in columns for block in column.values()]
    return Layout(blocks, ribbons, shown, step, max((b.y + b.high for b in blocks), default=0.0))


def _shown(stages: Sequence[Stage]) -> list[int]:
    sizes = Counter(number for stage in stages for number in stage.of.values())
    return sorted(sizes, key=lambda number: (-sizes[number], number))[:SHOWN]


def _grouped(stage: Stage, shown: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for number, nodes in stage.members.items():
        found.setdefault(number if number in shown else REST, []).extend(nodes)
    return found


def _order(groups: Mapping[int, Sequence[Any]], before: Mapping[int, Block]) -> list[int]:
    """Return the communities from top to bottom: near where their actors came from; at first the largest at the top."""
    came = {node: block.middle for block in before.values() for node in block.nodes}

    def place(number: int) -> tuple[bool, bool, float, int, int]:
        known = [came[node] for node in groups[number] if node in came]
        mean = round(fsum(known) / len(known), 6) if known else 0.0
        return number == REST, not known, mean, -len(groups[number]), number

    return sorted(groups, key=place)


def _column(
    at: int, groups: Mapping[int, Sequence[Any]], order: Sequence[int], x: float, scale: float
) -> dict[int, Block]:
    found, y = {}, 0.0
    for number in order:
        high = len(groups[number]) * scale
        found[number] = Block(at, number, tuple(groups[number]), x, y, high)
        y += high + GAP
    return found


def _ribbons(one: Mapping[int, Block], two: Mapping[int, Block], scale: float) -> list[Ribbon]:
    """Return the ribbons between two times: at each block in the order of the blocks at their other ends."""
    goes = {node: number for number, block in two.items() for node in block.nodes}
    counts = {a: Counter(goes[node] for node in block.nodes if node in goes) for a, block in one.items()}
    right = {b: block.y for b, block in two.items()}
    found = []
    for a, block in one.items():
        left = block.y
        for b in sorted(counts[a], key=lambda number: two[number].y):
            high = counts[a][b] * scale
            found.append(Ribbon(block, two[b], left, right[b], high))
            left, right[b] = left + high, right[b] + high
    return found
