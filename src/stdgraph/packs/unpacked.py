"""A packed file of a snapshot, compared with its checksum while it is read: what is wrong with it is never compiled."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from stdgraph.errors import PackError
from stdgraph.locale import Foreign, Phrase, marked

CHUNK = 1 << 20


@contextmanager
def unpacked(path: Path, sha256: str) -> Iterator[IO[bytes]]:
    """Open the unpacked bytes of a file; those that were not asked for are read in the end.

    Raises:
        PackError: it cannot be read, or is not the file that was written.
    """
    with _opened(path) as raw:
        hashed = _Hashed(raw)
        try:
            with gzip.GzipFile(fileobj=hashed, mode="rb") as stream:
                yield stream  # type: ignore[misc]  # a GzipFile reads as any other file does
            hashed.drain()
        except (gzip.BadGzipFile, EOFError, zlib.error, SyntaxError, UnicodeDecodeError) as error:
            raise _damaged(path, Foreign(error)) from None
        except OSError as error:
            if hashed.failed:
                raise _unreadable(path, error) from None
            raise
    if hashed.digest.hexdigest() != sha256:
        raise _damaged(path, Phrase("its checksum is another one than the manifest says"))


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        raw = path.open("rb")
    except FileNotFoundError:
        raise _damaged(path, Phrase("no such file")) from None
    except OSError as error:
        raise _unreadable(path, error) from None
    with raw:
        yield raw


def _unreadable(path: Path, error: OSError) -> PackError:
    detail = Phrase("{path}: {detail}", path=path, detail=Foreign(error.strerror or error))
    return PackError(name=path.parent.parent.name, detail=detail)


def _damaged(path: Path, detail: str) -> PackError:
    message = marked("{path}: {detail}; the snapshot {day} is damaged: add it again")
    return PackError(
        name=path.parent.parent.name, detail=Phrase(message, path=path, detail=detail, day=path.parent.name)
    )


class _Hashed:
    """Reads a file and hashes what is read."""

    def __init__(self, raw: IO[bytes]) -> None:
        self.raw = raw
        self.digest = hashlib.sha256()
        self.failed = False

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        try:
            part = self.raw.read(size)
        except OSError:
            self.failed = True
            raise
        self.digest.update(part)
        return part

    def drain(self) -> None:
        """Read to the end."""
        while self.read(CHUNK):
            pass

    def __getattr__(self, name: str) -> Any:
        return getattr(self.raw, name)
