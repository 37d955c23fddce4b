"""The text of SPARQL queries: what stands outside of their names, strings and comments, and their faults."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pyoxigraph as ox

from stdgraph import errors
from stdgraph.errors import QueryRefusedError, QuerySyntaxError
from stdgraph.locale import Foreign, Phrase
from stdgraph.model.later import later
from stdgraph.model.vocabulary import BASE, PREFIXES
from stdgraph.storage.tokens import TOKEN

FROM = later(r"FROM\b(?<![@\w-]FROM)")
"""Sought in capitals: so it is found by its letters, and long queries are read fast."""
SERVICE = later("service", re.IGNORECASE | re.ASCII)
OTHERS = tuple(letter * len("service") for letter in "zyxwvutqkj")
Dataset = tuple[Sequence[str], Sequence[str]]
NEVER = "\n`"
"""What makes any query wrong where it ends, and so keeps it from being run: no token holds this sign but strings."""


def bare(text: str) -> str:
    """Return a query without its IRIs, prefixed names, variables, strings and comments.

    A prefix is left: the engine reads `SERVICE:x` as the keyword and a name without prefix.

    >>> bare("ASK { ?s a <http://x/SERVICE> } # SERVICE").split()
    ['ASK', '{', 'a', '}']
    """
    return TOKEN.sub(lambda found: f"{found['name']} " if found["name"] else " " if found[0] else "", text)


def has_dataset(text: str) -> bool:
    """Tell whether a query says itself which graphs it reads (FROM, FROM NAMED).

    >>> has_dataset("ASK FROM <http://x/g> { ?s ?p ?o }"), has_dataset("ASK { ?from ?p 'FROM' }")
    (True, False)
    """
    return FROM.search(text.upper()) is not None and FROM.search(bare(text).upper()) is not None


def run(
    store: ox.Store, text: str, dataset: Dataset | None = None, *, merged: bool = False
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Return the result of a read-only SPARQL 1.1 query; the prefixes of the project need no declaration.

    It reads all graphs as one, or those that it names itself (FROM, FROM NAMED), or in their place those of a `dataset`: the
    graphs that are read as one, and those that GRAPH reads. `<org/gb-bsi>` is relative to the base of the data. `merged`
    says that the default graph has all triples already.

    Raises:
        QuerySyntaxError: with line and column.
    """
    try:
        if dataset:
            default, named = (_nodes(iris) for iris in dataset)
            return store.query(text, base_iri=BASE, default_graph=default, named_graphs=named, prefixes=PREFIXES)
        union = not merged and not has_dataset(text)
        return store.query(text, base_iri=BASE, use_default_graph_as_union=union, prefixes=PREFIXES)
    except SyntaxError as error:
        raise syntax_error(error, text) from None
    except ValueError as error:
        raise errors.EngineError(detail=Phrase("The store failed: {detail}", detail=Foreign(error))) from None


def _nodes(iris: Sequence[str]) -> list[Any]:
    return [ox.NamedNode(iri) for iri in iris]


def stay_home(text: str) -> None:
    """Refuse a query that would ask another server; the engine has no switch for that.

    Its own grammar decides: the word SERVICE is written as another one. That changes nothing in a name, a string or a
    comment; where it is the keyword, what is left is no query.

    Raises:
        QueryRefusedError: SERVICE is a keyword in it.
        QuerySyntaxError: the word is in it, and it is no query.
    """
    if not SERVICE.search(text):
        return
    other = next((word for word in OTHERS if word not in text.lower()), "")
    masked = SERVICE.sub(other, text)
    error = _fault(masked)
    if error is None and other:
        return
    if error is not None and str(_fault(masked + NEVER)) == str(_fault(text + NEVER)):
        raise syntax_error(error, text)
    raise QueryRefusedError(detail=Phrase("SERVICE would ask another server"))


def check_syntax(text: str) -> None:
    """Read a query without asking anything.

    Raises:
        QueryRefusedError: SERVICE is a keyword in it.
        QuerySyntaxError: it is no query.
    """
    stay_home(text)
    if error := _fault(text):
        raise syntax_error(error, text)


def _fault(text: str) -> SyntaxError | None:
    """Return what is wrong with a text as a query, run on no data."""
    try:
        ox.Store().query(text, base_iri=BASE, prefixes=PREFIXES)
    except SyntaxError as error:
        return error
    except (OSError, RuntimeError, ValueError):  # it reads, and fails later
        pass
    return None


def syntax_error(error: SyntaxError, text: str) -> QuerySyntaxError:
    """Return our error for the engine's on a query: the cause at its place, else what the engine tells."""
    from stdgraph.storage.mistakes import mistake  # only where a query is wrong

    told = str(error.msg)
    place = re.match(r"error at ([0-9]+):([0-9]+): ", told)
    line, column = (int(place[1]), int(place[2])) if place else (1, 1)
    said = " ".join((told[place.end() :] if place else told).split())
    if found := mistake(text, said):
        line, column, detail = found
        return QuerySyntaxError(line=line, column=column, detail=detail)
    return QuerySyntaxError(line=line, column=column, detail=Foreign(said[:200] + ("…" if len(said) > 200 else "")))
