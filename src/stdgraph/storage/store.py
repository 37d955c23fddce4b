"""The embedded store: kept in the user's cache, opened read-only, made again where it is damaged.

A store is a folder named by the hash of what went in. It is built beside its place, sealed, and renamed into it, so a
killed build or two builds at once never leave a broken one. A failure while it is read throws away nothing by itself: only
what the seal proves to be damaged is made again.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pyoxigraph as ox

from stdgraph import errors
from stdgraph.locale import Foreign, Phrase, marked
from stdgraph.storage import seals
from stdgraph.storage.beside import Use, beside, in_use
from stdgraph.storage.folders import cache_folder, make_folder, trust
from stdgraph.storage.names import Names
from stdgraph.storage.ordering import ordered
from stdgraph.storage.rows import FAULTS, failed
from stdgraph.storage.solutions import Solutions, Triples
from stdgraph.storage.sparql import run

if TYPE_CHECKING:
    from stdgraph.storage.limited import Workers

KEPT_STORES = 6
"""So many stay in the cache: each edit of a file makes one, of 15 MB, with a large register of 500."""

T = TypeVar("T")
Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples | Solutions | Triples
Told = dict[tuple[tuple[str, ...], str], tuple[tuple[Any, ...], ...]]
"""The texts in the rows of a query about a thing, by the names of the query and its variables, and of the thing."""

Make = Callable[[Path | None], "Store"]
"""Builds a store into an empty folder, or in memory."""


class Store:
    """Reads a compiled graph: `select`, `ask`, `construct` over the union of all named graphs, and `names`.

    What it returns are pyoxigraph's terms; `names` resolves names to IRIs. `again`, where there is one, opens the store anew
    after a read has failed, made again if it is damaged. `told` keeps what was read of each thing; a store that is none of the
    cache, which may still be written, keeps nothing.
    """

    url = ""

    def __init__(
        self, store: ox.Store, names: Names, place: Path | None = None, again: Callable[[], Store] | None = None
    ) -> None:
        self.store = store
        self.names = names
        self.place = place
        self.again = again
        self.told: Told | None = {} if place else None
        self._is_held = False
        self._opened_as = seals.identity(place) if place else None
        self._use: Use | None = None
        if again:
            names.mend = self._mend

    @property
    def name(self) -> str:
        """The hash of what went in; "" of a store that is none of the cache."""
        return self.place.name if self.place else ""

    def hold(self) -> None:
        """Hold the graph in memory: from now on it is read there, and its files are not looked at.

        Queries of strangers, which run in processes of their own, still read the files; a failure of the index of names
        opens the graph anew from them.

        Raises:
            EngineError: the files cannot be read.
        """
        if self.place and not self._is_held:
            self.store, self._is_held = self.steady(self._loaded), True

    def _loaded(self) -> ox.Store:
        memory = ox.Store()
        memory.bulk_extend(self.store)
        return memory

    def query(self, text: str) -> Result:
        """Return the result of a read-only SPARQL 1.1 query; the prefixes of the project need no declaration.

        It reads all graphs as one, or those that it names itself (FROM, FROM NAMED).

        Raises:
            QuerySyntaxError: with line and column.
            EngineError: the engine failed.
        """
        found: Result = self.steady(lambda: self._query(text))
        if self.again is None or isinstance(found, ox.QueryBoolean):
            return found
        first = [found]
        kind = Solutions if isinstance(found, ox.QuerySolutions) else Triples
        return kind(
            found, lambda work: self.steady(lambda: work(first.pop() if first else self._query(text))), self._late
        )

    def select(self, text: str) -> list[ox.QuerySolution]:
        """Return the rows of a SELECT query."""
        return self.steady(lambda: ordered(self._query, text))

    def quads(self, graph: str) -> list[ox.Quad]:
        """Return the quads of a named graph."""
        return self.steady(lambda: list(self.store.quads_for_pattern(None, None, None, ox.NamedNode(graph))))

    def steady(self, work: Callable[[], T]) -> T:
        """Return what some reading gives; where it fails, the store is opened anew and the work done once more.

        Raises:
            EngineError: it failed again.
        """
        try:
            self._look()
            return work()
        except RecursionError:
            raise
        except FAULTS as error:
            self._mend(error)
        try:
            self._look()
            return work()
        except FAULTS as error:
            raise self._fault(error) from None

    def _look(self) -> None:
        """Look whether the files are those that were opened, and whole: on damaged ones the engine may read for ever."""
        if self._is_held or not (self.again and self.place):
            return
        if seals.identity(self.place) != self._opened_as or not seals.is_whole(self.place):
            raise RuntimeError("the store is damaged, or another one by now")

    def _query(self, text: str) -> Any:
        return run(self.store, text)

    @cached_property
    def workers(self) -> Workers:
        """The processes that answer queries of strangers on this graph."""
        from stdgraph.storage.limited import Workers

        return Workers(self.store if self.place is None else str(self.place / "graph"))

    def _mend(self, error: Exception) -> None:
        """Open the store anew after a failure; raises EngineError where that cannot be done."""
        if self.again is None:
            raise self._fault(error) from None
        try:
            fresh = self.again()
        except FAULTS as second:
            raise self._fault(second) from None
        self.store, self._opened_as, self._use = fresh.store, fresh._opened_as, fresh._use
        self._is_held = False
        self.told = {} if self.place else None
        self.names.adopt(fresh.names)

    def _late(self, error: Exception) -> errors.EngineError:
        """Open the store anew after a failure behind rows that were given out, and return what to tell of it."""
        self._mend(error)
        message = marked("The store failed while it was read ({detail}), and was opened anew. Ask again.")
        return errors.EngineError(detail=Phrase(message, detail=Foreign(error)))

    def _fault(self, error: Exception) -> errors.EngineError:
        """Return the error that says why the store cannot be read."""
        with contextlib.suppress(OSError):
            if self.again and self.place and seals.is_damaged(self.place):
                return errors.DamagedError(path=self.place)
        return failed(error)


def stores_folder() -> Path:
    """Return the folder of compiled stores, in the user's cache directory."""
    return cache_folder() / "stores"


