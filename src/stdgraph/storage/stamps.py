"""Stamps: what tells, without reading any, that folders and files are as they were when they were last read.

Of each that is its device, number, size, time of change, and time of the last change of these; of a folder also the names
in it, since not every file system changes its time with them. What was written a moment ago may be written again within the
same tick of a clock, and the clock of a network drive may go behind ours: then no stamps are taken, and all is read the next
time too. What they cannot see: a change within the seconds for which a network drive lets us see what it remembers.
"""

from __future__ import annotations

import os
import stat
import time
import zlib
from collections.abc import Iterable
from pathlib import Path

from stdgraph.storage import quick
from stdgraph.storage.folders import cache_folder

TICK = 10 * 10**9
"""Nanoseconds in which two changes may look like one: two seconds where times are told so coarsely, and what clocks differ."""
Stamp = tuple[int, int, int, int, int, str]


def taken(places: Iterable[str]) -> dict[str, Stamp]:
    """Return the stamp of each file and folder; none where one of them is not there, or was just written."""
    newest = time.time_ns() - TICK
    try:
        known = {place: _stamp(place) for place in places}
    except OSError:
        return {}
    return {} if any(max(changed, moved) > newest for _, _, _, changed, moved, _ in known.values()) else known


def _stamp(place: str) -> Stamp:
    known = os.stat(place)
    names = "/".join(sorted(os.listdir(place))) if stat.S_ISDIR(known.st_mode) else ""
    return known.st_dev, known.st_ino, known.st_size, known.st_mtime_ns, known.st_ctime_ns, names


def keep(name: str, of: str, about: str, stamps: dict[str, Stamp]) -> None:
    """Keep what is known of files and folders, by the stamps that were taken before they were read.

    Args:
        name: what it is known for.
        of: tells one from others of that name.
        about: what is known.
        stamps: of all that it depends on.
    """
    if stamps:
        quick.keep(_place(name, of), (of, about, stamps))


def unchanged(name: str, of: str) -> str | None:
    """Return what is known of files and folders that are still the same; None where any is another."""
    match quick.recall(_place(name, of)):
        case (str(known), str(about), dict(stamps)) if known == of and stamps and taken(stamps) == stamps:
            return about
    return None


def _place(name: str, of: str) -> Path:
    return cache_folder() / "stamps" / f"{name}-{zlib.crc32(of.encode()):08x}"
