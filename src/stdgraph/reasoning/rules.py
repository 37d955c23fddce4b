"""What is derived from a graph: the closure under its ontology, date bounds, cooperation links.

The rules are SPARQL generated from the ontology's own axioms (one template for each OWL 2 RL rule that the ontology
calls for) and the files of `queries/rules/`, run to a fixpoint on the embedded store. What follows from the asserted
triples goes into the graph `derived/closure`; links, and what follows from them, into `derived/links`.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from stdgraph.locale import Phrase
from stdgraph.model.vocabulary import DERIVED_CLOSURE, DERIVED_LINKS, STDG
from stdgraph.reasoning import axioms, counts, fixpoint
from stdgraph.reasoning.axioms import TYPE, Pattern, Rule
from stdgraph.reasoning.bounds import add_bounds, bounds_anew
from stdgraph.reasoning.fixpoint import Profile
from stdgraph.reasoning.links import LinkRule, link_rule, triple_of
from stdgraph.reasoning.reasons import add_reasons
from stdgraph.storage.files import content
from stdgraph.storage.queries import bound, text_of

LATE = ("cooperates-at-country-level-with", counts.COUNT)
"""The rules that read the links of the others, in their order."""


def derive(store: ox.Store, *, profile: Profile | None = None) -> None:
    """Add closure, cooperation links and date bounds (of own dates, then by reasons) to a store, each in a graph of its own.

    The closure is the part that questions read: without what concerns foreign terms alone (`foaf:Agent`), and without
    axioms about axioms; `infer` adds these.
    """
    reason(store, chosen(store), profile=profile)
    add_bounds(store)
    add_reasons(store)


def chosen(store: ox.Store, *, everything: bool = False) -> list[Rule]:
    """Return the rules that the ontology in a store calls for; with `everything` also the outermost and the schema's."""
    found = axioms.rules_of(lambda query: store.query(query, use_default_graph_as_union=True))  # type: ignore[arg-type,return-value]
    inner, outer = axioms.reach(found)
    return [*inner, *outer, *axioms.SCHEMA_RULES] if everything else inner


def reason(store: ox.Store, rules: Sequence[Rule], *, profile: Profile | None = None) -> None:
    """Add closure and links (design, 9.1): the closure, the rule files, the closure of what they added."""
    profile = profile or Profile()
    profile.tell(Phrase("{number} rules from axioms", number=len(rules)))
    fixpoint.close(store, rules, profile=profile)
    add_links(store, rules, profile)


def add_links(store: ox.Store, rules: Sequence[Rule], profile: Profile) -> None:
    """Add to a store that is closed under some rules the links, and what follows from them by these rules."""
    for rule in link_rules():
        link(store, rule, profile)
    profile.tell(Phrase("what follows from links"))
    fixpoint.close(store, rules, graph=DERIVED_LINKS, new=_within(store, DERIVED_LINKS), profile=profile)


def reason_on(
    store: ox.Store, new: Iterable[ox.Quad], *, everything: bool = False, profile: Profile | None = None
) -> None:
    """Add new triples to a store that is closed, and what follows from them: the same as closing all from scratch.

    Rules of axioms run on what is new alone, but those that new axioms call for on all. A rule file runs again if it
    reads anything that is new. Where what is new forbids a link that was there, all is derived from scratch.
    """
    profile = profile or Profile()
    before = set(chosen(store, everything=everything))
    fresh = _asserted_anew(store, new)
    if not fresh:
        return
    rules = chosen(store, everything=everything)
    called = [rule for rule in rules if rule not in before]
    fresh += fixpoint.close(store, called, profile=profile, collect=True)
    fresh += fixpoint.close(store, rules, new=fresh, profile=profile)
    if link_on(store, rules, fresh, profile) is None:
        profile.tell(Phrase("a link does not hold any more: all anew"))
        for graph in (DERIVED_CLOSURE, DERIVED_LINKS):
            store.remove_graph(ox.NamedNode(graph))
        reason(store, rules, profile=profile)
    bounds_anew(store, {t.subject for t in fresh})
    add_reasons(store)


def link_on(
    store: ox.Store, rules: Sequence[Rule], fresh: Sequence[ox.Triple], profile: Profile | None = None
) -> list[ox.Triple] | None:
    """Add the links that new triples call for, and what follows from them; return that, None if a link holds no more."""
    profile = profile or Profile()
    linked = _linked_on(store, fresh, profile)
    if linked is None:
        return None
    return linked + fixpoint.close(store, rules, graph=DERIVED_LINKS, new=linked, profile=profile)


def _linked_on(store: ox.Store, fresh: Sequence[ox.Triple], profile: Profile) -> list[ox.Triple] | None:
    """Run the rule files that read what is new; return what they added, None if a link does not hold any more.

    A rule runs for the records of which anything is new. If that may forbid a link, it runs for all, and is compared.
    """
    added: list[ox.Triple] = []
    touched = {fixpoint.about(t) for t in fresh}
    try:
        _extend(store, fresh, fixpoint.NEW.value)
        for rule in link_rules():
            if not rule.reads & touched:
                continue
            if rule.name == counts.COUNT:
                added += _counted(store, rule, profile)
                continue
            found = link(store, rule, profile, None if rule.forbids & touched else _records(store, rule, touched))
            new = [triple for triple, is_new in found.items() if is_new]
            if rule.forbids & touched and (not found.keys() >= _links_of(store, rule) or _is_undone(store, rule)):
                home = ox.NamedNode(DERIVED_LINKS)
                for triple in [*added, *new]:
                    store.remove(ox.Quad(triple.subject, triple.predicate, triple.object, home))
                return None
            _extend(store, new, fixpoint.NEW.value)
            touched |= {fixpoint.about(t) for t in new}
            added += new
    finally:
        store.remove_graph(fixpoint.NEW)
    return added


