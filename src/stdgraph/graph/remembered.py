"""A graph that remembers what it was asked, for work that asks the same again and again, such as a page of many answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyoxigraph as ox

    from stdgraph.graph.reads import Graph
    from stdgraph.storage.names import Names
    from stdgraph.storage.store import Told


class Remembered:
    """Reads a graph; the rows of a SELECT query that was asked before are those of before."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.url = graph.url
        self.known: dict[str, list[ox.QuerySolution]] = {}

    @property
    def told(self) -> Told | None:
        """What was read of each thing."""
        return self.graph.told

    @property
    def names(self) -> Names:
        """The index of names."""
        return self.graph.names

    def query(self, text: str) -> Any:
        """Return the result of a read-only query."""
        return self.graph.query(text)

    def select(self, text: str) -> list[ox.QuerySolution]:
        """Return the rows of a SELECT query."""
        if text not in self.known:
            self.known[text] = self.graph.select(text)
        return self.known[text]
