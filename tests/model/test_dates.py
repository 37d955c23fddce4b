from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stdgraph.model.dates import as_of_day, bounds, earliest, latest

CASES = {
    "2016": ("2016-01-01", "2016-12-31"),
    "2016-02": ("2016-02-01", "2016-02-29"),
    "2016-07-04": ("2016-07-04", "2016-07-04"),
    "2019-06-12/2019-06-16": ("2019-06-12", "2019-06-16"),
    "2021/2023": ("2021-01-01", "2023-12-31"),
    "2023-02~": ("2023-02-01", "2023-02-28"),
    "2020?": ("2020-01-01", "2020-12-31"),
    "201X": ("2010-01-01", "2019-12-31"),
}


@pytest.mark.parametrize(("text", "days"), CASES.items())
def test_a_string_covers_the_days_of_its_precision(text: str, days: tuple[str, str]) -> None:
    assert tuple(d.isoformat() for d in bounds(text)) == days


@pytest.mark.parametrize(
    "text",
    ["", "16", "2016-13", "2016-02-30", "2016-1", "May 2016", "2019/2016", "2016-04-", "0000", "２０１６", "٢٠١٦-٠٤"],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        bounds(text)


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(["", "?", "~"]), st.sampled_from([4, 7, 10]))
def test_the_edtf_library_agrees(day: date, qualifier: str, length: int) -> None:
    edtf = pytest.importorskip("edtf", reason="the edtf library is the oracle: install the dev extra")
    text = day.isoformat()[:length] + qualifier
    known = edtf.parse_edtf(text.replace("?", "").replace("~", ""))
    strict = [known.lower_strict(), known.upper_strict()]
    assert [(d.year, d.month, d.day) for d in bounds(text)] == [(d.tm_year, d.tm_mon, d.tm_mday) for d in strict]


@given(st.lists(st.dates(min_value=date(1000, 1, 1)).map(date.isoformat), min_size=1))
def test_earliest_and_latest_do_not_depend_on_order(days: list[str]) -> None:
    assert earliest(days) == earliest(sorted(days, reverse=True)) == min(days)
    assert latest(days) == latest(sorted(days)) == max(days)


def test_as_of_means_the_last_day() -> None:
    assert as_of_day("2020-02") == date(2020, 2, 29)
    with pytest.raises(ValueError, match="YYYY"):
        as_of_day("2020~")
