"""A snapshot on its way in or out: written beside its place and renamed, so that half of one is never there."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from stdgraph.errors import InputError, PackPlaceError
from stdgraph.locale import Foreign
from stdgraph.packs.snapshots import Snapshot, packs_folder

STALE_SECONDS = 3600
"""An import that wrote nothing for so long is dead."""


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
        raise PackPlaceError(path=home, detail=Foreign(error.strerror or error)) from None
    earlier = beside / "earlier"
    try:
        draft = Draft(beside / "snapshot")
        draft.folder.mkdir()
        yield draft
        if place.exists():
            place.rename(earlier)
        draft.folder.rename(place)
    except OSError as error:
        raise PackPlaceError(path=home, detail=Foreign(error.strerror or error)) from None
    finally:
        _put_back(earlier, place)
        shutil.rmtree(beside, ignore_errors=True)
        with suppress(OSError):  # snapshots are there
            home.rmdir()


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
