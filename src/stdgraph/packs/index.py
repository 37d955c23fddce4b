"""Names and counts of the standards of packs, in the index beside the store: millions of rows, written in one go.

Names are added in the order of their length, so that a search reads the best ones first and may stop. `standard` is
the side table that counts are made from, where SPARQL would have to scan.
"""

from __future__ import annotations

import gzip
import os
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from stdgraph.errors import EngineError
from stdgraph.locale import Phrase
from stdgraph.model.spelling import key
from stdgraph.model.vocabulary import BASE
from stdgraph.storage import names
from stdgraph.storage.indexing import fill_pairs
from stdgraph.storage.names import Names

PROGRAM = "import sys; from stdgraph.packs.index import fill_file; fill_file(*sys.argv[1:])"

TABLES = """
CREATE TABLE IF NOT EXISTS standard (thing INTEGER PRIMARY KEY, year INTEGER, stage TEXT, type TEXT);
CREATE TABLE IF NOT EXISTS standard_owner (thing INTEGER, owner TEXT);
CREATE TABLE IF NOT EXISTS standard_class (thing INTEGER, class TEXT);
CREATE TABLE IF NOT EXISTS word (word TEXT, year INTEGER, number INTEGER);
CREATE TABLE IF NOT EXISTS bulk (first INTEGER);
CREATE TEMP TABLE waiting (thing INTEGER, key TEXT, text TEXT, tag TEXT, rank INTEGER);
DROP INDEX name_key;
DROP INDEX name_thing;
DROP INDEX kind_kind;
DROP INDEX kind_thing;
"""
INDEXES = f"""{names.INDEXES}
CREATE INDEX IF NOT EXISTS standard_owner_owner ON standard_owner (owner, thing);
CREATE INDEX IF NOT EXISTS standard_class_class ON standard_class (class, thing);
CREATE INDEX IF NOT EXISTS word_word ON word (word, year);
DROP TABLE waiting;
"""
BATCH = 20_000
WORD = re.compile(r"[A-Za-z][A-Za-z-]{3,}")
COMMON = frozenset(
    (
        *(
            "part",
            "with",
            "from",
            "their",
            "other",
            "than",
            "that",
            "this",
            "under",
            "between",
            "into",
            "using",
            "used",
        ),
        *("general", "methods", "method", "requirements", "specification", "specifications", "determination", "test"),
        *("tests", "testing", "standard", "standards", "guide", "guidance", "amendment", "corrigendum", "system"),
        *("systems", "technical", "information"),
    )
)
"""Words of titles that say nothing about a field; words of fewer than four letters do not count either."""

RARE = 3
"""A word of a year that occurs less often is not kept."""
KINDS = {"standard": "Standard", "workitem": "StandardProject"}


@contextmanager
def indexing(index: Path, files: Sequence[Path]) -> Iterator[None]:
    """Add the standards in files to an index of names, in a process of its own while other work is done.

    Raises:
        EngineError: that process failed.
    """
    command = [sys.executable, "-c", PROGRAM, *map(str, (index, *files))]
    home = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=os.environ | home) as process:
        try:
            yield
            _, said = process.communicate()
        except BaseException:
            process.kill()
            raise
    if process.returncode:
        reason = said.decode(errors="replace").strip().rpartition("\n")[2]
        raise EngineError(detail=Phrase("The names of the standards cannot be indexed: {reason}", reason=reason))


def fill_file(index: str, *files: str) -> None:
    """Add the standards in files to the index in a file, which nobody else uses."""
    db = sqlite3.connect(index)
    db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF")
    fill(db, map(Path, files))
    db.close()


def fill(db: sqlite3.Connection, files: Iterable[Path]) -> None:
    """Add standards to an index of names, from files with the columns of `packs.snapshots.ROWS`."""
    db.executescript("PRAGMA temp_store=FILE;" + TABLES)
    first: int = db.execute("SELECT COALESCE(MAX(id), 0) + 1 FROM thing").fetchone()[0]
    known = dict(
        db.execute("SELECT iri, id FROM thing WHERE kind IN ('Standard', 'StandardEdition', 'StandardProject')")
    )
    words: Counter[tuple[str, int]] = Counter()
    for batch in _batches(_rows(files)):
        _fill_batch(db, first, batch, known, words)
        first += len(batch)
    kept = ((word, year, n) for (word, year), n in words.items() if n >= RARE)
    db.executemany("INSERT INTO word VALUES (?, ?, ?)", kept)
    last: int = db.execute("SELECT COALESCE(MAX(rowid), 0) FROM name").fetchone()[0]
    db.execute("INSERT INTO name SELECT thing, key, text, tag, rank FROM waiting ORDER BY LENGTH(key), thing, rank")
    db.execute("INSERT INTO trigram (rowid, key) SELECT rowid, key FROM name WHERE rowid > ?", (last,))
    fill_pairs(db, last)
    db.execute("INSERT INTO bulk SELECT ? WHERE NOT EXISTS (SELECT 1 FROM bulk)", (last + 1,))
    db.executescript(INDEXES)
    db.commit()


