"""Statements that no code can use: an IRI where a text belongs, a number or date that is none. Validation refuses them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from math import isfinite
from typing import Any

import pyoxigraph as ox

from stdgraph.model.dates import ENDS, SLOTS, bounds
from stdgraph.model.vocabulary import GRAPH, OWL, RDF, RDFS, STDG, XSD
from stdgraph.storage.names import NAMING

Fits = Callable[[Any], bool]

ONTOLOGY = GRAPH + "ontology/"
"""The graphs whose word counts for what kind of value a property has."""

TEXTS = (
    *(p for p, _ in NAMING),
    *(STDG + n for n in ("nameText", "officeTitle", "printedForm", "signatoryAsStated", "theme")),
)
NODES = (RDF + "type", *(STDG + name for name in ("claimProperty", "claimSubject", "evidence", "linkKind")))
"""Properties of which OWL may not say that they have texts, or things, as values."""


def is_date(text: str) -> bool:
    """Tell whether a text is an EDTF date as we use them.

    >>> is_date("2019-05"), is_date("2019-05/.."), is_date("spring 2019")
    (True, False, False)
    """
    try:
        return bool(bounds(text))
    except ValueError:
        return False


def misfits(store: ox.Store) -> list[ox.Triple]:
    """Return the statements of a store whose value is of a kind that their property cannot have, sorted."""
    found = {
        quad.triple
        for predicate, fits in _kinds(store).items()
        for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None)
        if not fits(quad.object)
    }
    return sorted(found, key=str)


def is_fit(store: ox.Store, quads: Iterable[ox.Quad]) -> bool:
    """Tell whether none of some quads is a statement that is left out, by the ontology in a store."""
    kinds = _kinds(store)
    return all(quad.predicate.value not in kinds or kinds[quad.predicate.value](quad.object) for quad in quads)


def _kinds(store: ox.Store) -> dict[str, Fits]:
    """Return what the values of each property must be, by the ontology and by what code does with them."""
    told: dict[str, Fits] = dict.fromkeys(_declared(store, "ObjectProperty"), _is_node)
    told |= dict.fromkeys(_declared(store, "DatatypeProperty"), _is_text)
    told |= dict.fromkeys(NODES, _is_node) | dict.fromkeys(TEXTS, _is_text)
    told |= {p: fits for kind, fits in RANGES.items() for p in _subjects(store, RDFS + "range", kind)}
    told |= {STDG + slot: _is_edtf for slot in SLOTS}
    return told | {f"{STDG}{stem}{end}": _is_day for stem in SLOTS.values() for end in ENDS}


def _declared(store: ox.Store, kind: str) -> Iterator[str]:
    return _subjects(store, RDF + "type", OWL + kind)


def _subjects(store: ox.Store, predicate: str, value: str) -> Iterator[str]:
    for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), ox.NamedNode(value)):
        if isinstance(quad.subject, ox.NamedNode) and str(getattr(quad.graph_name, "value", "")).startswith(ONTOLOGY):
            yield quad.subject.value


def _is_node(term: Any) -> bool:
    return isinstance(term, ox.NamedNode | ox.BlankNode)


def _is_text(term: Any) -> bool:
    return isinstance(term, ox.Literal)


def _is_edtf(term: Any) -> bool:
    return _is_text(term) and is_date(term.value)


def _is_day(term: Any) -> bool:
    return _is_edtf(term) and len(term.value) == len("2019-05-01")


def _is_number(term: Any) -> bool:
    try:
        return _is_text(term) and isfinite(float(term.value))
    except ValueError:
        return False


def _is_truth(term: Any) -> bool:
    return _is_text(term) and term.value in ("true", "false", "1", "0")


RANGES: dict[str, Fits] = {XSD + "boolean": _is_truth, XSD + "decimal": _is_number, XSD + "integer": _is_number}
