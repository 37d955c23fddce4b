"""The closure of one transitive property, kept closed while edges come in: each pair is made once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any


class Reach:
    """What each thing reaches by a transitive property, and from where it is reached.

    >>> reach = Reach()
    >>> sorted(pair for edge in (("c", "d"), ("a", "b"), ("b", "c")) for pair in reach.add(*edge))
    [('a', 'b'), ('a', 'c'), ('a', 'd'), ('b', 'c'), ('b', 'd'), ('c', 'd')]
    """

    def __init__(self) -> None:
        self.after: defaultdict[Any, set[Any]] = defaultdict(set)
        self.before: defaultdict[Any, set[Any]] = defaultdict(set)

    def know(self, pairs: Iterable[tuple[Any, Any]]) -> None:
        """Take pairs that are closed already."""
        for start, end in pairs:
            self.after[start].add(end)
            self.before[end].add(start)

    def add(self, start: Any, end: Any) -> Iterator[tuple[Any, Any]]:
        """Add an edge; yield the pairs that are new with it, the edge itself among them."""
        if end in self.after[start]:
            return
        beyond = [end, *self.after[end]]
        for one in [start, *self.before[start]]:
            if end in self.after[one]:
                continue
            for other in beyond:
                if other not in self.after[one]:
                    self.after[one].add(other)
                    self.before[other].add(one)
                    yield one, other
