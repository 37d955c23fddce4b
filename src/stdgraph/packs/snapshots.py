"""Imported data packs: folders of snapshots in the user's data directory, written beside their place and renamed.

A snapshot is `packs/NAME/DATE/`: `manifest.json` (what it holds, counts, hashes), `core.nq.gz` (committees, bodies,
classes: sorted N-Quads), and where there are standards `standards.nt.gz` (N-Triples in the order of the register) with
`standards.tsv.gz`, a line of names and codes for each, from which the index of names is made.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

from stdgraph.errors import InputError, PackError, PackPlaceError
from stdgraph.model.vocabulary import GRAPH
from stdgraph.storage.files import GraphFile, content, read_text
from stdgraph.storage.places import data_folder

LAYOUT = 1
"""Raised when a snapshot is written otherwise: older ones must then be imported again."""

CORE, STANDARDS, ROWS, REPORT, MANIFEST = (
    *("core.nq.gz", "standards.nt.gz", "standards.tsv.gz"),
    *("report.json", "manifest.json"),
)
STALE_SECONDS = 3600
"""An import that wrote nothing for so long is dead."""

NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")


@dataclass(frozen=True)
class PackFile(GraphFile):
    """A part of a snapshot; a `bulk` part brings its own names."""

    sha256: str = ""

    def digest(self) -> bytes:
        """Return the hash that the manifest keeps: the file itself may be large."""
        return bytes.fromhex(self.sha256)

    def read(self) -> bytes:
        """Return the unpacked bytes."""
        with self.stream() as stream:
            return stream.read()

    def stream(self) -> IO[bytes]:
        """Open the unpacked bytes."""
        try:
            return gzip.open(self.path)  # type: ignore[return-value]
        except OSError as error:
            raise PackError(name=self.path.parent.parent.name, detail=f"{self.path}: {error.strerror}") from None

    def quads(self) -> Iterator[ox.Quad]:
        """Yield the quads, those without a graph in the graph of this file."""
        home = ox.NamedNode(self.graph)
        form = ox.RdfFormat.N_TRIPLES if self.bulk else ox.RdfFormat.N_QUADS
        with self.stream() as stream:
            for quad in ox.parse(stream, format=form):
                own = isinstance(quad.graph_name, ox.DefaultGraph)
                yield ox.Quad(quad.subject, quad.predicate, quad.object, home) if own else quad

    def load(self, store: ox.Store) -> None:
        """Load the triples into a store, without keeping them in memory."""
        with self.stream() as stream:
            store.bulk_load(stream, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(self.graph))

    @property
    def names(self) -> Path:
        """The file of the names and codes of each standard."""
        return self.path.with_name(ROWS)


@dataclass(frozen=True)
class Snapshot:
    """One imported state of a register."""

    name: str
    day: str
    folder: Path

    @property
    def graph(self) -> str:
        """The IRI of the snapshot's graph."""
        return graph_iri(self.name, self.day)

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What the snapshot holds; raises PackError where it is damaged."""
        try:
            found = json.loads(read_text(self.folder / MANIFEST))
        except ValueError:
            found = {}
        if not isinstance(found, dict) or found.get("layout") != LAYOUT:
            detail = f"the snapshot {self.day} is damaged or of another version: add it again"
            raise PackError(name=self.name, detail=detail)
        return found

    @property
    def core(self) -> PackFile:
        """Committees, bodies and classes."""
        return PackFile(self.folder / CORE, self.graph, self.manifest["files"][CORE]["sha256"])

    @property
    def parts(self) -> list[PackFile]:
        """All parts, the core first."""
        files = self.manifest["files"]
        if STANDARDS not in files:
            return [self.core]
        digest = hashlib.sha256((files[STANDARDS]["sha256"] + files[ROWS]["sha256"]).encode()).hexdigest()
        return [self.core, PackFile(self.folder / STANDARDS, standards_graph(self.name, self.day), digest, bulk=True)]


def graph_iri(name: str, day: str) -> str:
    """Return the IRI of a snapshot's graph.

    >>> graph_iri("iso", "2025-06-12")
    'https://w3id.org/stdgraph/graph/pack/iso/2025-06-12'
    """
    return f"{GRAPH}pack/{name}/{day}"


def standards_graph(name: str, day: str) -> str:
    """Return the IRI of the graph of a snapshot's standards."""
    return graph_iri(name, day) + "/standards"


def packs_folder() -> Path:
    """Return the folder of all packs."""
    return data_folder() / "packs"


def names() -> list[str]:
    """Return the names of the packs of which at least one snapshot is there."""
    return sorted({snapshot.name for snapshot in _all()})


