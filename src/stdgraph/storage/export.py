"""The whole graph as one file: asserted triples as their files have them, and what was derived."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from stdgraph.model.vocabulary import DERIVED
from stdgraph.storage.files import GraphFile
from stdgraph.storage.store import Store
from stdgraph.storage.turtle import language_tag, turtle_of


def quads(store: Store, files: Sequence[GraphFile]) -> Iterator[ox.Quad]:
    """Yield the asserted quads from the files (lexical forms kept) and the derived ones from the store."""
    for file in files:
        yield from file.quads()
    for graph in DERIVED:
        yield from store.store.quads_for_pattern(None, None, None, ox.NamedNode(graph))


def nquads(store: Store, files: Sequence[GraphFile]) -> str:
    """Return sorted N-Quads; each file and each kind of derived triples is a graph.

    Blank nodes (lists of the ontology) are named in the order in which the files mention them.
    """
    seen: dict[str, str] = {}
    return "".join(sorted({_line(q, seen) for q in quads(store, files)}))


def turtle(store: Store, files: Sequence[GraphFile]) -> str:
    """Return all triples as one Turtle file in block form."""
    return turtle_of(dict.fromkeys(q.triple for q in quads(store, files)))


def _line(quad: ox.Quad, seen: dict[str, str]) -> str:
    return f"{_term(quad.subject, seen)} {quad.predicate} {_term(quad.object, seen)} {quad.graph_name} .\n"


def _term(term: object, seen: dict[str, str]) -> str:
    if isinstance(term, ox.BlankNode):
        return seen.setdefault(term.value, f"_:b{len(seen)}")
    if isinstance(term, ox.Literal) and term.language:
        return f"{ox.Literal(term.value)}@{language_tag(term.language)}"
    return str(term)
