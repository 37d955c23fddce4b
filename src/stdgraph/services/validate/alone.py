"""Tests of shapes that look at a value alone, or at how many there are; what is not sure is left to pySHACL."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from stdgraph.model.vocabulary import RDF, SH, XSD
from stdgraph.services.validate.asked import Unsure

KINDS = {
    "IRI": (ox.NamedNode,),
    "BlankNode": (ox.BlankNode,),
    "Literal": (ox.Literal,),
    "BlankNodeOrIRI": (ox.BlankNode, ox.NamedNode),
    "BlankNodeOrLiteral": (ox.BlankNode, ox.Literal),
    "IRIOrLiteral": (ox.NamedNode, ox.Literal),
}
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
ANY = re.compile(r".*", re.DOTALL)
WELL_FORMED = {
    XSD + "anyURI": ANY,
    XSD + "boolean": re.compile(r"true|false"),
    XSD + "date": re.compile(
        r"\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
        r"|\d\d(?:0[48]|[2468][048]|[13579][26])-02-29",
        re.ASCII,
    ),
    XSD + "decimal": NUMBER,
    XSD + "integer": re.compile(r"[+-]?\d+", re.ASCII),
    XSD + "string": ANY,
    RDF + "langString": ANY,
}
"""Forms that are certainly right; others may be, and pySHACL knows."""


def unsure(*_: Any) -> Any:
    """Raise Unsure, whatever is asked."""
    raise Unsure


def _pattern(pattern: Any) -> Callable[[Any], bool]:
    compiled = re.compile(pattern.value)
    return lambda v: not isinstance(v, ox.BlankNode) and compiled.search(v.value) is not None


def _datatype(datatype: Any) -> Callable[[Any], bool]:
    form = WELL_FORMED.get(datatype.value)

    def right(value: Any) -> bool:
        if not isinstance(value, ox.Literal) or value.datatype != datatype:
            return False
        return form is not None and (form.fullmatch(value.value) is not None or unsure())

    return right


def _number(term: Any) -> Any:
    """Return the number that a literal says; raises Unsure for anything else."""
    numeric = isinstance(term, ox.Literal) and term.datatype.value in (XSD + "integer", XSD + "decimal")
    return Decimal(term.value) if numeric and NUMBER.fullmatch(term.value) else unsure()


def not_after(one: Any, other: Any) -> bool:
    """Tell whether one day is not after another; raises Unsure for anything but days."""
    days = all(isinstance(t, ox.Literal) and t.datatype.value == XSD + "date" for t in (one, other))
    if not days or not all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", t.value, re.ASCII) for t in (one, other)):
        raise Unsure
    return bool(one.value <= other.value)


def _max_length(length: Any) -> Callable[[Any], bool]:
    return lambda v: not isinstance(v, ox.BlankNode) and len(v.value) <= int(length.value)


COUNTS: dict[str, Callable[[int, int], bool]] = {"minCount": int.__ge__, "maxCount": int.__le__}
EACH: dict[str, Callable[[Any], Callable[[Any], bool]]] = {
    "datatype": _datatype,
    "maxInclusive": lambda most: lambda v: bool(_number(v) <= _number(most)),
    "maxLength": _max_length,
    "minInclusive": lambda least: lambda v: bool(_number(v) >= _number(least)),
    "nodeKind": lambda kind: lambda v: isinstance(v, KINDS[kind.value.removeprefix(SH)]),
    "pattern": _pattern,
}
