"""Indexes that are kept in the user's cache under the hash of what went in: made at their first use, the oldest removed in time."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from stdgraph.errors import EngineError
from stdgraph.storage.beside import beside
from stdgraph.storage.folders import cache_folder, make_folder, trust
from stdgraph.storage.rows import FAULTS, Rows

KEPT = 6
"""So many indexes of a kind stay."""
Index = TypeVar("Index", bound=Rows)


def kept(
    kind: Callable[[Path | None], Index], shelf: str, name: str, make: Callable[[Index], object], whole: str
) -> Index:
    """Return the index of a name on a shelf, a folder of the cache; it is made where it is not there, or cannot be read.

    Args:
        kind: opens an index file, or makes an empty index.
        shelf: the folder.
        name: the hash of what goes in.
        make: fills an empty index.
        whole: a query that gives more than 0 of an index that is not empty.
    """
    place = cache_folder() / shelf / f"{name}.sqlite"
    with contextlib.suppress(*FAULTS, EngineError):
        trust(cache_folder(), place.parent)
        found = kind(place)
        if (told := found.rows(whole)) and told[0][0]:
            return found
    made = kind(None)
    make(made)
    with contextlib.suppress(*FAULTS):  # where it cannot be kept it stays in memory
        _keep(made, place)
    return made


def _keep(made: Rows, place: Path) -> None:
    make_folder(place.parent)
    trust(cache_folder(), place.parent)
    with beside(place.parent, ".making-") as new:
        made.save(new / place.name)
        os.replace(new / place.name, place)
    _sweep(place.parent)


def _sweep(folder: Path) -> None:
    """Remove the indexes that were made longest ago."""
    for old in sorted(folder.glob("*.sqlite"), key=lambda p: p.stat().st_mtime)[:-KEPT]:
        old.unlink(missing_ok=True)
