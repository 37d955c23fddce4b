"""The whole schema for the explorer: each term with all that `stdgraph schema TERM` tells of it, counted in one reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from stdgraph.graph.reads import Graph, select
from stdgraph.model.light import dataclass, field
from stdgraph.model.vocabulary import RDFS, STDG, short
from stdgraph.services import schema as whole
from stdgraph.services.schema.held import held
from stdgraph.services.schema.terms import Known, Use

Kinds = frozenset[str]
NONE: Kinds = frozenset()


@dataclass
class Group:
    """Statements that are alike: one property, things of the same classes at its ends; how many, and the first of them."""

    domains: tuple[str, ...]
    property: str
    ranges: tuple[str, ...]
    subject: Kinds
    value: Kinds
    number: int = 0
    first: tuple[str, Any] = ("", None)

    def add(self, subject: str, value: Any) -> None:
        """Count a statement."""
        self.number += 1
        if self.first[1] is None or (subject, str(value)) < (self.first[0], str(self.first[1])):
            self.first = subject, value


@dataclass
class Rows:
    """Uses as rows, and the texts in them, each once: terms name rows, and rows texts, by their numbers."""

    number: dict[tuple[Any, ...], int] = field(default_factory=dict)
    texts: dict[str, int] = field(default_factory=dict)

    def of(self, uses: Iterable[Use]) -> list[int]:
        """Return the numbers of some uses."""
        return [self.number.setdefault(self._row(use), len(self.number)) for use in uses]

    def _row(self, use: Use) -> tuple[Any, ...]:
        subject, value = use.example
        texts = (short(text) for text in (use.domain, use.property, use.range, subject, value.value))
        numbers = (self.texts.setdefault(text, len(self.texts)) for text in texts)
        return *numbers, use.statements, int(isinstance(value, ox.Literal))


def book(graph: Graph) -> dict[str, Any]:
    """Return rows of uses, and the terms in the order of `stdgraph schema`: all that are used, and those of our own that are not."""
    known, read, rows = whole._words(graph), whole._questions(), Rows()
    told_of = [one for one in whole._counted(graph, known) if one.used or one.iri.startswith(STDG)]
    counted = [one for one in told_of if not one.iri.startswith(whole.META)]
    classes, things, above = whole._classes(graph)
    groups = list(_groups(graph, known, classes, things))
    shapes, axioms = held(), _axioms(graph)
    terms = []
    for one in counted:
        term = whole._worded(one, known, read)
        told = _term(term, rows.of(one.uses)) | {"rules": [shape.name for shape in shapes.get(one.iri, ())]}
        if one.kind == "class":
            own = [group for group in groups if one.iri in group.subject or one.iri in group.value]
            higher, lower = whole._tree(one.iri, above)
            told |= {"own": rows.of(_uses(own)), "sides": _sides(own, one.iri)}
            told |= {"broader": [short(x) for x in higher], "narrower": [short(x) for x in lower]}
        else:
            told |= axioms.get(one.iri, {}) | {"codes": _codes(graph, one)}
        terms.append(told)
    rules = {shape.name: shape.told() for found in shapes.values() for shape in found}
    return {"rules": dict(sorted(rules.items())), "texts": list(rows.texts), "rows": list(rows.number), "terms": terms}


def _term(one: Known, uses: list[int]) -> dict[str, Any]:
    told = {
        "term": short(one.iri),
        "kind": one.kind,
        "label": one.label,
        "definition": one.definition,
        "used": one.used,
    }
    return told | {"example": short(one.example) if one.example else "", "uses": uses, "questions": list(one.questions)}


def _groups(
    graph: Graph, known: dict[str, Known], classes: dict[str, tuple[str, ...]], things: dict[str, set[str]]
) -> Iterable[Group]:
    """Return the statements on things, each counted once, by what they have alike."""
    several: dict[str, list[str]] = defaultdict(list)
    for name in sorted(things):
        for thing in things[name]:
            several[thing].append(name)
    same: dict[tuple[str, ...], Kinds] = {}
    kinds = {thing: same.setdefault(tuple(names), frozenset(names)) for thing, names in several.items()}
    found: dict[tuple[Any, ...], Group] = {}
    for subject, prop, value in _statements(graph, known):
        is_text = isinstance(value, ox.Literal)
        ranges = (value.datatype.value,) if is_text else classes.get(value.value, ("",))
        sides = kinds.get(subject, NONE), NONE if is_text else kinds.get(value.value, NONE)
        at = (prop, ranges, *sides)
        if at not in found:
            found[at] = Group(classes.get(subject, ("",)), prop, ranges, *sides)
        found[at].add(subject, value)
    return found.values()


def _statements(graph: Graph, known: dict[str, Known]) -> Iterator[tuple[str, str, Any]]:
    seen: set[Any] = set()
    for row in whole._rows(graph, known, ""):
        subject, prop, value = row["s"], row["property"].value, row["o"]
        if prop == whole.TYPE or not subject.value.startswith(whole.THINGS) or (told := (subject, prop, value)) in seen:
            continue
        seen.add(told)
        yield subject.value, prop, value


def _uses(groups: Iterable[Group]) -> list[Use]:
    """Return the uses in some groups, the most frequent first."""
    number: dict[tuple[str, str, str], int] = defaultdict(int)
    first: dict[tuple[str, str, str], tuple[str, Any]] = {}
    for group in groups:
        for used in ((d, group.property, r) for d in group.domains for r in group.ranges):
            number[used] += group.number
            one, other = group.first, first.get(used)
            if other is None or (one[0], str(one[1])) < (other[0], str(other[1])):
                first[used] = one
    found = [Use(*used, statements, first[used]) for used, statements in number.items()]
    return sorted(found, key=lambda use: (-use.statements, use.domain, use.property, use.range))


def _sides(groups: Iterable[Group], name: str) -> list[list[Any]]:
    """Return how many statements of each property go out from the things of a class, and come in."""
    out: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for group in groups:
        out[group.property][0] += group.number * (name in group.subject)
        out[group.property][1] += group.number * (name in group.value)
    return [[short(prop), *numbers] for prop, numbers in sorted(out.items())]


def _axioms(graph: Graph) -> dict[str, dict[str, list[str]]]:
    """Return domain, range and the properties above each property, as the ontology has them."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in select(graph, "term-axioms"):
        named = found[row["x"].value][row["axiom"].value.removeprefix(RDFS)]
        if (value := short(row["y"].value)) not in named:
            named.append(value)
    return {iri: {name: sorted(values) for name, values in told.items()} for iri, told in found.items()}


def _codes(graph: Graph, one: Known) -> list[str]:
    """Return the codes that a property takes."""
    return [short(code.iri) for code in whole._codes(graph, one)]
