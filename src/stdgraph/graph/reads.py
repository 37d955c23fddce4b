"""What a graph is to those who read it, and the queries that they read it with: the files of `queries/reads/`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Protocol

import pyoxigraph as ox

from stdgraph.storage.files import content, read_text
from stdgraph.storage.names import Names

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


@cache
def text_of(name: str) -> str:
    """Return the query in `queries/reads/NAME.rq`; it runs as it stands in any SPARQL tool."""
    return read_text(content("queries", "reads", f"{name}.rq"))


@cache
def slot(variable: str) -> re.Pattern[str]:
    """Return what finds the VALUES rows of a variable in a query."""
    return re.compile(r"(VALUES\s+\?" + re.escape(variable) + r"\s*\{)([^{}]*)(\})")


def bound(query: str, **values: Iterable[Any]) -> str:
    """Return a query whose VALUES rows hold other terms in place of its example.

    Args:
        query: SPARQL with a row `VALUES ?name { … }` for each variable that is given.
        values: terms of each variable (pyoxigraph's, or IRIs as text), None for any. They are written as terms:
            nothing is pasted into SPARQL.

    >>> bound("SELECT * { VALUES ?x { <http://a/example> } ?x ?p ?o }", x=["http://a/b", ox.Literal("c")])
    'SELECT * { VALUES ?x { <http://a/b> "c" } ?x ?p ?o }'
    """
    for variable, terms in values.items():
        row = " ".join(
            "UNDEF" if term is None else f"<{term}>" if isinstance(term, str) else str(term) for term in terms
        )
        query = slot(variable).sub(lambda m, row=row: f"{m[1]} {row} {m[3]}", query)  # type: ignore[misc]
    return query


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
