"""The rules that an ontology calls for: one for each of its axioms, and the OWL 2 RL rule that it stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from stdgraph.model.vocabulary import OWL, RDF, RDFS, STDG, XSD
from stdgraph.storage.queries import bound, text_of

Select = Callable[[str], Iterable[Any]]
Pattern = tuple[str, str, str]
"""A triple in SPARQL's notation; a part that begins with `?` is a variable."""

TYPE = f"<{RDF}type>"
SUBCLASS, SUBPROPERTY = f"<{RDFS}subClassOf>", f"<{RDFS}subPropertyOf>"
SAME_CLASS, SAME_PROPERTY = f"<{OWL}equivalentClass>", f"<{OWL}equivalentProperty>"
DOMAIN, RANGE, INVERSE = f"<{RDFS}domain>", f"<{RDFS}range>", f"<{OWL}inverseOf>"
CHAIN = f"<{OWL}propertyChainAxiom>"
SYMMETRIC, TRANSITIVE = f"<{OWL}SymmetricProperty>", f"<{OWL}TransitiveProperty>"
SCHEMA_PROPERTIES = (SUBCLASS, SUBPROPERTY, SAME_CLASS, SAME_PROPERTY, DOMAIN, RANGE)
BUILT_IN = (OWL, RDF, RDFS, XSD)
"""Vocabularies about which nothing is derived."""


@dataclass(frozen=True, order=True)
class Rule:
    """A rule: from the body follows the head. `axioms` are the triples of the ontology that call for it."""

    kind: str
    head: Pattern
    body: tuple[Pattern, ...]
    axioms: tuple[Pattern, ...] = ()

    @property
    def label(self) -> str:
        """The kind and, in short, what the rule concludes."""
        if not self.axioms:
            return self.kind
        name = self.head[2] if self.head[1] == TYPE else self.head[1]
        return f"{self.kind} {name.strip('<>').rsplit('#', 1)[-1].rsplit('/', 1)[-1]}"


def term(pattern: Pattern) -> str:
    """Return what a pattern is about: its property, or for a typing the class."""
    return f"a {pattern[2]}" if pattern[1] == TYPE else pattern[1]


OPEN = {
    "subclass": (SUBCLASS, ("?s", TYPE, "{b}"), ("?s", TYPE, "{a}")),
    "subproperty": (SUBPROPERTY, ("?s", "{b}", "?o"), ("?s", "{a}", "?o")),
    "domain": (DOMAIN, ("?s", TYPE, "{b}"), ("?s", "{a}", "?o")),
    "range": (RANGE, ("?o", TYPE, "{b}"), ("?s", "{a}", "?o")),
}
"""Kind of rule: the property of the axiom `a … b`, what follows, from what."""

BOTH_WAYS = {
    "equivalent class": (SAME_CLASS, ("?s", TYPE, "{b}"), ("?s", TYPE, "{a}")),
    "equivalent property": (SAME_PROPERTY, ("?s", "{b}", "?o"), ("?s", "{a}", "?o")),
    "inverse": (INVERSE, ("?o", "{b}", "?s"), ("?s", "{a}", "?o")),
}

SCHEMA_RULES = (
    Rule("subclass of subclass", ("?a", SUBCLASS, "?c"), (("?a", SUBCLASS, "?b"), ("?b", SUBCLASS, "?c"))),
    Rule(
        "subproperty of subproperty", ("?a", SUBPROPERTY, "?c"), (("?a", SUBPROPERTY, "?b"), ("?b", SUBPROPERTY, "?c"))
    ),
    Rule("domain, wider class", ("?p", DOMAIN, "?c"), (("?p", DOMAIN, "?b"), ("?b", SUBCLASS, "?c"))),
    Rule("domain of subproperty", ("?p", DOMAIN, "?c"), (("?p", SUBPROPERTY, "?q"), ("?q", DOMAIN, "?c"))),
    Rule("range, wider class", ("?p", RANGE, "?c"), (("?p", RANGE, "?b"), ("?b", SUBCLASS, "?c"))),
    Rule("range of subproperty", ("?p", RANGE, "?c"), (("?p", SUBPROPERTY, "?q"), ("?q", RANGE, "?c"))),
    Rule("equivalent is subclass", ("?a", SUBCLASS, "?b"), (("?a", SAME_CLASS, "?b"),)),
    Rule("equivalent is subclass", ("?b", SUBCLASS, "?a"), (("?a", SAME_CLASS, "?b"),)),
    Rule("equivalent is subproperty", ("?a", SUBPROPERTY, "?b"), (("?a", SAME_PROPERTY, "?b"),)),
    Rule("equivalent is subproperty", ("?b", SUBPROPERTY, "?a"), (("?a", SAME_PROPERTY, "?b"),)),
    Rule("subclasses of each other", ("?a", SAME_CLASS, "?b"), (("?a", SUBCLASS, "?b"), ("?b", SUBCLASS, "?a"))),
    Rule(
        "subproperties of each other",
        ("?a", SAME_PROPERTY, "?b"),
        (("?a", SUBPROPERTY, "?b"), ("?b", SUBPROPERTY, "?a")),
    ),
)
"""The semantics of the schema vocabulary (scm-*): what axioms say about axioms."""


