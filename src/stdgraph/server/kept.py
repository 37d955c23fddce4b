"""Answers that are kept: the graph does not change while it is served, so neither do they."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

from stdgraph.model.later import later
from stdgraph.model.light import dataclass, field
from stdgraph.server.done import Done

SHARE = 16
"""An answer that would take more than this share of the room is not kept."""
FICKLE = later(r"(?i)\b(?:NOW|RAND|UUID|STRUUID|BNODE)\b")
"""What makes a query's answer another one each time."""


@dataclass
class Kept:
    """The answers that were asked for last, up to so many bytes."""

    room: int
    answers: OrderedDict[Hashable, Done] = field(default_factory=OrderedDict)
    size: int = 0

    def get(self, key: Hashable) -> Done | None:
        """Return an answer, if it is kept."""
        if (found := self.answers.get(key)) is not None:
            self.answers.move_to_end(key)
        return found

    def put(self, key: Hashable, done: Done) -> None:
        """Keep an answer, and let go of those that were not asked for the longest."""
        if key in self.answers or len(done.body) > self.room // SHARE:
            return
        self.answers[key] = done
        self.size += len(done.body)
        while self.size > self.room:
            _, old = self.answers.popitem(last=False)
            self.size -= len(old.body)


def frozen(value: Any) -> Hashable:
    """Return plain values as a key.

    >>> frozen({"b": [1], "a": {}})
    (('a', ()), ('b', (1,)))
    """
    if isinstance(value, dict):
        return tuple(sorted((name, frozen(one)) for name, one in value.items()))
    return tuple(map(frozen, value)) if isinstance(value, list | tuple) else value


def tag(*parts: object) -> str:
    """Return a strong validator (RFC 9110, 8.8.3) of what is made of these parts."""
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'
