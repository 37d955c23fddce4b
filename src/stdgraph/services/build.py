"""Compiling: ontology, data and packs become a store with what follows from them, kept in the user's cache."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Collection, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from stdgraph.errors import ChangedError
from stdgraph.locale import Foreign, Phrase, Text, marked
from stdgraph.storage import seals, stamps
from stdgraph.storage.files import (
    GraphFile,
    Later,
    content,
    data_files,
    fingerprint,
    folders_below,
    given_files,
    hashed,
    once,
    ontology_files,
)
from stdgraph.storage.names import Names
from stdgraph.storage.naming import known_name, name_of
from stdgraph.storage.store import Make, Store, is_kept, kept, stores_folder

if TYPE_CHECKING:
    from stdgraph.packs.snapshots import PackFile

LEFT_OUT = "left-out.txt"
"""The file of a compiled store that notes how many statements were left out, and where the first ones stand."""
INDEX, NAMED = "names.sqlite", "names.txt"
"""The index of names of a compiled store, and what tells of which names it was made, without those of packs."""
MANY, TOLD = 100, 3
"""So many places are looked for, and so many of them told."""

LAYOUT = "7"
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


Opened = tuple[Store, str, Sequence[GraphFile]]
"""A store, a message for the user, and the files."""


def opened(
    data: Sequence[str | Path] = (),
    extra: Sequence[str | Path] = (),
    packs: Sequence[str] = (),
    on: date | None = None,
    say: Callable[[str], None] | None = None,
) -> Opened:
    """Return what `open_store` does of the files that `input_files` finds, and these files; raises as both do."""
    if not (data or extra or packs):
        return _packaged_opened(say)
    files = input_files(data, extra, packs, on, say)
    return *open_store(files, say), files


def _packaged_opened(say: Callable[[str], None] | None) -> Opened:
    """Return the packaged graph; where its files are as they were, none of them is read."""
    told = stamps.unchanged(*_packaged())
    if told and is_kept(told):
        with contextlib.suppress(OSError):  # told by what follows
            files = Later(input_files)
            store = kept(told, _maker(files, told))
            return store, left_out_of(store), files
    before = stamps.taken(_packaged_places())
    files = Later(input_files)
    store, message = open_store(files, say)
    if store.place and before.keys() >= {str(file.path) for file in files}:
        stamps.keep(*_packaged(), store.place.name, before)
    return store, message, files


def _packaged() -> tuple[str, str]:
    """Return what the stamps of the packaged graph are kept for: this copy of it, and how it is compiled."""
    return "packaged", f"{LAYOUT} {ox.__version__} {content()}"


def _packaged_places() -> list[str]:
    """Return the folders and files of which the packaged graph is compiled."""
    folders = [content("ontology"), content("data", "ttl"), content("queries", "rules"), content("queries", "reasons")]
    files = [file.path for file in [*input_files(), *_rule_texts()]]
    return [str(place) for place in [*(below for folder in folders for below in folders_below(folder)), *files]]


def pack_files(packs: Sequence[str], on: date | None = None, *, first: bool = False) -> list[GraphFile]:
    """Return the parts of each pack's newest snapshot, or of its newest not later than a day; raises PackError.

    Where all are later, a pack has none, or with `first` its first snapshot.
    """
    from stdgraph.packs import draft, snapshots

    draft.recover()
    chosen = [snapshots.newest(name, on) or (first and snapshots.snapshots(name)[0]) for name in dict.fromkeys(packs)]
    return [part for snapshot in chosen if snapshot for part in snapshot.parts]


def open_store(files: Sequence[GraphFile], say: Callable[[str], None] | None = None) -> tuple[Store, str]:
    """Return the store of the given files, compiled at first use, and a message for the user ("" if all went well).

    Raises:
        FileError, TurtleSyntaxError: an input cannot be read.
    """
    try:
        name = known_name(files, *_version())
        if name is None or not _is_kept_of(name, files):
            held = [file.held() for file in files]
            name = _name(held)
            if say and not is_kept(name):
                say(Phrase("Compiling {number} files (first use) …", number=len(files)))
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
    """Return the name of the store of some files: a hash of all that goes into it.

    Where some statements are left out, it is told in which lines they stand: then the content counts.
    """
    name = name_of(files, *_version())
    if is_kept(name) and not _is_kept_of(name, files):
        return hashed([], name, fingerprint(files))
    return name


def _version() -> tuple[str, str, str]:
    """Return what makes another store of the same files."""
    return LAYOUT, ox.__version__, fingerprint(_rule_texts())


def _is_kept_of(name: str, files: Sequence[GraphFile]) -> bool:
    """Tell whether there is a store of a name, which tells the lines of these files, if any."""
    noted = stores_folder() / name / LEFT_OUT
    if not noted.is_file():
        return is_kept(name)
    return is_kept(name) and noted.read_text("utf-8").partition("\n")[0].endswith(fingerprint(files))


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
    first, *places = noted.read_text("utf-8").splitlines()
    number = first.partition(" ")[0]
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
        lines = [
            f"{len(found)} {fingerprint(files)}",
            *(str(place) for place in told[:TOLD]),
            *("…" for _ in found[TOLD : TOLD + 1]),
        ]
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
    from stdgraph.storage import parts

    if folder and (amended := _amended(files, folder)):
        return amended
    memory = ox.Store()
    for file in files:
        if not file.bulk:
            file.add_to(memory)
    _leave_out(memory, files, folder)
    bulk: list[PackFile] = [file for file in files if file.bulk]  # type: ignore[misc]
    rules.derive(memory)
    if folder is None:
        built = Store(memory, Names())
        name_index.fill(built.names, built.select)
        for file in bulk:
            _load_in_memory(file, built)
        return built
    _index(memory, folder, alone=not bulk)
    disk = ox.Store(str(folder / "graph"))
    disk.bulk_extend(memory)
    del memory
    if bulk:
        _load(bulk, disk, folder / INDEX)
    elif not (folder / LEFT_OUT).exists():
        parts.note(files, folder, 0, *_version())
    disk.optimize()
    disk.flush()
    return Store(disk, Names(folder / INDEX), folder)


def _amended(files: Sequence[GraphFile], folder: Path) -> Store | None:
    """Make a store of another one that differs in few files; None where none is near, or what changed reaches too far."""
    from stdgraph.storage import parts

    if not (base := parts.nearest(files, *_version())):
        return None
    with contextlib.suppress(OSError):  # the other store may be removed meanwhile, or damaged
        seals.copy(base.folder, folder)
        os.utime(base.folder)  # so it stays, and the next edit of the same file starts from it too
        if _amend(folder, files, base.changed):
            parts.note(files, folder, base.amended + 1, *_version())
            return Store(ox.Store(str(folder / "graph")), Names(folder / INDEX), folder)
    _empty(folder)
    return None


def _amend(folder: Path, files: Sequence[GraphFile], changed: Collection[str]) -> bool:
    """Bring the copy of a store up to date; tell whether that could be done."""
    from stdgraph.reasoning.amending import Amending
    from stdgraph.storage import reindexing

    disk = ox.Store(str(folder / "graph"))
    work = Amending(disk, files)
    if not work.amend(changed):
        return False
    select, index = Store(disk, Names()).select, folder / INDEX
    if things := reindexing.touched(disk, select, index, [quad.triple for quad in work.changed]):
        (folder / NAMED).unlink(missing_ok=True)
        if not reindexing.amend(index, select, things):
            index.unlink()
            _index(disk, folder, alone=True)
    disk.flush()
    return True


def _empty(folder: Path) -> None:
    import shutil

    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _index(store: ox.Store, folder: Path, *, alone: bool) -> None:
    """Index the names of a graph; the index of another store in which the same things bear the same names is copied."""
    from stdgraph.storage import indexing as name_index

    names = Names()
    found = name_index.named(Store(store, names).select)
    of = f"{LAYOUT} {found.digest()}"
    if not _copied(of, folder / INDEX):
        name_index.enter(names, found)
        names.save(folder / INDEX)
    names.close()
    if alone:
        (folder / NAMED).write_text(of, "utf-8")


def _copied(of: str, to: Path) -> bool:
    """Copy the index of a whole store that was made of the same names, and tell whether there was one."""
    import shutil

    for noted in sorted(stores_folder().glob(f"*/{NAMED}")):
        with contextlib.suppress(OSError):  # it may be removed meanwhile
            if noted.read_text("utf-8") == of and not seals.is_damaged(noted.parent):
                shutil.copyfile(noted.with_name(INDEX), to)
                return True
    return False


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
