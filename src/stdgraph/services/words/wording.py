"""What is to be known of a question: what it names, its dates, the words that tell something, the kinds of answer it expects."""

from __future__ import annotations

from functools import cached_property

from stdgraph.model.light import dataclass
from stdgraph.model.spelling import HAN, fold, words
from stdgraph.model.vocabulary import short
from stdgraph.services.words.language import language
from stdgraph.services.words.shortened import shortened
from stdgraph.services.words.spotting import MOST, Spotted, apart, countries, meant, spotted
from stdgraph.services.words.tokens import DATES, RUN, dated, numeral_dates, pairs, stem
from stdgraph.storage.names import Names

LONGEST = 400
"""So many characters of a question are looked at."""


@dataclass(frozen=True)
class Wording:
    """A question in one's own words.

    Its text; the things that it names, and those inside their names; the dates and words in it; the kinds of answer it
    expects; how many rows it wants, 0 for all.
    """

    text: str
    spotted: tuple[Spotted, ...]
    inside: tuple[Spotted, ...]
    dates: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    expects: tuple[frozenset[str], ...]
    limit: int = 0

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words that tell what is asked: English ones, pairs of Chinese characters."""
        return tuple(dict.fromkeys(word for part in self.parts for word in part))

    @cached_property
    def named(self) -> frozenset[str]:
        """The words in the names of what is spotted, as the question has them."""
        return frozenset(word for s in self.spotted for word in s.words)

    @cached_property
    def asking(self) -> tuple[str, ...]:
        """The words that name nothing."""
        return tuple(word for word in self.words if word not in self.named)

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """All that is compared with rows: ids of the things spotted, dates, words."""
        every = (*self.spotted, *self.inside)
        things = [f"={short(s.thing.iri)}" for s in every]
        lands = [f"~{short(s.thing.iri)}" for s in every if "Country" in s.kinds]
        return tuple(dict.fromkeys([*things, *lands, *self.dates, *self.words]))


def worded(names: Names, text: str) -> Wording:
    """Return what is to be known of a question."""
    text = " ".join(text[:LONGEST].split())
    folded, limit = language().limited(language().plainly(numeral_dates(fold(text))))
    found = meant(text, spotted(names, folded))
    found = sorted([*found, *countries(names, folded, found)], key=lambda s: (s.first, s.thing.iri))
    short_names = shortened(names, folded, found)
    inside = [s for s in found if any(o.first <= s.first and s.last <= o.last for o in short_names)]
    outside = sorted([*short_names, *(s for s in found if s not in inside)], key=lambda s: (s.first, s.thing.iri))
    return Wording(
        text=text,
        spotted=tuple(outside),
        inside=tuple(inside),
        dates=tuple(dated(folded)),
        parts=tuple(telling(DATES.sub(" ", apart(folded, found)))),
        expects=language().expected(text),
        limit=limit,
    )


def telling(folded: str) -> list[tuple[str, ...]]:
    """Return what tells what is asked: English words, each alone, and runs of Chinese as pairs of characters."""
    lang = language()
    found: list[tuple[str, ...]] = []
    for run in RUN.findall(folded):
        if HAN.match(run):
            found += [tuple(pairs(part)) for part in lang.cut.split(run) if len(part) > 1]
        else:
            cut = [(word, stem(word)) for word in words(run)]
            found += [(c,) for word, c in cut if not {word, c} & lang.empty and (len(c) > 1 or c.isdigit())]
    return list(dict.fromkeys(found))[:MOST]
