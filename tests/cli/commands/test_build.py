"""`build` and `infer`: the whole graph, and what follows alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]


def test_build_writes_the_whole_graph(run_tiny: Run, tmp_path: Path) -> None:
    nq, ttl = tmp_path / "g.nq", tmp_path / "g.ttl"
    assert run_tiny("build", "-o", nq).exit_code == run_tiny("build", "-o", ttl).exit_code == 0
    text = nq.read_text("utf-8")
    assert text.splitlines() == sorted(text.splitlines())
    assert "graph/derived/links>" in text
    assert "graph/derived/bounds>" in text
    assert '"甲国"@zh-Hans' in text
    first = (nq.read_bytes(), ttl.read_bytes())
    assert run_tiny("build", "-o", nq).exit_code == run_tiny("build", "-o", ttl).exit_code == 0
    assert (nq.read_bytes(), ttl.read_bytes()) == first
    assert run_tiny("build", "-o", tmp_path / "g.xml").exit_code == 2


def test_the_built_graph_answers_in_its_turn(run: Run, run_tiny: Run, tmp_path: Path) -> None:
    nq = tmp_path / "g.nq"
    run_tiny("build", "-o", nq)
    asked = ("ask", "who-cooperates-with", "--actor", "ASA", "-f", "json")
    assert json.loads(run("--data", nq, "-q", *asked).stdout)["rows"] == json.loads(run_tiny(*asked).stdout)["rows"]


def test_infer_prints_derived_triples_alone(run_tiny: Run) -> None:
    lines = run_tiny("infer", "-f", "nt").stdout.splitlines()
    assert lines == sorted(lines)
    assert any("coPartyWith" in line for line in lines)
    assert not any(line.startswith(('"', "_:")) for line in lines)
