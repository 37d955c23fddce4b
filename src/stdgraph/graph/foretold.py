"""A graph in memory that was asked about many things at once, and answers about each from what it was told then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, cast

import pyoxigraph as ox

from stdgraph.graph.binding import Term, bind, reach, rows_for
from stdgraph.graph.keyed import KEY, keyed
from stdgraph.graph.questions import Question
from stdgraph.storage.sparql import run

if TYPE_CHECKING:
    from stdgraph.storage.names import Names
    from stdgraph.storage.store import Store, Told

FEW, PART = 30, 50
"""Fewer things are asked about one by one, more in parts: a query about many is planned otherwise, and now and then badly."""


class Foretold:
    """A copy of a graph that remembers what it was asked; `foretell` asks of many things at once what comes later of each.

    It is for work that reads all of a graph: nobody writes to it, and it is let go with that work.
    """

    url = ""

    def __init__(self, graph: Store) -> None:
        self.memory = ox.Store()
        graph.steady(lambda: self.memory.bulk_extend(graph.store))
        self.told: Told | None = {}
        self.names = cast("Names", _Names(graph.names))
        self.known: dict[str, list[ox.QuerySolution]] = {}

    def query(self, text: str) -> Any:
        """Return the result of a read-only query."""
        return run(self.memory, text)

    def select(self, text: str) -> list[ox.QuerySolution]:
        """Return the rows of a SELECT query."""
        if text not in self.known:
            self.known[text] = self._rows(text)
        return self.known[text]

    def _rows(self, text: str) -> list[ox.QuerySolution]:
        return list(cast("ox.QuerySolutions", run(self.memory, text)))

    def foretell(self, asked: Question, parameter: str, others: Mapping[str, Term], things: Sequence[str]) -> list[str]:
        """Ask a question about many things at once, and return those of which there are no rows.

        Args:
            asked: the question.
            parameter: what takes the things.
            others: the arguments beside them.
            things: their IRIs.
        """
        if len(things) < FEW:
            return []
        return [
            iri
            for at in range(0, len(things), PART)
            for iri in self._part(asked, parameter, others, things[at : at + PART])
        ]

    def _part(self, asked: Question, parameter: str, others: Mapping[str, Term], things: Sequence[str]) -> list[str]:
        given = {thing: {**others, parameter: ox.NamedNode(thing)} for thing in things}
        bodies = {thing: reach(self, asked, given[thing]).bodies for thing in things}
        rows = {thing: rows_for(asked, parameter, given[thing][parameter], bodies[thing]) for thing in things}
        names = rows[things[0]]
        by_name = {name: {thing: [*map(_written, own[name])] for thing, own in rows.items()} for name in names}
        text = keyed(bind(asked, others), by_name)
        solutions = self._rows(text) if text else []
        if text is None or any(solution[KEY] is None for solution in solutions):
            return []
        found: dict[str, list[ox.QuerySolution]] = defaultdict(list)
        for solution in solutions:
            found[solution[KEY].value].append(solution)
        self.known |= {bind(asked, given[thing], bodies[thing]): found[thing] for thing in found}
        return [thing for thing in things if thing not in found]


def _written(term: Any) -> str:
    return f"<{term}>" if isinstance(term, str) else str(term)


class _Names:
    """An index of names that remembers what it was asked of one thing."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self.get = cache(names.get)
        self._resolve = cache(names.resolve)

    def resolve(self, name: str, kinds: Sequence[str] = (), lang: str = "en") -> Any:
        """Return the one thing that a name means."""
        return self._resolve(name, tuple(kinds), lang)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._names, name)
