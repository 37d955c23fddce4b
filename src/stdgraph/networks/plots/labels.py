"""Where labels stand: none on another, on a node or beyond the page; the most central first, those without room left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from stdgraph.networks.plots.marks import HALF_HIGH, LEADING, Point

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
STRAIGHT = ((1, 0), (-1, 0), (0, 1), (0, -1), (0.72, 0.72), (-0.72, 0.72), (0.72, -0.72), (-0.72, -0.72))
BETWEEN = tuple((x * 0.92, y * 0.38) for x in (1, -1) for y in (1, -1)) + tuple(
    (x * 0.38, y * 0.92) for x in (1, -1) for y in (1, -1)
)
WAYS = STRAIGHT + BETWEEN
"""Where a label may stand of its node, the best first."""
GAPS = (1.5, 5.0)
FAR_GAPS = (12.0, 20.0, 32.0)
"""Points between a node and its label; from the first far one on a line leads from one to the other."""
STEP = 5.0
"""Points between the places of a line at which it is looked whether it runs through a label."""


@dataclass(frozen=True)
class Label:
    """A label: its node, its lines, how wide they are at its size.

    `ways` are those that it may stand in, if not all; `far` tells that it may stand far off, with a line to its node;
    `must` that it stands on other nodes rather than nowhere.
    """

    node: Any
    lines: tuple[str, ...]
    wide: float
    size: float
    ways: tuple[Point, ...] = WAYS
    far: bool = False
    must: bool = False

    @property
    def high(self) -> float:
        """How high its lines are together."""
        return self.size * (0.9 + LEADING * (len(self.lines) - 1))


@dataclass(frozen=True)
class Placed:
    """A label with the beginning of its first base line, its box, and the line to its node, if it stands far off."""

    label: Label
    at: Point
    box: Box
    leader: tuple[Point, ...] = ()


def placed(
    wanted: Sequence[Label],
    places: Mapping[Any, Point],
    radii: Mapping[Any, float],
    lines: Sequence[Sequence[Point]],
    page: Point,
) -> list[Placed]:
    """Return the labels that have room, in the order wanted: each where fewest lines run through it.

    Args:
        wanted: labels, the most important first.
        places: where nodes stand.
        radii: how large they are.
        lines: lines through points that labels had better not hide.
        page: width and height within which they must stay.
    """
    import numpy as np

    dots = np.array([(*places[n], radii[n]) for n in sorted(places)]).reshape(-1, 3)
    dense = np.array([p for line in lines for p in _dense(line)]).reshape(-1, 2)
    boxes = np.empty((0, 4))
    found = []
    for label in wanted:
        free = [
            (bool(one.leader), _through(box, dense), rank, one)
            for rank, one in enumerate(_candidates(label, places[label.node], radii[label.node]))
            if _within(box := one.box, page) and not _meets(box, boxes) and not _covers(box, dots)
        ]
        if not free and label.must:
            free = [(False, 0, 0, _candidates(label, places[label.node], radii[label.node])[0])]
        if free:
            best = min(free, key=lambda one: one[:3])[3]
            found.append(best)
            boxes = np.vstack([boxes, best.box])
    return found


def _candidates(label: Label, at: Point, radius: float) -> list[Placed]:
    found = []
    wide, high = label.wide, label.high
    for gap in (*GAPS, *FAR_GAPS) if label.far else GAPS:
        for x, y in label.ways:
            out = radius + gap
            middle = (at[0] + x * out + _sign(x) * wide / 2, at[1] + y * out + _sign(y) * high / 2)
            box = (middle[0] - wide / 2, middle[1] - high / 2, middle[0] + wide / 2, middle[1] + high / 2)
            base = box[3] - label.size * (0.45 + HALF_HIGH)
            lead = ((at[0] + x * radius, at[1] + y * radius), (at[0] + x * (out - 1), at[1] + y * (out - 1)))
            found.append(Placed(label, (box[0], base), box, lead if gap in FAR_GAPS else ()))
    return found


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _dense(line: Sequence[Point]) -> list[Point]:
    """Return points of a line, so dense that none of its parts slips through a label."""
    found: list[Point] = []
    for (ax, ay), (bx, by) in pairwise(line):
        steps = max(int(max(abs(bx - ax), abs(by - ay)) / STEP), 1)
        found += [(ax + (bx - ax) * n / steps, ay + (by - ay) * n / steps) for n in range(steps + 1)]
    return found


def _within(box: Box, page: Point) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= page[0] and box[3] <= page[1]


def _meets(box: Box, boxes: Any) -> bool:
    left, low, right, top = boxes.T
    return bool(((left < box[2] + 1) & (right > box[0] - 1) & (low < box[3]) & (top > box[1])).any())


def _covers(box: Box, dots: Any) -> bool:
    """Tell whether a box lies on a node."""
    import numpy as np

    x, y, r = dots.T
    near_x, near_y = np.clip(x, box[0], box[2]), np.clip(y, box[1], box[3])
    return bool(((x - near_x) ** 2 + (y - near_y) ** 2 < r**2).any())


def _through(box: Box, dense: Any) -> int:
    x, y = dense.T
    return int(((x > box[0]) & (x < box[2]) & (y > box[1]) & (y < box[3])).sum())
