"""Where nodes stand: by stress, on a circle, or in two columns. Nodes and edges are taken in the order of their ids."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from math import cos, pi, sin, sqrt
from typing import Any, TypeAlias

import networkx as nx

from stdgraph.networks.network import Network
from stdgraph.networks.plots.marks import Point

Places: TypeAlias = dict[Any, Point]
STEPS, FEWEST, ALTOGETHER = 300, 50, 60_000
"""So many steps at most and at least; in between, with more nodes fewer, since each takes as long as there are pairs."""
CLOSE = 1e-5
"""Stress is lessened until a step lessens it by a smaller share."""
GAP = 1.6
"""Between the parts of a network, in lengths of an edge."""
ASPECT = 1.3
PUSHES = 200


def stress(found: Network) -> Places:
    """Return places whose distances are those of the network as far as a plane allows, each part apart, the largest first.

    An edge is the longer, the more neighbours only one of its ends has, so that what hangs on one node stands around it.

    Source: Gansner, Koren and North, Graph Drawing by Stress Majorization (2004).
    """
    plain = _plain(found)
    parts = sorted((sorted(part) for part in nx.connected_components(plain)), key=lambda part: (-len(part), part))
    return _packed([_part(plain.subgraph(part), part) for part in parts])


def circle(found: Network) -> Places:
    """Return places on a circle, in the order of communities."""
    from stdgraph.networks.measures.communities import communities

    of = communities(found).of if len(found) else {}
    nodes = sorted(found, key=lambda node: (of[node], node))
    turn = 2 * pi / max(len(nodes), 1)
    return {node: (cos(pi / 2 - at * turn), sin(pi / 2 - at * turn)) for at, node in enumerate(nodes)}


def columns(found: Network) -> Places:
    """Return places in two columns, a mode each, in an order by which few edges cross; for two-mode networks."""
    right = found.graph["right"]
    sides = [
        sorted(n for n, about in found.nodes(data=True) if (about["side"] == right) == is_right) for is_right in (0, 1)
    ]
    for _ in range(8):
        for side in (1, 0):
            ranks = {node: at / max(len(sides[1 - side]), 1) for at, node in enumerate(sides[1 - side])}
            sides[side].sort(key=lambda node: (_mean([ranks[n] for n in found[node] if n in ranks]), node))
    places: Places = {}
    for x, nodes in enumerate(sides):
        places |= {node: (float(x), 1 - (at + 0.5) / len(nodes)) for at, node in enumerate(nodes)}
    return places


LAYOUTS: Mapping[str, Callable[[Network], Places]] = {"stress": stress, "circle": circle, "columns": columns}


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _plain(found: Network) -> Network:
    """Return nodes and edges in the order of their ids, without directions and loops."""
    plain: Network = nx.Graph()
    plain.add_nodes_from(sorted(found))
    plain.add_edges_from(sorted((min(a, b), max(a, b)) for a, b in found.edges() if a != b))
    return plain


def _part(part: Network, nodes: Sequence[Any]) -> Places:
    import numpy as np

    if len(nodes) == 1:
        return {nodes[0]: (0.0, 0.0)}
    distances = _distances(part, nodes)
    found = _majorized(distances, _begun(distances))
    found = _laid_flat(found - found.mean(axis=0))
    return dict(zip(nodes, map(tuple, np.round(found, 4).tolist()), strict=True))


def _distances(part: Network, nodes: Sequence[Any]) -> Any:
    from scipy import sparse
    from scipy.sparse import csgraph

    at = {node: number for number, node in enumerate(nodes)}
    near = {node: set(part[node]) for node in nodes}
    ends = [(at[a], at[b], _length(near[a], near[b])) for a, b in part.edges()]
    rows, others, lengths = zip(*ends, strict=True)
    matrix = sparse.csr_array((lengths, (rows, others)), shape=(len(nodes), len(nodes)))
    return csgraph.dijkstra(matrix, directed=False)


def _length(one: Set[Any], other: Set[Any]) -> float:
    """Return the length of an edge whose ends have these neighbours."""
    return sqrt(max(len(one | other) - len(one & other), 1))


def _begun(distances: Any) -> Any:
    """Return the first places: classical scaling, its signs fixed, and no two nodes in one place."""
    import numpy as np

    number = len(distances)
    squares = distances**2
    centred = squares - squares.mean(axis=0) - squares.mean(axis=1)[:, None] + squares.mean()
    values, vectors = np.linalg.eigh(-centred / 2)
    places = vectors[:, -2:][:, ::-1] * np.sqrt(np.maximum(values[-2:][::-1], 0))
    signs = np.sign(places[np.abs(np.round(places, 6)).argmax(axis=0), [0, 1]])
    around = np.arange(number) * 2.399963
    spiral = np.stack([np.cos(around), np.sin(around)], axis=1) * np.sqrt(np.arange(number) / number)[:, None]
    return np.round(places * np.where(signs == 0, 1, signs), 6) + 0.1 * distances.max() * spiral


def _majorized(distances: Any, places: Any) -> Any:
    import numpy as np
    from scipy.linalg import cho_factor, cho_solve

    number = len(distances)
    far = distances + np.eye(number)
    weights = far**-2.0
    np.fill_diagonal(weights, 0)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    factor = cho_factor(laplacian + 1 / number)
    pull = weights * distances
    before = np.inf
    for _ in range(min(STEPS, max(FEWEST, ALTOGETHER // number))):
        steps = places[:, None, :] - places[None, :, :]
        lengths = np.sqrt((steps**2).sum(axis=2)) + np.eye(number)
        now = float((weights * (lengths - far) ** 2).sum())
        if before - now <= CLOSE * now:
            break
        before = now
        ratios = pull / np.maximum(lengths, 1e-9)
        places = cho_solve(factor, (ratios[:, :, None] * steps).sum(axis=1))
    return places


def _laid_flat(places: Any) -> Any:
    """Return places turned so that they are as wide as they can be, the heavier side up and right."""
    import numpy as np

    axes = np.linalg.eigh(places.T @ places)[1][:, ::-1]
    turned = places @ axes
    signs = np.sign(np.round((turned**3).sum(axis=0), 6))
    return turned * np.where(signs == 0, 1, signs)


def _packed(parts: Sequence[Places]) -> Places:
    """Return the places of all parts, in rows beneath each other."""
    sizes = [_size(part) for part in parts]
    area = sum(wide * high for wide, high in sizes)
    most = max([sqrt(area * ASPECT), *(wide for wide, _ in sizes)], default=0)
    found: Places = {}
    x = y = row = 0.0
    for part, (wide, high) in zip(parts, sizes, strict=True):
        if x and x + wide > most + 1e-9:
            x, y, row = 0.0, y - row, 0.0
        left, top = min(p[0] for p in part.values()), max(p[1] for p in part.values())
        found |= {n: (x + GAP / 2 + px - left, y - GAP / 2 + py - top) for n, (px, py) in part.items()}
        x, row = x + wide, max(row, high)
    return found


def _size(part: Places) -> Point:
    wide, high = ([p[axis] for p in part.values()] for axis in (0, 1))
    return max(wide) - min(wide) + GAP, max(high) - min(high) + GAP


def fitted(places: Places, wide: float, high: float) -> tuple[Places, float]:
    """Return places in points, as wide as asked for and at most so high, and the height that they take."""
    if not places:
        return {}, 0.0
    xs, ys = ([p[axis] for p in places.values()] for axis in (0, 1))
    broad, tall = max(xs) - min(xs), max(ys) - min(ys)
    scale = min(wide / broad if broad else 1e9, high / tall if tall else 1e9)
    scale = 0 if scale == 1e9 else scale
    left = (wide - broad * scale) / 2
    return {n: (left + (x - min(xs)) * scale, (y - min(ys)) * scale) for n, (x, y) in places.items()}, tall * scale


def spread(places: Places, radii: Mapping[Any, float], gap: float = 1.5) -> Places:
    """Return places where no node lies on another: those that do are pushed apart, step by step."""
    import numpy as np
    from scipy.spatial import cKDTree

    nodes = sorted(places)
    at = np.array([places[n] for n in nodes], dtype=float).reshape(-1, 2)
    room = np.array([radii[n] for n in nodes]) + gap / 2
    for _ in range(PUSHES if len(nodes) > 1 else 0):
        pairs = cKDTree(at).query_pairs(2 * room.max(), output_type="ndarray")
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
        a, b = pairs[:, 0], pairs[:, 1]
        steps = at[a] - at[b]
        lengths = np.sqrt((steps**2).sum(axis=1))
        over = room[a] + room[b] - lengths
        if not (over > 0.01).any():
            break
        ways = np.where(lengths[:, None] > 1e-6, steps, np.stack([np.cos(a * 2.4), np.sin(a * 2.4)], axis=1))
        ways = ways / np.sqrt((ways**2).sum(axis=1))[:, None] * np.maximum(over, 0)[:, None] / 2
        np.add.at(at, a, ways)
        np.add.at(at, b, -ways)
    return dict(zip(nodes, map(tuple, np.round(at, 2).tolist()), strict=True))
