"""Names ranked by what people type: the words of a name in any order, half of them, misspelt ones, Chinese short forms.

Candidates come from the index; only where none fits are names compared letter by letter, without the standards of packs.
Each is scored by how much of what was typed it covers, and how much of it is covered: a word counts by its rarity.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log
from typing import Any, Protocol

from stdgraph.model.later import later
from stdgraph.model.light import dataclass
from stdgraph.model.spelling import HAN, key, words
from stdgraph.model.vocabulary import BASE

Hit = tuple[Any, ...]

MANY = 64
"""A search looks at so many different words."""
POSTINGS = 8_000
"""Words are looked up, the rarest first, until they bring so many names."""
THINGS = 60
"""So many things are looked at closely: those whose names hold the rarest words."""
ALIKE, LETTERS = 75, 4
"""A word that no name has is taken for those that are so much like it, in per cent; shorter words are not."""
FEW = 8
"""So many words or names are taken for a misspelt one."""
BEGINNINGS = 200
"""So many words are looked at that begin with what was typed."""
NEAR, LONGEST = 200_000, 60
"""A misspelt name is compared with so many names, if it has no more letters than that."""
INSIDE = 0.6
"""How much a word counts that stands inside another."""
INEXACT = 0.94
"""The most that another name than the one typed can score."""
POOR = 0.55
"""Where nothing scores more than this, names are compared letter by letter."""
WORTH = 0.3
"""What scores less is not told."""
CLEAR = 0.08
"""What a name means is told without asking where nothing else comes so near."""

DIGITS = later(r"\d")

RECORDS = {"Figure", "Relationship", "Participation", "OfficeHolding", "ChangeEvent", "StandardSet", "AgreementSet"}
"""Kinds that people seldom look for by name."""
LESSER = {"Event", "Meeting", "Conference", "Article", "Translation", "Resolution", "Arrangement", "OrganizationalUnit"}
"""Kinds whose names hold those of others: a meeting is named for its body."""


class Index(Protocol):
    """What is read: rows of the index of names."""

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Hit]:
        """Return the rows of a query."""
        ...


@dataclass(frozen=True)
class Score:
    """How well a name fits: from 0 to 1, and whether it holds all that was typed, rightly spelt."""

    value: float
    whole: bool


class Typed:
    """What was typed, with the words of the index that may be meant by each of its words, and how surely."""

    def __init__(self, index: Index, text: str) -> None:
        self.index = index
        self.key = key(text)
        self.text = text.strip()
        found = list(dict.fromkeys(words(text)))
        self.words = found if len(found) <= MANY else sorted(found, key=len, reverse=True)[:MANY]
        self.han = "".join(word for word in words(text) if HAN.match(word))[:MANY]
        self.size: int = index.rows("SELECT COUNT(*) + 1 FROM worded")[0][0]
        self.rarity = _Rarity(index, self.size)
        self.rarity.learn(self.words)
        self.variants = {word: self._variants(word) for word in self.words}
        self.rarity.learn(v for variants in self.variants.values() for v in variants)
        self.meant: dict[str, list[tuple[str, float]]] = {}
        for word, variants in self.variants.items():
            for variant, likeness in variants.items():
                self.meant.setdefault(variant, []).append((word, likeness))
        self.weights = {word: max(map(self.rarity, [word, *self.variants[word]])) for word in self.words}
        self.weight = sum(self.weights.values()) or 1.0
        self.likeness: dict[str, float] = {}

    def _variants(self, word: str) -> dict[str, float]:
        """Return the words that may be meant: itself, longer ones that begin so, and where there is neither, like ones."""
        found = {word: 1.0}
        if HAN.match(word) or word.isdigit():
            return found
        if len(word) >= LETTERS - 1:
            sql = "SELECT word FROM vocabulary WHERE word > ? AND word < ? LIMIT ?"
            for (longer,) in self.index.rows(sql, (word, word + chr(0x10FFFF), BEGINNINGS)):
                found[longer] = 0.6 + 0.3 * len(word) / len(longer)
        return found if len(found) > 1 or self.rarity.known(word) else found | self._alike(word)

    def _alike(self, word: str) -> dict[str, float]:
        if len(word) < LETTERS:
            return {}
        from rapidfuzz import fuzz, process  # only for a word that no name has

        sql = "SELECT word FROM vocabulary WHERE LENGTH(word) BETWEEN ? AND ?"
        near = [row[0] for row in self.index.rows(sql, (max(LETTERS - 1, len(word) - 2), len(word) + 2))]
        hits = process.extract(word, near, scorer=fuzz.ratio, limit=FEW, score_cutoff=ALIKE)
        return {like: 0.9 * ratio / 100 for like, ratio, _ in hits}

    def things(self, among: str, values: Sequence[str]) -> list[int]:
        """Return the things whose names hold the rarest of the words, the best first; `among` narrows them in SQL."""
        sums: dict[tuple[int, int], dict[str, float]] = {}
        left = POSTINGS
        for word in sorted(self.words, key=lambda w: (-self.weights[w], w)):
            for variant, likeness in self.variants[word].items():
                sql = (
                    "SELECT LENGTH(n.key), n.thing FROM token k JOIN name n ON n.rowid = k.name"
                    f" JOIN thing t ON t.id = n.thing WHERE k.word = ? {among} LIMIT {left}"
                )
                rows = self.index.rows(sql, (variant, *values))
                left -= len(rows)
                for name in rows:
                    held = sums.setdefault(name, {})
                    held[word] = max(held.get(word, 0.0), likeness * self.weights[word])
            if left <= 0:
                break
        best = sorted(sums, key=lambda name: (-sum(sums[name].values()), name))
        return list(dict.fromkeys(thing for _, thing in best[: 4 * THINGS]))[:THINGS]

    def alike(self, before: int) -> list[str]:
        """Return the keys of names before a row that are spelt much like what was typed: another number is no slip."""
        if len(self.key) < LETTERS or len(self.key) > LONGEST or HAN.search(self.key):
            return []
        from rapidfuzz import fuzz, process  # only where nothing else was found

        sql = "SELECT key FROM name WHERE rowid < ? AND LENGTH(key) BETWEEN ? AND ? LIMIT ?"
        near = self.index.rows(sql, (before, len(self.key) - 2, len(self.key) + 2, NEAR))
        number = DIGITS.findall(self.key)
        keys = sorted({row[0] for row in near if DIGITS.findall(row[0]) == number})
        hits = process.extract(self.key, keys, scorer=fuzz.ratio, limit=FEW, score_cutoff=ALIKE)
        self.likeness |= {like: ratio / 100 for like, ratio, _ in hits}
        return [like for like, _, _ in hits]

    def score(self, name_key: str, held: Sequence[str], more: Iterable[str] = ()) -> Score:
        """Return how well a name with these words fits; `more` are words of the thing's id, which count less."""
        matched = self._matched(held)
        order = 1.0
        if self.han:
            order = _order(self.han, "".join(word for word in held if HAN.match(word)))
        besides = self._matched(more)
        covered = sum(
            self.weights[word]
            * max(matched.get(word, 0.0), 0.8 * besides.get(word, 0.0), INSIDE if word in name_key else 0.0)
            for word in self.words
        )
        coverage = covered / self.weight
        total = sum(map(self.rarity, each := dict.fromkeys(held))) or 1.0
        used = sum(self.rarity(word) for word in each if word in self.meant)
        value = coverage**2 * order * (0.6 + 0.4 * min(used / total, 1.0))
        begun = 0.4 + 0.4 * len(self.key) / len(name_key) if self.key and name_key.startswith(self.key) else 0.0
        value = max(value, begun, self.likeness.get(name_key, 0.0) ** 2)
        return Score(value, order > SPLIT and all(matched.get(word) == 1.0 for word in self.words))

    def _matched(self, held: Iterable[str]) -> dict[str, float]:
        found: dict[str, float] = {}
        for word in held:
            for typed, likeness in self.meant.get(word, ()):
                found[typed] = max(found.get(typed, 0.0), likeness)
        return found


