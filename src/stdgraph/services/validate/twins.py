"""Duplicates at entry: new things that are probably one that the graph has, or one of each other."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from typing import Any

import pyoxigraph as ox

from stdgraph.locale import Phrase, marked
from stdgraph.matching.blocks import Blocks
from stdgraph.matching.marks import Marks, hierarchy, looking
from stdgraph.matching.things import TYPE, Hierarchy, Thing, things
from stdgraph.matching.weighing import PROBABLE, Match, weighed
from stdgraph.model.vocabulary import BASE, SRC, short
from stdgraph.services.validate.doubled import Doubled, doubled
from stdgraph.services.validate.parts import Parts
from stdgraph.services.validate.shacl import Result
from stdgraph.storage.judgements import Judgements, judgements

TWIN = marked(
    "This is probably a thing that we have, {other}: {reasons} (score {score}). Use that id, or judge the two: {command}."
)
SAME = marked("This was judged the same as {other}: use that id, and join what the two blocks say.")
CHECKS = (TWIN, SAME)


def results(
    old: Iterable[Any], added: Iterable[Any], found: Sequence[Result] = (), *, lang: str = "en"
) -> list[Doubled]:
    """Return a warning for each new thing that is probably one of those before it; see `among`.

    Pairs that findings tell of are not told again. Of a whole graph only those parts are judged that are not known to have
    nothing twice.
    """
    held, new, judged = list(old), list(added), judgements()
    if held:
        return among(held, new, judged, lang).results(found)
    parts = Parts(_ours(new, new, Hierarchy(new)), judged)
    blocks = Blocks({thing.iri: thing for thing in parts.beside()}.values())
    twins = Twins(parts.unknown(), blocks, judged, lang)
    told = twins.results(found)
    parts.keep({str(getattr(term, "value", "")) for r in told for term in (r.focus, r.value)})
    return told


def among(old: Iterable[Any], added: Iterable[Any], judged: Judgements, lang: str = "en") -> Twins:
    """Return what compares new things with those of statements at hand.

    Args:
        old: what the graph says without what is new, the ontology included; None of it is judged.
        added: what is new, in the order of its files; all of the graph where all of it is to be judged.
        judged: what persons judged.
        lang: language of messages.
    """
    held, new = list(old), list(added)
    above = Hierarchy([*held, *new])
    described = {q.subject for q in held if q.predicate.value == TYPE}
    fresh = [q for q in new if q.subject not in described]
    things_new = _ours(new, fresh, above)
    families = {thing.family for thing in things_new}
    before = things([*held, *new], above, families) if held and families else ()
    blocks = Blocks({thing.iri: thing for thing in (*before, *things_new)}.values())
    return Twins(things_new, blocks, judged, lang)


def _ours(new: Sequence[Any], fresh: Iterable[Any], above: Hierarchy) -> list[Thing]:
    """Return the things of ours that some statements describe, of those that others name."""
    iris = {q.subject.value for q in fresh if isinstance(q.subject, ox.NamedNode)}
    return [t for t in things(new, above) if t.iri in iris and t.iri.startswith((BASE, SRC))]


def within(store: ox.Store, added: Iterable[Any], marks: Callable[[], Marks], lang: str = "en") -> Twins:
    """Return what compares new things with those of a store, which are looked up.

    Args:
        store: the graph with what is new.
        added: what is new, in the order of its files.
        marks: tells what things shared before, where there are new ones.
        lang: language of messages.
    """
    new = [q for q in added if isinstance(q.subject, ox.NamedNode)]
    stated = {q.triple for q in new}
    look = looking(store, hierarchy(store))
    touched = [t for t in map(look, dict.fromkeys(q.subject.value for q in new)) if t]
    fresh = [t for t in touched if t.iri.startswith((BASE, SRC)) and _is_fresh(store, t.iri, stated)]
    return Twins(fresh, Blocks(touched, marks() if fresh else None, look), judgements(), lang)


def _is_fresh(store: ox.Store, iri: str, stated: Container[ox.Triple]) -> bool:
    """Tell whether all classes of a thing are stated anew."""
    return all(q.triple in stated for q in store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(TYPE), None))


class Twins:
    """Compares what is new with what there is."""

    def __init__(self, new: Sequence[Thing], blocks: Blocks, judged: Judgements, lang: str) -> None:
        self.new, self.blocks, self.judged, self.lang = new, blocks, judged, lang

    def results(self, found: Sequence[Result]) -> list[Doubled]:
        """Return the findings, in the order of what is new."""
        if not self.new:
            return []
        told = {frozenset((str(r.focus), str(r.value))) for r in found}
        pairs = [m for m in self.matches() if frozenset((f"<{m.one}>", f"<{m.other}>")) not in told]
        return [self._told(match) for match in pairs]

    def matches(self) -> list[Match]:
        """Return for each new thing the one before it that it probably is: of several, the likeliest."""
        later = {thing.iri: at for at, thing in enumerate(self.new)}
        words = self.blocks.words(but=later if len(later) * 2 < len(self.blocks.things) else ())
        found = []
        for thing in self.new:
            near = (o for o in self.blocks.near(thing) if later.get(o.iri, -1) < later[thing.iri])
            close = [
                m for other in near if self._is_open(thing, other) for m in [weighed(thing, other, words, PROBABLE)]
            ]
            close += [Match(thing.iri, kept, 1.0) for kept in [self.judged.kept(thing.iri)] if self.blocks.get(kept)]
            best = max((m for m in close if m.one != m.other), key=lambda m: (m.score, m.other), default=None)
            found += [best] if best and best.score >= PROBABLE else []
        return found

    def _is_open(self, one: Thing, other: Thing) -> bool:
        """Tell whether nobody judged two things, nor marked them as perhaps the same."""
        marked_so = other.iri in one.get("possiblySameAs") or one.iri in other.get("possiblySameAs")
        return not marked_so and self.judged.of(one.iri, other.iri) is None

    def _told(self, match: Match) -> Doubled:
        other, lang = self.blocks.get(match.other), self.lang
        assert other is not None
        named = f"{short(other.iri)} ({other.label})" if other.names else short(other.iri)
        command = f"stdgraph reconcile --different {short(match.one)} {short(match.other)}"
        phrase = Phrase(SAME, other=named)
        if match.why:
            phrase = Phrase(TWIN, other=named, reasons=match.reasons(lang), score=match.score, command=command)
        return doubled(ox.NamedNode(match.one), ox.NamedNode(match.other), phrase, lang=lang)
