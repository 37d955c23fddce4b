"""Filling the index of names: all that bears a name in a graph, the words of the names, and the years that it dates."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

import pyoxigraph as ox

from stdgraph.model.later import later
from stdgraph.model.light import dataclass
from stdgraph.model.spelling import EMPTY, HAN, is_chinese, key, words
from stdgraph.model.vocabulary import BASE, SRC, STDG, STDGC
from stdgraph.storage.names import INDEXES, MADE, NAMING, YEAR, Names
from stdgraph.storage.queries import bound, text_of
from stdgraph.storage.ranking import of_id

Select = Callable[[str], Iterable[ox.QuerySolution]]
Found = tuple[str, str, int]
"""A name: text, language, rank."""
INITIALED = {"Organization", "Agreement", "EventSeries", "PolicyDocument"}
"""Classes whose things people call by initials."""
LATIN = later(r"[^\W\d_](?:\w|['’-])*")
PAIRED = "INSERT INTO pair (rowid, key) VALUES (?, ?)"
INSERTS = (
    "INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    "INSERT INTO kind VALUES (?, ?)",
    "INSERT INTO name (rowid, thing, key, text, tag, rank) VALUES (?, ?, ?, ?, ?, ?)",
    "INSERT INTO trigram (rowid, key) VALUES (?, ?)",
    PAIRED,
    "INSERT INTO worded VALUES (?, ?)",
    "INSERT INTO token VALUES (?, ?)",
)
"""How the rows of an index are entered."""
YEARS = BASE + "year/"
"""How the IRIs of years begin, which are things of the index alone."""
ROOM = 1 << 12
"""So many numbers are left free before each thing, for what an edit brings."""
FEWEST, MOST = 3, 8
"""So many words make initials."""


@dataclass(frozen=True)
class Named:
    """What a graph says of all that bears a name: the names of each thing, its classes, its country, its own class."""

    texts: dict[str, list[Found]]
    classes: dict[str, set[str]]
    countries: dict[str, str]
    direct: dict[str, str]

    def digest(self) -> str:
        """Return a hash: of two graphs in which it is the same, the index is the same."""
        things = (
            (iri, found, sorted(self.classes.get(iri, ())), self.countries.get(iri), self.direct.get(iri))
            for iri, found in sorted(self.texts.items())
        )
        return hashlib.sha256(repr(list(things)).encode("utf-8", "surrogatepass")).hexdigest()


def fill(names: Names, select: Select) -> None:
    """Index all named things of a graph, in the order of their IRIs, and the years in which something is dated."""
    enter(names, named(select))


def named(select: Select, only: Collection[str] | None = None) -> Named:
    """Return what is indexed of a graph, or of some things and of years."""
    x = [None] if only is None else sorted(only)
    texts = _texts(select, x)
    of_each = _classes(select, x)
    classes = {iri: {name.rsplit("#", 1)[-1] for name in found} for iri, found in of_each.items()}
    countries = {r["x"].value: r["code"].value for r in select(bound(text_of("country-codes"), x=x))}
    direct = _narrowest(of_each, select)
    for row in select(text_of("years")):
        year = row["year"].value
        iri = YEARS + year
        texts[iri] = [(year, "en", 0), (f"{year}年", "zh-hans", 0), (f"year {year}", "en", 2)]
        classes[iri], direct[iri] = {YEAR}, YEAR
    return Named(texts, classes, countries, direct)


def enter(names: Names, of: Named) -> None:
    """Fill an index: things in the order of their IRIs, each with the number of its first name, and room before it."""
    rows, last = Entries(), 0
    for iri in sorted(of.texts):
        last = rows.add(last + ROOM, iri, of)
    rows.write(names.db)
    names.db.execute("INSERT INTO vocabulary SELECT word, COUNT(*) FROM token GROUP BY word")
    names.db.executescript(INDEXES)
    names.db.commit()


class Entries:
    """The rows of some things in an index, by the statements that enter them."""

    def __init__(self) -> None:
        self.rows: dict[str, list[tuple[Any, ...]]] = {insert: [] for insert in INSERTS}

    def add(self, number: int, iri: str, of: Named) -> int:
        """Add a thing and its names, which are numbered from its own number on; return the last number."""
        things, kinds, *_ = self.rows.values()
        found, kind, classes = of.texts[iri], of.direct.get(iri, ""), of.classes.get(iri, set())
        code = next((text for text, _, rank in found if rank == 1), "")
        things.append((number, iri, *_labels(found), code, kind, of.countries.get(iri, ""), _tier(iri)))
        kinds += [(number, one) for one in sorted(classes)]
        return self._named(number, iri, [*found, *_made(found, code, classes)])

    def _named(self, thing: int, iri: str, found: Sequence[Found]) -> int:
        """Add the names of a thing, their words, and with the first name the words of its id."""
        _, _, names, trigrams, pairs, worded, tokens = self.rows.values()
        every = dict.fromkeys(found)
        for number, (text, tag, rank) in enumerate(every, start=thing):
            folded, held = key(text), words(text)
            names.append((number, thing, folded, text, tag, rank))
            trigrams.append((number, folded))
            pairs += paired(number, folded)
            worded.append((number, " ".join(held)))
            tokens += [(token, number) for token in sorted({*held, *(of_id(iri) if number == thing else ())})]
        return thing + len(every) - 1

    @property
    def words(self) -> set[str]:
        """The words of all names and ids."""
        *_, tokens = self.rows.values()
        return {word for word, _ in tokens}

    def write(self, db: sqlite3.Connection) -> None:
        """Enter the rows."""
        for insert, entered in self.rows.items():
            db.executemany(insert, entered)


def _labels(found: Sequence[Found]) -> tuple[str, str]:
    """Return the English and the Chinese label; a thing without an English one goes by its pinyin, if it has one."""
    tags = {_language(tag): text for text, tag, rank in reversed(found) if rank == 0}
    pinyin = next((text for text, tag, _ in found if tag.lower() == "zh-latn-pinyin"), "")
    return tags.get("en", pinyin), tags.get("zh", "")


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
        db.executemany(PAIRED, [pairs for number, text in batch for pairs in paired(number, text)])


def paired(number: int, text: str) -> list[tuple[int, str]]:
    """Return the entry of a name in the index of pairs, if it is a Chinese one."""
    return [(number, _pairs(text))] if not text.isascii() and HAN.search(text) else []


def _pairs(text: str) -> str:
    """Return each character with the next one, and the last one alone."""
    return " ".join(text[at : at + 2] for at in range(len(text)))


def _texts(select: Select, x: Sequence[str | None]) -> dict[str, list[tuple[str, str, int]]]:
    ranks = dict(NAMING)
    texts: dict[str, list[tuple[str, str, int]]] = {}
    for row in select(bound(text_of("names"), p=ranks, x=x)):
        entry = (row["t"].value, row["t"].language or "", ranks[row["p"].value])
        texts.setdefault(row["x"].value, []).append(entry)
    for row in select(bound(text_of("names-as-nodes"), x=x)):
        texts.setdefault(row["x"].value, []).append((row["t"].value, row["t"].language or "", 2))
    own = (BASE, STDG, STDGC, SRC)
    return {iri: sorted(found, key=lambda t: (t[2], t[1], t[0])) for iri, found in texts.items() if iri.startswith(own)}


def _classes(select: Select, x: Sequence[str | None]) -> dict[str, set[str]]:
    classes: dict[str, set[str]] = {}
    for row in select(bound(text_of("classes-of-each"), x=x)):
        classes.setdefault(row["x"].value, set()).add(row["c"].value)
    return classes


def _narrowest(classes: dict[str, set[str]], select: Select) -> dict[str, str]:
    """Return the name of the narrowest class of each thing, the first where there are several."""
    above: dict[str, set[str]] = {}
    for row in select(text_of("axioms")):
        above.setdefault(row["a"].value, set()).add(row["b"].value)
    chosen = {several: _first(several, above) for several in {frozenset(found) for found in classes.values()}}
    return {iri: name for iri, found in classes.items() if (name := chosen[frozenset(found)])}


def _first(several: Collection[str], above: dict[str, set[str]]) -> str:
    """Return the first name of the classes that are above none of our own among them."""
    wider = {higher for one in several if one.startswith(STDG) for higher in _reached(one, above) if higher != one}
    names = (re.split("[#/]", one)[-1] for one in several if one not in wider)
    return min(names, default="")


def _reached(one: str, above: dict[str, set[str]]) -> set[str]:
    """Return all that is above a class."""
    waiting, seen = [one], set[str]()
    while waiting:
        new = above.get(waiting.pop(), set()) - seen
        seen |= new
        waiting += new
    return seen


def _language(tag: str) -> str:
    return "zh" if is_chinese(tag) else "en" if tag in ("en", "") else tag


def _tier(iri: str) -> int:
    return 0 if iri.startswith((BASE, SRC)) else 1
