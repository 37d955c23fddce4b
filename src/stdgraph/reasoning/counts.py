"""How many actors stand behind a cooperation link: the fewest of one of its records, by the rule file `party-count`.

A count may change with anything that is added, so it is never extended, always counted anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from stdgraph.model.vocabulary import DERIVED_LINKS, RDF, STDG, STDGC, XSD

COUNT = "party-count"
"""The rule file that counts."""

NUMBER, BASIS, BETWEEN, PRODUCED, STATED = (
    ox.NamedNode(STDG + name) for name in ("partyCount", "basis", "between", "producedByRule", "statedActorCount")
)
COMPLETE, FIGURE_OF, MEASURE, VALUE = (
    ox.NamedNode(STDG + name) for name in ("listIsComplete", "figureOf", "measure", "value")
)
TYPE = ox.NamedNode(RDF + "type")
BODIES = ox.NamedNode(STDGC + "measure-participating-bodies")
POLICY = ox.NamedNode(STDG + "PolicyDocument")
OPEN = ox.Literal("false", datatype=ox.NamedNode(XSD + "boolean"))
HUBS = tuple(ox.NamedNode(STDG + name) for name in ("hub", "hubParty"))
Used = tuple[ox.Triple, ...]


def counted(store: ox.Store) -> list[ox.Quad]:
    """Return the derived counts."""
    return list(store.quads_for_pattern(None, NUMBER, None, ox.NamedNode(DERIVED_LINKS)))


def drop_others(store: ox.Store, true: set[ox.Triple]) -> None:
    """Take out of a store the derived counts that hold no more."""
    for quad in counted(store):
        if quad.triple not in true:
            store.remove(quad)


def grounds(store: ox.Store, goal: ox.Triple) -> Iterator[Used]:
    """Yield what shows that a link has as many actors as a triple says: the record with the fewest, and its actors."""
    if goal.predicate != NUMBER or not _has(store, goal):
        return
    number = int(goal.object.value) if isinstance(goal.object, ox.Literal) else 0
    found = [ground for way in _ways(store, goal.subject) if (ground := _ground(store, way, number))]
    yield from sorted(found, key=len)


def _ways(store: ox.Store, link: Any) -> Iterator[Used]:
    """Yield the ways from a link to a record: at once, or for a link of countries by a link of theirs."""
    for first in _triples(store, link, BASIS):
        behind = list(_triples(store, first.object, BASIS))
        yield from ((first, second) for second in behind)
        if not behind:
            yield (first,)


def _ground(store: ox.Store, way: Used, number: int) -> Used | None:
    tie: Any = way[-1].subject
    record: Any = way[-1].object
    others = _others(store, tie, record)
    if len(others) + 2 == number:
        return (*way, *others.values())
    stated = ox.Triple(record, STATED, ox.Literal(number))
    if _has(store, stated):
        return (*way, stated)
    if (figure := _figure(store, record, number)) is not None:
        return (*way, *figure)
    unfinished = ox.Triple(record, COMPLETE, OPEN)
    if len(others) + 3 == number and _has(store, unfinished) and _has(store, ox.Triple(record, TYPE, POLICY)):
        return (*way, *others.values(), unfinished)
    if number > 2:
        return None
    hub = next((t for verb in HUBS for t in _triples(store, record, verb)), None)
    return (*way, hub) if hub else way


def _figure(store: ox.Store, record: Any, number: int) -> Used | None:
    """Return the statements by which a source counts the bodies that took part in a record."""
    for quad in store.quads_for_pattern(None, FIGURE_OF, record):
        measured = ox.Triple(quad.subject, MEASURE, BODIES)
        for value in _triples(store, quad.subject, VALUE):
            if _has(store, measured) and isinstance(value.object, ox.Literal) and float(value.object.value) == number:
                return (quad.triple, measured, value)
    return None


def _others(store: ox.Store, tie: Any, record: Any) -> dict[Any, ox.Triple]:
    """Return the other actors whom the rule of a link ties by a record, each with a link that shows it."""
    rule = next(t.object for t in _triples(store, tie, PRODUCED))
    ends = {t.object for t in _triples(store, tie, BETWEEN)}
    found: dict[Any, ox.Triple] = {}
    for other in sorted((q.subject for q in store.quads_for_pattern(None, BASIS, record)), key=str):
        if _has(store, ox.Triple(other, PRODUCED, rule)):
            for end in _triples(store, other, BETWEEN):
                if end.object not in ends:
                    found.setdefault(end.object, ox.Triple(other, BASIS, record))
    return found


def _triples(store: ox.Store, subject: Any, predicate: Any) -> list[ox.Triple]:
    return sorted({q.triple for q in store.quads_for_pattern(subject, predicate, None)}, key=str)


def _has(store: ox.Store, triple: ox.Triple) -> bool:
    return next(store.quads_for_pattern(triple.subject, triple.predicate, triple.object), None) is not None
