"""Rows are sorted, grouped and chosen by time as people expect; sorting is stable, groups lose no row."""

from __future__ import annotations

import csv
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stdgraph
from conftest import ROOT
from stdgraph.errors import ParameterError, UnknownColumnError
from stdgraph.model.arranging import collated, sort_key
from stdgraph.model.cells import Cell, Entity, Number
from stdgraph.model.results import Answer, Row, Source, Table, table

with (ROOT / "tests" / "cases" / "arranging.tsv").open(encoding="utf-8") as file:
    CASES = list(csv.DictReader(file, delimiter="\t"))
DATES = st.sampled_from(["2019", "2019-05", "2019-05-01", "201X", "2018/2020", "2023-02~", "", "soon"])
CELLS: st.SearchStrategy[Cell] = st.one_of(
    DATES,
    st.none(),
    st.integers(-5, 5),
    st.floats(allow_nan=True),
    st.text("aé国标9 ", max_size=4),
    st.builds(Entity, st.text("ab", max_size=2), st.text("ab国", max_size=3)),
    st.tuples(DATES, DATES),
    st.just(Number("1.10")),
)
TABLES = st.lists(st.tuples(CELLS, DATES), max_size=8).map(
    lambda rows: table(("a", "date"), [{"a": a, "date": date} for a, date in rows])
)
LANGUAGES = st.sampled_from(["en", "zh"])


def names(found: Table, column: str = "name") -> list[str]:
    return [str(row[column]) for row in found]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_the_order_of_cells(case: dict[str, str]) -> None:
    given = [value or None for value in case["given"].split(" | ")]
    cells = [float(v) if v and case["kind"] == "number" else v for v in given]
    rows = Table(("name",), tuple(Row({"name": cell}) for cell in cells), lang=case["lang"])
    expected = [float(v) if v and case["kind"] == "number" else v or None for v in case["sorted"].split(" | ")]
    assert [row["name"] for row in rows.sort(case["by"])] == expected


@given(TABLES, LANGUAGES, st.sampled_from(["a", "-a", "date", "-date"]))
def test_sorting_is_idempotent_and_keeps_all_rows(found: Table, lang: str, by: str) -> None:
    found = Table(found.columns, found.rows, lang=lang)
    once = found.sort(by)
    assert [id(row) for row in once.sort(by)] == [id(row) for row in once]
    assert sorted(map(id, once)) == sorted(map(id, found))


@given(TABLES)
def test_sorting_is_stable(found: Table) -> None:
    place = {id(row): at for at, row in enumerate(found)}
    for one, other in pairwise(found.sort("date")):
        if one["date"] == other["date"]:
            assert place[id(one)] < place[id(other)]


@given(TABLES)
def test_two_columns_sort_as_one_after_the_other(found: Table) -> None:
    assert [id(r) for r in found.sort("a", "-date")] == [id(r) for r in found.sort("-date").sort("a")]


@given(TABLES)
def test_what_is_empty_comes_last(found: Table) -> None:
    for by in ("date", "-date"):
        filled = [bool(row["date"]) for row in found.sort(by)]
        assert filled == sorted(filled, reverse=True)


def test_ties_without_a_number_are_of_two() -> None:
    ties = Table(("among",), tuple(Row({"among": number}) for number in (28, None, 3)))
    assert [row["among"] for row in ties.sort("among")] == [None, 3, 28]
    assert [row["among"] for row in ties.sort("-among")] == [28, 3, None]


@given(TABLES)
def test_the_counts_of_groups_sum_to_the_rows(found: Table) -> None:
    for column in ("date", "year"):
        assert sum(int(str(row["count"])) for row in found.group(column)) == len(found)
    several = sum(len(set(row["a"])) if isinstance(row["a"], tuple) else 1 for row in found)
    assert sum(int(str(row["count"])) for row in found.group("a")) <= several


@given(TABLES, st.integers(1, 5))
def test_a_limit_takes_the_first_rows_and_says_of_how_many(found: Table, number: int) -> None:
    cut = found.limit(number)
    assert cut.rows == found.rows[:number]
    assert cut.whole == len(found)


@given(TABLES)
def test_halves_of_time_hold_all_dated_rows(found: Table) -> None:
    before, after = found.between(None, "2019-05-15"), found.between("2019-05-16")
    assert len(found.between()) == len(found) - found.undated()
    assert {*map(id, before), *map(id, after)} == {id(row) for row in found.between()}


