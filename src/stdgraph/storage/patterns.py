"""A query taken apart: its head, and the patterns of its groups one by one, as the text says them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from stdgraph.model.light import dataclass
from stdgraph.storage.tokens import Token, pairs, tokens

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
TERMS = ("iri", "name", "var", "string")
VALUE = re.compile(r"TRUE|FALSE|[+-]?[0-9.]+(E[+-]?[0-9]+)?")


class Unreadable(Exception):  # noqa: N818 (it is told to nobody as it stands)
    """What stands at a token is not what is expected there."""

    def __init__(self, at: int, wanted: str) -> None:
        self.at = at
        self.wanted = wanted
        super().__init__(wanted)


@dataclass(frozen=True)
class Element:
    """One part of a group: `triple`, `filter`, `optional`, `group`, `union`, or another keyword's; and where it begins."""

    kind: str
    text: str
    start: int
    opened: int = -1
    """The token that opens the group inside."""


@dataclass(frozen=True)
class Taken:
    """A query taken apart."""

    text: str

    @cached_property
    def tokens(self) -> list[Token]:
        """Its tokens."""
        return tokens(self.text)

    @cached_property
    def closed(self) -> dict[int, int]:
        """The closing bracket of each opening one."""
        return pairs(self.tokens)[0]

    @cached_property
    def form(self) -> int:
        """The token of SELECT, ASK, CONSTRUCT or DESCRIBE, -1 if there is none."""
        return next((at for at, token in enumerate(self.tokens) if token.upper in FORMS), -1)

    @cached_property
    def prologue(self) -> str:
        """What stands before the form: BASE and PREFIX."""
        return self.text[: self.tokens[self.form].start]

    def where(self, form: int) -> tuple[int, str]:
        """Return the token that opens the WHERE group of a query or subquery, -1 if none, and its FROM clauses."""
        at, dataset = form + 1, ""
        template = self.tokens[form].upper == "CONSTRUCT"
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.upper == "FROM":
                end = at + (2 if self.sign(at + 1) == "NAMED" else 1)
                dataset += f"{self.between(at, end + 1)}\n"
                at = end
            if token.text == "{" and not (template and at == form + 1):
                return at, dataset
            if token.text == "}" or token.upper in FORMS:
                break
            at = self.closed.get(at, at) + 1
        return -1, dataset

    def sign(self, at: int) -> str:
        """Return a sign or, in capitals, a word; nothing for what is neither."""
        if not 0 <= at < len(self.tokens):
            return ""
        token = self.tokens[at]
        return token.text if token.kind == "sign" else token.upper

    def between(self, at: int, end: int) -> str:
        """Return the text from a token up to another, without that one."""
        return self.text[self.tokens[at].start : self.tokens[end - 1].end] if end > at else ""

    def elements(self, opened: int) -> Iterator[Element]:
        """Yield the parts of a group, a triple for each value.

        Raises:
            Unreadable: something stands where it cannot stand, or is not known here (RDF 1.2).
        """
        at, last = opened + 1, self.closed[opened]
        while at < last:
            if self.sign(at) == ".":
                at += 1
                continue
            parts, end = self._element(at)
            yield from parts
            at = end

    def _element(self, at: int) -> tuple[list[Element], int]:
        word = self.sign(at)
        if word == "{":
            end, kind = self.closed[at] + 1, "subselect" if self.sign(at + 1) == "SELECT" else "group"
            while self.sign(end) == "UNION":
                end, kind = self._group(end + 1) + 1, "union"
            return [self._made(kind, at, end, at)], end
        if word in ("FILTER", "BIND"):
            end = self._expression(at + 1, word)
        elif word == "VALUES":
            end = self._group(at + 1, skipped=3) + 1
        elif word in ("OPTIONAL", "MINUS", "GRAPH", "SERVICE", "LATERAL"):
            end = self._group(at + 1, skipped=3) + 1
            opened = next(i for i in range(at, end) if self.sign(i) == "{")
            return [self._made(word.lower(), at, end, opened)], end
        else:
            return self._triples(at)
        return [self._made(word.lower(), at, end)], end

    def _made(self, kind: str, at: int, end: int, opened: int = -1) -> Element:
        return Element(kind, self.between(at, end), self.tokens[at].start, opened)

    def _group(self, at: int, skipped: int = 0) -> int:
        """Return the token that closes the group which begins here, or behind a few tokens."""
        for _ in range(skipped):
            if self.sign(at) == "{":
                break
            at = self.closed.get(at, at) + 1
        if self.sign(at) != "{":
            raise Unreadable(at, "{")
        return self.closed[at]

    def _expression(self, at: int, word: str) -> int:
        """Return the end of what a FILTER or BIND says."""
        while self.sign(at) in ("NOT", "EXISTS"):
            at += 1
            if self.sign(at) == "{":
                return self.closed[at] + 1
        if self.sign(at) != "(":
            if not (word == "FILTER" and self.kind(at) in ("word", "name", "iri") and self.sign(at + 1) == "("):
                raise Unreadable(at, "(")
            at += 1
        return self.closed[at] + 1

    def kind(self, at: int) -> str:
        """Return the kind of a token, nothing behind the last."""
        return self.tokens[at].kind if at < len(self.tokens) else ""

    def _triples(self, at: int) -> tuple[list[Element], int]:
        """Return a triple for each value of a subject; those of a blank node without name stay together."""
        first, found = at, list[Element]()
        nameless = self.sign(at) in ("[", "(")
        at = subject = self._term(at, "subject")
        if self.sign(first) == "[" and (
            self.sign(at) in (".", "}") or (self.kind(at) in ("", "word") and self.sign(at) != "A")
        ):
            return [self._made("triple", first, at)], at
        while True:
            begun = at
            verb = at = self._path(at)
            while True:
                value = at
                at = self._term(at, "object")
                text = f"{self.between(first, subject)} {self.between(begun, verb)} {self.between(value, at)}"
                start = first if not found else begun if verb == value else value
                found.append(Element("triple", text, self.tokens[start].start))
                if self.sign(at) != ",":
                    break
                at += 1
            ended = at
            while self.sign(at) == ";":
                at += 1
            if ended == at or self.sign(at) in (".", "}", "]"):
                break
        if self.kind(at) in TERMS or self.sign(at) in ("(", "["):
            raise Unreadable(at, ".")
        return ([self._made("triple", first, at)] if nameless else found), at

    def _term(self, at: int, wanted: str) -> int:
        """Return the end of a subject or object."""
        if self.sign(at) in ("[", "("):
            return self.closed[at] + 1
        if self.sign(at) in ("+", "-"):
            at += 1
        if self.kind(at) not in TERMS and not VALUE.fullmatch(self.sign(at)):
            raise Unreadable(at, wanted)
        if self.kind(at) == "string":
            if self.sign(at + 1) == "@":
                return at + 3
            if self.sign(at + 1) == self.sign(at + 2) == "^":
                return at + 4
        return at + 1

    def _path(self, at: int) -> int:
        """Return the end of a property or path."""
        while True:
            while self.sign(at) in ("^", "!"):
                at += 1
            if self.sign(at) == "(":
                at = self.closed[at]
            elif self.kind(at) not in ("iri", "name", "var") and self.sign(at) != "A":
                raise Unreadable(at, "predicate")
            at += 1
            while self.sign(at) in ("*", "+", "?"):
                at += 1
            if self.sign(at) not in ("/", "|"):
                return at
            at += 1
