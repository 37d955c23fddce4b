"""Names to candidates: the things of a graph that a name may mean, with score and reasons. Reads the index of names only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from stdgraph.locale import Phrase, marked
from stdgraph.matching.spelt import Likeness, Spelt, Words, alike
from stdgraph.matching.weighing import PROBABLE
from stdgraph.model.spelling import HAN, key
from stdgraph.model.vocabulary import BASE, SRC, short
from stdgraph.storage.judgements import Judgements
from stdgraph.storage.names import Named, Names

LOOKED_AT = 15
"""So many things that a search brings are looked at closely."""
CODE, SEVERAL = 0.92, 0.7
"""The score of a thing whose acronym is given, and of one of several that have it."""
AGREES, DIFFERS, UNKNOWN = 0.25, 0.35, 0.9
"""What is left of the doubt, and of the score, where the country agrees, is another one, or is not known."""
CLEAR = 0.05
"""The best candidate is clearly the best if the next one scores so much less."""
KEPT = marked("judged the same as {id}")
COUNTRY = marked("same country: {name}")
PAIRS = "SELECT COUNT(*) FROM (SELECT 1 FROM pair WHERE pair MATCH '\"' || ? || '\"' LIMIT 50)"
"""In how many names a pair of Chinese characters stands, so far as it matters."""
YEARS = f"{BASE}year/"


@dataclass(frozen=True)
class Asked:
    """What is asked of one thing: a name, and its country by any name of it, where that is known."""

    name: str
    country: str = ""


@dataclass(frozen=True)
class Candidate:
    """A thing that a name may mean: `thing` with its score, the reasons; `sure` where it is probable and clearly the best."""

    thing: Named
    score: float
    why: tuple[Phrase, ...]
    sure: bool = False


class _Numbers(Mapping[str, int]):
    """In how many names a word, or a pair of Chinese characters, stands: looked up once."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.found: dict[str, int] = {}

    def __getitem__(self, word: str) -> int:
        if word not in self.found:
            sql = PAIRS if HAN.search(word) else "SELECT COALESCE(MAX(number), 0) FROM vocabulary WHERE word = ?"
            self.found[word] = int(self.names.rows(sql, (word,))[0][0])
        return self.found[word]

    def get(self, word: str, default: int = 0) -> int:  # type: ignore[override]  # every word has a number
        return self[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)


