from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from conftest import ROOT
from stdgraph.model.vocabulary import BASE

Run = Callable[..., Result]
CASES = ROOT / "tests" / "cases" / "pack"
NEW, OLD = CASES / "committees_2025-01-15.jsonl", CASES / "committees_2022-01-24.jsonl"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STDGRAPH_DATA", str(tmp_path / "data"))
    return tmp_path


def test_a_register_is_added_reported_listed_and_removed(run: Run) -> None:
    added = run("pack", "add", "iso", "--committees", NEW, "--ics", CASES / "ics.csv")
    assert added.exit_code == 0
    assert "null-reference" in run("pack", "add", "iso", "--committees", NEW, "-f", "csv").stdout
    assert "ODC Attribution License" in added.stderr
    listed = run("pack", "list", "-f", "json")
    assert [(r["pack"], r["snapshot"], r["committees"]) for r in json.loads(listed.stdout)] == [
        ("iso", "2025-01-15", 4)
    ]
    assert run("pack", "remove", "iso").exit_code == 2
    assert run("pack", "remove", "iso", "2025-01-15").exit_code == 0
    assert run("pack", "list", "-f", "csv").stdout.count("\n") == 1
    assert run("pack", "remove", "iso", "--all").exit_code == 2


def test_the_report_in_json_has_every_finding_with_its_line(run: Run) -> None:
    told = json.loads(run("pack", "add", "iso", "--committees", NEW, "-f", "json").stdout)
    assert (told["pack"], told["snapshot"]) == ("iso", "2025-01-15")
    assert told["counts"]["p_members"] == 7
    assert {"level": "warning", "kind": "null-reference", "line": 1}.items() <= next(
        f for f in told["findings"] if f["kind"] == "null-reference"
    ).items()
    zh = json.loads(run("--lang", "zh", "pack", "add", "iso", "--committees", NEW, "-f", "json").stdout)
    assert "不在文件中" in next(f["finding"] for f in zh["findings"] if f["kind"] == "null-reference")


def test_faults_give_exit_code_1_and_strict_imports_nothing(run: Run, place: Path) -> None:
    path = place / "odd.jsonl"
    path.write_text(NEW.read_text("utf-8") + "{\n", "utf-8")
    strict = run("pack", "add", "iso", "--committees", path, "--snapshot", "2025-01-15", "--strict")
    assert strict.exit_code == 1
    assert "odd.jsonl:5" in strict.stderr
    assert run("pack", "list", "-f", "csv").stdout.count("\n") == 1
    assert run("pack", "add", "iso", "--committees", path, "--snapshot", "2025-01-15").exit_code == 1
    assert run("pack", "list", "-f", "csv").stdout.count("\n") == 2


def test_a_day_is_needed(run: Run, place: Path) -> None:
    path = place / "committees.jsonl"
    path.write_bytes(NEW.read_bytes())
    assert run("pack", "add", "iso", "--committees", path).exit_code == 2
    assert run("pack", "add", "itu", "--committees", NEW).exit_code == 2


def test_every_command_takes_a_pack_also_from_the_settings(run: Run, place: Path) -> None:
    assert run("--pack", "iso", "find", "Cups").exit_code == 2
    run("pack", "add", "iso", "--committees", NEW)
    assert "ISO/TC 901" in run("--pack", "iso", "find", "Cups").stdout
    assert "ISO/TC 901" in run("show", "ISO/TC 901", "--pack", "iso").stdout
    for form in ('pack = "iso"', 'pack = ["iso"]'):
        (place / "config.toml").write_text(form + "\n", "utf-8")
        answer = run(
            "--config", place / "config.toml", "ask", "committee-members", "--committee", "ISO/TC 901", "-f", "csv"
        )
        assert answer.stdout.count("P-member") == 3
    assert run("--pack", "iso", "--endpoint", "http://localhost:1", "find", "Cups").exit_code == 2


def test_as_of_chooses_the_snapshot(run: Run) -> None:
    run("pack", "add", "iso", "--committees", NEW)
    run("pack", "add", "iso", "--committees", OLD)
    assert "Mugs" in run("--pack", "iso", "--as-of", "2023", "find", "ISO/TC 901").stdout
    assert "Cups" in run("--pack", "iso", "--as-of", "2026", "find", "ISO/TC 901").stdout
    assert "No snapshot up to 2020" in run("--pack", "iso", "--as-of", "2020", "find", "ISO/TC 901").stderr


def test_snapshots_are_compared(run: Run) -> None:
    run("pack", "add", "iso", "--committees", NEW)
    run("pack", "add", "iso", "--committees", OLD)
    rows = json.loads(run("pack", "diff", "iso", "2022-01-24", "2025-01-15", "-f", "json").stdout)
    assert {"secretariat moved", "committee added", "committee removed"} <= {r["change"] for r in rows}
    assert all(r["sources"] for r in rows)
    moved = next(r for r in rows if r["change"] == "secretariat moved")
    assert [s["locator"] for s in moved["sources"]] == ["committee 100, 2022-01-24", "committee 100, 2025-01-15"]
    only = run("pack", "diff", "iso", "2022-01-24", "2025-01-15", "--body", "ISO/PC 902", "-f", "csv")
    assert only.stdout.count("\n") == 2
    assert run("pack", "diff", "iso", "2022-01-24", "May").exit_code == 2


def test_standards_are_counted(run: Run) -> None:
    run("pack", "add", "iso", "--committees", NEW, "--standards", CASES / "standards.jsonl")
    assert run("pack", "counts", "iso", "--by", "type", "-f", "csv").stdout.split() == [
        "type,standards",
        "iso-is,4",
        "iso-ts,1",
    ]
    for name in ("ISO/TC 901/SC 1", "Handles"):
        assert run("pack", "counts", "iso", "--committee", name, "-f", "csv").stdout.split()[1:] == ["2021,1"]
    first = json.loads(run("pack", "counts", "iso", "--by", "committee", "-f", "json").stdout)[0]
    assert first["committee"] == {"iri": BASE + "committee/iso-tc-901", "label": "ISO/TC 901 Cups"}
    assert [s["locator"] for s in first["sources"]] == ["snapshot 2025-01-15"]
    assert "ISO Open Data, deliverables  [1] snapshot 2025-01-15" in run("pack", "counts", "iso").stdout
    assert run("pack", "counts", "iso", "--committee", "ISO/TC 77").exit_code == 2
    assert run("pack", "counts", "iso", "--field", "cups").exit_code == 2


def test_the_group_alone_shows_its_help(run: Run) -> None:
    assert "add" in run("pack").stdout
