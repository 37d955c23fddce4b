"""The wheel brings the explorer; what is installed to be edited asks for no Node."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
import web_build

from conftest import ROOT


@pytest.fixture
def backend(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return the build backend of the repository."""
    pytest.importorskip("hatchling", reason="hatchling builds the wheel")
    monkeypatch.chdir(ROOT)
    spec = spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_wheel_asks_for_node_where_there_is_none(backend: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_build, "calls", list)
    assert web_build.NODE in backend.get_requires_for_build_wheel()
    monkeypatch.setattr(web_build, "WISH", "no")
    assert web_build.NODE not in backend.get_requires_for_build_wheel()


def test_what_is_installed_to_be_edited_asks_for_none(backend: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_build, "calls", list)
    assert web_build.NODE not in backend.get_requires_for_build_editable()


def test_a_node_that_is_too_old_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    old = tmp_path / "node"
    old.write_text(f"#!{sys.executable}\nprint('v18.20.4')\n")
    old.chmod(0o755)
    monkeypatch.setattr(web_build, "calls", lambda: [[str(old), "npm-cli.js"]])
    assert web_build.npm() == []
    old.write_text(f"#!{sys.executable}\nprint('v20.19.0')\n")
    assert web_build.npm() == [str(old), "npm-cli.js"]


def test_without_node_the_build_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(web_build, "calls", list)
    with pytest.raises(FileNotFoundError, match="Node 20"):
        web_build.build(ROOT, tmp_path)


def test_a_source_distribution_brings_what_the_explorer_is_built_from_and_nothing_that_was_built() -> None:
    sdist = pytest.importorskip("hatchling.builders.sdist", reason="hatchling makes it")
    files = {file.distribution_path for file in sdist.SdistBuilder(str(ROOT)).recurse_included_files()}
    assert {"hatch_build.py", "web_build.py", "web/package-lock.json", "web/.npmrc", "web/src/main.tsx"} <= files
    assert not [path for path in files if {"node_modules", "dist"} & set(path.split("/"))]


def test_the_types_of_the_explorer_hold(front: Path) -> None:
    web = front.parent
    node = shutil.which("node") or "node"
    told = subprocess.run(
        [node, "node_modules/typescript/bin/tsc", "--noEmit"], cwd=web, capture_output=True, text=True
    )
    assert told.returncode == 0, told.stdout