class Matcher:
    """Finds candidates in an index of names; one for many names, since it keeps what it looked up."""

    def __init__(self, names: Names, judged: Judgements | None = None) -> None:
        self.names = names
        self.judged = judged or Judgements()
        size = names.rows("SELECT COALESCE(MAX(id), 0) + 1 FROM thing")[0][0]
        self.words = Words(_Numbers(names), self._countries(), int(size))
        self._codes: dict[str, str] = {}

    def _countries(self) -> dict[str, str]:
        found = self.names.texts(thing.iri for thing in self.names.of_kind("Country"))
        spelt = ((iri, Spelt(text).words) for iri, (_, _, texts) in found.items() for text in texts)
        return {words[0]: iri for iri, words in spelt if len(words) == 1}

    def candidates(
        self, asked: Asked, kinds: Sequence[str] = (), *, top: int = 1, least: float = 0.5
    ) -> list[Candidate]:
        """Return the things that a name may mean, best first; see `candidates`."""
        name = asked.name.strip()
        if not key(name):
            return []
        hits = {n.iri: n for n in self._hits(name, kinds)}
        texts = self.names.texts(hits)
        found = [self._weighed(Spelt(name), asked.country, hits[iri], texts[iri][2]) for iri in sorted(texts)]
        kept = self._kept(_several(found))
        ordered = sorted(kept, key=lambda c: (-c.score, c.thing.iri))
        return _clear([c for c in ordered if c.score >= least])[:top]

    def _hits(self, name: str, kinds: Sequence[str]) -> list[Named]:
        known = (self.names.get(iri) for iri in self.names.keyed(name))
        exact = [n for n in known if n and _is_thing(n.iri) and self._is_of(n.iri, kinds)]
        if exact and not Spelt(name).is_code:
            return exact
        return [*exact, *(n for n in self.names.find(name, kinds, LOOKED_AT) if _is_thing(n.iri))]

    def _is_of(self, iri: str, kinds: Sequence[str]) -> bool:
        sql = "SELECT k.kind FROM kind k JOIN thing t ON t.id = k.thing WHERE t.iri = ?"
        return not kinds or not {row[0] for row in self.names.rows(sql, (iri,))}.isdisjoint(kinds)

    def _weighed(self, name: Spelt, country: str, thing: Named, texts: Iterable[str]) -> Candidate:
        like = max((_alike(name, Spelt(text), self.words) for text in texts), key=lambda found: found.value)
        score, why = like.value, [like.why] if like.why else []
        if code := self._code(country):
            if thing.country == code:
                score = 1 - (1 - score) * (1 - AGREES)
                why.append(Phrase(COUNTRY, name=code))
            else:
                score *= DIFFERS if thing.country else UNKNOWN
        return Candidate(thing, round(min(score, 1.0), 2), tuple(why))

    def _code(self, country: str) -> str:
        """Return the code of a country by any of its names, "" where none is given or known."""
        text = country.strip()
        if text not in self._codes:
            found = [n for n in (self.names.get(iri) for iri in self.names.keyed(text)) if n and n.kind == "Country"]
            self._codes[text] = found[0].country or found[0].iri.rpartition("/")[2] if found else ""
        return self._codes[text]

    def _kept(self, found: Iterable[Candidate]) -> list[Candidate]:
        """Return candidates under the ids that are kept of those that were judged the same."""
        best: dict[str, Candidate] = {}
        for one in found:
            iri = self.judged.kept(one.thing.iri)
            thing = self.names.get(iri) if iri != one.thing.iri else one.thing
            if thing and thing is not one.thing:
                one = replace(one, thing=thing, why=(*one.why, Phrase(KEPT, id=short(one.thing.iri))))
            if iri not in best or best[iri].score < one.score:
                best[iri] = one
        return list(best.values())


def _is_thing(iri: str) -> bool:
    """Tell whether an IRI is that of a thing: no term, no code, no year."""
    return iri.startswith((BASE, SRC)) and not iri.startswith(YEARS)


def _alike(name: Spelt, text: Spelt, words: Words) -> Likeness:
    """Return how alike names are; an acronym that was typed means those that have it."""
    like = alike(name, text, words)
    return Likeness(CODE, like.why, True) if like.code else like


def _several(found: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates; where several have the acronym that was typed, none is probable."""
    codes = [c for c in found if c.score >= CODE and any(w.message.startswith("same acronym") for w in c.why)]
    if len({c.thing.iri for c in codes}) < 2:
        return list(found)
    best = max(c.score for c in codes)
    apart = [c for c in codes if c.score < best or sum(o.score == best for o in codes) > 1]
    return [replace(c, score=min(c.score, SEVERAL)) if c in apart else c for c in found]


def _clear(found: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates with the first one marked as sure, where it is probable and no other comes near."""
    if not found or found[0].score < PROBABLE:
        return list(found)
    if len(found) > 1 and found[1].score > found[0].score - CLEAR:
        return list(found)
    return [replace(found[0], sure=True), *found[1:]]


def candidates(
    names: Names,
    asked: Iterable[Asked],
    kinds: Sequence[str] = (),
    *,
    top: int = 1,
    least: float = 0.5,
    judged: Judgements | None = None,
) -> Iterator[list[Candidate]]:
    """Yield for each name the things that it may mean, best first.

    Args:
        names: the index of names of an opened graph.
        asked: names, with countries where these are known.
        kinds: local names of classes that the things may have; empty for any.
        top: at most so many candidates of each.
        least: the lowest score that is told, from 0 to 1.
        judged: what persons judged: of two ids for one thing the one that is kept is told.
    """
    matcher = Matcher(names, judged)
    for one in asked:
        yield matcher.candidates(one, kinds, top=top, least=least)
