"""The rule files of `queries/rules/`: their words, what they conclude, what they read, and each way to fulfil them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from stdgraph.model.vocabulary import RDF, RULE
from stdgraph.reasoning.axioms import TYPE, Pattern
from stdgraph.storage.files import read_text
from stdgraph.storage.front import front_matter

TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\n]*)|(?P<iri><[^<>\s]*>)|(?P<string>"[^"]*")|(?P<var>\?\w+)
    |(?P<name>[A-Za-z][\w-]*:[\w-]*)|(?P<word>[A-Za-z]\w*)|(?P<number>\d+)|(?P<mark>&&|\|\||!=|<=|>=|.)""",
    re.VERBOSE | re.DOTALL,
)
ASIDE = {"FILTER", "BIND", "VALUES"}
CLOSING = {"{": "}", "(": ")"}
Branch = tuple[Pattern, ...]
Used = tuple[ox.Triple, ...]


@dataclass(frozen=True)
class LinkRule:
    """A rule file; `path.stem` is its name."""

    path: Path
    text: str

    @property
    def name(self) -> str:
        """The name of the rule, as the file has it."""
        return self.path.stem

    @property
    def iri(self) -> str:
        """The IRI that the links of this rule name as their rule."""
        return RULE + self.name

    @cached_property
    def words(self) -> dict[str, str]:
        """The rule in words, in English and Chinese."""
        front = front_matter(self.text)
        return {"en": str(front["rule"]), "zh": str(front["rule_zh"])}

    @cached_property
    def _parsed(self) -> tuple[tuple[Pattern, ...], tuple[Branch, ...], str]:
        parser = _Parser(self.text)
        (heads,) = parser.after("CONSTRUCT")
        query = re.sub(r"\bCONSTRUCT\b.*?\bWHERE\b", "SELECT * WHERE", self.text, count=1, flags=re.DOTALL)
        return heads, parser.after("WHERE"), query

    def asked_for(self, records: Sequence[str] | None) -> str:
        """Return the query, narrowed to some records on which conclusions rest."""
        if records is None:
            return self.text
        return re.sub(r"\bWHERE\s*\{", lambda m: f"{m[0]} VALUES ?x {{ {' '.join(records)} }}", self.text, count=1)

    @property
    def heads(self) -> tuple[Pattern, ...]:
        """The triples that the rule concludes."""
        return self._parsed[0]

    @property
    def branches(self) -> tuple[Branch, ...]:
        """Each way to fulfil the rule: the triples that must be there (conditions on what must not be left out)."""
        return self._parsed[1]

    @property
    def select(self) -> str:
        """A query for all variables of the rule."""
        return self._parsed[2]

    @cached_property
    def reads(self) -> frozenset[str]:
        """What the rule looks at, also in what must not be: a property, or `a` and a class."""
        iris = re.findall(r"<[^<>\s]*>", " ".join(_Parser(self.text).tokens_after("WHERE")))
        return frozenset(iris) | {f"a {iri}" for iri in iris}

    @cached_property
    def asks_for_any_class(self) -> bool:
        """Whether the rule somewhere looks at a typing without naming the class."""
        tokens = _Parser(self.text).tokens_after("WHERE")
        return any(one == TYPE and two[0] != "<" for one, two in pairwise(tokens))

    @cached_property
    def forbids(self) -> frozenset[str]:
        """What of that the rule looks at may keep it from concluding: all that stands in its conditions."""
        parts = [part for group in _Parser(self.text).conditions() for part in group]
        iris = [part for part in parts if part[0] == "<" and len(part) > 2]
        return frozenset(iris) | {f"a {iri}" for iri in iris}

    @cached_property
    def concludes(self) -> frozenset[str]:
        """The properties and classes of what the rule concludes."""
        return frozenset(f"a {o}" if p == TYPE else p for _, p, o in self.heads)


def link_rule(path: Path) -> LinkRule:
    """Return the rule in a file; raises FileError."""
    return LinkRule(path, read_text(path))


