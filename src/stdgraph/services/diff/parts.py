"""The part of a version that tells of what changed: small, with names, and read like a whole graph."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from stdgraph.graph.evidence import sources
from stdgraph.graph.labels import kinds_of, labels, scalar
from stdgraph.model.cells import Entity, Scalar
from stdgraph.model.results import Source
from stdgraph.model.vocabulary import BASE, RDF, RDFS, SKOS, SRC, STDG, STDGC, local, short
from stdgraph.storage import indexing
from stdgraph.storage.misfits import misfits
from stdgraph.storage.names import Names
from stdgraph.storage.store import Store

About = Mapping[Any, Sequence[ox.Triple]]
TYPE, FIRST, REST, NIL = (RDF + name for name in ("type", "first", "rest", "nil"))
NAMED = {SKOS + "prefLabel": "name", SKOS + "altLabel": "other name", RDFS + "label": "name", RDF + "type": "kind"}
"""English words for properties of other vocabularies."""
OWN = (BASE, STDG, STDGC, SRC)
HOPS = 3
"""A nameless record is called by what it speaks of, and an evidence by its document."""
DEEPEST = 8


def by_subject(triples: Iterable[ox.Triple]) -> dict[Any, list[ox.Triple]]:
    """Return triples by their subjects."""
    found: dict[Any, list[ox.Triple]] = defaultdict(list)
    for triple in triples:
        found[triple.subject].append(triple)
    return found


class Part:
    """Tells things of a version in words: what they are called, of which kind they are, where they were read."""

    def __init__(self, about: About, wanted: Iterable[Any], beside: Callable[[], About], lang: str) -> None:
        self.about = about
        self.lang = lang
        self.graph = self._graph(wanted, beside)
        iris = {
            t.value for q in self.graph.store for t in (q.subject, q.predicate, q.object) if isinstance(t, ox.NamedNode)
        }
        self.known = labels(self.graph, iris, lang)
        self.kinds = kinds_of(
            self.graph, {q.subject.value for q in self.graph.store if isinstance(q.subject, ox.NamedNode)}
        )

    def _graph(self, wanted: Iterable[Any], beside: Callable[[], About]) -> Store:
        """Return a small graph with all that is said within some steps of what is wanted."""
        store, names = ox.Store(), Names()
        todo, seen = {node for node in wanted if node in self.about}, set()
        for _ in range(HOPS):
            seen |= todo
            said = [
                t for node in todo for t in self.about.get(node) or (beside().get(node, ()) if _is_own(node) else ())
            ]
            store.extend(ox.Quad(*t) for t in said)
            todo = {term for t in said for term in (t.predicate, t.object) if not isinstance(term, ox.Literal)} - seen
        for misfit in misfits(store):  # it is told as a value, and names nothing
            store.remove(ox.Quad(*misfit))
        graph = Store(store, names)
        indexing.fill(names, graph.select)
        return graph

    def cell(self, term: Any, depth: int = 0) -> Scalar:
        """Return a term in words; an unnamed node by what it holds."""
        if not isinstance(term, ox.BlankNode):
            return scalar(term, self.known)
        said = self.about.get(term, ())
        if depth >= DEEPEST or not said:
            return "[…]"
        if {t.predicate.value for t in said} == {FIRST, REST}:
            return f"({', '.join(str(self.cell(item, depth + 1)) for item in self._items(term))})"
        told = sorted(f"{self.cell(t.predicate)} {self.cell(t.object, depth + 1)}" for t in said)
        return f"[{'; '.join(told)}]"

    def property(self, predicate: Any) -> Scalar:
        """Return a property in words; one of another vocabulary by its own name, in English in words of that."""
        found = self.cell(predicate)
        return (
            Entity(found.iri, _in_words(found.iri))
            if isinstance(found, Entity) and found.label == short(found.iri)
            else found
        )

    def _items(self, cell: Any) -> Iterable[Any]:
        seen: set[Any] = set()
        while cell not in seen and (said := {t.predicate.value: t.object for t in self.about.get(cell, ())}):
            seen.add(cell)
            yield from [said[FIRST]] if FIRST in said else []
            cell = said.get(REST)

    def entity(self, node: Any) -> Entity:
        """Return a thing with its label."""
        if isinstance(node, ox.BlankNode):
            return Entity(str(node), str(self.cell(node)))
        return Entity(node.value, self.known.get(node.value, short(node.value)))

    def kind(self, node: Any) -> str:
        """Return what a thing is, "" where nothing says it."""
        iri = self.kinds.get(getattr(node, "value", ""))
        if iri is None:
            named = [t.object for t in self.about.get(node, ()) if t.predicate.value == TYPE]
            iri = min((kind.value for kind in named if isinstance(kind, ox.NamedNode)), default="")
        label = self.known.get(iri, short(iri)) if iri else ""
        return label if label != short(iri or "") else _in_words(label)

    def sources(self, nodes: Iterable[Any]) -> dict[str, tuple[Source, ...]]:
        """Return where things were read."""
        return sources(self.graph, {n.value for n in nodes if isinstance(n, ox.NamedNode)}, self.lang)


def _in_words(iri: str) -> str:
    """Return a term of another vocabulary by its own name.

    >>> _in_words("http://www.w3.org/2004/02/skos/core#editorialNote")
    'editorial note'
    """
    return NAMED.get(iri, re.sub(r"(?<=[a-z])([A-Z])", r" \1", local(iri).rpartition(":")[2]).lower())


def _is_own(node: Any) -> bool:
    return isinstance(node, ox.NamedNode) and node.value.startswith(OWN)
