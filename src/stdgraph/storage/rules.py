"""What is derived when a store is built: the part of the closure that questions read, date bounds, cooperation links.

The rules are SPARQL generated from the ontology's own axioms (one template for each OWL 2 RL rule that the ontology
calls for) and the files of `queries/rules/`, run to a fixpoint on the embedded store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from stdgraph.model.dates import bounds
from stdgraph.model.vocabulary import DERIVED_BOUNDS, DERIVED_CLOSURE, DERIVED_LINKS, OWL, RDFS, STDG, XSD
from stdgraph.storage.files import content, read_text

SLOTS = {"date": "date", "start": "start", "end": "end", "asOf": "asOf", "attestedOn": "attested"}
"""EDTF property to the stem of its two computed bounds."""

AXIOMS = {
    "subclass": (f"?a <{RDFS}subClassOf> ?b", "?s a <{b}>", "?s a <{a}>"),
    "subproperty": (f"?a <{RDFS}subPropertyOf> ?b", "?s <{b}> ?o", "?s <{a}> ?o"),
    "inverse": (
        f"{{ ?a <{OWL}inverseOf> ?b }} UNION {{ ?b <{OWL}inverseOf> ?a }}",
        "?s <{b}> ?o",
        "?o <{a}> ?s",
    ),
    "symmetric": (f"?a a <{OWL}SymmetricProperty> BIND (?a AS ?b)", "?s <{b}> ?o", "?o <{a}> ?s"),
    "transitive": (f"?a a <{OWL}TransitiveProperty> BIND (?a AS ?b)", "?s <{b}> ?o", "?s <{a}> ?m . ?m <{a}> ?o"),
}
CHAINS = f"""SELECT ?p ?first ?second WHERE {{
  ?p <{OWL}propertyChainAxiom> ?l . ?l <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> ?first ;
  <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest>/<http://www.w3.org/1999/02/22-rdf-syntax-ns#first> ?second }}"""


def derive(store: ox.Store) -> None:
    """Add closure, date bounds and cooperation links to a store, each in a graph of its own."""
    close(store)
    add_bounds(store)
    for path in rule_files():
        construct(store, read_text(path), DERIVED_LINKS)
    close(store)


def rule_files() -> list[Path]:
    """Return the rule files in the order of the design (9.1): those that read links come last."""
    late = {"cooperates-at-country-level-with"}
    return sorted(content("queries", "rules").glob("*.rq"), key=lambda p: (p.stem in late, p.stem))


def construct(store: ox.Store, query: str, graph: str) -> int:
    """Add what a CONSTRUCT query yields and the store lacks to a graph; return how many triples that was."""
    home = ox.NamedNode(graph)
    triples: Any = store.query(query, use_default_graph_as_union=True)
    found = [ox.Quad(t.subject, t.predicate, t.object, home) for t in triples]
    new = [
        q for q in dict.fromkeys(found) if next(store.quads_for_pattern(q.subject, q.predicate, q.object), None) is None
    ]
    store.extend(new)
    return len(new)


def close(store: ox.Store) -> None:
    """Add the RL consequences of sub-classes, sub-properties, inverses, symmetry, transitivity and chains."""

    def select(query: str) -> Any:
        return store.query(query, use_default_graph_as_union=True)

    rules = list(closure_rules(select))
    while sum(construct(store, rule, DERIVED_CLOSURE) for rule in rules):
        pass


def closure_rules(select: Callable[[str], Iterable[Any]]) -> Iterator[str]:
    """Yield a CONSTRUCT query for each axiom of the ontology about its own terms."""
    own = f"FILTER(STRSTARTS(STR(?a), '{STDG}') && isIRI(?b) && ?b != <{OWL}Thing>)"
    for where, head, body in AXIOMS.values():
        for row in select(f"SELECT DISTINCT ?a ?b WHERE {{ {where} {own} }} ORDER BY ?a ?b"):
            a, b = row["a"].value, row["b"].value
            if not b.startswith(STDG):
                continue
            yield f"CONSTRUCT {{ {head.format(a=a, b=b)} }} WHERE {{ {body.format(a=a, b=b)} }}"
    for row in select(CHAINS + " ORDER BY ?p"):
        p, first, second = (row[n].value for n in ("p", "first", "second"))
        yield f"CONSTRUCT {{ ?s <{p}> ?o }} WHERE {{ ?s <{first}> ?m . ?m <{second}> ?o }}"


def add_bounds(store: ox.Store) -> None:
    """Add the first and last day of each EDTF string; an Agreement without a start begins on its date (P20).

    A string that is no EDTF date gets no bounds: validation reports it.
    """
    home = ox.NamedNode(DERIVED_BOUNDS)
    quads = []
    for slot, stem in SLOTS.items():
        for quad in store.quads_for_pattern(None, ox.NamedNode(STDG + slot), None):
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
