"""Groups of countries and regions: which countries they stand for, when, and what answers make of them."""

from __future__ import annotations

from datetime import date

import pytest

import stdgraph
from conftest import ROOT, TINY
from stdgraph.graph.bodies import reach, with_bodies
from stdgraph.graph.groups import members
from stdgraph.model.results import Stood
from stdgraph.model.vocabulary import BASE

GROUPS = ROOT / "tests" / "cases" / "groups.ttl"

CASES = [
    # a region: the countries that lie in it, or are counted with it
    ("place/northland", None, "DD EE", 2),
    ("place/east-northland", None, "DD EE", 2),
    ("place/southland", None, "EE", 1),
    ("place/southland", "1990-01-01", "EE", 1),
    # a group: those that have not left, or were members on the day; its own dates count more than those of a register
    ("place/league", None, "BB CC", 3),
    ("place/league", "2000-06-01", "", 3),
    ("place/league", "2005-06-01", "AA", 3),
    ("place/league", "2019-06-01", "AA BB CC", 3),
    ("place/league", "2021-06-01", "BB CC", 3),
    # the organization: the same countries, observers are none
    ("org/league", None, "BB CC", 3),
    # without a date, nobody knows since when
    ("place/club", None, "DD", 1),
    ("place/club", "1990-01-01", "", 1),
]


@pytest.fixture(scope="module")
def grouped() -> stdgraph.Graph:
    """The tiny graph with regions and groups."""
    return stdgraph.open(data=[TINY, GROUPS])


@pytest.mark.parametrize(("group", "day", "countries", "listed"), CASES, ids=lambda v: str(v) or "none")
def test_a_group_has_its_countries_on_a_day(
    grouped: stdgraph.Graph, group: str, day: str | None, countries: str, listed: int
) -> None:
    found = members(grouped.reads, [BASE + group], date.fromisoformat(day) if day else None)[BASE + group]
    assert [iri.rsplit("/", 1)[-1] for iri in found.countries] == countries.split()
    assert found.listed == listed


def test_what_has_no_countries_is_left_out(grouped: stdgraph.Graph) -> None:
    assert members(grouped.reads, [BASE + "place/others", BASE + "country/AA", BASE + "org/aa-asa"]) == {}


def test_a_group_stands_for_its_countries_and_their_bodies(grouped: stdgraph.Graph) -> None:
    club = with_bodies(grouped.reads, [BASE + "place/club"])[BASE + "place/club"]
    assert club == [BASE + "place/club", BASE + "country/DD", BASE + "org/dd-office"]
    assert with_bodies(grouped.reads, club[:1], "own") == {club[0]: club[:1]}


def test_an_organization_stands_for_its_countries_where_it_is_asked_to(grouped: stdgraph.Graph) -> None:
    league = BASE + "org/league"
    alone = reach(grouped.reads, [league])
    assert alone.bodies == {league: [league]}
    assert alone.groups == {}
    assert alone.alone[league].listed == 3
    assert {BASE + "country/BB", BASE + "country/CC"} < set(reach(grouped.reads, [league], "all").bodies[league])


def test_between_a_country_and_its_region_the_country_is_not_the_region(grouped: stdgraph.Graph) -> None:
    sides = with_bodies(grouped.reads, [BASE + "place/northland", BASE + "country/DD"])
    assert sides[BASE + "country/DD"] == [BASE + "country/DD", BASE + "org/dd-office"]
    assert sides[BASE + "place/northland"] == [BASE + "place/northland", BASE + "country/EE"]


def test_an_answer_tells_for_how_many_countries_a_group_stood(grouped: stdgraph.Graph) -> None:
    answer = grouped.ask("agreements", actor="League countries", with_="Aland")
    assert answer.groups == {"actor": Stood(2, 3)}
    assert answer.to_json()["groups"] == {"actor": {"countries": 2, "listed": 3}}
    assert grouped.ask("agreements", actor="League").groups == {"actor": Stood(0, 3, is_alone=True)}
    assert grouped.ask("agreements", actor="Other countries").groups == {"actor": Stood(0, 0)}
    assert grouped.ask("agreements", actor="Aland").groups == {}


def test_a_day_asks_for_who_was_a_member_then(grouped: stdgraph.Graph) -> None:
    assert len(grouped.ask("agreements", actor="Aland", with_="League countries")) > 0
    asked = grouped.ask("agreements", actor="League countries", as_of="2019-06-01")
    assert asked.groups == {"actor": Stood(3, 3)}


GROUPED = ["ASEAN countries", "Central Asia", "Northeast Asia (China, Japan, Republic of Korea)"]


@pytest.mark.parametrize("question", ["agreements", "arrangements", "events", "mechanisms", "memberships", "twinnings"])
@pytest.mark.parametrize("group", GROUPED)
def test_the_answer_to_a_group_is_the_union_of_those_to_its_countries_and_to_itself(
    repository: stdgraph.Graph, question: str, group: str
) -> None:
    iri = repository.iri(group)
    countries = members(repository.reads, [iri])[iri].countries
    apart = [repository.ask(question, actor=country) for country in countries]
    apart.append(repository.ask(question, actor=group, level="own"))
    first = apart[0].columns[0]
    united = {str(row[first]) for answer in apart for row in answer}
    assert {str(row[first]) for row in repository.ask(question, actor=group)} == united


LINES = [
    ("Africa", "Africa: with its 54 countries and their bodies."),
    ("EU countries", "EU countries: with 27 of the 28 countries listed, and their bodies."),
    ("BRICS countries", "BRICS countries: itself alone; no source states its countries."),
    ("ASEAN", "--level all asks its 10 countries too."),
]


@pytest.mark.parametrize(("group", "line"), LINES, ids=lambda v: v[:12])
def test_the_command_line_says_what_a_group_stood_for(run, group: str, line: str) -> None:  # type: ignore[no-untyped-def]
    assert line in run("ask", "agreements", "--actor", group, "--count").stderr


def test_partners_of_a_region_are_those_partners_that_lie_in_it(repository: stdgraph.Graph) -> None:
    africa = repository.iri("Africa")
    within = set(with_bodies(repository.reads, [africa])[africa])
    every = [row.cells for row in repository.ask("who-cooperates-with", actor="China")]
    african = [cells for cells in every if cells["partner"].iri in within]  # type: ignore[union-attr]
    asked = repository.ask("who-cooperates-with", actor="China", with_="非洲")
    assert [row.cells for row in asked] == african
    assert african


def test_pairs_of_countries_take_regions_on_both_sides(repository: stdgraph.Graph) -> None:
    every = repository.ask("country-cooperation")
    countries = {
        group: set(members(repository.reads, [iri])[iri].countries)
        for group in ("Africa", "Asia")
        for iri in [repository.iri(group)]
    }
    for given in ({"country": "Africa"}, {"country": "Africa", "with_": "Asia"}):
        asked = [row.cells for row in repository.ask("country-cooperation", **given)]
        wanted = [
            row.cells
            for row in every
            if row["country"].iri in countries["Africa"]
            and ("with_" not in given or row["partner"].iri in countries["Asia"])  # type: ignore[union-attr]
        ]
        assert asked == wanted
        assert wanted
