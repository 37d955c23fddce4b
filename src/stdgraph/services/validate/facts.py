"""Triples in indexes, for many small look-ups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from stdgraph.model.vocabulary import RDF, RDFS

Triples = tuple[ox.Triple, ...]


class Facts:
    """Triples by property: objects of a subject, subjects of an object, instances of a class."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self.out: dict[str, dict[Any, list[Any]]] = defaultdict(lambda: defaultdict(list))
        self._in: dict[str, dict[Any, list[Any]]] = {}
        self._members: dict[Any, frozenset[Any]] = {}
        for triple in dict.fromkeys(triples):
            self.out[triple.predicate.value][triple.subject].append(triple.object)

    def objects(self, node: Any, predicate: str) -> list[Any]:
        """Return the values of a property."""
        return self.out[predicate].get(node, []) if predicate in self.out else []

    def about(self, node: Any) -> list[ox.Triple]:
        """Return the triples with a subject."""
        return [ox.Triple(node, ox.NamedNode(p), value) for p, of in self.out.items() for value in of.get(node, [])]

    def subjects(self, node: Any, predicate: str) -> list[Any]:
        """Return what has a value of a property."""
        return self.inverse(predicate).get(node, [])

    def inverse(self, predicate: str) -> dict[Any, list[Any]]:
        """Return the subjects of each value of a property."""
        if predicate not in self._in:
            found = self._in[predicate] = defaultdict(list)
            for subject, values in self.out.get(predicate, {}).items():
                for value in values:
                    found[value].append(subject)
        return self._in[predicate]

    def members(self, kind: Any) -> frozenset[Any]:
        """Return the instances of a class and of all below it."""
        if kind not in self._members:
            kinds, todo = {kind}, [kind]
            while todo:
                below = set(self.subjects(todo.pop(), RDFS + "subClassOf")) - kinds
                kinds |= below
                todo += below
            typed = self.inverse(RDF + "type")
            self._members[kind] = frozenset(node for k in kinds for node in typed.get(k, []))
        return self._members[kind]

    @cached_property
    def store(self) -> ox.Store:
        """The triples in a store of their own, each once."""
        store = ox.Store()
        quads = ((s, ox.NamedNode(p), o) for p, of in self.out.items() for s, values in of.items() for o in values)
        store.extend(ox.Quad(*terms) for terms in quads)
        return store

    def items(self, head: Any) -> list[Any]:
        """Return the items of a list."""
        found = []
        while head.value != RDF + "nil":
            found += self.objects(head, RDF + "first")
            head = self.objects(head, RDF + "rest")[0]
        return found
