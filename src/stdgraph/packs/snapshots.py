"""Imported data packs: folders of snapshots in the user's data directory, written beside their place and renamed.

A snapshot is `packs/NAME/DATE/`: `manifest.json` (what it holds, counts, hashes), `core.nq.gz` (things that bear names:
sorted N-Quads, of which the rules speak), and parts that are loaded as they are: `PART.nt.gz` (N-Triples in the order of
the register), where its things bear names with `PART.tsv.gz`, a line of names and codes for each, from which the index of
names is made.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

from stdgraph.errors import PackError
from stdgraph.locale import Phrase
from stdgraph.model.vocabulary import GRAPH
from stdgraph.packs.unpacked import unpacked
from stdgraph.storage.files import GraphFile
from stdgraph.storage.folders import data_folder

LAYOUT = 1
"""Raised when a snapshot is written otherwise: older ones must then be imported again."""

CORE, REPORT, MANIFEST = "core.nq.gz", "report.json", "manifest.json"
TRIPLES, ROWS = ".nt.gz", ".tsv.gz"
"""How the files of a part end."""

NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")


@dataclass(frozen=True)
class PackFile(GraphFile):
    """A part of a snapshot; a `bulk` part brings the names of its things, if they bear any.

    `sha256` stands for all of it; `packed` and `rows` are the hashes of its files.
    """

    sha256: str = ""
    packed: str = ""
    rows: str = ""

    def digest(self) -> bytes:
        """Return the hash that the manifest keeps: the file itself may be large."""
        return bytes.fromhex(self.sha256)

    def meaning(self) -> bytes:
        """Return the hash that the manifest keeps."""
        return self.digest()

    def held(self) -> GraphFile:
        """Return the part: it is compared with the manifest when it is read."""
        return self

    def read(self) -> bytes:
        """Return the unpacked bytes."""
        with self.stream() as stream:
            return stream.read()

    def stream(self) -> AbstractContextManager[IO[bytes]]:
        """Open the unpacked bytes; raises PackError, at the end too: where they are not what the manifest says."""
        return unpacked(self.path, self.packed)

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
    def names(self) -> Path | None:
        """The file of the names and codes of the part's things, None where they bear none."""
        return self.path.with_name(self.path.name.removesuffix(TRIPLES) + ROWS) if self.rows else None

    def checked_names(self) -> Path | None:
        """Return the file of names, read once and compared with the manifest; raises PackError."""
        if found := self.names:
            with unpacked(found, self.rows):
                pass
        return found


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
            found = json.loads((self.folder / MANIFEST).read_bytes())
        except (OSError, ValueError, RecursionError):
            found = {}
        if not _is_manifest(found):
            detail = Phrase("the snapshot {day} is damaged or of another version: add it again", day=self.day)
            raise PackError(name=self.name, detail=detail)
        return dict(found)

    @property
    def core(self) -> PackFile:
        """Committees, bodies and classes."""
        digest = self.manifest["files"][CORE]["sha256"]
        return PackFile(self.folder / CORE, self.graph, digest, packed=digest)

    @property
    def parts(self) -> list[PackFile]:
        """All parts, the core first."""
        files = self.manifest["files"]
        bulk = sorted(name.removesuffix(TRIPLES) for name in files if name.endswith(TRIPLES))
        return [self.core, *(self._bulk(name, files) for name in bulk)]

    def _bulk(self, name: str, files: dict[str, dict[str, str]]) -> PackFile:
        triples, rows = (files.get(name + end, {}).get("sha256", "") for end in (TRIPLES, ROWS))
        digest = hashlib.sha256((triples + rows).encode()).hexdigest()
        place = self.folder / (name + TRIPLES)
        return PackFile(place, f"{self.graph}/{name}", digest, packed=triples, rows=rows, bulk=True)


def _is_manifest(found: Any) -> bool:
    """Tell whether a value has the shape of a manifest of this version."""
    if not isinstance(found, dict) or found.get("layout") != LAYOUT:
        return False
    shape = {"files": dict, "counts": dict, "findings": dict, "triples": int, "snapshot": str, "licence": str}
    if not all(isinstance(found.get(name), kind) for name, kind in shape.items()) or CORE not in found["files"]:
        return False
    return {"error", "warning"} <= found["findings"].keys() and all(
        isinstance(file, dict) and re.fullmatch("[0-9a-f]{64}", str(file.get("sha256")))
        for file in found["files"].values()
    )


def graph_iri(name: str, day: str) -> str:
    """Return the IRI of a snapshot's graph.

    >>> graph_iri("iso", "2025-06-12")
    'https://w3id.org/stdgraph/graph/pack/iso/2025-06-12'
    """
    return f"{GRAPH}pack/{name}/{day}"


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
    raise PackError(name=name, detail=Phrase("there is no snapshot of {day}", day=day))


def newest(name: str, on: date | None = None) -> Snapshot | None:
    """Return the newest snapshot, or the newest not later than a day; None where all are later.

    Raises:
        PackError: there is no such pack.
    """
    found = snapshots(name)
    if not found:
        raise PackError(name=name, detail=Phrase("no snapshot; `stdgraph pack add {pack} …` imports one", pack=name))
    fitting = [s for s in found if on is None or date.fromisoformat(s.day) <= on]
    return fitting[-1] if fitting else None


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
