"""Statements asked one by one whether they fit the rest of what a graph says: what all such checks share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

import pyoxigraph as ox

from stdgraph.locale import Phrase, translated
from stdgraph.model.dates import bounds
from stdgraph.model.vocabulary import BASE, SRC, STDG, short
from stdgraph.services.validate.shacl import Result, own_result
from stdgraph.services.validate.stated import Grouped
from stdgraph.services.validate.stored import Statements

COUNTRY = BASE + "country/"
ENDS = re.compile(r"(?:org|committee|city|site)/([a-z]{2})-")
DATED = re.compile(r"[a-z]+/((?:1[5-9]|20)[0-9]{2}(?:-[0-9]{2}){0,2})-(?![0-9]{2}(?:-|$))")
Days = tuple[date, date]
Found = Iterator[tuple[str, dict[str, str]]]
"""What does not fit: words, and what fills them."""


class Against:
    """What a graph says, asked whether statements of some properties fit it."""

    severity: ClassVar[Mapping[str, str]]
    asked: Mapping[str, Callable[[ox.Triple, str], Found]]
    """What is asked of the statements of a property: of each, and the name of its thing."""

    def __init__(self, old: Statements, *, lang: str = "en") -> None:
        self.old, self.lang = old, lang

    def results(self, judged: Grouped, found: Iterable[Result]) -> list[Result]:
        """Return what does not fit, but for statements of which findings tell already."""
        told = {(r.focus, p, r.value) for r in found for p in r.properties}
        return [
            self._result(t, words, about)
            for verb, triples in judged.items()
            for t in self._open(verb, triples)
            for words, about in self.faults(t)
            if (t.subject, verb, t.object) not in told
        ]

    def faults(self, triple: ox.Triple) -> Found:
        """Yield what does not fit about a statement on a thing of ours."""
        thing = triple.subject
        if (
            isinstance(thing, ox.NamedNode)
            and thing.value.startswith((BASE, SRC))
            and triple.predicate.value in self.asked
        ):
            yield from self.asked[triple.predicate.value](triple, thing.value.removeprefix(BASE))

    def _open(self, verb: str, triples: Sequence[ox.Triple]) -> Iterable[ox.Triple]:
        """Return the statements of a property with which something may be wrong."""
        return triples if verb in self.asked else ()

    def _objects(self, thing: Any, verb: str) -> list[Any]:
        if isinstance(thing, ox.Literal):
            return []
        predicate = ox.NamedNode(verb if ":" in verb else STDG + verb)
        return [q.object for q in self.old.store.quads_for_pattern(thing, predicate, None)]

    def _texts(self, thing: Any, verb: str) -> list[str]:
        return [*map(text_of, self._objects(thing, verb))]

    def _is_said(self, name: str) -> bool:
        """Tell whether a thing is described."""
        return bool(self.old.classes(ox.NamedNode(BASE + name)))

    def _is_country(self, code: str) -> bool:
        return self._is_said("country/" + code.upper())

    def _is_planned(self, thing: Any) -> bool:
        return "true" in self._texts(thing, "planned")

    def _countries(self, thing: Any) -> set[str]:
        """Return the countries of a body; where nothing states one, that of its id."""
        said = ENDS.match(text_of(thing).removeprefix(BASE))
        stated = {*self._texts(thing, "ofCountry")}
        return stated or {
            COUNTRY + code for code in [said[1].upper() if said else ""] if code and self._is_country(code)
        }

    def _last_day(self, thing: Any, verb: str) -> date | None:
        found = [days_of(text) for text in self._texts(thing, verb)]
        return found[0][1] if found and found[0] else None

    def _days(self, thing: Any, *verbs: str) -> list[Days]:
        """Return the days of some dates of a thing, without those that are none."""
        return [days for verb in verbs for text in self._texts(thing, verb) if (days := days_of(text))]

    def _result(self, triple: ox.Triple, words: str, about: dict[str, str]) -> Result:
        phrase = Phrase(words, **{"property": short(triple.predicate.value)} | about)
        said = translated(phrase, self.lang)
        found = own_result(triple, self.severity[words], said, "SPARQLConstraintComponent", self.lang, words)
        return replace(found, part="object")


def text_of(term: Any) -> str:
    """Return the text of a term, "" for what has none."""
    return str(getattr(term, "value", ""))


def days_of(text: str) -> Days | None:
    """Return the first and last day of a date, None for what is none."""
    try:
        return bounds(text)
    except ValueError:
        return None


def are_apart(one: Days | None, other: Days | None) -> bool:
    """Tell whether two dates have no day in common."""
    return one is not None and other is not None and (one[1] < other[0] or other[1] < one[0])
