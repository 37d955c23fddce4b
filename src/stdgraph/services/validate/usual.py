"""What a change brings that the rest of the graph never has, or as good as never: a second value, another kind of id, a strange property."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any

import pyoxigraph as ox

from stdgraph.locale import Phrase, marked, translated
from stdgraph.model.vocabulary import BASE, RDF, STDG, short
from stdgraph.services.validate.shacl import Result, own_result
from stdgraph.services.validate.stored import Statements
from stdgraph.services.validate.values import stored

TYPE = ox.NamedNode(RDF + "type")
MANY = 20
"""Of so many things at least it is told what they all are like."""
RARE = 400
"""One in so many may be otherwise, and it is still usual."""
LOOKED_AT = 5000
"""So many things of a class are looked at."""

ONE = marked("{thing} has two values of {property}, of which others have one: is {other} meant, or this?")
PREFIX = marked("No other {kind} has an id that begins with {text}: correct the class, or the id.")
STRANGE = marked("No other {kind} has {property}: does it belong to another block, or is another property meant?")
TOLD = tuple(("Warning", words) for words in (ONE, PREFIX, STRANGE))
Fault = tuple[str, dict[str, str], ox.Triple]


def results(old: Statements, added: Sequence[ox.Quad], found: Iterable[Result], *, lang: str = "en") -> list[Result]:
    """Return what is unusual about what comes, but for statements of which findings tell already.

    Args:
        old: the graph with what comes; `before` is without.
        added: what comes.
        found: what is found already.
        lang: language of messages.
    """
    told = {(r.focus, r.properties[:1], r.value) for r in found}
    return [
        _result(fault, lang)
        for fault in _Usual(old).faults(dict.fromkeys(q.triple for q in added))
        if (fault[2].subject, (fault[2].predicate.value,), fault[2].object) not in told
    ]


class _Usual:
    """Knows what the things of a graph are like."""

    def __init__(self, old: Statements) -> None:
        self.old = old
        self._multiple = cache(self._count)
        self._begin = cache(self._begins)
        self._foreign = cache(self._is_strange)

    def faults(self, added: Iterable[ox.Triple]) -> Iterator[Fault]:
        """Yield what is unusual, and the statement of it."""
        for triple in added:
            thing, verb = triple.subject, triple.predicate
            if isinstance(thing, ox.NamedNode) and thing.value.startswith(BASE):
                yield from self._classed(triple, thing) if verb == TYPE else self._stated(triple, thing)

    def _stated(self, triple: ox.Triple, thing: ox.NamedNode) -> Iterator[Fault]:
        verb, value = triple.predicate, triple.object
        kept = stored(value)
        others = [q.object for q in self.old.store.quads_for_pattern(thing, verb, None) if q.object != kept]
        alike = [o for o in others if getattr(o, "language", None) == getattr(value, "language", None)]
        kinds = self.old.classes(thing)
        if alike and verb.value.startswith(STDG):
            kind = min(kinds, key=str) if kinds and not isinstance(value, ox.Literal) else None
            if self._multiple(verb, None) or _almost(value, alike[0]) or (kind and self._multiple(verb, kind)):
                told = {"thing": short(thing.value), "property": short(verb.value), "other": _shown(alike[0])}
                yield ONE, told, triple
        if kinds and all(self._foreign(kind, verb) for kind in kinds):
            kind = min(kinds, key=str)
            yield STRANGE, {"kind": short(kind.value), "property": short(verb.value)}, triple

    def _classed(self, triple: ox.Triple, thing: ox.NamedNode) -> Iterator[Fault]:
        kind, begun = triple.object, thing.value.removeprefix(BASE).partition("/")[0]
        if not isinstance(kind, ox.NamedNode) or not kind.value.startswith(STDG):
            return
        usual = self._begin(kind)
        if sum(usual.values()) >= MANY and begun not in usual:
            yield PREFIX, {"kind": short(kind.value), "text": f"{begun}/"}, triple

    def _begins(self, kind: ox.NamedNode) -> Counter[str]:
        """Return with what the ids of the things of a class begin."""
        quads = islice(self.old.before.quads_for_pattern(None, TYPE, kind), LOOKED_AT)
        names = (str(getattr(q.subject, "value", "")) for q in quads)
        return Counter(name.removeprefix(BASE).partition("/")[0] for name in names if name.startswith(BASE))

    def _count(self, verb: ox.NamedNode, kind: Any) -> bool:
        """Tell whether as good as all things, or those of a class, have one value of a property."""
        values: dict[Any, set[Any]] = defaultdict(set)
        things = {q.subject for q in self.old.before.quads_for_pattern(None, TYPE, kind)} if kind else set()
        for q in self.old.before.quads_for_pattern(None, verb, None):
            if not kind or q.subject in things:
                values[q.subject].add(getattr(q.object, "language", None) or q.object)
        several = sum(len(of) > 1 for of in values.values())
        return len(values) >= MANY and several * RARE <= len(values)

    def _is_strange(self, kind: Any, verb: ox.NamedNode) -> bool:
        """Tell whether none of the many things of a class has a property that many others have."""
        store, usual = self.old.before, self._begin(kind)
        having = [*islice(store.quads_for_pattern(None, verb, None), MANY)]
        if sum(usual.values()) < MANY or len(having) < MANY or not verb.value.startswith(STDG):
            return False
        things = {q.subject for q in store.quads_for_pattern(None, TYPE, kind)}
        return all(q.subject not in things for q in store.quads_for_pattern(None, verb, None))


def _almost(one: Any, other: Any) -> bool:
    """Tell whether two words are one, but for a letter at the end of the longer.

    >>> _almost(ox.Literal("PASC"), ox.Literal("PAS")), _almost(ox.Literal("PASC"), ox.Literal("APSC"))
    (True, False)
    """
    if not isinstance(one, ox.Literal) or not isinstance(other, ox.Literal):
        return False
    short_one, long_one = sorted((one.value, other.value), key=len)
    return short_one.isalpha() and long_one[:-1] == short_one


def _shown(term: Any) -> str:
    value = str(getattr(term, "value", term))
    return short(value) if "://" in value else value


def _result(fault: Fault, lang: str) -> Result:
    words, about, triple = fault
    return own_result(triple, "Warning", translated(Phrase(words, **about), lang), "SPARQLConstraintComponent", lang, words)  # fmt: skip
