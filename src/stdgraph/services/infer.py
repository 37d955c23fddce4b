"""Inference: the OWL RL closure by owlrl, then the cooperation rules; what is derived, without what was asserted."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from stdgraph.model.vocabulary import DERIVED_LINKS
from stdgraph.storage import rules
from stdgraph.storage.files import GraphFile, read_text


def infer(files: Sequence[GraphFile]) -> list[ox.Triple]:
    """Return the triples that ontology, alignments and data entail, sorted, asserted ones left out.

    First the closure under OWL 2 RL (owlrl), then the rules of `queries/rules/` in the order of the design, then the
    closure of what they added. Left out
    is what is not RDF (literals as subjects) and what speaks of the ontology's unnamed lists.

    Raises:
        FileError, TurtleSyntaxError: a file cannot be read.
    """
    asserted = {q.triple for file in files for q in file.quads()}
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in asserted | closure(asserted))
    for path in rules.rule_files():
        rules.construct(store, read_text(path), DERIVED_LINKS)
    rules.close(store)
    known = {ox.Triple(t.subject, t.predicate, t.object) for t in _stored(asserted)}
    derived = {q.triple for q in store} - known
    return sorted((t for t in derived if not _unnamed(t)), key=str)


def closure(asserted: set[ox.Triple]) -> set[ox.Triple]:
    """Return the OWL 2 RL closure of triples, by owlrl, as far as it is valid RDF."""
    import owlrl

    from stdgraph.storage.bridge import from_rdflib, to_rdflib

    graph = to_rdflib(asserted)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return set(from_rdflib(graph))


def _stored(triples: set[ox.Triple]) -> set[ox.Triple]:
    """Return triples as the store has them, so that equal values compare equal."""
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    return {q.triple for q in store}


def _unnamed(triple: ox.Triple) -> bool:
    return isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode)
