"""Words of names that are misspelt: each stands in one thing alone, and is one slip of the hand from a word of many."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

import pyoxigraph as ox

from stdgraph.model.vocabulary import DCTERMS, SKOS

WORD = re.compile("[A-Za-z]+")
OFTEN = 8
"""A word that stands in the names of so many things is no misspelt one."""
LEAST, TURNED = 10, 7
"""Words with a letter left out are told if the right one is so long, those with two letters in the wrong order if it is so long."""
NAMES = tuple(ox.NamedNode(iri) for iri in (SKOS + "prefLabel", SKOS + "altLabel", DCTERMS + "title"))


class Spelled:
    """The English words of all names in a store."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store

    def slips(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield the words of a name that are misspelt, each with the one that is meant."""
        for word in dict.fromkeys(WORD.findall(text)):
            usual = self._slips.get(word.lower())
            if usual and self._things.get(word.lower(), 0) <= 1:
                yield word, usual

    @cached_property
    def _things(self) -> dict[str, int]:
        """In the names of how many things each word stands."""
        texts: dict[ox.NamedNode | ox.BlankNode | ox.Triple, list[str]] = defaultdict(list)
        for verb in NAMES:
            for quad in self.store.quads_for_pattern(None, verb, None):
                if isinstance(quad.object, ox.Literal) and quad.object.language == "en":
                    texts[quad.subject].append(quad.object.value)
        numbers: dict[str, int] = defaultdict(int)
        for said in texts.values():
            for word in {*WORD.findall(" ".join(said).lower())}:
                numbers[word] += 1
        return numbers

    @cached_property
    def _slips(self) -> dict[str, str]:
        """What usual words become by one slip; of a slip that may be of several, none is told."""
        found: dict[str, set[str]] = defaultdict(set)
        for word, number in self._things.items():
            if number >= OFTEN and len(word) >= TURNED:
                for slip in slips_of(word):
                    found[slip].add(word)
        return {slip: min(words) for slip, words in found.items() if len(words) == 1}


def slips_of(word: str) -> set[str]:
    """Return what a word becomes where two letters inside it change places, or one is left out: not its first, nor its ending.

    >>> sorted(slips_of("meeting"))
    ['meeitng', 'meteing']
    """
    inner = range(1, len(word) - 2)
    turned = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in inner if at < len(word) - 3}
    short = {word[:at] + word[at + 1 :] for at in inner} if len(word) >= LEAST else set()
    return (turned | short) - {word}
