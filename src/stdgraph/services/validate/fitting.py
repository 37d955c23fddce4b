"""Statements that do not fit what the id or the name of their thing says, or what it is: sides exchanged, other dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from stdgraph.locale import marked
from stdgraph.model.minting import slug_of
from stdgraph.model.vocabulary import BASE, DCTERMS, GRAPH, OWL, RDF, RDFS, SKOS, STDG, STDGC, short
from stdgraph.services.validate.against import COUNTRY, DATED, ENDS, Against, Found, are_apart, days_of, text_of
from stdgraph.services.validate.stored import Statements

SLOTS = {
    "member": 0, "memberCountry": 0, "contributor": 0, "recognizer": 0, "adopter": 0, "inEvent": 0, "usedStandard": 0,
    "participant": 1, "inBody": 1, "inGroup": 1, "contributionTo": 1, "recognized": 1, "adoptedStandard": 1, "user": 1,
}  # fmt: skip
"""At which place the id of a record names what a property points to."""
COMPUTED = {
    "adoptsStandardsFrom", "assists", "between", "coAuthorsWith", "coDevelopsWith", "coFoundedWith", "coMemberOfMechanismWith", "coOrganizesWith",
    "coPartyWith", "cooperatesAtCountryLevelWith", "cooperatesUnderArrangementWith", "cooperatesWith", "exchangesInformationWith", "jointlyIssuesWith",
    "jointlyRunsWith", "liaisesWith", "linkKind", "metBilaterallyWith", "mutuallyRecognizesWith", "observingMemberOf", "participatingMemberOf",
    "partyCount", "recognizes", "servesAlongside", "sharesWorkingGroupWith", "twinnedWith", "usesStandardsOf",
    *(f"{slot}{end}" for slot in ("date", "start", "end", "asOf", "attestedOn") for end in ("Earliest", "Latest")),
}  # fmt: skip
"""What rules derive from records, and what is computed of dates."""
SIDES = re.compile(r"(?:agreement|arrangement|mechanism)/(?:[0-9]{4}-(?:[0-9]{2}-){0,2})?((?:[a-z]{2}-){2,})")
EDITION = re.compile(r"standard/.*/ed/([0-9]{4})(?![0-9/])")
FORESEEN = ("document/", "programme/", "project/", "workitem/")
"""Things that may begin after the document that speaks of them, without being called planned."""
YEAR = re.compile(r"[-:]([0-9]{4})(?:-[0-9]{2})?$")
NUMBERED = re.compile(r"\b([0-9]+)(?:st|nd|rd|th)\b|第\s*([0-9]+)\s*[届次]")
COMPANY = ox.NamedNode(STDG + "Company")
NAMES = (SKOS + "prefLabel", SKOS + "altLabel")

ITSELF = marked("{property} points to the thing itself: name the other one.")
DATE = marked("The id of this thing says {said}, and its date {text}: correct the one that is wrong.")
LAND = marked("The id says {said}, and {property} names {text}: correct the one that is wrong.")
NUMBER = marked("The name says that it is number {said}, and {property} {text}: correct the one that is wrong.")
TURNED = marked("The id names {thing} at another place: are {property} and its counterpart exchanged?")
BORROWED = marked("This evidence is named for {thing}, another record: cite the one that is named for this.")
RETIRED = marked("{term} is retired: use {other}.")
DERIVED = marked("{property} is computed from the records: state the record, and leave this out.")
NO_THING = marked("{property} points to things, and {term} is a code or a file: name the thing.")
EARLY = marked(
    "It is dated {text}, and its evidence was read off a document of {said}: correct the date, or say that it is planned."
)
BEFORE = marked(
    "It is dated {text}, before the year in which {thing} began, under which it stands: correct one of the two."
)
ABROAD = marked(
    "This body is of another country than {thing}, of which it is said to be a part: correct one of the two."
)
SHARE = marked("A share is no more than 100 percent: correct {text}.")
PAST = marked(
    "What is said to be planned lies before {said}, the date of the document: correct {text}, or take stdg:planned away."
)
TOLD = (
    ("Violation", ITSELF), ("Warning", DATE), ("Warning", LAND), ("Warning", NUMBER), ("Warning", TURNED), ("Warning", BORROWED), ("Warning", RETIRED),
    ("Violation", DERIVED), ("Warning", NO_THING), ("Warning", EARLY), ("Warning", BEFORE), ("Warning", ABROAD), ("Warning", SHARE), ("Warning", PAST),
)  # fmt: skip
SEVERITY = {words: severity for severity, words in TOLD}


class Fitting(Against):
    """What a graph says, asked whether statements fit it."""

    severity = SEVERITY

    def __init__(self, old: Statements, *, lang: str = "en") -> None:
        super().__init__(old, lang=lang)
        self.asked = {
            STDG + "date": self._date, STDG + "start": self._start, STDG + "ofCountry": self._land, STDG + "placeWithin": self._land, STDG + "hasParty": self._side, STDG + "hasMember": self._side,
            STDG + "onBehalfOf": self._side, STDG + "ordinal": self._ordinal, STDG + "reference": self._edition, STDG + "evidence": self._evidence,
            STDG + "subBodyOf": self._above, STDG + "value": self._share, **dict.fromkeys((STDG + slot for slot in SLOTS), self._turned),
        }  # fmt: skip

    def _open(self, verb: str, triples: Sequence[ox.Triple]) -> Iterable[ox.Triple]:
        """Return the statements of a property with which something may be wrong; most properties are asked for codes alone."""
        if verb in self.asked or verb.removeprefix(STDG) in COMPUTED:
            return triples
        values = {v for t in triples if isinstance(v := t.object, ox.NamedNode)}
        odd = {v for v in values if v.value.startswith((STDGC, GRAPH)) and any(self._code(verb, v))}
        return [t for t in triples if t.object in odd or t.object == t.subject] if values else ()

    def faults(self, triple: ox.Triple) -> Found:
        """Yield what does not fit: words, and what fills them."""
        thing, verb, value = triple.subject, triple.predicate.value, triple.object
        if not isinstance(thing, ox.NamedNode) or not thing.value.startswith(BASE):
            return
        if thing == value:
            yield ITSELF, {}
            return
        if verb.startswith(STDG) and verb.removeprefix(STDG) in COMPUTED:
            yield DERIVED, {}
        if isinstance(value, ox.NamedNode) and value.value.startswith((STDGC, GRAPH)):
            yield from self._code(verb, value)
        if ask := self.asked.get(verb):
            yield from ask(triple, thing.value.removeprefix(BASE))

    def _date(self, triple: ox.Triple, name: str) -> Found:
        text, said = text_of(triple.object), DATED.match(name) or EDITION.match(name)
        if said and are_apart(days_of(said[1]), days_of(text)):
            yield DATE, {"said": said[1], "text": text}
            return
        yield from self._frames(triple, text)
        yield from self._evidenced(triple, text)

    def _start(self, triple: ox.Triple, name: str) -> Found:
        """Yield what a start does not fit; plans and documents of a year may start in another."""
        text, said = text_of(triple.object), DATED.match(name)
        if said and name.startswith("event/") and are_apart(days_of(said[1]), days_of(text)):
            yield DATE, {"said": said[1], "text": text}
            return
        yield from self._frames(triple, text)
        if not name.startswith(FORESEEN):
            yield from self._evidenced(triple, text)

    def _evidenced(self, triple: ox.Triple, text: str) -> Found:
        """Yield what the documents could not tell yet: what came after them, or was planned long before."""
        evidence = self._objects(triple.subject, "evidence")
        days, read = days_of(text), [self._last_day(e, "attestedOn") for e in evidence]
        known = [day for day in read if day]
        planned = self._is_planned(triple.subject)
        if planned and len(known) < len(read):
            read = [self._last_day(source, "date") for e in evidence for source in self._objects(e, "fromSource")]
            known = [day for day in read if day]
        if not days or not known or len(known) < len(read):
            return
        if not planned and days[0].year > max(known).year:
            yield EARLY, {"text": text, "said": max(known).isoformat()}
        if planned and days[1].year < min(known).year - 50:
            yield PAST, {"text": text, "said": max(known).isoformat()}

    def _frames(self, triple: ox.Triple, text: str) -> Found:
        """Yield the mechanisms that began in a later year than what is done under them."""
        done = days_of(text)
        for frame in self._objects(triple.subject, "underFramework") if done else ():
            began = [days[0].year for o in self._objects(frame, "start") if (days := days_of(text_of(o)))]
            if done and began and done[1].year < min(began):
                yield BEFORE, {"text": text, "thing": short(text_of(frame))}

    def _land(self, triple: ox.Triple, name: str) -> Found:
        said, value = ENDS.match(name), text_of(triple.object)
        country = value.removeprefix(COUNTRY).removeprefix(BASE + "region/")[:2]
        if said and country.isupper() and country != said[1].upper() and self._is_country(said[1]):
            yield LAND, {"said": said[1].upper(), "text": short(value)}

    def _side(self, triple: ox.Triple, name: str) -> Found:
        """Yield a party that is none of the countries in the id: of an agreement, or of the body in which somebody acts."""
        bodies = [text_of(body).removeprefix(BASE) for body in self._objects(triple.subject, "inBody")]
        value = text_of(triple.object)
        for said in filter(None, map(SIDES.match, bodies or [name])):
            sides = said[1].rstrip("-").split("-")
            lands = (
                {value}
                if value.startswith(COUNTRY)
                else set()
                if bodies
                else {*self._texts(triple.object, "ofCountry")}
            )
            if (
                lands
                and all(map(self._is_country, sides[:2]))
                and {land[-2:].lower() for land in lands}.isdisjoint(sides)
            ):
                yield LAND, {"said": "-".join(sides[:2]).upper(), "text": short(value)}

    def _ordinal(self, triple: ox.Triple, _name: str) -> Found:
        names = [text_of(o) for verb in NAMES for o in self._objects(triple.subject, verb)]
        said = [int(a or b) for text in names for a, b in NUMBERED.findall(text)]
        if said and text_of(triple.object).isdigit() and int(text_of(triple.object)) not in said:
            yield NUMBER, {"said": str(said[0]), "text": text_of(triple.object)}

    def _edition(self, triple: ox.Triple, name: str) -> Found:
        said, year = EDITION.match(name), YEAR.search(text_of(triple.object))
        if said and year and said[1] != year[1]:
            yield DATE, {"said": said[1], "text": text_of(triple.object)}
        elif said and not year:
            yield LAND, {"said": said[1], "text": text_of(triple.object)}

    def _evidence(self, triple: ox.Triple, name: str) -> Found:
        kind, _, slug = name.partition("/")
        named = "--".join(text_of(triple.object).removeprefix(BASE + "evidence/").split("--")[2:])
        if "--" in named and "--" in slug and {*named.split("--")}.isdisjoint(slug.split("--")):
            other = ox.NamedNode(f"{BASE}{kind}/{named}")
            if self.old.classes(other) & self.old.classes(triple.subject):
                yield BORROWED, {"thing": short(other.value)}

    def _turned(self, triple: ox.Triple, name: str) -> Found:
        """Yield what an id names at another place than that of its property."""
        parts, slug = name.partition("/")[2].split("--"), slug_of(text_of(triple.object))
        at = SLOTS[triple.predicate.value.removeprefix(STDG)]
        if slug in parts and len(parts) > at and parts[at] != slug:
            yield TURNED, {"thing": short(text_of(triple.object))}

    def _above(self, triple: ox.Triple, _name: str) -> Found:
        if COMPANY in self.old.classes(triple.subject):  # it may be a part of one abroad
            return
        ours, theirs = (self._countries(thing) for thing in (triple.subject, triple.object))
        if ours and theirs and ours.isdisjoint(theirs):
            yield ABROAD, {"thing": short(text_of(triple.object))}

    def _share(self, triple: ox.Triple, _name: str) -> Found:
        measures = [text_of(m) for m in self._objects(triple.subject, "measure")]
        percent = "percent" in map(text_of, self._objects(triple.subject, "unit"))
        if percent and _number(triple.object) > (100 if any("share" in m for m in measures) else 1000):
            yield SHARE, {"text": text_of(triple.object)}

    def _code(self, verb: str, value: ox.NamedNode) -> Found:
        """Yield a code that is retired, or that stands where nobody writes codes."""
        if value.value.startswith(GRAPH) or (verb in self._of_things and not self._takes_codes(verb)):
            yield NO_THING, {"term": short(value.value)}
        elif "true" in map(text_of, self._objects(value, OWL + "deprecated")):
            others = [short(text_of(o)) for o in self._objects(value, DCTERMS + "isReplacedBy")]
            yield RETIRED, {"term": short(value.value), "other": ", ".join(others) or "-"}

    @cached_property
    def _of_things(self) -> set[str]:
        """The properties of which the ontology does not say that codes are their values."""
        store, concept = self.old.store, ox.NamedNode(SKOS + "Concept")
        kinds = {
            concept,
            *(q.subject for q in store.quads_for_pattern(None, ox.NamedNode(RDFS + "subClassOf"), concept)),
        }
        typed = store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), ox.NamedNode(OWL + "ObjectProperty"))
        return {text_of(q.subject) for q in typed if kinds.isdisjoint(self._objects(q.subject, RDFS + "range"))}

    def _takes_codes(self, verb: str) -> bool:
        """Tell whether a code is a value of a property already, where the ontology leaves that open."""
        held = self.old.before.quads_for_pattern(None, ox.NamedNode(verb), None)
        return not self._objects(ox.NamedNode(verb), RDFS + "range") and any(
            text_of(q.object).startswith(STDGC) for q in held
        )


def _number(term: Any) -> float:
    try:
        return float(text_of(term))
    except ValueError:
        return 0.0
