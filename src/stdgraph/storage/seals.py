"""Seals: what a folder held when it was finished, so that damage is proven and never guessed.

The seal is a file in the folder: its name, and size, time of change and checksum of each other file. A look at sizes and times takes
no time; a checksum is read only where the time is another one, or where a read has failed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

SEAL = "seal.txt"
CHECK_SECONDS = 24 * 3600
UNSEALED = ("LOG", "LOCK")
"""What the engine writes beside its data: a log for people, and a lock."""

Entry = tuple[int, int, int]
"""Size, time of change in nanoseconds, CRC-32."""


def seal(folder: Path) -> None:
    """Seal a finished folder; its files are not written to any more."""
    files = {path.relative_to(folder).as_posix(): _entry(path) for path in _files(folder)}
    lines = [folder.name, *(f"{size} {changed} {checksum} {name}" for name, (size, changed, checksum) in files.items())]
    (folder / SEAL).write_text("".join(f"{line}\n" for line in lines), "utf-8")


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


def copy(folder: Path, to: Path) -> None:
    """Copy the files of a sealed folder into another one; raises OSError where one of them is not as it was sealed."""
    import shutil

    entries = _entries(folder)
    for name, (size, _, checksum) in entries.items():
        (to / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(folder / name, to / name)
        if (to / name).stat().st_size != size or _checksum(to / name) != checksum:
            raise OSError(f"{name} is damaged")
    if not entries:
        raise OSError("no seal")


def _agrees(folder: Path, *, thoroughly: bool) -> bool:
    try:
        entries = _entries(folder)
        return bool(entries) and all(
            _is_same(folder / name, entry, thoroughly=thoroughly) for name, entry in entries.items()
        )
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, ValueError):  # the last: no name of a file
        return False


def _entries(folder: Path) -> dict[str, Entry]:
    """Return the files of a seal; none where it is no seal of this folder."""
    try:
        name, *lines = (folder / SEAL).read_text("utf-8").removesuffix("\n").split("\n")
        files = [line.split(" ", 3) for line in lines] if name == folder.name else []
        return {place: (int(size), int(changed), int(checksum)) for size, changed, checksum, place in files}
    except ValueError:
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
    import zlib

    found = 0
    with path.open("rb") as stream:
        while part := stream.read(1 << 20):
            found = zlib.crc32(part, found)
    return found
