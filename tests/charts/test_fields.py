"""What a chart draws of a table: which column plays which part, what is left out and told, how colours are given."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from stdgraph.charts import specs
from stdgraph.charts.fields import drawing
from stdgraph.charts.files import chart, palette
from stdgraph.charts.roles import Roles, told_time
from stdgraph.charts.words import lines
from stdgraph.errors import ParameterError
from stdgraph.model.results import Entity, Row, Table, table

BASE = "https://w3id.org/stdgraph/id/"
CN, SG = Entity(f"{BASE}country/CN", "China"), Entity(f"{BASE}country/SG", "Singapore")


def drawn(name: str, columns: tuple[str, ...], *rows: dict[str, Any]) -> Any:
    return drawing(table(columns, [dict.fromkeys(columns) | row for row in rows]), chart(name), "en")


ROLES = {
    "partners": ((("partner", CN), ("kind", "a"), ("records", 2)), ("partner", "kind", "records")),
    "a constant is not what rows are about": ((("country", "x"), ("partner", CN), ("records", 2)), ("partner", "", "records")),
    "no truth is a number": ((("body", CN), ("planned", True), ("stated", 3)), ("body", "", "stated")),
}  # fmt: skip


@pytest.mark.parametrize("case", ROLES)
def test_columns_play_their_parts(case: str) -> None:
    cells, expected = ROLES[case]
    first = dict(cells)
    second = first | {name: SG for name, value in cells if value is CN}
    roles = Roles(table(tuple(first), [first, second]))
    assert (roles.thing, roles.kind, roles.number) == expected


def test_numbers_stand_side_by_side_in_the_order_of_rows() -> None:
    rows = ({"body": CN, "seats": 2, "secretariats": 9}, {"body": SG, "seats": 7, "secretariats": 8})
    found = drawn("grouped", ("body", "seats", "secretariats"), *rows)
    assert [(row["thing"], row["kind"], row["value"]) for row in found.rows] == [
        ("0000|China", "seats", 2),
        ("0000|China", "secretariats", 9),
        ("0001|Singapore", "seats", 7),
        ("0001|Singapore", "secretariats", 8),
    ]
    assert Roles(table(("body", "seats"), [{"body": CN, "seats": 2}])).numbers == ()


def test_a_number_that_is_not_known_is_no_bar_of_length_zero() -> None:
    rows = ({"body": CN, "seats": 2, "secretariats": None}, {"body": SG, "seats": 7, "secretariats": 0})
    found = drawn("grouped", ("body", "seats", "secretariats"), *rows)
    assert [(row["kind"], row["value"]) for row in found.rows] == [("seats", 2), ("seats", 7), ("secretariats", 0)]


def test_rows_without_a_date_are_left_out_and_told() -> None:
    found = drawn("timeline", ("event", "date"), {"event": "a", "date": "2019-04"}, {"event": "b"})
    assert [row["when"] for row in found.rows] == ["2019-04"]
    assert found.notes == ["1 of 2 rows are drawn; the others have no date."]
    assert (found.rows[0]["start"], found.rows[0]["end"], found.rows[0]["moment"]) == ("2019-04-01", "2019-04-30", True)


def test_what_goes_on_ends_with_the_last_day() -> None:
    found = drawn(
        "timeline", ("a", "since", "until"), {"a": "x", "since": "2016"}, {"a": "y", "since": "2012", "until": "2021"}
    )
    assert [(row["start"], row["end"], row["when"]) for row in found.rows] == [
        ("2016-01-01", "2022-01-01", "2016 –"),
        ("2012-01-01", "2022-01-01", "2012 – 2021"),
    ]


def test_several_days_are_told_by_the_first_and_the_last() -> None:
    assert told_time(Row({"attested": ("2020-01-13", "2017-11-08", "2023")})) == "2017-11-08 … 2023"


def test_too_many_things_are_cut_and_told() -> None:
    found = drawn("bars", ("body", "records"), *({"body": f"b{n:02}", "records": n} for n in range(1, 36)))
    assert len(found.rows) == 30
    assert min(row["value"] for row in found.rows) == 6
    assert found.notes == ["The first 30 of 35 are drawn."]


def test_a_kind_has_its_colour_and_the_rarest_share_one() -> None:
    kinds = [("certain", 1), *((f"k{n}", 9 - n) for n in range(9))]
    rows = [{"kind": kind, "date": "2019"} for kind, number in kinds for _ in range(number)]
    found = drawn("years", ("kind", "date"), *rows)
    assert len(found.kinds) == 8
    assert len(set(found.kinds.values())) == 8
    assert found.kinds["other kinds"] == palette()["other"][0]
    assert drawn("years", ("kind", "date"), *rows[:3]).kinds["certain"] == palette()["colours"]["blue"][0]


def test_cells_are_added_up_and_shaded() -> None:
    rows = [{"one": CN, "other": SG, "records": 1}, {"one": CN, "other": SG, "records": 2}]
    rows.append({"one": SG, "other": CN, "records": 9})
    found = drawn("matrix", ("one", "other", "records"), *rows)
    assert [(row["value"], row["band"], row["dark"]) for row in found.rows] == [(3, "3", True), (9, "9", True)]


def test_a_country_too_small_for_the_map_is_told_and_the_one_asked_about_shown() -> None:
    rows = tuple(
        Row({"partner": one, "records": n}) for n, one in enumerate((SG, Entity(f"{BASE}country/DE", "Germany")), 1)
    )
    found = drawing(
        Table(("partner", "records"), rows, countries=lambda iris: {r["partner"].iri: r["partner"] for r in rows}),
        chart("map"),
        "en",
    )
    assert found.notes == ["Too small for this map: Singapore (1)."]
    assert {row["country"]: row["band"] for row in found.rows} == {"SG": "1", "DE": "2"}


def test_lines_take_what_is_known_once_a_day() -> None:
    columns = ("of", "measure", "unit", "value", "time")
    told = [("x", 1, "2019"), ("x", 2, "2020"), ("y", 1, "2019"), ("z", 1, "2019"), ("z", 2, "2019"), ("z", 3, "2020")]
    found = drawn(
        "lines", columns, *({"of": of, "measure": "m", "unit": "u", "value": v, "time": t} for of, v, t in told)
    )
    assert [row["value"] for row in found.rows] == [1, 2]
    assert found.notes == ["2 of 6 rows are drawn; the others have one number only."]


def test_groups_have_a_picture_and_other_tables_none() -> None:
    counted = table(("year", "count"), [{"year": "2019", "count": 3}])
    assert specs.chosen(counted) == "years"
    assert specs.chosen(table(("kind", "count"), [{"kind": "a", "count": 3}])) == "bars"
    with pytest.raises(ParameterError, match=r"no picture of its own; give one of kinds"):
        specs.chosen(table(("kind",), [{"kind": "a"}]))
    assert specs.chosen(replace(counted, chart="bars")) == "bars"


def test_lines_of_labels_are_even_and_break_between_words() -> None:
    assert lines("国家标准化管理委员会与BSI签署的协议", 32) == ["国家标准化管理委员", "会与BSI签署的协议"]
    assert lines("a " * 40, 10, most=2)[-1].endswith("…")
    assert lines("", 10) == []
