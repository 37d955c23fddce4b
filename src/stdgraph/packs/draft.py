"""A snapshot on its way in or out: written beside its place and renamed, so that half of one is never there."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from stdgraph.errors import InputError, PackPlaceError
from stdgraph.locale import Foreign
from stdgraph.packs.snapshots import Snapshot, packs_folder
from stdgraph.storage.beside import beside, sweep

ADDING, REMOVED, EARLIER = ".adding-", ".removed-", "earlier"
"""How folders begin in which a snapshot is written, or goes; and what an import has put aside."""


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
        sweep(home, REMOVED)
        with beside(home, ADDING, _put_back) as folder:
            draft = Draft(folder / "snapshot")
            draft.folder.mkdir()
            yield draft
            if place.exists():
                place.rename(folder / EARLIER)
            draft.folder.rename(place)
    except OSError as error:
        raise PackPlaceError(path=home, detail=Foreign(error.strerror or error)) from None
    finally:
        with suppress(OSError):  # snapshots are there
            home.rmdir()


def remove(found: Snapshot) -> None:
    """Remove a snapshot, and the pack's folder with the last one; raises PackPlaceError."""
    home = found.folder.parent
    try:
        sweep(home, ADDING, _put_back)
        with beside(home, REMOVED) as gone:
            found.folder.rename(gone / "snapshot")  # at one stroke: half a snapshot is never there
    except OSError as error:
        raise PackPlaceError(path=home, detail=Foreign(error.strerror or error)) from None
    with suppress(OSError):  # other snapshots are there
        home.rmdir()


def recover() -> None:
    """Put back the snapshots that killed imports had put aside."""
    for home in {left.parent.parent for left in packs_folder().glob(f"*/{ADDING}*/{EARLIER}")}:
        with suppress(OSError):
            sweep(home, ADDING, _put_back)


def _put_back(folder: Path) -> None:
    """Save what an import had put aside, if nothing has taken its place."""
    earlier = folder / EARLIER
    if not earlier.exists():
        return
    with suppress(InputError, OSError):
        place = folder.parent / Snapshot(folder.parent.name, "", earlier).manifest["snapshot"]
        if not place.exists():
            earlier.rename(place)
