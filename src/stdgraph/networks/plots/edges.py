"""How edges are drawn: as lines from node to node, with arrowheads where they go one way, as loops where they lead back."""

from __future__ import annotations

from collections.abc import Mapping
from math import atan2, cos, hypot, pi, sin, sqrt
from typing import Any

from stdgraph.charts.files import palette
from stdgraph.networks.network import Network
from stdgraph.networks.plots.marks import Head, Line, Page, Point

THIN = 0.35
THICK = ((60, 2.4), (400, 1.8))
"""The width of the heaviest edge, in networks of at most so many edges; 1.2 in larger ones."""
HEAD_LONG, HEAD_WIDE = 4.6, 3.4
BEND = 0.14
"""How far a line leaves the straight way where another one leads back, of its length."""
PIECES = 10
FAINTEST, CLEAREST = 0.3, 0.6


def draw_edges(
    page: Page, found: Network, places: Mapping[Any, Point], radii: Mapping[Any, float], scale: float = 1
) -> None:
    """Put the edges of a network on a page, the lightest first; those of a larger weight are thicker.

    Parallel edges are drawn as one, as thick as their weights together; `scale` is that of a small picture.
    """
    weights: dict[tuple[Any, Any], float] = {}
    for a, b, weight in found.edges(data="weight", default=1):
        pair = (a, b) if found.is_directed() else (min(a, b), max(a, b))
        weights[pair] = weights.get(pair, 0) + max(float(weight), 0)
    every = sorted(weights.values()) or [1.0]
    least, most = every[0], every[-1]
    thick = scale * next((width for number, width in THICK if len(weights) <= number), 1.2)
    opacity = max(FAINTEST, min(CLEAREST, 7 / sqrt(len(weights) + 1)))
    for (a, b), whole in sorted(weights.items(), key=lambda one: (one[1], one[0])):
        width = THIN + (thick - THIN) * sqrt(whole / most) if most > least else thick / 3
        if a == b:
            points = _loop(found, places, radii, a)
        else:
            bend = BEND if found.is_directed() and (b, a) in weights else 0.0
            points = _way(places[a], places[b], radii[a], radii[b], bend)
        if found.is_directed():
            points = _headed(page, points, width)
        page.lines.append(Line(tuple(points), round(width, 2), palette()["faint"][0], round(opacity, 2)))


def _way(a: Point, b: Point, start: float, end: float, bend: float) -> list[Point]:
    """Return a line from the rim of one node to that of another, bent to its left."""
    length = hypot(b[0] - a[0], b[1] - a[1])
    if not length:
        return [a, b]
    x, y = (b[0] - a[0]) / length, (b[1] - a[1]) / length
    if not bend:
        return [_at(a[0] + x * start, a[1] + y * start), _at(b[0] - x * end, b[1] - y * end)]
    top = ((a[0] + b[0]) / 2 - y * bend * length * 2, (a[1] + b[1]) / 2 + x * bend * length * 2)
    whole = [_on_curve(a, top, b, n / (4 * PIECES)) for n in range(4 * PIECES + 1)]
    outside = [p for p in whole if hypot(p[0] - a[0], p[1] - a[1]) >= start and hypot(p[0] - b[0], p[1] - b[1]) >= end]
    return outside if len(outside) > 1 else [a, b]


def _on_curve(a: Point, top: Point, b: Point, share: float) -> Point:
    one, two, three = (1 - share) ** 2, 2 * share * (1 - share), share**2
    return _at(one * a[0] + two * top[0] + three * b[0], one * a[1] + two * top[1] + three * b[1])


def _loop(found: Network, places: Mapping[Any, Point], radii: Mapping[Any, float], node: Any) -> list[Point]:
    """Return a loop at a node, on the side where its neighbours are not."""
    x, y = places[node]
    others = [places[n] for n in sorted(found[node]) if n != node]
    away = (
        atan2(y - sum(p[1] for p in others) / len(others), x - sum(p[0] for p in others) / len(others))
        if others
        else pi / 2
    )
    size = max(radii[node] * 0.7, 4.0)
    middle = (x + cos(away) * (radii[node] + size * 0.7), y + sin(away) * (radii[node] + size * 0.7))
    turns = [away + pi + 2 * pi * n / (2 * PIECES) for n in range(2 * PIECES + 1)]
    return [
        p
        for p in (_at(middle[0] + cos(t) * size, middle[1] + sin(t) * size) for t in turns)
        if hypot(p[0] - x, p[1] - y) >= radii[node]
    ]


def _headed(page: Page, points: list[Point], width: float) -> list[Point]:
    """Put the head of an arrow on a page, and return the line without what the head covers."""
    end = points[-1]
    rest = [p for p in points[:-1] if hypot(p[0] - end[0], p[1] - end[1]) > HEAD_LONG] or points[:1]
    length = hypot(end[0] - rest[-1][0], end[1] - rest[-1][1])
    if not length:
        return points
    x, y = (end[0] - rest[-1][0]) / length, (end[1] - rest[-1][1]) / length
    long = min(HEAD_LONG + width, length)
    foot = _at(end[0] - x * long, end[1] - y * long)
    half = (HEAD_WIDE + width) / 2
    corners = (end, _at(foot[0] - y * half, foot[1] + x * half), _at(foot[0] + y * half, foot[1] - x * half))
    page.heads.append(Head(corners, palette()["faint"][0]))
    return [*rest, foot]


def _at(x: float, y: float) -> Point:
    return round(x, 2), round(y, 2)
