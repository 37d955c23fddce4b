"""Free SPARQL: what may run, and its results as tables or triples."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import accumulate, islice
from typing import Any

import pyoxigraph as ox

from stdgraph.errors import QueryRefusedError
from stdgraph.graph.countries import countries
from stdgraph.graph.labels import cell, labels
from stdgraph.graph.reads import Graph
from stdgraph.locale import Phrase, marked
from stdgraph.model.results import Cell, Row, Table
from stdgraph.storage.binding import with_values
from stdgraph.storage.joins import MOST_CONDITIONS, MOST_PATTERNS, counted
from stdgraph.storage.limited import CHECKERS, Found, Running
from stdgraph.storage.sparql import SERVICE, bare
from stdgraph.storage.store import Store
from stdgraph.storage.tokens import tokens
from stdgraph.storage.worker import Limits, within

MAX_LENGTH = 100_000
MAX_DEPTH = 100
"""Brackets and groups deeper than this are refused: the engine's parser would overflow its stack far beyond."""

PART_SECONDS = 3
"""A part of a query that is asked to find out why the whole has no answer may take so long."""

BRACKETS = dict.fromkeys("({[", 1) | dict.fromkeys(")}]", -1)
FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY")


def check(text: str) -> None:
    """Refuse a query that is too long, too deep or joins too much, updates, or reaches another server.

    Raises:
        QueryRefusedError: and says why.

    >>> check("SELECT * WHERE { ?s ?p 'SERVICE' }")
    """
    screen(text)
    if SERVICE.search(text):
        CHECKERS.check(text)


def screen(text: str) -> None:
    """Refuse what the engine need not see; this takes time in proportion to the length of the text.

    Raises:
        QueryRefusedError: and says why.
    """
    if len(text) > MAX_LENGTH:
        raise QueryRefusedError(detail=Phrase("it is longer than {number} characters", number=MAX_LENGTH))
    rest = bare(text)
    if max(accumulate(BRACKETS.get(char, 0) for char in rest), default=0) > MAX_DEPTH:
        raise QueryRefusedError(detail=Phrase("its brackets are nested deeper than {number}", number=MAX_DEPTH))
    patterns, conditions = counted(tokens(text))
    if patterns > MOST_PATTERNS:
        told = marked(
            "one of its groups joins {number} patterns (an item of a list is two), and {most} are the most that the engine "
            "can put in order; give values as VALUES or IN"
        )
        raise QueryRefusedError(detail=Phrase(told, number=patterns, most=MOST_PATTERNS))
    if conditions > MOST_CONDITIONS:
        told = marked("it has {number} filters and operators, and {most} are the most; give values as VALUES or IN")
        raise QueryRefusedError(detail=Phrase(told, number=conditions, most=MOST_CONDITIONS))
    words = [word.upper() for word in re.findall(r"[A-Za-z]+", rest)]
    if not FORMS & set(words) and (update := next((word for word in words if word in UPDATES), None)):
        raise QueryRefusedError(detail=Phrase("{update} is an update", update=update))
    if re.search(r"\b(INSERT|DELETE)\s++(?:(?:DATA|WHERE)\s*+)?\{", rest, re.IGNORECASE):
        raise QueryRefusedError(detail=Phrase("it is an update"))


def query(
    graph: Graph,
    text: str,
    limits: Limits | None = None,
    values: Mapping[str, str] | None = None,
    running: Running | None = None,
) -> Found:
    """Return the result of any read-only SPARQL 1.1 query: solutions, a boolean, or triples.

    It reads all graphs as one, or those that it names itself (FROM, FROM NAMED). It runs in a process of its own, within
    limits; an endpoint has limits of its own. `<org/gb-bsi>` is relative to the base of the data.

    Args:
        graph: an opened store or endpoint.
        text: the query.
        limits: what it may use.
        values: variables without `?` that are given an IRI; see `storage.binding`.
        running: what stops it from another thread, but at an endpoint.

    Raises:
        ParameterError: the query does not name a variable that is given.
        QueryRefusedError: an update, SERVICE, or too long or deep.
        QuerySyntaxError: with line and column.
        TimeLimitError, QueryMemoryError: it took too much.
        EngineError: the engine or the endpoint failed.
    """
    limits = limits or Limits()
    if isinstance(graph, Store):
        screen(text)
        return graph.workers.query(_given(graph, text, values), limits, running)
    check(text)
    return _elsewhere(graph, _given(graph, text, values), limits)


def _given(graph: Graph, text: str, values: Mapping[str, str] | None) -> str:
    """Return a query whose variables have their values; it must be right, for the places of faults are its own."""
    if not values:
        return text
    (graph.workers if isinstance(graph, Store) else CHECKERS).check(text)
    return with_values(text, values)


def _elsewhere(graph: Any, text: str, limits: Limits) -> Found:
    """Return what an endpoint answers; it may take the same time, and only as many rows are kept."""
    found = graph.lasting(limits.seconds).query(text)
    if isinstance(found, ox.QueryBoolean | ox.QuerySolutions):
        return Found.of(within(found, limits))
    triples = list(islice(found, limits.rows + 1))
    return Found(iter(triples[: limits.rows]), len(triples) > limits.rows)


def asks(graph: Graph, limits: Limits, values: Mapping[str, str] | None = None) -> Callable[[str], bool]:
    """Return what asks a part of a query: it may take a few seconds, and has the same values."""
    short = Limits(min(limits.seconds, PART_SECONDS), limits.memory, 1)

    def ask(text: str) -> bool:
        given = with_values(text, values, partly=True) if values else text
        return bool(query(graph, given, short).result)

    return ask


def is_empty(result: Any) -> bool:
    """Tell whether a table or triples are none, or the only row says zero, as counts do; truth is an answer always."""
    if isinstance(result, Table):
        return len(result) <= 1 and not any(any(row.cells.values()) for row in result)
    return not isinstance(result, bool) and not result


def cut(rows: int) -> Phrase:
    """Return what to say where rows were left out."""
    return Phrase("Only the first {number} rows were read; --limit sets how many.", number=rows)


def as_table(graph: Graph, solutions: Any, *, lang: str = "en") -> Table:
    """Return the solutions of a SELECT as a table: things with labels, literals as values."""
    columns = tuple(v.value for v in solutions.variables)
    found = list(solutions)
    terms = {row[c] for row in found for c in columns}
    known = labels(graph, {t.value for t in terms if isinstance(t, ox.NamedNode)}, lang)
    rows = []
    for row in found:
        cells: dict[str, Cell] = {c: cell(row[c], known) for c in columns}
        rows.append(Row(cells))
    return Table(columns, tuple(rows), lang=lang, countries=countries(graph, lang))
