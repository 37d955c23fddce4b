"""What is derived from a graph: the closure under its ontology, date bounds, cooperation links.

The rules are SPARQL generated from the ontology's own axioms (one template for each OWL 2 RL rule that the ontology
calls for) and the files of `queries/rules/`, run to a fixpoint on the embedded store. What follows from the asserted
triples goes into the graph `derived/closure`; links, and what follows from them, into `derived/links`.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from stdgraph.errors import OutputError
from stdgraph.model.dates import bounds
from stdgraph.model.vocabulary import DERIVED_BOUNDS, DERIVED_CLOSURE, DERIVED_LINKS, STDG, XSD
from stdgraph.storage.files import content
from stdgraph.storage.reasoning import axioms, fixpoint
from stdgraph.storage.reasoning.axioms import Rule
from stdgraph.storage.reasoning.fixpoint import Profile
from stdgraph.storage.reasoning.links import LinkRule, link_rule, triple_of

SLOTS = {"date": "date", "start": "start", "end": "end", "asOf": "asOf", "attestedOn": "attested"}
"""EDTF property to the stem of its two computed bounds."""

LATE = "cooperates-at-country-level-with"
"""The rule that reads the links of the others."""


def derive(store: ox.Store, *, profile: Profile | None = None) -> None:
    """Add closure, cooperation links and date bounds to a store, each in a graph of its own.

    The closure is the part that questions read: without what concerns foreign terms alone (`foaf:Agent`), and without
    axioms about axioms; `infer` adds these.
    """
    reason(store, chosen(store), profile=profile)
    add_bounds(store)


def chosen(store: ox.Store, *, everything: bool = False) -> list[Rule]:
    """Return the rules that the ontology in a store calls for; with `everything` also the outermost and the schema's."""
    found = axioms.rules_of(lambda query: store.query(query, use_default_graph_as_union=True))  # type: ignore[arg-type,return-value]
    inner, outer = axioms.reach(found)
    return [*inner, *outer, *axioms.SCHEMA_RULES] if everything else inner


def reason(store: ox.Store, rules: Sequence[Rule], *, profile: Profile | None = None) -> None:
    """Add closure and links (design, 9.1): the closure, the rule files, the closure of what they added."""
    profile = profile or Profile()
    profile.tell(f"{len(rules)} rules from axioms")
    fixpoint.close(store, rules, profile=profile)
    for rule in link_rules():
        link(store, rule, profile)
    profile.tell("what follows from links")
    fixpoint.close(store, rules, graph=DERIVED_LINKS, new=_within(store, DERIVED_LINKS), profile=profile)


def reason_on(
    store: ox.Store, new: Iterable[ox.Quad], *, everything: bool = False, profile: Profile | None = None
) -> None:
    """Add new triples to a store that is closed, and what follows from them: the same as closing all from scratch.

    Rules of axioms run on what is new alone, but those that new axioms call for on all. A rule file runs again if it
    reads anything that is new (it may also lose links: its conditions speak of what must not be there).
    """
    profile = profile or Profile()
    before = set(chosen(store, everything=everything))
    fresh = _asserted_anew(store, new)
    if not fresh:
        return
    rules = chosen(store, everything=everything)
    links = _links_by_rule(store)
    store.remove_graph(ox.NamedNode(DERIVED_LINKS))
    called = [rule for rule in rules if rule not in before]
    fresh += fixpoint.close(store, called, profile=profile, collect=True)
    fresh += fixpoint.close(store, rules, new=fresh, profile=profile)
    _bounds_anew(store, {t.subject for t in fresh})
    touched = {fixpoint.about(t) for t in fresh}
    for rule in link_rules():
        old = links.get(rule.name)
        if old is not None and not rule.reads & touched:
            _extend(store, old, DERIVED_LINKS)
            continue
        found = set(link(store, rule, profile))
        touched |= {fixpoint.about(t) for t in found ^ set(old or ())}
    fixpoint.close(store, rules, graph=DERIVED_LINKS, new=_within(store, DERIVED_LINKS), profile=profile)


def _asserted_anew(store: ox.Store, new: Iterable[ox.Quad]) -> list[ox.Triple]:
    """Put triples into a store; return those of which its closure did not know. What was derived is asserted now."""
    fresh = []
    homes = [ox.NamedNode(graph) for graph in (DERIVED_LINKS, DERIVED_CLOSURE)]
    for quad in list(new):
        graphs = {q.graph_name for q in store.quads_for_pattern(quad.subject, quad.predicate, quad.object)}
        if not graphs - {homes[0]}:
            fresh.append(quad.triple)
        for home in graphs & set(homes):
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
    """Return the rule files in the order of the design (9.1): the one that reads links comes last."""
    return sorted(content("queries", "rules").glob("*.rq"), key=lambda p: (p.stem == LATE, p.stem))