def _all() -> Iterator[Snapshot]:
    folder = packs_folder()
    for place in sorted(folder.glob(f"*/*/{MANIFEST}")) if folder.is_dir() else ():
        if NAME.fullmatch(place.parts[-3]) and _is_day(place.parts[-2]):
            yield Snapshot(place.parts[-3], place.parts[-2], place.parent)


def snapshots(name: str | None = None) -> list[Snapshot]:
    """Return the snapshots of a pack (or of all), by name and day."""
    return sorted((s for s in _all() if name in (None, s.name)), key=lambda s: (s.name, s.day))


def snapshot(name: str, day: str) -> Snapshot:
    """Return the snapshot of a day; raises PackError where there is none."""
    for found in snapshots(name):
        if found.day == day:
            return found
    raise PackError(name=name, detail=f"there is no snapshot of {day}")


def newest(name: str, on: date | None = None) -> Snapshot | None:
    """Return the newest snapshot, or the newest not later than a day; None where all are later.

    Raises:
        PackError: there is no such pack.
    """
    found = snapshots(name)
    if not found:
        raise PackError(name=name, detail=f"no snapshot; `stdgraph pack add {name} --committees FILE` imports one")
    fitting = [s for s in found if on is None or date.fromisoformat(s.day) <= on]
    return fitting[-1] if fitting else None


def remove(found: Snapshot) -> None:
    """Remove a snapshot, and the pack's folder with the last one."""
    home = found.folder.parent
    _sweep(home)
    gone = Path(tempfile.mkdtemp(dir=home, prefix=".removed-"))
    found.folder.rename(gone / "snapshot")  # at one stroke: half a snapshot is never there
    shutil.rmtree(gone)
    with suppress(OSError):  # other snapshots are there
        home.rmdir()


def _sweep(home: Path) -> None:
    """Remove what a killed import or removal left; a snapshot that it had put aside goes back to its place."""
    for left in (*home.glob(".adding-*"), *home.glob(".removed-*")):
        if time.time() - max(path.lstat().st_mtime for path in (left, *left.rglob("*"))) > STALE_SECONDS:
            with suppress(InputError, OSError):
                _put_back(left / "earlier", home / Snapshot(home.name, "", left / "earlier").manifest["snapshot"])
            shutil.rmtree(left, ignore_errors=True)


def _put_back(earlier: Path, place: Path) -> None:
    if earlier.exists() and not place.exists():
        earlier.rename(place)


class Draft:
    """A snapshot being written: files with their hashes, then the manifest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, dict[str, Any]] = {}

    @contextmanager
    def writing(self, name: str, level: int) -> Iterator[IO[bytes]]:
        """Open a gzip file of the snapshot; the same content gives the same bytes."""
        with (
            (self.folder / name).open("wb") as raw,
            gzip.GzipFile("", "wb", compresslevel=level, fileobj=raw, mtime=0) as packed,
            io.BufferedWriter(packed, 1 << 20) as buffered,
        ):
            yield buffered
        digest = hashlib.sha256()
        with (self.folder / name).open("rb") as written:
            while part := written.read(1 << 20):
                digest.update(part)
        self.files[name] = {"sha256": digest.hexdigest()}

    def write_json(self, name: str, value: Any) -> None:
        """Write a JSON file."""
        text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
        (self.folder / name).write_text(text, "utf-8")


@contextmanager
def drafting(name: str, day: str) -> Iterator[Draft]:
    """Give a draft; it takes its place, also that of an earlier import of the day, when the work ends without an error.

    Raises:
        PackPlaceError: the data directory cannot be written.
    """
    home = packs_folder() / name
    place = home / day
    try:
        home.mkdir(parents=True, exist_ok=True)
        _sweep(home)
        beside = Path(tempfile.mkdtemp(dir=home, prefix=".adding-"))
    except OSError as error:
        raise PackPlaceError(path=home, detail=error.strerror or str(error)) from None
    earlier = beside / "earlier"
    try:
        draft = Draft(beside / "snapshot")
        draft.folder.mkdir()
        yield draft
        if place.exists():
            place.rename(earlier)
        draft.folder.rename(place)
    except OSError as error:
        raise PackPlaceError(path=home, detail=error.strerror or str(error)) from None
    finally:
        _put_back(earlier, place)
        shutil.rmtree(beside, ignore_errors=True)
        with suppress(OSError):  # snapshots are there
            home.rmdir()


def register(name: str) -> dict[str, Any]:
    """Return what `data/sources.toml` says of a source that can be imported; raises PackError for an unknown one."""
    import tomllib

    known = tomllib.loads(read_text(content("data", "sources.toml")))
    if name not in known:
        raise PackError(name=name, detail=f"no such source; there are {', '.join(sorted(known))}")
    found: dict[str, Any] = known[name]
    return found


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
