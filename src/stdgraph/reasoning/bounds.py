"""Date bounds: the first and last day of each date, so that questions can compare days."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from stdgraph.model.dates import ENDS, SLOTS, bounds
from stdgraph.model.vocabulary import DERIVED_BOUNDS, RDF, STDG, XSD
from stdgraph.reasoning.axioms import TYPE, Rule

AGREEMENT = f"<{STDG}Agreement>"


def _rules() -> Iterator[Rule]:
    for end in ENDS:
        for slot, stem in SLOTS.items():
            yield Rule("date bound", ("?s", f"<{STDG}{stem}{end}>", "?day"), (("?s", f"<{STDG}{slot}>", "?date"),))
        body = (("?s", TYPE, AGREEMENT), ("?s", f"<{STDG}date{end}>", "?day"))
        yield Rule("start of agreement", ("?s", f"<{STDG}start{end}>", "?day"), body)


RULES = tuple(_rules())
"""A bound follows from a date; an Agreement without a start begins on its date (P20)."""


def add_bounds(store: ox.Store, subjects: Collection[Any] | None = None) -> None:
    """Add the first and last day of each EDTF string; an Agreement without a start begins on its date.

    A string that is no EDTF date gets no bounds: validation reports it. With `subjects`, only theirs.
    """
    home, found = ox.NamedNode(DERIVED_BOUNDS), []
    for slot in SLOTS:
        for quad in _quads(store, subjects, slot):
            found += bound_triples(quad.triple)
            if slot == "date" and _begins_then(store, quad.subject):
                found += [_moved(triple) for triple in bound_triples(quad.triple)]
    store.extend(ox.Quad(t.subject, t.predicate, t.object, home) for t in found)


def _quads(store: ox.Store, subjects: Collection[Any] | None, slot: str) -> Iterable[ox.Quad]:
    for subject in [None] if subjects is None else subjects:
        yield from store.quads_for_pattern(subject, ox.NamedNode(STDG + slot), None)


def _begins_then(store: ox.Store, subject: Any) -> bool:
    """Tell whether a thing is an Agreement of which no start is stated."""
    agreement, start = ox.NamedNode(AGREEMENT[1:-1]), ox.NamedNode(STDG + "start")
    typed = next(store.quads_for_pattern(subject, ox.NamedNode(RDF + "type"), agreement), None)
    return typed is not None and next(store.quads_for_pattern(subject, start, None), None) is None


def _moved(bound: ox.Triple) -> ox.Triple:
    end = bound.predicate.value.removeprefix(STDG + "date")
    return ox.Triple(bound.subject, ox.NamedNode(f"{STDG}start{end}"), bound.object)


def bounds_anew(store: ox.Store, subjects: Collection[Any]) -> None:
    """Compute the bounds of some things again."""
    home = ox.NamedNode(DERIVED_BOUNDS)
    for subject in subjects:
        for quad in list(store.quads_for_pattern(subject, None, None, home)):
            store.remove(quad)
    add_bounds(store, subjects)


def bound_triples(dated: ox.Triple) -> list[ox.Triple]:
    """Return the two bounds of a thing with an EDTF date, none where the string is no date."""
    try:
        days = bounds(getattr(dated.object, "value", ""))
    except ValueError:
        return []
    stem, day = SLOTS[dated.predicate.value.removeprefix(STDG)], ox.NamedNode(XSD + "date")
    return [
        ox.Triple(dated.subject, ox.NamedNode(f"{STDG}{stem}{end}"), ox.Literal(d.isoformat(), datatype=day))
        for end, d in zip(ENDS, days, strict=True)
    ]


def reasons(store: ox.Store, bound: ox.Triple) -> Iterator[tuple[Rule, tuple[ox.Triple, ...]]]:
    """Yield each rule that concludes a bound, and what it uses."""
    for rule in RULES:
        if rule.head[1] != str(bound.predicate):
            continue
        if rule.kind == "date bound":
            verb = ox.NamedNode(rule.body[0][1][1:-1])
            dated = (quad.triple for quad in store.quads_for_pattern(bound.subject, verb, None))
            yield from ((rule, (triple,)) for triple in dated if bound in bound_triples(triple))
        elif _begins_then(store, bound.subject):
            date = ox.Triple(bound.subject, ox.NamedNode(rule.body[1][1][1:-1]), bound.object)
            if next(store.quads_for_pattern(date.subject, date.predicate, date.object), None):
                typed = ox.Triple(bound.subject, ox.NamedNode(RDF + "type"), ox.NamedNode(AGREEMENT[1:-1]))
                yield rule, (typed, date)
