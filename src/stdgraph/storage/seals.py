"""Seals: what a folder held when it was finished, so that damage is proven and never guessed.

The seal is a file in the folder: size, time of change and checksum of each other file. A look at sizes and times takes
no time; a checksum is read only where the time is another one, or where a read has failed.
"""

from __future__ import annotations

import json
import os
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

SEAL = "seal.json"
CHECK_SECONDS = 24 * 3600
UNSEALED = ("LOG", "LOCK")
"""What the engine writes beside its data: a log for people, and a lock."""

Entry = tuple[int, int, int]
"""Size, time of change in nanoseconds, CRC-32."""


def seal(folder: Path) -> None:
    """Seal a finished folder; its files are not written to any more."""
    files = {path.relative_to(folder).as_posix(): _entry(path) for path in _files(folder)}
    (folder / SEAL).write_text(json.dumps({"name": folder.name, "files": files}), "utf-8")


def is_whole(folder: Path) -> bool:
    """Tell whether a sealed folder is as it was, by sizes and times, and by checksums where a time is another one.

    Once a day all checksums are read, since a disk may forget without a trace.

    Raises:
        OSError: a file cannot be looked at, which proves nothing.
    """
    if time.time() - _checked(folder) < CHECK_SECONDS:
        return _agrees(folder, thoroughly=False)
    if whole := _agrees(folder, thoroughly=True):
        os.utime(folder / SEAL)
    return whole


def identity(folder: Path) -> tuple[int, int]:
    """Return what tells a sealed folder from another one that took its place."""
    try:
        known = (folder / SEAL).stat()
    except FileNotFoundError:
        return 0, 0
    return known.st_ino, known.st_ctime_ns


def _checked(folder: Path) -> float:
    """Return when the checksums were read last, which is the time of the seal."""
    try:
        return (folder / SEAL).stat().st_mtime
    except (FileNotFoundError, NotADirectoryError):
        return 0


def is_damaged(folder: Path) -> bool:
    """Tell whether a folder is proven to be another than was sealed: all of it is read.

    Raises:
        OSError: a file cannot be read, which proves nothing.
    """
    return not _agrees(folder, thoroughly=True)


def _agrees(folder: Path, *, thoroughly: bool) -> bool:
    try:
        entries = _entries(folder)
        return bool(entries) and all(
            _is_same(folder / name, entry, thoroughly=thoroughly) for name, entry in entries.items()
        )
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False


def _entries(folder: Path) -> dict[str, Entry]:
    """Return the files of a seal; none where it is no seal of this folder."""
    try:
        found = json.loads((folder / SEAL).read_bytes())
        files = found["files"] if found["name"] == folder.name else {}
        return {
            str(name): (int(size), int(changed), int(checksum)) for name, (size, changed, checksum) in files.items()
        }
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def _is_same(path: Path, entry: Entry, *, thoroughly: bool) -> bool:
    known, (size, changed, checksum) = path.stat(), entry
    if known.st_size != size:
        return False
    return (known.st_mtime_ns == changed and not thoroughly) or _checksum(path) == checksum


def _entry(path: Path) -> Entry:
    known = path.stat()
    return known.st_size, known.st_mtime_ns, _checksum(path)


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(UNSEALED) and path != folder / SEAL:
            yield path


def _checksum(path: Path) -> int:
    found = 0
    with path.open("rb") as stream:
        while part := stream.read(1 << 20):
            found = zlib.crc32(part, found)
    return found