EVENTS = table(
    ("name", "date", "until"),
    [
        {"name": "day", "date": "2019-06-12", "until": None},
        {"name": "month", "date": "2019-12", "until": None},
        {"name": "span", "date": "2015", "until": "2019"},
        {"name": "old", "date": "2010", "until": None},
        {"name": "undated", "date": None, "until": None},
    ],
)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2019", "2019", ["day", "month", "span"]),
        ("2019-12-15", None, ["month", "span"]),
        (None, "2012", ["old"]),
        ("2016", "2017", ["span"]),
        ("2019-06-12/2019-06-16", "2019-06", ["day", "span"]),
    ],
)
def test_rows_of_a_time_are_those_that_overlap_it(start: str | None, end: str | None, expected: list[str]) -> None:
    assert names(EVENTS.between(start, end)) == expected


def test_what_began_goes_on() -> None:
    found = table(("name", "since"), [{"name": "a", "since": "2015"}, {"name": "b", "since": "2020"}])
    assert names(found.between("2019", "2019")) == ["a"]


def test_years_are_counted_newest_first() -> None:
    assert [(row["year"], row["count"]) for row in EVENTS.group("year")] == [
        ("2019", 2),
        ("2015", 1),
        ("2010", 1),
        (None, 1),
    ]


def test_a_row_of_several_values_counts_for_each() -> None:
    found = table(("name", "parties"), [{"name": "a", "parties": ("x", "y")}, {"name": "b", "parties": ("y",)}])
    assert [(row["parties"], row["count"]) for row in found.group("parties")] == [("y", 2), ("x", 1)]


def test_two_columns_are_grouped_by_pairs() -> None:
    found = table(("kind", "date"), [{"kind": "a", "date": "2019"}, {"kind": "a", "date": "2019-05"}])
    assert found.group("kind", "year").rows[0].cells == {"kind": "a", "year": "2019", "count": 2}


def test_a_group_brings_the_sources_of_its_rows() -> None:
    one, other = Source("s", "S", "1"), Source("s", "S", "2")
    found = Table(("kind",), (Row({"kind": "a"}, (one,)), Row({"kind": "a"}, (other, one))))
    assert found.group("kind")[0].sources == (one, other)


def test_bodies_are_counted_under_their_country(repository: stdgraph.Graph) -> None:
    found = repository.ask("agreements", actor="SAC")
    counts = {str(row["country"]): row["count"] for row in found.group("country")}
    assert next(iter(counts.items())) == ("China", len(found))
    assert counts["United Kingdom"] == sum(
        "United Kingdom" in str(row["parties"]) or "British" in str(row["parties"]) for row in found
    )
    zh = stdgraph.open(lang="zh").ask("agreements", actor="SAC").group("国家")
    assert zh[0]["country"].label == "中国"  # type: ignore[union-attr]


def test_columns_are_named_as_in_json_or_as_printed() -> None:
    found = Table(("stated_actors", "date"), (), {"stated_actors": "所述主体数", "date": "日期"}, lang="zh")
    for name in ("stated_actors", "stated-actors", "Stated Actors", "所述主体数"):
        assert found.select(name).columns == ("stated_actors",)
    assert found.sort("-日期").columns == found.columns


def test_an_unknown_column_brings_the_nearest() -> None:
    with pytest.raises(UnknownColumnError, match=r"no column 'dat' here\. Nearest: date"):
        EVENTS.sort("dat")
    for column in ("country", "kind"):
        with pytest.raises(UnknownColumnError, match="There are name, date, until"):
            EVENTS.group(column)
    with pytest.raises(UnknownColumnError):
        EVENTS.select("name").between("2019")
    with pytest.raises(ParameterError, match=r"^start: '2019-13'"):
        EVENTS.between("2019-13")


def test_a_table_is_a_sequence(tiny: stdgraph.Graph) -> None:
    found = tiny.ask("events")
    assert isinstance(found[:1], Answer)
    assert found[-1] is list(found)[-1]
    assert next(reversed(found)) is found[len(found) - 1]
    assert found.index(found[1]) == 1
    assert found[0] in found
    assert found[1:].whole == len(found)


@given(st.lists(st.text(max_size=8)), LANGUAGES)
def test_any_labels_can_be_sorted(labels: list[str], lang: str) -> None:
    once = sorted(labels, key=lambda text: collated(text, lang))
    assert sorted(once[1::2] + once[::2], key=lambda text: collated(text, lang)) == once


@given(st.lists(CELLS), LANGUAGES)
def test_any_cells_can_be_sorted(cells: list[Cell], lang: str) -> None:
    assert len(sorted(cells, key=lambda cell: sort_key(cell, lang))) == len(cells)
