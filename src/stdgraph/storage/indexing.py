"""Filling the index of names: all that bears a name in a graph, the words of the names, and the years that it dates."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence

import pyoxigraph as ox

from stdgraph.model.later import later
from stdgraph.model.spelling import EMPTY, HAN, is_chinese, key, words
from stdgraph.model.vocabulary import BASE, SRC, STDG, STDGC
from stdgraph.storage.names import INDEXES, MADE, NAMING, YEAR, Names
from stdgraph.storage.queries import bound, text_of

Select = Callable[[str], Iterable[ox.QuerySolution]]
Found = tuple[str, str, int]
"""A name: text, language, rank."""

INITIALED = {"Organization", "Agreement", "EventSeries", "PolicyDocument"}
"""Classes whose things people call by initials."""
LATIN = later(r"[^\W\d_](?:\w|['’-])*")
FEWEST, MOST = 3, 8
"""So many words make initials."""


def fill(names: Names, select: Select) -> None:
    """Index all named things of a graph, in the order of their IRIs, and the years in which something is dated."""
    texts = _texts(select)
    classes = _kinds(select)
    countries = {r["x"].value: r["code"].value for r in select(text_of("country-codes"))}
    direct = {r["x"].value: r["kind"].value for r in select(text_of("class-of-each"))}
    for row in select(text_of("years")):
        year = row["year"].value
        iri = BASE + "year/" + year
        texts[iri] = [(year, "en", 0), (f"{year}年", "zh-hans", 0), (f"year {year}", "en", 2)]
        classes[iri], direct[iri] = {YEAR}, YEAR
    for number, iri in enumerate(sorted(texts), start=1):
        found, kind = texts[iri], direct.get(iri, "")
        code = next((text for text, _, rank in found if rank == 1), "")
        values = (number, iri, *_labels(found), code, kind, countries.get(iri, ""), _tier(iri))
        names.db.execute("INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
        names.db.executemany("INSERT INTO kind VALUES (?, ?)", [(number, k) for k in sorted(classes.get(iri, ()))])
        _enter(names.db, number, iri, [*found, *_made(found, code, classes.get(iri, set()))])
    fill_pairs(names.db, 0)
    names.db.execute("INSERT INTO vocabulary SELECT word, COUNT(*) FROM token GROUP BY word")
    names.db.executescript(INDEXES)
    names.db.commit()


def _labels(found: Sequence[Found]) -> tuple[str, str]:
    """Return the English and the Chinese label; a thing without an English one goes by its pinyin, if it has one."""
    tags = {_language(tag): text for text, tag, rank in reversed(found) if rank == 0}
    pinyin = next((text for text, tag, _ in found if tag.lower() == "zh-latn-pinyin"), "")
    return tags.get("en", pinyin), tags.get("zh", "")


def _enter(db: sqlite3.Connection, thing: int, iri: str, found: Sequence[Found]) -> None:
    """Enter the names of a thing, their words, and with the first name the words of its id."""
    of_id = iri.removeprefix(BASE) if iri.startswith(BASE) else ""
    for text, tag, rank in dict.fromkeys(found):
        cursor = db.execute("INSERT INTO name VALUES (?, ?, ?, ?, ?)", (thing, key(text), text, tag, rank))
        db.execute("INSERT INTO trigram (rowid, key) VALUES (?, ?)", (cursor.lastrowid, key(text)))
        held = words(text)
        db.execute("INSERT INTO worded VALUES (?, ?)", (cursor.lastrowid, " ".join(held)))
        tokens = sorted({*held, *words(of_id)})
        db.executemany("INSERT INTO token VALUES (?, ?)", [(token, cursor.lastrowid) for token in tokens])
        of_id = ""


def _made(found: Sequence[Found], code: str, kinds: set[str]) -> list[Found]:
    """Return names that people type though nothing prints them: `ICS 35`, and the initials of a body or document."""
    if "IcsClass" in kinds:
        return [(f"ICS {code}", "", 1)]
    if not kinds & INITIALED:
        return []
    printed = {key(text) for text, _, _ in found}
    made = dict.fromkeys(_initials(text) for text, tag, rank in found if rank == 0 and tag == "en")
    return [(text, "", MADE) for text in made if text and key(text) not in printed]


def _initials(text: str) -> str:
    """Return the first letters of the words of a name, "" where there are too few or too many.

    >>> _initials("China Communications Standards Association (of 2002)")
    'CCSA'
    """
    letters = [word[0] for word in LATIN.findall(text.partition("(")[0]) if word.lower() not in EMPTY]
    return "".join(letters).upper() if FEWEST <= len(letters) <= MOST else ""


def fill_pairs(db: sqlite3.Connection, after: int) -> None:
    """Index the Chinese names behind a row by their pairs of characters, the last one also alone."""
    rows = db.execute("SELECT rowid, key FROM name WHERE rowid > ?", (after,))
    while batch := rows.fetchmany(20_000):
        found = [(number, _pairs(text)) for number, text in batch if not text.isascii() and HAN.search(text)]
        db.executemany("INSERT INTO pair (rowid, key) VALUES (?, ?)", found)


def _pairs(text: str) -> str:
    """Return each character with the next one, and the last one alone."""
    return " ".join(text[at : at + 2] for at in range(len(text)))


def _texts(select: Select) -> dict[str, list[tuple[str, str, int]]]:
    ranks = dict(NAMING)
    texts: dict[str, list[tuple[str, str, int]]] = {}
    for row in select(bound(text_of("names"), p=ranks)):
        entry = (row["t"].value, row["t"].language or "", ranks[row["p"].value])
        texts.setdefault(row["x"].value, []).append(entry)
    for row in select(text_of("names-as-nodes")):
        texts.setdefault(row["x"].value, []).append((row["t"].value, row["t"].language or "", 2))
    own = (BASE, STDG, STDGC, SRC)
    return {iri: sorted(found, key=lambda t: (t[2], t[1], t[0])) for iri, found in texts.items() if iri.startswith(own)}


def _kinds(select: Select) -> dict[str, set[str]]:
    kinds: dict[str, set[str]] = {}
    for row in select(text_of("classes-of-each")):
        kinds.setdefault(row["x"].value, set()).add(row["c"].value.rsplit("#", 1)[-1])
    return kinds


def _language(tag: str) -> str:
    return "zh" if is_chinese(tag) else "en" if tag in ("en", "") else tag


def _tier(iri: str) -> int:
    return 0 if iri.startswith((BASE, SRC)) else 1
