"""The index of names: which thing is meant by a name, and which names come near it.

One SQLite file beside the store: `thing` (id, labels, kind, country), `name` (comparison key, text, tag), `trigram`
(full-text search over names) and `pair` (the same for Chinese words of one or two characters).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from stdgraph.errors import AmbiguousNameError, UnknownNameError
from stdgraph.locale import in_words
from stdgraph.model import escape
from stdgraph.model.spelling import HAN, is_chinese, key
from stdgraph.model.vocabulary import BASE, DCTERMS, RDFS, SKOS, SRC, STDG, STDGC, expand, short
from stdgraph.storage.queries import bound, text_of
from stdgraph.storage.rows import Rows

Select = Callable[[str], Iterable[ox.QuerySolution]]
Hit = tuple[Any, ...]

NAMING = (
    (SKOS + "prefLabel", 0),
    (RDFS + "label", 0),
    (DCTERMS + "title", 0),
    (STDG + "acronym", 1),
    (STDG + "reference", 1),
    (STDG + "documentNumber", 1),
    (SKOS + "notation", 1),
    (STDG + "formerName", 2),
    (SKOS + "altLabel", 2),
    (SKOS + "hiddenLabel", 2),
    (STDG + "countryCode", 3),
    (STDG + "subdivisionCode", 3),
    (STDG + "issn", 3),
    (STDG + "isoCommitteeId", 3),
    (STDG + "isoOrganizationId", 3),
    (STDG + "isoDeliverableId", 3),
    (STDG + "wikidataId", 3),
)
"""Properties whose values name a thing, with their rank: label, code, other name, identifier."""

MOST = 500
"""A search looks at so many names of the standards of packs, the shortest that hold the words."""

BULK_KINDS = {"Standard", "StandardEdition", "StandardProject"}
NO_BULK = 1 << 60

NEAREST = 200_000
"""Misspelt names are compared with so many names, which leaves out the standards of large packs."""

LONGEST, MANY = 1000, 64
"""A search looks at so many characters of a word or a misspelt name, and at so many words: no name has half of either."""

TABLES = """
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT UNIQUE, en TEXT, zh TEXT, code TEXT, kind TEXT, country TEXT, tier INTEGER);
CREATE TABLE kind (thing INTEGER, kind TEXT);
CREATE TABLE name (thing INTEGER, key TEXT, text TEXT, tag TEXT, rank INTEGER);
CREATE VIRTUAL TABLE trigram USING fts5(key, content='', tokenize='trigram');
CREATE VIRTUAL TABLE pair USING fts5(key, content='', detail='none');
"""
INDEXES = """
CREATE INDEX name_key ON name (key);
CREATE INDEX name_thing ON name (thing);
CREATE INDEX kind_kind ON kind (kind, thing);
CREATE INDEX kind_thing ON kind (thing);
"""
DESIGNATED = (
    "TechnicalCommittee",
    "Subcommittee",
    "ProjectCommittee",
    "WorkingGroup",
    "TechnicalBody",
    "Standard",
    "StandardEdition",
)
ROMANIZED = 4
"""Rank of a romanization that we make, so that a person whose name a source prints in Chinese alone can be typed."""


@dataclass(frozen=True)
class Named:
    """A thing of the index: IRI, labels in both languages, kind (local name of its class), country, score of a search."""

    iri: str
    en: str
    zh: str
    code: str
    kind: str
    country: str
    matched: str = ""
    score: float = 0.0

    def label(self, lang: str = "en") -> str:
        """Return the label in a language, or in the other one, or the designation, or the short id.

        Committees and standards go by their designation, which stands first: `ISO/TC 68 Financial services`.
        """
        first, second = (self.zh, self.en) if lang.startswith("zh") else (self.en, self.zh)
        label = first or second
        if label and self.code and self.kind in DESIGNATED and self.code not in label:
            return f"{self.code} {label}"
        return label or self.code or short(self.iri)


class Names(Rows):
    """Looks names up; `path` is an index file, or None for an empty index in memory."""

    def __init__(self, path: Path | None = None) -> None:
        super().__init__(path, TABLES)

    def adopt(self, other: Rows) -> None:
        """Read another index from now on."""
        super().adopt(other)
        self.__dict__.pop("bulk", None)

    def get(self, iri: str) -> Named | None:
        """Return what the index knows of an IRI."""
        rows = self.rows("SELECT iri, en, zh, code, kind, country FROM thing WHERE iri = ?", (iri,))
        return Named(*rows[0]) if rows else None

    def labels(self, iris: Iterable[str], lang: str) -> dict[str, str]:
        """Return a label for each IRI that the index knows."""
        found: dict[str, str] = {}
        wanted = sorted(set(iris))
        for at in range(0, len(wanted), 500):
            part = wanted[at : at + 500]
            marks = ",".join("?" * len(part))
            rows = self.rows(f"SELECT iri, en, zh, code, kind, country FROM thing WHERE iri IN ({marks})", part)
            found |= {row[0]: Named(*row).label(lang) for row in rows}
        return found

    def resolve(self, name: str, kinds: Sequence[str] = (), lang: str = "en") -> Named:
        """Return the one thing that a name means: an IRI, a short id, or any label, alias, acronym or former name.

        Args:
            name: as the user typed it.
            kinds: local names of classes that the thing may have; empty for any.
            lang: language of the candidates in an error.

        Raises:
            UnknownNameError: nothing bears that name; the error holds the nearest ones.
            AmbiguousNameError: several things do.
        """
        if direct := self._direct(name.strip()):
            return direct
        found = self._exact(key(name), kinds)
        best = [n for n, tier in found if tier == found[0][1]]
        if len(best) == 1:
            return best[0]
        if best:
            raise AmbiguousNameError(name=name, candidates=[self.line(n, lang) for n in best])
        nearest = [self.line(n, lang) for n in self.nearest(name, kinds)]
        raise UnknownNameError(name=name, nearest=nearest, kind=", ".join(self._kind(kind, lang) for kind in kinds))

    def line(self, found: Named, lang: str = "en") -> str:
        """Return label, kind, country and id of a thing in one line, for people to choose from."""
        about = ", ".join(part for part in (self._kind(found.kind, lang), found.country) if part)
        return escape.line(f"{short(found.iri)}  {found.label(lang)} ({about})")

    def _kind(self, name: str, lang: str) -> str:
        """Return a class as people know it: by its local name, which is a word in English only."""
        found = self.get(STDG + name) if lang.startswith("zh") else None
        return found.label(lang) if found else in_words("term", f"skos:{name}", lang).removeprefix("skos:")

    def _direct(self, name: str) -> Named | None:
        if "/" not in name and ":" not in name:
            return None
        return self.get(name) or self.get(expand(name))

    def _exact(self, name_key: str, kinds: Sequence[str]) -> list[tuple[Named, int]]:
        rows = self.rows(
            "SELECT DISTINCT t.iri, t.en, t.zh, t.code, t.kind, t.country, t.tier FROM name n JOIN thing t ON t.id = n.thing"
            f" WHERE n.key = ? {_kind_filter(kinds)} ORDER BY t.tier, t.iri",
            (name_key, *kinds),
        )
        return [(Named(*row[:6]), row[6]) for row in rows]

    def nearest(self, name: str, kinds: Sequence[str] = (), limit: int = 5) -> list[Named]:
        """Return the things whose names come nearest to a misspelt one, best first."""
        from rapidfuzz import fuzz, process  # only when a name was not found

        rows = self.rows(
            f"SELECT n.key, n.thing FROM name n JOIN thing t ON t.id = n.thing WHERE t.tier = 0 {_kind_filter(kinds)} ORDER BY n.rowid LIMIT {NEAREST}",
            tuple(kinds),
        )
        keys, wanted = [r[0] for r in rows], key(name)[:LONGEST]
        hits = process.extract(wanted, keys, scorer=fuzz.ratio, limit=limit * 4, score_cutoff=50)
        if len(wanted) >= 4:
            long = {at: k for at, k in enumerate(keys) if len(k) >= len(wanted)}
            hits += process.extract(wanted, long, scorer=fuzz.partial_ratio, limit=limit * 4, score_cutoff=75)
        things = list(dict.fromkeys(rows[at][1] for _, _, at in sorted(hits, key=lambda h: (-h[1], len(h[0]), h[2]))))
        return [self._thing(thing) for thing in things[:limit]]

    def _thing(self, number: int) -> Named:
        return Named(*self.rows("SELECT iri, en, zh, code, kind, country FROM thing WHERE id = ?", (number,))[0])

    def find(self, text: str, kinds: Sequence[str] = (), limit: int = 20) -> list[Named]:
        """Return things by name, best first: exact names, then names that begin so, then names that hold all the words.

        Scores run from 1 (exact) down; ties are broken by the length of the name and the id.
        """
        wanted = key(text)
        if not wanted:
            return []
        beginning = "name n WHERE n.key >= ? AND n.key < ?", [wanted, wanted + chr(0x10FFFF)]
        rows = dict.fromkeys(self._holding(text, kinds) + self._hits(*beginning, kinds, "n.key", MOST))
        best: dict[str, Named] = {}
        for *thing, matched, name_key, rank, tier in rows:
            share = len(wanted) / max(len(name_key), 1)
            score = 1.0 if name_key == wanted else (0.8 if name_key.startswith(wanted) else 0.6) * (0.5 + share / 2)
            iri, en, zh, code, kind, country = thing
            hit = Named(iri, en, zh, code, kind, country, matched, round(score - rank * 0.01 - tier * 0.3, 3))
            if hit.iri not in best or best[hit.iri].score < hit.score:
                best[hit.iri] = hit
        return sorted(best.values(), key=lambda h: (-h.score, len(h.matched), h.iri))[:limit]

    def holding(self, text: str) -> tuple[str, list[str]]:
        """Return names `n` that hold all words of a text, as the end of a SELECT, and its values.

        One full-text index leads, so that the rows come in the order of names and a LIMIT stops the search: that of
        pairs if a Chinese word of one or two characters is among the words. The other words are looked for in the name.
        """
        words = _words(text)
        if all(_is_short(w) for w in words) and len("".join(words)) >= 3:
            words = ["".join(words)]
        chinese = [w for w in words if HAN.search(w)]
        index, led = ("trigram", [w for w in words if len(w) >= 3])
        terms = [f'"{w}"' for w in led]
        if any(len(w) < 3 for w in chinese):
            index, led = "pair", [w for w in chinese if len(w) < 3]
            terms = [pair if len(pair) == 2 else f"{pair}*" for w in chinese for pair in _pairs_of(w)]
        others = [w for w in words if w not in led]
        where = ([f"{index} MATCH ? AND n.rowid = {index}.rowid"] if terms else []) + ["INSTR(n.key, ?) > 0"] * len(
            others
        )
        tables = f"{index} CROSS JOIN name n" if terms else "name n"
        return f"{tables} WHERE {' AND '.join(where)}", [*([" AND ".join(terms)] if terms else []), *others]

    def _holding(self, text: str, kinds: Sequence[str]) -> list[Hit]:
        """Return all names that hold the words, but of the standards of packs only the shortest ones."""
        names, values = self.holding(text)
        order = names.split()[0] + ".rowid" if " MATCH " in names else "n.rowid"
        own = self._hits(f"{names} AND {order} < {self.bulk}", values, kinds, order, 1 << 60)
        if self.bulk == NO_BULK or (kinds and not set(kinds) & BULK_KINDS):
            return own
        return own + self._hits(f"{names} AND {order} >= {self.bulk}", values, kinds, order, MOST)

    def _hits(self, names: str, values: Sequence[str], kinds: Sequence[str], order: str, limit: int) -> list[Hit]:
        tables, _, where = names.partition(" WHERE ")
        return self.rows(
            "SELECT t.iri, t.en, t.zh, t.code, t.kind, t.country, n.text, n.key, n.rank, t.tier"
            f" FROM {tables} CROSS JOIN thing t WHERE {where} AND t.id = n.thing {_kind_filter(kinds)}"
            f" ORDER BY {order} LIMIT {limit}",
            (*values, *kinds),
        )

    @cached_property
    def bulk(self) -> int:
        """The first name of the standards of packs, which stand last and in the order of their length."""
        if not self.rows("SELECT 1 FROM sqlite_master WHERE name = 'bulk'"):
            return NO_BULK
        return int(self.rows("SELECT first FROM bulk")[0][0])

    def complete(self, prefix: str, kinds: Sequence[str] = (), limit: int = 50) -> list[Named]:
        """Return things with a name that begins with what was typed, for shell completion."""
        wanted = key(prefix)
        rows = self.rows(
            "SELECT t.iri, t.en, t.zh, t.code, t.kind, t.country, n.text FROM name n JOIN thing t ON t.id = n.thing"
            f" WHERE n.key >= ? AND n.key < ? AND t.tier = 0 {_kind_filter(kinds)} ORDER BY n.key, t.iri LIMIT ?",
            (wanted, wanted + chr(0x10FFFF), *kinds, limit),
        )
        return [Named(*row) for row in rows]

    def of_kind(self, kind: str) -> list[Named]:
        """Return all things of a class, by id."""
        rows = self.rows(
            "SELECT t.iri, t.en, t.zh, t.code, t.kind, t.country FROM thing t JOIN kind k ON k.thing = t.id WHERE k.kind = ? ORDER BY t.iri",
            (kind,),
        )
        return [Named(*row) for row in rows]


def _words(text: str) -> list[str]:
    """Return the words of a text in the form in which names are compared; of very many the longest, each once."""
    words = text.split()
    if len(words) > MANY:
        words = sorted(dict.fromkeys(words), key=len, reverse=True)[:MANY]
    return [word[:LONGEST] for word in map(key, words) if word] or [key(text)[:LONGEST]]


def _is_short(word: str) -> bool:
    """Tell whether no index holds a word: one or two letters that are not Chinese."""
    return len(word) < 3 and not HAN.search(word)


def _kind_filter(kinds: Sequence[str]) -> str:
    marks = ",".join("?" * len(kinds))
    return f"AND EXISTS (SELECT 1 FROM kind k WHERE k.thing = t.id AND k.kind IN ({marks}))" if kinds else ""


def fill(names: Names, select: Select) -> None:
    """Index all named things of a graph, in the order of their IRIs."""
    texts = _texts(select)
    kinds = _kinds(select)
    countries = {r["x"].value: r["code"].value for r in select(text_of("country-codes"))}
    direct = {r["x"].value: r["kind"].value for r in select(text_of("class-of-each"))}
    for number, iri in enumerate(sorted(texts), start=1):
        tags = {t: text for text, tag, rank in reversed(texts[iri]) if rank == 0 for t in [_language(tag)]}
        code = next((text for text, _, rank in texts[iri] if rank == 1), "")
        kind = direct.get(iri, "")
        row = (number, iri, tags.get("en", ""), tags.get("zh", ""), code, kind, countries.get(iri, ""), _tier(iri))
        names.db.execute("INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        names.db.executemany("INSERT INTO kind VALUES (?, ?)", [(number, k) for k in sorted(kinds.get(iri, ()))])
        names_found = texts[iri] + (_romanized(texts[iri]) if kind == "Person" else [])
        for text, tag, rank in dict.fromkeys(names_found):
            cursor = names.db.execute("INSERT INTO name VALUES (?, ?, ?, ?, ?)", (number, key(text), text, tag, rank))
            names.db.execute("INSERT INTO trigram (rowid, key) VALUES (?, ?)", (cursor.lastrowid, key(text)))
    fill_pairs(names.db, 0)
    names.db.executescript(INDEXES)
    names.db.commit()


def fill_pairs(db: sqlite3.Connection, after: int) -> None:
    """Index the Chinese names behind a row by their pairs of characters, the last one also alone."""
    rows = db.execute("SELECT rowid, key FROM name WHERE rowid > ?", (after,))
    while batch := rows.fetchmany(20_000):
        found = [(number, _pairs(text)) for number, text in batch if not text.isascii() and HAN.search(text)]
        db.executemany("INSERT INTO pair (rowid, key) VALUES (?, ?)", found)


def _pairs(text: str) -> str:
    """Return each character with the next one, and the last one alone."""
    return " ".join(text[at : at + 2] for at in range(len(text)))


def _pairs_of(word: str) -> list[str]:
    """Return what the index of pairs must hold where a word is: its pairs, or its one character."""
    return [word[at : at + 2] for at in range(len(word) - 1)] or [word]


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


def _romanized(found: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """Return the pinyin of a person's Chinese names: `杨锋` can be typed as `Yang Feng`; no fact, only a way to find."""
    from pypinyin import Style, lazy_pinyin  # only when a store is compiled

    romanized = []
    for text, tag, rank in found:
        if rank == 0 and is_chinese(tag) and 2 <= len(text) <= 4 and "·" not in text:
            family, *given = lazy_pinyin(text, style=Style.NORMAL)
            romanized.append((f"{family.title()} {''.join(given).title()}", "zh-Latn-pinyin", ROMANIZED))
    return romanized


def _kinds(select: Select) -> dict[str, set[str]]:
    kinds: dict[str, set[str]] = {}
    for row in select(text_of("classes-of-each")):
        kinds.setdefault(row["x"].value, set()).add(row["c"].value.rsplit("#", 1)[-1])
    return kinds


def _language(tag: str) -> str:
    return "zh" if is_chinese(tag) else "en" if tag in ("en", "") else tag


def _tier(iri: str) -> int:
    return 0 if iri.startswith((BASE, SRC)) else 1
