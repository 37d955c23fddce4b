"""`stdgraph ledger` on the tiny graph."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest
from click.testing import Result

Run = Callable[..., Result]


def test_the_terminal_shows_a_table_with_sources_and_the_summary_beside_it(run: Run) -> None:
    from conftest import TINY

    done = run("ledger", "--data", TINY)
    assert done.exit_code == 0
    assert "3 of 12" in done.stdout
    assert "doc-a: Document A  [1] 1 ¶2" in done.stdout
    assert "10 stated numbers, 5 with a named count, 1 of them complete" in done.stderr
    assert "stated numbers" not in done.stdout


@pytest.mark.parametrize("form", ["csv", "tsv", "md", "json"])
def test_other_forms_bring_no_summary(run: Run, form: str) -> None:
    from conftest import TINY

    done = run("ledger", "--data", TINY, "-f", form)
    assert "3 of 12" in done.stdout
    assert "stated numbers" not in done.output


def test_csv_has_one_row_a_number_and_sources_where_asked_for(run_tiny: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run_tiny("ledger", "-f", "csv", "--sources").stdout)))
    assert len(rows) == 10
    assert all(row["sources"] for row in rows)
    assert list(rows[0]) == ["claim", "stated", "unit", "time", "named", "of_stated", "sources"]


def test_gaps_of_one_thing(run_tiny: Run) -> None:
    rows = json.loads(run_tiny("ledger", "Alliance of standards cities", "--gaps", "-f", "json").stdout)
    assert [(r["claim"]["label"], r["stated"], r["named"]) for r in rows] == [("Alliance of standards cities", "12", 3)]


def test_a_thing_that_nobody_counts_gives_an_empty_ledger(run_tiny: Run) -> None:
    done = run_tiny("ledger", "Bob Birch")
    assert (done.exit_code, "(none)" in done.stdout) == (0, True)


def test_an_unknown_name_is_refused(run_tiny: Run) -> None:
    assert run_tiny("ledger", "Aliance of citis").exit_code == 2
