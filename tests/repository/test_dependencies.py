"""The bounds of `pyproject.toml` are true, the lock is that of this environment, and the wheel tells what it needs.

The oldest and the newest of all that is allowed are installed and tried where `CI` or `STDGRAPH_BOUNDS` is set: a minute each.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
import venv
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

import lock
from conftest import ROOT

PARTS = [
    "tests/services/test_infer.py::test_the_rules_derive_what_owlrl_derives",
    "tests/networks/test_network.py",
    "tests/networks/test_measures.py",
    "tests/networks/test_plots.py",
    "tests/services/test_query.py",
    "tests/services/test_validate.py",
    "tests/storage/test_endpoint.py",
    "tests/storage/test_turtle.py",
    "tests/cli/test_format.py",
]
"""Each library behind its door is used by one of these."""
TRIED = pytest.mark.skipif(
    not (os.environ.get("CI") or os.environ.get("STDGRAPH_BOUNDS")), reason="set STDGRAPH_BOUNDS=1 to install both sets"
)


def bill() -> dict[str, Any]:
    """Return the bill of materials as the build makes it."""
    pytest.importorskip("hatchling", reason="hatchling builds the wheel")
    spec = spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    made: dict[str, Any] = module.bill_of_materials(ROOT)
    return made


def test_the_lock_has_all_that_is_declared() -> None:
    locked = {line.partition("==")[0] for line in lock.LOCK.read_text("utf-8").splitlines()}
    assert {lock.name_of(r.name) for r in lock.declared("dev")} <= locked


def test_what_is_locked_is_allowed() -> None:
    versions = dict(line.split("  ")[0].split("==") for line in lock.LOCK.read_text("utf-8").splitlines()[1:])
    for requirement in lock.declared("dev"):
        assert requirement.specifier.contains(versions[lock.name_of(requirement.name)]), requirement


def test_each_dependency_has_a_lower_bound() -> None:
    for requirement in lock.declared():
        assert any(part.operator == ">=" for part in requirement.specifier), requirement


def test_the_bill_names_each_library_and_what_it_needs() -> None:
    made = bill()
    names = {part["name"] for part in made["components"]}
    assert {lock.name_of(r.name) for r in lock.declared()} <= names
    assert not names & {"pytest", "ruff", "mypy", "hypothesis"}
    references = {made["metadata"]["component"]["bom-ref"], *(part["bom-ref"] for part in made["components"])}
    assert {d["ref"] for d in made["dependencies"]} == references
    assert {n for d in made["dependencies"] for n in d["dependsOn"]} <= references


def test_the_bill_names_what_the_explorer_brings_inside() -> None:
    inside = {part["name"]: part["licenses"] for part in bill()["components"] if part["purl"].startswith("pkg:npm/")}
    needed = json.loads((ROOT / "web" / "package.json").read_text("utf-8"))["dependencies"]
    locked = json.loads((ROOT / "web" / "package-lock.json").read_text("utf-8"))["packages"]
    brought = {path.rpartition("node_modules/")[2] for path, about in locked.items() if path and not about.get("dev")}
    assert inside.keys() == brought
    assert needed.keys() <= brought, "and what these need in turn"
    assert all(inside.values())


def test_the_bill_is_cyclonedx() -> None:
    validation = pytest.importorskip("cyclonedx.validation.json", reason="cyclonedx-python-lib has the scheme")
    from cyclonedx.schema import SchemaVersion

    assert validation.JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bill())) is None


def oldest() -> list[str]:
    """Return the lower bound of each dependency as a pin."""
    return [
        f"{requirement.name}=={part.version}"
        for requirement in lock.declared()
        for part in requirement.specifier
        if part.operator == ">="
    ]


@TRIED
@pytest.mark.parametrize("which", ["oldest", "newest"])
def test_what_is_allowed_works(which: str, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    python = str(home / ("Scripts" if os.name == "nt" else "bin") / "python")
    pins = tmp_path / "pins.txt"
    pins.write_text("\n".join(oldest() if which == "oldest" else []) + "\n", "utf-8")
    needed = [str(r) for r in lock.declared()]
    tools = [
        str(r)
        for r in lock.declared("dev")
        if r.name
        in {"pytest", "hypothesis", "babel", "jsonschema", "pyte", "trustme", "packaging", "starlette", "uvicorn"}
    ]
    install = [
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "-c",
        str(pins),
        *needed,
        *tools,
    ]
    subprocess.run(install, check=True)
    env = {k: v for k, v in os.environ.items() if not k.startswith(("STDGRAPH_", "PYTHON"))}
    done = subprocess.run(
        [python, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *PARTS],
        cwd=ROOT, env=env, check=False, text=True, capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]


def test_the_build_asks_for_a_hatchling_that_knows_bills() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["build-system"]["requires"]
    assert "hatchling>=1.28" in asked
    assert sys.version_info >= (3, 11)