class _Parser:
    """Reads the part of SPARQL that rule files use: groups, UNION, FILTER, BIND, VALUES, `a|b` as predicate."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.names = dict(re.findall(r"PREFIX\s+([\w-]+:)\s*<([^>]*)>", text))
        self.tokens = list(self._tokens(text))
        self.at = 0

    def _tokens(self, text: str) -> Iterator[str]:
        for match in TOKEN.finditer(text):
            if match.lastgroup == "name":
                prefix, _, rest = match[0].partition(":")
                yield f"<{self.names[prefix + ':']}{rest}>"
            elif match.lastgroup != "space":
                yield f"<{RDF}type>" if match[0] == "a" else match[0]

    def tokens_after(self, word: str) -> list[str]:
        """Return what stands between the braces after a word."""
        self.at = self.tokens.index(word) + 1
        start = self.at
        self.skip()
        return self.tokens[start : self.at]

    def after(self, word: str) -> tuple[Branch, ...]:
        """Return the branches of the group after a word."""
        inside = self.tokens_after(word)
        self.at -= len(inside) - 1
        return tuple(tuple(branch) for branch in self.group())

    def conditions(self) -> Iterator[list[str]]:
        """Yield what stands in each FILTER."""
        for start in [at for at, part in enumerate(self.tokens) if part == "FILTER"]:
            self.at = start
            self.aside()
            yield self.tokens[start : self.at]

    def take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1]

    @property
    def next(self) -> str:
        return self.tokens[self.at]

    def skip(self) -> None:
        """Pass a part in braces or parentheses."""
        opened = [CLOSING[self.take()]]
        while opened:
            token = self.take()
            if token in CLOSING:
                opened.append(CLOSING[token])
            elif token == opened[-1]:
                opened.pop()

    def group(self) -> list[list[Pattern]]:
        """Return the branches of a group whose opening brace is passed."""
        branches: list[list[Pattern]] = [[]]
        while self.next != "}":
            if self.next in ASIDE:
                self.aside()
                continue
            if self.next == ".":
                self.take()
                continue
            if self.tokens[self.at : self.at + 2] == ["{", "SELECT"]:
                self.skip()
                continue
            more = self.union() if self.next == "{" else self.triples()
            branches = [one + two for one in branches for two in more]
        self.take()
        return branches

    def union(self) -> list[list[Pattern]]:
        self.take()
        found = self.group()
        while self.next == "UNION":
            self.take()
            self.take()
            found += self.group()
        return found

    def aside(self) -> None:
        """Pass a condition, a value given or computed."""
        self.take()
        while self.next not in CLOSING:
            self.take()
        self.skip()

    def triples(self) -> list[list[Pattern]]:
        """Return the triples of one subject; a choice of predicates makes branches."""
        subject = self.take()
        branches: list[list[Pattern]] = [[]]
        while True:
            verbs = [self.take()]
            while self.next == "|":
                self.take()
                verbs.append(self.take())
            while True:
                value = self.take()
                branches = [[*one, (subject, verb, value)] for one in branches for verb in verbs]
                if self.next != ",":
                    break
                self.take()
            while self.next == ";":
                self.take()
            if self.next in {".", "}", "{"} | ASIDE:
                return branches


def solutions(store: ox.Store, rule: LinkRule, bound: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Used]]:
    """Yield the ways in which a rule is fulfilled with some variables bound: all variables, and the triples used."""
    given = {ox.Variable(name): value for name, value in bound.items() if name != "link"}
    rows: Any = store.query(rule.select, use_default_graph_as_union=True, substitutions=given)
    names = [v.value for v in rows.variables]
    seen = set()
    for row in rows:
        values = {n: row[n] for n in names if row[n] is not None}
        values = bound | values
        for branch in rule.branches:
            if any(part[0] == "?" and part[1:] not in values for pattern in branch for part in pattern):
                continue
            used = tuple(dict.fromkeys(triple_of(pattern, values) for pattern in branch))
            if used not in seen and all(next(store.quads_for_pattern(*parts(t)), None) for t in used):
                seen.add(used)
                yield values, used


def parts(triple: ox.Triple) -> tuple[Any, Any, Any]:
    """Return subject, predicate and object."""
    return triple.subject, triple.predicate, triple.object


def filled_in(pattern: Pattern, values: dict[str, Any]) -> Pattern:
    """Return a pattern with the variables that have a value replaced."""
    s, p, o = (str(values[part[1:]]) if part[0] == "?" and part[1:] in values else part for part in pattern)
    return s, p, o


def triple_of(pattern: Pattern, values: dict[str, Any]) -> ox.Triple:
    """Return a pattern as a triple, its variables filled in."""
    s, p, o = (values[part[1:]] if part[0] == "?" else node(part) for part in pattern)
    return ox.Triple(s, p, o)


@cache
def node(text: str) -> Any:
    """Return a term from its N-Triples form."""
    if text[0] == "<":
        return ox.NamedNode(text[1:-1])
    if text[:2] == "_:":
        return ox.BlankNode(text[2:])
    (quad,) = ox.parse(f"<x:s> <x:p> {text} .", format=ox.RdfFormat.N_TRIPLES)
    return quad.object


def unified(pattern: Pattern, triple: ox.Triple) -> dict[str, Any] | None:
    """Return the values of a pattern's variables with which it is a triple, None if it cannot be."""
    values: dict[str, Any] = {}
    for part, value in zip(pattern, (triple.subject, triple.predicate, triple.object), strict=True):
        if part[0] == "?":
            if values.setdefault(part[1:], value) != value:
                return None
        elif part != str(value):
            return None
    return values
