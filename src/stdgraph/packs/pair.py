"""Two snapshots of a pack side by side: the union of a graph holds only the newest."""

from __future__ import annotations

from datetime import date

import pyoxigraph as ox

from stdgraph.errors import PackError
from stdgraph.graph.layered import Layered
from stdgraph.graph.reads import Graph
from stdgraph.packs import snapshots
from stdgraph.storage.store import Store


def two(graph: Graph, name: str, first: date, second: date) -> tuple[Graph, tuple[date, date]]:
    """Return a store of the snapshots that two days mean, each a graph, and their own days.

    Where there is no such pack, that is the graph at hand and the days as given.
    """
    try:
        chosen = [snapshots.newest(name, day) for day in (first, second)]
    except PackError:
        return graph, (first, second)
    store = ox.Store()
    for snapshot in {s.day: s for s in chosen if s}.values():
        store.extend(snapshot.core.quads())
    days = [date.fromisoformat(s.day) if s else day for s, day in zip(chosen, (first, second), strict=True)]
    return Store(store, Layered(graph.names, store)), (days[0], days[1])
