"""The explorer built, written as one page, and opened from disk in a real browser: once for all tests of a run."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import stdgraph
from conftest import ROOT
from explored import executable, launched


@pytest.fixture(scope="session")
def front(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the front end, built by the first process that asks for it."""
    node = shutil.which("node")
    if node is None or not (ROOT / "web" / "node_modules" / "vite").is_dir():
        pytest.skip("the explorer's tools are not here: npm --prefix web ci")
    with once(tmp_path_factory, "front") as is_first:
        if is_first:
            subprocess.run([node, "build.mjs"], cwd=ROOT / "web", check=True, timeout=120)
    return ROOT / "web" / "dist"


@pytest.fixture(scope="session")
def atlas(front: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the explorer of the repository's graph as one page."""
    path = shared(tmp_path_factory) / "atlas.html"
    with once(tmp_path_factory, "atlas") as is_first:
        if is_first:
            stdgraph.open().site(path, one_file=True)
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Start a browser."""
    if executable() is None:
        pytest.skip("there is no Chromium: apt-get install chromium")
    with launched() as started:
        yield started


@pytest.fixture(scope="session")
def opened(browser: Any, atlas: Path) -> Iterator[Any]:
    """Open the one page, with its engine ready; what the page reports as a fault fails the test that asks for it."""
    page = browser.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda told: page.faults.append(told.text) if told.type == "error" else None)
    page.goto(f"{atlas.as_uri()}#/en")
    page.wait_for_selector("h1")
    page.evaluate("stdgraph.engine.ready")
    yield page
    page.close()


@pytest.fixture
def page(opened: Any) -> Iterator[Any]:
    """Return the opened page; a script that fails, or a policy that is broken, fails the test."""
    opened.faults.clear()
    yield opened
    assert opened.faults == []


def shared(factory: pytest.TempPathFactory) -> Path:
    """Return the folder that all processes of a run have in common."""
    base = factory.getbasetemp()
    return base.parent if base.name.startswith("popen-") else base


@contextmanager
def once(factory: pytest.TempPathFactory, name: str) -> Iterator[bool]:
    """Tell the first process of a run that it is; the others wait until it is done."""
    import fcntl

    done = shared(factory) / f"{name}.done"
    with done.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not done.exists()
        done.touch()
