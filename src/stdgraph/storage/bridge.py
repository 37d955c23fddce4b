"""The one bridge between the embedded engine's terms and rdflib's, for pySHACL and owlrl."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox
import rdflib

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


def _rdflib(term: Any) -> Any:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=language_tag(term.language))
    datatype = term.datatype.value
    return rdflib.Literal(term.value, datatype=None if datatype == STRING else rdflib.URIRef(datatype))


def from_rdflib(triples: Iterable[Any]) -> Iterable[ox.Triple]:
    """Yield the valid RDF among rdflib's triples: owlrl also makes some with a literal as subject, which are left out."""
    for s, p, o in triples:
        if not isinstance(s, rdflib.Literal):
            yield ox.Triple(_oxigraph(s), ox.NamedNode(str(p)), _oxigraph(o))


def _oxigraph(term: Any) -> Any:
    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return ox.BlankNode(str(term))
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype))) if term.datatype else ox.Literal(str(term))
