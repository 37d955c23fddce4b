"""What files assert, compiled once and kept; and a copy of it in which a change is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from stdgraph.errors import ChangedError
from stdgraph.matching.marks import FILE, Marks, marks_in
from stdgraph.model.vocabulary import DERIVED, DERIVED_BOUNDS, RDF
from stdgraph.reasoning.bounds import add_bounds
from stdgraph.services.validate.spelled import words_in
from stdgraph.services.validate.texts import is_no_number
from stdgraph.storage import quick
from stdgraph.storage.beside import beside
from stdgraph.storage.files import GraphFile, fingerprint
from stdgraph.storage.names import Names
from stdgraph.storage.store import Store, kept

BOUNDS = ox.NamedNode(DERIVED_BOUNDS)
TYPE = ox.NamedNode(RDF + "type")
LAYOUT = "asserted 3"
"""Raised when what is compiled changes."""
WORDS = "words"
"""The file that tells in how many names each word stands."""


def asserted(files: Sequence[GraphFile]) -> Store:
    """Return the store of what files assert and of the bounds of its dates, compiled at first use.

    Nothing is derived and of names only marks are kept, so an edit of a file takes little to compile.

    Raises:
        FileError, TurtleSyntaxError: a file cannot be read.
    """
    name = _name(files)

    def make(folder: Path | None) -> Store:
        held = [file.held() for file in files]
        if _name(held) != name:
            raise ChangedError
        return _built(held, folder)

    try:
        return kept(name, make)
    except OSError:  # the cache folder cannot be used
        return _built(files, None)


def _name(files: Sequence[GraphFile]) -> str:
    return fingerprint(files, LAYOUT, ox.__version__)


def _built(files: Sequence[GraphFile], folder: Path | None) -> Store:
    memory = in_memory(quad for file in files if not file.bulk for quad in file.quads())
    store = memory if folder is None else ox.Store(str(folder / "graph"))
    if folder:
        store.bulk_extend(memory)
    for file in files:
        if file.bulk:
            file.load(store)  # type: ignore[attr-defined]  # a part of a pack
    if any(file.bulk for file in files):
        add_bounds(store)
    names = Names()
    if folder:
        store.optimize()
        store.flush()
        names.save(folder / "names.sqlite")
        marks_in(store).save(folder / FILE)
        quick.keep(folder / WORDS, words_in(store))
    return Store(store, names, folder)


def marks_of(base: Store) -> Marks:
    """Return what the things of a compiled store share, as it was kept beside it."""
    return Marks(base.place / FILE) if base.place else marks_in(base.store)


def words_of(base: Store) -> Mapping[str, int]:
    """Return in the names of how many things of a compiled store each word stands, as it was kept beside it."""
    found = quick.recall(base.place / WORDS) if base.place else None
    return found if isinstance(found, dict) else words_in(base.store)


def in_memory(quads: Iterable[ox.Quad]) -> ox.Store:
    """Return a store of statements and of the bounds of their dates, without numbers that are none."""
    return filled(quad for quad in quads if not is_no_number(quad.object))


def filled(quads: Iterable[ox.Quad]) -> ox.Store:
    """Return a store of statements, among which are no numbers that are none, and of the bounds of their dates."""
    store = ox.Store()
    store.extend(quads)
    add_bounds(store)
    return store


@contextmanager
def copied(base: Store) -> Iterator[ox.Store]:
    """Give a copy of a store that can be written, removed in the end; on disk the files are shared, and it takes no time."""
    if base.place is None:
        copy = ox.Store()
        copy.bulk_extend(base.store)
        yield copy
        return
    with beside(base.place.parent, ".checking-") as folder:
        base.store.backup(str(folder / "graph"))
        yield ox.Store(str(folder / "graph"))


class Statements(Sequence[ox.Quad]):
    """What a graph states: looked up in its store, and read one by one from its files where that is asked for.

    After a change classes are those that things have now, and in use is what was before. `words`, where it is known, tells in
    the names of how many things each word stands.
    """

    def __init__(
        self,
        store: ox.Store,
        read: Callable[[], Iterable[ox.Quad]],
        *,
        before: ox.Store | None = None,
        words: Callable[[], Mapping[str, int]] | None = None,
    ) -> None:
        self.store = store
        self.before = before or store
        self.words = words
        self._read = read

    @cached_property
    def all(self) -> list[ox.Quad]:
        """All statements."""
        return list(self._read())

    def classes(self, thing: Any) -> frozenset[Any]:
        """Return the classes of a thing; a text has none."""
        if isinstance(thing, ox.Literal):
            return frozenset()
        found = self.store.quads_for_pattern(thing, TYPE, None)
        return frozenset(q.object for q in found if getattr(q.graph_name, "value", "") not in DERIVED)

    def uses(self, term: Any) -> bool:
        """Tell whether a term stood anywhere in a statement."""
        patterns = (term, None, None), (None, term, None), (None, None, term)
        return any(next(self.before.quads_for_pattern(*pattern), None) for pattern in patterns)

    def __iter__(self) -> Iterator[ox.Quad]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    def __getitem__(self, at: Any) -> Any:
        return self.all[at]
