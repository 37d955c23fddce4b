"""The order of the rows of a query, made here: Oxigraph reads both terms from its files anew for each comparison of two rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pyoxigraph as ox

from stdgraph.model.later import later
from stdgraph.model.vocabulary import XSD

VARIABLE = r"(?:\?\w+|DESC\(\?\w+\))"
ORDER = later(rf"(?<=\}})\s*\bORDER\s+BY((?:\s+{VARIABLE})+)\s*\Z", re.ASCII)
"""An order by variables alone, behind all patterns; an order by what is computed is left to the engine."""
HEAD = later(r"\bSELECT\b([^{}*]*)\{", re.ASCII)
"""What a query projects, where it says so variable by variable."""
WHOLE = later(r"-?[0-9]{1,18}")
INTEGER, STRING = ox.NamedNode(XSD + "integer"), ox.NamedNode(XSD + "string")
LEFT: set[str] = set()
"""Orders that needed the engine after all; they are left to it from then on, so that no query runs twice each time."""
MOST_LEFT = 1000
Key = tuple[int, int | str]


def ordered(ask: Callable[[str], Any], text: str) -> list[ox.QuerySolution]:
    """Return the rows of a SELECT query, in the order that it asks for.

    >>> store = ox.Store()
    >>> rows = ordered(store.query, "SELECT ?x ?y { VALUES (?x ?y) { (1 'b') (10 'a') (UNDEF 'c') (2 'a') } } ORDER BY ?y DESC(?x)")
    >>> [row["x"] and row["x"].value for row in rows]
    ['10', '2', '1', None]
    """
    found = ORDER.search(text)
    if not found or found[0] in LEFT:
        return list(ask(text))
    names = [(re.sub(r"\W|DESC\(", "", name), name.startswith("D")) for name in found[1].split()]
    head = HEAD.search(text)
    if head and not {name for name, _ in names} <= {*re.findall(r"\w+", head[1])}:
        return list(ask(text))  # before anything is evaluated
    solutions = ask(text[: found.start()])
    known = {variable.value for variable in solutions.variables}
    if any(name not in known for name, _ in names):
        return list(ask(text))
    rows = list(solutions)
    told = list(zip(*([row[name] for row in rows] for name, _ in names), strict=True))
    needed = next((n for n in range(len(names)) if len({terms[:n] for terms in told}) == len(rows)), len(names))
    for name, is_falling in reversed(names[:needed]):
        keys = _keys([row[name] for row in rows])
        if keys is None:
            if len(LEFT) < MOST_LEFT:
                LEFT.add(found[0])
            return list(ask(text))
        rows = [rows[at] for at in sorted(range(len(rows)), key=keys.__getitem__, reverse=is_falling)]
    return rows


def _keys(terms: Sequence[Any]) -> list[Key] | None:
    """Return by what terms are sorted: none, IRIs, literals; None where they need the engine: other types, or more than one."""
    types = _types(terms)
    if not (types <= {STRING} or types <= {INTEGER}):
        return None
    numbers = INTEGER in types
    keys: list[Key] = []
    for term in terms:
        if term is None:
            keys.append((0, ""))
        elif isinstance(term, ox.NamedNode):
            keys.append((1, term.value))
        elif not numbers:
            keys.append((2, term.value))
        elif WHOLE.fullmatch(term.value):
            keys.append((2, int(term.value)))
        else:
            return None
    return keys


def _types(terms: Iterable[Any]) -> set[Any]:
    """Return the types of the literals among terms; None for one that is neither a literal nor an IRI."""
    others = (term for term in terms if term is not None and not isinstance(term, ox.NamedNode))
    return {term.datatype if isinstance(term, ox.Literal) else None for term in others}
