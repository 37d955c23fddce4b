"""The picture of the layers (STYLE section 3) is true: who imports whom, through which door heavy libraries come, how long
modules and functions are."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping, Set
from pathlib import Path

import pytest

import stdgraph
from conftest import ROOT

SOURCE = ROOT / "src" / "stdgraph"
MAY = {
    "locale": {"locale"},
    "errors": {"locale", "model"},
    "model": {"locale", "errors", "model"},
    "storage": {"locale", "errors", "model", "storage"},
    "graph": {"locale", "errors", "model", "storage", "graph"},
    "reasoning": {"locale", "errors", "model", "storage", "graph", "reasoning"},
    "packs": {"locale", "errors", "model", "storage", "graph", "packs"},
    "matching": {"locale", "errors", "model", "storage", "graph", "matching"},
    "services": {"locale", "errors", "model", "storage", "graph", "reasoning", "packs", "matching"},
    "networks": {"locale", "errors", "model", "storage", "graph", "charts", "networks"},
    "charts": {"locale", "errors", "model", "storage", "charts"},
    "exchange": {"locale", "errors", "model", "storage", "charts", "exchange"},
    "opened": {"locale", "errors", "model", "storage", "graph", "services"},
    "reconciling": {"locale", "errors", "model", "storage", "graph", "matching", "services", "opened"},
    "networked": {"locale", "errors", "model", "opened", "networks"},
    "pages": {"locale", "errors", "model", "storage", "graph", "services", "opened", "reconciling"},
    "sited": {"locale", "errors", "model", "storage", "graph", "services", "networks", "networked", "pages"},
    "versions": {"locale", "errors", "model", "storage", "services", "opened"},
    "documents": {"locale", "errors", "model", "storage", "graph", "services", "opened"},
    "api": {
        *("locale", "errors", "model", "storage", "graph", "services", "opened"),
        *("sited", "networked", "versions", "documents", "exchange"),
    },
    "mcp": {"locale", "errors", "model", "storage", "services", "api", "mcp"},
    "cli": {
        *("locale", "errors", "model", "storage", "services", "networks", "exchange"),
        *("opened", "api", "mcp", "server", "cli", "__init__"),
    },
    "server": {*("locale", "errors", "model", "storage", "graph", "matching", "services", "api", "server", "__init__")},
    "__init__": {"errors", "model", "api"},
    "__main__": {"cli"},
}
DOORS = {
    "click": {"cli"},
    "mcp": {"mcp/server.py"},
    "mcp_types": {"mcp/server.py"},
    "SPARQLWrapper": {"storage/endpoint.py"},
    "rdflib": {"storage/bridge.py", "services/validate/shacl.py"},
    "pyshacl": {"services/validate/shacl.py"},
    "owlrl": {"services/infer.py"},
    "networkx": {"networks", "networked.py"},
    "opencc": {"model/spelling.py"},
    "yaml": {"storage/front.py"},
    "pypinyin": set(),
    "rapidfuzz": {"storage/names.py", "storage/ranking.py", "storage/nearest.py", "matching/spelt.py"},
    "sqlite3": {"storage/indexing.py", "storage/reindexing.py", "packs/index.py", "storage/rows.py"},
    "pandas": {"model/frames.py", "model/shown.py"},
    "docx": {"storage/documents.py"},
    "pypdf": {"storage/documents.py"},
    "vl_convert": {"charts/engine.py"},
    "matplotlib": {"networks/plots/pen.py"},
    "pyarrow": {"networks/formats/parquet.py"},
    "openpyxl": {"services/intake/workbooks.py"},
    "xlsxwriter": {"exchange/workbook.py", "exchange/blanks.py"},
    "starlette": {"server"},
    "uvicorn": {"server/run.py"},
    "h11": {"server/run.py"},
}
MODULES = sorted(SOURCE.rglob("*.py"))
SHORT_MODULE, SHORT_FUNCTION, SHARE = 400, 18, 0.9
"""A module has fewer lines than this; this share of all functions has fewer lines, docstrings counted."""


def name(path: Path) -> str:
    """Return the name under which a file of `src/` or `bench/` is imported."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part not in {"src", "__init__"})


NAMED = {name(path): path for path in [*MODULES, *sorted((ROOT / "bench").rglob("*.py"))]}


