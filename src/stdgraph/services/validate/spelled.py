"""Words of names that are misspelt: each stands in one thing alone, and is one slip of the hand from a word of many."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from stdgraph.model.vocabulary import DCTERMS, SKOS

WORD = re.compile("[A-Za-z]+")
OFTEN = 8
"""A word that stands in the names of so many things is no misspelt one."""
LEAST, TURNED = 10, 7
"""Words with a letter left out are told if the right one is so long, those with two letters in the wrong order if it is so long."""
NAMES = tuple(ox.NamedNode(iri) for iri in (SKOS + "prefLabel", SKOS + "altLabel", DCTERMS + "title"))


class Spelled:
    """The English words of all names in a store; `numbers`, where given, tells in how many things each stands."""

    def __init__(self, store: ox.Store, numbers: Callable[[], Mapping[str, int]] | None = None) -> None:
        self._numbers = numbers or (lambda: words_in(store))

    def slips(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield the words of a name that are misspelt, each with the one that is meant."""
        for word in dict.fromkeys(WORD.findall(text)):
            usual = self._meant(word.lower()) if self._things.get(word.lower(), 0) <= 1 else ""
            if usual:
                yield word, usual

    @cached_property
    def _things(self) -> Mapping[str, int]:
        return self._numbers()

    @cached_property
    def _usual(self) -> dict[tuple[str, int], list[str]]:
        """The words that stand in many names, by what no slip changes, or by little: their first letter and their length."""
        found: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word, number in self._things.items():
            if number >= OFTEN and len(word) >= TURNED:
                found[word[0], len(word)].append(word)
        return found

    def _meant(self, word: str) -> str:
        """Return the usual word of which a word is a slip, "" if it is none, or may be one of several."""
        near = [usual for size in (len(word), len(word) + 1) for usual in self._usual.get((word[0], size), ())]
        meant = [usual for usual in near if word in slips_of(usual)]
        return meant[0] if len(meant) == 1 else ""


def words_in(store: ox.Store) -> dict[str, int]:
    """Return in the names of how many things of a store each English word stands."""
    texts: dict[Any, list[str]] = defaultdict(list)
    for verb in NAMES:
        for subject, _, value, _ in store.quads_for_pattern(None, verb, None):
            if isinstance(value, ox.Literal) and value.language == "en":
                texts[subject].append(value.value)
    return dict(Counter(word for said in texts.values() for word in _words(said)))


def words_anew(
    numbers: Mapping[str, int], before: ox.Store, after: ox.Store, things: Iterable[Any]
) -> Mapping[str, int]:
    """Return what `words_in` does of a store, from the numbers of the one before and the things that changed."""
    found = Counter(numbers)
    for thing in things:
        found.subtract(_words(_names(before, thing)))
        found.update(_words(_names(after, thing)))
    return found


def _names(store: ox.Store, thing: Any) -> list[str]:
    """Return the English names of a thing."""
    values = (quad.object for verb in NAMES for quad in store.quads_for_pattern(thing, verb, None))
    return [value.value for value in values if isinstance(value, ox.Literal) and value.language == "en"]


def _words(texts: Iterable[str]) -> set[str]:
    return {*WORD.findall(" ".join(texts).lower())}


def slips_of(word: str) -> set[str]:
    """Return what a word becomes where two letters inside it change places, or one is left out: not its first, nor its ending.

    >>> sorted(slips_of("meeting"))
    ['meeitng', 'meteing']
    """
    inner = range(1, len(word) - 2)
    turned = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in inner if at < len(word) - 3}
    short = {word[:at] + word[at + 1 :] for at in inner} if len(word) >= LEAST else set()
    return (turned | short) - {word}
