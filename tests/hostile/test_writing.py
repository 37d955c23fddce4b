"""Hostile input to all that writes: nothing is lost, or a refusal names the place and leaves the file alone."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from conftest import ROOT
from stdgraph.storage.blanks import difference
from stdgraph.storage.turtle import parse_turtle

CASES = tomllib.loads((ROOT / "tests" / "cases" / "hostile" / "writing.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_nothing_is_lost(run_tiny: Callable[..., Result], tmp_path: Path, case: dict[str, Any]) -> None:
    file = tmp_path / "x.ttl"
    before = case.get("file", "").encode()
    if "file" in case:
        file.write_bytes(before)
    call = [word.replace("{file}", str(file)).replace("{folder}", str(tmp_path)) for word in case["call"]]
    done = run_tiny(*call)
    assert done.exit_code == case["exit"], done.stderr
    assert case.get("says", "") in done.stderr
    assert case.get("out", "").encode() in done.stdout_bytes
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
    if "file" in case and done.exit_code:
        assert file.read_bytes() == before
    elif "file" in case:
        keeps_all(before, file.read_bytes(), case.get("has", ""))
        assert run_tiny("format", "--check", file).exit_code == 0


def keeps_all(before: bytes, after: bytes, has: str) -> None:
    assert has.encode() in after
    assert not difference(parse_turtle(before)[0], parse_turtle(after)[0], {})
