"""The program that checks, by a hash of its files: what it kept of an earlier check holds for itself alone."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

from stdgraph.storage.files import hashed, read_bytes

PROGRAM = (".py", ".mo")
LIBRARIES = (".dist-info", ".egg-info")


@cache
def program() -> str:
    """Return a hash of the program, the libraries beside it and the language that both are written in."""
    home = Path(__file__).parents[2]
    code = [(str(path), read_bytes(path)) for path in below(home, PROGRAM)]
    libraries = [name for folder in sys.path for name in _libraries(folder)]
    return hashed(code, sys.version, *libraries)


def below(folder: Path, suffixes: tuple[str, ...] = ("",)) -> list[Path]:
    """Return the files of a folder, and of those below it, whose names end so."""
    found = [Path(here, name) for here, _, names in os.walk(folder) for name in names if name.endswith(suffixes)]
    return sorted(found)


def _libraries(folder: str) -> list[str]:
    """Return what is installed in a folder, with its versions."""
    try:
        return sorted(name for name in os.listdir(folder or ".") if name.endswith(LIBRARIES))
    except OSError:
        return []
