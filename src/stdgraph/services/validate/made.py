"""A change made in a store: the graph before it and after it, and every statement that differs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from stdgraph.matching.marks import Marks, marks_in
from stdgraph.reasoning.bounds import bounds_anew
from stdgraph.services.validate.change import Change
from stdgraph.services.validate.spelled import words_anew, words_in
from stdgraph.services.validate.stored import BOUNDS, asserted, copied, in_memory, marks_of, words_of
from stdgraph.services.validate.texts import is_no_number
from stdgraph.services.validate.values import stored
from stdgraph.storage.files import GraphFile


@dataclass(frozen=True)
class Made:
    """Two stores, the graph before and after a change, and what came and what went."""

    before: ox.Store
    after: ox.Store
    come: Sequence[ox.Quad]
    left: Sequence[ox.Quad]
    marks: Callable[[], Marks]
    """What the things before the change share."""
    numbers: Callable[[], Mapping[str, int]]
    """In how many names each word stood before the change."""

    def words(self) -> Mapping[str, int]:
        """Return in how many names each word stands now."""
        things = dict.fromkeys(q.subject for q in (*self.left, *self.come))
        return words_anew(self.numbers(), self.before, self.after, things)

    @cached_property
    def added(self) -> list[ox.Quad]:
        """The statements that were not there before, as their files write them, and those that are written otherwise now."""
        left = {q.triple for q in self.left}
        return [
            q
            for q in self.come
            if not states(self.before, q) or (stored(q.object) != q.object and q.triple not in left)
        ]

    @cached_property
    def gone(self) -> list[ox.Triple]:
        """The statements that are not there any more."""
        return [q.triple for q in self.left if not states(self.after, q)]

    @cached_property
    def differing(self) -> list[ox.Triple]:
        """All statements that are in one of the stores alone, as stores spell them, computed bounds among them."""
        new = ox.Store()
        new.extend(q for q in self.added if not is_no_number(q.object))
        stated = [*(q.triple for q in new), *self.gone]
        things = dict.fromkeys(t.subject for t in stated)
        old, now = (
            {q.triple for thing in things for q in _bounds(store, thing)} for store in (self.before, self.after)
        )
        return [*dict.fromkeys(stated), *sorted(old ^ now, key=str)]


@contextmanager
def made(files: Sequence[GraphFile], change: Change) -> Iterator[Made]:
    """Give the graph before and after a change; `files` are those of the graph as it was."""
    kept = [file for file in files if file not in change.gone]
    come, left = read(change.new), read(change.gone)
    if any(isinstance(term, ox.BlankNode) for q in left for term in (q.subject, q.object)):
        stay = read(kept)  # what has no name is the same before and after only where it is read once
        before = in_memory([*stay, *left])
        yield Made(before, in_memory([*stay, *come]), come, left, lambda: marks_in(before), lambda: words_in(before))
        return
    base = asserted(files)
    with copied(base) as after:
        graphs = {file.graph for file in change.gone}
        shared = read([file for file in kept if file.graph in graphs])
        for quad in left:
            after.remove(quad)
        after.extend(q for q in (*shared, *come) if not is_no_number(q.object))
        bounds_anew(after, list(dict.fromkeys(q.subject for q in (*left, *come))))
        yield Made(base.store, after, come, left, lambda: marks_of(base), lambda: words_of(base))


def read(files: Iterable[GraphFile]) -> list[ox.Quad]:
    """Return the statements of files as these write them."""
    return [quad for file in files for quad in file.quads()]


def states(store: ox.Store, quad: ox.Quad) -> bool:
    """Tell whether a store has a statement in any graph."""
    return next(store.quads_for_pattern(quad.subject, quad.predicate, quad.object), None) is not None


def _bounds(store: ox.Store, thing: ox.NamedNode | ox.BlankNode) -> Iterator[ox.Quad]:
    return store.quads_for_pattern(thing, None, None, BOUNDS)