def imports(path: Path) -> Iterator[str]:
    """Yield what a file imports, at the top, in functions and under TYPE_CHECKING: our modules by their full names."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module and not node.level, f"{path}: a relative import"  # noqa: PT018 (one thing)
            full = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (one if one in NAMED else node.module for one in full)


def ours(path: Path) -> set[str]:
    """Return the names of our modules that a file imports."""
    return set(imports(path)) & NAMED.keys()


def within(path: Path, imported: str) -> bool:
    """Tell whether an import stays in the folder of one service, or of one register."""
    parts = path.relative_to(SOURCE).parts
    return len(parts) == 3 and f"{imported}.".startswith(f"stdgraph.{parts[0]}.{parts[1]}.")


def layer(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def register(path: Path) -> str:
    """Return the register to whose folder a file belongs, or nothing."""
    parts = path.relative_to(ROOT).parts
    return parts[3] if parts[:3] == ("src", "stdgraph", "packs") and len(parts) > 4 else ""


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_imports_point_one_way(path: Path) -> None:
    named = {layer(NAMED[i]) for i in ours(path) if not within(path, i)}
    assert named <= MAY[layer(path)] | ({layer(path)} if path.name == "__init__.py" else set())


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_heavy_libraries_come_through_one_door(path: Path) -> None:
    here = {path.relative_to(SOURCE).as_posix(), layer(path)}
    closed = {i.split(".")[0] for i in imports(path)} & DOORS.keys()
    assert {library for library in closed if not DOORS[library] & here} == set()


def test_services_do_not_call_each_other() -> None:
    for path in (SOURCE / "services").rglob("*.py"):
        assert not [i for i in imports(path) if i.startswith("stdgraph.services.") and not within(path, i)]


def test_registers_do_not_know_each_other() -> None:
    for path in filter(register, MODULES):
        assert {register(NAMED[i]) for i in ours(path)} <= {"", register(path)}, path


def reached(module: str, imported: Mapping[str, Set[str]]) -> set[str]:
    """Return the modules to which a module comes by imports."""
    found: set[str] = set()
    ahead = [module]
    while ahead:
        new = imported[ahead.pop()] - found
        found |= new
        ahead += new
    return found


def circles(imported: Mapping[str, Set[str]]) -> list[tuple[str, ...]]:
    """Return the groups of modules that reach each other by imports."""
    reach = {module: reached(module, imported) for module in imported}
    return sorted({tuple(sorted(o for o in reach[m] if m in reach[o])) for m in imported if m in reach[m]})


def test_no_module_is_in_a_circle_of_imports() -> None:
    assert circles({module: ours(path) for module, path in NAMED.items()}) == []


def test_a_circle_is_found() -> None:
    imported = {"a": {"b"}, "b": {"c"}, "c": {"d", "e"}, "d": {"b"}, "e": set(), "f": {"f"}}
    assert circles(imported) == [("b", "c", "d"), ("f",)]


def test_an_import_counts_wherever_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(
        "import stdgraph.api\nfrom stdgraph import errors, open\n"
        "if TYPE_CHECKING:\n    from stdgraph.graph import time\n"
        "def one():\n    from bench.groups import GROUPS\n"
    )
    assert ours(path) == {"stdgraph", "stdgraph.api", "stdgraph.errors", "stdgraph.graph.time", "bench.groups"}


def test_modules_are_short() -> None:
    lines = {module: len(path.read_text("utf-8").splitlines()) for module, path in NAMED.items()}
    assert {module: count for module, count in lines.items() if count >= SHORT_MODULE} == {}


def test_nine_functions_in_ten_are_short() -> None:
    nodes = [node for path in MODULES for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    lengths = [n.end_lineno - n.lineno + 1 for n in nodes if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert sum(length < SHORT_FUNCTION for length in lengths) >= SHARE * len(lengths)


HEAVY = (
    "mcp",
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
    "docx",
    "pypdf",
    "vl_convert",
    "matplotlib",
    "pyarrow",
    "openpyxl",
    "xlsxwriter",
    "starlette",
    "uvicorn",
    "stdgraph.server",
    "stdgraph.charts",
    "stdgraph.exchange.forms",
    "stdgraph.locale.catalogue",
    "stdgraph.locale.patterns",
)


UNASKED = (
    *("ctypes", "decimal", "difflib", "html", "pickle", "random", "subprocess", "tempfile"),
    *(
        "calendar",
        "csv",
        "dataclasses",
        "hashlib",
        "json",
        "shutil",
        "stdgraph.services.words",
        "stdgraph.storage.answers",
    ),
    *("stdgraph.storage.blanks", "stdgraph.storage.indexing", "stdgraph.storage.lines", "stdgraph.storage.misfits"),
    *(
        "stdgraph.storage.limited",
        "stdgraph.storage.reading.tokens",
        "stdgraph.storage.turtle",
        "stdgraph.storage.worker",
    ),
)
"""What a canned question has no use for: each takes a millisecond or more of its start-up."""


def loaded(arguments: list[str], names: tuple[str, ...]) -> str:
    """Return which of some modules a command imports."""
    code = (
        "import sys\nfrom stdgraph.cli import cli\n"
        f"cli.main({arguments!r}, prog_name='stdgraph', standalone_mode=False)\n"
        f"print('LOADED', [m for m in {names!r} if m in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1]


@pytest.mark.parametrize(
    "arguments",
    [
        *(["--help"], ["ask", "who-cooperates-with", "--actor", "SAC"], ["show", "BSI"], ["why", "SAC", "BSI"]),
        *(["profile", "China", "Germany"], ["timeline", "BSI"], ["compare", "SAC", "BSI"]),
    ],
    ids=" ".join,
)
def test_start_up_imports_no_heavy_library(arguments: list[str], repository: stdgraph.Graph) -> None:
    repository.ask("who-cooperates-with", actor="SAC")  # compiles the store
    loaded(arguments, HEAVY)  # keeps the front matter
    assert loaded(arguments, HEAVY) == "LOADED []"


def test_a_question_imports_nothing_that_it_does_not_use(repository: stdgraph.Graph) -> None:
    repository.ask("who-cooperates-with", actor="SAC")
    asked = ["ask", "who-cooperates-with", "--actor", "SAC"]
    loaded(asked, UNASKED)
    assert loaded(asked, UNASKED) == "LOADED []"
