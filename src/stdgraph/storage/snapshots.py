"""Two snapshots of a pack side by side: the union of a graph holds only the newest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pyoxigraph as ox

from stdgraph.errors import PackError
from stdgraph.model.vocabulary import SKOS, STDG
from stdgraph.storage import pack
from stdgraph.storage.names import Names
from stdgraph.storage.records import Graph
from stdgraph.storage.store import Store

LABELS = (STDG + "reference", STDG + "acronym", SKOS + "prefLabel")
"""What names a thing that the index does not know, the best last."""


class Layered(Names):
    """The names of a graph, and labels for what only the snapshots hold."""

    def __init__(self, names: Names, store: ox.Store) -> None:
        self.db = names.db
        self.names = names
        self.store = store

    def labels(self, iris: Iterable[str], lang: str) -> dict[str, str]:
        """Return a label for each IRI that the index or a snapshot knows."""
        wanted = set(iris)
        found = self.names.labels(wanted, lang)
        for iri in wanted - found.keys():
            for name in LABELS:
                for quad in self.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(name), None):
                    found[iri] = str(getattr(quad.object, "value", ""))
        return found


def two(graph: Graph, name: str, first: date, second: date) -> tuple[Graph, tuple[date, date]]:
    """Return a store of the snapshots that two days mean, each a graph, and their own days.

    Where there is no such pack, that is the graph at hand and the days as given.
    """
    try:
        chosen = [pack.newest(name, day) for day in (first, second)]
    except PackError:
        return graph, (first, second)
    store = ox.Store()
    for snapshot in {s.day: s for s in chosen if s}.values():
        store.extend(snapshot.core.quads())
    days = [date.fromisoformat(s.day) if s else day for s, day in zip(chosen, (first, second), strict=True)]
    return Store(store, Layered(graph.names, store)), (days[0], days[1])
