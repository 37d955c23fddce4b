"""Time lines: what a thing takes part in and what ties two, in the order of time, what has no date at the end."""

from __future__ import annotations

import pytest

import stdgraph
from stdgraph.errors import ParameterError, UnknownNameError
from stdgraph.model.dates import bounds


def test_records_stand_in_the_order_of_their_time(repository: stdgraph.Graph) -> None:
    found = repository.timeline("China")
    dated = [row["date"] for row in found.dated()]
    assert [bounds(day)[0] for day in dated] == sorted(bounds(day)[0] for day in dated)
    assert found.rows == (*found.dated().rows, *found.others().rows)
    assert all(row["date"] is None for row in found.others())


def test_a_thing_has_as_many_records_as_its_page_counts(repository: stdgraph.Graph) -> None:
    for name in ("BSI", "Germany", "2019", "cn-uk-wg"):
        assert len(repository.timeline(name)) == repository.profile(name).glance.records, name


def test_every_row_names_its_sources(repository: stdgraph.Graph) -> None:
    for names in (["SAC"], ["China", "GB"], ["2016"], ["cn-uk-wg"]):
        assert all(row.sources for row in repository.timeline(*names)), names


def test_a_row_says_as_what_and_through_whom(tiny: stdgraph.Graph) -> None:
    rows = {row["record"].iri.rpartition("/")[2]: row for row in tiny.timeline("country/AA")}
    tea = rows["2017-06-tea-mou"]
    assert (tea["date"], [str(role) for role in tea["as"]]) == ("2017-06", ["has party"])
    assert [body.iri for body in tea["body"]] == [tiny.iri("ASA")]
    assert rows["2015-11-aa-bb-mou"]["body"] == ()


def test_what_ties_two_is_what_why_lists(repository: stdgraph.Graph) -> None:
    found, why = repository.timeline("China", "GB"), repository.why("China", "GB")
    assert sorted(found.rows, key=str) == sorted(why.rows, key=str)
    assert [one.label for one in found.of] == ["China", "United Kingdom"]
    assert repository.timeline("GB", "China").to_json()["rows"] == found.to_json()["rows"]


def test_a_day(repository: stdgraph.Graph) -> None:
    found = repository.timeline("SAC", as_of=2016)
    assert found.columns[-1] == "certainty"
    assert 0 < len(found) < len(repository.timeline("SAC"))
    assert all(row["date"] is None or row["date"] < "2017" for row in found)
    assert found.left_out
    assert len(repository.timeline("SAC", as_of=2016, undated=True)) > len(found)


def test_json_tells_undated_ones_apart(tiny: stdgraph.Graph) -> None:
    told = tiny.timeline("country/AA", "country/BB").to_json()
    assert [one["label"] for one in told["timeline"]] == ["Aland", "Beland"]
    assert all(row["date"] for row in told["rows"])
    assert not any(row["date"] for row in told["undated"])


def test_wrong_names_are_told(tiny: stdgraph.Graph) -> None:
    with pytest.raises(UnknownNameError):
        tiny.timeline("nobody at all")
    with pytest.raises(ParameterError, match="same actor"):
        tiny.timeline("ASA", "org/aa-nsb")


def test_it_can_be_arranged_as_any_table(repository: stdgraph.Graph) -> None:
    found = repository.timeline("China", "GB")
    assert sum(row["count"] for row in found.group("type")) == len(found)
    assert len(found.limit(3)) == 3
    assert {row["date"][:4] for row in found.between(2015, 2015)} == {"2015"}
