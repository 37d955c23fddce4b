from __future__ import annotations

import pytest

import stdgraph
from stdgraph.errors import ParameterError
from stdgraph.services.find import find


def test_a_class_narrows(tiny: stdgraph.Graph) -> None:
    kinds = {named.kind for named in find(tiny.reads, "Aland")}
    assert len(kinds) > 1
    assert {named.kind for named in find(tiny.reads, "Aland", kind="Country")} == {"Country"}


@pytest.mark.parametrize("kind", ["country", "country or economy", "国家或经济体"])
def test_a_class_goes_by_its_label(tiny: stdgraph.Graph, kind: str) -> None:
    assert find(tiny.reads, "Aland", kind=kind) == find(tiny.reads, "Aland", kind="Country")


@pytest.mark.parametrize("kind", ["Twinning", "Concept", "Year"])
def test_a_class_of_which_nothing_is_found_is_no_fault(tiny: stdgraph.Graph, kind: str) -> None:
    assert find(tiny.reads, "qwertyuiop", kind=kind) == []


@pytest.mark.parametrize(
    ("kind", "words"), [("Countryy", "nearest: Country"), ("hasParty", "no class"), ("Nope", "no class")]
)
def test_an_unknown_class_is_refused(tiny: stdgraph.Graph, kind: str, words: str) -> None:
    with pytest.raises(ParameterError, match=words):
        find(tiny.reads, "Aland", kind=kind)


def test_a_year_is_found_and_shown(repository: stdgraph.Graph) -> None:
    found = find(repository.reads, "2019")[0]
    assert (found.en, found.zh, found.kind) == ("2019", "2019年", "Year")
    shown = repository.show("2019")
    assert shown.kinds == ("year",)
    assert {"First BRICS ministerial meeting on standardization cooperation", "GB 21455-2019"} <= {
        row["record"].label for row in shown.records
    }
    assert all("2019" in row["date"] for row in shown.records if row["date"])
    assert all(row.sources for row in shown.records)


def test_years_are_those_that_sources_date(tiny: stdgraph.Graph) -> None:
    years = {
        row["d"].value[:4]
        for row in tiny.reads.select("SELECT ?d { ?x stdg:date|stdg:start|stdg:end|stdg:asOf ?d ; stdg:evidence ?e }")
    }
    assert {named.en for named in tiny.reads.names.of_kind("Year")} == years
    assert all(len(tiny.show(year).records) for year in years)
