"""What a picture of a network is made of: lines, arrowheads, nodes and words, in points of a page, in colours for paper."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
ROUND, SQUARE = "round", "square"
MILLIMETRE = 72 / 25.4
WIDTH, MOST_HIGH = 180 * MILLIMETRE, 240 * MILLIMETRE
"""A picture is as wide as the text of a page of A4, and at most as high."""
MARGIN = 10.0
TITLE, TEXT, SMALL = 11.0, 7.0, 6.0
"""Sizes of letters, in points: of the title, of labels, of notes."""
LEADING = 1.2
HALF_HIGH = 0.36
"""Half the height of a letter, of its size: what stands beside a point has its middle there."""


@dataclass(frozen=True)
class Line:
    """A line through points, of a width and colour; `opacity` from 0 to 1."""

    points: tuple[Point, ...]
    width: float
    colour: str
    opacity: float = 1.0


@dataclass(frozen=True)
class Head:
    """The head of an arrow: three points."""

    points: tuple[Point, ...]
    colour: str


@dataclass(frozen=True)
class Dot:
    """A node: round or square, with its half width; a hollow one is its outline only."""

    at: Point
    radius: float
    colour: str
    shape: str = ROUND
    hollow: bool = False


@dataclass(frozen=True)
class Words:
    """Lines of text, the first one's base line beginning at a point; `halo` keeps them legible on lines."""

    at: Point
    lines: tuple[str, ...]
    size: float
    colour: str
    bold: bool = False
    halo: bool = False


@dataclass
class Page:
    """A page of a width and height: what is drawn on it, from below to above, and what is to be told of it."""

    wide: float
    high: float
    lines: list[Line] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)

    def add(self, other: Page, right: float, up: float) -> None:
        """Put another page on this one, its lower left corner at a point."""

        def moved(points: tuple[Point, ...]) -> tuple[Point, ...]:
            return tuple((x + right, y + up) for x, y in points)

        self.lines += [replace(one, points=moved(one.points)) for one in other.lines]
        self.heads += [replace(one, points=moved(one.points)) for one in other.heads]
        self.dots += [replace(one, at=moved((one.at,))[0]) for one in other.dots]
        self.words += [replace(one, at=moved((one.at,))[0]) for one in other.words]
