"""The index of names: which thing is meant by a name, and which names come near it.

One SQLite file beside the store: `thing` (id, labels, kind, country), `name` (comparison key, text, tag), `trigram`
(full-text search over names), `pair` (the same for Chinese words of one or two characters), `token` and
`worded` (names by word and words by name, but of the standards of packs) and `vocabulary` (in how many names a word stands).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from stdgraph.errors import AmbiguousNameError, UnknownNameError
from stdgraph.locale import in_words
from stdgraph.model import escape
from stdgraph.model.later import later
from stdgraph.model.light import dataclass
from stdgraph.model.spelling import EMPTY, HAN, key, words
from stdgraph.model.vocabulary import DCTERMS, RDFS, SKOS, STDG, expand, short
from stdgraph.storage import ranking
from stdgraph.storage.rows import Rows

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

CANDIDATES = 20
"""So many things are named where it is not clear which is meant."""

CODE = later(r"\d+(\.\d+)*")
"""A number whose dots count: 2020 is a year, and 20.20 a stage."""

ID = later(r"[a-z]+/\S+")
"""What looks like an id: it means that thing or none."""

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
CREATE TABLE token (word TEXT, name INTEGER, PRIMARY KEY (word, name)) WITHOUT ROWID;
CREATE TABLE worded (name INTEGER PRIMARY KEY, words TEXT);
CREATE TABLE vocabulary (word TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID;
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
MADE = 4
"""Rank of a name that we make, such as initials, so that a thing can be typed; what is printed goes before it."""

YEAR = "Year"
"""The kind of a year: no thing of the graph, but of what is dated."""


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

    def texts(self, iris: Iterable[str]) -> dict[str, tuple[str, str, tuple[str, ...]]]:
        """Return for each IRI that the index knows its labels in both languages, and all texts that name it, the best first."""
        found: dict[str, tuple[str, str, tuple[str, ...]]] = {}
        wanted = sorted(set(iris))
        for at in range(0, len(wanted), 500):
            part = wanted[at : at + 500]
            named = f"thing t JOIN name n ON n.thing = t.id WHERE t.iri IN ({','.join('?' * len(part))})"
            for iri, en, zh, text in self.rows(f"SELECT t.iri, t.en, t.zh, n.text FROM {named} ORDER BY n.rowid", part):
                found[iri] = (en, zh, (*found.get(iri, ("", "", ()))[2], text))
        return found

    def keyed(self, text: str) -> list[str]:
        """Return the IRIs of all things that a text names, whatever their kind."""
        rows = self.rows(
            "SELECT DISTINCT t.iri FROM name n JOIN thing t ON t.id = n.thing WHERE n.key = ? ORDER BY t.iri",
            (key(text),),
        )
        return [row[0] for row in rows]

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
        found = self._exact(name, kinds)
        best = [n for n, tier in found if tier == found[0][1]] or self._meant(name, kinds)
        if len(best) == 1:
            return best[0]
        if best:
            raise AmbiguousNameError(name=name, candidates=[self.line(n, lang) for n in best])
        nearest = [self.line(n, lang) for n in self.nearest(name, kinds)]
        raise UnknownNameError(name=name, nearest=nearest, kind=", ".join(self._kind(kind, lang) for kind in kinds))

    def line(self, found: Named, lang: str = "en") -> str:
        """Return label, kind, country and id of a thing in one line, for people to choose from."""
        about = ", ".join(part for part in (self._kind(found.kind, lang), found.country) if part)
        return escape.line(f"{short(found.iri)}  {found.label(lang)}{f' ({about})' if about else ''}")

    def _kind(self, name: str, lang: str) -> str:
        """Return a class as people know it: by its local name, which is a word in English only."""
        found = self.get(STDG + name) if lang.startswith("zh") else None
        return found.label(lang) if found else in_words("term", f"skos:{name}", lang).removeprefix("skos:")

    def _direct(self, name: str) -> Named | None:
        if "/" not in name and ":" not in name:
            return None
        return self.get(name) or self.get(expand(name))

    def _meant(self, name: str, kinds: Sequence[str]) -> list[Named]:
        """Return the thing that holds all the words of a name and fits best, and those that fit nearly as well."""
        if len(name) > LONGEST or ID.fullmatch(name.strip()):
            return []
        whole = [found for found, whole in self._ranked(name, kinds, CANDIDATES) if whole]
        return [found for found in whole if found.score > whole[0].score - ranking.CLEAR][:CANDIDATES]

    def _exact(self, name: str, kinds: Sequence[str]) -> list[tuple[Named, int]]:
        dots = "AND INSTR(n.text, '.') " + (">" if "." in name else "=") + " 0" if CODE.fullmatch(name.strip()) else ""
        rows = self.rows(
            "SELECT t.iri, t.en, t.zh, t.code, t.kind, t.country, MIN(t.tier + (n.rank = ?)) AS tier FROM name n"
            f" JOIN thing t ON t.id = n.thing WHERE n.key = ? {dots} {_kind_filter(kinds)} GROUP BY t.id ORDER BY tier, t.iri",
            (MADE, key(name), *kinds),
        )
        return [(Named(*row[:6]), row[6]) for row in rows]

    def nearest(self, name: str, kinds: Sequence[str] = (), limit: int = 5) -> list[Named]:
        """Return the things whose names come nearest to a misspelt one, best first."""
        found = self.find(name, kinds, limit)
        return found or [self._thing(thing) for thing, _, _ in self._like(name, kinds, limit)]

    def _like(self, name: str, kinds: Sequence[str], limit: int) -> list[tuple[int, str, float]]:
        """Return the things whose names are spelt most like one: number, name, and how much, from 0 to 1."""
        from rapidfuzz import fuzz, process  # only when a name was not found

        rows = self.rows(
            f"SELECT n.key, n.thing, n.text FROM name n JOIN thing t ON t.id = n.thing WHERE t.tier = 0 AND n.rowid < ? {_kind_filter(kinds)} ORDER BY n.rowid LIMIT {NEAREST}",
            (self.bulk, *kinds),
        )
        keys, wanted = [r[0] for r in rows], key(name)[:LONGEST]
        hits = process.extract(wanted, keys, scorer=fuzz.ratio, limit=limit * 4, score_cutoff=50)
        if len(wanted) >= 4:
            long = {at: k for at, k in enumerate(keys) if len(k) >= len(wanted)}
            hits += process.extract(wanted, long, scorer=fuzz.partial_ratio, limit=limit * 4, score_cutoff=75)
        best: dict[int, tuple[int, str, float]] = {}
        for _, ratio, at in sorted(hits, key=lambda h: (-h[1], len(h[0]), h[2])):
            best.setdefault(rows[at][1], (rows[at][1], rows[at][2], ratio / 100))
        return list(best.values())[:limit]

    def _thing(self, number: int) -> Named:
        return Named(*self.rows("SELECT iri, en, zh, code, kind, country FROM thing WHERE id = ?", (number,))[0])

    def find(self, text: str, kinds: Sequence[str] = (), limit: int = 20) -> list[Named]:
        """Return things by name, best first: exact names, then those that hold all the words, then some or like ones.

        Scores run from 1 (exact) down; ties are broken by the length of the name and the id.
        """
        return [found for found, _ in self._ranked(text, kinds, limit)][:limit]

    def _ranked(self, text: str, kinds: Sequence[str], limit: int) -> list[tuple[Named, bool]]:
        """Return things by name, best first, each with whether a name of it holds all that was typed, rightly spelt."""
        wanted = key(text)[: LONGEST * MANY]
        if not wanted:
            return []
        typed = ranking.Typed(self, " ".join(_cut(text)))
        candidates = self._candidates(typed, wanted, text, kinds, limit)
        found = self._scored(typed, wanted, candidates)
        if not found or found[0][0].score < ranking.POOR:
            alike = [hit for name_key in typed.alike(self.bulk) for hit in self._called(name_key, kinds)]
            found = self._scored(typed, wanted, dict.fromkeys([*candidates, *alike]))
        return found

    def _scored(self, typed: ranking.Typed, wanted: str, hits: Iterable[Hit]) -> list[tuple[Named, bool]]:
        worded = [(hit, (hit[10] or " ".join(words(hit[6]))).split()) for hit in hits]
        typed.rarity.learn(word for _, held in worded for word in held)
        best: dict[str, tuple[Named, bool]] = {}
        ids = {hit[0]: ranking.of_id(hit[0]) for hit, _ in worded}
        for (iri, en, zh, code, kind, country, matched, name_key, rank, tier, _), held in worded:
            standing = ranking.standing(kind, tier)
            if name_key == wanted and not (CODE.fullmatch(typed.text) and ("." in matched) != ("." in typed.text)):
                value, whole = 1.0 - (1.0 - standing) * 0.5, True
            else:
                score = typed.score(name_key, held, ids[iri])
                value, whole = score.value * standing * ranking.INEXACT, score.whole
            hit = Named(iri, en, zh, code, kind, country, matched, round(value - rank * 0.01, 3))
            if hit.score >= ranking.WORTH and (iri not in best or best[iri][0].score < hit.score):
                best[iri] = hit, whole or (iri in best and best[iri][1])
        return sorted(best.values(), key=lambda h: (-h[0].score, len(h[0].matched), h[0].iri))

    def _candidates(
        self, typed: ranking.Typed, wanted: str, text: str, kinds: Sequence[str], limit: int
    ) -> Iterable[Hit]:
        """Return names that may be meant: the same, those that begin so or hold the words, those of the likeliest things."""
        most = max(limit * 2, ranking.THINGS)
        beginning = "name n WHERE n.key >= ? AND n.key < ?", [wanted, wanted + chr(0x10FFFF)]
        found = self._called(wanted, kinds) + self._hits(*beginning, kinds, "n.key", most)
        if not EMPTY.issuperset(typed.words):
            found += self._holding(text, kinds, most)
        things = [str(thing) for thing in typed.things(_kind_filter(kinds), kinds)]
        marks = ",".join("?" * len(things))
        found += self._hits(f"name n WHERE n.thing IN ({marks})", things, (), "n.rowid", MOST * 4)
        return dict.fromkeys(found)

    def _called(self, name_key: str, kinds: Sequence[str]) -> list[Hit]:
        return self._hits("name n WHERE n.key = ?", [name_key], kinds, "n.rowid", MOST)

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

    def _holding(self, text: str, kinds: Sequence[str], most: int) -> list[Hit]:
        """Return the shortest names that hold the words, those of the standards of packs apart."""
        names, values = self.holding(text)
        order = names.split()[0] + ".rowid" if " MATCH " in names else "n.rowid"
        own = self._hits(f"{names} AND {order} < {self.bulk}", values, kinds, "LENGTH(n.key)", most)
        if self.bulk == NO_BULK or (kinds and not set(kinds) & BULK_KINDS):
            return own
        return own + self._hits(f"{names} AND {order} >= {self.bulk}", values, kinds, order, MOST)

    def _hits(self, names: str, values: Sequence[str], kinds: Sequence[str], order: str, limit: int) -> list[Hit]:
        """Return names with their things, and with their words where the index has them."""
        tables, _, where = names.partition(" WHERE ")
        return self.rows(
            "SELECT t.iri, t.en, t.zh, t.code, t.kind, t.country, n.text, n.key, n.rank, t.tier, w.words"
            f" FROM {tables} CROSS JOIN thing t LEFT JOIN worded w ON w.name = n.rowid"
            f" WHERE {where} AND t.id = n.thing {_kind_filter(kinds)} ORDER BY {order} LIMIT {limit}",
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
    return [word for word in map(key, _cut(text)) if word] or [key(text)[:LONGEST]]


def _cut(text: str) -> list[str]:
    """Return the words of a text that a search looks at: of very many the longest, each once, and of each the beginning."""
    typed = text.split()
    if len(typed) > MANY:
        typed = sorted(dict.fromkeys(typed), key=len, reverse=True)[:MANY]
    return [word[:LONGEST] for word in typed]


def _is_short(word: str) -> bool:
    """Tell whether no index holds a word: one or two letters that are not Chinese."""
    return len(word) < 3 and not HAN.search(word)


def _kind_filter(kinds: Sequence[str]) -> str:
    marks = ",".join("?" * len(kinds))
    return f"AND EXISTS (SELECT 1 FROM kind k WHERE k.thing = t.id AND k.kind IN ({marks}))" if kinds else ""


def _pairs_of(word: str) -> list[str]:
    """Return what the index of pairs must hold where a word is: its pairs, or its one character."""
    return [word[at : at + 2] for at in range(len(word) - 1)] or [word]
