"""A network a year: nothing is dated that has no date, and nothing is lost."""

from __future__ import annotations

import stdgraph
from stdgraph.networks.choice import Choice
from stdgraph.networks.network import network
from stdgraph.networks.slices import UNDATED, lopsided, slices


def edges(found: object) -> set[frozenset[str]]:
    return {frozenset(pair) for pair in found.edges}  # type: ignore[attr-defined]


def test_the_slices_together_are_the_network(repository: stdgraph.Graph) -> None:
    found = slices(repository.reads)
    assert set.union(*map(edges, found.values())) == edges(network(repository.reads))
    assert list(found) == sorted(found)


def test_an_edge_stands_in_the_years_of_its_records(repository: stdgraph.Graph) -> None:
    for year, one in slices(repository.reads, choice=Choice(bilateral=True)).items():
        for *_, edge in one.edges(data=True):
            if year == UNDATED:
                assert "first_year" not in edge
            else:
                assert edge["first_year"] <= int(year) <= edge["last_year"]


def test_the_weight_of_a_year_is_that_of_its_slice(repository: stdgraph.Graph) -> None:
    whole = network(repository.reads)
    for year, one in slices(repository.reads).items():
        for a, b, edge in one.edges(data=True):
            by_year = whole[a][b].get("year_weights", {})
            told = [weight for years, weight in by_year.items() if years[:4] <= year <= years[-4:]]
            assert told == ([] if year == UNDATED else [edge["weight"]])


def test_there_are_the_years_that_are_asked_for_alone(repository: stdgraph.Graph) -> None:
    found = slices(repository.reads, choice=Choice(since="2017", until="2019"))
    every = slices(repository.reads)
    assert list(found) == ["2017", "2018", "2019"]
    assert all(edges(one) == edges(every[year]) for year, one in found.items())


def test_a_year_in_which_nobody_meets_has_an_empty_projection(repository: stdgraph.Graph) -> None:
    found = slices(repository.reads, "co-membership")
    assert min(map(len, found.values())) == 0
    assert edges(found[UNDATED]) <= edges(network(repository.reads, "co-membership"))


def test_years_that_are_those_of_the_documents_are_told(repository: stdgraph.Graph, tiny: stdgraph.Graph) -> None:
    year, share, undated = lopsided(slices(repository.reads)) or ("", 0, 0)
    assert (year, share > 0.5, undated > 100) == ("2020", True, True)
    assert lopsided({"2020": network(tiny.reads)}) == ("2020", 1.0, 0)
    assert lopsided({}) is None
