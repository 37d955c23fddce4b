"""Which things have another IRI and are the same: told where that is sure, since nothing else about them is another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from stdgraph.model.vocabulary import DCTERMS, RDF, RDFS, SKOS, STDG

EVIDENCE = ox.NamedNode(STDG + "evidence")
REPLACED = ox.NamedNode(DCTERMS + "isReplacedBy")
NAMES = {SKOS + "prefLabel", DCTERMS + "title", RDFS + "label"}
ENOUGH = 4
"""So many equal statements make two things without a name the same."""

About = Mapping[Any, Sequence[ox.Triple]]
"""Subject to the triples about it."""


def renames(old: About, new: About) -> dict[Any, Any]:
    """Return the new IRI of each thing that has another one.

    That is sure where the retired IRI says so, and where one thing that is gone and one that is new have the same
    statements, and their evidences the same.
    """
    gone = [s for s in old if s not in new and isinstance(s, ox.NamedNode)]
    come = [s for s in new if s not in old and isinstance(s, ox.NamedNode)]
    found = _declared(old, new, set(come))
    described = _by_saying(come, new, {})
    while True:
        taken = set(found.values())
        leaving = _by_saying([s for s in gone if s not in found], old, found)
        more = {
            subjects[0]: described[said][0]
            for said, subjects in leaving.items()
            if len(subjects) == 1 and len(described.get(said, ())) == 1 and described[said][0] not in taken
            if _is_telling(said)
        }
        if not more:
            return found
        found |= more


def _declared(old: About, new: About, come: set[Any]) -> dict[Any, Any]:
    pairs = [
        (s, t.object)
        for s in old
        for t in new.get(s, ())
        if t.predicate == REPLACED and t not in old[s] and t.object in come
    ]
    heirs = Counter(heir for _, heir in pairs)
    return {s: heir for s, heir in pairs if heirs[heir] == 1}


def _by_saying(subjects: Iterable[Any], about: About, known: Mapping[Any, Any]) -> dict[frozenset[Any], list[Any]]:
    """Return things by what is said of them, renamed things under their new IRIs."""
    found: dict[frozenset[Any], list[Any]] = defaultdict(list)
    for subject in subjects:
        found[frozenset((t.predicate, _told(t, about, known)) for t in about[subject])].append(subject)
    return found


def _told(triple: ox.Triple, about: About, known: Mapping[Any, Any]) -> Any:
    """Return what a triple states; an evidence, whose IRI follows its record, by what it says itself."""
    if triple.predicate == EVIDENCE and (said := about.get(triple.object)):
        return frozenset((t.predicate, t.object) for t in said)
    return known.get(triple.object, triple.object)


def _is_telling(said: Iterable[tuple[Any, Any]]) -> bool:
    told = [p.value for p, _ in said]
    return RDF + "type" in told and (len(told) >= ENOUGH or not NAMES.isdisjoint(told))
