"""Which nodes a change can touch: of a shape, those that it may judge otherwise than before.

From a statement that differs the paths of a shape are walked backwards to what it is asked about. What is not known for
sure touches all targets: too much, never too little.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from stdgraph.model.vocabulary import RDF, RDFS, SH
from stdgraph.services.validate.joined import Apart, Joined
from stdgraph.services.validate.paths import path_of, reads, walked_back
from stdgraph.services.validate.queries import patterns_of
from stdgraph.services.validate.screen import FORM, Screen

Nodes = set[Any]
TYPE = RDF + "type"
OF_VALUES = {
    "datatype", "hasValue", "in", "languageIn", "maxCount", "maxExclusive", "maxInclusive", "maxLength", "minCount",
    "minExclusive", "minInclusive", "minLength", "nodeKind", "pattern", "flags", "uniqueLang", "qualifiedMinCount",
    "qualifiedMaxCount", "deactivated", "ignoredProperties",
}  # fmt: skip
"""Constraints that read nothing but the values themselves."""
BESIDE = {"disjoint", "equals", "lessThan", "lessThanOrEquals"}
"""Constraints that read another property of the node."""
NESTED = {"node", "not", "property", "qualifiedValueShape"}
LISTS = {"and", "or", "xone"}


class All(Exception):  # noqa: N818 (no error: an answer)
    """Any target may be judged otherwise."""


class Touched:
    """Tells which nodes the statements that differ can touch."""

    def __init__(self, screen: Screen, differing: Sequence[ox.Triple]) -> None:
        self.screen, self.shapes, self.data = screen, screen.shapes, screen.data
        self.differing = differing
        self.by_verb: dict[str, list[ox.Triple]] = defaultdict(list)
        for triple in differing:
            self.by_verb[triple.predicate.value].append(triple)

    def nodes(self) -> dict[Any, Collection[Any]]:
        """Return of each shape that has targets the nodes to look at, targets or not."""
        found = {shape: self._of(shape) for shape in self.screen.targeting}
        return {shape: nodes for shape, nodes in found.items() if nodes}

    def _of(self, shape: Any) -> Collection[Any]:
        try:
            if RDFS + "subClassOf" in self.by_verb:
                raise All
            return self._judged(shape) | self._targeted(shape)
        except All:
            return self.screen.targets(shape)

    def _targeted(self, shape: Any) -> Nodes:
        """Return what may be a new target."""
        found: Nodes = {t.subject for t in self.by_verb[TYPE]}
        for term in self.shapes.objects(shape, SH + "targetSubjectsOf"):
            found |= {t.subject for t in self.by_verb.get(term.value, ())}
        for term in self.shapes.objects(shape, SH + "targetObjectsOf"):
            found |= {t.object for t in self.by_verb.get(term.value, ())}
        return found

    def _judged(self, shape: Any, above: tuple[Any, ...] = ()) -> Nodes:
        """Return the nodes of which a shape may read a statement that differs."""
        if shape in above:
            raise All
        paths = self.shapes.objects(shape, SH + "path")
        path = path_of(self.shapes, paths[0]) if paths else None
        nodes: Nodes = reads(self.data, path, self.by_verb) if path else set()
        values: Nodes = set()
        for name, value in self._constraints(shape):
            if name in BESIDE:
                nodes |= {t.subject for t in self.by_verb.get(value.value, ())}
            elif name == "class":
                values |= {t.subject for t in self.by_verb.get(TYPE, ())}
            elif name == "closed":
                values |= {t.subject for t in self.differing}
            elif name == "sparql":
                nodes |= self._queried(value)
            elif name in NESTED or name in LISTS:
                for one in [value] if name in NESTED else self.shapes.items(value):
                    values |= self._judged(one, (*above, shape))
            elif name not in OF_VALUES:
                raise All
        return nodes | (walked_back(self.data, path, values) if path else values)

    def _constraints(self, shape: Any) -> Iterable[tuple[str, Any]]:
        """Yield what a shape says that may judge: not its form, and nothing of other vocabularies where none has components."""
        for triple in self.shapes.about(shape):
            verb = triple.predicate.value
            name = verb.removeprefix(SH)
            if name not in FORM and verb != TYPE and (verb.startswith(SH) or self._custom):
                yield name, triple.object

    @cached_property
    def _custom(self) -> bool:
        return bool(self.shapes.subjects(ox.NamedNode(SH + "ConstraintComponent"), TYPE))

    def _queried(self, constraint: Any) -> Nodes:
        """Return the nodes for which a query may read a statement that differs."""
        found: Nodes = set()
        patterns = patterns_of(self.screen.query_of(constraint))
        if patterns is None:
            raise All
        joined = Joined(self.data, patterns, self.by_verb)
        for pattern in patterns:
            verbs = pattern.path.verbs if pattern.path else self.by_verb
            matching = [t for verb in verbs for t in self.by_verb.get(verb, ())]
            try:
                found |= joined.things(pattern, matching) if matching else set()
            except Apart:
                raise All from None
        return found
