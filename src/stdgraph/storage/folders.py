"""The user's own folders: imported data packs, compiled stores and small caches, and settings."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from stdgraph.errors import HomeError


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
