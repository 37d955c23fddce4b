"""How the patterns of a query hang together: from what a statement matches to the things of which the query is asked."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from stdgraph.services.validate.facts import Data
from stdgraph.services.validate.paths import Differing, reads, walked_back
from stdgraph.services.validate.queries import Pattern

Nodes = set[Any]
THIS = "this"
Way = Mapping[str, Pattern]
"""Of each variable the pattern that leads on to `$this`, the nearest way."""


class Apart(Exception):  # noqa: N818 (no error: an answer)
    """Nothing joins a pattern to `$this`: what matches it may touch whatever the query is asked of."""


class Joined:
    """The patterns of a query, and the statements that differ.

    Where a solution holds a statement that differs, all patterns of the same group and of those around it are matched too,
    so `$this` is found along them. A step that is gone as well is itself a statement that differs, nearer to `$this`.
    """

    def __init__(self, data: Data, patterns: Sequence[Pattern], differing: Differing) -> None:
        self.data, self.patterns, self.differing = data, patterns, differing

    def things(self, pattern: Pattern, matching: Sequence[ox.Triple]) -> Nodes:
        """Return the things of which a query may be answered otherwise, since some statements match one of its patterns.

        Raises:
            Apart: any thing may.
        """
        around = [p for p in self.patterns if pattern.groups[: len(p.groups)] == p.groups]
        ends = self._ends(pattern, matching, around)
        if not all(ends.values()):
            return set()
        ways = _ways(around)
        near = min((name for name in ends if name in ways or name == THIS), key=list(ways).index, default=None)
        if near is None:
            raise Apart
        return self._walked(near, ends[near], ways, around)

    def _ends(self, pattern: Pattern, matching: Sequence[ox.Triple], around: Sequence[Pattern]) -> dict[str, Nodes]:
        """Return what the variables of a pattern may be; one of them is empty where nothing matches in truth."""
        subject, path, value, _ = pattern
        if path is None or path.kind == "verb":
            fit = [
                t for t in matching if self._fits(t.subject, subject, around) and self._fits(t.object, value, around)
            ]
            ends = ((subject, {t.subject for t in fit}), (value, {t.object for t in fit}))
        else:
            ends = (
                (subject, reads(self.data, path, self.differing)),
                (value, reads(self.data, path, self.differing, back=True)),
            )
        return {name: nodes for name, nodes in ends if isinstance(name, str) and name} or {"": ends[0][1]}

    def _fits(self, term: Any, wanted: Any, around: Sequence[Pattern]) -> bool:
        """Tell whether a term may stand where a query has a variable or a term: a variable may have to be of some kind."""
        if not isinstance(wanted, str):
            return bool(term == wanted)
        kinds = [p for p in around if p.subject == wanted and p.path and p.path.verb and not isinstance(p.value, str)]
        return all(self._states(term, p.path.verb, p.value) for p in kinds if p.path)

    def _states(self, term: Any, verb: str, value: Any) -> bool:
        """Tell whether something is stated of a term, or was, or is so no more."""
        if value in self.data.objects(term, verb):
            return True
        return any(t.subject == term and t.object == value for t in self.differing.get(verb, ()))

    def _walked(self, name: str, nodes: Nodes, ways: Way, around: Sequence[Pattern]) -> Nodes:
        while name != THIS and nodes:
            subject, path, value, _ = ways[name]
            assert path is not None
            nodes = walked_back(self.data, path, nodes, back=subject == name)
            name = value if subject == name else subject
            nodes = {node for node in nodes if self._fits(node, name, around)}
        return nodes


def _ways(around: Sequence[Pattern]) -> Way:
    """Return of each variable that patterns join to `$this` the first step on the shortest way there, the nearest first."""
    ways: dict[str, Any] = {THIS: None}
    todo = deque([THIS])
    while todo:
        here = todo.popleft()
        for pattern in around:
            ends = pattern.subject, pattern.value
            if pattern.path is None or not all(isinstance(end, str) and end for end in ends) or here not in ends:
                continue
            other = ends[0] if ends[1] == here else ends[1]
            if other not in ways:
                ways[other] = pattern
                todo.append(other)
    return ways
