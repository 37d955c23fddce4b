"""Triples for many small look-ups: in indexes, or read from a store as they are asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Any, Protocol

import pyoxigraph as ox

from stdgraph.model.vocabulary import RDF, RDFS

Triples = tuple[ox.Triple, ...]


NOTHING: Mapping[Any, Any] = {}


class Data(Protocol):
    """What the shapes are run on."""

    @property
    def store(self) -> ox.Store:
        """A store of the triples, in whatever graphs."""

    def objects(self, node: Any, predicate: str) -> list[Any]:
        """Return the values of a property."""

    def subjects(self, node: Any, predicate: str) -> list[Any]:
        """Return what has a value of a property."""

    def having(self, predicate: str) -> Collection[Any]:
        """Return what has a property."""

    def values(self, predicate: str) -> Collection[Any]:
        """Return all values of a property."""

    def members(self, kind: Any) -> Collection[Any]:
        """Return the instances of a class and of all below it."""

    def is_a(self, node: Any, kind: Any) -> bool:
        """Tell whether a node is an instance of a class or of one below it."""

    def are(self, nodes: Iterable[Any], kind: Any) -> bool:
        """Tell whether all nodes are instances of a class or of one below it."""


class Facts:
    """Triples by property: objects of a subject, subjects of an object, instances of a class; `store` has the same."""

    def __init__(self, triples: Iterable[ox.Triple | ox.Quad], store: ox.Store | None = None) -> None:
        self._store = store
        self._in: dict[str, dict[Any, list[Any]]] = {}
        self._members: dict[Any, frozenset[Any]] = {}
        held: dict[Any, dict[Any, dict[Any, None]]] = {}
        for subject, predicate, value, *_ in triples:  # each term is made once
            of = held.get(predicate)
            if of is None:
                of = held[predicate] = {}
            values = of.get(subject)
            if values is None:
                of[subject] = {value: None}
            else:
                values[value] = None
        self.out = {verb.value: {node: list(values) for node, values in of.items()} for verb, of in held.items()}

    def objects(self, node: Any, predicate: str) -> list[Any]:
        """Return the values of a property."""
        return self.out.get(predicate, NOTHING).get(node, [])

    @cached_property
    def _about(self) -> dict[Any, list[ox.Triple]]:
        found: dict[Any, list[ox.Triple]] = defaultdict(list)
        for verb, of in self.out.items():
            for node, values in of.items():
                found[node] += [ox.Triple(node, ox.NamedNode(verb), value) for value in values]
        return found

    def about(self, node: Any) -> list[ox.Triple]:
        """Return the triples with a subject."""
        return self._about.get(node, [])

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

    def having(self, predicate: str) -> Collection[Any]:
        """Return what has a property."""
        return self.out.get(predicate, {}).keys()

    def values(self, predicate: str) -> Collection[Any]:
        """Return all values of a property."""
        return self.inverse(predicate).keys()

    def most(self, predicate: str) -> int:
        """Return how many values of a property a thing has at most."""
        return max(map(len, self.out.get(predicate, NOTHING).values()), default=0)

    def members(self, kind: Any) -> frozenset[Any]:
        """Return the instances of a class and of all below it."""
        if kind not in self._members:
            typed = self.inverse(RDF + "type")
            self._members[kind] = frozenset(node for k in below(self, kind) for node in typed.get(k, []))
        return self._members[kind]

    def is_a(self, node: Any, kind: Any) -> bool:
        """Tell whether a node is an instance of a class or of one below it."""
        return node in self.members(kind)

    def are(self, nodes: Iterable[Any], kind: Any) -> bool:
        """Tell whether all nodes are instances of a class or of one below it."""
        return self.members(kind).issuperset(nodes)

    @cached_property
    def store(self) -> ox.Store:
        """The triples in a store."""
        if self._store is not None:
            return self._store
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


class Stored:
    """The triples of a store, read as they are asked for and remembered: the store may not change meanwhile."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store
        self._read: dict[tuple[Any, str, bool], list[Any]] = {}
        self._below: dict[Any, frozenset[Any]] = {}

    def objects(self, node: Any, predicate: str) -> list[Any]:
        """Return the values of a property."""
        if isinstance(node, ox.Literal):
            return []
        key = (node, predicate, True)
        if key not in self._read:
            found = self.store.quads_for_pattern(node, ox.NamedNode(predicate), None)
            self._read[key] = list(dict.fromkeys(q.object for q in found))
        return self._read[key]

    def subjects(self, node: Any, predicate: str) -> list[Any]:
        """Return what has a value of a property."""
        key = (node, predicate, False)
        if key not in self._read:
            found = self.store.quads_for_pattern(None, ox.NamedNode(predicate), node)
            self._read[key] = list(dict.fromkeys(q.subject for q in found))
        return self._read[key]

    def having(self, predicate: str) -> Collection[Any]:
        """Return what has a property."""
        return dict.fromkeys(q.subject for q in self.store.quads_for_pattern(None, ox.NamedNode(predicate), None))

    def values(self, predicate: str) -> Collection[Any]:
        """Return all values of a property."""
        return dict.fromkeys(q.object for q in self.store.quads_for_pattern(None, ox.NamedNode(predicate), None))

    def members(self, kind: Any) -> Collection[Any]:
        """Return the instances of a class and of all below it."""
        return dict.fromkeys(node for k in self._kinds(kind) for node in self.subjects(k, RDF + "type"))

    def is_a(self, node: Any, kind: Any) -> bool:
        """Tell whether a node is an instance of a class or of one below it."""
        return not self._kinds(kind).isdisjoint(self.objects(node, RDF + "type"))

    def are(self, nodes: Iterable[Any], kind: Any) -> bool:
        """Tell whether all nodes are instances of a class or of one below it."""
        return all(self.is_a(node, kind) for node in nodes)

    def _kinds(self, kind: Any) -> frozenset[Any]:
        if kind not in self._below:
            self._below[kind] = frozenset(below(self, kind))
        return self._below[kind]


def below(data: Facts | Stored, kind: Any) -> set[Any]:
    """Return a class and all below it."""
    kinds, todo = {kind}, [kind]
    while todo:
        found = set(data.subjects(todo.pop(), RDFS + "subClassOf")) - kinds
        kinds |= found
        todo += found
    return kinds
