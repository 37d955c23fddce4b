"""The one bridge between the embedded engine's terms and rdflib's, for pySHACL and owlrl."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from functools import lru_cache
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib.plugins.stores.memory import Memory

from stdgraph.model.vocabulary import PREFIXES, XSD
from stdgraph.storage.turtle import language_tag

STRING = XSD + "string"


def to_rdflib(triples: Iterable[ox.Triple | ox.Quad]) -> rdflib.Graph:
    """Return an rdflib graph of the triples, with the project's prefixes bound."""
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for triple in triples:
        graph.add((_rdflib(triple.subject), rdflib.URIRef(triple.predicate.value), _rdflib(triple.object)))
    return graph


def lent(store: ox.Store) -> rdflib.Graph:
    """Return all graphs of an embedded store as rdflib reads them, as one: nothing is copied, nothing can be added."""
    graph = rdflib.Graph(store=_Lent(store), bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


class _Lent(Memory):
    """An rdflib store that keeps prefixes itself and reads triples from an embedded store."""

    def __init__(self, store: ox.Store) -> None:
        super().__init__()
        self._store = store
        self._size = len(store)  # counting is slow, and asked for often: it tells whether the graph is empty
        self._term = lru_cache(maxsize=None)(_rdflib)
        self._home = rdflib.Graph(store=self, identifier="urn:stdgraph:all")  # pySHACL asks in which graph a node is

    def triples(self, triple_pattern: Any, context: Any = None) -> Generator[Any, None, None]:
        s, p, o = map(term_of, triple_pattern)
        if isinstance(s, ox.Literal) or not isinstance(p, ox.NamedNode | None):
            return
        term = self._term
        told: set[ox.Triple] = set()  # lazily: often but one of many is looked at
        for quad in self._store.quads_for_pattern(s, p, o):
            triple = quad.triple
            if triple not in told:
                told.add(triple)
                yield (term(triple.subject), term(triple.predicate), term(triple.object)), iter((self._home,))

    def __len__(self, context: Any = None) -> int:
        return self._size


def _rdflib(term: Any) -> Any:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=language_tag(term.language))
    datatype = term.datatype.value
    return rdflib.Literal(term.value, datatype=None if datatype == STRING else rdflib.URIRef(datatype), normalize=False)


def from_rdflib(triples: Iterable[Any]) -> Iterable[ox.Triple]:
    """Yield the valid RDF among rdflib's triples.

    What owlrl makes besides is left out: literals as subjects, and unnamed inverses (a step of a chain) as predicates.
    """
    for s, p, o in triples:
        if not isinstance(s, rdflib.Literal) and not isinstance(p, rdflib.BNode):
            yield ox.Triple(term_of(s), ox.NamedNode(str(p)), term_of(o))


def term_of(term: Any) -> Any:
    """Return the embedded engine's term for rdflib's; None for None."""
    if term is None:
        return None
    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return ox.BlankNode(str(term))
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype))) if term.datatype else ox.Literal(str(term))
