"""`pack update` downloads what changed and imports it; what fails leaves all as it was."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import loopback
from conftest import ROOT
from loopback import Answer, Server
from stdgraph.errors import DownloadError, PackError, PackFaultError, ParameterError
from stdgraph.packs import registers, snapshots
from stdgraph.packs.updating import Update, update

CASES = ROOT / "tests" / "cases" / "pack"
COMMITTEES = (CASES / "committees_2025-01-15.jsonl").read_bytes()
ICS = (CASES / "ics.csv").read_bytes()
Fetch = Callable[..., Update]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Server, ssl.SSLContext]]:
    shown, trusting = loopback.contexts()
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr("stdgraph.packs.download.PAUSE", 0)
    with loopback.serving(shown) as server:
        yield server, trusting


@pytest.fixture
def newest(server: tuple[Server, ssl.SSLContext], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fetch:
    """Have the publisher's files on loopback: committees, then the classification."""
    monkeypatch.setenv("STDGRAPH_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("STDGRAPH_CACHE", str(tmp_path / "cache"))
    known: dict[str, Any] = registers._settings()
    known["iso"]["downloads"] = {
        "committees": {"url": server[0].url("/committees.jsonl"), "megabytes": 1},
        "ics": {"url": server[0].url("/ICS.csv"), "megabytes": 1},
    }
    monkeypatch.setattr(registers, "_settings", lambda: known)

    def fetched(*answers: Answer, **rest: Any) -> Update:
        server[0].play(*answers)
        server[0].asked.clear()
        return update("iso", context=server[1], **rest)

    return fetched


def sent(body: bytes, day: int, **headers: str) -> Answer:
    told = {"ETag": f'"{day}"', "Last_Modified": f"{('Wed', 'Thu')[day - 15]}, {day} Jan 2025 06:00:00 GMT"}
    return lambda handler: handler.send(200, body, **told | headers)


def same(handler: loopback.Handler) -> None:
    handler.send(304, Content_Length="0", Content_Type="")


def test_the_newest_files_are_imported_for_the_day_on_which_one_of_them_changed(newest: Fetch) -> None:
    found = newest(sent(COMMITTEES, 15), sent(ICS, 16))
    assert found.added
    assert (found.day, found.added.snapshot.day) == ("2025-01-16", "2025-01-16")
    counts = found.added.report.counts
    assert (counts["committees"], counts["classes"]) == (4, 6)
    assert found.added.snapshot.manifest["inputs"] == ["committees-committees.jsonl", "ics-ICS.csv"]


def test_what_did_not_change_is_not_sent_again(newest: Fetch, server: tuple[Server, ssl.SSLContext]) -> None:
    newest(sent(COMMITTEES, 15), sent(ICS, 15))
    assert newest(same) == Update("2025-01-15", None)
    assert [handler.headers["If-None-Match"] for handler in server[0].asked] == ['"15"', '"15"']
    again = newest(same, sent(ICS, 16))
    assert again.added
    assert [s.day for s in snapshots.snapshots("iso")] == ["2025-01-15", "2025-01-16"]


def test_a_snapshot_that_was_removed_is_made_again_from_what_is_there(newest: Fetch) -> None:
    from stdgraph.packs import draft

    newest(sent(COMMITTEES, 15), sent(ICS, 15))
    draft.remove(snapshots.snapshot("iso", "2025-01-15"))
    assert newest(same).added


def test_a_failure_leaves_what_was_there(newest: Fetch) -> None:
    first = newest(sent(COMMITTEES, 15), sent(ICS, 15)).added
    assert first
    before = first.snapshot.manifest
    for answers, kind in (
        ((sent(COMMITTEES, 16), lambda handler: handler.send(404)), DownloadError),
        ((sent(b"<html>", 16, Content_Type="text/html"),), DownloadError),
        ((sent(b"nonsense", 16), sent(ICS, 16)), PackError),
    ):
        with pytest.raises(kind):
            newest(*answers)
        assert [s.day for s in snapshots.snapshots("iso")] == ["2025-01-15"]
        assert snapshots.snapshot("iso", "2025-01-15").manifest == before


def test_strict_imports_nothing_that_has_a_fault(newest: Fetch) -> None:
    with pytest.raises(PackFaultError):
        newest(sent(COMMITTEES + b"{\n", 15), sent(ICS, 15), strict=True)
    assert snapshots.snapshots() == []


def test_the_day_and_the_files_can_be_chosen(newest: Fetch) -> None:
    found = newest(sent(COMMITTEES, 15, Last_Modified=""), only=["committees"], day="2025-02-01")
    assert found.day == "2025-02-01"
    with pytest.raises(ParameterError, match="give the day"):
        newest(sent(COMMITTEES, 15, Last_Modified=""), only=["committees"])
    with pytest.raises(ParameterError, match="'seats' is not offered; there are committees, ics"):
        newest(same, only=["seats"])


def test_progress_is_told_for_each_file(newest: Fetch) -> None:
    told: list[tuple[str, int, int | None]] = []
    newest(sent(COMMITTEES, 15), sent(ICS, 15), begin=lambda kind: lambda done, whole: told.append((kind, done, whole)))
    assert told == [("committees", len(COMMITTEES), len(COMMITTEES)), ("ics", len(ICS), len(ICS))]


def test_a_register_without_addresses_says_so() -> None:
    assert all(at["url"].startswith("https://") for at in registers.register("iso").settings["downloads"].values())
    with pytest.raises(PackError, match="no such source"):
        update("itu")
