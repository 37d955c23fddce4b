"""The queries of shapes, asked of the embedded store: which things they name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from stdgraph.storage.patterns import Taken, Unreadable

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|<[^<>\s]*>|[(){}]|\b(?:FILTER|HAVING)\s*(?=\()', re.IGNORECASE)
ELSEWHERE = re.compile(
    r"(?<![$?:\w])(?i:SERVICE|GRAPH|FROM|MINUS|VALUES)\b|[$?](?:shapesGraph|currentShape|PATH)\b|\b(?i:AS)\s+[$?]this\b"
)
"""What SHACL forbids in a query, binds in it or reads elsewhere is left to pySHACL."""
ADDS = re.compile(r"\b(?:SUM|AVG)\b", re.IGNORECASE)
FEW = 200
"""So many things are asked about; for more the query runs once for all."""
WHERE = re.compile(r"\bWHERE\s*{|{", re.IGNORECASE)
THIS = re.compile(r"[$?]this\b")


class Unsure(Exception):  # noqa: N818 (no error: an answer)
    """The screen does not know whether something conforms."""


class Asked:
    """A query that names what breaks a shape: asked about a few things, or once about all."""

    def __init__(self, store: ox.Store, text: str, few: int = FEW) -> None:
        self.store, self.text, self.few = store, lenient(text), few
        self._known: dict[Any, bool] = {}

    def names(self, node: Any) -> bool:
        """Tell whether the query names a thing; raises Unsure where the store cannot run it."""
        if node not in self._known:
            self._ask([node])
        return self._known[node]

    def among(self, nodes: Iterable[Any]) -> list[Any]:
        """Return those of some things that the query names; all where the store cannot run it."""
        asked = list(nodes)
        try:
            if new := [node for node in asked if node not in self._known]:
                self._ask(new)
        except Unsure:
            return asked
        return [node for node in asked if self._known[node]]

    def _ask(self, nodes: Sequence[Any]) -> None:
        is_few = len(self._known) + len(nodes) <= self.few and all(isinstance(n, ox.NamedNode) for n in nodes)
        named = self._all if "_all" in self.__dict__ or not is_few else set(self._rows(nodes))
        self._known |= {node: node in named for node in nodes}

    @cached_property
    def _all(self) -> set[Any]:
        return set(self._rows())

    def _rows(self, nodes: Sequence[Any] = ()) -> list[Any]:
        given = f" VALUES $this {{ {' '.join(map(str, nodes))} }} " if nodes else ""
        text = WHERE.sub(lambda found: found[0] + given, self.text, count=1)
        try:
            rows: Any = self.store.query(text, use_default_graph_as_union=True)
            return [row["this"] for row in rows]
        except (SyntaxError, KeyError):
            raise Unsure from None


def runs_for_all(text: str) -> bool:
    """Tell whether a query can be run for all things at once: in a query within, $this is another variable.

    >>> where = "?o a <x:K> . FILTER ( ?o = $this )"
    >>> [runs_for_all(f"SELECT $this WHERE {{ {text} }}") for text in (where, f"$this a <x:K> . {where}", f"$this a <x:K> . {{ {where} }}")]
    [False, True, False]
    """
    if ELSEWHERE.search(text) or len(re.findall(r"\bselect\b", text, re.IGNORECASE)) != 1:
        return False
    taken = Taken(text)
    try:
        return _binds(taken, taken.where(taken.form)[0])
    except (Unreadable, KeyError, IndexError):
        return False


def _binds(taken: Taken, opened: int, *, bound: bool = False) -> bool:
    """Tell whether the patterns of a group give $this a value.

    Raises:
        Unreadable: a condition in it reads $this where they do not; for each thing alone it has a value everywhere.
    """
    elements, gives = list(taken.elements(opened)), False
    for one in elements:
        within = _branches(taken, one.opened) if one.kind in ("group", "union") else []
        is_triple = one.kind == "triple" and THIS.search(one.text)
        binding = [_binds(taken, at) for at in within]  # each is looked at
        if is_triple or (binding and all(binding)):
            gives = True
        elif one.kind == "bind" and THIS.search(one.text) and not gives:
            raise Unreadable(opened, "$this")
    for one in elements:
        if one.kind == "optional":
            _binds(taken, one.opened, bound=gives)
        elif one.kind == "filter" and THIS.search(one.text) and not (gives or bound):
            raise Unreadable(opened, "$this")
    return gives


def _branches(taken: Taken, opened: int) -> list[int]:
    """Return the tokens that open the groups of a union."""
    found = [opened]
    while taken.sign(taken.closed[found[-1]] + 1) == "UNION":
        found.append(taken.closed[found[-1]] + 2)
    return found


def lenient(text: str) -> str:
    """Return a query that also finds what its outer conditions cannot tell.

    A text compared with a number is an error in SPARQL; rdflib, and pySHACL with it, finds one of them greater. Where
    numbers are added up it fails over such a text, so these queries stay as they are.

    >>> lenient("SELECT $this WHERE { $this ?p ?n } HAVING ( COUNT(?n) > 1 )")
    'SELECT $this WHERE { $this ?p ?n } HAVING (COALESCE(( COUNT(?n) > 1 ), true))'
    """
    if ADDS.search(text):
        return text
    parts, at, depth, condition = [], 0, 0, False
    opened: list[bool] = []
    for match in TOKEN.finditer(text):
        parts.append(text[at : match.start()])
        at, part = match.end(), match[0]
        depth += (part == "{") - (part == "}")
        if part == "(":
            opened.append(condition)
            part = "(COALESCE((" if condition else "("
        elif part == ")":
            part = "), true))" if opened.pop() else ")"
        condition = depth < 2 and part[0] in "FfHh"
        parts.append(part)
    return "".join([*parts, text[at:]])
