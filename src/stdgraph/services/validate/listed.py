"""Countries held against the table beside the graph, the two scripts of a person's name against each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, ClassVar

import pyoxigraph as ox

from stdgraph.locale import marked
from stdgraph.model.vocabulary import BASE, RDF, SKOS, SRC, STDG, short
from stdgraph.services.validate.against import Against, Found, text_of
from stdgraph.services.validate.stored import Statements
from stdgraph.services.validate.tables import countries
from stdgraph.services.validate.titles import pinyin_of

PINYIN, CHINESE, ENGLISH = "zh-latn-pinyin", "zh-hans", "en"
DOT = "·"
"""What stands between the parts of a foreign name in Chinese characters."""
HAN_NAME = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
NAME = SKOS + "prefLabel"
OF = {RDF + "type": BASE + "country/", "onContinent": BASE + "country/", "placeWithin": BASE + "country/", "textChecksum": SRC, "": BASE + "person/"}  # fmt: skip
"""How the things begin of which the statements of a property are looked at."""

TABLE = marked("The table of countries has {other} for {thing}: correct this, or data/countries.tsv.")
READ = marked("{text} does not read as {other}: write a syllable for each character.")
OWN = marked("Pinyin is ours and stands where no Latin name is printed: say stdg:ownTranslation \"zh-Latn-pinyin\", or take it out.")  # fmt: skip
FOREIGNER = marked("A foreign name in Chinese characters has a Latin form that is ours, and no other has: add stdg:ownTranslation \"en\", or take it out.")  # fmt: skip
SAME_TEXT = marked("{thing} has this checksum, too: two documents are never one text; compute it anew.")
TOLD = tuple(("Warning", words) for words in (TABLE, READ, OWN, FOREIGNER, SAME_TEXT))


class Listed(Against):
    """What a graph says, asked whether it fits what is known beside it."""

    severity: ClassVar = {words: severity for severity, words in TOLD}

    def __init__(self, old: Statements, *, lang: str = "en") -> None:
        super().__init__(old, lang=lang)
        self.asked = {
            RDF + "type": self._country, STDG + "onContinent": self._placed, STDG + "placeWithin": self._placed, NAME: self._printed,
            SKOS + "altLabel": self._pinyin, STDG + "ownTranslation": self._own, STDG + "textChecksum": self._checksum,
        }  # fmt: skip

    def _open(self, verb: str, triples: Sequence[ox.Triple]) -> Iterable[ox.Triple]:
        """Return the statements on countries, persons and documents."""
        begun = OF.get(verb.removeprefix(STDG), OF[""])
        return [t for t in super()._open(verb, triples) if text_of(t.subject).startswith(begun)]

    @cached_property
    def _rows(self) -> dict[str, dict[str, str]]:
        return countries()

    def _due(self, name: str) -> dict[str, str]:
        """Return where the table places a country, by property; nothing where it has none of it."""
        row = self._rows.get(name.removeprefix("country/")) if name.startswith("country/") else None
        return {"onContinent": row["continent"], "placeWithin": row["region"]} if row and row["region"] else {}

    def _country(self, triple: ox.Triple, name: str) -> Found:
        """Yield the continent and the region that a country lacks."""
        if text_of(triple.object) == STDG + "Country":
            for verb, place in self._due(name).items():
                if not [t for t in self._objects(triple.subject, verb) if self._is_region(verb, t)]:
                    yield TABLE, {"other": f"stdg:{verb} <place/{place}>", "thing": short(text_of(triple.subject))}

    def _placed(self, triple: ox.Triple, name: str) -> Found:
        verb = triple.predicate.value.removeprefix(STDG)
        place = self._due(name).get(verb)
        if place and self._is_region(verb, triple.object) and text_of(triple.object) != f"{BASE}place/{place}":
            yield TABLE, {"other": f"<place/{place}>", "thing": short(text_of(triple.subject))}

    def _is_region(self, verb: str, place: Any) -> bool:
        """Tell whether a place is a continent, or a region of UN M49: a country lies in groups and in countries as well."""
        return verb == "onContinent" or bool(self._objects(place, "m49Code"))

    def _named(self, thing: Any, verb: str, tag: str) -> list[str]:
        return [text_of(o) for o in self._objects(thing, verb) if str(getattr(o, "language", "")).lower() == tag]

    def _printed(self, triple: ox.Triple, name: str) -> Found:
        """Yield a Latin name that is none of the Chinese one, and a transcribed name that is not marked as such."""
        tag, text = str(getattr(triple.object, "language", "")).lower(), text_of(triple.object)
        if not name.startswith("person/"):
            return
        if tag == ENGLISH:
            yield from self._read(triple, self._named(triple.subject, NAME, CHINESE))
        latin = self._named(triple.subject, NAME, ENGLISH)
        if tag == CHINESE and DOT in text and latin and ENGLISH not in self._texts(triple.subject, "ownTranslation"):
            yield FOREIGNER, {}

    def _read(self, triple: ox.Triple, chinese: list[str]) -> Found:
        text = text_of(triple.object)
        for name in (one for one in chinese if HAN_NAME.fullmatch(one)):
            if not pinyin_of(text, len(name)):
                yield READ, {"text": text, "other": name}

    def _pinyin(self, triple: ox.Triple, name: str) -> Found:
        if str(getattr(triple.object, "language", "")).lower() != PINYIN or not name.startswith("person/"):
            return
        own = [text.lower() for text in self._texts(triple.subject, "ownTranslation")]
        if PINYIN not in own or self._named(triple.subject, NAME, ENGLISH):
            yield OWN, {}
        yield from self._read(triple, self._named(triple.subject, NAME, CHINESE))

    def _own(self, triple: ox.Triple, name: str) -> Found:
        text = text_of(triple.object).lower()
        if not name.startswith("person/"):
            return
        if text == PINYIN and not self._named(triple.subject, SKOS + "altLabel", PINYIN):
            yield OWN, {}
        chinese = self._named(triple.subject, NAME, CHINESE)
        if text == ENGLISH and chinese and not any(DOT in one for one in chinese):
            yield FOREIGNER, {}

    def _checksum(self, triple: ox.Triple, _name: str) -> Found:
        others = self.old.store.quads_for_pattern(None, triple.predicate, triple.object)
        for other in sorted({text_of(q.subject) for q in others} - {text_of(triple.subject)}):
            yield SAME_TEXT, {"thing": short(other)}
