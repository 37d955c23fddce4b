"""What held on a day: certain, possible, undated, or not at all (design, P20)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stdgraph.graph.time import UNDATED, Time

OWN = {"own": {"start"}, "startEarliest": "2016-01-01", "startLatest": "2016-12-31"}
BY_DOCUMENT = {"startLatest": "2020-12-31"}
IN_FRAME = {"startEarliest": "2015-11-01", "startLatest": "2020-12-31"}

STATES = [
    (OWN, "2015-06-01", None),
    (OWN, "2016-06-01", "possible"),
    (OWN, "2017-01-01", "possible"),
    (OWN | {"attested": "2018-05-01"}, "2017-01-01", "certain"),
    (OWN | {"endLatest": "2018-12-31", "endEarliest": "2018-01-01"}, "2017-06-01", "certain"),
    (OWN | {"endLatest": "2018-12-31", "endEarliest": "2018-01-01"}, "2019-01-01", None),
    (BY_DOCUMENT, "1950-01-01", UNDATED),
    (BY_DOCUMENT, "2021-01-01", "possible"),
    (BY_DOCUMENT | {"attested": "2019-05-01"}, "2018-01-01", UNDATED),
    (BY_DOCUMENT | {"attested": "2019-05-01"}, "2019-05-01", "certain"),
    (BY_DOCUMENT | {"attested": "2019-05-01"}, "2019-06-01", "possible"),
    (IN_FRAME, "2015-01-01", None),
    (IN_FRAME, "2016-01-01", UNDATED),
    (IN_FRAME, "2021-01-01", "possible"),
    ({"endLatest": "2020-12-31", "startLatest": "2020-12-31"}, "2025-01-01", None),
    ({}, "2025-01-01", UNDATED),
]

ACTS = [
    ({"own": {"date"}, "dateEarliest": "2016-01-01", "dateLatest": "2016-12-31"}, "2015-12-31", None),
    ({"own": {"date"}, "dateEarliest": "2016-01-01", "dateLatest": "2016-12-31"}, "2016-06-01", "possible"),
    ({"own": {"date"}, "dateEarliest": "2016-01-01", "dateLatest": "2016-12-31"}, "2016-12-31", "certain"),
    ({"dateLatest": "2020-12-31"}, "1950-01-01", UNDATED),
    ({"dateLatest": "2020-12-31"}, "2021-01-01", "certain"),
    ({"dateLatest": "2020-12-31", "startEarliest": "2018-01-01"}, "2017-01-01", None),
    ({"dateLatest": "2020-12-31", "startEarliest": "2018-01-01"}, "2019-01-01", UNDATED),
    ({"dateLatest": "2020-12-31", "attested": "2019-05-01"}, "2019-06-01", "certain"),
    ({"own": {"asOf"}, "asOfEarliest": "2020-12-31", "asOfLatest": "2020-12-31"}, "2020-12-30", None),
    # a target: its deadline is no date of its own
    (
        {"own": {"asOf"}, "asOfEarliest": "2022-12-31", "asOfLatest": "2022-12-31", "dateLatest": "2020-12-31"},
        "2021-01-01",
        "certain",
    ),
    ({}, "2025-01-01", UNDATED),
]


def made(given: dict[str, object], *kinds: str) -> Time:
    days = {k: date.fromisoformat(str(v)) for k, v in given.items() if k not in ("own", "attested")}
    seen = [date.fromisoformat(str(given["attested"]))] if "attested" in given else []
    return Time(set(kinds), set(given.get("own", ())), days, [(day, day) for day in seen])  # type: ignore[call-overload]


@pytest.mark.parametrize(("given", "day", "expected"), STATES)
def test_a_state(given: dict[str, object], day: str, expected: str | None) -> None:
    assert made(given, "Agreement").on(date.fromisoformat(day)) == expected


@pytest.mark.parametrize(("given", "day", "expected"), ACTS)
def test_an_act(given: dict[str, object], day: str, expected: str | None) -> None:
    assert made(given, "Event").on(date.fromisoformat(day)) == expected


DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1))


@given(DAYS, DAYS, DAYS)
def test_a_bound_by_a_document_alone_never_makes_a_day_possible_that_is_earlier(a: date, b: date, day: date) -> None:
    first, last = sorted((a, b))
    time = Time({"Agreement"}, set(), {"startEarliest": first, "startLatest": last})
    assert time.on(day) == (None if day < first else UNDATED if day < last else "possible")


def test_of_several_bounds_the_one_that_says_most_counts() -> None:
    time = Time()
    for name, day in (
        ("startEarliest", "2015"),
        ("startEarliest", "2017"),
        ("startLatest", "2021"),
        ("startLatest", "2020"),
    ):
        time.note(name, f"{day}-01-01")
    assert time.days == {"startEarliest": date(2017, 1, 1), "startLatest": date(2020, 1, 1)}
