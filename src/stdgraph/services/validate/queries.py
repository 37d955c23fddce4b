"""What a query of a shape reads: its patterns, wherever in the query they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

import pyoxigraph as ox

from stdgraph.model.vocabulary import RDF
from stdgraph.services.validate.paths import Path
from stdgraph.storage.patterns import Taken, Unreadable
from stdgraph.storage.tokens import Token


class Pattern(NamedTuple):
    """Subject, path and object: a term, or a text for a variable; no path where the property is a variable.

    `groups` are those in which it stands, the outermost first.
    """

    subject: Any
    path: Path | None
    value: Any
    groups: tuple[int, ...] = ()


@cache
def patterns_of(text: str) -> tuple[Pattern, ...] | None:
    """Return the patterns of a query; None where it cannot be taken apart, or holds another query.

    >>> found = patterns_of("SELECT $this WHERE { $this <x:p>/<x:q> ?v . FILTER NOT EXISTS { ?v ?any $this } }")
    >>> [(subject, path and sorted(path.verbs), value, len(groups)) for subject, path, value, groups in found]
    [('this', ['x:p', 'x:q'], 'v', 1), ('v', None, 'this', 2)]
    """
    taken = Taken(text)
    try:
        return tuple(_patterns(taken))
    except (Unreadable, KeyError, IndexError):
        return None


def _patterns(taken: Taken) -> Iterator[Pattern]:
    prefixes = dict(_prefixes(taken.tokens))
    if sum(token.upper == "SELECT" for token in taken.tokens) > 1:
        raise Unreadable(0, "SELECT")
    groups: list[int] = []
    for at, token in enumerate(taken.tokens):
        if token.text == "{":
            groups.append(at)
            for element in taken.elements(at):
                if element.kind == "triple":
                    yield _Reader(Taken(element.text), prefixes).pattern()._replace(groups=tuple(groups))
        elif token.text == "}":
            groups.pop()


def _prefixes(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    for word, name, iri in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if word.upper == "PREFIX":
            yield name.text, iri.text[1:-1]


class _Reader:
    """Reads one pattern."""

    def __init__(self, taken: Taken, prefixes: Mapping[str, str]) -> None:
        self.taken, self.prefixes, self.at = taken, prefixes, 0

    def pattern(self) -> Pattern:
        """Return the pattern that the text is."""
        subject = self.term()
        if self.taken.kind(self.at) == "var":
            self.at += 1
            path = None
        else:
            path = self.choice()
        return Pattern(subject, path, self.term())

    def term(self) -> Any:
        """Return a term or the name of a variable; "" for a literal, which may be spelt in many ways."""
        token = self.token()
        if token.kind == "var":
            return token.text[1:]
        if token.kind in ("iri", "name"):
            return ox.NamedNode(self.iri(token))
        if token.text in ("[", "("):
            raise Unreadable(self.at, "term")
        return ""

    def token(self) -> Token:
        """Return the next token."""
        self.at += 1
        return self.taken.tokens[self.at - 1]

    def iri(self, token: Token) -> str:
        """Return what an IRI or a name with a prefix stands for."""
        if token.kind == "iri":
            return token.text[1:-1]
        prefix, _, local = token.text.partition(":")
        return self.prefixes[f"{prefix}:"] + local

    def choice(self) -> Path:
        """Return a path: steps, or several ways."""
        found = [self.steps()]
        while self.taken.sign(self.at) == "|":
            self.at += 1
            found.append(self.steps())
        return found[0] if len(found) == 1 else Path("choice", parts=tuple(found))

    def steps(self) -> Path:
        """Return the steps of one way."""
        found = [self.step()]
        while self.taken.sign(self.at) == "/":
            self.at += 1
            found.append(self.step())
        return found[0] if len(found) == 1 else Path("sequence", parts=tuple(found))

    def step(self) -> Path:
        """Return one step, backwards or repeated."""
        token = self.token()
        if token.text == "^":
            return Path("inverse", parts=(self.step(),))
        if token.text == "(":
            found = self.choice()
            self.at += 1
        elif token.text == "a":
            found = Path("verb", RDF + "type")
        elif token.kind in ("iri", "name"):
            found = Path("verb", self.iri(token))
        else:
            raise Unreadable(self.at, "path")
        while self.taken.sign(self.at) in ("*", "+", "?"):
            found = Path(self.token().text, parts=(found,))
        return found
