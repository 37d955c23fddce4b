"""Amending a compiled graph where few files changed: what reads anything that changed is derived again as a whole, in memory.

All else stays as it is, so an amended graph is the same as one that is compiled from scratch. Only to a closure that lost
nothing is added what follows from what is new.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property

import pyoxigraph as ox

from stdgraph.model.dates import SLOTS
from stdgraph.model.vocabulary import (
    DERIVED_BOUNDS,
    DERIVED_CLOSURE,
    DERIVED_LINKS,
    DERIVED_REASONS,
    OWL,
    RDF,
    RDFS,
    STDG,
)
from stdgraph.reasoning import counts, fixpoint, rules
from stdgraph.reasoning.axioms import Rule, term
from stdgraph.reasoning.bounds import AGREEMENT, bounds_anew
from stdgraph.reasoning.fixpoint import Profile, about
from stdgraph.reasoning.links import LinkRule, parts
from stdgraph.reasoning.reasons import add_reasons, reason_rules
from stdgraph.storage.files import GraphFile
from stdgraph.storage.misfits import is_fit

ANY_TYPE = "a ?"
"""Stands for what a rule reads that asks for any class."""
DATED = {f"<{STDG}{slot}>" for slot in SLOTS} | {f"a {AGREEMENT}"}
"""What the bounds of a thing are computed from, all of it said of the thing itself."""
AXIOMS = (f"<{OWL}", f"<{RDFS}", f"<{RDF}first>", f"<{RDF}rest>", f"a <{OWL}", f"a <{RDFS}", f"a <{RDF}", "a _:", 'a "')
FEW = 1000
"""Where more things read what changed, all reasons are sought anew."""
REMARKS = {f"<{RDFS}{name}>" for name in ("label", "comment", "seeAlso", "isDefinedBy")}


class Amending:
    """Brings a copy of a compiled graph up to date; `lost` and `got` are the quads that changed."""

    def __init__(self, disk: ox.Store, files: Sequence[GraphFile]) -> None:
        self.disk = disk
        self.files = files
        self.lost: set[ox.Quad] = set()
        self.got: set[ox.Quad] = set()
        self._brought: set[str] = set()

    @property
    def changed(self) -> set[ox.Quad]:
        """All quads that were taken out or put in."""
        return self.lost | self.got

    def amend(self, graphs: Collection[str]) -> bool:
        """Read some graphs again, and derive what follows; tell whether that could be done, else the copy is of no use."""
        said = [quad for file in self.files if file.graph in graphs for quad in file.quads()]
        if not is_fit(self.disk, said):
            return False
        for graph in graphs:
            self._put(graph, (quad for quad in said if quad.graph_name == ox.NamedNode(graph)))
        if any(map(_is_axiom, self.touched)) or any(map(_is_blank, self.changed)):
            return False
        self._derive(rules.chosen(self.disk))
        return not any(map(_is_blank, self.changed))

    @property
    def touched(self) -> set[str]:
        """What the quads are about that changed: properties, and of typings the classes."""
        return {about(quad.triple) for quad in self.changed}

    def reads(self, *terms: str) -> bool:
        """Tell whether something that reads some properties and classes reads anything that changed."""
        touched = self.touched
        return not touched.isdisjoint(terms) or (ANY_TYPE in terms and any(t.startswith("a ") for t in touched))

    def _derive(self, axioms: Sequence[Rule]) -> None:
        if self.reads(*(read := {term(p) for rule in axioms for p in (*rule.body, rule.head)})):
            if any(about(quad.triple) in read for quad in self.lost):
                self._anew(DERIVED_CLOSURE, lambda store: rules.close(store, axioms))
            else:
                self._close_on(axioms)
        if self.reads(*_read_by_links(axioms)) and not self._link_on(axioms):
            self._anew(DERIVED_LINKS, lambda store: rules.add_links(store, axioms, Profile()), DERIVED_CLOSURE)
        if dated := {quad.subject for quad in self.changed if about(quad.triple) in DATED}:
            self._bound(dated)
        if self.reads(*(read := {what for rule in reason_rules() for what in _read(rule)})) and not self._reason(read):
            self._anew(DERIVED_REASONS, add_reasons, DERIVED_CLOSURE, DERIVED_LINKS, DERIVED_BOUNDS)

    @cached_property
    def _memory(self) -> ox.Store:
        """What is asserted, where deriving is quick."""
        memory = ox.Store()
        for file in self.files:
            file.add_to(memory)
        return memory

    def _anew(self, graph: str, derive: Callable[[ox.Store], None], *needs: str) -> None:
        """Derive a graph from what is asserted and from other graphs."""
        for need in set(needs) - self._brought:
            self._memory.bulk_extend(self._quads(self.disk, need))
            self._brought.add(need)
        derive(self._memory)
        self._brought.add(graph)
        self._put(graph, self._quads(self._memory, graph))

    def _close_on(self, axioms: Sequence[Rule]) -> None:
        """Add to the closure what follows from what is new, of which it holds nothing itself."""
        home, new = ox.NamedNode(DERIVED_CLOSURE), [quad.triple for quad in self.got]
        known = {quad for quad in (ox.Quad(*parts(triple), home) for triple in new) if quad in self.disk}
        for quad in known:
            self.disk.remove(quad)
        added = fixpoint.close(self.disk, axioms, new=new)
        self._note(known, {ox.Quad(*parts(triple), home) for triple in added})

    def _link_on(self, axioms: Sequence[Rule]) -> bool:
        """Add links to those that are there; tell whether that could be done: nothing was lost that they rest on."""
        linked = _linked(axioms)
        beyond = [rule for rule in axioms if any(term(p) in linked for p in rule.body)]
        rest = {what for rule in rules.link_rules() for what in rule.reads} | linked
        if any(about(quad.triple) in rest for quad in self.lost) or any(len(rule.body) > 1 for rule in beyond):
            return False
        self._told_anew([quad.triple for quad in self.got if about(quad.triple) in linked], beyond)
        home, before = ox.NamedNode(DERIVED_LINKS), set(counts.counted(self.disk))
        added = rules.link_on(self.disk, beyond, [quad.triple for quad in self.got])
        if added is None:
            return False
        self._note(before, set(counts.counted(self.disk)))
        self._note(set(), {ox.Quad(*parts(triple), home) for triple in added} - before)
        return True

    def _told_anew(self, stated: Collection[ox.Triple], beyond: Sequence[Rule]) -> None:
        """Let the closure have what links concluded so far and is now stated, and what follows from that."""
        alone, closure, links = ox.Store(), ox.NamedNode(DERIVED_CLOSURE), ox.NamedNode(DERIVED_LINKS)
        alone.extend(ox.Quad(*parts(triple), closure) for triple in stated)
        for triple in {*stated, *fixpoint.close(alone, beyond, collect=True)}:
            if (known := ox.Quad(*parts(triple), links)) in self.disk:
                self.disk.remove(known)
                self._note({known}, set())
                if next(self.disk.quads_for_pattern(*parts(triple)), None) is None:
                    self.disk.add(ox.Quad(*parts(triple), closure))
                    self._note(set(), {ox.Quad(*parts(triple), closure)})

    def _bound(self, subjects: Collection[ox.NamedNode | ox.BlankNode | ox.Triple]) -> None:
        home = ox.NamedNode(DERIVED_BOUNDS)

        def known() -> set[ox.Quad]:
            return {quad for s in subjects for quad in self.disk.quads_for_pattern(s, None, None, home)}

        before = known()
        bounds_anew(self.disk, subjects)
        self._note(before, known())

    def _reason(self, read: Collection[str]) -> bool:
        """Reason again about what reads anything that changed; tell whether that is little enough."""
        found = {quad.subject for quad in self.changed if about(quad.triple) in read}
        waiting, verbs = list(found), [ox.NamedNode(what[1:-1]) for what in read if what[0] == "<"]
        while waiting and len(found) <= FEW:
            thing = waiting.pop()
            readers = {quad.subject for verb in verbs for quad in self.disk.quads_for_pattern(None, verb, thing)}
            waiting += readers - found
            found |= readers
        if len(found) > FEW:
            return False
        home = ox.NamedNode(DERIVED_REASONS)

        def known() -> set[ox.Quad]:
            return {quad for s in found for quad in self.disk.quads_for_pattern(s, None, None, home)}

        before = known()
        add_reasons(self.disk, found)
        self._note(before, known())
        return True

    def _put(self, graph: str, quads: Iterable[ox.Quad]) -> None:
        """Let a graph of the copy hold these quads and no others."""
        before, now = set(self._quads(self.disk, graph)), set(quads)
        for quad in before - now:
            self.disk.remove(quad)
        self.disk.extend(now - before)
        self._note(before, now)

    def _note(self, before: set[ox.Quad], now: set[ox.Quad]) -> None:
        self.lost |= before - now
        self.got |= now - before

    @staticmethod
    def _quads(store: ox.Store, graph: str) -> Iterable[ox.Quad]:
        return store.quads_for_pattern(None, None, None, ox.NamedNode(graph))


def _read_by_links(axioms: Sequence[Rule]) -> set[str]:
    """Return what the rules for links read or conclude, and the axioms through which more follows from links."""
    found = {what for rule in rules.link_rules() for what in _read(rule)}
    linked = _linked(axioms)
    beside = {term(p) for rule in axioms if any(term(p) in linked for p in rule.body) for p in rule.body}
    return found | linked | beside


def _linked(axioms: Sequence[Rule]) -> set[str]:
    """Return what links conclude, and what follows from that."""
    linked = {what for rule in rules.link_rules() for what in rule.concludes}
    while more := {term(r.head) for r in axioms if any(term(p) in linked for p in r.body)} - linked:
        linked |= more
    return linked


def _read(rule: LinkRule) -> frozenset[str]:
    """Return what a rule file reads: properties and classes, and any class where it names none."""
    return rule.reads | ({ANY_TYPE} if rule.asks_for_any_class else set())


def _is_axiom(what: str) -> bool:
    return what.startswith(AXIOMS) and what not in REMARKS


def _is_blank(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)
