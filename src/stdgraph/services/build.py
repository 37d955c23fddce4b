"""Compiling: ontology, data and packs become a store with what follows from them, kept in the user's cache."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from stdgraph.errors import ChangedError
from stdgraph.locale import Foreign, Phrase, Text, marked
from stdgraph.storage.files import GraphFile, content, data_files, fingerprint, given_files, once, ontology_files
from stdgraph.storage.names import Names
from stdgraph.storage.store import Make, Store, is_kept, kept

if TYPE_CHECKING:
    from stdgraph.packs.snapshots import PackFile

LEFT_OUT = "left-out.txt"
"""The file of a compiled store that notes how many statements were left out, and where the first ones stand."""
MANY, TOLD = 100, 3
"""So many places are looked for, and so many of them told."""

LAYOUT = "5"
"""Raised when what a build writes changes: older folders are then left alone and in time removed."""


def input_files(
    data: Sequence[str | Path] = (),
    extra: Sequence[str | Path] = (),
    packs: Sequence[str] = (),
    on: date | None = None,
    say: Callable[[str], None] | None = None,
) -> list[GraphFile]:
    """Return the files of a graph, each once: the ontology, the curated data (or those given instead), those added.

    Of a pack that is the newest snapshot, or the newest not later than a day; none where all are later.

    Raises:
        FileError: a given path cannot be read or holds nothing.
        PackError: there is no such pack.
    """
    parts = pack_files(packs, on) if packs else []
    own = given_files(data, say) if data else data_files()
    return [*once([*ontology_files(), *own, *given_files(extra, say)]), *parts]


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
            store = kept(name, _maker(files, name, held))
        else:
            store = kept(name, _maker(files, name))
        return store, left_out_of(store)
    except OSError as error:
        message = Phrase(
            "The cache folder cannot be used ({detail}); the graph was compiled in memory this time.",
            detail=_reason(error),
        )
        return build(files, None), message


def _rule_texts() -> list[GraphFile]:
    folders = (content("queries", name) for name in ("rules", "reasons"))
    return [GraphFile(path, path.stem) for folder in folders for path in sorted(folder.glob("*.rq"))]


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


def left_out_of(store: Store) -> str:
    """Return what the user should know of statements that a compiled store leaves out, "" if there are none."""
    noted = store.place / LEFT_OUT if store.place else None
    if noted is None or not noted.is_file():
        return ""
    number, *places = noted.read_text("utf-8").splitlines()
    one = marked("1 statement that validation refuses was left out: {places}. `stdgraph validate` tells what is wrong.")
    more = marked(
        "{number} statements that validation refuses were left out: {places}. `stdgraph validate` tells what is wrong."
    )
    message = one if int(number) == 1 else more
    return Phrase(message, number=number, places=", ".join(places))


def _leave_out(store: ox.Store, files: Sequence[GraphFile], folder: Path | None) -> None:
    """Take out of a store what no code can use, and note how much that is and where it stands first."""
    from stdgraph.storage.lines import places
    from stdgraph.storage.misfits import misfits

    if not (found := misfits(store)):
        return
    if folder:
        told = sorted(places(store, files, found[:MANY]).values())
        lines = [str(len(found)), *(str(place) for place in told[:TOLD]), *("…" for _ in found[TOLD : TOLD + 1])]
        (folder / LEFT_OUT).write_text("\n".join(lines), "utf-8")
    for triple in found:
        for quad in list(store.quads_for_pattern(triple.subject, triple.predicate, triple.object)):
            store.remove(quad)


def build(files: Sequence[GraphFile], folder: Path | None) -> Store:
    """Compile files into a store on disk (or in memory): asserted triples, closure, date bounds, links, names.

    Statements whose values are of a kind that their property cannot have are left out, so that no reader meets them.
    """
    from stdgraph.reasoning import rules
    from stdgraph.storage import indexing as name_index

    memory = ox.Store()
    for file in files:
        if not file.bulk:
            memory.extend(file.quads())
    _leave_out(memory, files, folder)
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
