"""Query files: SPARQL that runs as it stands in any tool, and its VALUES rows, which take other terms."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from stdgraph.model.later import later
from stdgraph.storage.files import content, read_text


@cache
def text_of(name: str, folder: str = "reads") -> str:
    """Return the query in `queries/FOLDER/NAME.rq`; it runs as it stands in any SPARQL tool."""
    return read_text(content("queries", folder, f"{name}.rq"))


SLOT = later(r"(VALUES\s+\?(\w+)\s*\{)[^{}]*(\})")
"""A VALUES row of one variable."""


def slots(query: str) -> set[str]:
    """Return the variables for which a query has VALUES rows of their own.

    >>> slots("SELECT * { VALUES ?x { UNDEF } ?x ?p ?o }")
    {'x'}
    """
    return {found[2] for found in SLOT.finditer(query)}


def bound(query: str, **values: Iterable[Any]) -> str:
    """Return a query whose VALUES rows hold other terms in place of its example.

    Args:
        query: SPARQL with a row `VALUES ?name { … }` for each variable that is given.
        values: terms of each variable (pyoxigraph's, or IRIs as text), None for any. They are written as terms:
            nothing is pasted into SPARQL.

    >>> import pyoxigraph as ox
    >>> bound("SELECT * { VALUES ?x { <http://a/example> } ?x ?p ?o }", x=["http://a/b", ox.Literal("c")])
    'SELECT * { VALUES ?x { <http://a/b> "c" } ?x ?p ?o }'
    """
    rows = {
        variable: " ".join(
            "UNDEF" if term is None else f"<{term}>" if isinstance(term, str) else str(term) for term in terms
        )
        for variable, terms in values.items()
    }
    return SLOT.sub(lambda m: f"{m[1]} {rows[m[2]]} {m[3]}" if m[2] in rows else m[0], query)
