"""Fixtures: a tiny graph to hold in the head, the repository's graph, and the command line."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache as remembered
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

from stdgraph.packs.inputs import Inputs

settings.register_profile(
    "steady", deadline=None
)  # how long an example takes says more of the machine than of the code
settings.load_profile("steady")

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
TINY = ROOT / "tests" / "cases" / "tiny.ttl"


def iso_files(
    committees: Path,
    standards: Sequence[Path] = (),
    ics: Path | None = None,
    members: Path | None = None,
    day: str = "",
) -> Inputs:
    """Return the files of a snapshot of ISO's register."""
    files = {"committees": [committees], "standards": standards, "ics": [ics], "members": [members]}
    return Inputs({kind: paths for kind, given in files.items() if (paths := [p for p in given if p])}, day)


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep compiled stores of the tests away from the user's, and settings out of the way."""
    folder = tmp_path_factory.mktemp("cache")
    saved = dict(os.environ)
    os.environ["STDGRAPH_CACHE"] = str(folder)
    os.environ["STDGRAPH_DATA"] = str(folder / "data")
    os.environ["XDG_CONFIG_HOME"] = str(folder / "config")
    os.environ.pop("STDGRAPH_ENDPOINT", None)
    os.environ.pop("COLUMNS", None)
    yield folder
    os.environ.clear()
    os.environ.update(saved)


@pytest.fixture(scope="session")
def tiny():
    """The tiny graph, opened."""
    import stdgraph

    return stdgraph.open(data=[TINY])


@pytest.fixture(scope="session")
def repository():
    """The graph that comes with the package, opened."""
    import stdgraph

    return stdgraph.open()


@pytest.fixture(scope="module")
def parsed() -> Iterator[None]:
    """Let rdflib parse each query once: of what pySHACL does for a few triples that is the most, as it asks them of each shape anew."""
    from rdflib.plugins.sparql import processor
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    @remembered
    def read(text: str, base: str | None, names: tuple[tuple[str, Any], ...]) -> Any:
        return translateQuery(parseQuery(text), base, dict(names))

    def translated(text: str, base: str | None = None, names: Mapping[str, Any] | None = None) -> Any:
        return read(text, base, tuple(sorted((names or {}).items())))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(processor, "parseQuery", lambda text: text)
        patch.setattr(processor, "translateQuery", translated)
        yield


@pytest.fixture
def run() -> Iterator[Callable[..., Result]]:
    """Call the command line: `run("ask", "who-cooperates-with", "--actor", "SAC")`.

    What a command opened is closed behind the test: a thousand commands in one process would run out of file handles.
    """
    from stdgraph.cli import cli

    def call(*arguments: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(cli, [str(a) for a in arguments], input=stdin, prog_name="stdgraph")

    yield call
    gc.collect(1)


@pytest.fixture
def run_tiny(run: Callable[..., Result]) -> Callable[..., Result]:
    """Call the command line on the tiny graph."""
    return lambda *arguments, **rest: run("--data", TINY, "-q", *arguments, **rest)
