"""What `validate` prints: the line to mend with carets, counts by rule, no more than asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

HEAD = "@base <https://w3id.org/stdgraph/id/> .\n@prefix stdg: <https://w3id.org/stdgraph/ontology#> .\n"
PARTIES = "<arrangement/a> a stdg:Arrangement ; stdg:hasParty <org/x> , <org/y> , <org/z> .\n"


@pytest.fixture
def new(tmp_path: Path) -> Path:
    path = tmp_path / "new.ttl"
    path.write_text(HEAD + PARTIES, "utf-8")
    return path


def test_carets_stand_under_what_is_meant(run_tiny: Any, tmp_path: Path) -> None:
    path = tmp_path / "new.ttl"
    path.write_text(HEAD + "    <org/中国> stdg:hasPaty <org/国标> .\n", "utf-8")
    lines = run_tiny("validate", path).stdout.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("      | ") and "hasPaty" in line)
    shown = lines[at]
    assert shown == "      | <org/中国> stdg:hasPaty <org/国标> ."
    assert lines[at + 1] == "      | " + " " * 24 + "^" * 10


def test_a_long_line_is_cut_around_the_place(run_tiny: Any, tmp_path: Path) -> None:
    path = tmp_path / "new.ttl"
    path.write_text(HEAD + PARTIES.rstrip(".\n") + "; stdg:hasPaty <org/aa-nsb>" + " " * 300 + ".\n", "utf-8")
    lines = [line for line in run_tiny("validate", path).stdout.splitlines() if line.startswith("      | ")]
    assert lines
    for shown, carets in zip(lines[::2], lines[1::2], strict=True):
        assert len(shown) <= 110
        assert shown[carets.index("^") : carets.rindex("^") + 1] in {
            *(f"<org/{name}>" for name in ("x", "y", "z", "aa-nsb")),
            "stdg:Arrangement",
        }


def test_max_tells_the_first_and_counts_all(run_tiny: Any, new: Path) -> None:
    lines = run_tiny("validate", new, "--max", "1").stdout.splitlines()
    whole = json.loads(run_tiny("validate", new, "-f", "json").stdout)
    assert f"and {len(whole['findings']) - 1} more findings" in "\n".join(lines)
    assert "     3  stdgs:General-hasParty" in lines
    told = json.loads(run_tiny("validate", new, "-f", "json", "--max", "1").stdout)
    assert len(told["findings"]) == 1
    assert told["counts"] == whole["counts"]


def test_fail_on_decides_the_exit_code(run_tiny: Any, tmp_path: Path) -> None:
    path = tmp_path / "new.ttl"
    path.write_text(HEAD + "<org/aa-nsb> <http://example.org/odd> 'x' .", "utf-8")
    assert run_tiny("validate", path).exit_code == 0
    assert run_tiny("validate", path, "--fail-on", "warning").exit_code == 1
    assert run_tiny("validate", path, "--fail-on", "警告", "--severity", "Violation").exit_code == 1


@pytest.mark.parametrize(("name", "begins"), [("a.sarif", "{"), ("a.xml", "<?xml"), ("a.html", "<!doctype")])
def test_the_suffix_tells_the_form(run_tiny: Any, new: Path, tmp_path: Path, name: str, begins: str) -> None:
    assert run_tiny("validate", new, "-o", tmp_path / name).exit_code == 1
    assert (tmp_path / name).read_text("utf-8").startswith(begins)
