"""Folders beside a place, in which something is made that is then renamed into it; what a killed process left is swept.

Such a folder holds a file that is locked as long as its maker lives. The system gives the lock free however the process
ends, so a folder whose file can be locked is proven to be nobody's. Where the system or the file system knows no locks, age decides.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

LOCK = "lock"
PutBack = Callable[[Path], None]

STALE_SECONDS = 24 * 3600
"""Where there are no locks, what was not written to for so long is dead."""


@contextlib.contextmanager
def beside(home: Path, prefix: str, put_back: PutBack | None = None) -> Iterator[Path]:
    """Give a new folder below `home`, removed in the end; sweep those that dead processes left.

    Args:
        home: the folder in which the place is.
        prefix: how its name begins, and the names of those to sweep.
        put_back: saves what a folder holds that must not be lost; called before each is removed.

    Raises:
        OSError: the folder cannot be made.
    """
    import tempfile

    with _alone(home), contextlib.ExitStack() as lock:
        _sweep(home, prefix, put_back)
        folder = Path(tempfile.mkdtemp(dir=home, prefix=prefix))
        lock.enter_context(_locked(folder / LOCK, wait=False))
        held = lock.pop_all()
    with held:
        try:
            yield folder
        finally:
            if put_back:
                put_back(folder)
            _remove(folder)


def sweep(home: Path, prefix: str, put_back: PutBack | None = None) -> None:
    """Remove the folders whose makers are dead; raises OSError where `home` cannot be read."""
    with _alone(home):
        _sweep(home, prefix, put_back)


class Use:
    """Tells other processes, as long as it lives, that somebody reads what a file stands for."""

    def __init__(self, file: Path) -> None:
        self.handle = os.open(file, os.O_RDONLY)
        with contextlib.suppress(ImportError, OSError):  # where there are no locks, nothing can be told
            import fcntl

            fcntl.flock(self.handle, fcntl.LOCK_SH | fcntl.LOCK_NB)

    def __del__(self) -> None:
        with contextlib.suppress(AttributeError, OSError):
            os.close(self.handle)


def in_use(file: Path) -> bool:
    """Tell whether a file is in use; where there are no locks, whether it was in the last day."""
    try:
        with _locked(file, wait=False) as is_free:
            return not is_free if is_free is not None else time.time() - file.stat().st_mtime < STALE_SECONDS
    except OSError:
        return False


def _sweep(home: Path, prefix: str, put_back: PutBack | None) -> None:
    for left in home.glob(f"{prefix}*"):
        with contextlib.suppress(OSError):
            if _is_dead(left):
                if put_back:
                    put_back(left)
                _remove(left)


def _remove(folder: Path) -> None:
    """Remove a folder, its lock last: where a kill comes in between, the next sweep finds it proven to be nobody's."""
    import shutil

    with contextlib.suppress(OSError):
        for entry in list(folder.iterdir()):
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry, ignore_errors=True)
            elif entry.name != LOCK:
                entry.unlink()
    shutil.rmtree(folder, ignore_errors=True)


def _is_dead(folder: Path) -> bool:
    """Tell whether the maker of a folder is proven to be dead: it is not locked, or it was left before it was."""
    if (folder / LOCK).exists():
        with _locked(folder / LOCK, wait=False) as is_free:
            return bool(is_free) or (is_free is None and _is_stale(folder))
    return not any(folder.iterdir()) or _is_stale(folder)


def _is_stale(folder: Path) -> bool:
    newest = max(path.lstat().st_mtime for path in (folder, *folder.rglob("*")))
    return time.time() - newest > STALE_SECONDS


def _alone(home: Path) -> contextlib.AbstractContextManager[bool | None]:
    """Keep other processes from sweeping and from making a folder at the same time."""
    return _locked(home, wait=True)


@contextlib.contextmanager
def _locked(place: Path, *, wait: bool) -> Iterator[bool | None]:
    """Lock a folder, or a file, and tell whether that could be done; None where there are no locks."""
    try:
        import fcntl
    except ImportError:
        yield None
        return
    handle = os.open(place, os.O_RDONLY if wait else os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _is_free(fcntl.flock, handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    finally:
        os.close(handle)


def _is_free(flock: Callable[[int, int], None], handle: int, how: int) -> bool | None:
    try:
        flock(handle, how)
    except BlockingIOError:
        return False
    except OSError:  # this file system has no locks
        return None
    return True
