"""Families of things among which nothing was found twice, kept for the next check: an edit touches a few of them.

Records are compared by their ends, within their family alone; all that is compared by name is one part, since how much a
word tells rests on all names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from pathlib import Path

from stdgraph.matching.families import RECORDS
from stdgraph.matching.things import Thing
from stdgraph.services.validate.program import program
from stdgraph.storage import quick
from stdgraph.storage.files import hashed
from stdgraph.storage.folders import cache_folder
from stdgraph.storage.judgements import Judgements

NAMED = ""
"""The part of what is compared by name."""


class Parts:
    """The things of a whole graph, by what is compared with each other."""

    def __init__(self, things: Sequence[Thing], judged: Judgements) -> None:
        self.things = things
        found: dict[str, list[Thing]] = defaultdict(list)
        for thing in things:
            found[_part(thing)].append(thing)
        about = (program(), repr(judged.rows))
        self.names = {part: hashed([], part, *about, *map(_said, of)) for part, of in found.items()}
        kept = quick.recall(_place())
        known = kept if isinstance(kept, dict) else {}
        self.known = {part for part, name in self.names.items() if known.get(part) == name}

    def unknown(self) -> list[Thing]:
        """Return the things among which some may be one; where names count, all of those beside them tell how much."""
        return [thing for thing in self.things if _part(thing) not in self.known]

    def beside(self) -> Sequence[Thing]:
        """Return the things that are needed to compare those."""
        return self.things if NAMED in self.names.keys() - self.known else self.unknown()

    def keep(self, matched: Collection[str]) -> None:
        """Keep which parts had none of the things that were found twice."""
        twice = {_part(thing) for thing in self.things if thing.iri in matched}
        if self.names.keys() - self.known or twice:
            quick.keep(_place(), {part: name for part, name in self.names.items() if part not in twice})


def _part(thing: Thing) -> str:
    return thing.family if thing.family in RECORDS else NAMED


def _said(thing: Thing) -> str:
    """Return all that is compared of a thing."""
    names = [(name.text, name.rank, name.tag) for name in thing.names]
    values = sorted((slot, sorted(of)) for slot, of in thing.values.items())
    return repr((thing.iri, sorted(thing.own), sorted(thing.kinds), names, values, sorted(thing.bodies)))


def _place() -> Path:
    return cache_folder() / "stamps" / "parts"
