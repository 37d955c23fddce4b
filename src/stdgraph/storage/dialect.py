"""How a remote engine reads SPARQL, and how it is asked so that its rows are those of the embedded store: the one place that knows.

An engine is asked one question about constants (`PROBE`), which those that keep to the standard answer as the standard says
(Oxigraph, Jena). They are sent our queries as they stand. The others (Virtuoso 7 loses rows and cells where a variable may be
unbound, refuses EXISTS in an expression, and reads paths of both directions as something else) are asked for triples only, and the rest is done
here (`storage.careful`); but what counts or lists without any of that is still theirs to do, as it may be about millions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any

import pyoxigraph as ox

from stdgraph.model.later import later
from stdgraph.storage.careful import GROUPED, Careful
from stdgraph.storage.paths import STEP, triple
from stdgraph.storage.patterns import Taken, Unreadable
from stdgraph.storage.sparql import run
from stdgraph.storage.tokens import tokens

PROBE = """SELECT ?x ?kept ?more ?said ?there WHERE {
  VALUES ?x { 1 2 3 }
  VALUES ?kind { UNDEF }
  BIND ( ?kind AS ?kept )
  OPTIONAL { VALUES ( ?x ?more ) { ( 1 5 ) ( 2 6 ) } }
  BIND ( IF ( BOUND(?more), "more", ?nothing ) AS ?said )
  BIND ( ?x = 2 || EXISTS { VALUES ( ?x ?z ) { ( 1 7 ) } } AS ?there )
  MINUS { VALUES ?x { 3 } }
}
ORDER BY DESC(?x)"""
"""What engines read in different ways, told without a single triple."""

RISKY = {"OPTIONAL", "BIND", "MINUS", "EXISTS", "UNDEF", "SERVICE", "LIMIT", "OFFSET", "REGEX", "CONTAINS", "LANG"}
"""Words of what is not left to an engine that reads in a way of its own."""
KEPT = 60
"""Seconds for which fetched triples are kept: the graph there may change."""
ORDER = later(r"\bORDER\s+BY\b", re.IGNORECASE)
LISTING = later(r"^SELECT\s+DISTINCT\b", re.IGNORECASE)

Rows = Callable[[str], list[ox.QuerySolution]]


NODE = later(rb'"(?:nodeID|genid)://([\w-]+)"')


def mended(body: bytes) -> bytes:
    """Return results in JSON whose blank nodes are such: Virtuoso names them by addresses.

    >>> mended(b'{"type":"bnode","value":"nodeID://b10001"}')
    b'{"type":"bnode","value":"b10001"}'
    """
    return NODE.sub(rb'"\1"', body) if b"://b" in body else body


def keeps_to_the_standard(answer: Iterable[ox.QuerySolution]) -> bool:
    """Tell whether an engine answers the probe as the standard says."""
    meant: Any = run(ox.Store(), PROBE)
    return _cells(answer) == _cells(meant)


def _cells(rows: Iterable[ox.QuerySolution]) -> list[list[str]]:
    names = ("x", "kept", "more", "said", "there")
    return [[str(term.value) if (term := row[name]) is not None else "" for name in names] for row in rows]


class Foreigner:
    """Asks an engine that reads SPARQL in its own way."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.careful, self.since = Careful(rows), monotonic()

    def select(self, text: str) -> list[Any]:
        """Return the rows of one of our queries; what is not written as ours are is sent as it stands."""
        if monotonic() - self.since > KEPT:
            self.careful, self.since = Careful(self.rows), monotonic()
        try:
            if is_plain(text):
                return ordered(text, self.rows(text))
            return list(self.careful.select(text))
        except Unreadable:
            return self.rows(text)


def page(text: str, size: int, start: int) -> str:
    """Return the query for some rows of another one, which stand in the order of their terms.

    >>> page("SELECT ?s { ?s a <x:C> }", 10, 20)
    'SELECT * WHERE { { SELECT ?s { ?s a <x:C> } ORDER BY ?s } } LIMIT 10 OFFSET 20'
    """
    taken = Taken(text)
    body = text[taken.tokens[taken.form].start :]
    opened, _ = taken.where(taken.form)
    ordered_by = ORDER.search(text, taken.tokens[taken.closed[opened]].start)
    columns = " ".join(map("?{}".format, _columns(text)))
    order = "" if ordered_by else f" ORDER BY {columns}"
    return f"{taken.prologue}SELECT * WHERE {{ {{ {body}{order} }} }} LIMIT {size} OFFSET {start}"


def _columns(text: str) -> list[str]:
    """Return the names of the columns of a query."""
    none: Any = run(ox.Store(), text)
    return [variable.value for variable in none.variables]


def is_plain(text: str) -> bool:
    """Tell whether a query lists or counts what stands in triples, with nothing that an engine may read differently.

    >>> is_plain("SELECT DISTINCT ?c { ?x a ?c }"), is_plain("SELECT DISTINCT ?c { ?x a/<a:b> ?c }"), is_plain("ASK {}")
    (True, False, False)
    """
    taken = Taken(text)
    words = {token.upper for token in taken.tokens}
    opened, dataset = taken.where(taken.form)
    if opened < 0 or dataset or words & RISKY or taken.sign(taken.form) != "SELECT":
        return False
    head = taken.between(taken.form, opened)
    listing = LISTING.match(head) or GROUPED.search(head)
    return bool(listing) and "(SELECT" not in text and _is_plain(taken, opened)


def _is_plain(taken: Taken, opened: int) -> bool:
    if taken.sign(opened + 1) == "SELECT":
        return False
    for element in taken.elements(opened):
        if element.kind == "triple" and triple(tokens(element.text))[1].sign != STEP:
            return False
        if element.kind in ("group", "union", "graph", "subselect"):
            at = element.opened
            while True:
                if not _is_plain(taken, at):
                    return False
                at = taken.closed[at] + 1
                if taken.sign(at) != "UNION":
                    break
                at += 1
    return True


def ordered(text: str, rows: list[ox.QuerySolution]) -> list[Any]:
    """Return rows as the embedded store would order them; those of a query that orders nothing, by their terms."""
    taken = Taken(text)
    opened, _ = taken.where(taken.form)
    order = ORDER.search(text, taken.tokens[taken.closed[opened]].start)
    names = _columns(text)
    told = [[row[name] for name in names] for row in rows]
    lines = sorted(" ".join("UNDEF" if term is None else str(term) for term in terms) for terms in told)
    columns, table = " ".join("?" + name for name in names), " ".join(f"( {line} )" for line in lines)
    tail = text[order.start() :] if order else ""
    found: Any = run(
        ox.Store(), f"{taken.prologue}SELECT {columns} WHERE {{ VALUES ( {columns} ) {{ {table} }} }} {tail}"
    )
    return list(found)
