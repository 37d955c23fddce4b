"""Proofs: backward from a triple, by the rules that can conclude it, to asserted triples; the shortest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from stdgraph.model.vocabulary import DERIVED, RULE
from stdgraph.reasoning import axioms, bounds, counts, fixpoint
from stdgraph.reasoning.axioms import Pattern, Rule, term
from stdgraph.reasoning.links import LinkRule, filled_in, solutions, triple_of, unified
from stdgraph.reasoning.reasons import reasons
from stdgraph.storage.queries import bound, text_of

HIGHEST = 16
"""No proof has more levels: rules stack up to about eight."""
MOST_ROWS = 2000
TRIED = 40
"""So many ways to apply one rule are followed, those with asserted triples first."""


@dataclass(frozen=True)
class Proof:
    """A triple, the rule that concludes it (None: it is asserted), what the rule used, and the axioms behind the rule."""

    triple: ox.Triple
    rule: Rule | LinkRule | None = None
    premises: tuple[Proof, ...] = ()
    axioms: tuple[ox.Triple, ...] = ()

    @cached_property
    def steps(self) -> int:
        """How many rules are applied."""
        return sum(p.steps for p in self.premises) + (self.rule is not None)

    def leaves(self) -> Iterator[ox.Triple]:
        """Yield the asserted triples, axioms included, in the order of the proof."""
        yield from self.axioms
        if self.rule is None:
            yield self.triple
        for premise in self.premises:
            yield from premise.leaves()


Step = tuple[Rule | LinkRule, tuple[ox.Triple, ...]]


class Prover:
    """Proves triples of a compiled store, also those that the store leaves out (foreign terms, axioms about axioms)."""

    def __init__(self, store: ox.Store, link_rules: Iterable[LinkRule]) -> None:
        self.store = store
        self.derived = {ox.NamedNode(graph) for graph in DERIVED}
        self.rules: dict[str, list[Rule]] = {}
        for rule in axioms.rules_of(lambda query: store.query(query, use_default_graph_as_union=True)):  # type: ignore[arg-type,return-value]
            self.rules.setdefault(term(rule.head), []).append(rule)
        self.links = {rule.iri: rule for rule in link_rules}
        self.proofs: dict[ox.Triple, Proof] = {}
        self.failed: dict[ox.Triple, int] = {}
        self.found: dict[ox.Triple, list[Step]] = {}

    @cached_property
    def schema(self) -> ox.Store:
        """The axioms, closed: what follows from axioms about axioms."""
        small = axioms.schema(self.store)
        fixpoint.close(small, axioms.SCHEMA_RULES)
        return small

    def prove(self, goal: ox.Triple) -> Proof | None:
        """Return a proof with the fewest levels, and among those with the fewest steps; None if there is none."""
        for limit in range(HIGHEST):
            if proof := self._search(goal, limit):
                return proof
            if limit == 1 and not self._steps(goal):
                return None
        return None

    def prove_with(self, goal: ox.Triple, basis: ox.NamedNode) -> Proof | None:
        """Return the shortest proof of a link that rests on one record, None if there is none."""
        for rule, given in self._likely(goal):
            if given.get("x") != basis:
                continue
            proofs = []
            for used in self._by_rule(rule, given, goal):
                premises = [self.prove(triple) for triple in used]
                if all(premises):
                    proofs.append(Proof(goal, rule, tuple(p for p in premises if p)))
            if proofs:
                return min(proofs, key=lambda p: p.steps)
        return None

    def forget(self) -> None:
        """Forget what was found out, so that the next proof begins anew."""
        for known in (self.proofs, self.failed, self.found):
            known.clear()

    def asserted(self, triple: ox.Triple) -> bool:
        """Tell whether some file states a triple."""
        found = self.store.quads_for_pattern(triple.subject, triple.predicate, triple.object)
        return any(quad.graph_name not in self.derived for quad in found)

    def _search(self, goal: ox.Triple, limit: int) -> Proof | None:
        if goal in self.proofs:
            return self.proofs[goal]
        if self.failed.get(goal, -1) >= limit:
            return None
        proof = Proof(goal) if self.asserted(goal) else self._applied(goal, limit) if limit else None
        if proof:
            self.proofs[goal] = proof
        else:
            self.failed[goal] = limit
        return proof

    def _applied(self, goal: ox.Triple, limit: int) -> Proof | None:
        proofs = []
        for rule, used in self._steps(goal):
            premises = self._all(used, limit - 1)
            if premises is not None:
                behind = rule.axioms if isinstance(rule, Rule) else ()
                proofs.append(Proof(goal, rule, premises, tuple(triple_of(a, {}) for a in behind)))
        return min(proofs, key=lambda p: p.steps, default=None)

    def _all(self, goals: tuple[ox.Triple, ...], limit: int) -> tuple[Proof, ...] | None:
        found = []
        for goal in goals:
            proof = self._search(goal, limit)
            if proof is None:
                return None
            found.append(proof)
        return tuple(found)

    def _steps(self, goal: ox.Triple) -> list[Step]:
        """Return the ways in which a rule concludes a triple from what holds, in a fixed order."""
        if goal not in self.found:
            steps = [*self._by_axioms(goal), *self._by_schema(goal), *self._by_links(goal)]
            steps += [*bounds.reasons(self.store, goal), *reasons(self.store, goal), *self._by_count(goal)]
            self.found[goal] = list(dict.fromkeys(steps))
        return self.found[goal]

    def _by_axioms(self, goal: ox.Triple) -> Iterator[Step]:
        for rule in self.rules.get(fixpoint.about(goal), ()):
            values = unified(rule.head, goal)
            if values is not None:
                yield from ((rule, used) for used in self._filled(self.store, rule.body, values))

    def _by_schema(self, goal: ox.Triple) -> Iterator[Step]:
        if str(goal.predicate) not in axioms.SCHEMA_PROPERTIES:
            return
        for rule in axioms.SCHEMA_RULES:
            values = unified(rule.head, goal)
            if values is not None:
                used = self._filled(self.schema, rule.body, values)
                yield from ((rule, premises) for premises in used if goal not in premises)

    def _filled(
        self, store: ox.Store, body: tuple[Pattern, ...], values: dict[str, Any]
    ) -> Iterator[tuple[ox.Triple, ...]]:
        """Yield what fulfils a body: its patterns with all variables filled in."""
        if any(isinstance(values.get(pattern[0][1:]), ox.Literal) for pattern in body):
            return
        free = {part for pattern in body for part in pattern if part[0] == "?" and part[1:] not in values}
        if not free:
            ready = tuple(triple_of(pattern, values) for pattern in body)
            if all(next(store.quads_for_pattern(t.subject, t.predicate, t.object), None) for t in ready):
                yield ready
            return
        text = " . ".join(" ".join(filled_in(pattern, values)) for pattern in body)
        query = f"SELECT DISTINCT {' '.join(sorted(free))} WHERE {{ {text} }} LIMIT {MOST_ROWS}"
        rows: Any = store.query(query, use_default_graph_as_union=True)
        found = [tuple(row[part[1:]] for part in sorted(free)) for row in rows]
        filled = []
        for row in sorted(found, key=str):
            bound = values | {part[1:]: value for part, value in zip(sorted(free), row, strict=True)}
            if not any(isinstance(bound.get(pattern[0][1:]), ox.Literal) for pattern in body):
                filled.append(tuple(triple_of(pattern, bound) for pattern in body))
        filled.sort(key=lambda used: sum(not self.asserted(t) for t in used))
        yield from filled[:TRIED]

    def _by_count(self, goal: ox.Triple) -> Iterator[Step]:
        if rule := self.links.get(RULE + counts.COUNT):
            yield from ((rule, used) for used in counts.grounds(self.store, goal))

    def _by_links(self, goal: ox.Triple) -> Iterator[Step]:
        for rule, given in self._likely(goal):
            yield from ((rule, used) for used in self._by_rule(rule, given, goal))

    def _by_rule(self, rule: LinkRule, given: dict[str, Any], goal: ox.Triple) -> Iterator[tuple[ox.Triple, ...]]:
        """Yield what a rule file may conclude a triple from, where its link node is known."""
        for head in rule.heads:
            values = unified(head, goal)
            if values is None or any(given.get(n, v) != v for n, v in values.items()):
                continue
            for filled, used in solutions(self.store, rule, given | values):
                if filled.get("link") == given.get("link"):
                    yield used

    def _likely(self, goal: ox.Triple) -> Iterator[tuple[LinkRule, dict[str, Any]]]:
        """Yield the rule files that may conclude a triple, and what its link node tells: its two ends and a basis."""
        fitting = [rule for rule in self.links.values() if fixpoint.about(goal) in rule.concludes]
        if not fitting or not isinstance(goal.object, ox.NamedNode):
            return
        for rule in fitting:
            if all(head[0] != "?link" for head in rule.heads):
                yield rule, {}
        asked = bound(text_of("links-behind-triple"), s=[goal.subject], o=[goal.object])
        rows: Any = self.store.query(asked, use_default_graph_as_union=True)
        found = {tuple(row[name] for name in ("r", "link", "x", "a", "b")) for row in rows}
        for r, link, x, a, b in sorted(found, key=str):
            if self.links.get(r.value) in fitting:
                yield self.links[r.value], {"link": link, "x": x, "a": a, "b": b}