def rules_of(select: Select) -> list[Rule]:
    """Return the rules that the axioms of a graph call for, sorted; what they conclude about things, not about terms."""
    return sorted({*_simple(select), *_marked(select), *_chains(select)})


def _pairs(select: Select, predicate: str) -> Iterator[tuple[str, str]]:
    for row in select(bound(text_of("axioms"), p=[predicate.strip("<>")])):
        a, b = str(row["a"]), str(row["b"])
        if not b.startswith(tuple("<" + name for name in BUILT_IN)):
            yield a, b


def _made(kind: str, head: Pattern, body: Pattern, axiom: Pattern, **terms: str) -> Rule:
    return Rule(kind, _filled(head, terms), (_filled(body, terms),), (axiom,))


def _filled(pattern: Pattern, terms: dict[str, str]) -> Pattern:
    s, p, o = (terms.get(part.strip("{}"), part) if part.startswith("{") else part for part in pattern)
    return s, p, o


def _simple(select: Select) -> Iterator[Rule]:
    for kind, (predicate, head, body) in {**OPEN, **BOTH_WAYS}.items():
        for a, b in _pairs(select, predicate):
            yield _made(kind, head, body, (a, predicate, b), a=a, b=b)
            if kind in BOTH_WAYS:
                yield _made(kind, head, body, (a, predicate, b), a=b, b=a)


def _marked(select: Select) -> Iterator[Rule]:
    for p in _properties(select, SYMMETRIC):
        yield Rule("symmetric", ("?o", p, "?s"), (("?s", p, "?o"),), ((p, TYPE, SYMMETRIC),))
    for p in _properties(select, TRANSITIVE):
        yield Rule("transitive", ("?s", p, "?o"), (("?s", p, "?m"), ("?m", p, "?o")), ((p, TYPE, TRANSITIVE),))


def _properties(select: Select, kind: str) -> list[str]:
    rows = select(bound(text_of("properties-of-kind"), kind=[kind.strip("<>")]))
    return [str(row["p"]) for row in rows]


def _chains(select: Select) -> Iterator[Rule]:
    behind = {str(row["n"]): int(row["left"].value) for row in select(text_of("steps-left"))}
    found: dict[tuple[str, str], dict[int, Any]] = {}
    for row in select(text_of("chains")):
        found.setdefault((str(row["p"]), str(row["l"])), {})[-behind[str(row["n"])]] = row
    for (p, head), chain in found.items():
        links = [chain[at] for at in sorted(chain)]
        names = ["?s", *(f"?m{at}" for at in range(1, len(links))), "?o"]
        body = tuple(_link(row, names[at], names[at + 1]) for at, row in enumerate(links))
        yield Rule("chain", ("?s", p, "?o"), body, ((p, CHAIN, head),))


def _link(row: Any, one: str, next_one: str) -> Pattern:
    """Return the pattern that leads from one thing of a chain to the next: a property, or the inverse of one."""
    return (next_one, str(row["back"]), one) if row["back"] else (one, str(row["q"]), next_one)


def reach(rules: Iterable[Rule]) -> tuple[list[Rule], list[Rule]]:
    """Return the rules in two parts: those that feed others or speak of our own terms, and the outermost.

    The outermost conclude on a foreign term of which no axiom says what follows from it (`foaf:Agent`): leaving them
    out loses nothing else.
    """
    rules = list(rules)
    read = {term(pattern) for rule in rules for pattern in rule.body}
    outermost = [term(r.head) not in read and f"<{STDG}" not in term(r.head) for r in rules]
    parts = list(zip(rules, outermost, strict=True))
    return [r for r, is_outer in parts if not is_outer], [r for r, is_outer in parts if is_outer]


def left_out(select: Select) -> list[str]:
    """Return the OWL terms that a graph uses and that no rule here covers: the reference engine knows them."""
    return [row["what"].value for row in select(text_of("terms-left-out"))]


def schema(store: ox.Store) -> ox.Store:
    """Return a small store of the axioms alone, each in its graph."""
    small = ox.Store()
    for predicate in SCHEMA_PROPERTIES:
        small.extend(store.quads_for_pattern(None, ox.NamedNode(predicate.strip("<>")), None))
    return small
