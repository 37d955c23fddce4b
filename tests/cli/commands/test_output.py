"""Where output goes: whole or not at all, to a file, a pipe that is closed, a device that is full."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from conftest import TINY

Run = Callable[..., Result]


@pytest.mark.parametrize("words", ["-h", "find -h", "find tea", "build -f nq", "ask"])
def test_a_reader_that_goes_away_is_no_fault(words: str, tiny: object) -> None:
    command = [sys.executable, "-m", "stdgraph", "-q", "--data", str(TINY), *words.split()]
    done = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert done.stdout
    assert done.stderr
    done.stdout.close()
    assert done.stderr.read() == ""
    done.stderr.close()
    assert done.wait() == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize(("to", "code"), [("&-", 0), ("/dev/full", 2)])
def test_an_output_that_is_closed_or_full(to: str, code: int, tiny: object) -> None:
    command = f"{sys.executable} -m stdgraph -q --data {TINY} find tea >{to}"
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False, env=buffered)
    assert done.returncode == code
    assert "internal fault" not in done.stderr


def test_a_broken_file_names_the_place_and_loses_nothing(run: Run, tmp_path: Path) -> None:
    bad, out = tmp_path / "bad.ttl", tmp_path / "out.csv"
    bad.write_text("@prefix x: <http://x/> .\nx:a x:b y:c .\n")
    out.write_text("precious")
    done = run("--data", bad, "ask", "conflicts", "-f", "csv", "-o", out)
    assert done.exit_code == 2
    assert f"{bad}:2:9" in done.stderr
    assert out.read_text() == "precious"


def test_an_output_is_written_whole_or_not_at_all(run_tiny: Run, tmp_path: Path) -> None:
    out = tmp_path / "posts.csv"
    assert run_tiny("ask", "posts", "--person", "Ann Ash", "-f", "csv", "-o", out).exit_code == 0
    assert out.read_text("utf-8").startswith("body,")
    assert [p.name for p in tmp_path.iterdir()] == ["posts.csv"]
    done = run_tiny("ask", "posts", "--person", "Ann Ash", "-o", tmp_path / "missing" / "x")
    assert done.exit_code == 2
    assert "cannot be written" in done.stderr
