from __future__ import annotations

import pytest

from stdgraph.matching.spelt import Spelt, Words
from stdgraph.matching.things import Thing
from stdgraph.matching.weighing import PROBABLE, weighed

KNOWN = Words({"standards": 50, "institute": 50, "national": 50, "meeting": 50, "understanding": 50}, {}, 200)


def thing(
    iri: str, kind: str, name: str = "", /, bodies: tuple[str, ...] = (), **values: str | tuple[str, ...]
) -> Thing:
    held = {k: frozenset((v,) if isinstance(v, str) else v) for k, v in values.items()}
    above = {"Meeting": "Event", "NationalStandardsBody": "Organization", "OfficeHolding": "Membership"}
    kinds = frozenset({kind, above.get(kind, kind)})
    return Thing(iri, frozenset({kind}), kinds, (Spelt(name, 0, "en"),) if name else (), held, frozenset(bodies))


def score(one: Thing, other: Thing) -> float:
    return weighed(one, other, KNOWN).score


NAMESAKES = {
    "bodies of two countries": (
        thing("a", "Organization", "National Institute of Standards", ofCountry="US"),
        thing("b", "Organization", "National Institute of Standards", ofCountry="AM"),
    ),
    "persons in different bodies": (
        thing("a", "Person", "Yang Feng", bodies=("cnis",)),
        thing("b", "Person", "Yang Feng", bodies=("cesi",)),
    ),
    "agreements of one pair on different days": (
        thing("a", "Agreement", "Memorandum of understanding", hasParty=("sac", "bsi"), date="2015-11"),
        thing("b", "Agreement", "Memorandum of understanding", hasParty=("sac", "bsi"), date="2017-06"),
    ),
    "agreements of different parties": (
        thing("a", "Agreement", "Memorandum of understanding", hasParty=("sac", "bsi"), date="2015-11"),
        thing("b", "Agreement", "Memorandum of understanding", hasParty=("sac", "din"), date="2015-11"),
    ),
    "two of a series": (
        thing("a", "Meeting", "Meeting of the group", ordinal="3", date="2018"),
        thing("b", "Meeting", "Meeting of the group", ordinal="4", date="2018"),
    ),
    "yearly events": (
        thing("a", "Meeting", "World Standards Day", date="2018-10-14"),
        thing("b", "Meeting", "World Standards Day", date="2019-10-14"),
    ),
    "editions of a standard": (
        thing("a", "StandardEdition", "Information security", reference="GB/T 35273-2017"),
        thing("b", "StandardEdition", "Information security", reference="GB/T 35273-2020"),
    ),
    "a part and its whole": (
        thing("a", "Organization", "Institute of standards", subBodyOf="x://b"),
        thing("x://b", "Organization", "Institute of standards"),
    ),
    "a city and its province": (
        Thing("a", frozenset({"City"}), frozenset({"City", "Place"}), (Spelt("Chongqing"),)),
        Thing("b", frozenset({"Subdivision"}), frozenset({"Subdivision", "Place"}), (Spelt("Chongqing"),)),
    ),
    "two offices one after the other": (
        thing("a", "OfficeHolding", member="x", inBody="y", role="chair", start="2001", end="2004"),
        thing("b", "OfficeHolding", member="x", inBody="y", role="chair", start="2010"),
    ),
}  # fmt: skip
TWINS = {
    "persons of one body": (
        thing("a", "Person", "Shihong Tian", bodies=("sac",)),
        thing("b", "Person", "Tian Shihong", bodies=("sac",)),
    ),
    "national bodies of one country": (
        thing("a", "NationalStandardsBody", "Jabatan Standard", ofCountry="MY"),
        thing("b", "NationalStandardsBody", "Department of Standards", ofCountry="MY"),
    ),
    "one reference, written in two ways": (
        thing("a", "StandardEdition", "Personal information", reference="GB/T 35273—2020"),
        thing("b", "StandardEdition", "Something else", reference="GB/T 35273-2020"),
    ),
    "one agreement, dated more and less precisely": (
        thing("a", "Agreement", "Memorandum of understanding on cities", hasParty=("sac", "bsi"), date="2017-06"),
        thing("b", "Agreement", "Memorandum of understanding, cities", hasParty=("sac", "bsi"), date="2017-06-15"),
    ),
    "one office": (
        thing("a", "OfficeHolding", member="x", inBody="y", role="chair", start="2001"),
        thing("b", "OfficeHolding", member="x", inBody="y", role="chair"),
    ),
}


@pytest.mark.parametrize("name", NAMESAKES)
def test_namesakes_are_no_twins(name: str) -> None:
    assert score(*NAMESAKES[name]) < PROBABLE


@pytest.mark.parametrize("name", TWINS)
def test_twins_are_found_and_reasons_given(name: str) -> None:
    match = weighed(*TWINS[name], KNOWN)
    assert match.score >= PROBABLE
    assert match.reasons("en")
    assert match.reasons("zh") != match.reasons("en")


@pytest.mark.parametrize("name", [*NAMESAKES, *TWINS])
def test_a_score_has_no_direction(name: str) -> None:
    one, other = (NAMESAKES | TWINS)[name]
    assert score(one, other) == score(other, one)
