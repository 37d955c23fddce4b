"""Each case of `tests/cases/intake/`: filled-in forms, and the blocks or the faults that they come to.

`STDGRAPH_GOLDEN=1` writes what is expected anew; read it before you commit it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import stdgraph
from conftest import ROOT, TINY
from stdgraph.services.intake import Intake

CASES = ROOT / "tests" / "cases" / "intake"
NAMES = sorted(path.name for path in CASES.iterdir())
REAL = {"convenor", "faults"}
"""Cases on the graph that comes with the package, which `docs/intake.md` shows."""


@pytest.fixture(scope="module")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of data that holds the tiny graph."""
    root = tmp_path_factory.mktemp("data")
    (root / "tiny.ttl").write_bytes(TINY.read_bytes())
    (root / "sources.ttl").write_text("", "utf-8")
    return root


@pytest.fixture(scope="module")
def tiny_graph(tiny_folder: Path) -> stdgraph.Graph:
    return stdgraph.open(data=[tiny_folder])


def taken_in(name: str, tiny_graph: stdgraph.Graph, repository: stdgraph.Graph) -> Intake:
    graph = repository if name in REAL else tiny_graph
    return graph.intake(*sorted((CASES / name).glob("*.csv")), write=False)


@pytest.mark.parametrize("name", NAMES)
def test_a_form_comes_to_what_is_expected(name: str, tiny_graph: stdgraph.Graph, repository: stdgraph.Graph) -> None:
    found = taken_in(name, tiny_graph, repository)
    told = "".join(f"{fault.text()}\n{fault.text('zh')}\n" for fault in found.faults)
    blocks = "" if found.plan.fails() else found.turtle()
    for file, real in (("expected.txt", told), ("expected.ttl", blocks)):
        expected = CASES / name / file
        if os.environ.get("STDGRAPH_GOLDEN"):
            expected.write_text(real, "utf-8") if real else expected.unlink(missing_ok=True)
        assert (expected.read_text("utf-8") if expected.exists() else "") == real


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("fault")])
def test_a_fault_is_one_and_has_its_chinese(name: str, tiny_graph: stdgraph.Graph, repository: stdgraph.Graph) -> None:
    found = taken_in(name, tiny_graph, repository)
    assert found.plan.fails()
    assert not found.written
    assert not found.texts
    assert all(fault.where.line for fault in found.faults)


def test_every_form_has_a_case() -> None:
    from stdgraph.services.intake import templates

    used = {path.stem for path in CASES.glob("*/*.csv")}
    assert set(templates()) <= used
