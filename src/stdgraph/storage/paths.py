"""The path of a triple pattern as a tree, and the walk along it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from stdgraph.storage.tokens import Token, pairs

SEQUENCE, ALTERNATIVES, INVERSE, OFTEN, STEP, OTHER = "/", "|", "^", "*", "", "!"


@dataclass(frozen=True)
class Path:
    """A step with its predicate, or what is made of other paths; `sign` says which, `often` is one of `?`, `*`, `+`."""

    sign: str
    parts: tuple[Path, ...] = ()
    predicate: str = ""
    often: str = ""

    @property
    def oftens(self) -> str:
        """How often its parts are walked, one sign behind the other."""
        return self.often + "".join(part.oftens for part in self.parts)


def triple(parts: Sequence[Token]) -> tuple[str, Path, str]:
    """Return the subject, path and object of the tokens of one triple pattern.

    >>> from stdgraph.storage.tokens import tokens
    >>> subject, path, said = triple(tokens("?x a:p/^a:q* 'word'@en"))
    >>> subject, [(part.sign, part.often) for part in path.parts], said
    ('?x', [('', ''), ('^', '')], "'word'@en")
    """
    closed, _ = pairs(parts)
    at = 1
    while at < len(parts):
        while parts[at].text in ("^", "!"):
            at += 1
        at = closed.get(at, at) + 1
        while parts[at].text in ("*", "+", "?") and parts[at].kind == "sign" and at + 1 < len(parts):
            at += 1
        if parts[at].text not in ("/", "|"):
            break
        at += 1
    return parts[0].text, _Reading(parts, closed).path(1, at), "".join(token.text for token in parts[at:])


@dataclass(frozen=True)
class _Reading:
    """Reads paths between two tokens."""

    parts: Sequence[Token]
    closed: dict[int, int]

    def path(self, at: int, end: int) -> Path:
        for sign in (ALTERNATIVES, SEQUENCE):
            between = self._split(at, end, sign)
            if len(between) > 1:
                return Path(sign, tuple(self.path(a, b) for a, b in between))
        return self._step(at, end)

    def _split(self, at: int, end: int, sign: str) -> list[tuple[int, int]]:
        found, begun = [], at
        while at < end:
            if self.parts[at].text == sign:
                found.append((begun, at))
                begun = at + 1
            at = self.closed.get(at, at) + 1
        return [*found, (begun, end)]

    def _step(self, at: int, end: int) -> Path:
        if self.parts[at].text == "^":
            return Path(INVERSE, (self._step(at + 1, end),))
        if (often := self.parts[end - 1].text) in ("*", "+", "?") and end - at > 1:
            return Path(OFTEN, (self._step(at, end - 1),), often=often)
        if self.parts[at].text == "(":
            return self.path(at + 1, end - 1)
        if self.parts[at].text == "!":
            return Path(OTHER)
        return Path(STEP, predicate=self.parts[at].text)


Ends = set[Any] | None
"""Terms, or any."""
Walk = Callable[[Path, Ends, bool], Ends]
"""Makes one step from some terms, forwards or back, and returns where it leads."""


def walked(path: Path, starts: Ends, step: Walk, *, forward: bool = True) -> Ends:
    """Return where a path leads from some terms, every step made by `step`."""
    if path.sign == INVERSE:
        return walked(path.parts[0], starts, step, forward=not forward)
    if path.sign == SEQUENCE:
        for part in path.parts if forward else reversed(path.parts):
            starts = walked(part, starts, step, forward=forward)
        return starts
    if path.sign == ALTERNATIVES:
        ends = [walked(part, starts, step, forward=forward) for part in path.parts]
        return None if any(end is None for end in ends) else set().union(*(end or () for end in ends))
    if path.sign == OFTEN:
        return _often(path, starts, step, forward)
    return step(path, starts, forward)


def _often(path: Path, starts: Ends, step: Walk, forward: bool) -> Ends:
    if starts is None:
        walked(path.parts[0], None, step, forward=forward)
        return None
    seen, new = set(starts), set(starts)
    while new:
        new = (walked(path.parts[0], new, step, forward=forward) or set()) - seen
        seen |= new
        if path.often == "?":
            break
    return seen
