"""The screen before pySHACL: which things may break which shape, told for the whole graph at once.

pySHACL alone says what is wrong. The screen only spares it the pairs of shape and thing that certainly conform, so it
may suspect too much, never too little: what it does not know for sure is suspected (`tests/services/validate`
compares both). Core constraints are read from indexes; an `sh:sparql` query runs once for all things on the embedded
store, where pySHACL parses and runs it for each.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from stdgraph.model.vocabulary import OWL, RDF, RDFS, SH
from stdgraph.services.validate.alone import COUNTS, EACH, not_after, unsure
from stdgraph.services.validate.asked import FEW, Asked, Unsure, runs_for_all
from stdgraph.services.validate.facts import Data, Facts

Values = Sequence[Any]
Check = Callable[[Any, Values], bool]
Walk = Callable[[Any], Values]
Nodes = dict[Any, None]
"""Nodes in their order, each once."""

TARGETS = ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")
IS_TARGET: dict[str, Callable[[Data, Any, Any], bool]] = {
    "targetNode": lambda _, node, term: bool(node == term),
    "targetClass": lambda data, node, kind: data.is_a(node, kind),
    "targetSubjectsOf": lambda data, node, verb: bool(data.objects(node, verb.value)),
    "targetObjectsOf": lambda data, node, verb: bool(data.subjects(node, verb.value)),
}
FORM = {"description", "group", "message", "name", "order", "path", "severity", *TARGETS}
"""What says nothing about a value."""
OPEN = (Unsure, RecursionError)
"""What leaves a thing to pySHACL; a shape may ask itself, of things that lead to each other."""
CLASSES, SHAPES = (RDFS + "Class", OWL + "Class"), (SH + "NodeShape", SH + "PropertyShape")


class Asking(Asked):
    """A query as the test of a constraint."""

    def __call__(self, node: Any, _: Values) -> bool:
        """Tell whether the query does not name a node."""
        return not self.names(node)


@dataclass(frozen=True)
class Nested:
    """The shape of a property as the test of another shape."""

    screen: Screen
    shape: Any

    def __call__(self, _: Any, values: Values) -> bool:
        """Tell whether all values conform."""
        return all(self.screen._conforms(self.shape, value) for value in values)

    def among(self, nodes: Nodes) -> Nodes:
        """Return those of some nodes that may not conform."""
        return self.screen._doubted(self.shape, nodes)


@dataclass(frozen=True)
class Compiled:
    """A shape ready to be asked: what its path leads to (its one property, or none), and its constraints by name."""

    walk: Walk
    verb: str
    is_of_nodes: bool
    constraints: Sequence[tuple[str, Any, Check]]


class Screen:
    """Tells which things may break which shape."""

    def __init__(self, data: Data, shapes: Facts) -> None:
        self.data = data
        self.shapes = shapes
        self._compiled: dict[Any, Compiled] = {}

    def suspects(self, among: Mapping[Any, Collection[Any]] | None = None) -> dict[Any, list[Any]]:
        """Return the targets of each shape that may break it; shapes without any are left out.

        Args:
            among: of each shape the nodes to look at; all of them where it is not given.
        """
        if among is None:
            chosen = {shape: self.targets(shape) for shape in self.targeting}
        else:
            chosen = {s: [n for n in nodes if self.is_target(s, n)] for s, nodes in among.items()}
        found = {shape: self._doubted(shape, dict.fromkeys(nodes)) for shape, nodes in chosen.items()}
        return {shape: [n for n in chosen[shape] if n in nodes] for shape, nodes in found.items() if nodes}

    @cached_property
    def targeting(self) -> list[Any]:
        """The shapes that have targets."""
        return [*dict.fromkeys([*(s for name in TARGETS for s in self.shapes.having(SH + name)), *self._classes])]

    def is_target(self, shape: Any, node: Any) -> bool:
        """Tell whether a node is a target of a shape."""
        if shape in self._classes and self.data.is_a(node, shape):
            return True
        return any(
            is_one(self.data, node, term)
            for name, is_one in IS_TARGET.items()
            for term in self.shapes.objects(shape, SH + name)
        )

    @cached_property
    def _classes(self) -> set[Any]:
        """The shapes that are classes as well, and so speak of their own instances (SHACL, 2.1.3.3)."""
        kinds, shapes = ([ox.NamedNode(iri) for iri in iris] for iris in (CLASSES, SHAPES))
        classes, found = (set().union(*map(self.shapes.members, of)) for of in (kinds, shapes))
        return classes & found

    def targets(self, shape: Any) -> Collection[Any]:
        """Return what a shape is about."""
        found: dict[Any, None] = dict.fromkeys(self.data.members(shape) if shape in self._classes else ())
        for name in TARGETS:
            for term in self.shapes.objects(shape, SH + name):
                found |= dict.fromkeys(self._targeted(name, term))
        return found

    def _targeted(self, name: str, term: Any) -> Collection[Any]:
        if name == "targetNode":
            return [term]
        if name == "targetClass":
            return self.data.members(term)
        return self.data.having(term.value) if name == "targetSubjectsOf" else self.data.values(term.value)

    def _doubted(self, shape: Any, nodes: Nodes) -> Nodes:
        """Return those of some nodes that may break a shape: a constraint is asked of all at once where that can be."""
        compiled, found = self._compile(shape), dict[Any, None]()
        for name, value, check in compiled.constraints:
            rest = {node: None for node in nodes if node not in found} if found else nodes
            found |= dict.fromkeys(self._doubted_by(compiled, name, value, check, rest) if rest else ())
        return found

    def _doubted_by(self, compiled: Compiled, name: str, value: Any, check: Check, nodes: Nodes) -> Iterable[Any]:
        verb = compiled.verb
        if isinstance(check, Asking) or (isinstance(check, Nested) and compiled.is_of_nodes):
            return check.among(nodes)
        if verb and name == "minCount" and value.value == "1":
            having = self.data.having(verb) if isinstance(self.data, Facts) else ()
            return [n for n in nodes if n not in having and not self.data.objects(n, verb)]
        return [n for n in nodes if self._may_break(compiled.walk, check, n)]

    def _may_break(self, walk: Walk, check: Check, node: Any) -> bool:
        try:
            return not check(node, walk(node))
        except OPEN:
            return True

    def _conforms(self, shape: Any, node: Any) -> bool:
        compiled = self._compile(shape)
        if not compiled.constraints:
            return True
        values = compiled.walk(node)
        return all(check(node, values) for _, _, check in compiled.constraints)

    def _asked(self, shape: Any, node: Any) -> bool:
        """Tell whether a node conforms to a shape that another asks; pySHACL lets faults of level Info pass there."""
        return self._conforms(shape, node) or (not self._is_violation(shape) and unsure())

    def _is_violation(self, shape: Any) -> bool:
        return self.shapes.objects(shape, SH + "severity") == [ox.NamedNode(SH + "Violation")]

    def _compile(self, shape: Any) -> Compiled:
        if shape not in self._compiled:
            paths = self.shapes.objects(shape, SH + "path")
            walk = self._walk(paths[0]) if paths else (lambda node: [node])
            verb = paths[0].value if paths and isinstance(paths[0], ox.NamedNode) else ""
            named = [(name, value, self._check(shape, name, value)) for name, value in self._parameters(shape)]
            self._compiled[shape] = Compiled(walk, verb, not paths, named)  # for one that asks itself
            kept = [one for one in named if not (verb and self._holds(one[0], one[1], one[2], verb))]
            self._compiled[shape] = Compiled(walk, verb, not paths, kept)
        return self._compiled[shape]

    def _holds(self, name: str, value: Any, check: Check, verb: str) -> bool:
        """Tell whether a test is passed by all values of a property, or by as many as anything has: then no node can fail it."""
        if not isinstance(self.data, Facts):
            return False
        if name == "maxCount":
            return self.data.most(verb) <= int(value.value)
        try:
            return name in OF_EACH and check(None, [*self.data.values(verb)])
        except OPEN:
            return False

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
        return unsure

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
        return made(self, shape, value) if made else unsure

    def _class(self, _: Any, kind: Any) -> Check:
        return lambda _, values: self.data.are(values, kind)

    def _property(self, _: Any, shape: Any) -> Check:
        return Nested(self, shape)

    def _node(self, _: Any, shape: Any) -> Check:
        return lambda _, values: all(self._asked(shape, v) for v in values)

    def _not(self, _: Any, shape: Any) -> Check:
        return lambda _, values: not any(self._asked(shape, v) for v in values)

    def _or(self, _: Any, head: Any) -> Check:
        tests = [self._test(shape) for shape in self.shapes.items(head)]
        return lambda _, values: all(any(test(v) for test in tests) for v in values)

    def _xone(self, _: Any, head: Any) -> Check:
        tests = [self._test(shape) for shape in self.shapes.items(head)]
        return lambda _, values: all(sum(test(v) for test in tests) == 1 for v in values)

    def _test(self, shape: Any) -> Callable[[Any], bool]:
        """Return what tells whether a node conforms to a shape that another asks; most ask only for a value of a property."""
        known = self._conforming(shape)
        if known is None:
            return lambda node: self._asked(shape, node)
        if self._is_violation(shape):
            return known.__contains__
        return lambda node: node in known or unsure()

    def _conforming(self, shape: Any) -> Collection[Any] | None:
        """Return all nodes that conform to a shape which asks for a class, or for a value of a property, and no more."""
        paths, asked = self.shapes.objects(shape, SH + "path"), self._parameters(shape)
        if not isinstance(self.data, Facts) or len(asked) != 1 or not all(isinstance(p, ox.NamedNode) for p in paths):
            return None
        name, value = asked[0]
        if not paths and name == "class":
            return self.data.members(value)
        return (
            self.data.having(paths[0].value) if len(paths) == 1 and (name, value.value) == ("minCount", "1") else None
        )

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

        return check if wanted.value == "true" else unsure

    def _disjoint(self, _: Any, predicate: Any) -> Check:
        return lambda node, values: set(values).isdisjoint(self.data.objects(node, predicate.value))

    def _less_than_or_equals(self, _: Any, predicate: Any) -> Check:
        return lambda node, values: all(
            not_after(v, other) for v in values for other in self.data.objects(node, predicate.value)
        )

    def _qualified_min_count(self, shape: Any, least: Any) -> Check:
        asked, *others = self.shapes.objects(shape, SH + "qualifiedValueShape") or [None]
        if asked is None or others or self.shapes.objects(shape, SH + "qualifiedValueShapesDisjoint"):
            return unsure
        return lambda _, values: sum(self._asked(asked, v) for v in values) >= int(least.value)

    def _qualified_value_shape(self, shape: Any, _: Any) -> Check:
        return _sure if self.shapes.objects(shape, SH + "qualifiedMinCount") else unsure

    def _sparql(self, _: Any, constraint: Any) -> Check:
        text = self.query_of(constraint)
        if not runs_for_all(text):
            return unsure
        return Asking(self.data.store, text, few=0 if isinstance(self.data, Facts) else FEW)

    def query_of(self, constraint: Any) -> str:
        """Return the text of a query with its prefixes."""
        (text,) = [t.value for t in self.shapes.objects(constraint, SH + "select")] or [""]
        heads = [
            d for p in self.shapes.objects(constraint, SH + "prefixes") for d in self.shapes.objects(p, SH + "declare")
        ]
        return "".join([*map(self._prefix, heads), str(text)])

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


def _sure(*_: Any) -> bool:
    return True


def _language(term: Any) -> str:
    return (getattr(term, "language", None) or "").lower()


OF_EACH = {*EACH, "class", "in", "languageIn", "node", "not", "or", "property", "xone"}
"""Constraints that judge each value alone."""
