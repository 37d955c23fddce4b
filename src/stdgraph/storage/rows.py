"""An SQLite file as the index of names uses it: read only, and opened anew where a read fails."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from stdgraph.errors import EngineError
from stdgraph.locale import Foreign, Phrase

FAULTS = (OSError, RuntimeError, sqlite3.Error)
"""What SQLite and the engine of the graph raise where they cannot read, for whatever reason."""

UNWRITABLE = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)


def failed(error: Exception) -> EngineError:
    """Return what is told of a store that cannot be read."""
    return EngineError(detail=Phrase("The store failed: {detail}", detail=Foreign(error)))


class Rows:
    """Reads the rows of a file; None for an empty database in memory, made by `tables`.

    `mend`, where it is set, adopts another file in the place of one that failed, or raises why it cannot.
    """

    def __init__(self, path: Path | None, tables: str) -> None:
        self.mend: Callable[[Exception], None] | None = None
        if path is None:
            self.db = sqlite3.connect(":memory:", check_same_thread=False)
            self.db.executescript(tables)
        else:
            uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
            self.db = sqlite3.connect(uri, uri=True, check_same_thread=False)

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def save(self, path: Path) -> None:
        """Write all rows into a new file; raises OSError where the disk does not take them."""
        with _as_oserror():
            target = sqlite3.connect(path)
            try:
                self.db.backup(target)
            finally:
                target.close()

    def adopt(self, other: Rows) -> None:
        """Read another file from now on."""
        self.db = other.db

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query; where it fails, the file is mended and asked once more.

        Raises:
            EngineError: it failed again.
        """
        try:
            return self.db.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            if not self.mend:
                raise failed(error) from None
            self.mend(error)
        try:
            return self.db.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise failed(error) from None


@contextmanager
def _as_oserror() -> Iterator[None]:
    """Raise what the disk refuses as the system does."""
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in UNWRITABLE:
            raise
        raise OSError(str(error)) from None
