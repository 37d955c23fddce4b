"""A question that needs a register says so: how to import it, or that it is imported but was not asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from conftest import ROOT

Run = Callable[..., Result]
CASES = ROOT / "tests" / "cases" / "pack"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder without a pack."""
    monkeypatch.setenv("STDGRAPH_DATA", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    "call", [["bridge"], ["secretariats-by-country"], ["mirror-committees"], ["liaisons", "--committee", "ISO/TC 268"]]
)
def test_a_register_that_is_not_there_is_told(run: Run, place: Path, call: list[str]) -> None:
    told = run("ask", *call).stderr
    assert "no register iso: import it (`stdgraph pack update iso`), then add --pack iso\n" in told


def test_a_partial_answer_says_that_a_register_may_bring_more(run: Run, place: Path) -> None:
    told = run("ask", "secretariats", "--body", "SAC", "--count")
    assert int(told.stdout) > 0
    assert (
        told.stderr == "the register iso may bring more: import it (`stdgraph pack update iso`), then add --pack iso\n"
    )
    assert "登记数据iso可能提供更多行" in run("--lang", "zh", "ask", "secretariats", "--body", "SAC").stderr
    assert run("-q", "ask", "secretariats", "--body", "SAC").stderr == ""


def test_what_cannot_be_downloaded_is_added(run: Run, place: Path) -> None:
    assert "(`stdgraph pack add igo`)" in run("ask", "igo-memberships", "--country", "China").stderr


def test_a_register_that_is_imported_needs_but_its_name(run: Run, place: Path) -> None:
    assert run("-q", "pack", "add", "iso", "--committees", CASES / "committees_2025-01-15.jsonl").exit_code == 0
    told = run("ask", "secretariats", "--body", "SAC").stderr
    assert told == "the register iso is imported, but was not asked: add --pack iso\n"
    assert "register" not in run("--pack", "iso", "ask", "secretariats", "--body", "SAC").stderr
    changes = ("ask", "membership-changes", "--from", "2020", "--to", "2021")
    assert "register" not in run(*changes).stderr


def test_snapshots_that_are_compared_need_not_be_loaded(run: Run, place: Path) -> None:
    told = run("ask", "membership-changes", "--from", "2020", "--to", "2021").stderr
    assert "no register iso: import it (`stdgraph pack update iso`)\n" in told
