"""Where the disk takes no more, or may not be written, a command says so in one line and leaves what was there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, TINY

resource = pytest.importorskip("resource")
ADD = ("pack", "add", "iso", "--committees", str(ROOT / "tests/cases/pack/committees_2025-01-15.jsonl"))
DATA = ("--data", str(TINY))
CASES = {
    "compile": (100_000, (*DATA, "find", "tea"), 0, "compiled in memory this time"),
    "pack add": (1_000, (*ADD, "-q"), 2, "cannot be written"),
    "build -o": (1_000, (*DATA, "-q", "build", "-o", "out.nq"), 2, "cannot be written"),
    "-o": (10, (*DATA, "-q", "find", "tea", "-o", "out.csv"), 2, "cannot be written"),
    "format": (10, ("format", "out.ttl"), 2, "cannot be written"),
}
OLD = "<http://a> <http://b>  <http://c> .\n"


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_full_disk_is_told_and_what_was_there_stays(name: str, tmp_path: Path) -> None:
    most, words, code, said = CASES[name]
    for suffix in ("nq", "csv", "ttl"):
        (tmp_path / f"out.{suffix}").write_text(OLD)
    env = {
        "STDGRAPH_CACHE": str(tmp_path / "cache"),
        "STDGRAPH_DATA": str(tmp_path / "data"),
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), os.environ.get("PYTHONPATH", ""))),
    }
    found = subprocess.run(
        [sys.executable, "-m", "stdgraph", *words],
        env=os.environ | env,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )
    told = [line for line in found.stderr.splitlines() if not line.startswith("Compiling")]
    assert (found.returncode, len(told)) == (code, 1), found.stderr
    assert said in told[0]
    assert {(tmp_path / f"out.{suffix}").read_text() for suffix in ("nq", "csv", "ttl")} == {OLD}
    assert list(tmp_path.rglob(".*")) == []
    assert not list((tmp_path / "data").rglob("manifest.json"))
