"""Whatever value a property has, no command ends by a fault of its own; what no code can use is told with its place."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import Result

from conftest import ROOT, TINY
from stdgraph.model.vocabulary import BASE

CASES = tomllib.loads((ROOT / "tests/cases/hostile/values.toml").read_text("utf-8"))
TRIED = CASES["values"] if os.environ.get("STDGRAPH_HOSTILE") == "all" else CASES["sample"]
XSD = "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"


def with_value(value: str) -> str:
    """Return the tiny graph with a value added to each property, at the first thing that has it."""
    text = TINY.read_text("utf-8")
    quads = ox.parse(text.encode(), format=ox.RdfFormat.TURTLE, base_iri=BASE)
    subjects: dict[ox.NamedNode, object] = {}
    for quad in quads:
        subjects.setdefault(quad.predicate, quad.subject)
    return text + XSD + "".join(f"{subject} {verb} {value} .\n" for verb, subject in subjects.items())


@pytest.mark.parametrize("name", TRIED)
def test_no_value_of_a_property_is_a_fault_of_ours(name: str, tmp_path: Path, run: Callable[..., Result]) -> None:
    place = tmp_path / "stranger.ttl"
    place.write_text(with_value(CASES["values"][name]), "utf-8")
    for call in CASES["calls"]:
        arguments = [str(tmp_path / "out.nq") if part == "OUT" else part for part in call]
        result = run("--data", place, *arguments)
        assert result.exit_code in (0, 1, 2), (call, result.stderr)
        assert "internal fault" not in result.stderr, call


def test_what_is_left_out_is_told_with_its_place(tmp_path: Path, run: Callable[..., Result]) -> None:
    place = tmp_path / "stranger.ttl"
    lines = len(TINY.read_text("utf-8").splitlines())
    place.write_text(f'{TINY.read_text("utf-8")}\n<agreement/2015-11-aa-bb-mou> stdg:date "2019-05/.." .\n', "utf-8")
    for _ in ("compiled", "opened"):
        result = run("--data", place, "network", "export", "-f", "csv")
        assert result.exit_code == 0
        assert f"stranger.ttl:{lines + 2}." in result.stderr
        assert "1 statement that validation refuses was left out" in result.stderr
