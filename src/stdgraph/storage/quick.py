"""Small values that are kept in the user's cache, in Python's own form with a checksum before it.

The libraries for JSON and for cryptographic hashes would take a twentieth of the start-up to import.
"""

from __future__ import annotations

import marshal
import zlib
from pathlib import Path
from typing import Any

from stdgraph.errors import OutputError
from stdgraph.storage.folders import cache_folder, make_folder, trust
from stdgraph.storage.writing import write_atomic

FORM = 4
"""The form of `marshal` that all versions of Python read."""
SUM = 4
"""Bytes of a checksum."""


def recall(place: Path) -> Any:
    """Return what was kept there; None where nothing was, where it is damaged, and where it may be somebody else's."""
    try:
        trust(cache_folder(), place.parent)
        data = place.read_bytes()
        if zlib.crc32(data[SUM:]).to_bytes(SUM, "big") != data[:SUM]:
            return None
        return marshal.loads(data[SUM:])  # noqa: S302 (whole, and in a folder into which only the user writes)
    except (OSError, ValueError, TypeError, EOFError):
        return None


def keep(place: Path, value: Any) -> None:
    """Keep a value made of texts, bytes, numbers, tuples, lists and dicts; a cache that cannot be written only costs time."""
    data = marshal.dumps(value, FORM)
    try:
        make_folder(place.parent)
        trust(cache_folder(), place.parent)
        write_atomic(place, zlib.crc32(data).to_bytes(SUM, "big") + data)
    except (OSError, OutputError):
        return
