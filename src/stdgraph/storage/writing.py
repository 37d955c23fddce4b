"""Writing: a file is replaced at once, and only by all that was meant; else it stays as it was."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from stdgraph.errors import OutputError
from stdgraph.locale import Foreign

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]  # the only name for "there is none"

BESIDE = ".stdgraph-"
"""How the name of a file begins that is not yet in its place: short, whatever the name of the place is."""
PART = 1 << 20


def write_atomic(path: Path, data: bytes) -> None:
    """Write a file beside its place, read it back and rename it, so that a failure leaves what was there.

    What a process that was killed left beside other files in that folder is swept away.

    Raises:
        OutputError: the place cannot be written.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)  # a device or a pipe, which a renamed file would replace
        else:
            _replace(path.resolve(), data)
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead to each other
        raise OutputError(path=path, detail=Foreign(getattr(error, "strerror", None) or error)) from None


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write some files, all or none: where one cannot be written, those before it get back what they held.

    Folders that are not there are made, and taken away again.

    Raises:
        OutputError: a place cannot be written.
    """
    held = {path: _held(path) for path in files}
    made: list[Path] = []
    try:
        for path, data in files.items():
            made += _folders(path.parent)
            write_atomic(path, data)
    except BaseException:
        for path, before in held.items():
            with contextlib.suppress(OSError, OutputError):
                if before is None:
                    path.unlink(missing_ok=True)
                elif path.read_bytes() != before:
                    write_atomic(path, before)
        for folder in reversed(made):
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise


def _held(path: Path) -> bytes | None:
    """Return what a file holds, None where there is none."""
    try:
        return path.read_bytes() if path.exists() else None
    except OSError as error:
        raise OutputError(path=path, detail=Foreign(error.strerror or error)) from None


def _folders(folder: Path) -> list[Path]:
    """Make a folder with those above it, and return those that were not there, the highest first."""
    new = [above for above in [folder, *folder.parents] if not above.exists()][::-1]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(path=folder, detail=Foreign(error.strerror or error)) from None
    return new


def _replace(path: Path, data: bytes) -> None:
    _sweep(path.parent)
    stream, beside = _new(path.parent)
    try:
        with stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
            _compare(stream, data)
            beside.chmod(_mode(path))
            if fcntl:
                beside.replace(path)
        if not fcntl:
            beside.replace(path)  # there an open file cannot be renamed
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _sync(path.parent)


def _new(folder: Path) -> tuple[BinaryIO, Path]:
    """Return a new file, locked as long as it is open: by that others see that somebody still writes it."""
    import tempfile

    while True:
        handle, name = tempfile.mkstemp(dir=folder, prefix=BESIDE)
        stream = os.fdopen(handle, "w+b")
        if not fcntl:
            return stream, Path(name)
        with contextlib.suppress(OSError):  # not every file system has locks; where there are none nothing is swept
            fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_nlink:
            return stream, Path(name)
        stream.close()  # swept before it was locked


def _compare(stream: BinaryIO, data: bytes) -> None:
    stream.seek(0)
    view = memoryview(data)
    same = all(stream.read(PART) == view[at : at + PART] for at in range(0, len(data), PART))
    if not same or stream.read(1):
        raise OSError(errno.EIO, os.strerror(errno.EIO))


def _mode(path: Path) -> int:
    """Return the permissions of the file that is replaced, or of a new one."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _sync(folder: Path) -> None:
    """Bring the new name to the disk, where the system lets a folder be opened."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sweep(folder: Path) -> None:
    """Remove files that nobody writes any more."""
    if not fcntl:
        return
    for left in folder.glob(f"{BESIDE}????????"):
        with contextlib.suppress(OSError):
            handle = os.open(left, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                left.unlink()
            finally:
                os.close(handle)
