"""What a graph is to those who read it, and how they ask it the queries of `queries/reads/`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

import pyoxigraph as ox

from stdgraph.storage.names import Names
from stdgraph.storage.queries import bound, text_of

BATCH = 400
"""So many things are asked about at once."""


class Graph(Protocol):
    """What services need of a graph, embedded or remote."""

    url: str

    @property
    def names(self) -> Names:
        """The index of names."""

    def query(self, text: str) -> Any:
        """Return the result of a read-only query."""

    def select(self, text: str) -> list[ox.QuerySolution]:
        """Return the rows of a SELECT query."""


def select(
    graph: Graph, name: str, x: Iterable[str] | None = None, **values: Iterable[Any]
) -> Iterator[ox.QuerySolution]:
    """Yield the rows of a query of `queries/reads/`, asked in batches where it is about many things.

    Args:
        graph: an opened store or endpoint.
        name: the file's name without `.rq`.
        x: IRIs of the things that the query is about, its variable `?x`; None where it has none.
        values: terms of its other variables that have a VALUES row.
    """
    query = bound(text_of(name), **values)
    if x is None:
        yield from graph.select(query)
        return
    wanted = sorted(set(x))
    for at in range(0, len(wanted), BATCH):
        yield from graph.select(bound(query, x=wanted[at : at + BATCH]))


def value_of(row: ox.QuerySolution, name: str) -> Any:
    """Return a term of a row, None where the row leaves it out."""
    try:
        return row[name]
    except KeyError:
        return None
