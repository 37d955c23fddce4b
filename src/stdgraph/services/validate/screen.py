"""The screen before pySHACL: which things may break which shape, told for the whole graph at once.

pySHACL alone says what is wrong. The screen only spares it the pairs of shape and thing that certainly conform, so it
may suspect too much, never too little: what it does not know for sure is suspected (`tests/services/validate`
compares both). Core constraints are read from indexes; an `sh:sparql` query runs once for all things on the embedded
store, where pySHACL parses and runs it for each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from stdgraph.model.vocabulary import OWL, RDF, RDFS, SH, XSD
from stdgraph.services.validate.facts import Facts

Values = Sequence[Any]
Check = Callable[[Any, Values], bool]
Walk = Callable[[Any], Values]

TARGETS = ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")
CLASSES, SHAPES = (RDFS + "Class", OWL + "Class"), ("NodeShape", "PropertyShape")
FORM = {"description", "group", "message", "name", "order", "path", "severity", *TARGETS}
"""What says nothing about a value."""

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
    XSD + "date": re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])|\d{4}-(0[13-9]|1[0-2])-(29|30)", re.ASCII),
    XSD + "decimal": NUMBER,
    XSD + "integer": re.compile(r"[+-]?\d+", re.ASCII),
    XSD + "string": ANY,
    RDF + "langString": ANY,
}
"""Forms that are certainly right; others may be, and pySHACL knows."""

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|<[^<>\s]*>|[(){}]|\b(?:FILTER|HAVING)\s*(?=\()', re.IGNORECASE)
ADDS = re.compile(r"\b(?:SUM|AVG)\b", re.IGNORECASE)


class Unsure(Exception):  # noqa: N818 (no error: an answer)
    """The screen does not know whether something conforms."""


class Screen:
    """Tells which things may break which shape."""

    def __init__(self, data: Iterable[ox.Triple], shapes: Iterable[ox.Triple]) -> None:
        self.data = Facts(data)
        self.shapes = Facts(shapes)
        self._compiled: dict[Any, tuple[Walk, list[Check]]] = {}

    def suspects(self) -> dict[Any, list[Any]]:
        """Return the targets of each shape that may break it; shapes without any are left out."""
        shapes = dict.fromkeys(shape for name in TARGETS for shape in self.shapes.out[SH + name])
        shapes |= dict.fromkeys(self._classes())
        found = {shape: [t for t in self._targets(shape) if self._may_break(shape, t)] for shape in shapes}
        return {shape: nodes for shape, nodes in found.items() if nodes}

    def _classes(self) -> frozenset[Any]:
        """Return the shapes that are classes as well, whose instances are their targets (SHACL 2.1.3.3)."""
        kinds = frozenset().union(*(self.shapes.members(ox.NamedNode(iri)) for iri in CLASSES))
        return kinds & frozenset().union(*(self.shapes.members(ox.NamedNode(SH + kind)) for kind in SHAPES))

    def _targets(self, shape: Any) -> Collection[Any]:
        found: dict[Any, None] = dict.fromkeys(self.data.members(shape) if shape in self._classes() else ())
        for name in TARGETS:
            for term in self.shapes.objects(shape, SH + name):
                found |= dict.fromkeys(self._targeted(name, term))
        return found

    def _targeted(self, name: str, term: Any) -> Collection[Any]:
        if name == "targetNode":
            return [term]
        if name == "targetClass":
            return self.data.members(term)
        found = self.data.out.get(term.value, {}) if name == "targetSubjectsOf" else self.data.inverse(term.value)
        return found.keys()

    def _may_break(self, shape: Any, node: Any) -> bool:
        try:
            return not self._conforms(shape, node)
        except Unsure:
            return True

    def _conforms(self, shape: Any, node: Any) -> bool:
        walk, checks = self._compile(shape)
        values = walk(node)
        return all(check(node, values) for check in checks)

    def _asked(self, shape: Any, node: Any) -> bool:
        """Tell whether a node conforms to a shape that another asks; pySHACL lets faults of level Info pass there."""
        if self._conforms(shape, node):
            return True
        if self.shapes.objects(shape, SH + "severity") != [ox.NamedNode(SH + "Violation")]:
            raise Unsure
        return False

    def _compile(self, shape: Any) -> tuple[Walk, list[Check]]:
        if shape not in self._compiled:
            paths = self.shapes.objects(shape, SH + "path")
            walk = self._walk(paths[0]) if paths else (lambda node: [node])
            checks = [self._check(shape, name, value) for name, value in self._parameters(shape)]
            self._compiled[shape] = walk, checks
        return self._compiled[shape]

    def _parameters(self, shape: Any) -> list[tuple[str, Any]]:
        found = [(p.removeprefix(SH), value) for p, of in self.shapes.out.items() for value in of.get(shape, [])]
        return [(name, value) for name, value in found if name not in FORM and name != RDF + "type"]

    def _walk(self, path: Any) -> Walk:
        """Return what follows a property path, each value once."""
        if isinstance(path, ox.NamedNode):
            return lambda node: self.data.objects(node, path.value)
        if self.shapes.objects(path, RDF + "first"):
            return self._steps([self._walk(step) for step in self.shapes.items(path)])
        if choice := self.shapes.objects(path, SH + "alternativePath"):
            walks = [self._walk(one) for one in self.shapes.items(choice[0])]
            return lambda node: list(dict.fromkeys(v for walk in walks for v in walk(node)))
        back = self.shapes.objects(path, SH + "inversePath")
        if back and isinstance(back[0], ox.NamedNode):
            return lambda node: self.data.subjects(node, back[0].value)
        return _unsure

    def _steps(self, walks: Sequence[Walk]) -> Walk:
        def walk(node: Any) -> Values:
            nodes = [node]
            for step in walks:
                nodes = list(dict.fromkeys(v for one in nodes for v in step(one)))
            return nodes

        return walk

    def _check(self, shape: Any, name: str, value: Any) -> Check:
        """Return the test of one constraint of a shape."""
        if name in COUNTS:
            count, agrees = int(value.value), COUNTS[name]
            return lambda _, values: agrees(len(values), count)
        if name in EACH:
            right = EACH[name](value)
            return lambda _, values: all(map(right, values))
        made = CONSTRAINTS.get(name)
        return made(self, shape, value) if made else _unsure

    def _class(self, _: Any, kind: Any) -> Check:
        return lambda _, values: self.data.members(kind).issuperset(values)

    def _property(self, _: Any, shape: Any) -> Check:
        return lambda _, values: all(self._conforms(shape, v) for v in values)

    def _node(self, _: Any, shape: Any) -> Check:
        return lambda _, values: all(self._asked(shape, v) for v in values)

    def _not(self, _: Any, shape: Any) -> Check:
        return lambda _, values: not any(self._asked(shape, v) for v in values)

    def _or(self, _: Any, head: Any) -> Check:
        shapes = self.shapes.items(head)
        return lambda _, values: all(any(self._asked(s, v) for s in shapes) for v in values)

    def _xone(self, _: Any, head: Any) -> Check:
        shapes = self.shapes.items(head)
        return lambda _, values: all(sum(self._asked(s, v) for s in shapes) == 1 for v in values)

    def _has_value(self, _: Any, wanted: Any) -> Check:
        return lambda _, values: wanted in values

    def _in(self, _: Any, head: Any) -> Check:
        allowed = self.shapes.items(head)
        return lambda _, values: all(v in allowed for v in values)

    def _language_in(self, _: Any, head: Any) -> Check:
        ranges = {item.value.lower() for item in self.shapes.items(head)}
        return lambda _, values: all(_language(v) in ranges or _language(v).split("-")[0] in ranges for v in values)

    def _unique_lang(self, _: Any, wanted: Any) -> Check:
        def check(_: Any, values: Values) -> bool:
            tags = [tag for v in values if (tag := _language(v))]
            return len(tags) == len(set(tags))

        return check if wanted.value == "true" else _unsure

    def _disjoint(self, _: Any, predicate: Any) -> Check:
        return lambda node, values: set(values).isdisjoint(self.data.objects(node, predicate.value))

    def _less_than_or_equals(self, _: Any, predicate: Any) -> Check:
        return lambda node, values: all(
            _not_after(v, other) for v in values for other in self.data.objects(node, predicate.value)
        )

    def _qualified_min_count(self, shape: Any, least: Any) -> Check:
        (asked,) = self.shapes.objects(shape, SH + "qualifiedValueShape")
        return lambda _, values: sum(self._asked(asked, v) for v in values) >= int(least.value)

    def _qualified_value_shape(self, shape: Any, _: Any) -> Check:
        return _sure if self.shapes.objects(shape, SH + "qualifiedMinCount") else _unsure

    def _sparql(self, _: Any, constraint: Any) -> Check:
        found = self._answered(constraint)
        return _unsure if found is None else lambda node, _: node not in found

    def _answered(self, constraint: Any) -> set[Any] | None:
        """Return the things that a query names; None if it does not run so, for all things at once."""
        (text,) = [t.value for t in self.shapes.objects(constraint, SH + "select")] or [""]
        heads = [
            d for p in self.shapes.objects(constraint, SH + "prefixes") for d in self.shapes.objects(p, SH + "declare")
        ]
        if len(re.findall(r"\bselect\b", text, re.IGNORECASE)) != 1:  # in a query within, $this is another variable
            return None
        try:
            rows: Any = self.data.store.query("".join(map(self._prefix, heads)) + lenient(text))
            return {row["this"] for row in rows}
        except (SyntaxError, KeyError):
            return None

    def _prefix(self, declaration: Any) -> str:
        (prefix,), (iri,) = (self.shapes.objects(declaration, SH + name) for name in ("prefix", "namespace"))
        return f"PREFIX {prefix.value}: <{iri.value}>\n"


CONSTRAINTS: dict[str, Callable[[Screen, Any, Any], Check]] = {
    "class": Screen._class,
    "disjoint": Screen._disjoint,
    "hasValue": Screen._has_value,
    "in": Screen._in,
    "languageIn": Screen._language_in,
    "lessThanOrEquals": Screen._less_than_or_equals,
    "node": Screen._node,
    "not": Screen._not,
    "or": Screen._or,
    "property": Screen._property,
    "qualifiedMinCount": Screen._qualified_min_count,
    "qualifiedValueShape": Screen._qualified_value_shape,
    "sparql": Screen._sparql,
    "uniqueLang": Screen._unique_lang,
    "xone": Screen._xone,
}


def lenient(text: str) -> str:
    """Return a query that also finds what its outer conditions cannot tell.

    A text compared with a number is an error in SPARQL; rdflib, and pySHACL with it, finds one of them greater. Where
    numbers are added up it fails over such a text, so these queries stay as they are.

    >>> lenient("SELECT $this WHERE { $this ?p ?n } HAVING ( COUNT(?n) > 1 )")
    'SELECT $this WHERE { $this ?p ?n } HAVING (COALESCE(( COUNT(?n) > 1 ), true))'
    """
    if ADDS.search(text):
        return text
    parts, at, depth, condition = [], 0, 0, False
    opened: list[bool] = []
    for match in TOKEN.finditer(text):
        parts.append(text[at : match.start()])
        at, part = match.end(), match[0]
        depth += (part == "{") - (part == "}")
        if part == "(":
            opened.append(condition)
            part = "(COALESCE((" if condition else "("
        elif part == ")":
            part = "), true))" if opened.pop() else ")"
        condition = depth < 2 and part[0] in "FfHh"
        parts.append(part)
    return "".join([*parts, text[at:]])


def _sure(*_: Any) -> bool:
    return True


def _unsure(*_: Any) -> Any:
    raise Unsure


def _language(term: Any) -> str:
    return (getattr(term, "language", None) or "").lower()


def _pattern(pattern: Any) -> Callable[[Any], bool]:
    compiled = re.compile(pattern.value)
    return lambda v: not isinstance(v, ox.BlankNode) and compiled.search(v.value) is not None


def _datatype(datatype: Any) -> Callable[[Any], bool]:
    form = WELL_FORMED.get(datatype.value)

    def right(value: Any) -> bool:
        if not isinstance(value, ox.Literal) or value.datatype != datatype:
            return False
        return form is not None and (form.fullmatch(value.value) is not None or _unsure())

    return right


def _number(term: Any) -> Any:
    """Return the number that a literal says; raises Unsure for anything else."""
    numeric = isinstance(term, ox.Literal) and term.datatype.value in (XSD + "integer", XSD + "decimal")
    return Decimal(term.value) if numeric and NUMBER.fullmatch(term.value) else _unsure()


def _not_after(one: Any, other: Any) -> bool:
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
