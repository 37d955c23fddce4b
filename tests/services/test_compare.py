"""Things side by side: each number is that of a thing's own page, ties are those of `why`, partners are common or one's own."""

from __future__ import annotations

import json

import pytest

import stdgraph
from stdgraph.errors import InputError
from stdgraph.model.results import Answer, Row, Table
from stdgraph.services.compare import _figures


@pytest.fixture(scope="module")
def three(repository: stdgraph.Graph):
    return repository.compare("China", "GB", "Germany")


def test_each_number_is_that_of_the_page_of_a_thing(repository: stdgraph.Graph, three) -> None:
    rows = {row["measure"]: row for row in three.measures}
    for name in ("China", "Germany"):
        page = repository.profile(name)
        assert rows["Records"][name] == page.glance.records
        assert rows["First date"][name] == page.glance.first
        for panel in page.panels:
            assert panel.title in rows if panel.compare else panel.title not in rows
            assert not panel.compare or rows[panel.title][name] == panel.count
        for panel in page.nothing:
            assert rows.get(panel.title, {name: 0})[name] == 0


def test_lists_whose_length_says_nothing_do_not_stand_side_by_side(three) -> None:
    measures = {row["measure"] for row in three.measures}
    assert "Agreements" in measures
    assert not measures & {"Partners by year", "Agreements by level", "Gaps", "Figures"}


def test_ties_are_the_records_of_why(repository: stdgraph.Graph, three) -> None:
    assert [(row["one"].label, row["other"].label) for row in three.ties] == [
        ("China", "United Kingdom"),
        ("China", "Germany"),
        ("United Kingdom", "Germany"),
    ]
    for row in three.ties:
        found = repository.why(row["one"].iri, row["other"].iri)
        assert row["records"] == len({r["record"].iri for r in found})
        days = [r["date"] for r in found if r["date"]]
        assert (row["since"][:4], row["until"][:4]) == (min(days)[:4], max(days)[:4])
        assert row.sources


def test_partners_are_common_or_of_one_alone(repository: stdgraph.Graph, three) -> None:
    asked = {
        name: {row["partner"].iri: row["records"] for row in repository.ask("country-cooperation", country=name)}
        for name in ("China", "GB", "Germany")
    }
    of = {one.iri for one in three.of}
    common = set.intersection(*map(set, asked.values())) - of
    assert {row["partner"].iri for row in three.common()} == common
    own = set(asked["China"]) - set(asked["GB"]) - set(asked["Germany"]) - of
    assert {row["partner"].iri for row in three.own(0)} == own
    assert all(row["China"] == asked["China"][row["partner"].iri] for row in three.own(0))
    assert len(three.partners) >= len(common) + len(own)


def test_bodies_are_compared_by_their_own_partners(repository: stdgraph.Graph) -> None:
    found = repository.compare("BSI", "SAC")
    assert {row["partner"].label for row in found.own(0)} == {
        row["partner"].label
        for row in repository.ask("who-cooperates-with", actor="BSI")
        if row["partner"].iri not in {one.iri for one in found.of}
    } - {row["partner"].label for row in found.common()}


def test_numbers_of_sources_stand_side_by_side_where_two_have_one() -> None:
    columns = ("measure", "unit", "scope", "comparator", "value", "time")

    def answer(*rows: tuple[object, ...]) -> Answer:
        return Answer(columns, tuple(Row(dict(zip(columns, row, strict=True))) for row in rows))

    first = answer(("members", None, None, "≥", 8, "2020"), ("members", None, None, None, 5, "2018"))
    second = answer(("members", None, None, None, 3, None), ("projects", None, None, None, 9, None))
    found = _figures([first, second], ["A", "B"], "en")
    assert [row.cells for row in found] == [{"measure": "members", "A": "≥ 8 (2020)", "B": "3"}]


def test_a_day_holds_for_all_of_it(repository: stdgraph.Graph) -> None:
    found = repository.compare("China", "GB", as_of=2016)
    (tie,) = found.ties
    assert tie["records"] < len({row["record"].iri for row in repository.why("China", "GB")})
    assert found.as_of == "2016"


def test_json_and_text(three) -> None:
    told = json.loads(json.dumps(three.to_json()))
    assert list(told) == ["compare", "as_of", "measures", "figures", "ties", "partners"]
    assert str(three).startswith("China · United Kingdom · Germany\nRecords · ")
    assert three._repr_html_().count("<table>") == sum(
        isinstance(t, Table) and bool(len(t)) for t in (three.measures, three.figures, three.ties, three.partners)
    )


def test_wrong_names_are_told(repository: stdgraph.Graph) -> None:
    with pytest.raises(InputError, match="Name two things or more"):
        repository.compare("China")
    with pytest.raises(InputError, match="the same as"):
        repository.compare("China", "CN")
