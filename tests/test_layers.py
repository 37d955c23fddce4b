"""The picture of the layers (STYLE section 3) is true: who imports whom, and through which door heavy libraries come."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import stdgraph
from conftest import ROOT

SOURCE = ROOT / "src" / "stdgraph"
MAY = {
    "chinese": set(),
    "errors": {"chinese"},
    "model": {"errors", "model"},
    "storage": {"errors", "model", "storage"},
    "graph": {"errors", "model", "storage", "graph"},
    "packs": {"chinese", "errors", "model", "storage", "graph", "packs"},
    "reasoning": {"errors", "model", "storage", "reasoning"},
    "services": {"chinese", "errors", "model", "storage", "graph", "reasoning", "packs"},
    "api": {"errors", "model", "storage", "graph", "services"},
    "cli": {"chinese", "errors", "model", "storage", "packs", "services", "api", "cli", "__init__"},
    "__init__": {"errors", "model", "api"},
    "__main__": {"cli"},
}
DOORS = {
    "click": {"cli"},
    "SPARQLWrapper": {"storage/endpoint.py"},
    "rdflib": {"storage/bridge.py", "services/validate/shacl.py"},
    "pyshacl": {"services/validate/shacl.py"},
    "owlrl": {"services/infer.py"},
    "networkx": {"services/network.py", "api.py"},
    "opencc": {"model/names.py"},
    "yaml": {"storage/front.py"},
    "pypinyin": {"storage/names.py"},
    "rapidfuzz": {"storage/names.py"},
    "sqlite3": {"storage/names.py", "packs/index.py", "storage/store.py"},
    "pandas": {"model/results.py"},
}
MODULES = sorted(SOURCE.rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            if node.module.count(".") < 2 and node.module.startswith("stdgraph"):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(path: Path, imported: str) -> bool:
    """Tell whether an import stays in the folder of one service, or of one register."""
    parts = path.relative_to(SOURCE).parts
    return len(parts) == 3 and f"{imported}.".startswith(f"stdgraph.{parts[0]}.{parts[1]}.")


def layer(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_imports_point_one_way(path: Path) -> None:
    known = {p.name.removesuffix(".py") for p in SOURCE.iterdir()}
    named = {i.split(".")[1] for i in imports(path) if i.startswith("stdgraph.") and not within(path, i)} & known
    assert named <= MAY[layer(path)] | ({layer(path)} if path.name == "__init__.py" else set())


def inside(path: Path) -> str:
    """Return the name of the folder that a module shares with others: these may import each other."""
    parts = path.relative_to(SOURCE).parts
    return f"stdgraph.{parts[0]}.{parts[1]}." if len(parts) > 2 else "-"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_heavy_libraries_come_through_one_door(path: Path) -> None:
    here = {path.relative_to(SOURCE).as_posix(), layer(path)}
    closed = {i.split(".")[0] for i in imports(path)} & DOORS.keys()
    assert {library for library in closed if not DOORS[library] & here} == set()


def test_services_do_not_call_each_other() -> None:
    for path in (SOURCE / "services").rglob("*.py"):
        assert not [i for i in imports(path) if i.startswith("stdgraph.services.") and not within(path, i)]


HEAVY = (
    "yaml",
    "rdflib",
    "pyshacl",
    "owlrl",
    "networkx",
    "SPARQLWrapper",
    "opencc",
    "rapidfuzz",
    "scipy",
    "numpy",
    "pandas",
    "stdgraph.chinese",
)


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["ask", "who-cooperates-with", "--actor", "SAC"], ["show", "BSI"], ["why", "SAC", "BSI"]],
    ids=" ".join,
)
def test_start_up_imports_no_heavy_library(arguments: list[str], repository: stdgraph.Graph) -> None:
    repository.ask("who-cooperates-with", actor="SAC")  # compiles the store and keeps the front matter
    code = (
        "import sys\nfrom stdgraph.cli import cli\n"
        f"cli.main({arguments!r}, prog_name='stdgraph', standalone_mode=False)\n"
        f"print('LOADED', [m for m in {HEAVY!r} if m in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "LOADED []"
