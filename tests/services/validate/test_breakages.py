"""What breaks a checkout, so that a test of the repository fails, `stdgraph validate` finds at its line: after a clean check all pass."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from conftest import ROOT

BREAKAGES = tomllib.loads((ROOT / "tests" / "cases" / "breakages.toml").read_text("utf-8"))
COPIED = ("src", "data", "ontology", "shapes", "queries", "docs")


def broken(text: str, one: dict[str, str]) -> str:
    """Return a text with a breakage."""
    at = text.index(one["was"], text.index(one["in"]))
    return text[:at] + one["now"] + text[at + len(one["was"]) :]


def line_of(text: str, one: dict[str, str]) -> int:
    """Return the line on which a finding should stand: that of the last character of what `at` says, after `in`."""
    at = text.index(one["at"], text.index(one["in"]) if one["in"] in text else 0)
    return text.count("\n", 0, at + len(one["at"])) + 1


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the checkout with all breakages."""
    root = tmp_path_factory.mktemp("checkout")
    for name in COPIED:
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "content"))
    for one in BREAKAGES.values():
        path = root / one["file"]
        path.write_text(broken(path.read_text("utf-8"), one), "utf-8", newline="\n")
    return root


@pytest.fixture(scope="module")
def told(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, int, str]]:
    """Return what a check of the copy finds: file, line and rule."""
    env = os.environ | {"PYTHONPATH": str(checkout / "src"), "STDGRAPH_CACHE": str(tmp_path_factory.mktemp("cache"))}
    call = [sys.executable, "-m", "stdgraph", "validate", "-f", "csv", "--max", "100000"]
    done = subprocess.run(call, cwd=checkout, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    return {(row["file"], int(row["line"] or 0), row["rule"]) for row in rows}


@pytest.mark.parametrize("name", BREAKAGES)
def test_a_breakage_is_found_at_its_line(name: str, checkout: Path, told: set[tuple[str, int, str]]) -> None:
    one = BREAKAGES[name]
    line = line_of((checkout / one["file"]).read_text("utf-8"), one)
    near = sorted(t for t in told if t[0] == one["file"] and abs(t[1] - line) < 12)
    assert (one["file"], line, one["rule"]) in told, near


def test_each_breakage_is_written_once() -> None:
    said = [re.sub(r"\s+", " ", one["in"] + one["was"]) for one in BREAKAGES.values()]
    assert len({*said}) == len(said)
