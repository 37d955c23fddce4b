"""Query files: SPARQL that runs as it stands in any tool, and its VALUES rows, which take other terms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from stdgraph.storage.files import content, read_text


@cache
def text_of(name: str, folder: str = "reads") -> str:
    """Return the query in `queries/FOLDER/NAME.rq`; it runs as it stands in any SPARQL tool."""
    return read_text(content("queries", folder, f"{name}.rq"))


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

    >>> import pyoxigraph as ox
    >>> bound("SELECT * { VALUES ?x { <http://a/example> } ?x ?p ?o }", x=["http://a/b", ox.Literal("c")])
    'SELECT * { VALUES ?x { <http://a/b> "c" } ?x ?p ?o }'
    """
    for variable, terms in values.items():
        row = " ".join(
            "UNDEF" if term is None else f"<{term}>" if isinstance(term, str) else str(term) for term in terms
        )
        query = slot(variable).sub(lambda m, row=row: f"{m[1]} {row} {m[3]}", query)  # type: ignore[misc]
    return query
