"""Compiling: ontology, data and packs become a store with what follows from them, kept in the user's cache."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from stdgraph.errors import ChangedError
from stdgraph.locale import Foreign, Phrase, Text
from stdgraph.storage import names as name_index
from stdgraph.storage.files import GraphFile, content, data_files, fingerprint, given_files, ontology_files
from stdgraph.storage.names import Names
from stdgraph.storage.store import Make, Store, is_kept, kept

if TYPE_CHECKING:
    from stdgraph.packs.snapshots import PackFile

LAYOUT = "3"
"""Raised when what a build writes changes: older folders are then left alone and in time removed."""


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
    from stdgraph.packs import draft, snapshots

    draft.recover()
    chosen = [snapshots.newest(name, on) for name in dict.fromkeys(packs)]
    return [part for snapshot in chosen if snapshot for part in snapshot.parts]


def open_store(files: Sequence[GraphFile], say: Callable[[str], None] | None = None) -> tuple[Store, str]:
    """Return the store of the given files, compiled at first use, and a message for the user ("" if all went well).

    Raises:
        FileError, TurtleSyntaxError: an input cannot be read.
    """
    name = _name(files)
    try:
        if not is_kept(name):
            if say:
                say(Phrase("Compiling {number} files (first use) …", number=len(files)))
            held = [file.held() for file in files]
            name = _name(held)  # one may have been edited just now
            return kept(name, _maker(files, name, held)), ""
        return kept(name, _maker(files, name)), ""
    except OSError as error:
        message = Phrase(
            "The cache folder cannot be used ({detail}); the graph was compiled in memory this time.",
            detail=_reason(error),
        )
        return build(files, None), message


def _rule_texts() -> list[GraphFile]:
    return [GraphFile(path, path.stem) for path in sorted(content("queries", "rules").glob("*.rq"))]


def _name(files: Sequence[GraphFile]) -> str:
    """Return the name of the store of some files: a hash of all that goes into it."""
    return fingerprint([*files, *_rule_texts()], LAYOUT, ox.__version__)


def _reason(error: OSError) -> Text:
    """Return why the cache folder cannot be used."""
    said = error.args[0] if error.args else ""
    return said if isinstance(said, Text) else Foreign(error)


def _maker(files: Sequence[GraphFile], name: str, held: Sequence[GraphFile] = ()) -> Make:
    """Return what builds the store of some files, at first from what was read of them already."""
    read = [held] if held else []

    def make(folder: Path | None) -> Store:
        now = read.pop() if read else [file.held() for file in files]
        if _name(now) != name:
            raise ChangedError
        return build(now, folder)

    return make


def build(files: Sequence[GraphFile], folder: Path | None) -> Store:
    """Compile files into a store on disk (or in memory): asserted triples, closure, date bounds, links, names."""
    from stdgraph.reasoning import rules

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
    names.save(folder / "names.sqlite")
    disk = ox.Store(str(folder / "graph"))
    disk.bulk_extend(memory)
    del memory
    if bulk:
        _load(bulk, disk, folder / "names.sqlite")
    disk.optimize()
    disk.flush()
    names.close()
    return Store(disk, names, folder)


def _load(bulk: Sequence[PackFile], store: ox.Store, names: Path) -> None:
    """Load what is large as it is, for no rule speaks of it; its names come with it, and are indexed meanwhile."""
    from stdgraph.packs import index

    with index.indexing(names, [found for file in bulk if (found := file.checked_names())]):
        for file in bulk:
            file.load(store)


def _load_in_memory(file: PackFile, into: Store) -> None:
    from stdgraph.packs import index

    file.load(into.store)
    if found := file.checked_names():
        index.fill(into.names.db, [found])
