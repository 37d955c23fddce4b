"""An index of names brought up to date where few things changed; it says the same as one that is made anew.

Things stand in the order of their IRIs, with room between them: only the rows of what changed are written again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from stdgraph.model.vocabulary import RDF, STDG
from stdgraph.storage.indexing import ROOM, YEARS, Entries, Named, Select, named, paired
from stdgraph.storage.names import NAMING
from stdgraph.storage.queries import text_of
from stdgraph.storage.ranking import of_id

SAID = {*dict(NAMING), STDG + "hasName", RDF + "type", STDG + "ofCountry"}
"""What an index is made of that is said of the named thing itself."""
DATED = {STDG + name for name in ("date", "start", "end", "asOf", "evidence")}
"""What years are made of."""
SPARE = 32
"""So many numbers are left free before a thing that is put between two others, if there are enough."""
MANY = 500
"""Where more things changed, the index is made anew."""


def touched(store: ox.Store, select: Select, index: Path, changed: Collection[ox.Triple]) -> set[str]:
    """Return the things and years of which an index may have to say something else, after some triples came or went."""
    found = {x.value for triple in changed for x in _about(store, triple) if isinstance(x, ox.NamedNode)}
    if not DATED.isdisjoint(triple.predicate.value for triple in changed):
        found |= {YEARS + row["year"].value for row in select(text_of("years"))} ^ _years(index)
    return found


def amend(index: Path, select: Select, things: Collection[str]) -> bool:
    """Write the rows of some things again; tell whether there was room for them, else the file is of no use."""
    if len(things) > MANY:
        return False
    db = sqlite3.connect(index)
    try:
        db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF")
        done = _amended(db, named(select, things), sorted(things))
        db.commit()
    finally:
        db.close()
    return done


def _about(store: ox.Store, triple: ox.Triple) -> Iterator[object]:
    """Yield what an index says something of on account of a triple."""
    said = triple.predicate.value
    if said in SAID:
        yield triple.subject
    if said == STDG + "nameText":
        yield from _subjects(store, "hasName", triple.subject)
    if said == STDG + "countryCode" or (said == RDF + "type" and triple.object == ox.NamedNode(STDG + "Country")):
        yield from _subjects(store, "ofCountry", triple.subject)


def _subjects(store: ox.Store, verb: str, value: ox.NamedNode | ox.BlankNode | ox.Triple) -> Iterator[object]:
    return (quad.subject for quad in store.quads_for_pattern(None, ox.NamedNode(STDG + verb), value))


def _years(index: Path) -> set[str]:
    db = sqlite3.connect(f"{index.resolve().as_uri()}?mode=ro", uri=True)
    try:
        return {iri for (iri,) in db.execute("SELECT iri FROM thing WHERE kind = 'Year'")}
    finally:
        db.close()


def _amended(db: sqlite3.Connection, of: Named, things: Iterable[str]) -> bool:
    counted = {word for iri in things for word in _taken_out(db, iri)}
    for iri in sorted(of.texts.keys() & set(things)):
        number = _free(db, iri, Entries().add(1, iri, of))
        if number is None:
            return False
        rows = Entries()
        rows.add(number, iri, of)
        rows.write(db)
        counted |= rows.words
    _count(db, counted)
    return True


def _free(db: sqlite3.Connection, iri: str, size: int) -> int | None:
    """Return the first of so many free numbers between the names of the things before and after an IRI, None if there are none."""
    before = (
        "SELECT COALESCE(MAX(rowid), 0) FROM name"
        " WHERE thing = (SELECT id FROM thing WHERE iri < ? ORDER BY iri DESC LIMIT 1)"
    )
    (last,) = db.execute(before, (iri,)).fetchone()
    after = db.execute("SELECT id FROM thing WHERE iri > ? ORDER BY iri LIMIT 1", (iri,)).fetchone()
    left = (after[0] - last - 1 if after else ROOM) - size
    return last + 1 + min(SPARE, left // 2) if left >= 0 else None


def _taken_out(db: sqlite3.Connection, iri: str) -> set[str]:
    """Take a thing and its names out of an index, if it is there; return their words."""
    found = db.execute("SELECT id FROM thing WHERE iri = ?", (iri,)).fetchone()
    if not found:
        return set()
    names = "SELECT n.rowid, n.key, w.words FROM name n JOIN worded w ON w.name = n.rowid WHERE n.thing = ?"
    words: set[str] = set(of_id(iri))
    for number, folded, held in db.execute(names, found).fetchall():
        db.execute("INSERT INTO trigram (trigram, rowid, key) VALUES ('delete', ?, ?)", (number, folded))
        for entry in paired(number, folded):
            db.execute("INSERT INTO pair (pair, rowid, key) VALUES ('delete', ?, ?)", entry)
        words |= set(held.split())
        db.executemany("DELETE FROM token WHERE word = ? AND name = ?", ((word, number) for word in words))
        db.execute("DELETE FROM worded WHERE name = ?", (number,))
    db.execute("DELETE FROM name WHERE thing = ?", found)
    db.execute("DELETE FROM kind WHERE thing = ?", found)
    db.execute("DELETE FROM thing WHERE id = ?", found)
    return words


def _count(db: sqlite3.Connection, words: Iterable[str]) -> None:
    """Count again in how many names some words stand."""
    each = [(word,) for word in sorted(words)]
    db.executemany("DELETE FROM vocabulary WHERE word = ?", each)
    db.executemany("INSERT INTO vocabulary SELECT word, COUNT(*) FROM token WHERE word = ? GROUP BY word", each)
