"""A stranger's Turtle ends at its place or does no harm: no crash, no endless reading, no memory without bounds."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from conftest import ROOT
from stdgraph.storage import files

CASES = tomllib.loads((ROOT / "tests/cases/hostile/turtle.toml").read_text("utf-8"))["case"]


def text_of(case: dict[str, Any]) -> str:
    part, times = case.get("text", ""), case.get("times", 0)
    numbered = "".join(part.format(number=n, next=n + 1) for n in range(times if "{number}" in part else 0))
    middle = numbered or part * times
    return (
        case.get("before", "") + middle + case.get("after", "") + case.get("closed", "") * times + case.get("end", "")
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"].replace(" ", "-"))
def test_a_strangers_file_does_no_harm(case: dict[str, Any], tmp_path: Path, run: Callable[..., Result]) -> None:
    place = tmp_path / f"stranger{case.get('suffix', '.ttl')}"
    text = text_of(case)
    place.write_text(text, "utf-8")
    call = [str(place) if part == "FILE" else part for part in case["call"]]
    result = run("-q", *call, stdin=text if "-" in call else None)
    assert case["says"] in result.stderr
    assert "internal fault" not in result.stderr
    assert result.exit_code == case.get("exit", 2)
    assert result.stderr.count("\n") == (1 if case["says"] else 0)


@pytest.mark.parametrize("call", [("format", "--check"), ("validate",), ("-q", "find", "x", "--data")])
def test_a_device_is_not_read_for_ever(
    call: tuple[str, ...], tmp_path: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_STREAM", 1 << 20)
    device = tmp_path / "endless.ttl"
    device.symlink_to("/dev/zero")
    result = run(*call, device)
    assert result.exit_code == 2
    assert "endless.ttl: " in result.stderr


def test_a_pipe_that_nobody_writes_is_not_waited_for(tmp_path: Path, run: Callable[..., Result]) -> None:
    os.mkfifo(tmp_path / "pipe.ttl")
    result = run("--data", tmp_path / "pipe.ttl", "find", "x")
    assert result.exit_code == 2
    assert "a device or a pipe" in result.stderr