class _Rarity:
    """How much a word tells: the logarithm of how many names there are for each that holds it."""

    def __init__(self, index: Index, size: int) -> None:
        self.index = index
        self.size = size
        self.numbers: dict[str, int] = {}

    def learn(self, wanted: Iterable[str]) -> None:
        """Look up in how many names words stand."""
        missing = sorted(set(wanted) - self.numbers.keys())
        self.numbers |= dict.fromkeys(missing, 0)
        for at in range(0, len(missing), 500):
            part = missing[at : at + 500]
            marks = ",".join("?" * len(part))
            self.numbers |= dict(self.index.rows(f"SELECT word, number FROM vocabulary WHERE word IN ({marks})", part))

    def known(self, word: str) -> bool:
        """Tell whether a name holds a word."""
        return bool(self.numbers.get(word))

    def __call__(self, word: str) -> float:
        return log(1 + self.size / (self.numbers.get(word, 0) or 1))


WITHIN, SHORTENED, ORDERED, SPLIT = 1.0, 0.94, 0.9, 0.85
"""Chinese characters side by side in a name; in order from its first one, as in a short form; in order; less than that."""


def _order(typed: str, held: str) -> float:
    """Return how much of the order of Chinese characters a name keeps.

    >>> _order("标准委", "国家标准委"), _order("国标委", "国家标准委"), _order("委标国", "国家标准委") < 0.7
    (1.0, 0.94, True)
    """
    if typed in held:
        return WITHIN
    rest = iter(held)
    if all(character in rest for character in typed):
        return SHORTENED if typed[0] == held[0] else ORDERED
    pairs = {typed[at : at + 2] for at in range(len(typed) - 1)}
    return 0.55 + 0.3 * (sum(pair in held for pair in pairs) / len(pairs) if pairs else 0.0)


def of_id(iri: str) -> list[str]:
    """Return the words of an id: its years and codes are what people type, too."""
    return words(iri.removeprefix(BASE)) if iri.startswith(BASE) else []


def standing(kind: str, tier: int) -> float:
    """Return how much the kind of a thing takes from its score."""
    return 0.85 if tier else 0.85 if kind in RECORDS else 0.95 if kind in LESSER else 1.0
