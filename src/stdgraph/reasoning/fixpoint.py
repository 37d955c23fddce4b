"""Rules to a fixpoint, as SPARQL on the embedded store: layer by layer, and within a circle of rules on what is new."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from stdgraph.errors import ClosureError
from stdgraph.model.vocabulary import DERIVED_CLOSURE, RDF, STDG
from stdgraph.reasoning.axioms import Rule, term
from stdgraph.reasoning.reach import Reach

NEW, ROUND, MIRRORED = (ox.NamedNode(f"{STDG}{name}") for name in ("new", "round", "mirrored"))
"""Graphs that exist only while rules run: what is new in this run, and what the last round of a circle brought."""

MIRRORS = ("inverse", "symmetric")
"""Rules of which one turns back what the other turned round."""

TRANSITIVE = "transitive"

BUDGET = 200_000
"""So many conclusions one run of a rule may draw: more than four times what the whole graph states. More come of data made to harm."""

MANY = 2000
"""For fewer triples it is quicker to look up each conclusion than to compare all."""


@dataclass
class Profile:
    """What each rule cost, and with `counting` what it derived; `say` is told of progress."""

    say: Callable[[str], None] | None = None
    counting: bool = False
    derived: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    runs: Counter[str] = field(default_factory=Counter)

    def tell(self, message: str) -> None:
        """Tell of progress."""
        if self.say:
            self.say(message)

    def add(self, label: str, number: int, started: float) -> None:
        """Count one run of a rule."""
        self.derived[label] += number
        self.seconds[label] += time.perf_counter() - started
        self.runs[label] += 1

    def rows(self) -> list[tuple[str, int, int, float]]:
        """Return rule, runs, derived triples and seconds; the costliest rule first."""
        found = [(n, self.runs[n], self.derived[n], self.seconds[n]) for n in self.runs]
        return sorted(found, key=lambda row: (-row[3], row[0]))


def close(
    store: ox.Store,
    rules: Sequence[Rule],
    *,
    graph: str = DERIVED_CLOSURE,
    new: Iterable[ox.Triple] | None = None,
    profile: Profile | None = None,
    collect: bool = False,
) -> list[ox.Triple]:
    """Add to a graph of the store all that rules conclude; return that where it is wanted or kept anyway.

    Args:
        store: its graphs are read as one.
        rules: from `axioms.rules_of`.
        graph: where conclusions go.
        new: where the store was closed before these triples came in, them: then only what depends on them is derived.
        profile: what each rule derived and cost is added there.
        collect: whether all conclusions are to be returned.
    """
    run = _Run(store, ox.NamedNode(graph), profile or Profile(), collect)
    try:
        if new is not None:
            run.begin(new)
        for layer in layers(rules):
            run.layer(layer)
    finally:
        for scratch in (NEW, ROUND, MIRRORED):
            store.remove_graph(scratch)
    return run.added


@dataclass
class _Run:
    store: ox.Store
    home: ox.NamedNode
    profile: Profile
    collect: bool
    added: list[ox.Triple] = field(default_factory=list)
    fresh: Counter[str] = field(default_factory=Counter)
    partial: bool = False
    reached: dict[Rule, Reach] = field(default_factory=dict)

    def begin(self, new: Iterable[ox.Triple]) -> None:
        """Take some triples for new."""
        self.partial = True
        self._note(list(new), NEW, self.fresh)

    def layer(self, rules: Sequence[Rule]) -> None:
        """Bring one layer to its fixpoint: what leads into its circle, then the circle, round by round."""
        heads = {term(rule.head) for rule in rules}
        circle = [rule for rule in rules if any(term(p) in heads for p in rule.body)]
        for rule in rules:
            if rule not in circle:
                self.first(rule, circle)
        found = {rule: self.first(rule, circle) for rule in circle}
        while any(found.values()):
            sizes = self._next_round(found, circle)
            found = {rule: self.again(rule, circle, sizes) for rule in circle}

    def first(self, rule: Rule, circle: Sequence[Rule]) -> list[ox.Triple]:
        """Run a rule on all triples, or where only what is new counts on the new ones."""
        if not self.partial and not self.collect and (rule not in circle or not _is_read(rule, circle)):
            self.pour(rule)
            return []
        return self.fire(rule, [(NEW, self.fresh)] if self.partial else [(None, self.fresh)])

    def again(self, rule: Rule, circle: Sequence[Rule], sizes: dict[ox.NamedNode, Counter[str]]) -> list[ox.Triple]:
        """Run a rule on what the last round brought, but not on what its own mirror image made of its conclusions."""
        own = _reads_only_its_image(rule, circle)
        return self.fire(rule, [(graph, size) for graph, size in sizes.items() if not (own and graph == MIRRORED)])

    def _next_round(
        self, found: dict[Rule, list[ox.Triple]], circle: Sequence[Rule]
    ) -> dict[ox.NamedNode, Counter[str]]:
        """Put what a round brought, if any rule reads it, in the place of what the last one brought; return how much."""
        sizes: dict[ox.NamedNode, Counter[str]] = {ROUND: Counter(), MIRRORED: Counter()}
        for graph in sizes:
            self.store.remove_graph(graph)
        for rule, triples in found.items():
            graph = MIRRORED if rule.kind in MIRRORS else ROUND
            if _is_read(rule, circle):
                self._note(triples, graph, sizes[graph])
        return sizes

    def pour(self, rule: Rule) -> None:
        """Run a rule on all triples and let the store itself keep what it concludes: most of a closure goes this way."""
        number = self._count(rule) if self.profile.counting else 0
        started = time.perf_counter()
        self.store.update(insertion_of(rule, self.home))
        self.profile.add(rule.label, number, started)

    def _count(self, rule: Rule) -> int:
        answer: Any = self.store.query(query_of(rule), use_default_graph_as_union=True)
        return len(set(answer))

    def fire(self, rule: Rule, among: Sequence[tuple[ox.NamedNode | None, Counter[str]]]) -> list[ox.Triple]:
        """Run a rule once, on all triples or on those of some graphs; return what it added."""
        if rule.kind == TRANSITIVE:
            return self.reach(rule, [graph for graph, _ in among])
        started, ran = time.perf_counter(), False
        found: set[ox.Triple] = set()
        for graph, size in among:
            for at, pattern in enumerate(rule.body[:1] if graph is None else rule.body):
                if graph is None or size[term(pattern)]:
                    found |= self.ask(rule, at, graph, compare=graph is None or size[term(pattern)] > MANY)
                    ran = True
        if ran:
            self.keep(list(found))
            self.profile.add(rule.label, len(found), started)
        return list(found)

    def reach(self, rule: Rule, graphs: Sequence[ox.NamedNode | None]) -> list[ox.Triple]:
        """Run a transitive rule: as a join it makes each pair once for each thing between, here it is made once."""
        started, predicate = time.perf_counter(), ox.NamedNode(rule.head[1][1:-1])
        if rule not in self.reached:
            self.reached[rule] = Reach()
            if self.partial:  # what was there is closed
                self.reached[rule].know(self._edges(predicate, [None]) - self._edges(predicate, [NEW]))
        stated = self._edges(predicate, graphs)
        pairs = (pair for edge in stated for pair in self.reached[rule].add(*edge))
        made = (ox.Triple(one, predicate, other) for one, other in pairs if (one, other) not in stated)
        found = list(within_budget(made, rule))
        self.keep(found)
        self.profile.add(rule.label, len(found), started)
        return found

    def _edges(self, predicate: ox.NamedNode, graphs: Iterable[ox.NamedNode | None]) -> set[tuple[Any, Any]]:
        quads = (quad for graph in graphs for quad in self.store.quads_for_pattern(None, predicate, None, graph))
        return {(quad.subject, quad.object) for quad in quads}

    def ask(self, rule: Rule, at: int, graph: ox.NamedNode | None, *, compare: bool) -> set[ox.Triple]:
        """Return what a rule concludes and the store lacks: compared as a whole, or looked up one by one."""
        answer: Any = self.store.query(query_of(rule, at, graph, compare=compare), use_default_graph_as_union=True)
        if compare:
            return set(within_budget(answer, rule))
        known = self.store.quads_for_pattern
        return {t for t in within_budget(answer, rule) if next(known(t.subject, t.predicate, t.object), None) is None}

    def keep(self, found: list[ox.Triple]) -> None:
        """Put conclusions into their graph, and where only what is new counts among the new."""
        self.store.extend(ox.Quad(t.subject, t.predicate, t.object, self.home) for t in found)
        self.added += found
        if self.partial:
            self._note(found, NEW, self.fresh)

    def _note(self, triples: list[ox.Triple], graph: ox.NamedNode, size: Counter[str]) -> None:
        self.store.extend(ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples)
        size.update(map(about, triples))


def within_budget(conclusions: Iterable[ox.Triple], rule: Rule | str) -> Iterator[ox.Triple]:
    """Yield what a rule concludes; raises ClosureError where it has no reasonable end."""
    for number, triple in enumerate(conclusions):
        if number >= BUDGET:
            label = rule if isinstance(rule, str) else rule.label
            raise ClosureError(rule=label, number=BUDGET, example=f"{triple.subject} {triple.predicate}")
        yield triple


def _is_read(rule: Rule, circle: Sequence[Rule]) -> bool:
    """Tell whether some rule of a circle has to look at what another concludes."""
    readers = [r for r in circle if any(term(p) == term(rule.head) for p in r.body)]
    return any(not (rule.kind in MIRRORS and _reads_only_its_image(r, circle)) for r in readers)


def _reads_only_its_image(rule: Rule, circle: Sequence[Rule]) -> bool:
    """Tell whether a rule turns round what only its own mirror image, if any such rule, turns round as well."""
    back = [r for r in circle if r.kind in MIRRORS and term(r.head) == term(rule.body[0])]
    return rule.kind in MIRRORS and all(term(r.body[0]) == term(rule.head) for r in back)


def query_of(rule: Rule, at: int = 0, among: ox.NamedNode | None = None, *, compare: bool = True) -> str:
    """Return the CONSTRUCT query of a rule, one of its patterns looked for in one graph only if so wanted.

    With `compare`, what the store has is left out (as a whole: MINUS takes a thirtieth of the time of NOT EXISTS).
    """
    patterns = [" ".join(p) for p in rule.body]
    if among is not None:
        patterns.insert(0, f"GRAPH {among} {{ {patterns.pop(at)} }}")
    body = " . ".join(patterns) if among is None else " ".join([patterns[0], " . ".join(patterns[1:])])
    head = " ".join(rule.head)
    return f"CONSTRUCT {{ {head} }} WHERE {{ {_narrowed(rule, body)} {f'MINUS {{ {head} }} ' if compare else ''}}}"


def insertion_of(rule: Rule, home: ox.NamedNode) -> str:
    """Return the update that puts into a graph what a rule concludes and no graph has."""
    body = " ".join(f"GRAPH ?graph{at} {{ {' '.join(pattern)} }}" for at, pattern in enumerate(rule.body))
    head = " ".join(rule.head)
    lacking = f"MINUS {{ GRAPH ?known {{ {head} }} }}"
    return f"INSERT {{ GRAPH {home} {{ {head} }} }} WHERE {{ {_narrowed(rule, body)} {lacking} }}"


def _narrowed(rule: Rule, body: str) -> str:
    """Return the body of a rule with only the variables of its head, and no conclusion about a thing and itself."""
    names = [part for part in rule.head if part[0] == "?"]
    if {part for pattern in rule.body for part in pattern if part[0] == "?"} - set(names):
        body = f"{{ SELECT DISTINCT {' '.join(names)} WHERE {{ {body} }} }}"
    if len(rule.body) > 1 and not rule.axioms:
        body += f" FILTER ({names[0]} != {names[1]})"
    return body


def about(triple: ox.Triple) -> str:
    """Return what a triple is about, as `term` does for a pattern."""
    predicate = str(triple.predicate)
    return f"a {triple.object}" if triple.predicate.value == RDF + "type" else predicate


def layers(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Return rules in layers: each reads only what it and earlier ones conclude; rules in a circle share a layer."""
    by_head: dict[str, list[Rule]] = {}
    for rule in rules:
        by_head.setdefault(term(rule.head), []).append(rule)
    needs = {head: sorted({term(p) for r in found for p in r.body} & by_head.keys()) for head, found in by_head.items()}
    return [[rule for head in sorted(circle) for rule in by_head[head]] for circle in circles(needs)]


def circles(needs: dict[str, list[str]]) -> list[list[str]]:
    """Return the strongly connected parts of a graph, those that are needed first (Tarjan, without recursion).

    >>> circles({"a": ["b"], "b": ["c"], "c": ["b"]})
    [['c', 'b'], ['a']]
    """
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []
    for start in sorted(needs):
        if start in index:
            continue
        index[start] = low[start] = len(index)
        stack.append(start)
        work = [(start, iter(needs[start]))]
        while work:
            node, todo = work[-1]
            child = next(todo, None)
            if child is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    at = stack.index(node)
                    found.append(stack[at:][::-1])
                    del stack[at:]
            elif child not in index:
                index[child] = low[child] = len(index)
                stack.append(child)
                work.append((child, iter(needs[child])))
            elif child in stack:
                low[node] = min(low[node], index[child])
    return found
