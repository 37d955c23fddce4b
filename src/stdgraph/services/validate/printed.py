"""Values held against what is printed in their evidence, and the names of a thing against each other and against its parties."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import ClassVar

import pyoxigraph as ox

from stdgraph.locale import marked
from stdgraph.model.vocabulary import BASE, DCTERMS, SKOS, STDG, short
from stdgraph.services.validate.against import COUNTRY, Against, Found, text_of
from stdgraph.services.validate.stored import Statements

MANY = {"万": 1e4, "亿": 1e8, "thousand": 1e3, "million": 1e6, "billion": 1e9}
NUMBER = re.compile(
    r"(?<![\d.])(\d{1,3}(?:[, ]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?) ?(?:[余多]?([万亿])|(thousand|million|billion)\b)?"
)
LONE = re.compile(r"(?<![A-Za-z\d./:-])\d{2,}(?![A-Za-z\d/:-]|\.\d)")
"""A number of two digits or more that is no part of a reference."""
YEARS = range(1900, 2101)
NAMES = (SKOS + "prefLabel", DCTERMS + "title")
OF_PARTIES = (f"{BASE}agreement/", f"{BASE}arrangement/")

NOT_PRINTED = marked("{text} is not what its evidence prints, {said}: correct the value, or cite the place where it stands.")  # fmt: skip
UNLIKE = marked("The other name says {said}, and this one {text}: correct the one that is wrong.")
NO_PARTY = marked("The name speaks of {thing}, and nothing else does that is said here: correct the name, or the parties.")  # fmt: skip
TOLD = tuple(("Warning", words) for words in (NOT_PRINTED, UNLIKE, NO_PARTY))


class Printed(Against):
    """What a graph says, asked whether values and names are those of their sources."""

    severity: ClassVar = {words: severity for severity, words in TOLD}

    def __init__(self, old: Statements, *, lang: str = "en") -> None:
        super().__init__(old, lang=lang)
        self.asked = {STDG + "value": self._value} | dict.fromkeys(NAMES, self._name)

    def _open(self, verb: str, triples: Sequence[ox.Triple]) -> Iterable[ox.Triple]:
        """Return the values, the names that tell a number, and those of agreements."""
        if verb not in NAMES:
            return super()._open(verb, triples)
        return [t for t in triples if LONE.search(text_of(t.object)) or text_of(t.subject).startswith(OF_PARTIES)]

    def _value(self, triple: ox.Triple, _name: str) -> Found:
        """Yield a value that no evidence prints, where each prints a number that is no year."""
        try:
            value = abs(float(text_of(triple.object)))
        except ValueError:
            return
        printed = [self._texts(evidence, "printedForm") for evidence in self._objects(triple.subject, "evidence")]
        told = {number for forms in printed for form in forms for number in numbers(form)}
        known = {number for number in told if number not in YEARS}
        if known and all(printed) and not any(_are_one(value, number) for number in told):
            yield NOT_PRINTED, {"text": text_of(triple.object), "said": ", ".join(f"{n:.10g}" for n in sorted(known))}

    def _name(self, triple: ox.Triple, _name: str) -> Found:
        tag, text = str(getattr(triple.object, "language", None) or ""), text_of(triple.object)
        if tag.startswith("zh"):
            for other in self._objects(triple.subject, triple.predicate.value):
                if getattr(other, "language", None) == "en":
                    yield from self._unlike(text, text_of(other))
        elif tag == "en" and text_of(triple.subject).startswith(OF_PARTIES):
            yield from self._lands(triple, text)

    def _unlike(self, text: str, other: str) -> Found:
        """Yield years, or other numbers, of which two names have none in common."""
        ours, theirs = ({*map(int, LONE.findall(_plain(one)))} for one in (text, other))
        for mine, said in ((ours & {*YEARS}, theirs & {*YEARS}), (ours - {*YEARS}, theirs - {*YEARS})):
            if mine and said and mine.isdisjoint(said):
                yield UNLIKE, {"text": str(min(mine)), "said": str(min(said))}

    def _lands(self, triple: ox.Triple, text: str) -> Found:
        """Yield the countries in the name of an agreement, to none of which its parties, or what else it names, belong."""
        about = [q.object for q in self.old.store.quads_for_pattern(triple.subject, None, None)]
        things = [thing for thing in about if isinstance(thing, ox.NamedNode) and thing.value.startswith(BASE)]
        lands = {t for thing in things for t in (text_of(thing), *self._texts(thing, "ofCountry"))}
        if sum(land.startswith(COUNTRY) for land in lands) > 1:
            for name, land in self._countries_by_name.items():
                if name in text and land not in lands and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
                    yield NO_PARTY, {"thing": short(land)}

    @cached_property
    def _countries_by_name(self) -> dict[str, str]:
        kind = ox.NamedNode(STDG + "Country")
        typed = self.old.store.quads_for_pattern(None, None, kind)
        named = [(q.subject, o) for q in typed for o in self._objects(q.subject, SKOS + "prefLabel")]
        return {text_of(o): text_of(land) for land, o in named if getattr(o, "language", None) == "en"}


def numbers(text: str) -> set[float]:
    """Return the numbers that a text prints, with and without the word behind them that makes them larger.

    >>> sorted(numbers("总设备价值7000余万元")), sorted(numbers("1,350 standards"))
    ([7000.0, 70000000.0], [1350.0])
    """
    found = [(float(re.sub("[, ]", "", m[1])), MANY.get(m[2] or m[3] or "", 1)) for m in NUMBER.finditer(_plain(text))]
    return {number * by for number, many in found for by in (1, many)}


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _are_one(value: float, number: float) -> bool:
    """Tell whether a value is a printed number, in units or in millions."""
    return any(abs(value * by - number * of) < 1e-6 * max(1, value) for by, of in ((1, 1), (1, 1e6), (1e6, 1)))
