"""The index of answers: the rows of all questions by the words in them. One SQLite file, kept in the user's cache."""

from __future__ import annotations

import contextlib
import json
import os
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from stdgraph.errors import EngineError
from stdgraph.storage.beside import beside
from stdgraph.storage.folders import cache_folder, make_folder, trust
from stdgraph.storage.rows import FAULTS, Rows

TABLES = """
CREATE TABLE term (iri TEXT PRIMARY KEY, words TEXT) WITHOUT ROWID;
CREATE TABLE block (id INTEGER PRIMARY KEY, question TEXT, parameters TEXT, first INTEGER, size INTEGER);
CREATE TABLE posting (word TEXT PRIMARY KEY, rows BLOB) WITHOUT ROWID;
CREATE TABLE holding (text TEXT PRIMARY KEY, rows BLOB) WITHOUT ROWID;
CREATE TABLE size (rows INTEGER);
"""


class AnswerIndex(Rows):
    """Reads the index of answers: `term` (the words of a thing), `block` (rows of one question with some arguments), `posting`
    (the rows that hold a word), `holding` (those that hold a thing or a text)."""

    def __init__(self, path: Path | None = None) -> None:
        super().__init__(path, TABLES)

    def fill(
        self,
        terms: Mapping[str, Iterable[str]],
        postings: Mapping[str, Sequence[int]],
        holdings: Mapping[str, Sequence[int]],
        blocks: Sequence[tuple[str, str, int, int]],
        size: int,
    ) -> None:
        """Write all that the index holds."""
        self.db.executemany("INSERT INTO term VALUES (?, ?)", ((iri, " ".join(held)) for iri, held in terms.items()))
        self.db.executemany("INSERT INTO block VALUES (?, ?, ?, ?, ?)", ((n, *block) for n, block in enumerate(blocks)))
        self.db.executemany("INSERT INTO posting VALUES (?, ?)", _packed(postings))
        self.db.executemany("INSERT INTO holding VALUES (?, ?)", _packed(holdings))
        self.db.execute("INSERT INTO size VALUES (?)", (size,))
        self.db.commit()

    def size(self) -> int:
        """Return the number of rows."""
        found = self.rows("SELECT rows FROM size")
        return int(found[0][0]) if found else 0

    def postings(self, words: Sequence[str]) -> dict[str, array[int]]:
        """Return the rows that hold each of some words."""
        found: dict[str, array[int]] = {}
        sql = "SELECT word, rows FROM posting WHERE word IN (SELECT value FROM json_each(?)) ORDER BY word"
        for word, rows in self.rows(sql, (json.dumps(words),)):
            found[word] = _unpacked(rows)
        return found

    def holdings(self) -> dict[str, array[int]]:
        """Return for each thing and text of an answer the rows that hold it, in the order of the texts."""
        return {text: _unpacked(rows) for text, rows in self.rows("SELECT text, rows FROM holding ORDER BY text")}

    def blocks(self) -> list[tuple[str, str, int, int]]:
        """Return question, parameters as JSON, first row and number of rows of each block, in the order of their rows."""
        return self.rows("SELECT question, parameters, first, size FROM block ORDER BY id")

    def words_of(self, iris: Sequence[str]) -> dict[str, list[str]]:
        """Return the words of some things."""
        sql = "SELECT iri, words FROM term WHERE iri IN (SELECT value FROM json_each(?))"
        return {iri: held.split() for iri, held in self.rows(sql, (json.dumps(iris),))}


def _packed(lists: Mapping[str, Sequence[int]]) -> Iterator[tuple[str, bytes]]:
    return ((text, array("I", rows).tobytes()) for text, rows in lists.items())


def _unpacked(rows: bytes) -> array[int]:
    found = array("I")
    found.frombytes(rows)
    return found


LAYOUT = "3"
"""Raised when what an index holds changes: older files are then left alone and in time removed."""
KEPT = 6


def kept(name: str, make: Callable[[AnswerIndex], None]) -> AnswerIndex:
    """Return the index of a name, the hash of what went in: made at its first use, then kept in the user's cache."""
    folder = cache_folder() / "words"
    place = folder / f"{name}-{LAYOUT}.sqlite"
    with contextlib.suppress(*FAULTS, EngineError):
        trust(cache_folder(), folder)
        found = AnswerIndex(place)
        if found.size():
            return found
    made = AnswerIndex()
    make(made)
    with contextlib.suppress(*FAULTS):  # where it cannot be kept it stays in memory
        _keep(made, place)
    return made


def _keep(made: AnswerIndex, place: Path) -> None:
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
