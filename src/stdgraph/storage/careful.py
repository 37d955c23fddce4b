"""The rows of a query from an engine that reads it in another way than the standard: triples are fetched, the rest is done here.

Engines differ where a variable may be unbound: UNDEF, BIND, OPTIONAL, MINUS, EXISTS in an expression, paths. All of them find
the triples of one predicate whose subject or object is among some terms. So a query is followed part by part, as it would be
evaluated: what each part may look at is fetched, narrowed by what the parts before it have found, and kept. The whole query
is then asked of what is kept. That has the rows of the whole graph: whatever the query looks at is there, and more does no
harm.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pyoxigraph as ox

from stdgraph.model.vocabulary import RDF
from stdgraph.storage.paths import OTHER, Ends, Path, triple, walked
from stdgraph.storage.patterns import Element, Taken, Unreadable
from stdgraph.storage.sparql import run
from stdgraph.storage.tokens import tokens

AT_ONCE = 300
"""So many terms are asked about in one request."""

VARIABLE = re.compile(r"[?$](\w+)")
BIND = re.compile(r"\bBIND\b", re.IGNORECASE)
EXISTS = re.compile(r"\bEXISTS\b", re.IGNORECASE)
GROUPED = re.compile(r"\b(?:COUNT|MIN|MAX|SUM|AVG|SAMPLE|GROUP_CONCAT)\s*\(|\bGROUP\s+BY\b|\bHAVING\b", re.IGNORECASE)
NOT_GIVEN = re.compile(r"FILTER\s*\(\s*!\s*BOUND\s*\(\s*\?(\w+)\s*\)\s*\|\|", re.IGNORECASE)
"""A condition on a parameter that holds where that is left out."""
LEFT_OUT = re.compile(r"\bVALUES\s+\?(\w+)\s*\{\s*UNDEF\s*\}", re.IGNORECASE)
GUARD = re.compile(r"IF\s*\(\s*BOUND\s*\(\s*\?(\w+)\s*\)\s*,\s*$", re.IGNORECASE)

Rows = Callable[[str], Iterable[ox.QuerySolution]]


@dataclass(frozen=True)
class Scope:
    """What is known where a part of a query is read.

    `said` are the parts before it, as the query says them; `around` what narrows their group from outside, hidden but for
    the variables of `shared`.
    """

    around: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    graph: str = ""

    def with_part(self, text: str) -> Scope:
        """Return it behind one more part."""
        return Scope(self.around, (*self.said, text), self.graph)

    @property
    def own(self) -> set[str]:
        """The variables of the parts before."""
        return {name for text in self.said for name in VARIABLE.findall(text)}

    @property
    def pattern(self) -> str:
        """All that is known, as a group says it."""
        said = "\n".join(self.said)
        inside = f"GRAPH {self.graph} {{ {said} }}" if self.graph and said else said
        if self.around and BIND.search(said):  # a variable cannot be bound again that is known already
            inside = f"{{ {inside} }}"
        return "\n".join((*self.around, inside))

    def inner(self, shared: set[str]) -> tuple[str, ...]:
        """Return what narrows a group inside: nothing but the terms of some variables."""
        known = sorted(shared & set(VARIABLE.findall(self.pattern)))
        if not known:
            return ()
        return (f"{{ SELECT DISTINCT {' '.join('?' + name for name in known)} WHERE {{ {self.pattern} }} }}",)


@dataclass
class Careful:
    """Fetches what queries look at, and answers them from that."""

    rows: Rows
    """Asks the engine: only for triples of a predicate, narrowed by VALUES."""
    store: ox.Store = field(default_factory=ox.Store)
    had: dict[tuple[str, bool, str], Ends] = field(default_factory=dict)
    """Of which terms the triples are there already, by predicate, direction and graph; None for all."""

    def select(self, text: str) -> Any:
        """Return the result of a query.

        Raises:
            Unreadable: it is not written as our query files are.
        """
        taken = Taken(text)
        opened, _ = taken.where(taken.form)
        if opened < 0 or EXISTS.search(text[taken.tokens[taken.closed[opened]].end :]):
            raise Unreadable(max(opened, 0), "WHERE")
        query = _Query(self, taken)
        known = query.group(opened, Scope(), set())
        if taken.sign(taken.form) == "DESCRIBE":
            query.description(taken.between(taken.form + 1, opened), known)
        return run(self.store, text, merged=True)

    def fetch(self, predicate: str, terms: Ends, forward: bool, graph: str) -> None:
        """Fetch the triples of a predicate (`*` for any) that begin, or end, at some terms; None for all of them."""
        key = (predicate, forward, graph)
        for whole in ((predicate, True, graph), (predicate, False, graph), ("*", forward, graph)):
            if whole in self.had and self.had[whole] is None:
                return
        if terms is None:
            self._keep(_asked(predicate, "", graph), predicate, graph)
            self.had[key] = None
            return
        known = self.had.setdefault(key, set()) or set()
        new = sorted((t for t in terms - known if not (forward and isinstance(t, ox.Literal))), key=str)
        if any(isinstance(term, ox.BlankNode) for term in new):
            self.fetch(predicate, None, forward, graph)  # they have no name by which they could be asked for
            return
        for at in range(0, len(new), AT_ONCE):
            some = new[at : at + AT_ONCE]
            values = f"VALUES {'?s' if forward else '?o'} {{ {' '.join(map(str, some))} }} "
            if not forward and any(isinstance(term, ox.Literal) for term in some):
                values = f"{values.replace('?o', '?v', 1)}?s {predicate if predicate != '*' else '?w'} ?v . "  # engines give a value back as it was asked for, not as it stands there
            self._keep(_asked(predicate, values, graph), predicate, graph)
        self.had[key] = known | set(new)

    def _keep(self, query: str, predicate: str, graph: str) -> None:
        known = ox.NamedNode(predicate[1:-1]) if predicate != "*" else None
        place = ox.NamedNode(graph[1:-1]) if graph[:1] == "<" else None
        quads = [
            ox.Quad(row["s"], known or row["p"], row["o"], *([place or row["g"]] if graph else []))
            for row in self.rows(query)
        ]
        self.store.extend(quads)
        if graph:  # every triple is in the default graph, once
            self.store.extend(ox.Quad(*quad.triple) for quad in quads)


def _asked(predicate: str, values: str, graph: str) -> str:
    """Return the request for the triples of a predicate."""
    said = f"?s {predicate if predicate != '*' else '?p'} ?o"
    pattern = f"GRAPH {graph} {{ {said} }}" if graph else said
    columns = " ".join(("?s", *(("?p",) if predicate == "*" else ()), "?o", *((graph,) if graph == "?g" else ())))
    return f"SELECT {columns} WHERE {{ {values}{pattern} }}"


class _Query:
    """Follows one query."""

    def __init__(self, keep: Careful, taken: Taken) -> None:
        self.keep = keep
        self.taken = taken
        self.never = self._never()

    def _never(self) -> set[str]:
        """Return the parameters that were left out: nothing gives them a value."""
        left = set(LEFT_OUT.findall(self.taken.text))
        given = set[str]()
        for at, token in enumerate(self.taken.tokens):
            if token.kind == "var" and token.text[1:] in left:
                before, after = self.taken.sign(at - 1), self.taken.sign(at + 1)
                expression = before in ("(", ",", "=") or after in (")", ",", "=", "!", "&", "|") or before == "AS"
                parameter = before == "VALUES" and self.taken.sign(at + 2) == "UNDEF"
                if before == "AS" or not (expression or parameter):
                    given.add(token.text[1:])
        return left - given

    def group(self, opened: int, scope: Scope, visible: set[str]) -> Scope:
        """Fetch what a group looks at; return what is known behind it. `visible` are the variables by which it may be narrowed."""
        if self.taken.sign(opened + 1) == "SELECT":
            self._subquery(opened, scope, visible)
            return scope
        later: list[Element] = []
        waiting = list[Element]()
        for element in [*self.taken.elements(opened), None]:
            if element is not None and element.kind == "triple":
                waiting.append(element)
                continue
            for known in self._ordered(waiting, scope):
                self._triple(known, scope)
                scope = scope.with_part(known.text + " .")
            waiting = []
            if element is None:
                break
            if element.kind == "filter":
                later += [element] if EXISTS.search(element.text) else []
                continue
            self._part(element, scope, visible)
            scope = scope.with_part(element.text)
        for element in later:
            if not ((found := NOT_GIVEN.match(element.text)) and found[1] in self.never):
                self._exists(element, scope)
        return scope

    def description(self, head: str, scope: Scope) -> None:
        """Fetch what describes some things, and what has no name of its own in that."""
        new = {term for name in VARIABLE.findall(head) for term in self._terms("?" + name, scope) or ()}
        seen = set(new)
        while new:
            self.keep.fetch("*", new, True, "")
            new = {end for end in self._reached(None, new, True) if isinstance(end, ox.BlankNode)} - seen
            seen |= new

    def _part(self, element: Element, scope: Scope, visible: set[str]) -> None:
        """Fetch what a part of a group looks at that is no triple."""
        own = scope.own
        if element.kind in ("optional", "minus"):
            self.group(element.opened, Scope(scope.inner(own), graph=scope.graph), own)
        elif element.kind in ("group", "union", "subselect"):
            at = element.opened
            while True:
                self.group(at, Scope(scope.inner(own | visible), graph=scope.graph), own | visible)
                at = self.taken.closed[at] + 1
                if self.taken.sign(at) != "UNION":
                    break
                at += 1
        elif element.kind == "graph":
            graph = tokens(element.text)[1].text
            self.group(element.opened, Scope(scope.inner(own | visible), graph=graph), own | visible)
        elif element.kind == "bind" and EXISTS.search(element.text):
            self._exists(element, scope)
        elif element.kind not in ("values", "bind"):
            raise Unreadable(0, element.kind)

    def _exists(self, element: Element, scope: Scope) -> None:
        """Fetch what the groups of EXISTS in an expression look at."""
        end = element.start + len(element.text)
        for at, token in enumerate(self.taken.tokens):
            if element.start <= token.start < end and token.upper == "EXISTS":
                guard = GUARD.search(self.taken.between(max(at - 8, 0), at) + " ")
                known = scope.with_part(f"FILTER ( BOUND(?{guard[1]}) )") if guard else scope
                self.group(at + 1, Scope(known.inner(scope.own), graph=scope.graph), scope.own)

    def _subquery(self, opened: int, scope: Scope, visible: set[str]) -> None:
        """Fetch what a subquery looks at, narrowed by the variables that it hands out as they are."""
        at, _ = self.taken.where(opened + 1)
        head = self.taken.between(opened + 1, at)
        tail = self.taken.between(self.taken.closed[at] + 1, self.taken.closed[opened])
        handed = set(VARIABLE.findall(re.sub(r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)", " ", head)))
        if re.match(r"SELECT\s+(?:DISTINCT\s+|REDUCED\s+)?\*", head, re.IGNORECASE):
            handed = visible
        if GROUPED.search(f"{head} {tail}"):
            keys = re.search(r"GROUP\s+BY((?:\s+\?\w+)+)", tail, re.IGNORECASE)
            handed &= set(VARIABLE.findall(keys[1])) if keys else set()
        if re.search(r"\b(?:LIMIT|OFFSET)\b", tail, re.IGNORECASE):
            handed = set()
        self.group(at, Scope(scope.inner(handed & visible), graph=scope.graph), handed & visible)

    def _ordered(self, waiting: Sequence[Element], scope: Scope) -> Iterator[Element]:
        """Yield triple patterns that stand side by side, those first of which most is known."""
        left, known = list(waiting), set(VARIABLE.findall(scope.pattern))
        while left:
            best = max(left, key=lambda e: (self._known(e, known), -left.index(e)))
            left.remove(best)
            known |= set(VARIABLE.findall(best.text))
            yield best

    def _known(self, element: Element, known: set[str]) -> int:
        subject, _, said = triple(tokens(element.text))
        return sum(2 if end[:1] != "?" else end[1:] in known for end in (subject, said)) if subject[:1] == "?" else 4

    def _triple(self, element: Element, scope: Scope) -> None:
        """Fetch what a triple pattern looks at, from the end of which less is known to be possible."""
        subject, path, said = triple(tokens(element.text))
        starts, ends = self._terms(subject, scope), self._terms(said, scope)

        if starts is None and ends is None and set(path.oftens) & {"*", "?"}:
            raise Unreadable(0, "path")  # it leads from each node of the whole graph to itself

        def step(part: Path, terms: Ends, forward: bool) -> Ends:
            return self._step(part, terms, forward, scope)

        if ends is not None and (starts is None or len(ends) < len(starts)):
            walked(path, ends, step, forward=False)
        else:
            walked(path, starts, step)
        if "*" in path.oftens or "?" in path.oftens:  # no step at all leads to what is somewhere in the graph
            for end in (starts, ends):
                self._present(end or set())

    def _present(self, terms: set[Any]) -> None:
        """Fetch some triple of each term that is in the graph at all: mostly its class is enough."""
        find = self.keep.store.quads_for_pattern
        for predicate, forward in ((f"<{RDF}type>", True), ("*", True), ("*", False)):
            terms = {t for t in terms if not any(find(None, None, t, None))}
            terms = {t for t in terms if isinstance(t, ox.Literal) or not any(find(t, None, None, None))}
            self.keep.fetch(predicate, terms, forward, "")

    def _step(self, path: Path, terms: Ends, forward: bool, scope: Scope) -> Ends:
        predicates = {"*"} if path.sign == OTHER else self._predicates(path.predicate, scope)
        reached: set[Any] = set()
        graphs = self._terms(scope.graph, replace(scope, graph="")) if scope.graph else {""}
        for predicate in sorted(predicates):
            for graph in sorted(map(str, graphs)) if graphs is not None else ("?g",):
                self.keep.fetch(predicate, terms, forward, graph)
            node = ox.NamedNode(predicate[1:-1]) if predicate != "*" else None
            reached |= set(self._reached(node, terms, forward))
        return reached

    def _reached(self, predicate: Any, terms: Ends, forward: bool) -> Iterator[Any]:
        find = self.keep.store.quads_for_pattern
        if terms is None:
            yield from (quad.object if forward else quad.subject for quad in find(None, predicate, None, None))
        elif forward:
            yield from (
                q.object for t in terms if not isinstance(t, ox.Literal) for q in find(t, predicate, None, None)
            )
        else:
            yield from (quad.subject for term in terms for quad in find(None, predicate, term, None))

    def _predicates(self, text: str, scope: Scope) -> set[str]:
        terms = self._terms(text, scope)
        return {"*"} if terms is None else {str(term) for term in terms if isinstance(term, ox.NamedNode)}

    def _terms(self, text: str, scope: Scope) -> Ends:
        """Return the terms that an end of a pattern may be, None for any."""
        if text[:1] not in ("?", "$"):
            return {self._constant(text)}
        name = text[1:]
        if name not in scope.own and not any(name in VARIABLE.findall(a) for a in scope.around):
            return None
        known = f"{self.taken.prologue}SELECT DISTINCT ?{name} WHERE {{ {scope.pattern} }}"
        rows: Any = run(self.keep.store, known, merged=True)
        found = {row[name] for row in rows}
        return None if None in found else found

    def _constant(self, text: str) -> Any:
        """Return the term that a text of the query means."""
        said = "a" if text == "a" else f"?x ?y {text}"
        if said == "a":
            return ox.NamedNode(RDF + "type")
        rows: Any = run(ox.Store(), f"{self.taken.prologue}SELECT ?t WHERE {{ VALUES ?t {{ {text} }} }}")
        return next(iter(rows))["t"]
