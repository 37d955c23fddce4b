"""A network drawn: nodes, edges and labels in a frame of a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from stdgraph.charts.files import palette
from stdgraph.charts.words import lines
from stdgraph.networks.network import Network, labelled
from stdgraph.networks.plots import pen
from stdgraph.networks.plots.edges import draw_edges
from stdgraph.networks.plots.labels import WAYS, Label, placed
from stdgraph.networks.plots.layout import Places, fitted, spread
from stdgraph.networks.plots.looks import Looks
from stdgraph.networks.plots.marks import LEADING, TEXT, Dot, Line, Page, Point, Words

BESIDES, AROUND = 40.0, 16.0
"""Room for labels at the left and right of the nodes, and above and below them."""
APART = 5.0
"""Points between two nodes at least."""
GHOST = 0.8
"""The radius of a node of other years."""
LARGE, LARGER = 0.6, 1.2
"""Labels of nodes whose radius is at least this share of the largest are so much larger."""
BETWEEN = 90.0
"""Points between two columns at least."""
LONG, ROWS = 26, 3
"""Halves of a Chinese character in a line of a label, and its lines at most."""
IN_COLUMNS = 5.0
"""The radius of a node in a column at most."""
IMPORTANT = 12
"""So many of the greatest nodes have their labels far off rather than none."""


@dataclass(frozen=True)
class Frame:
    """Where a network is drawn: width and most height; the size of letters, the labels wanted at most, those in bold.

    `columns` tells that nodes stand in two columns, with their labels outside, and names the right side, `beside` how wide these may be; `scale` is that of a
    small picture.
    """

    wide: float
    high: float
    lang: str
    text: float = TEXT
    most: int = 400
    bold: frozenset[Any] = field(default=frozenset())
    columns: str = ""
    beside: tuple[float, float] = (0.0, 0.0)
    scale: float = 1.0


def room(places: Places, looks: Looks, frame: Frame) -> tuple[Places, float]:
    """Return where nodes stand in a frame, in points, and how high it is: as low as the network allows."""
    side = BESIDES * frame.scale
    scaled, _ = fitted(places, frame.wide - 2 * side, frame.high - 2 * AROUND)
    return _from_below(spread(scaled, looks.radii, APART * frame.scale**2), AROUND * frame.scale, side=side)


def beside(found: Network, frame: Frame) -> tuple[float, float]:
    """Return how wide labels may be at the left and at the right of two columns: as wide as they are, as far as there is room."""
    widest = [0.0, 0.0]
    for node, about in found.nodes(data=True):
        side = about.get("side") == frame.columns
        widest[side] = max(widest[side], pen.wide(labelled(about, str(node), frame.lang), frame.text, bold=True))
    free = frame.wide - BETWEEN - 4 * IN_COLUMNS
    left = min(widest[0], max(free - widest[1], free * 0.45))
    return left, min(widest[1], free - left)


def in_columns(places: Places, frame: Frame, sides: tuple[float, float]) -> tuple[Places, float]:
    """Return where the nodes of two columns stand in a frame, labels beside them, and how high it is."""
    rows = max(sum(x == side for x, _ in places.values()) for side in (0, 1)) if places else 0
    step = min(frame.text * (1 + LEADING), frame.high / max(rows, 1))
    ends = sides[0] + 2 * IN_COLUMNS, frame.wide - sides[1] - 2 * IN_COLUMNS
    at = {n: (round(ends[int(x)], 2), round(y * rows * step, 2)) for n, (x, y) in places.items()}
    return at, rows * step


def _from_below(places: Places, above: float, side: float) -> tuple[Places, float]:
    ys = [y for _, y in places.values()] or [0.0]
    low, top = min(ys), max(ys)
    return {n: (round(x + side, 2), round(y - low + above, 2)) for n, (x, y) in places.items()}, top - low + 2 * above


def drawn(found: Network, looks: Looks, places: Mapping[Any, Point], frame: Frame, high: float) -> tuple[Page, int]:
    """Return a network on a page of a frame's width and a height, and how many labels had no room."""
    page = Page(frame.wide, high)
    draw_edges(page, found, places, looks.radii, frame.scale)
    grid = palette()["grid"][0]
    page.dots += [Dot(places[node], GHOST, grid) for node in sorted(places) if node not in found]
    for node in reversed([n for n in looks.order if n in found]):
        page.dots.append(Dot(places[node], looks.radii[node], looks.colours[node], looks.shapes[node]))
    large = LARGE * max(looks.radii.values(), default=0)
    nodes = sorted((node for node in looks.order if node in found), key=lambda node: node not in frame.bold)
    wanted = [
        _label(
            found, node, frame, LARGER if looks.radii[node] >= large and frame.scale == 1 else 1, far=rank < IMPORTANT
        )
        for rank, node in enumerate(nodes)
    ]
    here = {n: places[n] for n in found}
    put = placed(wanted[: frame.most], here, looks.radii, [line.points for line in page.lines], (frame.wide, high))
    ink = palette()["ink"][0]
    for one in put:
        page.lines += [Line(one.leader, 0.4, ink, 0.8)] if one.leader else []
        bold = one.label.node in frame.bold
        at = (round(one.at[0], 2), round(one.at[1], 2))
        page.words.append(Words(at, one.label.lines, one.label.size, ink, bold=bold, halo=True))
    return page, len(wanted) - len(put)


def _label(found: Network, node: Any, frame: Frame, larger: float, *, far: bool) -> Label:
    about = found.nodes[node]
    bold = node in frame.bold
    size = frame.text * (1 if frame.columns else larger)
    text = labelled(about, str(node), frame.lang)
    free = frame.beside[about.get("side") == frame.columns]
    told = tuple(pen.broken(text, free, size, 2, bold=bold) if frame.columns else lines(text, LONG, ROWS))
    wide = max((pen.wide(line, size, bold=bold) for line in told), default=0.0)
    ways: Sequence[Point] = WAYS
    if frame.columns:
        ways = ((1, 0),) if about.get("side") == frame.columns else ((-1, 0),)
    return Label(node, told, wide, size, tuple(ways), far=far and not frame.columns, must=bold)
