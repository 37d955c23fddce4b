from __future__ import annotations

import json
from pathlib import Path

import pytest

from stdgraph.storage import judgements as room
from stdgraph.storage.judgements import judgements


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of judgements of one's own."""
    path = tmp_path / room.NAME
    for module in ("stdgraph.storage.judgements", "stdgraph.services.reconcile.judging"):
        monkeypatch.setattr(f"{module}.place", lambda: path)
    return path


def test_names_from_standard_input_become_ids(run) -> None:
    result = run("reconcile", "-", "-f", "json", stdin="BSI\nnobody at all\n")
    assert result.exit_code == 0
    assert [row["id"] for row in json.loads(result.stdout)] == ["org/gb-bsi", None]
    assert "1 of 2 names are sure" in result.stderr


def test_a_table_on_standard_input_is_read_by_its_column(run) -> None:
    result = run("reconcile", "-", "--column", "body", "-f", "csv", "--columns", "id", stdin="n,body\n1,BSI\n")
    assert result.stdout.split() == ["id", "org/gb-bsi"]


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "md", "html", "sssom"])
def test_forms(run, form: str) -> None:
    result = run("reconcile", "-", "-f", form, stdin="BSI\n")
    assert result.exit_code == 0
    assert "gb-bsi" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["no-such.csv"], "no-such.csv"),
        (["-", "--column", "x"], "There are BSI"),
        (["-", "--least", "2"], "0 to 1"),
        (["-", "--kind", "Galaxy"], "Galaxy"),
        (["-", "--author", "me"], "--different"),
        (["--same", "org/a", "org/b", "--different", "org/a", "org/b"], "one judgement"),
        (["--same", "org/a", "org/a"], "both are"),
        (["--same", "org/a", "org/b", "--date", "May"], "YYYY-MM-DD"),
        (["--as-of", "2020"], "day"),
    ],
)
def test_wrong_use_is_told(run, own: Path, arguments: list[str], told: str) -> None:
    result = run("reconcile", *arguments, stdin="BSI\n")
    assert (result.exit_code, told in result.stderr) == (2, True), result.stderr
    assert not own.exists()


def test_judgements_are_written_and_told(run, own: Path) -> None:
    about = ("--author", "Ann", "--date", "2026-01-02", "--comment", "two bodies")
    result = run("reconcile", "--different", "org/gb-bsi", "org/new-body", *about)
    assert result.exit_code == 0, result.stderr
    assert "judged two things" in result.stderr
    run("--lang", "zh", "reconcile", "--same", "org/other-body", "BSI")
    different, same = sorted(judgements(own).rows, key=lambda row: row.is_same)
    assert (different.author_label, different.mapping_date, different.comment) == ("Ann", "2026-01-02", "two bodies")
    assert (same.subject_id, same.object_id, same.object_label) == (
        "org:other-body",
        "org:gb-bsi",
        "British Standards Institution",
    )


def test_duplicates_of_the_graph_are_none(run_tiny) -> None:
    result = run_tiny("reconcile", "-f", "json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])
