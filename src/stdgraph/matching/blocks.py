"""Which things are worth comparing with one: those that share a name, rare words, a number, or their ends."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator
from functools import cache
from math import log
from typing import Any, Protocol

from stdgraph.matching.families import RECORDS
from stdgraph.matching.features import NUMBERS, PARTIES, comparable
from stdgraph.matching.spelt import Spelt, Words
from stdgraph.matching.things import Thing

MOST = 40
"""What so many share tells nothing."""
WORD = "w "
"""How a mark that is a word begins."""
SHORTEST, SHARE = 3, 0.5
"""Halves of names have more letters than that; things that share less of the rare words of a name are not compared."""


class Base(Protocol):
    """What the things of a store share, looked up."""

    def holding(self, family: str, mark: str) -> list[str]:
        """Return things of a family that share a mark."""

    def number(self, word: str) -> int:
        """Return in how many things a word stands."""

    def countries(self) -> dict[str, str]:
        """Return the words that name a country alone, with its IRI."""

    def size(self) -> int:
        """Return how many things there are."""


class Blocks:
    """Things by what they share: a few are worth comparing with one, never all.

    Beside the things that are given there may be those of a `base`, which `look` tells by their IRIs.
    """

    def __init__(
        self, things: Iterable[Thing], base: Base | None = None, look: Callable[[str], Thing | None] = lambda _: None
    ) -> None:
        self.things: dict[str, Thing] = {}
        self.base = base
        self._look = cache(look)
        self._held: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._marks: dict[str, list[str]] = {}
        for thing in things:
            self.things[thing.iri] = thing
            family, found = thing.family, dict.fromkeys(marks(thing, words=True))
            for mark in found:
                self._held[family, mark].append(thing.iri)
            self._marks[thing.iri] = [mark for mark in found if not mark.startswith(WORD)]
        self._weight = cache(lambda number: log(2 + self.size / (number or 1)))
        self.size = len(self.things) + (base.size() if base else 0)

    def get(self, iri: str) -> Thing | None:
        """Return a thing."""
        return self.things.get(iri) or self._look(iri)

    def near(self, thing: Thing) -> list[Thing]:
        """Return the things that are worth comparing with one, in the order of their ids."""
        found: set[str] = set()
        known = self._marks[thing.iri] if self.things.get(thing.iri) is thing else dict.fromkeys(marks(thing))
        for mark in known:
            held = self._holding(thing.family, mark)
            found.update(held if len(held) <= MOST else ())
        for name in thing.names:
            if not name.is_code and thing.family not in RECORDS:
                found.update(self._worded(thing.family, name))
        return [one for iri in sorted(found - {thing.iri}) for one in [self.get(iri)] if one]

    def _holding(self, family: str, mark: str) -> list[str]:
        """Return the things of a family that share a mark."""
        held = self._held.get((family, mark), [])
        if self.base:
            return [*held, *(iri for iri in self.base.holding(family, mark) if iri not in self.things)]
        return held

    def _worded(self, family: str, name: Spelt) -> Iterator[str]:
        """Yield the things that hold the greater part of the rare words of a name."""
        shared: dict[str, float] = defaultdict(float)
        whole = 0.0
        for word in dict.fromkeys(name.telling):
            held = self._holding(family, WORD + word)
            if len(held) > MOST:
                continue
            weight = self._weight(len(held))
            whole += weight
            for iri in held:
                shared[iri] += weight
        yield from (iri for iri, weight in shared.items() if weight >= SHARE * whole)

    def words(self, but: Container[str] = ()) -> Words:
        """Return in how many things each word and each pair of Chinese characters stands, and the names of countries.

        Args:
            but: things whose words do not count, since they may be misspelt.
        """
        numbers: Counter[str] = Counter()
        countries = self.base.countries() if self.base else {}
        for thing in self.things.values():
            if thing.iri not in but and not self.base:
                numbers.update({word for name in thing.names for word in name.telling})
            if thing.family == "place":
                countries |= {name.words[0]: thing.iri for name in thing.names if len(name.words) == 1}
        return Words(_Numbers(self.base) if self.base else numbers, countries, self.size)


class _Numbers(dict[str, int]):
    """In how many things of a base a word stands: looked up once."""

    def __init__(self, base: Base) -> None:
        super().__init__()
        self.base = base

    def get(self, word: str, default: Any = 0) -> Any:
        """Return the number of a word: every word has one."""
        return self[word]

    def __missing__(self, word: str) -> int:
        self[word] = self.base.number(word)
        return self[word]


def marks(thing: Thing, *, words: bool = False, halves: bool = True) -> Iterator[str]:
    """Yield what a thing may share with another of its family: its ends, a name or half of one, a number, its parties.

    Args:
        thing: what is to be found.
        words: the words of its names, too.
        halves: parts of its names, too.
    """
    if thing.family in RECORDS:
        first, second = RECORDS[thing.family][:2]
        yield from (f"{one} {other}" for one in thing.get(first) for other in thing.get(second) or ("",))
        return
    for name in thing.names:
        yield name.key
        yield f"= {' '.join(sorted(name.words))}"
        half = len(name.key) // 2
        if halves and words:
            yield from (WORD + word for word in name.telling)
        if halves and half >= SHORTEST:  # a misspelt name keeps one of its halves
            yield from (f"^{name.key[:at]}" for at in (half - 1, half))
            yield from (f"{name.key[-at:]}$" for at in (half - 1, half))
    for slot in NUMBERS:
        yield from (f"{slot} {comparable(slot, value)}" for value in thing.get(slot))
    for slot in PARTIES:
        if found := thing.get(slot):
            yield f"{slot} {' '.join(sorted(found))}"
    if "NationalStandardsBody" in thing.own:
        yield from (f"nsb {value}" for value in thing.get("ofCountry"))
