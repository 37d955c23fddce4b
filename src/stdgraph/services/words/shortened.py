"""Things that a question names in short: `China-UK commission`, 青岛论坛, by the beginning and the end of their names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stdgraph.model.spelling import HAN, key
from stdgraph.services.words.spotting import Spotted, kinds_of
from stdgraph.storage.names import Named, Names

NOUN = re.compile(r"[\s-]*([a-z]{4,}|[㐀-鿿]{2,3})")
JOINED = re.compile(r"[\s-]*(?:and)?[\s-]*|[和与、—－-]")
"""What stands between two countries of one name."""
LONGER = 3
"""A name that is so many times as long as its short form is not meant by it."""


def shortened(names: Names, folded: str, found: Sequence[Spotted]) -> list[Spotted]:
    """Return the things that places, or two countries, and the noun behind them name: those of the shortest name."""
    places = [s for s in found if s.is_thing and "Place" in s.kinds]
    chosen: list[Spotted] = []
    for at, place in enumerate(places):
        joined = at and JOINED.fullmatch(folded[places[at - 1].last : place.first])
        start = places[at - 1] if joined else place
        noun = NOUN.match(folded, place.last)
        if (
            (joined or "Country" not in place.kinds)
            and noun
            and (thing := _called(names, folded[start.first : place.last], noun[1]))
        ):
            said = folded[start.first : noun.end()]
            chosen.append(Spotted(thing[0], said, start.first, noun.end(), thing[1]))
    return chosen


def _called(names: Names, beginning: str, noun: str) -> tuple[Named, frozenset[str]] | None:
    """Return the thing whose name begins and ends so, with its kinds; None where none does or several do equally."""
    first = key(beginning.removeprefix("the "))
    nouns = [key(noun[:length]) for length in (3, 2)] if HAN.match(noun) else [key(noun)]
    for last in dict.fromkeys(nouns):
        rows = names.rows(
            "SELECT length(n.key) - 99 * (n.key GLOB '*标准*' OR n.key GLOB '*standard*'), t.id, t.iri, t.en, t.zh, t.code, t.kind, t.country FROM name n JOIN thing t ON t.id = n.thing"
            " WHERE n.key >= ? AND n.key < ? AND substr(n.key, -?) = ? AND length(n.key) > ? ORDER BY 1, t.iri",
            (first, first + "\U0010ffff", len(last), last, len(first) + len(last)),
        )
        near = {row[1]: row for row in rows if row[0] == rows[0][0] and row[0] <= LONGER * (len(first) + len(last))}
        if len(near) == 1:
            _, number, *row = next(iter(near.values()))
            return Named(*row), kinds_of(names, number)
    return None
