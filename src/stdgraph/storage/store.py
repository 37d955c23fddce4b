"""The embedded store: compiled once into the user's cache, opened read-only ever after.

A store is a folder named by the hash of what went in. It is built beside its place and renamed into it, so a killed
build or two builds at once never leave a broken one.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from stdgraph import errors
from stdgraph.model.vocabulary import PREFIXES
from stdgraph.storage import names as name_index
from stdgraph.storage import rules
from stdgraph.storage.files import GraphFile, data_files, fingerprint, given_files, ontology_files
from stdgraph.storage.names import Names
from stdgraph.storage.places import cache_folder
from stdgraph.storage.sparql import has_dataset, syntax_error

if TYPE_CHECKING:
    from stdgraph.storage.pack import PackFile

LAYOUT = "3"
"""Raised when what a build writes changes: older folders are then left alone and in time removed."""

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
        try:
            return self.store.query(text, use_default_graph_as_union=not has_dataset(text), prefixes=PREFIXES)
        except SyntaxError as error:
            raise syntax_error(error, text) from None
        except (OSError, RuntimeError, ValueError) as error:
            raise errors.EngineError(detail=f"The store failed: {error}") from None

    def select(self, text: str) -> list[ox.QuerySolution]:
        """Return the rows of a SELECT query."""
        return list(self.query(text))  # type: ignore[arg-type]


def input_files(
    data: Sequence[str | Path] = (),
    extra: Sequence[str | Path] = (),
    packs: Sequence[str] = (),
    on: date | None = None,
) -> list[GraphFile]:
    """Return the files of a graph: the ontology, the curated data (or the files given instead), and those added.

    Of a pack that is the newest snapshot, or the newest not later than a day; none where all are later.

    Raises:
        FileError: a given path cannot be read or holds nothing.
        PackError: there is no such pack.
    """
    parts = pack_files(packs, on) if packs else []
    return [*ontology_files(), *(given_files(data) if data else data_files()), *given_files(extra), *parts]


def pack_files(packs: Sequence[str], on: date | None = None) -> list[GraphFile]:
    """Return the parts of each pack's newest snapshot, or of its newest not later than a day; raises PackError."""
    from stdgraph.storage import pack

    chosen = [pack.newest(name, on) for name in dict.fromkeys(packs)]
    return [part for snapshot in chosen if snapshot for part in snapshot.parts]


def open_store(files: Sequence[GraphFile], say: Callable[[str], None] | None = None) -> tuple[Store, str]:
    """Return the store of the given files, compiled at first use, and a message for the user ("" if all went well).

    Raises:
        FileError, TurtleSyntaxError: an input cannot be read.
    """
    name = fingerprint([*files, *_rule_texts()], LAYOUT, ox.__version__)
    try:
        place = stores_folder() / name
        if not (place / "names.sqlite").exists():
            if say:
                say(f"Compiling {len(files)} files (first use) …")
            shutil.rmtree(place, ignore_errors=True)  # what a damaged store left
            _build_into(place, files)
        return _sound(place, files), ""
    except OSError as error:
        message = f"The cache folder cannot be used ({error}); the graph was compiled in memory this time."
        return build(files, None), message


def stores_folder() -> Path:
    """Return the folder of compiled stores, in the user's cache directory."""
    return cache_folder() / "stores"


def _open(place: Path) -> Store:
    return Store(ox.Store.read_only(str(place / "graph")), Names(place / "names.sqlite"), place)


def _sound(place: Path, files: Sequence[GraphFile]) -> Store:
    """Return an opened store; one that is damaged is made again."""
    try:
        opened = _open(place)
        opened.names.get("")
        opened.store.query("ASK {}")
    except (OSError, RuntimeError, sqlite3.Error):
        shutil.rmtree(place, ignore_errors=True)
        _build_into(place, files)
        return _open(place)
    return opened


def _rule_texts() -> list[GraphFile]:
    return [GraphFile(path, path.stem) for path in rules.rule_files()]


def _build_into(place: Path, files: Sequence[GraphFile]) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    _sweep(place.parent)
    import tempfile

    beside = Path(tempfile.mkdtemp(dir=place.parent, prefix=".building-"))
    try:
        built = build(files, beside)
        built.names.close()
        built.store.flush()
        del built
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


def build(files: Sequence[GraphFile], folder: Path | None) -> Store:
    """Compile files into a store on disk (or in memory): asserted triples, closure, date bounds, links, names."""
    memory = ox.Store()
    for file in files:
        if not file.bulk:
            memory.extend(file.quads())
    bulk: list[PackFile] = [file for file in files if file.bulk]  # type: ignore[misc]
    rules.derive(memory)
    if folder is None:
        built = Store(memory, Names())
        name_index.fill(built.names, built.select)
        for file in bulk:
            _load_in_memory(file, built)
        return built
    names = Names()
    name_index.fill(names, Store(memory, names).select)
    _save(names, folder / "names.sqlite")
    disk = ox.Store(str(folder / "graph"))
    disk.bulk_extend(memory)
    del memory
    if bulk:
        _load(bulk, disk, folder / "names.sqlite")
    disk.optimize()
    return Store(disk, names, folder)


def _load(bulk: Sequence[PackFile], store: ox.Store, index: Path) -> None:
    """Load what is large as it is, for no rule speaks of it; its names come with it, and are indexed meanwhile."""
    from stdgraph.storage import standards

    with standards.indexing(index, [file.names for file in bulk]):
        for file in bulk:
            file.load(store)


def _load_in_memory(file: PackFile, into: Store) -> None:
    from stdgraph.storage import standards

    file.load(into.store)
    standards.fill(into.names.db, [file.names])


def _save(names: Names, path: Path) -> None:
    target = sqlite3.connect(path)
    names.db.backup(target)
    target.close()
