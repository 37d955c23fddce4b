"""Two snapshots of a pack side by side: the union of a graph holds only the newest."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pyoxigraph as ox

from stdgraph.errors import PackError
from stdgraph.graph.layered import Layered
from stdgraph.graph.reads import Graph
from stdgraph.packs import snapshots
from stdgraph.packs.snapshots import PackFile
from stdgraph.storage.store import Store


def two(graph: Graph, name: str, first: date, second: date) -> tuple[Graph, tuple[date, date]]:
    """Return a store of the snapshots that two days mean, each a graph, and their own days.

    Where there is no such pack, that is the graph at hand and the days as given.
    """
    try:
        chosen = [snapshots.newest(name, day) for day in (first, second)]
    except PackError:
        return graph, (first, second)
    store = _together(tuple({s.day: s.core for s in chosen if s}.values()))
    days = [date.fromisoformat(s.day) if s else day for s, day in zip(chosen, (first, second), strict=True)]
    return Store(store, Layered(graph.names, store)), (days[0], days[1])


@lru_cache(maxsize=1)
def _together(parts: tuple[PackFile, ...]) -> ox.Store:
    """Return a store of some snapshots, each known by its checksum; the last one is kept for the next question."""
    store = ox.Store()
    for part in parts:
        store.extend(part.quads())
    return store
