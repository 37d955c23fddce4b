"""A graph without the standards of registers, of which questions are asked without saying of what: with them some never end."""

from __future__ import annotations

import pyoxigraph as ox

from stdgraph.graph.reads import Graph
from stdgraph.model.vocabulary import GRAPH
from stdgraph.storage.store import Store

PACKS, STANDARDS = GRAPH + "pack/", "/standards"
"""How the name of the graph of a register's standards begins and ends."""


def small(graph: Graph) -> Graph:
    """Return a graph without the standards of registers, held in memory; itself, where it has none.

    Names of things are looked up where they were.
    """
    if not isinstance(graph, Store):
        return graph
    names = [name for name in graph.store.named_graphs() if isinstance(name, ox.NamedNode)]
    kept = [name for name in names if not (name.value.startswith(PACKS) and name.value.endswith(STANDARDS))]
    if len(kept) == len(names):
        return graph

    def copied() -> ox.Store:
        memory = ox.Store()
        every: list[ox.NamedNode | ox.DefaultGraph] = [*kept, ox.DefaultGraph()]
        for name in every:
            memory.bulk_extend(graph.store.quads_for_pattern(None, None, None, name))
        return memory

    return Store(graph.steady(copied), graph.names)
