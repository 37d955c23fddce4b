"""What beside the names tells that two things are one, or that they are not: one small function each.

A feature returns a `Signal`: how much it speaks for one thing (above 0) or against it (below 0), and why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from stdgraph.locale import Phrase
from stdgraph.matching.things import Thing
from stdgraph.model.dates import bounds
from stdgraph.model.identifiers import reference
from stdgraph.model.spelling import key
from stdgraph.model.vocabulary import short


@dataclass(frozen=True)
class Signal:
    """How much something speaks for one thing, or against it: from -1 to 1; `why` is told where it speaks for it."""

    weight: float
    why: Phrase | None = None


Feature = Callable[[Thing, Thing], Signal | None]

NUMBERS = (
    "isoOrganizationId", "isoCommitteeId", "isoDeliverableId", "wikidataId", "issn", "identifier", "documentNumber",
    "countryCode", "subdivisionCode", "m49Code", "reference",
)  # fmt: skip
PARTIES = (
    "hasParty", "hasMember", "counterparty", "hub", "involves", "leadPartner", "twinnedPartner", "issuedBy", "foundedBy",
    "author", "operatedBy",
)  # fmt: skip
PARENTS = ("subBodyOf", "inSeries", "editionOf", "draftOf", "issueOf", "translationOf", "underFramework", "inIssue")
TYPES = (
    "agreementType", "eventType", "documentType", "standardType", "projectType", "changeKind", "languageTag",
    "agreementLevel", "translationStatus", "occasionLevel", "stage",
)  # fmt: skip
TIMES = ("date", "start", "end")
PLACES = {"City", "Country", "Subdivision", "CountryGroup", "WorldRegion"}
DATED = {
    "agreement",
    "agreements",
    "arrangement",
    "change",
    "event",
    "edition",
    "document",
    "draft",
    "issue",
    "work item",
}


def number(one: Thing, other: Thing) -> Signal | None:
    """Tell whether both bear a number of one register, or different ones."""
    against = None
    for name in _both(one, other, NUMBERS):
        ours, theirs = ({comparable(name, v) for v in thing.get(name)} for thing in (one, other))
        if shared := sorted(ours & theirs):
            text = next(v for v in sorted(other.get(name)) if comparable(name, v) == shared[0])
            return Signal(0.92, Phrase("same stdg:{property}: {value}", property=name, value=text))
        if ours and theirs:
            against = Signal(-0.9)
    return against


def comparable(name: str, text: str) -> str:
    """Return the form in which the numbers of a register are compared."""
    if name != "reference":
        return key(text)
    try:
        return reference(text).edition_iri
    except ValueError:
        return key(text)


def acronym(one: Thing, other: Thing) -> Signal | None:
    """Tell whether both have acronyms, and none in common."""
    ours, theirs = ({key(v) for v in thing.get("acronym")} for thing in (one, other))
    return Signal(-0.4) if ours and theirs and not ours & theirs else None


def count(one: Thing, other: Thing) -> Signal | None:
    """Tell whether the labels of a language hold different numbers: the 3rd meeting is not the 4th."""
    for lang in ("en", "zh"):
        ours, theirs = ([n.numbers for n in t.names if not n.rank and n.tag.startswith(lang)] for t in (one, other))
        if any(ours) and any(theirs) and not any(a == b for a in ours for b in theirs):
            return Signal(-0.85)
    return None


def country(one: Thing, other: Thing) -> Signal | None:
    """Tell whether both are of one country, or of different ones."""
    ours, theirs = one.get("ofCountry"), other.get("ofCountry")
    if not ours or not theirs:
        return None
    if shared := ours & theirs:
        return Signal(0.15, Phrase("same country: {name}", name=short(min(shared))))
    return Signal(-0.7)


def kind(one: Thing, other: Thing) -> Signal | None:
    """Tell whether both are of one class; a city is not the province of its name."""
    if one.own & other.own:
        national = "NationalStandardsBody" in one.own & other.own and one.get("ofCountry") & other.get("ofCountry")
        return Signal(0.8, Phrase("national standards bodies of one country")) if national else Signal(0.1)
    if one.family == "place" and one.own & PLACES and other.own & PLACES:
        return Signal(-0.8)
    return Signal(-0.15)


def relation(one: Thing, other: Thing) -> Signal | None:
    """Tell whether one points to the other: a thing is no part, edition or successor of itself."""
    return Signal(-0.95) if other.iri in one.linked or one.iri in other.linked else None


def parent(one: Thing, other: Thing) -> Signal | None:
    """Tell whether both belong to one body, series, frame or standard, or to different ones."""
    found = _both(one, other, PARENTS)
    shared = [name for name in found if one.get(name) & other.get(name)]
    if shared:
        value = short(min(one.get(shared[0]) & other.get(shared[0])))
        return Signal(0.2, Phrase("same stdg:{property}: {value}", property=shared[0], value=value))
    return Signal(-0.6) if found else None


def parties(one: Thing, other: Thing) -> Signal | None:
    """Tell whether the same take part: parties, members, issuers."""
    for name in _both(one, other, PARTIES):
        ours, theirs = one.get(name), other.get(name)
        if ours == theirs:
            named = ", ".join(map(short, sorted(ours)[:3]))
            return Signal(0.4, Phrase("same parties: {names}", names=named))
        if not ours & theirs:
            return Signal(-0.7)
        return Signal(0.1 if ours < theirs or theirs < ours else -0.3)
    return None


def dates(one: Thing, other: Thing) -> Signal | None:
    """Tell whether the times of both agree, and how precisely."""
    heavy = one.family in DATED
    for name in _both(one, other, TIMES):
        ours, theirs = one.get(name), other.get(name)
        days = _shared(ours, theirs)
        if days is None:
            return Signal(-0.85 if heavy else -0.4)
        weight = 0.35 if days <= 7 else 0.15 if days <= 31 else 0.05
        return Signal(weight, Phrase("same date: {date}", date=min(theirs)))
    return None


def _shared(ours: Iterable[str], theirs: Iterable[str]) -> int | None:
    """Return how many days the times overlap that do so most closely, None where none do."""
    try:
        spans = [(bounds(a), bounds(b)) for a in ours for b in theirs]
    except ValueError:
        return None
    found = [max((a[1] - a[0]).days, (b[1] - b[0]).days) for a, b in spans if a[0] <= b[1] and b[0] <= a[1]]
    return min(found, default=None)


def ordinal(one: Thing, other: Thing) -> Signal | None:
    """Tell whether one is another of a series."""
    parts = [name for name in ("ordinal", "edition", "listNumber") if _parted(one, other, name)]
    return Signal(-0.9) if parts else None


def place(one: Thing, other: Thing) -> Signal | None:
    """Tell whether both are in one place, or in different ones."""
    if one.get("locatedIn") & other.get("locatedIn"):
        name = short(min(one.get("locatedIn") & other.get("locatedIn")))
        return Signal(0.15, Phrase("same place: {name}", name=name))
    apart = _parted(one, other, "locatedIn") or _parted(one, other, "placeWithin")
    return Signal(-0.5) if apart else None


def sort(one: Thing, other: Thing) -> Signal | None:
    """Tell whether a code for what kind of agreement, event, document … it is parts them."""
    apart = [name for name in TYPES if _parted(one, other, name)]
    return Signal(-0.35) if apart else None


def subject(one: Thing, other: Thing) -> Signal | None:
    """Tell whether they treat different subjects, or cover different things."""
    apart = [name for name in ("subject", "covers", "about", "resultsIn", "affects") if _parted(one, other, name)]
    return Signal(-0.3) if apart else None


def posts(one: Thing, other: Thing) -> Signal | None:
    """Tell whether persons have posts in one body, or in different ones: many bear one name."""
    if one.family != "person" or not one.bodies or not other.bodies:
        return None
    if shared := one.bodies & other.bodies:
        return Signal(0.5, Phrase("both in {name}", name=short(min(shared))))
    return Signal(-0.4)


def _both(one: Thing, other: Thing, names: Iterable[str]) -> list[str]:
    """Return the properties that both have."""
    ours, theirs = one.values, other.values
    return [name for name in names if name in ours and name in theirs]


def _parted(one: Thing, other: Thing, name: str) -> bool:
    return name in one.values and name in other.values and one.values[name].isdisjoint(other.values[name])


FEATURES: tuple[Feature, ...] = (
    relation, dates, parties, country, ordinal, number, acronym, parent, kind, place, sort, subject, posts, count,
)  # fmt: skip
"""The features, those that most often speak against it first."""