def _is_undone(store: ox.Store, rule: LinkRule) -> bool:
    """Tell whether a rule without links concluded something from a record that is new as a planned one."""
    if any(head[0] == "?link" for head in rule.heads):
        return False
    heads = " . ".join(map(" ".join, rule.heads))
    bodies = (" . ".join(map(" ".join, branch)) for branch in rule.branches)
    queries = (
        f"ASK {{ GRAPH {fixpoint.NEW} {{ ?x <{STDG}planned> ?is }} {body} GRAPH <{DERIVED_LINKS}> {{ {heads} }} }}"
        for body in bodies
    )
    return any(bool(store.query(query, use_default_graph_as_union=True)) for query in queries)


def _counted(store: ox.Store, rule: LinkRule, profile: Profile) -> list[ox.Triple]:
    """Count the actors behind each link anew; return the counts that were not there."""
    found = link(store, rule, profile)
    counts.drop_others(store, set(found))
    return [triple for triple, is_new in found.items() if is_new]


def _records(store: ox.Store, rule: LinkRule, touched: set[str]) -> list[str] | None:
    """Return the records on which a rule may now base what it did not conclude before; None where that is not known."""
    found = set()
    for branch in rule.branches:
        patterns = [" ".join(pattern) for pattern in branch]
        for at, pattern in enumerate(branch):
            if not _is_touched(pattern, touched):
                continue
            if all("?x" not in other for other in branch):
                return None
            rest = " . ".join(patterns[:at] + patterns[at + 1 :])
            query = f"SELECT DISTINCT ?x WHERE {{ GRAPH {fixpoint.NEW} {{ {patterns[at]} }} {rest} }}"
            rows: Any = store.query(query, use_default_graph_as_union=True)
            found |= {str(row["x"]) for row in rows}
    return sorted(found) if len(found) < fixpoint.MANY else None


def _is_touched(pattern: Pattern, touched: set[str]) -> bool:
    """Tell whether what is new may fit a pattern; where that asks for several classes, any typing may."""
    if pattern[1] == TYPE and pattern[2][0] == "?":
        return any(about.startswith("a ") for about in touched)
    return axioms.term(pattern) in touched


def _asserted_anew(store: ox.Store, new: Iterable[ox.Quad]) -> list[ox.Triple]:
    """Put triples into a store; return those that it did not have. What was derived is asserted now."""
    fresh = []
    homes = {ox.NamedNode(graph) for graph in (DERIVED_LINKS, DERIVED_CLOSURE)}
    for quad in list(new):
        graphs = {q.graph_name for q in store.quads_for_pattern(quad.subject, quad.predicate, quad.object)}
        if not graphs:
            fresh.append(quad.triple)
        for home in graphs & homes:
            store.remove(ox.Quad(quad.subject, quad.predicate, quad.object, home))
        store.add(quad)
    return fresh


def _within(store: ox.Store, graph: str) -> list[ox.Triple]:
    return [q.triple for q in store.quads_for_pattern(None, None, None, ox.NamedNode(graph))]


def _extend(store: ox.Store, triples: Iterable[ox.Triple], graph: str) -> None:
    home = ox.NamedNode(graph)
    store.extend(ox.Quad(t.subject, t.predicate, t.object, home) for t in triples)


def _lacking(store: ox.Store, triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    return [t for t in triples if next(store.quads_for_pattern(t.subject, t.predicate, t.object), None) is None]


def link_rules() -> list[LinkRule]:
    """Return the rules in the files of `queries/rules/`, in their order."""
    return [link_rule(path) for path in rule_files()]


def rule_files() -> list[Path]:
    """Return the rule files in the order of the design (9.1): those that read links come last."""
    files = content("queries", "rules").glob("*.rq")
    return sorted(files, key=lambda p: (LATE.index(p.stem) + 1 if p.stem in LATE else 0, p.stem))


def link(
    store: ox.Store, rule: LinkRule, profile: Profile, records: Sequence[str] | None = None
) -> dict[ox.Triple, bool]:
    """Add what a rule file concludes, from all or from some records; return its conclusions, and which were new."""
    started = time.perf_counter()
    answer: Any = store.query(rule.asked_for(records), use_default_graph_as_union=True)
    found = list(dict.fromkeys(fixpoint.within_budget(answer, rule.name)))
    new = set(_lacking(store, found))
    _extend(store, (t for t in found if t in new), DERIVED_LINKS)
    profile.add(rule.name, len(new), started)
    return {triple: triple in new for triple in found}


def _links_of(store: ox.Store, rule: LinkRule) -> set[ox.Triple]:
    """Return what a rule file concluded, put together again from its links."""
    asked = bound(text_of("links-of-rule"), rule=[rule.iri])
    found: Any = store.query(asked, use_default_graph_as_union=True)
    rows = [{name: row[name] for name in ("link", "a", "b", "x")} for row in found]
    return {triple_of(head, row) for row in rows for head in rule.heads}


def close(store: ox.Store, rules: Sequence[Rule] | None = None) -> None:
    """Add the OWL 2 RL consequences of the ontology's axioms about its own terms, or of the rules given."""
    fixpoint.close(store, chosen(store) if rules is None else rules)