def _rows(files: Iterable[Path]) -> Iterator[list[str]]:
    for path in files:
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as stream:
            for line in stream:
                yield line.rstrip("\n").split("\t")


def _batches(rows: Iterable[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    batch: list[Sequence[str]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def _fill_batch(
    db: Any, first: int, batch: Sequence[Sequence[str]], known: dict[str, int], words: Counter[tuple[str, int]]
) -> None:
    things, kinds, named, facts, owners, classes = [], [], [], [], [], []
    for number, (iri, printed, en, zh, year, owned, classed, stage, sort) in enumerate(batch, start=first):
        kind = "StandardEdition" if "/ed/" in iri else KINDS[iri.partition("/")[0]]
        thing = known.get(BASE + iri, number)  # a curated standard stays the thing that it is
        if thing == number:
            things.append((thing, BASE + iri, en, zh, printed, kind, "", 0))
            kinds.append((thing, kind))
        named.append((thing, key(printed), printed, "", 1))
        named += [(thing, key(text), text, tag, 0) for text, tag in ((en, "en"), (zh, "zh-hans")) if text]
        if kind == "Standard":
            continue
        facts.append((thing, int(year) if year else None, stage, sort))
        owners += [(thing, owner) for owner in owned.split()]
        classes += [(thing, code) for code in classed.split()]
        if year:
            words.update((w, int(year)) for w in set(WORD.findall(en.lower())) - COMMON)
    db.executemany("INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?, ?)", things)
    db.executemany("INSERT INTO kind VALUES (?, ?)", kinds)
    db.executemany("INSERT INTO waiting VALUES (?, ?, ?, ?, ?)", named)
    db.executemany("INSERT OR IGNORE INTO standard VALUES (?, ?, ?, ?)", facts)
    db.executemany("INSERT INTO standard_owner VALUES (?, ?)", owners)
    db.executemany("INSERT INTO standard_class VALUES (?, ?)", classes)


BY = {
    "year": ("standard s", "s.year", "COUNT(*)"),
    "stage": ("standard s", "s.stage", "COUNT(*)"),
    "type": ("standard s", "s.type", "COUNT(*)"),
    "committee": ("standard_owner s", "s.owner", "COUNT(*)"),
    "field": ("standard_class s", "SUBSTR(s.class, 1, 2)", "COUNT(DISTINCT s.thing)"),
}
"""What a row stands for: table, column, and how standards are counted."""


def counts(
    index: Names,
    by: str,
    *,
    text: str | None = None,
    owner: str | None = None,
    field: str | None = None,
    since: int | None = None,
    limit: int = 50,
) -> list[tuple[Any, int]]:
    """Return (value, number of standards); years in their order, all else largest first."""
    if not index.rows("SELECT 1 FROM sqlite_master WHERE name = 'standard'"):
        return []
    where, values = _where(index, text, owner, field, since)
    if by == "word":
        return _words(index, where, values, since, limit)
    table, column, counted = BY[by]
    order = f"{column} DESC" if by == "year" else f"n DESC, {column}"
    rows = index.rows(
        f"SELECT {column}, {counted} AS n FROM {table} WHERE {where} AND {column} != ''"
        f" GROUP BY {column} ORDER BY {order} LIMIT ?",
        (*values, limit),
    )
    return sorted(rows) if by == "year" else rows


def _where(
    index: Names, text: str | None, owner: str | None, field: str | None, since: int | None
) -> tuple[str, list[Any]]:
    parts: list[str] = ["1"]
    values: list[Any] = []
    if text:
        found, words = index.holding(text)
        parts.append(f"s.thing IN (SELECT n.thing FROM {found})")
        values += words
    if owner:
        parts.append("s.thing IN (SELECT thing FROM standard_owner WHERE owner = ?)")
        values.append(owner)
    if field:
        parts.append("s.thing IN (SELECT thing FROM standard_class WHERE class = ? OR class >= ? AND class < ?)")
        values += [field, field + ".", field + "/"]
    if since:
        parts.append("s.thing IN (SELECT thing FROM standard WHERE year >= ?)")
        values.append(since)
    return " AND ".join(parts), values


def _words(index: Names, where: str, values: list[Any], since: int | None, limit: int) -> list[tuple[str, int]]:
    """Count words: from the side table where all standards count, else from the titles that are left."""
    if where == "1" or (since and len(values) == 1):
        return index.rows(
            "SELECT word, SUM(number) AS n FROM word WHERE year >= ? GROUP BY word ORDER BY n DESC, word LIMIT ?",
            (since or 0, limit),
        )
    titles = index.rows(f"SELECT t.en FROM standard s JOIN thing t ON t.id = s.thing WHERE {where}", values)
    found: Counter[str] = Counter()
    for (title,) in titles:
        found.update(set(WORD.findall(title.lower())) - COMMON)
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]
