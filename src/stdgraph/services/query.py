"""Free SPARQL: what may run, and its results as tables or triples."""

from __future__ import annotations

import re
from typing import Any

import pyoxigraph as ox

from stdgraph.errors import QueryRefusedError
from stdgraph.graph.labels import cell, labels
from stdgraph.graph.reads import Graph
from stdgraph.locale import Phrase
from stdgraph.model.results import Cell, Row, Table
from stdgraph.storage.sparql import bare

MAX_LENGTH = 100_000
MAX_DEPTH = 100
"""Brackets and groups deeper than this are refused: the engine's parser would overflow its stack far beyond."""

UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY")


def check(text: str) -> None:
    """Refuse a query that is too long or too deep, updates, or reaches another server.

    Raises:
        QueryRefusedError: and says why.

    >>> check("SELECT * WHERE { ?s ?p 'SERVICE' }")
    """
    if len(text) > MAX_LENGTH:
        raise QueryRefusedError(detail=Phrase("it is longer than {number} characters", number=MAX_LENGTH))
    rest = bare(text)
    depth = deepest = 0
    for char in rest:
        depth += (char in "({[") - (char in ")}]")
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise QueryRefusedError(detail=Phrase("its brackets are nested deeper than {number}", number=MAX_DEPTH))
    words = re.findall(r"[A-Za-z]+", rest)
    if any(w.upper() == "SERVICE" for w in words):
        raise QueryRefusedError(detail=Phrase("SERVICE would ask another server"))
    if not any(w.upper() in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE") for w in words):
        update = next((w.upper() for w in words if w.upper() in UPDATES), None)
        if update:
            raise QueryRefusedError(detail=Phrase("{update} is an update", update=update))
    if re.search(r"\b(INSERT|DELETE)\s+(DATA|WHERE)?\s*\{", rest, re.IGNORECASE):
        raise QueryRefusedError(detail=Phrase("it is an update"))


def query(graph: Graph, text: str) -> Any:
    """Return the raw result of any read-only SPARQL 1.1 query: solutions, a boolean, or triples.

    It reads all graphs as one, or those that it names itself (FROM, FROM NAMED).

    Raises:
        QueryRefusedError: an update, SERVICE, or too long or deep.
        QuerySyntaxError: with line and column.
        EngineError: the engine or the endpoint failed.
    """
    check(text)
    return graph.query(text)


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
    return Table(columns, tuple(rows))
