"""What a query gives, read as it is found: a store that turns out damaged meanwhile is made again, and asked again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import Any, TypeVar

import pyoxigraph as ox

T = TypeVar("T")
Retried = Callable[[Callable[[Any], Any]], Any]
"""Does some work on what the query gives; once more on what it gives then, where the store fails."""

Late = Callable[[Exception], Exception]
"""Opens a store anew that failed too late, and returns what the user is told."""

FIRST = 1000
"""So many rows are read before the first is given out; a failure behind them cannot be hidden any more."""


class _Lazy:
    def __init__(self, found: Any, retried: Retried, late: Late) -> None:
        self._retried, self._late = retried, late
        self._found: Any = found
        self._rows: Iterator[Any] | None = None

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        if self._rows is None:
            self._rows = self._retried(self._begun)
        try:
            return next(self._rows)
        except RecursionError:
            raise
        except (OSError, RuntimeError) as error:
            raise self._late(error) from None

    def _begun(self, fresh: Any) -> Iterator[Any]:
        """Return all rows, the first ones read already."""
        return chain(list(islice(fresh, FIRST)), fresh)


class Solutions(_Lazy):
    """The solutions of a SELECT, as `pyoxigraph.QuerySolutions` has them."""

    @property
    def variables(self) -> list[ox.Variable]:
        """The columns."""
        return list(self._found.variables)

    def serialize(self, *, format: ox.QueryResultsFormat) -> bytes:  # noqa: A002 (pyoxigraph's word)
        """Return all solutions in a form of the SPARQL results."""
        return bytes(self._retried(lambda fresh: fresh.serialize(format=format)))


class Triples(_Lazy):
    """The triples of a CONSTRUCT or DESCRIBE, as `pyoxigraph.QueryTriples` has them."""

    def serialize(self, *, format: ox.RdfFormat) -> bytes:  # noqa: A002 (pyoxigraph's word)
        """Return all triples in a form of RDF."""
        return bytes(self._retried(lambda fresh: fresh.serialize(format=format)))