def kept(name: str, make: Make) -> Store:
    """Return the store of a name, made at its first use and again where it is damaged.

    Args:
        name: the hash of what went in.
        make: builds the store into an empty folder, and closes it; or in memory.

    Raises:
        OSError: the cache folder cannot be used, or belongs to somebody else.
    """
    place = stores_folder() / name
    trust(cache_folder(), place.parent, place)
    if not seals.is_whole(place):
        _make(place, make)
    with contextlib.suppress(OSError):
        os.utime(place)  # of many stores those that are used stay
    process = os.getpid()

    def again() -> Store:
        if not seals.is_damaged(place):
            return _opened(place)
        if os.getpid() != process:  # a fork has none of the threads that write a store
            _discard(place)
            return make(None)
        _make(place, make)
        return _opened(place)

    try:
        return _opened(place, again)
    except FAULTS as error:
        return _reopened(error, again)


def _reopened(error: Exception, again: Callable[[], Store]) -> Store:
    """Return a store that could not be opened at first."""
    try:
        fresh = again()
    except FAULTS as second:
        raise OSError(str(second)) from error
    store = Store(fresh.store, fresh.names, fresh.place, again)
    store._use = fresh._use
    return store


def at(place: Path) -> Store:
    """Return the store in a folder, as another process has made it."""
    return _opened(place)


def write(store: Store, place: Path) -> None:
    """Write a store that is held in memory only into an empty folder; raises OSError."""
    kept_store = ox.Store(str(place / "graph"))
    kept_store.bulk_extend(store.store)
    store.names.save(place / "names.sqlite")


def is_kept(name: str) -> bool:
    """Tell whether there is a store of that name."""
    return (stores_folder() / name / seals.SEAL).exists()


def _opened(place: Path, again: Callable[[], Store] | None = None) -> Store:
    store = Store(ox.Store.read_only(str(place / "graph")), Names(place / "names.sqlite"), place, again)
    store._use = Use(place / seals.SEAL)
    return store


def _make(place: Path, make: Make) -> None:
    """Build a store, and put it into its place, from which a damaged one is removed."""
    make_folder(place.parent)
    _sweep(place.parent)
    with beside(place.parent, ".building-") as folder:
        built = folder / place.name
        built.mkdir(mode=0o700)
        make(built)
        seals.seal(built)
        if place.exists() and seals.is_damaged(place):
            place.rename(folder / "damaged")
        with contextlib.suppress(OSError):  # another process was first: its store is as good as ours
            built.rename(place)


def _discard(place: Path) -> None:
    """Remove a damaged store at one stroke, so that half of one is never there."""
    with contextlib.suppress(OSError), beside(place.parent, ".building-") as folder:
        place.rename(folder / "damaged")


def _sweep(folder: Path) -> None:
    """Remove the stores that were opened longest ago, to make room for a new one; those that are open stay."""
    import shutil

    stores = sorted((p for p in folder.iterdir() if not p.name.startswith(".")), key=lambda p: p.stat().st_mtime)
    for old in stores[: 1 - KEPT_STORES]:
        if not in_use(old / seals.SEAL):
            shutil.rmtree(old, ignore_errors=True)
