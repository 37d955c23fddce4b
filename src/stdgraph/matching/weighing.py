"""The score of two things and its reasons: names first, then what speaks for one thing and what against it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod

from stdgraph.locale import Phrase, translated
from stdgraph.matching.families import PARTING, RECORDS
from stdgraph.matching.features import FEATURES, Signal, dates
from stdgraph.matching.spelt import Likeness, Words, best
from stdgraph.matching.things import Thing
from stdgraph.model.vocabulary import short

PROBABLE = 0.8
"""From this score on two things are probably one."""
UNLIKE, LEAST, MOST = 0.35, 0.3, 0.99
"""Labels of one language less alike than this speak against an acronym; names less alike than that are not weighed."""
SURE = 0.8
"""Numbers of a register and like signals speak for one thing whatever the names."""
TIMES = frozenset({"date", "start", "end", "asOf"})


@dataclass(frozen=True)
class Match:
    """Two things that may be one: the score from 0 to 1 and its reasons."""

    one: str
    other: str
    score: float
    why: tuple[Phrase, ...] = ()

    def reasons(self, lang: str = "en") -> str:
        """Return the reasons in one line."""
        return str(translated(Phrase("; "), lang)).join(translated(reason, lang) for reason in self.why)


def weighed(one: Thing, other: Thing, known: Words, least: float = 0.0) -> Match:
    """Return how probably two things are one, and why; 0 where that is certainly less than `least`."""
    if not one.family or one.family != other.family or one.iri == other.iri:
        return Match(one.iri, other.iri, 0.0)
    found = _records(one, other) if one.family in RECORDS else _named(one, other, known, least)
    return Match(one.iri, other.iri, *found)


def _named(one: Thing, other: Thing, known: Words, least: float) -> tuple[float, tuple[Phrase, ...]]:
    signals, most = [], 1.0
    for feature in FEATURES:
        if signal := feature(one, other):
            signals.append(signal)
            most *= 1 + min(signal.weight, 0)
            if most < least:
                return 0.0, ()
    name = best(one.names, other.names, known)
    if name.value < LEAST and all(signal.weight < SURE for signal in signals):
        return 0.0, ()
    if name.code:
        signals.append(_coded(one, other, known))
    return _score(name, signals)


def _coded(one: Thing, other: Thing, known: Words) -> Signal:
    """Return what an acronym in common tells: much in one country and class, little where the labels differ."""
    if _unlike(one, other, known):
        return Signal(-0.35)
    ours, theirs = one.get("ofCountry"), other.get("ofCountry")
    agree = one.own & other.own and (ours & theirs or not (ours or theirs))
    return Signal(0.6 if agree else 0.0)


def _score(name: Likeness, signals: Iterable[Signal]) -> tuple[float, tuple[Phrase, ...]]:
    """Return the score: what speaks for it makes doubt smaller, what speaks against it the score."""
    held = list(signals)
    doubt = (1 - name.value * 0.9) * prod(1 - s.weight for s in held if s.weight > 0)
    value = (1 - doubt) * prod(1 + s.weight for s in held if s.weight < 0)
    why = [name.why] if name.why and name.value >= LEAST else []
    why += [s.why for s in sorted(held, key=lambda s: -s.weight) if s.why and s.weight > 0]
    return round(min(value, MOST), 2), tuple(why)


def _unlike(one: Thing, other: Thing, known: Words) -> bool:
    """Tell whether the labels that both have in one language are of different things."""
    codes = {n.key for thing in (one, other) for n in thing.names if n.rank == 1}
    for lang in ("en", "zh"):
        ours, theirs = (
            [n for n in t.names if not n.is_code and n.tag.startswith(lang) and n.key not in codes]
            for t in (one, other)
        )
        if ours and theirs and best(ours, theirs, known).value < UNLIKE:
            return True
    return False


def _records(one: Thing, other: Thing) -> tuple[float, tuple[Phrase, ...]]:
    """Return the score of two records: the same ends at one time are one record, if nothing parts them."""
    if one.own != other.own or other.iri in one.linked or one.iri in other.linked:
        return 0.0, ()
    ends = RECORDS[one.family]
    same = [name for name in ends if one.get(name) & other.get(name)]
    apart = any(one.get(name) != other.get(name) and name not in same for name in ends if name != "role")
    parted = any(one.get(n) and other.get(n) and not one.get(n) & other.get(n) for n in (*PARTING, *ends))
    time = dates(one, other)
    if apart or parted or len(same) < 2 or (time and time.weight < -0.2):
        return 0.0, ()
    told = ", ".join(short(min(one.get(name) & other.get(name))) for name in same)
    why = [Phrase("same ends: {names}", names=told), *([time.why] if time and time.why else [])]
    return (0.95 if "role" in same or "role" not in ends else 0.85), tuple(why)
