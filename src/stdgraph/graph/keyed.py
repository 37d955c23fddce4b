"""A question about many things as one query, each of whose solutions says of which thing it speaks.

Where the query has `VALUES ?x { <a> }`, the keyed one has `VALUES ( ?x ?key ) { ( <a> <a> ) ( <b> <b> ) }`, and each SELECT
around that hands the key on, or groups by it. Parts that are joined have the key in common: the rows of two things never mix.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from stdgraph.model.later import later
from stdgraph.storage.queries import SLOT

KEY = "key_of_row"
"""The variable that says of which thing a solution speaks."""
TOKEN = later(
    r"""(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>"{}|^`\\\s]*>|\#[^\n]*|[?$:]\w+)|(?P<sign>[A-Za-z]+|[{}()])"""
)
CUTTING = {"LIMIT", "OFFSET"}
ADDING = {"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"}


@dataclass
class Select:
    """A SELECT of a query: from where to where, at which depth of brackets; what it does with its rows.

    `behind` and `grouping` are the places behind `SELECT` and `GROUP BY`, the second 0 where there is none.
    """

    start: int
    depth: int
    behind: int
    end: int = 1 << 60
    grouping: int = 0
    signs: list[str] = field(default_factory=list)

    @property
    def is_of_all(self) -> bool:
        """Whether it counts or cuts all its rows together."""
        return bool(CUTTING & {*self.signs}) or (not self.grouping and bool(ADDING & {*self.signs}))

    def takes(self, sign: str, place: int) -> None:
        """Take in a word of its own."""
        if not self.signs and sign in ("DISTINCT", "REDUCED"):
            self.behind = place + len(sign)
        elif sign == "BY" and self.signs[-1] == "GROUP":
            self.grouping = place + len(sign)
        self.signs.append(sign)


def keyed(query: str, rows: Mapping[str, Mapping[str, Iterable[str]]]) -> str | None:
    """Return a query about many things; None where a part of it would count or cut the rows of all of them together.

    Args:
        query: SPARQL with a row `VALUES ?name { … }` for each variable that is given.
        rows: the terms of each variable, as SPARQL writes them, by key; keys are IRIs.

    >>> print(keyed("SELECT ?b WHERE { VALUES ?a { UNDEF } ?a ?p ?b }", {"a": {"x:1": ["<x:1>"], "x:2": ["<x:2>"]}}))
    SELECT ?key_of_row ?b WHERE { VALUES ( ?a ?key_of_row ) { ( <x:1> <x:1> ) ( <x:2> <x:2> ) } ?a ?p ?b }
    """
    slots = [found for found in SLOT.finditer(query) if found[2] in rows]
    around = [one for one in selects(query) if any(one.start < slot.start() < one.end for slot in slots)]
    if not slots or any(one.is_of_all for one in around):
        return None
    changes = [(at, at, f" ?{KEY}") for one in around for at in (one.behind, one.grouping) if at]
    for slot in slots:
        told = " ".join(f"( {term} <{key}> )" for key, terms in rows[slot[2]].items() for term in terms)
        changes.append((slot.start(), slot.end(), f"VALUES ( ?{slot[2]} ?{KEY} ) {{ {told} }}"))
    for start, end, text in sorted(changes, reverse=True):
        query = query[:start] + text + query[end:]
    return query


def selects(query: str) -> list[Select]:
    """Return the SELECTs of a query, the outer ones first."""
    found: list[Select] = []
    inside: list[Select] = []
    depth = 0
    for sign, place in _signs(query):
        if sign in "{}":
            depth += 1 if sign == "{" else -1
            while inside and depth < inside[-1].depth:
                inside.pop().end = place
        elif sign == "SELECT":
            inside.append(Select(place, depth, place + len(sign)))
            found.append(inside[-1])
        elif inside and depth == inside[-1].depth:
            inside[-1].takes(sign, place)
    return found


def _signs(query: str) -> Iterator[tuple[str, int]]:
    """Yield the words and brackets of a query that stand in no text, name or comment."""
    return ((found["sign"], found.start()) for found in TOKEN.finditer(query) if found["sign"])
