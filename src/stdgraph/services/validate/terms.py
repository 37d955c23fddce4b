"""Words that nobody declares: mistyped classes, properties and codes, and the nearest that there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import cache, cached_property
from typing import Any

import pyoxigraph as ox

from stdgraph.locale import Phrase, marked, translated
from stdgraph.model.vocabulary import BASE, RDF, SRC, STDG, STDGC, short
from stdgraph.services.validate.shacl import Result, own_result

HOME = BASE.removesuffix("id/")
TYPE = ox.NamedNode(RDF + "type")
UNDECLARED = marked("{term} is not declared: check spelling and prefix, or add it to the ontology first.")
UNKNOWN = marked("Nothing else in the graph uses {term}: check spelling and prefix.")


class Terms:
    """The words that a graph declares and uses, asked about the words of the files that are checked.

    Words of ours (`stdg:`, `stdgc:`) must be declared, which means typed, anywhere. Of a foreign word no declaration
    is at hand; in a new file it is told when the graph has never used it.
    """

    def __init__(self, old: Sequence[ox.Quad], new: Sequence[ox.Quad], *, lang: str = "en") -> None:
        self.old, self.new, self.lang = old, new, lang
        self._nearest = cache(self._near)

    def results(self, found: Sequence[Result]) -> list[Result]:
        """Return the findings, each with the nearest name where it points to nothing, and what uses unknown words."""
        told = {(r.focus, r.value) for r in found}
        unknown = [(q.triple, term) for q in self.new or self.old for term in self._unknown(q)]
        more = [
            self._result(triple, term)
            for triple, term in dict.fromkeys(unknown)
            if term != triple.object or (triple.subject, term) not in told
        ]
        return [*map(self._cured, found), *more]

    def _unknown(self, quad: ox.Quad) -> Iterable[ox.NamedNode]:
        """Yield the unknown words of a statement: its property, its class, its code."""
        of_ours, foreign = (STDG, STDGC), bool(self.new)
        verb, value = quad.predicate, quad.object
        if verb not in self._declared and (verb.value.startswith(of_ours) or (foreign and verb not in self._used)):
            yield verb
        if not isinstance(value, ox.NamedNode) or value in self._declared:
            return
        if value.value.startswith(of_ours) or (foreign and verb == TYPE and value not in self._used):
            yield value

    @cached_property
    def _declared(self) -> set[Any]:
        return {q.subject for q in (*self.old, *self.new) if q.predicate == TYPE}

    @cached_property
    def _used(self) -> set[Any]:
        return {term for q in self.old for term in (q.subject, q.predicate, q.object)}

    @cached_property
    def _words(self) -> set[Any]:
        return {q.object if q.predicate == TYPE else q.predicate for q in self.old}

    def _result(self, triple: ox.Triple, term: ox.NamedNode) -> Result:
        ours = term.value.startswith(HOME)
        message = translated(Phrase(UNDECLARED if ours else UNKNOWN, term=short(term.value)), self.lang) + self._cure(
            term
        )
        component = "ClosedConstraintComponent" if term == triple.predicate else "InConstraintComponent"
        words = UNDECLARED if ours else UNKNOWN
        return own_result(triple, "Violation" if ours else "Warning", message, component, self.lang, words)

    def _cured(self, result: Result) -> Result:
        value = result.value
        if not isinstance(value, ox.NamedNode) or value == result.focus or value in self._declared:
            return result
        return replace(result, finding=replace(result.finding, message=result.finding.message + self._cure(value)))

    def _cure(self, term: ox.NamedNode) -> str:
        found = self._nearest(term.value)
        return translated(Phrase(" Nearest: {names}.", names=", ".join(found)), self.lang) if found else ""

    def _near(self, iri: str) -> list[str]:
        """Return the nearest declared names beside an IRI, of a foreign word the nearest that is in use."""
        space = _space(iri)
        known = self._declared if space else self._words
        names = {
            str(k.value)[len(space) :].lower(): short(k.value) for k in known if _within(k, space) and k.value != iri
        }
        return [names[name] for name in get_close_matches(iri[len(space) :].lower(), names, n=2, cutoff=0.75)]


def _space(iri: str) -> str:
    """Return the part of an IRI in which to look for others: our namespace, the kind of thing; "" for foreign words."""
    if iri.startswith(BASE):
        return BASE + iri[len(BASE) :].partition("/")[0] + "/"
    return next((space for space in (STDG, STDGC, SRC) if iri.startswith(space)), "")


def _within(term: Any, space: str) -> bool:
    return isinstance(term, ox.NamedNode) and term.value.startswith(space)
