"""The embedded store: kept in the user's cache, opened read-only.

A store is a folder named by the hash of what went in. It is built beside its place and renamed into it, so a killed
build or two builds at once never leave a broken one.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from stdgraph.storage.folders import cache_folder
from stdgraph.storage.limited import Workers
from stdgraph.storage.names import Names
from stdgraph.storage.sparql import run

STALE_SECONDS = 24 * 3600
KEPT_STORES = 6


class Store:
    """Reads a compiled graph: `select`, `ask`, `construct` over the union of all named graphs, and `names`.

    What it returns are pyoxigraph's terms; `names` resolves names to IRIs.
    """

    url = ""

    def __init__(self, store: ox.Store, names: Names, place: Path | None = None) -> None:
        self.store = store
        self.names = names
        self.place = place

    def query(self, text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Return the result of a read-only SPARQL 1.1 query; the prefixes of the project need no declaration.

        It reads all graphs as one, or those that it names itself (FROM, FROM NAMED).

        Raises:
            QuerySyntaxError: with line and column.
        """
        return run(self.store, text)

    @cached_property
    def workers(self) -> Workers:
        """The processes that answer queries of strangers on this graph."""
        return Workers(self.store if self.place is None else str(self.place / "graph"))

    def select(self, text: str) -> list[ox.QuerySolution]:
        """Return the rows of a SELECT query."""
        return list(self.query(text))  # type: ignore[arg-type]


def stores_folder() -> Path:
    """Return the folder of compiled stores, in the user's cache directory."""
    return cache_folder() / "stores"


def kept(name: str, make: Callable[[Path], None]) -> Store:
    """Return the store of a name, made at its first use and again where it is damaged.

    Args:
        name: the hash of what went in.
        make: builds the store into an empty folder, and closes it.

    Raises:
        OSError: the cache folder cannot be used.
    """
    place = stores_folder() / name
    if not is_kept(name):
        shutil.rmtree(place, ignore_errors=True)  # what a damaged store left
        _make(place, make)
    return _sound(place, make)


def is_kept(name: str) -> bool:
    """Tell whether there is a store of that name."""
    return (stores_folder() / name / "names.sqlite").exists()


def _open(place: Path) -> Store:
    return Store(ox.Store.read_only(str(place / "graph")), Names(place / "names.sqlite"), place)


def _sound(place: Path, make: Callable[[Path], None]) -> Store:
    """Return an opened store; one that is damaged is made again."""
    try:
        opened = _open(place)
        opened.names.get("")
        opened.store.query("ASK {}")
    except (OSError, RuntimeError, sqlite3.Error):
        shutil.rmtree(place, ignore_errors=True)
        _make(place, make)
        return _open(place)
    return opened


def _make(place: Path, make: Callable[[Path], None]) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    _sweep(place.parent)
    import tempfile

    beside = Path(tempfile.mkdtemp(dir=place.parent, prefix=".building-"))
    try:
        make(beside)
        with contextlib.suppress(OSError):  # another process was first: its store is as good as ours
            beside.rename(place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _sweep(folder: Path) -> None:
    now = time.time()
    for old in folder.glob(".building-*"):
        if now - old.stat().st_mtime > STALE_SECONDS:
            shutil.rmtree(old, ignore_errors=True)
    stores = sorted((p for p in folder.iterdir() if not p.name.startswith(".")), key=lambda p: p.stat().st_mtime)
    for old in stores[:-KEPT_STORES]:
        if now - old.stat().st_mtime > STALE_SECONDS:
            shutil.rmtree(old, ignore_errors=True)
