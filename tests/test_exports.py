"""The public names are exactly those that are meant."""

from __future__ import annotations

import tomllib

import stdgraph
from conftest import ROOT


def test_all_names_are_there_sorted_and_few() -> None:
    assert stdgraph.__all__ == sorted(stdgraph.__all__)
    assert all(hasattr(stdgraph, name) for name in stdgraph.__all__)
    assert len(stdgraph.__all__) <= 15


def test_one_version_for_code_and_ontology() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert stdgraph.__version__ == version
    assert f'owl:versionInfo "{version}"' in (ROOT / "ontology" / "stdgraph.ttl").read_text("utf-8")
    assert f"version: {version}" in (ROOT / "CITATION.cff").read_text("utf-8")
