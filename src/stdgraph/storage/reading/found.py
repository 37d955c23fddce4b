"""What the reader of Turtle found: triples, blocks, comments and faults, each with its place."""

from __future__ import annotations

from typing import NamedTuple

import pyoxigraph as ox

from stdgraph.errors import TurtleSyntaxError
from stdgraph.locale import Phrase
from stdgraph.storage.reading.tokens import Token

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Span = tuple[int, int]


class Stated(NamedTuple):
    """A triple, and where its subject, predicate and object stand in the text."""

    triple: ox.Triple
    subject: Span
    predicate: Span
    object: Span


class Fault(NamedTuple):
    """What is wrong with a text, and where."""

    at: int
    words: Phrase


class Block(NamedTuple):
    """A statement: its subject, and where it begins and ends, the full stop included."""

    subject: Term | None
    start: int
    end: int


class Reading:
    """What a Turtle text says: `stated` triples, `blocks`, `comments`, `prefixes` and `faults` by place.

    `head` is where the directives before the first block end.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.stated: list[Stated] = []
        self.blocks: list[Block] = []
        self.comments: list[Token] = []
        self.prefixes: dict[str, str] = {}
        self.head = 0
        self.faults: list[Fault] = []

    def place(self, at: int) -> tuple[int, int]:
        """Return line and column of a place in the text, from 1; lines end as Turtle has them."""
        before = self.text[:at].replace("\r\n", "\n").replace("\r", "\n")
        return before.count("\n") + 1, len(before) - before.rfind("\n")

    def errors(self, path: str = "-") -> list[TurtleSyntaxError]:
        """Return the faults as errors, each with line and column."""
        return [
            TurtleSyntaxError(path=path, line=line, column=column, detail=fault.words)
            for fault in self.faults
            for line, column in [self.place(fault.at)]
        ]
