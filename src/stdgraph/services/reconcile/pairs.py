"""Duplicates inside a graph: pairs of things that are probably one, and that nobody judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from stdgraph.matching.blocks import Blocks
from stdgraph.matching.things import Hierarchy, Thing, things
from stdgraph.matching.weighing import PROBABLE, Match, weighed
from stdgraph.model.vocabulary import BASE, SRC
from stdgraph.storage.judgements import Judgements


def duplicates(
    quads: Iterable[Any],
    judged: Judgements,
    kinds: Sequence[str] = (),
    *,
    least: float = PROBABLE,
) -> list[Match]:
    """Return the pairs of things that are probably one, the likeliest first; of each pair the lesser id first.

    Args:
        quads: what a graph says, its ontology included.
        judged: pairs that a person judged are left out; so are those that are marked as perhaps the same.
        kinds: local names of classes: only pairs of which one has such a class.
        least: the lowest score that is told.
    """
    held = list(quads)
    every = [t for t in things(held, Hierarchy(held)) if t.iri.startswith((BASE, SRC))]
    wanted = [t for t in every if not kinds or t.kinds & set(kinds)]
    found = {m.other + m.one: m for m in _matches(every, wanted, judged, least)}
    return sorted(found.values(), key=lambda m: (-m.score, m.one, m.other))


def _matches(every: Sequence[Thing], wanted: Iterable[Thing], judged: Judgements, least: float) -> Iterator[Match]:
    blocks = Blocks(every)
    words = blocks.words()
    for thing in wanted:
        for other in blocks.near(thing):
            one, two = sorted((thing, other), key=lambda t: t.iri)
            if two.iri in one.get("possiblySameAs") or one.iri in two.get("possiblySameAs"):
                continue
            if judged.of(one.iri, two.iri) is None and (m := weighed(one, two, words, least)).score >= least:
                yield m
