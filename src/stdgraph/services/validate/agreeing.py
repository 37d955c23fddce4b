"""What a record says in two places, its id, its names, its numbers and its codes, held against each other."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, ClassVar

import pyoxigraph as ox

from stdgraph.locale import marked
from stdgraph.matching.spelt import ORDINALS, han_number
from stdgraph.model.identifiers import committee_slug, reference
from stdgraph.model.minting import slug_of
from stdgraph.model.vocabulary import BASE, DCTERMS, OWL, RDF, SKOS, STDG, STDGC, short
from stdgraph.services.validate.against import COUNTRY, Against, Found, text_of
from stdgraph.services.validate.fitting import LAND, NUMBER, SLOTS
from stdgraph.services.validate.spelled import Spelled
from stdgraph.services.validate.stored import Statements

UPPER = ("country", "region")
BELOW = {STDG + kind for kind in ("Subcommittee", "WorkingGroup")}
CODED = {
    "subdivisionCode": re.compile(r"region/([A-Z]{2}-[A-Z0-9]{1,3})"),
    "countryCode": re.compile(r"country/([A-Z]{2})"),
}
NUMBERED = re.compile(r"evidence/[^/]+?--([0-9]+)--")
SUFFIX = re.compile(r"\b([0-9]+)(st|nd|rd|th)\b")
HAN_ORDINAL = re.compile(r"第\s*([一二三四五六七八九十百0-9]+)\s*[届次]")
YEARS = re.compile(r"(?<![0-9.-])(?:19|20)[0-9]{2}(?![0-9.-])")
DATED = re.compile(r"[a-z]+/((?:19|20)[0-9]{2})-")
COUNTED = re.compile(
    r"(?<![\w./-])([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?![\w./-])(?= [a-z])|([0-9]+)(?=[项个家部份条种名国对])"
)
LAST = re.compile(r"/(TC|SC|WG|JWG|TG) ?[0-9]+$")
CLASSES = {"TC": "TechnicalCommittee", "SC": "Subcommittee", "WG": "WorkingGroup", "JWG": "WorkingGroup"}
CHECKSUM = re.compile("[0-9a-f]{64}")
TYPES = STDGC + "agrtype-"
ISSN = re.compile(r"([0-9]{4})-([0-9]{3})([0-9X])")
SIDES = (
    ("recognizer", "recognized"), ("leadPartner", "twinnedPartner"), ("member", "onBehalfOf"), ("member", "inBody"), ("hub", "counterparty"),
    ("participant", "inEvent"), ("contributor", "contributionTo"), ("user", "usedStandard"), ("adopter", "adoptedStandard"),
    ("memberCountry", "inGroup"), ("award", "recipient"), ("forBody", "heldBy"), ("claimSubject", "claimObject"),
)  # fmt: skip
"""Properties of a record that never name one thing."""
PLACES = tuple(BASE + kind for kind in ("city/", "place/", "site/"))
NAMES = (SKOS + "prefLabel", DCTERMS + "title")
LITTLE = 2
"""An evidence of which no more is said may be like many."""

NAMED = marked("The name says {said}, and {where} {text}: correct the one that is wrong.")
ONE_SIDE = marked("{property} and {other} name one thing, {thing}: the sides of a record are two.")
OUTCOME = marked(
    "It is dated {text}, and {thing}, of which it is an outcome or a part, {said}: correct one of the two."
)
EXCLUDE = marked("{property} {text} and {other} {said} exclude each other: correct one of the two.")
REGISTER = marked(
    "Its evidence is for number {said} of the register, and {property} is {text}: correct the one that is wrong."
)
DIGITS = marked("The last digit of {text} does not fit the others: copy the number anew.")
SUFFIXED = marked("{text} is written {usual}: correct the number or its ending.")
SPEAKER = marked("{thing} is a place: name the body or the person who says so, or leave {property} out.")
AGAIN = marked(
    "This evidence has the source, the place and the words of {thing}, which is cited as well: cite one of the two."
)
WHOLE = marked("{text} is the whole name: write the letters that stand for it, or leave {property} out.")
LOWER = marked("{text} is the name in small letters: leave it out, or write the other name as it is printed.")
TAKEN = marked("{thing}, of the same kind, has this name: name this one otherwise, or use that id.")
SHARED = marked("{thing}, of the same country, has this acronym: correct it, or use that id.")
MISSPELT = marked("{text} stands in no other name, and is almost {usual}, which stands in many: is it misspelt?")
CUT = marked("{text} is no SHA-256 checksum: copy all its 64 digits, 0 to 9 and a to f.")
TOLD = tuple(("Warning", words) for words in (NAMED, ONE_SIDE, OUTCOME, EXCLUDE, REGISTER, DIGITS, SUFFIXED, SPEAKER, AGAIN, WHOLE, LOWER, TAKEN, SHARED, MISSPELT, CUT))  # fmt: skip


class Agreeing(Against):
    """What a graph says, asked whether a record agrees with itself and with what it names."""

    severity: ClassVar = {words: severity for severity, words in TOLD} | dict.fromkeys((LAND, NUMBER), "Warning")

    def __init__(self, old: Statements, *, lang: str = "en") -> None:
        super().__init__(old, lang=lang)
        sides = {name: (one, other) for one, other in SIDES for name in (one, other)}
        asked = {
            **dict.fromkeys(SLOTS, self._slot), **dict.fromkeys(sides, self._sides), **dict.fromkeys(CODED, self._coded),
            "role": self._role, "editionOf": self._edition, "subBodyOf": self._above, "reference": self._reference,
            "isoCommitteeId": self._register, "isoOrganizationId": self._register, "stage": self._staged, "unit": self._unit,
            "locatedIn": self._located, "assertedBy": self._asserted, "issn": self._issn, "evidence": self._twice,
            "statedItemCount": self._counted, "acronym": self._acronym, "date": self._outcome, "start": self._outcome,
            "agreementType": self._typed, "textChecksum": self._checksum,
        }  # fmt: skip
        self.asked = {STDG + name: ask for name, ask in asked.items()} | dict.fromkeys(NAMES, self._name)
        self.asked |= {SKOS + "altLabel": self._other_name, RDF + "type": self._classed}

    def _sides(self, triple: ox.Triple, name: str) -> Found:
        """Yield that both sides of a record are one thing; told at the second."""
        verb = triple.predicate.value.removeprefix(STDG)
        for one, other in SIDES:
            if verb == other and triple.object in self._objects(triple.subject, one):
                yield ONE_SIDE, {"other": f"stdg:{one}", "thing": short(text_of(triple.object))}
        if verb in SLOTS:
            yield from self._slot(triple, name)
        if verb == "claimObject":
            yield from self._claimed(triple, name)

    def _slot(self, triple: ox.Triple, name: str) -> Found:
        """Yield a thing that the id of the record names where the record names another of its kind."""
        parts, value = name.partition("/")[2].split("--"), text_of(triple.object)
        at = SLOTS[triple.predicate.value.removeprefix(STDG)]
        if len(parts) <= at or not value.startswith(BASE):
            return
        said, kind = parts[at], value.removeprefix(BASE).partition("/")[0]
        stated = {slug_of(text) for text in self._texts(triple.subject, triple.predicate.value)}
        if any(_begins(one, said) or _begins(said, one) for one in stated) or slug_of(value) in parts:
            return
        if self._is_said(f"{kind}/{said.upper() if kind in UPPER else said}"):
            yield LAND, {"said": said, "text": short(value)}

    def _role(self, triple: ox.Triple, name: str) -> Found:
        said = name.rpartition("--")[2]
        roles = {text.removeprefix(STDGC + "role-") for text in self._texts(triple.subject, "role")}
        known = name.startswith("office/") and self.old.classes(ox.NamedNode(f"{STDGC}role-{said}"))
        if known and said not in roles:
            yield LAND, {"said": said, "text": short(text_of(triple.object))}

    def _edition(self, triple: ox.Triple, name: str) -> Found:
        work, found, _ = name.partition("/ed/")
        if found and BASE + work != text_of(triple.object) and self._is_said(work):
            yield LAND, {"said": work, "text": short(text_of(triple.object))}

    def _above(self, triple: ox.Triple, name: str) -> Found:
        """Yield that a group is below another committee than the one with which its id begins."""
        parts, above = name.split("-"), self._texts(triple.subject, "subBodyOf")
        if not name.startswith("committee/") or BELOW.isdisjoint(map(text_of, self.old.classes(triple.subject))):
            return
        begun = ["-".join(parts[:at]) for at in range(len(parts) - 1, 0, -1)]
        said = next((one for one in begun if self._is_said(one)), "")
        if said and not {BASE + one for one in begun} & {*above}:
            yield LAND, {"said": said, "text": short(text_of(triple.object))}

    def _coded(self, triple: ox.Triple, name: str) -> Found:
        said = CODED[triple.predicate.value.removeprefix(STDG)].fullmatch(name)
        if said and said[1] != text_of(triple.object):
            yield LAND, {"said": said[1], "text": text_of(triple.object)}

    def _reference(self, triple: ox.Triple, name: str) -> Found:
        """Yield a number that differs from that in the id by its digits alone, and one of another class of body."""
        text, (kind, _, own) = text_of(triple.object), name.partition("/")
        try:
            iris = {f"{BASE}committee/{committee_slug(text)}"} if kind == "committee" else {reference(text).work_iri, reference(text).edition_iri}  # fmt: skip
        except ValueError:
            return
        made = {iri.removeprefix(BASE).partition("/")[2] for iri in iris}
        other = kind in ("committee", "standard") and not any(_begins(own, one) for one in made)
        if other and any(_begins(_shape(own), _shape(one)) for one in made):
            yield LAND, {"said": own, "text": text}

    def _classed(self, triple: ox.Triple, name: str) -> Found:
        """Yield a class of committee that its number denies."""
        own = text_of(triple.object).removeprefix(STDG)
        for text in self._texts(triple.subject, "reference") if own in CLASSES.values() else ():
            last = LAST.search(text)
            due = CLASSES.get(last[1], own) if last and name.startswith("committee/") else own
            if due != own:
                yield EXCLUDE, {"property": "a", "text": f"stdg:{own}", "other": "stdg:reference", "said": text}

    def _register(self, triple: ox.Triple, _name: str) -> Found:
        evidence = [text.removeprefix(BASE) for text in self._texts(triple.subject, "evidence")]
        said = [found[1] for found in map(NUMBERED.match, evidence) if found]
        if said and text_of(triple.object) not in said:
            yield REGISTER, {"said": said[0], "text": text_of(triple.object)}

    def _staged(self, triple: ox.Triple, _name: str) -> Found:
        if text_of(triple.object) == STDGC + "stage-published" and self._is_planned(triple.subject):
            yield EXCLUDE, {"text": "stdgc:stage-published", "other": "stdg:planned", "said": "true"}

    def _unit(self, triple: ox.Triple, _name: str) -> Found:
        """Yield a unit of shares with a measure of which all other figures count."""
        if text_of(triple.object) != "percent":
            return
        for measure in self._objects(triple.subject, "measure"):
            alike = [q.subject for q in self.old.store.quads_for_pattern(None, ox.NamedNode(STDG + "measure"), measure)]
            units = [self._texts(figure, "unit") for figure in alike if figure != triple.subject]
            if len(units) > 1 and not any("percent" in said for said in units):
                yield EXCLUDE, {"text": "percent", "other": "stdg:measure", "said": short(text_of(measure))}

    def _located(self, triple: ox.Triple, name: str) -> Found:
        """Yield a country in which none of the cities of an event lies."""
        value = text_of(triple.object)
        if not name.startswith("event/") or not value.startswith(COUNTRY):
            return
        for city in self._objects(triple.subject, "locatedIn"):
            lands = self._texts(city, "ofCountry")
            if lands and value not in lands:
                yield EXCLUDE, {"text": short(value), "other": "stdg:locatedIn", "said": short(text_of(city))}
                return

    def _claimed(self, triple: ox.Triple, _name: str) -> Found:
        """Yield a claim on a property of things whose value is a text, and the reverse."""
        is_thing = isinstance(triple.object, ox.NamedNode)
        for verb in self._objects(triple.subject, "claimProperty"):
            kinds = {text_of(k) for k in self.old.classes(verb)}
            if (is_thing and OWL + "DatatypeProperty" in kinds) or (not is_thing and OWL + "ObjectProperty" in kinds):
                yield EXCLUDE, {"text": short(text_of(triple.object)), "other": "stdg:claimProperty", "said": short(text_of(verb))}  # fmt: skip

    def _asserted(self, triple: ox.Triple, _name: str) -> Found:
        if text_of(triple.object).startswith(PLACES):
            yield SPEAKER, {"thing": short(text_of(triple.object))}

    def _issn(self, triple: ox.Triple, _name: str) -> Found:
        if (found := ISSN.fullmatch(text_of(triple.object))) and not _fits(found[1] + found[2], found[3]):
            yield DIGITS, {"text": found[0]}

    def _twice(self, triple: ox.Triple, _name: str) -> Found:
        """Yield an evidence that says no more than another of the thing does; of the two, the later by its id."""
        one = text_of(triple.object)
        for other in self._objects(triple.subject, "evidence"):
            if other == triple.object or not one.startswith(text_of(other)):
                continue
            said = self._whole(triple.object)
            if len(said) > LITTLE and self._whole(other) == said:
                yield AGAIN, {"thing": short(text_of(other))}

    def _whole(self, thing: Any) -> set[tuple[str, str]]:
        """Return all that is said of a thing; of a text, nothing is."""
        if isinstance(thing, ox.Literal):
            return set()
        return {(q.predicate.value, str(q.object)) for q in self.old.store.quads_for_pattern(thing, None, None)}

    def _counted(self, triple: ox.Triple, _name: str) -> Found:
        """Yield a number of items of which both names tell another."""
        stated = {*self._texts(triple.subject, "statedItemCount"), *self._texts(triple.subject, "statedActorCount")}
        names = [text_of(name) for verb in NAMES for name in self._objects(triple.subject, verb)]
        told = [
            {(a or b).replace(",", "") for a, b in COUNTED.findall(name)} - {*YEARS.findall(name)} for name in names
        ]
        shared = set.intersection(*told) if len(told) > 1 else set()
        if shared and shared.isdisjoint(stated):
            yield NAMED, {"said": min(shared), "where": "stdg:statedItemCount", "text": text_of(triple.object)}

    def _acronym(self, triple: ox.Triple, _name: str) -> Found:
        text = text_of(triple.object)
        if " " in text and text in self._texts(triple.subject, SKOS + "prefLabel"):
            yield WHOLE, {"text": text}
            return
        lands = self._countries(triple.subject)
        for other in self._having(triple):
            if lands & self._countries(other):
                yield SHARED, {"thing": short(other.value)}
                return

    def _having(self, triple: ox.Triple) -> list[ox.NamedNode]:
        """Return other things that have a value of a property, which nobody calls perhaps the same."""
        found = self.old.store.quads_for_pattern(None, triple.predicate, triple.object)
        others = sorted({q.subject for q in found if isinstance(q.subject, ox.NamedNode)} - {triple.subject}, key=str)
        linked = self._objects(triple.subject, "possiblySameAs")
        return [o for o in others if o not in linked and triple.subject not in self._objects(o, "possiblySameAs")]

    def _outcome(self, triple: ox.Triple, _name: str) -> Found:
        """Yield the events before which their outcome, or their part, is dated."""
        own = self._days(triple.subject, triple.predicate.value)
        for verb in ("outcomeOf", "subEventOf"):
            for event in self._objects(triple.subject, verb) if own else ():
                began = self._days(event, "date", "start")
                if began and own[0][1] < min(first for first, _ in began):
                    said = (self._texts(event, "date") or self._texts(event, "start"))[0]
                    yield OUTCOME, {"text": text_of(triple.object), "thing": short(text_of(event)), "said": said}

    def _typed(self, triple: ox.Triple, _name: str) -> Found:
        """Yield a type of agreement where the name says another."""
        names = " / ".join(self._texts(triple.subject, SKOS + "prefLabel")).lower()
        said = [(word, code) for word, code in self._types if word in names]
        own = text_of(triple.object)
        if said and own not in [code for _, code in said]:
            yield NAMED, {"said": said[0][0], "where": "stdg:agreementType", "text": short(own)}

    @cached_property
    def _types(self) -> list[tuple[str, str]]:
        """The words for a type of agreement, each with its code."""
        concepts = self.old.store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), ox.NamedNode(SKOS + "Concept"))
        codes = dict.fromkeys(q.subject for q in concepts if text_of(q.subject).startswith(TYPES))
        coded = [(label, text_of(code)) for code in codes for label in self._texts(code, SKOS + "prefLabel")]
        return sorted([*coded, ("memorandum", f"{TYPES}mou")])

    @cached_property
    def _spelled(self) -> Spelled:
        return Spelled(self.old.store, self.old.words)

    def _misspelt(self, triple: ox.Triple) -> Found:
        if getattr(triple.object, "language", "") == "en":
            yield from ((MISSPELT, {"text": a, "usual": b}) for a, b in self._spelled.slips(text_of(triple.object)))

    def _checksum(self, triple: ox.Triple, _name: str) -> Found:
        if not CHECKSUM.fullmatch(text_of(triple.object)):
            yield CUT, {"text": text_of(triple.object)}

    def _name(self, triple: ox.Triple, name: str) -> Found:
        text = text_of(triple.object)
        yield from ((SUFFIXED, {"text": found[0], "usual": found[1] + _suffix(found[1])}) for found in SUFFIX.finditer(text) if found[2] != _suffix(found[1]))  # fmt: skip
        said, ordinals = _ordinals(text), self._texts(triple.subject, "ordinal")
        if said and ordinals and said.isdisjoint(ordinals):
            yield NUMBER, {"said": min(said), "property": "stdg:ordinal", "text": ordinals[0]}
        years, dated = {*YEARS.findall(text)}, DATED.match(name)
        own = {when[:4] for slot in ("date", "start", "end") for when in self._texts(triple.subject, slot)}
        if dated and len(years) == 1 and dated[1] not in years and own and years.isdisjoint(own):
            yield NAMED, {"said": min(years), "where": "id", "text": dated[1]}
        yield from self._misspelt(triple)
        yield from self._taken(triple, name)

    def _taken(self, triple: ox.Triple, name: str) -> Found:
        """Yield another thing of the same kind, and country where both have one, with this name; persons may be namesakes."""
        lands, kinds = {*self._texts(triple.subject, "ofCountry")}, self.old.classes(triple.subject)
        if name.startswith("person/") or not kinds:
            return
        for other in self._having(triple):
            theirs = {*self._texts(other, "ofCountry")}
            if self.old.classes(other) == kinds and other.value.startswith(BASE) and not (lands and theirs and lands.isdisjoint(theirs)):  # fmt: skip
                yield TAKEN, {"thing": short(other.value)}
                return

    def _other_name(self, triple: ox.Triple, _name: str) -> Found:
        yield from self._misspelt(triple)
        text = text_of(triple.object)
        if text.islower() and any(
            text == text_of(o).lower() for o in self._objects(triple.subject, SKOS + "prefLabel")
        ):
            yield LOWER, {"text": text}


def _begins(own: str, one: str) -> bool:
    """Tell whether an id is another, or that and more."""
    return own == one or own.startswith((f"{one}-", f"{one}/"))


def _shape(text: str) -> str:
    """Return a slug with all its digits alike."""
    return re.sub("[0-9]", "0", text)


def _suffix(number: str) -> str:
    """Return what stands behind an ordinal.

    >>> [_suffix(number) for number in ("1", "12", "22", "13", "103")]
    ['st', 'th', 'nd', 'th', 'rd']
    """
    return "th" if number[-2:-1] == "1" else {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th")


def _ordinals(text: str) -> set[str]:
    """Return the ordinals in a name, in digits.

    >>> sorted(_ordinals("Third meeting, 12th session")), _ordinals("第十二届论坛")
    (['12', '3'], {'12'})
    """
    words = {ORDINALS[word] for word in re.findall("[a-z]+", text.lower()) if word in ORDINALS}
    return (
        words
        | {number for number, _ in SUFFIX.findall(text)}
        | {han_number(found) for found in HAN_ORDINAL.findall(text)}
    )


def _fits(digits: str, last: str) -> bool:
    """Tell whether the last digit of an ISSN fits the seven before it.

    >>> _fits("1672570", "0"), _fits("1762570", "0")
    (True, False)
    """
    rest = -sum(int(digit) * weight for digit, weight in zip(digits, range(8, 1, -1), strict=True)) % 11
    return last == ("X" if rest == 10 else str(rest))
