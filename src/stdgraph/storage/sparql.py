"""The text of SPARQL queries: what stands outside of their names, strings and comments, and their faults."""

from __future__ import annotations

import re

import pyoxigraph as ox

from stdgraph.errors import QuerySyntaxError
from stdgraph.model.vocabulary import PREFIXES

SKIPPED = re.compile(
    r"<[^<>\"{}|^`\\\s]*>|#[^\n]*|"
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|' + r"'''(?:[^'\\]|\\.|'(?!''))*'''|"
    r'"(?:[^"\\\n]|\\.)*"|' + r"'(?:[^'\\\n]|\\.)*'|[?$]\w+|\w*:[\w.-]*",
    re.DOTALL,
)
FROM = re.compile(r"(?<![@\w-])FROM\b", re.IGNORECASE)


def bare(text: str) -> str:
    """Return a query without its IRIs, prefixed names, variables, strings and comments.

    >>> bare("ASK { ?s a <http://x/SERVICE> } # SERVICE").split()
    ['ASK', '{', 'a', '}']
    """
    return SKIPPED.sub(" ", text)


def has_dataset(text: str) -> bool:
    """Tell whether a query says itself which graphs it reads (FROM, FROM NAMED).

    >>> has_dataset("ASK FROM <http://x/g> { ?s ?p ?o }"), has_dataset("ASK { ?from ?p 'FROM' }")
    (True, False)
    """
    return FROM.search(text) is not None and FROM.search(bare(text)) is not None


def check_syntax(text: str) -> None:
    """Read a query without asking anything; raises QuerySyntaxError."""
    try:
        ox.Store().query(text, prefixes=PREFIXES)
    except SyntaxError as error:
        raise syntax_error(error) from None


def syntax_error(error: SyntaxError) -> QuerySyntaxError:
    """Return our error for the engine's, with line and column."""
    text = str(error.msg)
    place = re.match(r"error at ([0-9]+):([0-9]+): ", text)
    line, column = (int(place[1]), int(place[2])) if place else (1, 1)
    detail = " ".join((text[place.end() :] if place else text).split())
    return QuerySyntaxError(line=line, column=column, detail=detail[:200] + ("…" if len(detail) > 200 else ""))
