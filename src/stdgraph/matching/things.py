"""Things as they are compared: names, and the values of their properties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from stdgraph.matching.families import family_of
from stdgraph.matching.spelt import Spelt
from stdgraph.model.vocabulary import DCTERMS, OWL, RDF, RDFS, SKOS, STDG, local
from stdgraph.storage.names import NAMING

NAMES = {
    iri: rank for iri, rank in NAMING if rank < 3 and not iri.endswith(("reference", "documentNumber", "notation"))
}
NAMES |= {STDG + "nameText": 2}
TYPE, SUB_CLASS = RDF + "type", RDFS + "subClassOf"
MEMBER, IN_BODY = STDG + "member", STDG + "inBody"
ASIDE = {"evidence", "note", "editorialNote", "scopeNote", "ownTranslation", "printedForm", "hasName"}
"""Properties that say nothing of which thing it is."""
Superclasses = Callable[[str], frozenset[str]]


@dataclass(frozen=True)
class Thing:
    """A thing as it is compared: classes (its own, and all above them), names, and values by the local name of a property.

    `bodies` are those in which a person has a post or a seat.
    """

    iri: str
    own: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    names: tuple[Spelt, ...] = ()
    values: Mapping[str, frozenset[str]] = field(default_factory=dict)
    bodies: frozenset[str] = frozenset()

    @cached_property
    def family(self) -> str:
        """The family of classes that it is compared within."""
        return family_of(self.kinds)

    def get(self, name: str) -> frozenset[str]:
        """Return the values of a property."""
        return self.values.get(name, frozenset())

    @cached_property
    def linked(self) -> frozenset[str]:
        """All that it points to."""
        return frozenset(value for found in self.values.values() for value in found if "://" in value)

    @property
    def label(self) -> str:
        """Its first name, or its id."""
        return self.names[0].text if self.names else self.iri


class Hierarchy:
    """The classes above each class, from the triples of an ontology."""

    def __init__(self, triples: Iterable[Any]) -> None:
        self._above: dict[str, set[str]] = defaultdict(set)
        for t in triples:
            if t.predicate.value == SUB_CLASS and isinstance(t.object, ox.NamedNode):
                self._above[t.subject.value].add(t.object.value)
        self._known: dict[str, frozenset[str]] = {}

    def __call__(self, kind: str) -> frozenset[str]:
        """Return a class and all above it, by their local names."""
        if kind not in self._known:
            found, todo = {kind}, [kind]
            while todo:
                new = self._above.get(todo.pop(), set()) - found
                found |= new
                todo += new
            self._known[kind] = frozenset(map(local, found))
        return self._known[kind]


def things(triples: Iterable[Any], above: Superclasses, families: Collection[str] = ()) -> Iterator[Thing]:
    """Yield the things that some triples describe and that are compared, in the order in which they come.

    Args:
        triples: triples or quads, in the order of the file.
        above: the classes above a class, see `Hierarchy`.
        families: only these, if any are given.
    """
    held = list(triples)
    own: dict[Any, set[str]] = defaultdict(set)
    for t in held:
        if t.predicate.value == TYPE and isinstance(t.subject, ox.NamedNode):
            own[t.subject].add(t.object.value)
    wanted = {kinds: _wanted(kinds, above, families) for kinds in set(map(frozenset, own.values()))}
    about: dict[Any, list[Any]] = {thing: [] for thing, kinds in own.items() if wanted[frozenset(kinds)]}
    bodies = _bodies(held)
    for t in held:
        if (found := about.get(t.subject)) is not None:
            found.append(t)
    for node, found in about.items():
        yield thing_of(node.value, found, above, bodies.get(node.value, ()))


def _wanted(own: Iterable[str], above: Superclasses, families: Collection[str]) -> bool:
    family = family_of({kind for one in own for kind in above(one)})
    return bool(family) and (not families or family in families)


def _bodies(triples: Iterable[Any]) -> dict[str, set[str]]:
    """Return the bodies in which each member has a post or a seat."""
    ends: dict[Any, dict[str, str]] = defaultdict(dict)
    for t in triples:
        if t.predicate.value in (MEMBER, IN_BODY):
            ends[t.subject][t.predicate.value] = t.object.value
    found: dict[str, set[str]] = defaultdict(set)
    for pair in ends.values():
        if len(pair) == 2:
            found[pair[MEMBER]].add(pair[IN_BODY])
    return found


def thing_of(iri: str, about: Iterable[Any], above: Superclasses, bodies: Iterable[str] = ()) -> Thing:
    """Return what some triples say of a thing, as it is compared."""
    values: dict[str, set[str]] = defaultdict(set)
    names: dict[Spelt, None] = {}
    own: set[str] = set()
    for t in about:
        predicate, value = t.predicate.value, t.object
        if predicate == TYPE:
            own.add(value.value)
        elif predicate == OWL + "deprecated" or isinstance(value, ox.BlankNode):
            continue
        elif predicate in NAMES:
            names[Spelt(value.value, NAMES[predicate], getattr(value, "language", None) or "")] = None
            if predicate == STDG + "acronym":
                values["acronym"].add(value.value)
            if predicate in (SKOS + "prefLabel", DCTERMS + "title"):
                values["prefLabel"].add(value.value)
        elif (name := local(predicate)) not in ASIDE:
            values[name].add(value.value)
    ordered = sorted(names, key=lambda name: (name.rank, name.tag != "en", name.text))
    kinds = frozenset(k for kind in own for k in above(kind))
    sealed = {name: frozenset(found) for name, found in values.items()}
    return Thing(iri, frozenset(map(local, own)), kinds, tuple(ordered), sealed, frozenset(bodies))
