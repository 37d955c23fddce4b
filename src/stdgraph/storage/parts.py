"""The parts of a compiled store: what each of its graphs was read from, so that an edit of few starts from the nearest store."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from stdgraph.model.light import dataclass
from stdgraph.model.vocabulary import GRAPH
from stdgraph.storage import seals
from stdgraph.storage.files import FORMATS, PLAIN, GraphFile, hashed
from stdgraph.storage.naming import meanings
from stdgraph.storage.store import stores_folder

NOTE = "parts.txt"
"""The file of a compiled store that tells its version, how often it was amended, and the hash of each graph."""
MOST, OFTEN = 8, 16
"""So many graphs may be others, and so often a store is amended before one is compiled from scratch again."""
SHARE = 4
"""What is other may be one in so many bytes."""


@dataclass(frozen=True)
class Base:
    """A compiled store that is near the one that is wanted: its folder, how often it was amended, the graphs that differ."""

    folder: Path
    amended: int
    changed: frozenset[str]


def note(files: Sequence[GraphFile], folder: Path, amended: int, *version: str) -> None:
    """Note in a compiled store what it was made of; nothing where it cannot be amended."""
    if parts := _parts(files):
        lines = [" ".join(version), str(amended), *(f"{of} {graph}" for graph, of in sorted(parts.items()))]
        (folder / NOTE).write_text("\n".join(lines), "utf-8")


def nearest(files: Sequence[GraphFile], *version: str) -> Base | None:
    """Return the kept store from which the store of some files is quickest made; None where none is near."""
    parts = _parts(files)
    found = [base for base in _bases(" ".join(version), parts) if _is_near(base, files)] if parts else []
    return min(found, key=lambda base: (len(base.changed), base.amended, base.folder.name), default=None)


def _parts(files: Sequence[GraphFile]) -> dict[str, str]:
    """Return the hash of each graph; none where one is not read from files that say only what is in that graph."""
    if any(file.bulk or FORMATS.get(file.path.suffix.lower()) not in PLAIN for file in files):
        return {}
    said: dict[str, list[tuple[str, bytes]]] = {}
    for file, meaning in zip(files, meanings(files), strict=True):
        said.setdefault(file.graph, []).append((file.graph, meaning))
    return {graph: hashed(sorted(found)) for graph, found in said.items()}


def _bases(version: str, parts: dict[str, str]) -> Iterator[Base]:
    for noted in stores_folder().glob(f"*/{NOTE}"):
        with contextlib.suppress(OSError, ValueError):  # it may be removed meanwhile
            of, amended, *lines = noted.read_text("utf-8").split("\n")
            if of == version:
                known = {graph: hash_ for hash_, _, graph in (line.partition(" ") for line in lines)}
                changed = frozenset(graph for graph in parts | known if parts.get(graph) != known.get(graph))
                yield Base(noted.parent, int(amended), changed)


def _is_near(base: Base, files: Sequence[GraphFile]) -> bool:
    """Tell whether little but no axiom changed, and the store is whole."""
    if (
        base.amended >= OFTEN
        or len(base.changed) > MOST
        or any(g.startswith(GRAPH + "ontology/") for g in base.changed)
    ):
        return False
    sizes = [(len(file.read()), file.graph in base.changed) for file in files]
    changed = sum(size for size, is_changed in sizes if is_changed)
    return changed * SHARE <= sum(size for size, _ in sizes) and (base.folder / seals.SEAL).exists()
