"""What a graph is to those who read it, and how they ask it the queries of `queries/reads/`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Protocol

import pyoxigraph as ox

from stdgraph.storage.names import Names
from stdgraph.storage.queries import bound, text_of

if TYPE_CHECKING:
    from stdgraph.storage.store import Told

BATCH = 400
"""So many things are asked about at once."""

KEPT = 20_000
"""The rows of so many things are kept, some 10 MB; with one more all are let go."""


class Graph(Protocol):
    """What services need of a graph, embedded or remote."""

    url: str

    @property
    def told(self) -> Told | None:
        """What was read of each thing so far; None where the graph may change, and nothing is kept."""

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


def of_each(graph: Graph, name: str, x: Iterable[str], *values: str) -> Iterator[tuple[Any, ...]]:
    """Yield each thing that a query of `queries/reads/` has rows for, with the texts of other variables, None where unbound.

    It does so thing by thing; an opened store is asked of each thing once.
    """
    wanted, asked = sorted(set(x)), (name, *values)
    told = graph.told if graph.told is not None else {}
    known = {iri: rows for iri in wanted if (rows := told.get((asked, iri))) is not None}
    missing: dict[str, list[tuple[Any, ...]]] = {iri: [] for iri in wanted if iri not in known}
    for row in select(graph, name, missing):
        iri = row["x"].value
        texts = (term and term.value for term in (value_of(row, value) for value in values))
        missing[iri].append((iri, *texts))
    if len(told) + len(missing) > KEPT:
        told.clear()
    told.update({(asked, iri): tuple(rows) for iri, rows in list(missing.items())[:KEPT]})
    for iri in wanted:
        yield from known[iri] if iri in known else missing[iri]


def value_of(row: ox.QuerySolution, name: str) -> Any:
    """Return a term of a row, None where the row leaves it out."""
    try:
        return row[name]
    except KeyError:
        return None