def link(store: ox.Store, rule: LinkRule, profile: Profile) -> list[ox.Triple]:
    """Add what a rule file concludes; return all its conclusions, also those that the store had."""
    started = time.perf_counter()
    answer: Any = store.query(rule.text, use_default_graph_as_union=True)
    found = list(dict.fromkeys(answer))
    new = _lacking(store, found)
    _extend(store, new, DERIVED_LINKS)
    profile.add(rule.name, len(new), started)
    return found


def _links_by_rule(store: ox.Store) -> dict[str, list[ox.Triple]]:
    """Return what each rule file concluded, put together again from its links; rules without links are left out."""
    named = f"SELECT ?r ?link ?a ?b ?k ?x WHERE {{ ?link <{STDG}producedByRule> ?r ; <{STDG}linkKind> ?k ; "
    named += f"<{STDG}basis> ?x ; <{STDG}between> ?a , ?b . ?a ?k ?b }}"
    rules = {rule.iri: rule for rule in link_rules() if any(h[0] == "?link" for h in rule.heads)}
    found: dict[str, dict[ox.Triple, None]] = {rule.name: {} for rule in rules.values()}
    solutions: Any = store.query(named, use_default_graph_as_union=True)
    for row in solutions:
        rule = rules.get(row["r"].value)
        if rule:
            values = {name: row[name] for name in ("link", "a", "b", "x")}
            found[rule.name].update(dict.fromkeys(triple_of(head, values) for head in rule.heads))
    return {name: list(triples) for name, triples in found.items()}


def write_store(store: ox.Store, folder: Path) -> None:
    """Write a store into a new folder, beside its place and renamed into it: a failure leaves nothing.

    Raises:
        OutputError: there is something already, or the place cannot be written.
    """
    import shutil
    import tempfile

    if folder.exists():
        raise OutputError(path=folder, detail="there is something already")
    beside = Path()
    try:
        beside = Path(tempfile.mkdtemp(dir=folder.absolute().parent, prefix=f".{folder.name}."))
        disk = ox.Store(str(beside / "store"))
        disk.bulk_extend(store)
        disk.optimize()
        disk.flush()
        del disk
        (beside / "store").rename(folder)
    except OSError as error:
        raise OutputError(path=folder, detail=error.strerror or str(error)) from None
    finally:
        if beside.name:
            shutil.rmtree(beside, ignore_errors=True)


def construct(store: ox.Store, query: str, graph: str) -> int:
    """Add what a CONSTRUCT query yields and the store lacks to a graph; return how many triples that was."""
    triples: Any = store.query(query, use_default_graph_as_union=True)
    new = _lacking(store, dict.fromkeys(triples))
    _extend(store, new, graph)
    return len(new)


def close(store: ox.Store) -> None:
    """Add the OWL 2 RL consequences of the ontology's axioms about its own terms."""
    fixpoint.close(store, chosen(store))


def add_bounds(store: ox.Store, subjects: Collection[Any] | None = None) -> None:
    """Add the first and last day of each EDTF string; an Agreement without a start begins on its date (P20).

    A string that is no EDTF date gets no bounds: validation reports it. With `subjects`, only theirs.
    """
    home = ox.NamedNode(DERIVED_BOUNDS)
    quads = []
    for slot, stem in SLOTS.items():
        for quad in _quads(store, subjects, STDG + slot):
            quads += [
                ox.Quad(t.subject, t.predicate, t.object, home)
                for t in bound_triples(quad.subject, stem, getattr(quad.object, "value", ""))
            ]
    store.extend(quads)
    agreements = f"""PREFIX stdg: <{STDG}>
    CONSTRUCT {{ ?x stdg:startEarliest ?e ; stdg:startLatest ?l }}
    WHERE {{ ?x a stdg:Agreement ; stdg:dateEarliest ?e ; stdg:dateLatest ?l
             FILTER NOT EXISTS {{ ?x stdg:start ?s }} }}"""
    construct(store, agreements, DERIVED_BOUNDS)


def _quads(store: ox.Store, subjects: Collection[Any] | None, predicate: str) -> Iterable[ox.Quad]:
    for subject in [None] if subjects is None else subjects:
        yield from store.quads_for_pattern(subject, ox.NamedNode(predicate), None)


def _bounds_anew(store: ox.Store, subjects: Collection[Any]) -> None:
    """Compute the bounds of some things again."""
    home = ox.NamedNode(DERIVED_BOUNDS)
    for subject in subjects:
        for quad in list(store.quads_for_pattern(subject, None, None, home)):
            store.remove(quad)
    add_bounds(store, subjects)


def bound_triples(subject: Any, stem: str, text: str) -> list[ox.Triple]:
    """Return the two bound triples of one EDTF string, none for a string that is no date."""
    try:
        days = bounds(text)
    except ValueError:
        return []
    day = ox.NamedNode(XSD + "date")
    names = (STDG + stem + "Earliest", STDG + stem + "Latest")
    return [
        ox.Triple(subject, ox.NamedNode(n), ox.Literal(d.isoformat(), datatype=day))
        for n, d in zip(names, days, strict=True)
    ]
