"""The user's own folders: imported data packs, compiled stores and small caches, and settings."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from stdgraph.errors import HomeError
from stdgraph.locale import Phrase


def cache_folder() -> Path:
    """Return the folder for what can be made again: `STDGRAPH_CACHE`, or the user's cache directory."""
    if given := os.environ.get("STDGRAPH_CACHE"):
        return Path(given)
    return _folder("XDG_CACHE_HOME", ".cache", "user_cache_path")


def data_folder() -> Path:
    """Return the folder for what cannot be made again: `STDGRAPH_DATA`, or the user's data directory."""
    if given := os.environ.get("STDGRAPH_DATA"):
        return Path(given)
    return _folder("XDG_DATA_HOME", ".local/share", "user_data_path")


def config_folder() -> Path:
    """Return the folder of the settings file in the user's configuration directory."""
    return _folder("XDG_CONFIG_HOME", ".config", "user_config_path")


def make_folder(folder: Path) -> None:
    """Make a folder of the cache, and the cache, which nobody else may write into."""
    for place in (cache_folder(), folder):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)


def trust(*folders: Path) -> None:
    """Refuse folders into which somebody else may have put something, where the system tells owners apart (POSIX).

    Raises:
        PermissionError: one that is there belongs to another user, or others may write into it.
    """
    if not hasattr(os, "geteuid"):
        return
    for folder in folders:
        try:
            known = folder.stat()
        except (FileNotFoundError, NotADirectoryError):
            continue
        if known.st_uid != os.geteuid():
            raise PermissionError(Phrase("{path} belongs to another user", path=folder))
        if known.st_mode & 0o022:
            raise PermissionError(Phrase("others may write into {path}; `chmod go-w` ends that", path=folder))


def _folder(variable: str, usual: str, elsewhere: str) -> Path:
    """Return the folder by the XDG rules on Linux, where importing platformdirs would cost a tenth of the start-up."""
    if sys.platform.startswith("linux"):
        given = os.environ.get(variable, "")
        return (Path(given) if os.path.isabs(given) else _home() / usual) / "stdgraph"
    import platformdirs

    found: Path = getattr(platformdirs, elsewhere)("stdgraph", appauthor=False)
    return found


def _home() -> Path:
    """Return the user's home; raises HomeError where the system knows none, as for the user ids of some containers."""
    try:
        return Path.home()
    except RuntimeError:
        raise HomeError from None
